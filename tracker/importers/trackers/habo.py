"""Habo: a JSON backup, each habit with an object of events by day.

Before 3.0 the backup is a bare list of habits.
"""

from __future__ import annotations

from typing import Any

from tracker.errors import InputError
from tracker.formats.cell_parsing import mark_error, parse_day
from tracker.formats.input_file import InputFile
from tracker.formats.json_reader import JsonObject, decimal_from
from tracker.i18n.messages import _
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.import_report import ForeignHabit

SOURCE, NAME = "habo", "Habo"
SIGNATURE = ("title", "events")

_TOP = {"habits", "habit_categories"}

_COUNTED = 1
"""The `habitType` of a habit with amounts."""


def matches(file: InputFile) -> bool:
    """Whether a JSON file lists habits with a title and events by day, or has the members of a
    backup without habits. Other apps have `metadata` or `events` at the top, too."""
    return file.is_json and (
        file.json.names.issuperset(_TOP)
        or any(
            "title" in one and isinstance(one.get("events"), dict)
            for one in file.json.sample("", "habits")
        )
    )


def read(file: InputFile, importer: HabitImporter) -> None:
    with file.json.items("habits", "") as items:
        for item in items:
            _read_habit(item.number, item.object, importer)
    has_categories = any(True for _ in file.json.lists("categories"))
    importer.report_unsupported(_("reminders"), _("habit groups") if has_categories else "")


def _read_habit(number: int, habit: JsonObject, importer: HabitImporter) -> None:
    is_counted = habit.integer("habitType") == _COUNTED
    name = habit.text("title")
    for field in ("routine", "reward", "sanction", "accountant"):
        if text := habit.text(field):
            importer.report_text(name, text)
    to = importer.add_habit(
        ForeignHabit(
            name,
            question=habit.text("cue"),
            is_counted=is_counted,
            unit_word=habit.text("unit"),
            target=habit.decimal("targetValue"),
            archived=bool(habit.integer("archived")) or "deleted_at" in habit,
        )
    )
    events = habit.child("events")
    for moment in sorted(events.names()):
        _read_event(number, moment, events.array(moment), to, importer)


def _read_event(
    number: int, moment: str, event: list[Any], to: HabitTarget, importer: HabitImporter
) -> None:
    # The moment is noon UTC of the day.
    day = parse_day(moment[:10])
    kind, note = (*event, "", "")[:2]
    if not isinstance(kind, str) or not isinstance(note, str):
        raise InputError(_('The value of "{field}" must be text.').format(field=moment[:40]))
    match kind.removeprefix("DayType."):
        case "check":
            importer.add_done(number, to, day, note)
        case "fail":
            importer.add_not_done(number, to, day, note)
        case "skip":
            importer.add_rest(number, to, day, note)
        case "clear":
            importer.add_unmarked(number, to, day, note)
        case "progress":
            progress = decimal_from(event[2] if len(event) > 2 else 0, moment)
            importer.add_number(number, to, day, progress, note)
        case _:
            raise mark_error(kind)
