"""Simulated people: autocorrelated calm, and a practice without an effect on it, in the four ways
in which a simple test is misled."""

from __future__ import annotations

import random
from math import exp, sqrt

from tests.rules.simulated_evenings import Days, calm_in_runs, habit_in_runs, rated, with_gaps

PHI = 0.6
"""How much of calm carries over to the next day."""

SPREAD = 1.5
"""Points of the 0 to 10 scale in one standard deviation of calm."""

Life = tuple[Days, Days, int]
"""Calm, the practice, and the first weekday."""


def runs(rng: random.Random, n: int) -> Life:
    """Calm and the practice come in runs."""
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
    """A practice of the weekend, and weekends that are calmer anyway."""
    weekday = rng.randrange(7)
    ends = [(weekday + t) % 7 >= 5 for t in range(n)]
    calm = [c + 0.8 * end for c, end in zip(calm_in_runs(rng, n, PHI), ends, strict=True)]
    done = [int(rng.random() < (0.8 if end else 0.25)) for end in ends]
    return rated(calm, spread=SPREAD), _days(done), weekday


def feedback(rng: random.Random, n: int) -> Life:
    """Yesterday's calm makes today's practice likelier."""
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
    """A practice that lifts calm by so many standard deviations; `stay` is its autocorrelation
    from day to day."""
    done = habit_in_runs(rng, n, stay=stay)
    calm = [c + effect * x for c, x in zip(calm_in_runs(rng, n, phi), done, strict=True)]
    return rated(calm, spread=SPREAD), _days(done), rng.randrange(7)


def many_habits(rng: random.Random, n: int, count: int) -> tuple[Days, dict[str, Days]]:
    """Calm with gaps, and practices that have nothing to do with it but come and go together."""
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
    """Calm with gaps, and practices of which the first `true` lift it by so many points."""
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
