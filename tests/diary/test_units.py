"""A practice gets another unit, and the person chooses what its past amounts become."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diary.factories import TODAY, Clock, ago, row_of
from tests.diary.random_diary import IDS, Action, actions, random_diary
from tests.effort import by_effort
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.i18n.messages import set_language
from tracker.models import Entry, Goal, Practice, State, Unit, UnitChange


def practice(diary: Diary, practice_id: str) -> Practice:
    return next(p for p in diary.practices.all() if p.id == practice_id)


@pytest.fixture
def walks(diary: Diary) -> Diary:
    """A diary with walks of 35 and 20 minutes, one of 10 of 20, a no, a note and a rest day with
    5."""
    for days, amount in ((7, 35), (6, 20), (5, 10), (4, 0), (2, 5)):
        diary.log("nature-walk", ago(days), amount=amount)
    diary.write_note("nature-walk", "rain", ago(3))
    diary.toggle_rest_day("nature-walk", ago(2))
    return diary


def amounts(diary: Diary) -> list[int | None]:
    """The amounts since seven days ago."""
    return [row_of(diary, "nature-walk", ago(days)).amount for days in range(7, 1, -1)]


def entries_of(diary: Diary) -> list[Entry]:
    with diary.stream() as (_, entries, _evenings):
        return list(entries)


def test_done_days_stay_done_in_the_new_unit(walks: Diary) -> None:
    walks.practices.edit("nature-walk", unit="times", amount=3, history=UnitChange.KEEP_DAYS)
    assert amounts(walks) == [3, 3, 1, 0, None, 1]
    assert row_of(walks, "nature-walk", ago(5)).state is State.SOME
    assert row_of(walks, "nature-walk", ago(2)).state is State.REST
    assert row_of(walks, "nature-walk", ago(3)).note == "rain"


def test_a_yes_no_has_no_partial_amounts(walks: Diary) -> None:
    walks.practices.edit("nature-walk", unit="yes/no", history=UnitChange.KEEP_DAYS)
    assert amounts(walks) == [1, 1, 0, 0, None, 0]


def test_each_day_is_compared_with_its_own_goal(diary: Diary) -> None:
    diary.log("nature-walk", ago(5), amount=20)
    diary.practices.edit("nature-walk", amount=30, days_per_week=7)
    diary.log("nature-walk", TODAY, amount=20)
    walk = diary.practices.edit("nature-walk", unit="times", amount=4, history=UnitChange.KEEP_DAYS)
    assert walk.goals == (Goal(ago(100), 4, 3), Goal(TODAY, 4, 7))
    assert [row_of(diary, "nature-walk", ago(d)).amount for d in (5, 0)] == [4, 2]


def test_the_time_of_logging_is_unchanged(walks: Diary) -> None:
    before = [entry.logged_at for entry in entries_of(walks)]
    walks.practices.edit("nature-walk", unit="times", history=UnitChange.KEEP_DAYS)
    assert [entry.logged_at for entry in entries_of(walks)] == before


def test_converting_the_days_is_one_step(walks: Diary) -> None:
    before = practice(walks, "nature-walk"), entries_of(walks)
    walks.practices.edit("nature-walk", unit="yes/no", history=UnitChange.KEEP_DAYS)
    after = practice(walks, "nature-walk"), entries_of(walks)
    walks.undo()
    assert (practice(walks, "nature-walk"), entries_of(walks)) == before
    walks.redo()
    assert (practice(walks, "nature-walk"), entries_of(walks)) == after


@settings(max_examples=by_effort(5, 25), deadline=None)
@given(actions(most=12), st.sampled_from(IDS), st.sampled_from(Unit), st.integers(1, 60))
def test_no_streak_changes_with_the_unit(
    history: list[Action], practice_id: str, unit: Unit, amount: int
) -> None:
    with random_diary([Action("history", IDS.index(practice_id), 5, 3), *history]) as (diary, _):
        if practice_id not in {p.id for p in diary.practices.all()}:
            practice_id = "hug"
        if practice(diary, practice_id).unit is unit:
            return
        before = figures(diary, practice_id)
        diary.practices.edit(practice_id, unit=unit.value,
                      amount=None if unit is Unit.YES_NO else amount,
                      history=UnitChange.KEEP_DAYS)  # fmt: skip
        assert figures(diary, practice_id) == before
        assert diary.outdated_streak_caches() == []


def figures(diary: Diary, practice_id: str) -> list[tuple[object, ...]]:
    return [
        (
            v.figures.streak,
            v.figures.longest_streak,
            v.figures.weeks_in_rhythm,
            v.figures.strength,
            v.figures.days_total,
        )
        for v in diary.streaks()
        if v.practice.id == practice_id
    ]


def test_a_new_practice_can_be_started_and_the_old_one_keeps_its_days(walks: Diary) -> None:
    new = walks.practices.edit(
        "nature-walk", unit="yes/no", name="Walk", days_per_week=5, history=UnitChange.NEW
    )
    old = practice(walks, "nature-walk")
    assert (new.id, new.name, new.key, new.unit) == ("walk", "Walk", "w", Unit.YES_NO)
    assert (new.added_on, new.goals, new.step) == (TODAY, (Goal(TODAY, 1, 5),), 1)
    assert new.question == old.question
    assert (old.name, old.key, old.unit) == ("Nature walk (minutes)", None, Unit.MINUTES)
    assert old.archived_since(TODAY) == TODAY
    assert amounts(walks) == [35, 20, 10, 0, None, 5]
    listed = [row.practice.id for row in walks.day().practices]
    assert listed[:4] == ["hug", "laughter", "walk", "gratitude"]
    assert [p.position for p in walks.practices.all()] == list(range(1, 10))


def test_starting_a_new_practice_is_one_step(walks: Diary) -> None:
    before = walks.practices.all()
    walks.practices.edit("nature-walk", unit="times", history=UnitChange.NEW)
    after = walks.practices.all()
    walks.undo()
    assert walks.practices.all() == before
    walks.redo()
    assert walks.practices.all() == after


def test_changing_the_unit_back_again_chooses_free_names(diary: Diary) -> None:
    name = "A very long name of a practice that takes all sixty of them."
    practice_id = diary.practices.add(name).id
    for unit in ("times", "yes/no", "times"):
        diary.press(practice_id)
        practice_id = diary.practices.edit(practice_id, unit=unit, history=UnitChange.NEW).id
    names = {p.name for p in diary.practices.all() if p.name.startswith("A very")}
    assert names == {
        name,
        "A very long name of a practice that takes all sixty (yes/no)",
        "A very long name of a practice that takes all sixty (times)",
        "A very long name of a practice that takes all six (yes/no 2)",
    }


def test_the_same_unit_needs_no_choice(walks: Diary) -> None:
    before = practice(walks, "nature-walk")
    assert walks.practices.edit("nature-walk", unit="minutes", history=UnitChange.NEW) == before


def test_without_a_choice_nothing_is_changed(walks: Diary) -> None:
    before = walks.practices.all()
    with pytest.raises(InputError, match="--history keep-days"):
        walks.practices.edit("nature-walk", unit="yes/no")
    assert walks.practices.all() == before


def test_a_shipped_practice_that_started_anew_is_still_that_one(diary: Diary, clock: Clock) -> None:
    for practice_id in ("gratitude", "hug"):
        diary.log(practice_id, note="before")
        diary.practices.edit(practice_id, unit="minutes", history=UnitChange.NEW)
    gratitude, hug = diary.practices.find("g"), diary.practices.find("h")
    assert (gratitude.id, hug.id) == ("gratitude-2", "hug-2")
    assert diary.prompts.for_note(gratitude.id, TODAY) == "What are you thankful for today?"
    assert hug in diary.coin_month.left_out()
    diary.log(gratitude.id, note="for the soup")
    clock.forward(days=1)
    found = diary.notes.next_gratitude()
    assert found is not None
    assert found.note == "before\nfor the soup"
    set_language("de")
    diary.practices.translate()
    assert [diary.practices.find(key).name for key in "gh"] == ["Dankbarkeit", "Umarmung"]
