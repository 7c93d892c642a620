"""The view of a week, worked out by hand from the rules of INSIGHTS 2."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.diary.factories import (
    TODAY,
    Clock,
    add_practices,
    add_ratings,
    ago,
    edit_practice,
    make_practice,
    set_setting,
    week_of,
)
from tests.effort import some_cases
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.models import Evening, Goal, State, Unit

DONE, SOME, NO, REST, NOT_LOGGED, PENDING = State

FIRST = date(2026, 11, 9)
"""The first Monday of TABLE, two weeks before the Monday of TODAY's week."""

SUNDAY = date(2026, 11, 22)

#          Mon 9 to Sun 15     Mon 16 to Sun 22
TABLE = {
    # 7 of 7, no day off allowed: one missed day starts a new streak.
    "hug": "# # # z # . #       # # z z # # .",
    # 5 of 7: two missed days in any seven days are allowed.
    "laughter": ". # # . # # #       . # . # z # #",
    # 3 of 7 with 20 minutes: four missed days in any seven; 10 minutes are a missed day.
    "nature-walk": "# . 10 . # . 0      z . # . # # .",
}

RATED_DAYS = (FIRST + timedelta(days=5), *(date(2026, 11, n) for n in range(16, 22)))
"""The days with a check-in: Saturday 14, and all of the second week but its Sunday."""


@dataclass(frozen=True)
class Figures:
    """The figures of a row of the week."""

    streak: int
    longest: int
    weeks: int
    longest_weeks: int
    done_this_week: int
    days_total: int


@pytest.fixture
def two_weeks(location: Location, clock: Clock) -> Diary:
    """A diary with the entries of TABLE, each logged on its evening."""
    if location.path is None:
        return log_two_weeks(location, clock)
    location.path.write_bytes(two_weeks_file())
    clock.set_evening(FIRST + timedelta(days=13))
    return Diary(location, now=clock)


@cache
def two_weeks_file() -> bytes:
    """The bytes of that diary's file, built once per process."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "diary.db"
        log_two_weeks(Location(path), Clock())
        return path.read_bytes()


def log_two_weeks(location: Location, clock: Clock) -> Diary:
    """Logs the entries of TABLE, each on its evening."""
    clock.set_evening(FIRST)
    diary = Diary(location, now=clock)
    diary.create(tuple(TABLE))
    for practice_id, days_per_week in (("hug", 7), ("laughter", 5), ("nature-walk", 3)):
        amount = 20 if practice_id == "nature-walk" else 1
        edit_practice(diary, practice_id, goals=(Goal(FIRST, amount, days_per_week),))
    for n in range(14):
        day = FIRST + timedelta(days=n)
        clock.set_evening(day)
        for practice_id, row in TABLE.items():
            sign = row.split()[n]
            if sign == "#":
                diary.log(practice_id)
            elif sign == "z":
                diary.toggle_rest_day(practice_id)
            elif sign != ".":
                diary.log(practice_id, amount=int(sign))
        if day in RATED_DAYS:
            diary.rate(6)
    return diary


def figures_of(diary: Diary, practice_id: str, day: date | None = None) -> Figures:
    """The figures of a practice in the week view of a day."""
    row = week_of(diary.week(day), practice_id)
    return Figures(
        row.figures.streak,
        row.figures.longest_streak,
        row.figures.weeks_in_rhythm,
        row.figures.longest_weeks_in_rhythm,
        row.figures.done_this_week,
        row.figures.days_total,
    )


class TestTheFirstWeekOnceItIsOver:
    """As of Sunday 15, whatever was logged later."""

    @pytest.mark.parametrize(
        ("practice_id", "figures"),
        some_cases(
            [
                # 9, 10, 11, 13 are a streak across the rest day; 14 ends it; 15 starts a new one.
                # Five done days are less than min(7, 7 - 1 rest day).
                ("hug", Figures(1, 4, 0, 0, 5, 5)),
                # The 9th is before the first done day; the 12th is the one missed day of the run.
                ("laughter", Figures(5, 5, 1, 1, 5, 5)),
                # 10, 11, 12, 14 were the four days off; the 15th is a fifth within seven days, and
                # removes the 9th from the streak.
                ("nature-walk", Figures(1, 2, 0, 0, 2, 2)),
            ],
            1,
        ),
    )
    def test_shows(self, two_weeks: Diary, practice_id: str, figures: Figures) -> None:
        assert figures_of(two_weeks, practice_id, date(2026, 11, 12)) == figures

    @pytest.mark.thorough
    def test_shows_the_same_years_later(self, two_weeks: Diary, clock: Clock) -> None:
        before = two_weeks.week(FIRST)
        clock.forward(days=1000)
        two_weeks.press("hug")
        after = two_weeks.week(FIRST)
        assert after.practices == before.practices
        assert (after.days, after.sentence) == (before.days, before.sentence)


class TestTheSecondWeekOnceItIsOver:
    """As of Sunday 22, read on Tuesday 24."""

    @pytest.fixture(autouse=True)
    def on_tuesday(self, two_weeks: Diary, clock: Clock) -> None:
        clock.set_evening(TODAY)

    @pytest.mark.parametrize(
        ("practice_id", "figures"),
        some_cases(
            [
                # 15, 16, 17, 20, 21 are five across two rest days; the 22nd ends them. Four done
                # days are less than min(7, 7 - 2 rest days).
                ("hug", Figures(0, 5, 0, 0, 4, 9)),
                # 12, 16, 18 are three days off within seven: the done days before the 12th leave
                # the streak, and 13, 14, 15, 17, 19, 21, 22 stay. Four are less than min(5, 6).
                ("laughter", Figures(7, 7, 0, 1, 4, 9)),
                # 13, 18, 20, 21; three done days are the week's goal.
                ("nature-walk", Figures(4, 4, 1, 1, 3, 5)),
            ],
            1,
        ),
    )
    def test_shows(self, two_weeks: Diary, practice_id: str, figures: Figures) -> None:
        assert figures_of(two_weeks, practice_id, SUNDAY) == figures

    @pytest.mark.parametrize(
        ("practice_id", "states"),
        some_cases(
            [
                ("hug", (DONE, DONE, REST, REST, DONE, DONE, NOT_LOGGED)),
                ("laughter", (NO, DONE, NO, DONE, REST, DONE, DONE)),
                ("nature-walk", (REST, NO, DONE, NO, DONE, DONE, NOT_LOGGED)),
            ],
            1,
        ),
    )
    def test_distinguishes_a_no_from_an_unrated_day(
        self, two_weeks: Diary, practice_id: str, states: tuple[State, ...]
    ) -> None:
        assert week_of(two_weeks.week(SUNDAY), practice_id).states == states

    def test_amounts_are_what_was_logged(self, two_weeks: Diary) -> None:
        row = week_of(two_weeks.week(FIRST), "nature-walk")
        assert row.amounts == (20, None, 10, None, 20, None, 0)
        assert row.states == (DONE, NOT_LOGGED, SOME, NOT_LOGGED, DONE, NO, NO)

    def test_has_a_summary(self, two_weeks: Diary) -> None:
        assert two_weeks.week(SUNDAY).sentence == "7 evenings with connection. Calm 6.0."


class TestSundayItself:
    """The 22nd, before it is over."""

    def test_ends_no_streak_before_it_is_over(self, two_weeks: Diary) -> None:
        assert figures_of(two_weeks, "hug") == Figures(5, 5, 0, 0, 4, 9)
        assert week_of(two_weeks.week(), "hug").states[6] is PENDING

    def test_can_be_logged_at_half_past_midnight(self, two_weeks: Diary, clock: Clock) -> None:
        clock.set("2026-11-23T00:30:00+01:00")
        two_weeks.press("hug")
        # Five done days are now min(7, 7 - 2 rest days): the week is on goal at once.
        assert figures_of(two_weeks, "hug") == Figures(6, 6, 1, 1, 5, 10)

    def test_is_over_at_four_in_the_morning(self, two_weeks: Diary, clock: Clock) -> None:
        clock.set("2026-11-23T04:00:00+01:00")
        assert two_weeks.week().week_start == date(2026, 11, 23)
        assert figures_of(two_weeks, "hug") == Figures(0, 5, 0, 0, 0, 9)

    def test_filled_in_later_restores_the_streak(self, two_weeks: Diary, clock: Clock) -> None:
        clock.set_evening(TODAY)
        two_weeks.press("hug", SUNDAY)
        two_weeks.rest(("hug",), date(2026, 11, 23), date(2026, 11, 23))
        assert figures_of(two_weeks, "hug") == Figures(6, 6, 1, 1, 0, 10)


class TestAWeek:
    def test_with_days_off_ahead_asks_for_fewer(self, location: Location, clock: Clock) -> None:
        diary = Diary(location, now=clock)
        add_practices(diary, make_practice("tea", days_per_week=5, added_on=ago(1)))
        diary.press("tea", ago(1))
        diary.press("tea")
        assert figures_of(diary, "tea").weeks == 0
        diary.rest(("tea",), ago(-1), ago(-5))
        assert figures_of(diary, "tea").weeks == 1

    def test_of_rest_days_only_changes_no_streak_of_weeks(self, diary: Diary) -> None:
        edit_practice(diary, "laughter", goals=(Goal(ago(100), 1, 1),))
        diary.press("laughter", ago(14))
        diary.rest(("laughter",), date(2026, 11, 16), SUNDAY)
        assert figures_of(diary, "laughter").weeks == 1

    def test_starts_on_the_chosen_day(self, diary: Diary) -> None:
        set_setting(diary, "week_starts_on", 6)
        page = diary.week()
        assert (page.week_start, page.week_end) == (SUNDAY, SUNDAY + timedelta(days=6))
        assert [evening.day for evening in page.days] == [
            SUNDAY + timedelta(days=n) for n in range(7)
        ]

    def test_recounts_weeks_on_goal_when_weeks_start_on_another_day(self, diary: Diary) -> None:
        edit_practice(diary, "laughter", goals=(Goal(ago(100), 1, 2),))
        for n in range(5):
            # A Saturday and the following Sunday: one week, or the end of one and the start of
            # another.
            diary.press("laughter", SUNDAY - timedelta(days=7 * n))
            diary.press("laughter", SUNDAY - timedelta(days=7 * n + 1))
        assert figures_of(diary, "laughter", SUNDAY).weeks == 5
        set_setting(diary, "week_starts_on", 6)
        assert figures_of(diary, "laughter", SUNDAY - timedelta(days=1)).weeks == 4
        diary.undo()
        assert figures_of(diary, "laughter", SUNDAY).weeks == 5

    def test_is_the_current_one_by_default(self, diary: Diary) -> None:
        assert diary.week().week_start == date(2026, 11, 23)

    def test_has_calm_of_evenings_without_a_score_too(self, diary: Diary) -> None:
        diary.rate(8, note="snow")
        days = diary.week().days
        assert days[0] == Evening(ago(1), None, "", None)
        assert days[1] == Evening(TODAY, 8, "snow", "2026-11-24T20:30:00Z")

    def test_in_the_future_shows_only_rest_days(self, diary: Diary) -> None:
        diary.toggle_rest_day("hug", ago(-7))
        row = week_of(diary.week(ago(-7)), "hug")
        assert row.states == (PENDING, REST, *[PENDING] * 5)


class TestTheSentence:
    def test_of_an_empty_week_is_encouraging(self, diary: Diary) -> None:
        assert diary.week(ago(20)).sentence == ("A quiet week in the diary. That's all right.")

    def test_of_a_week_before_the_diary_does_not_call_it_quiet(self, diary: Diary) -> None:
        diary.rate(7, ago(20))
        assert diary.week(ago(27)).sentence == "A quiet week in the diary. That's all right."
        earlier = min(one.added_on for one in diary.practices.all()) - timedelta(days=7)
        assert diary.week(earlier).sentence == "Before your diary began."
        diary.rate(7, earlier - timedelta(days=7))
        assert diary.week(earlier).sentence == "A quiet week in the diary. That's all right."

    @pytest.mark.parametrize("day", [date(2026, 11, 23), SUNDAY])
    def test_of_the_empty_current_week_refers_to_tonight(
        self, diary: Diary, clock: Clock, day: date
    ) -> None:
        clock.set_evening(day)
        assert diary.week().sentence.startswith("This week isn't over yet. Tonight")

    def test_counts_one_evening_as_one(self, diary: Diary) -> None:
        diary.press("hug")
        diary.press("laughter")
        assert diary.week().sentence == "1 evening with connection."

    def test_counts_evenings_and_averages_calm(self, diary: Diary) -> None:
        for n, score in enumerate((7, 6)):
            diary.press("hug", ago(n))
            diary.rate(score, ago(n))
        assert diary.week().sentence == "2 evenings with connection. Calm 6.5."

    def test_omits_counts_of_zero(self, diary: Diary) -> None:
        diary.rate(6)
        diary.less("hug")
        assert diary.week().sentence == "Calm 6.0."

    def test_does_not_count_partly_done_days(self, diary: Diary) -> None:
        diary.log("nature-walk", amount=5)
        diary.press("hug", ago(1))
        assert diary.week().sentence == "1 evening with connection."

    @pytest.mark.parametrize(
        ("before", "now", "words"),
        [
            (5, 5, "Calm 5.0, about as usual."),
            (4, 7, "Calm 7.0, a little calmer than a month ago."),
            (7, 4, "Calm 4.0, lower than a month ago. Be gentle with yourself."),
        ],
    )
    def test_says_how_calm_compares_with_a_month_before(
        self, diary: Diary, before: int, now: int, words: str
    ) -> None:
        add_ratings(diary, [(ago(n), now if n < 28 else before) for n in range(60)])
        diary.press("hug")
        assert diary.week().sentence == f"1 evening with connection. {words}"

    @pytest.mark.parametrize(("month", "now"), [(2, 6), (5, 10), (5, 1)])
    def test_compares_nothing_where_its_own_average_would_not_agree(
        self, diary: Diary, month: int, now: int
    ) -> None:
        # The trend is lower, or as usual; this week's two evenings aren't.
        add_ratings(diary, [(ago(n), month) for n in range(2, 28)])
        add_ratings(diary, [(ago(n), 5) for n in range(28, 90)])
        add_ratings(diary, [(ago(0), now)])
        assert diary.week().sentence == f"Calm {now}.0."

    def test_without_a_score_compares_nothing(self, diary: Diary) -> None:
        add_ratings(diary, [(ago(n), 5) for n in range(2, 60)])
        diary.press("hug")
        assert diary.week().sentence == "1 evening with connection."

    def test_of_a_past_week_compares_as_of_its_end(self, diary: Diary) -> None:
        add_ratings(diary, [(ago(n), 9 if n < 2 else 5) for n in range(90)])
        assert diary.week(ago(7)).sentence == "Calm 5.0, about as usual."

    def test_compares_with_a_month_before_though_it_was_rarely_rated(self, diary: Diary) -> None:
        add_ratings(diary, [(ago(n), 3) for n in (*range(700, 720), 30, 33, 36)])
        add_ratings(diary, [(ago(n), 9) for n in (1, 2, 8)])
        assert "a little calmer than a month ago" in diary.week().sentence

    def test_includes_late_ratings_in_the_trend(self, diary: Diary) -> None:
        add_ratings(diary, [(ago(n), 5) for n in range(8, 60)])
        for n in range(3, 8):
            diary.rate(10, ago(n))
        assert diary.week(ago(7)).sentence == "Calm 9.2, a little calmer than a month ago."


def test_minutes_and_times_are_compared_with_their_goals(diary: Diary) -> None:
    add_practices(diary, make_practice("tea", unit=Unit.TIMES, amount=3))
    diary.log("tea", amount=2)
    diary.log("nature-walk", amount=20)
    page = diary.week()
    assert week_of(page, "tea").states[1] is SOME
    assert week_of(page, "nature-walk").states[1] is DONE
