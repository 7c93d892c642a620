"""Logging practices: presses, steps, amounts and notes."""

from __future__ import annotations

import pytest

from tests.diary.factories import (
    TODAY,
    Clock,
    add_practices,
    ago,
    edit_practice,
    make_practice,
    row_of,
)
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.location import Location
from tracker.models import MAX_AMOUNT, MAX_NOTE_LENGTH, EntryState, Span, State, Unit


class TestAPress:
    def test_marks_a_yes_no_practice_done(self, diary: Diary) -> None:
        diary.press("laughter")
        assert row_of(diary, "laughter").state is State.DONE

    def test_on_a_done_yes_no_changes_nothing(self, diary: Diary) -> None:
        diary.log("laughter", note="the cat and the curtain")
        assert diary.press("laughter") is None
        row = row_of(diary, "laughter")
        assert (row.state, row.amount, row.note) == (State.DONE, 1, "the cat and the curtain")

    def test_repeated_stays_done(self, diary: Diary) -> None:
        for _ in range(3):
            diary.press("laughter")
        assert row_of(diary, "laughter").state is State.DONE

    def test_adds_one_to_a_count(self, diary: Diary) -> None:
        for _ in range(3):
            diary.press("hug")
        assert row_of(diary, "hug").amount == 3

    def test_adds_the_practices_own_step(self, diary: Diary) -> None:
        edit_practice(diary, "hug", step=4)
        diary.press("hug")
        diary.press("hug")
        assert row_of(diary, "hug").amount == 8

    def test_on_minutes_first_sets_the_days_amount_and_then_adds_the_step(
        self, diary: Diary
    ) -> None:
        changes = [diary.press("nature-walk") for _ in range(3)]
        assert [change and change.now.amount for change in changes] == [20, 30, 40]

    def test_on_minutes_with_an_explicit_no_sets_the_days_amount(self, diary: Diary) -> None:
        diary.less("nature-walk")
        diary.press("nature-walk")
        assert row_of(diary, "nature-walk").amount == 20

    def test_on_some_minutes_adds_the_step(self, diary: Diary) -> None:
        diary.log("nature-walk", amount=5)
        diary.press("nature-walk")
        assert row_of(diary, "nature-walk").amount == 15

    def test_can_be_for_a_past_day(self, diary: Diary) -> None:
        diary.press("laughter", ago(3))
        assert row_of(diary, "laughter", ago(3)).state is State.DONE
        assert row_of(diary, "laughter").state is State.PENDING

    def test_for_a_future_day_is_rejected(self, diary: Diary) -> None:
        with pytest.raises(InputError, match="is in the future"):
            diary.press("laughter", ago(-1))
        assert not diary.has_entries()

    def test_for_a_day_before_1900_is_rejected(self, diary: Diary) -> None:
        with pytest.raises(InputError, match="1900"):
            diary.press("laughter", TODAY.replace(year=1899))

    def test_on_an_unknown_practice_is_reported(self, diary: Diary) -> None:
        with pytest.raises(InputError, match='No practice called "yodelling"'):
            diary.press("yodelling")

    def test_past_the_largest_amount_is_rejected_and_nothing_changes(self, diary: Diary) -> None:
        diary.log("hug", amount=MAX_AMOUNT)
        with pytest.raises(InputError, match="100,000"):
            diary.press("hug")
        assert row_of(diary, "hug").amount == MAX_AMOUNT


class TestOneStepLess:
    def test_of_times_goes_down_to_not_logged_and_then_to_no_and_stays(self, diary: Diary) -> None:
        diary.log("hug", amount=2)
        states = []
        for _ in range(4):
            diary.less("hug")
            row = row_of(diary, "hug")
            states.append((row.state, row.amount))
        assert states == [(State.DONE, 1), (State.PENDING, None), (State.NO, 0), (State.NO, 0)]

    def test_of_minutes_goes_by_the_step(self, diary: Diary) -> None:
        diary.log("nature-walk", amount=25)
        amounts = [diary.less("nature-walk").now.amount for _ in range(4)]
        assert amounts == [15, 5, None, 0]

    def test_of_a_yes_no_clears_it_and_then_logs_a_no(self, diary: Diary) -> None:
        diary.press("laughter")
        amounts = [diary.less("laughter").now.amount for _ in range(2)]
        assert amounts == [None, 0]

    def test_keeps_the_note_all_the_way_down(self, diary: Diary) -> None:
        diary.log("hug", amount=1, note="Oma")
        diary.less("hug")
        assert row_of(diary, "hug").note == "Oma"
        diary.less("hug")
        assert row_of(diary, "hug").note == "Oma"

    def test_on_an_explicit_no_is_not_an_undo_step(self, diary: Diary) -> None:
        diary.less("hug")
        diary.less("hug")
        diary.undo()
        assert row_of(diary, "hug").state is State.PENDING


class TestAnAmount:
    def test_replaces_the_previous_one(self, diary: Diary) -> None:
        diary.log("nature-walk", amount=45)
        diary.log("nature-walk", amount=12)
        row = row_of(diary, "nature-walk")
        assert (row.state, row.amount, row.target) == (State.SOME, 12, 20)

    def test_of_zero_is_an_explicit_no(self, diary: Diary) -> None:
        diary.log("laughter", amount=0)
        assert row_of(diary, "laughter").state is State.NO

    def test_can_be_added_to(self, diary: Diary) -> None:
        diary.log("hug", more=2)
        diary.log("hug", more=3)
        assert row_of(diary, "hug").amount == 5

    def test_left_out_logs_one_press(self, diary: Diary) -> None:
        diary.log("nature-walk")
        diary.log("nature-walk")
        assert row_of(diary, "nature-walk").amount == 30

    def test_left_out_never_clears_a_done_yes_no(self, diary: Diary) -> None:
        diary.log("laughter")
        diary.log("laughter")
        assert row_of(diary, "laughter").state is State.DONE

    @pytest.mark.parametrize("amount", [-1, MAX_AMOUNT + 1])
    def test_that_is_invalid_is_rejected(self, diary: Diary, amount: int) -> None:
        with pytest.raises(InputError):
            diary.log("hug", amount=amount)
        assert not diary.has_entries()

    def test_set_again_to_the_same_value_keeps_its_time(self, diary: Diary, clock: Clock) -> None:
        first = diary.log("hug", amount=2).now
        clock.forward(hours=1)
        assert diary.log("hug", amount=2).now.logged_at == first.logged_at

    def test_stores_in_utc_when_it_was_set(self, diary: Diary) -> None:
        assert diary.log("hug", amount=2).now.logged_at == "2026-11-24T20:30:00Z"

    def test_is_judged_by_a_target_above_one(self, diary: Diary) -> None:
        add_practices(diary, make_practice("tea", unit=Unit.TIMES, amount=3))
        states = []
        for _ in range(3):
            diary.press("tea")
            states.append(row_of(diary, "tea").state)
        assert states == [State.SOME, State.SOME, State.DONE]


class TestANote:
    def test_alone_logs_nothing(self, diary: Diary) -> None:
        diary.write_note("hug", "nearly")
        row = row_of(diary, "hug")
        assert (row.state, row.amount, row.note, row.figures.days_total) == (
            State.PENDING,
            None,
            "nearly",
            0,
        )

    def test_written_later_leaves_when_the_amount_was_set(self, diary: Diary, clock: Clock) -> None:
        at = diary.log("hug").now.logged_at
        clock.forward(hours=1)
        diary.write_note("hug", "Oma")
        with diary.store.reading() as reader:
            entry = reader.entry("hug", TODAY)
        assert entry is not None
        assert (entry.logged_at, entry.note) == (at, "Oma")

    def test_removed_leaves_the_amount(self, diary: Diary) -> None:
        diary.log("hug", amount=2, note="Oma")
        diary.write_note("hug", "")
        row = row_of(diary, "hug")
        assert (row.amount, row.note) == (2, "")

    def test_alone_and_removed_leaves_no_entry(self, diary: Diary) -> None:
        diary.write_note("hug", "Oma")
        diary.write_note("hug", "")
        with diary.stream() as (_, entries, _evenings):
            assert list(entries) == []

    def test_is_stored_as_typed_in_unicode_nfc(self, diary: Diary) -> None:
        diary.write_note("hug", "  Cafe\u0301 [b]{x}[/b]\n\tsecond line  ")
        assert row_of(diary, "hug").note == "  Café [b]{x}[/b]\n\tsecond line  "

    def test_of_ten_thousand_characters_is_stored_and_one_more_rejected(self, diary: Diary) -> None:
        diary.write_note("hug", "x" * MAX_NOTE_LENGTH)
        with pytest.raises(InputError, match="10,001"):
            diary.write_note("hug", "y" * (MAX_NOTE_LENGTH + 1))
        assert row_of(diary, "hug").note == "x" * MAX_NOTE_LENGTH

    @pytest.mark.parametrize("text", ["a\0b", "half \ud83d"])
    def test_that_is_not_valid_text_is_rejected(self, diary: Diary, text: str) -> None:
        with pytest.raises(InputError, match="can't save"):
            diary.log("hug", note=text)
        assert not diary.has_entries()

    def test_on_a_rest_day_leaves_it_a_rest_day(self, diary: Diary) -> None:
        diary.toggle_rest_day("hug")
        diary.write_note("hug", "in bed with a cold")
        row = row_of(diary, "hug")
        assert (row.state, row.note) == (State.REST, "in bed with a cold")


class TestClearing:
    def test_removes_the_amount_and_leaves_the_note(self, diary: Diary) -> None:
        diary.log("hug", amount=2, note="Oma")
        diary.clear("hug")
        row = row_of(diary, "hug")
        assert (row.state, row.amount, row.note) == (State.PENDING, None, "Oma")

    def test_removes_an_explicit_no(self, diary: Diary) -> None:
        diary.less("hug")
        diary.clear("hug")
        assert row_of(diary, "hug").state is State.PENDING

    def test_an_empty_day_is_not_an_undo_step(self, diary: Diary) -> None:
        diary.clear("hug")
        assert diary.undo() is None

    def test_without_a_note_leaves_a_cleared_row_for_merge_only(self, diary: Diary) -> None:
        diary.press("hug")
        diary.clear("hug")
        with diary.store.reading() as reader:
            entry = reader.entry("hug", TODAY)
            assert entry is not None
            assert entry.state is EntryState.CLEARED
            assert list(reader.entries(TODAY, TODAY)) == []


def test_a_day_before_the_practices_began_can_be_logged(location: Location, clock: Clock) -> None:
    diary = Diary(location, now=clock)
    diary.create()
    page = diary.day(ago(1))
    assert [one.state for one in page.practices] == [State.NOT_LOGGED] * 8
    assert {
        (one.figures.streak, one.figures.days_total, one.figures.done_this_week)
        for one in page.practices
    } == {(0, 0, 0)}
    diary.press("hug", ago(1))
    states = {row.practice.id: row.state for row in diary.day(ago(1)).practices}
    assert (len(states), states.pop("hug")) == (8, State.DONE)
    assert set(states.values()) == {State.NOT_LOGGED}


def test_a_practice_archived_today_is_not_suggested_for_earlier_days(diary: Diary) -> None:
    edit_practice(diary, "joy", out_of_list=(Span(ago(0), None),))
    offered = diary.day(ago(200)).practices
    assert "joy" not in [one.practice.id for one in offered]
    assert len(offered) == 7
