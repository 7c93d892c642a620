"""The values of a long look back: a year, and calm over time. Frozen, as in `values`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tracker.values import Evening, Practice, State


@dataclass(frozen=True, slots=True)
class PracticeYear:
    """One practice over the days of a year."""

    practice: Practice
    states: tuple[State | None, ...]
    """One for each day; None outside of the list."""
    amounts: tuple[int | None, ...]
    notes: tuple[str, ...]
    done: int
    """Days done in this year."""
    longest_streak: int
    """Of the days of this year alone."""
    longest_weeks_in_rhythm: int
    days_per_week: int
    """The goal in force at the end of the year, or today."""
    best_weekday: int | None
    """Monday = 0; None before 8 weeks, or where no weekday stands out."""
    months: tuple[int, ...]
    """Days done in each of the twelve months."""


@dataclass(frozen=True, slots=True)
class YearView:
    """A calendar year, day by day."""

    year: int
    days: tuple[date, ...]
    """All of them, 1 January first."""
    today: date
    week_starts_on: int
    """Monday = 0."""
    evenings: tuple[Evening, ...]
    """One for each day, blank ones included."""
    practices: tuple[PracticeYear, ...]
    connected: tuple[tuple[int, int], ...]
    """For each day how many practices were done, of how many in the list."""
    connected_best_weekday: int | None
    calm_best_weekday: int | None
    """The weekday with the highest average calm."""

    @property
    def evenings_with_connection(self) -> int:
        """Days with at least one practice done."""
        return sum(done > 0 for done, _ in self.connected)

    def months_with(self, counts: Sequence[bool]) -> tuple[int, ...]:
        """How many days of each month count, one answer for each day of the year."""
        return tuple(
            sum(one for day, one in zip(self.days, counts, strict=True) if day.month == month)
            for month in range(1, 13)
        )


@dataclass(frozen=True, slots=True)
class CalmDay:
    """One evening within the trend."""

    day: date
    calm: int | None
    """0 to 10."""
    late: bool
    """Rated so late that it had become a memory."""
    note: str
    trend: float | None
    """0 to 10; None where there is none."""


@dataclass(frozen=True, slots=True)
class CalmView:
    """Calm over a time that ends today or earlier."""

    days: tuple[CalmDay, ...]
    """Every day of it, oldest first; at least one."""
    today: date
    usual_range: tuple[float, float] | None
    """0 to 10, as of the last day."""
    change: Literal["calmer", "lower", "as_usual"] | None
    """How the trend of the last day compares with 28 days before."""
    rated: int
    """Rated evenings within these days."""
