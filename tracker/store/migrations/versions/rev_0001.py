"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Creates the first tables."""
    op.create_table(
        "practice",
        sa.Column("id", NAME),
        sa.Column("key", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("overlap", sa.Boolean, nullable=False),
        sa.Column("added_on", sa.Date, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_practice"),
        sa.CheckConstraint("length(key) = 1", name="ck_practice_key"),
        sa.CheckConstraint("unit IN ('yes/no', 'times', 'minutes')", name="ck_practice_unit"),
        sa.CheckConstraint("step > 0", name="ck_practice_step"),
    )
    op.create_table(
        "goal",
        sa.Column("practice_id", NAME),
        sa.Column("from_day", sa.Date),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("days_per_week", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("practice_id", "from_day", name="pk_goal"),
        _of_practice("goal"),
        sa.CheckConstraint("amount > 0", name="ck_goal_amount"),
        sa.CheckConstraint("days_per_week BETWEEN 1 AND 7", name="ck_goal_days_per_week"),
    )
    op.create_table(
        "out_of_list",
        sa.Column("practice_id", NAME),
        sa.Column("from_day", sa.Date),
        sa.Column("to_day", sa.Date),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("practice_id", "from_day", name="pk_out_of_list"),
        _of_practice("out_of_list"),
        sa.CheckConstraint("to_day >= from_day", name="ck_out_of_list_to_day"),
    )
    op.create_table(
        "entry",
        sa.Column("day", sa.Date),
        sa.Column("practice_id", NAME),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("amount", sa.Integer),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("logged_at", sa.Text),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("day", "practice_id", name="pk_entry"),
        _of_practice("entry"),
        sa.CheckConstraint("state IN ('logged', 'rest', 'cleared')", name="ck_entry_state"),
        sa.CheckConstraint("amount >= 0", name="ck_entry_amount"),
        sa.CheckConstraint(
            "state <> 'cleared' OR (amount IS NULL AND note = '')",
            name="ck_entry_cleared_says_nothing",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_practice_id_day", "entry", ["practice_id", "day"])
    op.create_table(
        "evening",
        sa.Column("day", sa.Date),
        sa.Column("calm", sa.Integer),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("logged_at", sa.Text),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_evening"),
        sa.CheckConstraint("calm BETWEEN 0 AND 10", name="ck_evening_calm"),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer, autoincrement=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("undone", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
    )
    op.create_table(
        "change_row",
        sa.Column("change_id", sa.Integer),
        sa.Column("kind", sa.Text),
        sa.Column("key", sa.Text),
        sa.Column("day", sa.Text),
        sa.Column("before", sa.Text),
        sa.PrimaryKeyConstraint("change_id", "kind", "key", "day", name="pk_change_row"),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name="fk_change_row_change_id_change", ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "kind IN ('entry', 'evening', 'practice', 'kept')", name="ck_change_row_kind"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "kept",
        sa.Column("key", sa.Text),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_kept"),
    )
    op.create_table(
        "streak_state",
        sa.Column("practice_id", NAME),
        sa.Column("settled_day", sa.Date),
        sa.Column("state", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("practice_id", "settled_day", name="pk_streak_state"),
        _of_practice("streak_state"),
    )


def _of_practice(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["practice_id"], ["practice.id"], name=f"fk_{table}_practice_id_practice"
    )
