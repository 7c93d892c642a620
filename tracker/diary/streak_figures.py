"""Computes a practice's streak figures from its rows and a cached streak state, and maintains the
cache, so that no view reads a practice's whole history.

The newest cached state is of a day shortly before today: the last days, which people still correct,
are computed on every read. The state at the end of each year is cached too, so that the view of a
past day reads at most a year. The cache is written in the transaction of the entries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker.models import Entry, EntryState, Figures, PageData, Practice, settings_of
from tracker.rules import day_states
from tracker.rules.days import week_of
from tracker.rules.streaks import (
    Mark,
    StreakState,
    advance,
    figures,
    from_json,
    initial_state,
    is_state,
    to_json,
)

if TYPE_CHECKING:
    from tracker.store.reader import Reader
    from tracker.store.writer import Writer

OPEN_DAYS = 3
"""Days up to today that no cached state covers."""


class PracticeHistory(NamedTuple):
    """One practice's logged days, in the form that the streak rules read."""

    practice: Practice
    first: date
    """Its first day in the list."""
    logged: Mapping[date, tuple[str, int | None]]
    """State and amount by day, without the rest days that `Practice.hides`."""

    def marks(self, first: date, last: date) -> Iterator[tuple[Mark, int]]:
        """The mark of each day from `first` to `last`, with its weekly target."""
        practice = self.practice
        return day_states.marks(first, last, self.logged, practice.goals, practice.out_of_list)

    def mark(self, day: date) -> tuple[Mark, int]:
        """The mark of one day, with its weekly target."""
        return next(self.marks(day, day))

    def listed(self, day: date) -> bool:
        """Whether the practice is in the list on a day; a day in `logged` always is."""
        out_of_list = self.practice.out_of_list
        return day in self.logged or day_states.is_listed(day, self.first, out_of_list)

    def rest_days_between(self, first: date, last: date) -> int:
        """The number of rest days from `first` to `last`."""
        if first > last:
            return 0
        return sum(mark is Mark.REST for mark, _ in self.marks(first, last))


def history_of(rows: PageData, practice: Practice, entries: Iterable[Entry]) -> PracticeHistory:
    """The history of a practice of the rows from its entries."""
    logged = {e.day: (e.state, e.amount) for e in entries if e.state is not EntryState.CLEARED}
    return history_with(practice, rows.first_entry.get(practice.id), logged)


def history_with(
    practice: Practice, first_entry: date | None, logged: Mapping[date, tuple[str, int | None]]
) -> PracticeHistory:
    """The history of a practice from (state, amount) by day."""
    if practice.out_of_list:
        logged = {day: one for day, one in logged.items() if not practice.hides(day, *one)}
    return PracticeHistory(practice, practice.first_day(first_entry), logged)


def advance_to(
    history: PracticeHistory, cached: StreakState | None, last: date, week_starts_on: int
) -> StreakState:
    """The streak state up to and including `last`, from the cached one if that is not later."""
    state = cached
    if state is None or state.day > last.toordinal():
        state = initial_state(history.first, week_starts_on)
    following = date.fromordinal(state.day + 1)
    return advance(state, history.marks(following, last)) if following <= last else state


def compute_figures(rows: PageData, history: PracticeHistory, as_of: date, today: date) -> Figures:
    """The streak figures as of a day: today is open unless done or a rest day."""
    week_starts_on = rows.settings.week_starts_on
    stored = rows.settled.get(history.practice.id)
    cached = None if stored is None else from_json(stored)
    week_end = week_of(as_of, week_starts_on) + timedelta(days=6)
    ahead = (
        history.rest_days_between(as_of + timedelta(days=1), week_end)
        if as_of >= history.first
        else 0
    )
    if as_of < today:
        return figures(advance_to(history, cached, as_of, week_starts_on), None, ahead)
    before = advance_to(history, cached, today - timedelta(days=1), week_starts_on)
    open_day = history.mark(today) if today >= history.first else None
    return figures(before, open_day, ahead)


def refresh_streak_cache(writer: Writer, today: date) -> None:
    """Updates the cached states after a write: drops those from the oldest changed day on and
    recomputes them."""
    target = today - timedelta(days=OPEN_DAYS)
    newest = writer.last_cached_days()
    behind = {
        practice_id
        for practice_id, cached_to in newest.items()
        if cached_to is None or cached_to < target or writer.dirty_since(practice_id, cached_to)
    }
    if any(row.key == "week_starts_on" for row in writer.before if row.kind == "kept"):
        # The cached states count their weeks from the other weekday.
        behind = set(newest)
        writer.drop_cached_streaks(behind)
    for practice_id in behind & writer.dirty.keys():
        writer.drop_cached_streaks([practice_id], writer.dirty[practice_id])
    if behind:
        _extend(writer, behind, target)


def _extend(writer: Writer, practice_ids: set[str], target: date) -> None:
    """Computes and caches the states from the newest remaining one, or the first day, to a day."""
    firsts = writer.first_entries()
    settled = writer.settled()
    week_starts_on = settings_of(writer.app_state()).week_starts_on
    states: list[tuple[str, date, str]] = []
    replaced: dict[date, list[str]] = defaultdict(list)
    for practice in writer.practices():
        if practice.id not in practice_ids:
            continue
        state = from_json(settled[practice.id]) if practice.id in settled else None
        last = None if state is None else date.fromordinal(state.day)
        since = date.min if last is None else last + timedelta(days=1)
        history = history_with(
            practice, firsts.get(practice.id), writer.states_by_day(practice.id, since)
        )
        days = _cached_days(max(history.first, since), target)
        for day in days:
            state = advance_to(history, state, day, week_starts_on)
            states.append((practice.id, day, to_json(state)))
        if days and last is not None and (last.month, last.day) != (12, 31):
            replaced[last].append(practice.id)
    for last, ids in replaced.items():
        writer.drop_cached_streaks(ids, last)
    writer.cache_streaks(states)


def _cached_days(first: date, last: date) -> list[date]:
    """The days whose state is cached: each 31 December from `first` on, and `last`."""
    if first > last:
        return []
    return [*(date(year, 12, 31) for year in range(first.year, last.year)), last]


def outdated_streak_caches(reader: Reader) -> list[str]:
    """The names of practices with a cached state that differs from their entries."""
    firsts = reader.first_entries()
    week_starts_on = settings_of(reader.app_state()).week_starts_on
    names = []
    for practice in reader.practices():
        cached = reader.streak_states(practice.id)
        if not cached:
            continue
        history = history_with(practice, firsts.get(practice.id), reader.states_by_day(practice.id))
        if not _are_states_of(history, cached, week_starts_on):
            names.append(practice.name)
    return names


def _are_states_of(
    history: PracticeHistory, cached: list[tuple[date, str]], week_starts_on: int
) -> bool:
    """Whether the cached states, oldest first, equal those computed from the first day on."""
    expected = None
    for day, state in cached:
        if day < history.first or not is_state(state):
            return False
        expected = advance_to(history, expected, day, week_starts_on)
        if from_json(state) != expected:
            return False
    return True
