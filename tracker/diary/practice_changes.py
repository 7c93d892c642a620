"""Pure changes of a practice: another goal, another unit, archived, restored, reordered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from tracker.diary import practice_lookup, validation
from tracker.errors import InputError
from tracker.i18n.messages import _
from tracker.i18n.units import unit_label
from tracker.models import Entry, Goal, Practice, Span, Unit


def goals_after(
    old: Practice,
    unit: Unit,
    amount: int | None,
    days_per_week: int | None,
    today: date,
    *,
    all_days: bool,
) -> tuple[Goal, ...]:
    """A practice's goals after an edit, which gave an amount, days per week, or both.

    A new goal begins today, unless it equals the present one; with `all_days`, what was given
    changes in every goal instead. In another unit, the amount changes in every goal.
    """
    goals = old.goals
    if unit is not old.unit:
        to = goal_amount(amount, unit)
        goals = _without_repeats(Goal(goal.from_day, to, goal.days_per_week) for goal in goals)
    now = old.goal_on(today)
    to = now.amount if amount is None and unit is old.unit else goal_amount(amount, unit)
    days = now.days_per_week if days_per_week is None else validation.days_per_week(days_per_week)
    if all_days and (amount, days_per_week) != (None, None):
        return _without_repeats(
            Goal(
                goal.from_day,
                goal.amount if amount is None else to,
                goal.days_per_week if days_per_week is None else days,
            )
            for goal in goals
        )
    if (to, days) == _aim(old._replace(goals=goals).goal_on(today)):
        return goals
    earlier = (goal for goal in goals if goal.from_day < today)
    return _without_repeats((*earlier, Goal(today, to, days)))


def goal_amount(amount: int | None, unit: Unit) -> int:
    """A daily goal in a unit: the given one, or the unit's default. Raises InputError."""
    if amount is None:
        return unit.spec.default_amount
    return _in_unit(amount, unit, _("amount"))


def step_size(step: int | None, unit: Unit) -> int:
    """A step in a unit: the given one, or the unit's default. Raises InputError."""
    return unit.spec.default_step if step is None else _in_unit(step, unit, _("step"))


def convert_entries(old: Practice, new: Practice, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries of `old` in the unit of `new`, without changing any streak.

    A done day gets the new goal's amount, and a day below the goal half of that, rounded down,
    which is an explicit no where the goal is 1. `logged_at` stays.
    """
    for entry in entries:
        if entry.amount:
            target = new.goal_on(entry.day).amount
            is_done = entry.amount >= old.goal_on(entry.day).amount
            yield entry._replace(amount=target if is_done else target // 2)


def split(
    old: Practice, new: Practice, practices: Sequence[Practice], today: date
) -> list[Practice]:
    """Replaces `old` in the list by `new`, a practice that begins today, and archives `old`,
    renamed with its unit and without its letter. Returns the new one first, then all others."""
    goal = new.goal_on(today)
    fresh = new._replace(
        id=practice_lookup.slug(new.name, [p.id for p in practices]),
        added_on=today,
        goals=(Goal(today, goal.amount, goal.days_per_week),),
        out_of_list=(),
    )
    taken = [new.name, *(p.name for p in practices if p.id != old.id)]
    archived = old if old.archived_since(today) else archived_from(old, today)
    archived = archived._replace(name=_named_with_unit(old, taken), key=None)
    ordered: list[Practice] = []
    for one in practices:
        ordered.extend((fresh, archived) if one.id == old.id else (one,))
    return sorted(numbered(ordered), key=lambda p: p.id != fresh.id)


def archived_from(practice: Practice, day: date) -> Practice:
    """The practice out of the list from a day on."""
    spans = (*_ended_before(practice.out_of_list, day), Span(day, None))
    return practice._replace(out_of_list=spans)


def restored_on(practice: Practice, day: date) -> Practice:
    """The practice back in the list from a day on."""
    return practice._replace(out_of_list=_ended_before(practice.out_of_list, day))


def numbered(practices: Sequence[Practice]) -> list[Practice]:
    """The practices with their positions, from 1, in the given order."""
    return [one._replace(position=place) for place, one in enumerate(practices, start=1)]


def _ended_before(spans: Sequence[Span], day: date) -> tuple[Span, ...]:
    """The archived spans up to the day before, the last of them cut off there."""
    last = day - timedelta(days=1)
    return tuple(
        span if span.to_day is not None and span.to_day < day else Span(span.from_day, last)
        for span in spans
        if span.from_day < day
    )


def _in_unit(value: int, unit: Unit, what: str) -> int:
    number = validation.positive(value, what)
    if not unit.spec.is_counted and number != 1:
        raise InputError(_("For a yes/no practice, the amount and the step are always 1."))
    return number


def _without_repeats(goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """The goals without those that only repeat the one before."""
    distinct: list[Goal] = []
    for goal in goals:
        if not distinct or _aim(distinct[-1]) != _aim(goal):
            distinct.append(goal)
    return tuple(distinct)


def _aim(goal: Goal) -> tuple[int, int]:
    """The goal without its first day."""
    return goal.amount, goal.days_per_week


def _named_with_unit(practice: Practice, taken: Iterable[str]) -> str:
    """The name with its unit in brackets, numbered where that is taken."""
    used = {name.casefold() for name in taken}
    number = 1
    while True:
        ending = f" ({unit_label(practice.unit)}{'' if number == 1 else f' {number}'})"
        name = practice.name[: validation.MAX_NAME_LENGTH - len(ending)].rstrip() + ending
        if name.casefold() not in used:
            return name
        number += 1
