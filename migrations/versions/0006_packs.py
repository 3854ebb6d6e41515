"""Packs: many sheets that are printed in the background."""

import sqlalchemy as sa
from alembic import op

from planner.db import UtcDateTime


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('pack',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('member_id', sa.String(length=20), nullable=False),
    sa.Column('form', sa.String(length=3), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('paper', sa.String(length=10), nullable=False),
    sa.Column('design', sa.String(length=20), nullable=False),
    sa.Column('lang', sa.String(length=10), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('cancelled_at', UtcDateTime(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_pack_member_id_member')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_pack_practice_id_practice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack'))
    )
    op.create_index(op.f('ix_pack_member_id'), 'pack', ['member_id'], unique=False)
    op.create_index(op.f('ix_pack_created_at'), 'pack', ['created_at'], unique=False)
    op.create_table('pack_sheet',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('pack_id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=10), nullable=False),
    sa.Column('ref', sa.String(length=80), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=10), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('lease', sa.String(length=20), nullable=False),
    sa.Column('leased_until', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['pack_id'], ['pack.id'], name=op.f('fk_pack_sheet_pack_id_pack')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_pack_sheet_practice_id_practice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack_sheet'))
    )
    op.create_index(op.f('ix_pack_sheet_pack_id'), 'pack_sheet', ['pack_id'], unique=False)
    op.create_index('ix_pack_sheet_state_position', 'pack_sheet', ['state', 'position'], unique=False)
    op.create_table('pack_pdf',
    sa.Column('sheet_id', sa.String(length=20), nullable=False),
    sa.Column('practice_id', sa.String(length=20), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_pack_pdf_practice_id_practice')),
    sa.ForeignKeyConstraint(['sheet_id'], ['pack_sheet.id'], name=op.f('fk_pack_pdf_sheet_id_pack_sheet')),
    sa.PrimaryKeyConstraint('sheet_id', name=op.f('pk_pack_pdf'))
    )


def downgrade():
    op.drop_table('pack_pdf')
    op.drop_table('pack_sheet')
    op.drop_table('pack')
