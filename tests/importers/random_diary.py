"""Random diaries: unusual practices in any order, hostile notes, every kind of entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from tests.importers.factories import TODAY, create_diary, open_diary
from tracker.diary import practice_lookup, validation
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.models import Entry, EntryState, Evening, Goal, Practice, Unit
from tracker.store.writer import Writer

_HOSTILE = st.sampled_from(
    [
        *("=", "+", "-", "@", "'", '"', ",", ";", "\t", "\r", "\n", "\r\n", "＝", "＠", " "),
        *("\ufeff", "\x1b[2J", "\u2028", "\u202e", "[/b]", "{day}", "\x85", "\x1a", "\x1c"),
        *("cafe\u0301", "👩\u200d👧", "None", "rest", "0", "''=", "\\", "\ud7ff", "\ufffd"),
    ]
)
_ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)

NOTES = st.lists(st.one_of(_HOSTILE, _ANY), max_size=5).map("".join).map(validation.note)

MOMENTS = st.none() | st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 24)).map(  # noqa: DTZ001
    lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ")
)

_PAST = st.integers(0, 40).map(lambda n: TODAY - timedelta(days=n))
_AHEAD = st.integers(1, 40).map(lambda n: TODAY + timedelta(days=n))
_AMOUNTS = st.one_of(st.none(), st.integers(0, 3), st.integers(0, 100_000))


@st.composite
def random_evenings(draw: st.DrawFn) -> Evening:
    """A rated evening, or one with a note only."""
    calm = draw(st.none() | st.integers(0, 10))
    return Evening(draw(_PAST), calm, draw(NOTES), draw(MOMENTS))


@st.composite
def random_entries(draw: st.DrawFn, ids: Sequence[str]) -> Entry:
    """An entry of one of these practices: logged, or a rest day that may be in the future."""
    rests = draw(st.booleans())
    day = draw(_PAST | _AHEAD if rests else _PAST)
    state = EntryState.REST if rests else EntryState.LOGGED
    return Entry(day, draw(st.sampled_from(ids)), state, draw(_AMOUNTS), draw(NOTES), draw(MOMENTS))


def _is_a_name(text: str) -> bool:
    try:
        return validation.name(text) == text
    except InputError:
        return False


NAMES = st.one_of(
    st.sampled_from(["=Tea", "'+1", "Day", "all", "日記", "Crème brûlée", "-", "@home", "Hug!"]),
    st.text(max_size=20).filter(_is_a_name),
)


@st.composite
def random_practices(draw: st.DrawFn) -> tuple[Practice, ...]:
    """The default practices and some custom ones, in any order."""
    practices = list(_default_practices())
    for name in draw(st.lists(NAMES, max_size=4, unique_by=str.casefold)):
        added_on = draw(_PAST)
        practices.append(
            Practice(
                id=practice_lookup.slug(name, [p.id for p in practices]),
                key=None,
                name=name,
                question="",
                unit=draw(st.sampled_from(Unit)),
                step=1,
                position=0,
                overlap=False,
                added_on=added_on,
                goals=(Goal(added_on, 1, 7),),
            )
        )
    order = draw(st.permutations(practices))
    return tuple(one._replace(position=place) for place, one in enumerate(order, start=1))


@st.composite
def diary_contents(draw: st.DrawFn) -> tuple[tuple[Practice, ...], list[Entry], list[Evening]]:
    """Practices, entries and evenings of a diary."""
    practices = draw(random_practices())
    ids = [practice.id for practice in practices]
    entries = st.lists(random_entries(ids), max_size=30, unique_by=lambda e: (e.day, e.practice_id))
    evenings = st.lists(random_evenings(), max_size=10, unique_by=lambda e: e.day)
    return practices, draw(entries), draw(evenings)


def diary_with(
    path: Path, contents: tuple[tuple[Practice, ...], list[Entry], list[Evening]]
) -> Diary:
    """Creates a diary with these contents."""
    practices, entries, evenings = contents

    def save(writer: Writer) -> None:
        for practice in practices:
            writer.save_practices([practice])
        writer.save_entries(entries)
        writer.save_evenings(evenings)

    diary = create_diary(path)
    diary.change("practice", "all", save)
    return diary


@cache
def _default_practices() -> tuple[Practice, ...]:
    with TemporaryDirectory() as folder:
        return open_diary(Path(folder) / "diary.db").practices.all()


def year_of_entries(ids: Sequence[str], last: date = TODAY) -> tuple[list[Entry], list[Evening]]:
    """A year of evenings and of entries for these practices."""
    entries, evenings = [], []
    for number in range(365):
        day = last - timedelta(days=number)
        at = datetime.combine(day, time(20, 15)).strftime("%Y-%m-%dT%H:%M:%SZ")
        if number % 5:
            evenings.append(Evening(day, number * 7 % 11, "=quiet" if number % 9 == 0 else "", at))
        for position, practice_id in enumerate(ids):
            if (number + position * 3) % 4:
                note = f'number {number}, "so"' if number % 7 == position else ""
                state = EntryState.REST if (number + position) % 13 == 0 else EntryState.LOGGED
                entries.append(Entry(day, practice_id, state, number % 3, note, at))
    return entries, evenings
