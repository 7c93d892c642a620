"""A diary on a PostgreSQL server: engine, transactions, and the schema check."""

from __future__ import annotations

import logging
import re
import weakref
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from tracker.errors import InputError
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.store.connection import Connection, Row, Statement
from tracker.store.db_errors import BUSY_SECONDS, NO_DIARY, NO_SCHEMA, error_for
from tracker.store.schema import APPLICATION_ID, check_current, supported
from tracker.store.statements import statements

CONNECT_SECONDS = 5
"""Seconds to wait for a connection."""

SILENT_SECONDS = 15
"""Seconds without an acknowledgement after which a connection counts as lost."""

# One writer per diary at a time, as with a file, so that undo records the true earlier row.
# Diaries in other schemas of the same database have locks of their own.
_LOCK = f"SELECT pg_advisory_xact_lock({APPLICATION_ID}, hashtext(current_schema()))"

_VERSION = "SELECT version_num FROM alembic_version"


# As in engine.py.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())

_STATEMENTS = statements(postgresql.insert)


class ServerConnection:
    """An open transaction on a server."""

    def __init__(self, core: sqlalchemy.Connection) -> None:
        self.core = core

    def rows(self, statement: Statement, **parameters: object) -> Sequence[Row]:
        return self.core.execute(_STATEMENTS[statement.name], parameters).all()

    def batches(
        self, statement: Statement, size: int, **parameters: object
    ) -> Generator[Sequence[Row], None, None]:
        """Runs a statement and fetches `size` rows at a time, with a server-side cursor."""
        options = {"yield_per": size}
        with self.core.execute(
            _STATEMENTS[statement.name], parameters, execution_options=options
        ) as result:
            yield from result.partitions()

    def run(self, statement: Statement, **parameters: object) -> None:
        self.core.execute(_STATEMENTS[statement.name], parameters)

    def run_many(self, statement: Statement, rows: Sequence[Row]) -> None:
        if rows:
            named = [dict(zip(statement.parameters, row, strict=True)) for row in rows]
            self.core.execute(_STATEMENTS[statement.name], named)


class Server:
    """The database on a server. Raises InputError for an address that is not a database URL."""

    def __init__(self, location: Location) -> None:
        self._location = location
        self.engine = server_engine(location)
        # The engine pools its connection; it is closed with the last reference.
        weakref.finalize(self, self.engine.dispose)

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator[Connection]:
        """A transaction that commits on leaving without an error; raises CalmtrackError where
        another program has emptied, replaced or migrated the diary."""
        options: dict[str, Any] = {"writes": True} if writes else READ_ONLY_SNAPSHOT
        try:
            connection = self._begin(options)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            # The pooled connection was stale, and nothing has run in it yet.
            connection = self._begin(options)
        transaction = connection.get_transaction()
        assert transaction is not None
        with connection, transaction:
            yield ServerConnection(connection)

    def _begin(self, options: dict[str, Any]) -> sqlalchemy.Connection:
        """A connection whose transaction has started on the server too."""
        connection = self.engine.connect()
        try:
            connection.execution_options(**options).begin()
            check_current(revision_in(connection, self._location), self._location)
        except BaseException:
            connection.close()
            raise
        return connection

    def schema(self) -> int:
        with self.engine.connect() as connection:
            return supported(schema_in(connection, self._location), self._location)


def server_engine(location: Location) -> Engine:
    """A pooled engine: connecting takes several round trips. `Store` replaces a stale connection.

    Raises InputError for a URL that is not PostgreSQL's, or when its driver is missing.
    """
    assert location.url is not None
    try:
        url = make_url(re.sub("^postgres(ql)?:", "postgresql+psycopg:", location.url))
        if url.get_dialect().name != "postgresql":
            raise ValueError(url.drivername)
        engine = create_engine(url, connect_args=_CONNECT_ARGS)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise InputError(
            _(
                "calmtrack can't open {path}: it supports diary files and PostgreSQL "
                "databases only."
            ).format(path=location.label)
        ) from error
    except ImportError as error:
        from tracker.extras import install_command

        raise InputError(
            _(
                "To open {path}, calmtrack needs its PostgreSQL driver. Install it with: {command}"
            ).format(path=location.label, command=install_command("postgres"))
        ) from error
    event.listen(engine, "begin", _begin)
    return engine


_CONNECT_ARGS = {
    # By default it is the database's, in which psycopg may not be able to encode a note.
    "client_encoding": "utf8",
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": SILENT_SECONDS,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": SILENT_SECONDS * 1000,
    "application_name": "calmtrack",
}

READ_ONLY_SNAPSHOT: dict[str, Any] = {
    "isolation_level": "REPEATABLE READ",
    "postgresql_readonly": True,
}
"""Readers see one snapshot, as with a file."""


def _begin(connection: sqlalchemy.Connection) -> None:
    if connection.get_execution_options().get("writes"):
        # READ COMMITTED: what is read after the lock includes the previous writer's commit.
        connection.exec_driver_sql(
            f"SET LOCAL lock_timeout = '{int(BUSY_SECONDS * 1000)}ms'; {_LOCK}"
        )


def schema_in(connection: sqlalchemy.Connection, location: Location) -> int:
    """Schema revision of the existing tables; 0 for none.

    Raises CalmtrackError when the schema does not exist or holds another program's tables.
    """
    schema, marked, ours = connection.exec_driver_sql(
        "SELECT current_schema(), to_regclass('alembic_version') IS NOT NULL,"
        " to_regclass('change_row') IS NOT NULL OR to_regclass('practice') IS NOT NULL"
    ).one()
    if schema is None:
        raise error_for(NO_SCHEMA, location.label)
    if marked != ours:
        raise error_for(NO_DIARY, location.label)
    return revision_in(connection, location) if marked else 0


def revision_in(connection: sqlalchemy.Connection, location: Location) -> int:
    """The revision in `alembic_version`. Raises CalmtrackError for another program's."""
    name: str | None = connection.exec_driver_sql(_VERSION).scalar_one_or_none()
    if name is None or not re.fullmatch("[0-9]{4}", name):
        raise error_for(NO_DIARY, location.label)
    return int(name)
