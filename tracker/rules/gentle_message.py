"""The gentle line: when the last evenings look heavy, a word about not carrying that alone.

A design judgement of INSIGHTS 6, not a cut-off of any test.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

LAST_RATED, WITHIN = 14, 21
"""Rated evenings that are looked at, and the days that they lie within."""

LOW, MANY = 3, 10
"""A score that is low, and how many of them make it heavy."""

AGAIN_AFTER = 28
"""Days for which it is not said again."""


def looks_heavy(day: date, ratings: Sequence[tuple[date, int]]) -> bool:
    """Whether of the last 14 rated evenings within 21 days at least 10 are 3 or lower.

    `ratings` are (day, score 0 to 10), oldest first, late ones left out.
    """
    after = day - timedelta(days=WITHIN)
    scores = [score for rated, score in ratings if after < rated <= day][-LAST_RATED:]
    return sum(score <= LOW for score in scores) >= MANY


def may_be_said(day: date, shown_on: date | None, *, is_muted: bool) -> bool:
    """Whether it may be said on a day: not muted, and not within 28 days of the last time."""
    return not is_muted and (shown_on is None or (day - shown_on).days >= AGAIN_AFTER)
