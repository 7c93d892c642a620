"""Rows with their time of change, for writing, undo, merges and JSON files: cleared rows are
included."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import closing
from datetime import date
from typing import Any, NamedTuple

from tracker.models import CALM_ID, Entry, EntryState, Evening
from tracker.store import sqlite_statements as sql
from tracker.store.connection import Connection
from tracker.store.reader import BATCH_SIZE, Reader
from tracker.store.row_mapping import (
    entry_from_json,
    entry_row,
    evening_from_json,
    practice_from_json,
    practice_json,
    practice_row,
    to_json,
)

RowKey = tuple[str, date | None]
"""A practice id, `calm` or a key of `kept`, and the day; None for rows without a day."""


class VersionedRow(NamedTuple):
    """A row and its time of change, UTC text with microseconds."""

    value: Any
    """An Entry, an Evening, a Practice, or the JSON value of a `kept` row."""
    updated_at: str


class RowChange(NamedTuple):
    """A row to save, and the row it replaces; None for a new one."""

    key: RowKey
    row: VersionedRow
    previous: VersionedRow | None


class RowKind(NamedTuple):
    """How rows of one kind are loaded, serialised, saved and deleted."""

    name: str
    """Its name in the undo log."""
    load: Callable[[Reader, date, date], dict[RowKey, VersionedRow]]
    """The stored rows from one day to another, cleared ones included; all rows without a day."""
    to_json: Callable[[Any], str]
    """A row's canonical JSON, without its time of change."""
    from_json: Callable[[str], Any]
    """The row that `to_json` wrote."""
    upsert: Callable[[Connection, Sequence[RowChange]], None]
    """Writes rows with exactly their times of change."""
    delete: Callable[[Connection, Sequence[RowKey]], None]
    """Deletes rows; with a practice all that refers to it."""
    has_days: bool
    """True for entries and evenings, whose rows stay, blank, once they were cleared."""
    streak_inputs: Callable[[Any], object] | None
    """What streaks depend on in a row; None if they don't depend on any."""

    def load_all(self, reader: Reader) -> dict[RowKey, VersionedRow]:
        """All stored rows whose day, if they have one, is a date."""
        return self.load(reader, date.min, date.max)

    def is_blank(self, value: Any) -> bool:
        """Whether a row holds nothing: a cleared entry, or an evening without score and note."""
        return self.has_days and bool(value.empty)


def with_blanks_filled(row: Entry | Evening, own: Any) -> Entry | Evening:
    """An entry or evening from elsewhere, whose missing score, amount and note are those of the
    diary's `own`, as is the time of its score or amount then. A rest day keeps the amount under it,
    which only some files have."""
    if isinstance(row, Entry) and row.state is EntryState.REST and row.amount is None:
        row = row._replace(amount=own.amount)
    if own.empty:
        return row
    row = row._replace(note=row.note or own.note)
    if isinstance(row, Evening):
        blank = row.calm is None and own.calm is not None
        return row._replace(calm=own.calm, logged_at=own.logged_at) if blank else row
    if row.state is EntryState.LOGGED and row.amount is None:
        return row._replace(state=own.state, amount=own.amount, logged_at=own.logged_at)
    return row


def iter_entries(reader: Reader) -> Generator[tuple[Entry, str], None, None]:
    """All entries by day and practice id, streamed."""
    with closing(reader.connection.batches(sql.ALL_ENTRIES, BATCH_SIZE)) as batches:
        for rows in batches:
            yield from reader.valid_entries_and_times(rows)


def iter_evenings(reader: Reader) -> Generator[tuple[Evening, str], None, None]:
    """All evenings by day, streamed."""
    with closing(reader.connection.batches(sql.ALL_EVENINGS, BATCH_SIZE)) as batches:
        for rows in batches:
            yield from reader.valid_evenings_and_times(rows)


def load_entries(
    reader: Reader, first: date, last: date, practice_ids: Collection[str] | None = None
) -> dict[RowKey, VersionedRow]:
    """The stored entries from one day to another, of these practices or of all."""
    days = {"first": first, "last": last}
    if practice_ids is None:
        rows = reader.connection.rows(sql.STORED_ENTRIES, **days)
    else:
        ids = list(practice_ids)
        rows = reader.connection.rows(sql.STORED_ENTRIES_OF, practice_ids=ids, **days)
    return {
        (entry.practice_id, entry.day): VersionedRow(entry, at)
        for entry, at in reader.valid_entries_and_times(rows)
    }


def _load_evenings(reader: Reader, first: date, last: date) -> dict[RowKey, VersionedRow]:
    rows = reader.connection.rows(sql.EVENINGS, first=first, last=last)
    return {
        (CALM_ID, evening.day): VersionedRow(evening, at)
        for evening, at in reader.valid_evenings_and_times(rows)
    }


def _load_practices(reader: Reader, _: date, __: date) -> dict[RowKey, VersionedRow]:
    """The practices in list order; their goals and spans share their time of change."""
    return {(one.id, None): VersionedRow(one, at) for one, at in reader.practices_and_times()}


def _load_app_state(reader: Reader, _: date, __: date) -> dict[RowKey, VersionedRow]:
    return {(key, None): VersionedRow(value, at) for key, value, at in reader.valid_app_state()}


def _upsert_practices(connection: Connection, changes: Sequence[RowChange]) -> None:
    for _, (practice, at), _ in changes:
        connection.run(sql.UPSERT_PRACTICE, **practice_row(practice), updated_at=at)
        for delete, upsert, rows in (
            (sql.DELETE_GOALS_OF, sql.UPSERT_GOAL, practice.goals),
            (sql.DELETE_SPANS_OF, sql.UPSERT_OUT_OF_LIST, practice.out_of_list),
        ):
            connection.run(delete, practice_id=practice.id)
            connection.run_many(upsert, [(practice.id, *row, at) for row in rows])


def _upsert_app_state(connection: Connection, changes: Sequence[RowChange]) -> None:
    # Canonical JSON: undo gives back the same text, so that an export doesn't differ by the order
    # of keys.
    rows = [(key, to_json(value), at) for (key, _), (value, at), _ in changes]
    connection.run_many(sql.UPSERT_KEPT, rows)


def _upsert_entries(connection: Connection, changes: Sequence[RowChange]) -> None:
    rows = []
    for _, ((day, practice_id, state, amount, note, logged_at), at), _ in changes:
        # As text: the adapter of dates takes longer.
        rows.append((day.isoformat(), practice_id, state.value, amount, note, logged_at, at))
    connection.run_many(sql.UPSERT_ENTRY, rows)


def _upsert_evenings(connection: Connection, changes: Sequence[RowChange]) -> None:
    connection.run_many(sql.UPSERT_EVENING, [(*evening, at) for _, (evening, at), _ in changes])


def _delete_practices(connection: Connection, keys: Sequence[RowKey]) -> None:
    ids = [practice_id for practice_id, _ in keys]
    connection.run(sql.DELETE_STREAK_STATES, practice_ids=ids)
    for statement in (
        *(sql.DELETE_ENTRIES_OF, sql.DELETE_GOALS_OF),
        *(sql.DELETE_SPANS_OF, sql.DELETE_PRACTICE),
    ):
        connection.run_many(statement, [(practice_id,) for practice_id in ids])


def _delete_app_state(connection: Connection, keys: Sequence[RowKey]) -> None:
    connection.run_many(sql.DELETE_APP_STATE, [(key,) for key, _ in keys])


def _delete_entries(connection: Connection, keys: Sequence[RowKey]) -> None:
    connection.run_many(sql.DELETE_ENTRY, [(day, practice_id) for practice_id, day in keys])


def _delete_evenings(connection: Connection, keys: Sequence[RowKey]) -> None:
    connection.run_many(sql.DELETE_EVENING, [(day,) for _, day in keys])


PRACTICES = RowKind(
    "practice",
    _load_practices,
    practice_json,
    practice_from_json,
    _upsert_practices,
    _delete_practices,
    has_days=False,
    streak_inputs=lambda practice: (practice.added_on, practice.goals, practice.out_of_list),
)
APP_STATE = RowKind(
    "kept",
    _load_app_state,
    to_json,
    json.loads,
    _upsert_app_state,
    _delete_app_state,
    has_days=False,
    streak_inputs=None,
)
ENTRIES = RowKind(
    "entry",
    load_entries,
    lambda entry: to_json(entry_row(entry)),
    entry_from_json,
    _upsert_entries,
    _delete_entries,
    has_days=True,
    streak_inputs=lambda entry: (entry.state, entry.amount),
)
EVENINGS = RowKind(
    "evening",
    _load_evenings,
    lambda evening: to_json(evening._asdict()),
    evening_from_json,
    _upsert_evenings,
    _delete_evenings,
    has_days=True,
    streak_inputs=None,
)

KINDS = {kind.name: kind for kind in (PRACTICES, ENTRIES, EVENINGS, APP_STATE)}
"""By name, in the order in which rows can be saved: entries reference practices."""
