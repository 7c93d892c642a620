"""Generalised least squares with autocorrelated errors, for a given autocorrelation.

y and every column are whitened by one pass of a Kalman filter over the calendar days (Harvey,
*Forecasting, Structural Time Series Models and the Kalman Filter*, 1989, 3.4); what is left is
ordinary least squares. Days without an observation cost nothing but elapsed time. The likelihood
is the restricted one (REML; Harville 1977, *JASA* 72:320).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from operator import add, mul

SINGULAR = 1e-9
"""A column whose residual, given the others, is at most this share of its own square is a linear
combination of them."""

SMALLEST_RSS = 1e-9
"""The residual sum of squares is at least this, so that an exact fit has a likelihood."""

LARGEST_LEVERAGE = 0.95
"""Leverages are capped here, or one day could make a robust variance infinite."""

Column = Sequence[float]
Matrix = list[list[float]]


@dataclass(frozen=True, slots=True)
class Design:
    """A regression: the observed days, y, and its columns. All columns are linearly independent."""

    days: Sequence[int]
    """Increasing; 0 is the first calendar day."""
    y: Column
    nuisance: Sequence[Column]
    """Columns whose coefficients are of no interest."""
    regressors: Sequence[Column]
    """The columns whose coefficients are estimated."""

    @property
    def df(self) -> int:
        """Degrees of freedom: observed days less columns."""
        return len(self.days) - len(self.nuisance) - len(self.regressors)


@dataclass(frozen=True, slots=True)
class Fit:
    """The estimates under one autocorrelation."""

    cross: Matrix
    """A = X'X of the whitened regressors, the nuisance columns taken out (Frisch and Waugh 1933,
    *Econometrica* 1:387)."""
    with_y: list[float]
    """X'y of the same."""
    inverse: Matrix
    """A⁻¹."""
    b: list[float]
    """The coefficients A⁻¹X'y."""
    s2: float
    """The residual variance RSS / df, > 0."""
    loglik: float
    """The restricted log-likelihood, up to a constant that all autocorrelations share."""


def whiten(
    days: Sequence[int], columns: Sequence[Column], lam: float, phi: float
) -> tuple[Matrix, float]:
    """Transforms the columns, observed on `days` (increasing), so that their errors are
    independent with one variance; returns them and the log-determinant of the covariance.

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


def _whitened(column: Column, steps: list[tuple[float, float, float]]) -> list[float]:
    state = 0.0
    out = []
    for value, (carry, gain, scale) in zip(column, steps, strict=True):
        state *= carry
        news = value - state
        out.append(news * scale)
        state += gain * news
    return out


def fits(design: Design, grid: Sequence[tuple[float, float]]) -> list[Fit]:
    """Estimates the coefficients under each (lam, phi) of a grid.

    Where lam = 0, whitening is x_t − c·x_(t−g) with c = phi^g, g days after the observation before.
    So X'X = Σ_g ((N + c·B) / (1 − c) − c·S / (1 − c²)), where N, B and S are the inner products of
    x_t, x_(t−g) and their sum. These are computed once for all phi.
    """
    columns = [*design.nuisance, *design.regressors, design.y]
    lagged: list[_Lagged] | None = None
    found = []
    for lam, phi in grid:
        if lam:
            white, logdet = whiten(design.days, columns, lam, phi)
            gram = _gram(white)
        else:
            lagged = lagged or _lagged(design.days, columns)
            gram, logdet = _autoregressive(columns, lagged, phi)
        found.append(_solved(design, gram, logdet))
    return found


def fit(design: Design, lam: float, phi: float) -> Fit:
    """Estimates the coefficients under one autocorrelation."""
    columns = [*design.nuisance, *design.regressors, design.y]
    white, logdet = whiten(design.days, columns, lam, phi)
    return _solved(design, _gram(white), logdet)


def _solved(design: Design, gram: Matrix, logdet: float) -> Fit:
    """Solves the normal equations of the whitened columns; y is the last. Overwrites `gram`.

    s² = (y'y − b'X'y)/df and ll = −½·(df·log s² + log|V| + Σ log of every pivot).
    """
    first, y = len(design.nuisance), len(gram) - 1
    logdet += _eliminate(gram, first)
    cross = [[gram[max(i, j)][min(i, j)] for j in range(first, y)] for i in range(first, y)]
    with_y = gram[y][first:y]
    inverse, log_pivots = _inverse(cross)
    b = [sum(map(mul, row, with_y)) for row in inverse]
    s2 = max(gram[y][y] - sum(map(mul, b, with_y)), SMALLEST_RSS) / design.df
    loglik = -0.5 * (design.df * log(s2) + logdet + log_pivots)
    return Fit(cross, with_y, inverse, b, s2, loglik)


@dataclass(frozen=True, slots=True)
class _Lagged:
    """Inner products of the columns over the observations that lie `gap` days after the one
    before."""

    gap: int
    count: int
    now: Matrix
    before: Matrix
    both: Matrix
    """Of the sums of both."""


def _lagged(days: Sequence[int], columns: Sequence[Column]) -> list[_Lagged]:
    gaps: dict[int, list[int]] = {}
    for place in range(1, len(days)):
        gaps.setdefault(days[place] - days[place - 1], []).append(place)
    found = []
    for gap, places in gaps.items():
        now = [[column[place] for place in places] for column in columns]
        before = [[column[place - 1] for place in places] for column in columns]
        both = [list(map(add, one, other)) for one, other in zip(now, before, strict=True)]
        found.append(_Lagged(gap, len(places), _gram(now), _gram(before), _gram(both)))
    return found


def _autoregressive(
    columns: Sequence[Column], lagged: Sequence[_Lagged], phi: float
) -> tuple[Matrix, float]:
    """The inner products of the columns whitened by (0, phi), and the log-determinant."""
    gram = _gram([column[:1] for column in columns])
    logdet = 0.0
    for one in lagged:
        carry = phi**one.gap
        logdet += one.count * log(1 - carry * carry)
        apart, shared = 1 / (1 - carry), carry / (1 - carry * carry)
        for row, now, before, both in zip(gram, one.now, one.before, one.both, strict=True):
            row[:] = [
                total + apart * (a + carry * b) - shared * c
                for total, a, b, c in zip(row, now, before, both, strict=True)
            ]
    return gram, logdet


def identified(
    nuisance: Sequence[Column], regressors: Sequence[Column]
) -> tuple[list[int], list[int]]:
    """The places of the nuisance columns that are no linear combination of those before them, and
    of the regressors that are none of the nuisance columns and the other regressors: of two that
    are equal, neither."""
    columns: list[Column] = [*nuisance, *regressors]
    gram = _gram(columns)
    squares = [gram[place][place] for place in range(len(gram))]
    first = len(nuisance)
    chosen = _eliminate_independent(gram, range(first), squares)
    places = []
    for place in range(first, len(gram)):
        rest = [row[:] for row in gram]
        others = [other for other in range(first, len(gram)) if other != place]
        _eliminate_independent(rest, others, squares)
        if rest[place][place] > SINGULAR * squares[place]:
            places.append(place - first)
    return chosen, places


def hc2_ratios(design: Design, lam: float, phi: float, fitted: Fit) -> list[float]:
    """For each regressor, its variance robust to unequal scatter over the ordinary one.

    HC2 weights each squared residual by 1 / (1 − leverage) (MacKinnon and White 1985,
    *J Econometrics* 29:305), on the whitened data. HC3, which squares that factor, errs less often
    but takes so long to find a real effect that it isn't used (tests/bench/README.md).
    """
    columns = [*design.nuisance, *design.regressors]
    *white, y = whiten(design.days, [*columns, design.y], lam, phi)[0]
    basis: Matrix = []
    partial: Matrix = []
    for place, column in enumerate(white):
        if place >= len(design.nuisance):
            partial.append(_residual(column, basis[: len(design.nuisance)]))
        basis.append(_normalised(_residual(column, basis)))
    residuals = _residual(y, basis)
    leverages = (sum(map(mul, row, row)) for row in zip(*basis, strict=True))
    squares = [
        error * error / (1 - min(leverage, LARGEST_LEVERAGE))
        for error, leverage in zip(residuals, leverages, strict=True)
    ]
    ratios = []
    for place, row in enumerate(fitted.inverse):
        influence = [sum(map(mul, row, values)) for values in zip(*partial, strict=True)]
        robust = sum(a * a * square for a, square in zip(influence, squares, strict=True))
        ratios.append(robust / (fitted.s2 * row[place]))
    return ratios


def residuals(
    days: Sequence[int],
    nuisance: Sequence[Column],
    columns: Sequence[Column],
    lam: float,
    phi: float,
) -> Matrix:
    """The columns, whitened, less what the whitened nuisance columns explain of them."""
    white, _ = whiten(days, [*nuisance, *columns], lam, phi)
    basis: Matrix = []
    for column in white[: len(nuisance)]:
        basis.append(_normalised(_residual(column, basis)))
    return [_residual(column, basis) for column in white[len(nuisance) :]]


def _gram(columns: Sequence[Column]) -> Matrix:
    """The lower triangle of all inner products."""
    return [[sum(map(mul, a, b)) for b in columns[: i + 1]] for i, a in enumerate(columns)]


def _eliminate(gram: Matrix, count: int) -> float:
    """Takes the first columns out of all later ones, in place; returns Σ log of their pivots."""
    total = 0.0
    for pivot in range(count):
        total += log(gram[pivot][pivot])
        _take_out(gram, pivot, range(pivot + 1, len(gram)))
    return total


def _eliminate_independent(
    gram: Matrix, places: Sequence[int], squares: Sequence[float]
) -> list[int]:
    """Takes the columns at `places` out of all others, in place, but for those that are linear
    combinations of the ones before; returns the places of those taken out."""
    chosen = []
    for pivot in places:
        if gram[pivot][pivot] > SINGULAR * squares[pivot]:
            chosen.append(pivot)
            _take_out(gram, pivot, [row for row in range(len(gram)) if row not in chosen])
    return chosen


def _take_out(gram: Matrix, pivot: int, rows: Sequence[int]) -> None:
    """Subtracts from the inner products of `rows` (increasing) what they share with a column."""
    left = gram[pivot][pivot]
    shared = {row: gram[max(row, pivot)][min(row, pivot)] for row in rows}
    for row in rows:
        share = shared[row] / left
        if share:
            target = gram[row]
            for column in rows:
                if column > row:
                    break
                target[column] -= share * shared[column]


def _inverse(matrix: Matrix) -> tuple[Matrix, float]:
    """The inverse of a positive definite matrix by Gauss and Jordan, and Σ log of its pivots."""
    size = len(matrix)
    rows = [[*row, *(float(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    total = 0.0
    for pivot in range(size):
        left = rows[pivot][pivot]
        total += log(left)
        rows[pivot] = [value / left for value in rows[pivot]]
        for i in range(size):
            share = rows[i][pivot]
            if i != pivot and share:
                rows[i] = [a - share * b for a, b in zip(rows[i], rows[pivot], strict=True)]
    return [row[size:] for row in rows], total


def _normalised(column: Column) -> list[float]:
    """The column scaled to length 1."""
    length = sqrt(sum(map(mul, column, column)))
    return [value / length for value in column]


def _residual(column: Column, basis: Matrix) -> list[float]:
    """The column less its projection on an orthonormal basis (modified Gram-Schmidt)."""
    rest = list(column)
    for unit in basis:
        share = sum(map(mul, rest, unit))
        rest = [value - share * part for value, part in zip(rest, unit, strict=True)]
    return rest
