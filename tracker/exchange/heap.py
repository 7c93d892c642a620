"""The rows of a file by their days, in memory while they are few and on disk when they are many.

What lies on disk lies in a temporary database of SQLite's: a file without a name that only this
process can reach, and that is gone with it.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import Generic, TypeVar

from tracker.exchange.watching import counted
from tracker.values import CALM, Entry, Evening, Stored

IN_MEMORY = 50_000
"""Rows that are kept in memory: some 25 MB."""

Row = TypeVar("Row", bound=Entry | Evening)
Cells = tuple[str, str, str, int | None, str, str | None]


class Heap(Generic[Row]):
    """Entries or evenings, at most one for each day and practice: the one put last."""

    def __init__(self, unpack: Callable[..., Row], twice: Callable[[int, int, Row], None]) -> None:
        """`unpack` makes a row of its cells; `twice` is told of a row that takes another's
        place: both lines, and the row."""
        self._unpack = unpack
        self._twice = twice
        self._rows: dict[tuple[str, date], tuple[int, Row]] = {}
        self._disk: sqlite3.Connection | None = None

    def __bool__(self) -> bool:
        return bool(self._rows) or self._disk is not None

    def put(self, line: int, row: Row) -> None:
        """Puts a row that stands on a line of the file."""
        key = (row.practice_id if isinstance(row, Entry) else CALM, row.day)
        if key in self._rows:
            self._twice(line, self._rows[key][0], row)
        self._rows[key] = (line, row)
        if len(self._rows) >= IN_MEMORY:
            self._move_to_disk()

    def settle(self) -> None:
        """Tells of every row that stands twice, also far apart, once all are put."""
        if self._disk is not None:
            self._move_to_disk()

    def handfuls(self, size: int) -> Iterator[list[tuple[int, Row]]]:
        """All rows with their lines by day, so many at a time."""
        rows = counted(self._by_day())
        while handful := list(islice(rows, size)):
            yield handful

    def _by_day(self) -> Iterator[tuple[int, Row]]:
        if self._disk is None:
            return iter(sorted(self._rows.values(), key=lambda one: one[1].day))
        self.settle()
        return ((line, self._unpack(*cells)) for line, *cells in self._disk.execute(_ALL))

    def _move_to_disk(self) -> None:
        if self._disk is None:
            self._disk = _temporary()
            weakref.finalize(self, self._disk.close)
        for line, row in self._rows.values():
            cells = _cells(row)
            before = self._disk.execute(_FIND, cells[:2]).fetchone()
            if before is not None:
                self._twice(line, before[0], row)
            self._disk.execute(_PUT, (line, *cells))
        self._rows.clear()


_MAKE = """CREATE TABLE heap (line, day, subject, state, amount, note, at,
           PRIMARY KEY (day, subject)) WITHOUT ROWID"""
_FIND = "SELECT line FROM heap WHERE day = ? AND subject = ?"
_PUT = "INSERT OR REPLACE INTO heap VALUES (?, ?, ?, ?, ?, ?, ?)"
_ALL = "SELECT * FROM heap ORDER BY day, line"


def _temporary() -> sqlite3.Connection:
    made = sqlite3.connect("", isolation_level=None)
    made.execute("PRAGMA journal_mode = OFF")
    made.execute("PRAGMA synchronous = OFF")
    made.execute("PRAGMA cache_size = -16000")
    made.execute(_MAKE)
    # One transaction that never ends: nobody else looks, and each row would be one by itself.
    made.execute("BEGIN")
    return made


def _cells(row: Entry | Evening) -> Cells:
    if isinstance(row, Evening):
        return row.day.isoformat(), CALM, "", row.calm, row.note, row.logged_at
    about = row.state.value, row.amount, row.note, row.logged_at
    return row.day.isoformat(), row.practice_id, *about


def entry_from(
    day: str, subject: str, state: str, amount: int | None, note: str, at: str | None
) -> Entry:
    """The entry in its cells."""
    return Entry(date.fromisoformat(day), subject, Stored(state), amount, note, at)


def evening_from(day: str, _: str, __: str, calm: int | None, note: str, at: str | None) -> Evening:
    """The evening in its cells."""
    return Evening(date.fromisoformat(day), calm, note, at)
