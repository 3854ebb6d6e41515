"""A search index for both databases, in place of the first one; the next start fills it."""

from alembic import op

from planner.library import search


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("DROP TABLE IF EXISTS exercise_search")
    search.create(op.get_bind())


def downgrade():
    search.drop(op.get_bind())
    if op.get_bind().dialect.name == 'sqlite':
        op.execute("CREATE VIRTUAL TABLE exercise_search USING fts5(exercise_id UNINDEXED, title, summary, body, "
                   "tokenize='unicode61 remove_diacritics 0', prefix='1 2 3')")
