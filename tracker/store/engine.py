"""SQLAlchemy's engines for a diary file, for what runs other statements than those compiled
beforehand: migrations, repairs, erasing a day."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    ExceptionContext,
    NullPool,
    StaticPool,
    create_engine,
    event,
)

# Interrupted while closing a connection, SQLAlchemy logs the traceback, and Python's last-resort
# handler would print it to the terminal.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


def file_engine(connect: Callable[[], sqlite3.Connection]) -> Engine:
    """An engine for a file (NullPool: an idle open read would block every writer)."""
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _keep_connection)
    return engine


def memory_engine(driver: sqlite3.Connection) -> Engine:
    """An engine for one connection, to a copy of a file in memory."""
    engine = create_engine("sqlite://", creator=lambda: driver, poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    return engine


def core_connection(driver: sqlite3.Connection) -> Connection:
    """A connection within the transaction that is open on a driver's connection, which neither
    ends the one nor closes the other."""
    engine = create_engine(
        "sqlite://", creator=lambda: driver, poolclass=StaticPool, pool_reset_on_return=None
    )
    # SQLAlchemy rolls back after it has read the settings of its first connection, and closes a
    # connection that it could not set up or that was interrupted, which then is not rolled back.
    vars(engine.dialect).update(do_rollback=_go_on, do_commit=_go_on, do_close=_go_on)
    return engine.connect()


def _go_on(_connection: object) -> None:
    """Leaves the transaction and the driver's connection open."""


def _begin(connection: Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _keep_connection(context: ExceptionContext) -> None:
    """Keeps SQLAlchemy from discarding the connection on KeyboardInterrupt or SystemExit.

    A discarded one is not rolled back, and leaves a hot journal beside the file.
    """
    if not isinstance(context.original_exception, Exception):
        context.is_disconnect = False
