"""Made-up files of other trackers, of a few lines each, in the shapes of real exports, and what a
count by hand finds in them and in the samples of real ones."""

from __future__ import annotations

import base64
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


def a_daylio_backup(**changes: Any) -> bytes:
    """A `.daylio` backup of three days: two entries on the first, one with tags and HTML on the
    second, one with a custom mood on the third."""
    moods = [
        {"id": 1, "custom_name": "", "mood_group_id": 1, "predefined_name_id": 1},
        {"id": 2, "custom_name": "", "mood_group_id": 2, "predefined_name_id": 2},
        {"id": 5, "custom_name": "furchtbar", "mood_group_id": 5, "predefined_name_id": 5},
        {"id": 9, "custom_name": "gelassen", "mood_group_id": 2, "predefined_name_id": -1},
    ]
    tags = [{"id": 3, "name": "Spaziergang", "state": 0}, {"id": 4, "name": "Lesen", "state": 0}]
    whole = {
        "version": 15,
        "customMoods": moods,
        "tags": tags,
        "dayEntries": [
            a_daylio_entry(3, mood=9, tags=[3], assets=[7]),
            a_daylio_entry(2, mood=1, tags=[3, 4], note="<p>a <b>long</b> walk</p>"),
            a_daylio_entry(1, mood=5, hour=21, note_title="Evening", note="tired"),
            a_daylio_entry(1, mood=2, hour=8),
        ],
        "goals": [{"id": 1}],
        "goalEntries": [],
    }
    return daylio_zip(json.dumps(whole | changes).encode())


def a_daylio_entry(day: int, **fields: Any) -> dict[str, Any]:
    """An entry of November 2026; Daylio counts months from 0."""
    entry = {"day": day, "month": 10, "year": 2026, "hour": 20, "minute": 5, "tags": []}
    moment = datetime(2026, 11, day, 19, 5, tzinfo=UTC).timestamp() if day < 31 else 0
    return entry | {"datetime": int(moment) * 1000, "timeZoneOffset": 3_600_000} | fields


def daylio_zip(plain: bytes) -> bytes:
    """A backup with these bytes as its JSON."""
    return zipped({"backup.daylio": base64.b64encode(plain)})


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def a_tickmate_database() -> bytes:
    """A backup of two tracks: a single tick on two days, and two ticks of a track with many."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(
            "CREATE TABLE tracks (_id INTEGER PRIMARY KEY, name TEXT, description TEXT,"
            " enabled INTEGER, multiple_entries_per_day INTEGER, color INTEGER, 'order' INTEGER);"
            "CREATE TABLE ticks (_id INTEGER PRIMARY KEY, _track_id INTEGER, year INTEGER,"
            " month INTEGER, day INTEGER, hour INTEGER, minute INTEGER, second INTEGER,"
            " has_time_info INTEGER);"
            "CREATE TABLE groups (_id INTEGER PRIMARY KEY, name TEXT);"
            "INSERT INTO tracks VALUES (1, 'Water', 'a glass', 1, 1, 0, 2),"
            " (2, 'Walk', '', 0, 0, 0, 1);"
            "INSERT INTO ticks VALUES (1, 2, 2026, 10, 1, 0, 0, 0, 0), (2, 2, 2026, 10, 2, 0, 0, 0,"
            " 0), (3, 1, 2026, 10, 1, 9, 0, 0, 1), (4, 1, 2026, 10, 1, 20, 30, 0, 1),"
            " (5, 9, 2026, 10, 1, 0, 0, 0, 0);"
        )
        return db.serialize()


def a_day_one_journal() -> dict[str, Any]:
    """Three entries, two of them of one day in Berlin; the last ends after midnight UTC."""
    entry = {"timeZone": "Europe/Berlin", "tags": [], "starred": False}
    return {
        "metadata": {"version": "1.0"},
        "entries": [
            entry | {"creationDate": "2026-11-02T19:00:00Z", "text": "A walk\\. Cold\\!"},
            entry
            | {
                "creationDate": "2026-11-02T07:00:00Z",
                "text": "![](dayone-moment://ABC)\nUp early",
                "tags": ["family"],
                "photos": [{"md5": "x"}],
            },
            entry | {"creationDate": "2026-11-03T23:30:00Z", "text": "Late"},
        ],
    }


def a_jrnl_entry(date: str, time: str, **fields: Any) -> dict[str, Any]:
    """One entry in jrnl's format."""
    plain = {"date": date, "time": time, "title": "", "body": "", "tags": [], "starred": False}
    return plain | fields


SMALL_FILES: dict[str, bytes] = {
    "small.dijo.json": (
        b'[{"type": "Count", "name": "hugs", "stats": {"2026-11-22": 2, "2026-11-23": 1}, "goal":'
        b' 3, "auto": false}, {"type": "Bit", "name": "walk", "stats": {"2026-11-22": true,'
        b' "2026-11-23": false}, "goal": true, "auto": false}]'
    ),
    "small.daylio": a_daylio_backup(),
    "small.habitbull.csv": (
        b"HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\n"
        b"Walk,Outside?,Health,11/22/2026,1,by the lake\n"
        b"Walk,Outside?,Health,11/21/2026,0,\n"
        b"Walk,Outside?,Health,11/20/2026,-2150000000,ill\n"
        b"Pushups,,Sport,11/22/2026,30,\n"
        b"Pushups,,Sport,11/21/2026,0,\n"
    ),
    "small.pixels.json": json.dumps(
        [
            {
                "date": "2026-11-2",
                "type": "Mood",
                "scores": [4],
                "notes": "a walk",
                "tags": [{"type": "Emotions", "entries": ["Sunny", "calm"]}],
            },
            {"date": "2026-11-3", "type": "Mood", "scores": [1, 2], "notes": "", "tags": []},
            {"date": "2026-11-4", "type": "Period", "scores": [1], "notes": "", "tags": []},
        ]
    ).encode(),
    "small.tickmate.db": a_tickmate_database(),
    "small.habitica.csv": (
        b"Task Name,Task ID,Task Type,Date,Value\n"
        b"Tea,a,habit,2026-11-21 10:00:00,1\n"
        b"Tea,a,habit,2026-11-21 11:00:00,1.97\n"
        b"Tea,a,habit,2026-11-22 11:00:00,1\n"
        b"Yoga,b,daily,2026-11-21 10:00:00,1\n"
        b"Yoga,b,daily,2026-11-22 10:00:00,1\n"
        b"Yoga,b,daily,2026-11-23 10:00:00,0\n"
    ),
    "small.dayone.json": json.dumps(a_day_one_journal()).encode(),
    "small.dayone.zip": zipped(
        {"Journal.json": json.dumps(a_day_one_journal()).encode(), "photos/1.jpeg": b"x"}
    ),
    "small.jrnl.json": json.dumps(
        {
            "tags": {"@ann": 1},
            "entries": [
                a_jrnl_entry("2026-11-02", "20:00", title="A walk with @ann.", tags=["@ann"]),
                a_jrnl_entry("2026-11-02", "08:30", title="Slept well.", body="Early."),
                a_jrnl_entry("2026-11-03", "21:00", title="Quiet.", starred=True),
            ],
        }
    ).encode(),
    "small.table.csv": (
        b"Date,Walk,Pages,Mood,Note\n"
        b"2026-11-01,x,12,7,by the lake\n"
        b"2026-11-02,,0,4,\n"
        b"2026-11-03,no,3.5,,only a note\n"
        b"2026-11-04,rest,,,\n"
    ),
    "small.table.md": (
        "# Habits\n\n"
        "| File | Spazieren | Lesen |\n| --- | :-: | --- |\n"
        "| [[Tage/2026-11-01\\|2026-11-01]] | ✅ | - |\n"
        "| [[2026-11-02]] | ❌ | ja |\n"
    ).encode(),
    "small.table.tsv": b"Datum\tYoga\n24.11.2026\tTRUE\n23.11.2026\tFALSE\n",
}
"""Files by name, as tests import them."""


@dataclass(frozen=True)
class ExpectedCounts:
    """The counts of a file, counted by hand."""

    source: str
    read: int
    done: int = 0
    no: int = 0
    rest: int = 0
    evenings: int = 0
    rated: int = 0
    notes: int = 0
    new: int = 0
    """Number of new practices."""
    left_out: int = 0
    message: str = ""
    """The beginning of one message in the report."""


BY_HAND = {
    # Seven marks: two at or under 12 and one above, two yes and two no; three notes were typed,
    # and the three numbers stand in notes, one of them beside a typed one.
    "loop/loop_habits_csv_v2.3.1.zip": ExpectedCounts("loop", 7, done=4, no=3, notes=5, new=3),
    # Hug: yes, no, skip, yes. Walk: three yes. Calm: 6.5, 4, skip. Screen time: 0 of at most 2.5.
    "synthetic/synthetic.loop_v25.db": ExpectedCounts(
        "loop", 11, done=8, no=1, rest=2, notes=8, new=2
    ),
    "daylio/MichaelCurrin/sample.csv": ExpectedCounts("daylio", 3, evenings=3, notes=3),
    # Five days; only the 28th of August (good) has known moods alone, the 21st of July one of two.
    "daylio/MichaelCurrin/sample_multiple_moods.csv": ExpectedCounts(
        "daylio", 7, evenings=5, rated=1, notes=4
    ),
    "daylio/staticf0x/test_data.csv": ExpectedCounts("daylio", 32, evenings=5, rated=5, notes=3),
    "synthetic/synthetic.daylio_7col_old.csv": ExpectedCounts(
        "daylio", 1, evenings=1, rated=1, notes=1
    ),
    "harsh/log": ExpectedCounts("harsh", 19, done=13, no=5, rest=1, notes=19, new=10),
    "harsh/habits": ExpectedCounts("harsh", 19, done=13, no=5, rest=1, notes=19, new=10),
    "harsh": ExpectedCounts("harsh", 19, done=13, no=5, rest=1, notes=19, new=10),
    "synthetic/synthetic.habitctl_log": ExpectedCounts("habitctl", 4, done=1, no=2, rest=1, new=3),
    "synthetic/synthetic.habitctl_habits": ExpectedCounts(
        "habitctl", 4, done=1, no=2, rest=1, new=3
    ),
    "synthetic/synthetic.habitctl_log_old_tz": ExpectedCounts("habitctl", 2, done=1, no=1, new=1),
    # 6 of 26 records: pizza 5, table tennis 1, calling mom 2.
    "beaver/beaver_storage_2024-04.json": ExpectedCounts("beaver", 26, done=8, no=18, new=5),
    "synthetic/synthetic.beaver_export.json": ExpectedCounts("beaver", 3, done=2, rest=1, notes=2),
    "synthetic/synthetic.mhabit_export.json": ExpectedCounts(
        "table-habit", 2, done=1, rest=1, notes=1, new=1
    ),
    "synthetic/synthetic.habo_backup.json": ExpectedCounts("habo", 2, done=1, rest=1, notes=1),
    # Three days; on the first two entries, both with a note of their time or their own.
    "small.daylio": ExpectedCounts("daylio", 4, evenings=3, rated=3, notes=2),
    "small.habitbull.csv": ExpectedCounts("habitbull", 5, done=3, no=2, notes=2, new=2),
    # Two scores on the second day; the third record is no mood.
    "small.pixels.json": ExpectedCounts(
        "pixels",
        4,
        evenings=2,
        rated=2,
        notes=1,
        left_out=1,
        message=(
            'Item 3: Only mood entries can be imported, and this one is "Period". This entry is '
            "left out."
        ),
    ),
    # Three ticks of days and two of one day; the last tick is of a track that was deleted.
    "small.tickmate.db": ExpectedCounts("tickmate", 5, done=3, new=2, left_out=1),
    # Two pluses on one day, one minus; one done daily, one that was not due, one missed.
    "small.habitica.csv": ExpectedCounts("habitica", 6, done=2, new=2, left_out=3),
    "small.dayone.json": ExpectedCounts("dayone", 3, evenings=2, notes=2),
    "small.dayone.zip": ExpectedCounts("dayone", 3, evenings=2, notes=2),
    "small.jrnl.json": ExpectedCounts("jrnl", 3, evenings=2, notes=2),
    # Three marks, three numbers (one of which was rounded), three evenings.
    "small.table.csv": ExpectedCounts(
        "table", 9, done=3, no=2, rest=1, evenings=3, rated=2, notes=3, new=2
    ),
    "small.table.md": ExpectedCounts("table", 3, done=2, no=1, new=2),
    "small.table.tsv": ExpectedCounts("table", 2, done=1, no=1, new=1),
    "small.dijo.json": ExpectedCounts("dijo", 4, done=3, no=1, new=2),
    "synthetic/synthetic.habitkit.json": ExpectedCounts("habitkit", 1, done=1, notes=1),
    "synthetic/synthetic.streaks.csv": ExpectedCounts(
        "streaks", 2, done=1, left_out=1, message="Line 3: Gratitude on Monday"
    ),
}
