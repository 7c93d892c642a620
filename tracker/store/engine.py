"""How a diary's file is opened, and how its transactions begin."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, NullPool, create_engine, event

from tracker.location import Location
from tracker.store.db_errors import BUSY_SECONDS
from tracker.store.filesystem import uri
from tracker.store.postgres import server_engine

# DELETE with EXTRA loses nothing acknowledged when the power fails; DELETE with FULL does,
# since the removal of the journal may not have reached the disk.
PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA secure_delete=ON",
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=EXTRA",
)


# Interrupted while it closes a connection, SQLAlchemy logs that with its traceback, and Python
# prints what nobody handles. What a person should know we say ourselves.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


def engine_for(place: Location) -> Engine:
    """An engine without a pool: no connection outlives its question, since an open read
    would hold up every writer. Raises WrongInput for an address that is no database's."""
    if place.path is None:
        return server_engine(place)
    engine = create_engine("sqlite://", creator=lambda: _connect(_path(place)), poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _still_there)
    return engine


def _path(place: Location) -> Path:
    assert place.path is not None
    return place.path


def _connect(path: Path) -> sqlite3.Connection:
    # isolation_level None leaves BEGIN to us: the module's own is deferred, and a read that
    # turns into a write then fails at once with "database is locked".
    connection = sqlite3.connect(
        uri(path, "rw"), uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    try:
        for pragma in PRAGMAS:
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _still_there(context: ExceptionContext) -> None:
    """Interrupted in the middle of a statement, SQLAlchemy would give the connection up, and what
    was not committed would wait beside the file for the next start to take it back."""
    if not isinstance(context.original_exception, Exception):
        context.is_disconnect = False
