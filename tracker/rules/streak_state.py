"""StreakState: the accumulated state of a streak, stored as one line of JSON."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from tracker.models import Practice

_FIRST, _LAST = date(1899, 12, 1).toordinal(), date(2200, 12, 31).toordinal()
"""Ordinals of the first and last day of a stored state: the state before a first day in January
1900, and the week that it is in, begin in December 1899."""

Misses = tuple[tuple[int, int], ...]
"""Missed days, oldest first: (day ordinal, chain when it was missed)."""


class Mark(Enum):
    """What one day counts as in a streak."""

    DONE = auto()
    REST = auto()
    OUT = auto()
    """Outside of the list: neutral, as a rest day is."""
    OTHER = auto()
    """Not done, though it was in the list. As the mark of today: still pending."""


class StreakState(NamedTuple):
    """All that later days depend on, from the days up to and including `day`."""

    day: int
    """The last day included, as date.toordinal()."""
    chain: int
    """Done days of the running streak."""
    misses: Misses
    """Missed days of the last seven within the chain, which use up the weekly allowance."""
    longest: int
    total: int
    """Done days in all."""
    strength: float
    """0 to 1."""
    recent: tuple[int, ...]
    """The last seven days (or fewer) that were neither rest nor out, oldest first: 1 done, 0
    missed."""
    week_start: int
    """First day of the week that `day` is in, as date.toordinal()."""
    week_done: int
    week_off: int
    """Rest and out days of that week so far."""
    weeks: int
    """Weeks on goal up to the last complete week."""
    longest_weeks: int
    target: int
    """Weekly target, 1 to 7, in force on `day`."""


def to_json(state: StreakState) -> str:
    """The state as one line of JSON; from_json gives back the same state, to the last bit."""
    return json.dumps(state._asdict(), separators=(",", ":"))


@lru_cache(maxsize=256)
def from_json(text: str) -> StreakState:
    """The state that to_json wrote; raises ValueError for anything it could not have written."""
    try:
        raw: object = json.loads(text)
    except RecursionError as error:
        raise ValueError("not the state of a streak") from error
    state = _state_from(raw)
    if state is None or not (_days_fit(state) and _counts_fit(state) and _misses_fit(state)):
        raise ValueError("not the state of a streak")
    return state


def is_state(text: object) -> bool:
    """Whether a stored value is what to_json writes, of a day of the years 1899 to 2200."""
    try:
        state = from_json(text) if type(text) is str else None
    except ValueError:
        return False
    return state is not None and _FIRST <= state.day <= _LAST and state.week_start >= _FIRST


def _state_from(raw: object) -> StreakState | None:
    """The state with every field of the right type, values unchecked; None otherwise."""
    if not isinstance(raw, dict) or raw.keys() != set(StreakState._fields):
        return None
    rest = dict(raw)
    misses, strength, recent = rest.pop("misses"), rest.pop("strength"), rest.pop("recent")
    pairs_are_whole = isinstance(misses, list) and all(
        _are_whole(pair) and len(pair) == 2 for pair in misses
    )
    if not (pairs_are_whole and _are_whole(recent) and _are_whole(list(rest.values()))):
        return None
    # A database that keeps JSON in its own form may write 1.0 as 1.
    if type(strength) not in (int, float) or not 0 <= strength <= 1:
        return None
    pairs = tuple((day, chain) for day, chain in misses)
    return StreakState(misses=pairs, strength=float(strength), recent=tuple(recent), **rest)


def _are_whole(values: object) -> bool:
    # Not isinstance, by which True and False are integers too.
    return isinstance(values, list) and all(type(value) is int for value in values)


def _days_fit(state: StreakState) -> bool:
    days_of_week = state.day - state.week_start + 1
    return (
        0 <= state.day <= date.max.toordinal()
        and 0 <= days_of_week <= 7
        and min(state.week_done, state.week_off) >= 0
        and state.week_done + state.week_off <= days_of_week
    )


def _counts_fit(state: StreakState) -> bool:
    return (
        0 <= state.chain <= state.longest <= state.total
        and state.week_done <= state.total
        and 0 <= state.weeks <= state.longest_weeks
        and 1 <= state.target <= 7
        and len(state.recent) <= 7
        and set(state.recent) <= {0, 1}
    )


def _misses_fit(state: StreakState) -> bool:
    days = [day for day, _ in state.misses]
    chains = [chain for _, chain in state.misses]
    return (
        days == sorted(set(days))
        and chains == sorted(chains)
        and all(0 < day <= state.day for day in days)
        and all(0 < chain <= state.chain for chain in chains)
    )


def earliest_day_needed(
    practices: Iterable[Practice],
    first_entry: Mapping[str, date],
    settled: Mapping[str, str],
    as_of: date,
) -> date:
    """The first day whose entries the streaks as of `as_of` need, over all practices.

    That is the day after the cached state, or the practice's first day without one before `as_of`.
    """
    return min(
        (_first_day_of(practice, first_entry, settled, as_of) for practice in practices),
        default=as_of,
    )


def _first_day_of(
    practice: Practice, first_entry: Mapping[str, date], settled: Mapping[str, str], as_of: date
) -> date:
    state = settled.get(practice.id)
    if state is not None and (day := date.fromordinal(json.loads(state)["day"])) < as_of:
        return day + timedelta(days=1)
    return min(practice.added_on, first_entry.get(practice.id, as_of), as_of)
