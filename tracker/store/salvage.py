"""Copies the readable rows of a damaged diary file into a new file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tracker.rules.days import days_between
from tracker.store.diary_file import create_private, decode_text, mark_schema
from tracker.store.integrity import find_corruption, open_file, open_to_read
from tracker.store.schema import CREATE_VERSION, SCHEMA
from tracker.store.sqlite_statements import CREATE_INDEXES, CREATE_TABLES

# The tables of the first schema; a table comes after those that its rows refer to.
_TABLES = ("practice", "goal", "out_of_list", "entry", "evening", "kept", "change", "change_row")
_WITHOUT_ROWID = {"entry": "day", "change_row": "change_id"}
"""The first column of the primary key, by which tables without rowid are stored."""

_STREAK_CACHE = "streak_state"
"""The table that is rebuilt instead of copied."""

_REQUIRED = {"practice", "entry", "evening", "alembic_version"}
"""Without one of these a file of this schema can't be salvaged; the others are created empty."""

_UNDO_LOG = frozenset({"change", "change_row"})


class Salvaged(NamedTuple):
    """The result of a salvage."""

    read: int
    """Rows of practices, entries, evenings and settings that were read from it."""
    filled: int
    """Rows that came from the backup instead."""
    incomplete: frozenset[str]
    """The tables in which rows could not be read, or are missing according to other rows."""


def is_readable(path: Path) -> bool:
    """Whether the tables of a damaged file can be found, so that a salvage can be tried."""
    try:
        with closing(_open_damaged(path)) as damaged:
            version = damaged.execute("PRAGMA user_version").fetchone()[0]
            return version <= SCHEMA and bool(_statements(damaged))
    except sqlite3.Error:
        return False


def _open_damaged(path: Path) -> sqlite3.Connection:
    """Opens a file to read its rows. SQLite refuses to open a file that is shorter than its header
    says; it is then loaded into memory, with zeros for the pages that were cut off."""
    try:
        return open_to_read(path)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname != "SQLITE_CORRUPT":
            raise
        content = path.read_bytes()
        page, pages = (
            int.from_bytes(content[at : at + size], "big") for at, size in _LENGTH_FIELDS
        )
        missing = pages * (65_536 if page == 1 else page) - len(content)
        if not 0 < missing <= _MOST_MISSING:
            raise
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(content + bytes(missing))
    return connection


_LENGTH_FIELDS = ((16, 2), (28, 4))
"""Offset and size in bytes of two fields of the header: the page size, where 1 stands for 65,536,
and the number of pages (sqlite.org/fileformat2)."""

_MOST_MISSING = 1 << 28
"""Bytes; more than the size of any diary. A damaged header can claim terabytes."""


def salvage(path: Path, backup: Path | None, target: Path) -> Salvaged | None:
    """Writes a new file with every row that can be read and, in tables with unreadable rows, those
    of the backup; returns None where the result isn't a sound diary.

    A table is read from both ends and then key by key, as a damaged page ends a scan. An incomplete
    undo log is left out: undo would restore only some rows of a step.
    """
    create_private(target)
    try:
        salvaged = _salvage(path, backup, target)
        with target.open("rb") as file:
            os.fsync(file.fileno())
    except (sqlite3.Error, OSError):
        return None
    return salvaged if find_corruption(target) is None else None


def _salvage(path: Path, backup: Path | None, target: Path) -> Salvaged:
    with (
        closing(_open_damaged(path)) as damaged,
        closing(open_file(target, "rw")) as fresh,
    ):
        damaged.text_factory = decode_text
        fresh.execute("BEGIN")
        version = damaged.execute("PRAGMA user_version").fetchone()[0]
        statements = _current_statements() if version == SCHEMA else _statements(damaged)
        for kind, sql in statements:
            if kind == "table":
                fresh.execute(sql)
        tables = [*_TABLES, *_later_tables(fresh)]
        incomplete = {table for table in tables if not _copy_table(damaged, fresh, table)}
        # The tables that lack a row to which another one refers.
        incomplete |= {row[2] for row in fresh.execute("PRAGMA foreign_key_check")}
        if backup is not None:
            incomplete |= _lacking(fresh, backup)
        if incomplete & _UNDO_LOG:
            for table in _UNDO_LOG:
                fresh.execute(f"DELETE FROM {table}")  # noqa: S608
        read = _count(fresh)
        if backup is not None and incomplete:
            _fill(fresh, backup, [one for one in tables if one in incomplete - _UNDO_LOG])
        if "goal" not in incomplete and _lacks_goals(fresh):
            incomplete.add("goal")
            if backup is not None:
                _fill(fresh, backup, ["goal"])
        filled = _count(fresh) - read
        _complete_practices(fresh)
        if version == SCHEMA:
            _complete_diary_id(fresh)
        for kind, sql in statements:
            if kind == "index":
                fresh.execute(sql)
        mark_schema(fresh, version)
        fresh.execute("COMMIT")
    return Salvaged(read, filled, frozenset(incomplete))


def _current_statements() -> list[tuple[str, str]]:
    """Kind and statement of the tables and indexes that calmtrack creates. The file's own
    statements could have columns, checks or indexes of another program."""
    return [
        *(("table", sql) for sql in (*CREATE_TABLES.values(), CREATE_VERSION)),
        *(("index", sql) for sql in CREATE_INDEXES),
    ]


def _later_tables(fresh: sqlite3.Connection) -> list[str]:
    """The tables of later schemas in a new file, without the streak cache."""
    found = fresh.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    left_out = {*_TABLES, _STREAK_CACHE}
    return [name for (name,) in found if name in CREATE_TABLES and name not in left_out]


def _lacks_goals(fresh: sqlite3.Connection) -> bool:
    """Whether a practice has no goal; also after practices alone came from the backup."""
    without = "SELECT 1 FROM practice WHERE id NOT IN (SELECT practice_id FROM goal)"
    return fresh.execute(without).fetchone() is not None


def _lacking(fresh: sqlite3.Connection, backup: Path) -> set[str]:
    """The tables that lack a row of the backup though no step since then changed it: a table that
    lost a page can be empty and still be read without an error."""
    with closing(open_to_read(backup)) as source:
        earlier, present = ({*one.execute(_STEPS)} for one in (source, fresh))
        if earlier and not present:
            return set(_UNDO_LOG)
        changed_in = {step[0] for step in earlier ^ present}
        changed = {
            (kind, key, day)
            for one in (source, fresh)
            for step, kind, key, day in one.execute(_STEP_ROWS)
            if step in changed_in
        }
        return {
            table
            for table, query in _KEYS.items()
            if {*source.execute(query)} - {*fresh.execute(query)} - changed
        }


_STEPS = "SELECT id, at, undone FROM change"
_STEP_ROWS = "SELECT change_id, kind, key, day FROM change_row"
_KEYS = {
    "practice": "SELECT 'practice', id, '' FROM practice",
    "entry": "SELECT 'entry', practice_id, day FROM entry WHERE state <> 'cleared'",
    "evening": "SELECT 'evening', 'calm', day FROM evening",
    "kept": "SELECT 'kept', key, '' FROM kept",
}
"""Queries for the keys of a table's rows, in the form of the undo log."""


def _statements(damaged: sqlite3.Connection) -> list[tuple[str, str]]:
    """Kind and statement of a file's tables and indexes; empty where a required table is missing.
    In a file of an older schema, every table of the first schema is required."""
    found = damaged.execute(
        "SELECT type, name, sql, tbl_name FROM sqlite_master"
        " WHERE sql IS NOT NULL AND type IN ('table', 'index')"
    )
    ours = {*CREATE_TABLES, "alembic_version"}
    rows = [(kind, name, sql) for kind, name, sql, table in found if table in ours]
    version = damaged.execute("PRAGMA user_version").fetchone()[0]
    needed = _REQUIRED if version == SCHEMA else {*_TABLES, "alembic_version"}
    if not {name for kind, name, _ in rows if kind == "table"} >= needed:
        return []
    return [(kind, sql) for kind, _, sql in rows]


def _copy_table(damaged: sqlite3.Connection, fresh: sqlite3.Connection, table: str) -> bool:
    """Copies the readable rows of a table; returns whether those are all of them."""
    key = _WITHOUT_ROWID.get(table, "rowid")
    # In brackets: SQLite takes the quoted name of a column that is missing for a text.
    names = ", ".join(f"[{name}]" for name in _columns(fresh, table))
    scan = f"SELECT {key}, {names} FROM {table} NOT INDEXED "  # noqa: S608
    first, is_complete = _copy(damaged, fresh, table, f"{scan} ORDER BY {key}")
    if not is_complete:
        last, _ = _copy(damaged, fresh, table, f"{scan} ORDER BY {key} DESC")
        for value in _values_between(first, last):
            _copy(damaged, fresh, table, f"{scan} WHERE {key} = ?", (value,))
    return is_complete


def _copy(
    damaged: sqlite3.Connection,
    fresh: sqlite3.Connection,
    table: str,
    query: str,
    values: Sequence[object] = (),
) -> tuple[object, bool]:
    """Copies the rows of a query, without their first column, until one can't be read; returns
    that column of the last row, and whether all rows could be read and were valid."""
    reached: object = None
    is_complete = True
    try:
        for key, *row in damaged.execute(query, values):
            reached = key
            is_complete = _insert(fresh, table, [tuple(row)]) and is_complete
    except (sqlite3.Error, OverflowError):
        return reached, False
    return reached, is_complete


def _insert(fresh: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> bool:
    """Inserts rows with keys that are not there yet; returns whether all were valid."""
    is_complete = True
    for row in rows:
        try:
            marks = ", ".join("?" * len(row))
            fresh.execute(
                f"INSERT INTO {table} VALUES ({marks}) ON CONFLICT DO NOTHING",  # noqa: S608
                row,
            )
        except sqlite3.IntegrityError:
            is_complete = False
    return is_complete


def _values_between(first: object, last: object) -> Iterator[object]:
    """The numbers, or the days as text, from one key to another."""
    if isinstance(first, int) and isinstance(last, int):
        yield from range(first, last + 1)
    elif isinstance(first, str) and isinstance(last, str):
        with suppress(ValueError):
            days = days_between(date.fromisoformat(first), date.fromisoformat(last))
            yield from (day.isoformat() for day in days)


def _fill(fresh: sqlite3.Connection, backup: Path, tables: Iterable[str]) -> None:
    """Adds the rows of a backup whose keys are missing in these tables."""
    with closing(open_to_read(backup)) as source:
        for table in tables:
            columns = [_columns(one, table) for one in (source, fresh)]
            if columns[0] == columns[1]:
                _insert(fresh, table, source.execute(f"SELECT * FROM {table}"))  # noqa: S608


def _complete_practices(fresh: sqlite3.Connection) -> None:
    """Gives entries whose practice was lost one that is named by its id, and practices whose goals
    were lost the usual goal; drops what refers to nothing else."""
    fresh.execute(
        "INSERT INTO practice (id, name, question, unit, step, position, overlap, added_on,"
        " updated_at) SELECT practice_id, practice_id, '', 'times', 1, 999, 0, min(day),"
        " min(updated_at) FROM entry WHERE practice_id NOT IN (SELECT id FROM practice)"
        " GROUP BY practice_id"
    )
    fresh.execute(
        "INSERT INTO goal (practice_id, from_day, amount, days_per_week, updated_at)"
        " SELECT id, added_on, CASE unit WHEN 'minutes' THEN 10 ELSE 1 END, 7, updated_at"
        " FROM practice WHERE id NOT IN (SELECT practice_id FROM goal)"
    )
    for table in ("goal", "out_of_list"):
        fresh.execute(
            f"DELETE FROM {table} WHERE practice_id NOT IN (SELECT id FROM practice)"  # noqa: S608
        )
    fresh.execute("DELETE FROM change_row WHERE change_id NOT IN (SELECT id FROM change)")


def _complete_diary_id(fresh: sqlite3.Connection) -> None:
    """Gives a diary a new id if its own is lost, so that new backups are recognised."""
    from secrets import token_hex

    if fresh.execute("SELECT 1 FROM diary_id").fetchone() is None:
        fresh.execute("INSERT INTO diary_id VALUES (?)", (token_hex(16),))


def _count(fresh: sqlite3.Connection) -> int:
    counts = (
        fresh.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        for table in ("practice", "entry", "evening", "kept")
    )
    return sum(counts)


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
