"""What is aimed for: another goal, since when it counts, and what that does to the figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tracker.diary import practice_lookup, validation
from tracker.diary.diary_reader import DiaryReader
from tracker.diary.week_view import streak_view
from tracker.errors import InputError
from tracker.i18n.messages import say
from tracker.models import Goal, Practice, Unit
from tracker.views import GoalPreview


def preview_goal(
    diary: DiaryReader,
    practice_id: str,
    *,
    amount: int | None = None,
    days_per_week: int | None = None,
) -> GoalPreview | None:
    """What another goal would do to the figures, from today on and for all days; None where it
    is the goal already. Writes nothing. Raises WrongInput."""
    today = diary.today()
    one = practice_lookup.find_practice(diary.practices(), practice_id)
    changed = tuple(
        replace(
            one,
            goals=goals_after(one, one.unit, amount, days_per_week, today, all_days=all_days),
        )
        for all_days in (False, True)
    )
    if changed[0].goal_on(today) == one.goal_on(today):
        return None
    rows = diary.life_of(one.id)
    now, from_today, all_days = (streak_view(rows, p, today, today) for p in (one, *changed))
    return GoalPreview(now, from_today, all_days)


def goals_after(
    old: Practice,
    unit: Unit,
    amount: int | None,
    days_per_week: int | None,
    today: date,
    *,
    all_days: bool,
) -> tuple[Goal, ...]:
    """The goals with another one from today on, or with it alone; as they were where nothing
    else is wanted. In another unit every day is judged by the new amount."""
    goals = old.goals
    if unit is not old.unit:
        to = first_amount(amount, unit)
        goals = _merged(Goal(goal.from_day, to, goal.days_per_week) for goal in goals)
    now = old.goal_on(today)
    to = now.amount if amount is None and unit is old.unit else first_amount(amount, unit)
    days = now.days_per_week if days_per_week is None else validation.days_per_week(days_per_week)
    if all_days and (amount, days_per_week) != (None, None):
        return (Goal(goals[0].from_day, to, days),)
    if (to, days) == _aim(replace(old, goals=goals).goal_on(today)):
        return goals
    return _merged((*(goal for goal in goals if goal.from_day < today), Goal(today, to, days)))


def first_amount(amount: int | None, unit: Unit) -> int:
    """How much makes a day done: as asked, or what fits the unit."""
    if amount is None:
        return unit.spec.default_amount
    return counted(amount, unit, say("check.amount_word"))


def counted(value: int, unit: Unit, what: str) -> int:
    """An amount or a step in a unit."""
    number = validation.positive(value, what)
    if not unit.spec.is_counted and number != 1:
        raise InputError(say("check.yes_no_amount"))
    return number


def _merged(goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """The goals without those that only repeat the one before."""
    kept: list[Goal] = []
    for goal in goals:
        if not kept or _aim(kept[-1]) != _aim(goal):
            kept.append(goal)
    return tuple(kept)


def _aim(goal: Goal) -> tuple[int, int]:
    return goal.amount, goal.days_per_week
