"""Translates database errors into CalmtrackError with one sentence for the person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tracker.errors import CalmtrackError, DatabaseUnavailable
from tracker.files import folder_message
from tracker.i18n.messages import N_, _
from tracker.location import Location

BUSY_SECONDS = 5.0
"""Seconds to wait for a lock before reporting that the diary is busy."""

BUSY = N_("Another program is using the diary at {path}. Nothing was changed. Please try again.")
_READ_ONLY = N_(
    "The diary at {path} is read-only, so nothing was changed. Check the permissions of the "
    "file and its folder."
)
_NOT_ALLOWED = N_(
    "The database user for {path} doesn't have enough permissions. Nothing was "
    "changed. Check that user's permissions on the server."
)
_NO_ENTRY = N_(
    "The server didn't accept the login for {path}. Check the user name and the password."
)
_NO_DATABASE = N_(
    "The server doesn't have the database in {path}. Create it first with CREATE DATABASE."
)
CANNOT_OPEN = N_(
    "Couldn't open the diary at {path}. Check that it exists and that you can read the "
    "file and its folder."
)
NO_DIARY = N_(
    "{path} isn't a calmtrack diary. Nothing was changed. Check the path, or choose "
    "another diary with --diary."
)
_DAMAGED = N_(
    'The diary at {path} is damaged. Nothing was changed. To repair it, run "calmtrack '
    'doctor --repair".'
)
NO_SCHEMA = N_(
    "The diary's URL names a schema that the database at {path} doesn't have. "
    "Create the schema first with CREATE SCHEMA."
)

_MESSAGES = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_CANTOPEN": CANNOT_OPEN,
    "SQLITE_FULL": N_(
        "Couldn't save to the diary at {path}: the disk is full. Nothing was changed. Free "
        "some space, then try again."
    ),
    "SQLITE_IOERR": N_(
        "The disk reported an error at {path} ({detail}). Nothing was changed. Check the disk, "
        "then try again."
    ),
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": NO_DIARY,
}

# SQLSTATE classes (first two characters) or whole codes: PostgreSQL manual, appendix A.
_SQLSTATE_MESSAGES = {
    "22P05": N_(
        "The database at {path} can't store all characters, because its encoding isn't UTF-8. "
        "Nothing was changed. Create a database with the encoding UTF8 for your diary."
    ),
    "25006": _NOT_ALLOWED,
    "28": _NO_ENTRY,
    "3D": _NO_DATABASE,
    "3F": NO_SCHEMA,
    "40": BUSY,
    "42501": _NOT_ALLOWED,
    "53100": N_(
        "Couldn't save to {path}: the server's disk is full. Nothing was changed. Free some "
        "space there, then try again."
    ),
    "55P03": BUSY,
    "57014": BUSY,
}
_CONNECTION_LOST = ("08", "57P", "53300")

# A server that refuses a login gives no code, only a message; in another language none matches,
# and it counts as one that can't be reached.
_LOGIN_MESSAGES = {
    "password": _NO_ENTRY,
    "authentication": _NO_ENTRY,
    "role": _NO_ENTRY,
    "pg_hba": _NO_ENTRY,
    "permission denied for database": _NOT_ALLOWED,
    "database": _NO_DATABASE,
}


class CommitState:
    """Progress of a transaction."""

    committing = False
    """Whether COMMIT was sent: a connection lost now leaves the outcome unknown."""


def error_for(message: str, path: object) -> CalmtrackError:
    """The error of one of the messages above, for a path or the label of a location."""
    return CalmtrackError(_(message).format(path=path))


def message_for(error: sqlite3.Error, location: Location) -> str:
    """The sentence for an SQLite error, chosen by its error name, never by its text."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_CANTOPEN") and location.path is not None and location.path.is_dir():
        return folder_message(location.path)
    family = "_".join(name.split("_")[:2])
    if family == "SQLITE_NOTADB":
        from tracker.store.backup_folders import has_daily_backup

        if has_daily_backup(location):
            # The path isn't mistyped.
            return _(_DAMAGED).format(path=location.label)
    message = _MESSAGES.get(
        family,
        N_(
            "Couldn't use the diary at {path} ({detail}). Nothing was changed. "
            'Run "calmtrack doctor" to check the diary.'
        ),
    )
    return _(message).format(path=location.label, detail=name or error)


@contextmanager
def translate_db_errors(location: Location) -> Iterator[CommitState]:
    """Raises database errors as CalmtrackError; programming errors pass through unchanged."""
    state = CommitState()
    try:
        yield state
    except sqlite3.Error as error:
        raise CalmtrackError(message_for(error, location)) from error
    except CalmtrackError:
        raise
    except Exception as error:
        from sqlalchemy.exc import DBAPIError

        if not isinstance(error, DBAPIError):
            raise
        if isinstance(error.orig, sqlite3.Error):
            raise CalmtrackError(message_for(error.orig, location)) from error
        # Not "from error": a server's message can contain the row, or the user name.
        raise _server_error(error, location, state) from None


def _server_error(error: object, location: Location, state: CommitState) -> CalmtrackError:
    report = getattr(error, "orig", None)
    code: str | None = getattr(report, "sqlstate", None)
    if code is None and (message := _login_message(str(report))):
        return error_for(message, location.label)
    if code is None or code.startswith(_CONNECTION_LOST):
        if state.committing:
            return CalmtrackError(
                _(
                    "The connection to {path} dropped while saving. Check whether your change "
                    "is there."
                ).format(path=location.label)
            )
        return DatabaseUnavailable(
            _(
                "Couldn't reach the database at {path}. Nothing was changed. Check the "
                "connection, then try again."
            ).format(path=location.label)
        )
    found = _SQLSTATE_MESSAGES.get(code) or _SQLSTATE_MESSAGES.get(code[:2])
    # The error class, never its text, which can contain what a person wrote.
    return CalmtrackError(
        _(
            found
            or N_(
                "The database at {path} refused the request ({detail}). Nothing was "
                'changed. Please try again. If it happens again, run "calmtrack '
                'doctor".'
            )
        ).format(path=location.label, detail=type(report).__name__)
    )


def _login_message(words: str) -> str | None:
    """The sentence for a refused login, which comes without an SQLSTATE."""
    if "FATAL" not in words and "no password supplied" not in words:
        return None
    reason = words.partition("FATAL")[2] or words
    return next((name for part, name in _LOGIN_MESSAGES.items() if part in reason), None)
