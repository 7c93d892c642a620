"""One regression with autocorrelated errors, given how they are autocorrelated. INSIGHTS 4.

Generalised least squares: y and every column are whitened by one pass of a Kalman filter over
the calendar days (Harvey, *Forecasting, Structural Time Series Models and the Kalman Filter*,
1989, 3.4), and what is left is ordinary least squares. Unrated days cost nothing but time that
passes. The likelihood is the restricted one (REML; Harville 1977, *JASA* 72:320).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from operator import mul

PRIOR = 4.0
"""1 / 0.5²: the precision, in units of sigma², of the prior beta ~ N(0, (0.5 sigma)²)."""

_SINGULAR = 1e-9
"""What of a column's square the others must leave over: below, it is a mixture of them."""

_EXACT = 1e-12
"""The smallest share of y's own square that counts as left over: rounding is all below it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The coefficient of the last column, and how likely these errors are."""

    b: float
    se: float
    """> 0."""
    df: int
    """Degrees of freedom: observed days less columns."""
    loglik: float
    """The restricted log-likelihood, up to a constant that all grid points share."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What is left of the last column x and of y once all other columns are taken out of both
    (Frisch and Waugh 1933, *Econometrica* 1:387)."""

    xx: float
    xy: float
    yy: float
    logdet: float
    """Of the covariance of y, plus that of X'X of the other columns."""
    floor: float
    """The smallest residual of y distinguishable from rounding error."""


def whiten(
    days: Sequence[int], columns: Sequence[Sequence[float]], lam: float, phi: float
) -> tuple[list[list[float]], float]:
    """The columns on the observed `days` (increasing), made to have independent errors of one
    variance, and the log-determinant of the covariance they had.

    Cov(e_s, e_t) / sigma² = (1−lam)·phi^|s−t| + lam·[s=t], with 0 <= lam < 1 and |phi| < 1.
    """
    steps = []
    logdet = 0.0
    variance, before = 1 - lam, days[0]
    for day in days:
        # Over elapsed days the state decays, and its variance goes back to 1 − lam.
        carry = phi ** (day - before)
        variance = carry * carry * variance + (1 - lam) * (1 - carry * carry)
        total = variance + lam
        gain = variance / total
        steps.append((carry, gain, 1 / sqrt(total)))
        logdet += log(total)
        variance *= 1 - gain
        before = day
    return [_whitened(column, steps) for column in columns], logdet


def _whitened(column: Sequence[float], steps: list[tuple[float, float, float]]) -> list[float]:
    state = 0.0
    out = []
    for value, (carry, gain, scale) in zip(column, steps, strict=True):
        state *= carry
        news = value - state
        out.append(news * scale)
        state += gain * news
    return out


def sweep(
    days: Sequence[int], columns: Sequence[Sequence[float]], lam: float, phi: float
) -> Swept | None:
    """Whitens and takes all columns but the last two, x and y, out of those; None where a
    column is a mixture of those before it."""
    white, logdet = whiten(days, columns, lam, phi)
    gram = [[sum(map(mul, a, b)) for b in white[: i + 1]] for i, a in enumerate(white)]
    own = [gram[i][i] for i in range(len(gram))]
    x, y = len(gram) - 2, len(gram) - 1
    for pivot in range(x + 1):
        left = gram[pivot][pivot]
        if left <= _SINGULAR * own[pivot] or left <= 0:
            return None
        if pivot == x:
            break
        logdet += log(left)
        for row in range(pivot + 1, len(gram)):
            share = gram[row][pivot] / left
            for column in range(pivot + 1, row + 1):
                gram[row][column] -= share * gram[column][pivot]
    return Swept(gram[x][x], gram[y][x], gram[y][y], logdet, _EXACT * own[y])


def fit(swept: Swept, df: int, prior: float = 0.0) -> Fit:
    """The coefficient of x; with a prior precision it is drawn towards zero.

    b = A⁻¹c, s² = (y'y − b'c)/df, se² = s²·[A⁻¹]_beta, and the restricted log-likelihood
    −½·(df·log s² + logdet + log|A|), where `prior` is added to A at beta.
    """
    xx = swept.xx + prior
    b = swept.xy / xx
    s2 = max(swept.yy - b * swept.xy, swept.floor) / df
    return Fit(b, sqrt(s2 / xx), df, -0.5 * (df * log(s2) + swept.logdet + log(xx)))
