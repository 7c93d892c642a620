"""Pixels: JSON, a list of days with scores from 1 to 5, 5 the best, which become calm scores.

`{"date": "2024-1-3", "type": "Mood", "scores": [4], "notes": "…", "tags": [{"type": "Emotions",
"entries": ["joy"]}]}`; the numbers in the date have no leading zeros. Checked in 2026 against a
parser for these files and its tests.
"""

from __future__ import annotations

from tracker.formats.cell_parsing import parse_date
from tracker.formats.input_file import InputFile
from tracker.formats.json_reader import JsonObject
from tracker.i18n.messages import _
from tracker.importers.habit_importer import HabitImporter
from tracker.importers.mood_evenings import MoodEntry, MoodEvenings

SOURCE, NAME = "pixels", "Pixels"
SIGNATURE = ("date", "scores")

MOOD = "Mood"
_CALM = {1: 1, 2: 3, 3: 5, 4: 7, 5: 9}


def matches(file: InputFile) -> bool:
    """Whether a JSON file is a list of days with scores."""
    return file.is_json and any(day.keys() >= set(SIGNATURE) for day in file.json.sample(""))


def read(file: InputFile, importer: HabitImporter) -> None:
    """Reads the days, and adds an evening for each."""
    evenings = MoodEvenings(importer)
    with file.json.items("") as items:
        for item in items:
            _read_day(item.number, item.object, evenings, importer)
    evenings.finish()


def _read_day(
    number: int, one: JsonObject, evenings: MoodEvenings, importer: HabitImporter
) -> None:
    kind = one.text("type") or MOOD
    if kind != MOOD:
        importer.leave_out(len(one.array("scores")) or 1)
        problem = _('Only mood entries can be imported, and this one is "{text}".').format(
            text=kind[:40]
        )
        importer.report_invalid(number, problem, kind)
        return
    day, note = parse_date(one.text("date"), "YMD"), one.text("notes").strip()
    tags = [tag for group in one.objects("tags") for tag in group.array("entries")]
    names = [str(tag).strip() for tag in tags]
    for score in one.array("scores") or [None]:
        label = "" if score is None else f"{score}/5"
        calm = _CALM.get(score) if isinstance(score, int) else None
        evenings.add(day, MoodEntry(number, "", label, calm, note, None), filter(None, names))
        note = ""
