"""The questions a diary is asked, in SQLAlchemy Core."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Generator, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    null,
    nulls_first,
    or_,
    select,
    text,
    union_all,
)

from tracker.models import Entry, EntryState, Evening, PageData, Practice
from tracker.store import tables as t
from tracker.store.mapping import entry_of, evening_of, practice_of
from tracker.store.page_window import earliest_day_needed

AT_ONCE = 2000
"""Rows fetched at a time when a whole diary streams by."""

A_FEW = 30
"""Rows fetched at a time where the first of them may be enough."""

RATED_BEFORE = 7
"""Rated evenings before a trend is told of at all (INSIGHTS 3)."""

A_PAGE = 800
"""Days up to which rows come all at once: streaming takes more turns to a server and back."""

_STORED = {state.value: state for state in EntryState}

SAYS_SOMETHING = t.entry.c.state != EntryState.CLEARED.value
"""Of an entry: what is no trace of one that was cleared."""


class Reader:
    """One consistent look at a diary, within the transaction it was opened in."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def practices(self) -> tuple[Practice, ...]:
        """All practices in their order, with goals and spans oldest first."""
        goals: dict[str, list[Any]] = defaultdict(list)
        for row in self.connection.execute(select(t.goal).order_by(t.goal.c.from_day)).mappings():
            goals[row["practice_id"]].append(row)
        spans: dict[str, list[Any]] = defaultdict(list)
        for row in self.connection.execute(
            select(t.out_of_list).order_by(t.out_of_list.c.from_day)
        ).mappings():
            spans[row["practice_id"]].append(row)
        rows = self.connection.execute(
            select(t.practice).order_by(t.practice.c.position, t.practice.c.id)
        ).mappings()
        return tuple(practice_of(row, goals[row["id"]], spans[row["id"]]) for row in rows)

    def first_entries(self) -> dict[str, date]:
        """The first day with an entry, by practice: one look-up in the index for each."""
        first = (
            select(t.entry.c.day)
            .where(t.entry.c.practice_id == t.practice.c.id, SAYS_SOMETHING)
            .order_by(t.entry.c.day)
            .limit(1)
            .scalar_subquery()
        )
        found = self.connection.execute(select(t.practice.c.id, first))
        return {practice_id: day for practice_id, day in found if day is not None}

    def entries(self, first: date, last: date) -> Generator[Entry, None, None]:
        """Entries from `first` to `last`, cleared ones left out; by day, then in list order."""
        found = self.connection.execute(
            select(t.entry)
            .join(t.practice)
            .where(
                t.entry.c.day >= first,
                t.entry.c.day <= last,
                SAYS_SOMETHING,
            )
            .order_by(t.entry.c.day, t.practice.c.position, t.practice.c.id)
            .execution_options(**_streaming(first, last))
        )
        with found:
            for some in found.partitions(AT_ONCE):
                yield from map(_entry, some)

    def entries_of(self, practice_id: str, first: date = date.min) -> Generator[Entry, None, None]:
        """One practice's entries from a day on, oldest first, cleared ones left out."""
        found = self.connection.execute(
            select(t.entry)
            .where(
                t.entry.c.practice_id == practice_id,
                t.entry.c.day >= first,
                SAYS_SOMETHING,
            )
            .order_by(t.entry.c.day)
        )
        with found:
            for some in found.partitions(AT_ONCE):
                yield from map(_entry, some)

    def notes_with(self, *parts: str) -> Generator[tuple[date, str | None, str], None, None]:
        """Notes in which one of some texts stands, oldest first, a day's own before those of its
        practices by their ids: the day, the practice (None for the evening), and the note."""
        of_entries = select(t.entry.c.day, t.entry.c.practice_id, t.entry.c.note).where(
            SAYS_SOMETHING, _holds_one(t.entry.c.note, parts)
        )
        of_evenings = select(t.evening.c.day, null(), t.evening.c.note).where(
            _holds_one(t.evening.c.note, parts)
        )
        found = self.connection.execute(
            union_all(of_entries, of_evenings)
            # Whether nothing comes first or last, each kind of database sees in its own way.
            .order_by("day", nulls_first(text("practice_id")))
            .execution_options(yield_per=AT_ONCE)
        )
        with found:
            for row in found:
                yield row.day, row.practice_id, row.note

    def entry(self, practice_id: str, day: date) -> Entry | None:
        """One entry, a cleared one included."""
        row = self.connection.execute(
            select(t.entry).where(t.entry.c.day == day, t.entry.c.practice_id == practice_id)
        ).one_or_none()
        return None if row is None else entry_of(row._mapping)

    def evening(self, day: date) -> Evening | None:
        """One evening."""
        row = self.connection.execute(select(t.evening).where(t.evening.c.day == day)).one_or_none()
        return None if row is None else evening_of(row._mapping)

    def evenings(self, first: date, last: date) -> Generator[Evening, None, None]:
        """Evenings from `first` to `last` that say something, oldest first."""
        found = self.connection.execute(
            select(t.evening)
            .where(t.evening.c.day >= first, t.evening.c.day <= last)
            .order_by(t.evening.c.day)
            .execution_options(**_streaming(first, last))
        )
        with found:
            for row in found:
                value = evening_of(row._mapping)
                if not value.empty:
                    yield value

    def ratings(self, last: date) -> Generator[tuple[date, str | None], None, None]:
        """The rated days up to a day, oldest first, each with the time it was rated; read a few
        at a time, for who looks at the first of them only."""
        found = self.connection.execute(
            select(t.evening.c.day, t.evening.c.logged_at)
            .where(t.evening.c.day <= last, t.evening.c.calm.is_not(None))
            .order_by(t.evening.c.day)
            .execution_options(yield_per=A_FEW)
        )
        with found:
            yield from ((day, logged_at) for day, logged_at in found)

    def evenings_for_trend(self, first: date, last: date) -> list[Evening]:
        """Evenings from `first` to `last`, and before them the last seven rated ones, which no
        longer move the trend but tell that there is one. Oldest first."""
        found = self.connection.execute(
            select(t.evening)
            .where(t.evening.c.day < first, t.evening.c.calm.is_not(None))
            .order_by(t.evening.c.day.desc())
            .limit(RATED_BEFORE)
        )
        before = [evening_of(row._mapping) for row in found]
        return [*reversed(before), *self.evenings(first, last)]

    def entries_and_times(
        self, practice_ids: Collection[str], first: date, last: date
    ) -> dict[tuple[str, date], tuple[Entry, str]]:
        """Entries of some practices from `first` to `last` by practice and day, cleared ones
        included, each with its time of change."""
        c = t.entry.c
        found = self.connection.execute(
            select(t.entry).where(c.day >= first, c.day <= last, c.practice_id.in_(practice_ids))
        )
        return {(row.practice_id, row.day): (_entry(row), row.updated_at) for row in found}

    def evenings_and_times(self, first: date, last: date) -> dict[date, tuple[Evening, str]]:
        """Evenings from `first` to `last` by day, empty ones included, each with its time of
        change."""
        found = self.connection.execute(
            select(t.evening).where(t.evening.c.day >= first, t.evening.c.day <= last)
        )
        return {row.day: (evening_of(row._mapping), row.updated_at) for row in found}

    def kept(self) -> dict[str, Any]:
        """What the app remembers, by key."""
        return {
            key: json.loads(value)
            for key, value in self.connection.execute(select(t.kept.c.key, t.kept.c.value))
        }

    def settled(self, before: date = date.max) -> dict[str, str]:
        """The newest kept fold of the streak rules that ends before a day, by practice."""
        newest = (
            select(t.streak_state.c.state)
            .where(t.streak_state.c.practice_id == t.practice.c.id)
            .where(t.streak_state.c.settled_day < before)
            .order_by(t.streak_state.c.settled_day.desc())
            .limit(1)
            .scalar_subquery()
        )
        found = self.connection.execute(select(t.practice.c.id, newest))
        return {practice_id: state for practice_id, state in found if state is not None}

    def has_entries(self) -> bool:
        """Whether anything was ever logged or rated."""
        return any(
            self.connection.execute(select(table.c.day).limit(1)).first() is not None
            for table in (t.entry, t.evening)
        )

    def rows_without_days(self, as_of: date = date.max) -> PageData:
        """Practices and what is kept, without any entry or evening; folds from before `as_of`."""
        settled = self.settled(as_of)
        return PageData(self.practices(), self.first_entries(), {}, {}, settled, self.kept())

    def page_rows(
        self, first: date, last: date, as_of: date, *, evenings_from: date | None = None
    ) -> PageData:
        """What a page from `first` to `last` is made of, with streaks as of `as_of`; evenings
        from the day before `first` on, or from `evenings_from` as a trend needs them."""
        rows = self.rows_without_days(as_of)
        start = min(
            first, earliest_day_needed(rows.practices, rows.first_entry, rows.settled, as_of)
        )
        # Days off declared for later this week lower what the week asks for.
        end = max(last, as_of + timedelta(days=6))
        if evenings_from is None:
            evenings: Iterable[Evening] = self.evenings(first - timedelta(days=1), last)
        else:
            evenings = self.evenings_for_trend(evenings_from, last)
        return replace(
            rows,
            entries={(e.practice_id, e.day): e for e in self.entries(start, end)},
            evenings={e.day: e for e in evenings},
        )


def _streaming(first: date, last: date) -> dict[str, Any]:
    return {"yield_per": AT_ONCE} if (last - first).days > A_PAGE else {}


def _holds_one(column: Column[str], parts: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(*(column.contains(part, autoescape=True) for part in parts))


def _entry(row: Any) -> Entry:
    day, practice_id, state, amount, note, logged_at, _ = row
    return Entry(day, practice_id, _STORED[state], amount, note, logged_at)
