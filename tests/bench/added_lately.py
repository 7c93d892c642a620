"""What a practice that was added lately does to what is found of another at a checkpoint: 182
days, eight practices, and one of them known only since so many days."""

from __future__ import annotations

import random
from math import floor

from tests.bench.lives import SPREAD, many_habits
from tests.rules.evenings import Days
from tracker.rules.association import association
from tracker.rules.checkpoints import FALSE_SHARE, JOINT_P, benjamini_hochberg, evaluate

DAYS = 182
KNOWN = (182, 140, 100, 60, 40)
"""Days since which the added practice is known; the first is all of them."""

LIFT = 0.55
"""Standard deviations by which the judged practice lifts calm, where it does."""

OTHERS_LIFT = 0.8
"""By which the added one does, where it does."""

TOGETHER = 0.7
"""How often the judged practice is then done on the days of the added one."""

Rates = tuple[float, float, float]
"""How often it holds: by its own model alone, with the joint model of all that are ready, and
with those that `held_fixed` leaves in it."""


def of_its_own(people: int, known: int) -> Rates:
    """The judged practice lifts calm; the added one does nothing. It should hold."""
    return _judged(people, known, LIFT, 0.0, 0.0)


def of_the_added(people: int, known: int) -> Rates:
    """The added one lifts calm, and was done before it was added, too; the judged one only goes
    with it. It should not hold, where that can be known."""
    return _judged(people, known, 0.0, OTHERS_LIFT, TOGETHER)


def _judged(people: int, known: int, lift: float, others_lift: float, together: float) -> Rates:
    seen = [_holds(random.Random(p), known, lift, others_lift, together) for p in range(people)]
    alone, of_all, ours = (sum(column) / people for column in zip(*seen, strict=True))
    return alone, of_all, ours


def _holds(
    rng: random.Random, known: int, lift: float, others_lift: float, together: float
) -> tuple[bool, bool, bool]:
    calm, family = many_habits(rng, DAYS, 8)
    judged, added = family["0"], family["7"]
    judged = [a if rng.random() < together else j for j, a in zip(judged, added, strict=True)]
    lifted: Days = []
    for value, own, other in zip(calm, judged, added, strict=True):
        by = SPREAD * (lift * ((own or 0) - 0.5) + others_lift * ((other or 0) - 0.5))
        # To a whole point by chance, so that half a point is one every other time.
        lifted.append(None if value is None else _on_scale(floor(value + by + rng.random())))
    family["0"], family["7"] = judged, [*[None] * (DAYS - known), *added[DAYS - known :]]
    looks = evaluate(lifted, family, 0)
    found = {name: one.estimate for name, one in looks.items() if one.estimate is not None}
    alone = benjamini_hochberg({name: one.p for name, one in found.items()}, FALSE_SHARE)
    if "0" not in alone:
        return False, False, False
    others = [family[name] for name in found if name != "0"]
    joint = association(lifted, judged, 0, others)
    agrees = joint is not None and joint.p <= JOINT_P and (joint.raw > 0) == (found["0"].raw > 0)
    return True, agrees, looks["0"].holds != 0


def _on_scale(score: int) -> float:
    return float(min(10, max(0, score)))
