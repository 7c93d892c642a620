"""Textbook matrix algebra, written out, as the reference for the rules' faster algorithms."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

Matrix = list[list[float]]


def transposed(a: Matrix) -> Matrix:
    return [list(row) for row in zip(*a, strict=True)]


def times(a: Matrix, b: Matrix) -> Matrix:
    columns = transposed(b)
    return [[sum(x * y for x, y in zip(r, c, strict=True)) for c in columns] for r in a]


def column(values: Sequence[float]) -> Matrix:
    return [[value] for value in values]


def inverse_and_logdet(a: Matrix) -> tuple[Matrix, float]:
    """The inverse by Gauss-Jordan without pivoting, and log |a|: for a positive definite matrix or
    a triangle with a positive diagonal."""
    size = len(a)
    rows = [[*row, *(float(i == j) for j in range(size))] for i, row in enumerate(a)]
    logdet = 0.0
    for i in range(size):
        pivot = rows[i][i]
        logdet += log(pivot)
        rows[i] = [value / pivot for value in rows[i]]
        for j in range(size):
            if j != i:
                share = rows[j][i]
                rows[j] = [x - share * y for x, y in zip(rows[j], rows[i], strict=True)]
    return [row[size:] for row in rows], logdet


def cholesky(a: Matrix) -> Matrix:
    """The lower triangle L with a = LL'."""
    low: Matrix = [[0.0] * len(a) for _ in a]
    for i in range(len(a)):
        for j in range(i + 1):
            rest = a[i][j] - sum(low[i][k] * low[j][k] for k in range(j))
            low[i][j] = rest**0.5 if i == j else rest / low[j][j]
    return low


def covariance(days: Sequence[int], lam: float, phi: float) -> Matrix:
    """The covariance matrix (1 − lam)·phi^|s−t| + lam·[s = t] of INSIGHTS 4."""
    return [[(1 - lam) * phi ** abs(s - t) + lam * (s == t) for t in days] for s in days]
