"""The weekday with the highest average, once there are enough days."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import fmean

EIGHT_WEEKS = 56
"""Known days needed before a weekday is named."""


def best_weekday(values: Iterable[tuple[int, float]]) -> int | None:
    """The weekday (Monday = 0) with the highest average of its (weekday, value) pairs.

    None before 56 of them, where two weekdays share the highest average, and where it is 0.
    It describes the days that were; nothing follows from it.
    """
    by_weekday: dict[int, list[float]] = {}
    count = 0
    for weekday, value in values:
        by_weekday.setdefault(weekday, []).append(value)
        count += 1
    if count < EIGHT_WEEKS:
        return None
    averages = {weekday: fmean(known) for weekday, known in by_weekday.items()}
    highest = max(averages.values())
    best = [weekday for weekday, average in averages.items() if average == highest]
    return best[0] if len(best) == 1 and highest > 0 else None
