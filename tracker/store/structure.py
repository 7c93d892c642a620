"""Compares the structure of a diary file with the one that the migrations create.

A trigger runs with every write, and a view can return endless rows under the name of a table. So a
file from elsewhere is read only if its tables, columns, constraints and indexes are calmtrack's,
and it has no others.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from tracker.i18n.messages import _
from tracker.store.diary_file import create_tables
from tracker.store.integrity import open_to_read
from tracker.store.schema import SCHEMA

Structure = frozenset[tuple[object, ...]]

MAX_OBJECTS = 1_000
"""Tables, indexes, views and triggers that are compared; a diary has about 20."""

_SPACE_AND_QUOTES = r"[\s\"`\[\]]+"

# A CHECK constraint of a statement without whitespace and quotes, up to what follows it.
_CHECK = r"check\(.*?\)(?=,constraint|,check|,primarykey|,foreignkey|\)$|\)without)"


def find_difference(path: Path) -> str | None:
    """The first part of a diary file's structure that isn't calmtrack's; None without one.

    Raises sqlite3.Error for a file that can't be read.
    """
    with closing(open_to_read(path)) as connection:
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
        own = structure_of(connection)
    expected = expected_structure(schema)
    foreign, missing = sorted(own - expected, key=str), sorted(expected - own, key=str)
    if foreign or missing:
        kind, name = (foreign or missing)[0][:2]
        return _("its {kind} {name} isn't the one calmtrack creates").format(kind=kind, name=name)
    return None


def difference_in_use(path: Path) -> str | None:
    """As `find_difference`, for a diary in use; None for one of an older schema, which is migrated
    when it is opened."""
    with closing(open_to_read(path)) as connection:
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
    return find_difference(path) if schema == SCHEMA else None


def foreign_objects(path: Path) -> list[tuple[str, str]]:
    """Type and name of the triggers and views in a file; a diary has neither."""
    with closing(open_to_read(path)) as connection:
        return _objects(connection, "type IN ('trigger', 'view')")


@cache
def expected_structure(schema: int) -> Structure:
    """The structure that the migrations up to a schema revision create."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        if schema == SCHEMA:
            # The same tables, without Alembic, which loads slowly.
            create_tables(database)
        else:
            from tracker.store.engine import memory_engine
            from tracker.store.migrate import run_revisions

            with memory_engine(database).begin() as connection:
                run_revisions(connection, schema)
        return structure_of(database)


def structure_of(connection: sqlite3.Connection) -> Structure:
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
