"""The notes that the gratitude jar chooses from."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.diary.factories import Clock, ago, diary_exists
from tracker.diary.diary import Diary
from tracker.diary.notes import SHOWN
from tracker.i18n.messages import set_language
from tracker.location import Location
from tracker.models import UnitChange


def add_gratitude(diary: Diary, day: date, note: str) -> None:
    diary.log("gratitude", day, note=note)


def test_the_least_recently_shown_note_is_returned_with_its_day(diary: Diary) -> None:
    add_gratitude(diary, ago(365), "for the tree")
    add_gratitude(diary, ago(14), "for Anna's call")
    add_gratitude(diary, ago(1), "for tea")
    out = [diary.notes.next_gratitude() for _ in range(4)]
    assert [one.note for one in out if one] == [
        "for the tree",
        "for Anna's call",
        "for tea",
        "for the tree",
    ]
    assert [one.when for one in out if one][:3] == [
        "A year ago, on Monday 24 November 2025",
        "2 weeks ago, on Tuesday 10 November 2026",
        "A day ago, on Monday 23 November 2026",
    ]


@pytest.mark.parametrize(
    ("language", "when"),
    [
        ("en", "Almost a year ago, on Thursday 27 November 2025"),
        ("de", "Vor fast einem Jahr, am Donnerstag, 27. November 2025"),
        ("es", "Hace casi un año, el jueves 27 de noviembre de 2025"),
    ],
)
def test_three_days_short_of_a_year_is_almost_a_year(
    diary: Diary, language: str, when: str
) -> None:
    add_gratitude(diary, ago(362), "for the tree")
    set_language(language)
    found = diary.notes.next_gratitude()
    assert found is not None
    assert found.when == when


def test_todays_note_is_not_shown_until_tomorrow(diary: Diary, clock: Clock) -> None:
    add_gratitude(diary, ago(0), "for tea")
    assert (diary.notes.next_gratitude(), diary.notes.has_gratitude()) == (None, False)
    clock.forward(days=1)
    assert diary.notes.has_gratitude()
    found = diary.notes.next_gratitude()
    assert found is not None
    assert found.note == "for tea"


def test_only_gratitude_notes_are_included(diary: Diary) -> None:
    diary.log("hug", ago(1), note="a hug")
    diary.log("gratitude", ago(1))
    diary.rate(7, ago(1), note="an evening")
    add_gratitude(diary, ago(2), "   ")
    assert (diary.notes.next_gratitude(), diary.notes.has_gratitude()) == (None, False)


@pytest.mark.parametrize("renamed", ["", "at once", "later"])
def test_gratitude_with_another_unit_fills_the_same_jar(
    diary: Diary, clock: Clock, renamed: str
) -> None:
    add_gratitude(diary, ago(1), "for tea")
    diary.log("gratitude", note="for the morning")
    name = "Thank you" if renamed == "at once" else None
    fresh = diary.practices.edit("gratitude", name=name, unit="minutes", history=UnitChange.NEW)
    assert fresh.id != "gratitude"
    if renamed == "later":
        diary.practices.edit(fresh.id, name="Thank you", question="Thanks for what?")
    diary.log(fresh.id, amount=5, note="for the soup")
    assert diary.prompts.for_note(fresh.id, ago(0)) == "What are you thankful for today?"
    clock.forward(days=1)
    found = [diary.notes.next_gratitude() for _ in range(2)]
    assert [one.note for one in found if one] == ["for tea", "for the morning\nfor the soup"]


def test_showing_a_note_creates_no_diary(location: Location, clock: Clock) -> None:
    diary = Diary(location, now=clock)
    assert (diary.notes.next_gratitude(), diary.notes.has_gratitude()) == (None, False)
    diary.remember("jar", lambda kept: kept)
    assert not diary_exists(location)


def test_showing_a_note_is_no_undo_step_and_makes_no_backup(
    location: Location, clock: Clock
) -> None:
    add_gratitude(Diary(location, now=clock), ago(1), "for tea")
    diary = Diary(location, now=clock)
    assert diary.notes.next_gratitude() is not None
    assert not diary.changed
    step = diary.undo()
    assert step is not None
    assert step.subject == "gratitude"
    assert diary.notes.next_gratitude() is None


def test_shown_notes_are_remembered_across_restarts(location: Location, clock: Clock) -> None:
    for days in (3, 2):
        add_gratitude(Diary(location, now=clock), ago(days), f"{days} days ago")
    out = [Diary(location, now=clock).notes.next_gratitude() for _ in range(3)]
    assert [one.note for one in out if one] == ["3 days ago", "2 days ago", "3 days ago"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write")
def test_a_read_only_diary_has_a_jar(diary: Diary, tmp_path: Path) -> None:
    add_gratitude(diary, ago(1), "for tea")
    assert diary.location.path is not None
    diary.location.path.chmod(0o400)
    assert diary.notes.next_gratitude() is not None


def test_a_note_is_shown_while_another_program_writes(
    diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.store.diary_file.BUSY_SECONDS", 0.1)
    add_gratitude(diary, ago(1), "for tea")
    with closing(sqlite3.connect(str(diary.location.path))) as other:
        other.execute("BEGIN IMMEDIATE")
        assert diary.notes.next_gratitude() is not None


def test_a_forgotten_day_is_removed_from_the_shown_notes(diary: Diary) -> None:
    add_gratitude(diary, ago(14), "for Anna's call")
    add_gratitude(diary, ago(2), "for tea")
    for _ in range(2):
        diary.notes.next_gratitude()
    diary.maintenance.forget(ago(14))
    assert diary.rows().kept[SHOWN] == [ago(2).isoformat()]
