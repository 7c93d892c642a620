"""Simulated people: autocorrelated calm, and a practice without an effect on it, in the four ways
in which a simple test is misled."""

from __future__ import annotations

import random
from math import exp, sqrt

from tests.rules.simulated_evenings import Days, calm_in_runs, habit_in_runs, rated, with_gaps

PHI = 0.6
"""The autocorrelation of calm from day to day."""

SPREAD = 1.5
"""Points of the scale from 0 to 10 per standard deviation of calm."""

Life = tuple[Days, Days, int]
"""Calm, a practice and the first weekday."""


def runs(rng: random.Random, n: int) -> Life:
    """Calm and the practice are autocorrelated."""
    calm, weekday = calm_in_runs(rng, n, PHI), rng.randrange(7)
    return rated(calm, spread=SPREAD), _days(habit_in_runs(rng, n)), weekday


def messy(rng: random.Random, n: int) -> Life:
    """Both drift, both are higher at weekends, and 15 % of evenings are missing."""
    weekday = rng.randrange(7)
    slope = rng.choice((-1, 1))
    calm, done = [], []
    for t, value in enumerate(calm_in_runs(rng, n, PHI)):
        far, weekend = t / n - 0.5, (weekday + t) % 7 >= 5
        calm.append(value + slope * far + 0.5 * weekend)
        done.append(int(rng.random() < 0.4 + 0.5 * far + 0.3 * weekend))
    return with_gaps(rng, rated(calm, spread=SPREAD), 0.15), _days(done), weekday


def weekend(rng: random.Random, n: int) -> Life:
    """A practice done at weekends, and calmer weekends."""
    weekday = rng.randrange(7)
    ends = [(weekday + t) % 7 >= 5 for t in range(n)]
    calm = [c + 0.8 * end for c, end in zip(calm_in_runs(rng, n, PHI), ends, strict=True)]
    done = [int(rng.random() < (0.8 if end else 0.25)) for end in ends]
    return rated(calm, spread=SPREAD), _days(done), weekday


def feedback(rng: random.Random, n: int) -> Life:
    """Calm raises the probability of the practice on the next day."""
    calm = calm_in_runs(rng, n, PHI)
    before = [0.0, *calm[:-1]]
    done = [int(rng.random() < 1 / (1 + exp(-c))) for c in before]
    return rated(calm, spread=SPREAD), _days(done), rng.randrange(7)


def scattered(rng: random.Random, n: int) -> Life:
    """Days with the practice vary twice as much."""
    done = habit_in_runs(rng, n)
    calm = [c * (1 + x) for c, x in zip(calm_in_runs(rng, n, PHI), done, strict=True)]
    return rated(calm, spread=SPREAD), _days(done), rng.randrange(7)


WAYS = {
    "runs": runs,
    "messy": messy,
    "weekend": weekend,
    "feedback": feedback,
    "SD doubled": scattered,
}


def with_effect(rng: random.Random, n: int, effect: float, phi: float, stay: float = 0.7) -> Life:
    """A practice that raises calm by so many standard deviations; `stay` is its autocorrelation
    from day to day."""
    done = habit_in_runs(rng, n, stay=stay)
    calm = [c + effect * x for c, x in zip(calm_in_runs(rng, n, phi), done, strict=True)]
    return rated(calm, spread=SPREAD), _days(done), rng.randrange(7)


def many_habits(rng: random.Random, n: int, count: int) -> tuple[Days, dict[str, Days]]:
    """Calm with gaps, and practices independent of it but correlated with each other."""
    calm = with_gaps(rng, rated(calm_in_runs(rng, n, PHI), spread=SPREAD), 0.1)
    mood = calm_in_runs(rng, n, PHI)
    habits = {}
    for place in range(count):
        own = calm_in_runs(rng, n, PHI)
        shared = [sqrt(0.2) * m + sqrt(0.8) * o for m, o in zip(mood, own, strict=True)]
        habits[str(place)] = _days([int(value > 0) for value in shared])
    return calm, habits


def true_effects(
    rng: random.Random, n: int, count: int, true: int, points: float = 0.5
) -> tuple[Days, dict[str, Days]]:
    """Calm with gaps, and practices of which the first `true` raise it by so many points."""
    habits = {str(place): habit_in_runs(rng, n, stay=0.3) for place in range(count)}
    lifts = [
        points / SPREAD * sum(done)
        for done in zip(*(habits[str(place)] for place in range(true)), strict=True)
    ]
    calm = [c + lift for c, lift in zip(calm_in_runs(rng, n, PHI), lifts, strict=True)]
    middle = 5.5 - points * true / 2
    days = with_gaps(rng, rated(calm, middle, SPREAD), 0.1)
    return days, {name: _days(done) for name, done in habits.items()}


def _days(done: list[int]) -> Days:
    return [float(x) for x in done]
