"""Exports the whole diary as JSON: practices, app state, entries and evenings, cleared ones
included, each with its time of change. Imported into an empty diary it gives the same diary.

There is one row on each line, so that text tools can compare exports.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, TextIO, TypeVar

from tracker.diary.diary_base import DiaryBase
from tracker.exporters.export_file import text_export
from tracker.formats.json_mapping import (
    FORMAT,
    app_state_object,
    entry_object,
    evening_object,
    practice_object,
)
from tracker.formats.progress import track
from tracker.models import Entry, Evening
from tracker.store import versioned_rows
from tracker.store.versioned_rows import APP_STATE, PRACTICES

Row = TypeVar("Row", Entry, Evening)


class Written(NamedTuple):
    """What an export wrote."""

    rows: int
    """All rows, also of practices, of app state and of what was cleared."""
    entries: int
    """Entries and evenings that hold something, as a CSV export counts them."""


def export_json(diary: DiaryBase, path: Path, *, force: bool = False) -> Written:
    """Writes a file atomically.

    Raises InputError as `text_export` does, and CalmtrackError for disk errors.
    """
    with text_export(diary, path, force=force) as out:
        return write_json(diary, out)


def write_json(diary: DiaryBase, out: TextIO) -> Written:
    """Streams the diary's rows to `out`."""
    if not diary.store.exists():
        return Written(_write(out, (), (), (), ()), 0)
    entries = 0

    def counted(rows: Iterable[tuple[Row, str]]) -> Iterator[tuple[Row, str]]:
        nonlocal entries
        for one, at in rows:
            entries += not one.empty
            yield one, at

    with diary.store.reading() as reader:
        rows = _write(
            out,
            (practice_object(*one) for one in PRACTICES.load_all(reader).values()),
            (
                app_state_object(key, *one)
                for (key, _day), one in APP_STATE.load_all(reader).items()
            ),
            (entry_object(*one) for one in counted(versioned_rows.iter_entries(reader))),
            (evening_object(*one) for one in counted(versioned_rows.iter_evenings(reader))),
        )
    return Written(rows, entries)


Objects = Iterable[dict[str, object]]


def _write(
    out: TextIO, practices: Objects, kept: Objects, entries: Objects, evenings: Objects
) -> int:
    out.write(f'{{\n"calmtrack": {FORMAT}')
    lists = {"practices": practices, "kept": kept, "entries": entries, "evenings": evenings}
    rows = 0
    for name, objects in lists.items():
        out.write(f',\n"{name}": [')
        separator = "\n"
        for line in _lines(objects):
            out.write(separator + line)
            separator = ",\n"
            rows += 1
        out.write("\n]")
    out.write("\n}\n")
    return rows


def _lines(objects: Objects) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False, default=date.isoformat).encode
    return map(encode, track(objects))
