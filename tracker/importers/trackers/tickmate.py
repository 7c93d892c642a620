"""Tickmate: a backup, which is a SQLite database with the tables `tracks` and `ticks`.

A tick is a row with year, month (0 to 11), day, and since version 10 a time; a track can have
several a day. Read in the app's own database code, version 14.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby

from tracker import clock
from tracker.formats.input_file import STANDARD_INPUT, InputFile, wrong_file_error
from tracker.formats.progress import track
from tracker.formats.sqlite_database import cell, check_tables, open_backup
from tracker.i18n.messages import _
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.import_report import ForeignHabit

SOURCE, NAME = "tickmate", "Tickmate"
SIGNATURE = ()

_TABLES = {"tracks", "ticks"}


def matches(file: InputFile) -> bool:
    """Whether it is a SQLite database with the tables of Tickmate."""
    return file.tables.issuperset(_TABLES)


def read(file: InputFile, importer: HabitImporter) -> None:
    if not file.is_sqlite or file.path == STANDARD_INPUT:
        raise wrong_file_error(file.path, NAME)
    with open_backup(file.path, NAME) as connection:
        _read_tables(connection, importer)
    groups = _("habit groups") if "groups" in file.tables else ""
    importer.report_unsupported(_("colours"), groups)


def _read_tables(connection: sqlite3.Connection, importer: HabitImporter) -> None:
    check_tables(connection, *_TABLES)
    tracks = sorted(connection.execute("SELECT * FROM tracks"), key=_place)
    targets = {row["_id"]: importer.add_habit(_habit(row)) for row in tracks}
    ticks = connection.execute("SELECT * FROM ticks ORDER BY _track_id, year, month, day, _id")
    for (track_id, day), of_day in groupby(
        track(ticks), key=lambda row: (row["_track_id"], _day(row))
    ):
        rows = list(of_day)
        if track_id in targets:
            _add_day(rows, targets[track_id], day, importer)
        else:
            for row in rows:
                importer.skip_orphan(row["_id"])


def _place(row: sqlite3.Row) -> tuple[int, int]:
    """The position of a track in the list; -1 for none."""
    return cell(row, "order", -1), row["_id"]


def _habit(row: sqlite3.Row) -> ForeignHabit:
    return ForeignHabit(
        str(row["name"]),
        question=str(cell(row, "description", "")),
        is_counted=bool(cell(row, "multiple_entries_per_day", 0)),
        archived=not cell(row, "enabled", 1),
    )


def _day(row: sqlite3.Row) -> date:
    return date(int(row["year"]), int(row["month"]) + 1, int(row["day"]))


def _add_day(rows: list[sqlite3.Row], to: HabitTarget, day: date, importer: HabitImporter) -> None:
    number, at = rows[-1]["_id"], _moment(day, rows)
    importer.add_value(number, to, day, Decimal(len(rows)), "", at)
    importer.count_together(to, len(rows) - 1)


def _moment(day: date, rows: Iterable[sqlite3.Row]) -> str | None:
    """The moment of the last tick of a day, in the local zone; None if none has a time."""
    times = [
        time(row["hour"], row["minute"], row["second"])
        for row in rows
        if cell(row, "has_time_info", 0)
    ]
    return clock.utc_seconds(datetime.combine(day, max(times))) if times else None
