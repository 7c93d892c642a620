"""Rows in plain values, for a file that is written or a lifetime that is folded: making an Entry
of each would take twice as long."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date

from sqlalchemy import Text, cast, select

from tracker.store import tables as t
from tracker.store.reader import AT_ONCE, SAYS_SOMETHING, Reader

EntryTuple = tuple[str, str, str, int | None, str, str | None]
"""An entry in plain values: day, practice, state, amount, note, and when it was logged."""


def iter_entry_tuples(
    reader: Reader, first: date, last: date
) -> Generator[Sequence[EntryTuple], None, None]:
    """The entries that `Reader.entries` gives, some at a time."""
    c = t.entry.c
    found = reader.connection.execute(
        select(cast(c.day, Text), c.practice_id, c.state, c.amount, c.note, c.logged_at)
        .join(t.practice)
        .where(c.day >= first, c.day <= last, SAYS_SOMETHING)
        .order_by(c.day, t.practice.c.position, t.practice.c.id)
        .execution_options(yield_per=AT_ONCE)
    )
    with found:
        yield from found.partitions(AT_ONCE)


def states_by_day(
    reader: Reader, practice_id: str, first: date = date.min, last: date = date.max
) -> dict[date, tuple[str, int | None]]:
    """What one practice's days from `first` to `last` say: state and amount, cleared ones left
    out."""
    c = t.entry.c
    found = reader.connection.execute(
        select(c.day, c.state, c.amount)
        .where(c.practice_id == practice_id, c.day >= first, c.day <= last, SAYS_SOMETHING)
        .order_by(c.day)
    )
    return {day: (state, amount) for day, state, amount in found.all()}
