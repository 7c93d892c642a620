"""A day as plain text: a table, or one fact a line."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.i18n.dates import format_day
from tracker.i18n.messages import plural_key, say
from tracker.models import DayView, PracticeDay
from tracker.render.columns import DAY_COLUMNS, heading_line, name_width, pad, value_line
from tracker.render.symbols import amount_words, mark, streak_words, week_words
from tracker.sanitize import sanitize_line

AMOUNT_WIDTH = 18


def day_table(view: DayView) -> Iterator[str]:
    """The day as a table of at most 80 columns. Streaks are left out until the calm question is
    answered: they would colour the answer."""
    yield format_day(view.day, year=True)
    yield ""
    yield f"  {_calm(view)}"
    if view.calm_note:
        yield f"  {say('day.note', note=sanitize_line(view.calm_note))}"
    yield ""
    width = name_width([row.practice.name for row in view.practices], 23)
    if view.answered and any(row.figures.days_total for row in view.practices):
        yield f"{' ' * (width + 10 + AMOUNT_WIDTH)}{heading_line(DAY_COLUMNS)}"
    for row in view.practices:
        figures = value_line(DAY_COLUMNS, row) if view.answered else ""
        name = pad(sanitize_line(row.practice.name, 60), width)
        amount = amount_words(row.practice, row.state, row.amount, row.target).ljust(AMOUNT_WIDTH)
        line = f"  {row.practice.key or ' '}  {name}  {mark(row.state)}  {amount}{figures}"
        yield line.rstrip()
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
        amount = amount_words(row.practice, row.state, row.amount, row.target)
        state = amount or say(f"cell.{row.state}")
        yield f"{sanitize_line(row.practice.name, 60)}: {state}."
        if row.note:
            yield say("day.note", note=sanitize_line(row.note))
        if view.answered:
            yield from _figures(row)


def _figures(row: PracticeDay) -> Iterator[str]:
    name = sanitize_line(row.practice.name, 60)
    if week := week_words(row):
        yield say(plural_key("day.this_week", row.days_per_week), name=name, week=week)
    if streak := streak_words(row):
        yield say("day.streak", name=name, streak=streak)
    if row.figures.days_total:
        yield say("day.in_all", name=name, days=row.figures.days_total)


def _calm(view: DayView) -> str:
    if view.calm is None:
        return say("day.not_rated")
    return say("day.calm", score=view.calm)
