"""Checkpoints: when associations are tested, and which of them hold. INSIGHTS 4.

Testing every week finds something sooner or later even where nothing is. So all practices are
tested together, only every 28 days, and a result is reported only when it holds twice.

In one thing this goes beyond INSIGHTS 4, by which the joint model holds all ready practices. It
can see only days on which all of them are known, so a practice that was added lately would shorten
what is known of every other, and take back what had been found of them: one of 40
days took back three of five findings that were true (tests/bench/README.md). So it holds those with
which enough days stay; see `held_fixed`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tracker.rules.association import WINDOW, Association, association, counts

EVERY = 28
"""Days from one checkpoint to the next."""

FALSE_SHARE = 0.05
"""The share of false findings among all findings that Benjamini and Hochberg's rule allows."""

JOINT_FROM, JOINT_P = 84, 0.10
"""Rated days from which the joint model must agree, and its p-value that still does."""

JOINT_SHARE = 0.75
"""The share of a practice's own days that the joint model needs where 84 are more than that."""

Days = Sequence[float | None]
"""One value for each calendar day; None where unknown or left out."""

Level = Literal["steady", "steady_lower", "withdrawn"]


@dataclass(frozen=True, slots=True)
class CheckpointResult:
    """The result of a checkpoint for one practice."""

    estimate: Association | None
    """None without enough data, or where it can't be separated from the weekdays."""
    is_enough: bool
    holds: int
    """The sign that holds: 1 calmer, -1 lower, 0 nothing clear."""


def checkpoints(first: date, day: date, most: int) -> list[date]:
    """The latest checkpoints up to a day, at most so many, newest first.

    They lie 28, 56, … days after `first`, the first day with a rating that is not late.
    """
    past = (day - first).days // EVERY
    return [first + timedelta(days=EVERY * k) for k in range(past, max(past - most, 0), -1)]


def next_checkpoint(first: date, day: date) -> date:
    """The first checkpoint after a day; the first of all for a day before `first`."""
    return first + timedelta(days=EVERY * max((day - first).days // EVERY + 1, 1))


def evaluate(
    calm: Days, family: Mapping[str, Days], first_weekday: int
) -> dict[str, CheckpointResult]:
    """Tests every practice of the family at a checkpoint, on the series up to its day."""
    estimates = {name: association(calm, done, first_weekday) for name, done in family.items()}
    ready = {name: one for name, one in estimates.items() if one is not None}
    rejected = benjamini_hochberg({name: one.p for name, one in ready.items()}, FALSE_SHARE)
    rated = sum(value is not None for value in calm[-WINDOW:])
    results = {}
    for name, one in estimates.items():
        holds = 0
        if one is not None and name in rejected:
            others = held_fixed(calm, family[name], {o: family[o] for o in ready if o != name})
            holds = _sign(one.raw)
            if rated >= JOINT_FROM and not _agrees(
                association(calm, family[name], first_weekday, others), holds
            ):
                holds = 0
        results[name] = CheckpointResult(one, counts(calm, family[name]).enough, holds)
    return results


def held_fixed(calm: Days, done: Days, others: Mapping[str, Days]) -> list[Days]:
    """Chooses the other practices that the joint model of one practice holds fixed.

    Taken in turn, those first that share the most days with it (by name where they share as
    many), each while at least 84 rated days stay on which all are known, or three quarters of
    the practice's own where that is less. One that equals another on these days, or is constant,
    is left out: the model would be singular.
    """
    rows = _known(_known(list(range(len(calm)))[-WINDOW:], calm), done)
    least = min(JOINT_FROM, JOINT_SHARE * len(rows))
    shared = {name: len(_known(rows, days)) for name, days in others.items()}
    chosen = []
    for name in sorted(others, key=lambda name: (-shared[name], name)):
        left = _known(rows, others[name])
        if len(left) >= least:
            rows = left
            chosen.append(name)
    distinct: dict[tuple[float | None, ...], Days] = {}
    for name in chosen:
        distinct.setdefault(tuple(others[name][row] for row in rows), others[name])
    return [days for values, days in distinct.items() if len(set(values)) > 1]


def benjamini_hochberg(p_values: Mapping[str, float], share: float) -> set[str]:
    """The names that are rejected with at most `share` of false ones among them, on average.

    The k smallest, for the largest k with p_(k) <= k·share/m (Benjamini and Hochberg 1995,
    *J R Stat Soc B* 57:289).
    """
    ordered = sorted(p_values, key=lambda name: p_values[name])
    passing = [
        rank
        for rank, name in enumerate(ordered, start=1)
        if p_values[name] <= rank * share / len(ordered)
    ]
    return set(ordered[: max(passing, default=0)])


def level(holds: Sequence[int]) -> Level | None:
    """The level of a practice from the signs at its latest checkpoints, newest first.

    Steady is the same sign twice running; withdrawn is what was steady one checkpoint ago and
    is not now. None: neither.
    """
    now, before, earlier = [*holds, 0, 0, 0][:3]
    if now and now == before:
        return "steady" if now > 0 else "steady_lower"
    return "withdrawn" if before and before == earlier else None


def _known(rows: Sequence[int], days: Days) -> list[int]:
    return [row for row in rows if days[row] is not None]


def _agrees(joint: Association | None, sign: int) -> bool:
    return joint is not None and joint.p <= JOINT_P and _sign(joint.raw) == sign


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
