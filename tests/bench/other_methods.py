"""Other statistical methods on the same evenings: p-values for no difference between days with a
practice and days without it. numpy, scipy and statsmodels are in the `bench` extra only."""

from __future__ import annotations

import numpy as np
import statsmodels.api as sm
from scipy import stats

from tests.rules.simulated_evenings import Days

SHUFFLES = 499
BLOCK = 7
LAGS = 7


def welch(calm: Days, done: Days) -> float:
    """Welch's t test, which assumes independent evenings."""
    y, x = _known(calm, done)
    return float(stats.ttest_ind(y[x == 1], y[x == 0], equal_var=False).pvalue)


def newey_west(calm: Days, done: Days) -> float:
    """Least squares with standard errors that allow for autocorrelation over seven days."""
    y, x = _known(calm, done)
    model = sm.OLS(y, sm.add_constant(x))
    return float(
        model.fit(cov_type="HAC", cov_kwds={"maxlags": LAGS, "use_correction": True}).pvalues[1]
    )


def circular_shift(calm: Days, done: Days) -> float:
    """A permutation test: the difference compared with those of the practice shifted by every
    number of days."""
    y, x = _known(calm, done)
    doubled = np.concatenate([x, x])
    moved = np.array([doubled[by : by + len(x)] for by in range(len(x))])
    return _share(y, moved)


def block_permutation(calm: Days, done: Days) -> float:
    """A permutation test: the difference compared with those of the practice with its blocks of
    seven days shuffled."""
    y, x = _known(calm, done)
    rng = np.random.default_rng(len(y))
    blocks = [x[start : start + BLOCK] for start in range(0, len(x), BLOCK)]
    shuffled = [x]
    for _ in range(SHUFFLES):
        order = rng.permutation(len(blocks))
        shuffled.append(np.concatenate([blocks[place] for place in order]))
    return _share(y, np.array(shuffled))


METHODS = {
    "Welch's t": welch,
    "circular shift": circular_shift,
    "7-day block permutation": block_permutation,
    "Newey–West": newey_west,
}


def _known(calm: Days, done: Days) -> tuple[np.ndarray, np.ndarray]:
    both = [(y, x) for y, x in zip(calm, done, strict=True) if y is not None and x is not None]
    return np.array([y for y, _ in both]), np.array([x for _, x in both])


def _share(y: np.ndarray, practices: np.ndarray) -> float:
    """The share of differences at least as large as that of the first row."""
    with_ = practices @ y / practices.sum(axis=1)
    without = (1 - practices) @ y / (1 - practices).sum(axis=1)
    size = np.abs(with_ - without)
    return float(np.mean(size >= size[0] - 1e-9))
