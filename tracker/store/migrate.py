"""Brings a diary's tables to the revision this calmtrack knows. Imports Alembic: only when due."""

from __future__ import annotations

from collections.abc import Callable

from alembic.command import upgrade as run
from alembic.config import Config
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from tracker.store.schema import APPLICATION_ID, SCHEMA, revision_of


class UpgradeError(Exception):
    """A revision holds a mistake of ours; what it had done was taken back."""


def upgrade(engine: Engine, keep_old: Callable[[int], None]) -> None:
    """Runs the revisions that are missing, in one transaction: all of them, or none.

    Before anything changes in a diary file, `keep_old` is told its schema, to copy it. Another
    process that does the same at the same time is waited for, and then nothing is left to do.
    """
    config = Config()
    config.set_main_option("script_location", "tracker.store:migrations")
    config.set_main_option("path_separator", "os")
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(writes=True) as connection:
        if sqlite:
            # Must be off before the transaction begins: with it on, a batch migration that
            # makes a table anew empties the tables that point to it.
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            # A writer's lock is held from here on, in a server as in a file.
            if sqlite and (old := connection.exec_driver_sql("PRAGMA user_version").scalar_one()):
                if old >= SCHEMA:
                    return
                # Nobody else can write now, and what is not committed yet no copy holds.
                keep_old(old)
            config.attributes["connection"] = connection
            _run(config)
            if sqlite:
                _check_and_mark(connection)


def _run(config: Config) -> None:
    try:
        run(config, revision_of(SCHEMA))
    except DBAPIError:
        raise
    except Exception as error:
        # A revision is code that may do anything, and whatever it raises a person whose diary
        # stayed as it was needs one sentence.
        raise UpgradeError(str(error)) from error


def _check_and_mark(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise UpgradeError(f"{len(orphans)} rows would point nowhere after the upgrade")
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
