"""Many new rows at once, as a long import brings them: written where there was none, and
remembered in the undo log without a turn for each.

Through SQLAlchemy's own `executemany` of dictionaries 58,000 entries took three times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import Integer, Table, Text, cast, insert, literal, select

from tracker.store import tables as t
from tracker.store import undo_log
from tracker.store.reader import Reader
from tracker.store.writer import Writer

IN_A_STATEMENT = 100
"""Rows of one INSERT: a third less time than one for each, and no more from there on."""


def no_entries(reader: Reader, first: date, last: date) -> bool:
    """Whether a diary has no entry, not even a cleared one, from one day to another."""
    return _has_none(reader, t.entry, first, last)


def no_evenings(reader: Reader, first: date, last: date) -> bool:
    """Whether a diary has no evening, not even an empty one, from one day to another."""
    return _has_none(reader, t.evening, first, last)


def _has_none(reader: Reader, table: Table, first: date, last: date) -> bool:
    found = select(table.c.day).where(table.c.day >= first, table.c.day <= last).limit(1)
    return reader.connection.execute(found).first() is None


def put_new_entries(writer: Writer, what: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Puts entries, each its columns but the last, of days from the first row's to the last
    row's, between which there is none; the step is called `what`."""
    _insert(writer, t.entry, rows)
    for practice_id, day in {row[1]: row[0] for row in reversed(rows)}.items():
        writer.touch(practice_id, day)
    _remember(writer, what, t.entry, rows)


def put_new_evenings(writer: Writer, what: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Puts evenings, each its day, `calm`, a state, and its columns, as entries are put."""
    rows = [(day, *others) for day, _, _, *others in rows]
    _insert(writer, t.evening, rows)
    _remember(writer, what, t.evening, rows)


def _insert(writer: Writer, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    names = [column.name for column in table.columns]
    whole = [(row[0].isoformat(), *row[1:], writer.at) for row in rows]
    connection = writer.connection
    if connection.dialect.name != "sqlite":
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in whole])
        return
    one = f"({', '.join('?' * len(names))})"
    into = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES "  # noqa: S608  # names of ours
    for start in range(0, len(whole), IN_A_STATEMENT):
        some = whole[start : start + IN_A_STATEMENT]
        values = tuple(chain.from_iterable(some))
        connection.exec_driver_sql(into + ", ".join([one] * len(some)), values)


def _remember(writer: Writer, what: str, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Remembers of all rows between two days that they were not there."""
    c, number = table.c, undo_log.long_step(writer, what)
    key = literal("calm") if table is t.evening else c.practice_id
    were_not = select(
        literal(number, Integer), literal(table.name), key, cast(c.day, Text), cast(None, Text)
    ).where(c.day >= rows[0][0], c.day <= rows[-1][0])
    columns = [column.name for column in t.change_row.columns]
    writer.connection.execute(insert(t.change_row).from_select(columns, were_not))
