"""Sessions: names in the history, consultations, running and after, programmes, calendar feeds, wording left alone."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('exercise_landing',
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('landed', sa.String(length=20), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_exercise_landing_practice_id_practice')),
    sa.PrimaryKeyConstraint('practice_id', 'slug', 'landed', name=op.f('pk_exercise_landing'))
    )
    op.create_table('calendar_feed',
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_calendar_feed_member_id_member')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_calendar_feed_practice_id_practice')),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_calendar_feed')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_calendar_feed_token_hash'))
    )
    op.create_table('left_as_it_is',
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('mark', sa.String(length=64), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('left_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_left_as_it_is_member_id_member')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_left_as_it_is_practice_id_practice')),
    sa.PrimaryKeyConstraint('member_id', 'mark', name=op.f('pk_left_as_it_is'))
    )
    op.create_table('programme',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('changed_at', UtcDateTime(), nullable=False),
    sa.Column('binned_at', UtcDateTime(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_programme_member_id_member')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_programme_practice_id_practice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme'))
    )
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.create_index('ix_programme_practice_id_member_id', ['practice_id', 'member_id'], unique=False)

    op.create_table('programme_template',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('when_to_use', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.String(length=20), nullable=False),
    sa.Column('made_by_name', sa.String(length=120), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('withdrawn_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['member.id'], name=op.f('fk_programme_template_made_by_id_member')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_programme_template_practice_id_practice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_template'))
    )
    with op.batch_alter_table('programme_template', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_template_practice_id'), ['practice_id'], unique=False)

    op.create_table('consultation',
    sa.Column('plan_id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('opened_at', UtcDateTime(), nullable=False),
    sa.Column('closed_at', UtcDateTime(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_consultation_member_id_member')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_consultation_plan_id_plan')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_consultation_practice_id_practice')),
    sa.PrimaryKeyConstraint('plan_id', name=op.f('pk_consultation'))
    )
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_practice_id'), ['practice_id'], unique=False)

    op.create_table('plan_comment',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('plan_id', sa.String(length=20), nullable=False),
    sa.Column('segment_id', sa.String(length=20), nullable=False),
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('settled_at', UtcDateTime(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_plan_comment_member_id_member')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_comment_plan_id_plan')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_plan_comment_practice_id_practice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_comment'))
    )
    with op.batch_alter_table('plan_comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_comment_plan_id'), ['plan_id'], unique=False)

    op.create_table('session_notes',
    sa.Column('plan_id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('changed_at', UtcDateTime(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_session_notes_member_id_member')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_session_notes_plan_id_plan')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_session_notes_practice_id_practice')),
    sa.PrimaryKeyConstraint('plan_id', name=op.f('pk_session_notes'))
    )
    op.create_table('session_run',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('plan_id', sa.String(length=20), nullable=False),
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('started_at', UtcDateTime(), nullable=False),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_session_run_member_id_member')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_session_run_plan_id_plan')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_session_run_practice_id_practice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_run'))
    )
    with op.batch_alter_table('session_run', schema=None) as batch_op:
        batch_op.create_index('ix_session_run_plan_id_started_at', ['plan_id', 'started_at'], unique=False)

    op.create_table('revision_name',
    sa.Column('revision_id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('plan_id', sa.String(length=20), nullable=False),
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('named_at', UtcDateTime(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_revision_name_member_id_member')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_revision_name_plan_id_plan')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_revision_name_practice_id_practice')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_revision_name_revision_id_revision')),
    sa.PrimaryKeyConstraint('revision_id', name=op.f('pk_revision_name'))
    )
    with op.batch_alter_table('revision_name', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_revision_name_plan_id'), ['plan_id'], unique=False)

    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('shortcuts', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('wording_remarks', sa.Boolean(), nullable=False, server_default=sa.true()))

    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.add_column(sa.Column('programme_id', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('follows_id', sa.String(length=20), nullable=True))
        batch_op.create_index(batch_op.f('ix_plan_programme_id'), ['programme_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_plan_programme_id_programme'), 'programme', ['programme_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_plan_follows_id_plan'), 'plan', ['follows_id'], ['id'])



def downgrade():
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_plan_follows_id_plan'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_plan_programme_id_programme'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_plan_programme_id'))
        batch_op.drop_column('follows_id')
        batch_op.drop_column('programme_id')

    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.drop_column('wording_remarks')
        batch_op.drop_column('shortcuts')

    op.drop_table('revision_name')
    op.drop_table('session_run')
    op.drop_table('session_notes')
    op.drop_table('plan_comment')
    op.drop_table('consultation')
    op.drop_table('programme_template')
    op.drop_table('programme')
    op.drop_table('left_as_it_is')
    op.drop_table('calendar_feed')
    op.drop_table('exercise_landing')
