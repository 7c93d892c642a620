"""The rows of a diary as JSON objects, written and read back."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time, timedelta
from typing import Any

from tracker.diary import validation
from tracker.errors import InputError
from tracker.formats.json_object import JsonObject
from tracker.formats.text_cleanup import replace_invalid
from tracker.i18n.messages import say
from tracker.importers.csv_parser import moment_in
from tracker.importers.report_messages import ReportMessages
from tracker.importers.row_collector import is_id, parse_note, parse_unit
from tracker.models import Entry, EntryState, Evening, Goal, Practice, Span
from tracker.rules.days import EARLIEST, LATEST

FORMAT = 1
"""Stands beside "calmtrack" at the beginning of every file."""

PRACTICE = frozenset(
    ("id", "key", "name", "question", "unit", "step", "position", "overlap", "added_on")
) | {"goals", "out_of_list", "updated_at"}
ENTRY = frozenset(("day", "practice", "state", "amount", "note", "logged_at", "updated_at"))
EVENING = frozenset(("day", "calm", "note", "logged_at", "updated_at"))
KEPT = frozenset(("key", "value", "updated_at"))

LONGEST_KEY = 100
LONGEST_VALUE = 1_000_000
"""Characters of what the app remembers under a key, and of its value as JSON."""

_MICROS = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z")


def practice_object(practice: Practice, at: str) -> dict[str, object]:
    """A practice with its goals and spans; they share its time of change."""
    return {
        "id": practice.id,
        "key": practice.key,
        "name": practice.name,
        "question": practice.question,
        "unit": practice.unit,
        "step": practice.step,
        "position": practice.position,
        "overlap": practice.overlap,
        "added_on": practice.added_on,
        "goals": [
            {"from_day": g.from_day, "amount": g.amount, "days_per_week": g.days_per_week}
            for g in practice.goals
        ],
        "out_of_list": [{"from_day": s.from_day, "to_day": s.to_day} for s in practice.out_of_list],
        "updated_at": at,
    }


def entry_object(entry: Entry, at: str) -> dict[str, object]:
    """An entry, also a cleared one."""
    return {
        "day": entry.day,
        "practice": entry.practice_id,
        "state": entry.state,
        "amount": entry.amount,
        "note": entry.note,
        "logged_at": entry.logged_at,
        "updated_at": at,
    }


def evening_object(evening: Evening, at: str) -> dict[str, object]:
    """An evening, also one that says nothing any more."""
    return {
        "day": evening.day,
        "calm": evening.calm,
        "note": evening.note,
        "logged_at": evening.logged_at,
        "updated_at": at,
    }


def kept_object(key: str, value: Any, at: str) -> dict[str, object]:
    """What the app remembers under a key."""
    return {"key": key, "value": value, "updated_at": at}


def practice_in(cells: JsonObject) -> tuple[Practice, str]:
    """The practice in an object, and its time of change."""
    unit = parse_unit(cells.text("unit"))
    goals = [
        Goal(
            one.day("from_day"),
            validation.positive(one.number("amount"), say("check.amount_word")),
            validation.days_per_week(one.number("days_per_week")),
        )
        for one in map(JsonObject, cells.listed("goals"))
    ]
    spans = [
        Span(one.day("from_day"), one.day("to_day") if "to_day" in one else None)
        for one in map(JsonObject, cells.listed("out_of_list"))
    ]
    if unit is None or not goals or not _apart(goals) or not _apart(spans):
        raise InputError(say("json.practice", name=cells.text("name")))
    if any(span.to_day is not None and span.to_day < span.from_day for span in spans):
        raise InputError(say("json.practice", name=cells.text("name")))
    practice = Practice(
        id=_id(cells.text("id")),
        key=validation.key(cells.text("key")),
        name=validation.name(replace_invalid(cells.text("name"))),
        question=validation.question(replace_invalid(cells.text("question"))),
        unit=unit,
        step=validation.positive(cells.number("step"), say("check.step_word")),
        position=max(-(10**9), min(cells.number("position"), 10**9)),
        overlap=cells.flag("overlap"),
        added_on=cells.day("added_on"),
        goals=tuple(sorted(goals, key=lambda goal: goal.from_day)),
        out_of_list=tuple(sorted(spans, key=lambda span: span.from_day)),
    )
    return practice, changed_in(cells)


def entry_in(
    cells: JsonObject, line: int, today: date, sayings: ReportMessages
) -> tuple[Entry, str]:
    """The entry in an object, and its time of change."""
    text = cells.text("state")
    if text not in tuple(EntryState):
        raise InputError(say("json.state", text=text))
    amount = cells.whole("amount")
    entry = Entry(
        cells.day("day"),
        _id(cells.text("practice")),
        EntryState(text),
        None if amount is None else validation.amount(amount),
        parse_note(cells.text("note"), line, sayings),
        moment_in(cells.text("logged_at")),
    )
    if entry.state is EntryState.LOGGED:
        _has_come(entry.day, today)
    if entry.state is EntryState.CLEARED and (entry.amount is not None or entry.note):
        raise InputError(say("json.cleared"))
    return entry, changed_in(cells)


def evening_in(
    cells: JsonObject, line: int, today: date, sayings: ReportMessages
) -> tuple[Evening, str]:
    """The evening in an object, and its time of change."""
    calm = cells.whole("calm")
    evening = Evening(
        cells.day("day"),
        None if calm is None else validation.score(calm),
        parse_note(cells.text("note"), line, sayings),
        moment_in(cells.text("logged_at")),
    )
    if not evening.empty:
        _has_come(evening.day, today)
    return evening, changed_in(cells)


def kept_in(cells: JsonObject) -> tuple[str, Any, str]:
    """What the app remembers in an object: its key, its value and its time of change."""
    key, value = cells.text("key"), cells.anything("value")
    if not 0 < len(key) <= LONGEST_KEY or replace_invalid(key) != key or not _fits(key, value):
        raise InputError(say("json.kept", key=key[:LONGEST_KEY]))
    return key, value, changed_in(cells)


def changed_in(cells: JsonObject) -> str:
    """A time of change, UTC with microseconds."""
    text = cells.text("updated_at")
    try:
        moment = datetime.fromisoformat(text) if _MICROS.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None or not EARLIEST <= moment.date() <= LATEST:
        raise InputError(say("json.changed", text=text))
    return text


def _has_come(day: date, today: date) -> None:
    # Where the other copy lies, the next day may have begun.
    validation.day_that_was(day, today + timedelta(days=1))


def _fits(key: str, value: Any) -> bool:
    """Whether a value is one that the diary can be read with."""
    try:
        if key == "day_turns_at":
            time.fromisoformat(value)
        elif key == "week_starts_on":
            return value in range(7) and not isinstance(value, bool)
        elif key == "begun_on":
            date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    text = json.dumps(value, ensure_ascii=False)
    return len(text) <= LONGEST_VALUE and replace_invalid(text) == text


def _apart(ones: list[Goal] | list[Span]) -> bool:
    return len({one.from_day for one in ones}) == len(ones)


def _id(text: str) -> str:
    if not is_id(text):
        raise InputError(say("json.no_id", text=text[:60]))
    return text
