"""Table Habit's JSON: days are counted from 1970-01-01."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tracker import clock
from tracker.errors import InputError
from tracker.formats.json_object import JsonObject, decimal_of
from tracker.i18n.messages import plural_key, say
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.rules.days import EARLIEST, LATEST

NEGATIVE = 2
DELETED, ARCHIVED = 2, 3
MONTHLY, CUSTOM = 2, 3
DONE, SKIPPED = 1, 2


def read_table_habit(pieces: Iterable[tuple[str, int, Any]], into: HabitImporter) -> None:
    """Reads the pieces of a file. Raises WrongInput, not naming the line."""
    groups = False
    for part, line, value in pieces:
        if part == "habits":
            _habit(line, JsonObject(value), into)
        groups = groups or part == "groups"
    into.no_place(say("other.colours"), say("other.reminders"), *[say("other.groups")] * groups)


def _habit(line: int, cells: JsonObject, into: HabitImporter) -> None:
    name, status = cells.text("name"), cells.whole("status")
    goal = decimal_of(cells, "daily_goal")
    records = cells.listed("records")
    if status == DELETED:
        into.said(plural_key("other.deleted", len(records)), name=name, rows=len(records))
    is_counted = goal not in (0, 1) or bool(cells.text("daily_goal_unit").strip())
    to = into.habit(
        ForeignHabit(
            name,
            question=cells.text("desc"),
            days_per_week=_weekly(name, cells, into),
            is_counted=is_counted,
            unit_word=cells.text("daily_goal_unit"),
            target=goal,
            at_most=cells.whole("type") == NEGATIVE and is_counted,
            archived=status in (DELETED, ARCHIVED),
        )
    )
    for one in records:
        _mark(line, JsonObject(one), to, into)


def _weekly(name: str, cells: JsonObject, into: HabitImporter) -> int:
    kind = cells.whole("freq_type")
    text = cells.text("freq_custom")
    if not text:
        return 7
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    numbers = found if isinstance(found, list) else [found]
    if not all(type(number) is int and 0 < number < 10_000 for number in numbers):
        raise InputError(say("other.frequency", name=name, text=text[:40]))
    if kind == CUSTOM and len(numbers) == 2:
        return into.weekly(name, numbers[0], numbers[1])
    return into.weekly(name, numbers[0], 30 if kind == MONTHLY else 7)


def _mark(line: int, cells: JsonObject, to: HabitTarget, into: HabitImporter) -> None:
    day, note = day_of_number(cells.number("record_date")), cells.text("reason")
    kind, value = cells.whole("record_type"), decimal_of(cells, "record_value")
    at = _moment(cells.whole("modify_t") or cells.whole("create_t"))
    if kind == SKIPPED:
        into.rest(line, to, day, note)
    elif kind != DONE:
        into.unknown(line, to, day, note)
    elif to.habit.is_counted:
        into.number(line, to, day, value, note, at)
    elif value > 0:
        into.yes(line, to, day, note, at)
    else:
        into.no(line, to, day, note, at)


def day_of_number(number: int) -> date:
    """The day so many days after 1970-01-01."""
    if not -30_000 < number < 90_000:
        raise InputError(say("other.day_number", number=number))
    return date(1970, 1, 1) + timedelta(days=number)


def _moment(seconds: int | None) -> str | None:
    if seconds is None or not 0 < seconds < 7_000_000_000:
        return None
    moment = datetime.fromtimestamp(seconds, UTC)
    return clock.utc_seconds(moment) if EARLIEST <= moment.date() <= LATEST else None
