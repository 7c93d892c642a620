"""Checkpoints: when associations are estimated, and which of them are reported.

Repeated testing sooner or later finds a difference where there is none. So all practices are
estimated together and only every 28 days, and a reported difference stays until it is clearly gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf, log
from typing import Literal

from tracker.rules.association import Association, Estimates

EVERY = 28
"""Days from one checkpoint to the next."""

LOOKS = 6
"""The number of latest checkpoints from which the present levels are computed; nothing counts as
reported before them."""

STEADY_FROM, LEANING_FROM = 1.25, 0.85
"""Log odds of a difference from which it is reported."""

STAYS_FROM, RECENT_FROM = -0.2, 0.6
"""Log odds, and the z of the last 182 days alone, at and above which a reported difference
stays."""

RECENT_WINDOW, RECENT_WAVES = 182, 4
"""The window in days and the number of slow waves of that z."""

TOGETHER_FROM = 2.6
"""The z of all practices together from which it is reported."""

Reported = Literal["leaning", "leaning_lower", "steady", "steady_lower", "less_clear"]

RecentZ = Callable[[int, str], float | None]
"""Given the index of a look and a practice's id: the z of that practice alone over the 182 days up
to the look; None without enough data."""


@dataclass(frozen=True, slots=True)
class _Finding:
    """What is reported of a practice, carried from look to look."""

    sign: int
    is_steady: bool

    @property
    def level(self) -> Reported:
        if self.sign > 0:
            return "steady" if self.is_steady else "leaning"
        return "steady_lower" if self.is_steady else "leaning_lower"


def checkpoints(first: date, day: date, most: int = LOOKS) -> list[date]:
    """The latest checkpoints up to a day, at most `most`, newest first.

    They lie 28, 56, … days after `first`, the first day with a rating that is not late.
    """
    past = (day - first).days // EVERY
    return [first + timedelta(days=EVERY * k) for k in range(past, max(past - most, 0), -1)]


def next_checkpoint(first: date, day: date) -> date:
    """The first checkpoint after a day; the first of all for a day before `first`."""
    return first + timedelta(days=EVERY * max((day - first).days // EVERY + 1, 1))


def log_odds(one: Association) -> float:
    """ln(p / (1 − p)) of the likelier of the two directions."""
    return _log_odds(max(one.up, one.down))


def reported(looks: Sequence[Estimates], recent_z: RecentZ) -> dict[str, Reported]:
    """The level of each practice of which something is reported at the latest look.

    `looks` are the estimates at the checkpoints, oldest first. A difference is reported when its
    log odds reach .85, or 1.25 for steady, and stays until they fall below −.2 or `recent_z`, in
    its direction, below .6; then it is less clear until the next look.
    """
    findings: dict[str, _Finding] = {}
    lost: set[str] = set()
    for place, look in enumerate(looks):
        before, findings, lost = findings, {}, set()
        for name, one in look.practices.items():
            old = before.get(name)
            new = _new_finding(one) if old is None else _continued(old, one, recent_z(place, name))
            if new is not None:
                findings[name] = new
            elif old is not None:
                lost.add(name)
    return {name: one.level for name, one in findings.items()} | dict.fromkeys(lost, "less_clear")


def _new_finding(one: Association) -> _Finding | None:
    sign = 1 if one.up >= one.down else -1
    odds = log_odds(one)
    return _Finding(sign, odds >= STEADY_FROM) if odds >= LEANING_FROM else None


def _continued(old: _Finding, one: Association, recent: float | None) -> _Finding | None:
    odds = _log_odds(one.up if old.sign > 0 else one.down)
    if odds < STAYS_FROM or (recent is not None and old.sign * recent < RECENT_FROM):
        return None
    return _Finding(old.sign, old.is_steady or odds >= STEADY_FROM)


def _log_odds(probability: float) -> float:
    if probability <= 0 or probability >= 1:
        return -inf if probability <= 0 else inf
    return log(probability / (1 - probability))
