"""Days and weeks: the day of a moment, the week of a day, and parsing of typed days."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time
from typing import NamedTuple

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class DayWords(NamedTuple):
    """The words for days in one language, in lower case and without accents."""

    today: str
    yesterday: str
    tomorrow: str
    weekdays: tuple[str, ...]
    """From Monday on."""
    letters: int
    """The length of the shortest accepted prefix of a weekday."""


ENGLISH = DayWords("today", "yesterday", "tomorrow", tuple(map(str.lower, WEEKDAYS)), 3)
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
"""The first and the last day that a diary can hold."""

# Patterns as text: `re` compiles each when it is first used, and most runs use none of them.
# date.fromisoformat alone would also take 20261124 and 2026-W48-2; pendulum takes 2026-1-1.
_ISO_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OFFSET = r"[+-][0-9]{1,6}"
_DATE = (
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: (?P<month>[a-z]{3,9}))?"
    r"|(?P<month_first>[a-z]{3,9}) (?P<second>[0-9]{1,2})(?:st|nd|rd|th)?"
    r"|(?P<before_dot>[0-9]{1,2})\. ?(?P<number>[0-9]{1,2})(?:\.? ?|\. ?(?P<year>[0-9]{4}))"
)
"""A date in English, or in any language as day.month. with dots: no language writes those dates in
another order."""
_LAST, _NEXT = "last ", "next "
MONTHS_BACK = 12 * 9
"""Months searched for a date without a year: 29 February comes after 8 years at most."""


class NotADay(ValueError):
    """The text is not a day between 1900 and 2200."""


class DayOutOfRange(NotADay):
    """The text is a day, but not one between 1900 and 2200."""


def day_of(moment: datetime, turns_at: time) -> date:
    """The diary day of an aware local time: before `turns_at` (00:00 to 12:00) the day before."""
    return date.fromordinal(moment.toordinal() - (moment.time() < turns_at))


def week_of(day: date, starts_on: int) -> date:
    """The first day of day's week; weeks start on starts_on, Monday = 0 to Sunday = 6."""
    return date.fromordinal(day.toordinal() - (day.weekday() - starts_on) % 7)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from first to last, both included; none when first is the later one."""
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def days_by_month(days: Iterable[date]) -> tuple[int, ...]:
    """The number of the days in each month, January first."""
    counts = Counter(day.month for day in days)
    return tuple(counts[month] for month in range(1, 13))


def parse_day(
    text: str,
    today: date,
    *,
    ahead: bool = False,
    nearest: bool = False,
    words: tuple[DayWords, ...] = (ENGLISH,),
) -> date:
    """The day that a text names: today, yesterday, -3, a weekday, YYYY-MM-DD, 23.11. or 23.11.2026,
    and in English 23, 23 nov or last monday. Raises NotADay, or DayOutOfRange for a day before 1900
    or after 2200.

    A weekday, a day of the month and a date without a year are the latest ones up to today; a
    `last` weekday is before today. With `ahead` they are the next ones from today on, and
    tomorrow, +3 and a `next` weekday, which is after today, are parsed too. With `nearest`, a date
    without a year is the one nearest to today. Languages are tried in order.
    """
    ordinal = _ordinal(text, today, words, ahead=ahead, nearest=nearest)
    if ordinal is None:
        raise NotADay(text)
    if not EARLIEST.toordinal() <= ordinal <= LATEST.toordinal():
        raise DayOutOfRange(text)
    return date.fromordinal(ordinal)


def parse_last_day(
    text: str, first: date, today: date, words: tuple[DayWords, ...] = (ENGLISH,)
) -> date:
    """The last day of a range that begins on `first`: a weekday and a day of the month are the next
    ones from `first` or, if later, today on; a date without a year is the nearest to `first`, so
    that one just before it isn't taken for a year later; everything else is parsed by `parse_day`
    with `ahead`. Raises NotADay."""
    match = re.fullmatch(_DATE, text.lower())
    if match is not None and _has_month(match):
        return parse_day(text, first, nearest=True, words=words)
    if match is not None or parse_weekday(text, words) is not None:
        start = max(first, today)
    else:
        start = today
    return parse_day(text, start, ahead=True, words=words)


def parse_weekday(text: str, words: tuple[DayWords, ...] = (ENGLISH,)) -> int | None:
    """The weekday that text names or begins to name, Monday = 0; None for none."""
    word = text.lower()
    for language in words:
        if len(word) >= language.letters:
            for number, name in enumerate(language.weekdays):
                if name.startswith(word):
                    return number
    return None


def _ordinal(
    text: str, today: date, words: tuple[DayWords, ...], *, ahead: bool, nearest: bool
) -> int | None:
    if re.fullmatch(_ISO_DAY, text):
        return _iso_ordinal(text)
    word = text.lower()
    offset = _offset(word, today.weekday(), words, ahead=ahead)
    if offset is not None:
        return today.toordinal() + offset
    if word.startswith(_LAST) and (wanted := parse_weekday(word[len(_LAST) :])) is not None:
        return today.toordinal() - ((today.weekday() - wanted - 1) % 7 + 1)
    if (
        ahead
        and word.startswith(_NEXT)
        and (wanted := parse_weekday(word[len(_NEXT) :])) is not None
    ):
        return today.toordinal() + (wanted - today.weekday() - 1) % 7 + 1
    return _date_ordinal(word, today, ahead=ahead, nearest=nearest)


def _date_ordinal(word: str, today: date, *, ahead: bool, nearest: bool) -> int | None:
    """The day that `23`, `23 nov`, `nov 23`, `23.11.` or `23.11.2026` names; None for none."""
    match = re.fullmatch(_DATE, word)
    if match is None:
        return None
    if match["year"]:
        return _iso_ordinal(f"{match['year']}-{match['number']:>02}-{match['before_dot']:>02}")
    if not nearest or not _has_month(match):
        return _without_year(match, today, ahead=ahead)
    both = (_without_year(match, today, ahead=ahead) for ahead in (False, True))
    return min(filter(None, both), key=lambda one: abs(one - today.toordinal()), default=None)


def _has_month(match: re.Match[str]) -> bool:
    """Whether a text that _DATE matches names a month, and not only a day of it."""
    return bool(match["month"] or match["month_first"] or match["number"])


def _without_year(match: re.Match[str], today: date, *, ahead: bool) -> int | None:
    """The latest day up to today, or with `ahead` the next one, that a match of _DATE names."""
    name = match["month"] or match["month_first"] or ""
    months = [number for number, one in enumerate(MONTHS, 1) if one.lower().startswith(name)]
    if match["number"]:
        months = [int(match["number"])]
    day = int(match["day"] or match["second"] or match["before_dot"])
    for back in range(MONTHS_BACK):
        years, month = divmod(today.year * 12 + today.month - 1 + (back if ahead else -back), 12)
        with suppress(ValueError):
            found = date(years, month + 1, day)
            if month + 1 in months and (found >= today if ahead else found <= today):
                return found.toordinal()
    return None


def _iso_ordinal(text: str) -> int | None:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def _offset(word: str, weekday: int, words: tuple[DayWords, ...], *, ahead: bool) -> int | None:
    """Days from today, itself a weekday 0 to 6, to the day that a word or number names."""
    for language in words:
        named = {language.today: 0, language.yesterday: -1}
        named |= {language.tomorrow: 1} if ahead else {}
        if word in named:
            return named[word]
    if re.fullmatch(_OFFSET, word):
        return int(word) if ahead or word.startswith("-") else None
    wanted = parse_weekday(word, words)
    if wanted is None:
        return None
    return (wanted - weekday) % 7 if ahead else -((weekday - wanted) % 7)
