"""Marks of a day's state, and amounts and streaks in words; the same on screens and in text."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from tracker.i18n.messages import N_, _, ngettext, round_half_up
from tracker.i18n.units import format_amount
from tracker.models import (
    HasFigures,
    Practice,
    State,
    counts_in_weeks,
    longest_shown,
    streak_shown,
)

# In the order of `State`: done, some, no, rest, not logged, pending.
_MARKS, _ASCII_MARKS = (dict(zip(State, signs, strict=True)) for signs in ("●◐○z··", "*+oz.."))

_STATE_WORDS: Mapping[State | None, str] = {
    None: N_("not tracked then"),
    State.DONE: N_("yes"),
    State.SOME: N_("some"),
    State.NO: N_("no"),
    State.REST: N_("rest"),
    State.NOT_LOGGED: N_("not logged"),
    State.PENDING: N_("not logged yet"),
}
_SCORE_MEANINGS = {0: N_("not at all"), 5: N_("in between"), 10: N_("completely")}


def ascii_only() -> bool:
    """Whether only ASCII is drawn: with CALMTRACK_ASCII=1, and by default on the Linux console
    (TERM=linux), whose fonts lack the marks, and where the output's encoding lacks them."""
    chosen = os.environ.get("CALMTRACK_ASCII", "")
    if chosen:
        return chosen != "0"
    return os.environ.get("TERM") == "linux" or not _has_marks(output_encoding())


def output_encoding() -> str:
    """That of standard output, or where Textual captures that without naming one, of the terminal
    below it."""
    named = (getattr(stream, "encoding", None) for stream in (sys.stdout, sys.__stdout__))
    return next(filter(None, named), "utf-8")


@cache
def _has_marks(encoding: str) -> bool:
    try:
        "".join(_MARKS.values()).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def mark(state: State | None) -> str:
    """One character for a practice's state on a day; a space outside of the list."""
    if state is None:
        return " "
    return (_ASCII_MARKS if ascii_only() else _MARKS)[state]


def mark_on(state: State | None, day: date, today: date) -> str:
    """The mark of a day in a week; a future day is blank until a rest day is planned on it."""
    return " " if state is State.PENDING and day > today else mark(state)


def amount_words(practice: Practice, state: State, amount: int | None, target: int) -> str:
    """The logged amount in words: "2 times", "10 of 20 minutes", "no", "rest", and on a rest day
    with an amount that doesn't count "rest (2 times)"."""
    if state is State.REST:
        if not amount or not practice.unit.spec.is_counted:
            return _("rest")
        return _("rest ({amount})").format(amount=format_amount(practice.unit, amount))
    if amount is None:
        return ""
    if amount == 0:
        return _("no")
    if not practice.unit.spec.is_counted:
        return ""
    if amount >= target:
        return format_amount(practice.unit, amount)
    return format_amount(
        practice.unit, target, _("{amount} of {target}").format(amount=amount, target=target)
    )


def day_words(practice: Practice, state: State | None, amount: int | None, target: int) -> str:
    """What a day holds of a practice: the amount, and where there is none to tell, the state."""
    words = "" if state is None else amount_words(practice, state, amount, target)
    return words or state_words(state)


def week_words(row: HasFigures) -> str:
    """Days done this week against its goal, "2 of 5" or "6 (goal 5)"; empty at 0, which would
    scold."""
    done, goal = row.figures.done_this_week, row.figures.week_goal
    if not done:
        return ""
    if done > goal:
        # Translators: more days than the goal. At most 10 characters.
        return _("{done} (goal {goal})").format(done=done, goal=goal)
    return _("{amount} of {target}").format(amount=done, target=goal)


def week_facts_of(name: str, row: HasFigures, *, is_over: bool = False) -> Iterator[str]:
    """The days done this week, or in one that is over, in a sentence; nothing at 0."""
    if done := row.figures.done_this_week:
        message = ngettext(
            "{name}: {done} day this week (goal {goal}).",
            "{name}: {done} days this week (goal {goal}).",
            done,
        )
        if is_over:
            message = ngettext(
                "{name}: {done} day that week (goal {goal}).",
                "{name}: {done} days that week (goal {goal}).",
                done,
            )
        yield message.format(name=name, done=done, goal=row.figures.week_goal)


def week_fraction(row: HasFigures) -> str:
    """Days done this week and its goal for a narrow column, "2/5"; empty at 0."""
    done = row.figures.done_this_week
    return f"{done}/{row.figures.week_goal}" if done else ""


def goal_bar(done: int, goal: int) -> str:
    """Days done out of a weekly goal as a bar with a sign for each day of the goal; empty at 0,
    which would scold."""
    if not done:
        return ""
    full, empty = "#-" if ascii_only() else "▰▱"
    return full * min(done, goal) + empty * max(0, goal - done)


def state_words(state: State | None) -> str:
    """A day's state in a word or two; None stands for a practice that was not in the list."""
    return _(_STATE_WORDS[state])


def score_meaning(score: int) -> str:
    """What a calm score of 0, 5 or 10 means; empty for the others."""
    return _(_SCORE_MEANINGS[score]) if score in _SCORE_MEANINGS else ""


def streak_words(row: HasFigures) -> str:
    """The streak: in days for a goal of 5 to 7 days a week, else in weeks on goal; may be empty."""
    return _streak(streak_shown(row), row)


def longest_words(row: HasFigures) -> str:
    """The longest streak, in the unit of the running one."""
    return _streak(longest_shown(row), row)


def weeks_words(weeks: int) -> str:
    """A number of weeks on goal, "1 week", "3 weeks"; empty at 0."""
    if weeks < 1:
        return ""
    return ngettext("{count} week", "{count} weeks", weeks).format(count=weeks)


def percent_words(share: float) -> str:
    """A share of 0 to 1 in per cent, "42%"; empty where it rounds to 0."""
    percent = round_half_up(share * 100)
    return _("{percent}%").format(percent=percent) if percent else ""


def _streak(count: int, row: HasFigures) -> str:
    if counts_in_weeks(row):
        return weeks_words(count)
    return _("{count} days").format(count=count) if count else ""
