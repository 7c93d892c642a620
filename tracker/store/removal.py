"""What is really removed: a day, or everything, the undo log included."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from tracker.places import Place
from tracker.store.faults import sentence_for
from tracker.store.files import uri
from tracker.trouble import Trouble

_OF_A_DAY = (
    "DELETE FROM entry WHERE day = :day",
    "DELETE FROM evening WHERE day = :day",
    "DELETE FROM change_row WHERE day = :day",
    "DELETE FROM change WHERE id NOT IN (SELECT change_id FROM change_row)",
    # The kept folds may have counted the day; pages and the next change fold anew.
    "DELETE FROM streak_state",
)


def remove_day(place: Place, path: Path, day: date) -> int:
    """Removes a day from a diary's file, undo log included, then rewrites the file so that
    no trace stays in its unused pages. Returns how many rows of the day there were."""
    try:
        with closing(
            sqlite3.connect(uri(path, "rw"), uri=True, timeout=5, isolation_level=None)
        ) as connection:
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("PRAGMA synchronous=EXTRA")
            connection.execute("BEGIN IMMEDIATE")
            removed = 0
            for statement in _OF_A_DAY:
                done = connection.execute(statement, {"day": day.isoformat()})
                if "change" not in statement and "streak_state" not in statement:
                    removed += done.rowcount
            connection.execute("COMMIT")
            connection.execute("VACUUM")
    except sqlite3.Error as error:
        raise Trouble(sentence_for(error, place)) from error
    return removed
