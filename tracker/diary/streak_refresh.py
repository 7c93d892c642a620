"""Maintains the cached streak states, so that no view reads a practice's whole history.

The newest state is of a day shortly before today: the last days, which people still correct, are
computed on every read. The state at the end of each year stays cached, so that the view of a past
day reads at most a year. All are written in the transaction of the entries.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from tracker.diary.streak_figures import PracticeHistory, advance_to, history_with, settings_of
from tracker.rules.streak_state import from_json, to_json
from tracker.store.reader import Reader
from tracker.store.writer import Writer

OPEN_DAYS = 3
"""Days up to today that no cached state covers."""


def refresh(writer: Writer, today: date) -> None:
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
    """Computes the states from the newest remaining one, or the first day, to a day."""
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
        if days and last is not None and not _ends_a_year(last):
            replaced[last].append(practice.id)
    for last, ids in replaced.items():
        writer.drop_cached_streaks(ids, last)
    writer.cache_streaks(states)


def _cached_days(first: date, last: date) -> list[date]:
    """The days whose state is cached: each 31 December from `first` on, and `last`."""
    if first > last:
        return []
    return [*(date(year, 12, 31) for year in range(first.year, last.year)), last]


def _ends_a_year(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def differing(reader: Reader) -> list[str]:
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
        if day < history.first:
            return False
        expected = advance_to(history, expected, day, week_starts_on)
        try:
            if from_json(state) != expected:
                return False
        except ValueError:
            return False
    return True
