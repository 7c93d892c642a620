"""Tells sound diaries from damaged and foreign files, without changing them."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from tracker.errors import CalmtrackError
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.store.db_errors import BUSY_SECONDS, message_for, translate_db_errors
from tracker.store.diary_file import (
    HEADER_SIZE,
    application_id,
    create_tables,
    is_foreign,
    is_ours,
    uri,
)
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
    is not damage: `structure_difference` finds it."""
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


# The structure of a file, compared with the one that the migrations create. A trigger runs with
# every write, and a view can return endless rows under the name of a table. So a file from
# elsewhere is read only if its tables, columns, constraints and indexes are calmtrack's, and it has
# no others.

Structure = frozenset[tuple[object, ...]]

MAX_OBJECTS = 1_000
"""Tables, indexes, views and triggers that are compared; a diary has about 20."""

_SPACE_AND_QUOTES = r"[\s\"`\[\]]+"

# A CHECK constraint of a statement without whitespace and quotes, up to what follows it.
_CHECK = r"check\(.*?\)(?=,constraint|,check|,primarykey|,foreignkey|\)$|\)without)"


def structure_difference(path: Path) -> str | None:
    """The first part of a diary file's structure that isn't calmtrack's; None without one.

    Raises sqlite3.Error for a file that can't be read.
    """
    with closing(open_to_read(path)) as connection:
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
        own = _structure_of(connection)
    expected = _expected_structure(schema)
    foreign, missing = sorted(own - expected, key=str), sorted(expected - own, key=str)
    if foreign or missing:
        kind, name = (foreign or missing)[0][:2]
        return _("its {kind} {name} isn't the one calmtrack creates").format(kind=kind, name=name)
    return None


def structure_difference_in_use(path: Path) -> str | None:
    """As `structure_difference`, for a diary in use; None for one of an older schema, which is
    migrated when it is opened."""
    with closing(open_to_read(path)) as connection:
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
    return structure_difference(path) if schema == SCHEMA else None


def foreign_objects(path: Path) -> list[tuple[str, str]]:
    """Type and name of the triggers and views in a file; a diary has neither."""
    with closing(open_to_read(path)) as connection:
        return _objects(connection, "type IN ('trigger', 'view')")


@cache
def _expected_structure(schema: int) -> Structure:
    """The structure that the migrations up to a schema revision create."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        if schema == SCHEMA:
            # The same tables, without Alembic, which loads slowly.
            create_tables(database)
        else:
            from tracker.store.engine import memory_engine
            from tracker.store.migrations import run_revisions

            with memory_engine(database).begin() as connection:
                run_revisions(connection, schema)
        return _structure_of(database)


def _structure_of(connection: sqlite3.Connection) -> Structure:
    """Every object with its properties; what SQLite adds itself (`sqlite_stat1`) is left out."""
    parts: set[tuple[object, ...]] = set()
    for kind, name in _objects(connection, "true"):
        sql = connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = ? AND name = ?", (kind, name)
        ).fetchone()[0]
        plain = re.sub(_SPACE_AND_QUOTES, "", str(sql)).lower()
        if kind != "table" or not plain.startswith("createtable"):
            # An index is compared by its statement. Views and triggers are always foreign.
            parts.add((kind, name, plain))
            continue
        parts.add((kind, name, plain.count("check("), *sorted(re.findall(_CHECK, plain))))
        for pragma in ("table_xinfo", "foreign_key_list"):
            rows = connection.execute(f"SELECT * FROM pragma_{pragma}(?)", (name,))  # noqa: S608
            parts.update((kind, name, pragma, *row) for row in rows)
    return frozenset(parts)


def _objects(connection: sqlite3.Connection, condition: str) -> list[tuple[str, str]]:
    query = (
        "SELECT type, name FROM sqlite_master"  # noqa: S608
        f" WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND {condition} LIMIT {MAX_OBJECTS}"
    )
    return connection.execute(query).fetchall()
