"""Computes a practice's streak figures from its rows, starting at the cached streak state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from tracker.models import Entry, EntryState, Figures, PageData, Practice
from tracker.rules import states
from tracker.rules.days import week_of
from tracker.rules.streak_state import from_json
from tracker.rules.streaks import Mark, StreakState, advance, figures, initial_state


@dataclass(frozen=True, slots=True)
class DiarySettings:
    """The settings that define a day and a week; stored in the diary itself."""

    day_turns_at: time = time(4)
    week_starts_on: int = 0
    """Monday = 0."""


def settings_of(stored: Mapping[str, Any]) -> DiarySettings:
    """The settings among a diary's app_state values, or the defaults."""
    return DiarySettings(
        time.fromisoformat(stored.get("day_turns_at", "04:00")), stored.get("week_starts_on", 0)
    )


@dataclass(frozen=True, slots=True)
class PracticeHistory:
    """One practice's logged days, in the form that the streak rules read."""

    practice: Practice
    first: date
    """Its first day in the list."""
    logged: Mapping[date, tuple[str, int | None]]

    def marks(self, first: date, last: date) -> Iterator[tuple[Mark, int]]:
        """The mark of each day from `first` to `last`, with its weekly target."""
        return states.marks(first, last, self.logged, self._goals(), self._spans())

    def mark(self, day: date) -> tuple[Mark, int]:
        """The mark of one day, with its weekly target."""
        return next(self.marks(day, day))

    def listed(self, day: date) -> bool:
        """Whether the practice is in the list on a day; a day with an entry always is."""
        return day in self.logged or states.is_listed(day, self.first, self._spans())

    def off_between(self, first: date, last: date) -> int:
        """The number of rest days and days out of the list from `first` to `last`."""
        if first > last:
            return 0
        return sum(mark in (Mark.REST, Mark.OUT) for mark, _ in self.marks(first, last))

    def _goals(self) -> list[tuple[date, int, int]]:
        return [(g.from_day, g.amount, g.days_per_week) for g in self.practice.goals]

    def _spans(self) -> list[tuple[date, date | None]]:
        return [(s.from_day, s.to_day) for s in self.practice.out_of_list]


def history_of(rows: PageData, practice: Practice) -> PracticeHistory:
    """The history of a practice within the rows."""
    return make_history(
        practice,
        rows.first_entry.get(practice.id),
        (entry for entry in rows.entries.values() if entry.practice_id == practice.id),
    )


def make_history(
    practice: Practice, first_entry: date | None, entries: Iterator[Entry]
) -> PracticeHistory:
    """The history of a practice from its entries."""
    logged = {
        e.day: (e.state.value, e.amount) for e in entries if e.state is not EntryState.CLEARED
    }
    return history_with(practice, first_entry, logged)


def history_with(
    practice: Practice, first_entry: date | None, logged: Mapping[date, tuple[str, int | None]]
) -> PracticeHistory:
    """The history of a practice from (state, amount) by day."""
    return PracticeHistory(
        practice, min(practice.added_on, first_entry or practice.added_on), logged
    )


def advance_to(
    history: PracticeHistory, cached: StreakState | None, last: date, week_starts_on: int
) -> StreakState:
    """The streak state up to and including `last`, from the cached one if that is not later."""
    state = cached
    if state is None or state.day > last.toordinal():
        state = initial_state(history.first, week_starts_on)
    following = date.fromordinal(state.day + 1)
    return advance(state, history.marks(following, last)) if following <= last else state


def compute_figures(
    rows: PageData,
    practice: Practice,
    as_of: date,
    today: date,
    history: PracticeHistory | None = None,
) -> Figures:
    """The streak figures as of a day: today is open unless done or a rest day."""
    history = history or history_of(rows, practice)
    week_starts_on = settings_of(rows.kept).week_starts_on
    stored = rows.settled.get(practice.id)
    cached = None if stored is None else from_json(stored)
    week_end = week_of(as_of, week_starts_on) + timedelta(days=6)
    ahead = (
        history.off_between(as_of + timedelta(days=1), week_end) if as_of >= history.first else 0
    )
    if as_of < today:
        return figures(advance_to(history, cached, as_of, week_starts_on), None, ahead)
    before = advance_to(history, cached, today - timedelta(days=1), week_starts_on)
    open_day = history.mark(today) if today >= history.first else None
    return figures(before, open_day, ahead)
