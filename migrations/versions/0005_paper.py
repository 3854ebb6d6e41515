"""Paper: the practice's letterhead, and what was printed of which plan."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('print_record',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('plan_id', sa.String(length=20), nullable=False),
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('printed_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_print_record_member_id_member')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_print_record_plan_id_plan')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_print_record_practice_id_practice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_print_record'))
    )
    with op.batch_alter_table('print_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_print_record_plan_id'), ['plan_id'], unique=False)

    with op.batch_alter_table('exercise_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exercise_version_digest'), ['digest'], unique=False)

    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('footer', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('accent', sa.String(length=7), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('logo', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('logo_kind', sa.String(length=3), nullable=False, server_default=''))
        batch_op.alter_column('contact_line', existing_type=sa.String(length=200), type_=sa.String(length=400))


def downgrade():
    op.execute("UPDATE practice SET contact_line = substr(contact_line, 1, 200)")
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.alter_column('contact_line', existing_type=sa.String(length=400), type_=sa.String(length=200))
        batch_op.drop_column('logo_kind')
        batch_op.drop_column('logo')
        batch_op.drop_column('accent')
        batch_op.drop_column('footer')

    with op.batch_alter_table('exercise_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exercise_version_digest'))

    op.drop_table('print_record')
