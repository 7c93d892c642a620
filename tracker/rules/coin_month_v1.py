"""The coin-flip month of version 1.0, for months begun with it: each day is drawn
by itself, and the means of aimed and free days are compared."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from tracker.rules.coin_month import ENOUGH_EACH, EffectInterval, interval_end

DRAWS = 1999
"""Random assignments drawn for the randomisation test."""


def is_aim_day(seed: int, day: date) -> bool:
    """Whether the coin says to aim for the practice on a day: the same on every machine."""
    return sha256(f"{seed} {day.isoformat()}".encode()).digest()[0] % 2 == 1


def compare(calm: Sequence[float], aimed: Sequence[bool]) -> EffectInterval | None:
    """Calm on days the coin said to aim, less calm on the free days, as a 90 % interval; None with
    fewer than five of each kind.

    Days are compared by what the coin said, not by what was done: only the coin was random. The
    interval holds every effect d for which the randomisation test of calm − d·aimed is not rejected
    on either side at 5 %, with the coins redrawn 1,999 times (seeded, so the answer stays the
    same).
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
    spread = max(calm) - min(calm) + 1
    return EffectInterval(
        interval_end(difference, draws, difference - 2 * spread),
        -interval_end(-difference, [(-d, z) for d, z in draws], -difference - 2 * spread),
    )


def _difference(values: Sequence[float], chosen: Sequence[bool]) -> float:
    yes = [value for value, is_chosen in zip(values, chosen, strict=True) if is_chosen]
    no = [value for value, is_chosen in zip(values, chosen, strict=True) if not is_chosen]
    return sum(yes) / len(yes) - sum(no) / len(no)
