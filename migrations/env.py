"""How migrations run: always with a connection, in one transaction, blind to the search index's tables.

SQLite changes a table by making it anew, and would not let the old one go while others point at it: its
foreign keys rest meanwhile, and are checked before anything is kept.
"""

from alembic import context
from flask import current_app

from planner.library.search import is_ours

database = current_app.extensions["migrate"].db

with database.engine.connect() as connection:
    sqlite = connection.dialect.name == "sqlite"
    driver = connection.connection.dbapi_connection
    if sqlite:
        driver.execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        render_as_batch=True,
        compare_type=True,
        include_name=lambda name, kind, _parents: not (kind == "table" and is_ours(name or "")),
    )
    with context.begin_transaction():
        context.run_migrations()
        if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("A migration would leave rows that point nowhere.")
    if sqlite:
        driver.execute("PRAGMA foreign_keys=ON")
