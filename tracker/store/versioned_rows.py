"""Rows with their time of change, for merges and JSON files: cleared rows are included, and a row
is saved with the time that it came with. Saving records the earlier row for undo."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from datetime import date
from typing import Any, NamedTuple, TypeVar

from tracker.models import CALM_ID, Entry, Evening
from tracker.store import sqlite_statements as sql
from tracker.store.connection import Row, Statement
from tracker.store.reader import BATCH_SIZE, Reader
from tracker.store.row_mapping import (
    change_time,
    entry_from_json,
    entry_json,
    evening_from_json,
    evening_json,
    practice_from_json,
    practice_json,
    to_json,
)
from tracker.store.writer import Writer, save_app_state_at, save_practice_at

Model = TypeVar("Model")

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
    """How rows of one kind are loaded, serialised and saved."""

    name: str
    """Its name in the undo log."""
    load: Callable[[Reader, date, date], dict[RowKey, VersionedRow]]
    """The stored rows from one day to another, cleared ones included; all rows without a day."""
    to_json: Callable[[Any], str]
    """A row's canonical JSON, without its time of change."""
    from_json: Callable[[str], Any]
    """The row that `to_json` wrote."""
    upsert: Callable[[Writer, Sequence[RowChange]], None]
    delete: Callable[[Writer, Sequence[RowKey]], None]
    """Deletes rows; with a practice its remaining entries, which it records for undo."""
    has_days: bool
    """True for entries and evenings, whose rows stay, blank, once they were cleared."""
    affects_streaks: bool

    def is_blank(self, value: Any) -> bool:
        """Whether a row holds nothing: a cleared entry, or an evening without score and note."""
        return self.has_days and bool(value.empty)


def save(writer: Writer, kind: RowKind, changes: Sequence[RowChange]) -> None:
    """Upserts rows with exactly their times of change, and records the earlier ones for undo.

    A change of the time alone, or of one blank or missing row to another blank one, is a detail: it
    is undone with the other rows of its step, but is no step of its own.
    """
    for (key, day), (value, _), previous in changes:
        if previous is None:
            is_detail = kind.is_blank(value)
            writer.record_before(kind.name, key, day, None, None, is_detail=is_detail)
        else:
            both_blank = kind.is_blank(value) and kind.is_blank(previous.value)
            is_detail = both_blank or previous.value == value
            before = kind.to_json(previous.value)
            at = previous.updated_at
            writer.record_before(kind.name, key, day, before, at, is_detail=is_detail)
        if kind.affects_streaks and not is_detail:
            writer.mark_dirty(key, day or date.min)
    kind.upsert(writer, changes)


def stored_practices(reader: Reader) -> dict[str, VersionedRow]:
    """Every practice in list order, by id; its goals and spans share its time of change."""
    times = dict(map(tuple, reader.connection.rows(sql.PRACTICE_TIMES)))
    return {one.id: VersionedRow(one, change_time(times[one.id])) for one in reader.practices()}


def stored_app_state(reader: Reader) -> dict[str, VersionedRow]:
    """The rows of the table `kept`, by key."""
    return {key: VersionedRow(value, at) for key, value, at in reader.valid_app_state()}


def iter_entries(reader: Reader) -> Generator[tuple[Entry, str], None, None]:
    """All entries by day and practice id, streamed."""
    return _stream(reader, sql.ALL_ENTRIES, reader.valid_entries_and_times)


def iter_evenings(reader: Reader) -> Generator[tuple[Evening, str], None, None]:
    """All evenings by day, streamed."""
    return _stream(reader, sql.ALL_EVENINGS, reader.valid_evenings_and_times)


def _stream(
    reader: Reader,
    statement: Statement,
    valid: Callable[[Iterable[Row]], Generator[tuple[Model, str], None, None]],
) -> Generator[tuple[Model, str], None, None]:
    with closing(reader.connection.batches(statement, BATCH_SIZE)) as batches:
        for rows in batches:
            yield from valid(rows)


def delete_rows(writer: Writer, practice_ids: Iterable[str], keys: Iterable[str]) -> None:
    """Deletes practices without entries, and rows of `kept`; undo restores them."""
    for practice_id in practice_ids:
        writer.remove_practice(practice_id)
    stored = stored_app_state(writer)
    for key in keys:
        value, at = stored[key]
        writer.record_before(APP_STATE.name, key, None, to_json(value), at)
        _delete_app_state(writer, [(key, None)])


def _load_practices(reader: Reader, _: date, __: date) -> dict[RowKey, VersionedRow]:
    return {(key, None): row for key, row in stored_practices(reader).items()}


def _load_app_state(reader: Reader, _: date, __: date) -> dict[RowKey, VersionedRow]:
    return {(key, None): row for key, row in stored_app_state(reader).items()}


def _load_entries(reader: Reader, first: date, last: date) -> dict[RowKey, VersionedRow]:
    rows = reader.connection.rows(sql.STORED_ENTRIES, first=first, last=last)
    return {
        (entry.practice_id, entry.day): VersionedRow(entry, at)
        for entry, at in reader.valid_entries_and_times(rows)
    }


def _load_evenings(reader: Reader, first: date, last: date) -> dict[RowKey, VersionedRow]:
    stored = reader.evenings_and_times(first, last)
    return {(CALM_ID, day): VersionedRow(*row) for day, row in stored.items()}


def _upsert_practices(writer: Writer, changes: Sequence[RowChange]) -> None:
    for change in changes:
        save_practice_at(writer.connection, *change.row)


def _upsert_app_state(writer: Writer, changes: Sequence[RowChange]) -> None:
    for change in changes:
        save_app_state_at(writer.connection, change.key[0], *change.row)


def _upsert_entries(writer: Writer, changes: Sequence[RowChange]) -> None:
    rows = []
    for _, (entry, at), _ in changes:
        day, practice_id, state = entry.day.isoformat(), entry.practice_id, entry.state.value
        rows.append((day, practice_id, state, entry.amount, entry.note, entry.logged_at, at))
    writer.connection.run_many(sql.UPSERT_ENTRY, rows)


def _upsert_evenings(writer: Writer, changes: Sequence[RowChange]) -> None:
    rows = [(e.day.isoformat(), e.calm, e.note, e.logged_at, at) for _, (e, at), _ in changes]
    writer.connection.run_many(sql.UPSERT_EVENING, rows)


def _delete_practices(writer: Writer, keys: Sequence[RowKey]) -> None:
    for practice_id, _ in keys:
        writer.remove_practice(practice_id)


def _delete_app_state(writer: Writer, keys: Sequence[RowKey]) -> None:
    for key, _ in keys:
        writer.connection.run(sql.DELETE_APP_STATE, key=key)


def _delete_entries(writer: Writer, keys: Sequence[RowKey]) -> None:
    rows = [(day, practice_id) for practice_id, day in keys]
    writer.connection.run_many(sql.DELETE_ENTRY, rows)


def _delete_evenings(writer: Writer, keys: Sequence[RowKey]) -> None:
    writer.connection.run_many(sql.DELETE_EVENING, [(day,) for _, day in keys])


PRACTICES = RowKind(
    "practice",
    _load_practices,
    practice_json,
    practice_from_json,
    _upsert_practices,
    _delete_practices,
    has_days=False,
    affects_streaks=True,
)
APP_STATE = RowKind(
    "kept",
    _load_app_state,
    to_json,
    json.loads,
    _upsert_app_state,
    _delete_app_state,
    has_days=False,
    affects_streaks=False,
)
ENTRIES = RowKind(
    "entry",
    _load_entries,
    entry_json,
    entry_from_json,
    _upsert_entries,
    _delete_entries,
    has_days=True,
    affects_streaks=True,
)
EVENINGS = RowKind(
    "evening",
    _load_evenings,
    evening_json,
    evening_from_json,
    _upsert_evenings,
    _delete_evenings,
    has_days=True,
    affects_streaks=False,
)

KINDS = {kind.name: kind for kind in (PRACTICES, ENTRIES, EVENINGS, APP_STATE)}
"""By name, in the order in which rows can be saved: entries reference practices."""
