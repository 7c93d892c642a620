"""Rest days are neutral, can be planned ahead, and give way to what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.diary.factories import TODAY, Clock, ago, row_of
from tracker.diary.diary import Diary
from tracker.diary.journal import EVERYTHING
from tracker.errors import InputError
from tracker.models import EntryChange, RestResult, State


def test_rest_keeps_amount_and_note_beside_it(diary: Diary) -> None:
    diary.log("nature-walk", amount=10, note="rain")
    diary.toggle_rest_day("nature-walk")
    row = row_of(diary, "nature-walk")
    assert (row.state, row.amount, row.note) == (State.REST, 10, "rain")


def test_a_removed_rest_day_shows_the_entry_again(diary: Diary) -> None:
    diary.log("nature-walk", amount=10, note="rain")
    diary.toggle_rest_day("nature-walk")
    diary.toggle_rest_day("nature-walk")
    row = row_of(diary, "nature-walk")
    assert (row.state, row.amount, row.note) == (State.SOME, 10, "rain")


def test_a_rest_day_removed_from_an_empty_day_leaves_it_empty(diary: Diary) -> None:
    diary.toggle_rest_day("hug")
    diary.toggle_rest_day("hug")
    assert row_of(diary, "hug").state is State.PENDING


@pytest.mark.parametrize(
    ("practice_id", "amount"), [("laughter", 1), ("hug", 1), ("nature-walk", 20)]
)
def test_logging_ends_rest(diary: Diary, practice_id: str, amount: int) -> None:
    diary.toggle_rest_day(practice_id)
    diary.press(practice_id)
    row = row_of(diary, practice_id)
    assert (row.state, row.amount) == (State.DONE, amount)


def test_a_press_on_a_resting_yes_that_was_done_makes_it_done_again(diary: Diary) -> None:
    diary.press("laughter")
    diary.toggle_rest_day("laughter")
    diary.press("laughter")
    assert row_of(diary, "laughter").state is State.DONE


def test_setting_the_amount_beside_a_rest_day_ends_the_rest(diary: Diary) -> None:
    diary.log("hug", amount=2)
    diary.toggle_rest_day("hug")
    diary.log("hug", amount=2)
    assert row_of(diary, "hug").state is State.DONE


def test_one_step_less_on_a_rest_day_is_an_explicit_no(diary: Diary) -> None:
    diary.toggle_rest_day("hug")
    diary.less("hug")
    assert row_of(diary, "hug").state is State.NO


def test_a_rest_day_can_be_planned_ahead(diary: Diary) -> None:
    diary.toggle_rest_day("hug", ago(-5))
    assert row_of(diary, "hug", ago(-5)).state is State.REST


def test_only_rest_can_be_planned_ahead(diary: Diary) -> None:
    tomorrow = ago(-1)
    for act in (
        lambda: diary.press("hug", tomorrow),
        lambda: diary.less("hug", tomorrow),
        lambda: diary.log("hug", tomorrow, amount=1),
        lambda: diary.write_note("hug", "soon", tomorrow),
        lambda: diary.rate(7, tomorrow),
        lambda: diary.write_note("calm", "soon", tomorrow),
    ):
        with pytest.raises(InputError, match="You can only plan rest days ahead"):
            act()
    assert not diary.has_entries()


def test_rest_over_a_range_skips_logged_days_and_says_which(diary: Diary) -> None:
    diary.press("hug", ago(2))
    diary.less("laughter", ago(1))
    result = diary.rest(("hug", "laughter"), ago(3), TODAY)
    assert result.skipped == (("Hug", ago(2)), ("Laughter", ago(1)))
    assert [(one.now.practice_id, one.now.day) for one in result.rest_days] == [
        *(("hug", ago(n)) for n in (3, 1, 0)),
        *(("laughter", ago(n)) for n in (3, 2, 0)),
    ]
    assert [row_of(diary, "hug", ago(n)).state for n in (3, 2, 1, 0)] == [
        State.REST,
        State.DONE,
        State.REST,
        State.REST,
    ]


def test_rest_over_a_range_is_one_step_to_undo(diary: Diary) -> None:
    diary.rest(("hug", "laughter"), TODAY, ago(-6))
    step = diary.undo()
    assert step is not None
    assert (step.what, step.first_day, step.last_day, step.rows) == ("rest", TODAY, ago(-6), 14)
    assert row_of(diary, "hug", ago(-6)).state is State.PENDING


def days_of(result: RestResult) -> tuple[date, date]:
    days = [one.now.day for one in result.rest_days]
    return min(days), max(days)


def test_rest_over_a_range_tells_the_same_days_as_its_undo_step(diary: Diary) -> None:
    diary.rest(("hug", "laughter"), TODAY, ago(-2), note="a cold")
    added = diary.rest(("hug", "laughter"), TODAY, ago(-6))
    assert days_of(added) == (ago(-3), ago(-6))
    step = diary.undo()
    assert step is not None
    assert (step.first_day, step.last_day) == days_of(added)
    removed = diary.rest(("hug", "laughter"), ago(-1), ago(-12), off=True)
    assert days_of(removed) == (ago(-1), ago(-2))


def test_rest_over_a_range_has_its_note(diary: Diary) -> None:
    diary.rest(("hug",), TODAY, ago(-1), note="away")
    assert row_of(diary, "hug", ago(-1)).note == "away"


@pytest.mark.parametrize(
    "end",
    [
        lambda diary: diary.press("hug"),
        lambda diary: diary.log("hug", amount=2),
        lambda diary: diary.less("hug"),
        lambda diary: diary.clear("hug"),
        lambda diary: diary.toggle_rest_day("hug"),
    ],
)
def test_the_note_of_a_rest_day_goes_with_it_and_comes_back_with_undo(
    diary: Diary, end: Callable[[Diary], EntryChange | None]
) -> None:
    diary.rest(("hug",), TODAY, TODAY, note="a cold")
    change = end(diary)
    assert row_of(diary, "hug").note == ""
    assert change is not None
    assert change.removed_reason == "a cold"
    diary.undo()
    row = row_of(diary, "hug")
    assert (row.state, row.note) == (State.REST, "a cold")


@pytest.mark.parametrize("end", ["toggle", "press", "log", "range"])
def test_a_note_from_before_the_rest_day_stays_when_that_ends(diary: Diary, end: str) -> None:
    diary.write_note("softening", "too tired")
    diary.toggle_rest_day("softening")
    change: EntryChange | None
    if end == "log":
        change = diary.log("softening", amount=1)
    elif end == "range":
        (change,) = diary.rest(("softening",), TODAY, TODAY, off=True).changes
    else:
        change = (diary.press if end == "press" else diary.toggle_rest_day)("softening")
    assert change is not None
    assert not change.removed_reason
    assert row_of(diary, "softening").note == "too tired"
    diary.undo()
    assert (row_of(diary, "softening").state, row_of(diary, "softening").note) == (
        State.REST,
        "too tired",
    )
    diary.write_note("softening", "a cold")
    diary.toggle_rest_day("softening")
    assert row_of(diary, "softening").note == "", "written as the reason"


def test_the_note_of_what_was_logged_below_a_rest_day_stays(diary: Diary) -> None:
    for end in (diary.press, diary.toggle_rest_day):
        diary.log("hug", amount=2, note="with Anna")
        diary.toggle_rest_day("hug")
        change = end("hug")
        assert row_of(diary, "hug").note == "with Anna"
        assert change is not None
        assert not change.removed_reason


def test_each_of_several_practices_that_are_logged_names_the_note_of_its_rest_day(
    diary: Diary,
) -> None:
    diary.rest(("hug",), TODAY, TODAY, note="a cold")
    diary.rest(("laughter",), TODAY, TODAY, note="a sad day")
    changes = diary.log_all(("hug", "joy", "laughter"))
    assert [change.removed_reason for change in changes] == ["a cold", "", "a sad day"]


def test_a_note_logged_over_a_rest_day_replaces_its_reason(diary: Diary) -> None:
    diary.rest(("hug",), TODAY, TODAY, note="a cold")
    change = diary.log("hug", note="after all")
    assert row_of(diary, "hug").note == "after all"
    assert not change.removed_reason


def test_a_reason_leaves_the_notes_of_the_day_and_replaces_another_reason(diary: Diary) -> None:
    diary.write_note("hug", "too tired")
    diary.write_note("joy", "a cold")
    result = diary.rest(("hug", "joy", "laughter"), TODAY, TODAY, note="a cold")
    assert (len(result.rest_days), result.replaced, result.own_notes) == (3, [], ("too tired",))
    assert [row_of(diary, one).note for one in ("hug", "laughter")] == ["too tired", "a cold"]
    result = diary.rest(("hug", "laughter"), TODAY, ago(-1), note="train at nine")
    assert (len(result.rest_days), result.own_notes) == (2, ("too tired",))
    assert result.replaced == ["a cold"]
    # Of one practice, or where none is shared, a note is the reason.
    result = diary.rest(("hug",), ago(-1), ago(-1), note="a late train")
    assert (result.own_notes, result.replaced) == ((), ["train at nine"])


def test_a_holiday_made_longer_leaves_what_was_written_on_it(diary: Diary) -> None:
    diary.rest(None, ago(1), TODAY, note="Husum")
    diary.write_note("hug", "Lina by the fire", ago(1))
    longer = diary.rest(None, ago(1), ago(-2), note="Husum still")
    assert (longer.own_notes, set(longer.replaced)) == (("Lina by the fire",), {"Husum"})
    assert row_of(diary, "hug", ago(1)).note == "Lina by the fire"
    assert {row_of(diary, "joy", ago(n)).note for n in (1, 0, -1, -2)} == {"Husum still"}


@pytest.mark.parametrize("reason", ["Husum", None])
@pytest.mark.parametrize("end", ["toggle", "press", "log", "range"])
def test_what_was_written_on_a_holiday_stays_when_its_rest_day_ends(
    diary: Diary, end: str, reason: str | None
) -> None:
    diary.rest(None, TODAY, TODAY, note=reason)
    diary.write_note("hug", "Lina by the fire")
    ends: dict[str, Callable[[], object]] = {
        "toggle": lambda: diary.toggle_rest_day("hug"),
        "press": lambda: diary.press("hug"),
        "log": lambda: diary.log("hug", amount=0),
        "range": lambda: diary.rest(None, TODAY, TODAY, off=True),
    }
    ends[end]()
    row = row_of(diary, "hug")
    assert (row.state is not State.REST, row.note) == (True, "Lina by the fire")
    diary.press("joy")
    assert row_of(diary, "joy").note == "", "the reason of the holiday went with the rest day"


def test_a_reason_is_added_to_rest_days_and_removed_with_them(diary: Diary) -> None:
    diary.write_note("hug", "a long hug", ago(2))
    diary.rest(("hug", "joy"), ago(1), ago(-2), note="trip")
    diary.rest(("hug",), ago(2), ago(2))
    diary.toggle_rest_day("hug", ago(-1))
    removed = diary.rest(("hug", "joy"), ago(2), ago(-2), off=True)
    assert (len(removed.rest_days), removed.reasons) == (8, ["trip"] * 7)
    assert not any(row_of(diary, "hug", ago(n)).note for n in (1, 0, -1, -2))
    assert row_of(diary, "hug", ago(2)).note == "a long hug", "older than the rest day"
    assert not row_of(diary, "joy", ago(1)).note
    with pytest.raises(InputError, match="You can only plan rest days ahead"):
        diary.press("hug", ago(-1))
    diary.undo()
    assert row_of(diary, "hug", ago(-2)).note == "trip"


def test_rest_on_a_day_with_only_a_note_keeps_that_note(diary: Diary) -> None:
    diary.write_note("hug", "a cold")
    diary.rest(("hug",), TODAY, TODAY)
    row = row_of(diary, "hug")
    assert (row.state, row.note) == (State.REST, "a cold")


def test_removing_rest_over_a_range_leaves_other_days_unchanged(diary: Diary) -> None:
    diary.log("hug", amount=3)
    diary.toggle_rest_day("hug", ago(-1))
    result = diary.rest(("hug",), ago(1), ago(-3), off=True)
    assert [one.now.day for one in result.rest_days] == [ago(-1)]
    assert row_of(diary, "hug").amount == 3


def test_naming_a_practice_twice_rests_it_once(diary: Diary) -> None:
    assert len(diary.rest(("hug", "hug"), TODAY, TODAY).rest_days) == 1


def test_rest_that_changes_no_day_is_not_an_undo_step(diary: Diary) -> None:
    diary.toggle_rest_day("hug")
    assert diary.rest(("hug",), TODAY, TODAY) == RestResult()
    assert diary.undo() is not None
    assert diary.undo() is None


def test_an_invalid_range_is_rejected(diary: Diary, subtests: pytest.Subtests) -> None:
    cases: list[tuple[date, date]] = [
        (TODAY, ago(1)),
        (TODAY, ago(-367)),
        (date(1899, 12, 31), date(1899, 12, 31)),
    ]
    for first, last in cases:
        with subtests.test(first=first, last=last), pytest.raises(InputError):
            diary.rest(("hug",), first, last)


def test_an_unknown_practice_leaves_the_others_unchanged(diary: Diary) -> None:
    with pytest.raises(InputError):
        diary.rest(("hug", "yodelling"), TODAY, TODAY)
    assert row_of(diary, "hug").state is State.PENDING


def test_rest_days_ahead_make_the_goal_of_a_week_smaller_and_are_explained(diary: Diary) -> None:
    diary.practices.edit("hug", days_per_week=3)
    # Tuesday 24 November; the week starts on Monday.
    diary.press("hug")
    explained = diary.explain("hug")
    assert (explained.days[-1].done_this_week, explained.days[-1].week_off) == (1, 0)
    assert explained.figures.weeks_in_rhythm == 0
    diary.rest(("hug",), ago(-1), ago(-5))
    assert diary.explain("hug").figures.weeks_in_rhythm == 0, "two days are left"
    diary.rest(("hug",), ago(1), ago(1))
    explained = diary.explain("hug")
    assert explained.figures.weeks_in_rhythm == 1
    assert [day.week_off for day in explained.days[-2:]] == [6, 6]


def test_rest_for_all_is_for_each_practice_on_the_days_on_which_it_is_in_the_list(
    diary: Diary, clock: Clock
) -> None:
    """A practice can be archived on the first day of a holiday and be in the list again later."""
    diary.practices.archive("hug")
    clock.forward(days=4)
    diary.practices.restore("hug")
    whole_week = (TODAY, ago(-6))
    added = diary.rest(None, *whole_week)
    assert len({one.now.practice_id for one in added.rest_days}) == 8
    resting = [row_of(diary, "hug", ago(-day)).state is State.REST for day in range(4, 7)]
    assert resting == [True] * 3
    assert all(
        one.practice.id != "hug" for day in range(4) for one in diary.day(ago(-day)).practices
    )
    assert row_of(diary, "laughter").state is State.REST
    removed = diary.rest(None, *whole_week, off=True)
    assert len(removed.rest_days) == 7 * 7 + 3
    assert row_of(diary, "hug", ago(-5)).state is not State.REST


def test_a_holiday_cut_short_for_all_ends_for_a_practice_archived_since_it_was_planned(
    diary: Diary, clock: Clock
) -> None:
    diary.rest(None, ago(-3), ago(-6), note="Tofino")
    diary.practices.archive("hug")
    clock.forward(days=5)
    diary.rest(None, ago(-5), ago(-6), off=True)
    assert [one.notes for one in diary.journal.evenings(EVERYTHING, ago(-5), ago(-6))] == []
    diary.practices.restore("hug")
    assert row_of(diary, "hug", ago(-6)).state is not State.REST
