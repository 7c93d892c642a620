"""Writes diaries of many years as rows: through `Diary` a lifetime would take minutes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from tracker.diary.diary import Diary
from tracker.location import Location

NOW = "2101-11-24T21:30:00+01:00"
"""The time of every measurement: late enough for a diary of 200 years."""

PRACTICES = 20


def diary_of(path: Path) -> Diary:
    """Opens the diary in a file with the clock set to NOW."""
    return Diary(Location(path), now=lambda: datetime.fromisoformat(NOW))


def build_diary(path: Path, years: int, practices: int = PRACTICES) -> Diary:
    """Creates a diary with every evening of so many years rated and each practice logged on three
    days of four, up to yesterday, with an undo step for each evening and the daily backup."""
    diary = diary_of(path)
    diary.create()
    while len(diary.practices.all()) < practices:
        diary.practices.add(f"Practice {len(diary.practices.all())}")
    today = diary.today()
    days = [today - timedelta(days=back) for back in range(365 * years, 0, -1)]
    ids = [practice.id for practice in diary.practices.all()]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO entry VALUES (?, ?, 'logged', 1, '', NULL, ?)",
            (
                (day.isoformat(), one, _changed(day.isoformat()))
                for day in days
                for one in sorted(ids)
                if (day.toordinal() + len(one)) % 4
            ),
        )
        connection.executemany(
            "INSERT INTO evening VALUES (?, ?, '', NULL, ?)",
            ((day.isoformat(), day.toordinal() % 11, _changed(day.isoformat())) for day in days),
        )
        before = connection.execute("SELECT max(id) FROM change").fetchone()[0] or 0
        steps = [(number, day.isoformat()) for number, day in enumerate(days[::-1], before + 1)]
        connection.executemany(
            "INSERT INTO change VALUES (?, ?, 'rate calm', 0)",
            ((number, _changed(day)) for number, day in steps),
        )
        connection.executemany(
            "INSERT INTO change_row VALUES (?, 'evening', 'calm', ?, NULL, NULL)", steps
        )
    diary.rebuild_streak_cache()
    diary.maintenance.back_up_daily()
    return diary


def _changed(day: str) -> str:
    return f"{day}T20:00:00.000000Z"
