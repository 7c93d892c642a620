"""Which day it is, which week it falls in, and the days people type and read."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
"""The days a person can name."""

# date.fromisoformat alone would also take 20261124 and 2026-W48-2; pendulum takes 2026-1-1.
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OFFSET = re.compile(r"[+-][0-9]{1,6}")


class NotADay(ValueError):
    """What was typed names no day between 1900 and 2200."""


def day_of(moment: datetime, turns_at: time) -> date:
    """The day that an aware local moment belongs to: until turns_at (00:00 to 12:00), yesterday."""
    return date.fromordinal(moment.toordinal() - (moment.time() < turns_at))


def week_of(day: date, starts_on: int) -> date:
    """The first day of day's week; weeks start on starts_on, Monday = 0 to Sunday = 6."""
    return date.fromordinal(day.toordinal() - (day.weekday() - starts_on) % 7)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from first to last, both included; none when first is the later one."""
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def parse_day(text: str, today: date, *, ahead: bool = False) -> date:
    """The day that text names: today, yesterday, -3, a weekday, YYYY-MM-DD; else raises NotADay.

    A weekday is the latest one up to today. With ahead it is the next one from today, and
    tomorrow and +3 are understood as well.
    """
    ordinal = _ordinal(text, today, ahead=ahead)
    if ordinal is None or not EARLIEST.toordinal() <= ordinal <= LATEST.toordinal():
        raise NotADay(text)
    return date.fromordinal(ordinal)


def parse_last_day(text: str, first: date, today: date) -> date:
    """The last day of a time that begins on `first`: a weekday is the next one from there, all
    else is as `parse_day` has it from today, days ahead too. Raises NotADay."""
    is_weekday = len(text) >= 3 and any(name.lower().startswith(text.lower()) for name in WEEKDAYS)
    return parse_day(text, max(first, today) if is_weekday else today, ahead=True)


def spoken(day: date, *, year: bool = False) -> str:
    """The day as one would say it, "Tuesday 24 November", in English whatever the locale."""
    said = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return f"{said} {day.year}" if year else said


def spoken_short(day: date) -> str:
    """The day in little room, "Tue 24 Nov", in English whatever the locale."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def spoken_lately(day: date, today: date) -> str:
    """When a past day was, as one would say it: "today", "yesterday", "on Sunday" within the
    last week, "on 12 November", "on 12 November 2025"."""
    back = (today - day).days
    if back in (0, 1):
        return ("today", "yesterday")[back]
    if 1 < back < 7:
        return f"on {WEEKDAYS[day.weekday()]}"
    said = f"on {day.day} {MONTHS[day.month - 1]}"
    return said if day.year == today.year else f"{said} {day.year}"


def how_long(day: date, today: date) -> str:
    """How much time lies between two days, in the largest unit that fits: "3 weeks", "1 year"."""
    # Loaded here: a prompt asks for today's figures, and pendulum takes its time.
    import pendulum

    first, last = (pendulum.date(one.year, one.month, one.day) for one in (day, today))
    return first.diff_for_humans(last, absolute=True)


def _ordinal(text: str, today: date, *, ahead: bool) -> int | None:
    if _ISO_DAY.fullmatch(text):
        return _iso_ordinal(text)
    offset = _offset(text.lower(), today.weekday(), ahead=ahead)
    return None if offset is None else today.toordinal() + offset


def _iso_ordinal(text: str) -> int | None:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def _offset(word: str, weekday: int, *, ahead: bool) -> int | None:
    """Days from today, itself a weekday 0 to 6, to the day that a word or number names."""
    named = {"today": 0, "yesterday": -1} | ({"tomorrow": 1} if ahead else {})
    if word in named:
        return named[word]
    if _OFFSET.fullmatch(word):
        return int(word) if ahead or word.startswith("-") else None
    if len(word) < 3:
        return None
    for wanted, name in enumerate(WEEKDAYS):
        if name.lower().startswith(word):
            return (wanted - weekday) % 7 if ahead else -((weekday - wanted) % 7)
    return None
