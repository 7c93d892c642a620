"""Recovery after a low evening, worked out by hand."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.recovery import Dip, dips, half_are_back, way_back

DAY = date(2026, 11, 24)
LONG_AGO = date(2000, 1, 1)

Ratings = list[tuple[date, int]]


def evenings(*scores: int | None, until: date = DAY) -> Ratings:
    """Scores of consecutive evenings; None for an unrated one."""
    first = until - timedelta(days=len(scores) - 1)
    return [(first + timedelta(days=n), s) for n, s in enumerate(scores) if s is not None]


USUAL = [7] * 14


def dip_after_usual(*scores: int | None) -> list[tuple[int, bool]]:
    """The dips in evenings that follow two weeks of sevens, as (days, is back)."""
    return [(dip.days, dip.is_back) for dip in dips(LONG_AGO, evenings(*USUAL, *scores))]


def test_a_dip_lasts_until_calm_is_near_its_usual_value(subtests: pytest.Subtests) -> None:
    cases: list[tuple[tuple[int | None, ...], list[tuple[int, bool]]]] = [
        ((7, 7), []),
        ((6, 7), []),
        ((5, 7), [(1, True)]),
        ((5, 6), [(1, True)]),
        ((5, 5, 5, 6), [(3, True)]),
        ((2, 5, 7, 5, 7), [(2, True), (1, True)]),
        ((5,), [(0, False)]),
        ((5, 4), [(1, False)]),
        ((5, None, None, None, 7), [(4, True)]),
        ((5, None, None, None, None, 7), [(0, False)]),
        ((5, 4, None, None, None, None, 7), [(1, False)]),
        ((*[5] * 14, 7), [(14, True)]),
        ((*[5] * 15, 7), [(14, False)]),
    ]
    for scores, found in cases:
        with subtests.test(scores=scores, found=found):
            assert dip_after_usual(*scores) == found


def test_dips_before_the_first_day_do_not_count() -> None:
    low = evenings(*USUAL, 3, 7, 7)
    assert len(dips(DAY - timedelta(days=2), low)) == 1
    assert dips(DAY - timedelta(days=1), low) == []


def test_the_usual_value_needs_fourteen_ratings_in_28_days() -> None:
    assert dips(LONG_AGO, evenings(*[7] * 13, 2, 7)) == []
    sparse: list[int | None] = [7, None, None] * 14
    assert dips(LONG_AGO, evenings(*sparse, 2, 7)) == []


def test_the_threshold_of_a_dip_grows_with_the_variation() -> None:
    # Median 6, MAD 2: a dip is 1.5 * 1.4826 * 2 = 4.4 below.
    lively = [4, 8, 6, 4, 8, 6, 4, 8, 6, 4, 8, 6, 4, 8]
    assert dips(LONG_AGO, evenings(*lively, 2, 6)) == []
    assert len(dips(LONG_AGO, evenings(*lively, 1, 6))) == 1


def test_the_usual_value_does_not_change_during_a_dip() -> None:
    # By the end the median of the evenings before has fallen to the low ones.
    low = dips(LONG_AGO, evenings(*[7] * 14, *[2] * 12, 3, 6))
    assert [(dip.days, dip.is_back) for dip in low] == [(13, True)]


def test_the_median_duration_of_dips(subtests: pytest.Subtests) -> None:
    cases: list[tuple[list[tuple[int, bool]], int | None]] = [
        ([(1, True), (1, True), (3, True)], 1),
        ([(1, True), (2, True), (3, True)], 2),
        ([(1, True), (2, True), (3, True), (4, True)], 2),
        ([(1, True), (14, False), (14, False)], None),
        # Two of four are censored: 1 − 1/4 = .75, then of the two left one: .375.
        ([(1, True), (2, False), (3, True), (5, True)], 3),
        ([(0, False), (0, False), (2, True)], 2),
        ([], None),
    ]
    for found, half in cases:
        with subtests.test(found=found, half=half):
            assert half_are_back([Dip(DAY, days, is_back) for days, is_back in found]) == half


def many_dips(count: int, *, length: int = 181) -> Ratings:
    """A series with so many dips of two days, one every twelve days, among sevens."""
    scores = [7] * length
    for n in range(count):
        scores[length - 5 - 12 * n] = 4
        scores[length - 4 - 12 * n] = 4
    return evenings(*scores)


def test_six_dips_in_120_rated_evenings_are_enough() -> None:
    found = way_back(DAY, many_dips(6))
    assert (found.dips, found.is_enough, found.median_days) == (6, True, 2)
    few = way_back(DAY, many_dips(5))
    assert (few.dips, few.is_enough, few.median_days) == (5, False, None)
    assert way_back(DAY, many_dips(6, length=120)).is_enough
    # The first of 120 is rated on the first of the 182 days.
    first = (DAY - timedelta(days=181), 7)
    assert way_back(DAY, [first, *many_dips(6, length=119)]).is_enough
    assert not way_back(DAY, many_dips(6, length=119)).is_enough


def test_only_half_a_year_counts() -> None:
    ratings = many_dips(6)
    assert way_back(DAY + timedelta(days=60), ratings).dips == 6
    assert way_back(DAY + timedelta(days=170), ratings).dips == 1
    assert way_back(DAY - timedelta(days=6), ratings).dips == 5


def test_half_a_year_is_182_days() -> None:
    for back, count in ((181, 1), (182, 0)):
        ratings = evenings(*USUAL, 3, 7, until=DAY - timedelta(days=back - 1))
        assert way_back(DAY, ratings).dips == count


def test_a_new_diary_has_no_dips() -> None:
    assert way_back(DAY, []).dips == 0


@given(st.lists(st.one_of(st.none(), st.integers(0, 10)), max_size=250))
def test_any_ratings_give_a_result(scores: list[int | None]) -> None:
    found = dips(LONG_AGO, evenings(*scores))
    assert all(0 <= dip.days <= 14 for dip in found)
    for one, following in pairwise(found):
        assert following.day > one.day + timedelta(days=one.days)
    answer = way_back(DAY, evenings(*scores))
    assert answer.median_days is None or 1 <= answer.median_days <= 14


def simulate_half_year(rng: random.Random, memory: float) -> list[tuple[date, int]]:
    """Simulates 210 ratings; `memory` is the autocorrelation of calm."""
    value, out = 0.0, []
    for n in range(210):
        value = memory * value + rng.gauss(0, (1 - memory * memory) ** 0.5)
        out.append(
            (DAY - timedelta(days=209) + timedelta(days=n), min(10, max(0, round(6 + 1.6 * value))))
        )
    return out


@pytest.mark.thorough
def test_noise_is_not_reported_as_back_the_next_day() -> None:
    """Of 20 simulated people whose calm is pure noise, at most 4 get more than chance."""
    claimed = []
    for seed in range(20):
        ratings = simulate_half_year(random.Random(seed), 0.0)
        result = way_back(ratings[-1][0], ratings)
        claimed.append(result.median_days == 1 and not result.is_chance)
    assert sum(claimed) <= 4


def test_single_low_evenings_are_more_than_chance() -> None:
    alone = [(DAY - timedelta(days=209 - n), 2 if n % 3 == 0 else 6) for n in range(210)]
    found = way_back(DAY, alone)
    assert (found.median_days, found.is_chance) == (1, False)
    mixed = [score for _, score in alone]
    random.Random(1).shuffle(mixed)
    shuffled = [(day, score) for (day, _), score in zip(alone, mixed, strict=True)]
    assert way_back(DAY, shuffled).is_chance


def test_back_the_next_day_beats_chance_from_180_of_199_shuffled_diaries_on() -> None:
    def simulate_short_dips(seed: int) -> Ratings:
        rng = random.Random(seed)
        scores: list[int] = []
        for _ in range(140):
            is_low = rng.random() < 0.25 and (scores[-1:] != [2] or rng.random() < 0.3)
            scores.append(2 if is_low else 6)
        return evenings(*scores)

    # Calm is back less often in 179 shuffled diaries of the first, and in 180 of the second.
    for seed, is_chance in ((101, True), (271, False)):
        found = way_back(DAY, simulate_short_dips(seed))
        assert (found.median_days, found.is_chance) == (1, is_chance)


def test_rare_low_evenings_are_not_more_than_chance() -> None:
    rare = [(DAY - timedelta(days=209 - n), 2 if n % 28 == 20 else 6) for n in range(210)]
    found = way_back(DAY, rare)
    assert (found.dips, found.median_days, found.is_chance) == (6, 1, True)


def test_a_median_of_two_days_or_more_is_never_called_chance() -> None:
    for seed in range(20):
        ratings = simulate_half_year(random.Random(seed), 0.8)
        result = way_back(ratings[-1][0], ratings)
        assert not (result.is_chance and result.median_days != 1)


def test_more_than_half_of_28_evenings_rated_three_or_lower_are_mostly_low() -> None:
    def is_low(*scores: int) -> bool:
        return way_back(DAY, evenings(*scores)).is_low

    assert is_low(*[6] * 30, *[3] * 15, *[6] * 13)
    assert not is_low(*[3] * 30, *[3] * 14, *[6] * 14)
    assert not is_low(*[3] * 30, 6, *[3] * 14, *[6] * 13)
    assert not is_low(*[4] * 28)
    assert not is_low(*[0] * 6), "no weeks yet"
    assert is_low(*[0] * 4, *[9] * 3)
    assert not is_low()


def test_a_month_of_low_evenings_is_reported() -> None:
    ratings = [
        (DAY - timedelta(days=209) + timedelta(days=n), 2 if n > 180 else 6) for n in range(210)
    ]
    assert way_back(ratings[-1][0], ratings).is_low
    assert not way_back(ratings[-20][0], ratings[:150]).is_low
