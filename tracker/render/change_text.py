"""A change in words: the step that was undone or redone, and days off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from tracker.i18n.dates import format_day
from tracker.i18n.messages import say
from tracker.models import CALM_ID, Practice, RestResult, UndoStep
from tracker.sanitize import sanitize_line


def step_sentence(
    which: Literal["undone", "redone"],
    step: UndoStep | None,
    practices: Sequence[Practice],
    today: date,
) -> str:
    """The step that was undone or redone, with its days, their year if one of them isn't in this
    year; or that there was none."""
    if step is None:
        return say(f"keys.{which}_nothing")
    names = {p.id: p.name for p in practices} | {CALM_ID: say("keys.calm")}
    what = say(f"steps.{step.what}", subject=names.get(step.subject, step.subject)).strip()
    if step.first_day is None or step.last_day is None:
        return say(f"keys.{which}", step=what)
    year = {step.first_day.year, step.last_day.year} != {today.year}
    day = format_day(step.first_day, year=year)
    if step.first_day != step.last_day:
        day = say("steps.range", first=day, last=format_day(step.last_day, year=year))
    return say(f"keys.{which}", step=say("steps.on", step=what, day=day))


def rested_lines(
    rested: RestResult, first: date, last: date, *, off: bool = False
) -> Iterator[str]:
    """How many days are off now, then each day that was skipped because it is logged."""
    days = format_day(first)
    if first != last:
        days = say("dates.span", first=days, last=format_day(last))
    yield say("rest.taken_back" if off else "rest.declared", days=days, count=rested.days)
    for name, day in rested.skipped:
        yield say("rest.skipped", name=sanitize_line(name, 60), day=format_day(day))
