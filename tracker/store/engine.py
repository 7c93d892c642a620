"""Creates the SQLAlchemy engine: connection pragmas and transaction modes."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, NullPool, create_engine, event

from tracker.location import Location
from tracker.store.db_errors import BUSY_SECONDS
from tracker.store.filesystem import decode_text, uri
from tracker.store.postgres import server_engine

# DELETE with EXTRA loses no acknowledged commit on power failure; DELETE with FULL can, since
# the removal of the journal may not have reached the disk.
PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA secure_delete=ON",
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=EXTRA",
)


# Interrupted while closing a connection, SQLAlchemy logs the traceback, and Python's last-resort
# handler would print it to the terminal.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


def engine_for(location: Location) -> Engine:
    """An engine for a file (NullPool: an idle open read would block every writer) or a server.

    Raises InputError for an address that is not a database URL.
    """
    if location.path is None:
        return server_engine(location)
    engine = create_engine(
        "sqlite://", creator=lambda: _connect(_path(location)), poolclass=NullPool
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _keep_connection)
    return engine


def _path(location: Location) -> Path:
    assert location.path is not None
    return location.path


def _connect(path: Path) -> sqlite3.Connection:
    # isolation_level None leaves BEGIN to `_begin`: the driver's own is deferred, and a read that
    # turns into a write then fails at once with "database is locked".
    connection = sqlite3.connect(
        uri(path, "rw"), uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.text_factory = decode_text
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


def _keep_connection(context: ExceptionContext) -> None:
    """Keeps SQLAlchemy from discarding the connection on KeyboardInterrupt or SystemExit.

    A discarded one is not rolled back, and leaves a hot journal beside the file.
    """
    if not isinstance(context.original_exception, Exception):
        context.is_disconnect = False
