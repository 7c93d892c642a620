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

from tracker.formats.progress import track
from tracker.models import Entry, EntryState, Evening

IN_MEMORY = 60_000
"""Rows that are kept in memory: some 25 MB."""

RowTuple = tuple[date, str, str, int | None, str, str | None]
"""A row in plain values: its day, its practice or `calm`, its state, its amount or score, its
note, and when it was logged. A file has many, and an Entry takes five times as long to make."""

NumberedRow = tuple[int, RowTuple]
"""The line of the file that a row stands on, and the row."""


class RowBuffer:
    """Entries or evenings, at most one for each day and practice: the one put last."""

    def __init__(self, twice: Callable[[int, int, RowTuple], None]) -> None:
        """`twice` is told of a row that takes another's place: both lines, and the row."""
        self._twice = twice
        self._rows: dict[tuple[date, str], NumberedRow] = {}
        self._disk: sqlite3.Connection | None = None

    def __bool__(self) -> bool:
        return bool(self._rows) or self._disk is not None

    def put(self, line: int, row: RowTuple) -> None:
        """Puts a row that stands on a line of the file."""
        key = row[:2]
        if key in self._rows:
            self._twice(line, self._rows[key][0], row)
        self._rows[key] = (line, row)
        if len(self._rows) >= IN_MEMORY:
            self._move_to_disk()

    def settle(self) -> None:
        """Tells of every row that stands twice, also far apart, once all are put."""
        if self._disk is not None:
            self._move_to_disk()

    def handfuls(self, size: int) -> Iterator[list[NumberedRow]]:
        """All rows by day: so many at a time, and with them the rest of their last day."""
        rows = track(self._by_day())
        handful = list(islice(rows, size))
        while handful:
            last = handful[-1][1][0]
            following: list[NumberedRow] = []
            for row in rows:
                if row[1][0] != last:
                    following.append(row)
                    break
                handful.append(row)
            yield handful
            handful = [*following, *islice(rows, size - 1)]

    def _by_day(self) -> Iterator[NumberedRow]:
        if self._disk is None:
            return iter(sorted(self._rows.values(), key=_day))
        self.settle()
        found = self._disk.execute(_ALL)
        return ((line, (date.fromisoformat(day), *cells)) for line, day, *cells in found)

    def _move_to_disk(self) -> None:
        """Moves what is in memory: at once, since hardly any file tells of a day twice."""
        if self._disk is None:
            self._disk = _temporary()
            weakref.finalize(self, self._disk.close)
        before = self._disk.total_changes
        rows = self._rows.values()
        self._disk.executemany(_PUT_NEW, ((line, str(row[0]), *row[1:]) for line, row in rows))
        if self._disk.total_changes - before < len(rows):
            self._write_over()
        self._rows.clear()

    def _write_over(self) -> None:
        """Tells of the rows whose place on disk another one has, and puts them there."""
        assert self._disk is not None
        for line, row in self._rows.values():
            key = (str(row[0]), row[1])
            there: int = self._disk.execute(_FIND, key).fetchone()[0]
            if there != line:
                self._twice(line, there, row)
                self._disk.execute(_PUT, (line, *key, *row[2:]))


_MAKE = """CREATE TABLE heap (line, day, subject, state, amount, note, at,
           PRIMARY KEY (day, subject)) WITHOUT ROWID"""
_FIND = "SELECT line FROM heap WHERE day = ? AND subject = ?"
_PUT = "INSERT OR REPLACE INTO heap VALUES (?, ?, ?, ?, ?, ?, ?)"
_PUT_NEW = "INSERT OR IGNORE INTO heap VALUES (?, ?, ?, ?, ?, ?, ?)"
_ALL = "SELECT * FROM heap ORDER BY day, line"


def _day(row: NumberedRow) -> date:
    return row[1][0]


def _temporary() -> sqlite3.Connection:
    made = sqlite3.connect("", isolation_level=None)
    made.execute("PRAGMA journal_mode = OFF")
    made.execute("PRAGMA synchronous = OFF")
    made.execute("PRAGMA cache_size = -16000")
    made.execute(_MAKE)
    # One transaction that never ends: nobody else looks, and each row would be one by itself.
    made.execute("BEGIN")
    return made


def entry_from(cells: RowTuple) -> Entry:
    """The entry in its cells."""
    day, practice_id, state, amount, note, at = cells
    return Entry(day, practice_id, EntryState(state), amount, note, at)


def evening_from(cells: RowTuple) -> Evening:
    """The evening in its cells."""
    day, _, _, calm, note, at = cells
    return Evening(day, calm, note, at)
