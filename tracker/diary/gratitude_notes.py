"""The gratitude jar: one note of something a person was glad of, the one unseen the longest."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError
from tracker.i18n.dates import format_day, humanize_age
from tracker.i18n.messages import say
from tracker.rules import gratitude_jar as rules
from tracker.store.reader import Reader

GRATITUDE = "gratitude"
"""The practice whose notes go into the jar."""

SHOWN = "jar"
"""Under this key the diary keeps the days whose notes were shown, in that order."""


@dataclass(frozen=True, slots=True)
class JarNote:
    """A note out of the jar."""

    day: date
    note: str
    when: str
    """ "A year ago, on Monday 24 November 2025"."""


def next_note(diary: Diary) -> JarNote | None:
    """The past note that has not been seen the longest; None when there is none.

    That it was shown is remembered, where the diary can be written to; it is no step of undo,
    and begins no diary.
    """
    if not diary.store.begun():
        return None
    today = diary.today()
    with diary.store.reading() as reader:
        notes, shown = _notes(reader, today), _shown(reader.kept().get(SHOWN))
    day = rules.next_note_day(list(notes), shown)
    if day is None:
        return None
    # Looking goes on where nothing can be written.
    with suppress(CalmtrackError):
        diary.remember(SHOWN, lambda kept: _after(day, kept))
    when = say("jar.ago", ago=_in_words(humanize_age(day, today)), day=format_day(day, year=True))
    return JarNote(day, notes[day], when)


def holds_any(diary: Diary) -> bool:
    """Whether there is a past note in the jar."""
    if not diary.store.begun():
        return False
    with diary.store.reading() as reader:
        return bool(_notes(reader, diary.today()))


def _notes(reader: Reader, today: date) -> dict[date, str]:
    """Past days with a note of gratitude, the oldest first."""
    return {
        entry.day: entry.note
        for entry in reader.entries_of(GRATITUDE)
        if entry.note.strip() and entry.day < today
    }


def _shown(kept: Any) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in kept or ())


def _after(day: date, kept: Any) -> list[str]:
    return [one.isoformat() for one in rules.record_shown(day, _shown(kept))]


def _in_words(how_long_ago: str) -> str:
    """ "A year" for "1 year": so one would begin a sentence."""
    one = how_long_ago.startswith("1 ")
    return f"{say('jar.one')}{how_long_ago[1:]}" if one else how_long_ago
