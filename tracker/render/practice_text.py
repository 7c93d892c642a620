"""A practice in words: its goal, its figures, and how its streak came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tracker.i18n.dates import format_day, format_day_short
from tracker.i18n.messages import _, ngettext
from tracker.i18n.units import format_amount, unit_label
from tracker.models import Practice, State
from tracker.render.columns import STREAK_COLUMNS, heading_line, name_width, pad, value_line
from tracker.render.symbols import (
    HasFigures,
    longest_words,
    mark,
    percent_words,
    state_words,
    streak_words,
)
from tracker.sanitize import sanitize_line
from tracker.views import ExplainedDay, Explanation, StreakView


def goal_words(practice: Practice, day: date) -> str:
    """The goal in force on a day: "20 minutes, 3 of 7 days"."""
    goal = practice.goal_on(day)
    return _("{amount}, {days} of 7 days").format(
        amount=format_amount(practice.unit, goal.amount), days=goal.days_per_week
    )


def key_words(practice: Practice) -> str:
    """The letter that logs a practice, in words."""
    key = practice.key
    return _("the letter {key} logs it").format(key=key) if key else _("no letter logs it")


def practice_facts(practice: Practice, day: date) -> Iterator[str]:
    """A practice's definition, one fact a line: for a screen reader."""
    name = sanitize_line(practice.name, 60)
    yield _("{name}: its id is {id}.").format(name=name, id=practice.id)
    since = practice.archived_since(day)
    if since is not None:
        when = format_day(since, year=since.year != day.year)
        yield _("{name}: {state}.").format(
            name=name, state=_("archived since {day}").format(day=when)
        )
        return
    yield _("{name}: {state}.").format(name=name, state=key_words(practice))
    yield _("{name}: {state}.").format(name=name, state=goal_words(practice, day))
    if practice.question:
        yield _("{name} asks: {question}").format(
            name=name, question=sanitize_line(practice.question)
        )


def practices_clause(practices: Sequence[tuple[Practice, int]]) -> str:
    """The practices in whose notes a person is named, and on how many days each: "Gratitude 9,
    Hug 4"."""
    return ", ".join(
        _("{name} {days}").format(name=sanitize_line(practice.name, 60), days=days)
        for practice, days in practices
    )


def added_words(practice: Practice) -> str:
    """A new practice, and the letter that logs it."""
    name = sanitize_line(practice.name, 60)
    return _("Added {name} ({id}); {key}.").format(
        name=name, id=practice.id, key=key_words(practice)
    )


def edit_words(before: Practice, now: Practice, day: date, *, of_days: bool) -> str:
    """The result of an edit; `of_days`: it had days in another unit."""
    name, amount = sanitize_line(now.name, 60), now.goal_on(day).amount
    if not of_days:
        return _("{name} is changed.").format(name=name)
    if now.id != before.id:
        return _(
            "{name} ({id}) begins today, counted in {unit}; the days so far stay as they are in "
            "the archived practice."
        ).format(name=name, id=now.id, unit=unit_label(now.unit))
    if amount == 1:
        return _(
            "{name} is counted in {unit} now. A day done stays done; a day with only some of it is "
            "a no."
        ).format(name=name, unit=unit_label(now.unit))
    unit = unit_label(now.unit)
    whole, half = format_amount(now.unit, amount), format_amount(now.unit, amount // 2)
    return _(
        "{name} is counted in {unit} now. A day done stays done, at {amount}; a day with some of "
        "it has {half}."
    ).format(name=name, unit=unit, amount=whole, half=half)


# Figures


def figure_words(view: StreakView) -> str:
    """The figures on one line: "streak 13 days, longest 20 days, 45 days in all"."""
    streak, longest = streak_words(view), longest_words(view)
    parts = [
        _("streak {streak}").format(streak=streak) if streak else "",
        _("longest {longest}").format(longest=longest) if longest else "",
        _total_words(view.figures.days_total),
    ]
    return ", ".join(part for part in parts if part)


def figure_facts(name: str, row: HasFigures) -> Iterator[str]:
    """Streak, longest streak and days in all, one fact a line; what is 0 is left out."""
    if streak := streak_words(row):
        yield _("{name}: streak {streak}.").format(name=name, streak=streak)
    if longest := longest_words(row):
        yield _("{name}: longest streak {longest}.").format(name=name, longest=longest)
    if row.figures.days_total:
        yield _("{name}: {days} in all.").format(name=name, days=row.figures.days_total)


def streaks_table(views: Sequence[StreakView]) -> Iterator[str]:
    """The figures of every practice as a table of at most 80 columns."""
    width = name_width([_("Calm"), *(view.practice.name for view in views)], 13)
    yield f"{' ' * (5 + width)}{heading_line(STREAK_COLUMNS)}"
    for view in views:
        name = pad(sanitize_line(view.practice.name, 60), width)
        figures = value_line(STREAK_COLUMNS, view)
        yield f"   {view.practice.key or ' '} {name}{figures}".rstrip()


def streak_facts(views: Iterable[StreakView]) -> Iterator[str]:
    """The figures of every practice, one fact a line."""
    for view in views:
        name, goal = sanitize_line(view.practice.name, 60), view.days_per_week
        yield ngettext(
            "{name}: goal {goal} day a week.", "{name}: goal {goal} days a week.", goal
        ).format(name=name, goal=goal)
        yield from figure_facts(name, view)
        if strength := percent_words(view.figures.strength):
            yield _("{name}: strength {strength}.").format(name=name, strength=strength)


def _total_words(days: int) -> str:
    if days == 0:
        return _("no day yet")
    return _("1 day in all") if days == 1 else _("{days} days in all").format(days=days)


# A streak explained day by day


def explain_lines(one: Explanation) -> tuple[str, ...]:
    """The title, the rule of the weekly goal, and a line for each day, oldest first."""
    days = [_day_line(one, place) for place in range(len(one.days))]
    return (_title(one), _rule(one.cushion), "", *(days or [_("Nothing to tell yet.")]))


def explain_facts(one: Explanation) -> tuple[str, ...]:
    """The same, one fact a line, without marks: for a screen reader."""
    days = [
        f"{format_day_short(day.day)}: {_effect(one, place) or state_words(day.state)}"
        for place, day in enumerate(one.days)
    ]
    return (_title(one), _rule(one.cushion), *days)


def _title(one: Explanation) -> str:
    if one.streak >= 2:
        return _("{name}: {streak} days").format(name=one.practice.name, streak=one.streak)
    return _("{name}").format(name=one.practice.name)


def _rule(cushion: int) -> str:
    if cushion == 0:
        return _("Your goal is every day; rest days change nothing.")
    return (
        _("Your weekly goal leaves one day off in any seven.")
        if cushion == 1
        else _("Your weekly goal leaves {cushion} days off in any seven.").format(cushion=cushion)
    )


def _day_line(one: Explanation, place: int) -> str:
    day = one.days[place]
    return f"{format_day_short(day.day):<10}  {mark(day.state)}  {_effect(one, place)}".rstrip()


def _effect(one: Explanation, place: int) -> str:
    """What one day did to the streak, in words; may be empty."""
    day = one.days[place]
    if day.effect == "counts":
        return _counted(one.days[place - 1] if place else None, day)
    if day.effect == "cushion":
        return _("A day off. Your rhythm holds.")
    if day.effect == "ends":
        return _("A pause. What you did stays yours.")
    if day.effect == "open":
        return _("Still open.")
    if day.state is State.REST:
        return _("A rest day: it changes nothing.")
    return _("Not in the list.") if day.state is None else ""


def _counted(before: ExplainedDay | None, day: ExplainedDay) -> str:
    if before is not None and before.streak == 0:
        return _("Good to see you.")
    return _("day {count}").format(count=day.streak) if day.streak > 1 else _("day 1")
