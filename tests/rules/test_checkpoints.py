"""Checkpoints: when associations are looked at, and which are reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import exp, inf

import pytest

from tracker.rules.association import Association, Estimates
from tracker.rules.checkpoints import (
    RECENT_WAVES,
    RECENT_WINDOW,
    TOGETHER_FROM,
    checkpoints,
    log_odds,
    next_checkpoint,
    reported,
)

FIRST = date(2026, 6, 1)


def after(days: int) -> date:
    """The date so many days after the first rating."""
    return FIRST + timedelta(days=days)


def test_there_is_a_checkpoint_every_28_days(subtests: pytest.Subtests) -> None:
    cases: list[tuple[int, list[int], int]] = [
        (0, [], 28),
        (27, [], 28),
        (28, [28], 56),
        (55, [28], 56),
        (56, [56, 28], 84),
        (84, [84, 56, 28], 112),
        (300, [280, 252, 224, 196, 168, 140], 308),
    ]
    for days, past, following in cases:
        with subtests.test(days=days, past=past, following=following):
            assert checkpoints(FIRST, after(days)) == [after(d) for d in past]
            assert next_checkpoint(FIRST, after(days)) == after(following)


def test_before_the_first_rating_the_first_checkpoint_is_in_the_future() -> None:
    assert checkpoints(FIRST, after(-40)) == []
    assert next_checkpoint(FIRST, after(-40)) == after(28)


def association(odds: float, lower: float = -9.0) -> Association:
    """An estimate with these log odds of a positive and of a negative difference."""
    up, down = (1 / (1 + exp(-value)) for value in (odds, lower))
    return Association(0.5, 0.2, 2.5, 0.4, 0.1, 0.7, up, down)


def levels(*odds: float | Association | None, recent: float | None = 2.0) -> str | None:
    """The reported levels of a hug after checkpoints with these log odds; None is a checkpoint
    without an estimate."""
    estimates = [
        Estimates(
            {},
            {}
            if one is None
            else {"hug": one if isinstance(one, Association) else association(one)},
            None,
        )
        for one in odds
    ]
    return reported(estimates, lambda _place, _name: recent).get("hug")


def test_log_odds_are_those_of_the_likelier_direction() -> None:
    assert log_odds(association(0.7, -2)) == pytest.approx(0.7)
    assert log_odds(association(-2, 0.7)) == pytest.approx(0.7)


def test_certainty_has_infinite_log_odds() -> None:
    certain = replace(association(0.7), up=1.0, down=0.0)
    assert log_odds(certain) == inf
    assert levels(certain) == "steady"
    assert levels(association(-9, 1.3), certain, recent=None) == "less_clear"


def test_a_probable_difference_is_reported(subtests: pytest.Subtests) -> None:
    cases: list[tuple[float, str | None]] = [
        (0.84, None),
        (0.86, "leaning"),
        (1.24, "leaning"),
        (1.26, "steady"),
    ]
    for odds, level in cases:
        with subtests.test(odds=odds):
            assert levels(odds) == level


def test_lower_evenings_are_reported_as_lower() -> None:
    assert levels(association(-9, 0.9)) == "leaning_lower"
    assert levels(association(-9, 1.3)) == "steady_lower"
    assert levels(association(-9, 1.3), association(-9, 0.0), recent=-2.0) == "steady_lower"


def test_a_reported_difference_stays_until_it_is_clearly_gone() -> None:
    assert levels(0.9, -0.19) == "leaning"
    assert levels(0.9, -0.21) == "less_clear"
    assert levels(1.3, -0.19) == "steady"
    assert levels(1.3, 0.9) == "steady"
    assert levels(0.9, 1.3) == "steady"


def test_a_difference_missing_in_the_last_half_year_is_less_clear() -> None:
    assert levels(1.3, 1.3, recent=0.61) == "steady"
    assert levels(1.3, 1.3, recent=0.59) == "less_clear"
    assert levels(1.3, 1.3, recent=-3.0) == "less_clear"
    assert levels(association(-9, 1.3), association(-9, 1.3), recent=3.0) == "less_clear"


def test_the_last_half_year_is_26_weeks_with_three_slow_waves() -> None:
    """INSIGHTS 4; waves 2 to 4."""
    assert (RECENT_WINDOW, RECENT_WAVES) == (26 * 7, 4)


def test_all_practices_together_are_reported_from_a_higher_z_on() -> None:
    """INSIGHTS 4."""
    assert TOGETHER_FROM == 2.6


def test_without_enough_in_the_last_half_year_it_stays() -> None:
    assert levels(1.3, 1.3, recent=None) == "steady"


def test_less_clear_is_reported_once() -> None:
    assert levels(1.3, -1.0, -1.0) is None
    assert levels(1.3, -1.0, 0.9) == "leaning"


def test_a_reversed_difference_is_less_clear_first() -> None:
    assert levels(1.3, association(-9, 1.3)) == "less_clear"
    assert levels(1.3, association(-9, 1.3), association(-9, 1.3)) == "steady_lower"


def test_a_practice_that_cannot_be_estimated_any_more_is_not_reported() -> None:
    assert levels(1.3, None) is None
    assert levels(1.3, None, 0.0) is None


def test_the_last_half_year_is_estimated_only_for_reported_practices() -> None:
    asked: list[tuple[int, str]] = []

    def recent(index: int, name: str) -> float:
        asked.append((index, name))
        return 2.0

    quiet, loud = association(-3), association(1.3)
    estimates = [Estimates({}, {"hug": loud, "walk": quiet}, None) for _ in range(3)]
    assert reported(estimates, recent) == {"hug": "steady"}
    assert asked == [(1, "hug"), (2, "hug")]
