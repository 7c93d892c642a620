"""Recovery: how soon calm is near its usual level again after a low evening.

INSIGHTS 5. It mostly mirrors how slowly calm changes: no score of resilience, never a goal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

BASELINE_DAYS = 28
"""Days before an evening from which its usual level is computed."""

ENOUGH_BEFORE = 14
"""Ratings needed in those days."""

LONGEST = 14
"""Days after which a dip is no longer followed."""

LONGEST_GAP = 3
"""Unrated evenings in a row after which a dip is no longer followed, either."""

WINDOW = 182
"""The days whose dips count."""

ENOUGH_DIPS, ENOUGH_RATED = 6, 120
"""Finished dips and rated evenings needed for a result."""

MAD_TO_SD = 1.4826
"""A median absolute deviation times this is the standard deviation of a normal distribution."""

Ratings = Sequence[tuple[date, int]]
"""(day, score 0 to 10), oldest first, late ones left out."""


@dataclass(frozen=True, slots=True)
class Dip:
    """A low evening, and how long it was followed."""

    day: date
    days: int
    """Until calm was back, or until it could not be followed any more: 0 to 14."""
    is_back: bool


@dataclass(frozen=True, slots=True)
class WayBack:
    """The dips of half a year, summed up."""

    dips: int
    """Those after which calm came back."""
    is_enough: bool
    """Whether there are enough dips and ratings."""
    median_days: int | None
    """Half of the dips were over within so many days; None where the median isn't reached."""


def way_back(day: date, ratings: Ratings) -> WayBack:
    """How soon calm came back, in the last 182 days up to a day.

    `ratings` hold the 28 days before those, too: they give the usual level.
    """
    first = day - timedelta(days=WINDOW - 1)
    known = [(rated, score) for rated, score in ratings if rated <= day]
    dips_found = dips(first, known)
    finished = sum(dip.is_back for dip in dips_found)
    rated = sum(when >= first for when, _ in known)
    is_enough = finished >= ENOUGH_DIPS and rated >= ENOUGH_RATED
    return WayBack(finished, is_enough, half_are_back(dips_found) if is_enough else None)


def dips(first: date, ratings: Ratings) -> list[Dip]:
    """The dips from a day on, oldest first; each begins after the one before is over.

    A dip is an evening with y <= b − max(2, 1.5·s), where b is the median of the ratings in
    the 28 days before and s = max(1, 1.4826·MAD) of them.
    """
    dips_found: list[Dip] = []
    over = first - timedelta(days=1)
    for place, (day, score) in enumerate(ratings):
        if day <= over:
            continue
        usual = _usual(day, ratings[:place])
        if usual is None:
            continue
        middle, spread = usual
        if score <= middle - max(2.0, 1.5 * spread):
            dips_found.append(_followed(middle, ratings[place:]))
            over = day + timedelta(days=dips_found[-1].days)
    return dips_found


def half_are_back(dips_found: Sequence[Dip]) -> int | None:
    """The median days until calm is back, dips that could not be followed to their end counted
    as long as they were (Kaplan and Meier 1958, *JASA* 53:457); None where it isn't reached."""
    still_low = 1.0
    for days in sorted({dip.days for dip in dips_found if dip.is_back}):
        followed = sum(dip.days >= days for dip in dips_found)
        back = sum(dip.days == days and dip.is_back for dip in dips_found)
        still_low *= 1 - back / followed
        # Rounding can make one half slightly more.
        if still_low <= 0.5 + 1e-9:
            return days
    return None


def _usual(day: date, before: Ratings) -> tuple[float, float] | None:
    start = day - timedelta(days=BASELINE_DAYS)
    scores = [score for rated, score in before[-BASELINE_DAYS:] if rated >= start]
    if len(scores) < ENOUGH_BEFORE:
        return None
    middle = median(scores)
    return middle, max(1.0, MAD_TO_SD * median(abs(score - middle) for score in scores))


def _followed(middle: float, ratings: Ratings) -> Dip:
    """The dip that the first of these ratings is: back with the first y >= b − 1."""
    start = last = ratings[0][0]
    for day, score in ratings[1:]:
        if (day - last).days > LONGEST_GAP + 1:
            break
        if (day - start).days > LONGEST:
            return Dip(start, LONGEST, is_back=False)
        last = day
        if score >= middle - 1:
            return Dip(start, (day - start).days, is_back=True)
    return Dip(start, (last - start).days, is_back=False)
