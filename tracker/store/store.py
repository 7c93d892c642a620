"""Opens a diary's database and runs one short transaction at a time in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol

from tracker.errors import CalmtrackError, InputError
from tracker.files import refuse_special
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.store import db_errors, diary_file
from tracker.store.backup_folders import is_backup, refuse_backup
from tracker.store.connection import Connection
from tracker.store.diary_file import SqliteCopy, SqliteFile
from tracker.store.reader import Reader
from tracker.store.schema import SCHEMA
from tracker.store.writer import Writer

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Database(Protocol):
    """A diary's database: a file, a copy of one in memory, or on a server."""

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, for migrations."""

    def transaction(self, *, writes: bool) -> AbstractContextManager[Connection]:
        """A transaction that commits on leaving without an error, else rolls back. One that doesn't
        write is a consistent snapshot. Raises CalmtrackError where another program has emptied,
        replaced or migrated the diary while this one was open."""

    def schema(self) -> int:
        """Schema revision of the existing tables; 0 for none."""


def database_of(location: Location) -> Database:
    """The database at a location. Raises InputError for an address that is not a database URL."""
    if location.path is not None:
        return SqliteFile(location)
    from tracker.store.postgres import Server

    return Server(location)


def _copy_of(location: Location) -> Database:
    """A copy in memory of the diary at a location, as it is now."""
    from tracker.store import backups

    return SqliteCopy(location, backups.load(location))


class Store:
    """The database of one diary. Database errors are raised as CalmtrackError, one sentence."""

    def __init__(self, location: Location, *, in_memory: bool = False) -> None:
        """Connects lazily, with the first transaction. `in_memory` opens a copy of the file as it
        is now in memory: it can be migrated, and nothing of it is written to a disk."""
        self.location = location
        self.database = _copy_of(location) if in_memory else database_of(location)
        self._in_memory = in_memory
        self._ready = False

    def exists(self) -> bool:
        """Whether the diary exists; an empty file counts as none. Migrates an older schema, that of
        a backup in memory.

        Raises CalmtrackError for a file that is not a diary, or a newer one, and InputError for a
        FIFO or a device.
        """
        if self._ready:
            return True
        if self.location.path is not None and not _is_not_empty(self.location):
            return False
        if self.location.path is not None and diary_file.is_foreign(self.location.path):
            raise db_errors.error_for(db_errors.NO_DIARY, self.location.label)
        with db_errors.translate_db_errors(self.location):
            schema = self.database.schema()
            if schema == 0:
                return False
            if schema < SCHEMA:
                if is_backup(self.location) and not self._in_memory:
                    self._in_memory, self.database = True, _copy_of(self.location)
                self._upgrade()
        self._ready = True
        return True

    def check_exists(self) -> None:
        """Raises InputError where there is no diary, and what `exists` raises."""
        if not self.exists():
            raise no_diary_error(self.location)

    def forget_schema(self) -> None:
        """Makes the next access read the schema again, and migrate an older one: the file is about
        to be replaced."""
        self._ready = False

    def create(self) -> None:
        """Creates the diary if there is none."""
        if self.exists():
            return
        refuse_backup(self.location)
        if self.location.path is not None:
            from tracker.store import backups

            if message := backups.missing_diary_message(self.location):
                # A new empty diary would hide that the file is missing.
                raise CalmtrackError(message)
            diary_file.create_private(self.location.path)
        with db_errors.translate_db_errors(self.location):
            if isinstance(self.database, SqliteFile):
                self.database.create_tables()
            else:
                self._upgrade()
        self._ready = True

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """A read-only transaction: one consistent snapshot."""
        with (
            db_errors.translate_db_errors(self.location),
            self.database.transaction(writes=False) as connection,
        ):
            yield Reader(connection)

    @contextmanager
    def writing(self, at: str) -> Iterator[Writer]:
        """A write transaction with `at` as the time of change of its rows (UTC, microseconds).

        Commits on leaving without an error, and is then durable; else rolls back. Raises InputError
        for a backup.
        """
        refuse_backup(self.location)
        with (
            db_errors.translate_db_errors(self.location) as state,
            self.database.transaction(writes=True) as connection,
        ):
            yield Writer(connection, at)
            state.committing = True

    def _upgrade(self) -> None:
        from tracker.store.migrations import MigrationError, upgrade

        try:
            upgrade(self.database.engine, self._keep_before_upgrade)
        except MigrationError as error:
            raise CalmtrackError(
                _(
                    "Couldn't upgrade the diary at {path} for this version of calmtrack. "
                    "This is a bug in calmtrack. The diary wasn't changed, and the version "
                    "you had before still opens it."
                ).format(path=self.location.label)
            ) from error

    def _keep_before_upgrade(self, schema: int) -> None:
        from tracker.store import backups

        if not self._in_memory:
            backups.keep_before_upgrade(self.location, schema)


def no_diary_error(location: Location) -> InputError:
    """The error that there is no diary at a location, for what needs one."""
    return InputError(
        _(
            "There's no diary at {path} yet. Check the location, or start a diary there first."
        ).format(path=location.label)
    )


def _is_not_empty(location: Location) -> bool:
    refuse_special(location.file)
    try:
        return location.file.stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise db_errors.error_for(db_errors.CANNOT_OPEN, location.label) from error
