"""HabitKit: JSON, lists of habits, of completions and of intervals, which are goals."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import itemgetter

from tracker.formats.cell_parsing import date_error
from tracker.formats.input_file import InputFile
from tracker.formats.json_reader import JsonObject
from tracker.i18n.messages import _, format_number, ngettext
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.import_report import ForeignHabit

SOURCE, NAME = "habitkit", "HabitKit"
TOP, IN_HABITS = ("completions", "intervals"), ("orderIndex",)
SIGNATURE = (*TOP, *IN_HABITS)

_PERIODS = {"day": 1, "week": 7, "month": 30, "year": 365}
"""Days of a period."""


def matches(file: InputFile) -> bool:
    """Whether a JSON file has HabitKit's names."""
    return file.has_fields(TOP, IN_HABITS)


def read(file: InputFile, importer: HabitImporter) -> None:
    targets = _add_habits(file, importer)
    slips: Counter[str] = Counter()
    with file.json.items("completions") as completions:
        for item in completions:
            _read_completion(item.number, item.object, targets, importer, slips)
    for habit_id, count in (+slips).items():
        name = targets[habit_id].target.habit.name
        importer.report(
            ngettext(
                "{name}: in HabitKit, a mark for this habit means it didn't go as "
                "hoped, so {count} mark isn't imported as done. Notes are kept.",
                "{name}: in HabitKit, a mark for this habit means it didn't go as "
                "hoped, so {count} marks aren't imported as done. Notes are kept.",
                count,
            ),
            name=name,
            count=format_number(count),
        )
    importer.report_unsupported(_("colours"))


@dataclass(frozen=True, slots=True)
class _Habit:
    target: HabitTarget
    is_inverse: bool
    """Whether a completion is a slip: a day on which the person did what they want to avoid."""


@dataclass(frozen=True, slots=True)
class _Goal:
    """An interval: the goal of a habit from a day on."""

    times: int
    """Days in the period of a habit."""
    days: int
    """The length of the period."""
    per_day: int
    """Completions that make a day done."""


def _add_habits(file: InputFile, importer: HabitImporter) -> dict[str, _Habit]:
    largest: Counter[str] = Counter()
    with file.json.items("completions") as completions:
        for item in completions:
            one = item.object
            habit_id = one.text("habitId")
            largest[habit_id] = max(largest[habit_id], _amount(one))
    goals = _goals(file)
    with file.json.items("habits") as items:
        habits = [item.object for item in items]
        habits.sort(key=lambda habit: habit.integer("orderIndex") or 0)
    added: dict[str, _Habit] = {}
    for habit in habits:
        key = habit.text("id")
        added[key] = _add_habit(habit, largest[key], goals.get(key, []), importer)
    return added


def _add_habit(
    habit: JsonObject, largest: int, goals: list[_Goal], importer: HabitImporter
) -> _Habit:
    name = habit.text("name")
    goal = goals[-1] if goals else None
    per_day = goal.per_day if goal else 1
    is_inverse = habit.value("isInverse") is True
    if len(set(goals)) > 1:
        importer.report(
            _("{name}: only the newest goal is imported. Earlier goals are left out."), name=name
        )
    foreign = ForeignHabit(
        name,
        question=habit.text("description"),
        goal=(goal.times, goal.days) if goal else None,
        is_counted=not is_inverse and max(largest, per_day) > 1,
        target=Decimal(per_day),
        archived=habit.flag("archived"),
    )
    return _Habit(importer.add_habit(foreign), is_inverse)


def _goals(file: InputFile) -> dict[str, list[_Goal]]:
    """The goals of each habit, by their first day."""
    intervals: list[tuple[str, str, _Goal]] = []
    with file.json.items("intervals") as items:
        for item in items:
            one = item.object
            days = _PERIODS.get(one.text("type"), 1)
            times = 1 if days == 1 else one.integer("requiredNumberOfCompletions") or 1
            per_day = one.integer("requiredNumberOfCompletionsPerDay") or 1
            goal = _Goal(times, days, per_day)
            intervals.append((one.text("startDate"), one.text("habitId"), goal))
    intervals.sort(key=itemgetter(0))
    goals: dict[str, list[_Goal]] = defaultdict(list)
    for _start, habit_id, goal in intervals:
        goals[habit_id].append(goal)
    return goals


def _amount(completion: JsonObject) -> int:
    """How often the habit was done; a completion without a number is one time."""
    amount = completion.integer("amountOfCompletions")
    return 1 if amount is None else amount


def _read_completion(
    number: int,
    one: JsonObject,
    habits: dict[str, _Habit],
    importer: HabitImporter,
    slips: Counter[str],
) -> None:
    habit = habits.get(one.text("habitId"))
    if habit is None:
        importer.skip_orphan(number)
        return
    day, note, amount, to = _day(one), one.text("note"), _amount(one), habit.target
    if habit.is_inverse:
        slips[one.text("habitId")] += amount > 0
        if note:
            importer.add_unmarked(number, to, day, note)
        else:
            importer.leave_out()
    else:
        importer.add_value(number, to, day, Decimal(amount), note)


def _day(completion: JsonObject) -> date:
    """The local day: UTC plus the offset of the completion. A date at midnight UTC is a local day
    already."""
    text = completion.text("date")
    try:
        moment = datetime.fromisoformat(text)
        if moment.hour or moment.minute:
            moment += timedelta(minutes=completion.integer("timezoneOffsetInMinutes") or 0)
    except (ValueError, OverflowError) as error:
        raise date_error(text) from error
    return moment.date()
