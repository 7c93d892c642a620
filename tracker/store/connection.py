"""An open transaction, in a diary file or on a server, as Reader and Writer use it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    import sqlalchemy

Row = Any
"""A sequence of the values of the columns."""


class Statement(NamedTuple):
    """A statement of `statements`, compiled for SQLite."""

    name: str
    sql: str
    parameters: tuple[str, ...] = ()
    """One for each question mark, or list of them."""
    lists: tuple[str, ...] = ()
    """The parameters that are lists of values, whose question marks `sql` lacks."""
    columns: tuple[str, ...] = ()
    """Those of the result."""
    days: tuple[int, ...] = ()
    """The columns of the result that are dates, stored as ISO text."""
    flags: tuple[int, ...] = ()
    """Those that are true or false, stored as 1 or 0."""


class Connection(Protocol):
    """An open transaction. Rows have dates, and true or false, as SQLAlchemy returns them; a value
    that is no date, as SQLite allows, stays as it is."""

    @property
    def core(self) -> sqlalchemy.Connection:
        """SQLAlchemy's connection to the same transaction, for what is not in `statements`."""

    def rows(self, statement: Statement, **parameters: object) -> Sequence[Row]:
        """Runs a statement; returns all rows of its result."""

    def batches(
        self, statement: Statement, size: int, **parameters: object
    ) -> Generator[Sequence[Row], None, None]:
        """Runs a statement and fetches so many rows at a time."""

    def run(self, statement: Statement, **parameters: object) -> None:
        """Runs a statement without a result."""

    def run_many(self, statement: Statement, rows: Sequence[Row]) -> None:
        """Runs a statement for each row of its parameters, in their order; days as dates or as
        ISO text."""


def mappings(
    connection: Connection, statement: Statement, **parameters: object
) -> list[dict[str, Any]]:
    """The rows of a statement's result by column."""
    rows = connection.rows(statement, **parameters)
    return [dict(zip(statement.columns, row, strict=True)) for row in rows]


def first_column(connection: Connection, statement: Statement, **parameters: object) -> list[Any]:
    """The first value of each row of a statement's result."""
    return [row[0] for row in connection.rows(statement, **parameters)]
