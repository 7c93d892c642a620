"""Writes rows within one transaction and records how they were for the undo log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from tracker import clock
from tracker.errors import CalmtrackError
from tracker.i18n.messages import _
from tracker.models import CALM_ID, Entry, Evening, Practice
from tracker.store import sqlite_statements as sql
from tracker.store.connection import Connection, Statement
from tracker.store.reader import Reader, first_column
from tracker.store.row_mapping import (
    NO_DAY,
    SHIPPED_AT,
    change_time,
    entry_json,
    entry_row,
    evening_json,
    evening_row,
    goal_rows,
    practice_json,
    practice_row,
    span_rows,
    to_json,
)


class RowBefore(NamedTuple):
    """A row before a write, as the undo log stores it."""

    kind: str
    """`entry`, `evening`, `practice` or `kept`."""
    key: str
    """A practice's id, `calm` or a key of `kept`."""
    day: str
    """ISO date, or NO_DAY."""
    before: str | None
    """Canonical JSON; None for a row that did not exist."""
    updated_at: str | None
    """Its time of change; None for a row that did not exist, and in steps of schema 1."""


class Writer(Reader):
    """One undo step, open in a write transaction.

    Rows are upserted only where they differ, with the time of change `at`, and their earlier
    state is collected in `before`. `dirty` holds the earliest changed day by practice id.
    """

    def __init__(self, connection: Connection, at: str) -> None:
        super().__init__(connection)
        self.at = at
        self.before: list[RowBefore] = []
        self.details: list[RowBefore] = []
        """Rows that are undone with those in `before`, but make no step without them."""
        self.dirty: dict[str, date] = {}

    def save_shipped(self, practices: Iterable[Practice]) -> None:
        """Saves shipped practices; not an act of the person, so not undoable."""
        for practice in practices:
            at = clock.later_of(SHIPPED_AT, self._time_of(sql.TIME_OF_PRACTICE, practice.id))
            save_practice_at(self.connection, practice, at)

    def remember(self, key: str, value: Any) -> None:
        """Saves app state that is not an act of the person, so not undoable."""
        at = clock.later_of(self.at, self._time_of(sql.TIME_OF_APP_STATE, key))
        save_app_state_at(self.connection, key, value, at)

    def save_entries(self, entries: Sequence[Entry]) -> int:
        """Saves entries, at most one per practice and day; returns how many differed."""
        if not entries:
            return 0
        days = [entry.day for entry in entries]
        ids = {entry.practice_id for entry in entries}
        old = self.entries_and_times(ids, min(days), max(days))
        rows = []
        for entry in entries:
            was, was_at = old.get((entry.practice_id, entry.day), (None, None))
            if was == entry or (was is None and entry.empty):
                continue
            rows.append(entry_row(entry) | {"updated_at": clock.later_of(self.at, was_at)})
            self.record_before(
                "entry",
                entry.practice_id,
                entry.day,
                None if was is None else entry_json(was),
                was_at,
            )
            self.mark_dirty(entry.practice_id, entry.day)
        upsert(self.connection, sql.UPSERT_ENTRY, rows)
        return len(rows)

    def save_evenings(self, evenings: Sequence[Evening]) -> int:
        """Saves evenings, at most one per day; returns how many differed."""
        if not evenings:
            return 0
        days = [evening.day for evening in evenings]
        old = self.evenings_and_times(min(days), max(days))
        rows = []
        for evening in evenings:
            was, was_at = old.get(evening.day, (None, None))
            if was == evening or (was is None and evening.empty):
                continue
            rows.append(evening_row(evening) | {"updated_at": clock.later_of(self.at, was_at)})
            self.record_before(
                "evening",
                CALM_ID,
                evening.day,
                None if was is None else evening_json(was),
                was_at,
            )
        upsert(self.connection, sql.UPSERT_EVENING, rows)
        return len(rows)

    def save_practice(self, practice: Practice) -> bool:
        """Saves a practice with its goals and spans; returns whether anything differed."""
        old = self.practice(practice.id)
        if old == practice:
            return False
        old_at = self._time_of(sql.TIME_OF_PRACTICE, practice.id)
        content = None if old is None else practice_json(old)
        self.record_before("practice", practice.id, None, content, old_at)
        save_practice_at(self.connection, practice, clock.later_of(self.at, old_at))
        if old is None or _streak_inputs(old) != _streak_inputs(practice):
            self.mark_dirty(practice.id, date.min)
        return True

    def remove_practice(self, practice_id: str) -> None:
        """Deletes a practice and its remaining (cleared) entries. Raises CalmtrackError while there
        are invalid ones."""
        # Reading adds the keys of invalid rows to `set_apart`.
        for _entry in self.entries_of(practice_id):
            pass
        if any(key == practice_id for _, key, _ in self.set_apart):
            raise _invalid_row_error(practice_id)
        old = self.practice(practice_id)
        if old is None:
            return
        for (_id, day), (entry, at) in self.entries_and_times(
            [practice_id], date.min, date.max
        ).items():
            self.record_before("entry", practice_id, day, entry_json(entry), at)
        old_at = self._time_of(sql.TIME_OF_PRACTICE, practice_id)
        self.record_before("practice", practice_id, None, practice_json(old), old_at)
        for statement in (
            *(sql.DELETE_ENTRIES_OF, sql.DELETE_GOALS_OF, sql.DELETE_SPANS_OF),
            *(sql.DELETE_STREAK_STATES_OF, sql.DELETE_PRACTICE),
        ):
            self.connection.run(statement, practice_id=practice_id)
        self.dirty.pop(practice_id, None)

    def save_app_state(self, key: str, value: Any) -> bool:
        """Saves app state under a key, undoable; returns whether it differed."""
        old = self.app_state().get(key)
        if old == value:
            return False
        old_at = self._time_of(sql.TIME_OF_APP_STATE, key)
        self.record_before("kept", key, None, None if old is None else to_json(old), old_at)
        save_app_state_at(self.connection, key, value, clock.later_of(self.at, old_at))
        return True

    def correct_days_ahead(self, today: date) -> None:
        """Sets the days on which the diary was begun and practices were added to `today` where they
        lie ahead of it, after a wrong clock. Not undoable, and times of change stay, as it isn't an
        act of the person."""
        for practice_id in first_column(self.connection, sql.CORRECT_ADDED_ON, today=today):
            self.mark_dirty(practice_id, date.min)
        self.connection.run(sql.CORRECT_BEGUN_ON, day=json.dumps(today.isoformat()))

    def dirty_since(self, practice_id: str, day: date) -> bool:
        """Whether a practice changed on or before a day."""
        return practice_id in self.dirty and self.dirty[practice_id] <= day

    def mark_dirty(self, practice_id: str, day: date) -> None:
        """Marks a practice as changed from a day on."""
        self.dirty[practice_id] = min(day, self.dirty.get(practice_id, day))

    def cache_streaks(self, states: Sequence[tuple[str, date, str]]) -> None:
        """Caches streak states as (practice id, last day covered, JSON)."""
        self.connection.run_many(sql.UPSERT_STREAK_STATE, states)

    def drop_cached_streaks(self, practice_ids: Iterable[str], since: date = date.min) -> None:
        """Drops the cached streak states that cover `since` or a later day."""
        ids = list(practice_ids)
        if since > date.min:
            self.connection.run(sql.DELETE_STREAK_STATES_SINCE, practice_ids=ids, since=since)
        else:
            self.connection.run(sql.DELETE_STREAK_STATES, practice_ids=ids)

    def record_before(
        self,
        kind: str,
        key: str,
        day: date | None,
        before: str | None,
        updated_at: str | None,
        *,
        is_detail: bool = False,
    ) -> None:
        """Collects a row's earlier JSON and time of change for the undo log; None for a row that
        did not exist.

        Raises CalmtrackError for an invalid row: it may hold a note, and its earlier content could
        not be recorded.
        """
        if (kind, key, day) in self.set_apart:
            raise _invalid_row_error(key if day is None else f"{key} {day}")
        day_text = NO_DAY if day is None else day.isoformat()
        row = RowBefore(kind, key, day_text, before, updated_at)
        (self.details if is_detail else self.before).append(row)

    def _time_of(self, statement: Statement, key: str) -> str | None:
        """The time of change of the row with this key; None for none."""
        found = first_column(self.connection, statement, key=key)
        return change_time(found[0]) if found else None


def _invalid_row_error(name: str) -> CalmtrackError:
    return CalmtrackError(
        _(
            "What your diary holds for {name} can't be read, so it wasn't "
            'changed. Run "calmtrack doctor --repair" to fix it.'
        ).format(name=name)
    )


def _streak_inputs(practice: Practice) -> tuple[object, ...]:
    """The fields of a practice that its streaks depend on."""
    return practice.added_on, practice.goals, practice.out_of_list


def save_practice_at(connection: Connection, practice: Practice, at: str) -> None:
    """Writes a practice with goals and spans, with exactly this `updated_at`."""
    upsert(connection, sql.UPSERT_PRACTICE, [practice_row(practice) | {"updated_at": at}])
    for delete, insert, rows in (
        (sql.DELETE_GOALS_OF, sql.UPSERT_GOAL, goal_rows(practice)),
        (sql.DELETE_SPANS_OF, sql.UPSERT_OUT_OF_LIST, span_rows(practice)),
    ):
        connection.run(delete, practice_id=practice.id)
        upsert(connection, insert, [row | {"updated_at": at} for row in rows])


def save_app_state_at(connection: Connection, key: str, value: Any, at: str) -> None:
    """Writes app state with exactly this `updated_at`, as canonical JSON: undo gives back the same
    text, so that an export doesn't differ by the order of keys."""
    row = {"key": key, "value": to_json(value), "updated_at": at}
    upsert(connection, sql.UPSERT_KEPT, [row])


def upsert(connection: Connection, statement: Statement, rows: Iterable[dict[str, Any]]) -> None:
    """Runs an UPSERT statement: inserts rows, or updates those with the same key."""
    names = statement.parameters
    connection.run_many(statement, [[row[name] for name in names] for row in rows])
