"""The app state (table `kept`): which values its keys can have.

The database and import files can have JSON of any type under a key, and code that reads the key
relies on the right one. Keys of a later version are unknown here and can have any value.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from tracker.models import PRACTICE_ID
from tracker.rules.days import EARLIEST, LATEST
from tracker.sanitize import sanitize_line

LATEST_TURN = time(12)
"""The latest time of day at which a new day can begin."""

MAX_LINES, MAX_LINE_LENGTH = 20, 200
"""The largest number of lines in the person's own texts (support messages, questions), and of
characters in a line."""

_MAX_LIST = 100_000
"""The largest length of a list: one element a day for 270 years."""


def is_valid_app_state(key: str, value: Any) -> bool:
    """Whether a key can have a value; an unknown key any that can be written as UTF-8."""
    return _CHECKS.get(key, _is_encodable)(value)


def _is_encodable(value: Any) -> bool:
    # JSON can hold a lone surrogate as an escape.
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return False
    return True


def _is_day(value: Any) -> bool:
    try:
        day = date.fromisoformat(value) if type(value) is str and len(value) == 10 else None
    except ValueError:
        return False
    return day is not None and EARLIEST <= day <= LATEST and day.isoformat() == value


def _is_flag(value: Any) -> bool:
    return type(value) is bool


def _is_turn(value: Any) -> bool:
    try:
        turn = time.fromisoformat(value) if type(value) is str else None
    except ValueError:
        return False
    return turn is not None and turn.tzinfo is None and turn <= LATEST_TURN


def _is_weekday(value: Any) -> bool:
    return type(value) is int and value in range(7)


def _are_lines(value: Any) -> bool:
    return (
        type(value) is list
        and len(value) <= MAX_LINES
        and all(type(line) is str and is_line(line) for line in value)
    )


def is_line(line: str) -> bool:
    """Whether a text is one line that can be shown: not empty, without control characters."""
    fits = 0 < len(line) <= MAX_LINE_LENGTH
    return fits and sanitize_line(line, MAX_LINE_LENGTH) == line


def _are_days(value: Any) -> bool:
    return type(value) is list and len(value) <= _MAX_LIST and all(map(_is_day, value))


def _are_coin_months(value: Any) -> bool:
    return type(value) is list and len(value) <= _MAX_LIST and all(map(_is_coin_month, value))


def _is_coin_month(value: Any) -> bool:
    if type(value) is not dict or not {"practice_id", "first", "last", "seed"} <= value.keys():
        return False
    practice_id, first, last = value["practice_id"], value["first"], value["last"]
    return (
        type(practice_id) is str
        and PRACTICE_ID.fullmatch(practice_id) is not None
        and _is_day(first)
        and _is_day(last)
        and type(value["seed"]) is int
    )


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "begun_on": _is_day,
    "welcomed": _is_flag,
    "day_turns_at": _is_turn,
    "week_starts_on": _is_weekday,
    "support": _are_lines,
    "prompts": _are_lines,
    "gentle_shown_on": _is_day,
    "gentle_muted": _is_flag,
    "jar": _are_days,
    "coin_months": _are_coin_months,
    "patterns_mentioned_on": _is_day,
}
