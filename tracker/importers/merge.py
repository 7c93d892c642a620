"""Merges a copy of a diary, with the times of change of its rows, into a diary in one undo step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker import clock
from tracker.diary.diary import Diary
from tracker.i18n.messages import _
from tracker.importers.import_report import Report, ReportMessages
from tracker.importers.last_write_wins import LastWriteWins
from tracker.importers.new_practices import is_pristine
from tracker.importers.row_conflicts import IncomingRow, RowConflicts, Step, apply
from tracker.models import CALM_ID, Entry, Evening, Practice
from tracker.store import versioned_rows
from tracker.store.reader import Reader
from tracker.store.row_mapping import SHIPPED_AT
from tracker.store.versioned_rows import (
    APP_STATE,
    ENTRIES,
    EVENINGS,
    PRACTICES,
    RowChange,
    RowKey,
    VersionedRow,
)
from tracker.store.writer import Writer


@dataclass(frozen=True, slots=True)
class DiaryCopy:
    """The content of another copy of a diary, each row with its time of change."""

    practices: Sequence[tuple[Practice, str]]
    kept: Sequence[tuple[str, Any, str]]
    """Key, JSON value and time of change."""
    entries: Sequence[tuple[Entry, str]]
    evenings: Sequence[tuple[Evening, str]]

    @property
    def has_content(self) -> bool:
        """Whether it has any row."""
        return bool(self.practices or self.kept or self.entries or self.evenings)


def merge_copy(
    diary: Diary,
    copy: DiaryCopy,
    step: Step,
    messages: ReportMessages,
    *,
    may_replace: bool,
    dry_run: bool,
) -> Report:
    """Merges all rows of a copy, or none, as one undo step; of two rows the later one wins.

    The copy replaces a diary that does not exist yet and, with `may_replace`, one that has only
    what it was created with. A dry run returns the same report and writes nothing. `messages` are
    those from reading the copy.
    """
    is_new = diary.begun_on() is None
    initial = diary.practices.all() if is_new else ()

    def save_all(reader: Reader | None, writer: Writer | None) -> Report:
        own = _own_practices(reader, initial)
        replaces = (
            (is_new or may_replace)
            and bool(copy.practices)
            and is_pristine([row.value for row in own.values()], reader)
        )
        if replaces and writer is not None:
            _delete_missing(writer, copy)
            own = _own_practices(writer, initial)
        names = {practice.id: practice.name for practice, _ in copy.practices}
        names |= {row.value.id: row.value.name for row in own.values()}
        conflicts = RowConflicts(
            reader, writer, LastWriteWins(names, step.subject, replaces), messages
        )
        _merge_practices(conflicts, copy, own)
        _merge_app_state(conflicts, copy, is_new=is_new)
        entries = [IncomingRow((e.practice_id, e.day), e, at) for e, at in copy.entries]
        evenings = [IncomingRow((CALM_ID, e.day), e, at) for e, at in copy.evenings]
        conflicts.save_days(ENTRIES, sorted(entries, key=_day))
        conflicts.save_days(EVENINGS, sorted(evenings, key=_day))
        return conflicts.finish(step)

    return apply(diary, step, save_all, dry_run=dry_run or not copy.has_content)


def _day(row: IncomingRow) -> date:
    day: date = row.value.day
    return day


def _own_practices(
    reader: Reader | None, initial: Sequence[Practice]
) -> dict[RowKey, VersionedRow]:
    """The diary's practices; `initial` are those that a new diary starts with."""
    if reader is None:
        return {(one.id, None): VersionedRow(one, SHIPPED_AT) for one in initial}
    return PRACTICES.load(reader, date.min, date.max)


def _delete_missing(writer: Writer, copy: DiaryCopy) -> None:
    """Deletes what the diary was created with and the copy lacks."""
    ids = {practice.id for practice, _ in copy.practices}
    # Without `begun_on` the diary would be initialised again.
    keys = {key for key, _, _ in copy.kept} | {"begun_on"}
    versioned_rows.delete_rows(
        writer,
        [practice.id for practice in writer.practices() if practice.id not in ids],
        [key for key in writer.app_state() if key not in keys],
    )


def _merge_practices(
    conflicts: RowConflicts, copy: DiaryCopy, own: dict[RowKey, VersionedRow]
) -> None:
    new = [practice.name for practice, _ in copy.practices if (practice.id, None) not in own]
    rows = [IncomingRow((practice.id, None), practice, at) for practice, at in copy.practices]
    conflicts.save(PRACTICES, rows, own)
    _make_keys_unique(conflicts, own)
    if new:
        conflicts.messages.add(_("New in your list: {names}."), names=", ".join(new))


def _make_keys_unique(conflicts: RowConflicts, merged: dict[RowKey, VersionedRow]) -> None:
    """Removes the letter of a practice that one before it in the list has too.

    The changed practice gets a time just after its own, so that all copies end equal.
    """
    owners: dict[str, str] = {}
    for row in sorted(merged.values(), key=lambda row: (row.value.position, row.value.id)):
        practice, at = row
        if practice.key is None:
            continue
        if practice.key not in owners:
            owners[practice.key] = practice.name
            continue
        conflicts.messages.add(
            _(
                "{first} and {other} were both logged with the letter {key}. {first} keeps that "
                "letter. Choose another one for {other} in Practices, or with "
                '"calmtrack practices edit {id} --key".'
            ),
            key=practice.key,
            first=owners[practice.key],
            other=practice.name,
            id=practice.id,
        )
        if conflicts.writer is not None:
            without = VersionedRow(practice._replace(key=None), clock.just_after(at))
            change = RowChange((practice.id, None), without, row)
            versioned_rows.save(conflicts.writer, PRACTICES, [change])


def _merge_app_state(conflicts: RowConflicts, copy: DiaryCopy, *, is_new: bool) -> None:
    own = {} if conflicts.reader is None else APP_STATE.load(conflicts.reader, date.min, date.max)
    if is_new:
        # This step wrote it when it created the diary.
        own.pop(("begun_on", None), None)
    conflicts.save(
        APP_STATE, [IncomingRow((key, None), value, at) for key, value, at in copy.kept], own
    )
