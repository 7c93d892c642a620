"""Conflict resolution for imports and merges: saves incoming rows, under a policy that decides
between an incoming row and the diary's own row of the same key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

from tracker import clock
from tracker.catalogue import shipped_in_all_languages
from tracker.diary.diary import Diary
from tracker.formats.progress import chunks
from tracker.i18n.date_format import format_day
from tracker.i18n.messages import _
from tracker.importers.import_report import (
    Content,
    IncomingRow,
    Report,
    ReportMessages,
    RowCounts,
)
from tracker.importers.row_descriptions import RowDescription
from tracker.models import Entry, EntryState, Evening, Practice
from tracker.rules.day_states import first_late_moment
from tracker.store import undo_log
from tracker.store.reader import Reader
from tracker.store.row_mapping import NO_DAY, SHIPPED_AT
from tracker.store.versioned_rows import (
    RowChange,
    RowKey,
    RowKind,
    VersionedRow,
    with_blanks_filled,
)
from tracker.store.writer import RowBefore, Writer

Prefer = Literal["newest", "file", "diary"]
"""Which row an import keeps where the file and the diary differ."""

Outcome = Literal["added", "changed", "unchanged", "lost", "blank"]
"""What the report counts an incoming row as; `blank` is an empty entry or evening, which no one
would look for: a cleared one among those unchanged, or one that a file leaves blank."""

_IN_REPORT: tuple[Outcome, ...] = ("added", "changed", "unchanged", "lost")
"""The outcomes in the order of RowCounts."""


Where = tuple[str, str]
"""A row's kind (`practice`, `entry`, `evening` or `kept`), and its key."""

BEGUN_ON: Where = ("kept", "begun_on")
"""The day the diary was created: of two, the earlier one wins, whenever it was written."""

_SILENT_KEYS = frozenset(
    {"welcomed", "gentle_shown_on", "jar", "patterns_mentioned_on", "coin_result_read"}
)
"""The keys under which the app remembers what it has shown already."""


def is_silent(where: Where) -> bool:
    """Whether a row is what the app remembers by itself: no one has chosen its value, so that no
    report names it or counts it as new."""
    return where == BEGUN_ON or (where[0] == "kept" and where[1] in _SILENT_KEYS)


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision of a policy about an incoming row."""

    outcome: Outcome
    saves: bool
    """Whether the incoming row is saved."""
    message: str = ""
    """The report's message, with fields for `values`; empty for none."""
    values: Mapping[str, object] = field(default_factory=dict)
    """The values of the message's fields."""
    is_conflict: bool = True
    """Whether the row that isn't used, of either side, is kept as a record."""
    is_choice: bool = False
    """Whether the person chose the incoming row: a change of now, if its own time isn't later."""
    merged: Any = None
    """The incoming value with what it takes from the diary's; None if it takes nothing."""


class Policy(Protocol):
    """Decides between an incoming row and the diary's own row of the same key."""

    def decide(self, kind: RowKind, row: IncomingRow, own: VersionedRow) -> Decision:
        """The decision about a row; it depends on nothing but these rows."""


class RowConflicts:
    """Saves the incoming rows of one undo step, and counts and reports their outcomes."""

    def __init__(
        self,
        reader: Reader | None,
        writer: Writer | None,
        policy: Policy,
        messages: ReportMessages,
    ) -> None:
        """`reader` is None for a diary that does not exist yet, `writer` for a dry run."""
        self.reader = reader
        self.writer = writer
        self.messages = messages
        self._policy = policy
        self._counts: Counter[tuple[bool, Outcome]] = Counter()
        """By whether the rows are those of days, and by their outcome."""
        self._blanks = 0
        self._set_aside: list[RowBefore] = []

    def save_days(
        self, kind: RowKind, rows: Sequence[IncomingRow]
    ) -> Mapping[RowKey, VersionedRow]:
        """Resolves and saves entries or evenings, sorted by day, in batches; reports progress.
        Returns the diary's rows of their days after that."""
        own: dict[RowKey, VersionedRow] = {}
        if self.reader is not None and rows:
            own = kind.load(self.reader, rows[0].value.day, rows[-1].value.day)
        for batch in chunks(rows):
            self.save(kind, batch, own)
        return own

    def save(
        self, kind: RowKind, rows: Iterable[IncomingRow], own: dict[RowKey, VersionedRow]
    ) -> None:
        """Resolves rows against the diary's `own`, which is updated, and saves those accepted."""
        changes: list[RowChange] = []
        for row in rows:
            key, value, updated_at, _ = row
            previous = own.get(key)
            if previous is None:
                is_unseen = value.empty if kind.has_days else is_silent((kind.name, key[0]))
                self._count(kind, value, "unchanged" if is_unseen else "added")
                saved = VersionedRow(value, updated_at or _own_time(value))
            else:
                decision = self._decision(kind, row, previous)
                merged = value if decision.merged is None else decision.merged
                if kind.has_days:
                    self._blanks += _count_filled(value, merged)
                if not decision.saves:
                    continue
                at = updated_at or self._time_of(value, previous, is_choice=decision.is_choice)
                saved = VersionedRow(merged, at)
            changes.append(RowChange(key, saved, previous))
            # A second row of the same key is resolved against the first.
            own[key] = saved
        if self.writer is not None and changes:
            self.writer.save(kind, changes)

    def finish(self, step: Step) -> Report:
        """Records the rows that lost a conflict, the diary's own among them, and returns the
        report."""
        if self.writer is not None:
            source = f"{step.what} {step.subject}"
            undo_log.record_conflicts(self.writer, source, self._set_aside)
        of_days, others = (
            RowCounts(*(self._counts[has_days, one] for one in _IN_REPORT))
            for has_days in (True, False)
        )
        messages = self.messages.all()
        read = self._counts.total()
        return Report(
            read,
            of_days,
            others,
            messages,
            blanks=self._blanks,
            set_aside=len(self._set_aside),
        )

    def _count(self, kind: RowKind, value: Any, outcome: Outcome) -> None:
        is_missing = outcome == "unchanged" and kind.is_blank(value)
        self._counts[kind.has_days, "blank" if is_missing else outcome] += 1

    def _time_of(self, value: Entry | Evening, own: VersionedRow, *, is_choice: bool) -> str:
        """The time of change of a row that comes without one, later than that of the diary's."""
        at = _own_time(value)
        if is_choice and at <= own.updated_at and self.writer is not None:
            at = self.writer.at
        return clock.later_of(at, own.updated_at)

    def _decision(self, kind: RowKind, row: IncomingRow, own: VersionedRow) -> Decision:
        decision = self._policy.decide(kind, row, own)
        self._count(kind, row.value, decision.outcome)
        if decision.message:
            self.messages.add(decision.message, **decision.values)
        # Of two rows with days, only the time can differ.
        is_same = kind.has_days and content_of(row.value) == content_of(own.value)
        if decision.outcome in ("lost", "changed") and decision.is_conflict and not is_same:
            theirs, mine = (row.value, row.updated_at), (own.value, own.updated_at)
            (winner, _at), (loser, at) = (theirs, mine) if decision.saves else (mine, theirs)
            if not kind.has_days or _adds_to(loser, winner):
                self._set_aside.append(_row_before(kind, row.key, loser, at))
        return decision


@dataclass(frozen=True, slots=True)
class Step:
    """An undo step of incoming rows."""

    what: str
    """`import` or `merge`."""
    subject: str
    """The name of the file or diary that the rows come from."""


def apply(
    diary: Diary,
    step: Step,
    save_all: Callable[[Reader | None, Writer | None], Report],
    *,
    dry_run: bool,
) -> Report:
    """Runs `save_all` in one transaction and one undo step: everything is saved, or nothing.

    A dry run passes no writer, and no reader for a diary that does not exist yet.
    """
    if dry_run:
        with diary.store.reading() if diary.store.exists() else nullcontext() as reader:
            return save_all(reader, None)
    reports: list[Report] = []
    diary.change(step.what, step.subject, lambda writer: reports.append(save_all(writer, writer)))
    return reports[0]


def is_pristine(practices: Sequence[Practice], reader: Reader | None) -> bool:
    """Whether a diary has only what it was created with: shipped practices, and no entries."""
    if reader is None:
        return True
    return (
        not reader.first_entries()
        and not list(reader.evenings(date.min, date.max))
        and all(_as_shipped(practice) for practice in practices)
    )


def _as_shipped(practice: Practice) -> bool:
    """Whether a practice equals its template in any language, at any position."""
    return any(
        one.id == practice.id and one.practice(practice.position, practice.added_on) == practice
        for one in shipped_in_all_languages()
    )


@dataclass(frozen=True, slots=True)
class ImportPolicy:
    """The policy for rows without a time of change: the newer `logged_at` wins, a tie keeps the
    diary's row, unless the person prefers the file or the diary. An evening that is as in an
    earlier export of the file loses too, whenever it was imported. What a row of the file leaves
    blank stays in the diary, whichever wins: many files have no notes. What only the file has is
    added to the diary's row, unless the file says when it was logged: a newer row of the diary may
    have lost it on purpose."""

    practices: Mapping[str, Practice]
    """The practices by id, for the report."""
    prefer: Prefer
    earlier: Mapping[date, frozenset[Content]] = field(default_factory=dict)
    """The contents that an evening had in earlier exports, by day."""
    hides_scores: bool = False
    """Whether the report names no calm scores."""

    def decide(self, kind: RowKind, row: IncomingRow, own: VersionedRow) -> Decision:  # noqa: ARG002
        """A blank row of the diary loses; equal content is no conflict, whenever it was logged."""
        merged = with_blanks_filled(row.value, own.value)
        if row.value.empty:
            return Decision("blank", saves=False, merged=merged)
        if own.value.empty:
            return Decision("added", saves=True, merged=merged)
        if _is_same(merged, own.value):
            return Decision("unchanged", saves=False, merged=merged)
        logged_at = _known_time(row.value)
        is_addition = _is_same(with_blanks_filled(own.value, row.value), merged)
        if is_addition and logged_at is None and self.prefer != "diary":
            return Decision("changed", saves=True, is_conflict=False, merged=merged)
        wins, message = self._outcome(logged_at, own)
        theirs = merged if wins else row.value
        practice = self.practices.get(row.key[0])
        values = {
            "line": row.line,
            "name": _("Calm") if practice is None else practice.name,
            "day": format_day(row.value.day, year=True),
            "theirs": RowDescription(theirs, own.value, practice, self.hides_scores),
            "own": RowDescription(own.value, theirs, practice, self.hides_scores),
        }
        # What an earlier export of the file had, the person never changed.
        is_conflict = not (wins and self._has_grown(own.value))
        return Decision(
            "changed" if wins else "lost",
            wins,
            message,
            values,
            is_conflict,
            is_choice=wins and self.prefer == "file",
            merged=theirs,
        )

    def _has_grown(self, own: Entry | Evening) -> bool:
        """Whether the diary's row is an evening to which the file has added entries since."""
        return isinstance(own, Evening) and content_of(own) in self.earlier.get(own.day, ())

    def _outcome(self, logged_at: str | None, own: VersionedRow) -> tuple[bool, str]:
        """Whether the incoming row wins, and the message that says why."""
        if self.prefer == "file":
            return True, _(
                "{at}: {name} on {day}: {theirs} in the file replaces {own} in your diary."
            )
        if self.prefer == "diary":
            return False, _(
                "{at}: {name} on {day}: {theirs} in the file, but {own} in your diary, which "
                "stays as it is."
            )
        if self._has_grown(own.value):
            return True, _(
                "{at}: {name} on {day} has more entries than in your last import, so it's updated."
            )
        if logged_at is None:
            return False, _(
                "{at}: {name} on {day}: {theirs} in the file, but {own} in your diary. The file "
                "doesn't say when that was logged, so your diary stays as it is."
            )
        if own.updated_at == SHIPPED_AT:
            return True, _(
                "{at}: {name} on {day}: {theirs} in the file replaces {own} in your diary, which "
                "came from a file that doesn't say when it was logged."
            )
        # The diary's time has microseconds, the file's has seconds.
        stored_at = own.updated_at[: len("2026-11-24T20:15:03")] + "Z"
        if logged_at > stored_at:
            return True, _(
                "{at}: {name} on {day} is newer in the file: {theirs} replaces {own} in your diary."
            )
        if logged_at < stored_at:
            return False, _(
                "{at}: {name} on {day} is newer in your diary: {own} stays, and {theirs} in the "
                "file isn't used."
            )
        return False, _(
            "{at}: {name} on {day}: {theirs} in the file, but {own} in your diary. It isn't "
            "newer in the file, so your diary stays as it is."
        )


def _count_filled(row: Entry | Evening, merged: Any) -> int:
    """How many values of a `merged` row are the diary's, as the row of the file has none: its note,
    and its score, amount or rest day."""
    is_note_filled = bool(merged.note and not row.note)
    if isinstance(row, Evening):
        return is_note_filled + (row.calm is None and merged.calm is not None)
    if row.state is not EntryState.LOGGED or row.amount is not None:
        return int(is_note_filled)
    # A no that follows from the score of its evening is read as its note alone.
    is_no = merged.amount == 0 and bool(row.note)
    is_filled = merged.state is EntryState.REST or (merged.amount is not None and not is_no)
    return is_note_filled + is_filled


def _is_same(row: Entry | Evening, own: Entry | Evening) -> bool:
    """Whether a row of a file has the content of the diary's. A note is the same with other line
    ends: many programs save a whole file with those of their system."""
    if content_of(row) == content_of(own):
        return True
    plain, own_plain = (one._replace(note=_plain_line_ends(one.note)) for one in (row, own))
    return content_of(plain) == content_of(own_plain)


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def content_of(row: Entry | Evening) -> tuple[object, ...]:
    """What an entry or evening holds, without its day and its time."""
    if isinstance(row, Entry):
        return row.state, row.amount, row.note
    return row.calm, row.note


def _adds_to(loser: Entry | Evening, winner: Entry | Evening) -> bool:
    """Whether the loser of a conflict has anything that the winner lacks or has otherwise."""
    return not loser.empty and content_of(with_blanks_filled(loser, winner)) != content_of(winner)


def _own_time(value: Entry | Evening) -> str:
    """The time of change of a row from a file without such times: when it was logged, else 1970.
    The time of the import would let an old file win over what other machines have written."""
    logged_at = _known_time(value)
    return SHIPPED_AT if logged_at is None else f"{logged_at[:-1]}.000000Z"


def _known_time(value: Entry | Evening) -> str | None:
    """When a row was logged; None if it isn't known. The first moment at which a rating is late
    stands for a `yes` in the column `rated_late`, which says nothing about what's newer."""
    is_late_only = isinstance(value, Evening) and value.logged_at == first_late_moment(value.day)
    return None if is_late_only else value.logged_at


def _row_before(kind: RowKind, row_key: RowKey, value: Any, at: str | None) -> RowBefore:
    key, day = row_key
    day_text = NO_DAY if day is None else day.isoformat()
    return RowBefore(kind.name, key, day_text, kind.to_json(value), at)
