"""The SQL that a diary file runs is what SQLAlchemy compiles."""

from __future__ import annotations

from tests.ci_script import load_script
from tracker.store import sqlite_statements
from tracker.store.connection import Statement


def test_the_statements_and_tables_are_those_of_today() -> None:
    script = load_script("statements")
    stored = {name: one for name, one in vars(sqlite_statements).items() if name.isupper()}
    expected = {
        **script.compiled(),
        "CREATE_TABLES": script.create_tables(),
        "CREATE_INDEXES": script.create_indexes(),
    }
    assert stored == expected, "Run .ci/statements.py"


def test_a_constant_is_in_the_sql_and_what_varies_is_a_parameter() -> None:
    entries: Statement = sqlite_statements.ENTRIES
    assert "state != 'cleared'" in entries.sql
    assert (entries.parameters, entries.sql.count("?")) == (("first", "last"), 2)
    assert [entries.columns[at] for at in entries.days] == ["day"]
    flags = {sqlite_statements.PRACTICES.columns[at] for at in sqlite_statements.PRACTICES.flags}
    assert flags == {"overlap"}
