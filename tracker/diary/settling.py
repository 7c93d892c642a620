"""Keeps each practice's fold of the streak rules, so that no page walks a lifetime.

The fold is kept up to a day a little before today: the last evenings, which people still
correct, are folded anew by every page. It is written in the same transaction as the entries.
"""

from __future__ import annotations

from datetime import date, timedelta

from tracker.diary.folding import Tape, fold_to, habits_of, make_tape
from tracker.rules.streak_state import from_json, to_json
from tracker.rules.streaks import Fold
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
        writer.drop_folds(behind)
    if not behind:
        return
    firsts = writer.first_entries()
    settled = writer.settled()
    week_starts_on = habits_of(writer.kept()).week_starts_on
    folds: dict[str, str] = {}
    gone: list[str] = []
    for practice in writer.practices():
        if practice.id not in behind:
            continue
        fold = _still_true(writer, practice, settled.get(practice.id))
        since = date.min if fold is None else date.fromordinal(fold.day + 1)
        tape = make_tape(practice, firsts.get(practice.id), writer.entries_of(practice.id, since))
        if tape.first <= target:
            folds[practice.id] = to_json(fold_to(tape, fold, target, week_starts_on))
        elif fold is None:
            gone.append(practice.id)
    writer.drop_folds(gone)
    writer.keep_folds(target, folds)


def _still_true(writer: Writer, practice: Practice, kept: str | None) -> Fold | None:
    """The kept fold, unless a day inside it was written to."""
    fold = None if kept is None else from_json(kept)
    if fold is not None and writer.touched_since(practice.id, date.fromordinal(fold.day)):
        return None
    return fold


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
