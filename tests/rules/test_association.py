"""What goes with calmer evenings: checked against ordinary least squares, by its invariances, and
on everything odd that a diary can hold."""

from __future__ import annotations

import random
from math import cos, isfinite, pi

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.evenings import Days, calm_in_runs, habit_in_runs, rated, some_evenings
from tracker.rules.association import Association, association, counts

OLS = ((0.0, 0.0),)


def found(calm: Days, done: Days, first_weekday: int = 0, *also: Days) -> Association:
    """The association, which there is."""
    one = association(calm, done, first_weekday, also)
    assert one is not None
    return one


def least_squares(calm: Days, done: Days, first_weekday: int) -> float:
    """The coefficient of the practice by normal equations and Gauss-Jordan, as in a textbook."""
    days = [t for t in range(len(calm)) if calm[t] is not None and done[t] is not None]
    first, n = days[0], days[-1] - days[0] + 1
    rows = []
    for day in days:
        t = day - first
        row = [1.0, (t - (n - 1) / 2) / (n / 2)]
        row += [cos(pi * j * (t + 0.5) / n) for j in range(2, min(max(n // 28, 1), 4) + 1)]
        row += [float((first_weekday + day) % 7 == q) for q in range(1, 7)]
        rows.append([*row, float(done[day] or 0), float(calm[day] or 0)])
    size = len(rows[0]) - 1
    system = [[sum(r[i] * r[j] for r in rows) for j in range(size + 1)] for i in range(size)]
    for pivot in range(size):
        best = max(range(pivot, size), key=lambda i: abs(system[i][pivot]))
        system[pivot], system[best] = system[best], system[pivot]
        for i in range(size):
            if i != pivot:
                share = system[i][pivot] / system[pivot][pivot]
                system[i] = [a - share * b for a, b in zip(system[i], system[pivot], strict=True)]
    return system[-1][-1] / system[-1][-2]


def test_without_any_memory_it_is_ordinary_least_squares(subtests: pytest.Subtests) -> None:
    for seed in range(20):
        with subtests.test(seed=seed):
            calm, done = some_evenings(seed, 54 + 6 * seed, effect=0.3)
            one = association(calm, done, seed % 7, grid=OLS)
            assert one is not None
            assert one.raw == pytest.approx(least_squares(calm, done, seed % 7), abs=1e-9)


def test_the_middle_of_the_scale_does_not_matter(subtests: pytest.Subtests) -> None:
    for seed in range(5):
        with subtests.test(seed=seed):
            calm, done = some_evenings(seed)
            higher: Days = [None if value is None else value + 1000 for value in calm]
            assert figures(found(higher, done)) == pytest.approx(
                figures(found(calm, done)), abs=1e-9
            )


def test_a_scale_of_a_hundred_gives_ten_times_as_much(subtests: pytest.Subtests) -> None:
    for seed in range(5):
        with subtests.test(seed=seed):
            calm, done = some_evenings(seed)
            one = found(calm, done)
            ten = found([None if value is None else 10 * value for value in calm], done)
            assert ten.p == pytest.approx(one.p, abs=1e-9)
            assert (ten.raw, ten.shown, ten.low, ten.high) == pytest.approx(
                (10 * one.raw, 10 * one.shown, 10 * one.low, 10 * one.high), abs=1e-9
            )


def test_days_without_it_say_the_opposite(subtests: pytest.Subtests) -> None:
    for seed in range(5):
        with subtests.test(seed=seed):
            calm, done = some_evenings(seed)
            one = found(calm, done)
            other = found(calm, [None if x is None else 1 - x for x in done])
            assert other.p == pytest.approx(one.p, abs=1e-9)
            assert (other.raw, other.shown, other.low, other.high) == pytest.approx(
                (-one.raw, -one.shown, -one.high, -one.low), abs=1e-9
            )
            assert (other.with_, other.without) == (one.without, one.with_)


def test_unlogged_days_at_the_ends_change_nothing(subtests: pytest.Subtests) -> None:
    around_cases: list[int] = [1, 30, 400]
    n_cases: list[int] = [60, 175, 182]
    for around in around_cases:
        for n in n_cases:
            with subtests.test(n=n, around=around):
                calm, done = some_evenings(n, n)
                nothing: Days = [None] * around
                within = found(
                    [*nothing, *calm, *nothing], [*nothing, *done, *nothing], (-around) % 7
                )
                assert within == found(calm, done, 0)


def test_unlogged_for_the_practice_only_is_unlogged_too() -> None:
    calm, done = some_evenings(1)
    nothing: Days = [None] * 9
    longer = found([*calm, *[3.0] * 9], [*done, *nothing])
    assert longer == found(calm, done)


def test_after_sixty_years_the_last_182_days_count() -> None:
    calm, done = some_evenings(2, 60 * 365, gaps=0)
    assert found(calm, done, 3) == found(calm[-182:], done[-182:], (3 + 60 * 365 - 182) % 7)
    assert counts(calm, done).rated == 182


def figures(one: Association) -> tuple[float, ...]:
    return one.raw, one.p, one.shown, one.low, one.high


def test_what_is_there_is_found_and_drawn_in_a_little() -> None:
    calm, done = some_evenings(5, 180, effect=1.2, phi=0.3)
    one = found(calm, done)
    assert one.p < 0.001
    assert 0 < one.shown < one.raw
    assert one.low < one.shown < one.high
    assert one.low > 0


def test_what_another_practice_brings_is_not_counted_twice() -> None:
    rng = random.Random(9)
    hug, walk = habit_in_runs(rng, 180), habit_in_runs(rng, 180)
    walk = [w if rng.random() < 0.25 else h for w, h in zip(walk, hug, strict=True)]
    calm = rated([c + 1.5 * h for c, h in zip(calm_in_runs(rng, 180, 0.3), hug, strict=True)])
    hugs: Days = [float(x) for x in hug]
    walks: Days = [float(x) for x in walk]
    assert found(calm, walks).p < 0.01
    assert found(calm, walks, 0, hugs).p > 0.05
    assert found(calm, hugs, 0, walks).p < 0.01


# When there is enough


def evenings(with_: int, without: int, switches: int) -> tuple[Days, Days]:
    """Evenings with exactly so many of each, in runs of single days but for the last two."""
    done: Days = [1.0, 0.0] * ((switches - 1) // 2)
    ons, offs = with_ - (switches - 1) // 2, without - (switches - 1) // 2
    done += [1.0] * ons + [0.0] * offs
    rng = random.Random(with_)
    return [float(rng.randint(3, 8)) for _ in done], done


def test_it_waits_until_there_is_enough(subtests: pytest.Subtests) -> None:
    cases: list[tuple[int, int, int, bool]] = [
        (12, 12, 7, True),
        (12, 11, 7, False),
        (8, 16, 7, True),
        (7, 17, 7, False),
        (16, 8, 7, True),
        (17, 7, 7, False),
        (20, 20, 7, True),
        (20, 20, 5, False),
    ]
    for with_, without, switches, is_enough in cases:
        with subtests.test(with_=with_, without=without, switches=switches, is_enough=is_enough):
            calm, done = evenings(with_, without, switches)
            so_far = counts(calm, done)
            assert (so_far.with_, so_far.without, so_far.switches) == (with_, without, switches)
            assert so_far.enough is is_enough
            one = association(calm, done, 0)
            assert (one is not None) is is_enough
            if one is not None:
                assert (one.rated, one.with_, one.without, one.switches) == (
                    with_ + without, with_, without, switches)  # fmt: skip


def test_six_changes_are_enough() -> None:
    calm, five = evenings(20, 20, 5)
    six = [*five[:-1], 1.0]
    assert counts(calm, five).switches == 5
    assert association(calm, five, 0) is None
    assert counts(calm, six).switches == 6
    assert association(calm, six, 0) is not None


def test_many_others_leave_too_little_to_look_at() -> None:
    rng = random.Random(3)
    calm, done = some_evenings(1, 28, gaps=0)
    others: list[Days] = [[float(rng.random() < 0.5) for _ in range(28)] for _ in range(12)]
    assert association(calm, done, 0) is not None
    assert association(calm, done, 0, others[:8]) is not None
    assert association(calm, done, 0, others[:10]) is None


# What a diary can hold


def test_the_same_calm_every_evening_says_nothing() -> None:
    _, done = some_evenings(1)
    one = found([7.0] * len(done), done)
    assert figures(one) == (0, 1, 0, 0, 0)


def test_calm_that_is_nothing_but_the_practice_is_still_a_number() -> None:
    _, done = some_evenings(1)
    one = found([2 + 3 * (x or 0) for x in done], done)
    assert one.raw == pytest.approx(3, abs=1e-6)
    assert one.p < 1e-6
    assert all(isfinite(value) for value in figures(one))


@pytest.mark.parametrize("always", [0.0, 1.0])
def test_a_practice_done_always_or_never_is_not_ready(always: float) -> None:
    calm, _ = some_evenings(1)
    assert association(calm, [always] * len(calm), 0) is None


def test_two_practices_always_together_cannot_be_told_apart() -> None:
    calm, done = some_evenings(1, effect=1)
    assert association(calm, done, 0, [done]) is None
    assert association(calm, done, 0, [[None if x is None else 1 - x for x in done]]) is None


def test_a_practice_of_the_weekend_cannot_be_told_from_the_weekend() -> None:
    calm, _ = some_evenings(1, 150)
    weekend: Days = [float(t % 7 >= 5) for t in range(150)]
    assert counts(calm, weekend).enough
    assert association(calm, weekend, 0) is None


def test_ratings_on_one_weekday_only_are_enough_in_time(subtests: pytest.Subtests) -> None:
    for weekday in range(7):
        with subtests.test(weekday=weekday):
            calm, done = some_evenings(1, 26, gaps=0)
            weekly: Days = [None] * 182
            weekly[weekday::7] = calm
            practised: Days = [0.0] * 182
            practised[weekday::7] = done
            one = found(weekly, practised)
            assert one.rated == 26
            assert all(isfinite(value) for value in figures(one))


def test_three_ratings_and_none_are_no_trouble() -> None:
    assert association([5, None, 6, 7], [1, 1, 0, 1], 2) is None
    assert association([], [], 0) is None
    assert association([None] * 50, [1.0] * 50, 0) is None
    assert association([5.0] * 50, [None] * 50, 0) is None
    assert counts([], []).rated == 0


def test_calm_that_is_away_for_months_is_no_trouble() -> None:
    calm, done = some_evenings(4, 180, gaps=0)
    calm[30:140] = [None] * 110
    one = found(calm, done)
    assert one.rated == 70
    assert all(isfinite(value) for value in figures(one))


def test_days_of_different_lengths_are_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="shorter"):
        association([5.0] * 30, [1.0] * 29, 0)


odd_calm = st.one_of(st.none(), st.integers(0, 10))
odd_done = st.one_of(st.none(), st.booleans())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(odd_calm, odd_done, odd_done), max_size=70),
    st.integers(0, 6),
    st.booleans(),
)
def test_whatever_was_logged_there_is_an_answer_and_a_number(
    days: list[tuple[int | None, bool | None, bool | None]], weekday: int, together: bool
) -> None:
    # Three times over, so that there is often enough to look at.
    calm = [day[0] for day in days] * 3
    done = [day[1] for day in days] * 3
    other = [day[2] for day in days] * 3
    one = association(calm, done, weekday, [other] if together else ())
    if one is None:
        return
    assert all(isfinite(value) for value in figures(one))
    assert 0 <= one.p <= 1
    assert one.low <= one.shown <= one.high
    assert one.rated == one.with_ + one.without


@pytest.mark.thorough
def test_where_nothing_is_something_is_seldom_found() -> None:
    """The quick one of the six bars (tests/bench has them all): practice and calm in runs,
    60 days, no effect. Of 600 people at most 8 % see a p-value below .05."""
    rng = random.Random(20261124)
    people, seen = 600, 0
    for _ in range(people):
        calm: Days = list(calm_in_runs(rng, 60, 0.6))
        done: Days = [float(x) for x in habit_in_runs(rng, 60)]
        one = association(calm, done, rng.randrange(7))
        seen += one is not None and one.p < 0.05
    assert seen / people <= 0.08
