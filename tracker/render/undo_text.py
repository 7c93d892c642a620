"""A step of the undo log, named as a person would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from tracker.i18n.dates import format_day
from tracker.i18n.messages import say
from tracker.models import CALM_ID, Practice, UndoStep


def step_sentence(
    which: Literal["undone", "redone"], step: UndoStep | None, practices: Sequence[Practice]
) -> str:
    """What was undone or done again, with its day; or that there is nothing."""
    if step is None:
        return say(f"keys.{which}_nothing")
    names = {p.id: p.name for p in practices} | {CALM_ID: say("keys.calm")}
    what = say(f"steps.{step.what}", subject=names.get(step.subject, step.subject)).strip()
    if step.first_day is None or step.last_day is None:
        return say(f"keys.{which}", step=what)
    day = format_day(step.first_day)
    if step.first_day != step.last_day:
        day = say("steps.range", first=day, last=format_day(step.last_day))
    return say(f"keys.{which}", step=say("steps.on", step=what, day=day))
