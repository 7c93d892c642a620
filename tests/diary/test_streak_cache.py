"""The cached streak states always equal those computed from the first day on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diary.factories import (
    TODAY,
    Clock,
    add_entries,
    add_practices,
    ago,
    edit_practice,
    make_practice,
    row_of,
    set_setting,
)
from tests.diary.random_diary import (
    Action,
    actions,
    copy_without_streak_cache,
    perform,
    random_diary,
)
from tests.effort import by_effort, some_of
from tracker.diary.diary import Diary
from tracker.diary.streak_figures import OPEN_DAYS
from tracker.models import Goal, Span
from tracker.rules.streaks import from_json


def assert_equals_uncached(diary: Diary, clock: Clock, *days_ago: int) -> None:
    """Compares every view, those of these days too, with that of a copy without a streak cache."""
    with TemporaryDirectory() as folder:
        anew = copy_without_streak_cache(diary, clock, Path(folder))
        today = diary.today()
        assert anew.rows().settled == {}
        assert diary.outdated_streak_caches() == []
        for day in (today, *(today - timedelta(days=days) for days in days_ago or (2, 40))):
            assert diary.streaks(day) == anew.streaks(day)
            assert diary.day(day) == anew.day(day)
            assert diary.week(day) == anew.week(day)
            for practice in diary.practices.all():
                story = diary.explain(practice.id, day)
                assert story == anew.explain(practice.id, day)
                weeks = story.days[-1].weeks if story.days else 0
                assert weeks == story.figures.weeks_in_rhythm


@settings(max_examples=by_effort(3, 20), deadline=None)
@given(actions(most=14), st.integers(0, 900))
def test_cached_streaks_are_right_after_random_actions(
    history: list[Action], days_ago: int
) -> None:
    with random_diary(history) as (diary, clock):
        assert_equals_uncached(diary, clock, 2, days_ago)


@settings(max_examples=by_effort(2, 6), deadline=None)
@given(actions(most=6), actions(most=6), actions(most=6))
@pytest.mark.thorough
def test_cached_streaks_are_right_after_each_action(
    past: list[Action], present: list[Action], later: list[Action]
) -> None:
    with random_diary([Action("history", 0, 3, 1), Action("history", 1, 60, 2), *past]) as (
        diary,
        clock,
    ):
        for part in (present, later):
            assert_equals_uncached(diary, clock)
            for act in part:
                perform(diary, clock, act)
        assert_equals_uncached(diary, clock)


class TestTheCachedState:
    @pytest.fixture
    def sixty_days(self, diary: Diary) -> Diary:
        """A diary with an entry for laughter on each of the last sixty days."""
        add_entries(diary, "laughter", [(ago(n), 1) for n in range(61)])
        return diary

    def test_is_stored_up_to_a_few_days_ago(self, sixty_days: Diary) -> None:
        cached = from_json(sixty_days.rows().settled["laughter"])
        assert cached.day == ago(OPEN_DAYS).toordinal()
        assert cached.chain == 61 - OPEN_DAYS

    def test_is_recomputed_when_an_old_day_is_edited(self, sixty_days: Diary, clock: Clock) -> None:
        edit_practice(sixty_days, "laughter", goals=(Goal(ago(60), 1, 7),))
        sixty_days.less("laughter", ago(30))
        sixty_days.less("laughter", ago(30))
        assert row_of(sixty_days, "laughter").figures.streak == 30
        assert_equals_uncached(sixty_days, clock)

    @pytest.mark.thorough
    def test_is_recomputed_when_an_older_first_day_is_entered(
        self, sixty_days: Diary, clock: Clock
    ) -> None:
        sixty_days.press("laughter", ago(300))
        assert row_of(sixty_days, "laughter").figures.days_total == 62
        assert_equals_uncached(sixty_days, clock)
        sixty_days.undo()
        assert row_of(sixty_days, "laughter").figures.days_total == 61
        assert_equals_uncached(sixty_days, clock)

    @pytest.mark.thorough
    def test_advances_with_the_days(self, sixty_days: Diary, clock: Clock) -> None:
        clock.forward(days=20)
        sixty_days.press("hug")
        cached = from_json(sixty_days.rows().settled["laughter"])
        assert cached.day == ago(OPEN_DAYS - 20).toordinal()
        assert_equals_uncached(sixty_days, clock)

    @pytest.mark.thorough
    def test_is_right_for_days_before_it_was_stored(self, sixty_days: Diary) -> None:
        assert [row_of(sixty_days, "laughter", ago(n)).figures.streak for n in (0, 1, 10, 50)] == [
            61,
            60,
            51,
            11,
        ]

    @pytest.mark.thorough
    def test_is_right_when_the_clock_is_set_back(self, sixty_days: Diary, clock: Clock) -> None:
        clock.set_evening(ago(30))
        assert_equals_uncached(sixty_days, clock)
        assert row_of(sixty_days, "laughter").figures.streak == 31
        sixty_days.less("laughter", ago(40))
        assert_equals_uncached(sixty_days, clock)

    @pytest.mark.thorough
    def test_is_recomputed_when_weeks_start_on_another_day(
        self, sixty_days: Diary, clock: Clock
    ) -> None:
        set_setting(sixty_days, "week_starts_on", 6)
        assert_equals_uncached(sixty_days, clock)
        sixty_days.undo()
        assert_equals_uncached(sixty_days, clock)

    @pytest.mark.thorough
    def test_is_recomputed_for_another_goal_or_another_break(
        self, sixty_days: Diary, clock: Clock
    ) -> None:
        edit_practice(sixty_days, "laughter", goals=(Goal(ago(60), 2, 3),))
        assert row_of(sixty_days, "laughter").figures.days_total == 0
        assert_equals_uncached(sixty_days, clock)
        edit_practice(sixty_days, "laughter", out_of_list=(Span(ago(50), ago(20)),))
        assert_equals_uncached(sixty_days, clock)

    def test_is_deleted_with_the_practice(self, diary: Diary, clock: Clock) -> None:
        add_practices(diary, make_practice("tea", added_on=ago(30)))
        assert "tea" in diary.rows().settled
        diary.undo()
        assert "tea" not in diary.rows().settled
        diary.redo()
        assert_equals_uncached(diary, clock)

    def test_is_not_stored_for_a_practice_added_today(self, diary: Diary) -> None:
        add_practices(diary, make_practice("tea", added_on=TODAY))
        assert "tea" not in diary.rows().settled

    def test_limits_the_rows_that_a_view_reads(self, sixty_days: Diary) -> None:
        with sixty_days.store.reading() as reader:
            rows = reader.page_rows(TODAY, TODAY, TODAY)
        assert min(day for _, day in rows.entries) > ago(OPEN_DAYS)


class TestTheCachedStateAtTheEndOfAYear:
    @pytest.fixture
    def eight_hundred_days(self, diary: Diary) -> Diary:
        """A diary with an entry for laughter on each of the last eight hundred days."""
        add_entries(diary, "laughter", [(ago(n), 1) for n in range(800)])
        return diary

    def cached_days(self, diary: Diary) -> list[date]:
        """The days of the cached streak states of laughter."""
        with diary.store.reading() as reader:
            return [day for day, _ in reader.streak_states("laughter")]

    def test_is_stored(self, eight_hundred_days: Diary) -> None:
        assert self.cached_days(eight_hundred_days) == [
            date(2024, 12, 31),
            date(2025, 12, 31),
            ago(OPEN_DAYS),
        ]

    @pytest.mark.thorough
    def test_stays_when_the_days_advance(self, eight_hundred_days: Diary, clock: Clock) -> None:
        clock.forward(days=60)
        eight_hundred_days.press("hug")
        ends = [date(2024, 12, 31), date(2025, 12, 31), date(2026, 12, 31)]
        assert self.cached_days(eight_hundred_days) == [*ends, ago(OPEN_DAYS - 60)]
        clock.forward(days=1)
        eight_hundred_days.press("hug")
        assert self.cached_days(eight_hundred_days) == [*ends, ago(OPEN_DAYS - 61)]
        assert_equals_uncached(eight_hundred_days, clock)

    @pytest.mark.thorough
    def test_limits_the_rows_that_the_view_of_a_past_day_reads(
        self, eight_hundred_days: Diary, clock: Clock
    ) -> None:
        with eight_hundred_days.store.reading() as reader:
            rows = reader.page_rows(ago(400), ago(400), ago(400))
        assert min(day for _, day in rows.entries) == date(2025, 1, 1)
        assert row_of(eight_hundred_days, "laughter", ago(400)).figures.streak == 400
        assert_equals_uncached(eight_hundred_days, clock, 400)

    @pytest.mark.about_a_file
    @pytest.mark.parametrize("days_ago", some_of([328, 0, 5, 327, 329, 500, 692, 693, 694, 790], 1))
    def test_is_right_after_any_day_is_edited(
        self, eight_hundred_days: Diary, clock: Clock, days_ago: int
    ) -> None:
        eight_hundred_days.clear("laughter", ago(days_ago))
        beside = (days_ago + 1, days_ago, max(0, days_ago - 1))
        assert_equals_uncached(eight_hundred_days, clock, *beside, 100, 330, 600)
        eight_hundred_days.undo()
        assert_equals_uncached(eight_hundred_days, clock, days_ago)

    def test_stays_when_a_later_day_is_edited(self, eight_hundred_days: Diary) -> None:
        with eight_hundred_days.store.writing("2026-11-24T20:00:00.000000Z") as writer:
            writer.cache_streaks([("laughter", date(2024, 12, 31), "as it was")])
        eight_hundred_days.clear("laughter", ago(100))
        with eight_hundred_days.store.reading() as reader:
            assert reader.streak_states("laughter")[0] == (date(2024, 12, 31), "as it was")
        assert eight_hundred_days.outdated_streak_caches() == ["Laughter"]
        eight_hundred_days.rebuild_streak_cache()
        assert eight_hundred_days.outdated_streak_caches() == []

    @pytest.mark.thorough
    def test_is_right_when_the_clock_is_set_back_before_it(
        self, eight_hundred_days: Diary, clock: Clock
    ) -> None:
        clock.set_evening(ago(500))
        assert_equals_uncached(eight_hundred_days, clock)
        eight_hundred_days.clear("laughter", ago(510))
        assert_equals_uncached(eight_hundred_days, clock)
        clock.forward(days=500)
        eight_hundred_days.press("hug")
        assert_equals_uncached(eight_hundred_days, clock)
