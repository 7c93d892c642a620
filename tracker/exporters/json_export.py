"""The whole diary as JSON: practices, what is kept, entries and evenings, cleared ones too, each
with its time of change. Read back into an empty diary it is the same diary.

One row stands on each line, so that it can be read and compared with the tools for text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TextIO

from tracker.diary.diary_reader import DiaryReader
from tracker.files import atomic_text_file
from tracker.formats.json_mapping import (
    FORMAT,
    entry_object,
    evening_object,
    kept_object,
    practice_object,
)
from tracker.formats.progress import track
from tracker.store import versioned_rows


def export_json(diary: DiaryReader, path: Path, *, force: bool = False) -> int:
    """Writes a file, whole or not at all; says how many rows it has.

    Raises WrongInput when the file is there and `force` is not given, Trouble for the disk.
    """
    with atomic_text_file(path, force=force) as out:
        return write_json(diary, out)


def write_json(diary: DiaryReader, out: TextIO) -> int:
    """Writes the diary as its rows stream by; says how many there are."""
    if not diary.store.begun():
        return _write(out, (), (), (), ())
    with diary.store.reading() as reader:
        return _write(
            out,
            (practice_object(*one) for one in versioned_rows.practices_and_times(reader).values()),
            (kept_object(key, *one) for key, one in versioned_rows.kept_and_times(reader).items()),
            (entry_object(*one) for one in versioned_rows.iter_entries(reader)),
            (evening_object(*one) for one in versioned_rows.iter_evenings(reader)),
        )


Objects = Iterable[dict[str, object]]


def _write(
    out: TextIO, practices: Objects, kept: Objects, entries: Objects, evenings: Objects
) -> int:
    out.write(f'{{\n"calmtrack": {FORMAT}')
    parts = {"practices": practices, "kept": kept, "entries": entries, "evenings": evenings}
    rows = 0
    for name, objects in parts.items():
        out.write(f',\n"{name}": [')
        before = "\n"
        for line in _lines(objects):
            out.write(before + line)
            before = ",\n"
            rows += 1
        out.write("\n]")
    out.write("\n}\n")
    return rows


def _lines(objects: Objects) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False, default=date.isoformat).encode
    return map(encode, track(objects))
