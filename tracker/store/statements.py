"""The statements of Reader, Writer and the undo log, in SQLAlchemy Core.

A server runs them as they are here. For a diary file they are compiled beforehand, to the SQL in
`sqlite_statements` (`.ci/statements.py`), because importing SQLAlchemy takes longer than a command
does. A statement that is not run often needs none of this: see `Connection.core`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Integer,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    delete,
    desc,
    func,
    insert,
    null,
    nulls_first,
    or_,
    select,
    text,
    union,
    union_all,
    update,
)

from tracker.models import EntryState
from tracker.store.tables import (
    change,
    change_row,
    conflict_record,
    diary_id,
    entry,
    evening,
    goal,
    kept,
    out_of_list,
    practice,
    streak_state,
)

RATINGS_BEFORE_TREND = 7
"""Rated evenings needed before the calm trend is defined (rules/calm.py)."""

_not_cleared = entry.c.state != EntryState.CLEARED.value
"""Leaves out tombstones of cleared entries, which only merge and JSON read."""

_of_practice = entry.c.practice_id == bindparam("practice_id")
_days: BindParameter[Any] = bindparam("days", expanding=True)
_practice_ids: BindParameter[Any] = bindparam("practice_ids", expanding=True)
_most = bindparam("most", type_=Integer)


def _in_range(table: Table) -> ColumnElement[bool]:
    return and_(table.c.day >= bindparam("first"), table.c.day <= bindparam("last"))


# Practices and app state

PRACTICES = select(practice).order_by(practice.c.position, practice.c.id)
PRACTICE_IDS = select(practice.c.id)
GOALS = select(goal).order_by(goal.c.from_day)
SPANS = select(out_of_list).order_by(out_of_list.c.from_day)
APP_STATE = select(kept).order_by(kept.c.key)
DIARY_ID = select(diary_id.c.id).order_by(diary_id.c.id)

# Entries

_listed_entries = select(entry).join(practice)
_in_list_order = practice.c.position, practice.c.id

ENTRIES = (
    _listed_entries.where(_in_range(entry), _not_cleared)
    .order_by(entry.c.day, *_in_list_order)
)  # fmt: skip
ENTRIES_OF = select(entry).where(_of_practice, _not_cleared).order_by(entry.c.day)
ENTRIES_ON = (
    _listed_entries.where(entry.c.day.in_(_days), _not_cleared)
    .order_by(entry.c.day.desc(), *_in_list_order)
)  # fmt: skip
ENTRY_TUPLES = (
    select(
        cast(entry.c.day, Text).label("day"),
        *(entry.c.practice_id, entry.c.state, entry.c.amount, entry.c.note, entry.c.logged_at),
    )
    .join(practice)
    .where(_in_range(entry), _not_cleared)
    .order_by(entry.c.day, *_in_list_order)
)
STORED_ENTRIES = select(entry).where(_in_range(entry))
"""Cleared ones included, as in the next two."""
STORED_ENTRIES_OF = STORED_ENTRIES.where(entry.c.practice_id.in_(_practice_ids))
ALL_ENTRIES = _listed_entries.order_by(entry.c.day, entry.c.practice_id)
STATES_BY_DAY = (
    select(entry.c.day, entry.c.state, entry.c.amount)
    .where(_of_practice, _in_range(entry), _not_cleared)
    .order_by(entry.c.day)
)
LIVED_DAYS = select(entry.c.day).where(
    _of_practice,
    _in_range(entry),
    entry.c.state == EntryState.LOGGED.value,
    or_(entry.c.amount > 0, entry.c.note != ""),
)
ANY_ENTRY = select(entry.c.day).limit(1)
FIRST_DAYS = select(
    practice.c.id,
    select(entry.c.day)
    .where(entry.c.practice_id == practice.c.id, _not_cleared)
    .order_by(entry.c.day)
    .limit(1)
    .scalar_subquery()
    .label("day"),
)
"""One index lookup for each practice."""

# Evenings

EVENINGS = select(evening).where(_in_range(evening)).order_by(evening.c.day)
EVENINGS_ON = select(evening).where(evening.c.day.in_(_days))
ALL_EVENINGS = select(evening).order_by(evening.c.day)
"""Also those whose day is none, which SQLite allows."""
ANY_EVENING = select(evening.c.day).limit(1)
RATED_DAYS = select(evening.c.day).where(
    _in_range(evening), evening.c.calm.between(bindparam("lowest"), bindparam("highest"))
)
RATINGS = (
    select(evening.c.day, evening.c.logged_at)
    .where(evening.c.day <= bindparam("last"), evening.c.calm.is_not(None))
    .order_by(evening.c.day)
)
RATINGS_BEFORE = (
    select(evening)
    .where(evening.c.day < bindparam("first"), evening.c.calm.is_not(None))
    .order_by(evening.c.day.desc())
    .limit(RATINGS_BEFORE_TREND)
)

# Evenings and entries together

LATEST_DAYS = (
    union(
        select(evening.c.day).where(
            _in_range(evening), or_(evening.c.calm.is_not(None), evening.c.note != "")
        ),
        select(entry.c.day).where(_in_range(entry), _not_cleared),
    )
    .order_by(desc("day"))
    .limit(_most)
)
"""Both tables are keyed by day, so that only these rows are read."""


def _has_sign(note: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a note contains either of two signs; any does if a sign is empty."""
    return or_(note.contains(bindparam("sign")), note.contains(bindparam("or_sign")))


# SQLite and PostgreSQL sort NULL differently by default.
NOTES = union_all(
    select(entry.c.day, entry.c.practice_id, entry.c.note)
    .join(practice)
    .where(_not_cleared, _in_range(entry), entry.c.note != "", _has_sign(entry.c.note)),
    select(evening.c.day, null(), evening.c.note).where(
        _in_range(evening), evening.c.note != "", _has_sign(evening.c.note)
    ),
).order_by("day", nulls_first(text("practice_id")))
"""By day; within a day the evening's first, then practices by id."""

REASONS_WITH = select(entry.c.day, entry.c.practice_id, entry.c.state).where(
    or_(entry.c.state == EntryState.REST.value, entry.c.amount == 0, entry.c.amount.is_(None)),
    _has_sign(entry.c.note),
)
"""Of rest days, of explicit noes and where nothing was logged: there a note is the reason."""

# Cached streak states

_states_of_practice = streak_state.c.practice_id == practice.c.id

SETTLED = select(
    practice.c.id,
    select(streak_state.c.state)
    .where(_states_of_practice, streak_state.c.settled_day < bindparam("before"))
    .order_by(streak_state.c.settled_day.desc())
    .limit(1)
    .scalar_subquery()
    .label("state"),
)
LAST_CACHED_DAYS = select(
    practice.c.id,
    select(func.max(streak_state.c.settled_day))
    .where(_states_of_practice)
    .scalar_subquery()
    .label("day"),
)
STREAK_STATES = (
    select(streak_state.c.settled_day, streak_state.c.state)
    .where(streak_state.c.practice_id == bindparam("practice_id"))
    .order_by(streak_state.c.settled_day)
)
DELETE_STREAK_STATES = delete(streak_state).where(streak_state.c.practice_id.in_(_practice_ids))
DELETE_STREAK_STATES_SINCE = DELETE_STREAK_STATES.where(
    streak_state.c.settled_day >= bindparam("since")
)

# The undo log

_newest_first = change.c.id.desc()

NEWEST_STEPS = select(change).where(~change.c.undone).order_by(_newest_first).limit(_most)
"""Undone steps are the newest of all, so that a scan from the end is short however long the log."""
NEWEST_STEP = select(change.c.id, change.c.undone).order_by(_newest_first).limit(1)
OLDEST_UNDONE = (
    select(change.c.id).where(change.c.id > bindparam("number")).order_by(change.c.id).limit(1)
)
STEP = select(change.c.what, change.c.at).where(change.c.id == bindparam("number"))
INSERT_STEP = insert(change).returning(change.c.id)
SET_UNDONE = (
    update(change).where(change.c.id == bindparam("number")).values(undone=bindparam("is_undone"))
)
DELETE_STEP = delete(change).where(change.c.id == bindparam("number"))
DELETE_STEPS_AFTER = delete(change).where(change.c.id > bindparam("number"))

_of_step = change_row.c.change_id == bindparam("number")
_row_key = change_row.c.kind, change_row.c.key, change_row.c.day

STEP_ROWS = select(*_row_key, change_row.c.before, change_row.c.updated_at).where(_of_step)
STEP_ROW_KEYS = select(
    *_row_key,
    case((change_row.c.kind == "practice", change_row.c.before)).label("before"),
    null().label("updated_at"),
).where(_of_step)
"""The content of a step's practices, and the keys only of its other rows."""
ENTRIES_BEFORE_STEPS = (
    select(change_row.c.key, change_row.c.day, change_row.c.before)
    .join(change, change.c.id == change_row.c.change_id)
    .where(
        ~change.c.undone,
        change_row.c.kind == "entry",
        change_row.c.day.between(bindparam("first_text"), bindparam("last_text")),
    )
    .order_by(change.c.id)
)
"""What entries were before each step that changed them, oldest step first. Scans the log once."""
EVENING_BEFORE_STEPS = (
    select(change_row.c.before)
    .join(change, change.c.id == change_row.c.change_id)
    .where(
        ~change.c.undone, change_row.c.kind == "evening", change_row.c.day == bindparam("day_text")
    )
    .order_by(change.c.id)
)
"""What an evening was before each step that changed it, oldest step first. Scans the log once."""
DELETE_STEP_ROWS = delete(change_row).where(_of_step)

CONFLICTS = select(conflict_record).order_by(conflict_record.c.id.desc())
CONFLICTS_OF = select(
    *(conflict_record.c.kind, conflict_record.c.key),
    *(conflict_record.c.day, conflict_record.c.content),
)
CONFLICTS_ON = CONFLICTS_OF.where(conflict_record.c.day.in_(_days))

# Changes of practices, entries and app state

CORRECT_ADDED_ON = (
    update(practice)
    .where(practice.c.added_on > bindparam("today"))
    .values(added_on=bindparam("today"))
    .returning(practice.c.id)
)
CORRECT_BEGUN_ON = (
    update(kept)
    .where(kept.c.key == "begun_on", kept.c.value > bindparam("day"))
    .values(value=bindparam("day"))
)
DELETE_PRACTICE = delete(practice).where(practice.c.id == bindparam("practice_id"))
DELETE_GOALS_OF, DELETE_SPANS_OF, DELETE_ENTRIES_OF = (
    delete(table).where(table.c.practice_id == bindparam("practice_id"))
    for table in (goal, out_of_list, entry)
)
DELETE_APP_STATE = delete(kept).where(kept.c.key == bindparam("key"))
DELETE_ENTRY = delete(entry).where(entry.c.day == bindparam("day"), _of_practice)
DELETE_EVENING = delete(evening).where(evening.c.day == bindparam("day"))
INSERT_CONFLICT = insert(conflict_record)


def statements(dialect_insert: Callable[[Table], Any]) -> dict[str, Executable]:
    """All statements by name. `dialect_insert` is the dialect's own `insert`, for upserts."""
    named = {
        name: one
        for name, one in globals().items()
        if name.isupper() and isinstance(one, Executable)
    }
    for table in (practice, goal, out_of_list, entry, evening, kept, streak_state):
        named[f"UPSERT_{table.name.upper()}"] = _upsert(dialect_insert(table), table)
    # A row that is written twice in one step keeps its first state.
    named["INSERT_STEP_ROW"] = dialect_insert(change_row).on_conflict_do_nothing()
    return named


def _upsert(statement: Any, table: Table) -> Any:
    key = [column.name for column in table.primary_key]
    others = {one.name: statement.excluded[one.name] for one in table.c if one.name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=others)
