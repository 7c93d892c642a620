"""Maps table rows to the dataclasses of models.py and back, and to JSON for the undo log.

SQLite stores a value of any type in any column, and its CHECK constraints compare text as greater
than every number. So every row is validated as it is mapped: the functions raise InvalidRow for a
row that calmtrack could not have written. An invalid time is no error: it reads as unknown.

The app state (table `kept`) can have JSON of any type under a key, in the database and in import
files, and code that reads the key relies on the right one. Keys of a later version are unknown here
and can have any value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, TypeGuard, TypeVar

from tracker.models import (
    CALM_ID,
    PRACTICE_ID,
    PRACTICE_LETTERS,
    Entry,
    EntryState,
    Evening,
    Goal,
    Practice,
    Span,
    Unit,
)
from tracker.rules.days import EARLIEST, LATEST
from tracker.sanitize import sanitize_line

SHIPPED_AT = "1970-01-01T00:00:00.000000Z"
"""`updated_at` of a shipped practice that was never edited."""

NO_DAY = ""
"""The undo log's day for rows that have none."""

_KINDS_WITH_DAYS = ("entry", "evening")
_STEP_KINDS = (*_KINDS_WITH_DAYS, "practice", "kept")

MAX_STORED = 10**9
"""The largest amount, step or position of a valid row; larger than any that can be logged."""

_DIARY_ID = "[0-9a-f]{32}"

_STATES = {state.value: state for state in EntryState}
_UNITS = {unit.value: unit for unit in Unit}

Model = TypeVar("Model")


class InvalidRow(ValueError):
    """A stored row that calmtrack could not have written."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column
        """The first column with an impossible value."""


def entry_row(entry: Entry) -> dict[str, Any]:
    """An entry as a row, without its time of change."""
    return {**entry._asdict(), "state": entry.state.value}


def practice_row(practice: Practice) -> dict[str, Any]:
    """A practice as a row, without its goals and spans and its time of change."""
    row = {**practice._asdict(), "unit": practice.unit.value}
    del row["goals"], row["out_of_list"]
    return row


def parse_day(value: object) -> object:
    """The date in a column's value; the value itself where it is not a date, YYYY-MM-DD."""
    return _parse_iso_day(value) if type(value) is str else value


@lru_cache(maxsize=1 << 14)
def _parse_iso_day(text: str) -> object:
    # date.fromisoformat alone would also take 20261124 and 2026-W48-2.
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def is_valid_day(value: object) -> TypeGuard[date]:
    """Whether a parsed value is a day of the years 1900 to 2200."""
    return type(value) is date and EARLIEST <= value <= LATEST


def moment_or_none(value: object) -> str | None:
    """A `logged_at` as stored, `2026-11-24T20:15:03Z`; None for an invalid one."""
    return value if type(value) is str and _is_moment(value, 20) else None


def change_time(value: object) -> str:
    """An `updated_at` as stored, UTC with microseconds; an invalid one counts as the oldest."""
    return value if type(value) is str and _is_moment(value, 27) else SHIPPED_AT


def _is_moment(text: str, length: int) -> bool:
    if len(text) != length or text[10] != "T" or text[-1] != "Z":
        return False
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return EARLIEST.year <= moment.year <= LATEST.year


def is_valid_amount(value: object) -> bool:
    return type(value) is int and 0 <= value <= MAX_STORED


def entry_problem(
    day: object, practice_id: object, state: object, amount: object, note: object
) -> str | None:
    """The first column of an entry with an impossible value; None for a valid entry."""
    if type(day) is not date or not EARLIEST <= day <= LATEST:
        return "day"
    if type(practice_id) is not str:
        return "practice_id"
    if type(state) is not str or state not in _STATES:
        return "state"
    if amount is not None and not is_valid_amount(amount):
        return "amount"
    if type(note) is not str:
        return "note"
    is_cleared = state == EntryState.CLEARED
    return "state" if is_cleared and (amount is not None or note) else None


def make_entry(
    day: Any, practice_id: Any, state: Any, amount: Any, note: Any, logged_at: object
) -> Entry:
    """The entry with these column values; raises InvalidRow. A note of blanks is none."""
    problem = entry_problem(day, practice_id, state, amount, note)
    if problem is not None:
        raise InvalidRow(problem)
    shown = note if note.strip() else ""
    return Entry(day, practice_id, _STATES[state], amount, shown, moment_or_none(logged_at))


def entry_of(row: Mapping[Any, Any]) -> Entry:
    """The entry in a row; raises InvalidRow."""
    return make_entry(
        parse_day(row["day"]),
        *(row["practice_id"], row["state"], row["amount"], row["note"], row["logged_at"]),
    )


def make_evening(day: Any, calm: Any, note: Any, logged_at: object) -> Evening:
    """The evening with these column values; raises InvalidRow. A note of blanks is none."""
    if calm is not None and not _is_integer(calm, 0, 10):
        raise InvalidRow("calm")
    if not is_valid_day(day):
        raise InvalidRow("day")
    if type(note) is not str:
        raise InvalidRow("note")
    return Evening(day, calm, note if note.strip() else "", moment_or_none(logged_at))


def evening_of(row: Mapping[Any, Any]) -> Evening:
    """The evening in a row; raises InvalidRow."""
    return make_evening(parse_day(row["day"]), row["calm"], row["note"], row["logged_at"])


def goal_of(row: Mapping[Any, Any]) -> Goal:
    """The goal in a row; raises InvalidRow."""
    _text(row, "practice_id")
    return Goal(
        _day(row, "from_day"),
        _integer(row, "amount", 1, MAX_STORED),
        _integer(row, "days_per_week", 1, 7),
    )


def span_of(row: Mapping[Any, Any]) -> Span:
    """The archived span in a row; raises InvalidRow."""
    _text(row, "practice_id")
    from_day = _day(row, "from_day")
    to_day = None if row["to_day"] is None else _day(row, "to_day")
    if to_day is not None and to_day < from_day:
        raise InvalidRow("to_day")
    return Span(from_day, to_day)


def practice_of(
    row: Mapping[Any, Any], goals: Sequence[Goal] = (), spans: Sequence[Span] = ()
) -> Practice:
    """The practice in its row, with its goals and spans, oldest first; raises InvalidRow.

    A practice without goals gets the default goal of its unit. Its name and question are on one
    line and without control characters, as another program may not have stored them.
    """
    key, unit, overlap = row["key"], row["unit"], row["overlap"]
    practice_id = _text(row, "id")
    if not PRACTICE_ID.fullmatch(practice_id) or practice_id == CALM_ID:
        raise InvalidRow("id")
    if key is not None and key not in PRACTICE_LETTERS:
        raise InvalidRow("key")
    if type(unit) is not str or unit not in _UNITS:
        raise InvalidRow("unit")
    if overlap not in (0, 1):
        raise InvalidRow("overlap")
    name, added_on = _text(row, "name"), _day(row, "added_on")
    if not name:
        raise InvalidRow("name")
    return Practice(
        id=practice_id,
        key=key,
        name=sanitize_line(name, 60),
        question=sanitize_line(_text(row, "question")),
        unit=_UNITS[unit],
        step=_integer(row, "step", 1, MAX_STORED),
        position=_integer(row, "position", -MAX_STORED, MAX_STORED),
        overlap=bool(overlap),
        added_on=added_on,
        goals=tuple(goals) or (Goal(added_on, _UNITS[unit].spec.default_amount, 7),),
        out_of_list=tuple(spans),
    )


def app_state_of(row: Mapping[Any, Any]) -> tuple[str, Any]:
    """The key and the value in a row of `kept`; raises InvalidRow."""
    key, text = _text(row, "key"), _text(row, "value")
    value = _parse_json(text, "value")
    if not is_valid_app_state(key, value):
        raise InvalidRow("value")
    return key, value


def step_of(row: Mapping[Any, Any]) -> str:
    """The name of an undo step, such as "log hug"; raises InvalidRow."""
    return _text(row, "what")


def step_row_of(row: Mapping[Any, Any]) -> None:
    """Checks a row of an undo step; raises InvalidRow."""
    kind, key, before = _text(row, "kind"), _text(row, "key"), row["before"]
    day = step_day_of(row)
    if kind not in _STEP_KINDS:
        raise InvalidRow("kind")
    if (day is not None) != (kind in _KINDS_WITH_DAYS):
        raise InvalidRow("day")
    if kind == "evening" and key != CALM_ID:
        raise InvalidRow("key")
    if before is None:
        return
    text = _text(row, "before")
    if kind == "entry":
        stored = entry_from_json(text)
        is_same = (stored.practice_id, stored.day) == (key, day)
    elif kind == "evening":
        is_same = evening_from_json(text).day == day
    elif kind == "practice":
        is_same = practice_from_json(text).id == key
    else:
        value = _parse_json(text, "before")
        is_same = value is None or is_valid_app_state(key, value)
    if not is_same:
        raise InvalidRow("before")


def step_day_of(row: Mapping[Any, Any]) -> date | None:
    """The day of a row of an undo step or conflict record, None for NO_DAY; raises InvalidRow."""
    return None if _text(row, "day") == NO_DAY else _day(row, "day")


def check_conflict(row: Mapping[Any, Any]) -> None:
    """Checks a record of a row that lost a conflict; raises InvalidRow."""
    _text(row, "source")
    content = _text(row, "content")
    if content == "null":
        # A step's row of the app state can hold null, for a key that was removed.
        raise InvalidRow("content")
    try:
        step_row_of({**row, "before": content})
    except InvalidRow as error:
        raise InvalidRow("content" if error.column == "before" else error.column) from error


def _day(row: Mapping[Any, Any], column: str) -> date:
    value = parse_day(row[column])
    if not is_valid_day(value):
        raise InvalidRow(column)
    return value


def _text(row: Mapping[Any, Any], column: str) -> str:
    value = row[column]
    if type(value) is not str:
        raise InvalidRow(column)
    return value


def _integer(row: Mapping[Any, Any], column: str, least: int, most: int) -> int:
    value: object = row[column]
    if not _is_integer(value, least, most):
        raise InvalidRow(column)
    return value


def _is_integer(value: object, least: int, most: int) -> TypeGuard[int]:
    # Not isinstance, by which True and False are integers too.
    return type(value) is int and least <= value <= most


def _parse_json(text: str, column: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidRow(column) from error


def backup_id(stored: object) -> str:
    """The id that a diary has in common with its backups, from its stored value: 32 hexadecimal
    digits.

    The first of them are part of a backup's file name, and a diary can come from another program:
    a value of any other form is hashed to one of this form.
    """
    text = str(stored)
    if re.fullmatch(_DIARY_ID, text):
        return text
    from hashlib import sha256

    return sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def practice_json(practice: Practice) -> str:
    """A practice with goals and spans as JSON, the undo log's form."""
    key = {"practice_id": practice.id}
    return to_json(
        {
            "practice": practice_row(practice),
            "goals": [key | goal._asdict() for goal in practice.goals],
            "out_of_list": [key | span._asdict() for span in practice.out_of_list],
        }
    )


def practice_from_json(text: str) -> Practice:
    """The practice that `practice_json` wrote; raises InvalidRow for anything else."""
    return _from_json(
        text,
        lambda data: practice_of(
            data["practice"],
            [goal_of(goal) for goal in data["goals"]],
            [span_of(span) for span in data["out_of_list"]],
        ),
    )


def entry_from_json(text: str) -> Entry:
    """The entry that a step stored; raises InvalidRow for anything else."""
    return _from_json(text, entry_of)


def evening_from_json(text: str) -> Evening:
    """The evening that a step stored; raises InvalidRow for anything else."""
    return _from_json(text, evening_of)


def _from_json(text: str, to_model: Callable[[Any], Model]) -> Model:
    data = _parse_json(text, "before")
    try:
        return to_model(data)
    except (InvalidRow, KeyError, IndexError, TypeError) as error:
        raise InvalidRow("before") from error


def to_json(row: Mapping[Any, Any]) -> str:
    """A row as canonical JSON: sorted keys, ISO dates."""
    return json.dumps(row, sort_keys=True, ensure_ascii=False, default=date.isoformat)


# The values of the app state

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
        and _is_day(value.get("skipped", last))
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
    "coin_result_read": _is_day,
}
