"""Practices are archived, restored, reordered and deleted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.diary.factories import TODAY, Clock, add_entries, ago, edit_practice, row_of, week_of
from tracker.diary.diary import Diary
from tracker.diary.fast_today import today_view
from tracker.diary.practices import Practices
from tracker.errors import InputError
from tracker.location import Location
from tracker.models import Practice, Span, State


def practice(diary: Diary, practice_id: str) -> Practice:
    return next(p for p in diary.practices.all() if p.id == practice_id)


def listed(diary: Diary) -> list[str]:
    """The ids on today's page."""
    return [row.practice.id for row in diary.day().practices]


def order(diary: Diary) -> list[str]:
    return [p.id for p in diary.practices.all()]


def test_a_name_that_another_program_stored_is_read_on_one_line(
    tmp_path: Path, clock: Clock
) -> None:
    diary = Diary(Location(tmp_path / "diary.db"), now=clock)
    diary.create()
    stored = "Hug\x1b[2J\nand \u202emore"
    with closing(sqlite3.connect(diary.location.file)) as connection:
        connection.execute("UPDATE practice SET name = ?, question = ?", (stored, stored))
        connection.commit()
    one = practice(diary, "hug")
    assert one.name == one.question == "Hug\ufffd[2J⏎and ◌more"
    assert diary.day().practices[0].practice == one


def test_an_archived_practice_is_not_listed_and_keeps_its_days(diary: Diary) -> None:
    diary.press("hug", ago(1))
    assert diary.practices.archive("hug").out_of_list == (Span(TODAY, None),)
    assert "hug" not in listed(diary)
    assert row_of(diary, "hug", ago(1)).state is State.DONE


def test_the_week_of_archiving_is_on_goal_only_with_its_goal_reached(
    diary: Diary, clock: Clock
) -> None:
    def weeks(practice_id: str) -> int:
        return week_of(diary.week(TODAY), practice_id).figures.weeks_in_rhythm

    diary.practices.edit("gratitude", days_per_week=2)
    for practice_id in ("laughter", "gratitude"):
        for day in (ago(1), TODAY):
            diary.press(practice_id, day)
        diary.practices.archive(practice_id)
    assert week_of(diary.week(TODAY), "laughter").days_per_week == 5
    assert (weeks("laughter"), weeks("gratitude")) == (0, 1)
    clock.forward(days=14)
    diary.press("hug")
    assert (weeks("laughter"), weeks("gratitude")) == (0, 1)


def test_a_day_with_an_entry_still_shows_it(diary: Diary) -> None:
    diary.press("hug")
    diary.practices.archive("hug")
    assert "hug" in listed(diary)
    diary.clear("hug")
    assert "hug" not in listed(diary)


def test_a_planned_rest_day_does_not_bring_an_archived_practice_back(
    diary: Diary, clock: Clock
) -> None:
    """Its days are Wednesday to Monday; Hug is archived on Tuesday, and back from Sunday on."""
    diary.practices.edit("hug", days_per_week=2)
    for day in (ago(1), TODAY):
        diary.press("hug", day)
    diary.rest(tuple(order(diary)), ago(-1), ago(-6), note="away")
    diary.practices.archive("hug")
    assert "hug" not in [one.practice.id for one in diary.day(ago(-1)).practices]
    week = week_of(diary.week(), "hug")
    assert week.states == (State.DONE, State.DONE, *[None] * 5)
    assert week.notes == ("",) * 7
    assert "hug" not in [one.practice.id for one in diary.week(ago(-6)).practices]
    clock.forward(days=4)
    assert "hug" not in listed(diary)
    page = today_view(diary.location, clock)
    assert page in (None, diary.day()), "None for a diary on a server"
    assert "hug" not in [one.practice.id for one in diary.streaks()]
    year = next(one for one in diary.year().practices if one.practice.id == "hug")
    assert year.states.count(State.REST) == 0
    assert [day.state for day in diary.explain("hug").days[-5:]] == [State.DONE, *[None] * 4]
    assert diary.recap().rest_days == 4
    assert diary.outdated_streak_caches() == []
    clock.forward(days=1)
    diary.practices.restore("hug")
    assert row_of(diary, "hug", ago(-5)).state is State.REST
    assert week_of(diary.week(), "hug").states == (
        *(State.DONE, State.DONE),
        *(None, None, None, None, State.REST),
    )
    assert week_of(diary.week(ago(-6)), "hug").notes[0] == "away"


def test_undo_of_archiving_brings_its_planned_rest_days_back(diary: Diary) -> None:
    diary.rest(("hug",), TODAY, ago(-1))
    diary.practices.archive("hug")
    assert "hug" not in listed(diary)
    diary.undo()
    assert [row_of(diary, "hug", day).state for day in (TODAY, ago(-1))] == [State.REST] * 2


def test_what_was_logged_below_a_rest_day_stays_on_the_day_of_archiving(diary: Diary) -> None:
    diary.press("hug")
    diary.toggle_rest_day("hug")
    diary.practices.archive("hug")
    assert row_of(diary, "hug").state is State.REST


def test_a_restored_practice_has_no_days_while_it_was_archived(diary: Diary, clock: Clock) -> None:
    diary.press("hug", ago(1))
    diary.practices.archive("hug")
    clock.forward(days=5)
    diary.rate(6, ago(-2))
    back = diary.practices.restore("hug")
    assert back.out_of_list == (Span(TODAY, ago(-4)),)
    week = week_of(diary.week(), "hug")
    assert week.states == (State.DONE, None, None, None, None, None, State.PENDING)
    assert week.figures.streak == 1


def test_restored_on_the_same_day_nothing_has_changed(diary: Diary) -> None:
    before = practice(diary, "hug")
    diary.practices.archive("hug")
    assert diary.practices.restore("hug") == before


def test_it_can_be_archived_and_restored_repeatedly(diary: Diary, clock: Clock) -> None:
    for _ in range(2):
        diary.practices.archive("hug")
        clock.forward(days=3)
        diary.practices.restore("hug")
        clock.forward(days=2)
    spans = practice(diary, "hug").out_of_list
    assert spans == (Span(TODAY, ago(-2)), Span(ago(-5), ago(-7)))
    diary.practices.archive("hug")
    diary.practices.restore("hug")
    assert practice(diary, "hug").out_of_list == spans


def test_restoring_ends_a_planned_break_today(diary: Diary) -> None:
    edit_practice(diary, "hug", out_of_list=(Span(ago(9), ago(-9)), Span(ago(-20), ago(-30))))
    assert diary.practices.restore("hug").out_of_list == (Span(ago(9), ago(1)),)


def test_archiving_twice_is_reported_and_changes_nothing(diary: Diary) -> None:
    with pytest.raises(InputError, match="Hug is already in your list"):
        diary.practices.restore("hug")
    diary.practices.archive("hug")
    before = diary.practices.all()
    with pytest.raises(InputError, match="Hug is already archived"):
        diary.practices.archive("hug")
    assert diary.practices.all() == before


@pytest.mark.parametrize(
    ("practice_id", "position", "expected"),
    [
        ("gratitude", 1, ["gratitude", "hug", "laughter", "nature-walk"]),
        ("hug", 3, ["laughter", "nature-walk", "hug", "gratitude"]),
        ("hug", 1, ["hug", "laughter", "nature-walk", "gratitude"]),
    ],
)
def test_a_practice_moves_to_a_position(
    diary: Diary, practice_id: str, position: int, expected: list[str]
) -> None:
    assert diary.practices.move(practice_id, position).id == practice_id
    assert order(diary)[:4] == expected
    assert [p.position for p in diary.practices.all()] == list(range(1, 9))


def test_a_position_past_the_end_is_the_end(diary: Diary) -> None:
    diary.practices.move("hug", 8)
    assert order(diary)[-1] == "hug"


def test_archived_practices_stay_beside_their_neighbours(diary: Diary) -> None:
    diary.practices.archive("laughter")
    diary.practices.move("gratitude", 2)
    assert order(diary)[:4] == ["hug", "laughter", "gratitude", "nature-walk"]
    assert listed(diary)[:3] == ["hug", "gratitude", "nature-walk"]
    diary.practices.move("hug", 7)
    assert listed(diary)[-1] == "hug"


def test_an_invalid_position_is_rejected(diary: Diary, subtests: pytest.Subtests) -> None:
    cases: list[int] = [0, -1, 9, 1000]
    for position in cases:
        with (
            subtests.test(position=position),
            pytest.raises(InputError, match="a whole number from 1 to 8"),
        ):
            diary.practices.move("hug", position)


def test_an_archived_practice_cannot_be_moved(diary: Diary) -> None:
    diary.practices.archive("hug")
    with pytest.raises(InputError, match="Restore it first"):
        diary.practices.move("hug", 1)


def test_a_practice_without_entries_can_be_deleted(diary: Diary) -> None:
    diary.press("hug")
    diary.clear("hug")
    assert diary.practices.delete("hug").practice.name == "Hug"
    assert "hug" not in order(diary)
    assert diary.practices.add("hug").id == "hug"


def test_a_practice_with_rest_days_only_is_deleted_with_them_in_one_step(diary: Diary) -> None:
    days = ago(2), ago(-1), ago(-2)
    diary.rest(("hug",), ago(2), ago(2))
    diary.rest(("hug",), ago(-1), ago(-2), note="holiday")
    before = [row_of(diary, "hug", day) for day in days]
    assert [(row.state, row.note) for row in before[:2]] == [
        (State.REST, ""),
        (State.REST, "holiday"),
    ]
    assert diary.practices.delete("hug").rest_days == 3
    assert "hug" not in order(diary)
    diary.undo()
    assert [row_of(diary, "hug", day) for day in days] == before
    diary.redo()
    assert "hug" not in order(diary)
    assert diary.practices.add("hug").id == "hug"
    assert all(row_of(diary, "hug", day).state is not State.REST for day in (TODAY, ago(-1)))


def test_a_practice_with_something_logged_below_a_rest_day_is_not_deleted(diary: Diary) -> None:
    diary.press("hug", ago(1))
    diary.toggle_rest_day("hug", ago(1))
    with pytest.raises(InputError, match="has days in your diary"):
        diary.practices.delete("hug")
    assert "hug" in order(diary)


def test_a_practice_with_entries_is_not_deleted_and_archiving_is_suggested(diary: Diary) -> None:
    diary.write_note("hug", "only a note", ago(3))
    with pytest.raises(InputError, match="You can archive it"):
        diary.practices.delete("hug")
    assert "hug" in order(diary)


def test_the_last_practice_can_be_deleted_too(diary: Diary) -> None:
    for practice_id in order(diary):
        diary.practices.delete(practice_id)
    assert diary.practices.all() == ()
    assert diary.day().practices == ()
    assert diary.practices.add("Tea").position == 1


def test_each_is_one_step_of_undo_and_redo(diary: Diary) -> None:
    diary.press("nature-walk", ago(40))
    states = [diary.practices.all()]
    diary.practices.archive("nature-walk")
    states.append(diary.practices.all())
    diary.practices.restore("nature-walk")
    states.append(diary.practices.all())
    diary.practices.move("nature-walk", 8)
    states.append(diary.practices.all())
    diary.practices.delete("joy")
    states.append(diary.practices.all())
    for state in reversed(states[:-1]):
        diary.undo()
        assert diary.practices.all() == state
        assert diary.outdated_streak_caches() == []
    for state in states[1:]:
        diary.redo()
        assert diary.practices.all() == state
    assert diary.outdated_streak_caches() == []


def test_the_streak_cache_is_updated_by_archiving(diary: Diary, clock: Clock) -> None:
    add_entries(diary, "laughter", [(ago(days), 1) for days in range(1, 21)])
    diary.practices.archive("laughter")
    clock.forward(days=30)
    diary.practices.restore("laughter")
    diary.press("laughter")
    assert row_of(diary, "laughter").figures.streak == 21
    assert diary.outdated_streak_caches() == []


def test_an_unknown_practice_is_reported(diary: Diary, subtests: pytest.Subtests) -> None:
    cases: list[object] = [Practices.archive, Practices.restore, Practices.delete]
    for act in cases:
        with subtests.test(act=act), pytest.raises(InputError, match='No practice called "yoga"'):
            act(diary.practices, "yoga")  # type: ignore[operator]
