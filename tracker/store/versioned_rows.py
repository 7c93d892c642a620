"""Rows with their own times of change: read as they stream by, cleared ones included, and
written with the time they came with, as another copy of a diary brings them."""

from __future__ import annotations

import json
from collections.abc import Collection, Generator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from tracker.models import Entry, Evening, Practice
from tracker.store import tables as t
from tracker.store.mapping import (
    entry_of,
    entry_row,
    evening_of,
    evening_row,
    practice_json,
    to_json,
)
from tracker.store.reader import BATCH_SIZE, Reader
from tracker.store.writer import Writer, put_kept_at, put_practice_at, upsert


def practices_and_times(reader: Reader) -> dict[str, tuple[Practice, str]]:
    """Every practice in its order, by id; its goals and spans share its time of change."""
    times = dict(reader.connection.execute(select(t.practice.c.id, t.practice.c.updated_at)).all())
    return {practice.id: (practice, times[practice.id]) for practice in reader.practices()}


def kept_and_times(reader: Reader) -> dict[str, tuple[Any, str]]:
    """What the app remembers, by key."""
    found = reader.connection.execute(select(t.kept).order_by(t.kept.c.key))
    return {row.key: (json.loads(row.value), row.updated_at) for row in found}


def iter_entries(reader: Reader) -> Generator[tuple[Entry, str], None, None]:
    """All entries by day and practice id."""
    found = reader.connection.execute(
        select(t.entry)
        .order_by(t.entry.c.day, t.entry.c.practice_id)
        .execution_options(yield_per=BATCH_SIZE)
    )
    with found:
        for row in found:
            yield entry_of(row._mapping), row.updated_at


def iter_evenings(reader: Reader) -> Generator[tuple[Evening, str], None, None]:
    """All evenings by day."""
    found = reader.connection.execute(
        select(t.evening).order_by(t.evening.c.day).execution_options(yield_per=BATCH_SIZE)
    )
    with found:
        for row in found:
            yield evening_of(row._mapping), row.updated_at


def entries_on(reader: Reader, days: Collection[date]) -> dict[tuple[str, date], tuple[Entry, str]]:
    """The entries of some days by practice and day."""
    found = reader.connection.execute(select(t.entry).where(t.entry.c.day.in_(days)))
    return {(row.practice_id, row.day): (entry_of(row._mapping), row.updated_at) for row in found}


def evenings_on(reader: Reader, days: Collection[date]) -> dict[date, tuple[Evening, str]]:
    """The evenings of some days."""
    found = reader.connection.execute(select(t.evening).where(t.evening.c.day.in_(days)))
    return {row.day: (evening_of(row._mapping), row.updated_at) for row in found}


def conflict_record(row: Entry | Evening, own: Entry | Evening) -> tuple[dict[str, Any], str]:
    """A row that lost to the diary's own, and that one, as `undo_log.keep_losing` takes them."""
    if isinstance(row, Entry):
        kind, key, text = "entry", row.practice_id, to_json(entry_row(row))
    else:
        kind, key, text = "evening", "calm", to_json(evening_row(row))
    mine = entry_row(own) if isinstance(own, Entry) else evening_row(own)
    return {"kind": kind, "key": key, "day": row.day.isoformat(), "before": text}, to_json(mine)


def write_entries(writer: Writer, rows: Sequence[tuple[Entry, str, Entry | None]]) -> None:
    """Writes entries, each with its time and what it takes the place of; one for each key."""
    for entry, _, was in rows:
        # A cleared row that comes where there was none is nothing to take back.
        if entry != was and not (was is None and entry.empty):
            before = None if was is None else to_json(entry_row(was))
            writer.remember_before("entry", entry.practice_id, entry.day, before)
            writer.touch(entry.practice_id, entry.day)
    upsert(writer.connection, t.entry, [entry_row(e) | {"updated_at": at} for e, at, _ in rows])


def write_evenings(writer: Writer, rows: Sequence[tuple[Evening, str, Evening | None]]) -> None:
    """Writes evenings, each with its time and what it takes the place of; one for each day."""
    for evening, _, was in rows:
        if evening != was and not (was is None and evening.empty):
            before = None if was is None else to_json(evening_row(was))
            writer.remember_before("evening", "calm", evening.day, before)
    upsert(writer.connection, t.evening, [evening_row(e) | {"updated_at": at} for e, at, _ in rows])


def write_practice(writer: Writer, practice: Practice, at: str, was: Practice | None) -> None:
    """Writes a practice with its goals and spans, all with its time."""
    if practice != was:
        before = None if was is None else practice_json(was)
        writer.remember_before("practice", practice.id, None, before)
        writer.touch(practice.id, date.min)
    put_practice_at(writer.connection, practice, at)


def write_kept(writer: Writer, key: str, value: Any, at: str, was: tuple[Any] | None) -> None:
    """Writes what the app remembers under a key; `was` holds what it takes the place of."""
    if was is None or was[0] != value:
        before = None if was is None else json.dumps(was[0])
        writer.remember_before("kept", key, None, before)
    put_kept_at(writer.connection, key, value, at)


def delete_row(writer: Writer, practice_ids: Collection[str], keys: Collection[str]) -> None:
    """Takes practices without entries and kept values away, so that undo brings them back."""
    for practice_id in practice_ids:
        writer.remove_practice(practice_id)
    kept = writer.kept()
    for key in keys:
        writer.remember_before("kept", key, None, json.dumps(kept[key]))
        writer.connection.execute(delete(t.kept).where(t.kept.c.key == key))
