"""From what the database reports to the one sentence a person reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tracker.errors import CalmtrackError, DatabaseUnavailable
from tracker.i18n.messages import say
from tracker.location import Location

BUSY_SECONDS = 5.0
"""How long whoever needs the diary waits for another who has it, before that is told."""

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

# By class, the first two signs, or by the whole code: PostgreSQL's manual, appendix A.
_SERVER_SENTENCES = {
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
_GONE = ("08", "57P", "53300")

# A server that opens no door gives no code, only words; in another language they are not found,
# and it counts as one that can't be reached.
_AT_THE_DOOR = {
    "password": "store.no_entry",
    "authentication": "store.no_entry",
    "role": "store.no_entry",
    "pg_hba": "store.no_entry",
    "permission denied for database": "store.not_allowed",
    "database": "store.no_database",
}


@dataclass
class CommitState:
    """How far a transaction has come."""

    committing: bool = False
    """Whether all was written, and only the server's word is missing that it is kept."""


def message_for(error: sqlite3.Error, place: Location) -> str:
    """One sentence for an error of SQLite's, told apart by its name and never by its text."""
    name = getattr(error, "sqlite_errorname", "") or ""
    family = "_".join(name.split("_")[:2])
    return say(_SENTENCES.get(family, "store.other"), path=place.label, detail=name or error)


@contextmanager
def translate_db_errors(place: Location) -> Iterator[CommitState]:
    """Turns what the database reports into Trouble with one sentence.

    Only the database's own reports: a mistake of ours stays what it is.
    """
    from sqlalchemy.exc import DBAPIError

    course = CommitState()
    try:
        yield course
    except sqlite3.Error as error:
        raise CalmtrackError(message_for(error, place)) from error
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise CalmtrackError(message_for(error.orig, place)) from error
        # Not "from error": what a server reports can hold the row, or who wanted to come in.
        raise _server_error_key(error, place, course) from None


def _server_error_key(error: object, place: Location, course: CommitState) -> CalmtrackError:
    report = getattr(error, "orig", None)
    code: str | None = getattr(report, "sqlstate", None)
    if code is None and (name := _login_error_key(str(report))):
        return CalmtrackError(say(name, path=place.label))
    if code is None or code.startswith(_GONE):
        if course.committing:
            return CalmtrackError(say("store.unsure", path=place.label))
        return DatabaseUnavailable(say("store.away", path=place.label))
    found = _SERVER_SENTENCES.get(code) or _SERVER_SENTENCES.get(code[:2])
    # The report's own kind and never its text, which can hold what a person wrote.
    return CalmtrackError(
        say(found or "store.server", path=place.label, detail=type(report).__name__)
    )


def _login_error_key(words: str) -> str | None:
    """The sentence for a server that said no before it gave any code."""
    if "FATAL" not in words and "no password supplied" not in words:
        return None
    said = words.partition("FATAL")[2] or words
    return next((name for part, name in _AT_THE_DOOR.items() if part in said), None)
