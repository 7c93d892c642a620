"""A practice in words: what it aims for, and its figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.i18n.dates import format_day
from tracker.i18n.messages import say
from tracker.i18n.units import format_amount, unit_label
from tracker.models import Practice
from tracker.render.symbols import streak_words
from tracker.sanitize import sanitize_line
from tracker.views import StreakView


def goal_words(practice: Practice, day: date) -> str:
    """What is aimed for on a day: "20 minutes, 3 of 7 days"."""
    goal = practice.goal_on(day)
    return say(
        "cli.goal", amount=format_amount(practice.unit, goal.amount), days=goal.days_per_week
    )


def figure_words(view: StreakView) -> str:
    """The figures in a line: "streak 13 days, longest 20 days, 45 days in all"."""
    streak = streak_words(view.streak, view.weeks_in_rhythm, view.days_per_week)
    longest = streak_words(view.longest_streak, view.longest_weeks_in_rhythm, view.days_per_week)
    parts = [
        say("goal.streak", streak=streak) if streak else "",
        say("goal.longest", longest=longest) if longest else "",
        _in_all(view.days_total),
    ]
    return ", ".join(part for part in parts if part)


def edit_words(before: Practice, now: Practice, day: date, *, of_days: bool) -> str:
    """What an edit came to; `of_days`: its days were in another unit."""
    name, amount = sanitize_line(now.name, 60), now.goal_on(day).amount
    if not of_days:
        return say("practice.edited", name=name)
    if now.id != before.id:
        return say("practice.begun_anew", name=name, id=now.id, unit=unit_label(now.unit))
    if amount == 1:
        return say("practice.kept_days_of_one", name=name, unit=unit_label(now.unit))
    unit = unit_label(now.unit)
    whole, half = format_amount(now.unit, amount), format_amount(now.unit, amount // 2)
    return say("practice.kept_days", name=name, unit=unit, amount=whole, half=half)


def added_words(practice: Practice) -> str:
    """What was added, and the letter that logs it."""
    name = sanitize_line(practice.name, 60)
    return say("practice.added", name=name, id=practice.id, key=_letter_words(practice))


def _letter_words(practice: Practice) -> str:
    key = practice.key
    return say("practice.with_key", key=key) if key else say("practice.without_key")


def practice_facts(practice: Practice, day: date) -> Iterator[str]:
    """What a practice is, one fact a line: for a screen reader."""
    name = sanitize_line(practice.name, 60)
    yield say("facts.id", name=name, id=practice.id)
    since = practice.archived_since(day)
    if since is not None:
        when = format_day(since, year=since.year != day.year)
        yield say("facts.state_of", name=name, state=say("cli.archived_since", day=when))
        return
    yield say("facts.state_of", name=name, state=_letter_words(practice))
    yield say("facts.state_of", name=name, state=goal_words(practice, day))
    if practice.question:
        yield say("facts.asks", name=name, question=sanitize_line(practice.question))


def _in_all(days: int) -> str:
    if days == 0:
        return say("goal.no_day")
    return say("goal.one_day") if days == 1 else say("goal.in_all", days=days)
