"""The diary's id, records of rows that lost a conflict, times of change in the undo log, and an
empty cache of streaks."""

import json
from itertools import pairwise
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

CHANGE = sa.table(
    "change", sa.column("id"), sa.column("at"), sa.column("what"), sa.column("undone")
)
CHANGE_ROW = sa.table("change_row", *map(sa.column, ("change_id", "kind", "key", "day", "before")))


def upgrade() -> None:
    """Adds two tables and a column, and turns the conflicts in the undo log into records."""
    diary_id = op.create_table(
        "diary_id", sa.Column("id", sa.Text), sa.PrimaryKeyConstraint("id", name="pk_diary_id")
    )
    op.bulk_insert(diary_id, [{"id": token_hex(16)}])
    conflict_record = op.create_table(
        "conflict_record",
        sa.Column("id", sa.Integer, autoincrement=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conflict_record"),
        sa.CheckConstraint(
            "kind IN ('entry', 'evening', 'practice', 'kept')", name="ck_conflict_record_kind"
        ),
    )
    op.add_column("change_row", sa.Column("updated_at", sa.Text))
    _convert_conflicts(conflict_record)
    # The cache of streaks, which has another form now. The next write computes it anew.
    op.execute(sa.delete(sa.table("streak_state")))


def _convert_conflicts(conflict_record: sa.Table) -> None:
    """Turns rows that lost a conflict, until now two steps that cancel out, into records.

    The two are neighbours from one transaction with the same rows; the second holds what lost.
    """
    connection = op.get_bind()
    incoming = sa.or_(CHANGE.c.what.like("import %"), CHANGE.c.what.like("merge %"))
    steps = connection.execute(sa.select(CHANGE).where(incoming).order_by(CHANGE.c.id)).all()
    taken = 0
    for first, second in pairwise(steps):
        is_pair = second.id == first.id + 1 and first[1:3] == second[1:3] and first.id > taken
        if not is_pair or first.undone or second.undone:
            continue
        own, lost = (_rows_of(connection, step.id) for step in (first, second))
        if own.keys() != lost.keys() or None in (*own.values(), *lost.values()):
            continue
        taken = second.id
        records = [
            dict(zip(("kind", "key", "day"), where, strict=True))
            | {"at": second.at, "source": second.what, "content": content}
            for where, content in lost.items()
            if not _is_blank(where[0], content)
        ]
        if records:
            connection.execute(conflict_record.insert(), records)
        for table, column in ((CHANGE_ROW, CHANGE_ROW.c.change_id), (CHANGE, CHANGE.c.id)):
            connection.execute(table.delete().where(column.in_((first.id, second.id))))


def _rows_of(connection: sa.Connection, step: int) -> dict[tuple[Any, ...], Any]:
    """The content of a step's rows, by kind, key and day."""
    query = sa.select(CHANGE_ROW).where(CHANGE_ROW.c.change_id == step)
    return {(row.kind, row.key, row.day): row.before for row in connection.execute(query)}


def _is_blank(kind: str, content: str) -> bool:
    """Whether a lost row held nothing: no score or amount, no rest day and no note."""
    if kind not in ("entry", "evening"):
        return False
    row = json.loads(content)
    value = row["calm"] if kind == "evening" else row["amount"]
    return value is None and not row["note"] and row.get("state") != "rest"
