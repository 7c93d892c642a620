"""The undo log: each step stores the rows it replaced, so that it can be undone and redone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update

from tracker.errors import CalmtrackError
from tracker.i18n.messages import _
from tracker.models import Entry, EntryState, Evening, UndoStep
from tracker.store import tables as t
from tracker.store.mapping import (
    InvalidRow,
    entry_from_json,
    evening_from_json,
    practice_from_json,
    step_of,
    step_row_of,
)
from tracker.store.reader import BATCH_SIZE
from tracker.store.writer import Writer, execute_many, upsert


def record(writer: Writer, what: str) -> int | None:
    """Records what was written as the newest step, named `what` ("log hug"); ends redo.

    Returns the step's number, or None if nothing had changed.
    """
    if not writer.before:
        return None
    return _add_step(writer, what, writer.before)


def record_conflicts(
    writer: Writer, what: str, conflicts: Sequence[tuple[dict[str, Any], str]]
) -> None:
    """Records rows that lost a conflict, each with the canonical JSON of the diary's own row.

    They become two steps that cancel out: one that would have saved the lost rows, and one that
    restored the diary's. Undoing the second shows what lost. Rows that an earlier step holds are
    left out. Comes before `record` of the same act, so that undoing the act touches only its rows.

    Each row is as in `Writer.before`, its `before` being what lost.
    """
    recorded = _already_recorded(writer, [row for row, _ in conflicts])
    new = {_row_key(r): (r, own) for r, own in conflicts if tuple(r.values()) not in recorded}
    if new:
        _add_step(writer, what, [row | {"before": own} for row, own in new.values()])
        _add_step(writer, what, [row for row, _ in new.values()])


def _add_step(writer: Writer, what: str, rows: Sequence[dict[str, Any]]) -> int:
    """Adds the newest step with its rows; of a row that was written twice, its first state."""
    writer.connection.execute(delete(t.change).where(t.change.c.id > _newest_done(writer)))
    step = {"at": writer.at, "what": what, "undone": False}
    number: int = writer.connection.execute(
        insert(t.change).returning(t.change.c.id), [step]
    ).scalar_one()
    cells = [(number, row["kind"], row["key"], row["day"], row["before"]) for row in rows]
    execute_many(writer.connection, t.change_row, cells, replace=False)
    return number


def _already_recorded(writer: Writer, rows: Sequence[dict[str, Any]]) -> set[tuple[Any, ...]]:
    """Those of the rows that a step which is not undone holds. Scans the log for their days, or
    all of it for more days than one query may name."""
    wanted, days = {tuple(row.values()) for row in rows}, {row["day"] for row in rows}
    c = t.change_row.c
    query = select(c.kind, c.key, c.day, c.before).join(t.change).where(~t.change.c.undone)
    if len(days) <= BATCH_SIZE:
        query = query.where(c.day.in_(days))
    with writer.connection.execute(query.execution_options(yield_per=BATCH_SIZE)) as result:
        return {tuple(row) for row in result if tuple(row) in wanted}


def can_amend(writer: Writer, number: int) -> bool:
    """Whether a single row was written and step `number` is the newest and holds only that row:
    then the write can be part of that step (a 1 that becomes a 10)."""
    newest = writer.connection.execute(
        select(t.change.c.id, t.change.c.undone).order_by(t.change.c.id.desc()).limit(1)
    ).one_or_none()
    if newest is None or newest.id != number or newest.undone or len(writer.before) != 1:
        return False
    row = writer.before[0]
    return [_row_key(r) for r in _rows_of(writer, number)] == [_row_key(row)]


def undo(writer: Writer) -> UndoStep | None:
    """Undoes the newest step; None when there is none left."""
    return _swap(writer, undone=False)


def redo(writer: Writer) -> UndoStep | None:
    """Redoes the step that was undone last; None when there is none."""
    return _swap(writer, undone=True)


def _swap(writer: Writer, *, undone: bool) -> UndoStep | None:
    """Swaps the stored rows with those of a step: once undoes it, twice redoes it."""
    connection = writer.connection
    number = _oldest_undone(writer) if undone else _newest_done(writer)
    if not number:
        return None
    what = connection.execute(select(t.change.c.what).where(t.change.c.id == number)).scalar_one()
    rows = _rows_of(writer, number)
    _check_step(what, rows)
    _restore(writer, rows)
    previous = {_row_key(row): row["before"] for row in writer.before}
    upsert(
        connection,
        t.change_row,
        [row | {"before": previous.get(_row_key(row), row["before"])} for row in rows],
    )
    connection.execute(update(t.change).where(t.change.c.id == number).values(undone=not undone))
    return _undo_step(what, rows)


def _newest_done(writer: Writer) -> int:
    """The number of the newest step that is not undone; 0 for none.

    Undone steps are the newest of all, so a scan from the end is short however long the log is.
    """
    newest = select(t.change.c.id).where(~t.change.c.undone).order_by(t.change.c.id.desc()).limit(1)
    return writer.connection.execute(newest).scalar_one_or_none() or 0


def _oldest_undone(writer: Writer) -> int:
    following = t.change.c.id > _newest_done(writer)
    oldest = select(t.change.c.id).where(following).order_by(t.change.c.id).limit(1)
    return writer.connection.execute(oldest).scalar_one_or_none() or 0


def _rows_of(writer: Writer, number: int) -> list[dict[str, Any]]:
    query = select(t.change_row).where(t.change_row.c.change_id == number)
    return [dict(row) for row in writer.connection.execute(query).mappings()]


def _row_key(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["kind"], row["key"], row["day"]


def _check_step(what: object, rows: list[dict[str, Any]]) -> None:
    """Raises CalmtrackError for a step that calmtrack could not have recorded."""
    try:
        step_of({"what": what})
        for row in rows:
            step_row_of(row)
    except InvalidRow as error:
        raise CalmtrackError(
            _(
                "This step of the undo log can't be read, so nothing was changed. Run “calmtrack "
                "doctor --repair” to fix it."
            )
        ) from error


def _undo_step(what: str, rows: list[dict[str, Any]]) -> UndoStep:
    verb, _, subject = what.partition(" ")
    days = sorted(row["day"] for row in rows if row["day"])
    first, last = (date.fromisoformat(d) for d in (days[0], days[-1])) if days else (None, None)
    return UndoStep(verb, subject, first, last, len(rows))


def _restore(writer: Writer, rows: list[dict[str, Any]]) -> None:
    """Saves every row as the step recorded it: practices before the entries that reference them,
    deletions of practices last."""
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append(row)
    saved: list[dict[str, Any]] = []
    deleted: list[dict[str, Any]] = []
    for row in by_kind.get("practice", []):
        (deleted if row["before"] is None else saved).append(row)
    for row in saved:
        writer.save_practice(practice_from_json(row["before"]))
    writer.save_entries([_entry(row) for row in by_kind.get("entry", [])])
    writer.save_evenings([_evening(row) for row in by_kind.get("evening", [])])
    for row in by_kind.get("kept", []):
        _restore_app_state(writer, row)
    for row in deleted:
        writer.remove_practice(row["key"])


def _entry(row: dict[str, Any]) -> Entry:
    if row["before"] is not None:
        return entry_from_json(row["before"])
    # A row that did not exist becomes a cleared one, so that merges see its deletion.
    return Entry(date.fromisoformat(row["day"]), row["key"], EntryState.CLEARED, None, "", None)


def _evening(row: dict[str, Any]) -> Evening:
    if row["before"] is not None:
        return evening_from_json(row["before"])
    return Evening(date.fromisoformat(row["day"]), None, "", None)


def _restore_app_state(writer: Writer, row: dict[str, Any]) -> None:
    if row["before"] is not None:
        writer.save_app_state(row["key"], json.loads(row["before"]))
        return
    old = writer.app_state().get(row["key"])
    writer.before.append(row | {"before": json.dumps(old)})
    writer.connection.execute(delete(t.kept).where(t.kept.c.key == row["key"]))
