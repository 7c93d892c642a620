"""When the gentle message is due: after many low evenings, a word about not being alone.

A design judgement of INSIGHTS 6, not a cut-off of any test.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

LAST_RATED, WITHIN = 14, 21
"""The number of latest rated evenings considered, and the days they must lie within."""

LOW, MANY = 3, 10
"""The highest low score, and the number of low evenings from which the message is due."""

AGAIN_AFTER = 28
"""Days before it is shown again."""


def is_heavy(day: date, ratings: Sequence[tuple[date, int]]) -> bool:
    """Whether of the last 14 rated evenings within 21 days at least 10 are 3 or lower.

    `ratings` are (day, score 0 to 10), oldest first, late ones left out.
    """
    after = day - timedelta(days=WITHIN)
    scores = [score for rated, score in ratings if after < rated <= day][-LAST_RATED:]
    return sum(score <= LOW for score in scores) >= MANY


def may_be_shown(day: date, shown_on: date | None, *, is_muted: bool) -> bool:
    """Whether it may be shown on a day: not muted, and not within 28 days of the last time."""
    return not is_muted and (shown_on is None or (day - shown_on).days >= AGAIN_AFTER)
