"""How a diary begins: with the shipped practices a person chose, or the usual ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.catalogue.practices import default_ids, practice_templates
from tracker.models import PageData, Practice

if TYPE_CHECKING:
    from tracker.store.writer import Writer


def initialise(writer: Writer, today: date, practice_ids: tuple[str, ...] | None) -> None:
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
        for position, one in enumerate((s for s in practice_templates() if s.id in chosen), start=1)
    ]


def empty_page_data(today: date) -> PageData:
    """A diary not yet begun, as it would begin today."""
    return PageData(tuple(new_practices(today)), {}, {}, {}, {}, {})
