"""The people that a person mentions in their notes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.demo_year import make_demo_year
from tests.diary.factories import TODAY, ago
from tracker.diary.diary import Diary
from tracker.rules.mentions import find_mentions


def names(diary: Diary) -> list[tuple[str, int]]:
    return [(one.name, one.days) for one in diary.notes.people()]


def test_a_diary_without_mentions_has_no_people(diary: Diary) -> None:
    assert diary.notes.people() == ()
    diary.rate(7, note="mail anna@example.org, a quiet day")
    assert diary.notes.people() == ()


def test_a_day_with_several_notes_counts_once(diary: Diary) -> None:
    diary.log("hug", note="@Anna!")
    diary.rate(7, note="dinner with @anna and @Tom")
    diary.log("hug", ago(2), note="@Anna")
    anna, tom = diary.notes.people()
    assert (anna.name, anna.days, anna.sentence) == ("Anna", 2, "Anna, 2 days, last today")
    assert [(practice.id, days) for practice, days in anna.practices] == [("hug", 2)]
    assert (anna.evenings, anna.rest_days) == (1, 0)
    assert len(anna.mentions) == 3
    assert (tom.sentence, tom.practices) == ("Tom, 1 day, last today", ())


def test_a_name_without_its_accents_is_the_same_person_as_in_the_journal(diary: Diary) -> None:
    diary.rate(6, ago(2), note="con @María y @maria")
    diary.rate(7, ago(1), note="con @MARIA")
    diary.rate(7, note="con @María y @José")
    jose, maria = sorted(diary.notes.people(), key=lambda one: one.days)
    assert (jose.name, maria.name, maria.days) == ("José", "María", 3)
    assert len(maria.mentions) == 3


def test_a_planned_rest_day_names_nobody_until_it_comes(diary: Diary) -> None:
    diary.rest(("hug",), TODAY, ago(-1), note="cabin with @Tom")
    diary.rest(("hug",), ago(-2), ago(-2), note="@Ada")
    assert [one.sentence for one in diary.notes.people()] == ["Tom, 1 day, last today"]
    assert [one.day for one in diary.notes.people()[0].mentions] == [TODAY]


def test_each_person_has_the_day_of_the_last_mention(diary: Diary) -> None:
    for name, days in (("Mia", 1), ("Lea", 2), ("Tom", 14), ("Ada", 364)):
        diary.rate(5, ago(days), note=f"@{name}")
    assert [one.sentence for one in diary.notes.people()] == [
        "Mia, 1 day, last yesterday",
        "Lea, 1 day, last on Sunday",
        "Tom, 1 day, last on 10 November",
        "Ada, 1 day, last on 25 November 2025",
    ]


def test_an_undone_note_mentions_nobody(diary: Diary) -> None:
    diary.log("hug", note="@Anna")
    diary.undo()
    assert diary.notes.people() == ()


def test_the_notes_of_a_day_have_the_same_order_everywhere(diary: Diary) -> None:
    for practice_id in ("laughter", "good-talk", "hug"):
        diary.log(practice_id, note=f"@Anna {practice_id}")
    diary.rate(7, note="@Anna")
    (anna,) = diary.notes.people()
    with diary.store.reading() as reader:
        practice_ids = [practice_id for _, practice_id, _ in reader.notes_with("@")]
    assert practice_ids == [None, "good-talk", "hug", "laughter"]
    listed = [None, "hug", "laughter", "good-talk"]
    assert [mention.practice and mention.practice.id for mention in anna.mentions] == listed


def test_notes_of_rest_days_count_but_not_as_days_with_the_practice(diary: Diary) -> None:
    diary.rest(("good-talk", "hug"), ago(1), ago(1), note="at @Mia's")
    diary.log("laughter", ago(2), amount=0, note="@Mia was away")
    assert names(diary) == [("Mia", 2)]
    diary.write_note("gratitude", "no call, @Mia is ill", ago(3))
    (mia,) = diary.notes.people()
    assert (mia.days, mia.evenings, mia.rest_days) == (3, 0, 1)
    counted = [(practice.id, days) for practice, days in mia.practices]
    assert counted == [("laughter", 1), ("gratitude", 1)]
    diary.log("hug", ago(1), note="with @Mia")
    (mia,) = diary.notes.people()
    counted = [(practice.id, days) for practice, days in mia.practices]
    assert counted == [("hug", 1), ("laughter", 1), ("gratitude", 1)]


def test_suggested_names_are_sorted_by_frequency(diary: Diary) -> None:
    diary.rate(7, note="@Anna @Anders @Tom")
    diary.rate(7, ago(1), note="@Anders")
    assert diary.notes.names() == ("Anders", "Anna", "Tom")


def test_the_counts_of_a_year_agree_with_a_simple_loop(tmp_path: Path) -> None:
    diary = make_demo_year(tmp_path / "diary.db")
    days: dict[str, set[date]] = {}
    with diary.stream() as (_, entries, evenings):
        notes = [(e.day, e.note) for e in entries] + [(e.day, e.note) for e in evenings]
    for day, note in notes:
        for name in find_mentions(note):
            days.setdefault(name, set()).add(day)
    assert dict(names(diary)) == {name: len(found) for name, found in days.items()}
    assert sum(len(one.mentions) for one in diary.notes.people()) > 80
