"""The tables: made by the migrations as tables.py defines them, with constraints that match the
types."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from tests.diary.factories import Clock
from tests.postgres import Server
from tracker.diary.diary import Diary
from tracker.exporters.json_export import export_json
from tracker.location import Location
from tracker.models import Entry, Evening
from tracker.store import integrity, tables
from tracker.store.diary_file import create_private
from tracker.store.migrations import run_revisions
from tracker.store.schema import APPLICATION_ID, SCHEMA
from tracker.store.store import Store, database_of

AT = "2026-11-24T20:30:00.000000Z"


@pytest.fixture
def migrated(tmp_path: Path) -> Location:
    """A database created by running every migration."""
    location = Location(tmp_path / "migrated.db")
    assert location.path is not None
    create_private(location.path)
    with database_of(location).engine.begin() as connection:
        run_revisions(connection, SCHEMA)
    return location


def test_the_migrations_create_the_schema_of_the_tables(migrated: Location) -> None:
    with database_of(migrated).engine.begin() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, tables.metadata) == []


def clauses(path: Path) -> dict[str, set[str]]:
    """The clauses of each table's CREATE statement, in any order.

    SQLite quotes the name of a table that a batch migration recreated.
    """
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE sql IS NOT NULL AND name <> 'alembic_version'"
        ).fetchall()
    return {
        name: {
            clause
            for clause in re.split(
                # An added column is on the same line as the one before it.
                r"\s*\n\s*|\s*,\s+(?![^(]*\))",
                sql.strip().replace(f'TABLE "{name}"', f"TABLE {name}"),
            )
            if clause
        }
        for name, sql in found
    }


@pytest.mark.about_a_file
def test_a_new_diary_equals_a_fully_migrated_one(diary: Diary, migrated: Location) -> None:
    assert diary.location.path is not None
    assert migrated.path is not None
    ours = clauses(diary.location.path)
    assert ours == clauses(migrated.path)
    assert sum("CONSTRAINT ck_" in clause for table in ours.values() for clause in table) == 12
    assert integrity.structure_difference(diary.location.path) is None
    for question in (
        "SELECT sql FROM sqlite_master WHERE name = 'alembic_version'",
        "SELECT * FROM alembic_version",
        *(f"PRAGMA table_info({name})" for name in ours if not name.startswith("ix_")),
    ):
        answers = [answer_of(path, question) for path in (diary.location.path, migrated.path)]
        assert answers[0] == answers[1] != [], question
    assert answer_of(diary.location.path, "PRAGMA user_version") == [(SCHEMA,)]
    assert answer_of(diary.location.path, "PRAGMA application_id") == [(APPLICATION_ID,)]


def answer_of(path: Path, question: str) -> list[tuple[object, ...]]:
    """The rows of a query, with normalised whitespace in statements."""
    with closing(sqlite3.connect(path)) as connection:
        return [
            tuple(re.sub(r"\s+", "", one) if isinstance(one, str) else one for one in row)
            for row in connection.execute(question)
        ]


def definitions_of(server: Server, schema: str) -> set[tuple[object, ...]]:
    """The constraints, indexes and columns of a schema on a server."""
    named = f"WHERE n.nspname = '{schema}' AND r.relname NOT LIKE 'alembic%'"
    of = "JOIN pg_namespace n ON n.oid = r.relnamespace"
    return {
        *server.run_sql(
            "SELECT r.relname, c.conname, pg_get_constraintdef(c.oid)"
            f" FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid {of} {named}"
        ),
        *server.run_sql(
            "SELECT r.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
            " a.attcollation::regcollation::text FROM pg_attribute a"
            f" JOIN pg_class r ON r.oid = a.attrelid {of} {named} AND a.attnum > 0"
        ),
    }


def test_on_a_server_too(server: Server, clock: Clock) -> None:
    ours, by_tables = server.new_schema(), server.new_schema()
    Diary(Location(None, server.url(ours)), now=clock).create()
    store = Store(Location(None, server.url(by_tables)))
    with store.database.engine.connect() as connection, connection.begin():
        tables.metadata.create_all(connection)
    found = definitions_of(server, ours)
    assert {str(row).replace(ours, by_tables) for row in found} == {
        str(row) for row in definitions_of(server, by_tables)
    }
    assert sum(str(row[1]).startswith("ck_") for row in found) == 12


VALID_ROWS = {
    "practice": {
        "id": "'tea'",
        "key": "'t'",
        "name": "'Tea'",
        "question": "''",
        "unit": "'times'",
        "step": "1",
        "position": "1",
        "overlap": "FALSE",
        "added_on": "'2026-11-24'",
        "updated_at": f"'{AT}'",
    },
    "goal": {
        "practice_id": "'hug'",
        "from_day": "'2026-11-24'",
        "amount": "1",
        "days_per_week": "7",
        "updated_at": f"'{AT}'",
    },
    "out_of_list": {
        "practice_id": "'hug'",
        "from_day": "'2026-11-24'",
        "to_day": "'2026-11-24'",
        "updated_at": f"'{AT}'",
    },
    "entry": {
        "day": "'2026-11-24'",
        "practice_id": "'hug'",
        "state": "'logged'",
        "amount": "0",
        "note": "''",
        "updated_at": f"'{AT}'",
    },
    "evening": {"day": "'2026-11-24'", "calm": "10", "note": "''", "updated_at": f"'{AT}'"},
    "change_row": {"change_id": "1", "kind": "'entry'", "key": "'hug'", "day": "''"},
    "conflict_record": {
        "id": "1",
        "at": f"'{AT}'",
        "source": "'merge other.db'",
        "kind": "'entry'",
        "key": "'hug'",
        "day": "'2026-11-24'",
        "content": "'{}'",
    },
    "kept": {"key": "'jar'", "value": "'[]'", "updated_at": f"'{AT}'"},
}

INVALID_ROWS = [
    ("practice", {"key": "''"}),
    ("practice", {"key": "'ab'"}),
    ("practice", {"unit": "'hours'"}),
    ("practice", {"step": "0"}),
    ("practice", {"name": "NULL"}),
    ("practice", {"updated_at": "NULL"}),
    ("goal", {"amount": "0"}),
    ("goal", {"days_per_week": "0"}),
    ("goal", {"days_per_week": "8"}),
    ("goal", {"practice_id": "'nobody'"}),
    ("out_of_list", {"to_day": "'2026-11-23'"}),
    ("out_of_list", {"practice_id": "'nobody'"}),
    ("entry", {"state": "'done'"}),
    ("entry", {"amount": "-1"}),
    ("entry", {"note": "NULL"}),
    ("entry", {"practice_id": "'nobody'"}),
    ("entry", {"state": "'cleared'"}),
    ("entry", {"state": "'cleared'", "amount": "NULL", "note": "'x'"}),
    ("evening", {"calm": "11"}),
    ("evening", {"calm": "-1"}),
    ("evening", {"note": "NULL"}),
    ("change_row", {"kind": "'streak'"}),
    ("change_row", {"change_id": "99"}),
    ("conflict_record", {"kind": "'streak'"}),
    ("conflict_record", {"content": "NULL"}),
    ("kept", {"value": "NULL"}),
]


@pytest.fixture
def raw(location: Location, clock: Clock) -> Location:
    """A diary with one undo step and no entry; tests write to its tables by raw SQL."""
    diary = Diary(location, now=clock)
    diary.press("hug")
    diary.undo()
    with diary.store.writing(AT) as writer:
        writer.connection.core.exec_driver_sql("DELETE FROM entry")
        writer.connection.core.exec_driver_sql("DELETE FROM change_row")
        writer.connection.core.exec_driver_sql("DELETE FROM goal")
    return location


def insert(location: Location, table: str, row: dict[str, str]) -> None:
    """Inserts a row by raw SQL."""
    store = Store(location)
    columns, values = ", ".join(row), ", ".join(row.values())
    with store.database.engine.connect() as connection:
        writing = connection.execution_options(writes=True)
        with writing.begin():
            writing.exec_driver_sql(f"INSERT INTO {table} ({columns}) VALUES ({values})")


@pytest.mark.parametrize("table", VALID_ROWS)
def test_a_table_accepts_a_valid_row(raw: Location, table: str) -> None:
    insert(raw, table, VALID_ROWS[table])


def test_a_table_rejects_invalid_rows(raw: Location, subtests: pytest.Subtests) -> None:
    for table, wrong in INVALID_ROWS:
        with subtests.test(table=table, wrong=wrong):
            from sqlalchemy.exc import IntegrityError

            with pytest.raises(IntegrityError):
                insert(raw, table, VALID_ROWS[table] | wrong)


def test_every_diary_has_a_random_id_of_its_own(diary: Diary, tmp_path: Path) -> None:
    other = Diary(Location(tmp_path / "other.db"))
    for one in (diary, other):
        one.create()
    (ours,), (theirs,) = (ids_of(one) for one in (diary, other))
    assert re.fullmatch("[0-9a-f]{32}", ours)
    assert ours != theirs
    diary.press("hug")
    assert ids_of(Diary(diary.location)) == [ours]


def ids_of(diary: Diary) -> list[str]:
    """The rows of the table `diary_id`."""
    with diary.store.reading() as reader:
        found = reader.connection.core.exec_driver_sql("SELECT id FROM diary_id").scalars()
        return list(found)


def test_deleting_an_undo_step_deletes_its_rows(diary: Diary) -> None:
    diary.press("hug")
    with diary.store.writing(AT) as writer:
        writer.connection.core.exec_driver_sql("DELETE FROM change")
        left = writer.connection.core.exec_driver_sql(
            "SELECT count(*) FROM change_row"
        ).scalar_one()
    assert left == 0


@pytest.mark.about_a_file
def test_a_diary_of_schema_2_opens_with_all_its_rows(tmp_path: Path) -> None:
    path, here = tmp_path / "diary.db", Path(__file__).parent
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((here / "schema_2.sql").read_text("utf-8"))
        (own_id,) = connection.execute("SELECT id FROM diary_id").fetchone()
    diary = Diary(Location(path), Clock())
    export_json(diary, tmp_path / "now.json")
    assert (tmp_path / "now.json").read_bytes() == (here / "schema_2.json").read_bytes()
    assert (integrity.diary_id(path), integrity.structure_difference(path)) == (own_id, None)
    assert (diary.bad_rows(), diary.outdated_streak_caches()) == ([], [])
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    assert [record.row.note for record in diary.conflict_records()] == ["there"]
    assert diary.redo() is not None
    while diary.undo():
        pass
    assert diary.conflict_records()
    assert diary_rows(diary) == ([], [])


def diary_rows(diary: Diary) -> tuple[list[Entry], list[Evening]]:
    """The entries and evenings with any content."""
    with diary.stream() as (_, entries, evenings):
        return list(entries), list(evenings)
