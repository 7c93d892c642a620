"""Formats days, weekdays, months and ages in the language of this run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Literal

from tracker.i18n.messages import (
    N_,
    _,
    in_every_language,
    in_language,
    ngettext,
    npgettext,
    pgettext,
)

WEEKDAYS = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday")),
    *(N_("Saturday"), N_("Sunday")),
)
WEEKDAYS_SHORT = (*(N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun")),)
MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November")),
    N_("December"),
)
SEASONS = {
    N_("spring"): (3, 4, 5),
    N_("summer"): (6, 7, 8),
    N_("autumn"): (9, 10, 11),
    N_("winter"): (12, 1, 2),
}
"""The months of each season: whole months, as in meteorology, of the northern hemisphere."""


def weekday_name(number: int) -> str:
    """The weekday's name; Monday is 0."""
    return _(WEEKDAYS[number])


def weekday_short(number: int) -> str:
    """The abbreviated name: "Mon", "Mo"."""
    return _(WEEKDAYS_SHORT[number])


def weekday_two(number: int) -> str:
    """The first two letters, for a narrow column."""
    return weekday_name(number)[:2]


def month_names() -> list[str]:
    """The names of the twelve months."""
    return [_(month) for month in MONTHS]


@cache
def month_numbers() -> Mapping[str, tuple[int, ...]]:
    """The names of months and seasons in every language, each with the numbers of its months, from
    1 to 12."""
    months = {month: (number,) for number, month in enumerate(MONTHS, start=1)}
    return {
        name: numbers
        for message, numbers in {**months, **SEASONS}.items()
        for name in in_every_language(message)
    }


@cache
def short_month_numbers() -> Mapping[str, tuple[int, ...]]:
    """The first three letters of the months in every language, as `month_numbers`."""
    return {
        name[:3]: (number,)
        for number, month in enumerate(MONTHS, start=1)
        for name in in_every_language(month)
    }


def format_day(day: date, *, year: bool = False) -> str:
    """ "Tuesday 24 November", with `year` "Tuesday 24 November 2026"."""
    weekday = weekday_name(day.weekday())
    return _("{weekday} {date}").format(weekday=weekday, date=format_date(day, year=year))


def sentence_case(text: str) -> str:
    """A text with a capital at its start: Spanish weekdays have none of their own."""
    return text[:1].upper() + text[1:]


def format_day_of(day: date, today: date) -> str:
    """ "Tuesday 24 November", in another year than today's "Monday 24 November 2025"."""
    return format_day(day, year=day.year != today.year)


def format_day_short(day: date, *, year: bool = False) -> str:
    """ "Tue 24 Nov", with `year` "Tue 24 Nov 2026"."""
    text = pgettext("with a short weekday", "{weekday} {date}").format(
        weekday=weekday_short(day.weekday()), date=format_date_short(day)
    )
    return f"{text} {day.year}" if year else text


MOST_DAYS_COUNTED = 99
"""Days between two dates up to which they are counted."""


def days_apart(day: date, today: date) -> str:
    """How far a day is from today, as few words as fit a heading: "yesterday", "9 days ago",
    "tomorrow", "in 3 days", for one far off "past day" or "in the future"; "" for today."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return (_("yesterday"), "", _("tomorrow"))[days + 1]
    if abs(days) > MOST_DAYS_COUNTED:
        return _("past day") if days < 0 else _("in the future")
    if days < 0:
        return ngettext("{count} day ago", "{count} days ago", -days).format(count=-days)
    return ngettext("in {count} day", "in {count} days", days).format(count=days)


def format_date(day: date, *, year: bool = False) -> str:
    """ "24 November", with `year` "24 November 2026"."""
    message = _("{day} {month} {year}") if year else _("{day} {month}")
    return message.format(day=day.day, month=month_names()[day.month - 1], year=day.year)


def format_date_to_type(day: date) -> str:
    """A date as one types it: "2026-11-24", in German "24.11.2026"."""
    # Translators: a date as someone types it; the month and the day have two digits.
    message = pgettext("a typed date", "{year}-{month}-{day}")
    return message.format(year=day.year, month=f"{day:%m}", day=f"{day:%d}")


def format_date_of(day: date, today: date) -> str:
    """ "24 November", in another year than today's "24 November 2025"."""
    return format_date(day, year=day.year != today.year)


def format_date_short(day: date) -> str:
    """ "24 Nov"."""
    month = month_names()[day.month - 1][:3]
    return pgettext("with a short month", "{day} {month}").format(day=day.day, month=month)


def format_range(first: date, last: date, dash: str) -> str:
    """A range that repeats neither month nor year: "16 – 22 November 2026"."""
    if first.year != last.year:
        begin = format_date(first, year=True)
    elif first.month != last.month:
        begin = format_date(first)
    else:
        begin = _("{day}").format(day=first.day)
    return f"{begin} {dash} {format_date(last, year=True)}"


def format_range_short(first: date, last: date, dash: str, *, year: bool) -> str:
    """ "16–22 Nov", with `year` "16–22 Nov 2026", over two months "30 Nov – 6 Dec"."""
    if (first.year, first.month) == (last.year, last.month):
        begin = _("{day}").format(day=first.day) + dash
    else:
        begin = f"{format_date_short(first)} {dash} "
    return f"{begin}{format_date_short(last)}{f' {last.year}' if year else ''}"


def days_short(first: date, last: date, dash: str) -> str:
    """A weekday, or the first and the last of several: "Mon–Fri"."""
    names = [weekday_short(day.weekday()) for day in (first, last)]
    return names[0] if first == last else dash.join(names)


def format_recent(day: date, today: date) -> str:
    """A past day relative to today: "today", "yesterday", "on Sunday" within the last week,
    "on 12 November", "on 12 November 2025"."""
    back = (today - day).days
    if back == 0:
        return _("today")
    if back == 1:
        return _("yesterday")
    return format_on_day(day, today)


def format_on_day(day: date, today: date) -> str:
    """ "on Sunday" within the last six days, else "on 12 November", "on 12 November 2025"."""
    if 0 < (today - day).days < 7:
        return _("on {day}").format(day=weekday_name(day.weekday()))
    return _("on {day}").format(day=format_date_of(day, today))


def change_in_words(change: Literal["calmer", "lower", "as_usual"]) -> str:
    """How calm compares with a month ago."""
    return {
        "calmer": _("a little calmer than a month ago"),
        "lower": _("lower than a month ago. Be gentle with yourself."),
        "as_usual": _("about as usual"),
    }[change]


def change_from_period_before(
    change: Literal["calmer", "lower", "as_usual"], *, is_month: bool
) -> str:
    """How the average calm of a month, or of a year, compares with the one before."""
    return {
        ("calmer", True): _("a little calmer than the month before"),
        ("lower", True): _("less calm than the month before"),
        ("as_usual", True): _("about as calm as the month before"),
        ("calmer", False): _("a little calmer than the year before"),
        ("lower", False): _("less calm than the year before"),
        ("as_usual", False): _("about as calm as the year before"),
    }[change, is_month]


ALMOST_A_YEAR = 351
"""Days from which eleven months would sound like less than it is."""


def humanize_age(day: date, today: date) -> str:
    """The time between two days, in the largest of years, months, weeks and days of which two fit
    in it, or one week or year, in the grammatical case that the word for "ago" needs: "3 weeks",
    "einem Jahr". From two weeks before a year on it is "almost a year"."""
    days = (today - day).days
    months = 12 * (today.year - day.year) + today.month - day.month - (today.day < day.day)
    if months == 11 and days >= ALMOST_A_YEAR:
        return pgettext("in “… ago”", "almost a year")
    if days < 14 and days != 7:
        number = days
        message = npgettext("in “… ago”", "{count} day", "{count} days", number)
    elif months < 2:
        number = days // 7
        message = npgettext("in “… ago”", "{count} week", "{count} weeks", number)
    elif months < 24 and months != 12:
        number = months
        message = npgettext("in “… ago”", "{count} month", "{count} months", number)
    else:
        number = months // 12
        message = npgettext("in “… ago”", "{count} year", "{count} years", number)
    return message.format(count=number)


def about_that_day(question: str, code: str) -> str:
    """A question about today, in the language of this code, as one about an earlier day: "Did you
    laugh with someone that day?" for "Did you laugh with someone today?"."""
    # Translators: in a question about an earlier day, in place of "today".
    that_day = in_language(code, N_("that day"))
    today = re.escape(in_language(code, "today"))
    return re.sub(rf"\b{today}\b", lambda _match: that_day, question)
