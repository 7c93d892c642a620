"""Recovery: how soon calm is near its usual level again after a low evening.

The result mostly reflects how slowly calm changes: it is no score of resilience, and never a goal.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from tracker.models import LOW_SCORE
from tracker.rules.calm import MAD_TO_SD

BASELINE_DAYS = 28
"""Days before an evening from which its usual level is computed."""

ENOUGH_BEFORE = 14
"""Ratings needed in those days."""

LONGEST = 14
"""Days for which a dip is followed."""

LONGEST_GAP = 3
"""Unrated evenings in a row through which a dip is still followed."""

WINDOW = 182
"""Calendar days whose dips count: half a year."""

ENOUGH_DIPS, ENOUGH_RATED = 6, 120
"""Finished dips and rated evenings needed for a result."""

SHUFFLES, BEATS = 199, 0.9
"""Shuffled diaries, and the share of them that a median of one day must beat: pure noise is back
the next day, too, because a low evening is rarely followed by another."""

LOW_DAYS, ENOUGH_LATELY = 28, 7
"""Days of which most rated evenings must be low for `WayBack.is_low`, and how many of those there
must be: one low evening makes no hard weeks."""

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
    """The recovery after the dips of the last 182 days."""

    dips: int
    """Those after which calm came back."""
    is_enough: bool
    """Whether there are enough dips and ratings."""
    median_days: int | None
    """Half of the dips were over within so many days; None where the median isn't reached."""
    is_chance: bool
    """Whether calm would be back as soon in a diary with its scores shuffled."""
    is_low: bool
    """Whether most evenings of the last 28 days, at least 7, are rated 3 or lower."""


def way_back(day: date, ratings: Ratings) -> WayBack:
    """How soon calm came back, in the last 182 days up to a day.

    `ratings` begin 28 days earlier: the first dips are compared with those days.
    """
    first = day - timedelta(days=WINDOW - 1)
    known = [(rated, score) for rated, score in ratings if rated <= day]
    dips_found = dips(first, known)
    finished = sum(dip.is_back for dip in dips_found)
    rated = sum(when >= first for when, _ in known)
    is_enough = finished >= ENOUGH_DIPS and rated >= ENOUGH_RATED
    median_days = half_are_back(dips_found) if is_enough else None
    return WayBack(
        finished,
        is_enough,
        median_days,
        is_chance=median_days == 1 and not _beats_chance(first, known, dips_found),
        is_low=_mostly_low(day, known),
    )


def _beats_chance(first: date, ratings: Ratings, dips_found: Sequence[Dip]) -> bool:
    """Whether more dips are over the next day than in 90 % of diaries with the scores shuffled
    (seeded by their number)."""
    rng = random.Random(len(ratings))  # noqa: S311
    days = [day for day, _ in ratings]
    scores = [score for _, score in ratings]
    own = _next_day_share(dips_found)
    beaten = 0
    for _ in range(SHUFFLES):
        rng.shuffle(scores)
        beaten += own > _next_day_share(dips(first, list(zip(days, scores, strict=True))))
    return beaten >= BEATS * SHUFFLES


def _next_day_share(dips_found: Sequence[Dip]) -> float:
    back = sum(dip.is_back and dip.days == 1 for dip in dips_found)
    return back / len(dips_found) if dips_found else 0.0


def _mostly_low(day: date, ratings: Ratings) -> bool:
    start = day - timedelta(days=LOW_DAYS - 1)
    lately = [score for rated, score in ratings if rated >= start]
    low = sum(score <= LOW_SCORE for score in lately)
    return len(lately) >= ENOUGH_LATELY and 2 * low > len(lately)


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
        before = _usual(day, ratings[max(0, place - BASELINE_DAYS) : place])
        if len(before) < ENOUGH_BEFORE:
            continue
        middle = median(before)
        # Both are required; the second needs the spread, which is slow to compute.
        if score <= middle - 2 and score <= middle - 1.5 * _spread(middle, before):
            dips_found.append(_followed(middle, ratings[place:]))
            over = day + timedelta(days=dips_found[-1].days)
    return dips_found


def half_are_back(dips_found: Sequence[Dip]) -> int | None:
    """The median number of days until calm is back, with dips that could not be followed to their
    end as censored (Kaplan and Meier 1958, *JASA* 53:457); None where it isn't reached."""
    still_low = 1.0
    for days in sorted({dip.days for dip in dips_found if dip.is_back}):
        followed = sum(dip.days >= days for dip in dips_found)
        back = sum(dip.days == days and dip.is_back for dip in dips_found)
        still_low *= 1 - back / followed
        # Rounding can make one half slightly more.
        if still_low <= 0.5 + 1e-9:
            return days
    return None


def _usual(day: date, before: Ratings) -> list[int]:
    """The scores of the 28 days before a day."""
    start = day - timedelta(days=BASELINE_DAYS)
    return [score for rated, score in before if rated >= start]


def _spread(middle: float, scores: Sequence[int]) -> float:
    return max(1.0, MAD_TO_SD * median(abs(score - middle) for score in scores))


def _followed(middle: float, ratings: Ratings) -> Dip:
    """Follows the dip that begins with the first of these ratings until the first y >= b − 1, where
    `middle` is b."""
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
