"""Builds diaries and files for the tests of exports and imports."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.diary.factories import new_diary_file
from tracker.diary.diary import Diary
from tracker.exporters.csv_export import CsvOptions, write_csv
from tracker.exporters.json_export import write_json
from tracker.importers.import_file import import_file
from tracker.importers.import_report import Report
from tracker.location import Location
from tracker.models import Entry, Evening, Practice

TODAY = date(2026, 11, 24)
"""A Tuesday."""

EVENING = "2026-11-24T21:30:00+01:00"

HEADER = "day,kind,practice,name,unit,amount,state,note,logged_at"


def a_diary(path: Path, moment: str = EVENING) -> Diary:
    """A diary in this file, not begun until something is written; its clock stands still."""
    at = datetime.fromisoformat(moment)
    return Diary(Location(path), now=lambda: at)


def new(path: Path, moment: str = EVENING) -> Diary:
    """A diary begun at this moment with the usual practices, and nothing in it."""
    path.write_bytes(new_diary_file(datetime.fromisoformat(moment)))
    path.chmod(0o600)
    return a_diary(path, moment)


def ago(days: int) -> date:
    """The day so many days before TODAY."""
    return TODAY - timedelta(days=days)


def as_csv(diary: Diary, options: CsvOptions | None = None) -> str:
    """The diary as CSV."""
    out = io.StringIO(newline="")
    write_csv(diary, out, options or CsvOptions())
    return out.getvalue()


def lines_of(diary: Diary, options: CsvOptions | None = None) -> list[str]:
    """The rows of its CSV below the header; for diaries without line ends in their notes."""
    return as_csv(diary, options).split("\r\n")[1:-1]


def read_in(diary: Diary, folder: Path, *rows: str, header: str = HEADER) -> Report:
    """Imports a file of these rows."""
    return import_file(diary, a_file(folder, *rows, header=header))


def a_file(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """A CSV file of these rows."""
    path = folder / "diary.csv"
    path.write_text("\r\n".join((header, *rows, "")), encoding="utf-8", newline="")
    return path


def everything(diary: Diary) -> tuple[tuple[Practice, ...], list[Entry], list[Evening]]:
    """All that the diary holds."""
    with diary.stream() as (rows, entries, evenings):
        return rows.practices, list(entries), list(evenings)


def as_json(diary: Diary) -> str:
    """The whole diary as JSON."""
    out = io.StringIO(newline="")
    write_json(diary, out)
    return out.getvalue()
