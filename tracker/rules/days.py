"""Days and weeks: the day of a moment, the week of a day, and parsing of typed days."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from typing import NamedTuple

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class DayWords(NamedTuple):
    """The words for days in one language, in lower case and without accents. Where a language has
    several for the same, they stand side by side."""

    offsets: Mapping[str, int]
    """Words such as "yesterday", with days from today."""
    ago: Mapping[str, int]
    """Templates such as "{count} days ago", or without {count} for one, with the days of each."""
    weekdays: tuple[str, ...]
    """From Monday on."""
    letters: int
    """The length of the shortest accepted prefix of a weekday."""
    on: tuple[str, ...]
    """Templates for the weekday that the word alone names, such as "on {weekday}". What is before
    it can be before a date, too."""
    last: tuple[str, ...]
    """Templates for a weekday before today, such as "last {weekday}"."""
    next: tuple[str, ...]
    """Templates for a weekday after today, such as "next {weekday}"."""
    months: tuple[str, ...]
    """From January on."""
    day_before_slash: bool
    """Whether 5/11 is 5 November. In English it can also be 11 May, so that it isn't parsed."""


ENGLISH = DayWords(
    offsets={
        "today": 0,
        "tonight": 0,
        "yesterday": -1,
        "last night": -1,
        "day before yesterday": -2,
        "the day before yesterday": -2,
        "tomorrow": 1,
        "day after tomorrow": 2,
        "the day after tomorrow": 2,
    },
    ago={
        "{count} days ago": 1,
        "{count} day ago": 1,
        "a day ago": 1,
        "{count} weeks ago": 7,
        "{count} week ago": 7,
        "a week ago": 7,
    },
    weekdays=tuple(map(str.lower, WEEKDAYS)),
    letters=3,
    on=("on {weekday}",),
    last=("last {weekday}",),
    next=("next {weekday}",),
    months=tuple(map(str.lower, MONTHS)),
    day_before_slash=False,
)
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
"""The first and the last day that a diary can hold."""

# Patterns as text: `re` compiles each when it is first used, and most runs use none of them.
# date.fromisoformat alone would also take 20261124 and 2026-W48-2; pendulum takes 2026-1-1.
_ISO_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OFFSET = r"[+-][0-9]{1,6}"
_NAMED_MONTH = (
    r"(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)? ?(?:de |of )?(?P<month>[a-z]{3,10})"
    r"(?: ?(?:de |del )?(?P<year>[0-9]{4}|[0-9]{2}))?"
    r"|(?P<month_first>[a-z]{3,10}) ?(?P<second>[0-9]{1,2})(?:st|nd|rd|th)?"
    r"(?:,? (?P<last>[0-9]{4}|[0-9]{2}))?"
)
"""A date with the name of its month, which in Spanish stands between two "de"; also 23nov2026."""
_DAY_ALONE = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_DOTTED = r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})(?:\.? ?|\. ?(?P<year>[0-9]{4}|[0-9]{2}))"
"""day.month. with dots, in any language: none writes those dates in another order."""
_YEAR_FIRST = r"(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})"
_SLASHED = r"(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})(?:/(?P<year>[0-9]{4}|[0-9]{2}))?"
"""day/month; in English month/day, too, where a number above 12 says which it is."""
JUST_BEFORE = 31
"""Days before the first of a range within which a date without a year is taken to be before it,
which callers refuse, and not to be the last day of a year."""
NEAR = 62
"""Days within which a date without a year can be one to come where most days are past, or a past
one where most are to come."""
MONTHS_BACK = 12 * 9
"""Months searched for a date without a year: 29 February comes after 8 years at most."""


class _TypedDate(NamedTuple):
    """A date as it was typed, with what was left out of it."""

    day: int
    months: tuple[int, ...] = tuple(range(1, 13))
    """The months that it can be in, several where none is named."""
    year: int | None = None
    weekday: int | None = None
    """The weekday before it, Monday = 0, which it has to be."""

    @property
    def has_month(self) -> bool:
        return len(self.months) == 1


class NotADay(ValueError):
    """The text is not a day between 1900 and 2200."""


class DayOutOfRange(NotADay):
    """The text is a day, but not one between 1900 and 2200."""


class AmbiguousDay(NotADay):
    """The text is one of two days, such as 5/11 in English."""

    def __init__(self, text: str, days: tuple[date, date], *, has_year: bool) -> None:
        """`days` are those that it can be; without `has_year` their year means nothing."""
        super().__init__(text)
        self.days = days
        self.has_year = has_year


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
    latest: bool = False,
    since: date | None = None,
    words: tuple[DayWords, ...] = (ENGLISH,),
) -> date:
    """The day that a text names: today, yesterday, -3, a weekday, YYYY-MM-DD, 23.11., 23.11.2026 or
    23, and in the words of a language also 2 days ago, last monday, on 23 nov, mon 23 nov or 23 nov
    2026. Raises NotADay: DayOutOfRange for a day before 1900 or after 2200, AmbiguousDay for 5/11
    where that can be two days.

    A weekday and a day of the month are the latest ones up to today; a `last` weekday is before
    today. With `ahead` they are the next ones from today on, and tomorrow, +3 and a `next` weekday,
    which is after today, are parsed too. A date without a year is the latest one up to today, or
    a NEAR one ahead: on 8 December, 10 December is hardly that of a year ago. With `ahead` it's the
    next one, or a NEAR one in the past, with `latest` the latest one up to today, and with `since`
    the first one from that day on, but one JUST_BEFORE it. Languages are tried in order.
    """
    ordinal = _ordinal(text, today, words, ahead=ahead, latest=latest, since=since)
    if ordinal is None:
        raise _ambiguous(text) or NotADay(text)
    if not EARLIEST.toordinal() <= ordinal <= LATEST.toordinal():
        raise DayOutOfRange(text)
    return date.fromordinal(ordinal)


def parse_last_day(
    text: str, first: date, today: date, words: tuple[DayWords, ...] = (ENGLISH,)
) -> date:
    """The last day of a range that begins on `first` and can end ahead: a weekday and a day of the
    month are the next ones from `first` or, if later, today on, a `next` weekday is after that day;
    everything else is parsed by `parse_day` with `ahead` and `since`. Raises NotADay."""
    is_from_first = recurs(text, words) or _next_weekday(text.lower(), words) is not None
    start = max(first, today) if is_from_first else today
    return parse_day(text, start, ahead=True, since=first, words=words)


def recurs(text: str, words: tuple[DayWords, ...] = (ENGLISH,)) -> bool:
    """Whether a text names a weekday or a day of the month, of which there are many."""
    word = text.lower()
    typed = _typed_date(word, words)
    return _weekday(word, words) is not None or (typed is not None and not typed.has_month)


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
    text: str,
    today: date,
    words: tuple[DayWords, ...],
    *,
    ahead: bool,
    latest: bool,
    since: date | None,
) -> int | None:
    if re.fullmatch(_ISO_DAY, text):
        return _iso_ordinal(text)
    word = text.lower()
    offset = _offset(word, today.weekday(), words, ahead=ahead)
    if offset is not None:
        return today.toordinal() + offset
    typed = _typed_date(word, words)
    if typed is None:
        return None
    if typed.has_month:
        ordinal = _date_ordinal(typed, today, ahead=ahead, latest=latest, since=since)
    else:
        ordinal = _next_ordinal(typed, today) if ahead else _latest_ordinal(typed, today)
    if typed.weekday is not None and ordinal is not None:
        return ordinal if date.fromordinal(ordinal).weekday() == typed.weekday else None
    return ordinal


def _date_ordinal(
    typed: _TypedDate, today: date, *, ahead: bool, latest: bool, since: date | None
) -> int | None:
    """The day of a typed date with its month, which may lack its year."""
    start = since or today
    before, after = _latest_ordinal(typed, start), _next_ordinal(typed, start)
    if before is None or after is None or latest:
        return before or after
    days_since, days_until = start.toordinal() - before, after - start.toordinal()
    if since:
        return before if days_since <= JUST_BEFORE else after
    if days_since <= days_until:
        return after if ahead and days_since > NEAR else before
    return after if ahead or days_until <= NEAR else before


def _typed_date(word: str, words: tuple[DayWords, ...]) -> _TypedDate | None:
    """Parses `23`, `23 nov`, `nov 23`, `23.11.`, `23/11` or, where it can't be two days, `5/11`,
    with a year of four or two digits or without, `on 23 nov` and `mon, 23 nov`; None for none."""
    weekday, _, rest = word.partition(" ")
    if rest and (number := _weekday(weekday.rstrip(",."), words)) is not None:
        # Not a day alone: in Spanish, "mar 3" is 3 March.
        typed = _typed_date(rest, words)
        if typed is not None and typed.has_month:
            return typed._replace(weekday=number)
    if match := re.fullmatch(_DAY_ALONE, word):
        return _TypedDate(int(match["day"]))
    word = _without_on(word, words)
    if match := re.fullmatch(_YEAR_FIRST, word):
        return _TypedDate(int(match["day"]), (int(match["month"]),), int(match["year"]))
    if match := re.fullmatch(_DOTTED, word):
        return _TypedDate(int(match["day"]), (int(match["month"]),), _year(match["year"]))
    if match := re.fullmatch(_SLASHED, word):
        first, second = int(match["first"]), int(match["second"])
        if first > 12 or first == second or any(one.day_before_slash for one in words):
            return _TypedDate(first, (second,), _year(match["year"]))
        return _TypedDate(second, (first,), _year(match["year"])) if second > 12 else None
    if (match := re.fullmatch(_NAMED_MONTH, word)) is None:
        return None
    day, year = match["day"] or match["second"], _year(match["year"] or match["last"])
    name = match["month"] or match["month_first"]
    for language in words:
        months = [n for n, month in enumerate(language.months, 1) if month.startswith(name)]
        if len(months) == 1:
            return _TypedDate(int(day), tuple(months), year)
    return None


def _ambiguous(text: str) -> AmbiguousDay | None:
    """The error for a date with slashes that can be two days; None for other text."""
    if (match := re.fullmatch(_SLASHED, text)) is None:
        return None
    first, second, typed_year = int(match["first"]), int(match["second"]), _year(match["year"])
    if not (1 <= first <= 12 and 1 <= second <= 12):
        return None
    year = typed_year or LATEST.year
    days = date(year, second, first), date(year, first, second)
    return AmbiguousDay(text, days, has_year=bool(typed_year))


def _year(digits: str | None) -> int | None:
    """A typed year; one of two digits is in this century."""
    if not digits:
        return None
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _without_on(word: str, words: tuple[DayWords, ...]) -> str:
    """The text without the "on " of one of the languages before it."""
    for language in words:
        for template in language.on:
            before, _, after = template.partition("{weekday}")
            if before and not after and word.startswith(before):
                return word.removeprefix(before)
    return word


def _latest_ordinal(typed: _TypedDate, today: date) -> int | None:
    """The typed day; without a year the latest one up to today."""
    return _searched_ordinal(typed, today, lambda found: found <= today, -1)


def _next_ordinal(typed: _TypedDate, today: date) -> int | None:
    """The typed day; without a year the next one from today on."""
    return _searched_ordinal(typed, today, lambda found: found >= today, 1)


def _searched_ordinal(
    typed: _TypedDate, today: date, fits: Callable[[date], bool], step: int
) -> int | None:
    """The typed day; without a year the first that fits, month by month from today."""
    if typed.year is not None:
        return _iso_ordinal(f"{typed.year:04}-{typed.months[0]:02}-{typed.day:02}")
    for months in range(0, MONTHS_BACK * step, step):
        years, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        with suppress(ValueError):
            found = date(years, month + 1, typed.day)
            if month + 1 in typed.months and fits(found):
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
        offset = language.offsets.get(word)
        if offset is not None:
            return offset if ahead or offset <= 0 else None
        for template, days in language.ago.items():
            pattern = re.escape(template).replace(re.escape("{count}"), "([0-9]{1,4})")
            if match := re.fullmatch(pattern, word):
                return -days * int(match[1] if match.lastindex else 1)
    if re.fullmatch(_OFFSET, word):
        return int(word) if ahead or word.startswith("-") else None
    if (wanted := _weekday(word, words)) is not None:
        return (wanted - weekday) % 7 if ahead else -((weekday - wanted) % 7)
    if (wanted := _weekday_in(word, words, lambda language: language.last)) is not None:
        return -((weekday - wanted - 1) % 7 + 1)
    if ahead and (wanted := _next_weekday(word, words)) is not None:
        return (wanted - weekday - 1) % 7 + 1
    return None


def _weekday(word: str, words: tuple[DayWords, ...]) -> int | None:
    """The weekday that `monday` or `on monday` names, Monday = 0; None for none."""
    alone = parse_weekday(word, words)
    return _weekday_in(word, words, lambda language: language.on) if alone is None else alone


def _next_weekday(word: str, words: tuple[DayWords, ...]) -> int | None:
    """The weekday that `next monday` names, Monday = 0; None for none."""
    return _weekday_in(word, words, lambda language: language.next)


def _weekday_in(
    word: str, words: tuple[DayWords, ...], templates: Callable[[DayWords], tuple[str, ...]]
) -> int | None:
    """The weekday in a text that has the form of one of a language's templates; None for none."""
    for language in words:
        for template in templates(language):
            before, _, after = template.partition("{weekday}")
            if len(word) > len(before + after) and word.startswith(before) and word.endswith(after):
                inner = word.removeprefix(before).removesuffix(after)
                if (wanted := parse_weekday(inner, (language,))) is not None:
                    return wanted
    return None
