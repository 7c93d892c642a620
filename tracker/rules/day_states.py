"""Derives a practice's state on a day from its entry, and its mark in the streak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from tracker.models import Goal, Span, State
from tracker.rules.streaks import Mark

LATE_FROM = "T16:00:01Z"
"""A rating set at this time (UTC) two days later, or after it, is late: a memory, not an evening's
rating."""

_A_DAY = timedelta(days=1)


def state_of(
    stored: str | None, amount: int | None, target: int, *, over: bool, checked_in: bool
) -> State:
    """The state of a day in the list.

    `stored` is the entry's own state (`logged`, `rest`) or None without an entry; a `logged`
    without an amount is a note only. `over`: the day is over. `checked_in`: its evening has a
    rating that is not late, so that what was not logged was a no.
    """
    if stored == "rest":
        return State.REST
    if stored == "logged" and amount is not None:
        return State.DONE if amount >= target else State.SOME if amount > 0 else State.NO
    if not over:
        return State.PENDING
    return State.NO if checked_in else State.NOT_LOGGED


def is_day_of_rest(states: Iterable[State | None]) -> bool:
    """Whether, by the states of a day's practices, none was done and most of those in the list
    rested. Not all have to: one that was added or imported later doesn't rest on a holiday that was
    there before."""
    listed = [state for state in states if state is not None]
    is_done = State.DONE in listed or State.SOME in listed
    return not is_done and 2 * listed.count(State.REST) > len(listed)


def is_late(day: date, logged_at: str | None) -> bool:
    """Whether a rating was set after 16:00 UTC of its day + 2; False for one without a time.

    `logged_at` is UTC text, `2026-11-24T20:15:03Z`.
    """
    if logged_at is None:
        return False
    return logged_at >= first_late_moment(day)


def first_late_moment(day: date) -> str:
    """The earliest moment at which a rating is late, as `logged_at` is written."""
    return (day + timedelta(days=2)).isoformat() + LATE_FROM


def is_listed(day: date, first: date, spans: Sequence[Span]) -> bool:
    """Whether a practice is in the list on a day without an entry.

    `first` is the earlier of the day it was added and the day of its first entry.
    """
    return day >= first and not any(
        span.from_day <= day and (span.to_day is None or day <= span.to_day) for span in spans
    )


def marks(
    first: date,
    last: date,
    logged: Mapping[date, tuple[str, int | None]],
    goals: Sequence[Goal],
    spans: Sequence[Span],
) -> Iterator[tuple[Mark, int]]:
    """The mark of each day from `first` to `last`, with its weekly target.

    `logged` holds (entry state, amount) by day; `goals` are oldest first, the first one also
    standing for all days before it.
    """
    done, other = Mark.DONE, Mark.OTHER  # Local names are faster, and a history has many days.
    for start, end, goal in _stretches(first, last, goals):
        day = start
        while day <= end:
            stored = logged.get(day)
            if stored is None:
                mark = Mark.OUT if spans and not is_listed(day, first, spans) else other
            elif stored[0] == "rest":
                mark = Mark.REST
            elif stored[1] is not None and stored[1] >= goal.amount:
                mark = done
            else:
                mark = other
            yield mark, goal.days_per_week
            day += _A_DAY


def _stretches(first: date, last: date, goals: Sequence[Goal]) -> Iterator[tuple[date, date, Goal]]:
    """The days from `first` to `last`, split where another goal comes into force."""
    for place, goal in enumerate(goals):
        start = first if place == 0 else max(first, goal.from_day)
        after = goals[place + 1].from_day if place + 1 < len(goals) else None
        end = last if after is None else min(last, after - timedelta(days=1))
        if start <= end:
            yield start, end, goal
