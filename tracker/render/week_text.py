"""A week and the streaks as plain text: as small tables, or one fact a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from tracker.i18n.dates import format_day, weekday_two
from tracker.i18n.messages import plural_key, say
from tracker.models import State
from tracker.render.column_chart import column
from tracker.render.symbols import amount_words, mark, mark_on, streak_words, week_words
from tracker.render.widths import pad, width
from tracker.sanitize import sanitize_line
from tracker.views import PracticeWeek, StreakView, WeekView

DAY = 3
HEIGHT = 2
WIDTHS = (7, 9, 9, 10, 5)
"""Cells of the five figures beside the week."""
OVER = ("week_over", "", "rhythm_over", "", "in_all_over")
UNDER = ("week_under", "streak", "rhythm_under", "longest", "in_all_under")
STREAK_COLUMNS = (
    *(("goal", 10), ("streak", 10), ("rhythm", 11)),
    *(("longest", 10), ("strength", 10), ("in_all", 8)),
)


def week_table(week: WeekView) -> Iterator[str]:
    """The week as a table of at most 80 columns."""
    yield week_title(week)
    yield ""
    yield from (f"  {line}" for line in wrap(week.sentence, 77))
    yield ""
    room = _room(one.practice.name for one in week.practices)
    head = " " * (5 + room)
    days = [weekday_two(evening.day.weekday()) for evening in week.days]
    yield f"{head}{_cells(days)} {_headings(OVER)}"
    dates = [str(evening.day.day) for evening in week.days]
    yield f"{head}{_cells(dates)} {_headings(UNDER)}"
    columns = [column(evening.calm, HEIGHT) for evening in week.days]
    for row in range(HEIGHT):
        line = f"{head}{_cells([one[row] for one in columns])}".rstrip()
        if line:
            yield line
    scores = [_score(week, place) for place in range(7)]
    yield f"     {pad(say('keys.calm'), room)}{_cells(scores)}".rstrip()
    for one in week.practices:
        yield _row(week, one, room).rstrip()


def week_title(week: WeekView) -> str:
    """From which day to which."""
    last = format_day(week.week_end, year=True)
    return say("dates.span", first=format_day(week.week_start), last=last)


def _headings(names: Sequence[str]) -> str:
    heads = (name and say(f"columns.{name}") for name in names)
    return "".join(f"{head:>{wide}}" for head, wide in zip(heads, WIDTHS, strict=True)).rstrip()


def _row(week: WeekView, one: PracticeWeek, room: int) -> str:
    name = pad(sanitize_line(one.practice.name, 60), room)
    states = _cells(
        mark_on(state, evening.day, week.today)
        for evening, state in zip(week.days, one.states, strict=True)
    )
    this_week = week_words(one.done_this_week, one.days_per_week)
    streak = streak_words(one.streak, 0, one.days_per_week)
    longest = streak_words(one.longest_streak, one.longest_weeks_in_rhythm, one.days_per_week)
    return (
        f"   {one.practice.key or ' '} {name}{states} {this_week:>7}{streak:>9}"
        f"{one.weeks_in_rhythm or '':>9}{longest:>10}{one.days_total or '':>5}"
    )


def _score(week: WeekView, place: int) -> str:
    evening = week.days[place]
    if evening.calm is not None:
        return str(evening.calm)
    return " " if evening.day > week.today else mark(State.NOT_LOGGED)


def connection_words(week: WeekView) -> str:
    """The week's evenings with connection alone, where calm scores are hidden."""
    states = zip(*(one.states for one in week.practices), strict=True)
    count = sum(State.DONE in of_day for of_day in states)
    words = say("week.one_evening") if count == 1 else say("week.evenings", count=count)
    return f"{words}." if count else ""


def week_facts(week: WeekView) -> Iterator[str]:
    """The week, one fact a line, without marks: for a screen reader."""
    yield say(
        "facts.week", first=format_day(week.week_start), last=format_day(week.week_end, year=True)
    )
    yield week.sentence
    for evening in week.days:
        if evening.calm is not None:
            yield say("facts.calm", day=format_day(evening.day), score=evening.calm)
    for one in week.practices:
        name = sanitize_line(one.practice.name, 60)
        for evening, what in zip(week.days, _days_in_words(week, one), strict=True):
            if what:
                yield say("facts.state", name=name, day=format_day(evening.day), state=what)
        if one.done_this_week:
            goal = one.days_per_week
            said = plural_key("facts.this_week", goal)
            yield say(said, name=name, done=one.done_this_week, goal=goal)
        yield from _figures(
            name,
            streak_words(one.streak, one.weeks_in_rhythm, one.days_per_week),
            streak_words(one.longest_streak, one.longest_weeks_in_rhythm, one.days_per_week),
            one.days_total,
        )


def _days_in_words(week: WeekView, one: PracticeWeek) -> Iterator[str]:
    """What each day holds; nothing where nothing was said."""
    for evening, state, amount in zip(week.days, one.states, one.amounts, strict=True):
        if state is None or state in (State.PENDING, State.NOT_LOGGED):
            yield ""
        else:
            target = one.practice.goal_on(evening.day).amount
            yield amount_words(one.practice, state, amount, target) or say(f"cell.{state}")


def streaks_table(views: Sequence[StreakView]) -> Iterator[str]:
    """The figures of every practice as a table of at most 80 columns."""
    room = _room(view.practice.name for view in views)
    heads = "".join(say(f"columns.{name}").rjust(wide) for name, wide in STREAK_COLUMNS)
    yield f"     {pad('', room)}{heads}"
    for view in views:
        name = pad(sanitize_line(view.practice.name, 60), room)
        streak = streak_words(view.streak, 0, view.days_per_week)
        longest = streak_words(
            view.longest_streak, view.longest_weeks_in_rhythm, view.days_per_week
        )
        goal = say("amount.a_week", days=view.days_per_week)
        rhythm = streak_words(0, view.weeks_in_rhythm, 1)
        yield (
            f"   {view.practice.key or ' '} {name}{goal:>10}{streak:>10}"
            f"{rhythm:>11}{longest:>10}{_percent(view.strength):>10}"
            f"{view.days_total or '':>8}"
        ).rstrip()


def streak_facts(views: Iterable[StreakView]) -> Iterator[str]:
    """The figures of every practice, one fact a line."""
    for view in views:
        name = sanitize_line(view.practice.name, 60)
        goal = view.days_per_week
        yield say(plural_key("facts.goal", goal), name=name, goal=goal)
        yield from _figures(
            name,
            streak_words(view.streak, view.weeks_in_rhythm, view.days_per_week),
            streak_words(view.longest_streak, view.longest_weeks_in_rhythm, view.days_per_week),
            view.days_total,
        )
        if strength := _percent(view.strength):
            yield say("facts.strength", name=name, strength=strength)


def _figures(name: str, streak: str, longest: str, days_total: int) -> Iterator[str]:
    if streak:
        yield say("day.streak", name=name, streak=streak)
    if longest:
        yield say("facts.longest", name=name, longest=longest)
    if days_total:
        yield say("day.in_all", name=name, days=days_total)


def _percent(strength: float) -> str:
    shown = round(strength * 100)
    return f"{shown} %" if shown else ""


def _room(names: Iterable[str]) -> int:
    return min(max(width(sanitize_line(name, 60)) for name in (say("keys.calm"), *names)), 13)


def _cells(texts: Iterable[str]) -> str:
    return "".join(f"{text:>{DAY - 1}} " for text in texts)
