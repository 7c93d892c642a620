"""A file's rows taken into a diary: what is new, what is newer, and what the diary keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Literal

from tracker.diary.diary import Diary
from tracker.diary.diary_reader import DiaryReader
from tracker.i18n.dates import format_day
from tracker.i18n.units import unit_label
from tracker.importers.import_report import ParsedFile, Report
from tracker.importers.new_practices import append_practices, is_blank, replace_practices
from tracker.importers.report_messages import ReportMessages
from tracker.importers.row_buffer import NumberedRow, entry_from, evening_from
from tracker.models import CALM_ID, Entry, Evening, Practice
from tracker.store import bulk_insert, undo_log, versioned_rows
from tracker.store.reader import Reader
from tracker.store.writer import Writer

Prefer = Literal["newest", "file", "diary"]

AT_ONCE = 2_000
"""Rows weighed and written at a time."""

MANY = 500
"""Rows that are written the quick way where nothing is to be weighed."""


def apply_import(
    diary: Diary,
    incoming: ParsedFile,
    subject: str,
    *,
    dry_run: bool = False,
    prefer: Prefer = "newest",
) -> Report:
    """Writes what a file brings as one step named after `subject`: all of it, or nothing.

    `prefer` says whose row stays where both have one. With `dry_run` it says the same and
    writes nothing, not even a diary that has not begun.
    """
    if dry_run or not incoming.says_something:
        return _foreseen(diary, incoming, prefer)
    today = diary.today()
    step = f"import {subject}"
    made: list[Report] = []

    def act(writer: Writer) -> None:
        plan = _ImportPlan(incoming, writer.practices(), writer, today, prefer)
        for practice in plan.practices:
            writer.put_practice(practice)
        for handful in incoming.entries.handfuls(AT_ONCE):
            if plan.are_new(handful, bulk_insert.no_entries):
                bulk_insert.put_new_entries(writer, step, [cells for _, cells in handful])
            else:
                writer.put_entries(plan.entries(handful))
                undo_log.flush(writer, step, plan.losing)
        for handful in incoming.evenings.handfuls(AT_ONCE):
            if plan.are_new(handful, bulk_insert.no_evenings):
                bulk_insert.put_new_evenings(writer, step, [cells for _, cells in handful])
            else:
                writer.put_evenings(plan.evenings(handful))
                undo_log.flush(writer, step, plan.losing)
        undo_log.record_conflicts(writer, step, plan.losing)
        made.append(plan.report())

    diary.change("import", subject, act)
    return made[0]


def _foreseen(diary: Diary, incoming: ParsedFile, prefer: Prefer) -> Report:
    practices, today = diary.practices.all(), diary.today()
    with maybe_reading(diary) as reader:
        plan = _ImportPlan(incoming, practices, reader, today, prefer)
        for handful in incoming.entries.handfuls(AT_ONCE):
            plan.entries(handful)
        for handful in incoming.evenings.handfuls(AT_ONCE):
            plan.evenings(handful)
        return plan.report()


@contextmanager
def maybe_reading(diary: DiaryReader) -> Iterator[Reader | None]:
    """One consistent look at a diary; None for one that has not begun."""
    if not diary.store.begun():
        yield None
        return
    with diary.store.reading() as reader:
        yield reader


class _ImportPlan:
    """What is to be written, and what is said of it."""

    def __init__(
        self,
        incoming: ParsedFile,
        practices: Sequence[Practice],
        reader: Reader | None,
        today: date,
        prefer: Prefer,
    ) -> None:
        self._incoming = incoming
        self._reader = reader
        sayings = ReportMessages()
        if is_blank(practices, reader):
            self.practices = replace_practices(practices, incoming.practices, today)
        else:
            self.practices = append_practices(practices, incoming.practices, today)
            _tell_differences(practices, incoming, sayings)
        there = {practice.id for practice in practices}
        new = [practice.name for practice in self.practices if practice.id not in there]
        if new:
            sayings.add("csv.new_practices", names=", ".join(new))
        names = {practice.id: practice.name for practice in (*practices, *self.practices)}
        self._clashes = _ConflictResolver(names, sayings, prefer)

    def are_new(
        self, handful: Sequence[NumberedRow], has_none: Callable[[Reader, date, date], bool]
    ) -> bool:
        """Whether rows by day are many, and come where the diary has none at all: then nothing
        is to be weighed. They count as added."""
        if len(handful) < MANY or self._reader is None:
            return False
        is_so = has_none(self._reader, handful[0][1][0], handful[-1][1][0])
        if is_so:
            self._clashes.count_new(len(handful))
        return is_so

    def entries(self, handful: Sequence[NumberedRow]) -> list[Entry]:
        """Those of some rows that are to be written."""
        rows = [(line, entry_from(cells)) for line, cells in handful]
        days = {entry.day for _, entry in rows}
        own = {} if self._reader is None else versioned_rows.entries_on(self._reader, days)
        return [
            entry
            for line, entry in rows
            if self._clashes.goes_in(
                line, entry.practice_id, entry, own.get((entry.practice_id, entry.day))
            )
        ]

    def evenings(self, handful: Sequence[NumberedRow]) -> list[Evening]:
        """Those of some rows that are to be written."""
        rows = [(line, evening_from(cells)) for line, cells in handful]
        days = {evening.day for _, evening in rows}
        own = {} if self._reader is None else versioned_rows.evenings_on(self._reader, days)
        return [
            evening
            for line, evening in rows
            if self._clashes.goes_in(line, CALM_ID, evening, own.get(evening.day))
        ]

    @property
    def losing(self) -> list[tuple[dict[str, Any], str]]:
        """What the diary does not take, for the undo log, which empties it when it is long."""
        return self._clashes.losing

    def report(self) -> Report:
        """What it all comes to."""
        return self._clashes.report(self._incoming)


def _tell_differences(
    practices: Sequence[Practice], incoming: ParsedFile, sayings: ReportMessages
) -> None:
    mine = {practice.id: practice for practice in practices}
    for seen in incoming.practices:
        own = mine.get(seen.id)
        if own is not None and seen.name not in (None, own.name):
            sayings.add("csv.other_name", id=own.id, own=own.name, other=seen.name)
        if own is not None and seen.unit not in (None, own.unit):
            sayings.add(
                "csv.other_unit",
                name=own.name,
                own=unit_label(own.unit),
                other=unit_label(seen.unit),
            )


class _ConflictResolver:
    """Weighs each row against the diary's own, and counts."""

    def __init__(self, names: dict[str, str], sayings: ReportMessages, prefer: Prefer) -> None:
        self._prefer = prefer
        self._names = names
        self._sayings = sayings
        self._added = self._changed = self._unchanged = self._kept = 0
        self.losing: list[tuple[dict[str, Any], str]] = []
        """What the diary did not take, each with what it kept."""

    def count_new(self, rows: int) -> None:
        """Counts rows that come where nothing was."""
        self._added += rows

    def goes_in(
        self,
        line: int,
        subject: str,
        row: Entry | Evening,
        own: tuple[Entry | Evening, str] | None,
    ) -> bool:
        """Whether the diary takes a row: one that is new to it, or newer than its own."""
        if own is None or own[0].empty:
            self._added += 1
            return True
        if _content(row) == _content(own[0]):
            self._unchanged += 1
            return False
        weighed = _resolve(row.logged_at, own[1], self._prefer)
        self._sayings.add(
            weighed,
            line=line,
            name=self._names.get(subject, subject),
            day=format_day(row.day, year=True),
        )
        wins = weighed in ("csv.newer", "csv.preferred")
        if wins:
            self._changed += 1
        else:
            self._kept += 1
            self.losing.append(versioned_rows.conflict_record(row, own[0]))
        return wins

    def report(self, incoming: ParsedFile) -> Report:
        """What it all comes to."""
        return Report(
            read=incoming.read,
            added=self._added,
            changed=self._changed,
            unchanged=self._unchanged,
            kept=self._kept,
            said=(*incoming.said, *self._sayings.all()),
            left_out=incoming.left_out,
        )


def _content(row: Entry | Evening) -> tuple[object, ...]:
    if isinstance(row, Entry):
        return row.state, row.amount, row.note
    return row.calm, row.note


def _resolve(logged_at: str | None, changed: str, prefer: Prefer) -> str:
    """The sentence for how a file's time stands to the diary's time of change, which has
    microseconds."""
    if prefer != "newest":
        return "csv.preferred" if prefer == "file" else "csv.diary_preferred"
    if logged_at is None:
        return "csv.without_time"
    own = changed[: len("2026-11-24T20:15:03")] + "Z"
    return "csv.newer" if logged_at > own else "csv.older" if logged_at < own else "csv.tie"
