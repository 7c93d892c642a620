"""From a diary's rows to the streak figures of a practice, from the kept fold on."""

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
    """The settings that change what a day and a week are; kept in the diary itself."""

    day_turns_at: time = time(4)
    week_starts_on: int = 0
    """Monday = 0."""


def settings_of(kept: Mapping[str, Any]) -> DiarySettings:
    """The person's habits as the diary keeps them, or the defaults."""
    return DiarySettings(
        time.fromisoformat(kept.get("day_turns_at", "04:00")), kept.get("week_starts_on", 0)
    )


@dataclass(frozen=True, slots=True)
class PracticeHistory:
    """One practice's days, as the streak rules read them."""

    practice: Practice
    first: date
    """Its first day in the list."""
    logged: Mapping[date, tuple[str, int | None]]

    def marks(self, first: date, last: date) -> Iterator[tuple[Mark, int]]:
        """What each day from `first` to `last` is to the streak, with its weekly target."""
        return states.marks(first, last, self.logged, self._goals(), self._spans())

    def mark(self, day: date) -> tuple[Mark, int]:
        """What one day is to the streak."""
        return next(self.marks(day, day))

    def listed(self, day: date) -> bool:
        """Whether it is in the list on a day: always where there is an entry."""
        return day in self.logged or states.is_listed(day, self.first, self._spans())

    def off_between(self, first: date, last: date) -> int:
        """How many days from `first` to `last` are declared off or out of the list."""
        if first > last:
            return 0
        return sum(mark in (Mark.REST, Mark.OUT) for mark, _ in self.marks(first, last))

    def _goals(self) -> list[tuple[date, int, int]]:
        return [(g.from_day, g.amount, g.days_per_week) for g in self.practice.goals]

    def _spans(self) -> list[tuple[date, date | None]]:
        return [(s.from_day, s.to_day) for s in self.practice.out_of_list]


def history_of(rows: PageData, practice: Practice) -> PracticeHistory:
    """A practice's days within the rows."""
    return make_history(
        practice,
        rows.first_entry.get(practice.id),
        (entry for entry in rows.entries.values() if entry.practice_id == practice.id),
    )


def make_history(
    practice: Practice, first_entry: date | None, entries: Iterator[Entry]
) -> PracticeHistory:
    """A practice's days from its entries."""
    logged = {
        e.day: (e.state.value, e.amount) for e in entries if e.state is not EntryState.CLEARED
    }
    return history_with(practice, first_entry, logged)


def history_with(
    practice: Practice, first_entry: date | None, logged: Mapping[date, tuple[str, int | None]]
) -> PracticeHistory:
    """A practice's days from their states and amounts."""
    return PracticeHistory(
        practice, min(practice.added_on, first_entry or practice.added_on), logged
    )


def advance_to(
    tape: PracticeHistory, settled: StreakState | None, last: date, week_starts_on: int
) -> StreakState:
    """The fold up to and including `last`, from the kept one if that is not past it."""
    state = settled
    if state is None or state.day > last.toordinal():
        state = initial_state(tape.first, week_starts_on)
    following = date.fromordinal(state.day + 1)
    return advance(state, tape.marks(following, last)) if following <= last else state


def compute_figures(
    rows: PageData,
    practice: Practice,
    as_of: date,
    today: date,
    tape: PracticeHistory | None = None,
) -> Figures:
    """The streak figures as of a day: today is open unless done or a rest day."""
    tape = tape or history_of(rows, practice)
    habits = settings_of(rows.kept)
    kept = rows.settled.get(practice.id)
    settled = None if kept is None else from_json(kept)
    week_end = week_of(as_of, habits.week_starts_on) + timedelta(days=6)
    ahead = tape.off_between(as_of + timedelta(days=1), week_end) if as_of >= tape.first else 0
    if as_of < today:
        return figures(advance_to(tape, settled, as_of, habits.week_starts_on), None, ahead)
    before = advance_to(tape, settled, today - timedelta(days=1), habits.week_starts_on)
    open_day = tape.mark(today) if today >= tape.first else None
    return figures(before, open_day, ahead)
