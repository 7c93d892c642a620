"""A new diary: what it shows before practices are chosen, and how they are chosen."""

from __future__ import annotations

import pytest

from tests.diary.factories import TODAY, Clock, ago, diary_exists
from tracker.catalogue import default_ids, practice_templates
from tracker.diary.diary import Diary
from tracker.diary.fast_today import today_view
from tracker.errors import InputError
from tracker.location import Location


@pytest.fixture
def new(location: Location, clock: Clock) -> Diary:
    """A diary that doesn't exist yet."""
    return Diary(location, now=clock)


def test_every_view_works_before_the_diary_exists_and_creates_nothing(new: Diary) -> None:
    assert [row.practice.id for row in new.day().practices] == list(default_ids())
    assert len(new.week().practices) == len(default_ids())
    assert new.explain("hug").figures.streak == 0
    assert {view.figures.streak for view in new.streaks()} == {0}
    assert (new.is_new(), new.has_entries(), new.today()) == (True, False, TODAY)
    assert new.practices.find("h").id == "hug"
    with new.stream() as (rows, entries, evenings):
        assert (len(rows.practices), list(entries), list(evenings)) == (len(default_ids()), [], [])
    assert new.undo() is None
    assert new.redo() is None
    assert not diary_exists(new.location)


def test_the_day_view_is_the_same_before_and_after_it_is_created(new: Diary) -> None:
    before = (new.day(), new.week(), new.streaks())
    new.create()
    assert (new.day(), new.week(), new.streaks()) == before


def test_it_is_created_with_the_chosen_practices(new: Diary) -> None:
    new.create(("bare-feet", "hug"))
    assert [p.id for p in new.practices.all()] == ["hug", "bare-feet"]
    assert not new.is_new()


def test_it_can_be_created_without_practices(new: Diary) -> None:
    new.create(())
    assert new.practices.all() == ()
    new.rate(5)
    assert (new.day().calm, new.week().sentence) == (5, "Calm 5.0.")


def test_the_first_change_creates_it_with_the_default_practices(new: Diary) -> None:
    new.press("hug")
    assert [p.id for p in new.practices.all()] == list(default_ids())
    assert {p.added_on for p in new.practices.all()} == {TODAY}


def test_creating_it_twice_changes_nothing(new: Diary, clock: Clock) -> None:
    new.create(("hug",))
    clock.forward(days=9)
    new.create(("laughter",))
    new.create()
    assert [p.id for p in new.practices.all()] == ["hug"]


def test_creating_it_is_not_an_undo_step(new: Diary) -> None:
    new.create()
    assert new.undo() is None


def test_after_a_rejected_first_change_the_default_practices_are_shown(
    new: Diary, clock: Clock
) -> None:
    with pytest.raises(InputError):
        new.press("hug", ago(-1))
    assert [row.practice.id for row in new.day().practices] == list(default_ids())
    with new.stream() as (rows, _entries, _evenings):
        assert [p.id for p in rows.practices] == list(default_ids())
    assert today_view(new.location, clock) is None
    assert new.is_new()


def test_it_is_not_new_once_calm_was_rated(new: Diary) -> None:
    new.rate(4)
    assert not new.is_new()


def test_all_shipped_practices_can_be_chosen(new: Diary) -> None:
    new.create(tuple(one.id for one in practice_templates()))
    stored = new.practices.all()
    assert stored == tuple(
        one.practice(n, TODAY) for n, one in enumerate(practice_templates(), start=1)
    )
