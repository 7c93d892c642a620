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


def open_diary(path: Path, moment: str = EVENING) -> Diary:
    """The diary at this path, which is created by the first change; its clock is pinned."""
    at = datetime.fromisoformat(moment)
    return Diary(Location(path), now=lambda: at)


def create_diary(path: Path, moment: str = EVENING) -> Diary:
    """Creates an empty diary with the default practices at this moment."""
    path.write_bytes(new_diary_file(datetime.fromisoformat(moment)))
    path.chmod(0o600)
    return open_diary(path, moment)


def ago(days: int) -> date:
    """The date so many days before TODAY."""
    return TODAY - timedelta(days=days)


def as_csv(diary: Diary, options: CsvOptions | None = None) -> str:
    """The CSV export of the diary."""
    out = io.StringIO(newline="")
    write_csv(diary, out, options or CsvOptions())
    return out.getvalue()


def csv_rows(diary: Diary, options: CsvOptions | None = None) -> list[str]:
    """The rows of the CSV export below the header, for diaries without line breaks in notes."""
    return as_csv(diary, options).split("\r\n")[1:-1]


def import_rows(diary: Diary, folder: Path, *rows: str, header: str = HEADER) -> Report:
    """Imports a CSV file with these rows."""
    return import_file(diary, write_rows(folder, *rows, header=header))


def write_rows(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """Writes a CSV file with these rows and returns its path."""
    path = folder / "diary.csv"
    path.write_text("\r\n".join((header, *rows, "")), encoding="utf-8", newline="")
    return path


def everything(diary: Diary) -> tuple[tuple[Practice, ...], list[Entry], list[Evening]]:
    """The practices, entries and evenings of the diary."""
    with diary.stream() as (rows, entries, evenings):
        return rows.practices, list(entries), list(evenings)


def as_json(diary: Diary) -> str:
    """The JSON export of the diary."""
    out = io.StringIO(newline="")
    write_json(diary, out)
    return out.getvalue()
