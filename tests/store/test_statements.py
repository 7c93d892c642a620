"""The SQL that a diary file runs is what SQLAlchemy compiles."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from tracker.store import sqlite_statements
from tracker.store.connection import Statement

SCRIPT = Path(__file__).parents[2] / ".ci" / "statements.py"


def compiler() -> ModuleType:
    """The script that writes the module; `.ci` is no package."""
    spec = spec_from_file_location("statements", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_statements_and_tables_are_those_of_today() -> None:
    script = compiler()
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
