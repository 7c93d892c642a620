"""Properties of every tracker's files: undo restores the diary exactly, a later export adds to an
earlier one, and a damaged file loses no row silently."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.effort import by_effort, some_of
from tests.importers.factories import TODAY, as_json, everything, open_diary
from tests.importers.small_files import BY_HAND, a_daylio_backup, a_daylio_entry, zipped
from tests.importers.test_other_trackers import sample
from tracker.errors import CalmtrackError
from tracker.importers.habit_importer import ImportChoices
from tracker.importers.import_file import ImportOptions, import_file

MUTATIONS = by_effort(2, 80)
"""The number of damaged copies of each file."""


@pytest.mark.parametrize("name", some_of(BY_HAND, 4))
def test_undo_restores_the_diary_exactly(tmp_path: Path, name: str) -> None:
    diary = open_diary(tmp_path / "diary.db")
    diary.create(("hug", "laughter"))
    for back in range(1, 4):
        day = TODAY.replace(day=TODAY.day - back)
        diary.log("hug", day, amount=9, note="mine")
        diary.rate(10, day, note="mine")
    before = as_json(diary)
    has_activities = "daylio" in name or "pixels" in name
    options = ImportOptions(prefer="file", choices=ImportChoices(activities=has_activities))
    import_file(diary, sample(name), options)
    assert as_json(diary) != before
    diary.undo()
    assert as_json(diary) == before


LATER = [
    "small.habitbull.csv",
    "small.habitica.csv",
    "small.table.csv",
    "small.table.md",
    "synthetic/synthetic.streaks.csv",
    "synthetic/synthetic.habitctl_log",
    "daylio/staticf0x/test_data.csv",
    "harsh/log",
]


@pytest.mark.parametrize("name", some_of(LATER, 3))
def test_a_later_export_adds_what_is_new(tmp_path: Path, name: str) -> None:
    lines = sample(name).read_bytes().splitlines(keepends=True)
    path = tmp_path / Path(name).name
    twice, once = open_diary(tmp_path / "twice.db"), open_diary(tmp_path / "once.db")
    path.write_bytes(b"".join(lines[:-1]))
    import_file(twice, path)
    between = as_json(twice)
    path.write_bytes(b"".join(lines))
    later = import_file(twice, path)
    import_file(once, path)
    assert everything(twice)[1:] == everything(once)[1:]
    if later.added or later.changed:
        twice.undo()
    assert as_json(twice) == between


def rows_of_csv(text: str) -> int:
    """The non-blank rows of a CSV file below its header."""
    return sum(any(cells) for cells in csv.reader(io.StringIO(text))) - 1


def lines_of_log(text: str) -> int:
    """The lines that are neither blank nor comments."""
    return sum(bool(line.strip()) and not line.startswith("#") for line in text.split("\n"))


def cells_of_table(text: str) -> int:
    """The filled cells of the habits of a table, and the days with a score or a note."""
    _, *rows = [cells for cells in csv.reader(io.StringIO(text)) if any(cells)]
    habits = sum(bool(cell.strip()) for cells in rows for cell in cells[1:3])
    return habits + sum(bool(cells[3].strip() or cells[4].strip()) for cells in rows)


TEXTS: dict[str, Callable[[str], int]] = {
    "small.habitbull.csv": rows_of_csv,
    "small.habitica.csv": rows_of_csv,
    "small.table.csv": cells_of_table,
    "synthetic/synthetic.streaks.csv": rows_of_csv,
    "synthetic/synthetic.habitctl_log": lines_of_log,
    "daylio/staticf0x/test_data.csv": rows_of_csv,
    "harsh/log": lines_of_log,
}
"""Counts the records of a file, by its name, without calmtrack's readers."""

TRADES = ("", "x", "0", "7", "-1", "1e9", "2026-02-30", "31/12/2026", '"', ",", "\t", "é", "NO")
"""Values that replace a cell."""


def mutated_text(text: str, chance: random.Random) -> str:
    """The text with a line duplicated, deleted, truncated or moved, or with a cell replaced."""
    header, *lines = text.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    line = lines[place]
    match chance.randrange(6):
        case 0:
            lines.insert(chance.randrange(len(lines)), line)
        case 1:
            del lines[place]
        case 2:
            lines[place] = line[: chance.randrange(len(line))] + "\n"
        case 3:
            lines.insert(0, lines.pop(place))
        case _:
            delimiter = chance.choice((",", "\t", " : "))
            cells = line.rstrip("\n").split(delimiter)
            cells[chance.randrange(len(cells))] = chance.choice(TRADES)
            lines[place] = delimiter.join(cells) + "\n"
    return "".join((header, *lines))


@pytest.mark.parametrize("name", TEXTS)
def test_no_row_of_a_damaged_text_is_lost_silently(tmp_path: Path, name: str) -> None:
    text = sample(name).read_bytes().decode()
    for seed in range(MUTATIONS):
        damaged = mutated_text(text, random.Random(f"{name} {seed}"))
        path = tmp_path / Path(name).name
        path.write_text(damaged, encoding="utf-8", newline="")
        check(tmp_path / f"{seed}.db", path, partial(TEXTS[name], damaged))


LOOP_HABITS = (
    "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,Unit,"
    "Target Type,Target Value,Archived?\n001,Walk,YES_NO,,,1,1,#1976D2,,,,false\n"
    "002,Read,NUMERICAL,,,1,1,#1976D2,pages,AT_LEAST,10.0,false\n"
)
LOOP_MARKS = {
    "001 Walk": "Date,Value,Notes\n2026-11-03,YES_MANUAL,far\n2026-11-02,NO,\n2026-11-01,SKIP,\n",
    "002 Read": "Date,Value,Notes\n2026-11-03,12000,\n2026-11-02,UNKNOWN,\n2026-11-01,NO,ill\n",
}


def marks_of_loop(texts: dict[str, str]) -> int:
    """The rows with a mark, an amount or a note."""
    rows = [row for text in texts.values() for row in list(csv.reader(io.StringIO(text)))[1:]]
    return sum(row[1] not in ("UNKNOWN", "-1") or bool(row[2]) for row in rows if any(row))


def test_no_mark_of_a_damaged_loop_export_is_lost_silently(tmp_path: Path) -> None:
    for seed in range(MUTATIONS):
        chance = random.Random(seed)
        damaged = chance.choice(list(LOOP_MARKS))
        texts = LOOP_MARKS | {damaged: mutated_text(LOOP_MARKS[damaged], chance)}
        files = {f"{name}/Checkmarks.csv": text.encode() for name, text in texts.items()}
        path = tmp_path / "loop.zip"
        path.write_bytes(zipped(files | {"Habits.csv": LOOP_HABITS.encode()}))
        check(tmp_path / f"{seed}.db", path, partial(marks_of_loop, texts))


def size(value: Any) -> int:
    """The length of a list or object; 0 for anything else."""
    return len(value) if isinstance(value, list | dict) else 0


def all_of(part: str, field: str) -> Callable[[Any], int]:
    """Counts the elements of a field of all elements of a part, or of a list."""

    def count(document: Any) -> int:
        return sum(size(one.get(field)) for one in (document[part] if part else document))

    return count


DOCUMENTS: dict[str, tuple[str, Callable[[Any], int]]] = {
    "small.dijo.json": ("", all_of("", "stats")),
    "small.pixels.json": ("", lambda days: sum(size(day.get("scores")) or 1 for day in days)),
    "small.dayone.json": ("entries", lambda journal: len(journal["entries"])),
    "small.jrnl.json": ("entries", lambda journal: len(journal["entries"])),
    "synthetic/synthetic.beaver_export.json": ("habits", all_of("habits", "records")),
    "synthetic/synthetic.mhabit_export.json": ("habits", all_of("habits", "records")),
    "synthetic/synthetic.habo_backup.json": ("habits", all_of("habits", "events")),
    "synthetic/synthetic.habitkit.json": ("completions", lambda d: len(d["completions"])),
}
"""The part of a document with its records, and what counts them."""

VALUES: tuple[Any, ...] = (None, "", "x", 0, -1, 1e9, True, [], {}, "2026-02-30", "2026-11-01")


def mutate(value: Any, chance: random.Random) -> None:
    """Replaces, deletes or duplicates a random part of a document."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = chance.choice(keys)
        inner = value[key]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.8:
            value = inner
            continue
        if isinstance(value, list) and chance.random() < 0.5:
            value.append(json.loads(json.dumps(inner)))
        elif chance.random() < 0.3:
            del value[key]
        else:
            value[key] = chance.choice(VALUES)
        return


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_record_of_a_damaged_document_is_lost_silently(tmp_path: Path, name: str) -> None:
    part, count = DOCUMENTS[name]
    for seed in range(MUTATIONS):
        document = json.loads(sample(name).read_bytes())
        mutate(document[part] if part else document, random.Random(f"{name} {seed}"))
        path = tmp_path / Path(name).name
        path.write_text(json.dumps(document), encoding="utf-8")
        check(tmp_path / f"{seed}.db", path, partial(count, document))


def test_no_entry_of_a_damaged_daylio_backup_is_lost_silently(tmp_path: Path) -> None:
    for seed in range(MUTATIONS):
        entries = [a_daylio_entry(day, mood=2, note="x", tags=[3]) for day in (1, 1, 2, 3)]
        mutate(entries, random.Random(seed))
        path = tmp_path / "x.daylio"
        path.write_bytes(a_daylio_backup(dayEntries=entries))
        check(tmp_path / f"{seed}.db", path, partial(len, entries))


def check(diary_path: Path, path: Path, count: Callable[[], int]) -> None:
    """Imports a damaged file: it is refused in one sentence and nothing was written, or each of
    its records is in the diary or in the report."""
    diary = open_diary(diary_path)
    shown = path.read_bytes()[:3000]
    report, refusal = None, ""
    try:
        report = import_file(diary, path)
    except CalmtrackError as error:
        refusal = str(error)
    if report is None:
        assert "Nothing was imported." in refusal, shown
        assert "\n" not in refusal, shown
        assert not diary.store.exists(), shown
        return
    output = " ".join(report.messages)
    assert report.read == count(), shown
    _practices, entries, evenings = everything(diary)
    assert report.entries.added == len(entries) + len(evenings), shown
    if report.left_out:
        assert "left out" in output or "counts as not logged" in output, shown
    if report.added < report.read - report.left_out:
        merged = ("one evening", "one note", "The later one counts", "were combined")
        assert any(text in output for text in merged), (shown, output)
