"""Student's t distribution, by the incomplete beta function. Standard library only."""

from __future__ import annotations

from math import exp, inf, lgamma, log

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
