"""Generalised least squares by a Kalman filter equals the textbook's matrices."""

from __future__ import annotations

import random
from math import log

import pytest

from tests.rules.dense_matrices import (
    cholesky,
    column,
    covariance,
    inverse_and_logdet,
    times,
    transposed,
)
from tracker.rules import gls
from tracker.rules.association import GRID
from tracker.rules.gls import Design

AUTOCORRELATIONS = [(0.0, 0.0), (0.0, 0.6), (0.0, -0.3), (0.3, 0.75), (0.6, 0.95)]


def simulate_design(seed: int, *, is_extreme: bool = False) -> Design:
    """A design matrix of sixteen of twenty days with a level, a drift and two practices."""
    rng = random.Random(seed)
    days = sorted(rng.sample(range(20), 16))
    regressors = [[float(rng.random() < 0.5) for _ in days] for _ in range(2)]
    if is_extreme:
        regressors[1] = [100.0 if place == 3 else float(place % 3 == 0) for place in range(16)]
    y = [rng.gauss(6, 1.5) for _ in days]
    return Design(days, y, [[1.0] * 16, [day / 10 - 1 for day in days]], regressors)


@pytest.mark.parametrize(("lam", "phi"), AUTOCORRELATIONS)
def test_the_fit_agrees_with_dense_matrices(lam: float, phi: float) -> None:
    design = simulate_design(1)
    x = transposed([list(values) for values in (*design.nuisance, *design.regressors)])
    precision, logdet = inverse_and_logdet(covariance(design.days, lam, phi))
    weighted = times(transposed(x), precision)
    inverse, log_information = inverse_and_logdet(times(weighted, x))
    b = times(inverse, times(weighted, column(design.y)))
    fitted = times(x, b)
    errors = column([y - f[0] for y, f in zip(design.y, fitted, strict=True)])
    rss = times(times(transposed(errors), precision), errors)[0][0]
    s2 = rss / (16 - 4)

    found = gls.fit(design, lam, phi)
    assert found.b == pytest.approx([b[2][0], b[3][0]], abs=1e-9)
    assert found.s2 == pytest.approx(s2, rel=1e-9)
    for place, row in enumerate(found.inverse):
        assert row == pytest.approx(inverse[2 + place][2:], rel=1e-9)
    for place, row in enumerate(times(found.cross, found.inverse)):
        assert row == pytest.approx([float(place == 0), float(place == 1)], abs=1e-9)
    assert found.loglik == pytest.approx(-0.5 * (12 * log(s2) + logdet + log_information), rel=1e-9)


def test_a_small_variance_is_not_rounded_to_zero() -> None:
    design = simulate_design(1)
    small = Design(design.days, [y / 1e4 for y in design.y], design.nuisance, design.regressors)
    one, other = gls.fit(design, 0.3, 0.6), gls.fit(small, 0.3, 0.6)
    assert other.s2 == pytest.approx(one.s2 / 1e8, rel=1e-6)
    exact = Design(design.days, design.regressors[0], design.nuisance, design.regressors)
    assert gls.fit(exact, 0.3, 0.6).s2 == pytest.approx(1e-9 / 12)


def test_fits_of_a_grid_agree_with_single_fits() -> None:
    """Fits without evening noise share their inner products."""
    design = simulate_design(3)
    for found, (lam, phi) in zip(gls.fits(design, GRID), GRID, strict=True):
        alone = gls.fit(design, lam, phi)
        assert found.b == pytest.approx(alone.b, abs=1e-10)
        assert found.loglik == pytest.approx(alone.loglik, abs=1e-10)
        for one, other in zip(found.inverse, alone.inverse, strict=True):
            assert one == pytest.approx(other, rel=1e-10)


@pytest.mark.parametrize(
    ("lam", "phi", "is_extreme"), [*((*pair, False) for pair in AUTOCORRELATIONS), (0.0, 0.0, True)]
)
def test_the_robust_variance_is_hc2_of_the_whitened_data(
    lam: float, phi: float, is_extreme: bool
) -> None:
    design = simulate_design(2, is_extreme=is_extreme)
    x = transposed([list(values) for values in (*design.nuisance, *design.regressors)])
    white, _ = inverse_and_logdet(cholesky(covariance(design.days, lam, phi)))
    x, y = times(white, x), times(white, column(design.y))
    inverse, _ = inverse_and_logdet(times(transposed(x), x))
    influence = times(inverse, transposed(x))
    hat = times(x, influence)
    errors = [a[0] - b[0] for a, b in zip(y, times(hat, y), strict=True)]
    leverages = [min(hat[place][place], gls.LARGEST_LEVERAGE) for place in range(16)]
    assert is_extreme == any(leverage == gls.LARGEST_LEVERAGE for leverage in leverages)
    s2 = sum(error**2 for error in errors) / 12
    expected = [
        sum(
            a**2 * error**2 / (1 - leverage)
            for a, error, leverage in zip(influence[place], errors, leverages, strict=True)
        )
        / (s2 * inverse[place][place])
        for place in (2, 3)
    ]
    found = gls.hc2_ratios(design, lam, phi, gls.fit(design, lam, phi))
    assert found == pytest.approx(expected, rel=1e-6)


def test_of_two_equal_columns_neither_is_identified() -> None:
    days = range(10)
    level, drift = [1.0] * 10, [float(day) for day in days]
    practice = [float(day % 3 == 0) for day in days]
    other = [float(day % 4 == 0) for day in days]
    assert gls.identified([level, drift], [practice, other]) == ([0, 1], [0, 1])
    assert gls.identified([level, drift], [practice, other, practice]) == ([0, 1], [1])
    never = [0.0] * 10
    assert gls.identified([level, never, drift], [never, other]) == ([0, 2], [1])
    assert gls.identified([level, drift, [2 * day + 3 for day in drift]], [level, other]) == (
        [0, 1],
        [1],
    )
