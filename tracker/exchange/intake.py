"""A file's rows taken into a diary: what is new, what is newer, and what the diary keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tracker.diary.diary import Diary
from tracker.exchange.incoming import Incoming, Report
from tracker.exchange.new_practices import added_after, is_blank, taken_over
from tracker.exchange.sayings import Sayings
from tracker.rules.days import spoken
from tracker.store.reader import Reader
from tracker.store.writer import Writer
from tracker.values import CALM, Entry, Evening, Practice

Prefer = Literal["newest", "file", "diary"]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written, and what is said of it."""

    practices: tuple[Practice, ...]
    entries: list[Entry]
    evenings: list[Evening]
    report: Report


def take_in(
    diary: Diary,
    incoming: Incoming,
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
        return _foreseen(diary, incoming, prefer).report
    today = diary.today()
    made: list[_Plan] = []

    def act(writer: Writer) -> None:
        plan = _plan(incoming, writer.practices(), writer, today, prefer)
        for practice in plan.practices:
            writer.put_practice(practice)
        writer.put_entries(plan.entries)
        writer.put_evenings(plan.evenings)
        made.append(plan)

    diary.change("import", subject, act)
    return made[0].report


def _foreseen(diary: Diary, incoming: Incoming, prefer: Prefer) -> _Plan:
    practices, today = diary.practices(), diary.today()
    if not diary.store.begun():
        return _plan(incoming, practices, None, today, prefer)
    with diary.store.reading() as reader:
        return _plan(incoming, practices, reader, today, prefer)


def _plan(
    incoming: Incoming,
    practices: Sequence[Practice],
    reader: Reader | None,
    today: date,
    prefer: Prefer,
) -> _Plan:
    sayings = Sayings()
    if is_blank(practices, reader):
        listed = taken_over(practices, incoming.practices, today)
    else:
        listed = added_after(practices, incoming.practices, today)
        _tell_differences(practices, incoming, sayings)
    there = {practice.id for practice in practices}
    new = [practice.name for practice in listed if practice.id not in there]
    if new:
        sayings.add("csv.new_practices", names=", ".join(new))
    names = {practice.id: practice.name for practice in (*practices, *listed)}
    clashes = _Clashes(names, sayings, prefer)
    entries, evenings = _weighed(incoming, reader, clashes)
    return _Plan(listed, entries, evenings, clashes.report(incoming))


def _tell_differences(practices: Sequence[Practice], incoming: Incoming, sayings: Sayings) -> None:
    mine = {practice.id: practice for practice in practices}
    for seen in incoming.practices:
        own = mine.get(seen.id)
        if own is not None and seen.name not in (None, own.name):
            sayings.add("csv.other_name", id=own.id, own=own.name, other=seen.name)
        if own is not None and seen.unit not in (None, own.unit):
            sayings.add("csv.other_unit", name=own.name, own=own.unit, other=seen.unit)


def _weighed(
    incoming: Incoming, reader: Reader | None, clashes: _Clashes
) -> tuple[list[Entry], list[Evening]]:
    """The rows that are to be written."""
    days = [day for _, day in incoming.entries]
    entries = {} if reader is None or not days else reader.entries_and_times(min(days), max(days))
    rated = list(incoming.evenings)
    evenings = (
        {} if reader is None or not rated else reader.evenings_and_times(min(rated), max(rated))
    )
    # A cleared row is no entry that a person could lose: it is there for a merge only.
    return (
        [
            entry
            for key, (line, entry) in incoming.entries.items()
            if clashes.goes_in(line, entry.practice_id, entry, entries.get(key))
        ],
        [
            evening
            for day, (line, evening) in incoming.evenings.items()
            if clashes.goes_in(line, CALM, evening, evenings.get(day))
        ],
    )


class _Clashes:
    """Weighs each row against the diary's own, and counts."""

    def __init__(self, names: dict[str, str], sayings: Sayings, prefer: Prefer) -> None:
        self._prefer = prefer
        self._names = names
        self._sayings = sayings
        self._added = self._changed = self._unchanged = self._kept = 0

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
        weighed = _weigh(row.logged_at, own[1], self._prefer)
        self._sayings.add(
            weighed,
            line=line,
            name=self._names.get(subject, subject),
            day=spoken(row.day, year=True),
        )
        wins = weighed in ("csv.newer", "csv.preferred")
        if wins:
            self._changed += 1
        else:
            self._kept += 1
        return wins

    def report(self, incoming: Incoming) -> Report:
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


def _weigh(logged_at: str | None, changed: str, prefer: Prefer) -> str:
    """The sentence for how a file's time stands to the diary's time of change, which has
    microseconds."""
    if prefer != "newest":
        return "csv.preferred" if prefer == "file" else "csv.diary_preferred"
    if logged_at is None:
        return "csv.without_time"
    own = changed[: len("2026-11-24T20:15:03")] + "Z"
    return "csv.newer" if logged_at > own else "csv.older" if logged_at < own else "csv.tie"
