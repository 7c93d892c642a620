"""The coin, and the result of a coin-flip month."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from tests.rules.dense_matrices import column, covariance, inverse_and_logdet, times, transposed
from tests.rules.simulated_evenings import Days, calm_in_runs
from tracker.rules import gls
from tracker.rules.association import GRID
from tracker.rules.coin_month import CLEAR, DAYS, Comparison, Month, aims, assess
from tracker.rules.gls import Design


def test_the_same_seed_gives_the_same_results() -> None:
    falls = "".join("01"[aimed] for aimed in aims(1, 28))
    assert falls == "0110011010100101010101011010", "months under way go on by another coin"
    assert aims(1, 28) != aims(2, 28)
    assert aims(1, 56)[:28] == aims(1, 28)


def test_one_of_each_two_days_is_aimed() -> None:
    for seed in range(20):
        falls = aims(seed, 56)
        assert all(falls[day] != falls[day + 1] for day in range(0, 56, 2))


def test_results_are_fair_and_independent() -> None:
    firsts = [aims(seed, 56)[day] for seed in range(100) for day in range(0, 56, 2)]
    assert sum(firsts) / len(firsts) == pytest.approx(0.5, abs=0.03)
    same = sum(a == b for a, b in pairwise(firsts))
    assert same / len(firsts) == pytest.approx(0.5, abs=0.03)


def ratings(seed: int, effect: float, days: int = DAYS, gaps: float = 0.1) -> Month:
    """Simulates a month of autocorrelated calm, `effect` points higher on aimed days."""
    rng = random.Random(seed)
    calm: Days = [
        None if rng.random() < gaps else 6 + value + effect * aim
        for value, aim in zip(calm_in_runs(rng, days, 0.5), aims(seed, days), strict=True)
    ]
    return Month(seed, calm)


def compared(*months: Month, draws: int = 999) -> Comparison:
    result = assess(months, draws=draws)
    assert result is not None
    return result


def test_a_large_effect_is_clear_and_none_is_not() -> None:
    large = compared(ratings(1, 2.5))
    assert large.higher < 0.01
    assert 0 < large.interval.low < large.estimate < large.interval.high
    none = compared(ratings(1, 0.0))
    assert none.higher > 0.02
    assert none.interval.low < 0 < none.interval.high


def test_the_estimate_agrees_with_dense_matrices() -> None:
    """T = z'Qy / z'Qz with Q = V⁻¹ − V⁻¹X(X'V⁻¹X)⁻¹X'V⁻¹, X a level and a trend."""
    month = ratings(3, 1.0)
    days = [day for day, calm in enumerate(month.calm) if calm is not None]
    y = [month.calm[day] or 0.0 for day in days]
    x = [[1.0, float(day)] for day in days]
    level_and_trend = transposed(x)
    lam, phi = max(
        GRID, key=lambda point: gls.fit(Design(days, y, level_and_trend, []), *point).loglik
    )
    precision, _ = inverse_and_logdet(covariance(days, lam, phi))
    weighted = times(precision, x)
    inverse, _ = inverse_and_logdet(times(transposed(x), weighted))
    explained = times(times(weighted, inverse), transposed(weighted))
    q = [
        [a - b for a, b in zip(*rows, strict=True)]
        for rows in zip(precision, explained, strict=True)
    ]
    aimed = [[float(month.aimed[day]) for day in days]]
    with_y = times(times(aimed, q), column(y))[0][0]
    with_itself = times(times(aimed, q), transposed(aimed))[0][0]
    assert compared(month, draws=9).estimate == pytest.approx(with_y / with_itself, abs=1e-9)


def test_the_results_of_two_months_never_change() -> None:
    """A complete month and one that ended a day early, in the middle of a pair."""
    early = Month(6, ratings(6, 0.3, 56).calm[:27])
    read = compared(ratings(4, 0.3), early, draws=199)
    assert (read.higher, read.lower) == (0.015, 0.99)
    assert (read.estimate, read.interval.low, read.interval.high) == pytest.approx(
        (0.4840677, 0.1232719, 0.8302813), abs=1e-6
    )


def test_two_evenings_of_a_month_that_ended_early_give_no_result() -> None:
    """After a level and a trend no degree of freedom is left."""
    whole = ratings(4, 0.3)
    ended = Month(6, [5.0, None, 8.0])
    assert compared(whole, ended, draws=9).estimate == pytest.approx(
        compared(whole, draws=9).estimate
    )


def test_a_month_is_clear_at_a_stricter_level_than_two() -> None:
    """The two levels with a total error of about .05: tests/bench/README.md."""
    assert CLEAR == {28: 0.02, 56: 0.035}


def test_the_coins_are_drawn_4999_times() -> None:
    read = assess([Month(1, [float(day % 4) for day in range(10)])])
    assert read is not None
    assert (read.higher, read.lower) == (0.8082, 0.256)


def test_lower_calm_on_aimed_days_is_clear_too() -> None:
    assert compared(ratings(1, -2.5)).lower < 0.01


def test_a_constant_and_a_trend_change_nothing() -> None:
    month = ratings(3, 1.0)
    tilted = Month(
        3, [None if c is None else c + 5 + 0.2 * day for day, c in enumerate(month.calm)]
    )
    one, other = compared(month), compared(tilted)
    assert (other.estimate, other.higher) == pytest.approx((one.estimate, one.higher), abs=1e-6)


def test_the_unit_of_calm_changes_only_the_interval() -> None:
    month = ratings(3, 1.0)
    one = compared(month)
    assert one.higher < 0.01
    for unit in (1 / 64, 8):
        other = compared(Month(3, [None if c is None else c * unit for c in month.calm]))
        assert (other.higher, other.lower) == (one.higher, one.lower)
        ends = (one.interval.low * unit, one.interval.high * unit)
        assert (other.interval.low, other.interval.high) == pytest.approx(ends, abs=1e-5)


def test_ratings_a_point_apart_have_an_interval() -> None:
    rng = random.Random(3)
    read = compared(Month(3, [float(rng.randint(6, 7)) for _ in range(28)]), draws=199)
    assert read.interval.low < read.estimate - 0.1
    assert read.interval.high > read.estimate + 0.1


def test_two_months_give_a_narrower_interval_than_one() -> None:
    one, both = compared(ratings(4, 1.0)), compared(ratings(4, 1.0), ratings(5, 1.0))
    width = one.interval.high - one.interval.low
    assert both.interval.high - both.interval.low < width


def test_a_few_evenings_are_not_compared() -> None:
    def rated(aimed: int, free: int) -> Month:
        left = {True: aimed, False: free}
        calm: Days = []
        for aim in aims(1, 28):
            left[aim] -= 1
            calm.append(6.0 if left[aim] >= 0 else None)
        return Month(1, calm)

    assert assess([rated(5, 5)], draws=9) is not None
    assert assess([rated(4, 14)], draws=9) is None
    assert assess([rated(14, 4)], draws=9) is None
    assert assess([Month(1, [6.0] * 8 + [None] * 20)]) is None
    assert assess([Month(1, [None] * 28)]) is None
    assert assess([]) is None


def test_constant_calm_gives_no_result() -> None:
    flat = compared(Month(1, [6.0] * 28))
    assert flat.estimate == pytest.approx(0, abs=1e-9)
    assert flat.higher > 0.5


@pytest.mark.thorough
def test_the_false_positive_rate_is_low() -> None:
    """Evaluated after 28 days at .02 and after 56 at .035, as the app does: at most 8 % of 60."""
    claimed = 0
    for seed in range(60):
        month = ratings(seed, 0.0, 56)
        first = compared(Month(seed, month.calm[:28]), draws=199)
        claimed += first.higher <= 0.02 or compared(month, draws=199).higher <= 0.035
    assert claimed / 60 <= 0.08


@pytest.mark.thorough
def test_the_interval_covers_the_true_effect_about_nine_times_in_ten() -> None:
    held = []
    for seed in range(60):
        one = compared(ratings(seed, 1.0), draws=199)
        held.append(one.interval.low <= 1 <= one.interval.high)
    assert sum(held) / len(held) >= 0.8
