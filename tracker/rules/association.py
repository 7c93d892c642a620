"""How much calmer days with a practice are: a regression averaged over models of the errors.

It is robust against the properties of diary data: autocorrelated calm and habits, weekday
patterns, slow drift, missing ratings. No single error model is assumed: 19 are averaged.
INSIGHTS 4; gls.py fits one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, exp, pi, sqrt

from tracker.rules.gls import PRIOR, Fit, Swept, fit, sweep
from tracker.rules.student_t import t_tail

WINDOW = 182
"""The window in calendar days."""

ENOUGH_RATED, ENOUGH_EACH, ENOUGH_SWITCHES, ENOUGH_DF = 24, 8, 6, 10
"""Rated evenings in all; with and without each; changes between the two; degrees of freedom."""

GRID = (
    *((0.0, phi) for phi in (-0.3, -0.15, 0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9)),
    *((lam, phi) for lam in (0.3, 0.6) for phi in (0.3, 0.6, 0.75, 0.9, 0.95)),
)
"""(lam, phi): the share of calm that is noise of one evening, and how the rest carries over."""

NINETY = 1.645
"""Standard deviations either side that hold 90 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much data a practice has."""

    rated: int
    """Evenings on which both calm and the practice are known."""
    with_: int
    without: int
    switches: int
    """How often it changed between the two."""

    @property
    def enough(self) -> bool:
        """Whether there is enough data to estimate."""
        return (
            self.rated >= ENOUGH_RATED
            and min(self.with_, self.without) >= ENOUGH_EACH
            and self.switches >= ENOUGH_SWITCHES
        )


@dataclass(frozen=True, slots=True)
class Association:
    """The estimated difference of calm (0 to 10) on days with a practice, and its sample."""

    raw: float
    """The estimate, in points."""
    p: float
    """Two-sided, 0 to 1."""
    shown: float
    """The estimate shrunk towards zero, in points: the one that is shown."""
    low: float
    """The lower end of its 90 % interval."""
    high: float
    rated: int
    with_: int
    without: int
    switches: int


@dataclass(frozen=True, slots=True)
class _Data:
    """The observed days of the window."""

    n: int
    """Calendar days from the first observed to the last."""
    days: list[int]
    """0 to n − 1."""
    weekdays: list[int]
    calm: list[float]
    done: list[float]
    also: list[list[float]]


def counts(calm: Sequence[float | None], done: Sequence[float | None]) -> Counts:
    """How much data a practice has in the last 182 days, as `association` reads them."""
    return _counts(_observed(calm, done, 0, ()).done)


def association(
    calm: Sequence[float | None],
    done: Sequence[float | None],
    first_weekday: int,
    also: Sequence[Sequence[float | None]] = (),
    *,
    grid: Sequence[tuple[float, float]] = GRID,
) -> Association | None:
    """Estimates how calm differs with a practice; None while there is not enough data.

    `calm` is 0 to 10 and `done` 1 or 0 on consecutive calendar days, None where unknown or left
    out; the first of them falls on `first_weekday`, Monday = 0. Days where either is None at
    both ends are cut off, and then the last 182 count. `also` are other practices that are
    held fixed (the joint model), on days where all are known. None, too, where the practice
    can't be separated from the weekdays or from the others. Raises ValueError for unequal lengths.
    """
    data = _observed(calm, done, first_weekday, also)
    found = _counts(data.done)
    if not found.enough:
        return None
    columns = [*_calendar(data), *data.also, data.done]
    df = len(data.days) - len(columns)
    if df < ENOUGH_DF:
        return None
    # Around its mean, so that adding a constant changes not even the rounding.
    mean = sum(data.calm) / len(data.calm)
    columns.append([value - mean for value in data.calm])
    points: list[Swept] = []
    for lam, phi in grid:
        swept = sweep(data.days, columns, lam, phi)
        if swept is None:
            return None
        points.append(swept)
    tally = (found.rated, found.with_, found.without, found.switches)
    if max(data.calm) == min(data.calm):
        return Association(0.0, 1.0, 0.0, 0.0, 0.0, *tally)
    raw, p = _estimated([fit(one, df) for one in points])
    shown, low, high = _drawn_in([fit(one, df + 1, PRIOR) for one in points])
    return Association(raw, p, shown, low, high, *tally)


def _observed(
    calm: Sequence[float | None],
    done: Sequence[float | None],
    first_weekday: int,
    also: Sequence[Sequence[float | None]],
) -> _Data:
    """The complete days of the last 182, with incomplete ends cut off."""
    known = [
        (place, *values)
        for place, values in enumerate(zip(calm, done, *also, strict=True))
        if None not in values
    ]
    last = known[-1][0] if known else 0
    known = [row for row in known if row[0] > last - WINDOW]
    first = known[0][0] if known else 0
    calms, dones, *others = zip(*(row[1:] for row in known), strict=True) if known else ((), ())
    return _Data(
        n=last - first + 1,
        days=[row[0] - first for row in known],
        weekdays=[(first_weekday + row[0]) % 7 for row in known],
        calm=[float(value) for value in calms],
        done=[float(bool(value)) for value in dones],
        also=[[float(bool(value)) for value in column] for column in others],
    )


def _counts(done: Sequence[float]) -> Counts:
    with_ = round(sum(done))
    switches = sum(a != b for a, b in pairwise(done))
    return Counts(len(done), with_, len(done) - with_, switches)


def _calendar(data: _Data) -> list[list[float]]:
    """The nuisance regressors: a level, a drift, slow waves, and the weekdays.

    u_t = (t − (n−1)/2) / (n/2); cos(pi·j·(t+½)/n) for j = 2..K, K = clamp(n // 28, 1, 4); and
    a dummy for each weekday that was observed, but for the first of them.
    """
    n, days = data.n, data.days
    waves = min(max(n // 28, 1), 4)
    there = sorted(set(data.weekdays))
    return [
        [1.0] * len(days),
        [(t - (n - 1) / 2) / (n / 2) for t in days],
        *([cos(pi * j * (t + 0.5) / n) for t in days] for j in range(2, waves + 1)),
        *([float(weekday == q) for weekday in data.weekdays] for q in there[1:]),
    ]


def _weights(fits: Sequence[Fit]) -> list[float]:
    """The weight of each error model: w ∝ exp(restricted log-likelihood)."""
    best = max(one.loglik for one in fits)
    likely = [exp(one.loglik - best) for one in fits]
    return [one / sum(likely) for one in likely]


def _estimated(fits: Sequence[Fit]) -> tuple[float, float]:
    """raw = Σ w·b, and p = 2·min(P, 1 − P) with P(beta > 0) = Σ w·T_df(b/se)."""
    weights = _weights(fits)
    raw = sum(w * one.b for w, one in zip(weights, fits, strict=True))
    below = sum(w * t_tail(one.b / one.se, one.df) for w, one in zip(weights, fits, strict=True))
    above = sum(w * t_tail(-one.b / one.se, one.df) for w, one in zip(weights, fits, strict=True))
    return raw, min(1.0, 2 * min(below, above))


def _drawn_in(fits: Sequence[Fit]) -> tuple[float, float, float]:
    """The mean of the mixture, and 1.645 of its standard deviations either side."""
    weights = _weights(fits)
    mean = sum(w * one.b for w, one in zip(weights, fits, strict=True))
    square = sum(
        w * (one.se**2 + (one.b - mean) ** 2) for w, one in zip(weights, fits, strict=True)
    )
    reach = NINETY * sqrt(square)
    return mean, mean - reach, mean + reach
