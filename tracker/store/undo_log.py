"""The undo log: every step can be taken back and done again, whoever made it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update

from tracker.models import Entry, EntryState, Evening, UndoStep
from tracker.store import tables as t
from tracker.store.mapping import (
    entry_from_json,
    evening_from_json,
    practice_from_json,
)
from tracker.store.reader import BATCH_SIZE
from tracker.store.writer import Writer, insert_new, upsert

LONG = 10_000
"""Rows that a step remembers before they are kept in the log."""


def record(writer: Writer, what: str) -> int | None:
    """Keeps what was written as the newest step, named `what` ("log hug").

    A new step ends redo. Returns its number, or None if nothing had changed.
    """
    if not writer.before and writer.step is None:
        return None
    if writer.step is None:
        _end_redo(writer)
        writer.step = _new_step(writer, what)
    _keep_rows(writer, writer.step, writer.before)
    _give_back_unused(writer)
    return writer.step


def flush(writer: Writer, what: str, losing: list[tuple[dict[str, Any], str]]) -> None:
    """Keeps what a long step has written, and what lost in it, up to now, so that it need not be
    remembered: an import of any size takes little memory. `losing` is as `keep_losing` has it,
    and is emptied once it is kept."""
    if len(losing) >= LONG:
        record_conflicts(writer, what, losing)
        losing.clear()
    if len(writer.before) < LONG:
        return
    days = [row for row in writer.before if row["day"]]
    _keep_rows(writer, long_step(writer, what), days)
    # The others are few, and tell the streaks what to fold anew.
    writer.before = [row for row in writer.before if not row["day"]]


def long_step(writer: Writer, what: str) -> int:
    """The number of a step that is kept bit by bit; begins it."""
    if writer.step is None:
        _reserve(writer, what)
        writer.step = _new_step(writer, what)
    return writer.step


def _keep_rows(writer: Writer, number: int, rows: list[dict[str, Any]]) -> None:
    """Keeps rows of a step; of one that was written twice, how it was before the first time."""
    insert_new(writer.connection, t.change_row, [row | {"change_id": number} for row in rows])


def _reserve(writer: Writer, what: str) -> None:
    """Makes the two steps for what loses, which come before the step itself."""
    if not writer.reserved:
        _end_redo(writer)
        writer.reserved = [_new_step(writer, what) for _ in range(2)]


def _give_back_unused(writer: Writer) -> None:
    if not writer.reserved:
        return
    has_rows = select(t.change_row.c.change_id).where(t.change_row.c.change_id == t.change.c.id)
    unused = t.change.c.id.in_(writer.reserved) & ~has_rows.exists()
    writer.connection.execute(delete(t.change).where(unused))


def _end_redo(writer: Writer) -> None:
    writer.connection.execute(delete(t.change).where(t.change.c.id > _newest_done(writer)))


def _new_step(writer: Writer, what: str) -> int:
    made = insert(t.change).returning(t.change.c.id)
    row = {"at": writer.at, "what": what, "undone": False}
    number: int = writer.connection.execute(made, [row]).scalar_one()
    return number


def record_conflicts(writer: Writer, what: str, rows: Sequence[tuple[dict[str, Any], str]]) -> None:
    """Keeps rows that lost to the diary's own, each with the diary's, as two steps that come to
    nothing: one that took them in, and one that put the diary's back. Undoing the second shows
    what lost. A row that the log holds already is not kept twice. May be called again and again
    within a step.

    Each row is as `Writer.before` has it, its `before` being what lost.
    """
    held = _already_recorded(writer, [row for row, _ in rows])
    new = {_row_key(row): (row, own) for row, own in rows if tuple(row.values()) not in held}
    if not new:
        return
    _reserve(writer, what)
    befores = [own for _, own in new.values()], [row["before"] for row, _ in new.values()]
    for number, texts in zip(writer.reserved, befores, strict=True):
        kept = zip(new.values(), texts, strict=True)
        _keep_rows(writer, number, [row | {"before": before} for (row, _), before in kept])


def _already_recorded(writer: Writer, rows: Sequence[dict[str, Any]]) -> set[tuple[Any, ...]]:
    """Those of the rows that earlier steps hold which are not undone. The log may be long, and
    is gone through from its beginning; what this very step has kept in it so far is not."""
    wanted, days = {tuple(row.values()) for row in rows}, {row["day"] for row in rows}
    c = t.change_row.c
    found = select(c.kind, c.key, c.day, c.before).join(t.change).where(~t.change.c.undone)
    if writer.reserved:
        found = found.where(c.change_id < writer.reserved[0])
    if len(days) <= BATCH_SIZE:
        found = found.where(c.day.in_(days))
    with writer.connection.execute(found.execution_options(yield_per=BATCH_SIZE)) as held:
        return {tuple(one) for one in held if tuple(one) in wanted}


def can_amend(writer: Writer, number: int) -> bool:
    """Whether what was written is one row, and the newest step, `number`, is about that very
    row: then it belongs to that step (a 1 that becomes a 10)."""
    newest = writer.connection.execute(
        select(t.change.c.id, t.change.c.undone).order_by(t.change.c.id.desc()).limit(1)
    ).one_or_none()
    if newest is None or newest.id != number or newest.undone or len(writer.before) != 1:
        return False
    row = writer.before[0]
    return [_row_key(r) for r in _rows_of(writer, number)] == [_row_key(row)]


def undo(writer: Writer) -> UndoStep | None:
    """Takes back the newest step; None when there is none left."""
    return _swap(writer, undone=False)


def redo(writer: Writer) -> UndoStep | None:
    """Does again the step that was taken back last; None when there is none."""
    return _swap(writer, undone=True)


def _swap(writer: Writer, *, undone: bool) -> UndoStep | None:
    """Swaps the rows of a step with how they were, so that the same swap brings them back."""
    connection = writer.connection
    number = _oldest_undone(writer) if undone else _newest_done(writer)
    if not number:
        return None
    what = connection.execute(select(t.change.c.what).where(t.change.c.id == number)).scalar_one()
    rows = _rows_of(writer, number)
    _restore(writer, rows)
    were = {_row_key(row): row["before"] for row in writer.before}
    upsert(
        connection,
        t.change_row,
        [row | {"before": were.get(_row_key(row), row["before"])} for row in rows],
    )
    connection.execute(update(t.change).where(t.change.c.id == number).values(undone=not undone))
    return _named(what, rows)


def _newest_done(writer: Writer) -> int:
    """The number of the newest step that is not undone; 0 for none.

    Undone steps are the newest ones of all, so both are found from the end, however long the
    log is.
    """
    newest = select(t.change.c.id).where(~t.change.c.undone).order_by(t.change.c.id.desc()).limit(1)
    return writer.connection.execute(newest).scalar_one_or_none() or 0


def _oldest_undone(writer: Writer) -> int:
    following = t.change.c.id > _newest_done(writer)
    oldest = select(t.change.c.id).where(following).order_by(t.change.c.id).limit(1)
    return writer.connection.execute(oldest).scalar_one_or_none() or 0


def _rows_of(writer: Writer, number: int) -> list[dict[str, Any]]:
    found = writer.connection.execute(
        select(t.change_row).where(t.change_row.c.change_id == number)
    )
    return [dict(row) for row in found.mappings()]


def _row_key(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["kind"], row["key"], row["day"]


def _named(what: str, rows: list[dict[str, Any]]) -> UndoStep:
    verb, _, subject = what.partition(" ")
    days = sorted(row["day"] for row in rows if row["day"])
    first, last = (date.fromisoformat(d) for d in (days[0], days[-1])) if days else (None, None)
    return UndoStep(verb, subject, first, last, len(rows))


def _restore(writer: Writer, rows: list[dict[str, Any]]) -> None:
    """Puts every row as the step remembers it, practices before the entries that need them
    and the removal of a practice after them."""
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append(row)
    made: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    for row in by_kind.get("practice", []):
        (gone if row["before"] is None else made).append(row)
    for row in made:
        writer.put_practice(practice_from_json(row["before"]))
    writer.put_entries([_entry(row) for row in by_kind.get("entry", [])])
    writer.put_evenings([_evening(row) for row in by_kind.get("evening", [])])
    for row in by_kind.get("kept", []):
        _restore_kept(writer, row)
    for row in gone:
        writer.remove_practice(row["key"])


def _entry(row: dict[str, Any]) -> Entry:
    if row["before"] is not None:
        return entry_from_json(row["before"])
    # A row that was not there stays as a cleared one, so that a merge sees it go.
    return Entry(date.fromisoformat(row["day"]), row["key"], EntryState.CLEARED, None, "", None)


def _evening(row: dict[str, Any]) -> Evening:
    if row["before"] is not None:
        return evening_from_json(row["before"])
    return Evening(date.fromisoformat(row["day"]), None, "", None)


def _restore_kept(writer: Writer, row: dict[str, Any]) -> None:
    if row["before"] is not None:
        writer.put_kept(row["key"], json.loads(row["before"]))
        return
    old = writer.kept().get(row["key"])
    writer.before.append(row | {"before": json.dumps(old)})
    writer.connection.execute(delete(t.kept).where(t.kept.c.key == row["key"]))
