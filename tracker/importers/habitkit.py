"""HabitKit's JSON: a list of habits, and a list of what was completed when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tracker.errors import InputError
from tracker.formats.json_object import JsonObject
from tracker.i18n.messages import say
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.habit_importer import HabitImporter, HabitTarget


def read_habitkit(pieces: Iterable[tuple[str, int, Any]], into: HabitImporter) -> None:
    """Reads the pieces of a file. Raises WrongInput, not naming the line."""
    habits: list[JsonObject] = []
    done: list[tuple[int, JsonObject]] = []
    intervals = False
    for part, line, value in pieces:
        if part == "habits":
            habits.append(JsonObject(value))
        elif part == "completions":
            done.append((line, JsonObject(value)))
        intervals = intervals or part == "intervals"
    most: dict[str, int] = {}
    for _, one in done:
        most[one.text("habitId")] = max(
            most.get(one.text("habitId"), 0), one.whole("amountOfCompletions") or 1
        )
    habits.sort(key=lambda cells: cells.whole("orderIndex") or 0)
    targets = {
        one.text("id"): into.habit(_habit(one, most.get(one.text("id"), 1))) for one in habits
    }
    for line, one in done:
        _mark(line, one, targets, into)
    into.no_place(say("other.colours"), *[say("other.intervals")] * intervals)


def _habit(cells: JsonObject, most: int) -> ForeignHabit:
    return ForeignHabit(
        cells.text("name"),
        question=cells.text("description"),
        is_counted=most > 1,
        target=Decimal(1),
        archived=cells.flag("archived"),
    )


def _mark(
    line: int, cells: JsonObject, targets: dict[str, HabitTarget], into: HabitImporter
) -> None:
    to = targets.get(cells.text("habitId"))
    if to is None:
        into.orphan(line)
        return
    day, note = _day(cells), cells.text("note")
    if to.habit.is_counted:
        into.number(line, to, day, Decimal(cells.whole("amountOfCompletions") or 1), note)
    else:
        into.yes(line, to, day, note)


def _day(cells: JsonObject) -> date:
    """The person's own day: UTC moved by the offset that stands beside it. Where that is
    midnight in UTC already, the day itself was written."""
    text = cells.text("date")
    try:
        moment = datetime.fromisoformat(text)
        if moment.hour or moment.minute:
            moment += timedelta(minutes=cells.whole("timezoneOffsetInMinutes") or 0)
    except (ValueError, OverflowError) as error:
        raise InputError(say("csv.not_a_day", text=text[:40])) from error
    return moment.date()
