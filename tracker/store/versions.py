"""Every row of a diary with its time of change, as merging knows them, and back into the diary.

A practice is one row here, goals and spans included: they are written together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from tracker.rules.merging import Version, Where
from tracker.store import tables as t
from tracker.store.reader import Reader
from tracker.store.rows import (
    entry_from_json,
    entry_row,
    evening_from_json,
    evening_row,
    practice_from_json,
    practice_json,
    to_json,
)
from tracker.store.writer import NO_DAY, Writer, kept_row, put_practice_at, upsert


def versions_in(reader: Reader) -> dict[Where, Version]:
    """All that a diary holds, cleared rows included; its undo log and kept folds are its own."""
    found: dict[Where, Version] = {}
    connection = reader.connection
    times = {
        row.id: row.updated_at
        for row in connection.execute(select(t.practice.c.id, t.practice.c.updated_at))
    }
    for practice in reader.practices():
        found["practice", practice.id, NO_DAY] = Version(
            times[practice.id], practice_json(practice)
        )
    for (practice_id, day), (entry, at) in reader.entries_and_times(date.min, date.max).items():
        found["entry", practice_id, day.isoformat()] = Version(at, to_json(entry_row(entry)))
    for day, (evening, at) in reader.evenings_and_times(date.min, date.max).items():
        found["evening", "calm", day.isoformat()] = Version(at, to_json(evening_row(evening)))
    for row in connection.execute(select(t.kept)):
        found["kept", row.key, NO_DAY] = Version(row.updated_at, to_json(json.loads(row.value)))
    return found


def put_versions(
    writer: Writer, taken: Mapping[Where, Version], were: Mapping[Where, Version]
) -> None:
    """Writes rows as they were elsewhere, with their times of change; what they replace is
    remembered in the step. Practices come first, since entries need theirs."""
    entries, evenings, kept = [], [], []
    for (kind, key, day), version in taken.items():
        at = {"updated_at": version.updated_at}
        if kind == "practice":
            practice = practice_from_json(version.content)
            put_practice_at(writer.connection, practice, version.updated_at)
            writer.touch(key, date.min)
        elif kind == "entry":
            entries.append(entry_row(entry_from_json(version.content)) | at)
            writer.touch(key, date.fromisoformat(day))
        elif kind == "evening":
            evenings.append(evening_row(evening_from_json(version.content)) | at)
        else:
            kept.append(kept_row(key, json.loads(version.content)) | at)
    for table, rows in ((t.entry, entries), (t.evening, evenings), (t.kept, kept)):
        upsert(writer.connection, table, rows)
    _remember(writer, taken, were)


def says_nothing(where: Where, version: Version) -> bool:
    """Whether a row is only the trace of something taken away."""
    if where[0] == "entry":
        return entry_from_json(version.content).empty
    return where[0] == "evening" and evening_from_json(version.content).empty


def _remember(
    writer: Writer, taken: Mapping[Where, Version], were: Mapping[Where, Version]
) -> None:
    for where, version in taken.items():
        old = were.get(where)
        same = says_nothing(where, version) if old is None else old.content == version.content
        if not same:
            kind, key, day = where
            before = None if old is None else old.content
            writer.before.append({"kind": kind, "key": key, "day": day, "before": before})
