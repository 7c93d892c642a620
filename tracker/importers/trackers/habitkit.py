"""HabitKit: JSON, a list of habits and a list of completions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from tracker.errors import InputError
from tracker.formats.input_file import InputFile
from tracker.formats.json_reader import JsonObject
from tracker.i18n.messages import say
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.habit_importer import HabitImporter, HabitTarget

SOURCE, NAME = "habitkit", "HabitKit"
TOP, IN_HABITS = ("completions", "intervals"), ("orderIndex",)
SIGNATURE = (*TOP, *IN_HABITS)


def matches(file: InputFile) -> bool:
    """Whether a JSON file has HabitKit's names."""
    return file.has_fields(TOP, IN_HABITS)


def read(file: InputFile, importer: HabitImporter) -> None:
    """Reads the habits, and then the completions."""
    targets = _add_habits(file, importer)
    with file.json.items("completions") as completions:
        for item in completions:
            _read_completion(item.number, JsonObject(item.value), targets, importer)
    has_intervals = any(True for _ in file.json.lists("intervals"))
    importer.report_unsupported(say("other.colours"), *[say("other.intervals")] * has_intervals)


def _add_habits(file: InputFile, importer: HabitImporter) -> dict[str, HabitTarget]:
    largest: dict[str, int] = {}
    with file.json.items("completions") as completions:
        for item in completions:
            one = JsonObject(item.value)
            habit_id, amount = one.text("habitId"), one.integer("amountOfCompletions") or 1
            largest[habit_id] = max(largest.get(habit_id, 0), amount)
    with file.json.items("habits") as items:
        habits = [JsonObject(item.value) for item in items]
        habits.sort(key=lambda habit: habit.integer("orderIndex") or 0)
        return {
            habit.text("id"): importer.add_habit(_habit(habit, largest.get(habit.text("id"), 1)))
            for habit in habits
        }


def _habit(habit: JsonObject, largest: int) -> ForeignHabit:
    return ForeignHabit(
        habit.text("name"),
        question=habit.text("description"),
        is_counted=largest > 1,
        target=Decimal(1),
        archived=habit.flag("archived"),
    )


def _read_completion(
    number: int, one: JsonObject, targets: dict[str, HabitTarget], importer: HabitImporter
) -> None:
    to = targets.get(one.text("habitId"))
    if to is None:
        importer.skip_orphan(number)
        return
    day, note = _day(one), one.text("note")
    if to.habit.is_counted:
        amount = Decimal(one.integer("amountOfCompletions") or 1)
        importer.add_number(number, to, day, amount, note)
    else:
        importer.add_done(number, to, day, note)


def _day(completion: JsonObject) -> date:
    """The local day: UTC plus the offset of the completion. A date at midnight UTC is a local day
    already."""
    text = completion.text("date")
    try:
        moment = datetime.fromisoformat(text)
        if moment.hour or moment.minute:
            moment += timedelta(minutes=completion.integer("timezoneOffsetInMinutes") or 0)
    except (ValueError, OverflowError) as error:
        raise InputError(say("csv.not_a_day", text=text[:40])) from error
    return moment.date()
