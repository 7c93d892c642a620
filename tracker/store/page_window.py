"""Bounds how far back a view reads: cached streak states replace everything before them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from tracker.models import Practice


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
    day = cached_until(settled.get(practice.id))
    if day is not None and day < as_of:
        return day + timedelta(days=1)
    return min(practice.added_on, first_entry.get(practice.id, as_of), as_of)


def cached_until(state: str | None) -> date | None:
    """The last day covered by a cached streak state."""
    return None if state is None else date.fromordinal(json.loads(state)["day"])
