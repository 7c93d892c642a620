"""Days, weekdays and months as one says them, in the language of this run."""

from __future__ import annotations

from datetime import date

from tracker.i18n.messages import say


def weekday_name(number: int) -> str:
    """The weekday's name; Monday is 0."""
    return _listed("weekday_names")[number]


def weekday_short(number: int) -> str:
    """As short as one writes it: "Mon", "Mo"."""
    return _listed("weekdays_short")[number]


def weekday_two(number: int) -> str:
    """Its first two letters, for a narrow column."""
    return weekday_name(number)[:2]


def month_names() -> list[str]:
    """The twelve months."""
    return _listed("month_names")


def format_day(day: date, *, year: bool = False) -> str:
    """The day as one would say it: "Tuesday 24 November"."""
    weekday = weekday_name(day.weekday())
    return say("dates.day", weekday=weekday, date=format_date(day, year=year))


def format_day_short(day: date) -> str:
    """The day in little room: "Tue 24 Nov"."""
    return say("dates.day_short", weekday=weekday_short(day.weekday()), date=format_date_short(day))


def format_date(day: date, *, year: bool = False) -> str:
    """The day without its weekday: "24 November"."""
    said = say("dates.date", day=day.day, month=month_names()[day.month - 1])
    return f"{said} {day.year}" if year else said


def format_date_short(day: date) -> str:
    """The same in little room: "24 Nov"."""
    return say("dates.date", day=day.day, month=month_names()[day.month - 1][:3])


def format_range(first: date, last: date, dash: str) -> str:
    """Some days, in which no month or year is said twice: "16 – 22 November 2026"."""
    if first.year != last.year:
        begin = format_date(first, year=True)
    elif first.month != last.month:
        begin = format_date(first)
    else:
        begin = say("dates.number", day=first.day)
    return f"{begin} {dash} {format_date(last, year=True)}"


def format_recent(day: date, today: date) -> str:
    """When a past day was, as one would say it: "today", "yesterday", "on Sunday" within the
    last week, "on 12 November", "on 12 November 2025"."""
    back = (today - day).days
    if back == 0:
        return say("dates.today")
    if back == 1:
        return say("dates.yesterday")
    if 1 < back < 7:
        return say("dates.on", day=weekday_name(day.weekday()))
    return say("dates.on", day=format_date(day, year=day.year != today.year))


def humanize_age(day: date, today: date) -> str:
    """How much time lies between two days, in the largest unit that fits, as it stands before or
    after the word for ago: "3 weeks", "einem Jahr"."""
    # Loaded here: a prompt asks for today's figures, and pendulum takes its time.
    import pendulum

    first, last = (pendulum.date(one.year, one.month, one.day) for one in (day, today))
    count, unit = first.diff_for_humans(last, absolute=True, locale="en").split()
    return say(f"dates.{unit}_ago", count=count)


def _listed(name: str) -> list[str]:
    return say(f"dates.{name}").split()
