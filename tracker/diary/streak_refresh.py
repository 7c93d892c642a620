"""Keeps each practice's fold of the streak rules, so that no page walks a lifetime.

The newest fold is kept up to a day a little before today: the last evenings, which people still
correct, are folded anew by every page. The fold at the end of each year stays, so that the page
of a past day has at most a year to walk. All are written in the transaction of the entries.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from tracker.diary.streak_figures import PracticeHistory, advance_to, history_with, settings_of
from tracker.rules.streak_state import from_json, to_json
from tracker.store.reader import Reader
from tracker.store.writer import Writer

OPEN_DAYS = 3
"""Days up to today that are never inside a kept fold."""


def refresh(writer: Writer, today: date) -> None:
    """Brings the kept folds up to date with what was written; folds anew from where an older day
    changed."""
    target = today - timedelta(days=OPEN_DAYS)
    newest = writer.last_cached_days()
    behind = {
        practice_id
        for practice_id, kept_to in newest.items()
        if kept_to is None or kept_to < target or writer.touched_since(practice_id, kept_to)
    }
    if any(row["key"] == "week_starts_on" for row in writer.before if row["kind"] == "kept"):
        # A kept fold has counted its weeks from the other weekday.
        behind = set(newest)
        writer.drop_folds(behind)
    for practice_id in behind & writer.touched.keys():
        writer.drop_folds([practice_id], writer.touched[practice_id])
    if behind:
        _fold_on(writer, behind, target)


def _fold_on(writer: Writer, practice_ids: set[str], target: date) -> None:
    """Folds on from the newest fold that is left, or from the first day, to a day."""
    firsts = writer.first_entries()
    settled = writer.settled()
    week_starts_on = settings_of(writer.kept()).week_starts_on
    folds: list[tuple[str, date, str]] = []
    passed: dict[date, list[str]] = defaultdict(list)
    for practice in writer.practices():
        if practice.id not in practice_ids:
            continue
        fold = from_json(settled[practice.id]) if practice.id in settled else None
        last = None if fold is None else date.fromordinal(fold.day)
        since = date.min if last is None else last + timedelta(days=1)
        tape = history_with(
            practice, firsts.get(practice.id), writer.states_by_day(practice.id, since)
        )
        days = _days_to_keep(max(tape.first, since), target)
        for day in days:
            fold = advance_to(tape, fold, day, week_starts_on)
            folds.append((practice.id, day, to_json(fold)))
        if days and last is not None and not _ends_a_year(last):
            passed[last].append(practice.id)
    for last, ids in passed.items():
        writer.drop_folds(ids, last)
    writer.keep_folds(folds)


def _days_to_keep(first: date, last: date) -> list[date]:
    """The days from `first` to `last` up to which a fold is kept: where a year ends, and the
    last one."""
    if first > last:
        return []
    return [*(date(year, 12, 31) for year in range(first.year, last.year)), last]


def _ends_a_year(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def differing(reader: Reader) -> list[str]:
    """The names of practices one of whose kept folds is not what their entries say."""
    firsts = reader.first_entries()
    week_starts_on = settings_of(reader.kept()).week_starts_on
    found = []
    for practice in reader.practices():
        kept = reader.streak_states(practice.id)
        if not kept:
            continue
        tape = history_with(practice, firsts.get(practice.id), reader.states_by_day(practice.id))
        if not _are_folds_of(tape, kept, week_starts_on):
            found.append(practice.name)
    return found


def _are_folds_of(tape: PracticeHistory, kept: list[tuple[date, str]], week_starts_on: int) -> bool:
    """Whether all are what folding from the first day gives; `kept` is oldest first."""
    fold = None
    for day, state in kept:
        if day < tape.first:
            return False
        fold = advance_to(tape, fold, day, week_starts_on)
        try:
            if from_json(state) != fold:
                return False
        except ValueError:
            return False
    return True
