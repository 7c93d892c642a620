"""Calm over time, worked out by hand from the formula of INSIGHTS 3."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.i18n.messages import format_number
from tracker.rules.calm import (
    A_MONTH,
    ENOUGH_RECENT,
    READ_BACK,
    RECENT_DAYS,
    change_over_a_month,
    trend_between,
    trend_on,
    usual_range,
)

DAY = date(2026, 11, 24)


def rated(*scores: int, until: date = DAY, every: int = 1) -> list[tuple[date, int]]:
    """Ratings up to a day."""
    return [
        (until - timedelta(days=every * n), score)
        for n, score in reversed(list(enumerate(reversed(scores))))
    ]


def test_there_is_no_trend_before_the_seventh_rating() -> None:
    assert trend_on(DAY, rated(5, 5, 5, 5, 5, 5)) is None
    assert trend_on(DAY, rated(5, 5, 5, 5, 5, 5, 5)) == pytest.approx(5)


def test_there_is_no_trend_without_any_rating() -> None:
    assert trend_on(DAY, []) is None


def test_the_trend_goes_blank_after_seven_unrated_evenings() -> None:
    ratings = rated(*[5] * 10)
    assert trend_on(DAY + timedelta(days=6), ratings) == pytest.approx(5)
    assert trend_on(DAY + timedelta(days=7), ratings) is None


def test_an_evening_a_week_ago_counts_half() -> None:
    # Seven weeks with one rating each; the newest is 10 and the others 0.
    expected = 10 / sum(0.5**n for n in range(7))
    assert trend_on(DAY, rated(0, 0, 0, 0, 0, 0, 10, every=7)) == pytest.approx(expected)


def test_a_gap_is_days_and_not_ratings() -> None:
    near = rated(0, 0, 0, 0, 0, 0, 10)
    far = [*rated(0, 0, 0, 0, 0, 0, until=DAY - timedelta(days=30)), (DAY, 10)]
    close, distant = trend_on(DAY, near), trend_on(DAY, far)
    assert close is not None
    assert distant is not None
    assert distant > close


def test_evenings_after_the_day_do_not_count() -> None:
    ratings = rated(*[5] * 10)
    later = [*ratings, (DAY + timedelta(days=1), 10)]
    assert trend_on(DAY, later) == trend_on(DAY, ratings)


@given(st.lists(st.integers(0, 10), min_size=7, max_size=60))
def test_the_trend_lies_within_what_was_rated(scores: list[int]) -> None:
    trend = trend_on(DAY, rated(*scores))
    assert trend is not None
    assert min(scores) - 1e-9 <= trend <= max(scores) + 1e-9


@given(
    st.lists(st.integers(0, 10), min_size=READ_BACK, max_size=READ_BACK),
    st.lists(st.integers(0, 10), min_size=1, max_size=100),
)
def test_ratings_before_the_window_do_not_matter(near: list[int], far: list[int]) -> None:
    whole, read = trend_on(DAY, rated(*far, *near)), trend_on(DAY, rated(*near))
    assert whole == pytest.approx(read, abs=1e-5)


def test_a_month_is_compared_in_a_word(subtests: pytest.Subtests) -> None:
    cases: list[tuple[int, int, str]] = [
        (5, 5, "as_usual"),
        (4, 7, "calmer"),
        (7, 4, "lower"),
        (0, 10, "calmer"),
        (10, 0, "lower"),
    ]
    for before, now, word in cases:
        with subtests.test(before=before, now=now, word=word):
            assert change_over_a_month(DAY, rated(*[before] * 30, *[now] * 28)) == word


def test_less_than_a_whole_point_is_as_usual() -> None:
    # Half of the evenings of the last month were one point higher.
    assert change_over_a_month(DAY, rated(*[5] * 40, *[5, 6] * 14)) == "as_usual"


def test_a_point_is_a_change_either_way() -> None:
    ratings = rated(*[5] * 200)
    assert change_over_a_month(DAY, ratings) == "as_usual"
    # Each trend is constant up to rounding: the difference is 1.
    long_ago = rated(*[5] * 300, until=DAY - timedelta(days=28))
    lately = rated(*[7] * 28)
    assert change_over_a_month(DAY, [*long_ago, *lately]) == "calmer"


def test_no_change_is_reported_before_there_are_two_trends() -> None:
    assert change_over_a_month(DAY, rated(*[5] * 34)) is None
    assert change_over_a_month(DAY, rated(*[5] * 35)) == "as_usual"


def test_no_change_is_reported_after_a_pause() -> None:
    assert change_over_a_month(DAY + timedelta(days=7), rated(*[5] * 90)) is None


@given(st.dictionaries(st.integers(0, 70), st.integers(0, 10), min_size=7))
def test_no_change_is_reported_from_fewer_than_three_recent_evenings(
    by_day: dict[int, int],
) -> None:
    ratings = sorted((DAY - timedelta(days=back), score) for back, score in by_day.items())
    for end in (0, A_MONTH):
        recent = sum(back in by_day for back in range(end, end + RECENT_DAYS))
        if recent < ENOUGH_RECENT:
            assert change_over_a_month(DAY, ratings) is None


def test_three_evenings_after_a_pause_can_be_compared() -> None:
    long_ago = rated(*[5] * 60, until=DAY - timedelta(days=20))
    assert change_over_a_month(DAY, [*long_ago, *rated(9, 9)]) is None
    assert change_over_a_month(DAY, [*long_ago, *rated(9, 9, 9)]) == "calmer"


@given(
    st.dictionaries(st.integers(0, 120), st.integers(0, 10), max_size=60),
    st.integers(0, 120),
    st.integers(0, 120),
)
def test_trends_of_many_days_agree_with_those_of_single_days(
    scores: dict[int, int], first: int, length: int
) -> None:
    ratings = [(DAY + timedelta(days=n), score) for n, score in sorted(scores.items())]
    start = DAY + timedelta(days=first)
    walked = list(trend_between(start, start + timedelta(days=length), ratings))
    assert [day for day, _ in walked] == [start + timedelta(days=n) for n in range(length + 1)]
    for day, trend in walked:
        expected = trend_on(day, ratings)
        assert (trend is None) == (expected is None)
        assert trend == pytest.approx(expected)


def test_the_usual_range_is_the_median_plus_and_minus_its_spread() -> None:
    # Median 6; the deviations 3 2 1 0 1 2 3 have the median 2.
    found = usual_range(DAY, rated(3, 4, 5, 6, 7, 8, 9))
    assert found == pytest.approx((6 - 2 * 1.4826, 6 + 2 * 1.4826))


def test_the_same_score_each_evening_still_has_a_range_about_it() -> None:
    found = usual_range(DAY, rated(*[5] * 20))
    assert found == pytest.approx((5 - 0.7 * 1.4826, 5 + 0.7 * 1.4826))


def test_the_usual_range_looks_back_28_days_and_needs_seven_ratings() -> None:
    assert usual_range(DAY, rated(5, 5, 5, 5, 5, 5)) is None
    assert usual_range(DAY, rated(5, 5, 5, 5, 5, 5, 5, until=DAY - timedelta(days=21))) is not None
    assert usual_range(DAY, rated(5, 5, 5, 5, 5, 5, 5, until=DAY - timedelta(days=22))) is None
    assert usual_range(DAY, rated(*[5] * 7, until=DAY + timedelta(days=1))) is None


@given(st.lists(st.integers(0, 10), min_size=7, max_size=28))
def test_the_usual_range_takes_in_at_least_half_of_the_evenings(scores: list[int]) -> None:
    found = usual_range(DAY, rated(*scores))
    assert found is not None
    low, high = (float(format_number(end)) for end in found)
    assert 2 * sum(low <= score <= high for score in scores) >= len(scores)


def test_one_evening_can_move_both_ends_of_the_usual_range() -> None:
    evenings = (9, 6, 8, 8, 6, 4, 5, 6, 7, 8, 3, 4, 5, 6, 7, 7, 8)
    ranges = [usual_range(DAY, rated(*evenings, last)) for last in (6, 4)]
    shown = [tuple(map(format_number, one)) for one in ranges if one is not None]
    assert shown == [("5", "7"), ("4", "8")]


def test_the_usual_range_stays_on_the_scale() -> None:
    assert usual_range(DAY, rated(*[10] * 7)) == pytest.approx((10 - 0.7 * 1.4826, 10))
    assert usual_range(DAY, rated(*[0] * 7)) == pytest.approx((0, 0.7 * 1.4826))
