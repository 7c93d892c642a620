"""Calm over time: the trend, the usual range, and how it changed; and whether the last evenings
were low so often that the gentle message is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import ceil, floor
from typing import Literal

from tracker.models import LOW_SCORE
from tracker.rules.days import days_between

HALF_LIFE = 7
"""Days after which an evening counts half."""

FIRST_RATINGS = 7
"""Ratings that a trend needs, and the days without a rating after which there is none."""

A_MONTH = 28
"""Days between the two trends that are compared."""

ENOUGH_RECENT, RECENT_DAYS = 3, 2 * HALF_LIFE
"""Rated evenings in so many last days before a trend is compared with another: after a pause it is
little more than its latest evening. A design judgement."""

ENOUGH_RATED = 14
"""Rated evenings in each of two periods before their averages are compared: about as many as the
weights of the calm trend amount to. A design judgement, like the whole point from which a
difference counts."""

READ_BACK = 26 * HALF_LIFE
"""Days beyond which an evening no longer moves the trend: it counts less than 2e-8."""

FAR_BACK = READ_BACK + A_MONTH
"""Days before the first one shown that are read: it is compared with its month before."""

MAD_TO_SD = 1.4826
"""The standard deviation of a normal distribution over its median absolute deviation: 1 / 0.6745
(Rousseeuw & Croux 1993, J Am Stat Assoc 88:1273)."""

LEAST_SPREAD = 0.7
"""The median absolute deviation is taken to be at least this: a rating is a whole number."""

LAST_RATED, WITHIN = 14, 21
"""For the gentle message: the number of latest rated evenings considered, and the days they must
lie within. These numbers are a design judgement, not a cut-off of any test."""

MANY = 10
"""The number of low evenings from which the message is due."""

AGAIN_AFTER = 28
"""Days before the gentle message is shown again."""

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
    """How the trend compares with 28 days before: a direction only from a whole point on.

    None where one of the two trends is missing, or has fewer than 3 rated evenings in its last
    14 days.
    """
    now = _comparable_trend(day, ratings)
    earlier = _comparable_trend(day - timedelta(days=A_MONTH), ratings)
    return None if now is None or earlier is None else _change(now - earlier)


def _comparable_trend(day: date, ratings: Sequence[tuple[date, int]]) -> float | None:
    recent = sum(0 <= (day - rated).days < RECENT_DAYS for rated, _ in ratings)
    return trend_on(day, ratings) if recent >= ENOUGH_RECENT else None


def change_in_week(
    day: date, ratings: Sequence[tuple[date, int]], scores: Sequence[int]
) -> Change | None:
    """`change_over_a_month`, if the average of the week's `scores`, beside which it is shown,
    compares with the earlier trend in the same way; else None: after a bad month, a good week
    would be called lower."""
    change = change_over_a_month(day, ratings)
    earlier = trend_on(day - timedelta(days=A_MONTH), ratings)
    if change is None or earlier is None:
        return None
    return change if _change(sum(scores) / len(scores) - earlier) == change else None


def change_between(scores: Sequence[int], before: Sequence[int]) -> Change | None:
    """How the average calm (0 to 10) of a period compares with that of the period before: a
    direction only from a whole point on, by the averages as they are displayed: to one decimal,
    rounded half up.

    None where one of the two has fewer than 14 rated evenings.
    """
    if min(len(scores), len(before)) < ENOUGH_RATED:
        return None
    tenths, tenths_before = (floor(sum(one) / len(one) * 10 + 0.5) for one in (scores, before))
    return _change((tenths - tenths_before) / 10)


def _change(points: float) -> Change:
    if abs(points) < 1:
        return "as_usual"
    return "calmer" if points > 0 else "lower"


def trend_between(
    first: date, last: date, ratings: Sequence[tuple[date, int]]
) -> Iterator[tuple[date, float | None]]:
    """The trend of every day from `first` to `last`, as `trend_on` computes it, in one pass.

    Both sums of the formula fade by 0.5^(1/7) from a day to the next, so that each day costs
    the same however many ratings there are.
    """
    fade = 0.5 ** (1 / HALF_LIFE)
    above = below = 0.0
    count, since = 0, 0
    rated = iter(ratings)
    upcoming = next(rated, None)
    start = first if upcoming is None else min(first, upcoming[0])
    for day in days_between(start, last):
        above, below, since = above * fade, below * fade, since + 1
        while upcoming is not None and upcoming[0] == day:
            above, below = above + upcoming[1], below + 1
            count, since = count + 1, 0
            upcoming = next(rated, None)
        if day >= first:
            known = count >= FIRST_RATINGS and since < FIRST_RATINGS
            yield day, above / below if known else None


def usual_range(day: date, ratings: Sequence[tuple[date, int]]) -> tuple[float, float] | None:
    """Where calm (0 to 10) usually lies, as of a day: the median of the last 28 days, and
    1.4826 times their median absolute deviation to both sides, within the scale. At least half of
    the scores lie within it, also with its ends rounded to whole scores.

    None with fewer than 7 ratings in these days. `ratings` are (day, score), without late ones.
    """
    scores = [score for rated, score in ratings if 0 <= (day - rated).days < A_MONTH]
    if len(scores) < FIRST_RATINGS:
        return None
    # Imported here: it loads fractions, decimals and random numbers.
    from statistics import median

    middle = median(scores)
    spread = median(abs(score - middle) for score in scores)
    half = MAD_TO_SD * max(spread, LEAST_SPREAD)
    return max(0.0, middle - half), min(10.0, middle + half)


def is_heavy(day: date, ratings: Sequence[tuple[date, int]]) -> bool:
    """Whether of the last 14 rated evenings within 21 days at least 10 are 3 or lower.

    `ratings` are (day, score 0 to 10), oldest first, late ones left out.
    """
    after = day - timedelta(days=WITHIN)
    scores = [score for rated, score in ratings if after < rated <= day][-LAST_RATED:]
    return sum(score <= LOW_SCORE for score in scores) >= MANY


def may_show_gentle_message(day: date, shown_on: date | None, *, is_muted: bool) -> bool:
    """Whether the gentle message may be shown on a day: not muted, and not
    within 28 days of the last time."""
    return not is_muted and (shown_on is None or (day - shown_on).days >= AGAIN_AFTER)


_ROUNDING = 1e-6
"""What may lie beyond a half point without being rounded to the next one."""


def outward_half_points(low: float, high: float) -> tuple[float, float]:
    """The ends of an interval, rounded outward to half points: both are the same only where the
    interval is one point on a half, but for what arithmetic rounds. An interval without 0 stays
    without it: an end that would become 0 is rounded to tenths, and 0.1 from it at least."""
    return -_rounded_up(-low), _rounded_up(high)


def _rounded_up(end: float) -> float:
    halves = ceil(2 * end - _ROUNDING) / 2
    if halves == 0 and end < -_ROUNDING:
        return min(ceil(10 * end - _ROUNDING) / 10, -0.1)
    return halves
