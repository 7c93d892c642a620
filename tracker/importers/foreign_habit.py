"""What other trackers call a habit, and how its goal is told in a diary's own terms."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tracker.diary import validation
from tracker.formats.text_cleanup import replace_invalid
from tracker.models import MAX_AMOUNT, Unit
from tracker.sanitize import sanitize_line

HOURS = frozenset({"h", "hr", "hrs", "hour", "hours", "std", "stunden"})
MINUTES = frozenset({"min", "mins", "minute", "minutes", "minuten"})


@dataclass(frozen=True, slots=True)
class ForeignHabit:
    """A habit as its tracker has it."""

    name: str
    question: str = ""
    days_per_week: int = 7
    is_counted: bool = False
    """Whether its days have numbers; without, they are a yes or a no."""
    unit_word: str = ""
    """What the numbers count, as the person wrote it: "h", "pages"."""
    target: Decimal = Decimal(0)
    """The number that a day aims for; 0 where there is none."""
    at_most: bool = False
    """Whether a day is done at or under the target."""
    archived: bool = False

    @property
    def unit(self) -> Unit:
        """How a new practice is counted for it."""
        if not self.is_counted or self.at_most:
            return Unit.YES_NO
        word = self.unit_word.strip().casefold()
        return Unit.MINUTES if word in HOURS | MINUTES else Unit.TIMES

    @property
    def per_number(self) -> int:
        """What a number is multiplied by: hours become minutes."""
        return 60 if self.unit_word.strip().casefold() in HOURS else 1

    @property
    def amount(self) -> int:
        """What makes a day done for a new practice."""
        if self.unit is Unit.YES_NO:
            return 1
        return min(max(half_up(self.target * self.per_number), 1), MAX_AMOUNT)


def is_sensible(number: Decimal) -> bool:
    """Whether a number can be of a habit's day at all: finite, and not beyond all measure."""
    return number.is_finite() and abs(number) <= 10**12


def half_up(number: Decimal) -> int:
    """The nearest whole number; the upper one in the middle between two."""
    return math.floor(number + Decimal("0.5"))


def days_per_week(times: int, days: int) -> int:
    """`times` in so many `days` as the nearest days a week, 1 to 7."""
    return min(max(half_up(Decimal(7 * times) / max(days, 1)), 1), 7)


def is_weekly(times: int, days: int) -> bool:
    """Whether `times` in so many `days` is a whole number of days a week, 1 to 7."""
    return days > 0 and (7 * times) % days == 0 and 1 <= 7 * times // days <= 7


def fit_question(text: str) -> str:
    """A question that a practice can have: one line of at most 200 characters."""
    return _one_line(text)[: validation.MAX_QUESTION_LENGTH].strip()


def _one_line(text: str) -> str:
    return " ".join(sanitize_line(replace_invalid(text)).replace("⏎", " ").split())


def unique_name(text: str, number: int, taken: Iterable[str]) -> str:
    """A name that a practice can have: one line, not one of those that are `taken`."""
    plain = _one_line(text)[: validation.MAX_NAME_LENGTH].strip() or f"Habit {number}"
    used = {name.casefold() for name in taken}
    chosen, again = plain, 1
    while chosen.casefold() in used:
        again += 1
        chosen = f"{plain[: validation.MAX_NAME_LENGTH - 4]} {again}"
    return chosen
