"""SQLite databases of other programs, opened for reading only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tracker.errors import InputError
from tracker.i18n.messages import _


@contextmanager
def open_database(path: Path) -> Iterator[sqlite3.Connection]:
    """Opens a database. Immutable: no lock, and no journal next to a file that isn't ours.

    Raises sqlite3.Error for one that is damaged, here or when it is read.
    """
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA trusted_schema=OFF")
        yield connection


def table_names(path: Path) -> set[str]:
    """The names of its tables. Raises InputError for a database that is damaged."""
    try:
        with open_database(path) as connection:
            query = "SELECT name FROM sqlite_master WHERE type = 'table'"
            return {str(row[0]) for row in connection.execute(query)}
    except (sqlite3.Error, ValueError) as error:
        raise InputError(
            _("{path} is damaged. Nothing was imported.").format(path=path.name)
        ) from error


def cell(row: sqlite3.Row, column: str, default: Any) -> Any:
    """A cell; `default` for NULL, and in a table of an older version without the column."""
    value = row[column] if column in row.keys() else None  # noqa: SIM118  a Row
    return default if value is None else value
