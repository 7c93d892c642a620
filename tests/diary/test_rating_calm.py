"""How calm is rated, changed, rated late, and how a 1 becomes a 10."""

from __future__ import annotations

import pytest

from tests.diary.factories import TODAY, Clock, ago, row_of
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.models import CALM_ID, State


def test_every_score_from_0_to_10_is_a_check_in(diary: Diary, subtests: pytest.Subtests) -> None:
    for score in range(11):
        with subtests.test(score=score):
            diary.rate(score)
            page = diary.day()
            assert (page.calm, page.checked_in) == (score, True)


def test_any_other_score_is_rejected(diary: Diary, subtests: pytest.Subtests) -> None:
    cases: list[int] = [-1, 11, 100]
    for score in cases:
        with subtests.test(score=score):
            with pytest.raises(InputError, match="0 to 10"):
                diary.rate(score)
            assert diary.day().calm is None


def test_a_second_score_replaces_the_first_and_leaves_the_note(diary: Diary) -> None:
    diary.rate(4, note="long day")
    diary.rate(6)
    page = diary.day()
    assert (page.calm, page.calm_note) == (6, "long day")


def test_a_note_alone_is_not_a_check_in(diary: Diary) -> None:
    diary.write_note(CALM_ID, "quiet")
    page = diary.day()
    assert (page.calm, page.calm_note, page.checked_in) == (None, "quiet", False)


def test_clearing_calm_leaves_the_note(diary: Diary) -> None:
    diary.rate(4, note="long day")
    diary.clear(CALM_ID)
    page = diary.day()
    assert (page.calm, page.calm_note) == (None, "long day")


def test_a_later_note_does_not_change_when_the_score_was_set(diary: Diary, clock: Clock) -> None:
    diary.rate(6, ago(1))
    clock.forward(days=9)
    diary.write_note(CALM_ID, "come to think of it", ago(1))
    assert diary.day(ago(1)).checked_in


class TestALateRating:
    """A rating set after 16:00 UTC two days after its day."""

    def test_at_16_00_exactly_still_checks_in(self, diary: Diary, clock: Clock) -> None:
        clock.set("2026-11-26T16:00:00+00:00")
        diary.rate(6, TODAY)
        assert diary.day(TODAY).checked_in

    def test_a_second_later_is_shown_and_makes_no_check_in(
        self, diary: Diary, clock: Clock
    ) -> None:
        clock.set("2026-11-26T16:00:01+00:00")
        diary.rate(6, TODAY)
        page = diary.day(TODAY)
        assert (page.calm, page.checked_in) == (6, False)

    def test_is_determined_in_utc_in_every_time_zone(self, diary: Diary, clock: Clock) -> None:
        clock.set("2026-11-27T05:00:00+13:00")
        diary.rate(6, TODAY)
        assert diary.day(TODAY).checked_in

    def test_does_not_turn_empty_entries_into_a_no(self, diary: Diary, clock: Clock) -> None:
        clock.forward(days=3)
        diary.rate(6, TODAY)
        assert row_of(diary, "hug", TODAY).state is State.NOT_LOGGED

    def test_is_not_made_by_giving_the_same_score_again(self, diary: Diary, clock: Clock) -> None:
        diary.rate(6)
        clock.forward(days=5)
        diary.rate(6, TODAY)
        assert diary.day(TODAY).checked_in

    def test_is_made_by_another_score_given_late(self, diary: Diary, clock: Clock) -> None:
        diary.rate(6)
        clock.forward(days=5)
        diary.rate(7, TODAY)
        assert not diary.day(TODAY).checked_in

    def test_is_not_made_by_the_score_that_a_slip_had_replaced(
        self, diary: Diary, clock: Clock
    ) -> None:
        diary.rate(6)
        clock.forward(days=5)
        for slip in (0, 7):
            diary.rate(slip, TODAY)
        diary.rate(6, TODAY)
        assert diary.day(TODAY).checked_in
        assert row_of(diary, "hug", TODAY).state is State.NO
        diary.undo()
        assert (diary.day(TODAY).calm, diary.day(TODAY).checked_in) == (7, False)


class TestAOneThatBecomesATen:
    def test_is_one_step_to_undo(self, diary: Diary) -> None:
        one = diary.rate(1)
        assert one.step is not None
        assert diary.rate(10, joins=one).step == one.step
        diary.undo()
        assert diary.day().calm is None
        assert diary.undo() is None

    def test_is_redone_as_ten(self, diary: Diary) -> None:
        diary.rate(10, joins=diary.rate(1))
        diary.undo()
        diary.redo()
        assert diary.day().calm == 10

    def test_goes_back_to_the_score_before_both(self, diary: Diary) -> None:
        diary.rate(5)
        diary.rate(10, joins=diary.rate(1))
        diary.undo()
        assert diary.day().calm == 5

    def test_is_a_separate_step_after_another_change(self, diary: Diary) -> None:
        one = diary.rate(1)
        diary.press("hug")
        assert diary.rate(10, joins=one).step != one.step
        diary.undo()
        assert diary.day().calm == 1

    def test_is_a_separate_step_on_another_evening(self, diary: Diary) -> None:
        one = diary.rate(1)
        assert diary.rate(10, ago(1), joins=one).step != one.step
        diary.undo()
        assert (diary.day().calm, diary.day(ago(1)).calm) == (1, None)

    def test_is_a_separate_step_after_the_one_was_undone(self, diary: Diary) -> None:
        diary.press("hug")
        one = diary.rate(1)
        diary.undo()
        diary.rate(10, joins=one)
        diary.undo()
        assert diary.day().calm is None
        assert row_of(diary, "hug").amount == 1

    def test_is_never_merged_into_a_step_of_many_rows(self, diary: Diary) -> None:
        diary.rest(("hug", "laughter"), TODAY, TODAY)
        newest = diary.rate(1)
        assert newest.step is not None
        many = newest._replace(step=newest.step - 1)
        assert diary.rate(10, joins=many).step != many.step

    def test_leaves_no_step_where_it_was_ten_before(self, diary: Diary) -> None:
        diary.press("hug")
        diary.rate(10)
        rating = diary.rate(10, joins=diary.rate(1))
        assert (rating.before.calm, rating.now.calm, rating.step) == (10, 10, None)
        assert diary.undo_steps(9)[0].what == "rate"
        diary.undo()
        assert diary.day().calm is None

    def test_keeps_the_time_of_a_ten_that_was_in_time(self, diary: Diary, clock: Clock) -> None:
        diary.rate(10)
        clock.forward(days=5)
        diary.rate(10, TODAY, joins=diary.rate(1, TODAY))
        assert diary.day(TODAY).checked_in
