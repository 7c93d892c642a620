"""Tells sound diaries from damaged and foreign files, without changing them."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tracker.errors import CalmtrackError
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.store.db_errors import BUSY_SECONDS, message_for, translate_db_errors
from tracker.store.diary_file import HEADER_SIZE, application_id, is_foreign, is_ours, uri
from tracker.store.row_mapping import backup_id
from tracker.store.schema import APPLICATION_ID, SCHEMA, is_foreign_schema
from tracker.store.sqlite_statements import CREATE_TABLES

_ACCESS_ERRORS = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR",
               "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_NOMEM")  # fmt: skip

# Invalid values in a row are no damage of the file: row_check.py finds and repairs them.
_INVALID_VALUE = r"(CHECK constraint failed|(NULL|TEXT|NUMERIC|non-\w+) value) in "


def is_diary(path: Path) -> bool:
    """Whether a file is a diary of this schema revision or an older one.

    Raises CalmtrackError for one that can't be opened now.
    """
    if is_foreign(path):
        return False
    try:
        with closing(open_to_read(path)) as connection:
            application, schema = _application_and_schema(connection)
    except sqlite3.Error as error:
        _raise_if_inaccessible(error, path)
        return False
    return bool(application == APPLICATION_ID and 0 < schema <= SCHEMA)


def is_foreign_database(path: Path) -> bool:
    """Whether a path is another program's intact database, or a folder.

    Raises as `is_diary` does.
    """
    if path.is_dir() or is_foreign(path):
        return True
    try:
        with closing(open_to_read(path)) as connection:
            return is_foreign_schema(lambda sql: connection.execute(sql).fetchone()[0])
    except sqlite3.Error as error:
        _raise_if_inaccessible(error, path)
        return False


def has_application_id(path: Path) -> bool:
    """Whether the file header has our application id, damaged or not; True for an empty file, and
    for one that begins with zeros, as calmtrack 1.0 left it when it was killed erasing it."""
    if is_ours(path):
        return True
    with path.open("rb") as file:
        head = file.read(HEADER_SIZE)
    return not any(head) or application_id(head) == APPLICATION_ID


def find_corruption(path: Path) -> str | None:
    """The first problem of `integrity_check` or `foreign_key_check`, or that a table is missing;
    None for a sound file.

    Raises CalmtrackError for a file that can't be opened now: that is not corruption.
    """
    try:
        with closing(open_to_read(path)) as connection:
            for (problem,) in connection.execute("PRAGMA integrity_check"):
                if problem != "ok" and not re.match(_INVALID_VALUE, str(problem)):
                    return str(problem)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                return _("some data belongs to a practice or change that's missing")
            if _missing_tables(connection):
                return _("a part of the database is missing")
    except sqlite3.Error as error:
        _raise_if_inaccessible(error, path)
        return str(error)
    return None


def _missing_tables(connection: sqlite3.Connection) -> set[str]:
    """The tables of a diary of this schema that a file doesn't have. A view in the place of one
    is not damage: structure.py finds it."""
    if _application_and_schema(connection) != (APPLICATION_ID, SCHEMA):
        return set()
    names = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    return CREATE_TABLES.keys() - {name for (name,) in names}


def _application_and_schema(connection: sqlite3.Connection) -> tuple[int, int]:
    """The application id and the schema revision in the header of a file."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    return application, connection.execute("PRAGMA user_version").fetchone()[0]


def find_damage(path: Path) -> str | None:
    """Why a backup can't be restored; None for a sound one, also of a newer calmtrack."""
    if path.stat().st_size == 0:
        return _("the file is empty")
    if not has_application_id(path):
        return _("the file isn't a calmtrack diary")
    return find_corruption(path)


def diary_id(path: Path) -> str | None:
    """The id that a diary has in common with its backups; None for a file without one, as of
    schema 1, and for one that can't be read."""
    try:
        with closing(open_to_read(path)) as connection:
            row = connection.execute("SELECT id FROM diary_id ORDER BY id").fetchone()
    except sqlite3.Error:
        return None
    return None if row is None else backup_id(row[0])


def practice_ids(path: Path) -> list[object]:
    """The ids of the practices of a diary file, of any type that SQLite stores.

    Raises CalmtrackError for a file that can't be read.
    """
    with translate_db_errors(Location(path)), closing(open_to_read(path)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM practice")]


def _raise_if_inaccessible(error: sqlite3.Error, path: Path) -> None:
    """Raises CalmtrackError for errors of access (busy, permissions, I/O), not of content."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(_ACCESS_ERRORS):
        raise CalmtrackError(message_for(error, Location(path))) from error


def open_to_read(path: Path) -> sqlite3.Connection:
    """Opens a file read-only; writable where a killed writer left a hot journal to roll back."""
    connection = open_file(path, "ro")
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as error:
        connection.close()
        if getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_ROLLBACK":
            return open_file(path, "rw")
        raise
    return connection


def open_file(path: Path, mode: str) -> sqlite3.Connection:
    """Opens a file with an SQLite URI mode, `ro` or `rw`, and explicit transactions."""
    return sqlite3.connect(uri(path, mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None)
