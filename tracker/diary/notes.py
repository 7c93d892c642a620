"""The people named in a diary's notes, and the gratitude jar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from tracker.catalogue import practice_templates, shipped_id
from tracker.diary.diary_base import DiaryBase
from tracker.errors import CalmtrackError
from tracker.i18n.date_format import format_day, format_recent, humanize_age, sentence_case
from tracker.i18n.messages import _, format_number, ngettext, pgettext
from tracker.models import EntryState, Practice
from tracker.rules import mentions
from tracker.store.reader import Reader
from tracker.views import JarPractice

GRATITUDE = "gratitude"
"""The id of the shipped practice whose notes are in the jar."""

SHOWN = "jar"
"""The app_state key of the days whose notes were shown, in the order of showing."""

MOST_SHOWN = 400
"""The largest number of shown days that are stored. With more notes than that, a note can come
again before every other was shown."""

NamedNote = tuple[date, Practice | None, str]
"""A day, a practice or None for the evening itself, and the note."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One note that names a person."""

    day: date
    practice: Practice | None
    """None for the evening's own note."""
    note: str
    is_of_rest: bool = False
    """Whether the note is that of a rest day."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom notes name."""

    name: str
    """In its most frequent spelling."""
    days: int
    """The number of days with a mention; several notes of a day count once."""
    first_day: date
    last_day: date
    practices: tuple[tuple[Practice, int], ...]
    """The practices in whose notes, and on how many days each, without rest days; most frequent
    first."""
    evenings: int
    """The number of days with a mention in the evening's own note."""
    rest_days: int
    """The number of days with a mention in the note of a rest day."""
    mentions: tuple[Mention, ...]
    """Newest first; of a day the evening's, then those of practices in the order of the list."""
    sentence: str
    """ "Anna, 14 days, last on Sunday"."""


@dataclass(frozen=True, slots=True)
class JarNote:
    """A note from the gratitude jar."""

    day: date
    note: str
    when: str
    """ "A year ago, on Monday 24 November 2025"."""


class Notes:
    """Reads the notes of a diary; only `next_gratitude` stores something."""

    def __init__(self, diary: DiaryBase) -> None:
        self._diary = diary

    def people(self) -> tuple[Person, ...]:
        """Every person named in a note up to today: by number of days, then by the latest mention.
        The reason of a planned rest day counts once the day has come."""
        today = self._diary.today()
        return self._diary.read(lambda reader: read_people(reader, today), ())

    def names(self) -> tuple[str, ...]:
        """The names in the notes, in the order of `people`."""
        return tuple(one.name for one in self.people())

    def next_gratitude(self) -> JarNote | None:
        """The past gratitude note shown longest ago or never; None without one.

        Stores that it was shown, where the diary is writable; that is not an undo step.
        """
        if not self._diary.store.exists():
            return None
        today = self._diary.today()
        with self._diary.store.reading() as reader:
            notes, shown = _gratitude(reader, today), _parse_days(reader.app_state().get(SHOWN))
        day = next_note_day(list(notes), shown)
        if day is None:
            return None
        # A note of a read-only diary is shown too.
        with suppress(CalmtrackError):
            self._diary.remember(
                SHOWN,
                lambda stored: [one.isoformat() for one in record_shown(day, _parse_days(stored))],
            )
        age = _with_article(humanize_age(day, today))
        ago = _("{ago} ago, on {day}").format(ago=age, day=format_day(day, year=True))
        return JarNote(day, notes[day], sentence_case(ago))

    def jar_practice(self) -> JarPractice:
        """The practice whose notes come into the jar: the first in today's list, or else one that
        was in the list once, or the shipped one."""
        today = self._diary.today()
        own = [one for one in self._diary.rows().practices if shipped_id(one) == GRATITUDE]
        own.sort(key=lambda one: one.archived_since(today) is not None)
        if own:
            return JarPractice(own[0].name, own[0].archived_since(today) is None)
        shipped = (one.name for one in practice_templates() if one.id == GRATITUDE)
        return JarPractice(next(shipped), is_in_list=False)

    def has_gratitude(self) -> bool:
        """Whether the jar has a past note."""
        today = self._diary.today()
        return self._diary.read(lambda reader: bool(_gratitude(reader, today)), False)


def read_people(reader: Reader, today: date) -> tuple[Person, ...]:
    """Every person named in a note, as `Notes.people` returns them."""
    practices = {practice.id: practice for practice in reader.practices()}
    notes = [
        (day, None if practice_id is None else practices[practice_id], note)
        for day, practice_id, note in reader.notes_with(mentions.SIGNS, last=today)
    ]
    reasons = reader.reasons_with(mentions.SIGNS).items()
    return people_in(notes, today, {one for one, state in reasons if state == EntryState.REST})


def people_in(
    notes: Iterable[NamedNote], today: date, rest_days: Container[tuple[date, str]] = ()
) -> tuple[Person, ...]:
    """Every person named in these notes, which are oldest first; `rest_days` are days and practice
    ids whose note is that of a rest day."""
    spellings: dict[str, list[str]] = {}
    by_name: dict[str, list[Mention]] = {}
    for day, practice, note in notes:
        for name in mentions.find_mentions(note):
            normalized = mentions.normalize_name(name)
            spellings.setdefault(normalized, []).append(name)
            is_of_rest = practice is not None and (day, practice.id) in rest_days
            by_name.setdefault(normalized, []).append(Mention(day, practice, note, is_of_rest))
    people = [
        _person(mentions.preferred_spelling(spellings[normalized]), of_one, today)
        for normalized, of_one in by_name.items()
    ]
    return tuple(sorted(people, key=lambda one: (-one.days, today - one.last_day, one.name)))


def _person(name: str, mentions: list[Mention], today: date) -> Person:
    days = {mention.day for mention in mentions}
    practices = Counter(
        mention.practice
        for mention in mentions
        if mention.practice is not None and not mention.is_of_rest
    )
    counted = ngettext("{count} day", "{count} days", len(days)).format(
        count=format_number(len(days))
    )
    last = max(days)
    return Person(
        name=name,
        days=len(days),
        first_day=min(days),
        last_day=last,
        practices=tuple(sorted(practices.items(), key=lambda one: (-one[1], one[0].position))),
        evenings=len({mention.day for mention in mentions if mention.practice is None}),
        rest_days=len({mention.day for mention in mentions if mention.is_of_rest}),
        mentions=tuple(sorted(mentions, key=_newest_first)),
        sentence=_("{name}, {days}, last {when}").format(
            name=name, days=counted, when=format_recent(last, today)
        ),
    )


def _newest_first(mention: Mention) -> tuple[int, int]:
    practice = mention.practice
    return -mention.day.toordinal(), -1 if practice is None else practice.position


def _gratitude(reader: Reader, today: date) -> dict[date, str]:
    """Past days with a gratitude note, oldest first. The note of a rest day or of a no is its
    reason, such as "a cold", and left out."""
    archived_first = sorted(reader.practices(), key=lambda one: one.archived_since(today) is None)
    notes = [
        (entry.day, entry.note)
        for practice in archived_first
        if shipped_id(practice) == GRATITUDE
        for entry in reader.entries_of(practice.id)
        if entry.note.strip()
        and entry.day < today
        and entry.state is EntryState.LOGGED
        and entry.amount != 0
    ]
    # Of a day on which its unit changed, there can be two.
    return {day: "\n".join(note for _day, note in of_day) for day, of_day in _by_day(notes)}


def _by_day(notes: list[tuple[date, str]]) -> Iterator[tuple[date, Iterator[tuple[date, str]]]]:
    """Notes grouped by their day, oldest first."""
    return groupby(sorted(notes, key=itemgetter(0)), key=itemgetter(0))


def _parse_days(stored: Any) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in stored or ())


def _with_article(age: str) -> str:
    """ "A year" for "1 year", as a sentence begins."""
    return (
        pgettext("the number 1, as in “A week ago”", "A") + age[1:] if age.startswith("1 ") else age
    )


def next_note_day(days: Sequence[date], shown: Sequence[date]) -> date | None:
    """The day whose note was shown longest ago or never; None for an empty jar.

    `days` with a note are oldest first, `shown` in the order of showing. Of the days never shown,
    it is the first one after the day shown last, or else the oldest.
    """
    already_shown = set(shown)
    not_shown = [day for day in days if day not in already_shown]
    if not_shown:
        return next((day for day in not_shown if shown and day > shown[-1]), not_shown[0])
    last_shown = {day: order for order, day in enumerate(shown)}
    return min(days, key=lambda day: last_shown[day], default=None)


def record_shown(day: date, shown: Sequence[date]) -> tuple[date, ...]:
    """The shown days with one more, at most MOST_SHOWN."""
    return (*(one for one in shown if one != day), day)[-MOST_SHOWN:]
