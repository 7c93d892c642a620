"""The weekday with the highest average, if the lead is larger than chance explains."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date

EIGHT_WEEKS = 56
"""Known days needed before a weekday is named."""

ROTATIONS = 999
"""Random rotations of every week's weekdays."""

MOST_BY_CHANCE = 0.02
"""The p-value up to which a weekday is named."""

Week = dict[int, float]
"""The known values of a week, by weekday (Monday = 0)."""


def best_weekday(values: Iterable[tuple[date, float]]) -> int | None:
    """The weekday (Monday = 0) with the highest average of the (day, value) pairs; None where that
    average doesn't stand out.

    Named only from 56 days on, and where a permutation test of the highest average has p <= .02:
    the weekdays of each week are rotated at random, 999 times, seeded by the number of days. It
    describes the past, and predicts nothing.
    """
    weeks: dict[int, Week] = {}
    for day, value in values:
        weeks.setdefault((day.toordinal() - 1) // 7, {})[day.weekday()] = value
    count = sum(map(len, weeks.values()))
    if count < EIGHT_WEEKS:
        return None
    known = list(weeks.values())
    averages = _averages(known, [0] * len(known))
    highest = max(averages.values())
    best = [weekday for weekday, average in averages.items() if average == highest]
    if len(best) > 1 or not _stands_out(known, highest, count):
        return None
    return best[0]


def _stands_out(weeks: Sequence[Week], highest: float, seed: int) -> bool:
    rng = random.Random(seed)  # noqa: S311
    most = int(MOST_BY_CHANCE * (ROTATIONS + 1)) - 1
    as_high = 0
    for _ in range(ROTATIONS):
        rotated = _averages(weeks, [rng.randrange(7) for _ in weeks])
        # Averages that are equal but for rounding count as equal.
        as_high += max(rotated.values()) >= highest - 1e-9
        if as_high > most:
            return False
    return True


def _averages(weeks: Sequence[Week], offsets: Sequence[int]) -> Week:
    """The average of each weekday, the weekdays of each week moved on by its offset."""
    totals, counts = [0.0] * 7, [0] * 7
    for week, offset in zip(weeks, offsets, strict=True):
        for weekday, value in week.items():
            place = (weekday + offset) % 7
            totals[place] += value
            counts[place] += 1
    return {place: totals[place] / counts[place] for place in range(7) if counts[place]}
