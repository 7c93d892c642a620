"""A habit of another tracker, and the unit and goal of a practice made from it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tracker.formats.cell_parsing import round_half_up
from tracker.models import MAX_AMOUNT, Unit

HOURS = frozenset({"h", "hr", "hrs", "hour", "hours", "std", "stunden"})
MINUTES = frozenset({"min", "mins", "minute", "minutes", "minuten"})


@dataclass(frozen=True, slots=True)
class ForeignHabit:
    """A habit as its tracker describes it."""

    name: str
    question: str = ""
    days_per_week: int | None = None
    """The goal, 1 to 7; 0 for a habit without one, None in a file without goals."""
    is_counted: bool = False
    """Whether its days have numbers; otherwise they are yes or no."""
    unit_word: str = ""
    """The unit of the numbers as the person wrote it: "h", "pages"."""
    target: Decimal = Decimal(0)
    """The number that makes a day done; 0 without a target."""
    at_most: bool = False
    """Whether a day is done at or under the target."""
    archived: bool = False

    @property
    def unit(self) -> Unit:
        """The unit of a new practice for it."""
        if not self.is_counted or self.at_most:
            return Unit.YES_NO
        word = self.unit_word.strip().casefold()
        return Unit.MINUTES if word in HOURS | MINUTES else Unit.TIMES

    @property
    def factor(self) -> int:
        """What its numbers are multiplied by: hours become minutes."""
        return 60 if self.unit_word.strip().casefold() in HOURS else 1

    @property
    def amount(self) -> int:
        """The daily goal of a new practice for it, 1 to MAX_AMOUNT."""
        if self.unit is Unit.YES_NO:
            return 1
        return min(max(round_half_up(self.target * self.factor), 1), MAX_AMOUNT)
