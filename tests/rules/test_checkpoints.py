"""When it is looked at, and what is said of what was found."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.evenings import Days, calm_in_runs, habit_in_runs, rated, some_evenings, with_gaps
from tracker.rules.checkpoints import (
    benjamini_hochberg,
    checkpoints,
    evaluate,
    held_fixed,
    level,
    next_checkpoint,
)

FIRST = date(2026, 6, 1)


def after(days: int) -> date:
    """The day so many days after the first rating."""
    return FIRST + timedelta(days=days)


def test_a_look_is_taken_every_28_days(subtests: pytest.Subtests) -> None:
    cases: list[tuple[int, list[int], int]] = [
        (0, [], 28),
        (27, [], 28),
        (28, [28], 56),
        (55, [28], 56),
        (56, [56, 28], 84),
        (84, [84, 56, 28], 112),
        (300, [280, 252, 224], 308),
    ]
    for days, past, following in cases:
        with subtests.test(days=days, past=past, following=following):
            assert checkpoints(FIRST, after(days), 3) == [after(d) for d in past]
            assert next_checkpoint(FIRST, after(days)) == after(following)


def test_before_the_first_rating_the_first_look_is_ahead() -> None:
    assert checkpoints(FIRST, after(-40), 3) == []
    assert next_checkpoint(FIRST, after(-40)) == after(28)


def test_among_many_only_the_smallest_count(subtests: pytest.Subtests) -> None:
    cases: list[tuple[list[float], int]] = [
        # The example of Benjamini and Hochberg's own paper: four of fifteen.
        (
            [
                0.0001,
                0.0004,
                0.0019,
                0.0095,
                0.0201,
                0.0278,
                0.0298,
                0.0344,
                0.0459,
                0.3240,
                0.4262,
                0.5719,
                0.6528,
                0.7590,
                1.0,
            ],
            4,
        ),
        ([0.05], 1),
        ([0.051], 0),
        ([0.05, 0.05], 2),
        ([0.03, 0.06], 0),
        ([0.025, 0.9], 1),
        ([], 0),
    ]
    for p_values, rejected in cases:
        with subtests.test(p_values=p_values, rejected=rejected):
            named = {str(place): p for place, p in enumerate(p_values)}
            assert benjamini_hochberg(named, 0.05) == {str(place) for place in range(rejected)}


@given(st.lists(st.floats(0, 1), max_size=9))
def test_the_order_of_practices_does_not_matter(p_values: list[float]) -> None:
    named = {str(place): p for place, p in enumerate(p_values)}
    backwards = dict(reversed(named.items()))
    assert benjamini_hochberg(named, 0.05) == benjamini_hochberg(backwards, 0.05)


def test_it_takes_two_looks_to_say_and_one_to_take_back(subtests: pytest.Subtests) -> None:
    cases: list[tuple[tuple[int, ...], str | None]] = [
        ((), None),
        ((1,), None),
        ((0, 0), None),
        ((1, 0), None),
        ((1, 1), "steady"),
        ((-1, -1), "steady_lower"),
        ((1, -1), None),
        ((1, 1, 0), "steady"),
        ((0, 1, 1), "withdrawn"),
        ((0, -1, -1), "withdrawn"),
        ((0, 0, 1), None),
        ((0, 1, 0), None),
        ((1, 0, 1), None),
        ((-1, 1, 1), "withdrawn"),
        ((-1, -1, 1), "steady_lower"),
    ]
    for holds, said in cases:
        with subtests.test(holds=holds, said=said):
            assert level(holds) == said


def two_practices(seed: int, n: int, together: float) -> tuple[Days, Days, Days]:
    """Hugs that lift calm, and walks that are taken on days with a hug as often as `together`."""
    rng = random.Random(seed)
    hug, walk = habit_in_runs(rng, n), habit_in_runs(rng, n)
    walk = [h if rng.random() < together else w for h, w in zip(hug, walk, strict=True)]
    calm = rated([c + 1.5 * h for c, h in zip(calm_in_runs(rng, n, 0.3), hug, strict=True)])
    return calm, [float(x) for x in hug], [float(x) for x in walk]


def test_what_is_there_holds() -> None:
    calm, hug, _ = two_practices(1, 60, 0)
    looks = evaluate(calm, {"hug": hug}, 0)
    assert looks["hug"].holds == 1
    assert looks["hug"].estimate is not None
    lower: Days = [None if value is None else 10 - value for value in calm]
    assert evaluate(lower, {"hug": hug}, 0)["hug"].holds == -1


def test_from_84_rated_days_the_practices_must_share() -> None:
    calm, hug, walk = two_practices(8, 150, 0.7)
    alone = evaluate(calm, {"walk": walk}, 0)
    assert alone["walk"].holds == 1
    both = evaluate(calm, {"hug": hug, "walk": walk}, 0)
    assert both["hug"].holds == 1
    assert both["walk"].holds == 0
    few = evaluate(calm[-83:], {"hug": hug[-83:], "walk": walk[-83:]}, 0)
    assert few["walk"].holds == 1


def test_two_practices_always_together_hold_neither_from_84_rated_days() -> None:
    calm, hug, _ = two_practices(1, 84, 0)
    assert evaluate(calm, {"hug": hug, "walk": hug}, 0)["walk"].holds == 0
    assert evaluate(calm[1:], {"hug": hug[1:], "walk": hug[1:]}, 0)["walk"].holds == 1


def since(days: Days, known: int) -> Days:
    """A practice that was added so many days ago: before, nothing is known of it."""
    return [*[None] * (len(days) - known), *days[-known:]]


@pytest.mark.thorough
def test_practices_added_lately_take_no_finding_back() -> None:
    """13 of these 14 hold; judged on the 40 days on which all is known, 6 of them would."""
    held = []
    for seed in range(14):
        calm, hug, _ = two_practices(seed, 182, 0)
        calm = [c if c is None else c - x for c, x in zip(calm, map(bool, hug), strict=True)]
        rng = random.Random(seed + 100)
        family = {"hug": hug}
        for name in ("walk", "talk", "song"):
            family[name] = since([float(x) for x in habit_in_runs(rng, 182)], 40)
        held.append(evaluate(calm, family, 0)["hug"].holds)
        assert held[-1] == evaluate(calm, {"hug": hug}, 0)["hug"].holds
    assert sum(held) == 13


def test_what_is_known_for_84_days_must_share_from_then_on() -> None:
    calm, hug, walk = two_practices(8, 182, 0.7)
    for known, holds in ((83, 1), (84, 0)):
        family = {"hug": since(hug, known), "walk": walk}
        assert evaluate(calm, family, 0)["walk"].holds == holds


def test_three_of_four_days_are_kept_of_a_practice_that_is_young_itself() -> None:
    calm: Days = [5.0] * 182
    young = since([float(t % 2) for t in range(182)], 40)
    old: Days = [float(t % 3 == 0) for t in range(182)]
    assert held_fixed(calm, young, {"old": old}) == [old]
    for known, kept in ((30, True), (29, False)):
        younger = since([float(t % 5 == 0) for t in range(182)], known)
        assert held_fixed(calm, young, {"old": old, "younger": younger}) == [
            old,
            *[younger] * kept,
        ]


def test_no_two_young_practices_together_take_what_neither_takes_alone() -> None:
    calm: Days = [5.0] * 182
    hug: Days = [float(t % 2) for t in range(182)]
    late = since([float(t % 3 == 0) for t in range(182)], 100)
    early: Days = [*[float(t % 5 == 0) for t in range(110)], *[None] * 72]
    assert held_fixed(calm, hug, {"late": late}) == [late]
    assert held_fixed(calm, hug, {"early": early, "late": late}) == [early]


def test_the_order_of_the_list_does_not_say_what_is_held_fixed() -> None:
    rng = random.Random(3)
    calm: Days = [5.0] * 182
    family = {
        str(place): with_gaps(rng, [float(x) for x in habit_in_runs(rng, 182)], 0.3)
        for place in range(6)
    }
    done: Days = [float(t % 2) for t in range(182)]
    turned = dict(reversed(family.items()))
    kept = held_fixed(calm, done, family)
    assert 0 < len(kept) < 6
    assert held_fixed(calm, done, turned) == kept


def test_others_that_say_the_same_do_not_take_back_what_was_found() -> None:
    calm, hug, walk = two_practices(1, 150, 0)
    family: dict[str, Days] = {"hug": hug, "walk": walk, "fresh air": walk}
    family["bed"] = [*[0.0, 1.0] * 20, *[1.0] * 110]
    assert evaluate(calm, family, 0)["hug"].holds == 1
    assert len(held_fixed(calm, hug, {"walk": walk, "fresh air": list(walk)})) == 1
    assert held_fixed(calm, hug, {"bed": [1.0] * 150}) == []


def test_a_practice_of_the_weekend_has_enough_and_holds_nothing() -> None:
    calm, _ = some_evenings(1, 150)
    one = evaluate(calm, {"hike": [float(t % 7 >= 5) for t in range(150)]}, 0)["hike"]
    assert (one.estimate, one.is_enough, one.holds) == (None, True, 0)


def test_what_is_not_ready_is_looked_at_and_holds_nothing() -> None:
    calm, _ = some_evenings(1)
    never: Days = [0.0] * len(calm)
    one = evaluate(calm, {"hug": never}, 0)["hug"]
    assert (one.estimate, one.is_enough, one.holds) == (None, False, 0)
    assert evaluate([], {"hug": []}, 0)["hug"].holds == 0
    assert evaluate([], {}, 0) == {}
