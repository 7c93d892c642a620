"""The journal: evenings with their notes, newest first, filtered and searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Literal

from tracker.diary.diary_base import DiaryBase
from tracker.diary.streak_figures import history_with
from tracker.i18n.date_format import month_numbers, short_month_numbers
from tracker.models import LOW_SCORE, Entry, Evening, Practice, State
from tracker.rules import mentions
from tracker.rules.day_states import state_of
from tracker.rules.days import EARLIEST, LATEST
from tracker.rules.folding import fold
from tracker.rules.search import Match, SearchQuery, parse_query
from tracker.store.reader import Reader
from tracker.views import (
    JournalEvening,
    JournalFilter,
    JournalPage,
    LoggedPractice,
    PastEvening,
    SearchResult,
)

WINDOW = 40
"""Evenings that are read at a time: more than a terminal of 60 lines shows."""

LOW_CALM, HIGH_CALM = (0, LOW_SCORE), (7, 10)
"""The scores of low and of high evenings."""

EVERYTHING = JournalFilter()

SharedReason = Literal["shared_reason"]
"""Of a day that a search finds by the name of a practice alone, in a reason that several share."""

_SHARED_REASON: SharedReason = "shared_reason"


class Journal:
    """Reads evenings with their notes. Nothing is indexed: a search reads every note."""

    def __init__(self, diary: DiaryBase) -> None:
        self._diary = diary

    def window(
        self,
        wanted: JournalFilter = EVERYTHING,
        last: date | None = None,
        *,
        most: int = WINDOW,
        until: date | None = None,
    ) -> JournalPage:
        """The latest evenings up to `last`, today without one: `most` of them, or as many as it
        takes to include the evening of `until`, or the next older one where that day has none."""
        today = self._diary.today()
        if not self._diary.store.exists():
            return JournalPage(today, (), None)
        end = min(last or today, today)
        with self._diary.store.reading() as reader:
            if until is not None and until < end:
                newer = _days(reader, wanted, until + timedelta(days=1), end, None)
                most = max(most, len(newer) + 1)
            days = _days(reader, wanted, EARLIEST, end, most + 1)
            evenings = tuple(_evenings_on(reader, days[:most], today))
        return JournalPage(today, evenings, days[most] if len(days) > most else None)

    def evenings(
        self,
        wanted: JournalFilter = EVERYTHING,
        first: date | None = None,
        last: date | None = None,
    ) -> tuple[JournalEvening, ...]:
        """Every evening from `first` to `last` (today without one), newest first."""
        today = self._diary.today()

        def read(reader: Reader) -> tuple[JournalEvening, ...]:
            days = _days(reader, wanted, first or EARLIEST, min(last or today, today), None)
            return tuple(_evenings_on(reader, days, today))

        return self._diary.read(read, ())

    def on_this_day(
        self, day: date | None = None, *, with_low: bool = False
    ) -> tuple[PastEvening, ...]:
        """The evenings a week, a month and each year before a day (today without one), if they have
        a note or a practice done. Low ones are included only with `with_low`."""
        today = self._diary.today()
        chosen = day or today
        if not self._diary.store.exists():
            return ()
        ages: dict[date, tuple[Literal["week", "month", "year"], int]] = {
            _years_before(chosen, years): ("year", years)
            for years in range(1, chosen.year - EARLIEST.year + 1)
        }
        ages |= {
            _month_before(chosen): ("month", 1),
            chosen - timedelta(days=7): ("week", 1),
        }
        with self._diary.store.reading() as reader:
            days = sorted(ages, reverse=True)
            evenings = list(_evenings_on(reader, days, today))
        return tuple(
            PastEvening(*ages[evening.day], evening)
            for evening in evenings
            if _is_remembered(evening) and (with_low or not _is_low(evening))
        )

    def search(
        self,
        text: str,
        first: date | None = None,
        last: date | None = None,
        *,
        most: int | None = None,
    ) -> SearchResult:
        """Searches the notes from `first` to `last`, planned rest days ahead included, and reads
        the first `most` evenings found, or all."""
        today = self._diary.today()
        query = parse_query(text, month_numbers(), short_month_numbers())
        if not query.words or not self._diary.store.exists():
            return SearchResult(today, (), (), (), ())
        with self._diary.store.reading() as reader:
            matches = _matches(reader, query, first or EARLIEST, last or LATEST)
            in_one, in_several, shared = (
                tuple(day for day, match in reversed(matches.items()) if match == wanted)
                for wanted in ("one_note", "several_notes", _SHARED_REASON)
            )
            evenings = tuple(_evenings_on(reader, (in_one + in_several + shared)[:most], today))
        return SearchResult(today, in_one, in_several, shared, evenings)

    def evenings_on(self, days: Sequence[date]) -> tuple[JournalEvening, ...]:
        """The evenings of some days, in their order."""
        with self._diary.store.reading() as reader:
            return tuple(_evenings_on(reader, days, self._diary.today()))

    def tags(self) -> tuple[tuple[str, int], ...]:
        """The #words in notes with the number of days of each, most frequent first."""
        if not self._diary.store.exists():
            return ()
        spellings: dict[str, list[str]] = {}
        days: dict[str, set[date]] = {}
        with self._diary.store.reading() as reader:
            for day, _, note in reader.notes_with(mentions.TAG_SIGNS):
                for tag in mentions.find_tags(note):
                    spellings.setdefault(fold(tag), []).append(tag)
                    days.setdefault(fold(tag), set()).add(day)
        counted = [
            (mentions.preferred_spelling(spellings[key]), len(found)) for key, found in days.items()
        ]
        return tuple(sorted(counted, key=lambda one: (-one[1], one[0])))


def _month_before(day: date) -> date:
    """The same day of the month before, or its last day where it is shorter."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def _years_before(day: date, years: int) -> date:
    """The same day of an earlier year; 28 February for the 29th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _is_remembered(evening: JournalEvening) -> bool:
    is_done = any(one.state in (State.DONE, State.SOME) for one in evening.practices)
    return is_done or bool(evening.notes)


def _is_low(evening: JournalEvening) -> bool:
    return evening.calm is not None and evening.calm <= LOW_SCORE


def _days(
    reader: Reader, wanted: JournalFilter, first: date, last: date, most: int | None
) -> list[date]:
    """The days from `first` to `last` that a filter selects, newest first, at most `most`."""
    conditions = list(_matching_days(reader, wanted, first, last))
    if not conditions:
        return reader.latest_days(first, last, (last - first).days + 1 if most is None else most)
    return sorted(set.intersection(*conditions), reverse=True)[:most]


def _matching_days(
    reader: Reader, wanted: JournalFilter, first: date, last: date
) -> Iterator[set[date]]:
    """For each condition of a filter the days for which it is true."""
    if wanted.practice_id:
        yield reader.days_of_practice(wanted.practice_id, first, last)
    if wanted.calm is not None:
        yield reader.rated_days(*wanted.calm, first, last)
    if wanted.has_note:
        yield {day for day, _, _ in reader.notes_with(first=first, last=last)}
    for value, signs, find in (
        (wanted.person, mentions.SIGNS, mentions.find_mentions),
        (wanted.word, mentions.TAG_SIGNS, mentions.find_tags),
    ):
        if value:
            yield _days_naming(reader, fold(value), signs, find, first, last)


def _days_naming(
    reader: Reader,
    name: str,
    signs: str,
    find: Callable[[str], Iterable[str]],
    first: date,
    last: date,
) -> set[date]:
    notes = reader.notes_with(signs, first=first, last=last)
    return {day for day, _, note in notes if name in map(fold, find(note))}


def _matches(
    reader: Reader, query: SearchQuery, first: date, last: date
) -> dict[date, Match | SharedReason]:
    """The days whose notes hold the words of a query, oldest first, and how. The name of a practice
    counts as part of its note. Where practices share the reason of a rest day, the days that only
    a name finds are a group of their own: each name finds all the days of every holiday."""
    names = {practice.id: fold(practice.name) for practice in reader.practices()}
    is_name = any(word in name for word in query.words for name in names.values())
    reasons = reader.reasons_with() if is_name else set[tuple[date, str]]()
    notes: dict[date, list[str]] = {}
    shared: dict[date, list[str]] = {}
    for day, of_day in groupby(reader.notes_with(first=first, last=last), itemgetter(0)):
        rows = [(practice_id, fold(note)) for _, practice_id, note in of_day]
        times = Counter(note for practice_id, note in rows if practice_id)
        named = [
            note if practice_id is None else f"{names[practice_id]}\n{note}"
            for practice_id, note in rows
        ]
        notes[day] = [
            note
            if times[note] > 1 and (day, one) in reasons and not query.has_word_in(day, note)
            else with_name
            for (one, note), with_name in zip(rows, named, strict=True)
        ]
        if notes[day] != named:
            shared[day] = named
    in_notes = _matches_in(notes, query)
    if query.short_months and not any(query.has_short_month(notes[day]) for day in in_notes):
        # The first letters of a month, such as "dec", add the days of that month, unless they were
        # found as a word: then they were meant as one.
        query = query.with_short_months()
        in_notes = {**_matches_in(notes, query), **in_notes}
    found: dict[date, Match | SharedReason] = {}
    found |= dict.fromkeys(_matches_in(shared, query), _SHARED_REASON)
    found |= in_notes
    return dict(sorted(found.items()))


def _matches_in(notes: Mapping[date, Sequence[str]], query: SearchQuery) -> dict[date, Match]:
    matches = ((day, query.match(day, of_day)) for day, of_day in notes.items())
    return {day: match for day, match in matches if match is not None}


def _evenings_on(reader: Reader, days: Sequence[date], today: date) -> Iterator[JournalEvening]:
    practices = {practice.id: practice for practice in reader.practices()}
    evenings = {evening.day: evening for evening in reader.evenings_on(days)}
    logged: dict[date, list[LoggedPractice]] = {}
    for day, of_day in groupby(reader.entries_on(days), key=lambda entry: entry.day):
        logged[day] = [
            _logged(entry, practices[entry.practice_id], today)
            for entry in _shown(list(of_day), practices)
        ]
    of_rest = {day for day, shown in logged.items() if {one.state for one in shown} == {State.REST}}
    first_entries = reader.first_entries() if of_rest else {}
    for day in days:
        evening = evenings.get(day) or Evening.blank(day)
        shown = tuple(logged.get(day, ()))
        if not evening.empty or shown:
            others = practices.keys() - {one.practice.id for one in shown}
            all_rest = day in of_rest and not any(
                history_with(practices[one], first_entries.get(one), {}).listed(day)
                for one in others
            )
            yield JournalEvening(day, evening.calm, evening.note, shown, all_rest)


def _shown(entries: Sequence[Entry], practices: Mapping[str, Practice]) -> list[Entry]:
    """The entries of a day without the rest days that `Practice.hides`. Those with a reason of
    their own stay, as a search finds what was written."""
    hidden = [
        one for one in entries if practices[one.practice_id].hides(one.day, one.state, one.amount)
    ]
    notes = {"", *(one.note for one in entries if one not in hidden)}
    return [one for one in entries if one not in hidden or one.note not in notes]


def _logged(entry: Entry, practice: Practice, today: date) -> LoggedPractice:
    target = practice.goal_on(entry.day).amount
    state = state_of(entry.state, entry.amount, target, over=entry.day < today, checked_in=False)
    return LoggedPractice(practice, state, entry.amount, entry.note)
