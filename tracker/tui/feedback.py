"""What a key did, in a sentence."""

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
"""A rating up to this one took something to say."""


def after_log(entry: Entry, practice: Practice) -> str:
    """What the day's entry is after a press."""
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
    """Whether the day is a rest day now."""
    if entry.state is EntryState.REST:
        return say("keys.rest", name=practice.name)
    return say("keys.no_rest", name=practice.name)


def after_rating(score: int) -> str:
    """What follows a rating: thanks where it took something to say it."""
    return say("keys.low_calm") if score <= LOW else ""


def calm_words(score: int, *, hushed: bool) -> str:
    """A score, or where scores are hidden only that there is one."""
    return say("calm.rated") if hushed else say("calm.of_ten", score=score)


def calm_cell(evening: Evening, *, hushed: bool) -> str:
    """What a day of the calm row holds."""
    score = say("cell.unrated") if evening.calm is None else calm_words(evening.calm, hushed=hushed)
    return _cell(evening.day, say("keys.calm"), score, evening.note)


def practice_cell(row: PracticeWeek | PracticeYear, day: date, place: int) -> str:
    """What a day of a practice's row holds."""
    state, amount = row.states[place], row.amounts[place]
    if state is None:
        return _cell(day, row.practice.name, say("cell.outside"), "")
    target = row.practice.goal_on(day).amount
    words = amount_words(row.practice, state, amount, target)
    return _cell(day, row.practice.name, words or say(f"cell.{state}"), row.notes[place])


def whole_day(view: YearView, place: int, *, hushed: bool) -> str:
    """What a day of all practices together holds: calm, what was done, and every note."""
    evening = view.evenings[place]
    done = [one.practice.name for one in view.practices if one.states[place] is State.DONE]
    notes = [one.notes[place] for one in view.practices if one.notes[place]]
    what = say("year.day_done", names=", ".join(done)) if done else say("year.day_quiet")
    if evening.calm is not None and not hushed:
        what = f"{say('day.calm', score=evening.calm)} {what}"
    text = say("year.day", day=format_day(evening.day, year=True), what=what)
    told = [note for note in (evening.note, *notes) if note]
    return f"{text} {say('tonight.note', note=' / '.join(told))}" if told else text


def _cell(day: date, name: str, what: str, note: str) -> str:
    text = say("cell.holds", day=format_day(day), name=name, what=what)
    return f"{text} {say('tonight.note', note=note)}" if note else text
