"""Validates and parses input. Every function returns the valid value or raises InputError."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time

from tracker.errors import InputError
from tracker.i18n.dates import format_day, weekday_name
from tracker.i18n.messages import format_number, say
from tracker.models import MAX_AMOUNT, MAX_NOTE_LENGTH, PRACTICE_ID, RESERVED_KEYS, Practice
from tracker.rules.days import (
    EARLIEST,
    ENGLISH,
    LATEST,
    DayWords,
    NotADay,
    parse_day,
    parse_last_day,
    parse_weekday,
)
from tracker.sanitize import sanitize_line
from tracker.store.app_state import LATEST_TURN

MAX_NAME_LENGTH = 60
MAX_DAYS = 36_525
"""A hundred years, the longest look back."""
MAX_QUESTION_LENGTH = 200

_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-5][0-9]))?")
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,40}")


def day_that_was(day: date, today: date) -> date:
    """A day that can be logged: not in the future, not before 1900."""
    if day > today:
        raise InputError(say("check.future", day=format_day(day, year=True)))
    if day < EARLIEST:
        raise InputError(say("check.too_old", day=day.isoformat()))
    return day


def day_to_change(day: date, today: date, *, is_logged: bool) -> date:
    """A day whose entry can be changed: one that was, or where something `is_logged` also one that
    lies ahead, because a clock was wrong."""
    return day_for_rest(day) if is_logged else day_that_was(day, today)


def day_for_rest(day: date) -> date:
    """A day that can be a rest day: also a future one."""
    if not EARLIEST <= day <= LATEST:
        raise InputError(say("check.too_old", day=day.isoformat()))
    return day


def year(value: int) -> int:
    """A year that a diary can hold: 1900 to 2200."""
    if not EARLIEST.year <= value <= LATEST.year:
        raise InputError(say("check.year", year=value))
    return value


def span(days: int) -> int:
    """A number of days back: 1 to MAX_DAYS."""
    if not 1 <= days <= MAX_DAYS:
        raise InputError(say("check.span", most=format_number(MAX_DAYS)))
    return days


def score(value: int) -> int:
    """A calm score, 0 to 10."""
    if not 0 <= value <= 10:
        raise InputError(say("check.score", score=value))
    return value


def amount(value: int) -> int:
    """An amount of one day, 0 to 100,000."""
    if value < 0:
        raise InputError(say("check.negative", amount=value))
    if value > MAX_AMOUNT:
        raise InputError(say("check.too_much", most=format_number(MAX_AMOUNT)))
    return value


def amount_of(practice: Practice, value: int) -> int:
    """An amount of one day for a practice: 0 or 1 where it is yes/no, else 0 to 100,000."""
    if value > 1 and not practice.unit.spec.is_counted:
        raise InputError(say("check.yes_or_no", name=practice.name))
    return amount(value)


def note(text: str) -> str:
    """A note as it is stored: as typed, after NFC."""
    composed = unicodedata.normalize("NFC", text)
    if "\0" in composed or any("\ud800" <= c <= "\udfff" for c in composed):
        raise InputError(say("check.not_text"))
    if len(composed) > MAX_NOTE_LENGTH:
        raise InputError(say("check.long_note", length=format_number(len(composed))))
    return composed


def name(text: str) -> str:
    """A practice's name: one line, 1 to 60 characters."""
    composed = note(text).strip()
    if not composed or len(composed) > MAX_NAME_LENGTH or sanitize_line(composed) != composed:
        raise InputError(say("check.name"))
    return composed


def practice_id(value: object) -> str:
    """A practice's id: small letters, digits and hyphens."""
    if not isinstance(value, str) or not PRACTICE_ID.fullmatch(value):
        raise InputError(say("check.practice_id", text=sanitize_line(str(value), 40)))
    return value


def question(text: str) -> str:
    """A practice's question: one line."""
    composed = note(text).strip()
    if len(composed) > MAX_QUESTION_LENGTH or sanitize_line(composed) != composed:
        raise InputError(say("check.question"))
    return composed


def key(text: str) -> str | None:
    """A practice's letter, or None for none."""
    if text == "":
        return None
    if len(text) != 1 or not "a" <= text <= "z" or text in RESERVED_KEYS:
        raise InputError(say("check.key", key=text))
    return text


def days_per_week(value: int) -> int:
    """A weekly goal, 1 to 7 days."""
    if not 1 <= value <= 7:
        raise InputError(say("check.days_per_week", days=value))
    return value


def positive(value: int, what: str) -> int:
    """An amount or a step of a practice: 1 to 100,000."""
    if not 1 <= value <= MAX_AMOUNT:
        raise InputError(say("check.positive", what=what))
    return value


def whole_number(text: str) -> int:
    """Parses a typed whole number."""
    plain = text.strip()
    if not _WHOLE_NUMBER.fullmatch(plain):
        raise InputError(say("check.not_a_number", text=sanitize_line(text, 40)))
    return int(plain)


def day_words() -> tuple[DayWords, ...]:
    """The words that can be typed for a day: in the current language, and in English."""
    here = DayWords(
        say("dates.today"),
        say("dates.yesterday"),
        say("dates.tomorrow"),
        tuple(weekday_name(number).lower() for number in range(7)),
        int(say("dates.letters")),
    )
    return (here, ENGLISH)


def last_day_named(text: str, first: date, today: date) -> date:
    """Parses the typed last day of a range that begins on `first`."""
    try:
        return parse_last_day(text.strip(), first, today, day_words())
    except NotADay as error:
        raise InputError(say("check.not_a_day", text=sanitize_line(text, 40))) from error


def day_named(text: str, today: date, *, ahead: bool = False) -> date:
    """Parses a typed day up to today; with `ahead` also a future one."""
    try:
        return parse_day(text.strip(), today, ahead=ahead, words=day_words())
    except NotADay as error:
        raise InputError(say("check.not_a_day", text=sanitize_line(text, 40))) from error


def weekday_named(text: str) -> int:
    """Parses a weekday's name or the start of it; Monday = 0."""
    weekday = parse_weekday(text.strip(), day_words())
    if weekday is None:
        raise InputError(say("settings.weekday", text=sanitize_line(text, 40)))
    return weekday


def day_turn(text: str) -> time:
    """Parses when a day turns, 00:00 to 12:00: `4`, `04:00` or `0:30`."""
    match = _CLOCK.fullmatch(text.strip())
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if hour > 23 or time(hour, minute) > LATEST_TURN:
        raise InputError(say("settings.turn", text=sanitize_line(text, 40)))
    return time(hour, minute)
