"""The journal: evenings newest first, by window, filtered and searched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from tests.demo_year import make_demo_year
from tests.diary.factories import TODAY, Clock
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.models import State
from tracker.rules.folding import fold
from tracker.rules.mentions import find_mentions
from tracker.views import JournalEvening, JournalFilter


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def days_found(diary: Diary, **wanted: object) -> list[int]:
    """How many days ago the evenings are that match a filter."""
    evenings = diary.journal.evenings(JournalFilter(**wanted))  # type: ignore[arg-type]
    return [(TODAY - one.day).days for one in evenings]


def search(diary: Diary, text: str) -> tuple[list[int], list[int]]:
    """How many days ago the evenings are that a search returns: those with all words in one note,
    and those with the words in several; not those of a reason that practices share."""
    result = diary.journal.search(text)
    assert [one.day for one in result.evenings] == list(result.days)
    in_one, in_several = (
        [(TODAY - day).days for day in days]
        for days in (result.in_one_note, result.in_several_notes)
    )
    return in_one, in_several


def test_an_evening_has_its_score_practices_and_notes(diary: Diary) -> None:
    diary.rate(7, note="A quiet evening.")
    diary.log("hug", amount=2)
    diary.log("nature-walk", amount=10, note="along the river with @Anna")
    diary.log("laughter", amount=0)
    diary.toggle_rest_day("good-talk")
    (evening,) = diary.journal.window().evenings
    assert (evening.day, evening.calm, evening.note) == (TODAY, 7, "A quiet evening.")
    assert {one.practice.id: (one.state, one.amount) for one in evening.practices} == {
        "hug": (State.DONE, 2),
        "nature-walk": (State.SOME, 10),
        "laughter": (State.NO, 0),
        "good-talk": (State.REST, None),
    }
    assert [(one and one.id, note) for one, note in evening.notes] == [
        (None, "A quiet evening."),
        ("nature-walk", "along the river with @Anna"),
    ]


def test_pages_have_no_gaps_and_no_duplicates(diary: Diary) -> None:
    for back in (0, 1, 2, 5, 6, 40, 90):
        diary.rate(5, ago(back))
    diary.press("hug", ago(7))
    diary.rest(("hug",), ago(-2), ago(-2))
    read: list[JournalEvening] = []
    older: date | None = TODAY
    while older is not None:
        page = diary.journal.window(last=older, most=3)
        assert len(page.evenings) <= 3
        read += page.evenings
        older = page.older
    assert [(TODAY - one.day).days for one in read] == [0, 1, 2, 5, 6, 7, 40, 90]
    assert tuple(read) == diary.journal.evenings()
    back_to = diary.journal.window(most=2, until=ago(6))
    assert (back_to.evenings[-1].day, back_to.older) == (ago(6), ago(7))
    back_to = diary.journal.window(most=2, until=ago(20))
    assert (back_to.evenings[-1].day, back_to.older) == (ago(40), ago(90))


def test_cleared_entries_and_a_missing_diary_have_no_evening(
    diary: Diary, location: Location, clock: Clock
) -> None:
    diary.rate(5)
    diary.press("hug")
    diary.clear("calm")
    diary.clear("hug")
    assert diary.journal.window().evenings == ()
    if location.path is not None:
        nothing = Diary(Location(location.path.with_name("none.db")), now=clock)
        assert nothing.journal.window().evenings == nothing.journal.evenings() == ()


def test_a_day_that_is_not_a_date_hides_no_older_evening(diary: Diary, location: Location) -> None:
    if location.path is None:
        pytest.skip("a server stores only dates")
    for back in range(5):
        diary.rate(5, ago(back))
    with closing(sqlite3.connect(location.path)) as connection, connection:
        connection.execute(
            "UPDATE evening SET day = day || 'x' WHERE day IN (?, ?)",
            (ago(1).isoformat(), ago(2).isoformat()),
        )
    page = diary.journal.window(most=2)
    assert ([one.day for one in page.evenings], page.older) == ([ago(0), ago(3)], ago(4))


def test_filters_match_entries_and_notes(diary: Diary) -> None:
    diary.rate(8, note="with @Anna and @José #Garten")
    diary.rate(3, ago(1), note="a long day, no @Annabelle")
    diary.rate(5, ago(2))
    diary.log("hug", ago(2), amount=1)
    diary.log("nature-walk", ago(3), amount=20, note="#garten, then home")
    diary.log("hug", ago(4), amount=0)
    assert days_found(diary) == [0, 1, 2, 3, 4]
    assert days_found(diary, person="anna") == days_found(diary, person="JOSE") == [0]
    assert days_found(diary, word="garten") == [0, 3]
    assert days_found(diary, calm=(7, 10)) == [0]
    assert days_found(diary, calm=(0, 3)) == [1]
    assert days_found(diary, has_note=True) == [0, 1, 3]
    assert days_found(diary, practice_id="hug") == [2]
    assert days_found(diary, practice_id="nature-walk", word="Garten") == [3]
    assert days_found(diary, practice_id="hug", has_note=True) == []
    assert diary.journal.tags() == (("garten", 2),)


def test_the_days_of_a_holiday_that_a_name_finds_come_last(diary: Diary) -> None:
    diary.rest(None, ago(5), ago(3), note="Christmas")
    diary.rest(("hug",), ago(8), ago(8), note="a cold")
    diary.log_all(("hug", "laughter"), ago(9), note="with Mia")
    diary.log("hug", ago(10), note="in the rain")
    diary.rate(6, ago(11), note="a hug at the door")
    assert search(diary, "hug") == ([8, 9, 10, 11], [])
    assert search(diary, "hug 2026") == ([8, 9, 10, 11], [])
    assert search(diary, "hug laughter") == ([], [9])
    assert search(diary, "hug christmas") == ([3, 4, 5], [])
    shared = tuple(map(ago, (3, 4, 5)))
    found = diary.journal.search("hug")
    assert found.in_shared_reasons == shared
    assert found.days[-3:] == shared
    assert diary.journal.search("gratitude").days == shared
    assert diary.journal.search("christmas").in_shared_reasons == ()


def test_a_rest_day_is_no_evening_with_a_practice(diary: Diary) -> None:
    diary.log("hug", ago(1), amount=1)
    diary.rest(("hug",), ago(3), ago(2), note="flu")
    assert days_found(diary, practice_id="hug") == [1]


def test_a_planned_rest_day_of_an_archived_practice_is_read_only_for_its_own_reason(
    diary: Diary, clock: Clock
) -> None:
    diary.rest(("hug", "laughter"), ago(-1), ago(-1))
    diary.rest(("hug", "laughter"), ago(-2), ago(-3), note="away")
    diary.rest(("hug",), ago(-3), ago(-3), note="flu")
    diary.rest(("hug",), ago(-4), ago(-4))
    diary.practices.archive("hug")
    clock.forward(days=4)
    evenings = diary.journal.evenings()
    rested = [[one.practice.id for one in evening.practices] for evening in evenings]
    assert rested == [["hug", "laughter"], ["laughter"], ["laughter"]]
    assert search(diary, "flu") == ([-3], [])


def test_a_search_ignores_case_and_accents_and_requires_every_word(diary: Diary) -> None:
    diary.rate(8, note="Im Café mit @José, viel gelacht")
    diary.log("nature-walk", ago(1), amount=20, note="with @Anna\nalong the river")
    diary.rate(6, ago(2), note="Straße im Regen")
    diary.log("hug", ago(3), amount=1)
    diary.rest(("laughter",), ago(-4), ago(-4), note="Lisbon")
    assert search(diary, "lisbon") == ([-4], [])
    assert search(diary, "cafe JOSE") == search(diary, "café jos") == ([0], [])
    assert search(diary, "strasse") == ([2], [])
    assert search(diary, "river anna") == search(diary, "walk anna") == ([1], [])
    for text in ("cafe river", "hug", "50% _ '", "  "):
        assert search(diary, text) == ([], [])


def test_evenings_with_all_words_in_one_note_come_first(diary: Diary) -> None:
    diary.log("nature-walk", amount=20, note="alone")
    diary.rate(8, note="Called @Anna.")
    diary.log("nature-walk", ago(1), amount=20, note="with @Anna")
    diary.rate(6, ago(2), note="A walk.\nThen tea with @Anna.")
    diary.log("good-talk", ago(3), amount=1, note="on a walk")
    diary.log("hug", ago(3), amount=1, note="@Anna")
    assert search(diary, "walk anna") == ([1, 2], [0, 3])
    first = diary.journal.search("walk anna", most=1)
    assert (first.days, len(first.evenings)) == (tuple(map(ago, (1, 2, 0, 3))), 1)
    assert [one.day for one in diary.journal.evenings_on(first.days[1:])] == list(first.days[1:])


def test_a_season_a_month_or_a_year_in_a_search_narrows_it(diary: Diary) -> None:
    for day in ("2026-05-03", "2026-03-16", "2025-05-09"):
        diary.log("nature-walk", date.fromisoformat(day), amount=20, note="with @Anna")
    diary.rate(5, note="Maybe a walk with @Anna in May 2027.")

    def days(text: str) -> list[str]:
        return [day.isoformat() for day in diary.journal.search(text).days]

    tonight = TODAY.isoformat()
    assert days("walk anna MAY") == [tonight, "2026-05-03", "2025-05-09"]
    assert days("anna mai 2025") == days("mayo 2025 anna") == days("2025-05") == ["2025-05-09"]
    assert days("märz walk") == days("marzo") == days("2026-03-16") == ["2026-03-16"]
    assert days("2026") == [tonight, "2026-05-03", "2026-03-16"]
    assert days("2027") == [tonight]
    assert (
        days("walk anna spring") == days("Frühling") == ["2026-05-03", "2026-03-16", "2025-05-09"]
    )
    assert days("otoño") == [tonight]
    diary.rate(5, note="Maybe a walk with @Anna.")
    assert days("may") == ["2026-05-03", "2025-05-09"]


def test_the_first_letters_of_a_month_narrow_a_search_unless_they_were_written(
    diary: Diary,
) -> None:
    """In every language; "mar" is also the sea, and the beginning of a name."""
    notes = {
        "2025-12-03": "tea with @Anna",
        "2026-03-16": "a walk with @Anna",
        "2026-05-09": "met @Anna, we decided to go",
        "2026-10-05": "kids and @Anna",
    }
    for day, note in notes.items():
        diary.rate(5, date.fromisoformat(day), note=note)

    def days(text: str) -> list[str]:
        return [day.isoformat() for day in diary.journal.search(text).days]

    assert days("anna dec") == ["2026-05-09", "2025-12-03"]
    assert days("dez anna") == days("Anna DIC") == ["2025-12-03"]
    assert days("anna mar") == days("anna mär") == ["2026-03-16"]
    assert days("kids okt") == days("oct kids") == ["2026-10-05"]
    assert days("anna dec 2025") == ["2025-12-03"]
    assert days("dec") == ["2026-05-09"]
    diary.rate(5, date(2026, 7, 1), note="@Anna, Marta y el mar")
    assert days("anna mar") == ["2026-07-01"]
    assert days("marta anna") == ["2026-07-01"]
    assert days("walk mar") == ["2026-03-16"]


def test_a_forgotten_day_is_not_found(diary: Diary) -> None:
    diary.rate(8, ago(1), note="the secret")
    diary.maintenance.forget(ago(1))
    assert search(diary, "secret") == ([], [])


@pytest.mark.thorough
def test_a_search_in_a_year_of_notes_agrees_with_a_simple_loop(
    location: Location, diary: Diary
) -> None:
    if location.path is None:
        pytest.skip("the demo's year is a file")
    location.path.unlink()
    diary = make_demo_year(location.path)
    notes: dict[date, list[str]] = {}
    with diary.stream() as (_, entries, evenings):
        written = [(e.day, e.note) for e in entries] + [(e.day, e.note) for e in evenings]
    for day, note in written:
        if note:
            notes.setdefault(day, []).append(note)
    for word in ("walk", "long", "the", "anna"):
        by_hand = {day for day, texts in notes.items() if word in fold(" ".join(texts))}
        results = set(diary.journal.search(word).days)
        assert by_hand <= results
    for name in {
        name for texts in notes.values() for text in texts for name in find_mentions(text)
    }:
        by_hand = {day for day, texts in notes.items() if name in find_mentions(" ".join(texts))}
        assert {one.day for one in diary.journal.evenings(JournalFilter(person=name))} == by_hand
    assert {one.day for one in diary.journal.evenings(JournalFilter(has_note=True))} == set(notes)


def test_earlier_evenings_are_those_of_a_week_a_month_and_each_year_ago(
    diary: Diary, clock: Clock
) -> None:
    clock.set("2028-02-29T21:30:00+01:00")
    for text in ("2028-02-22", "2028-01-29", "2027-02-28", "2024-02-29", "2027-03-01"):
        diary.rate(7, date.fromisoformat(text), note="n")
    diary.rate(7, date(2026, 2, 28))
    diary.rate(2, date(2025, 2, 28), note="a hard day")
    past = diary.journal.on_this_day()
    assert [(one.unit, one.number, one.evening.day.isoformat()) for one in past] == [
        ("week", 1, "2028-02-22"),
        ("month", 1, "2028-01-29"),
        ("year", 1, "2027-02-28"),
        ("year", 4, "2024-02-29"),
    ]
    assert [one.number for one in diary.journal.on_this_day(with_low=True)][2:] == [1, 3, 4]
    (march,) = diary.journal.on_this_day(date(2027, 3, 31))
    assert (march.unit, march.evening.day) == ("month", date(2027, 2, 28))
