"""Beaver Habits: JSON, an export, the storage of its server, or a bare list of habits."""

from __future__ import annotations

import re
from datetime import date

from tracker.formats.cell_parsing import has_iso_form, parse_date, parse_day
from tracker.formats.input_file import InputFile
from tracker.formats.json_reader import JsonObject
from tracker.i18n.date_format import format_day
from tracker.i18n.messages import _
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.import_report import ForeignHabit
from tracker.importers.trackers import table_habit

SOURCE, NAME = "beaver", "Beaver Habits"
TOP, IN_HABITS = ("user_email", "exported_at", "data"), ("records",)
SIGNATURE = (*TOP, *IN_HABITS)

_PERIODS = {"D": 1, "W": 7, "M": 30, "Y": 365}
"""Days of a period."""

_SKIP = re.compile(r"#skip\b\s*", re.IGNORECASE)


def matches(file: InputFile) -> bool:
    """Whether a JSON file has Beaver's names; Table Habit's habits have `records`, too."""
    return file.has_fields(TOP, IN_HABITS) and not table_habit.matches(file)


def read(file: InputFile, importer: HabitImporter) -> None:
    unsupported: set[str] = set()
    with file.json.items("habits", "", "data") as items:
        for item in items:
            value = item.object
            habits = [value] if item.part != "data" else value.objects("habits")
            for habit in habits:
                _read_habit(item.number, habit, importer, unsupported)
    importer.report_unsupported(*sorted(unsupported))


def _read_habit(
    number: int, habit: JsonObject, importer: HabitImporter, unsupported: set[str]
) -> None:
    name, status = habit.text("name"), habit.text("status")
    records = habit.array("records")
    if status == "soft_delete":
        importer.report_deleted(name, len(records))
    to = importer.add_habit(
        ForeignHabit(
            name,
            goal=_goal(habit),
            archived=status in ("archive", "soft_delete"),
        )
    )
    if habit.array("tags"):
        unsupported.add(_("tags"))
    if "star" in habit and habit.flag("star"):
        unsupported.add(_("stars of entries"))
    for record in map(JsonObject, records):
        _read_record(number, record, to, importer)


def _goal(habit: JsonObject) -> tuple[int, int] | None:
    if "period" not in habit:
        return None
    period = habit.child("period")
    days = _PERIODS.get(period.text("period_type"), 1) * (period.integer("period_count") or 1)
    return period.integer("target_count") or 1, days


def _read_record(number: int, record: JsonObject, to: HabitTarget, importer: HabitImporter) -> None:
    day, note = _day(record.text("day")), record.text("text")
    if record.flag("done"):
        importer.add_done(number, to, day, note)
    elif skip := _SKIP.match(note):
        importer.report(
            _("{name} on {day} is tagged as skipped, so it's a rest day now."),
            name=to.habit.name,
            day=format_day(day, year=True),
        )
        importer.add_rest(number, to, day, note[skip.end() :])
    else:
        importer.add_not_done(number, to, day, note)


def _day(text: str) -> date:
    """A day as an export writes it, or with the day first as Beaver's REST interface does."""
    return parse_day(text) if has_iso_form(text) else parse_date(text, "DMY")
