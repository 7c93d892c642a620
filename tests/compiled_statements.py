"""Shares SQLAlchemy's compiled statements between all engines of a test process.

An engine caches what it compiled for itself and its dialect. calmtrack checks one diary's rows in a
process, a test run some thousands, and would compile the same statements for each.
"""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_COMPILED: dict[object, object] = {}


class EqualDialect(SQLiteDialect_pysqlite):
    """SQLite's dialect, whose instances compare equal, because the dialect is part of the cache key
    of a compiled statement."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EqualDialect)

    def __hash__(self) -> int:
        return hash(EqualDialect)

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Gives a new engine the shared cache."""
        engine.update_execution_options(compiled_cache=_COMPILED)


def share() -> None:
    """Makes every `sqlite://` engine of this process use EqualDialect and one cache."""
    registry.register("sqlite", __name__, EqualDialect.__name__)
