"""The coin-flip month: a fair coin says on which days to aim for a practice, so that nothing but
the practice can make those days differ on average (Fisher 1935, *The Design of Experiments*).

Months begun since 1.1 draw in balanced pairs of days. They are assessed after 28 days and, if
nothing is clear by then and the person goes on, after 56. Months begun in 1.0 draw each day by
itself and are assessed as they were then, by compare_v1.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from operator import mul

from tracker.rules import gls
from tracker.rules.association import GRID, Days
from tracker.rules.gls import Design

DAYS = 28
"""Days of a coin-flip month, and of the second one that can follow."""

ENOUGH_EACH = 5
"""Rated evenings of each kind, aimed and free, without which nothing is compared."""

CLEAR = {DAYS: 0.02, 2 * DAYS: 0.035}
"""The one-sided p-value up to which a result is clear, by days. Together they are wrong about
.05 of the time where there is no difference (tests/bench/README.md)."""

DRAWS = 4999
"""Random assignments drawn for the randomisation test."""

ONE_SIDE = 0.05
"""The probability that the 90 % interval leaves out at each end."""

_ROUNDING = 1e-9
"""Effects that differ by less are equal but for rounding."""


@dataclass(frozen=True, slots=True)
class EffectInterval:
    """The 90 % interval for how much calmer days were on which the coin said to aim, in points
    of calm (0 to 10)."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Month:
    """The ratings of one coin-flip month."""

    seed: int
    calm: Days
    """By day, 28 or 56 of them; None for an unrated evening."""

    @property
    def aimed(self) -> list[bool]:
        """Whether the coin said to aim, by day."""
        return aims(self.seed, len(self.calm))


@dataclass(frozen=True, slots=True)
class Comparison:
    """How days on which the coin said to aim differ from the others."""

    estimate: float
    """Points of calm by which the aimed days are higher."""
    interval: EffectInterval
    higher: float
    """The one-sided p-value of calmer days, 0 to 1."""
    lower: float


def aims(seed: int, days: int) -> list[bool]:
    """Whether the coin says to aim, by day: one of each two days, the same on every machine."""
    out = []
    for pair in range((days + 1) // 2):
        is_first = sha256(f"{seed} pair {pair}".encode()).digest()[0] % 2 == 1
        out += [is_first, not is_first]
    return out[:days]


def assess(months: Sequence[Month], *, draws: int = DRAWS) -> Comparison | None:
    """Compares aimed and free days of the finished months of a practice, pooled; None until there
    are at least five rated evenings of each kind.

    Days are compared by what the coin said, not by what was done: only the coin was random.
    T = z'Qy / z'Qz, where z says which days were aimed and Q is the inverse covariance of the
    ratings without level and trend, fitted on the ratings alone. The reference distribution redraws
    z from the actual pairs, `draws` times, seeded by the months. The interval holds every effect d
    for which the test of y − d·z is not rejected on either side at 5 %.
    """
    rated = [
        aim
        for month in months
        for aim, calm in zip(month.aimed, month.calm, strict=True)
        if calm is not None
    ]
    if min(sum(rated), len(rated) - sum(rated)) < ENOUGH_EACH:
        return None
    pairs = _Pairs([_pairs(month) for month in months])
    actual = [1 if aims_first else -1 for month in months for aims_first in month.aimed[::2]]
    of_actual = pairs.products(actual)
    estimate = pairs.effect(actual, of_actual)
    rng = random.Random(" ".join(str(month.seed) for month in months))  # noqa: S311
    drawn = []
    for _ in range(draws):
        signs = [1 if rng.getrandbits(1) else -1 for _ in actual]
        products = pairs.products(signs)
        # What one point of the actual effect adds to T under these signs.
        overlap = _inner(signs, of_actual) / _inner(signs, products)
        drawn.append((pairs.effect(signs, products), overlap))
    higher = sum(effect >= estimate - _ROUNDING for effect, _ in drawn)
    lower = sum(effect <= estimate + _ROUNDING for effect, _ in drawn)
    ratings = [calm for month in months for calm in month.calm if calm is not None]
    spread = max(ratings) - min(ratings) + 1
    interval = EffectInterval(
        interval_end(estimate, drawn, estimate - 2 * spread),
        -interval_end(-estimate, [(-d, z) for d, z in drawn], -estimate - 2 * spread),
    )
    return Comparison(estimate, interval, (higher + 1) / (draws + 1), (lower + 1) / (draws + 1))


@dataclass(frozen=True, slots=True)
class _MonthPairs:
    """The inner products of one month's pairs, with z = ½ + ½·s·v: s = ±1 for each pair, v = +1 on
    its first day and −1 on its second."""

    with_y: list[float]
    """v'Qy of each pair."""
    cross: list[list[float]]
    """v'Qv of each two."""


class _Pairs:
    """The pairs of all months, with which T is a function of their signs."""

    def __init__(self, months: Sequence[_MonthPairs]) -> None:
        self._crosses = [month.cross for month in months]
        self._with_y = [product for month in months for product in month.with_y]

    def effect(self, signs: Sequence[int], products: Sequence[float]) -> float:
        """T = z'Qy / z'Qz, with the `products` of the signs."""
        return 2 * _inner(signs, self._with_y) / _inner(signs, products)

    def products(self, signs: Sequence[int]) -> list[float]:
        """2·v'Qz of each pair, which the signs of its month give: Q leaves out the level of z."""
        products: list[float] = []
        for cross in self._crosses:
            own = signs[len(products) : len(products) + len(cross)]
            products += [_inner(own, row) for row in cross]
        return products


def _inner(one: Sequence[float], other: Sequence[float]) -> float:
    product: float = sum(map(mul, one, other))
    return product


def _pairs(month: Month) -> _MonthPairs:
    """The inner products of a month, with Q from the likeliest error model of its ratings."""
    days = [day for day, calm in enumerate(month.calm) if calm is not None]
    y = [float(month.calm[day] or 0) for day in days]
    middle = (len(month.calm) - 1) / 2
    nuisance = [[1.0] * len(days), [day - middle for day in days]]
    chosen, _ = gls.identified(nuisance, [])
    design = Design(days, y, [nuisance[place] for place in chosen], [])
    lam, phi = (
        max(GRID, key=lambda point: gls.fit(design, *point).loglik) if design.df > 0 else (0.0, 0.0)
    )
    contrasts = [
        [float(day == 2 * pair) - float(day == 2 * pair + 1) for day in days]
        for pair in range((len(month.calm) + 1) // 2)
    ]
    *rest, errors = gls.residuals(days, design.nuisance, [*contrasts, y], lam, phi)
    return _MonthPairs(
        [_inner(one, errors) for one in rest],
        [[_inner(one, other) for other in rest] for one in rest],
    )


def interval_end(estimate: float, draws: Sequence[tuple[float, float]], far: float) -> float:
    """The lower end of the interval: the smallest effect that the test doesn't reject.

    Found by bisection between `far`, an effect that is rejected, and `estimate`. `draws` are
    redrawn effects and their overlaps: without an effect d the estimate is less by d, and a redrawn
    one by d times its overlap.
    """
    rejected, accepted = far, estimate
    for _ in range(30):
        middle = (rejected + accepted) / 2
        above = sum(d - middle * z >= estimate - middle - _ROUNDING for d, z in draws)
        if (above + 1) / (len(draws) + 1) <= ONE_SIDE:
            rejected = middle
        else:
            accepted = middle
    return accepted


# Months begun in version 1.0: each day is drawn by itself, and the means of aimed and free days are
# compared.

DRAWS_V1 = 1999
"""Random assignments drawn for the randomisation test."""


def is_aim_day_v1(seed: int, day: date) -> bool:
    """Whether the coin says to aim for the practice on a day: the same on every machine."""
    return sha256(f"{seed} {day.isoformat()}".encode()).digest()[0] % 2 == 1


def compare_v1(calm: Sequence[float], aimed: Sequence[bool]) -> EffectInterval | None:
    """Calm on days the coin said to aim, less calm on the free days, as a 90 % interval; None with
    fewer than five of each kind.

    Days are compared by what the coin said, not by what was done: only the coin was random. The
    interval holds every effect d for which the randomisation test of calm − d·aimed is not rejected
    on either side at 5 %, with the coins redrawn 1,999 times (seeded, so the answer stays the
    same).
    """
    if min(sum(aimed), len(aimed) - sum(aimed)) < ENOUGH_EACH:
        return None
    rng = random.Random(len(calm))  # noqa: S311
    difference = _difference_v1(calm, aimed)
    draws: list[tuple[float, float]] = []
    while len(draws) < DRAWS_V1:
        drawn = [rng.random() < 0.5 for _ in calm]
        if any(drawn) and not all(drawn):
            draws.append(
                (_difference_v1(calm, drawn), _difference_v1([float(a) for a in aimed], drawn))
            )
    spread = max(calm) - min(calm) + 1
    return EffectInterval(
        interval_end(difference, draws, difference - 2 * spread),
        -interval_end(-difference, [(-d, z) for d, z in draws], -difference - 2 * spread),
    )


def _difference_v1(values: Sequence[float], chosen: Sequence[bool]) -> float:
    yes = [value for value, is_chosen in zip(values, chosen, strict=True) if is_chosen]
    no = [value for value, is_chosen in zip(values, chosen, strict=True) if not is_chosen]
    return sum(yes) / len(yes) - sum(no) / len(no)
