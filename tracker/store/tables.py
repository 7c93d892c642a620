"""The tables of a diary, the same on SQLite and PostgreSQL.

Days are dates. Timestamps are UTC text of fixed width (clock.py): SQLite has no type for them, and
as text they are equal in the file, in JSON and in CSV, and sort chronologically.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

from tracker.models import Unit
from tracker.store.row_mapping import parse_day


class Day(TypeDecorator[date]):
    """A date. A stored value that is not one, as SQLite allows, is returned as it is: SQLAlchemy's
    own conversion raises, and so hides all the other rows of a query."""

    impl = Date
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """The conversion of a stored value."""
        is_text = dialect.name == "sqlite"
        return parse_day if is_text else super().result_processor(dialect, coltype)


Name = Text().with_variant(Text(collation="C"), "postgresql")
"""A practice id; C collation sorts it the same on every server."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

practice = Table(
    "practice",
    metadata,
    Column("id", Name, primary_key=True),
    Column("key", Text),
    Column("name", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("step", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("overlap", Boolean, nullable=False),
    Column("added_on", Day, nullable=False),
    Column("updated_at", Text, nullable=False),
    CheckConstraint("length(key) = 1", name="key"),
    CheckConstraint(f"unit IN ({', '.join(repr(unit.value) for unit in Unit)})", name="unit"),
    CheckConstraint("step > 0", name="step"),
)

goal = Table(
    "goal",
    metadata,
    Column("practice_id", Name, ForeignKey("practice.id"), primary_key=True),
    Column("from_day", Day, primary_key=True),
    Column("amount", Integer, nullable=False),
    Column("days_per_week", Integer, nullable=False),
    Column("updated_at", Text, nullable=False),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("days_per_week BETWEEN 1 AND 7", name="days_per_week"),
)

out_of_list = Table(
    "out_of_list",
    metadata,
    Column("practice_id", Name, ForeignKey("practice.id"), primary_key=True),
    Column("from_day", Day, primary_key=True),
    Column("to_day", Day),
    Column("updated_at", Text, nullable=False),
    CheckConstraint("to_day >= from_day", name="to_day"),
)

entry = Table(
    "entry",
    metadata,
    Column("day", Day, primary_key=True),
    Column("practice_id", Name, ForeignKey("practice.id"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("amount", Integer),
    Column("note", Text, nullable=False),
    Column("logged_at", Text),
    Column("updated_at", Text, nullable=False),
    CheckConstraint("state IN ('logged', 'rest', 'cleared')", name="state"),
    CheckConstraint("amount >= 0", name="amount"),
    CheckConstraint(
        "state <> 'cleared' OR (amount IS NULL AND note = '')", name="cleared_says_nothing"
    ),
    # One practice's days in order: a streak from its first day reads only its own rows.
    Index(None, "practice_id", "day"),
    sqlite_with_rowid=False,
)

evening = Table(
    "evening",
    metadata,
    Column("day", Day, primary_key=True),
    Column("calm", Integer),
    Column("note", Text, nullable=False),
    Column("logged_at", Text),
    Column("updated_at", Text, nullable=False),
    CheckConstraint("calm BETWEEN 0 AND 10", name="calm"),
)

change = Table(
    "change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("undone", Boolean, nullable=False),
)

change_row = Table(
    "change_row",
    metadata,
    Column("change_id", Integer, ForeignKey("change.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    # Text, not a date: practices and app state have no day, and a key column can't be null.
    Column("day", Text, primary_key=True),
    Column("before", Text),
    # The time of change of the row in `before`; null for none, and in steps of schema 1.
    Column("updated_at", Text),
    CheckConstraint("kind IN ('entry', 'evening', 'practice', 'kept')", name="kind"),
    sqlite_with_rowid=False,
)

conflict_record = Table(
    "conflict_record",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    # The import or merge in which the row lost, as in `change.what`.
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("content", Text, nullable=False),
    CheckConstraint("kind IN ('entry', 'evening', 'practice', 'kept')", name="kind"),
)

# One row with a random id, written with the tables: backups have the id of their diary.
diary_id = Table("diary_id", metadata, Column("id", Text, primary_key=True))

kept = Table(
    "kept",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
)

streak_state = Table(
    "streak_state",
    metadata,
    Column("practice_id", Name, ForeignKey("practice.id"), primary_key=True),
    Column("settled_day", Day, primary_key=True),
    Column("state", Text, nullable=False),
)
