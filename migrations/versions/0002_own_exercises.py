"""Exercises of one's own: authors, drafts, notes, when something was last used, filters kept by name."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('exercise', schema=None) as batch_op:
        batch_op.add_column(sa.Column('member_id', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('shared', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('origin_slug', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('origin_digest', sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f('ix_exercise_member_id'), ['member_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_exercise_member_id_member'), 'member', ['member_id'], ['id'])
    with op.batch_alter_table('exercise_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('member_id', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('was_shared', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.create_foreign_key(batch_op.f('fk_exercise_version_member_id_member'), 'member', ['member_id'], ['id'])

    op.create_table('exercise_draft',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('exercise_id', sa.String(length=20), nullable=True),
    sa.Column('base', sa.String(length=64), nullable=False),
    sa.Column('origin_slug', sa.String(length=80), nullable=True),
    sa.Column('origin_digest', sa.String(length=64), nullable=True),
    sa.Column('fields', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('changed_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_exercise_draft_practice_id_practice')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_exercise_draft_member_id_member')),
    sa.ForeignKeyConstraint(['exercise_id'], ['exercise.id'], name=op.f('fk_exercise_draft_exercise_id_exercise')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exercise_draft')),
    sa.UniqueConstraint('member_id', 'exercise_id', name=op.f('uq_exercise_draft_member_id'))
    )
    op.create_table('exercise_note',
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('exercise_id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('changed_at', UtcDateTime(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_exercise_note_member_id_member')),
    sa.ForeignKeyConstraint(['exercise_id'], ['exercise.id'], name=op.f('fk_exercise_note_exercise_id_exercise')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_exercise_note_practice_id_practice')),
    sa.PrimaryKeyConstraint('member_id', 'exercise_id', name=op.f('pk_exercise_note'))
    )
    op.create_table('exercise_use',
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('exercise_id', sa.String(length=20), nullable=False),
    sa.Column('last_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_exercise_use_member_id_member')),
    sa.ForeignKeyConstraint(['exercise_id'], ['exercise.id'], name=op.f('fk_exercise_use_exercise_id_exercise')),
    sa.PrimaryKeyConstraint('member_id', 'exercise_id', name=op.f('pk_exercise_use'))
    )
    op.create_table('saved_filter',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('arguments', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_saved_filter_practice_id_practice')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_saved_filter_member_id_member')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_filter')),
    sa.UniqueConstraint('member_id', 'name', name=op.f('uq_saved_filter_member_id'))
    )


def downgrade():
    """Exercises of one's own cannot stand in the older tables: they are left out, plans keep their steps."""
    for table in ('saved_filter', 'exercise_use', 'exercise_note', 'exercise_draft'):
        op.drop_table(table)
    own = "SELECT id FROM exercise WHERE practice_id IS NOT NULL"
    for table in ('exercise_version', 'exercise_tag', 'favourite'):
        op.execute(f"DELETE FROM {table} WHERE exercise_id IN ({own})")
    op.execute("DELETE FROM exercise WHERE practice_id IS NOT NULL")
    with op.batch_alter_table('exercise_version', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_exercise_version_member_id_member'), type_='foreignkey')
        batch_op.drop_column('was_shared')
        batch_op.drop_column('member_id')
    with op.batch_alter_table('exercise', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_exercise_member_id_member'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_exercise_member_id'))
        batch_op.drop_column('origin_digest')
        batch_op.drop_column('origin_slug')
        batch_op.drop_column('shared')
        batch_op.drop_column('member_id')
