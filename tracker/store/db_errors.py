"""Translates database errors into CalmtrackError with one sentence for the person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tracker.errors import CalmtrackError, DatabaseUnavailable
from tracker.i18n.messages import say
from tracker.location import Location

BUSY_SECONDS = 5.0
"""Seconds to wait for a lock before reporting that the diary is busy."""

_SENTENCES = {
    "SQLITE_BUSY": "store.busy",
    "SQLITE_LOCKED": "store.busy",
    "SQLITE_READONLY": "store.read_only",
    "SQLITE_PERM": "store.read_only",
    "SQLITE_CANTOPEN": "store.cannot_open",
    "SQLITE_FULL": "store.full",
    "SQLITE_IOERR": "store.disk",
    "SQLITE_CORRUPT": "store.corrupt",
    "SQLITE_NOTADB": "store.not_a_diary",
}

# SQLSTATE classes (first two characters) or whole codes: PostgreSQL manual, appendix A.
_SQLSTATE_SENTENCES = {
    "25006": "store.not_allowed",
    "28": "store.no_entry",
    "3D": "store.no_database",
    "3F": "store.no_schema",
    "40": "store.busy",
    "42501": "store.not_allowed",
    "53100": "store.server_full",
    "55P03": "store.busy",
    "57014": "store.busy",
}
_CONNECTION_LOST = ("08", "57P", "53300")

# A server that refuses a login gives no code, only a message; in another language none matches,
# and it counts as one that can't be reached.
_LOGIN_SENTENCES = {
    "password": "store.no_entry",
    "authentication": "store.no_entry",
    "role": "store.no_entry",
    "pg_hba": "store.no_entry",
    "permission denied for database": "store.not_allowed",
    "database": "store.no_database",
}


@dataclass
class CommitState:
    """Progress of a transaction."""

    committing: bool = False
    """Whether COMMIT was sent: a connection lost now leaves the outcome unknown."""


def message_for(error: sqlite3.Error, location: Location) -> str:
    """The sentence for an SQLite error, chosen by its error name, never by its text."""
    name = getattr(error, "sqlite_errorname", "") or ""
    family = "_".join(name.split("_")[:2])
    return say(_SENTENCES.get(family, "store.other"), path=location.label, detail=name or error)


@contextmanager
def translate_db_errors(location: Location) -> Iterator[CommitState]:
    """Raises database errors as CalmtrackError; programming errors pass through unchanged."""
    from sqlalchemy.exc import DBAPIError

    state = CommitState()
    try:
        yield state
    except sqlite3.Error as error:
        raise CalmtrackError(message_for(error, location)) from error
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise CalmtrackError(message_for(error.orig, location)) from error
        # Not "from error": a server's message can contain the row, or the user name.
        raise _server_error(error, location, state) from None


def _server_error(error: object, location: Location, state: CommitState) -> CalmtrackError:
    report = getattr(error, "orig", None)
    code: str | None = getattr(report, "sqlstate", None)
    if code is None and (name := _login_error_key(str(report))):
        return CalmtrackError(say(name, path=location.label))
    if code is None or code.startswith(_CONNECTION_LOST):
        if state.committing:
            return CalmtrackError(say("store.unsure", path=location.label))
        return DatabaseUnavailable(say("store.away", path=location.label))
    found = _SQLSTATE_SENTENCES.get(code) or _SQLSTATE_SENTENCES.get(code[:2])
    # The error class, never its text, which can contain what a person wrote.
    return CalmtrackError(
        say(found or "store.server", path=location.label, detail=type(report).__name__)
    )


def _login_error_key(words: str) -> str | None:
    """The sentence for a refused login, which comes without an SQLSTATE."""
    if "FATAL" not in words and "no password supplied" not in words:
        return None
    reason = words.partition("FATAL")[2] or words
    return next((name for part, name in _LOGIN_SENTENCES.items() if part in reason), None)
