"""Queries of a diary, in SQLAlchemy Core."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    and_,
    cast,
    desc,
    func,
    null,
    nulls_first,
    or_,
    select,
    text,
    true,
    union,
    union_all,
)

from tracker.models import CALM_ID, Entry, EntryState, Evening, PageData, Practice
from tracker.rules.days import EARLIEST
from tracker.rules.streak_state import earliest_day_needed, is_state
from tracker.store import tables as t
from tracker.store.mapping import (
    InvalidRow,
    app_state_of,
    change_time,
    entry_problem,
    evening_of,
    goal_of,
    is_valid_amount,
    is_valid_day,
    make_entry,
    moment_or_none,
    parse_day,
    practice_of,
    span_of,
)

BATCH_SIZE = 2000
"""Rows fetched at a time when a whole diary is streamed."""

SMALL_BATCH_SIZE = 30
"""Rows fetched at a time where the caller usually stops early."""

RATINGS_BEFORE_TREND = 7
"""Rated evenings needed before the calm trend is defined (rules/calm.py)."""

UNBATCHED_DAYS = 800
"""Ranges up to this many days are fetched in one go: batches cost round trips to a server."""

DAYS_IN_QUERY = 500
"""Days of one `IN`: SQLite had at most 999 parameters before 3.32."""

NOT_CLEARED = t.entry.c.state != EntryState.CLEARED.value
"""Leaves out tombstones of cleared entries, which only merge and JSON read."""

_NOT_CLEARED_STATES = {EntryState.LOGGED.value, EntryState.REST.value}

EntryTuple = tuple[str, str, str, int | None, str, str | None]
"""An entry as plain values: day (ISO), practice id, state, amount, note, logged_at."""


Model = TypeVar("Model")

SetApart = tuple[str, object, object]
"""An invalid row: its kind in the undo log, its practice id or key, and its day."""


class Reader:
    """Queries within one open transaction, and so one consistent snapshot.

    An invalid row is left out of every result and added to `set_apart`; so are the entries of an
    invalid practice.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.set_apart: set[SetApart] = set()
        self._invalid_practices: set[object] | None = None

    def practices(self) -> tuple[Practice, ...]:
        """All practices in their order, with goals and spans oldest first."""
        practices, self._invalid_practices = self._valid_practices(None)
        return practices

    def practice(self, practice_id: str) -> Practice | None:
        """One practice, also an archived one."""
        practices, _ = self._valid_practices(practice_id)
        return practices[0] if practices else None

    def _valid_practices(self, practice_id: str | None) -> tuple[tuple[Practice, ...], set[object]]:
        """All practices, or those with an id, and the ids of invalid ones."""
        goals = self._of_practices(t.goal, goal_of, practice_id)
        spans = self._of_practices(t.out_of_list, span_of, practice_id)
        query = select(t.practice).order_by(t.practice.c.position, t.practice.c.id)
        if practice_id is not None:
            query = query.where(t.practice.c.id == practice_id)
        rows = self.connection.execute(query).mappings()
        practices, invalid = [], set()
        for row in rows:
            try:
                practices.append(practice_of(row, goals[row["id"]], spans[row["id"]]))
            except InvalidRow:
                invalid.add(row["id"])
                self.set_apart.add(("practice", row["id"], None))
        return tuple(practices), invalid

    def _of_practices(
        self, table: Table, to_model: Callable[[Any], Model], practice_id: str | None
    ) -> dict[object, list[Model]]:
        """Goals or spans by practice id, oldest first."""
        models: dict[object, list[Model]] = defaultdict(list)
        query = select(table).order_by(table.c.from_day)
        if practice_id is not None:
            query = query.where(table.c.practice_id == practice_id)
        for row in self.connection.execute(query).mappings():
            try:
                models[row["practice_id"]].append(to_model(row))
            except InvalidRow:
                # Saving the practice would replace the row.
                self.set_apart.add(("practice", row["practice_id"], None))
        return models

    def _is_of_invalid_practice(self, practice_id: object) -> bool:
        if self._invalid_practices is None:
            self.practices()
        return practice_id in (self._invalid_practices or ())

    def valid_entries(self, rows: Iterable[Any]) -> Generator[Entry, None, None]:
        """The valid entries among rows of the whole table."""
        for entry, _ in self.valid_entries_and_times(rows):
            yield entry

    def valid_entries_and_times(
        self, rows: Iterable[Any]
    ) -> Generator[tuple[Entry, str], None, None]:
        """The valid entries among rows of the whole table, with their `updated_at`."""
        for day, practice_id, state, amount, note, logged_at, updated_at in rows:
            try:
                entry = make_entry(day, practice_id, state, amount, note, logged_at)
            except InvalidRow:
                self.set_apart.add(("entry", practice_id, day))
                continue
            if not self._is_of_invalid_practice(practice_id):
                yield entry, change_time(updated_at)

    def valid_evenings_and_times(
        self, rows: Iterable[Any]
    ) -> Generator[tuple[Evening, str], None, None]:
        """The valid evenings among rows of the whole table, with their `updated_at`."""
        for row in rows:
            try:
                evening = evening_of(row._mapping)
            except InvalidRow:
                self.set_apart.add(("evening", CALM_ID, row.day))
                continue
            yield evening, change_time(row.updated_at)

    def diary_id(self) -> str:
        """The id by which its backups know the diary."""
        stored = select(t.diary_id.c.id).order_by(t.diary_id.c.id)
        return t.backup_id(self.connection.execute(stored).scalars().first())

    def first_entries(self) -> dict[str, date]:
        """First day with an entry by practice id: one index lookup each."""
        first = (
            select(t.entry.c.day)
            .where(t.entry.c.practice_id == t.practice.c.id, NOT_CLEARED)
            .order_by(t.entry.c.day)
            .limit(1)
            .scalar_subquery()
        )
        found = self.connection.execute(select(t.practice.c.id, first))
        firsts: dict[str, date] = {}
        for practice_id, day in found.all():
            if day is not None and not is_valid_day(day):
                entry = next(self.entries_of(practice_id), None)
                day = None if entry is None else entry.day  # noqa: PLW2901
            if day is not None:
                firsts[practice_id] = day
        return firsts

    def entries(self, first: date, last: date) -> Generator[Entry, None, None]:
        """Entries from `first` to `last`, cleared ones left out; by day, then in list order."""
        found = self.connection.execute(
            select(t.entry)
            .join(t.practice)
            .where(
                t.entry.c.day >= first,
                t.entry.c.day <= last,
                NOT_CLEARED,
            )
            .order_by(t.entry.c.day, t.practice.c.position, t.practice.c.id)
            .execution_options(**_streaming(first, last))
        )
        with found:
            for some in found.partitions(BATCH_SIZE):
                yield from self.valid_entries(some)

    def entries_of(self, practice_id: str, first: date = date.min) -> Generator[Entry, None, None]:
        """One practice's entries from a day on, oldest first, cleared ones left out."""
        found = self.connection.execute(
            select(t.entry)
            .where(
                t.entry.c.practice_id == practice_id,
                t.entry.c.day >= first,
                NOT_CLEARED,
            )
            .order_by(t.entry.c.day)
        )
        with found:
            for some in found.partitions(BATCH_SIZE):
                yield from self.valid_entries(some)

    def notes_with(
        self, *parts: str, first: date = date.min, last: date = date.max
    ) -> Generator[tuple[date, str | None, str], None, None]:
        """Notes containing any of `parts`, all notes without any, as (day, practice id or None for
        the evening, note), from `first` to `last`.

        Oldest first; within a day the evening comes first, then practices by id.
        """
        of_entries = (
            select(t.entry.c.day, t.entry.c.practice_id, t.entry.c.note)
            .join(t.practice)
            .where(NOT_CLEARED, *_note_within(t.entry, parts, first, last))
        )
        of_evenings = select(t.evening.c.day, null(), t.evening.c.note).where(
            *_note_within(t.evening, parts, first, last)
        )
        found = self.connection.execute(
            union_all(of_entries, of_evenings)
            # SQLite and PostgreSQL sort NULL differently by default.
            .order_by("day", nulls_first(text("practice_id")))
            .execution_options(yield_per=BATCH_SIZE)
        )
        with found:
            for day, practice_id, note in found:
                if (
                    is_valid_day(day)
                    and type(note) is str
                    and (practice_id is None or not self._is_of_invalid_practice(practice_id))
                ):
                    yield day, practice_id, note

    def latest_days(self, first: date, last: date, most: int) -> list[date]:
        """The latest days from `first` to `last` with an evening or an entry, newest first, at
        most so many. Both tables are keyed by day, so that only these rows are read."""
        evening, entry = t.evening.c, t.entry.c
        of_evenings = select(evening.day).where(
            evening.day >= first,
            evening.day <= last,
            or_(evening.calm.is_not(None), evening.note != ""),
        )
        of_entries = select(entry.day).where(entry.day >= first, entry.day <= last, NOT_CLEARED)
        days = union(of_evenings, of_entries).order_by(desc("day"))
        limit = most
        while True:
            found = self.connection.execute(days.limit(limit)).scalars().all()
            valid = [day for day in found if is_valid_day(day)]
            if len(valid) >= most or len(found) < limit:
                return valid[:most]
            # Invalid days took the place of valid ones.
            limit *= 2

    def rated_days(self, lowest: int, highest: int, first: date, last: date) -> set[date]:
        """The days from `first` to `last` with a calm score from `lowest` to `highest`."""
        c = t.evening.c
        found = self.connection.execute(
            select(c.day).where(c.day >= first, c.day <= last, c.calm.between(lowest, highest))
        )
        return {day for day in found.scalars() if is_valid_day(day)}

    def days_of_practice(self, practice_id: str, first: date, last: date) -> set[date]:
        """The days from `first` to `last` on which a practice has an amount above 0 or a note."""
        c = t.entry.c
        found = self.connection.execute(
            select(c.day).where(
                c.practice_id == practice_id,
                c.day >= first,
                c.day <= last,
                or_(and_(c.state == EntryState.LOGGED.value, c.amount > 0), c.note != ""),
            )
        )
        return {day for day in found.scalars() if is_valid_day(day)}

    def entries_on(self, days: Sequence[date]) -> Generator[Entry, None, None]:
        """The entries of some days, newest day first and then in list order, cleared ones left
        out."""
        for some in _batches(days):
            yield from self.valid_entries(
                self.connection.execute(
                    select(t.entry)
                    .join(t.practice)
                    .where(t.entry.c.day.in_(some), NOT_CLEARED)
                    .order_by(t.entry.c.day.desc(), t.practice.c.position, t.practice.c.id)
                ).all()
            )

    def evenings_on(self, days: Sequence[date]) -> Generator[Evening, None, None]:
        """The evenings of some days that have a score or a note."""
        for some in _batches(days):
            rows = self.connection.execute(select(t.evening).where(t.evening.c.day.in_(some))).all()
            for evening, _ in self.valid_evenings_and_times(rows):
                if not evening.empty:
                    yield evening

    def entry(self, practice_id: str, day: date) -> Entry | None:
        """One entry, cleared ones included."""
        rows = self.connection.execute(
            select(t.entry).where(t.entry.c.day == day, t.entry.c.practice_id == practice_id)
        ).all()
        return next(self.valid_entries(rows), None)

    def evening(self, day: date) -> Evening | None:
        """One evening."""
        rows = self.connection.execute(select(t.evening).where(t.evening.c.day == day)).all()
        return next((evening for evening, _ in self.valid_evenings_and_times(rows)), None)

    def evenings(self, first: date, last: date) -> Generator[Evening, None, None]:
        """Evenings from `first` to `last` with a score or a note, oldest first."""
        found = self.connection.execute(
            select(t.evening)
            .where(t.evening.c.day >= first, t.evening.c.day <= last)
            .order_by(t.evening.c.day)
            .execution_options(**_streaming(first, last))
        )
        with found:
            for evening, _ in self.valid_evenings_and_times(found):
                if not evening.empty:
                    yield evening

    def ratings(self, last: date) -> Generator[tuple[date, str | None], None, None]:
        """Rated days up to `last` with the time of rating, oldest first; fetched in small batches,
        since callers usually stop at the first."""
        found = self.connection.execute(
            select(t.evening.c.day, t.evening.c.logged_at)
            .where(t.evening.c.day <= last, t.evening.c.calm.is_not(None))
            .order_by(t.evening.c.day)
            .execution_options(yield_per=SMALL_BATCH_SIZE)
        )
        with found:
            for day, logged_at in found:
                if is_valid_day(day):
                    yield day, moment_or_none(logged_at)

    def evenings_for_trend(self, first: date, last: date) -> list[Evening]:
        """Evenings from `first` to `last`, preceded by the seven latest rated ones before them.

        Those are too old to move the trend, but decide whether it is defined. Oldest first.
        """
        found = self.connection.execute(
            select(t.evening)
            .where(t.evening.c.day < first, t.evening.c.calm.is_not(None))
            .order_by(t.evening.c.day.desc())
            .limit(RATINGS_BEFORE_TREND)
        )
        before = [evening for evening, _ in self.valid_evenings_and_times(found)]
        return [*reversed(before), *self.evenings(first, last)]

    def entries_and_times(
        self, practice_ids: Collection[str], first: date, last: date
    ) -> dict[tuple[str, date], tuple[Entry, str]]:
        """Entries with their `updated_at` by (practice id, day), cleared ones included."""
        c = t.entry.c
        found = self.connection.execute(
            select(t.entry).where(c.day >= first, c.day <= last, c.practice_id.in_(practice_ids))
        )
        return {
            (entry.practice_id, entry.day): (entry, at)
            for entry, at in self.valid_entries_and_times(found)
        }

    def evenings_and_times(self, first: date, last: date) -> dict[date, tuple[Evening, str]]:
        """Evenings with their `updated_at` by day, empty ones included."""
        found = self.connection.execute(
            select(t.evening).where(t.evening.c.day >= first, t.evening.c.day <= last)
        )
        return {evening.day: (evening, at) for evening, at in self.valid_evenings_and_times(found)}

    def app_state(self) -> dict[str, Any]:
        """The app state (table `kept`) by key.

        Practices without a valid `begun_on` were there earlier than any day: a diary that counted
        as not begun would be given the shipped practices again.
        """
        state = {key: value for key, value, _ in self.valid_app_state()}
        if "begun_on" not in state and self.connection.execute(select(t.practice.c.id)).first():
            state["begun_on"] = EARLIEST.isoformat()
        return state

    def valid_app_state(self) -> Generator[tuple[str, Any, str], None, None]:
        """The valid rows of the table `kept`: key, value and time of change, by key."""
        for row in self.connection.execute(select(t.kept).order_by(t.kept.c.key)).all():
            with suppress(InvalidRow):
                yield *app_state_of(row._mapping), change_time(row.updated_at)

    def settled(self, before: date = date.max) -> dict[str, str]:
        """The newest cached streak state that ends before a day, as JSON by practice id."""
        newest = (
            select(t.streak_state.c.state)
            .where(t.streak_state.c.practice_id == t.practice.c.id)
            .where(t.streak_state.c.settled_day < before)
            .order_by(t.streak_state.c.settled_day.desc())
            .limit(1)
            .scalar_subquery()
        )
        found = self.connection.execute(select(t.practice.c.id, newest))
        return {practice_id: state for practice_id, state in found if is_state(state)}

    def last_cached_days(self) -> dict[str, date | None]:
        """The last day covered by any cached streak state, by practice id; None without one."""
        last = (
            select(func.max(t.streak_state.c.settled_day))
            .where(t.streak_state.c.practice_id == t.practice.c.id)
            .scalar_subquery()
        )
        found = self.connection.execute(select(t.practice.c.id, last.label("last")))
        return {row.id: row.last if is_valid_day(row.last) else None for row in found}

    def streak_states(self, practice_id: str) -> list[tuple[date, str]]:
        """All cached streak states of a practice as (last day covered, JSON), oldest first."""
        found = self.connection.execute(
            select(t.streak_state.c.settled_day, t.streak_state.c.state)
            .where(t.streak_state.c.practice_id == practice_id)
            .order_by(t.streak_state.c.settled_day)
        )
        return [(day if is_valid_day(day) else date.min, state) for day, state in found]

    def entry_tuples(self, first: date, last: date) -> Generator[Sequence[EntryTuple], None, None]:
        """The rows of `entries` in batches of plain tuples.

        For exports, and for streaks computed over many days: an Entry per row would double the
        time.
        """
        c = t.entry.c
        found = self.connection.execute(
            select(cast(c.day, Text), c.practice_id, c.state, c.amount, c.note, c.logged_at)
            .join(t.practice)
            .where(c.day >= first, c.day <= last, NOT_CLEARED)
            .order_by(c.day, t.practice.c.position, t.practice.c.id)
            .execution_options(yield_per=BATCH_SIZE)
        )
        with found:
            for rows in found.partitions(BATCH_SIZE):
                if self._are_valid(rows):
                    yield rows
                elif valid := [row for row in map(self._valid_tuple, rows) if row is not None]:
                    yield valid

    def _are_valid(self, rows: Sequence[Any]) -> bool:
        """Whether all rows are valid, judged column by column: one by one takes several times as
        long, and there is seldom an invalid row."""
        days, practice_ids, states, amounts, notes, moments = zip(*rows, strict=True)
        return (
            all(is_valid_day(parse_day(day)) for day in set(days))
            and set(map(type, practice_ids)) == {str}
            and not any(map(self._is_of_invalid_practice, set(practice_ids)))
            and set(states) <= _NOT_CLEARED_STATES
            # By type first: of 1 and 1.0 a set holds one.
            and set(map(type, amounts)) <= {int, type(None)}
            and all(amount is None or is_valid_amount(amount) for amount in set(amounts))
            and set(map(type, notes)) == {str}
            and all(one is None or moment_or_none(one) is not None for one in set(moments))
        )

    def _valid_tuple(self, row: Any) -> EntryTuple | None:
        day, practice_id, state, amount, note, logged_at = row
        is_invalid = entry_problem(parse_day(day), practice_id, state, amount, note) is not None
        if is_invalid or self._is_of_invalid_practice(practice_id):
            return None
        return day, practice_id, state, amount, note, moment_or_none(logged_at)

    def states_by_day(
        self, practice_id: str, first: date = date.min, last: date = date.max
    ) -> dict[date, tuple[str, int | None]]:
        """State and amount of one practice by day, oldest first, cleared ones left out."""
        c = t.entry.c
        found = self.connection.execute(
            select(c.day, c.state, c.amount)
            .where(c.practice_id == practice_id, c.day >= first, c.day <= last, NOT_CLEARED)
            .order_by(c.day)
        )
        return {
            day: (state, amount)
            for day, state, amount in found.all()
            if entry_problem(day, practice_id, state, amount, "") is None
        }

    def has_entries(self) -> bool:
        """Whether anything was ever logged or rated."""
        return any(
            self.connection.execute(select(table.c.day).limit(1)).first() is not None
            for table in (t.entry, t.evening)
        )

    def rows_without_days(self, as_of: date = date.max) -> PageData:
        """Practices, app state and cached streak states before `as_of`; no entries or evenings."""
        settled = self.settled(as_of)
        return PageData(self.practices(), self.first_entries(), {}, {}, settled, self.app_state())

    def page_rows(
        self, first: date, last: date, as_of: date, *, evenings_from: date | None = None
    ) -> PageData:
        """All rows for a view of `first` to `last` with streaks as of `as_of`.

        Evenings start the day before `first`, or at `evenings_from` where a trend needs them.
        """
        rows = self.rows_without_days(as_of)
        start = min(
            first, earliest_day_needed(rows.practices, rows.first_entry, rows.settled, as_of)
        )
        # Rest days planned for later this week lower the weekly target.
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
    return {"yield_per": BATCH_SIZE} if (last - first).days > UNBATCHED_DAYS else {}


def _note_within(
    table: Table, parts: tuple[str, ...], first: date, last: date
) -> tuple[ColumnElement[bool], ...]:
    note: Column[str] = table.c.note
    contains = or_(*(note.contains(part, autoescape=True) for part in parts)) if parts else true()
    return table.c.day >= first, table.c.day <= last, note != "", contains


def _batches(days: Sequence[date]) -> Iterator[Sequence[date]]:
    return (days[at : at + DAYS_IN_QUERY] for at in range(0, len(days), DAYS_IN_QUERY))
