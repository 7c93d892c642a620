"""A weekday is named only where one stands out."""

from __future__ import annotations

import pytest

from tracker.rules.days import best_weekday


def weeks(count: int, *values: float) -> list[tuple[int, float]]:
    """So many weeks, each with these values from Monday on."""
    return [(weekday, value) for _ in range(count) for weekday, value in enumerate(values)]


def test_the_weekday_with_the_highest_average_stands_out() -> None:
    assert best_weekday(weeks(8, 1, 1, 1, 1, 1, 2, 1)) == 5


def test_before_eight_weeks_nothing_is_said() -> None:
    assert best_weekday(weeks(8, 0, 0, 1, 0, 0, 0, 0)[:-1]) is None


@pytest.mark.parametrize("values", [(1, 1, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0, 0)])
def test_where_none_stands_out_none_is_named(values: tuple[float, ...]) -> None:
    assert best_weekday(weeks(9, *values)) is None


def test_a_weekday_is_judged_by_its_average_and_not_by_how_often_it_is_known() -> None:
    values = [*[(6, 1.0)] * 3, *[(0, 0.5)] * 60]
    assert best_weekday(values) == 6
