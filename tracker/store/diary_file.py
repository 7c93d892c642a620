"""A diary file: it is created, recognised by its header without taking a lock on it, and opened for
transactions, on the standard library's sqlite3."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tracker.errors import CalmtrackError
from tracker.files import os_reason, private_folder
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.store.connection import Connection, Row, Statement
from tracker.store.db_errors import BUSY_SECONDS
from tracker.store.row_mapping import parse_day
from tracker.store.schema import (
    APPLICATION_ID,
    CREATE_VERSION,
    SCHEMA,
    check_current,
    revision_of,
    schema_of,
)
from tracker.store.sqlite_statements import CREATE_INDEXES, CREATE_TABLES

if TYPE_CHECKING:
    import sqlalchemy


_MAGIC = b"SQLite format 3\0"

HEADER_SIZE = 72
"""Bytes at the start of an SQLite file, up to and with the application id."""


def create_private(path: Path) -> None:
    """Creates an empty file with mode 0600, and missing folders with 0700; keeps an existing file.

    Raises CalmtrackError.
    """
    try:
        private_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except (FileExistsError, NotADirectoryError) as error:
        if path.is_file():
            return
        occupied = path if isinstance(error, FileExistsError) else path.parent
        raise CalmtrackError(
            _(
                "Couldn't create the diary: something else is at {path}. Move it, or "
                "choose another location with --diary."
            ).format(path=occupied)
        ) from error
    except OSError as error:
        raise CalmtrackError(
            _(
                "Couldn't create the diary at {path}: {reason}. Choose another location with "
                "--diary or CALMTRACK_HOME."
            ).format(path=path, reason=os_reason(error))
        ) from error


def is_file(path: Path) -> bool:
    """Whether the path is a regular file that can be accessed."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def is_foreign(path: Path) -> bool:
    """Whether the header shows another program's SQLite database.

    A connection that could lock the file would create a -wal file next to one in WAL mode.
    """
    head = header(path, HEADER_SIZE)
    application = application_id(head)
    is_wal = head[18:19] == b"\x02"
    return (
        head.startswith(_MAGIC) and application != APPLICATION_ID and (application != 0 or is_wal)
    )


def application_id(head: bytes) -> int:
    """The application id in an SQLite header: big-endian at offset 68 (sqlite.org/fileformat2)."""
    return int.from_bytes(head[68:HEADER_SIZE], "big")


def is_ours(path: Path) -> bool:
    """Whether SQLite reads our application id in a file's header; the file may be damaged."""
    # Immutable: reads without locks, and ignores a journal. SQLite itself doesn't close a file on
    # which another connection of this process has a lock.
    address = f"{uri(path, 'ro')}&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            found = connection.execute("PRAGMA application_id").fetchone()
    except sqlite3.Error:
        return False
    return bool(found == (APPLICATION_ID,))


def header(path: Path, size: int) -> bytes:
    """The first `size` bytes of a regular file; b"" for one that can't be read. For a diary, a
    synthetic header of 72 bytes: zeros but for the magic string and our application id.

    A diary is not opened as a plain file: closing it would drop all POSIX locks that this process
    has on it, even one under which another thread is writing. Another calmtrack would then take
    that thread's journal for a dead process's, and roll it back (sqlite.org/howtocorrupt.html,
    2.2).
    """
    if not is_file(path):
        return b""
    if is_ours(path):
        return _MAGIC.ljust(HEADER_SIZE - 4, b"\0") + APPLICATION_ID.to_bytes(4, "big")
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError:
        return b""


def uri(path: Path, mode: str) -> str:
    """The SQLite URI of a file with a mode: `ro`, or `rw`, which never creates the file."""
    return f"file:{quote(bytes(path))}?mode={mode}"


def decode_text(stored: bytes) -> str:
    """A stored text; bytes that are not UTF-8, which any program can store, become U+FFFD."""
    return stored.decode("utf-8", "replace")


def journal_of(path: Path) -> Path:
    """SQLite's rollback journal of a file, which exists during a write transaction and after a
    crash within one."""
    return path.with_name(path.name + "-journal")


def sync_conflict_copies(path: Path) -> list[Path]:
    """The copies that a sync tool left next to a diary that was changed on two machines."""
    copies = path.parent.glob("*onflict*")
    return sorted(one for one in copies if one.suffix == path.suffix and _is_copy(one, path))


def _is_copy(other: Path, path: Path) -> bool:
    """Whether a file's name is one that Syncthing ("diary.sync-conflict-….db"), ownCloud
    ("diary_conflict-….db"), Nextcloud ("diary (conflicted copy ….db") or Dropbox ("diary (Anna's
    conflicted copy ….db") gives to such a copy."""
    if not other.stem.startswith(path.stem):
        return False
    ending = other.stem.removeprefix(path.stem)
    is_in_brackets = ending.startswith(" (") and "conflicted copy" in ending
    return is_in_brackets or ending.startswith((".sync-conflict", "_conflict-"))


# Connections and transactions

# DELETE with EXTRA loses no acknowledged commit on power failure; DELETE with FULL can, since
# the removal of the journal may not have reached the disk.
PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA secure_delete=ON",
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=EXTRA",
)

# The adapter that sqlite3 registers itself is deprecated as of Python 3.12.
sqlite3.register_adapter(date, date.isoformat)


class SqliteConnection:
    """An open transaction in a diary file."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver

    @cached_property
    def core(self) -> sqlalchemy.Connection:
        """SQLAlchemy's connection to the same transaction."""
        from tracker.store.engine import core_connection

        return core_connection(self._driver)

    def rows(self, statement: Statement, **parameters: object) -> Sequence[Row]:
        with closing(self._execute(statement, parameters)) as cursor:
            return _converted(statement, cursor.fetchall())

    def batches(
        self, statement: Statement, size: int, **parameters: object
    ) -> Generator[Sequence[Row], None, None]:
        cursor = self._execute(statement, parameters)
        try:
            while rows := cursor.fetchmany(size):
                yield _converted(statement, rows)
        finally:
            # A generator that wasn't exhausted can outlive the connection.
            with suppress(sqlite3.ProgrammingError):
                cursor.close()

    def run(self, statement: Statement, **parameters: object) -> None:
        self._execute(statement, parameters).close()

    def run_many(self, statement: Statement, rows: Sequence[Row]) -> None:
        self._driver.executemany(statement.sql, rows).close()

    def _execute(self, statement: Statement, parameters: dict[str, Any]) -> sqlite3.Cursor:
        sql = statement.sql
        values: list[Any] = []
        for name in statement.parameters:
            values += parameters[name] if name in statement.lists else [parameters[name]]
        for name in statement.lists:
            marks = ", ".join("?" * len(parameters[name]))
            sql = sql.replace(f"__[POSTCOMPILE_{name}]", marks)
        return self._driver.execute(sql, values)


def _converted(statement: Statement, rows: list[Row]) -> Sequence[Row]:
    """The rows with dates for ISO text, and booleans for 1 or 0."""
    if not rows or not (statement.days or statement.flags):
        return rows
    columns: list[Any] = list(zip(*rows, strict=True))
    for at in statement.days:
        columns[at] = map(parse_day, columns[at])
    for at in statement.flags:
        columns[at] = [None if value is None else bool(value) for value in columns[at]]
    return list(zip(*columns, strict=True))


def connect(
    path: Path, mode: str, busy_seconds: float, pragmas: Sequence[str] = PRAGMAS
) -> sqlite3.Connection:
    """A connection to an existing file, in mode `rw` or `ro`, that waits up to `busy_seconds` for a
    lock."""
    # isolation_level None leaves BEGIN to `begun`: the driver's own is deferred, and a read that
    # turns into a write then fails at once with "database is locked".
    driver = sqlite3.connect(uri(path, mode), uri=True, timeout=busy_seconds, isolation_level=None)
    driver.text_factory = decode_text
    try:
        for pragma in pragmas:
            driver.execute(pragma)
    except sqlite3.Error:
        driver.close()
        raise
    return driver


@contextmanager
def begun(driver: sqlite3.Connection, *, writes: bool) -> Iterator[sqlite3.Connection]:
    """A transaction; commits on leaving without an error, else rolls back.

    The rollback is explicit: closing a connection while a statement is open leaves a hot journal
    beside the file.
    """
    try:
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
        yield driver
        driver.commit()
    except BaseException:
        driver.rollback()
        raise


class SqliteFile:
    """The database in a diary file. Each transaction has a connection of its own: an idle open
    read would block every writer."""

    def __init__(self, location: Location) -> None:
        self._location = location

    @contextmanager
    def _driver(self) -> Iterator[sqlite3.Connection]:
        with closing(connect(self._location.file, "rw", BUSY_SECONDS)) as driver:
            yield driver

    @cached_property
    def engine(self) -> sqlalchemy.Engine:
        """SQLAlchemy's engine for the file, for what is not in `statements`."""
        from tracker.store.engine import file_engine

        return file_engine(lambda: connect(self._location.file, "rw", BUSY_SECONDS))

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator[Connection]:
        """A transaction that commits on leaving without an error; raises CalmtrackError where
        another program has emptied, replaced or migrated the diary."""
        with self._driver() as driver, begun(driver, writes=writes):
            check_current(_first(driver, "PRAGMA user_version"), self._location)
            yield SqliteConnection(driver)

    def schema(self) -> int:
        with self._driver() as driver, begun(driver, writes=False):
            return schema_of(lambda sql: _first(driver, sql), self._location)

    def create_tables(self) -> None:
        """Creates all tables in an empty file."""
        with self._driver() as driver, begun(driver, writes=True):
            # Another process may have created them while this one waited for the lock.
            if not _first(driver, "PRAGMA user_version"):
                create_tables(driver)


class SqliteCopy(SqliteFile):
    """A copy of a diary file in memory, over one connection."""

    def __init__(self, location: Location, driver: sqlite3.Connection) -> None:
        super().__init__(location)
        driver.text_factory = decode_text
        driver.isolation_level = None
        for pragma in PRAGMAS:
            driver.execute(pragma)
        self._copy = driver

    @contextmanager
    def _driver(self) -> Iterator[sqlite3.Connection]:
        yield self._copy

    @cached_property
    def engine(self) -> sqlalchemy.Engine:
        """SQLAlchemy's engine for the copy."""
        from tracker.store.engine import memory_engine

        return memory_engine(self._copy)


def create_tables(driver: sqlite3.Connection) -> None:
    """Creates all tables in an empty database, marked as if every migration had run.

    The migrations make the same tables (tests/store/test_schema.py), but need Alembic, which
    loads slowly.
    """
    # Imported here: its hashes take longer to load than a read takes.
    from secrets import token_hex

    for sql in (*CREATE_TABLES.values(), *CREATE_INDEXES, CREATE_VERSION):
        driver.execute(sql)
    driver.execute("INSERT INTO diary_id VALUES (?)", (token_hex(16),))
    mark_schema(driver, SCHEMA)


def mark_schema(driver: sqlite3.Connection, schema: int) -> None:
    """Marks a database as a diary of a schema revision; its `alembic_version` is empty."""
    driver.execute("INSERT INTO alembic_version VALUES (?)", (revision_of(schema),))
    driver.execute(f"PRAGMA application_id={APPLICATION_ID}")
    driver.execute(f"PRAGMA user_version={schema}")


def _first(driver: sqlite3.Connection, sql: str) -> Any:
    return driver.execute(sql).fetchone()[0]
