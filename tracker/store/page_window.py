"""How far back a page has to read, so that its streaks are right however long the diary is."""

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
    """The first day whose entries the streaks of `as_of` need: the one after the kept fold,
    or a practice's very first day where no fold is kept from before `as_of`."""
    return min(
        (_reach_of(practice, first_entry, settled, as_of) for practice in practices),
        default=as_of,
    )


def _reach_of(
    practice: Practice, first_entry: Mapping[str, date], settled: Mapping[str, str], as_of: date
) -> date:
    day = cached_until(settled.get(practice.id))
    if day is not None and day < as_of:
        return day + timedelta(days=1)
    return min(practice.added_on, first_entry.get(practice.id, as_of), as_of)


def cached_until(state: str | None) -> date | None:
    """The last day inside a kept fold."""
    return None if state is None else date.fromordinal(json.loads(state)["day"])
