"""Rows of another copy of a diary joined to it, row by row: the one changed last stays.

Of two changed at the same moment the one stays that is greater as canonical JSON. So whatever
order copies are joined in, they end equal. What does not stay is kept in the undo log.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from tracker import clock
from tracker.exchange.incoming import Report
from tracker.exchange.sayings import Sayings
from tracker.rules.days import spoken
from tracker.store import timed, undo_log
from tracker.store.reader import Reader
from tracker.store.rows import SHIPPED_AT, entry_row, evening_row, practice_json, to_json
from tracker.store.writer import NO_DAY, Writer
from tracker.values import CALM, Entry, Evening, Practice

Row = TypeVar("Row", bound=Entry | Evening)
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class _Came:
    """A row that came, as it is weighed."""

    kind: str
    subject: str
    day: date | None
    line: int
    text: str
    """Its canonical JSON, as the undo log has it."""
    at: str

    def lost(self) -> dict[str, Any]:
        """It as a row of the undo log."""
        day = NO_DAY if self.day is None else self.day.isoformat()
        return {"kind": self.kind, "key": self.subject, "day": day, "before": self.text}


class Joining:
    """Joins rows to a diary, and counts. Without a writer it only says what would happen."""

    def __init__(
        self,
        reader: Reader | None,
        writer: Writer | None,
        sayings: Sayings,
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

    def practices(self, rows: Sequence[tuple[int, Practice, str]]) -> None:
        """Joins practices, each with its goals and spans; they come before any entry."""
        own = self._unbegun if self._reader is None else timed.practices_and_times(self._reader)
        self._names = {one.id: one.name for _, one, _ in rows}
        self._names |= {id_: practice.name for id_, (practice, _) in own.items()}
        new = [one.name for _, one, _ in rows if one.id not in own]
        for line, practice, at in rows:
            was = own.get(practice.id)
            mine = None if was is None else (practice_json(was[0]), was[1])
            wins = self._weighs(
                _Came("practice", practice.id, None, line, practice_json(practice), at), mine
            )
            if wins and self._writer is not None:
                timed.write_practice(self._writer, practice, at, None if was is None else was[0])
        if self._writer is not None:
            _one_letter_each(self._writer)
        if new:
            self._sayings.add("csv.new_practices", names=", ".join(new))

    def kept(self, rows: Sequence[tuple[int, str, Any, str]]) -> None:
        """Joins what the app remembers."""
        own = {} if self._reader is None else timed.kept_and_times(self._reader)
        if self._is_new:
            # Only this very step began the diary.
            own.pop("begun_on", None)
        for line, key, value, at in rows:
            was = own.get(key)
            mine = None if was is None else (json.dumps(was[0], sort_keys=True), was[1])
            wins = self._weighs(
                _Came("kept", key, None, line, json.dumps(value, sort_keys=True), at), mine
            )
            if wins and self._writer is not None:
                timed.write_kept(self._writer, key, value, at, None if was is None else was[:1])

    def entries(self, rows: Sequence[tuple[int, Entry, str]]) -> None:
        """Joins some entries."""
        for part in _apart(rows, lambda entry: (entry.practice_id, entry.day)):
            days = {entry.day for _, entry, _ in part.values()}
            own = {} if self._reader is None else timed.entries_on(self._reader, days)
            won = self._won("entry", part, own, lambda key: key[0], entry_row)
            if self._writer is not None:
                timed.write_entries(self._writer, won)
                undo_log.keep_so_far(self._writer, self._what)

    def evenings(self, rows: Sequence[tuple[int, Evening, str]]) -> None:
        """Joins some evenings."""
        for part in _apart(rows, lambda evening: evening.day):
            own = {} if self._reader is None else timed.evenings_on(self._reader, set(part))
            won = self._won("evening", part, own, lambda _: CALM, evening_row)
            if self._writer is not None:
                timed.write_evenings(self._writer, won)
                undo_log.keep_so_far(self._writer, self._what)

    def end(self) -> Report:
        """Keeps what lost in the undo log; says what it all came to."""
        if self._writer is not None:
            undo_log.keep_losing(self._writer, self._what, self._losing)
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
        rows: Mapping[Key, tuple[int, Row, str]],
        own: Mapping[Key, tuple[Row, str]],
        subject: Callable[[Key], str],
        as_row: Callable[[Row], dict[str, Any]],
    ) -> list[tuple[Row, str, Row | None]]:
        """The rows that take their place, each with what it takes the place of."""
        won: list[tuple[Row, str, Row | None]] = []
        for key, (line, row, at) in rows.items():
            was = own.get(key)
            mine = None if was is None else (to_json(as_row(was[0])), was[1])
            came = _Came(kind, subject(key), row.day, line, to_json(as_row(row)), at)
            if self._weighs(came, mine, says_nothing=was is not None and was[0].empty):
                won.append((row, at, None if was is None else was[0]))
        return won

    def _weighs(
        self, came: _Came, own: tuple[str, str] | None, *, says_nothing: bool = True
    ) -> bool:
        """Whether a row is written, and says and counts it; `own` is the diary's, as `text` and
        `at` of what came, which may say nothing of a person's own."""
        self._read += 1
        is_free = self._replaces and says_nothing and (came.text, came.at) != own
        if own is None or is_free:
            self._added += 1
            return True
        if came.text == own[0]:
            self._unchanged += 1
            return came.at > own[1]
        wins = (came.at, came.text) > (own[1], own[0])
        self._tell(came, wins=wins, is_tie=came.at == own[1])
        if wins:
            self._changed += 1
        else:
            self._kept += 1
            self._losing.append((came.lost(), own[0]))
        return wins

    def _tell(self, came: _Came, *, wins: bool, is_tie: bool) -> None:
        name = self._names.get(came.subject, came.subject)
        said = _WINS if wins else _LOSES
        if came.day is None:
            self._sayings.add(said[came.kind], line=came.line, name=name)
        else:
            day = spoken(came.day, year=True)
            self._sayings.add(said["tie" if is_tie else "day"], line=came.line, name=name, day=day)


_WINS = {
    "practice": "json.newer_practice",
    "kept": "json.newer_kept",
    "day": "csv.newer",
    "tie": "json.tie_file",
}
_LOSES = {
    "practice": "json.older_practice",
    "kept": "json.older_kept",
    "day": "csv.older",
    "tie": "json.tie_diary",
}
"""The sentences for a row that takes its place, and for one that doesn't."""


def _apart(
    rows: Iterable[tuple[int, Row, str]], key: Callable[[Row], Key]
) -> Iterable[dict[Key, tuple[int, Row, str]]]:
    """The rows in parts in which each key stands once, in their order."""
    part: dict[Key, tuple[int, Row, str]] = {}
    for row in rows:
        if key(row[1]) in part:
            yield part
            part = {}
        part[key(row[1])] = row
    if part:
        yield part


def _one_letter_each(writer: Writer) -> None:
    """Of two practices that came to have the same letter, the first in the list has it."""
    taken: set[str] = set()
    for practice, at in timed.practices_and_times(writer).values():
        if practice.key is None:
            continue
        if practice.key in taken:
            later = clock.after(writer.at, at)
            timed.write_practice(writer, replace(practice, key=None), later, practice)
        taken.add(practice.key)
