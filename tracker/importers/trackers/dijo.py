"""dijo: JSON, a list of habits, each with an object of counts or booleans by day."""

from __future__ import annotations

from tracker.formats.cell_parsing import mark_error, parse_day
from tracker.formats.input_file import InputFile
from tracker.formats.json_reader import JsonObject, decimal_from
from tracker.importers.habit_importer import HabitImporter
from tracker.importers.import_report import ForeignHabit

SOURCE, NAME = "dijo", "dijo"
SIGNATURE = ("stats",)


def matches(file: InputFile) -> bool:
    """Whether a JSON file lists habits with dijo's statistics."""
    return file.has_fields((), SIGNATURE)


def read(file: InputFile, importer: HabitImporter) -> None:
    with file.json.items() as items:
        for item in items:
            _read_habit(item.number, item.object, importer)


def _read_habit(number: int, habit: JsonObject, importer: HabitImporter) -> None:
    if habit.text("type") == "Bit":
        to = importer.add_habit(ForeignHabit(habit.text("name")))
    else:
        goal = habit.decimal("goal")
        to = importer.add_habit(ForeignHabit(habit.text("name"), is_counted=True, target=goal))
    stats = habit.child("stats")
    for text in sorted(stats.names()):
        day, value = parse_day(text), stats.value(text)
        if to.habit.is_counted:
            importer.add_number(number, to, day, decimal_from(value, text))
        elif value is True:
            importer.add_done(number, to, day)
        elif value is False:
            importer.add_not_done(number, to, day)
        else:
            raise mark_error(f"{value}")
