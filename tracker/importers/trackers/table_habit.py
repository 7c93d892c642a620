"""Table Habit: JSON, days counted from 1970-01-01."""

from __future__ import annotations

import json
from datetime import date, timedelta

from tracker.errors import InputError
from tracker.formats.cell_parsing import unix_moment
from tracker.formats.input_file import InputFile
from tracker.formats.json_reader import JsonObject
from tracker.i18n.messages import _
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.import_report import ForeignHabit

SOURCE, NAME = "table-habit", "Table Habit"
TOP, IN_HABITS = ("groups",), ("freq_type", "create_t")
SIGNATURE = (*TOP, *IN_HABITS)

_NEGATIVE = 2
"""The `type` of a habit that is done at or under its goal."""

_DELETED, _ARCHIVED = 2, 3
"""Values of `status`."""

_MONTHLY, _CUSTOM = 2, 3
"""Values of `freq_type`."""

_DONE, _SKIPPED = 1, 2
"""Values of `record_type`."""


def matches(file: InputFile) -> bool:
    """Whether a JSON file has Table Habit's names."""
    return file.has_fields(TOP, IN_HABITS)


def read(file: InputFile, importer: HabitImporter) -> None:
    with file.json.items("habits") as items:
        for item in items:
            _read_habit(item.number, item.object, importer)
    has_groups = any(True for _ in file.json.lists("groups"))
    groups = _("habit groups") if has_groups else ""
    importer.report_unsupported(_("colours"), _("reminders"), groups)


def _read_habit(number: int, habit: JsonObject, importer: HabitImporter) -> None:
    name, status = habit.text("name"), habit.integer("status")
    goal, unit_word = habit.decimal("daily_goal"), habit.text("daily_goal_unit")
    records = habit.array("records")
    if status == _DELETED:
        importer.report_deleted(name, len(records))
    is_counted = goal not in (0, 1) or bool(unit_word.strip())
    to = importer.add_habit(
        ForeignHabit(
            name,
            question=habit.text("desc"),
            goal=_goal(name, habit),
            is_counted=is_counted,
            unit_word=unit_word,
            target=goal,
            at_most=habit.integer("type") == _NEGATIVE and is_counted,
            archived=status in (_DELETED, _ARCHIVED),
        )
    )
    for record in map(JsonObject, records):
        _read_record(number, record, to, importer)


def _goal(name: str, habit: JsonObject) -> tuple[int, int] | None:
    """The goal in `freq_custom`, which is JSON in a string: "[n,k]" for n times in k days, or n
    times in a week or month."""
    frequency, text = habit.integer("freq_type"), habit.text("freq_custom")
    if not text:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    numbers = value if isinstance(value, list) else [value]
    if not all(type(number) is int and 0 < number < 10_000 for number in numbers):
        raise InputError(
            _('I don\'t recognise how often {name} is planned: "{text}".').format(
                name=name, text=text[:40]
            )
        )
    if frequency == _CUSTOM and len(numbers) == 2:
        return numbers[0], numbers[1]
    return numbers[0], 30 if frequency == _MONTHLY else 7


def _read_record(number: int, record: JsonObject, to: HabitTarget, importer: HabitImporter) -> None:
    day, note = _day(record.required_integer("record_date")), record.text("reason")
    kind, value = record.integer("record_type"), record.decimal("record_value")
    at = unix_moment(record.integer("modify_t") or record.integer("create_t"))
    if kind == _SKIPPED:
        importer.add_rest(number, to, day, note)
    elif kind != _DONE:
        importer.add_unmarked(number, to, day, note)
    else:
        importer.add_value(number, to, day, value, note, at)


def _day(number: int) -> date:
    """The day `number` days after 1970-01-01."""
    if not -30_000 < number < 90_000:
        raise InputError(
            _("The number {number} is too large or too small to be a date.").format(number=number)
        )
    return date(1970, 1, 1) + timedelta(days=number)
