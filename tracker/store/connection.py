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
    """Parameter names in the order of the question marks; a list has a single name."""
    lists: tuple[str, ...] = ()
    """The parameters that are lists. `sql` has a placeholder for each: its length varies."""
    columns: tuple[str, ...] = ()
    """The column names of the result."""
    days: tuple[int, ...] = ()
    """The indexes of the result columns that are dates, stored as ISO text."""
    flags: tuple[int, ...] = ()
    """The indexes of those that are booleans, stored as 1 or 0."""


class Connection(Protocol):
    """An open transaction. Dates and booleans in rows are those that SQLAlchemy would return. A
    value that isn't a date, which SQLite allows in any column, is returned as it is."""

    @property
    def core(self) -> sqlalchemy.Connection:
        """SQLAlchemy's connection to the same transaction, for what is not in `statements`."""

    def rows(self, statement: Statement, **parameters: object) -> Sequence[Row]:
        """Runs a statement; returns all rows of its result."""

    def batches(
        self, statement: Statement, size: int, **parameters: object
    ) -> Generator[Sequence[Row], None, None]:
        """Runs a statement and fetches `size` rows at a time."""

    def run(self, statement: Statement, **parameters: object) -> None:
        """Runs a statement without a result."""

    def run_many(self, statement: Statement, rows: Sequence[Row]) -> None:
        """Runs a statement for each row of its parameters, in their order; days as dates or as
        ISO text."""
