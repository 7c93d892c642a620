"""How a diary begins: with the shipped practices a person chose, or the usual ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.diary.catalogue import default_ids, shipped
from tracker.values import Practice, Rows

if TYPE_CHECKING:
    from tracker.store.writer import Writer


def begin_with(writer: Writer, today: date, practice_ids: tuple[str, ...] | None) -> None:
    """Gives a diary that has none its practices; None stands for the usual ones."""
    if "begun_on" in writer.kept():
        return
    writer.remember("begun_on", today.isoformat())
    if practice_ids is not None:
        writer.remember("welcomed", True)
    writer.put_shipped(new_practices(today, practice_ids))


def new_practices(today: date, practice_ids: tuple[str, ...] | None = None) -> list[Practice]:
    """The practices of a new diary, in their shipped order."""
    chosen = default_ids() if practice_ids is None else practice_ids
    return [
        one.practice(position, today)
        for position, one in enumerate((s for s in shipped() if s.id in chosen), start=1)
    ]


def unbegun_rows(today: date) -> Rows:
    """A diary not yet begun, as it would begin today."""
    return Rows(tuple(new_practices(today)), {}, {}, {}, {}, {})
