"""Opens a diary's database (SQLAlchemy's engine, connection pragmas) and runs one short transaction
at a time in it."""

from __future__ import annotations

import logging
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
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
from sqlalchemy.exc import DBAPIError

from tracker.errors import CalmtrackError, InputError
from tracker.files import refuse_special
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.store import backups, db_errors, filesystem, postgres
from tracker.store.db_errors import BUSY_SECONDS
from tracker.store.filesystem import decode_text, uri
from tracker.store.postgres import server_engine
from tracker.store.reader import Reader
from tracker.store.schema import SCHEMA, schema_of, supported
from tracker.store.tables import create_tables
from tracker.store.writer import Writer

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
    path = location.path
    if path is None:
        return server_engine(location)
    engine = create_engine("sqlite://", creator=lambda: _connect(path), poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _keep_connection)
    return engine


def _engine_in_memory(location: Location) -> Engine:
    """An engine for a copy of a file in memory."""
    connection = backups.load(location)
    connection.text_factory = decode_text
    for pragma in PRAGMAS:
        connection.execute(pragma)
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    return engine


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


class Store:
    """The database of one diary. Database errors are raised as CalmtrackError, one sentence."""

    def __init__(self, location: Location, *, in_memory: bool = False) -> None:
        """Connects lazily, with the first transaction. `in_memory` opens a copy of the file as it
        is now in memory: it can be migrated, and nothing of it is written to a disk."""
        self.location = location
        self.engine = _engine_in_memory(location) if in_memory else engine_for(location)
        self._in_memory = in_memory
        # A server engine pools its connection; it is closed with the last reference.
        weakref.finalize(self, self.engine.dispose)
        self._ready = False
        self._read_options = {} if location.path is not None else postgres.READ_ONLY_SNAPSHOT

    def exists(self) -> bool:
        """Whether the diary exists; an empty file counts as none. Migrates an older schema.

        Raises CalmtrackError for a file that is not a diary, or a newer one, and InputError for a
        FIFO or a device.
        """
        if self._ready:
            return True
        if self.location.path is not None and not _is_not_empty(self.location):
            return False
        if self.location.path is not None and filesystem.is_foreign(self.location.path):
            raise CalmtrackError(
                _(
                    "{path} isn't a calmtrack diary. Nothing was changed. Check the path, or "
                    "choose another diary with --diary."
                ).format(path=self.location.label)
            )
        with db_errors.translate_db_errors(self.location):
            schema = self._schema()
            if schema == 0:
                return False
            if schema < SCHEMA:
                self._upgrade()
        self._ready = True
        return True

    def check_exists(self) -> None:
        """Raises InputError where there is no diary, and what `exists` raises."""
        if not self.exists():
            raise no_diary_error(self.location)

    def forget_schema(self) -> None:
        """Has the schema read anew, and an older one migrated: the file is about to be replaced."""
        self._ready = False

    def create(self) -> None:
        """Creates the diary if there is none."""
        if self.exists():
            return
        if self.location.path is not None:
            # In this order: another process may create it, and its first backup, in between.
            if message := backups.missing_diary_message(self.location):
                # A new empty diary would hide that the file is missing.
                raise CalmtrackError(message)
            filesystem.create_private(self.location.path)
        with db_errors.translate_db_errors(self.location):
            if self.location.path is None:
                self._upgrade()
            else:
                self._create_tables()
        self._ready = True

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """A read-only transaction: one consistent snapshot."""
        with (
            db_errors.translate_db_errors(self.location),
            self._transaction(**self._read_options) as connection,
        ):
            yield Reader(connection)

    @contextmanager
    def writing(self, at: str) -> Iterator[Writer]:
        """A write transaction with `at` as the time of change of its rows (UTC, microseconds).

        Commits on leaving without an error, and is then durable; else rolls back.
        """
        with (
            db_errors.translate_db_errors(self.location) as state,
            self._transaction(writes=True) as connection,
        ):
            yield Writer(connection, at)
            state.committing = True

    @contextmanager
    def _transaction(self, **options: Any) -> Iterator[Connection]:
        try:
            connection = self._begin(options)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            # The pooled connection was stale, and nothing has run in it yet.
            connection = self._begin(options)
        transaction = connection.get_transaction()
        assert transaction is not None
        with connection, transaction:
            yield connection

    def _begin(self, options: dict[str, Any]) -> Connection:
        """A connection whose transaction has started, on the server too."""
        connection = self.engine.connect()
        try:
            connection.execution_options(**options).begin()
            self._refuse_newer(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _refuse_newer(self, connection: Connection) -> None:
        """A newer calmtrack may have migrated the diary while this one was open."""
        if self.location.path is None:
            found = postgres.revision_in(connection, self.location)
        else:
            found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        supported(found, self.location)

    def _create_tables(self) -> None:
        with (
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            # Another process may have created them while this one waited for the lock.
            if not connection.exec_driver_sql("PRAGMA user_version").scalar_one():
                create_tables(connection)

    def _upgrade(self) -> None:
        from tracker.store.migrate import MigrationError, upgrade

        try:
            upgrade(self.engine, self._keep_before_upgrade)
        except MigrationError as error:
            raise CalmtrackError(
                _(
                    "Couldn't upgrade the diary at {path} for this version of calmtrack. "
                    "This is a bug in calmtrack. The diary wasn't changed, and the version "
                    "you had before still opens it."
                ).format(path=self.location.label)
            ) from error

    def _keep_before_upgrade(self, schema: int) -> None:
        if not self._in_memory:
            backups.keep_before_upgrade(self.location, schema)

    def _schema(self) -> int:
        """Schema revision of the existing tables; 0 for none."""
        with self.engine.connect() as connection:
            if self.location.path is None:
                return supported(postgres.schema_in(connection, self.location), self.location)
            return schema_of(
                lambda sql: connection.exec_driver_sql(sql).scalar_one(), self.location
            )


def no_diary_error(location: Location) -> InputError:
    """The error that there is no diary at a location, for what needs one."""
    return InputError(
        _(
            "There's no diary at {path} yet. Check the location, or start a diary there first."
        ).format(path=location.label)
    )


def _is_not_empty(location: Location) -> bool:
    assert location.path is not None
    refuse_special(location.path)
    try:
        return location.path.stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise CalmtrackError(
            _(
                "Couldn't open the diary at {path}. Check that it exists and that you can "
                "read the file and its folder."
            ).format(path=location.label)
        ) from error
