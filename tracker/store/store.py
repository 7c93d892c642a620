"""A diary's database: opened, asked, and changed, one short transaction at a time."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from tracker.errors import CalmtrackError
from tracker.i18n.messages import say
from tracker.location import Location
from tracker.store import backups, db_errors, filesystem, postgres
from tracker.store.engine import engine_for
from tracker.store.reader import Reader
from tracker.store.schema import APPLICATION_ID, SCHEMA
from tracker.store.writer import Writer


class Store:
    """Every method raises Trouble, with one sentence, for what the database cannot do."""

    def __init__(self, place: Location) -> None:
        """Opens nothing yet."""
        self.place = place
        self.engine = engine_for(place)
        # A server's connection waits for the next question; it is closed with the last diary.
        weakref.finalize(self, self.engine.dispose)
        self._ready = False
        self._looking = {} if place.path is not None else postgres.READ_ONLY_SNAPSHOT

    def begun(self) -> bool:
        """Whether there is a diary at its place; an empty file is one not yet begun.

        Brings an older one up to date. Raises Trouble for a file that is no diary, or a newer one.
        """
        if self._ready:
            return True
        if self.place.path is not None and not _holds_something(self.place):
            return False
        if self.place.path is not None and filesystem.is_foreign(self.place.path):
            raise CalmtrackError(say("store.not_a_diary", path=self.place.label))
        with db_errors.translate_db_errors(self.place):
            schema = self._schema()
            if schema == 0:
                return False
            if schema < SCHEMA:
                self._upgrade()
        self._ready = True
        return True

    def begin(self) -> None:
        """Makes the diary where there is none; an existing one is left as it is."""
        if self.begun():
            return
        if self.place.path is not None:
            # In this order: another process may begin it, and make its first backup, between.
            if backups.backups_of(self.place) and not _holds_something(self.place):
                # It was there: an empty one in its place would hide that.
                raise CalmtrackError(say("store.gone", path=self.place.label))
            filesystem.create_private(self.place.path)
        with db_errors.translate_db_errors(self.place):
            self._upgrade()
        self._ready = True

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One consistent look at the diary."""
        with (
            db_errors.translate_db_errors(self.place),
            self._transaction(**self._looking) as connection,
        ):
            yield Reader(connection)

    @contextmanager
    def writing(self, at: str) -> Iterator[Writer]:
        """One transaction that holds all of what is done in it, or none, with `at` as its time
        of change. When this is left without an error, it is on disk."""
        with (
            db_errors.translate_db_errors(self.place) as course,
            self._transaction(writes=True) as connection,
        ):
            yield Writer(connection, at)
            course.committing = True

    @contextmanager
    def _transaction(self, **options: Any) -> Iterator[Connection]:
        try:
            connection = self._connected(options)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            # The kept connection had gone stale, and nothing was done in it yet.
            connection = self._connected(options)
        transaction = connection.get_transaction()
        assert transaction is not None
        with connection, transaction:
            yield connection

    def _connected(self, options: dict[str, Any]) -> Connection:
        """A connection in a transaction that has begun, also at the server's end."""
        connection = self.engine.connect()
        try:
            connection.execution_options(**options).begin()
            self._refuse_newer(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _refuse_newer(self, connection: Connection) -> None:
        """A newer calmtrack may have brought the diary to its schema while this one was open."""
        if self.place.path is None:
            found = postgres.revision_in(connection, self.place)
        else:
            found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if found > SCHEMA:
            raise CalmtrackError(say("store.newer", path=self.place.label))

    def _upgrade(self) -> None:
        from tracker.store.migrate import UpgradeError, upgrade

        try:
            upgrade(self.engine, partial(backups.keep_before_upgrade, self.place))
        except UpgradeError as error:
            raise CalmtrackError(say("store.not_upgraded", path=self.place.label)) from error

    def _schema(self) -> int:
        """The revision of the tables that are there; 0 for none."""
        with self.engine.connect() as connection:
            found = (
                _sqlite_schema(connection, self.place)
                if self.place.path is not None
                else postgres.schema_in(connection, self.place)
            )
        if found > SCHEMA:
            raise CalmtrackError(say("store.newer", path=self.place.label))
        return found


def _holds_something(place: Location) -> bool:
    assert place.path is not None
    try:
        return place.path.stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise CalmtrackError(say("store.cannot_open", path=place.label)) from error


def _sqlite_schema(connection: Connection, place: Location) -> int:
    application: int = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    schema: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if application == APPLICATION_ID:
        return schema
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if tables or application:
        raise CalmtrackError(say("store.not_a_diary", path=place.label))
    return 0
