"""Pure edits of an entry: a press, a decrement, a rest day, a note."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.models import Entry, EntryState, Practice


def blank(practice_id: str, day: date) -> Entry:
    """The empty entry of a day."""
    return Entry(day, practice_id, EntryState.CLEARED, None, "", None)


def amount_after_press(entry: Entry, practice: Practice) -> int:
    """The amount after one press of the practice's key: never less than before.

    A done yes/no stays as it is; other units grow by the step, minutes after a first press that
    logs the daily goal.
    """
    if not practice.unit.spec.is_counted:
        return entry.amount or 1
    if practice.unit.spec.logs_goal_first and not entry.amount:
        return practice.goal_on(entry.day).amount
    return (entry.amount or 0) + practice.step


def amount_after_decrement(entry: Entry, practice: Practice) -> int | None:
    """The amount after subtracting a step: down to not logged, and then to an explicit no."""
    if not entry.amount:
        return 0
    if not practice.unit.spec.is_counted:
        return None
    return entry.amount - practice.step if entry.amount > practice.step else None


def set_amount(entry: Entry, amount: int | None, at: str) -> Entry:
    """The entry with an amount logged at a moment, which ends a rest day.

    An amount that does not change keeps its time.
    """
    if entry.state is EntryState.LOGGED and entry.amount == amount:
        return entry
    return _blank_if_empty(
        replace(entry, state=EntryState.LOGGED, amount=amount, logged_at=_when(amount, at))
    )


def resting(entry: Entry, at: str) -> Entry:
    """The entry as a rest day; its amount and note are retained."""
    return replace(entry, state=EntryState.REST, logged_at=at)


def not_resting(entry: Entry, at: str) -> Entry:
    """The entry without its rest day, with the retained amount."""
    return set_amount(entry, entry.amount, at)


def set_note(entry: Entry, note: str) -> Entry:
    """The entry with another note; the time of its amount stays."""
    state = EntryState.LOGGED if entry.state is EntryState.CLEARED else entry.state
    return _blank_if_empty(replace(entry, state=state, note=note))


def _when(amount: int | None, at: str) -> str | None:
    return None if amount is None else at


def _blank_if_empty(entry: Entry) -> Entry:
    return blank(entry.practice_id, entry.day) if entry.empty else entry
