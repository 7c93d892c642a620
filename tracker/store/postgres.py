"""A diary in a PostgreSQL server: how it is reached, how its transactions begin, what it holds."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.exc import NoSuchModuleError as UnknownKind

from tracker.errors import CalmtrackError, InputError
from tracker.i18n.messages import say
from tracker.location import Location
from tracker.store.db_errors import BUSY_SECONDS
from tracker.store.schema import APPLICATION_ID

CONNECT_SECONDS = 5
"""How long to wait until a server answers the door."""

SILENT_SECONDS = 15
"""How long what was sent may go unanswered by the other machine before it counts as gone."""

# One diary is changed by one writer at a time, as a file is: what a step remembers as "before"
# is then what was there. Diaries in other schemas of the same database have other locks.
_LOCK = f"SELECT pg_advisory_xact_lock({APPLICATION_ID}, hashtext(current_schema()))"

_VERSION = "SELECT version_num FROM alembic_version"


def server_engine(place: Location) -> Engine:
    """An engine that keeps a connection for the next question: making one takes several turns
    there and back. One that has gone stale meanwhile is replaced when a transaction begins.

    Raises WrongInput for an address that is not PostgreSQL's, or when its driver is missing.
    """
    assert place.url is not None
    try:
        url = make_url(re.sub("^postgres(ql)?:", "postgresql+psycopg:", place.url))
        if url.get_dialect().name != "postgresql":
            raise InputError(say("store.address", path=place.label))
        engine = create_engine(url, connect_args=_CONNECT_ARGS)
    except (ArgumentError, UnknownKind, ValueError) as error:
        raise InputError(say("store.address", path=place.label)) from error
    except ImportError as error:
        raise InputError(say("store.no_driver", path=place.label)) from error
    event.listen(engine, "begin", _begin)
    return engine


_CONNECT_ARGS = {
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
"""A reader sees the diary as it was at its first question, as in a file."""


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        # Committed reads, so that all it reads after the lock is what the last writer left.
        connection.exec_driver_sql(
            f"SET LOCAL lock_timeout = '{int(BUSY_SECONDS * 1000)}ms'; {_LOCK}"
        )


def schema_in(connection: Connection, place: Location) -> int:
    """The revision of the tables that are there; 0 for none.

    Raises Trouble when there is no schema to have them in, or another program's tables are
    in the way.
    """
    schema, marked, ours = connection.exec_driver_sql(
        "SELECT current_schema(), to_regclass('alembic_version') IS NOT NULL,"
        " to_regclass('change_row') IS NOT NULL OR to_regclass('practice') IS NOT NULL"
    ).one()
    if schema is None:
        raise CalmtrackError(say("store.no_schema", path=place.label))
    if marked != ours:
        raise CalmtrackError(say("store.not_a_diary", path=place.label))
    return revision_in(connection, place) if marked else 0


def revision_in(connection: Connection, place: Location) -> int:
    """The revision that Alembic keeps beside the tables. Raises Trouble for another program's."""
    name: str | None = connection.exec_driver_sql(_VERSION).scalar_one_or_none()
    if name is None or not re.fullmatch("[0-9]{4}", name):
        raise CalmtrackError(say("store.not_a_diary", path=place.label))
    return int(name)
