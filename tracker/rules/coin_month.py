"""The coin-flip month: a fair coin says on which days to aim for a practice, so that nothing but
the practice can make those days differ on average (Fisher 1935, *The Design of Experiments*).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

DAYS = 28
"""Days of a coin-flip month."""

ENOUGH_EACH = 5
"""Rated evenings of each kind, aimed and free, without which nothing is compared."""

DRAWS = 1999
"""Random assignments drawn for the randomisation test."""

ONE_SIDE = 0.05
"""What each end of the 90 % interval leaves out."""


@dataclass(frozen=True, slots=True)
class EffectInterval:
    """The 90 % interval for how much calmer days were on which the coin said to aim, in points
    of calm (0 to 10)."""

    low: float
    high: float


def is_aim_day(seed: int, day: date) -> bool:
    """Whether the coin says to aim for the practice on a day: the same on every machine."""
    return sha256(f"{seed} {day.isoformat()}".encode()).digest()[0] % 2 == 1


def compare(calm: Sequence[float], aimed: Sequence[bool]) -> EffectInterval | None:
    """Calm on days the coin said to aim, less calm on the free days; None until there is enough.

    By what the coin said and not by what was done: only that was drawn at random. The interval
    holds every effect d that the randomisation test of calm − d·aimed does not reject on either
    side at 5 %, with the coins drawn anew 1,999 times (seeded, so the answer stays the same).
    """
    if min(sum(aimed), len(aimed) - sum(aimed)) < ENOUGH_EACH:
        return None
    rng = random.Random(len(calm))  # noqa: S311
    difference = _difference(calm, aimed)
    draws: list[tuple[float, float]] = []
    while len(draws) < DRAWS:
        drawn = [rng.random() < 0.5 for _ in calm]
        if any(drawn) and not all(drawn):
            draws.append((_difference(calm, drawn), _difference([float(a) for a in aimed], drawn)))
    # Without the effect d the difference is less by d, and a redrawn one by d times its overlap.
    spread = max(calm) - min(calm) + 1
    return EffectInterval(
        _end(difference, draws, difference - 2 * spread),
        -_end(-difference, [(-d, z) for d, z in draws], -difference - 2 * spread),
    )


def _end(difference: float, draws: Sequence[tuple[float, float]], far: float) -> float:
    """The smallest effect that is not rejected, by bisection between it and `far`."""
    rejected, accepted = far, difference
    for _ in range(30):
        middle = (rejected + accepted) / 2
        above = sum(d - middle * z >= difference - middle - 1e-9 for d, z in draws)
        if (above + 1) / (len(draws) + 1) <= ONE_SIDE:
            rejected = middle
        else:
            accepted = middle
    return accepted


def _difference(values: Sequence[float], chosen: Sequence[bool]) -> float:
    yes = [value for value, is_chosen in zip(values, chosen, strict=True) if is_chosen]
    no = [value for value, is_chosen in zip(values, chosen, strict=True) if not is_chosen]
    return sum(yes) / len(yes) - sum(no) / len(no)
