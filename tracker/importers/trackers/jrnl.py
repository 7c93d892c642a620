"""jrnl: JSON (`jrnl --format json`). Entries become notes of evenings.

`{"tags": {"@work": 1}, "entries": [{"date": "2026-03-01", "time": "20:00", "title": "…",
"body": "…", "tags": […], "starred": false}]}`; the title is the first sentence of the entry.
"""

from __future__ import annotations

import re

from tracker.formats.cell_parsing import local_moment
from tracker.formats.input_file import InputFile
from tracker.i18n.messages import _
from tracker.importers.habit_importer import HabitImporter
from tracker.importers.mood_evenings import MoodEntry, MoodEvenings

SOURCE, NAME = "jrnl", "jrnl"
SIGNATURE = ("title", "body")

_TIME = re.compile("[0-2][0-9]:[0-5][0-9]")


def matches(file: InputFile) -> bool:
    """Whether a JSON file has entries with a title and a body."""
    return file.is_json and any(one.keys() >= set(SIGNATURE) for one in file.json.sample("entries"))


def read(file: InputFile, importer: HabitImporter) -> None:
    evenings = MoodEvenings(importer)
    unsupported: set[str] = set()
    with file.json.items("entries") as items:
        for item in items:
            one = item.object
            day, time = one.day("date"), one.text("time")
            clock_time = time if _TIME.fullmatch(time) else ""
            note = "\n".join(filter(None, (one.text("title").strip(), one.text("body").strip())))
            at = local_moment(day, clock_time)
            evenings.add(day, MoodEntry(item.number, clock_time, "", None, note, at))
            unsupported |= {_("tags")} if one.array("tags") else set()
            unsupported |= {_("stars of entries")} if one.value("starred") else set()
    evenings.finish()
    importer.report_unsupported(*sorted(unsupported))
