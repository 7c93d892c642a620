"""Sentences about an entry, a rating or a cell, for the message lines."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.i18n.dates import format_day
from tracker.i18n.messages import say
from tracker.models import Entry, EntryState, Evening, Practice, State
from tracker.render.symbols import amount_words

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
