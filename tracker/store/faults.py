"""From what SQLite reports to the one sentence a person reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tracker.places import Place
from tracker.trouble import Trouble
from tracker.words import say

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


def sentence_for(error: sqlite3.Error, place: Place) -> str:
    """One sentence for an error of SQLite's, told apart by its name and never by its text."""
    name = getattr(error, "sqlite_errorname", "") or ""
    family = "_".join(name.split("_")[:2])
    return say(_SENTENCES.get(family, "store.other"), path=place.label, detail=name or error)


@contextmanager
def plain_faults(place: Place) -> Iterator[None]:
    """Turns what the database reports into Trouble with one sentence.

    Only the database's own reports: a mistake of ours stays what it is.
    """
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except sqlite3.Error as error:
        raise Trouble(sentence_for(error, place)) from error
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise Trouble(sentence_for(error.orig, place)) from error
        raise Trouble(say("store.server", path=place.label)) from error
