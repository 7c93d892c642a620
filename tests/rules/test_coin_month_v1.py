"""The coin of version 1.0, and the result of its coin-flip month."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tracker.rules.coin_month import compare_v1, is_aim_day_v1

DAY = date(2026, 11, 24)


def test_the_same_seed_gives_the_same_results() -> None:
    days = [DAY + timedelta(days=n) for n in range(28)]
    falls = "".join("01"[is_aim_day_v1(1, day)] for day in days)
    assert falls == "1010011111000110111010111101", "months of 1.0 go on by another coin"
    assert [is_aim_day_v1(1, day) for day in days] != [is_aim_day_v1(2, day) for day in days]


def test_results_are_fair_and_independent() -> None:
    falls = [is_aim_day_v1(seed, DAY + timedelta(days=n)) for seed in range(50) for n in range(200)]
    assert sum(falls) / len(falls) == pytest.approx(0.5, abs=0.02)
    same = sum(a == b for a, b in pairwise(falls))
    assert same / len(falls) == pytest.approx(0.5, abs=0.02)


def simulate_month(seed: int, effect: float) -> tuple[list[float], list[bool]]:
    rng = random.Random(seed)
    aimed = [is_aim_day_v1(seed, DAY + timedelta(days=n)) for n in range(28)]
    return [min(10, max(0, round(rng.gauss(6, 1) + effect * a))) for a in aimed], aimed


def test_a_large_effect_is_clear_and_none_is_not() -> None:
    one = compare_v1(*simulate_month(1, 2.5))
    assert one is not None
    assert 0 < one.low < one.high
    none = compare_v1(*simulate_month(1, 0))
    assert none is not None
    assert none.low < 0 < none.high


def test_the_result_of_a_month_of_1_0_never_changes() -> None:
    read = compare_v1(*simulate_month(4, 1))
    assert read is not None
    assert (read.low, read.high) == pytest.approx((0.1428572, 1.4723361), abs=1e-6)
    # One more draw would change this bound.
    read = compare_v1(*simulate_month(26, 1))
    assert read is not None
    assert (read.low, read.high) == pytest.approx((0.1314685, 1.7410072), abs=1e-6)


def test_inverting_the_days_inverts_the_effect() -> None:
    calm, aimed = simulate_month(4, 1)
    one = compare_v1(calm, aimed)
    other = compare_v1(calm, [not a for a in aimed])
    assert one is not None
    assert other is not None
    assert other.low == pytest.approx(-one.high, abs=0.15)


@pytest.mark.thorough
def test_the_interval_covers_the_true_effect_about_nine_times_in_ten() -> None:
    held = []
    for seed in range(40):
        rng = random.Random(seed)
        aimed = [is_aim_day_v1(seed, DAY + timedelta(days=n)) for n in range(28)]
        one = compare_v1([rng.gauss(6, 1) + a for a in aimed], aimed)
        held.append(one is not None and one.low <= 1 <= one.high)
    assert 0.8 <= sum(held) / len(held) <= 1


def test_with_few_evenings_of_a_kind_nothing_is_compared() -> None:
    assert compare_v1([5.0] * 20, [True] * 16 + [False] * 4) is None
    assert compare_v1([5.0] * 20, [True] * 4 + [False] * 16) is None
    assert compare_v1([5.0] * 20, [True] * 5 + [False] * 15) is not None
    assert compare_v1([], []) is None


def test_the_same_calm_every_evening_differs_by_nothing() -> None:
    one = compare_v1([7.0] * 20, [True, False] * 10)
    assert one is not None
    assert (one.low, one.high) == pytest.approx((0, 0), abs=1e-6)
