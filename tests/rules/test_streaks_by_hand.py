"""Streaks of example people, with every figure worked out on paper.

● done   · missed   z rest day   - outside of the list
"""

from datetime import date, timedelta

import pytest

from tracker.rules.streaks import (
    DayEffect,
    Mark,
    StreakState,
    advance,
    explain,
    figures,
    from_json,
    initial_state,
    to_json,
)

MARKS = {"●": Mark.DONE, "·": Mark.OTHER, "z": Mark.REST, "-": Mark.OUT}
MONDAY = date(2026, 11, 2)


def days_of(text: str, target: int) -> list[tuple[Mark, int]]:
    return [(MARKS[sign], target) for sign in text.split()]


def after(text: str, target: int, *, first: date = MONDAY, week_starts_on: int = 0) -> StreakState:
    return advance(initial_state(first, week_starts_on), days_of(text, target))


def numbers(text: str) -> list[int]:
    return [int(number) for number in text.split()]


def streaks(days: list[tuple[Mark, int]]) -> list[int]:
    return [step.streak for step in explain(initial_state(MONDAY, 0), days, None)]


def streaks_incrementally(days: list[tuple[Mark, int]]) -> list[int]:
    start = initial_state(MONDAY, 0)
    return [figures(advance(start, days[:end]), None).streak for end in range(1, len(days) + 1)]


def weeks_each_evening(days: list[tuple[Mark, int]], first: date = MONDAY) -> list[int]:
    """Weeks on goal as shown on each evening, with that evening's mark set and its day not over."""
    start = initial_state(first, 0)
    return [figures(advance(start, days[:at]), day).weeks_in_rhythm for at, day in enumerate(days)]


@pytest.mark.parametrize(
    ("days", "streak"),
    [
        (
            "● ● ● · ● ● · · ●",
            "1 2 3 0 1 2 0 0 1",
        ),
        (
            "· · ● z z ● - ● ·",
            "0 0 1 1 1 2 2 3 0",
        ),
        (
            # A rest day after a missed one doesn't save the streak, which restarts after it.
            "● ● · z ● z z z ●",
            "1 2 0 0 1 1 1 1 2",
        ),
    ],
)
def test_hugs_every_day_are_a_plain_streak(days: str, streak: str) -> None:
    assert streaks(days_of(days, 7)) == numbers(streak)
    assert streaks_incrementally(days_of(days, 7)) == numbers(streak)


def test_five_of_seven_days_have_a_cushion_of_two(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        (
            # Free weekends: two missed days in any seven are what five a week allows.
            "● ● ● ● ● · · ● ● ● ● ● · · ●",
            "1 2 3 4 5 5 5 6 7 8 9 10 10 10 11",
        ),
        (
            # The third missed day running: no run that ends here can begin before it.
            "● ● ● · · · ● ·",
            "1 2 3 3 3 0 1 1",
        ),
        (
            # Day 7 is the third miss in seven days: the run now begins after day 3, with days 4
            # and 6. Day 9 sees misses on 5, 7 and 9: it begins on day 6, with days 6 and 8.
            "● ● · ● · ● · ● ·",
            "1 2 2 3 3 4 2 3 2",
        ),
        (
            # Day 9 no longer sees day 2 (7 days ago), only 3 and 9; day 10 sees 9 and 10.
            "● · · ● ● ● ● ● · · ●",
            "1 1 1 2 3 4 5 6 6 6 7",
        ),
        (
            # One day sooner it does: misses on 2, 3 and 8, so the run begins on day 4.
            "● · · ● ● ● ● · ●",
            "1 1 1 2 3 4 5 4 5",
        ),
        (
            # The calendar runs on through rest days: day 7 sees 2, 4 and 7, and day 1 goes.
            "● · z · z z · ●",
            "1 1 1 1 1 1 0 1",
        ),
        (
            # On day 9 the misses of day 2 are out of sight: rest gave them time to pass.
            "● · · z z z z z · ● ·",
            "1 1 1 1 1 1 1 1 1 2 2",
        ),
        (
            # Ill for nine days, and archived: the streak is paused.
            "● ● ● z z z z z z z z z - - ●",
            "1 2 3 3 3 3 3 3 3 3 3 3 3 3 4",
        ),
        (
            # Missed days before the first done one aren't part of any run.
            "· · · · ● · · ●",
            "0 0 0 0 1 1 1 2",
        ),
    ]
    for days, streak in cases:
        with subtests.test(days=days, streak=streak):
            assert streaks(days_of(days, 5)) == numbers(streak)
            assert streaks_incrementally(days_of(days, 5)) == numbers(streak)


def test_three_of_seven_days_have_a_cushion_of_four(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        (
            # Monday, Wednesday, Friday: four free days a week, for ever.
            "● · ● · ● · · ● · ● · ● · · ●",
            "1 1 2 2 3 3 3 4 4 5 5 6 6 6 7",
        ),
        (
            # Day 8 is the fifth miss since day 2: the run begins on day 4, with 4 and 7. Day 10
            # is the fifth since day 5: it begins on day 7.
            "● · · ● · · ● · · · ●",
            "1 1 1 2 2 2 3 2 2 1 2",
        ),
        (
            # Four missed days in a row are allowed, the fifth is one too many.
            "● ● · · · · ·",
            "1 2 2 2 2 2 0",
        ),
        (
            # Day 9 sees misses on 3, 4, 5, 8 and 9: only a run from day 7 has four or fewer.
            "● ● · · · z ● · · ●",
            "1 2 2 2 2 2 3 3 1 2",
        ),
    ]
    for days, streak in cases:
        with subtests.test(days=days, streak=streak):
            assert streaks(days_of(days, 3)) == numbers(streak)
            assert streaks_incrementally(days_of(days, 3)) == numbers(streak)


def test_a_stricter_goal_applies_only_while_it_is_in_force() -> None:
    days = [*days_of("● ● · · ●", 5), *days_of("● · ●", 7), *days_of("· ●", 5)]
    assert streaks(days) == numbers("1 2 2 2 3 4 0 1 1 2")
    # From five a week to six: day 6 sees two older misses and itself, and one is allowed. A run
    # from day 5 on has missed only day 6.
    days = [*days_of("● · · ● ●", 5), *days_of("· ●", 6)]
    assert streaks(days) == numbers("1 1 1 2 3 2 3")


def test_the_longest_streak_stays_when_the_current_one_ends() -> None:
    shown = figures(after("● ● ● ● · ● ● z", 7), None)
    assert (shown.streak, shown.longest_streak, shown.days_total) == (2, 4, 6)


def test_today_ends_no_streak_before_it_is_over() -> None:
    yesterday = after("● ● ●", 7)
    assert figures(yesterday, (Mark.OTHER, 7)).streak == 3
    assert figures(yesterday, (Mark.REST, 7)).streak == 3
    assert figures(yesterday, (Mark.DONE, 7)).streak == 4
    assert figures(advance(yesterday, [(Mark.OTHER, 7)]), None).streak == 0


def test_a_new_practice_shows_nothing_and_breaks_nothing() -> None:
    shown = figures(initial_state(MONDAY, 0), (Mark.OTHER, 5))
    assert (shown.streak, shown.weeks_in_rhythm, shown.strength, shown.days_total) == (0, 0, 0, 0)


def test_three_walks_a_week_are_weeks_on_goal() -> None:
    # The third walk reaches the goal. Week three has two: it counts until its Sunday is over.
    days = "● · ● · ● · ·   · · ● ● · ● ·   ● ● · · · · ·   · ● ● ● · · ·"
    weeks = "0 0 0 0 1 1 1   1 1 1 1 1 2 2   2 2 2 2 2 2 2   0 0 0 1 1 1 1"
    assert weeks_each_evening(days_of(days, 3)) == numbers(weeks)
    shown = figures(after(days, 3), None)
    assert (shown.weeks_in_rhythm, shown.longest_weeks_in_rhythm) == (1, 2)


def test_a_week_away_is_neutral_and_a_short_week_needs_less() -> None:
    # Week three has four days off: three of the other three days are needed.
    days = "● ● ● ● ● · ·   z z z z - - -   z z z z ● ● ●   · · · · · · ·"
    weeks = "0 0 0 0 1 1 1   1 1 1 1 1 1 1   1 1 1 1 1 1 2   2 2 2 2 2 2 2"
    assert weeks_each_evening(days_of(days, 5)) == numbers(weeks)


def test_starting_on_a_friday_the_first_week_needs_its_target_all_the_same() -> None:
    friday = MONDAY + timedelta(days=4)
    assert weeks_each_evening(days_of("● ● ● ·", 3), friday) == numbers("0 0 1 1")
    assert weeks_each_evening(days_of("● ● ● ·", 4), friday) == numbers("0 0 0 0")


def test_a_walk_or_a_rest_on_a_late_sunday_does_not_end_the_weeks_that_evening() -> None:
    through_saturday = after("● ● ● · · · ·   · · · · · ·", 3)
    for mark in (Mark.OTHER, Mark.DONE, Mark.REST):
        assert figures(through_saturday, (mark, 3)).weeks_in_rhythm == 1
        assert figures(advance(through_saturday, [(mark, 3)]), None).weeks_in_rhythm == 0


def test_a_week_starts_on_the_chosen_day() -> None:
    # Two walks before Sunday and one on it: three in a week from Monday, not in one from Sunday.
    days = "● · · · ● · ●"
    assert figures(after(days, 3), None).weeks_in_rhythm == 1
    from_sunday = figures(after(days, 3, week_starts_on=6), None)
    assert (from_sunday.weeks_in_rhythm, from_sunday.done_this_week) == (0, 1)


def test_the_review_of_a_past_week_shows_that_week() -> None:
    shown = figures(after("● ● ● ● ● · ·   ● ● · · · · ·", 5), None)
    assert (shown.weeks_in_rhythm, shown.longest_weeks_in_rhythm) == (0, 1)
    assert shown.done_this_week == 2


def test_on_monday_the_week_begins_at_zero() -> None:
    state = after("● ● ● ● ● · ·", 5)
    assert figures(state, None).done_this_week == 5
    assert figures(state, (Mark.OTHER, 5)).done_this_week == 0
    assert figures(state, (Mark.DONE, 5)).done_this_week == 1
    assert figures(state, (Mark.DONE, 5)).weeks_in_rhythm == 1


def test_planned_days_off_lower_the_weekly_goal_at_once() -> None:
    # Five a week; Thursday to Sunday are off, so Monday to Wednesday are all there is.
    state = after("● ●", 5)
    assert figures(state, (Mark.DONE, 5), rest_ahead=4).weeks_in_rhythm == 1
    assert figures(state, (Mark.DONE, 5), rest_ahead=3).weeks_in_rhythm == 0
    assert figures(initial_state(MONDAY, 0), (Mark.REST, 5), rest_ahead=6).weeks_in_rhythm == 0


def test_a_rest_day_today_lowers_the_weekly_goal_with_planned_ones() -> None:
    # Wednesday is off as the four days after it are: Monday and Tuesday are all there is.
    state = after("● ●", 5)
    assert figures(state, (Mark.REST, 5), rest_ahead=4).weeks_in_rhythm == 1
    assert figures(state, (Mark.REST, 5), rest_ahead=3).weeks_in_rhythm == 0


def test_a_week_cut_by_archiving_counts_only_if_its_whole_goal_was_reached() -> None:
    on_goal = "● ● ● ● ● · ·"
    cases = {
        # Archived the day after a single walk: not counted, nor held against the week before.
        "● - - - - - -": (1, 1),
        "z z ● - - - -": (1, 1),
        "● ● ● ● ● - -": (2, 2),
        "z z z ● ● ● ●": (2, 2),
        "z z z ● ● ● -": (1, 1),
        "- - - - - - -": (1, 1),
        # Restored for the last days.
        "- - - - - ● ●": (1, 1),
        # Days in the list were enough, and weren't used.
        "● · · · · - -": (0, 1),
    }
    for week, weeks in cases.items():
        shown = figures(after(f"{on_goal} {week}", 5), None)
        assert (shown.weeks_in_rhythm, shown.longest_weeks_in_rhythm) == weeks, week
        for cut in range(1, 7):
            state = from_json(to_json(after(f"{on_goal} {week[: 2 * cut - 1]}", 5)))
            later = figures(advance(state, days_of(week[2 * cut :], 5)), None)
            assert later == shown, (week, cut)


def test_today_the_day_of_archiving_adds_no_week() -> None:
    assert figures(initial_state(MONDAY, 0), (Mark.DONE, 5)).weeks_in_rhythm == 0
    assert figures(after("●", 5), (Mark.OUT, 5)).weeks_in_rhythm == 0
    assert figures(after("● ● ● ● ●", 5), (Mark.OUT, 5)).weeks_in_rhythm == 1


def test_on_monday_only_planned_days_of_the_new_week_are_off() -> None:
    # Five a week; Tuesday to Saturday are off, so one walk is not enough: Sunday is asked, too.
    state = after("● ● ● ● ● · ·", 5)
    assert figures(state, (Mark.DONE, 5), rest_ahead=5).weeks_in_rhythm == 1
    assert figures(state, (Mark.DONE, 5), rest_ahead=6).weeks_in_rhythm == 2


def test_the_goal_on_the_last_day_of_a_week_is_that_of_the_week() -> None:
    eased = [*days_of("● ● ● · · ·", 5), *days_of("·", 3)]
    raised = [*days_of("● ● ● · · ·", 3), *days_of("·", 5)]
    assert figures(advance(initial_state(MONDAY, 0), eased), None).weeks_in_rhythm == 1
    assert figures(advance(initial_state(MONDAY, 0), raised), None).weeks_in_rhythm == 0
    assert weeks_each_evening(raised) == numbers("0 0 1 1 1 1 0")


def test_strength_grows_day_by_day(subtests: pytest.Subtests) -> None:
    cases: list[tuple[int, int]] = [(7, 18), (14, 42), (28, 71), (60, 94)]
    for days, percent in cases:
        with subtests.test(days=days, percent=percent):
            assert round(100 * figures(after("● " * days, 7), None).strength) == percent


@pytest.mark.parametrize(("missed", "percent"), [(0, 100), (1, 99), (7, 82)])
def test_strength_survives_a_break(missed: int, percent: int) -> None:
    strong = after("● " * 400, 7)
    weaker = advance(strong, [(Mark.OTHER, 7)] * missed)
    assert round(100 * figures(weaker, None).strength) == percent
    assert figures(advance(weaker, [(Mark.REST, 7)] * 30), None).strength == weaker.strength


def test_coming_back_after_a_long_gap_does_not_cost_strength() -> None:
    gone = after("● " * 60 + "· " * 7, 7)
    assert figures(gone, (Mark.DONE, 7)).strength == gone.strength
    assert figures(gone, (Mark.OTHER, 7)).strength == gone.strength


def test_each_day_of_a_streak_can_be_explained() -> None:
    counts, cushion, neutral = DayEffect.COUNTS, DayEffect.CUSHION, DayEffect.NEUTRAL
    start = initial_state(MONDAY, 0)
    steps = explain(start, days_of("· ● ● · ● · ● · z -", 5), (Mark.OTHER, 5))
    assert [step.effect for step in steps] == [
        *(neutral, counts, counts, cushion, counts, cushion, counts),
        *(DayEffect.ENDS, neutral, neutral, DayEffect.OPEN),
    ]
    assert steps[-1].effect == "open", "the screen of a practice compares the word"
    assert [step.streak for step in steps] == numbers("0 1 2 2 3 3 4 2 2 2 2")
    assert [step.week_done for step in steps] == numbers("0 1 2 2 3 3 4 0 0 0 0")
    assert [step.day for step in steps] == [MONDAY + timedelta(days=at) for at in range(11)]


def test_today_counts_in_the_explanation_once_it_is_done() -> None:
    def last(mark: Mark) -> tuple[DayEffect, int]:
        step = explain(initial_state(MONDAY, 0), days_of("● ● ·", 7), (mark, 7))[-1]
        return step.effect, step.streak

    assert last(Mark.DONE) == (DayEffect.COUNTS, 1)
    assert last(Mark.REST) == (DayEffect.NEUTRAL, 0)
    assert last(Mark.OTHER) == (DayEffect.OPEN, 0)
