"""A day as plain text: as a small table, or one fact a line."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.i18n.dates import format_day
from tracker.i18n.messages import plural_key, say
from tracker.models import DayView, PracticeDay
from tracker.render.symbols import amount_words, mark, streak_words, week_words
from tracker.render.widths import pad, width
from tracker.sanitize import sanitize_line

COLUMNS = (("this_week", 10), ("streak", 10), ("in_all", 8))
"""The figures beside a practice, and their cells."""


def day_table(view: DayView) -> Iterator[str]:
    """The day as a table of at most 80 columns. Streaks wait for the calm question."""
    yield format_day(view.day, year=True)
    yield ""
    yield f"  {_calm(view)}"
    if view.calm_note:
        yield f"  {say('day.note', note=sanitize_line(view.calm_note))}"
    yield ""
    names = [sanitize_line(row.practice.name, 60) for row in view.practices]
    room = min(max(map(width, names), default=0), 23)
    shown = view.answered
    if shown and any(row.days_total for row in view.practices):
        heads = "".join(say(f"columns.{name}").rjust(wide) for name, wide in COLUMNS)
        yield f"{' ' * (room + 29)}{heads}"
    for name, row in zip(names, view.practices, strict=True):
        figures = (
            f"{week_words(row.done_this_week, row.days_per_week):>10}"
            f"{streak_words(row.streak, row.weeks_in_rhythm, row.days_per_week):>10}"
            f"{row.days_total or '':>8}"
            if shown
            else ""
        )
        amount = amount_words(row.practice, row.state, row.amount, row.target)
        line = f"  {row.practice.key or ' '}  {pad(name, room)}  {mark(row.state)}  {amount:<19}"
        yield f"{line}{figures}".rstrip()
        if row.note:
            yield f"       {say('day.note', note=sanitize_line(row.note))}"
    if not view.practices:
        yield f"  {say('cli.no_practices')}"
    if view.calm is not None and view.day == view.today:
        yield ""
        yield f"  {say('tonight.done')}"


def day_facts(view: DayView) -> Iterator[str]:
    """The day, one fact a line, without marks: for a screen reader."""
    yield f"{format_day(view.day, year=True)}."
    yield f"{_calm(view)}"
    if view.calm_note:
        yield say("day.note", note=sanitize_line(view.calm_note))
    for row in view.practices:
        yield f"{sanitize_line(row.practice.name, 60)}: {_state_words(row)}."
        if row.note:
            yield say("day.note", note=sanitize_line(row.note))
        if view.answered:
            yield from _figures(row)


def _figures(row: PracticeDay) -> Iterator[str]:
    name = sanitize_line(row.practice.name, 60)
    if row.done_this_week:
        week = week_words(row.done_this_week, row.days_per_week)
        yield say(plural_key("day.this_week", row.days_per_week), name=name, week=week)
    streak = streak_words(row.streak, row.weeks_in_rhythm, row.days_per_week)
    if streak:
        yield say("day.streak", name=name, streak=streak)
    if row.days_total:
        yield say("day.in_all", name=name, days=row.days_total)


def _state_words(row: PracticeDay) -> str:
    amount = amount_words(row.practice, row.state, row.amount, row.target)
    return amount or say(f"cell.{row.state}")


def _calm(view: DayView) -> str:
    if view.calm is None:
        return say("day.not_rated")
    return say("day.calm", score=view.calm)
