"""SQLite databases of other programs, opened for reading only."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tracker.errors import InputError
from tracker.i18n.messages import _

MAX_SECONDS = 120
"""Seconds within which a database must be read: 50 times what ten years of 20 habits take."""

MAX_ROWS = 2_000_000
"""Rows of a table, above those of 200 years of 20 habits."""

_INSTRUCTIONS = 10_000
"""Instructions of SQLite's virtual machine between two calls of the progress handler, about 1 ms:
without one, a query ignores ctrl+c until its next row."""


@contextmanager
def open_database(path: Path) -> Iterator[sqlite3.Connection]:
    """Opens a database. Immutable: no lock, and no journal next to a file that isn't ours.

    Raises sqlite3.Error for one that is damaged, here or when it is read, InputError after
    MAX_SECONDS, and KeyboardInterrupt on ctrl+c within a query.
    """
    until = time.monotonic() + MAX_SECONDS
    is_late = False

    def check_time() -> bool:
        """The progress handler: ends the query once it takes too long."""
        nonlocal is_late
        is_late = time.monotonic() > until
        return is_late

    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA trusted_schema=OFF")
        # What doesn't fit into memory would be sorted in files, which an endless query never ends.
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.set_progress_handler(check_time, _INSTRUCTIONS)
        try:
            yield connection
        except sqlite3.OperationalError as error:
            # An error of the driver itself, for text that isn't UTF-8, has no name.
            if getattr(error, "sqlite_errorname", "") != "SQLITE_INTERRUPT":
                raise
            if is_late:
                raise InputError(
                    _(
                        "{path} took too long to read, so nothing was imported. The "
                        "file may be damaged: export it again, then try once more."
                    ).format(path=path.name)
                ) from error
            # An exception of a signal handler that ran in the progress handler: SQLite reports it
            # as an interrupt only.
            raise KeyboardInterrupt from None


@contextmanager
def open_backup(path: Path, tracker: str) -> Iterator[sqlite3.Connection]:
    """Opens the backup of a tracker. Raises InputError for one that is damaged or another
    program's: SQLite stores any type in any column, and the columns can be others."""
    try:
        with open_database(path) as connection:
            yield connection
    except (sqlite3.Error, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise InputError(
            _(
                "{path} is damaged, or isn't a backup from {tracker}. Nothing was "
                "imported. Make a new backup there, then import that."
            ).format(path=path.name, tracker=tracker)
        ) from error


def table_names(path: Path) -> set[str]:
    """The names of a database's tables. Raises InputError for a database that is damaged."""
    try:
        with open_database(path) as connection:
            return _plain_tables(connection)
    except (sqlite3.Error, ValueError) as error:
        raise InputError(
            _(
                "{path} is damaged. Nothing was imported. Export the file again, then "
                "try once more."
            ).format(path=path.name)
        ) from error


def _plain_tables(connection: sqlite3.Connection) -> set[str]:
    """The names of a database's ordinary tables: a view, a virtual table or a computed column could
    return rows or values without end."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table' LIMIT 1000"
    computed = "SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden"
    return {
        str(name)
        for name, sql in connection.execute(query).fetchall()
        if re.match(r"\s*CREATE\s+TABLE\b", str(sql), re.IGNORECASE)
        and connection.execute(computed, (name,)).fetchone() is None
    }


def check_tables(connection: sqlite3.Connection, *names: str) -> None:
    """Raises ValueError unless these are ordinary tables of at most MAX_ROWS rows each."""
    if not _plain_tables(connection).issuperset(names):
        raise ValueError(names)
    for name in names:
        counted = f'SELECT count(*) FROM (SELECT 1 FROM "{name}" LIMIT {MAX_ROWS + 1})'  # noqa: S608
        if connection.execute(counted).fetchone()[0] > MAX_ROWS:
            raise ValueError(name)


def cell(row: sqlite3.Row, column: str, default: Any) -> Any:
    """A cell; `default` for NULL, and in a table of an older version without the column."""
    value = row[column] if column in row.keys() else None  # noqa: SIM118  a Row
    return default if value is None else value
