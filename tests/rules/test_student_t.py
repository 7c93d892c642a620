"""Student's t distribution, compared with tables and identities."""

from __future__ import annotations

from math import atan, inf, pi, sqrt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.rules.student_t import t_tail


def test_the_tail_probability_agrees_with_tables(subtests: pytest.Subtests) -> None:
    cases: list[tuple[float, float, float]] = [
        (1.812, 10, 0.05),
        (2.228, 10, 0.025),
        (3.169, 10, 0.005),
        (2.042, 30, 0.025),
        (1.980, 120, 0.025),
        (2.617, 120, 0.005),
    ]
    for t, df, tail in cases:
        with subtests.test(t=t, df=df, tail=tail):
            assert t_tail(t, df) == pytest.approx(tail, rel=2e-3)


@given(st.floats(-1e6, 1e6))
@example(0.1)
@example(0.6)
@example(-1.0)
def test_one_and_two_degrees_of_freedom_agree_with_their_formulas(t: float) -> None:
    assert t_tail(t, 1) == pytest.approx(0.5 - atan(t) / pi, abs=1e-12)
    assert t_tail(t, 2) == pytest.approx(0.5 - t / (2 * sqrt(2 + t * t)), abs=1e-12)


@given(st.floats(-1e9, 1e9), st.floats(0.5, 1e4))
def test_both_tails_sum_to_one(t: float, df: float) -> None:
    assert 0 <= t_tail(t, df) <= 1
    assert t_tail(t, df) + t_tail(-t, df) == pytest.approx(1, abs=1e-12)


def test_the_limits_are_zero_and_one() -> None:
    assert t_tail(inf, 10) == 0
    assert t_tail(-inf, 10) == 1
    assert t_tail(1e200, 10) == 0
    assert t_tail(0, 10) == 0.5
