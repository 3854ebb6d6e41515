"""The first tables, and the full-text index beside them."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('attempts',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('scope', sa.String(length=80), nullable=False),
    sa.Column('window', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempts')),
    sa.UniqueConstraint('scope', 'window', name=op.f('uq_attempts_scope'))
    )
    op.create_table('practice',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('contact_line', sa.String(length=200), nullable=False),
    sa.Column('paper', sa.String(length=10), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice'))
    )
    op.create_table('stored_session',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_stored_session'))
    )
    with op.batch_alter_table('stored_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stored_session_expires_at'), ['expires_at'], unique=False)

    op.create_table('exercise',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=True),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('area', sa.String(length=20), nullable=False),
    sa.Column('mode', sa.String(length=20), nullable=False),
    sa.Column('intensity', sa.Integer(), nullable=False),
    sa.Column('minutes_short', sa.Integer(), nullable=False),
    sa.Column('minutes_full', sa.Integer(), nullable=False),
    sa.Column('audience', sa.String(length=20), nullable=False),
    sa.Column('evidence', sa.String(length=20), nullable=False),
    sa.Column('tags', sa.Text(), nullable=False),
    sa.Column('listed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_exercise_practice_id_practice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exercise')),
    sa.UniqueConstraint('slug', name=op.f('uq_exercise_slug'))
    )
    with op.batch_alter_table('exercise', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exercise_practice_id'), ['practice_id'], unique=False)

    op.create_table('member',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('password', sa.String(length=255), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('fs_uniquifier', sa.String(length=64), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_member_practice_id_practice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_member')),
    sa.UniqueConstraint('email', name=op.f('uq_member_email')),
    sa.UniqueConstraint('fs_uniquifier', name=op.f('uq_member_fs_uniquifier'))
    )
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_member_practice_id'), ['practice_id'], unique=False)

    op.create_table('exercise_tag',
    sa.Column('exercise_id', sa.String(length=20), nullable=False),
    sa.Column('facet', sa.String(length=20), nullable=False),
    sa.Column('value', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['exercise_id'], ['exercise.id'], name=op.f('fk_exercise_tag_exercise_id_exercise')),
    sa.PrimaryKeyConstraint('exercise_id', 'facet', 'value', name=op.f('pk_exercise_tag'))
    )
    with op.batch_alter_table('exercise_tag', schema=None) as batch_op:
        batch_op.create_index('ix_exercise_tag_facet_value', ['facet', 'value', 'exercise_id'], unique=False)

    op.create_table('exercise_version',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('exercise_id', sa.String(length=20), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('added_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['exercise_id'], ['exercise.id'], name=op.f('fk_exercise_version_exercise_id_exercise')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exercise_version')),
    sa.UniqueConstraint('exercise_id', 'digest', name=op.f('uq_exercise_version_exercise_id'))
    )
    op.create_table('favourite',
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('exercise_id', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['exercise_id'], ['exercise.id'], name=op.f('fk_favourite_exercise_id_exercise')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_favourite_member_id_member')),
    sa.PrimaryKeyConstraint('member_id', 'exercise_id', name=op.f('pk_favourite'))
    )
    op.create_table('invitation',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('made_by_id', sa.String(length=20), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['member.id'], name=op.f('fk_invitation_made_by_id_member')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_invitation_practice_id_practice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_practice_id'), ['practice_id'], unique=False)

    op.create_table('plan',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('current', sa.Integer(), nullable=False),
    sa.Column('template_id', sa.String(length=80), nullable=True),
    sa.Column('template_title', sa.String(length=120), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('changed_at', UtcDateTime(), nullable=False),
    sa.Column('binned_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_plan_member_id_member')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_plan_practice_id_practice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan'))
    )
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.create_index('ix_plan_practice_id_member_id', ['practice_id', 'member_id'], unique=False)

    op.create_table('template',
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=True),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('when_to_use', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('made_by_id', sa.String(length=20), nullable=True),
    sa.Column('made_by_name', sa.String(length=120), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('withdrawn_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['member.id'], name=op.f('fk_template_made_by_id_member')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_template_practice_id_practice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template'))
    )
    with op.batch_alter_table('template', schema=None) as batch_op:
        batch_op.create_index('ix_template_practice_id_created_at', ['practice_id', 'created_at'], unique=False)

    op.create_table('revision',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('plan_id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('parent', sa.Integer(), nullable=True),
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('action', sa.String(length=240), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_revision_member_id_member')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_revision_plan_id_plan')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_revision_practice_id_practice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revision')),
    sa.UniqueConstraint('plan_id', 'number', name=op.f('uq_revision_plan_id'))
    )
    op.create_table('template_tag',
    sa.Column('template_id', sa.String(length=80), nullable=False),
    sa.Column('facet', sa.String(length=20), nullable=False),
    sa.Column('value', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['template_id'], ['template.id'], name=op.f('fk_template_tag_template_id_template')),
    sa.PrimaryKeyConstraint('template_id', 'facet', 'value', name=op.f('pk_template_tag'))
    )
    with op.batch_alter_table('template_tag', schema=None) as batch_op:
        batch_op.create_index('ix_template_tag_facet_value', ['facet', 'value', 'template_id'], unique=False)
    # The index that 0003 replaces; it was never made anywhere but in SQLite.
    if op.get_bind().dialect.name == 'sqlite':
        op.execute("CREATE VIRTUAL TABLE exercise_search USING fts5(exercise_id UNINDEXED, title, summary, body, "
                   "tokenize='unicode61 remove_diacritics 0', prefix='1 2 3')")


def downgrade():
    op.execute('DROP TABLE IF EXISTS exercise_search')
    with op.batch_alter_table('template_tag', schema=None) as batch_op:
        batch_op.drop_index('ix_template_tag_facet_value')

    op.drop_table('template_tag')
    op.drop_table('revision')
    with op.batch_alter_table('template', schema=None) as batch_op:
        batch_op.drop_index('ix_template_practice_id_created_at')

    op.drop_table('template')
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.drop_index('ix_plan_practice_id_member_id')

    op.drop_table('plan')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_practice_id'))

    op.drop_table('invitation')
    op.drop_table('favourite')
    op.drop_table('exercise_version')
    with op.batch_alter_table('exercise_tag', schema=None) as batch_op:
        batch_op.drop_index('ix_exercise_tag_facet_value')

    op.drop_table('exercise_tag')
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_member_practice_id'))

    op.drop_table('member')
    with op.batch_alter_table('exercise', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exercise_practice_id'))

    op.drop_table('exercise')
    with op.batch_alter_table('stored_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stored_session_expires_at'))

    op.drop_table('stored_session')
    op.drop_table('practice')
    op.drop_table('attempts')
