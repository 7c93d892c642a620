"""Calm over time: the trend, and how it changed, in words a person can use. INSIGHTS 3."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

HALF_LIFE = 7
"""Days after which an evening counts half."""

FIRST_RATINGS = 7
"""Ratings before there is a trend, and evenings without one after which it goes blank."""

A_MONTH = 28
"""Days between the two trends that are compared."""

READ_BACK = 26 * HALF_LIFE
"""Days beyond which an evening no longer moves the trend: it counts less than 2e-8."""

Change = Literal["calmer", "lower", "as_usual"]


def trend_on(day: date, ratings: Sequence[tuple[date, int]]) -> float | None:
    """The gap-aware exponential average of calm (0 to 10) on a day.

    S_t = sum(0.5^((t-i)/7) * y_i) / sum(0.5^((t-i)/7)) over rated evenings i <= t; None before
    the 7th rating and after 7 unrated evenings. `ratings` are (day, score), oldest first.
    """
    known = [(rated, score) for rated, score in ratings if rated <= day]
    if len(known) < FIRST_RATINGS or (day - known[-1][0]).days >= FIRST_RATINGS:
        return None
    weights: list[float] = [0.5 ** ((day - rated).days / HALF_LIFE) for rated, _ in known]
    scores = [score for _, score in known]
    return sum(w * y for w, y in zip(weights, scores, strict=True)) / sum(weights)


def change_over_a_month(day: date, ratings: Sequence[tuple[date, int]]) -> Change | None:
    """How the trend compares with 28 days before: a word only for a whole point or more.

    None when one of the two trends is not there: nothing can be said yet.
    """
    now = trend_on(day, ratings)
    then = trend_on(day - timedelta(days=A_MONTH), ratings)
    if now is None or then is None:
        return None
    if abs(now - then) < 1:
        return "as_usual"
    return "calmer" if now > then else "lower"
