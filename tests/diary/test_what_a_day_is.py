"""The state of a practice on a day: done, some, no, rest, not logged, pending, or not listed."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tests.diary.factories import (
    TODAY,
    Clock,
    add_practices,
    add_ratings,
    ago,
    edit_practice,
    make_practice,
    row_of,
    set_setting,
    week_of,
)
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.models import Goal, Span, State, Unit

pytestmark = pytest.mark.any_day


class TestADayWithNothingLogged:
    def test_is_pending_today_even_after_the_rating(self, diary: Diary) -> None:
        assert row_of(diary, "hug").state is State.PENDING
        diary.rate(7)
        assert row_of(diary, "hug").state is State.PENDING

    def test_is_a_no_once_a_rated_day_is_over(self, diary: Diary, clock: Clock) -> None:
        diary.rate(7)
        clock.forward(days=1)
        assert row_of(diary, "hug", TODAY).state is State.NO

    def test_is_not_logged_on_an_unrated_day(self, diary: Diary) -> None:
        assert row_of(diary, "hug", ago(1)).state is State.NOT_LOGGED

    def test_with_a_note_is_still_a_no_on_a_rated_day(self, diary: Diary, clock: Clock) -> None:
        diary.rate(7)
        diary.write_note("hug", "nearly")
        clock.forward(days=1)
        assert row_of(diary, "hug", TODAY).state is State.NO

    def test_on_an_evening_with_only_a_note_is_not_logged(self, diary: Diary) -> None:
        diary.write_note("calm", "quiet", ago(1))
        assert row_of(diary, "hug", ago(1)).state is State.NOT_LOGGED

    def test_stays_a_rest_day_when_rated(self, diary: Diary) -> None:
        diary.toggle_rest_day("hug", ago(1))
        diary.rate(7, ago(1))
        assert row_of(diary, "hug", ago(1)).state is State.REST


class TestTheList:
    """On which days a practice is in the list."""

    @pytest.fixture
    def tea(self, diary: Diary) -> Diary:
        """A diary with tea added three days ago, on a Saturday."""
        add_practices(diary, make_practice("tea", added_on=ago(3)))
        return diary

    @staticmethod
    def states(diary: Diary, day: date = TODAY) -> tuple[State | None, ...]:
        return week_of(diary.week(day), "tea").states

    def test_begins_on_the_day_it_was_added(self, tea: Diary) -> None:
        assert self.states(tea, ago(3)) == (*[None] * 5, State.NOT_LOGGED, State.NOT_LOGGED)

    def test_begins_with_an_earlier_entry(self, tea: Diary) -> None:
        tea.press("tea", ago(5))
        assert self.states(tea, ago(3)) == (
            *[None] * 3,
            State.DONE,
            *[State.NOT_LOGGED] * 3,
        )

    def test_ends_on_the_day_of_archiving(self, tea: Diary) -> None:
        edit_practice(tea, "tea", out_of_list=(Span(TODAY, None),))
        assert self.states(tea) == (State.NOT_LOGGED, *[None] * 6)
        assert "tea" not in [row.practice.id for row in tea.day().practices]

    def test_continues_after_the_last_day_of_a_break(self, tea: Diary) -> None:
        edit_practice(tea, "tea", out_of_list=(Span(ago(2), ago(1)),))
        assert self.states(tea, ago(3))[5:] == (State.NOT_LOGGED, None)
        assert self.states(tea)[:2] == (None, State.PENDING)

    def test_includes_any_day_with_an_entry(self, tea: Diary) -> None:
        edit_practice(tea, "tea", out_of_list=(Span(ago(3), None),))
        tea.press("tea", ago(1))
        assert self.states(tea) == (State.DONE, *[None] * 6)

    def test_a_rated_day_outside_of_it_is_not_a_no(self, tea: Diary) -> None:
        add_ratings(tea, [(ago(4), 7)])
        assert row_of(tea, "tea", ago(4)).state is State.NOT_LOGGED
        assert row_of(tea, "hug", ago(4)).state is State.NO

    def test_a_break_from_it_ends_no_streak(self, tea: Diary) -> None:
        tea.press("tea", ago(3))
        edit_practice(tea, "tea", out_of_list=(Span(ago(2), ago(1)),))
        tea.press("tea")
        assert row_of(tea, "tea").figures.streak == 2

    def test_a_week_without_a_day_in_it_omits_the_practice(self, tea: Diary) -> None:
        rows = tea.week(ago(30)).practices
        assert "tea" not in [row.practice.id for row in rows]


class TestAGoal:
    """Each day is compared with the goal in force on that day."""

    @pytest.fixture
    def tea(self, diary: Diary) -> Diary:
        """A diary with tea counted in cups, two drunk each day: the goal is one until yesterday and
        three from today on."""
        cups = make_practice("tea", unit=Unit.TIMES, days_per_week=7, added_on=ago(9))
        add_practices(diary, cups)
        edit_practice(diary, "tea", goals=(Goal(ago(9), 1, 7), Goal(TODAY, 3, 2)))
        for n in range(3):
            diary.log("tea", ago(n), amount=2)
        return diary

    def test_edited_today_leaves_the_past_unchanged(self, tea: Diary) -> None:
        assert [row_of(tea, "tea", ago(n)).state for n in (2, 1, 0)] == [
            State.DONE,
            State.DONE,
            State.SOME,
        ]
        assert [row_of(tea, "tea", ago(n)).target for n in (1, 0)] == [1, 3]

    def test_set_for_all_days_changes_the_past(self, tea: Diary) -> None:
        edit_practice(tea, "tea", goals=(Goal(ago(9), 3, 7),))
        assert row_of(tea, "tea", ago(2)).state is State.SOME
        assert row_of(tea, "tea").figures.days_total == 0

    def test_applies_also_before_the_first_one(self, tea: Diary) -> None:
        tea.log("tea", ago(20), amount=1)
        assert row_of(tea, "tea", ago(20)).state is State.DONE

    def test_in_force_on_the_last_day_of_a_past_week_is_that_of_the_week(self, tea: Diary) -> None:
        assert week_of(tea.week(ago(7)), "tea").days_per_week == 7

    def test_in_force_today_is_that_of_the_current_week(self, tea: Diary) -> None:
        assert week_of(tea.week(), "tea").days_per_week == 2

    def test_for_minutes_is_what_the_first_press_sets_on_that_day(self, diary: Diary) -> None:
        edit_practice(diary, "nature-walk", goals=(Goal(ago(99), 20, 3), Goal(TODAY, 45, 3)))
        changes = [diary.press("nature-walk", day) for day in (ago(1), TODAY)]
        assert [change and change.now.amount for change in changes] == [20, 45]


class TestTheTurnOfTheDay:
    def test_half_past_midnight_belongs_to_yesterday(self, diary: Diary, clock: Clock) -> None:
        clock.set("2026-11-25T00:30:00+01:00")
        assert diary.today() == TODAY
        diary.press("hug")
        diary.rate(6)
        page = diary.day(TODAY)
        assert (page.calm, page.practices[0].amount) == (6, 1)

    @pytest.mark.parametrize(
        ("moment", "today"),
        [
            ("2026-11-25T03:59:59.999999+01:00", TODAY),
            ("2026-11-25T04:00:00+01:00", ago(-1)),
        ],
    )
    def test_is_at_four(self, diary: Diary, clock: Clock, moment: str, today: date) -> None:
        clock.set(moment)
        assert diary.today() == today

    def test_can_be_set(self, diary: Diary, clock: Clock) -> None:
        set_setting(diary, "day_turns_at", "00:00")
        clock.set("2026-11-25T00:30:00+01:00")
        assert diary.today() == ago(-1)

    def test_changes_no_stored_day(self, diary: Diary, clock: Clock) -> None:
        clock.set("2026-11-25T00:30:00+01:00")
        diary.press("hug")
        set_setting(diary, "day_turns_at", "00:00")
        clock.set("2026-11-25T21:00:00-08:00")
        assert row_of(diary, "hug", TODAY).amount == 1

    @pytest.mark.parametrize(
        ("moment", "fold", "today"),
        [
            # Clocks go back from 03:00 to 02:00 on 25 October, and forward on 29 March.
            ("2026-10-25T02:30", 0, date(2026, 10, 24)),
            ("2026-10-25T02:30", 1, date(2026, 10, 24)),
            ("2026-10-25T03:59", 1, date(2026, 10, 24)),
            ("2026-10-25T04:00", 1, date(2026, 10, 25)),
            ("2027-03-28T01:59", 0, date(2027, 3, 27)),
            ("2027-03-28T03:00", 0, date(2027, 3, 27)),
            ("2027-03-28T03:59", 0, date(2027, 3, 27)),
            ("2027-03-28T04:00", 0, date(2027, 3, 28)),
        ],
    )
    def test_follows_local_time_when_clocks_change(
        self, diary: Diary, clock: Clock, moment: str, fold: int, today: date
    ) -> None:
        clock.set(moment)
        clock.moment = clock.moment.replace(tzinfo=ZoneInfo("Europe/Berlin"), fold=fold)
        assert diary.today() == today


class TestYesterday:
    def test_is_open_while_it_is_unrated(self, diary: Diary) -> None:
        assert diary.day().yesterday_open
        diary.rate(5, ago(1))
        assert not diary.day().yesterday_open

    def test_is_open_with_only_a_note(self, diary: Diary) -> None:
        diary.write_note("calm", "later", ago(1))
        assert diary.day().yesterday_open

    def test_is_not_open_on_the_first_evening(self, location: Location, clock: Clock) -> None:
        new = Diary(location, now=clock)
        assert not new.day().yesterday_open
        new.create()
        assert not new.day().yesterday_open

    def test_is_open_on_the_second_evening(self, location: Location, clock: Clock) -> None:
        new = Diary(location, now=clock)
        new.create()
        clock.forward(days=1)
        assert new.day().yesterday_open
