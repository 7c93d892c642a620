"""Simulated evenings for the rules of patterns: seeded, with autocorrelated calm and habits, whole
scores, and evenings without a rating."""

from __future__ import annotations

import random
from math import sqrt

Days = list[float | None]


def calm_in_runs(rng: random.Random, n: int, phi: float) -> list[float]:
    """Simulates calm as an AR(1) process with standard deviation 1 around 0."""
    value = rng.gauss(0, 1)
    out = []
    for _ in range(n):
        out.append(value)
        value = phi * value + sqrt(1 - phi * phi) * rng.gauss(0, 1)
    return out


def habit_in_runs(rng: random.Random, n: int, share: float = 0.5, stay: float = 0.7) -> list[int]:
    """Simulates a habit done on a share of days that stays on or off from day to day with
    probability `stay`."""
    on = rng.random() < share
    out = []
    for _ in range(n):
        out.append(int(on))
        if rng.random() > stay:
            on = rng.random() < share
    return out


def rated(calm: list[float], middle: float = 6.0, spread: float = 1.5) -> Days:
    """Rounds calm to a rating: a whole number from 0 to 10."""
    return [float(min(10, max(0, round(middle + spread * value)))) for value in calm]


def with_gaps(rng: random.Random, days: Days, share: float) -> Days:
    """Removes a share of evenings at random."""
    return [None if rng.random() < share else value for value in days]


def simulate_evenings(
    seed: int, n: int = 90, *, effect: float = 0.0, phi: float = 0.5, gaps: float = 0.1
) -> tuple[Days, Days]:
    """Simulates calm, and a practice that raises it by `effect` standard deviations."""
    rng = random.Random(seed)
    done = habit_in_runs(rng, n, stay=0.3)
    calm = [c + effect * x for c, x in zip(calm_in_runs(rng, n, phi), done, strict=True)]
    return with_gaps(rng, rated(calm), gaps), [float(x) for x in done]
