"""The notes that the gratitude jar chooses from."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.diary.factories import Clock, ago, is_begun
from tracker.diary.diary import Diary
from tracker.diary.notes import SHOWN
from tracker.location import Location


def glad(diary: Diary, day: date, note: str) -> None:
    diary.log("gratitude", day, note=note)


def test_the_note_unseen_the_longest_comes_out_with_its_day_in_words(diary: Diary) -> None:
    glad(diary, ago(365), "for the tree")
    glad(diary, ago(14), "for Anna's call")
    glad(diary, ago(1), "for tea")
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


def test_todays_note_stays_in_until_tomorrow(diary: Diary, clock: Clock) -> None:
    glad(diary, ago(0), "for tea")
    assert (diary.notes.next_gratitude(), diary.notes.has_gratitude()) == (None, False)
    clock.forward(days=1)
    assert diary.notes.has_gratitude()
    found = diary.notes.next_gratitude()
    assert found is not None
    assert found.note == "for tea"


def test_only_notes_of_gratitude_are_in_it(diary: Diary) -> None:
    diary.log("hug", ago(1), note="a hug")
    diary.log("gratitude", ago(1))
    diary.rate(7, ago(1), note="an evening")
    glad(diary, ago(2), "   ")
    assert (diary.notes.next_gratitude(), diary.notes.has_gratitude()) == (None, False)


def test_looking_begins_no_diary(location: Location, clock: Clock) -> None:
    diary = Diary(location, now=clock)
    assert (diary.notes.next_gratitude(), diary.notes.has_gratitude()) == (None, False)
    diary.remember("jar", lambda kept: kept)
    assert not is_begun(location)


def test_looking_is_no_step_of_undo_and_asks_for_no_backup(
    location: Location, clock: Clock
) -> None:
    glad(Diary(location, now=clock), ago(1), "for tea")
    diary = Diary(location, now=clock)
    assert diary.notes.next_gratitude() is not None
    assert not diary.changed
    step = diary.undo()
    assert step is not None
    assert step.subject == "gratitude"
    assert diary.notes.next_gratitude() is None


def test_another_start_remembers_what_was_shown(location: Location, clock: Clock) -> None:
    for days in (3, 2):
        glad(Diary(location, now=clock), ago(days), f"{days} days ago")
    out = [Diary(location, now=clock).notes.next_gratitude() for _ in range(3)]
    assert [one.note for one in out if one] == ["3 days ago", "2 days ago", "3 days ago"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write")
def test_a_diary_that_can_only_be_read_still_has_a_jar(diary: Diary, tmp_path: Path) -> None:
    glad(diary, ago(1), "for tea")
    assert diary.location.path is not None
    diary.location.path.chmod(0o400)
    assert diary.notes.next_gratitude() is not None


def test_while_another_program_writes_looking_still_works(
    diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.store.diary_file.BUSY_SECONDS", 0.1)
    glad(diary, ago(1), "for tea")
    with closing(sqlite3.connect(str(diary.location.path))) as other:
        other.execute("BEGIN IMMEDIATE")
        assert diary.notes.next_gratitude() is not None


def test_a_forgotten_day_is_not_remembered_as_shown_either(diary: Diary) -> None:
    glad(diary, ago(14), "for Anna's call")
    glad(diary, ago(2), "for tea")
    for _ in range(2):
        diary.notes.next_gratitude()
    diary.maintenance.forget(ago(14))
    assert diary.rows().kept[SHOWN] == [ago(2).isoformat()]
