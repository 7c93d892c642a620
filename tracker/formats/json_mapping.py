"""Converts the rows of a diary to JSON objects and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from tracker.diary import validation
from tracker.errors import InputError
from tracker.formats.cell_parsing import (
    is_practice_id,
    parse_moment,
    parse_unit,
    replace_invalid,
)
from tracker.formats.json_reader import JsonObject
from tracker.i18n.messages import _
from tracker.models import Entry, EntryState, Evening, Goal, Practice, Span
from tracker.rules.days import EARLIEST, LATEST
from tracker.store.row_mapping import is_valid_app_state

FORMAT = 1
"""The version of the format: the value of "calmtrack", the first member of every file."""

PRACTICE = frozenset(
    ("id", "key", "name", "question", "unit", "step", "position", "overlap", "added_on")
) | {"goals", "out_of_list", "updated_at"}
_ENTRY_NAMES = ("day", "practice", "state", "amount", "note", "logged_at", "updated_at")
"""The names of the fields of an Entry, and of its time of change."""

ENTRY = frozenset(_ENTRY_NAMES)
EVENING = frozenset(("day", "calm", "note", "logged_at", "updated_at"))
KEPT = frozenset(("key", "value", "updated_at"))

LONGEST_KEY = 100
LONGEST_VALUE = 1_000_000
"""Characters of a key of the `kept` table, and of its value as JSON."""

_STATES = {state.value: state for state in EntryState}
_MICROS = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z")


def practice_object(practice: Practice, at: str) -> dict[str, object]:
    """A practice with its goals and spans, which share its time of change."""
    return {
        **practice._asdict(),
        "goals": [one._asdict() for one in practice.goals],
        "out_of_list": [one._asdict() for one in practice.out_of_list],
        "updated_at": at,
    }


def entry_object(entry: Entry, at: str) -> dict[str, object]:
    """An entry, also a cleared one."""
    return dict(zip(_ENTRY_NAMES, (*entry, at), strict=True))


def evening_object(evening: Evening, at: str) -> dict[str, object]:
    """An evening, also an empty one."""
    return {**evening._asdict(), "updated_at": at}


def app_state_object(key: str, value: Any, at: str) -> dict[str, object]:
    """A row of the `kept` table."""
    return {"key": key, "value": value, "updated_at": at}


def parse_practice(source: JsonObject) -> tuple[Practice, str]:
    """A practice and its time of change."""
    unit = parse_unit(source.text("unit"))
    goals = [
        Goal(
            one.day("from_day"),
            validation.positive(one.required_integer("amount"), _("amount")),
            validation.days_per_week(one.required_integer("days_per_week")),
        )
        for one in source.objects("goals")
    ]
    spans = [
        Span(one.day("from_day"), one.day("to_day") if "to_day" in one else None)
        for one in source.objects("out_of_list")
    ]
    if unit is None or not goals or not _begin_apart(goals) or not _begin_apart(spans):
        raise InputError(
            _(
                'The practice "{name}" needs a unit and at least one goal. Each of '
                "its goals must start on a different day, and so must each of its "
                "archived periods."
            ).format(name=source.text("name"))
        )
    if any(span.to_day is not None and span.to_day < span.from_day for span in spans):
        raise InputError(
            _('The practice "{name}" has an archived period that ends before it starts.').format(
                name=source.text("name")
            )
        )
    practice = Practice(
        id=_practice_id(source.text("id")),
        key=validation.key(source.text("key")),
        name=validation.name(replace_invalid(source.text("name"))),
        question=validation.question(replace_invalid(source.text("question"))),
        unit=unit,
        step=validation.positive(source.required_integer("step"), _("step")),
        position=max(-(10**9), min(source.required_integer("position"), 10**9)),
        overlap=source.flag("overlap"),
        added_on=source.day("added_on"),
        goals=tuple(sorted(goals, key=lambda goal: goal.from_day)),
        out_of_list=tuple(sorted(spans, key=lambda span: span.from_day)),
    )
    return practice, parse_change_time(source)


def parse_entry(source: JsonObject, parse_note: Callable[[str], str]) -> tuple[Entry, str]:
    """An entry and its time of change."""
    state = _STATES.get(source.text("state"))
    if state is None:
        raise InputError(
            _('"{text}" isn\'t a state of an entry. Use logged, rest or cleared.').format(
                text=source.text("state")
            )
        )
    amount = source.integer("amount")
    entry = Entry(
        source.day("day"),
        _practice_id(source.text("practice")),
        state,
        None if amount is None else validation.amount(amount),
        parse_note(source.text("note")),
        parse_moment(source.text("logged_at")),
    )
    if entry.state is EntryState.CLEARED and (entry.amount is not None or entry.note):
        raise InputError(_('An entry whose state is "cleared" can\'t have an amount or a note.'))
    return entry, parse_change_time(source)


def parse_evening(source: JsonObject, parse_note: Callable[[str], str]) -> tuple[Evening, str]:
    """An evening and its time of change."""
    calm = source.integer("calm")
    evening = Evening(
        source.day("day"),
        None if calm is None else validation.score(calm),
        parse_note(source.text("note")),
        parse_moment(source.text("logged_at")),
    )
    return evening, parse_change_time(source)


def parse_app_state(source: JsonObject) -> tuple[str, Any, str]:
    """A row of the `kept` table: its key, its value and its time of change."""
    key, value = source.text("key"), source.value("value")
    if not 0 < len(key) <= LONGEST_KEY or replace_invalid(key) != key or not _is_valid(key, value):
        raise InputError(
            _('calmtrack can\'t use the value of "{key}" in this file.').format(
                key=key[:LONGEST_KEY]
            )
        )
    return key, value, parse_change_time(source)


def parse_change_time(source: JsonObject) -> str:
    """A time of change, UTC with microseconds, in the years 1900 to 2200."""
    text = source.text("updated_at")
    try:
        moment = datetime.fromisoformat(text) if _MICROS.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None or not EARLIEST <= moment.date() <= LATEST:
        raise InputError(
            _(
                'I don\'t recognise the time "{text}". Use one like 2026-11-24T20:15:03.000000Z.'
            ).format(text=text)
        )
    return text


def _is_valid(key: str, value: Any) -> bool:
    """Whether the diary can be read with a value of the `kept` table."""
    if not is_valid_app_state(key, value):
        return False
    text = json.dumps(value, ensure_ascii=False)
    return len(text) <= LONGEST_VALUE and replace_invalid(text) == text


def _begin_apart(rows: Sequence[Goal] | Sequence[Span]) -> bool:
    """Whether no two rows begin on the same day."""
    return len({one.from_day for one in rows}) == len(rows)


def _practice_id(text: str) -> str:
    if not is_practice_id(text):
        raise InputError(
            _(
                "\"{text}\" can't be a practice's id. Ids have only "
                "lowercase letters, digits and hyphens."
            ).format(text=text[:60])
        )
    return text
