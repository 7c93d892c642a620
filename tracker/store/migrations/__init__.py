"""Alembic migrations of the diary's tables. Imported only when one is due: Alembic loads slowly.

`versions` has one file per revision, named by its number: the same number as the file's
user_version. Released revisions never change.
"""

from __future__ import annotations

from collections.abc import Callable

from alembic.command import upgrade as run
from alembic.config import Config
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from tracker.store.schema import APPLICATION_ID, SCHEMA, revision_of


class MigrationError(Exception):
    """A migration failed for a reason other than the database; it was rolled back."""


def upgrade(engine: Engine, keep_old: Callable[[int], None]) -> None:
    """Runs all pending revisions in one transaction: those of an older diary file, or, on a server,
    of an older or a new diary.

    Before anything changes in a diary file, `keep_old` is called with its schema to back it up. A
    second process waits for the lock and then finds nothing left to do.
    """
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(writes=True) as connection:
        if sqlite:
            # Must be off before the transaction begins: with it on, a batch migration that
            # recreates a table deletes the rows that reference it.
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            # The write lock is held from here on, on a server too.
            if sqlite:
                old = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                if old >= SCHEMA:
                    return
                keep_old(old)
            run_revisions(connection, SCHEMA)
            if sqlite:
                _check_and_mark(connection)


def run_revisions(connection: Connection, schema: int) -> None:
    """Runs the pending revisions up to a schema in the transaction of a connection; in an empty
    database all of them."""
    config = Config()
    config.set_main_option("script_location", "tracker.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        run(config, revision_of(schema))
    except DBAPIError:
        raise
    except Exception as error:
        # A revision is arbitrary code: whatever it raises becomes one sentence at the edge.
        raise MigrationError(str(error)) from error


def _check_and_mark(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise MigrationError(f"{len(orphans)} rows would point nowhere after the upgrade")
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
