"""The SQL that a diary file runs is what SQLAlchemy compiles."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import date

import pytest
from sqlalchemy.dialects import sqlite

from tests.ci_script import load_script
from tracker.location import Location
from tracker.store import sqlite_statements
from tracker.store.connection import Statement
from tracker.store.diary_file import SqliteFile, create_private
from tracker.store.statements import statements


def test_the_generated_statements_are_up_to_date() -> None:
    script = load_script("statements")
    stored = {name: one for name, one in vars(sqlite_statements).items() if name.isupper()}
    expected = {
        **script.compiled(),
        "CREATE_TABLES": script.create_tables(),
        "CREATE_INDEXES": script.create_indexes(),
    }
    assert stored == expected, "Run .ci/statements.py"


def test_constants_are_in_the_sql_and_variables_are_parameters() -> None:
    entries: Statement = sqlite_statements.ENTRIES
    assert "state != 'cleared'" in entries.sql
    assert (entries.parameters, entries.sql.count("?")) == (("first", "last"), 2)
    assert [entries.columns[at] for at in entries.days] == ["day"]
    flags = {sqlite_statements.PRACTICES.columns[at] for at in sqlite_statements.PRACTICES.flags}
    assert flags == {"overlap"}


ODD_VALUES = (
    *("2026-11-24", "20261124", "2026-W48-2", "2026-02-30", b"2026-11-24", "9999-12-31"),
    *("", "x\0y", "hug", 0, 1, 5, 2.5, None),
)

PARAMETERS: dict[str, object] = {
    "first": date.min,
    "last": date.max,
    "before": date.max,
    "day": date(2026, 11, 24),
    "day_text": "2026-11-24",
    "first_text": "2026-11-24",
    "last_text": "2026-11-25",
    "practice_id": "hug",
    "key": "hug",
    "practice_ids": ["hug", "5"],
    "number": 5,
    "most": 99,
    "days": [date(2026, 11, 24), date.max],
    "lowest": 0,
    "highest": 9,
    "sign": "x",
    "or_sign": "2",
}

CORE = statements(sqlite.insert)

QUERIES = {
    name: one
    for name, one in vars(sqlite_statements).items()
    if isinstance(one, Statement) and one.sql.startswith("SELECT")
}


@pytest.fixture(scope="module")
def odd_file(tmp_path_factory: pytest.TempPathFactory) -> SqliteFile:
    """A diary file with each odd value in each column."""
    path = tmp_path_factory.mktemp("odd") / "odd.db"
    create_private(path)
    file = SqliteFile(Location(path))
    file.create_tables()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for table in sqlite_statements.CREATE_TABLES:
            width = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
            for column in range(width):
                for number, value in enumerate(ODD_VALUES):
                    first: tuple[object, ...] = ("hug", "2026-11-24", number, *ODD_VALUES)
                    row = [*first[:column], value, *first[column + 1 : width]]
                    marks = ", ".join("?" * width)
                    # Some aren't valid keys or already exist.
                    with suppress(sqlite3.IntegrityError):
                        connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)
        connection.commit()
    return file


@pytest.mark.parametrize("name", QUERIES)
def test_odd_rows_are_read_as_sqlalchemy_reads_them(odd_file: SqliteFile, name: str) -> None:
    query = QUERIES[name]
    for parameters in (PARAMETERS, {**PARAMETERS, "days": [], "practice_ids": []}):
        given = {one: parameters[one] for one in query.parameters}
        with odd_file.transaction(writes=False) as connection:
            expected = connection.core.execute(CORE[name], given).all()
            rows = connection.rows(query, **given)
            batches = [*connection.batches(query, 3, **given)]
        # Compared as text too, since 1 == True == 1.0.
        assert repr([tuple(row) for row in rows]) == repr([tuple(row) for row in expected])
        assert [row for batch in batches for row in batch] == [*rows]
