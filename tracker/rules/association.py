"""How much calmer days with a practice are: one joint regression, averaged over error models.

It is robust to the properties of diary data: autocorrelated calm and habits, weekday patterns,
slow drift, missing ratings, practices that come together, and days with a practice being more
variable than others. No single error model is assumed: 19 are averaged; gls.py fits each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, exp, inf, lgamma, log, pi, sqrt
from statistics import NormalDist, fmean

from tracker.rules import gls
from tracker.rules.gls import Design, Fit

WINDOW = 364
"""Calendar days, up to the last rated one, that an estimate is made from: 52 weeks."""

MOST_WAVES = 8
"""The largest number K of slow waves; the first of them is the linear drift."""

ENOUGH_RATED, ENOUGH_EACH, ENOUGH_SWITCHES, ENOUGH_DF = 24, 8, 6, 10
"""What an estimate needs at least: rated evenings; evenings with the practice, and as many without
it; changes between the two; degrees of freedom."""

GRID = (
    *((0.0, phi) for phi in (-0.3, -0.15, 0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9)),
    *((lam, phi) for lam in (0.3, 0.6) for phi in (0.3, 0.6, 0.75, 0.9, 0.95)),
)
"""The 19 error models (lam, phi): lam is the share of the error variance that is independent from
evening to evening, phi the correlation of the rest from one day to the next."""

SHRINKAGE = 0.5
"""The standard deviation, in units of sigma, of the prior of the shown estimate."""

SLAB_MEAN, SLAB_SD, SLAB_DOWN = 0.22, 0.15, 0.1
"""The prior of an effect that exists: normal with mean ±0.22 sigma and standard deviation 0.15
sigma; one in ten is downward."""

SHARES = (0.05, 0.15, 0.30, 0.50)
"""The prior probabilities that a practice has an effect; results are averaged over them."""

ENOUGH_TOGETHER = 3
"""Practices needed for a statement on all of them together."""

NINETY, NINETY_FIVE = 1.645, 1.96
"""Standard deviations to either side of the mean within which 90 and 95 % of a normal distribution
lie."""

_SMALLEST_TAIL = 1e-12
"""Smaller tail probabilities are raised to this one, by which z is at most about 7."""

_LARGEST_LOG = 30.0
"""The logarithm to which Bayes factors are scaled down, so that `exp` can't overflow."""

_NORMAL = NormalDist()

Days = Sequence[float | None]
"""One value for each calendar day; None where unknown or left out."""

Grid = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much data a practice has."""

    rated: int
    """Evenings on which both calm and the practice are known."""
    with_: int
    without: int
    switches: int
    """How often the evenings changed between the two."""

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
    """The estimated difference of calm (0 to 10) on days with a practice, the others held fixed."""

    estimate: float
    """In points of calm."""
    se: float
    """Its standard error in points, > 0."""
    z: float
    """A standard normal deviate if there is no difference."""
    shown: float
    """The estimate shrunk towards zero, in points; this one is shown to the person."""
    low: float
    """The lower end of its 90 % interval."""
    high: float
    up: float
    """The probability that calm is higher on days with it, 0 to 1."""
    down: float
    """The probability that it is lower."""

    @property
    def is_small(self) -> bool:
        """Whether a difference, if there is one, is most likely smaller than a point."""
        return abs(self.estimate) + NINETY_FIVE * self.se < 1


@dataclass(frozen=True, slots=True)
class Estimates:
    """The results for all practices at one time."""

    counts: Mapping[str, Counts]
    """Of every practice, by id."""
    practices: Mapping[str, Association]
    """Of those with enough data whose columns aren't collinear with the calendar or the others."""
    together: float | None
    """The z of one common difference of all practices; None for fewer than three."""


@dataclass(frozen=True, slots=True)
class _Window:
    """The rated days of the window."""

    n: int
    """Calendar days from the first rated to the last."""
    days: list[int]
    """0 to n − 1."""
    weekdays: list[int]
    calm: list[float]
    done: dict[str, list[float | None]]
    """By practice, on the same days."""


def estimate(
    calm: Days,
    practices: Mapping[str, Days],
    first_weekday: int,
    *,
    window: int = WINDOW,
    most_waves: int = MOST_WAVES,
    grid: Grid = GRID,
    robust: bool = True,
) -> Estimates:
    """Estimates, in one regression on all practices, how calm differs on days with each of them.

    `calm` is 0 to 10 and each practice 1 or 0 on consecutive calendar days, None where unknown;
    the first of them falls on `first_weekday`, Monday = 0. Days without calm are cut off at both
    ends, and the last `window` of the remaining days count. Where a practice is unknown on a rated
    day, its mean is imputed, and an indicator column of these days is added. Raises ValueError for
    unequal lengths.
    """
    data = _window(calm, practices, first_weekday, window)
    tallies = {name: _counts(done) for name, done in data.done.items()}
    ready = [name for name, one in tallies.items() if one.enough]
    nothing = Estimates(tallies, {}, None)
    if not ready or max(data.calm) == min(data.calm):
        return nothing
    nuisance = [*_calendar(data, most_waves), *_indicators([data.done[name] for name in ready])]
    columns = [_filled(data.done[name]) for name in ready]
    chosen, places = gls.identified(nuisance, columns)
    # Centred, so that adding a constant to every rating changes nothing, not even by rounding.
    mean = fmean(data.calm)
    design = Design(
        data.days,
        [y - mean for y in data.calm],
        [nuisance[place] for place in chosen],
        [columns[place] for place in places],
    )
    if not places or design.df < ENOUGH_DF:
        return nothing
    associations, together = _estimated(design, grid, robust=robust)
    names = [ready[place] for place in places]
    return Estimates(tallies, dict(zip(names, associations, strict=True)), together)


def tally(calm: Days, practices: Mapping[str, Days]) -> dict[str, Counts]:
    """How much data each practice has in the last 364 days, as `estimate` reads them."""
    data = _window(calm, practices, 0, WINDOW)
    return {name: _counts(done) for name, done in data.done.items()}


def _window(calm: Days, practices: Mapping[str, Days], first_weekday: int, window: int) -> _Window:
    if any(len(done) != len(calm) for done in practices.values()):
        raise ValueError("calm and the practices differ in length")
    rated = [place for place, value in enumerate(calm) if value is not None]
    last = rated[-1] if rated else 0
    rated = [place for place in rated if place > last - window]
    first = rated[0] if rated else 0
    return _Window(
        n=last - first + 1,
        days=[place - first for place in rated],
        weekdays=[(first_weekday + place) % 7 for place in rated],
        calm=[float(calm[place] or 0) for place in rated],
        done={name: [_binary(done[place]) for place in rated] for name, done in practices.items()},
    )


def _binary(value: float | None) -> float | None:
    return None if value is None else float(bool(value))


def _counts(done: Sequence[float | None]) -> Counts:
    known = [value for value in done if value is not None]
    with_ = round(sum(known))
    switches = sum(a != b for a, b in pairwise(known))
    return Counts(len(known), with_, len(known) - with_, switches)


def _calendar(data: _Window, most_waves: int) -> list[list[float]]:
    """The calendar columns: a level, a drift, slow waves, and the weekdays.

    u_t = (t − (n−1)/2) / (n/2); cos(pi·j·(t+½)/n) for j = 2..K, K = clamp(n // 28, 1, most); and
    a dummy for each observed weekday but the first.
    """
    n, days = data.n, data.days
    waves = min(max(n // 28, 1), most_waves)
    observed = sorted(set(data.weekdays))
    return [
        [1.0] * len(days),
        [(t - (n - 1) / 2) / (n / 2) for t in days],
        *([cos(pi * j * (t + 0.5) / n) for t in days] for j in range(2, waves + 1)),
        *([float(weekday == q) for weekday in data.weekdays] for q in observed[1:]),
    ]


def _indicators(practices: Sequence[Sequence[float | None]]) -> list[list[float]]:
    """One column for each pattern of days on which a practice is unknown."""
    patterns = dict.fromkeys(tuple(value is None for value in done) for done in practices)
    return [[float(unknown) for unknown in one] for one in patterns if any(one)]


def _filled(done: Sequence[float | None]) -> list[float]:
    """The practice, its mean where it is unknown."""
    mean = fmean(value for value in done if value is not None)
    return [mean if value is None else value for value in done]


def _estimated(
    design: Design, grid: Grid, *, robust: bool
) -> tuple[list[Association], float | None]:
    """Averages the fits of the grid by their likelihood: w ∝ exp(restricted log-likelihood)."""
    fits = gls.fits(design, grid)
    best = max(fits, key=lambda one: one.loglik)
    likely = [exp(one.loglik - best.loglik) for one in fits]
    weights = [value / sum(likely) for value in likely]
    sigma = sqrt(sum(w * one.s2 for w, one in zip(weights, fits, strict=True)))
    ratios = [1.0] * len(design.regressors)
    if robust:
        ratios = gls.hc2_ratios(design, *grid[fits.index(best)], best)
    averaged = [
        _averaged(
            [one.b[place] for one in fits],
            [sqrt(one.s2 * one.inverse[place][place]) for one in fits],
            weights,
            design.df,
            sqrt(max(1.0, ratio)),
        )
        for place, ratio in enumerate(ratios)
    ]
    probabilities = _pooled([(b, se) for b, se, _ in averaged], sigma)
    associations = [
        Association(b, se, z, *_shrunk(b, se, SHRINKAGE * sigma), up, down)
        for (b, se, z), (up, down) in zip(averaged, probabilities, strict=True)
    ]
    return associations, _together(fits, weights, design.df, ratios)


def _averaged(
    bs: Sequence[float], ses: Sequence[float], weights: Sequence[float], df: int, widened: float
) -> tuple[float, float, float]:
    """The mean b, standard error and z of the mixture of the fits' t distributions.

    P(beta > 0) = Σ w·T_df(b/se), z = Φ⁻¹ of it; se² = Σ w·(se²·df/(df−2) + (b_g − b)²), as the
    variance of a t distribution is df/(df−2). With `widened` = h: z/h, se·h, and b = z·se.
    """
    z = _deviate([b / se for b, se in zip(bs, ses, strict=True)], weights, df)
    b = sum(w * one for w, one in zip(weights, bs, strict=True))
    variance = sum(
        w * (se * se * df / (df - 2) + (one - b) ** 2)
        for w, one, se in zip(weights, bs, ses, strict=True)
    )
    se = sqrt(variance) * widened
    return (b, se, z) if widened == 1 else (z / widened * se, se, z / widened)


def _deviate(ts: Sequence[float], weights: Sequence[float], df: int) -> float:
    """The normal deviate of a mixture of t statistics."""
    below = sum(w * t_tail(t, df) for w, t in zip(weights, ts, strict=True))
    above = sum(w * t_tail(-t, df) for w, t in zip(weights, ts, strict=True))
    # The smaller tail has more significant digits: the larger one is close to 1.
    if above < below:
        return _NORMAL.inv_cdf(max(above, _SMALLEST_TAIL))
    return -_NORMAL.inv_cdf(max(below, _SMALLEST_TAIL))


def _pooled(estimates: Sequence[tuple[float, float]], sigma: float) -> list[tuple[float, float]]:
    """For each (estimate, standard error) the probabilities that the difference is up and down.

    A spike-and-slab prior, averaged over the share pi of practices that have an effect:
    R± = N(b; ±.22 s, se² + (.15 s)²) / N(b; 0, se²), total = 1 − pi + pi·(.9 R+ + .1 R−), the
    weight of pi ∝ Π total, up = Σ weight·pi·.9 R+/total.
    """
    factors = [_bayes_factors(b, se, sigma) for b, se in estimates]
    totals = {share: [1 - share + share * (up + down) for up, down in factors] for share in SHARES}
    logs = {share: sum(map(log, totals[share])) for share in SHARES}
    weights = {share: exp(logs[share] - max(logs.values())) for share in SHARES}
    whole = sum(weights.values())
    return [
        (
            sum(weights[s] / whole * s * up / totals[s][place] for s in SHARES),
            sum(weights[s] / whole * s * down / totals[s][place] for s in SHARES),
        )
        for place, (up, down) in enumerate(factors)
    ]


def _bayes_factors(b: float, se: float, sigma: float) -> tuple[float, float]:
    """.9 R+ and .1 R−; where the larger exceeds e^30, both are divided by the excess."""
    spread = sqrt(se * se + (SLAB_SD * sigma) ** 2)
    logs = [
        0.5 * ((b / se) ** 2 - ((b - mean) / spread) ** 2)
        for mean in (SLAB_MEAN * sigma, -SLAB_MEAN * sigma)
    ]
    excess = max(0.0, max(logs) - _LARGEST_LOG)
    up, down = (se / spread * exp(one - excess) for one in logs)
    return (1 - SLAB_DOWN) * up, SLAB_DOWN * down


def _shrunk(b: float, se: float, prior: float) -> tuple[float, float, float]:
    """The posterior mean under N(0, prior²), and 1.645 of its standard deviations either side."""
    factor = prior * prior / (prior * prior + se * se)
    reach = NINETY * sqrt(factor) * se
    return factor * b, factor * b - reach, factor * b + reach


def _together(
    fits: Sequence[Fit], weights: Sequence[float], df: int, ratios: Sequence[float]
) -> float | None:
    """The z of one common coefficient of all practices: c = Σ X'y / Σ X'X of their block."""
    if len(ratios) < ENOUGH_TOGETHER:
        return None
    ts = [sum(one.with_y) / sqrt(one.s2 * sum(map(sum, one.cross))) for one in fits]
    return _deviate(ts, weights, df) / sqrt(max(1.0, fmean(ratios)))


# Student's t distribution, by the incomplete beta function

_TINY = 1e-300
"""Takes the place of a smaller, or zero, denominator in the continued fraction."""

_CLOSE = 1e-15
"""The relative change of a step at which the continued fraction has converged."""

_MOST_STEPS = 500


def t_tail(t: float, df: float) -> float:
    """P(T > t) for Student's t with df > 0 degrees of freedom: 0 to 1.

    For t >= 0 it is I_x(df/2, 1/2) / 2 with x = df / (df + t²) (Abramowitz & Stegun 26.7.1);
    for t < 0 by symmetry. An infinite t gives 0 or 1.
    """
    if t < 0:
        return 1 - t_tail(-t, df)
    if t == inf:
        return 0.0
    square = t * t
    return 0.5 * incomplete_beta(df / 2, 0.5, df / (df + square), square / (df + square))


def incomplete_beta(a: float, b: float, x: float, rest: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for a, b > 0 and 0 <= x <= 1.

    `rest` is 1 − x, given as well because its digits are lost where x is close to 1. The
    continued fraction of DLMF 8.17.22 where it converges fast, else by I_x(a, b) =
    1 − I_(1−x)(b, a), DLMF 8.17.4.
    """
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(rest))
    if x < (a + 1) / (a + b + 2):
        return front / a * _fraction(a, b, x)
    return 1 - front / b * _fraction(b, a, rest)


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction 1 / (1 + d1 / (1 + d2 / …)) of DLMF 8.17.22, from the front by
    Lentz's method as Thompson and Barnett (1986) changed it."""
    c = 1.0
    d = 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _not_zero(1 + step * d)
            c = _not_zero(1 + step / c)
            value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
