"""Writes rows within one transaction and records how they were for the undo log."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from tracker import clock
from tracker.errors import CalmtrackError
from tracker.i18n.messages import _
from tracker.models import CALM_ID, Entry, Evening, Practice
from tracker.store import sqlite_statements as sql
from tracker.store.connection import Connection
from tracker.store.reader import Reader, first_column
from tracker.store.row_mapping import NO_DAY, SHIPPED_AT
from tracker.store.versioned_rows import (
    APP_STATE,
    ENTRIES,
    EVENINGS,
    PRACTICES,
    RowChange,
    RowKey,
    RowKind,
    VersionedRow,
    load_entries,
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
        values = [((practice.id, None), practice) for practice in practices]
        changes = _changes(PRACTICES, PRACTICES.load_all(self), values, SHIPPED_AT)
        PRACTICES.upsert(self.connection, changes)

    def remember(self, key: str, value: Any) -> None:
        """Saves app state that is not an act of the person, so not undoable."""
        changes = _changes(APP_STATE, APP_STATE.load_all(self), [((key, None), value)], self.at)
        APP_STATE.upsert(self.connection, changes)

    def save_entries(self, entries: Sequence[Entry]) -> int:
        """Saves entries, at most one per practice and day; returns how many differed."""
        if not entries:
            return 0
        days = [entry.day for entry in entries]
        ids = {entry.practice_id for entry in entries}
        own = load_entries(self, min(days), max(days), ids)
        return self._save_now(ENTRIES, own, [((one.practice_id, one.day), one) for one in entries])

    def save_evenings(self, evenings: Sequence[Evening]) -> int:
        """Saves evenings, at most one per day; returns how many differed."""
        if not evenings:
            return 0
        days = [evening.day for evening in evenings]
        own = EVENINGS.load(self, min(days), max(days))
        return self._save_now(EVENINGS, own, [((CALM_ID, one.day), one) for one in evenings])

    def save_practices(self, practices: Iterable[Practice]) -> int:
        """Saves practices with their goals and spans; returns how many differed."""
        values = [((practice.id, None), practice) for practice in practices]
        return self._save_now(PRACTICES, PRACTICES.load_all(self), values)

    def save_app_state(self, key: str, value: Any) -> bool:
        """Saves app state under a key, undoable; returns whether it differed."""
        return self._save_now(APP_STATE, APP_STATE.load_all(self), [((key, None), value)]) > 0

    def _save_now(
        self,
        kind: RowKind,
        own: Mapping[RowKey, VersionedRow],
        values: Iterable[tuple[RowKey, Any]],
    ) -> int:
        """Saves those values that differ from the diary's `own`; returns how many."""
        changes = _changes(kind, own, values, self.at)
        self.save(kind, changes)
        return len(changes)

    def save(self, kind: RowKind, changes: Sequence[RowChange]) -> None:
        """Upserts rows with exactly their times of change, and records the earlier ones for undo.

        A change of the time alone, or of one blank or missing row to another blank one, is a
        detail: it is undone with the other rows of its step, but is no step of its own.
        """
        inputs = kind.streak_inputs
        for key, (value, _at), previous in changes:
            if previous is None:
                is_detail, affects_streaks = kind.is_blank(value), True
            else:
                was = previous.value
                is_detail = was == value or (kind.is_blank(value) and kind.is_blank(was))
                affects_streaks = inputs is not None and inputs(was) != inputs(value)
            self.record_before(kind, key, previous, is_detail=is_detail)
            if inputs is not None and affects_streaks and not is_detail:
                self.mark_dirty(key)
        kind.upsert(self.connection, changes)

    def delete(self, kind: RowKind, keys: Sequence[RowKey]) -> None:
        """Deletes rows that were recorded for undo; those that a practice still has are recorded
        here."""
        if kind is PRACTICES:
            self.remove_practices([practice_id for practice_id, _day in keys])
        else:
            kind.delete(self.connection, keys)

    def remove_practices(self, practice_ids: Collection[str]) -> None:
        """Deletes practices and their remaining (cleared) entries. Raises CalmtrackError while
        there are invalid ones."""
        if not practice_ids:
            return
        for practice_id in practice_ids:
            # Reading adds the keys of invalid rows to `set_apart`, also those on no day.
            for _entry in self.entries_of(practice_id):
                pass
        remaining = load_entries(self, date.min, date.max, practice_ids)
        stored = PRACTICES.load_all(self)
        for _kind, key, _day in self.set_apart:
            if key in practice_ids:
                raise _invalid_row_error(str(key))
        keys: list[RowKey] = [(one, None) for one in practice_ids if (one, None) in stored]
        for entry_key, entry in remaining.items():
            self.record_before(ENTRIES, entry_key, entry)
        for key in keys:
            self.record_before(PRACTICES, key, stored[key])
            self.dirty.pop(key[0], None)
        PRACTICES.delete(self.connection, keys)

    def correct_days_ahead(self, today: date) -> None:
        """Sets the days on which the diary was begun and practices were added to `today` where they
        lie ahead of it, after a wrong clock. Not undoable, and times of change stay, as it isn't an
        act of the person."""
        for practice_id in first_column(self.connection, sql.CORRECT_ADDED_ON, today=today):
            self.mark_dirty((practice_id, None))
        self.connection.run(sql.CORRECT_BEGUN_ON, day=json.dumps(today.isoformat()))

    def dirty_since(self, practice_id: str, day: date) -> bool:
        """Whether a practice changed on or before a day."""
        return practice_id in self.dirty and self.dirty[practice_id] <= day

    def mark_dirty(self, key: RowKey) -> None:
        """Marks the practice of a row as changed from the day of the row on."""
        practice_id, day = key
        since = day or date.min
        self.dirty[practice_id] = min(since, self.dirty.get(practice_id, since))

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
        kind: RowKind,
        key: RowKey,
        previous: VersionedRow | None,
        *,
        is_detail: bool = False,
    ) -> None:
        """Collects a row's earlier JSON and time of change for the undo log; None for a row that
        did not exist.

        Raises CalmtrackError for an invalid row: it may hold a note, and its earlier content could
        not be recorded.
        """
        name, day = key
        if (kind.name, *key) in self.set_apart:
            raise _invalid_row_error(name if day is None else f"{name} {day}")
        before, at = (None, None) if previous is None else (kind.to_json(previous[0]), previous[1])
        day_text = NO_DAY if day is None else day.isoformat()
        row = RowBefore(kind.name, name, day_text, before, at)
        (self.details if is_detail else self.before).append(row)


def _changes(
    kind: RowKind, own: Mapping[RowKey, VersionedRow], values: Iterable[tuple[RowKey, Any]], at: str
) -> list[RowChange]:
    """The values that differ from the diary's `own`, as changed at a time or, where that isn't
    later, just after the diary's."""
    changes = []
    for key, value in values:
        previous = own.get(key)
        if kind.is_blank(value) if previous is None else value == previous.value:
            continue
        changed_at = clock.later_of(at, None if previous is None else previous.updated_at)
        changes.append(RowChange(key, VersionedRow(value, changed_at), previous))
    return changes


def _invalid_row_error(name: str) -> CalmtrackError:
    return CalmtrackError(
        _(
            "What your diary holds for {name} can't be read, so it wasn't "
            'changed. Run "calmtrack doctor --repair" to fix it.'
        ).format(name=name)
    )
