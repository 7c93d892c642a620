"""Compares the rules with reference implementations on 50 series: generalised least squares with
the whole covariance matrix (numpy), SARIMAX (statsmodels), least squares (numpy)."""

from __future__ import annotations

import random
import warnings

import numpy as np
from statsmodels.tsa.statespace.sarimax import SARIMAX

from tests.bench.simulated_people import with_effect
from tests.rules.simulated_evenings import Days, with_gaps
from tracker.rules.association import MOST_WAVES, WINDOW, Association, _calendar, _window, estimate
from tracker.rules.gls import Design, fit

SERIES = 50


def agreement() -> dict[str, float]:
    """The largest difference of the estimates over 50 series, in standard errors; compared with the
    whole matrix and least squares, in points."""
    rng = random.Random(6)
    worst = {"least squares, points": 0.0, "whole covariance matrix, points": 0.0,
             "SARIMAX, standard errors": 0.0}  # fmt: skip
    for _ in range(SERIES):
        calm, done, weekday = with_effect(rng, 120, 0.3, 0.5)
        gappy = with_gaps(rng, calm, 0.15)
        while not estimate(gappy, {"it": done}, weekday).practices:
            calm, done, weekday = with_effect(rng, 120, 0.3, 0.5)
            gappy = with_gaps(rng, calm, 0.15)
        for name, difference in (
            ("least squares, points", _least_squares(gappy, done, weekday)),
            ("whole covariance matrix, points", _whole_matrix(gappy, done, weekday, rng)),
            ("SARIMAX, standard errors", _sarimax(gappy, done, weekday)),
        ):
            worst[name] = max(worst[name], difference)
    return worst


def _columns(calm: Days, done: Days, weekday: int) -> tuple[np.ndarray, np.ndarray, list[int]]:
    data = _window(calm, {"it": done}, weekday, WINDOW)
    columns = [*_calendar(data, MOST_WAVES), data.done["it"]]
    return np.array(columns, dtype=float).T, np.array(data.calm), data.days


def _calmtrack(calm: Days, done: Days, weekday: int, lam: float, phi: float) -> Association:
    grid = ((lam, phi),)
    return estimate(calm, {"it": done}, weekday, grid=grid, robust=False).practices["it"]


def _least_squares(calm: Days, done: Days, weekday: int) -> float:
    x, y, _ = _columns(calm, done, weekday)
    theirs = np.linalg.lstsq(x, y, rcond=None)[0][-1]
    return float(abs(theirs - _calmtrack(calm, done, weekday, 0, 0).estimate))


def _whole_matrix(calm: Days, done: Days, weekday: int, rng: random.Random) -> float:
    lam, phi = rng.choice(((0.0, 0.6), (0.3, 0.9), (0.6, 0.95), (0.0, -0.3)))
    x, y, days = _columns(calm, done, weekday)
    apart = np.abs(np.subtract.outer(days, days))
    inverse = np.linalg.inv((1 - lam) * phi**apart + lam * (apart == 0))
    theirs = np.linalg.solve(x.T @ inverse @ x, x.T @ inverse @ y)[-1]
    return float(abs(theirs - _calmtrack(calm, done, weekday, lam, phi).estimate))


def _sarimax(calm: Days, done: Days, weekday: int) -> float:
    """SARIMAX estimates phi itself; calmtrack's model is given the same."""
    x, y, days = _columns(calm, done, weekday)
    whole = np.full(days[-1] + 1, np.nan)
    whole[days] = y - y.mean()
    columns = np.zeros((days[-1] + 1, x.shape[1]))
    columns[days] = x
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = SARIMAX(whole, columns, order=(1, 0, 0)).fit(disp=False, maxiter=200)
    estimate_, phi = theirs.params[x.shape[1] - 1], float(theirs.params[-2])
    nuisance = [list(column) for column in x.T[:-1]]
    design = Design(days, list(y - y.mean()), nuisance, [list(x.T[-1])])
    ours = fit(design, 0.0, phi)
    se = float(np.sqrt(ours.s2 * ours.inverse[0][0]))
    return float(abs(estimate_ - ours.b[0]) / se)
