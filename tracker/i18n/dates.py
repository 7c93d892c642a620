"""Formats days, weekdays, months and ages in the language of this run."""

from __future__ import annotations

from datetime import date

from tracker.i18n.messages import say


def weekday_name(number: int) -> str:
    """The weekday's name; Monday is 0."""
    return _names("weekday_names")[number]


def weekday_short(number: int) -> str:
    """The abbreviated name: "Mon", "Mo"."""
    return _names("weekdays_short")[number]


def weekday_two(number: int) -> str:
    """The first two letters, for a narrow column."""
    return weekday_name(number)[:2]


def month_names() -> list[str]:
    """The names of the twelve months."""
    return _names("month_names")


def format_day(day: date, *, year: bool = False) -> str:
    """ "Tuesday 24 November", with `year` "Tuesday 24 November 2026"."""
    weekday = weekday_name(day.weekday())
    return say("dates.day", weekday=weekday, date=format_date(day, year=year))


def format_day_short(day: date) -> str:
    """ "Tue 24 Nov"."""
    return say("dates.day_short", weekday=weekday_short(day.weekday()), date=format_date_short(day))


def format_date(day: date, *, year: bool = False) -> str:
    """ "24 November", with `year` "24 November 2026"."""
    text = say("dates.date", day=day.day, month=month_names()[day.month - 1])
    return f"{text} {day.year}" if year else text


def format_date_short(day: date) -> str:
    """ "24 Nov"."""
    return say("dates.date", day=day.day, month=month_names()[day.month - 1][:3])


def format_range(first: date, last: date, dash: str) -> str:
    """A range that repeats neither month nor year: "16 – 22 November 2026"."""
    if first.year != last.year:
        begin = format_date(first, year=True)
    elif first.month != last.month:
        begin = format_date(first)
    else:
        begin = say("dates.number", day=first.day)
    return f"{begin} {dash} {format_date(last, year=True)}"


def format_recent(day: date, today: date) -> str:
    """A past day relative to today: "today", "yesterday", "on Sunday" within the last week,
    "on 12 November", "on 12 November 2025"."""
    back = (today - day).days
    if back == 0:
        return say("dates.today")
    if back == 1:
        return say("dates.yesterday")
    return format_on_day(day, today)


def format_on_day(day: date, today: date) -> str:
    """ "on Sunday" within the last six days, else "on 12 November", "on 12 November 2025"."""
    if 0 < (today - day).days < 7:
        return say("dates.on", day=weekday_name(day.weekday()))
    return say("dates.on", day=format_date(day, year=day.year != today.year))


def humanize_age(day: date, today: date) -> str:
    """The time between two days in the largest unit that fits, in the case that the word for
    "ago" needs: "3 weeks", "einem Jahr"."""
    # Imported here: `status` and the first frame don't need it, and pendulum is slow to import.
    import pendulum

    first, last = (pendulum.date(one.year, one.month, one.day) for one in (day, today))
    count, unit = first.diff_for_humans(last, absolute=True, locale="en").split()
    return say(f"dates.{unit}_ago", count=count)


def _names(name: str) -> list[str]:
    return say(f"dates.{name}").split()
