"""How migrations run: always with a connection, in one transaction, blind to the search index's tables."""

from alembic import context
from flask import current_app

from planner.library.search import is_ours

database = current_app.extensions["migrate"].db

with database.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        render_as_batch=True,
        compare_type=True,
        include_name=lambda name, kind, _parents: not (kind == "table" and is_ours(name or "")),
    )
    with context.begin_transaction():
        context.run_migrations()
