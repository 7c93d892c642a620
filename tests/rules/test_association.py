"""Associations of practices and calm: compared with ordinary least squares and with matrices, by
their invariances, and on everything unusual that a diary can hold."""

from __future__ import annotations

import random
from dataclasses import replace
from math import atan, cos, exp, inf, isfinite, pi, prod, sqrt
from statistics import NormalDist, fmean

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.rules.simulated_evenings import (
    Days,
    calm_in_runs,
    habit_in_runs,
    rated,
    simulate_evenings,
)
from tracker.rules import gls
from tracker.rules.association import (
    Association,
    Counts,
    Estimates,
    estimate,
    t_tail,
    tally,
)

OLS = ((0.0, 0.0),)


def hug(calm: Days, done: Days, first_weekday: int = 0, **others: Days) -> Association:
    """The estimate for a single practice with enough data."""
    return estimate(calm, {"hug": done, **others}, first_weekday).practices["hug"]


def counted(calm: Days, done: Days) -> Counts:
    return estimate(calm, {"hug": done}, 0).counts["hug"]


def figures(one: Association) -> tuple[float, ...]:
    return one.estimate, one.se, one.z, one.shown, one.low, one.high, one.up, one.down


def least_squares(rows: list[list[float]]) -> list[float]:
    """The least-squares coefficients by normal equations and Gauss-Jordan; y is the last column."""
    size = len(rows[0]) - 1
    system = [[sum(r[i] * r[j] for r in rows) for j in range(size + 1)] for i in range(size)]
    for pivot in range(size):
        best = max(range(pivot, size), key=lambda i: abs(system[i][pivot]))
        system[pivot], system[best] = system[best], system[pivot]
        for i in range(size):
            if i != pivot:
                share = system[i][pivot] / system[pivot][pivot]
                system[i] = [a - share * b for a, b in zip(system[i], system[pivot], strict=True)]
    return [system[i][-1] / system[i][i] for i in range(size)]


def design_row(t: int, n: int, weekday: int) -> list[float]:
    """The calendar columns of a day, computed directly from INSIGHTS 4."""
    row = [1.0, (t - (n - 1) / 2) / (n / 2)]
    row += [cos(pi * j * (t + 0.5) / n) for j in range(2, min(max(n // 28, 1), 8) + 1)]
    return [*row, *(float(weekday == q) for q in range(1, 7))]


def test_without_autocorrelation_it_is_ordinary_least_squares(subtests: pytest.Subtests) -> None:
    for seed in range(12):
        with subtests.test(seed=seed):
            calm, done = simulate_evenings(seed, 54 + 28 * seed, effect=0.3)
            _, walk = simulate_evenings(seed + 100, len(calm))
            days = [t for t, value in enumerate(calm) if value is not None]
            n = days[-1] - days[0] + 1
            rows = [
                [
                    *design_row(t - days[0], n, (seed + t) % 7),
                    done[t] or 0,
                    walk[t] or 0,
                    calm[t] or 0,
                ]
                for t in days
            ]
            found = estimate(
                calm, {"hug": done, "walk": walk}, seed % 7, grid=OLS, robust=False
            ).practices
            assert (found["hug"].estimate, found["walk"].estimate) == pytest.approx(
                least_squares(rows)[-2:], abs=1e-9
            )


@pytest.mark.parametrize("robust", [False, True])
def test_the_figures_are_averaged_as_the_rules_say(robust: bool) -> None:
    """INSIGHTS 4, steps 2 to 5, computed directly. The fits themselves are compared in
    test_gls.py."""
    calm, hugs = simulate_evenings(11, 62, effect=0.8, gaps=0)
    _, walks = simulate_evenings(12, 62)
    talks = [float(random.Random(day).random() < 0.4) for day in range(62)]
    practices: dict[str, Days] = {"hug": hugs, "walk": walks, "talk": [*talks]}
    found = estimate(calm, practices, 0, robust=robust)

    days = list(range(62))
    y = [(one or 0) - fmean(one or 0 for one in calm) for one in calm]
    nuisance = list(zip(*(design_row(day, 62, day % 7) for day in days), strict=True))
    regressors = [[one or 0 for one in done] for done in practices.values()]
    design = gls.Design(days, y, nuisance, regressors)
    grid = [(0.0, phi) for phi in (-0.3, -0.15, 0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9)]
    grid += [(lam, phi) for lam in (0.3, 0.6) for phi in (0.3, 0.6, 0.75, 0.9, 0.95)]
    fits = [gls.fit(design, *point) for point in grid]
    likelihoods = [exp(one.loglik) for one in fits]
    weights = [value / sum(likelihoods) for value in likelihoods]
    best = max(range(len(fits)), key=lambda place: likelihoods[place])
    ratios = gls.hc2_ratios(design, *grid[best], fits[best]) if robust else [1.0] * 3
    df, normal = 62 - 2 - 1 - 6 - 3, NormalDist()

    def deviate(ts: list[float]) -> float:
        return -normal.inv_cdf(sum(w * t_tail(t, df) for w, t in zip(weights, ts, strict=True)))

    def averaged(values: list[float]) -> float:
        return sum(w * value for w, value in zip(weights, values, strict=True))

    sigma = sqrt(averaged([one.s2 for one in fits]))
    simple = []
    for place, ratio in enumerate(ratios):
        bs = [one.b[place] for one in fits]
        variances = [one.s2 * one.inverse[place][place] for one in fits]
        b, wider = averaged(bs), sqrt(max(1, ratio))
        spread = [v * df / (df - 2) + (one - b) ** 2 for v, one in zip(variances, bs, strict=True)]
        z = deviate([one / sqrt(v) for v, one in zip(variances, bs, strict=True)]) / wider
        se = sqrt(averaged(spread)) * wider
        simple.append((z * se if wider > 1 else b, se, z))
    assert {ratio > 1 for ratio in ratios} == ({True, False} if robust else {False})

    shares = (0.05, 0.15, 0.30, 0.50)
    factors = []
    for b, se, _ in simple:
        wide = sqrt(se**2 + (0.15 * sigma) ** 2)
        none = NormalDist(0, se).pdf(b)
        factors.append([NormalDist(m * sigma, wide).pdf(b) / none for m in (0.22, -0.22)])
    totals = [[1 - pi + pi * (0.9 * up + 0.1 * down) for up, down in factors] for pi in shares]
    whole = sum(map(prod, totals))
    for place, (b, se, z) in enumerate(simple):
        kept = (0.5 * sigma) ** 2 / ((0.5 * sigma) ** 2 + se**2)
        reach = 1.645 * sqrt(kept) * se
        chances = [
            sum(
                prod(total) / whole * pi * share * factors[place][side] / total[place]
                for pi, total in zip(shares, totals, strict=True)
            )
            for side, share in ((0, 0.9), (1, 0.1))
        ]
        assert figures(found.practices[list(practices)[place]]) == pytest.approx(
            (b, se, z, kept * b, kept * b - reach, kept * b + reach, *chances), rel=1e-6
        )
    common = [sum(one.with_y) / sqrt(one.s2 * sum(map(sum, one.cross))) for one in fits]
    assert found.together == pytest.approx(deviate(common) / sqrt(max(1, fmean(ratios))), rel=1e-6)


def test_a_constant_added_to_calm_does_not_matter(subtests: pytest.Subtests) -> None:
    for seed in range(5):
        with subtests.test(seed=seed):
            calm, done = simulate_evenings(seed)
            higher: Days = [None if value is None else value + 1000 for value in calm]
            assert figures(hug(higher, done)) == pytest.approx(figures(hug(calm, done)), abs=1e-9)


def test_a_scale_of_a_hundred_gives_ten_times_as_much(subtests: pytest.Subtests) -> None:
    for seed in range(5):
        with subtests.test(seed=seed):
            calm, done = simulate_evenings(seed)
            one = hug(calm, done)
            ten = hug([None if value is None else 10 * value for value in calm], done)
            assert (ten.z, ten.up, ten.down) == pytest.approx((one.z, one.up, one.down), abs=1e-9)
            assert (ten.estimate, ten.shown, ten.low, ten.high) == pytest.approx(
                (10 * one.estimate, 10 * one.shown, 10 * one.low, 10 * one.high), abs=1e-9
            )


def test_inverting_the_practice_inverts_the_effect(subtests: pytest.Subtests) -> None:
    for seed in range(5):
        with subtests.test(seed=seed):
            calm, done = simulate_evenings(seed)
            one = hug(calm, done)
            other = hug(calm, [None if x is None else 1 - x for x in done])
            assert (other.estimate, other.z, other.shown, other.low, other.high) == pytest.approx(
                (-one.estimate, -one.z, -one.shown, -one.high, -one.low), abs=1e-9
            )


def test_unlogged_days_at_the_ends_change_nothing(subtests: pytest.Subtests) -> None:
    for around in (1, 30, 400):
        for n in (60, 175, 364):
            with subtests.test(n=n, around=around):
                calm, done = simulate_evenings(n, n)
                nothing: Days = [None] * around
                within = hug(
                    [*nothing, *calm, *nothing], [*nothing, *done, *nothing], (-around) % 7
                )
                assert within == hug(calm, done)


def test_after_sixty_years_the_last_364_days_count() -> None:
    calm, done = simulate_evenings(2, 60 * 365, gaps=0)
    assert hug(calm, done, 3) == hug(calm[-364:], done[-364:], (3 + 60 * 365 - 364) % 7)
    assert counted(calm, done).rated == 364


def test_the_order_of_the_practices_does_not_matter() -> None:
    calm, done = simulate_evenings(1, 120)
    _, walk = simulate_evenings(7, 120)
    one = estimate(calm, {"hug": done, "walk": walk}, 0).practices
    other = estimate(calm, {"walk": walk, "hug": done}, 0).practices
    for name in ("hug", "walk"):
        assert figures(one[name]) == pytest.approx(figures(other[name]), abs=1e-9)


def test_a_large_effect_is_found_and_shrunk_a_little() -> None:
    calm, done = simulate_evenings(5, 180, effect=1.2, phi=0.3)
    one = hug(calm, done)
    assert one.z > 3.5
    assert one.up > 0.99
    assert 0 < one.shown < one.estimate
    assert 0 < one.low < one.shown < one.high


def test_a_precise_null_is_a_small_difference_if_any() -> None:
    calm, done = simulate_evenings(5, 364, phi=0.0, gaps=0)
    assert hug(calm, done).is_small
    assert not hug(*simulate_evenings(5, 40)).is_small
    one_point = Association(0.02, 0.5, 0, 0, 0, 0, 0, 0)
    assert not one_point.is_small
    assert replace(one_point, estimate=-0.01).is_small


def test_the_effect_of_another_practice_is_not_counted_twice() -> None:
    rng = random.Random(9)
    hugs, walks = habit_in_runs(rng, 180), habit_in_runs(rng, 180)
    walks = [w if rng.random() < 0.25 else h for w, h in zip(walks, hugs, strict=True)]
    calm = rated([c + 1.5 * h for c, h in zip(calm_in_runs(rng, 180, 0.3), hugs, strict=True)])
    done: Days = [float(x) for x in hugs]
    walk: Days = [float(x) for x in walks]
    assert hug(calm, walk).z > 2.6
    assert abs(hug(calm, walk, other=done).z) < 2
    assert hug(calm, done, walk=walk).z > 2.6


def test_days_that_scatter_more_widen_the_interval() -> None:
    """Half of the days are far more variable, and the practice is done on these."""
    rng = random.Random(1)
    done: Days = [float(rng.random() < 0.2) for _ in range(200)]
    calm: Days = [5 + rng.gauss(0, 4 if x else 0.5) for x in done]
    plain = estimate(calm, {"hug": done}, 0, robust=False).practices["hug"]
    robust = hug(calm, done)
    assert robust.se > 1.2 * plain.se
    assert abs(robust.z) < abs(plain.z)


def test_one_effect_makes_the_others_more_probable() -> None:
    """With three clear effects a fourth is more probable than alone."""
    rng = random.Random(4)
    three: dict[str, Days] = {
        str(i): [float(x) for x in habit_in_runs(rng, 250, stay=0.2)] for i in range(3)
    }
    fourth: Days = [float(x) for x in habit_in_runs(rng, 250, stay=0.2)]
    lift = [1.2 * sum(map(bool, days)) for days in zip(*three.values(), strict=True)]
    noise = [rng.gauss(0, 1) for _ in range(250)]
    calm: Days = [5 + e + a + 0.3 * (x or 0) for e, a, x in zip(noise, lift, fourth, strict=True)]
    alone: Days = [5 + e + 0.3 * (x or 0) for e, x in zip(noise, fourth, strict=True)]
    with_it, without = (estimate(y, {"it": fourth, **three}, 0).practices for y in (calm, alone))
    assert with_it["it"].up > without["it"].up


def test_many_small_effects_are_detected_together() -> None:
    rng = random.Random(3)
    many = {str(i): [float(x) for x in habit_in_runs(rng, 200, stay=0.3)] for i in range(6)}
    lift = [0.35 * sum(days) for days in zip(*many.values(), strict=True)]
    calm: Days = [5 + rng.gauss(0, 1) + a for a in lift]
    together = estimate(calm, many, 0).together
    assert together is not None
    assert together > 2.6
    two = {name: many[name] for name in ("0", "1")}
    assert estimate(calm, two, 0).together is None


# Minimum of data


def evenings(with_: int, without: int, switches: int) -> tuple[Days, Days]:
    """Evenings with exactly these counts, alternating daily except at the end."""
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
            so_far = counted(calm, done)
            assert so_far == Counts(with_ + without, with_, without, switches)
            assert tally(calm, {"hug": done}) == {"hug": so_far}
            assert so_far.enough is is_enough
            assert bool(estimate(calm, {"hug": done}, 0).practices) is is_enough


def test_six_changes_are_enough() -> None:
    calm, five = evenings(20, 20, 5)
    six = [*five[:-1], 1.0]
    assert not estimate(calm, {"hug": five}, 0).practices
    assert counted(calm, six).switches == 6
    assert estimate(calm, {"hug": six}, 0).practices


def test_too_many_practices_for_the_evenings_give_no_estimate() -> None:
    rng = random.Random(3)
    calm, done = simulate_evenings(1, 28, gaps=0)
    others: dict[str, Days] = {
        str(i): [float(rng.random() < 0.5) for _ in range(28)] for i in range(12)
    }
    assert "hug" in estimate(calm, {"hug": done}, 0).practices
    assert estimate(calm, {"hug": done, **others}, 0).practices == {}


def test_ten_degrees_of_freedom_are_enough() -> None:
    """Of 26 evenings a level, a drift and six weekdays take 8, and each practice one."""
    rng = random.Random(1)
    calm: Days = [float(rng.randint(3, 8)) for _ in range(26)]
    practices: dict[str, Days] = {}
    for place in range(9):
        done: Days = [float(day < 12) for day in range(26)]
        while not counted(calm, done).enough:
            rng.shuffle(done)
        practices[str(place)] = done
    assert estimate(calm, practices, 0).practices == {}
    del practices["8"]
    assert len(estimate(calm, practices, 0).practices) == 8


# Edge cases


def test_constant_calm_gives_no_estimate() -> None:
    _, done = simulate_evenings(1)
    found = estimate([7.0] * len(done), {"hug": done}, 0)
    assert found.practices == {}
    assert found.counts["hug"].enough


def test_a_perfect_correlation_gives_a_finite_estimate() -> None:
    _, done = simulate_evenings(1)
    one = hug([2 + 3 * (x or 0) for x in done], done)
    other = hug([8 - 3 * (x or 0) for x in done], done)
    assert (one.estimate, other.estimate) == pytest.approx((3, -3), abs=1e-4)
    assert min(one.up, other.down) > 0.99
    assert all(isfinite(value) for value in (*figures(one), *figures(other)))


@pytest.mark.parametrize("always", [0.0, 1.0])
def test_a_practice_done_always_or_never_is_not_ready(always: float) -> None:
    calm, _ = simulate_evenings(1)
    assert estimate(calm, {"hug": [always] * len(calm)}, 0).practices == {}


def test_two_practices_always_together_are_left_out_and_others_are_not() -> None:
    calm, done = simulate_evenings(1, effect=1)
    _, walk = simulate_evenings(8)
    opposite: Days = [None if x is None else 1 - x for x in done]
    for twin in (done, opposite):
        found = estimate(calm, {"hug": done, "twin": twin, "walk": walk}, 0).practices
        assert set(found) == {"walk"}
        assert figures(found["walk"]) == pytest.approx(figures(hug(calm, walk)), abs=1e-9)


def test_a_practice_done_at_weekends_can_not_be_separated_from_the_weekend() -> None:
    calm, done = simulate_evenings(1, 150)
    weekend: Days = [float(t % 7 >= 5) for t in range(150)]
    found = estimate(calm, {"hug": done, "weekend": weekend}, 0)
    assert found.counts["weekend"].enough
    assert set(found.practices) == {"hug"}


def test_a_recently_added_practice_does_not_affect_the_others() -> None:
    """Its unknown days get its mean and an indicator column, so that the other practices keep all
    their days."""
    calm, done = simulate_evenings(5, 300, effect=0.8, phi=0.3)
    _, walk = simulate_evenings(9, 300)
    late: Days = [*[None] * 240, *walk[240:]]
    one, with_late = hug(calm, done), hug(calm, done, walk=late)
    assert with_late.se < 1.05 * one.se
    assert with_late.estimate == pytest.approx(one.estimate, abs=0.3)


def test_rest_days_are_unknown_for_that_practice_only() -> None:
    calm, done = simulate_evenings(5, 120)
    holiday: Days = [*done[:50], *[None] * 14, *done[64:]]
    counts = estimate(calm, {"hug": holiday, "walk": done}, 0).counts
    left = sum(value is not None for value in [*calm[:50], *calm[64:]])
    assert counts["hug"].rated == left
    assert counts["walk"].rated > left


def test_practices_with_the_same_unknown_days_share_one_indicator() -> None:
    calm, done = simulate_evenings(5, 60)
    _, walk = simulate_evenings(9, 60)
    _, talk = simulate_evenings(10, 60)
    later = {"walk": [*[None] * 10, *walk[10:]], "talk": [*[None] * 10, *talk[10:]]}
    assert set(estimate(calm, {"hug": done, **later}, 0).practices) == {"hug", "walk", "talk"}


def test_ratings_on_one_weekday_only_are_enough_in_time(subtests: pytest.Subtests) -> None:
    for weekday in range(7):
        with subtests.test(weekday=weekday):
            calm, done = simulate_evenings(1, 26, gaps=0)
            weekly: Days = [None] * 182
            weekly[weekday::7] = calm
            practised: Days = [0.0] * 182
            practised[weekday::7] = done
            assert counted(weekly, practised).rated == 26
            assert all(isfinite(value) for value in figures(hug(weekly, practised)))


def test_three_ratings_or_none_give_no_estimate() -> None:
    nothing: dict[str, Association] = {}
    assert estimate([5, None, 6, 7], {"hug": [1, 1, 0, 1]}, 2).practices == nothing
    assert estimate([], {"hug": []}, 0) == Estimates({"hug": Counts(0, 0, 0, 0)}, {}, None)
    assert estimate([], {}, 0) == Estimates({}, {}, None)
    assert estimate([None] * 50, {"hug": [1.0] * 50}, 0).practices == nothing
    assert estimate([5.0] * 50, {"hug": [None] * 50}, 0).practices == nothing


def test_months_without_ratings_are_handled() -> None:
    calm, done = simulate_evenings(4, 180, gaps=0)
    calm[30:140] = [None] * 110
    assert counted(calm, done).rated == 70
    assert all(isfinite(value) for value in figures(hug(calm, done)))


def test_series_of_different_lengths_raise_an_error() -> None:
    with pytest.raises(ValueError, match=r"differ in length$"):
        estimate([5.0] * 30, {"hug": [1.0] * 29}, 0)


odd_calm = st.one_of(st.none(), st.integers(0, 10))
odd_done = st.one_of(st.none(), st.booleans())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(odd_calm, odd_done, odd_done, odd_done), max_size=70), st.integers(0, 6))
def test_estimates_are_finite_for_any_data(
    days: list[tuple[int | None, bool | None, bool | None, bool | None]], weekday: int
) -> None:
    # Repeated three times, so that there are often enough evenings.
    calm: Days = [*(day[0] for day in days)] * 3
    practices: dict[str, Days] = {
        str(place): [*(day[place] for day in days)] * 3 for place in (1, 2, 3)
    }
    found = estimate(calm, practices, weekday)
    for name, one in found.practices.items():
        assert all(isfinite(value) for value in figures(one))
        assert one.se > 0
        assert one.low <= one.shown <= one.high
        assert 0 <= one.up <= 1
        assert 0 <= one.down <= 1
        assert one.up + one.down <= 1 + 1e-12
        assert found.counts[name].rated == found.counts[name].with_ + found.counts[name].without


@pytest.mark.thorough
def test_the_false_positive_rate_is_low() -> None:
    """A quick estimate of the type-I error (tests/bench has all thresholds): practice and calm in
    runs, 60 days, no effect. Of 600 simulated people at most 8 % have |z| above 1.96."""
    rng = random.Random(20261124)
    people, reported = 600, 0
    for _ in range(people):
        calm: Days = list(calm_in_runs(rng, 60, 0.6))
        done: Days = [float(x) for x in habit_in_runs(rng, 60)]
        found = estimate(calm, {"hug": done}, rng.randrange(7)).practices
        reported += "hug" in found and abs(found["hug"].z) > 1.96
    assert reported / people <= 0.08


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
