"""PostgreSQL: engine, transaction options, and the schema check."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.exc import NoSuchModuleError as UnknownKind

from tracker.errors import CalmtrackError, InputError
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.store.db_errors import BUSY_SECONDS
from tracker.store.schema import APPLICATION_ID

CONNECT_SECONDS = 5
"""Seconds to wait for a connection."""

SILENT_SECONDS = 15
"""Seconds without an acknowledgement after which a connection counts as lost."""

# One writer per diary at a time, as with a file, so that undo records the true earlier row.
# Diaries in other schemas of the same database have locks of their own.
_LOCK = f"SELECT pg_advisory_xact_lock({APPLICATION_ID}, hashtext(current_schema()))"

_VERSION = "SELECT version_num FROM alembic_version"


def server_engine(location: Location) -> Engine:
    """A pooled engine: connecting takes several round trips. `Store` replaces a stale connection.

    Raises InputError for a URL that is not PostgreSQL's, or when its driver is missing.
    """
    assert location.url is not None
    try:
        url = make_url(re.sub("^postgres(ql)?:", "postgresql+psycopg:", location.url))
        if url.get_dialect().name != "postgresql":
            raise InputError(
                _(
                    "calmtrack can't open {path}: it supports diary files and "
                    "PostgreSQL databases only."
                ).format(path=location.label)
            )
        engine = create_engine(url, connect_args=_CONNECT_ARGS)
    except (ArgumentError, UnknownKind, ValueError) as error:
        raise InputError(
            _(
                "calmtrack can't open {path}: it supports diary files and PostgreSQL "
                "databases only."
            ).format(path=location.label)
        ) from error
    except ImportError as error:
        raise InputError(
            _(
                "To open {path}, calmtrack needs its PostgreSQL driver. Install it with: pip "
                "install 'calmtrack[postgres]'"
            ).format(path=location.label)
        ) from error
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
"""Readers see one snapshot, as with a file."""


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        # READ COMMITTED: what is read after the lock includes the previous writer's commit.
        connection.exec_driver_sql(
            f"SET LOCAL lock_timeout = '{int(BUSY_SECONDS * 1000)}ms'; {_LOCK}"
        )


def schema_in(connection: Connection, location: Location) -> int:
    """Schema revision of the existing tables; 0 for none.

    Raises CalmtrackError when the schema does not exist or holds another program's tables.
    """
    schema, marked, ours = connection.exec_driver_sql(
        "SELECT current_schema(), to_regclass('alembic_version') IS NOT NULL,"
        " to_regclass('change_row') IS NOT NULL OR to_regclass('practice') IS NOT NULL"
    ).one()
    if schema is None:
        raise CalmtrackError(
            _(
                "The diary's URL names a schema that the database at {path} doesn't "
                "have. Create the schema first with CREATE SCHEMA."
            ).format(path=location.label)
        )
    if marked != ours:
        raise CalmtrackError(
            _(
                "{path} isn't a calmtrack diary. Nothing was changed. Check the path, or "
                "choose another diary with --diary."
            ).format(path=location.label)
        )
    return revision_in(connection, location) if marked else 0


def revision_in(connection: Connection, location: Location) -> int:
    """The revision in `alembic_version`. Raises CalmtrackError for another program's."""
    name: str | None = connection.exec_driver_sql(_VERSION).scalar_one_or_none()
    if name is None or not re.fullmatch("[0-9]{4}", name):
        raise CalmtrackError(
            _(
                "{path} isn't a calmtrack diary. Nothing was changed. Check the path, or "
                "choose another diary with --diary."
            ).format(path=location.label)
        )
    return int(name)
