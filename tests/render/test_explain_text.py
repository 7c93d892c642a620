"""The text that explains a streak, without blame."""

import re
from datetime import date, timedelta
from typing import Literal

import pytest

from tracker.models import NO_FIGURES, Goal, Practice, State, Unit
from tracker.render import practice_text
from tracker.render.practice_text import explain_facts, marks_legend
from tracker.views import ExplainedDay, Explanation

FIRST = date(2026, 11, 2)

DayRow = tuple[State | None, Literal["counts", "neutral", "cushion", "ends", "open"], int]

EXPLANATION: tuple[DayRow, ...] = (
    (State.DONE, "counts", 1),
    (State.DONE, "counts", 2),
    (State.NO, "cushion", 2),
    (State.REST, "neutral", 2),
    (State.NOT_LOGGED, "ends", 0),
    (State.NOT_LOGGED, "neutral", 0),
    (State.DONE, "counts", 1),
    (None, "neutral", 1),
    (State.PENDING, "open", 1),
)


WeekEffects = dict[int, tuple[Literal["counts", "neutral", "ends"], int]]
"""By index of a day: the effect of the week that ends with it, and the weeks on goal after it."""


def explain_lines(one: Explanation) -> tuple[str, ...]:
    """The lines in a terminal in which none has to be wrapped."""
    return practice_text.explain_lines(one, 120)


def explanation_of(
    days: tuple[DayRow, ...],
    days_per_week: int = 6,
    name: str = "Hug",
    weeks: int = 0,
    week_effects: WeekEffects | None = None,
) -> Explanation:
    """An explanation of these days, which begin on a Monday."""
    effects: WeekEffects = {-1: ("neutral", 0), **(week_effects or {})}
    goals = (Goal(FIRST, 1, days_per_week),)
    practice = Practice("hug", "h", name, "", Unit.TIMES, 1, 1, False, FIRST, goals)
    return Explanation(
        practice,
        FIRST + timedelta(days=max(0, len(days) - 1)),
        is_present=True,
        figures=NO_FIGURES._replace(streak=days[-1][2] if days else 0, weeks_in_rhythm=weeks),
        cushion=7 - days_per_week,
        days=tuple(
            ExplainedDay(
                FIRST + timedelta(days=n),
                *day,
                sum(d[0] is State.DONE for d in days[n - n % 7 : n + 1]),
                cushion=7 - days_per_week,
                days_off=1,
                week_off=sum(d[0] is State.REST for d in days[n - n % 7 : n - n % 7 + 7]),
                week_target=days_per_week,
                week_effect=effects[n][0] if n in effects else None,
                weeks=effects[max(end for end in effects if end <= n)][1],
            )
            for n, day in enumerate(days)
        ),
    )


def test_a_legend_with_a_small_gap_saves_a_line() -> None:
    states = {State.DONE, State.NO}
    assert marks_legend(states, 18, "z rest") == ["● done   ○ no", "z rest"]
    assert marks_legend(states, 20, "z rest") == ["● done  ○ no  z rest"]
    assert marks_legend(states, 22, "z rest") == ["● done   ○ no   z rest"]


def test_each_day_has_its_effect_on_the_streak() -> None:
    assert explain_lines(explanation_of(EXPLANATION)) == (
        "Hug",
        "Your weekly goal allows 1 day off in any seven.",
        "● done   ○ no   · not logged   z rest",
        "",
        "Mon 2 Nov   ●  day 1",
        "Tue 3 Nov   ●  day 2",
        "Wed 4 Nov   ○  Day off 1 of 1. Your streak goes on.",
        "Thu 5 Nov   z  A rest day. Your streak stays as it is.",
        "Fri 6 Nov   ·  More than 1 day off in seven. A pause. Your total stays, and a new streak "
        "can start any time.",
        "Sat 7 Nov   ·",
        "Sun 8 Nov   ●  Welcome back.",
        "Mon 9 Nov      Not in your list that day.",
        "Tue 10 Nov  ·  Not done yet. There's still time.",
    )


def test_a_long_time_in_the_archive_is_one_line() -> None:
    away: DayRow = (None, "neutral", 1)
    back: DayRow = (State.DONE, "counts", 2)
    explanation = explanation_of(((State.DONE, "counts", 1), *(away,) * 89, back))
    assert explain_lines(explanation)[4:] == (
        "Mon 2 Nov   ●  day 1",
        "Tue 3 Nov      to Sat 30 Jan: not in your list",
        "Sun 31 Jan  ●  day 2",
    )
    assert explain_facts(explanation)[2:] == (
        "Mon 2 Nov: day 1",
        "Tue 3 Nov to Sat 30 Jan: not in your list",
        "Sun 31 Jan: day 2",
    )


def test_a_practice_done_for_the_first_time_is_not_welcomed_back() -> None:
    days: tuple[DayRow, ...] = ((State.NO, "neutral", 0), (State.DONE, "counts", 1))
    first = explanation_of(days)
    assert explain_lines(first)[-1] == "Tue 3 Nov   ●  day 1"
    again = first._replace(figures=first.figures._replace(days_total=2))
    assert explain_lines(again)[-1] == "Tue 3 Nov   ●  Welcome back."


def test_a_shorter_streak_says_why_and_from_when_it_counts() -> None:
    days: tuple[DayRow, ...] = (
        (State.DONE, "counts", 7),
        (State.NO, "cushion", 7),
        (State.DONE, "counts", 8),
        (State.SOME, "ends", 1),
        (State.DONE, "counts", 2),
    )
    assert explain_lines(explanation_of(days))[2:] == (
        "● done   ◐ below the goal   ○ no",
        "",
        "Mon 2 Nov   ●  day 7",
        "Tue 3 Nov   ○  Day off 1 of 1. Your streak goes on.",
        "Wed 4 Nov   ●  day 8",
        "Thu 5 Nov   ◐  More than 1 day off in seven. The streak now starts on Wed 4 Nov: 1 day.",
        "Fri 6 Nov   ●  day 2",
    )


def test_a_streak_that_starts_before_the_days_shown_says_only_how_long_it_is() -> None:
    days: tuple[DayRow, ...] = ((State.NO, "cushion", 6), (State.NO, "ends", 4))
    assert explain_lines(explanation_of(days))[-1] == (
        "Tue 3 Nov   ○  More than 1 day off in seven. The streak is now 4 days."
    )


def test_the_plain_text_has_the_same_days_without_marks() -> None:
    facts = explain_facts(explanation_of(EXPLANATION))
    assert len(facts) == 2 + len(EXPLANATION)
    assert "Sat 7 Nov: not logged" in facts
    assert not re.search(r"[●◐○·]|  ", "\n".join(facts))


def test_an_empty_explanation() -> None:
    assert explain_lines(explanation_of(()))[-1] == "Nothing to show yet."


def test_a_weekly_goal_counts_weeks_everywhere() -> None:
    weeks: WeekEffects = {6: ("counts", 1)}
    assert explain_lines(explanation_of(EXPLANATION, 2, weeks=1, week_effects=weeks)) == (
        "Hug: 1 week on goal",
        "Your goal is 2 days a week. The streak counts the weeks that reach it.",
        "● done   ○ no   · not logged   z rest",
        "",
        "Mon 2 Nov   ●  1 of 2 this week",
        "Tue 3 Nov   ●  2 of 2 this week",
        "Wed 4 Nov   ○",
        "Thu 5 Nov   z  A rest day.",
        "Fri 6 Nov   ·",
        "Sat 7 Nov   ·",
        "Sun 8 Nov   ●  3 this week (goal 2)",
        "Week           On goal: 3 days (goal 2). The streak is now 1 week.",
        "Mon 9 Nov      Not in your list that day.",
        "Tue 10 Nov  ·  Not done yet. There's still time.",
    )
    assert explain_lines(explanation_of(EXPLANATION[:2], 5))[0] == "Hug: a streak of 2 days"


def test_the_title_says_of_which_day_it_is_unless_that_is_today() -> None:
    then = explanation_of(EXPLANATION[:2], 5)._replace(is_present=False)
    title = "Hug: a streak of 2 days, as of Tue 3 Nov"
    assert (explain_lines(then)[0], explain_facts(then)[0]) == (title, title)


NO_DAY: DayRow = (State.NOT_LOGGED, "neutral", 0)
A_DAY: DayRow = (State.DONE, "counts", 1)
REST: DayRow = (State.REST, "neutral", 0)
AWAY: DayRow = (None, "neutral", 0)


def test_a_week_below_its_goal_says_that_a_new_streak_of_weeks_can_start() -> None:
    days = (*(A_DAY,) * 3, *(NO_DAY,) * 4, *(A_DAY,) * 2, *(NO_DAY,) * 12, A_DAY, *(NO_DAY,) * 6)
    weeks: WeekEffects = {6: ("counts", 1), 13: ("ends", 0), 20: ("ends", 0), 27: ("ends", 0)}
    explained = explanation_of(days, 3, week_effects=weeks)
    assert [line for line in explain_lines(explained) if line.startswith("Week")] == [
        "Week           On goal: 3 days (goal 3). The streak is now 1 week.",
        "Week           Below the goal: 2 days (goal 3). A pause. Your total stays, and a new "
        "streak can start any time.",
        # Nothing is said of a week in which nothing was done and no streak could end.
        "Week           Below the goal: 1 day (goal 3).",
    ]
    assert (
        "Week to Sun 15 Nov: Below the goal: 2 days (goal 3). A pause. Your total stays, and a "
        "new streak can start any time."
    ) in explain_facts(explained)


def test_a_week_without_a_day_ends_a_streak_of_weeks_without_a_nought() -> None:
    weeks: WeekEffects = {6: ("counts", 1), 13: ("ends", 0)}
    explained = explanation_of((A_DAY, *(NO_DAY,) * 13), 1, week_effects=weeks)
    assert explain_lines(explained)[-1] == (
        "Week           No days that week. A pause. Your total stays, and a new streak can start "
        "any time."
    )


@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        (
            (*(REST,) * 6, NO_DAY),
            "No days that week. Sunday wasn't a rest day, so one day was enough to go on. ",
        ),
        (
            (A_DAY, *(REST,) * 5, NO_DAY),
            "Below the goal: 1 day (goal 2). Monday, Sunday weren't rest days, so those days "
            "were enough to go on. ",
        ),
        (
            (*(REST,) * 4, *(NO_DAY,) * 3),
            "No days that week. With 4 rest days, you needed each of the other days. ",
        ),
        (
            (A_DAY, A_DAY, *(REST,) * 4, NO_DAY),
            "Below the goal: 2 days (goal 3). With 4 rest days, you needed each of the other "
            "days. ",
        ),
        ((A_DAY, *(REST,) * 3, *(NO_DAY,) * 3), "Below the goal: 1 day (goal 3). "),
    ],
)
def test_a_week_of_mostly_rest_days_says_which_days_were_left(
    week: tuple[DayRow, ...], sentence: str
) -> None:
    weeks: WeekEffects = {6: ("counts", 1), 13: ("ends", 0)}
    explained = explanation_of((*(A_DAY,) * 7, *week), 3, week_effects=weeks)
    assert explain_lines(explained)[-1] == (
        f"Week           {sentence}A pause. Your total stays, and a new streak can start any time."
    )


def test_a_week_of_rest_days_and_one_cut_short_by_the_archive_do_not_count() -> None:
    days = (*(A_DAY,) * 7, *(REST,) * 7, A_DAY, *(AWAY,) * 20, A_DAY)
    weeks: WeekEffects = {n: ("counts" if n == 6 else "neutral", 1) for n in (6, 13, 20, 27, 34)}
    lines = explain_lines(explanation_of(days, 3, weeks=1, week_effects=weeks))
    assert lines[11:] == (
        "Week           On goal: 7 days (goal 3). The streak is now 1 week.",
        *(f"{day} Nov   z  A rest day." for day in ("Mon 9",)),
        *(
            f"{day} Nov  z  A rest day."
            for day in ("Tue 10", "Wed 11", "Thu 12", "Fri 13", "Sat 14", "Sun 15")
        ),
        "Week           All rest days, so the week doesn't count. Your streak stays as it is.",
        "Mon 16 Nov  ●  1 of 3 this week",
        "Tue 17 Nov     to Sun 22 Nov: not in your list",
        "Week           In your list for only part of the week, so it doesn't count. Your streak "
        "stays as it is.",
        "Mon 23 Nov     to Sun 6 Dec: not in your list",
        "Mon 7 Dec   ●  1 of 3 this week",
    )


def test_a_week_is_judged_by_the_goal_of_then() -> None:
    weeks: WeekEffects = {6: ("ends", 0)}
    explained = explanation_of((*(A_DAY,) * 3, *(NO_DAY,) * 4), 3, week_effects=weeks)
    earlier = explained._replace(days=tuple(day._replace(week_target=4) for day in explained.days))
    lines = explain_lines(earlier)
    assert "Wed 4 Nov   ●  3 of 4 this week" in lines
    assert lines[-1] == "Week           Below the goal: 3 days (your goal then: 4)."


def test_a_streak_of_days_has_no_lines_of_weeks() -> None:
    weeks: WeekEffects = {6: ("counts", 1)}
    lines = explain_lines(explanation_of((A_DAY,) * 7, 5, week_effects=weeks))
    assert not [line for line in lines if line.startswith("Week")]


def test_a_week_in_progress_is_in_the_title_until_there_is_a_streak() -> None:
    assert explain_lines(explanation_of((A_DAY, NO_DAY), 3))[0] == "Hug: 1 of 3 this week"
    assert explain_lines(explanation_of((NO_DAY, NO_DAY), 3))[0] == "Hug"


def test_a_no_of_today_is_not_asked_about_again() -> None:
    days: tuple[DayRow, ...] = ((State.DONE, "counts", 1), (State.NO, "open", 1))
    assert explain_lines(explanation_of(days))[-1] == "Tue 3 Nov   ○  Not this time. That's fine."


def test_a_daily_goal_has_its_own_rule() -> None:
    assert (
        explain_lines(explanation_of(EXPLANATION, 7))[1]
        == "Your goal is every day. Rest days don't break a streak."
    )


def test_a_week_that_rest_days_made_shorter_says_that_its_days_were_enough() -> None:
    days = explanation_of(EXPLANATION, 3, weeks=1)
    shorter = days._replace(days=tuple(day._replace(week_off=5) for day in days.days))
    lines = explain_lines(shorter)
    assert "Mon 2 Nov   ●  1 of 2 this week" in lines
    assert "Tue 3 Nov   ●  2 this week. That's enough: the other days are rest days." in lines


def test_a_day_off_is_counted_by_the_goal_of_its_day() -> None:
    days = explanation_of(EXPLANATION, 7)
    earlier = days._replace(days=tuple(day._replace(cushion=2) for day in days.days))
    assert "Wed 4 Nov   ○  Day off 1 of 2 (your goal then). Your streak goes on." in explain_lines(
        earlier
    )
