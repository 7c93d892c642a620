"""The people named in the notes: derived from what was written, and never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.diary.diary_reader import DiaryReader
from tracker.i18n.dates import format_recent
from tracker.i18n.messages import say
from tracker.models import Practice
from tracker.rules import mentions as rules

NamedNote = tuple[date, Practice | None, str]
"""A day, a practice or None for the evening itself, and the note."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One note that names a person."""

    day: date
    practice: Practice | None
    """None where it is the evening's own note."""
    note: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom notes name."""

    name: str
    """As written most often."""
    days: int
    """On how many days: one with several notes counts once."""
    first_day: date
    last_day: date
    practices: tuple[tuple[Practice, int], ...]
    """In whose notes, and on how many days each; the most first."""
    mentions: tuple[Mention, ...]
    """The newest first."""
    sentence: str
    """ "Anna, 14 times, last on Sunday"."""


def people(diary: DiaryReader) -> tuple[Person, ...]:
    """Everybody whom a note names: who was named on the most days first, then who lately."""
    if not diary.store.begun():
        return ()
    with diary.store.reading() as reader:
        practices = {practice.id: practice for practice in reader.practices()}
        notes = [
            (day, None if practice_id is None else practices[practice_id], note)
            for day, practice_id, note in reader.notes_with(*rules.SIGNS)
        ]
    return people_in(notes, diary.today())


def people_in(notes: Iterable[NamedNote], today: date) -> tuple[Person, ...]:
    """Everybody whom these notes, the oldest first, name."""
    spellings: dict[str, list[str]] = {}
    mentions: dict[str, list[Mention]] = {}
    for day, practice, note in notes:
        for name in rules.find_mentions(note):
            who = rules.normalize_name(name)
            spellings.setdefault(who, []).append(name)
            mentions.setdefault(who, []).append(Mention(day, practice, note))
    found = [
        _person(rules.preferred_spelling(spellings[who]), told, today)
        for who, told in mentions.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.days, today - one.last_day, one.name)))


def names_used(diary: DiaryReader) -> tuple[str, ...]:
    """The names in the notes, who was named most first."""
    return tuple(one.name for one in people(diary))


def _person(name: str, mentions: list[Mention], today: date) -> Person:
    days = {mention.day for mention in mentions}
    named_with: dict[Practice, int] = {}
    for mention in mentions:
        if mention.practice is not None:
            named_with[mention.practice] = named_with.get(mention.practice, 0) + 1
    times = say("people.once") if len(days) == 1 else say("people.times", count=len(days))
    last = max(days)
    return Person(
        name=name,
        days=len(days),
        first_day=min(days),
        last_day=last,
        practices=tuple(sorted(named_with.items(), key=lambda one: (-one[1], one[0].position))),
        mentions=tuple(reversed(mentions)),
        sentence=say("people.sentence", name=name, times=times, when=format_recent(last, today)),
    )
