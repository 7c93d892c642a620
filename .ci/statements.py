"""Compiles the statements and tables of the store to SQLite's SQL: `.venv/bin/python
.ci/statements.py` writes tracker/store/sqlite_statements.py. tests/store/test_statements.py fails
while that file isn't up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Dialect, Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.schema import CreateIndex, CreateTable

from tracker.store.connection import Statement
from tracker.store.statements import statements
from tracker.store.tables import Day, metadata

TARGET = Path(__file__).parent.parent / "tracker" / "store" / "sqlite_statements.py"

HEAD = '''"""SQLite's SQL for the statements and tables of a diary file.

Compiled from `statements` and `tables` by `.ci/statements.py`: edit those, and run it again.
"""

from tracker.store.connection import Statement

# fmt: off
'''


class Compiler(SQLiteCompiler):
    """Renders constants inline, so that only what varies is a parameter."""

    def visit_bindparam(self, bindparam: Any, *args: Any, **options: Any) -> str:
        """Renders a parameter that has its value already, which is a constant, as a literal."""
        if not bindparam.required:
            options["literal_binds"] = True
        return super().visit_bindparam(bindparam, *args, **options)


def compiled() -> dict[str, Statement]:
    """All statements by name."""
    dialect = _dialect()
    return {name: _compiled(name, one, dialect) for name, one in statements(sqlite.insert).items()}


def create_tables() -> dict[str, str]:
    """The CREATE TABLE statement of each table, by name; a referenced table comes first."""
    dialect = _dialect()
    return {
        table.name: str(CreateTable(table).compile(dialect=dialect)).strip()
        for table in metadata.sorted_tables
    }


def create_indexes() -> tuple[str, ...]:
    """The CREATE INDEX statements of all tables."""
    dialect = _dialect()
    indexes = [index for table in metadata.sorted_tables for index in table.indexes]
    return tuple(str(CreateIndex(index).compile(dialect=dialect)) for index in indexes)


def _dialect() -> Dialect:
    dialect = sqlite.dialect(paramstyle="qmark")
    dialect.statement_compiler = Compiler
    return dialect


def _compiled(name: str, one: Executable, dialect: Dialect) -> Statement:
    statement: Any = one
    keys = None
    if statement.is_insert:
        automatic = statement.table.autoincrement_column
        keys = [column.name for column in statement.table.c if column is not automatic]
    result = statement.compile(dialect=dialect, column_keys=keys)
    parameters = tuple(result.positiontup)
    columns = dict(statement.exported_columns.items()) if statement.is_select else {}
    if statement.is_dml:
        columns = {column.name: column for column in statement._returning}
    types = [column.type for column in columns.values()]
    return Statement(
        name,
        str(result),
        parameters,
        tuple(key for key in dict.fromkeys(parameters) if result.binds[key].expanding),
        tuple(columns),
        tuple(at for at, one in enumerate(types) if isinstance(one, Day)),
        tuple(at for at, one in enumerate(types) if isinstance(one, Boolean)),
    )


def _write() -> None:
    tables = (f"    {name!r}: {_text(sql)},\n" for name, sql in create_tables().items())
    indexes = (f"    {_text(sql)},\n" for sql in create_indexes())
    source = (
        HEAD,
        *(f"{name} = {_call(one)}\n" for name, one in compiled().items()),
        f"CREATE_TABLES = {{\n{''.join(tables)}}}\n",
        f"CREATE_INDEXES = (\n{''.join(indexes)})\n",
    )
    TARGET.write_text("\n".join(source), "utf-8")


def _call(one: Statement) -> str:
    fields = ("parameters", "lists", "columns", "days", "flags")
    given = (f"    {name}={value!r},\n" for name in fields if (value := getattr(one, name)))
    return f"Statement(\n    {one.name!r},\n    {_text(one.sql)},\n{''.join(given)})"


def _text(sql: str) -> str:
    """A string literal that has each line of the SQL on a line of its own."""
    return "\n    ".join(map(repr, sql.splitlines(keepends=True)))


if __name__ == "__main__":
    _write()
