"""Another copy of a diary, from wherever it streams, joined to this one as one step."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.diary.diary import Diary
from tracker.importers.apply_import import maybe_reading
from tracker.importers.import_report import Report
from tracker.importers.new_practices import is_blank
from tracker.importers.report_messages import ReportMessages
from tracker.importers.row_merge import RowMerger
from tracker.models import Entry, Evening, Practice
from tracker.store import versioned_rows
from tracker.store.reader import Reader
from tracker.store.writer import Writer

AT_ONCE = 500
"""Rows joined at a time."""


@dataclass(frozen=True, slots=True)
class DiaryCopy:
    """All that another copy holds, each row with its time of change."""

    practices: Sequence[tuple[Practice, str]]
    kept: Sequence[tuple[str, Any, str]]
    days: Callable[[], Iterable[tuple[Entry | Evening, str]]]
    """Its entries and evenings, anew each time: there may be more than memory holds."""

    @property
    def says_something(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.practices or self.kept) or any(True for _ in self.days())


@dataclass(frozen=True, slots=True)
class Step:
    """What joining is called in the undo log, and what else it may do."""

    what: str
    """`import` or `merge`."""
    subject: str
    takes_over: bool = False
    """Whether a diary that was begun, and holds nothing yet, becomes as the other copy is."""


def merge_copy(
    diary: Diary, other: DiaryCopy, step: Step, sayings: ReportMessages, *, dry_run: bool = False
) -> Report:
    """Joins another copy to the diary: all of it, or nothing.

    A diary that has not begun becomes as the other copy is. With `dry_run` it says the same and
    writes nothing. `sayings` holds what was said in reading.
    """
    is_new = diary.begun_on() is None
    may_replace = is_new or step.takes_over
    if dry_run or not other.says_something:
        return _foreseen(diary, other, sayings, is_new=is_new, may_replace=may_replace)
    made: list[Report] = []

    def act(writer: Writer) -> None:
        replaces = may_replace and _replaces(other, writer.practices(), writer)
        if replaces:
            _make_room(writer, other)
        joining = RowMerger(
            *(writer, writer, sayings),
            what=f"{step.what} {step.subject}",
            is_new=is_new,
            replaces=replaces,
        )
        made.append(_joined(joining, other))

    diary.change(step.what, step.subject, act)
    return made[0]


def _foreseen(
    diary: Diary, other: DiaryCopy, sayings: ReportMessages, *, is_new: bool, may_replace: bool
) -> Report:
    with maybe_reading(diary) as reader:
        unbegun = () if reader is not None else diary.practices.all()
        own = unbegun if reader is None else reader.practices()
        replaces = may_replace and _replaces(other, own, reader)
        joining = RowMerger(
            *(reader, None, sayings), unbegun=unbegun, is_new=is_new, replaces=replaces
        )
        return _joined(joining, other)


def _replaces(other: DiaryCopy, own: Sequence[Practice], reader: Reader | None) -> bool:
    return bool(other.practices) and is_blank(own, reader)


def _make_room(writer: Writer, other: DiaryCopy) -> None:
    """Takes away what a diary began with and the other copy has not."""
    there = {practice.id for practice, _ in other.practices}
    # A diary that has no first day would begin once more.
    keys = {key for key, _, _ in other.kept} | {"begun_on"}
    versioned_rows.delete_row(
        writer,
        [practice.id for practice in writer.practices() if practice.id not in there],
        [key for key in writer.kept() if key not in keys],
    )


def _joined(joining: RowMerger, other: DiaryCopy) -> Report:
    joining.practices(other.practices)
    joining.kept(other.kept)
    for kind, rows in itertools.groupby(other.days(), key=lambda row: type(row[0])):
        for some in _some(rows):
            if kind is Entry:
                joining.entries(some)
            else:
                joining.evenings(some)
    return joining.end()


def _some(rows: Iterator[Any]) -> Iterator[list[Any]]:
    """Rows in handfuls."""
    while handful := list(itertools.islice(rows, AT_ONCE)):
        yield handful
