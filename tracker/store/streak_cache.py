"""The kept folds of the streak rules: a lifetime in a few values, at the end of each year and a
little before today."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from tracker.store import tables as t
from tracker.store.reader import Reader


def last_days(reader: Reader) -> dict[str, date | None]:
    """The last day inside any kept fold, by practice; None where there is none."""
    last = (
        select(func.max(t.streak_state.c.settled_day))
        .where(t.streak_state.c.practice_id == t.practice.c.id)
        .scalar_subquery()
    )
    found = reader.connection.execute(select(t.practice.c.id, last.label("last")))
    return {row.id: row.last for row in found}


def load_streak_states(reader: Reader, practice_id: str) -> list[tuple[date, str]]:
    """All kept folds of a practice: the last day inside each, and the fold; oldest first."""
    found = reader.connection.execute(
        select(t.streak_state.c.settled_day, t.streak_state.c.state)
        .where(t.streak_state.c.practice_id == practice_id)
        .order_by(t.streak_state.c.settled_day)
    )
    return [(day, state) for day, state in found]
