"""The undo log: each step stores the rows it replaced, so that it can be undone and redone.

Conflict records store the rows that lost a conflict in an import or merge; they are no steps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import date
from typing import Any

from tracker import clock
from tracker.errors import CalmtrackError
from tracker.i18n.messages import _
from tracker.models import (
    RESTORE,
    ConflictRecord,
    Entry,
    EntryState,
    Evening,
    Practice,
    StepCounts,
    UndoStep,
)
from tracker.rules.day_states import is_late
from tracker.store import sqlite_statements as sql
from tracker.store.reader import BATCH_SIZE, Reader, first_column, mappings
from tracker.store.row_mapping import (
    InvalidRow,
    change_time,
    check_conflict,
    step_day_of,
    step_of,
    step_row_of,
)
from tracker.store.versioned_rows import (
    KINDS,
    RowChange,
    RowKey,
    RowKind,
    VersionedRow,
    with_blanks_filled,
)
from tracker.store.writer import RowBefore, Writer

IsFinal = Callable[[str, Mapping[str, Any]], bool]
"""Whether a step (`UndoStep.what`) can't be undone or redone anymore, by the app state that this
would set, by key."""

RowName = tuple[str, str, str]
"""The kind, key and day of a row in the log."""

_OF_SEVERAL = ("log", "clear", "note")
"""Steps that one command can make for several practices."""
MOST_CHANGES = 4
"""Practices of such a step whose entries are told: more would fill the screen."""

_INCOMING = ("import", "merge")
"""Steps whose rows come from elsewhere. All others are the person's own acts."""


def record(writer: Writer, what: str) -> int | None:
    """Records what was written as the newest step, named `what` ("log hug"); ends redo.

    Returns the step's number, or None if nothing had changed.
    """
    if not writer.before:
        return None
    writer.connection.run(sql.DELETE_STEPS_AFTER, number=_newest_done(writer))
    number: int
    (number,) = first_column(
        writer.connection, sql.INSERT_STEP, at=writer.at, what=what, undone=False
    )
    _save_rows(writer, number)
    return number


def record_conflicts(writer: Writer, source: str, lost: Sequence[RowBefore]) -> None:
    """Records rows that lost a conflict in an import or merge, `source` ("merge other.db").

    Undo does not touch them. A row is recorded once, however often it loses; each has the
    content that lost as its `before`.
    """
    recorded = _already_recorded(writer, lost)
    new = dict.fromkeys(row[:4] for row in lost if row[:4] not in recorded)
    writer.connection.run_many(
        sql.INSERT_CONFLICT, [(writer.at, source, *content) for content in new]
    )


def newest_step(reader: Reader) -> tuple[str, int]:
    """The time and the number of the newest step that can be undone; "" and 0 without one."""
    for number, at, _what, _undone in reader.connection.rows(sql.NEWEST_STEPS, most=1):
        return str(at), number
    return "", 0


def notes_before(reader: Reader, first: date, last: date) -> dict[tuple[str, str], str]:
    """The notes that entries from one day to another had before the newest step that changed them,
    by practice id and ISO day; without those of rest days, and of entries that didn't exist."""
    days = {"first_text": first.isoformat(), "last_text": last.isoformat()}
    newest: dict[tuple[str, str], str | None] = {
        (key, day): before
        for key, day, before in reader.connection.rows(sql.ENTRIES_BEFORE_STEPS, **days)
    }
    notes = {}
    for name, before in newest.items():
        with suppress(InvalidRow, ValueError):
            entry = None if before is None else KINDS["entry"].from_json(before)
            if isinstance(entry, Entry) and entry.state is not EntryState.REST:
                notes[name] = entry.note
    return notes


def scores_in_time(reader: Reader, day: date) -> dict[int, str | None]:
    """The scores that an evening had before a step changed it, and that weren't late, each with its
    time."""
    rows = reader.connection.rows(sql.EVENING_BEFORE_STEPS, day_text=day.isoformat())
    scores: dict[int, str | None] = {}
    for (before,) in rows:
        with suppress(InvalidRow, ValueError):
            evening = None if before is None else KINDS["evening"].from_json(before)
            if not isinstance(evening, Evening) or evening.calm is None:
                continue
            if not is_late(day, evening.logged_at):
                scores[evening.calm] = evening.logged_at
    return scores


def newest_steps(reader: Reader, most: int, *, changed_days_only: bool = False) -> list[UndoStep]:
    """The newest steps that can be undone, newest first; those that can't be read are left out.

    Only the content of practices is read: an import can have many thousands of other rows. With
    `changed_days_only` all of it is, to leave out of the days of an import or merge those on which
    only the time of a row changed. The `change` of a change to a practice is its row before and
    after that.
    """
    steps = []
    later: dict[RowName, str | None] = {}
    after: dict[str, Practice | None] | None = None
    for number, at, what, _undone in reader.connection.rows(sql.NEWEST_STEPS, most=most):
        with suppress(InvalidRow):
            rows = _rows_of(reader, number, with_content=changed_days_only)
            _validate_step(what, rows)
            step = _undo_step(number, what, at, rows)
            if changed_days_only:
                if step.what in _INCOMING:
                    step = _with_days(step, rows, _contents_after(reader, step, rows) | later)
                later |= {row[:3]: row.before for row in rows}
            if before := _practices_in(rows):
                if after is None:
                    after = {one.id: one for one in reader.practices()}
                if step.what == "practice" and step.subject in before:
                    step = step._replace(change=(before[step.subject], after.get(step.subject)))
                after |= before
            steps.append(step)
    return steps


def _practices_in(rows: Iterable[RowBefore]) -> dict[str, Practice | None]:
    """The practices that a step replaced, by id; None for one that didn't exist."""
    of_kind = (row for row in rows if row.kind == "practice")
    return {
        row.key: None if row.before is None else KINDS[row.kind].from_json(row.before)
        for row in of_kind
    }


def unused_records(reader: Reader) -> list[ConflictRecord]:
    """The conflict records whose row isn't what the diary has now, newest first: one that was
    brought back, by itself or by undoing the import, is in use."""
    records, practices = conflict_records(reader), reader.practices()
    unused: list[ConflictRecord] = []
    for kind in KINDS.values():
        of_kind = [one for one in records if one.kind == kind.name]
        if of_kind:
            days = [one.day for one in of_kind if one.day is not None]
            own = kind.load(reader, min(days, default=date.min), max(days, default=date.max))
            for one in of_kind:
                row = own.get((one.key, one.day))
                if row is None or not _is_in_use(one, row.value, practices):
                    unused.append(one)
    return sorted(unused, key=lambda one: -one.number)


def _is_in_use(record: ConflictRecord, own: Any, practices: Sequence[Practice]) -> bool:
    """Whether the diary's `own` row is what `save_record` would save."""
    return bool(_untimed(own) == _untimed(_as_saved(record.row, own, practices)))


def _as_saved(row: Any, own: Any, practices: Sequence[Practice]) -> Any:
    """What `save_record` saves of a record's row: an entry or evening with what it leaves blank as
    in the diary's `own`, and a practice without its letter if another one of `practices` has it."""
    if isinstance(row, Entry | Evening):
        return row if own is None else with_blanks_filled(row, own)
    if not isinstance(row, Practice):
        return row
    taken = {one.key for one in practices if one.id != row.id}
    return row._replace(key=None) if row.key in taken else row


def _untimed(row: Any) -> Any:
    """A row without the time at which it was logged, to compare its content."""
    return row._replace(logged_at=None) if isinstance(row, Entry | Evening) else row


def conflict_records(reader: Reader) -> list[ConflictRecord]:
    """The rows that lost a conflict, newest first."""
    records = []
    for row in mappings(reader.connection, sql.CONFLICTS):
        with suppress(InvalidRow):
            check_conflict(row)
            records.append(_conflict_record(row))
    return records


def _conflict_record(row: Mapping[Any, Any]) -> ConflictRecord:
    kind, key, day = row["kind"], row["key"], step_day_of(row)
    what, _separator, subject = row["source"].partition(" ")
    value = KINDS[kind].from_json(row["content"])
    return ConflictRecord(row["id"], change_time(row["at"]), what, subject, kind, key, day, value)


def save_record(writer: Writer, record: ConflictRecord) -> tuple[Any, Any]:
    """Saves a row that lost a conflict, now; returns the row that it replaced, None for none, and
    the row that was saved. Raises CalmtrackError where its practice is gone."""
    practices, kind, day = writer.practices(), KINDS[record.kind], record.day
    stored = kind.load(writer, day or date.min, day or date.max).get((record.key, day))
    before = None if stored is None else stored.value
    row = _as_saved(record.row, before, practices)
    if record.kind == "evening":
        writer.save_evenings([row])
    elif record.kind == "kept":
        writer.save_app_state(record.key, row)
    elif record.kind == "practice":
        writer.save_practices([row])
    elif record.key in {practice.id for practice in practices}:
        writer.save_entries([row])
    else:
        raise CalmtrackError(
            _(
                "Record {number} can't be brought back, because its practice isn't in "
                "your diary anymore. Nothing was changed."
            ).format(number=record.number)
        )
    return before, row


def can_amend(writer: Writer, number: int) -> bool:
    """Whether a single row was written and step `number` is the newest and holds only that row:
    then the write can be part of that step (a 1 that becomes a 10)."""
    newest = [tuple(row) for row in writer.connection.rows(sql.NEWEST_STEP)]
    if newest != [(number, False)] or len(writer.before) != 1:
        return False
    return [row[:3] for row in _rows_of(writer, number)] == [writer.before[0][:3]]


def amend(writer: Writer, number: int) -> int | None:
    """Makes the row that was written part of a step that holds only that row; returns the step's
    number, or None where the row is now what it was before the step, which is then deleted."""
    (row,) = _rows_of(writer, number)
    if row.before is None:
        return number
    kind, (key, day) = KINDS[row.kind], _row_key(row)
    now = kind.load(writer, day or date.min, day or date.max).get((key, day))
    if now is None or now.value != kind.from_json(row.before):
        return number
    writer.connection.run(sql.DELETE_STEP, number=number)
    return None


def swap(writer: Writer, only: str | None, is_final: IsFinal, *, undone: bool) -> UndoStep | None:
    """Undoes the newest step, or with `undone` redoes the one that was undone last.

    Returns None when there is none, or when it isn't of the kind `only` (the first word of a step,
    such as "import"). A RESTORE, and a step that `is_final`, are only deleted from the log: the
    step that is returned has no rows. Steps of practices that are missing are deleted too.
    """
    while number := _oldest_undone(writer) if undone else _newest_done(writer):
        ((what, made_at),) = writer.connection.rows(sql.STEP, number=number)
        # A step that can't be read can have a name of any type.
        verb = str(what).partition(" ")[0]
        if only is not None and verb != only:
            return None
        stored = _rows_of(writer, number)
        _check_step(what, stored)
        rows = _with_practice(writer, stored)
        if verb == RESTORE or is_final(verb, _app_state_in(rows)):
            writer.connection.run(sql.DELETE_STEP, number=number)
            return _undo_step(number, what, made_at, ())
        if rows or not stored:
            listed_before = _listed_ids(writer) if verb == "practice" else []
            # Swaps the stored rows with those of the step: once undoes it, twice redoes it.
            _restore(writer, rows, is_incoming=verb in _INCOMING, redo=undone)
            writer.connection.run(sql.DELETE_STEP_ROWS, number=number)
            _save_rows(writer, number)
            writer.connection.run(sql.SET_UNDONE, number=number, is_undone=not undone)
            step = _undo_step(number, what, made_at, rows)
            if verb in _INCOMING:
                step = _with_days(step, rows, {row[:3]: row.before for row in writer.before})
            step = step._replace(
                change=_change_of(step, writer.before, rows),
                changes=_changes_of(step, writer.before, rows),
                counts=_counts_of(step.what, writer.before, rows),
            )
            if verb == "practice":
                step = _with_places(step, listed_before, _listed_ids(writer))
            return step
        writer.connection.run(sql.DELETE_STEP, number=number)
    return None


def _app_state_in(rows: Sequence[RowBefore]) -> dict[str, Any]:
    """The app state in the rows of a step, by its key; None for what wasn't set."""
    kept = KINDS["kept"]
    return {
        row.key: None if row.before is None else kept.from_json(row.before)
        for row in rows
        if row.kind == kept.name
    }


def _with_practice(writer: Writer, rows: Sequence[RowBefore]) -> list[RowBefore]:
    """The rows of a step without entries of practices that neither exist nor are restored by it:
    other programs remove them, and a repair gives one with an impossible id another."""
    ids = {row.key for row in rows if row.kind == "practice"}
    ids |= set(first_column(writer.connection, sql.PRACTICE_IDS))
    return [row for row in rows if row.kind != "entry" or row.key in ids]


def _restore(writer: Writer, rows: Sequence[RowBefore], *, is_incoming: bool, redo: bool) -> None:
    """Writes the rows of a step, and records the rows that they replace.

    Rows are saved in the order of KINDS, and deleted in the opposite one.
    """
    deleted: list[tuple[RowKind, list[RowKey]]] = []
    for kind in KINDS.values():
        of_kind = {_row_key(row): row for row in rows if row.kind == kind.name}
        if not of_kind:
            continue
        days = [day for _, day in of_kind if day is not None]
        own = kind.load(writer, min(days, default=date.min), max(days, default=date.max))
        saved: list[RowChange] = []
        gone: list[RowKey] = []
        for key, row in of_kind.items():
            previous = own.get(key)
            if row.before is None:
                gone.append(key)
            else:
                value = kind.from_json(row.before)
                keeps_time = not redo and (is_incoming or kind.is_blank(value))
                at = _restored_at(writer, row, previous, keeps_time=keeps_time, redo=redo)
                saved.append(RowChange(key, VersionedRow(value, at), previous))
            writer.record_before(kind, key, previous)
            if kind.streak_inputs is not None:
                writer.mark_dirty(key)
        kind.upsert(writer.connection, saved)
        deleted.append((kind, gone))
    for kind, keys in reversed(deleted):
        writer.delete(kind, keys)


def _restored_at(
    writer: Writer, row: RowBefore, previous: VersionedRow | None, *, keeps_time: bool, redo: bool
) -> str:
    """The time of change of a restored row.

    A merge of two diaries keeps the row that was changed last. So a row that the person's own
    change had replaced is restored with a time just after that change: it wins over the changed row
    wherever that was merged, and loses to a later change on another machine. A blank row, and every
    row that an import or merge had replaced, gets its earlier time back, so that importing the same
    file again brings back what was undone.
    """
    present = None if previous is None else previous.updated_at
    if keeps_time and row.updated_at is not None:
        return row.updated_at
    if redo:
        times = [at for at in (row.updated_at, present) if at is not None]
        return clock.just_after(max(times)) if times else writer.at
    if present is not None:
        return clock.just_after(present)
    return row.updated_at or writer.at


def _save_rows(writer: Writer, number: int) -> None:
    """Saves the rows of a step; of a row that was written twice, its first state."""
    cells = [(number, *row) for row in (*writer.before, *writer.details)]
    writer.connection.run_many(sql.INSERT_STEP_ROW, cells)


def _already_recorded(writer: Writer, rows: Sequence[RowBefore]) -> set[tuple[str, ...]]:
    """Those of the rows that have a record, without their times. Reads only the records of their
    days, or all records for more days than one query may name."""
    wanted, days = {row[:4] for row in rows}, {row.day for row in rows}
    if len(days) <= BATCH_SIZE:
        found = writer.connection.batches(sql.CONFLICTS_ON, BATCH_SIZE, days=list(days))
    else:
        found = writer.connection.batches(sql.CONFLICTS_OF, BATCH_SIZE)
    with closing(found):
        return {tuple(row) for some in found for row in some if tuple(row) in wanted}


def _newest_done(writer: Writer) -> int:
    """The number of the newest step that is not undone; 0 for none."""
    return next(iter(first_column(writer.connection, sql.NEWEST_STEPS, most=1)), 0)


def _oldest_undone(writer: Writer) -> int:
    """The number of the step undone last, which is the next one to redo; 0 for none."""
    newest_done = _newest_done(writer)
    return next(iter(first_column(writer.connection, sql.OLDEST_UNDONE, number=newest_done)), 0)


def _rows_of(reader: Reader, number: int, *, with_content: bool = True) -> list[RowBefore]:
    """The rows of a step as stored, without `with_content` the keys only of all but practices; an
    invalid time of change reads as none."""
    statement = sql.STEP_ROWS if with_content else sql.STEP_ROW_KEYS
    return [
        RowBefore(kind, key, day, before, at if at and at == change_time(at) else None)
        for kind, key, day, before, at in reader.connection.rows(statement, number=number)
    ]


def _row_key(row: RowBefore) -> RowKey:
    return row.key, step_day_of(row._asdict())


def _validate_step(what: object, rows: Sequence[RowBefore]) -> None:
    """Raises InvalidRow for a step that calmtrack could not have recorded."""
    step_of({"what": what})
    for row in rows:
        step_row_of(row._asdict())


def _check_step(what: object, rows: Sequence[RowBefore]) -> None:
    """As `_validate_step`, but raises CalmtrackError, with what to do."""
    try:
        _validate_step(what, rows)
    except InvalidRow as error:
        raise CalmtrackError(
            _(
                "This step of the undo history can't be read, so nothing was changed. Run "
                '"calmtrack doctor --repair" to fix it.'
            )
        ) from error


def _change_of(
    step: UndoStep, before: Sequence[RowBefore], after: Sequence[RowBefore]
) -> tuple[Any, Any] | None:
    """The only row of a step, before and after undo or redo; None for a step of several rows. For a
    change of a practice, its row without those of its days, nor those of practices that only take
    another place. A row that undo or redo deletes is in `before` twice."""
    if step.what == "practice":
        old, new = _practices_in(before), _practices_in(after)
        if step.subject in new and all(
            _is_moved(old.get(key), new[key]) for key in new if key != step.subject
        ):
            return old.get(step.subject), new[step.subject]
        before, after = (
            [row for row in rows if row.kind == "practice"] for rows in (before, after)
        )
    if len(after) != 1 or len(set(before)) != 1:
        return None
    from_json = KINDS[after[0].kind].from_json
    was, now = (None if text is None else from_json(text) for text in (before[0][3], after[0][3]))
    return was, now


def _changes_of(
    step: UndoStep, before: Sequence[RowBefore], after: Sequence[RowBefore]
) -> tuple[tuple[Entry | None, Entry | None], ...]:
    """The entries of a few practices that one command changed, before and after undo or redo; empty
    for other steps."""
    if step.what not in _OF_SEVERAL or not 1 < len(after) <= MOST_CHANGES:
        return ()
    from_json = KINDS["entry"].from_json
    old = {row[:3]: row.before for row in before}
    pairs = ((old.get(row[:3]), row.before) for row in after if row.kind == "entry")
    return tuple(
        (None if was is None else from_json(was), None if now is None else from_json(now))
        for was, now in pairs
    )


def _is_moved(was: Practice | None, now: Practice | None) -> bool:
    return was is not None and now is not None and was._replace(position=now.position) == now


def _listed_ids(writer: Writer) -> list[str]:
    """The practices of the list in their order."""
    practices = writer.practices()
    return [one.id for one in practices if all(span.to_day for span in one.out_of_list)]


def _with_places(step: UndoStep, before: Sequence[str], now: Sequence[str]) -> UndoStep:
    """The step, with the places of its practice in the list if nothing else of it was changed."""
    if step.change is None or not _is_moved(*step.change):
        return step
    if step.subject not in before or step.subject not in now:
        return step
    return step._replace(places=(before.index(step.subject) + 1, now.index(step.subject) + 1))


def _counts_of(what: str, before: Sequence[RowBefore], after: Sequence[RowBefore]) -> StepCounts:
    """The entries and evenings of a step, but for those of which only the time changed, and blank
    ones that still are; of practices, those whose settings changed."""
    earlier = {row[:3]: row.before for row in before}
    of_days = (row for row in after if KINDS[row.kind].has_days)
    kinds = Counter(row.kind for row in of_days if _differs(row, earlier.get(row[:3])))
    old, new = _practices_in(before), _practices_in(after)
    changed = [one for one in new if _settings_of(old.get(one)) != _settings_of(new[one])]
    ids = {*changed, *(row.key for row in after if row.kind == "entry")}
    rest_days = None
    if what == "rest":
        rest_days = _rest_days_in(dict.fromkeys(before)), _rest_days_in(after)
    pairs = [(old.get(one), new[one]) for one in changed]
    return StepCounts(
        tuple(sorted(ids)),
        tuple(one.name for pair in pairs if None in pair for one in pair if one is not None),
        tuple(now.name for was, now in pairs if was is not None and now is not None),
        kinds["entry"],
        kinds["evening"],
        rest_days,
    )


def _differs(row: RowBefore, earlier: str | None) -> bool:
    """Whether the content of an entry or evening in the undo log is another one than `earlier`,
    whenever it was logged. An import can have many thousands, so few are read."""
    kind = KINDS[row.kind]
    was, now = (_unless_blank(kind, text) for text in (earlier, row.before))
    if was is None or now is None:
        return was is not now
    return bool(_untimed(kind.from_json(was)) != _untimed(kind.from_json(now)))


def _unless_blank(kind: RowKind, text: str | None) -> str | None:
    """The content of an entry or evening; None for one that holds nothing."""
    if text is not None and ('"cleared"' in text or '"calm": null' in text):
        return None if kind.is_blank(kind.from_json(text)) else text
    return text


def _settings_of(practice: Practice | None) -> Practice | None:
    """A practice without its place and its first day, which an import of earlier days changes."""
    if practice is None:
        return None
    first, *later = practice.goals
    goals = (first._replace(from_day=date.min), *later)
    return practice._replace(position=0, added_on=date.min, goals=goals)


def _rest_days_in(rows: Iterable[RowBefore]) -> int:
    """How many of the rows are rest days."""
    entries = (KINDS[row.kind].from_json(row.before) for row in rows if row.before is not None)
    return sum(isinstance(one, Entry) and one.state is EntryState.REST for one in entries)


def _contents_after(
    reader: Reader, step: UndoStep, rows: Sequence[RowBefore]
) -> dict[RowName, str | None]:
    """What the diary holds now in the rows of a step that have days; None for a missing one."""
    first, last = step.first_day or date.min, step.last_day or date.max
    contents = {}
    for kind in (one for one in KINDS.values() if one.has_days):
        own = kind.load(reader, first, last)
        for row in (one for one in rows if one.kind == kind.name):
            now = own.get(_row_key(row))
            contents[row[:3]] = None if now is None else kind.to_json(now.value)
    return contents


def _with_days(
    step: UndoStep, rows: Iterable[RowBefore], others: Mapping[RowName, str | None]
) -> UndoStep:
    """The step with the first and last of the days on which its rows have another content than
    `others`, not another time alone; as it was without any."""
    of_days = (row for row in rows if KINDS[row.kind].has_days)
    days = [_row_key(row)[1] for row in of_days if _differs(row, others.get(row[:3]))]
    found = [day for day in days if day is not None]
    return step._replace(first_day=min(found), last_day=max(found)) if found else step


def _undo_step(number: int, what: str, at: object, rows: Sequence[RowBefore]) -> UndoStep:
    verb, _separator, subject = what.partition(" ")
    days = sorted(day for row in rows if (day := step_day_of(row._asdict())) is not None)
    first, last = (days[0], days[-1]) if days else (None, None)
    return UndoStep(verb, subject, first, last, len(rows), change_time(at), number=number)
