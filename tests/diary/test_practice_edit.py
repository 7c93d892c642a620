"""Practices are added and changed without losing a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import sqlite_trace
from tests.diary.factories import TODAY, Clock, add_entries, ago, diary_exists, row_of, what_of
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.location import Location
from tracker.models import Goal, Practice, State, UndoStep, Unit


def practice(diary: Diary, practice_id: str) -> Practice:
    return next(p for p in diary.practices.all() if p.id == practice_id)


def test_a_name_is_enough(diary: Diary) -> None:
    tea = diary.practices.add("  Évening tea ")
    assert tea == Practice(
        id="evening-tea",
        key="v",
        name="Évening tea",
        question="",
        unit=Unit.YES_NO,
        step=1,
        position=len(diary.practices.all()),
        overlap=False,
        added_on=TODAY,
        goals=(Goal(TODAY, 1, 7),),
    )
    assert practice(diary, "evening-tea") == tea
    assert diary.practices.all()[-1] == tea


def test_every_field_can_be_given(diary: Diary) -> None:
    walk = diary.practices.add(
        "Night walk",
        question="How long under the stars?",
        key="i",
        unit="minutes",
        amount=30,
        step=5,
        days_per_week=2,
        overlap=True,
    )
    assert (walk.question, walk.key, walk.unit) == ("How long under the stars?", "i", Unit.MINUTES)
    assert (walk.step, walk.overlap, walk.goals) == (5, True, (Goal(TODAY, 30, 2),))


@pytest.mark.parametrize(("unit", "amount", "step"), [("times", 1, 1), ("minutes", 10, 10)])
def test_the_default_amount_depends_on_the_unit(
    diary: Diary, unit: str, amount: int, step: int
) -> None:
    one = diary.practices.add("Music", unit=unit)
    assert (one.goals[0].amount, one.step) == (amount, step)


def test_the_default_letter_is_the_first_free_one_of_the_name(diary: Diary) -> None:
    assert diary.practices.add("Unhug").key is None
    assert diary.practices.add("Hugging a cat").key == "i"


def test_a_practice_can_have_no_letter(diary: Diary) -> None:
    assert diary.practices.add("Music", key="").key is None


def test_a_letter_in_use_is_rejected_and_a_free_one_suggested(diary: Diary) -> None:
    with pytest.raises(InputError, match=r"already logs Hug\. Try m"):
        diary.practices.add("Music", key="h")
    with pytest.raises(InputError, match="the other letters of the new name are taken too"):
        diary.practices.add("Unhug", key="h")
    diary.practices.add("Ah", key="a")
    with pytest.raises(InputError, match=r"already logs Hug\. Choose another letter\.$"):
        diary.practices.edit("ah", key="h")
    diary.practices.archive("laughter")
    with pytest.raises(InputError, match="belongs to Laughter, which is archived") as refused:
        diary.practices.add("Lute", key="l")
    assert "\"calmtrack practices edit laughter --key ''\"" in str(refused.value)
    assert "first change the letter of Laughter in Practices." in refused.value.in_app
    diary.practices.edit("laughter", key="")
    assert diary.practices.add("Lute", key="l").key == "l"


def test_a_letter_that_is_a_key_of_the_app_is_rejected(
    diary: Diary, subtests: pytest.Subtests
) -> None:
    cases: list[str] = ["q", "u", "n", "z", "e", "x", "Q", "ä", "mm", "1"]
    for key in cases:
        with (
            subtests.test(key=key),
            pytest.raises(InputError, match="can't be a practice's letter"),
        ):
            diary.practices.add("Music", key=key)


def test_a_letter_typed_with_caps_lock_is_the_letter(diary: Diary) -> None:
    assert diary.practices.add("Music", key="M").key == "m"
    assert diary.practices.edit("music", key="C").key == "c"


def test_an_existing_name_is_rejected(diary: Diary, subtests: pytest.Subtests) -> None:
    cases: list[str] = ["hug", "HUG", " Hug ", "Nature  walk", "nature_walk", "good talk"]
    cases += ["Nature.walk", "Nature/walk", "Nature\N{EN DASH}walk", "nature - walk"]
    for name in cases:
        with subtests.test(name=name), pytest.raises(InputError, match="already a practice called"):
            diary.practices.add(name)


def test_names_that_differ_in_a_symbol_are_two(diary: Diary) -> None:
    for name in ("Read C", "Read C++", "Tea", "Tea \N{HOT BEVERAGE}", "Tea?", "-", "."):
        assert diary.practices.add(name).name == name


def test_a_shipped_practice_is_added_by_its_name_in_another_spelling(diary: Diary) -> None:
    assert diary.practices.add("feet_on the  earth").id == "bare-feet"


def test_the_former_name_of_a_renamed_practice_is_free(diary: Diary) -> None:
    diary.practices.add("Call home", key="c")
    for practice_id, name, now in (
        ("laughter", "Laughter", "Laugh"),
        ("nature-walk", "Nature walk", "Stroll"),
        ("call-home", "Call home", "Phone Mum"),
    ):
        diary.practices.edit(practice_id, name=now)
        again = diary.practices.add(name)
        assert (again.id, again.name) == (f"{practice_id}-2", name)
        assert diary.practices.find(name) == again
        diary.practices.archive(practice_id)
        assert diary.practices.find(now).archived_since(TODAY) == TODAY
        diary.practices.restore(practice_id)
        assert diary.practices.edit(practice_id, step=1).name == now
        with pytest.raises(InputError, match="already a practice called"):
            diary.practices.add(now)


def test_an_id_in_use_gets_a_number(diary: Diary) -> None:
    assert [diary.practices.add(name).id for name in ("Tea", "Tea!", "All", "日記")] == [
        *("tea", "tea-2", "all-2", "practice"),
    ]


@pytest.mark.parametrize("text", ["bare-feet", "Feet on the earth", "feet on the EARTH"])
def test_a_shipped_practice_is_added_with_its_definition(diary: Diary, text: str) -> None:
    feet = diary.practices.add(text)
    assert (feet.id, feet.name, feet.key) == ("bare-feet", "Feet on the earth", "b")
    assert feet.question
    assert feet.added_on == TODAY
    assert feet.position == len(diary.practices.all())


def test_a_shipped_practice_whose_letter_is_in_use_gets_another(diary: Diary) -> None:
    diary.practices.add("Baking", key="b")
    assert diary.practices.add("bare-feet").key == "o"


def test_a_shipped_practice_can_have_another_letter(diary: Diary) -> None:
    assert diary.practices.add("bare-feet", key="o").key == "o"


def test_a_shipped_practice_is_not_added_twice(diary: Diary) -> None:
    diary.practices.add("leaning")
    with pytest.raises(InputError, match="already a practice called"):
        diary.practices.add("Leaning on someone")


def test_invalid_practices_are_rejected_and_create_no_diary(
    location: Location, clock: Clock, subtests: pytest.Subtests
) -> None:
    cases: list[dict[str, object]] = [
        {"unit": "hours"},
        {"amount": 2},
        {"step": 2},
        {"unit": "times", "amount": 0},
        {"unit": "minutes", "step": 100_001},
        {"days_per_week": 0},
        {"days_per_week": 8},
        {"question": "one\ntwo"},
    ]
    for wrong in cases:
        with subtests.test(wrong=wrong):
            diary = Diary(location, now=clock)
            with pytest.raises(InputError):
                diary.practices.add("Music", **wrong)  # type: ignore[arg-type]
            assert not diary_exists(location)


def test_a_name_is_one_line_of_60_characters(diary: Diary, subtests: pytest.Subtests) -> None:
    cases: list[str] = ["", "  ", "x" * 61, "two\nlines", "\x1b[2J"]
    for name in cases:
        with subtests.test(name=name), pytest.raises(InputError, match="1 to 60 characters"):
            diary.practices.add(name)


def test_the_first_change_of_a_new_diary_can_be_a_practice(tmp_path: Path, clock: Clock) -> None:
    diary = Diary(Location(tmp_path / "new.db"), now=clock)
    diary.practices.add("Music")
    assert [p.id for p in diary.practices.all()][-1] == "music"
    assert len(diary.practices.all()) == 9


def test_adding_can_be_undone(diary: Diary) -> None:
    before = diary.practices.all()
    diary.practices.add("Music")
    assert what_of(diary.undo()) == UndoStep("practice", "music", None, None, 1)
    assert diary.practices.all() == before
    diary.redo()
    assert practice(diary, "music").name == "Music"


# Edits


def test_only_what_is_given_changes(diary: Diary) -> None:
    before = practice(diary, "hug")
    after = diary.practices.edit("hug", name="Cuddle")
    assert after.name == "Cuddle"
    assert practice(diary, "hug") == after
    assert diary.practices.edit("hug", name="Hug") == before


def test_an_edit_that_changes_nothing_is_not_an_undo_step(diary: Diary) -> None:
    diary.press("laughter")
    before = practice(diary, "hug")
    assert diary.practices.edit("hug", amount=1, days_per_week=5, name="Hug") == before
    assert diary.practices.edit("hug", all_days=True) == before
    step = diary.undo()
    assert step is not None
    assert step.what == "log"


def test_an_edit_can_be_undone(diary: Diary) -> None:
    before = practice(diary, "hug")
    diary.practices.edit("hug", name="Cuddle", key="c", amount=3, overlap=True)
    assert what_of(diary.undo()) == UndoStep("practice", "hug", None, None, 1)
    assert practice(diary, "hug") == before


def test_the_name_of_another_practice_is_rejected_and_its_own_is_accepted(diary: Diary) -> None:
    with pytest.raises(InputError, match="already a practice called"):
        diary.practices.edit("hug", name="laughter")
    assert diary.practices.edit("hug", name="HUG").name == "HUG"


def test_a_letter_can_be_changed_removed_and_left_as_it_is(diary: Diary) -> None:
    assert diary.practices.edit("hug", key="h").key == "h"
    assert diary.practices.edit("hug", key="").key is None
    assert diary.practices.edit("laughter", key="h").key == "h"
    with pytest.raises(InputError, match="already logs Laughter"):
        diary.practices.edit("hug", key="h")


def test_a_new_goal_counts_from_today(diary: Diary) -> None:
    diary.log("hug", ago(1), amount=2)
    diary.log("hug", amount=2)
    first_goal = practice(diary, "hug").goals[0]
    after = diary.practices.edit("hug", amount=3)
    assert after.goals == (first_goal, Goal(TODAY, 3, 5))
    assert row_of(diary, "hug", ago(1)).state is State.DONE
    assert row_of(diary, "hug").state is State.SOME


def test_a_second_goal_on_the_same_day_replaces_the_first(diary: Diary) -> None:
    first_goal = practice(diary, "hug").goals
    diary.practices.edit("hug", amount=3)
    assert diary.practices.edit("hug", days_per_week=2).goals == (*first_goal, Goal(TODAY, 3, 2))
    assert diary.practices.edit("hug", amount=1, days_per_week=5).goals == first_goal


def test_an_amount_for_all_days_replaces_every_other(diary: Diary) -> None:
    diary.log("hug", ago(1), amount=2)
    first_goal = practice(diary, "hug").goals[0].from_day
    diary.practices.edit("hug", days_per_week=2)
    after = diary.practices.edit("hug", amount=3, all_days=True)
    assert after.goals == (Goal(first_goal, 3, 5), Goal(TODAY, 3, 2))
    assert row_of(diary, "hug", ago(1)).state is State.SOME
    both = diary.practices.edit("hug", amount=2, days_per_week=4, all_days=True)
    assert both.goals == (Goal(first_goal, 2, 4),)


def test_days_a_week_for_all_days_leave_the_amounts_unchanged(diary: Diary) -> None:
    first_goal = practice(diary, "nature-walk").goals[0]
    diary.practices.edit("nature-walk", amount=30)
    after = diary.practices.edit("nature-walk", days_per_week=4, all_days=True)
    assert after.goals == (Goal(first_goal.from_day, first_goal.amount, 4), Goal(TODAY, 30, 4))


def test_a_name_for_all_days_leaves_the_goals_unchanged(diary: Diary) -> None:
    diary.practices.edit("hug", amount=3)
    goals = practice(diary, "hug").goals
    assert diary.practices.edit("hug", name="Cuddle", all_days=True).goals == goals


def test_another_unit_needs_a_choice_for_the_logged_days(diary: Diary) -> None:
    diary.press("hug")
    with pytest.raises(InputError, match="Hug already has days counted in times"):
        diary.practices.edit("hug", unit="minutes")
    assert diary.practices.edit("hug", unit="times", name="Cuddle").name == "Cuddle"


def test_the_unit_of_one_without_entries_changes_with_its_amounts(diary: Diary) -> None:
    walk = diary.practices.edit("nature-walk", unit="yes/no")
    assert (walk.step, [g.amount for g in walk.goals]) == (1, [1])
    assert walk.goals[0].days_per_week == 3
    hug = diary.practices.edit("hug", unit="minutes", amount=7)
    assert (hug.step, [g.amount for g in hug.goals]) == (10, [7])


def test_days_without_an_amount_are_the_same_in_another_unit(diary: Diary) -> None:
    diary.log("hug", amount=0)
    diary.rest(("hug",), ago(1), ago(1), note="ill")
    assert not diary.practices.questions_for("hug", unit="minutes").days
    assert diary.practices.edit("hug", unit="minutes").unit is Unit.MINUTES
    assert row_of(diary, "hug", TODAY).state is State.NO
    assert row_of(diary, "hug", ago(1)).state is State.REST


def test_a_cleared_entry_does_not_prevent_another_unit(diary: Diary) -> None:
    diary.press("hug")
    diary.clear("hug")
    assert diary.practices.edit("hug", unit="minutes").unit is Unit.MINUTES


def test_an_invalid_edit_is_rejected(diary: Diary, subtests: pytest.Subtests) -> None:
    cases: list[dict[str, object]] = [
        {"amount": 2},
        {"step": 3},
        {"days_per_week": 9},
        {"unit": "hours"},
        {"name": ""},
    ]
    for wrong in cases:
        with subtests.test(wrong=wrong):
            before = diary.practices.all()
            with pytest.raises(InputError):
                diary.practices.edit("laughter", **wrong)  # type: ignore[arg-type]
            assert diary.practices.all() == before


def test_an_unknown_practice_is_named_in_the_error(diary: Diary) -> None:
    with pytest.raises(InputError, match='No practice called "yoga"'):
        diary.practices.edit("yoga", name="Yoga")


def test_the_streak_cache_is_updated_by_a_new_goal_for_all_days(diary: Diary) -> None:
    add_entries(diary, "hug", [(ago(days), 2) for days in range(30)])
    diary.practices.edit("hug", amount=3, days_per_week=7, all_days=True)
    assert diary.outdated_streak_caches() == []
    assert row_of(diary, "hug").figures.streak == 0


@pytest.mark.about_a_file
def test_only_another_unit_reads_the_days_of_a_practice(diary: Diary) -> None:
    """There are as many as a diary is long."""
    diary.log("hug")
    with sqlite_trace.statements() as executed:
        diary.practices.edit("hug", name="Cuddle")
    assert [one for one in executed if "FROM entry" in one and "entry.note" in one] == []
