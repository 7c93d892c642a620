"""What goes with calmer evenings, as it passes between the rooms: frozen, beside values.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.models import Practice


class Level(StrEnum):
    """How much can be said of a practice."""

    TOO_EARLY = "too_early"
    NOT_CLEAR = "not_clear"
    STEADY = "steady"
    STEADY_LOWER = "steady_lower"
    WITHDRAWN = "withdrawn"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Detail:
    """The figures of one practice, in points of calm (0 to 10)."""

    raw: float
    p: float
    """0 to 1; shown to nobody who didn't ask for JSON."""
    shown: float
    low: float
    """The lower end of the 90 % interval around `shown`."""
    high: float


@dataclass(frozen=True, slots=True)
class PracticeInsight:
    """Where a practice stands."""

    practice: Practice
    level: Level
    rated: int
    """Evenings up to the day on which calm and the practice are both known."""
    with_: int
    without: int
    switches: int
    detail: Detail | None
    """On all data up to the day; None until there is enough."""
    sentence: str
    """The level in words, with the last checkpoint's figures."""


@dataclass(frozen=True, slots=True)
class WayBackView:
    """How soon calm was back after low evenings."""

    dips: int
    median_days: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class InsightsView:
    """What goes with calmer evenings, up to a day."""

    day: date
    checkpoint: date | None
    """The last one; None before the first."""
    practices: tuple[PracticeInsight, ...]
    """Those in the list on the day, in its order."""
    finding_your_way_back: WayBackView
