"""Keeps each practice's fold of the streak rules, so that no page walks a lifetime.

The fold is kept up to a day a little before today: the last evenings, which people still
correct, are folded anew by every page. It is written in the same transaction as the entries.
"""

from __future__ import annotations

from datetime import date, timedelta

from tracker.diary.folding import Tape, fold_to, habits_of, make_tape
from tracker.rules.streak_state import from_json, to_json
from tracker.store.reader import Reader
from tracker.store.writer import Writer
from tracker.values import Practice

OPEN_DAYS = 3
"""Days up to today that are never inside a kept fold."""


def settle(writer: Writer, today: date) -> None:
    """Brings the kept folds up to date with what was written; folds anew where an older day
    changed."""
    target = today - timedelta(days=OPEN_DAYS)
    behind = [
        practice_id
        for practice_id, kept_to in writer.settled_days().items()
        if kept_to is None or kept_to < target or writer.touched_since(practice_id, kept_to)
    ]
    if any(row["key"] == "week_starts_on" for row in writer.before if row["kind"] == "kept"):
        # A kept fold has counted its weeks from the other weekday.
        behind = list(writer.settled_days())
        for practice_id in behind:
            writer.drop_fold(practice_id)
    if not behind:
        return
    firsts = writer.first_entries()
    week_starts_on = habits_of(writer.kept()).week_starts_on
    for practice in writer.practices():
        if practice.id in behind:
            _settle_one(writer, practice, firsts.get(practice.id), target, week_starts_on)


def _settle_one(
    writer: Writer, practice: Practice, first_entry: date | None, target: date, week_starts_on: int
) -> None:
    kept = writer.settled().get(practice.id)
    fold = None if kept is None else from_json(kept)
    if fold is not None and writer.touched_since(practice.id, date.fromordinal(fold.day)):
        fold = None
    since = date.min if fold is None else date.fromordinal(fold.day + 1)
    entries = writer.entries_of(practice.id, since)
    tape = make_tape(practice, first_entry, entries)
    if tape.first <= target:
        writer.keep_fold(practice.id, target, to_json(fold_to(tape, fold, target, week_starts_on)))
    elif fold is None:
        writer.drop_fold(practice.id)


def differing(reader: Reader) -> list[str]:
    """The names of practices whose kept fold is not what their entries say."""
    firsts = reader.first_entries()
    week_starts_on = habits_of(reader.kept()).week_starts_on
    found = []
    for practice in reader.practices():
        kept = reader.settled().get(practice.id)
        if kept is None:
            continue
        tape = make_tape(practice, firsts.get(practice.id), reader.entries_of(practice.id))
        if not _is_fold_of(tape, kept, week_starts_on):
            found.append(practice.name)
    return found


def _is_fold_of(tape: Tape, kept: str, week_starts_on: int) -> bool:
    try:
        fold = from_json(kept)
    except ValueError:
        return False
    return fold_to(tape, None, date.fromordinal(fold.day), week_starts_on) == fold
