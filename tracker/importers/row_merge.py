"""Rows of another copy of a diary joined to it, row by row: the one changed last stays.

Whatever order copies are joined in, they end equal (rules/merging.py). What does not stay, of
either side, is told and kept in the undo log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from tracker import clock
from tracker.importers.import_report import Report
from tracker.importers.report_messages import ReportMessages
from tracker.importers.row_description import RowDescription, describe_key
from tracker.models import CALM_ID, Entry, Evening, Practice
from tracker.rules.last_write_wins import BEGUN_ON, Version, winner
from tracker.store import undo_log, versioned_rows
from tracker.store.mapping import SHIPPED_AT, entry_row, evening_row, practice_json, to_json
from tracker.store.reader import Reader
from tracker.store.writer import NO_DAY, Writer

Row = TypeVar("Row", bound=Entry | Evening)
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class _IncomingRow:
    """A row that came, as it is weighed."""

    kind: str
    key: str
    day: date | None
    version: Version
    says_nothing: bool = False
    """Whether it is only the trace of something taken away."""

    def lost(self) -> dict[str, Any]:
        """It as a row of the undo log."""
        day = NO_DAY if self.day is None else self.day.isoformat()
        return {"kind": self.kind, "key": self.key, "day": day, "before": self.version.content}


class RowMerger:
    """Joins rows to a diary, and counts. Without a writer it only says what would happen."""

    def __init__(
        self,
        reader: Reader | None,
        writer: Writer | None,
        sayings: ReportMessages,
        *,
        what: str = "",
        unbegun: Sequence[Practice] = (),
        is_new: bool = False,
        replaces: bool = False,
    ) -> None:
        """`what` is what the step is called in the undo log.

        `unbegun` are the practices that a diary would begin with where there is none to read.

        `is_new` says that it had not begun; `replaces` lets every row take its place, in a diary
        that holds nothing yet."""
        self._what = what
        self._is_new = is_new
        self._reader = reader
        self._unbegun = {one.id: (one, SHIPPED_AT) for one in unbegun}
        self._writer = writer
        self._sayings = sayings
        self._replaces = replaces
        self._names: dict[str, str] = {}
        self._losing: list[tuple[dict[str, Any], str]] = []
        self._read = self._added = self._changed = self._unchanged = self._kept = 0

    def practices(self, rows: Sequence[tuple[Practice, str]]) -> None:
        """Joins practices, each with its goals and spans; they come before any entry."""
        own = (
            self._unbegun
            if self._reader is None
            else versioned_rows.practices_and_times(self._reader)
        )
        self._names = {one.id: one.name for one, _ in rows}
        self._names |= {id_: practice.name for id_, (practice, _) in own.items()}
        new = [one.name for one, _ in rows if one.id not in own]
        joined = dict(own)
        for practice, at in rows:
            was = own.get(practice.id)
            mine = None if was is None else Version(was[1], practice_json(was[0]))
            came = _IncomingRow("practice", practice.id, None, Version(at, practice_json(practice)))
            if self._goes_in(came, mine):
                self._write_practice(practice, at, None if was is None else was[0])
                joined[practice.id] = (practice, at)
        self._leave_one_letter_each(joined.values())
        if new:
            self._sayings.add("csv.new_practices", names=", ".join(new))

    def kept(self, rows: Sequence[tuple[str, Any, str]]) -> None:
        """Joins what the app remembers."""
        own = {} if self._reader is None else versioned_rows.kept_and_times(self._reader)
        if self._is_new:
            # Only this very step began the diary.
            own.pop("begun_on", None)
        for key, value, at in rows:
            was = own.get(key)
            mine = None if was is None else Version(was[1], to_json(was[0]))
            came = _IncomingRow("kept", key, None, Version(at, to_json(value)))
            if self._goes_in(came, mine) and self._writer is not None:
                versioned_rows.write_kept(
                    self._writer, key, value, at, None if was is None else was[:1]
                )

    def entries(self, rows: Sequence[tuple[Entry, str]]) -> None:
        """Joins some entries."""
        for part in _apart(rows, lambda entry: (entry.practice_id, entry.day)):
            days = {entry.day for entry, _ in part.values()}
            own = {} if self._reader is None else versioned_rows.entries_on(self._reader, days)
            won = self._won("entry", part, own, lambda key: key[0], entry_row)
            if self._writer is not None:
                versioned_rows.write_entries(self._writer, won)
                undo_log.flush(self._writer, self._what, self._losing)

    def evenings(self, rows: Sequence[tuple[Evening, str]]) -> None:
        """Joins some evenings."""
        for part in _apart(rows, lambda evening: evening.day):
            own = (
                {} if self._reader is None else versioned_rows.evenings_on(self._reader, set(part))
            )
            won = self._won("evening", part, own, lambda _: CALM_ID, evening_row)
            if self._writer is not None:
                versioned_rows.write_evenings(self._writer, won)
                undo_log.flush(self._writer, self._what, self._losing)

    def end(self) -> Report:
        """Keeps what lost in the undo log; says what it all came to."""
        if self._writer is not None:
            undo_log.record_conflicts(self._writer, self._what, self._losing)
        return Report(
            read=self._read,
            added=self._added,
            changed=self._changed,
            unchanged=self._unchanged,
            kept=self._kept,
            said=self._sayings.all(),
        )

    def _won(
        self,
        kind: str,
        rows: Mapping[Key, tuple[Row, str]],
        own: Mapping[Key, tuple[Row, str]],
        subject: Callable[[Key], str],
        as_row: Callable[[Row], dict[str, Any]],
    ) -> list[tuple[Row, str, Row | None]]:
        """The rows that take their place, each with what it takes the place of."""
        won: list[tuple[Row, str, Row | None]] = []
        for key, (row, at) in rows.items():
            was = own.get(key)
            mine = None if was is None else Version(was[1], to_json(as_row(was[0])))
            version = Version(at, to_json(as_row(row)))
            came = _IncomingRow(kind, subject(key), row.day, version, row.empty)
            if self._goes_in(came, mine, is_free=was is not None and was[0].empty):
                won.append((row, at, None if was is None else was[0]))
        return won

    def _goes_in(self, came: _IncomingRow, own: Version | None, *, is_free: bool = True) -> bool:
        """Whether a row is written; it is counted, and told where something gives way. `is_free`
        says that the diary's own is none of a person's, once `replaces` is given."""
        self._read += 1
        if own is None and came.says_nothing:
            self._unchanged += 1
            return True
        if own is None or (self._replaces and is_free and came.version != own):
            self._added += 1
            return True
        wins = winner((came.kind, came.key), own, came.version) is came.version
        if came.version.content == own.content or _is_no_news(came, own):
            self._unchanged += 1
            return wins
        self._tell(came, own, wins=wins)
        if wins:
            self._changed += 1
        else:
            self._kept += 1
            self._losing.append((came.lost(), own.content))
        return wins

    def _tell(self, came: _IncomingRow, own: Version, *, wins: bool) -> None:
        ties = came.version.updated_at == own.updated_at
        theirs, ours = (
            RowDescription(came.kind, came.version.content),
            RowDescription(came.kind, own.content),
        )
        self._sayings.add(
            _SAID[wins, ties],
            what=describe_key(came.kind, came.key, came.day, self._names),
            winner=theirs if wins else ours,
            loser=ours if wins else theirs,
        )

    def _write_practice(self, practice: Practice, at: str, was: Practice | None) -> None:
        if self._writer is not None:
            versioned_rows.write_practice(self._writer, practice, at, was)

    def _leave_one_letter_each(self, practices: Iterable[tuple[Practice, str]]) -> None:
        """Of two practices that came to have the same letter, the first in the list has it.

        The other's new time of change is the same on every machine, whenever they are joined."""
        taken: dict[str, str] = {}
        for practice, at in sorted(practices, key=lambda one: (one[0].position, one[0].id)):
            key = practice.key
            if key is None:
                continue
            if key in taken:
                self._write_practice(replace(practice, key=None), clock.later_of(at, at), practice)
                gaps = {"first": taken[key], "other": practice.name, "id": practice.id}
                self._sayings.add("merge.letter", key=key, **gaps)
            taken.setdefault(key, practice.name)


_SAID = {
    (True, False): "merge.newer_there",
    (False, False): "merge.newer_here",
    (True, True): "merge.tie_there",
    (False, True): "merge.tie_here",
}
"""The sentences for a row that takes its place or doesn't, by whether both changed at once."""


def _is_no_news(came: _IncomingRow, own: Version) -> bool:
    """Nobody wrote these: how a shipped practice came into the list, and when it all began."""
    untouched = came.version.updated_at == own.updated_at == SHIPPED_AT
    return untouched or (came.kind, came.key) == BEGUN_ON


def _apart(
    rows: Iterable[tuple[Row, str]], key: Callable[[Row], Key]
) -> Iterable[dict[Key, tuple[Row, str]]]:
    """The rows in parts in which each key stands once, in their order."""
    part: dict[Key, tuple[Row, str]] = {}
    for row in rows:
        if key(row[0]) in part:
            yield part
            part = {}
        part[key(row[0])] = row
    if part:
        yield part
