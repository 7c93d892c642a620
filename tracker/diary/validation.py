"""Validates and parses input. Every function returns the valid value or raises InputError."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker import clock
from tracker.errors import InputError, UnrecognizedText
from tracker.i18n.date_format import format_day, month_names, sentence_case, weekday_name
from tracker.i18n.messages import (
    SOURCE_LANGUAGE,
    _,
    format_number,
    language,
    pgettext,
    round_half_up,
)
from tracker.models import (
    HIGHEST_SCORE,
    MAX_AMOUNT,
    MAX_NOTE_LENGTH,
    PRACTICE_ID,
    PRACTICE_LETTERS,
    Practice,
    Unit,
)
from tracker.rules.days import (
    EARLIEST,
    ENGLISH,
    LATEST,
    MONTHS,
    AmbiguousDay,
    DayOutOfRange,
    DayWords,
    NotADay,
    parse_day,
    parse_last_day,
    parse_weekday,
    recurs,
)
from tracker.rules.folding import fold
from tracker.sanitize import sanitize_line
from tracker.store.row_mapping import LATEST_TURN, MAX_LINE_LENGTH, MAX_LINES, is_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.views import Period

MAX_NAME_LENGTH, MAX_QUESTION_LENGTH = 60, 200
"""Characters in a practice's name, and in its question."""

MINUTES_OF_A_DAY = 1440

MAX_DAYS = 36_525
"""The largest number of days that a view of calm covers: a hundred years."""

# Patterns as text: `re` compiles each when it is first used, and a run uses one or none.
_TIME = r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])"
_HALF_DAY = r"(0?[1-9]|1[0-2])(?:[:.]([0-5][0-9]))? ?([ap])\.?m\.?"
_CLOCK = r"([0-9]{1,2})(?:[:.]([0-5][0-9]))?(?i: ?(?:uhr|h))?"
_HOURS = r"(?:h|hrs?|hours?|std\.?|stunden?|horas?)"
_MINUTES = r"(?:m|mins?\.?|minutes?|minuten|minutos?)"
_DURATION = (
    rf"(?i:[+-]?(?:(?P<h>[0-9]{{1,4}}):(?P<mm>[0-5][0-9])"
    rf"|(?P<decimal>[0-9]{{1,4}}[.,][0-9]{{1,2}}) ?{_HOURS}"
    rf"|(?P<hours>[0-9]{{1,4}}) ?{_HOURS}(?: ?(?P<rest>[0-9]{{1,6}})(?: ?{_MINUTES})?)?"
    rf"|(?P<minutes>[0-9]{{1,6}}) ?{_MINUTES}))"
)
"""25m, 1h, 1h30, 1.5h, 1,5 h or 1:30, with the units of every language: none of them means another
thing in another language."""
_PERIOD = r"(?P<year>[0-9]{4})(?:-(?P<month>0[1-9]|1[0-2]))?"
_MONTH_NUMBER = r"0?[1-9]|1[0-2]"
_NAMED_MONTH = r"(?P<month>[^\W\d_]{3,})(?: (?P<year>[0-9]{4}))?"
_WHOLE_NUMBER = r"[+-]?[0-9]{1,40}"


def day_that_was(day: date, today: date) -> date:
    """A day that can be logged: not in the future, not before 1900."""
    if day > today:
        if day == clock.now().date():
            # Between midnight and the turn of the day.
            raise InputError(
                _("{day} hasn't begun yet: until your day turns, it's still {today}.").format(
                    day=sentence_case(format_day(day)), today=format_day(today)
                )
            )
        raise InputError(
            _("{day} is in the future. You can only plan rest days ahead.").format(
                day=format_day(day, year=True)
            )
        )
    return day_for_rest(day)


def day_with_figures(day: date, today: date) -> date:
    """A day that figures can be shown for: not in the future, not before 1900."""
    if day > today:
        raise InputError(
            _("{day} is in the future, so there are no figures yet.").format(
                day=format_day(day, year=True)
            )
        )
    return day_for_rest(day)


def day_to_change(day: date, today: date, *, is_logged: bool) -> date:
    """A day whose entry can be changed: not in the future, unless something `is_logged` on it: then
    a clock was wrong."""
    return day_for_rest(day) if is_logged else day_that_was(day, today)


def day_for_rest(day: date) -> date:
    """A day that can be a rest day: also a future one."""
    if not EARLIEST <= day <= LATEST:
        raise _out_of_range(day.isoformat())
    return day


def days_in_order(first: date | None, last: date | None) -> None:
    """Checks that a range of days, unbounded where one is None, doesn't end before it begins."""
    if first is not None and last is not None and last < first:
        raise InputError(
            _("The first day, {first}, is after the last day, {last}. Swap them.").format(
                first=format_day(first, year=True), last=format_day(last, year=True)
            )
        )


def year(value: int) -> int:
    """A year that a diary can hold: 1900 to 2200."""
    if not EARLIEST.year <= value <= LATEST.year:
        raise InputError(
            _("{year} is out of range. A diary covers the years 1900 to 2200.").format(year=value)
        )
    return value


def span(days: int) -> int:
    """The number of days of a view: 1 to MAX_DAYS."""
    if not 1 <= days <= MAX_DAYS:
        raise InputError(
            _("You can look back 1 to {most} days.").format(most=format_number(MAX_DAYS))
        )
    return days


def score(value: int) -> int:
    """A calm score, 0 to 10."""
    if not 0 <= value <= HIGHEST_SCORE:
        raise InputError(_("Calm is a whole number from 0 to 10, not {score}.").format(score=value))
    return value


def amount(value: int) -> int:
    """An amount of one day, 0 to 100,000."""
    if value < 0:
        raise InputError(
            _(
                "The amount must be 0 or more, not {amount}. To log that you didn't do "
                "the practice, use 0."
            ).format(amount=value)
        )
    if value > MAX_AMOUNT:
        raise InputError(
            _("The amount for one day can be at most {most}.").format(
                most=format_number(MAX_AMOUNT)
            )
        )
    return value


def amount_of(practice: Practice, value: int) -> int:
    """An amount of one day for a practice, as `amount_in` its unit."""
    return amount_in(practice.unit, practice.name, value)


def amount_in(unit: Unit, name: str, value: int) -> int:
    """An amount of one day for the practice called `name`: 0 or 1 where it is yes/no, up to 1,440
    where it is in minutes, else 0 to 100,000."""
    if value > 1 and not unit.spec.is_counted:
        raise _not_counted(name)
    if unit is Unit.MINUTES and value > MINUTES_OF_A_DAY:
        raise InputError(
            _("{name}: {amount} minutes is more than the 24 hours of a day.").format(
                name=name, amount=format_number(value)
            )
        )
    return amount(value)


def _not_counted(name: str) -> InputError:
    return InputError(_("{name} is a yes/no practice. Its amount is 1 or 0.").format(name=name))


def note(text: str) -> str:
    """A note as it is stored: as typed, after NFC; blanks alone are no note."""
    composed = unicodedata.normalize("NFC", text) if text.strip() else ""
    if "\0" in composed or any("\ud800" <= c <= "\udfff" for c in composed):
        raise unstorable_note()
    if len(composed) > MAX_NOTE_LENGTH:
        raise InputError(
            _(
                "A note can have up to 10,000 characters, but this one has {length}. Please "
                "shorten it."
            ).format(length=format_number(len(composed)))
        )
    return composed


def shortened_note(text: str) -> str:
    """The beginning of a text, as much of it as `note` accepts."""
    return unicodedata.normalize("NFC", text)[:MAX_NOTE_LENGTH]


def unstorable_note() -> InputError:
    """The error for a note with NUL or a lone surrogate."""
    return InputError(
        _(
            "This note has characters that calmtrack can't save. Remove them, or "
            "type the note again."
        )
    )


def own_lines(texts: Iterable[str], *, invalid: str, too_many: str) -> tuple[str, ...]:
    """Questions or support messages of the person's own: each a line, and once. The errors have
    {longest} for the characters of a line, and {most} for the number of lines."""
    lines = tuple(dict.fromkeys(note(text).strip() for text in texts))
    if not all(map(is_line, lines)):
        raise InputError(invalid.format(longest=MAX_LINE_LENGTH))
    if len(lines) > MAX_LINES:
        raise InputError(too_many.format(most=MAX_LINES))
    return lines


def name(text: str) -> str:
    """A practice's name: one line, 1 to 60 characters."""
    composed = note(text).strip()
    if not composed or len(composed) > MAX_NAME_LENGTH or sanitize_line(composed) != composed:
        raise InputError(_("A practice's name must be one line of 1 to 60 characters."))
    return composed


def practice_id(value: object) -> str:
    """A practice's id: small letters, digits and hyphens."""
    if not isinstance(value, str) or not PRACTICE_ID.fullmatch(value):
        raise InputError(
            _(
                "\"{text}\" can't be a practice's id. Ids have only lowercase letters, "
                "digits and hyphens. Nothing was changed."
            ).format(text=sanitize_line(str(value), 40))
        )
    return value


def question(text: str) -> str:
    """A practice's question: one line."""
    composed = note(text).strip()
    if len(composed) > MAX_QUESTION_LENGTH or sanitize_line(composed) != composed:
        raise InputError(_("A practice's question must be one line of at most 200 characters."))
    return composed


def key(text: str) -> str | None:
    """A practice's letter, or None for none. A capital is the same letter: Caps Lock may be on."""
    if text == "":
        return None
    letter = text.casefold()
    if letter not in PRACTICE_LETTERS:
        raise InputError(
            _(
                "\"{key}\" can't be a practice's letter. Use a letter from a to z, except q, "
                "u, n, z, e and x."
            ).format(key=text)
        )
    return letter


def days_per_week(value: int) -> int:
    """A weekly goal, 1 to 7 days."""
    if not 1 <= value <= 7:
        raise InputError(_("A weekly goal can be 1 to 7 days, not {days}.").format(days=value))
    return value


def unit(text: str) -> Unit:
    try:
        return Unit(text)
    except ValueError as error:
        raise InputError(
            _('"{unit}" isn\'t a unit. Use yes/no, times or minutes.').format(unit=text)
        ) from error


def positive(value: int, what: str) -> int:
    """An amount or a step of a practice: 1 to 100,000."""
    if not 1 <= value <= MAX_AMOUNT:
        raise InputError(
            _("The {what} of a practice must be a whole number from 1 to 100,000.").format(
                what=what
            )
        )
    return value


def goal_number(text: str, unit: str) -> int:
    """Parses a typed daily goal or step: a whole number, or for minutes also a duration."""
    plain = text.strip()
    return minutes(text) if unit == Unit.MINUTES and plain[:1] not in "+-" else whole_number(text)


def is_duration(text: str) -> bool:
    """Whether it is a number of minutes with a unit, such as 25m, 1h30, 1.5h or 1:30."""
    return re.fullmatch(_DURATION, text.strip()) is not None


def minutes(text: str) -> int:
    """Parses typed minutes: a whole number or a duration, perhaps with a sign."""
    plain = text.strip()
    if not plain or re.fullmatch(_WHOLE_NUMBER, plain):
        return whole_number(text)
    match = re.fullmatch(_DURATION, plain)
    if match is None:
        raise InputError(
            _('"{text}" isn\'t a number of minutes. Write it like 25, 25m or 1h30.').format(
                text=sanitize_line(text, 40)
            )
        )
    if decimal := match["decimal"]:
        number = round_half_up(float(decimal.replace(",", ".")) * 60)
    else:
        number = int(match["h"] or match["hours"] or 0) * 60
        number += int(match["mm"] or match["rest"] or match["minutes"] or 0)
    return -number if plain.startswith("-") else number


def whole_number(text: str) -> int:
    """Parses a typed whole number."""
    plain = text.strip()
    if not plain:
        raise InputError(_("Enter a whole number."))
    if not re.fullmatch(_WHOLE_NUMBER, plain):
        raise InputError(_('"{text}" isn\'t a whole number.').format(text=sanitize_line(text, 40)))
    return int(plain)


class TypedAmount(NamedTuple):
    """What a day's amount becomes, or what is added to it; with neither, one press is logged."""

    set_to: int | None = None
    more: int | None = None


def amount_typed(text: str, *practices: Practice) -> TypedAmount:
    """Parses a typed amount: a whole number or a duration, which a `+` before it adds to the
    day's. Raises InputError for an amount that one of the practices can't have."""
    number = max(_number_for(practice, text) for practice in practices)
    if not text.strip().startswith("+"):
        for practice in practices:
            amount_of(practice, number)
        return TypedAmount(set_to=number)
    if number == 0:
        # Adding nothing to nothing would be stored as an explicit no.
        raise InputError(_("The amount to add must be +1 or more. To log a no, use 0."))
    return TypedAmount(more=number)


def _number_for(practice: Practice, text: str) -> int:
    if is_duration(text) and not practice.unit.spec.is_counted:
        raise _not_counted(practice.name)
    return number_typed(text, practice.name, is_minutes=practice.unit is Unit.MINUTES)


def number_typed(text: str, name: str, *, is_minutes: bool) -> int:
    """Parses a typed number of a practice with this name; in minutes also a duration."""
    if is_minutes:
        return minutes(text)
    if is_duration(text):
        raise InputError(
            _('{name} isn\'t counted in minutes. Use a whole number instead of "{text}".').format(
                name=name, text=sanitize_line(text, 40)
            )
        )
    return whole_number(text)


def day_words() -> tuple[DayWords, ...]:
    """The words that can be typed for a day, in the current language and in English. Both they and
    the typed text are folded, so that "sab" and "miercoles" are understood."""
    if language() == SOURCE_LANGUAGE:
        return (ENGLISH,)
    last_night = pgettext("a typed day", "yesterday evening|last night")
    before_yesterday = pgettext("a typed day", "day before yesterday|the day before yesterday")
    after_tomorrow = pgettext("a typed day", "day after tomorrow|the day after tomorrow")
    days_ago = pgettext("a typed day", "{count} days ago|{count} day ago|a day ago")
    weeks_ago = pgettext("a typed day", "{count} weeks ago|{count} week ago|a week ago")
    here = DayWords(
        offsets={
            fold(_("today")): 0,
            **dict.fromkeys(_alternatives(pgettext("a typed day", "tonight")), 0),
            fold(_("yesterday")): -1,
            **dict.fromkeys(_alternatives(last_night), -1),
            **dict.fromkeys(_alternatives(before_yesterday), -2),
            fold(_("tomorrow")): 1,
            **dict.fromkeys(_alternatives(after_tomorrow), 2),
        },
        ago={
            **dict.fromkeys(_alternatives(days_ago), 1),
            **dict.fromkeys(_alternatives(weeks_ago), 7),
        },
        weekdays=tuple(fold(weekday_name(number)) for number in range(7)),
        letters=int(pgettext("letters that tell two weekdays apart", "3")),
        on=_alternatives(pgettext("a typed day", "on {weekday}")),
        last=_alternatives(pgettext("a typed day", "last {weekday}")),
        next=_alternatives(pgettext("a typed day", "next {weekday}")),
        months=tuple(map(fold, month_names())),
        day_before_slash=pgettext("whether 5/11 is always 5 November: yes or no", "no") == "yes",
    )
    return (here, ENGLISH)


def _alternatives(message: str) -> tuple[str, ...]:
    """The typed forms in a message, in which | separates them."""
    return tuple(map(fold, message.split("|")))


def rest_range_named(first: str | None, last: str | None, today: date) -> tuple[date, date]:
    """Parses the typed first and last rest day. Without a first one it's today, without a last one
    the first. A weekday or day of the month is the next one from today on; as the first one, where
    the last isn't ahead, it's the latest one up to the last: `thu` to `yesterday`."""
    start = today if first is None else day_named(first, today, ahead=True)
    if last is None:
        return start, start
    try:
        end = parse_last_day(fold(last.strip()), start, today, day_words())
    except NotADay as error:
        raise _day_error(last, error) from error
    if (
        end <= today
        and end < start
        and first is not None
        and recurs(fold(first.strip()), day_words())
    ):
        start = day_named(first, end)
    return start, end


def day_named(
    text: str,
    today: date,
    *,
    ahead: bool = False,
    latest: bool = False,
    since: date | None = None,
) -> date:
    """Parses a typed day. A weekday is the latest one up to today, or with `ahead` the next one
    from today on. Future days, such as +3, are parsed either way: callers refuse them. A date
    without a year is past or soon, with `ahead` ahead or a recent one, with `latest` the latest one
    up to today, with `since` the first one from that day on."""
    words = day_words()
    try:
        return parse_day(
            fold(text.strip()), today, ahead=ahead, latest=latest, since=since, words=words
        )
    except NotADay as error:
        if not ahead:
            return day_named(text, today, ahead=True, latest=latest, since=since)
        raise _day_error(text, error) from error


def _day_error(text: str, error: NotADay) -> InputError:
    if isinstance(error, DayOutOfRange):
        return _out_of_range(sanitize_line(text.strip(), 40))
    if isinstance(error, AmbiguousDay):
        from tracker.i18n.date_format import format_date

        one, other = (format_date(day, year=error.has_year) for day in error.days)
        return InputError(
            _('"{text}" can be {one} or {other}. Type one of these.').format(
                text=sanitize_line(text, 40), one=one, other=other
            )
        )
    return UnrecognizedText(
        _(
            'I don\'t recognise the date "{text}". Try today, yesterday, -3, mon or 2026-11-24.'
        ).format(text=sanitize_line(text, 40))
    )


def _out_of_range(day: str) -> InputError:
    return InputError(
        _("{day} is out of range. A diary covers the years 1900 to 2200.").format(day=day)
    )


def period_named(text: str, today: date, *, month_numbers: bool = False) -> Period:
    """Parses a month like 2026-11, november, nov 2025 or last month, or a year like 2026 or last
    year; years are 1900 to 2200. A month without a year is the latest one that has begun. With
    `month_numbers`, 3 is March."""
    from tracker.views import Period

    plain = text.strip()
    if month_numbers and re.fullmatch(_MONTH_NUMBER, plain):
        return _latest_month(int(plain), today)
    this_month, this_year = Period(today.year, today.month), Period(today.year)
    for english, here, period in (
        ("this month", pgettext("a typed period", "this month"), this_month),
        ("last month", pgettext("a typed period", "last month"), this_month.shifted(-1)),
        ("this year", pgettext("a typed period", "this year"), this_year),
        ("last year", pgettext("a typed period", "last year"), this_year.shifted(-1)),
    ):
        if fold(plain) in (english, *_alternatives(here)):
            return period
    match = re.fullmatch(_PERIOD, plain)
    if match is not None:
        return Period(year(int(match["year"])), int(match["month"]) if match["month"] else None)
    named = re.fullmatch(_NAMED_MONTH, plain)
    month = None if named is None else _month_named(named["month"])
    if named is None or month is None:
        raise UnrecognizedText(
            _(
                'I don\'t recognise "{text}". Use a month like 2026-11 or november, or a year like '
                "2026."
            ).format(text=sanitize_line(text, 40))
        )
    if named["year"]:
        return Period(year(int(named["year"])), month)
    return _latest_month(month, today)


def week_named(text: str, today: date) -> date | None:
    """A day of the week that `this week`, `last week` or `next week` names; None for other text."""
    for english, here, days in (
        ("this week", pgettext("a typed period", "this week"), 0),
        ("last week", pgettext("a typed period", "last week"), -7),
        ("next week", pgettext("a typed period", "next week"), 7),
    ):
        if fold(text.strip()) in (english, *_alternatives(here)):
            return today + timedelta(days=days)
    return None


def _latest_month(month: int, today: date) -> Period:
    from tracker.views import Period

    return Period(today.year - (month > today.month), month)


def period_or_day_named(text: str, today: date, *, month_numbers: bool = False) -> Period | date:
    """As `period_named`, or the day where the text names one, such as yesterday; with
    `month_numbers`, a number alone is no day. Raises UnrecognizedText, or another InputError for
    one out of range."""
    try:
        return period_named(text, today, month_numbers=month_numbers)
    except UnrecognizedText:
        if not (month_numbers and text.strip().isdecimal()):
            with suppress(UnrecognizedText):
                return day_named(text, today)
        raise


def _month_named(text: str) -> int | None:
    """The month, 1 to 12, that a word of this language or of English names or begins to name."""
    word = fold(text)
    for names in (month_names(), MONTHS):
        for number, name in enumerate(names, 1):
            if fold(name).startswith(word):
                return number
    return None


def weekday_named(text: str) -> int:
    """Parses a weekday's name or the start of it; Monday = 0."""
    weekday = parse_weekday(fold(text.strip()), day_words())
    if weekday is None:
        raise InputError(
            _('I don\'t recognise the weekday "{text}". Use monday to sunday.').format(
                text=sanitize_line(text, 40)
            )
        )
    return weekday


def time_of_day(text: str) -> time:
    """Parses a time of day like 21:30, 9pm or 9:30 pm."""
    match = re.fullmatch(_TIME, text.strip())
    if match is None and (half := re.fullmatch(_HALF_DAY, text.strip().casefold())) is not None:
        hour = int(half[1]) % 12 + (12 if half[3] == "p" else 0)
        return time(hour, int(half[2] or 0))
    if match is None:
        raise InputError(
            _('"{text}" isn\'t a time of day. Use one like 21:30.').format(
                text=sanitize_line(text, 40)
            )
        )
    return time(int(match[1]), int(match[2]))


def day_turn(text: str) -> time:
    """Parses when a day turns, 00:00 to 12:00: `4`, `04:00`, `0:30` or `4 Uhr`."""
    match = re.fullmatch(_CLOCK, text.strip())
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if hour > 23:
        raise _not_a_turn(text)
    return turn_of_day(time(hour, minute), text)


def turn_of_day(turn: time, text: str = "") -> time:
    """A time at which a day can turn, 00:00 to 12:00; `text` is how it was typed."""
    if turn > LATEST_TURN:
        raise _not_a_turn(text or turn.isoformat("minutes"))
    return turn


def _not_a_turn(text: str) -> InputError:
    return InputError(
        _(
            'A new day can start between 00:00 and 12:00. Use a time like 04:00, not "{text}".'
        ).format(text=sanitize_line(text, 40))
    )
