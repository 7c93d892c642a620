"""Sentences for the message lines: an entry, a rating, a cell, days off, a step that was undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from tracker.i18n.dates import format_day
from tracker.i18n.messages import say
from tracker.models import (
    CALM_ID,
    Entry,
    EntryState,
    Evening,
    Practice,
    RestResult,
    State,
    UndoStep,
)
from tracker.render.symbols import amount_words
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.views import PracticeWeek, PracticeYear, YearView

LOW = 3
"""Ratings up to this one are low: they are thanked for."""


def after_press(entry: Entry | None, practice: Practice) -> str:
    """The message after a press; without an entry, it was a yes/no that is already done."""
    if entry is None:
        return say("keys.already_logged", name=practice.name)
    return after_log(entry, practice)


def after_log(entry: Entry, practice: Practice) -> str:
    """The message after an entry was set: what it is now."""
    if entry.state is EntryState.REST:
        return say("keys.rest", name=practice.name)
    if entry.amount is None:
        return say("keys.not_logged", name=practice.name)
    if entry.amount == 0:
        return say("keys.no", name=practice.name)
    target = practice.goal_on(entry.day).amount
    state = State.DONE if entry.amount >= target else State.SOME
    words = amount_words(practice, state, entry.amount, target)
    return say("keys.logged", name=practice.name, amount=words or say("keys.yes"))


def after_rest(entry: Entry, practice: Practice) -> str:
    """The message after a rest day was toggled."""
    if entry.state is EntryState.REST:
        return say("keys.rest", name=practice.name)
    return say("keys.no_rest", name=practice.name)


def after_rating(score: int) -> str:
    """The message after a rating: thanks for a low one, else nothing."""
    return say("keys.low_calm") if score <= LOW else ""


def calm_words(score: int, *, scores_hidden: bool) -> str:
    """A score, or where scores are hidden only that there is one."""
    return say("calm.rated") if scores_hidden else say("calm.of_ten", score=score)


def calm_cell(evening: Evening, *, scores_hidden: bool) -> str:
    """What a day of the calm row holds."""
    score = say("cell.unrated")
    if evening.calm is not None:
        score = calm_words(evening.calm, scores_hidden=scores_hidden)
    return _cell(evening.day, say("keys.calm"), score, evening.note)


def practice_cell(row: PracticeWeek | PracticeYear, day: date, index: int) -> str:
    """What a day of a practice's row holds."""
    state, amount = row.states[index], row.amounts[index]
    if state is None:
        return _cell(day, row.practice.name, say("cell.outside"), "")
    target = row.practice.goal_on(day).amount
    words = amount_words(row.practice, state, amount, target)
    return _cell(day, row.practice.name, words or say(f"cell.{state}"), row.notes[index])


def whole_day(view: YearView, index: int, *, scores_hidden: bool) -> str:
    """What a day of all practices together holds: calm, what was done, and every note."""
    evening = view.evenings[index]
    done = [one.practice.name for one in view.practices if one.states[index] is State.DONE]
    notes = [one.notes[index] for one in view.practices if one.notes[index]]
    what = say("year.day_done", names=", ".join(done)) if done else say("year.day_quiet")
    if evening.calm is not None and not scores_hidden:
        what = f"{say('day.calm', score=evening.calm)} {what}"
    text = say("year.day", day=format_day(evening.day, year=True), what=what)
    note = " / ".join(one for one in (evening.note, *notes) if one)
    return f"{text} {say('tonight.note', note=note)}" if note else text


def _cell(day: date, name: str, what: str, note: str) -> str:
    text = say("cell.holds", day=format_day(day), name=name, what=what)
    return f"{text} {say('tonight.note', note=note)}" if note else text


def step_sentence(
    which: Literal["undone", "redone"], step: UndoStep | None, practices: Sequence[Practice]
) -> str:
    """The step that was undone or redone, with its days; or that there was none."""
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
