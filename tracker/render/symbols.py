"""The marks and short figures that stand for a day or a streak, the same on every face."""

from __future__ import annotations

import os
from datetime import date

from tracker.i18n.messages import say
from tracker.i18n.units import format_amount
from tracker.models import Practice, State, Unit

_MARKS = {
    State.DONE: "●",
    State.SOME: "◐",
    State.NO: "○",
    State.REST: "z",
    State.NOT_LOGGED: "·",
    State.PENDING: "·",
}
_ASCII_MARKS = {
    State.DONE: "*",
    State.SOME: "+",
    State.NO: "o",
    State.REST: "z",
    State.NOT_LOGGED: ".",
    State.PENDING: ".",
}


def ascii_only() -> bool:
    """Whether the person asked for plain characters, with CALMTRACK_ASCII=1.

    Without a word of theirs it is so on Linux's own console, whose letters have none of our marks.
    """
    chosen = os.environ.get("CALMTRACK_ASCII", "")
    return chosen != "0" if chosen else os.environ.get("TERM") == "linux"


def mark(state: State | None) -> str:
    """One character for what a day is to a practice; a space outside of the list."""
    if state is None:
        return " "
    return (_ASCII_MARKS if ascii_only() else _MARKS)[state]


def mark_on(state: State | None, day: date, today: date) -> str:
    """The mark of a day in a week; a day to come stays blank until something is declared."""
    return " " if state is State.PENDING and day > today else mark(state)


def amount_words(practice: Practice, state: State, amount: int | None, target: int) -> str:
    """What was logged in words: "2 times", "10 of 20 minutes", "no", "rest"."""
    if state is State.REST:
        return say("cell.rest")
    if amount is None:
        return ""
    if amount == 0:
        return say("cell.no")
    if practice.unit is Unit.YES_NO:
        return ""
    if amount >= target:
        return format_amount(practice.unit, amount)
    return format_amount(practice.unit, target, say("amount.some", amount=amount, target=target))


def week_words(done: int, days_per_week: int) -> str:
    """How far the week's goal is reached, "2 of 5"; nothing at 0, which would scold."""
    return say("amount.some", amount=done, target=days_per_week) if done else ""


def streak_words(streak: int, weeks_in_rhythm: int, days_per_week: int) -> str:
    """The streak of a practice of 5 to 7 days a week in days, of 1 to 4 in weeks; else nothing."""
    if days_per_week >= 5:
        return say("amount.days", count=streak) if streak >= 2 else ""
    if weeks_in_rhythm >= 1:
        word = "week" if weeks_in_rhythm == 1 else "weeks"
        return say(f"amount.{word}", count=weeks_in_rhythm)
    return ""
