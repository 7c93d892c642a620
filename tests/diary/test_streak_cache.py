"""The cached streak states always equal those computed from the first day on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diary.factories import TODAY, Clock, a_practice, add, ago, edit, keep, logged, row_of
from tests.diary.random_diary import Act, a_life, acts, do, without_folds
from tests.effort import by_effort, some_of
from tracker.diary.diary import Diary
from tracker.diary.streak_figures import OPEN_DAYS
from tracker.models import Goal, Span
from tracker.rules.streak_state import from_json


def assert_equals_folding_anew(diary: Diary, clock: Clock, *days_ago: int) -> None:
    """Every page, of these days too, says what it would say without anything cached."""
    with TemporaryDirectory() as folder:
        anew = without_folds(diary, clock, Path(folder))
        today = diary.today()
        assert anew.rows().settled == {}
        assert diary.outdated_streak_caches() == []
        for day in (today, *(today - timedelta(days=days) for days in days_ago or (2, 40))):
            assert diary.streaks(day) == anew.streaks(day)
            assert diary.day(day) == anew.day(day)
            assert diary.week(day) == anew.week(day)
            for practice in diary.practices.all():
                assert diary.explain(practice.id, day) == anew.explain(practice.id, day)


@settings(max_examples=by_effort(3, 20), deadline=None)
@given(acts(most=14), st.integers(0, 900))
def test_whatever_a_person_does_over_the_years(life: list[Act], days_ago: int) -> None:
    with a_life(life) as (diary, clock):
        assert_equals_folding_anew(diary, clock, 2, days_ago)


@settings(max_examples=by_effort(2, 6), deadline=None)
@given(acts(most=6), acts(most=6), acts(most=6))
@pytest.mark.thorough
def test_also_in_between(past: list[Act], present: list[Act], later: list[Act]) -> None:
    with a_life([Act("history", 0, 3, 1), Act("history", 1, 60, 2), *past]) as (diary, clock):
        for part in (present, later):
            assert_equals_folding_anew(diary, clock)
            for act in part:
                do(diary, clock, act)
        assert_equals_folding_anew(diary, clock)


class TestAFold:
    @pytest.fixture
    def long(self, diary: Diary) -> Diary:
        """A diary with a laugh on each of the last sixty days."""
        logged(diary, "laughter", [(ago(n), 1) for n in range(61)])
        return diary

    def test_is_kept_up_to_a_few_days_ago(self, long: Diary) -> None:
        cached = from_json(long.rows().settled["laughter"])
        assert cached.day == ago(OPEN_DAYS).toordinal()
        assert cached.chain == 61 - OPEN_DAYS

    def test_is_folded_anew_when_an_old_day_is_edited(self, long: Diary, clock: Clock) -> None:
        edit(long, "laughter", goals=(Goal(ago(60), 1, 7),))
        long.less("laughter", ago(30))
        long.less("laughter", ago(30))
        assert row_of(long, "laughter").figures.streak == 30
        assert_equals_folding_anew(long, clock)

    @pytest.mark.thorough
    def test_is_folded_anew_when_an_older_first_day_is_entered(
        self, long: Diary, clock: Clock
    ) -> None:
        long.press("laughter", ago(300))
        assert row_of(long, "laughter").figures.days_total == 62
        assert_equals_folding_anew(long, clock)
        long.undo()
        assert row_of(long, "laughter").figures.days_total == 61
        assert_equals_folding_anew(long, clock)

    @pytest.mark.thorough
    def test_moves_on_with_the_days(self, long: Diary, clock: Clock) -> None:
        clock.forward(days=20)
        long.press("hug")
        cached = from_json(long.rows().settled["laughter"])
        assert cached.day == ago(OPEN_DAYS - 20).toordinal()
        assert_equals_folding_anew(long, clock)

    @pytest.mark.thorough
    def test_is_right_for_days_before_it_was_kept(self, long: Diary) -> None:
        assert [row_of(long, "laughter", ago(n)).figures.streak for n in (0, 1, 10, 50)] == [
            61,
            60,
            51,
            11,
        ]

    @pytest.mark.thorough
    def test_is_right_when_the_clock_is_set_back(self, long: Diary, clock: Clock) -> None:
        clock.on_the_evening_of(ago(30))
        assert_equals_folding_anew(long, clock)
        assert row_of(long, "laughter").figures.streak == 31
        long.less("laughter", ago(40))
        assert_equals_folding_anew(long, clock)

    @pytest.mark.thorough
    def test_is_folded_anew_when_weeks_begin_on_another_day(
        self, long: Diary, clock: Clock
    ) -> None:
        keep(long, "week_starts_on", 6)
        assert_equals_folding_anew(long, clock)
        long.undo()
        assert_equals_folding_anew(long, clock)

    @pytest.mark.thorough
    def test_is_folded_anew_for_another_goal_or_another_time_out_of_the_list(
        self, long: Diary, clock: Clock
    ) -> None:
        edit(long, "laughter", goals=(Goal(ago(60), 2, 3),))
        assert row_of(long, "laughter").figures.days_total == 0
        assert_equals_folding_anew(long, clock)
        edit(long, "laughter", out_of_list=(Span(ago(50), ago(20)),))
        assert_equals_folding_anew(long, clock)

    def test_goes_when_the_practice_goes(self, diary: Diary, clock: Clock) -> None:
        add(diary, a_practice("tea", added_on=ago(30)))
        assert "tea" in diary.rows().settled
        diary.undo()
        assert "tea" not in diary.rows().settled
        diary.redo()
        assert_equals_folding_anew(diary, clock)

    def test_is_not_kept_of_a_practice_added_today(self, diary: Diary) -> None:
        add(diary, a_practice("tea", added_on=TODAY))
        assert "tea" not in diary.rows().settled

    def test_bounds_what_a_page_reads(self, long: Diary) -> None:
        rows = long.rows(TODAY, TODAY)
        assert min(day for _, day in rows.entries) > ago(OPEN_DAYS)


class TestTheEndOfAYear:
    @pytest.fixture
    def years(self, diary: Diary) -> Diary:
        """A diary with a laugh on each of the last eight hundred days."""
        logged(diary, "laughter", [(ago(n), 1) for n in range(800)])
        return diary

    def cached_days(self, diary: Diary) -> list[date]:
        """The days up to which folds of laughter are kept."""
        with diary.store.reading() as reader:
            return [day for day, _ in reader.streak_states("laughter")]

    def test_keeps_a_fold(self, years: Diary) -> None:
        assert self.cached_days(years) == [date(2024, 12, 31), date(2025, 12, 31), ago(OPEN_DAYS)]

    @pytest.mark.thorough
    def test_keeps_it_when_the_days_move_on(self, years: Diary, clock: Clock) -> None:
        clock.forward(days=60)
        years.press("hug")
        ends = [date(2024, 12, 31), date(2025, 12, 31), date(2026, 12, 31)]
        assert self.cached_days(years) == [*ends, ago(OPEN_DAYS - 60)]
        clock.forward(days=1)
        years.press("hug")
        assert self.cached_days(years) == [*ends, ago(OPEN_DAYS - 61)]
        assert_equals_folding_anew(years, clock)

    @pytest.mark.thorough
    def test_bounds_what_the_page_of_a_past_day_reads(self, years: Diary, clock: Clock) -> None:
        rows = years.rows(ago(400), ago(400))
        assert min(day for _, day in rows.entries) == date(2025, 1, 1)
        assert row_of(years, "laughter", ago(400)).figures.streak == 400
        assert_equals_folding_anew(years, clock, 400)

    @pytest.mark.about_a_file
    @pytest.mark.parametrize("days_ago", some_of([328, 0, 5, 327, 329, 500, 692, 693, 694, 790], 1))
    def test_is_right_after_any_day_is_edited(
        self, years: Diary, clock: Clock, days_ago: int
    ) -> None:
        years.clear("laughter", ago(days_ago))
        beside = (days_ago + 1, days_ago, max(0, days_ago - 1))
        assert_equals_folding_anew(years, clock, *beside, 100, 330, 600)
        years.undo()
        assert_equals_folding_anew(years, clock, days_ago)

    def test_stays_when_a_later_day_is_edited(self, years: Diary) -> None:
        with years.store.writing("2026-11-24T20:00:00.000000Z") as writer:
            writer.cache_streaks([("laughter", date(2024, 12, 31), "as it was")])
        years.clear("laughter", ago(100))
        with years.store.reading() as reader:
            assert reader.streak_states("laughter")[0] == (date(2024, 12, 31), "as it was")
        assert years.outdated_streak_caches() == ["Laughter"]
        years.rebuild_streak_cache()
        assert years.outdated_streak_caches() == []

    @pytest.mark.thorough
    def test_is_right_when_the_clock_is_set_back_before_it(
        self, years: Diary, clock: Clock
    ) -> None:
        clock.on_the_evening_of(ago(500))
        assert_equals_folding_anew(years, clock)
        years.clear("laughter", ago(510))
        assert_equals_folding_anew(years, clock)
        clock.forward(days=500)
        years.press("hug")
        assert_equals_folding_anew(years, clock)
