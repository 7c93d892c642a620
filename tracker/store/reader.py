"""Reads the rows of a diary, validated."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import date, timedelta
from typing import Any, TypeVar

from tracker.models import CALM_ID, Entry, EntryState, Evening, PageData, Practice
from tracker.rules.days import EARLIEST
from tracker.rules.streaks import earliest_day_needed, is_state
from tracker.store import sqlite_statements as sql
from tracker.store.connection import Connection, Row, Statement
from tracker.store.row_mapping import (
    InvalidRow,
    app_state_of,
    backup_id,
    change_time,
    entry_problem,
    goal_of,
    is_valid_amount,
    is_valid_day,
    make_entry,
    make_evening,
    moment_or_none,
    parse_day,
    practice_of,
    span_of,
)

BATCH_SIZE = 2000
"""Rows fetched at a time when a whole diary is streamed."""

SMALL_BATCH_SIZE = 30
"""Rows fetched at a time where the caller usually stops early."""

UNBATCHED_DAYS = 800
"""Ranges up to this many days are fetched in one go: batches cost round trips to a server."""

DAYS_IN_QUERY = 500
"""Days of one `IN`: SQLite had at most 999 parameters before 3.32."""

_NOT_CLEARED_STATES = {EntryState.LOGGED.value, EntryState.REST.value}

EntryTuple = tuple[str, str, str, int | None, str, str | None]
"""An entry as plain values: day (ISO), practice id, state, amount, note, logged_at."""


Model = TypeVar("Model")

SetApart = tuple[str, object, object]
"""The key of an invalid row: its kind in the undo log, its practice id or key, and its day."""


class MissingPractice(sqlite3.DatabaseError):
    """A row refers to a practice that doesn't exist. Foreign keys forbid that, so the file is
    damaged; SQLite itself detects it only in `foreign_key_check`."""

    sqlite_errorname = "SQLITE_CORRUPT"


class Reader:
    """Queries within one open transaction, and so one consistent snapshot.

    An invalid row is left out of every result, and its key added to `set_apart`. The entries of an
    invalid practice are left out too; those of one that doesn't exist raise MissingPractice.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.set_apart: set[SetApart] = set()
        self._practice_ids: frozenset[object] = frozenset()
        """The ids of the valid practices that were read."""
        self._invalid_practices: set[object] = set()

    def practices(self) -> tuple[Practice, ...]:
        """All practices in their order, with goals and spans oldest first."""
        return tuple(practice for practice, _at in self.practices_and_times())

    def practices_and_times(self) -> list[tuple[Practice, str]]:
        """The practices as `practices` returns them, with their `updated_at`."""
        goals = self._by_practice(goal_of, sql.GOALS)
        spans = self._by_practice(span_of, sql.SPANS)
        valid: list[tuple[Practice, str]] = []
        self._invalid_practices = set()
        for row in mappings(self.connection, sql.PRACTICES):
            try:
                practice = practice_of(row, goals[row["id"]], spans[row["id"]])
            except InvalidRow:
                self._invalid_practices.add(row["id"])
                self.set_apart.add(("practice", row["id"], None))
            else:
                valid.append((practice, change_time(row["updated_at"])))
        self._practice_ids = frozenset(practice.id for practice, _at in valid)
        return valid

    def _by_practice(
        self, to_model: Callable[[Any], Model], statement: Statement
    ) -> dict[object, list[Model]]:
        """Goals or spans by practice id, oldest first."""
        models: dict[object, list[Model]] = defaultdict(list)
        for row in mappings(self.connection, statement):
            try:
                models[row["practice_id"]].append(to_model(row))
            except InvalidRow:
                # Saving the practice would replace the row.
                self.set_apart.add(("practice", row["practice_id"], None))
        return models

    def _is_of_invalid_practice(self, practice_id: object) -> bool:
        """Raises MissingPractice for a practice that doesn't exist."""
        if practice_id in self._practice_ids:
            return False
        if practice_id not in self._invalid_practices:
            # The practices were not read yet, or this one was added since.
            self.practices()
            if practice_id not in self._practice_ids | self._invalid_practices:
                raise MissingPractice
        return practice_id in self._invalid_practices

    def valid_entries(self, rows: Iterable[Row]) -> Generator[Entry, None, None]:
        """The valid entries among rows of the whole table, without those that only have a note of
        blanks."""
        for row in rows:
            entry = self._valid_entry(row)
            if entry is not None and (entry.state is EntryState.CLEARED or not entry.empty):
                yield entry

    def valid_entries_and_times(
        self, rows: Iterable[Row]
    ) -> Generator[tuple[Entry, str], None, None]:
        """The valid entries among rows of the whole table, with their `updated_at`."""
        for row in rows:
            if (entry := self._valid_entry(row)) is not None:
                yield entry, change_time(row[-1])

    def _valid_entry(self, row: Row) -> Entry | None:
        day, practice_id, state, amount, note, logged_at, _ = row
        try:
            entry = make_entry(day, practice_id, state, amount, note, logged_at)
        except InvalidRow:
            self.set_apart.add(("entry", practice_id, day))
            return None
        return None if self._is_of_invalid_practice(practice_id) else entry

    def valid_evenings_and_times(
        self, rows: Iterable[Row]
    ) -> Generator[tuple[Evening, str], None, None]:
        """The valid evenings among rows of the whole table, with their `updated_at`."""
        for day, calm, note, logged_at, updated_at in rows:
            try:
                evening = make_evening(day, calm, note, logged_at)
            except InvalidRow:
                self.set_apart.add(("evening", CALM_ID, day))
                continue
            yield evening, change_time(updated_at)

    def diary_id(self) -> str:
        """The id that the diary has in common with its backups."""
        return backup_id(next(iter(first_column(self.connection, sql.DIARY_ID)), None))

    def first_entries(self) -> dict[str, date]:
        """First day with an entry by practice id."""
        firsts: dict[str, date] = {}
        for practice_id, day in self.connection.rows(sql.FIRST_DAYS):
            if is_valid_day(day):
                firsts[practice_id] = day
            elif day is not None and (entry := next(self.entries_of(practice_id), None)):
                # An invalid day can sort before the valid ones.
                firsts[practice_id] = entry.day
        return firsts

    def entries(self, first: date, last: date) -> Generator[Entry, None, None]:
        """Entries from `first` to `last`, cleared ones left out; by day, then in list order."""
        with closing(self._in_range(sql.ENTRIES, first, last)) as batches:
            for rows in batches:
                yield from self.valid_entries(rows)

    def _in_range(
        self, statement: Statement, first: date, last: date
    ) -> Generator[Sequence[Row], None, None]:
        """The rows of a range of days, a long one in batches."""
        if (last - first).days > UNBATCHED_DAYS:
            yield from self.connection.batches(statement, BATCH_SIZE, first=first, last=last)
        else:
            yield self.connection.rows(statement, first=first, last=last)

    def entries_of(self, practice_id: str) -> Generator[Entry, None, None]:
        """One practice's entries, oldest first, cleared ones left out."""
        found = self.connection.batches(sql.ENTRIES_OF, BATCH_SIZE, practice_id=practice_id)
        with closing(found):
            for rows in found:
                yield from self.valid_entries(rows)

    def notes_with(
        self, signs: str = "", *, first: date = date.min, last: date = date.max
    ) -> Generator[tuple[date, str | None, str], None, None]:
        """Notes from `first` to `last` that contain either of two `signs` (all notes for ""), as
        (day, practice id or None for the evening, note).

        Oldest first; within a day the evening comes first, then practices by id.
        """
        either = {"sign": signs[:1], "or_sign": signs[-1:]}
        days = {"first": first, "last": last}
        with closing(self.connection.batches(sql.NOTES, BATCH_SIZE, **days, **either)) as found:
            for rows in found:
                for day, practice_id, note in rows:
                    if (
                        is_valid_day(day)
                        and type(note) is str
                        and note.strip()
                        and (practice_id is None or not self._is_of_invalid_practice(practice_id))
                    ):
                        yield day, practice_id, note

    def reasons_with(self, signs: str = "") -> dict[tuple[date, str], EntryState]:
        """Days and practice ids of the notes with either of two `signs` (all notes for "") that
        belong to a rest day, to an explicit no, or to an entry that wasn't logged; each with its
        state."""
        either = {"sign": signs[:1], "or_sign": signs[-1:]}
        with closing(self.connection.batches(sql.REASONS_WITH, BATCH_SIZE, **either)) as found:
            return {(day, practice_id): state for rows in found for day, practice_id, state in rows}

    def latest_days(self, first: date, last: date, most: int) -> list[date]:
        """The latest days from `first` to `last` with an evening or an entry, at most `most`,
        newest first."""
        limit = most
        while True:
            found = first_column(
                self.connection, sql.LATEST_DAYS, first=first, last=last, most=limit
            )
            valid = [day for day in found if is_valid_day(day)]
            if len(valid) >= most or len(found) < limit:
                return valid[:most]
            # Invalid days took the place of valid ones.
            limit *= 2

    def rated_days(self, lowest: int, highest: int, first: date, last: date) -> set[date]:
        """The days from `first` to `last` with a calm score from `lowest` to `highest`."""
        days = {"first": first, "last": last}
        found = first_column(
            self.connection, sql.RATED_DAYS, lowest=lowest, highest=highest, **days
        )
        return set(filter(is_valid_day, found))

    def days_of_practice(self, practice_id: str, first: date, last: date) -> set[date]:
        """The days from `first` to `last` on which a practice was logged with an amount above 0 or
        a note."""
        days = {"first": first, "last": last}
        found = first_column(self.connection, sql.LIVED_DAYS, practice_id=practice_id, **days)
        return set(filter(is_valid_day, found))

    def entries_on(self, days: Sequence[date]) -> Generator[Entry, None, None]:
        """The entries of some days, newest day first and then in list order, cleared ones left
        out."""
        for some in _batches(days):
            yield from self.valid_entries(self.connection.rows(sql.ENTRIES_ON, days=some))

    def evenings_on(self, days: Sequence[date]) -> Generator[Evening, None, None]:
        """The evenings of some days that have a score or a note."""
        for some in _batches(days):
            rows = self.connection.rows(sql.EVENINGS_ON, days=some)
            for evening, _ in self.valid_evenings_and_times(rows):
                if not evening.empty:
                    yield evening

    def entry(self, practice_id: str, day: date) -> Entry | None:
        """One entry, cleared ones included."""
        one_day = {"first": day, "last": day}
        rows = self.connection.rows(sql.STORED_ENTRIES_OF, practice_ids=[practice_id], **one_day)
        return next(self.valid_entries(rows), None)

    def evening(self, day: date) -> Evening | None:
        rows = self.connection.rows(sql.EVENINGS, first=day, last=day)
        return next((evening for evening, _ in self.valid_evenings_and_times(rows)), None)

    def evenings(self, first: date, last: date) -> Generator[Evening, None, None]:
        """Evenings from `first` to `last` with a score or a note, oldest first."""
        with closing(self._in_range(sql.EVENINGS, first, last)) as batches:
            for rows in batches:
                for evening, _ in self.valid_evenings_and_times(rows):
                    if not evening.empty:
                        yield evening

    def ratings(self, last: date) -> Generator[tuple[date, str | None], None, None]:
        """Rated days up to `last` with the time of rating, oldest first; fetched in small batches,
        since callers usually stop at the first."""
        with closing(self.connection.batches(sql.RATINGS, SMALL_BATCH_SIZE, last=last)) as found:
            for rows in found:
                for day, logged_at in rows:
                    if is_valid_day(day):
                        yield day, moment_or_none(logged_at)

    def evenings_for_trend(self, first: date, last: date) -> list[Evening]:
        """Evenings from `first` to `last`, preceded by the seven latest rated ones before them.

        Those are too old to move the trend, but decide whether it is defined. Oldest first.
        """
        found = self.connection.rows(sql.RATINGS_BEFORE, first=first)
        before = [evening for evening, _ in self.valid_evenings_and_times(found)]
        return [*reversed(before), *self.evenings(first, last)]

    def app_state(self) -> dict[str, Any]:
        """The app state (table `kept`) by key.

        A diary that has practices but no valid `begun_on` counts as begun on the earliest day:
        counted as not begun, it would be given the shipped practices again.
        """
        state = {key: value for key, value, _ in self.valid_app_state()}
        if "begun_on" not in state and self.connection.rows(sql.PRACTICE_IDS):
            state["begun_on"] = EARLIEST.isoformat()
        return state

    def valid_app_state(self) -> Generator[tuple[str, Any, str], None, None]:
        """The valid rows of the table `kept`: key, value and time of change, by key."""
        for row in mappings(self.connection, sql.APP_STATE):
            with suppress(InvalidRow):
                yield *app_state_of(row), change_time(row["updated_at"])

    def settled(self, before: date = date.max) -> dict[str, str]:
        """The newest cached streak state that ends before a day, as JSON by practice id."""
        found = self.connection.rows(sql.SETTLED, before=before)
        return {practice_id: state for practice_id, state in found if is_state(state)}

    def last_cached_days(self) -> dict[str, date | None]:
        """The last day covered by any cached streak state, by practice id; None without one."""
        found = self.connection.rows(sql.LAST_CACHED_DAYS)
        return {practice_id: day if is_valid_day(day) else None for practice_id, day in found}

    def streak_states(self, practice_id: str) -> list[tuple[date, str]]:
        """All cached streak states of a practice as (last day covered, JSON), oldest first."""
        found = self.connection.rows(sql.STREAK_STATES, practice_id=practice_id)
        return [(day if is_valid_day(day) else date.min, state) for day, state in found]

    def entry_tuples(self, first: date, last: date) -> Generator[Sequence[EntryTuple], None, None]:
        """The rows of `entries` in batches of plain tuples.

        For exports, and for streaks computed over many days: an Entry per row would double the
        time.
        """
        found = self.connection.batches(sql.ENTRY_TUPLES, BATCH_SIZE, first=first, last=last)
        with closing(found):
            for rows in found:
                if self._are_valid(rows):
                    yield rows
                elif valid := [row for row in map(self._valid_tuple, rows) if row is not None]:
                    yield valid

    def _are_valid(self, rows: Sequence[Any]) -> bool:
        """Whether all rows are valid and no note is of blanks. Checked by column, over distinct
        values: checking row by row takes several times as long, and such rows are rare."""
        days, practice_ids, states, amounts, notes, moments = zip(*rows, strict=True)
        return (
            all(is_valid_day(parse_day(day)) for day in set(days))
            and set(map(type, practice_ids)) == {str}
            and not any(map(self._is_of_invalid_practice, set(practice_ids)))
            and set(states) <= _NOT_CLEARED_STATES
            # Types first: a set of 1 and 1.0 has one element.
            and set(map(type, amounts)) <= {int, type(None)}
            and all(amount is None or is_valid_amount(amount) for amount in set(amounts))
            and set(map(type, notes)) == {str}
            and not any(map(str.isspace, set(notes)))
            and all(one is None or moment_or_none(one) is not None for one in set(moments))
        )

    def _valid_tuple(self, row: Any) -> EntryTuple | None:
        """The row without a note of blanks; None for an invalid one, and for one with
        nothing else."""
        day, practice_id, state, amount, note, logged_at = row
        is_invalid = entry_problem(parse_day(day), practice_id, state, amount, note) is not None
        if is_invalid or self._is_of_invalid_practice(practice_id):
            return None
        shown = note if note.strip() else ""
        if amount is None and not shown and state == EntryState.LOGGED.value:
            return None
        return day, practice_id, state, amount, shown, moment_or_none(logged_at)

    def states_by_day(
        self, practice_id: str, first: date = date.min, last: date = date.max
    ) -> dict[date, tuple[str, int | None]]:
        """State and amount of one practice by day, oldest first, cleared ones left out."""
        found = self.connection.rows(
            sql.STATES_BY_DAY, practice_id=practice_id, first=first, last=last
        )
        return {
            day: (state, amount)
            for day, state, amount in found
            if entry_problem(day, practice_id, state, amount, "") is None
        }

    def has_entries(self) -> bool:
        """Whether anything was ever logged or rated."""
        return any(self.connection.rows(one) for one in (sql.ANY_ENTRY, sql.ANY_EVENING))

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
        return rows.with_days(self.entries(start, end), evenings)


def _batches(days: Sequence[date]) -> Iterator[Sequence[date]]:
    return (days[at : at + DAYS_IN_QUERY] for at in range(0, len(days), DAYS_IN_QUERY))


def mappings(
    connection: Connection, statement: Statement, **parameters: object
) -> list[dict[str, Any]]:
    """The rows of a statement's result by column."""
    rows = connection.rows(statement, **parameters)
    return [dict(zip(statement.columns, row, strict=True)) for row in rows]


def first_column(connection: Connection, statement: Statement, **parameters: object) -> list[Any]:
    """The first value of each row of a statement's result."""
    return [row[0] for row in connection.rows(statement, **parameters)]
