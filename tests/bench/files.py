"""Time of an export and an import, with the csv module on the same rows as the baseline."""

from __future__ import annotations

import csv
import itertools
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from tests.bench.large_diaries import build_diary, diary_of
from tests.bench.sampling import Figure, interleave
from tracker.diary.diary import Diary
from tracker.exporters.csv_export import CsvOptions, export_csv
from tracker.importers.import_file import import_file

BESIDE = "the csv module writing these rows from memory, processor time"


def file_figures(folder: Path, times: int, years: int) -> list[Figure]:
    """Measures export from a diary of so many years with 20 practices, and import into a new
    one."""
    diary = build_diary(folder / "files" / "diary.db", years)
    path = folder / "whole.csv"
    count = export_csv(diary, path, CsvOptions())
    with path.open(newline="", encoding="utf-8") as file:
        rows = [_as_in_memory(row) for row in csv.DictReader(file)]
    numbers = itertools.count()
    actions: dict[str, Callable[[], float]] = {
        "out": partial(_exported, diary, folder / "out.csv"),
        "baseline": partial(_written, rows, folder / "baseline.csv"),
        "in": lambda: _imported(path, folder / f"in-{next(numbers)}.db"),
    }
    found = interleave(times, actions)
    return [
        Figure(f"CSV export of {count:,} rows", BESIDE, found["out"], found["baseline"], 3.0),
        Figure(f"CSV import of {count:,} rows", BESIDE, found["in"], found["baseline"], 20.0),
    ]


def _as_in_memory(row: dict[str, str]) -> list[object]:
    """Parses a row: its day to a date, and its amount to a number."""
    typed = {"day": date.fromisoformat(row["day"]), "amount": int(row["amount"])}
    return [(row | typed)[name] for name in row]


def _written(rows: list[list[object]], path: Path) -> float:
    began = time.process_time()
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return _since(began)


def _exported(diary: Diary, path: Path) -> float:
    began = time.process_time()
    export_csv(diary, path, CsvOptions(), force=True)
    return _since(began)


def _imported(path: Path, into: Path) -> float:
    diary = diary_of(into)
    diary.create()
    began = time.process_time()
    import_file(diary, path)
    taken = _since(began)
    into.unlink()
    return taken


def _since(began: float) -> float:
    return (time.process_time() - began) * 1000
