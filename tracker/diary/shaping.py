"""Adding a practice, and changing what one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.diary import checks, names
from tracker.diary.catalogue import Shipped, shipped
from tracker.diary.diary import Diary
from tracker.store.writer import Writer
from tracker.trouble import WrongInput
from tracker.values import Goal, Practice, Unit
from tracker.words import say


def add_practice(
    diary: Diary,
    name: str,
    *,
    question: str | None = None,
    key: str | None = None,
    unit: str = "yes/no",
    amount: int | None = None,
    step: int | None = None,
    days_per_week: int = 7,
    overlap: bool = False,
) -> Practice:
    """Adds a practice of the person's own, or by its id or name a shipped one that is not there.

    `key` None chooses the first free letter of the name, "" none. Raises WrongInput.
    """
    practices = diary.practices()
    today = diary.today()
    position = max((p.position for p in practices), default=0) + 1
    ours = _shipped(name, practices)
    if ours is not None:
        practice = ours.practice(position, today)
        if practice.key in {p.key for p in practices}:
            practice = replace(practice, key=names.free_key(practice.name, _keys(practices)))
    else:
        title = checks.name(name)
        _not_taken(title, practices)
        kind = _unit(unit)
        practice = Practice(
            id=names.slug(title, [p.id for p in practices]),
            key=_key(key, title, practices),
            name=title,
            question=checks.question(question or ""),
            unit=kind,
            step=_step(step, kind),
            position=position,
            overlap=overlap,
            added_on=today,
            goals=(Goal(today, _amount(amount, kind), checks.days_per_week(days_per_week)),),
        )
    _put(diary, practice)
    return practice


def edit_practice(
    diary: Diary,
    practice_id: str,
    *,
    name: str | None = None,
    question: str | None = None,
    key: str | None = None,
    unit: str | None = None,
    amount: int | None = None,
    step: int | None = None,
    days_per_week: int | None = None,
    overlap: bool | None = None,
    all_days: bool = False,
) -> Practice:
    """Changes only what is given; the history stays. A goal counts from today on, with
    `all_days` for every day. Raises WrongInput."""
    practices = diary.practices()
    old = names.find(practices, practice_id)
    others = [p for p in practices if p.id != old.id]
    kind = old.unit if unit is None else _unit(unit)
    if kind is not old.unit and old.id in diary.rows().first_entry:
        raise WrongInput(say("practice.unit_with_history", name=old.name, unit=old.unit))
    new = replace(old, unit=kind)
    if name is not None:
        new = replace(new, name=checks.name(name))
        _not_taken(new.name, others)
    if question is not None:
        new = replace(new, question=checks.question(question))
    if key is not None:
        new = replace(new, key=_key(key, new.name, others))
    if overlap is not None:
        new = replace(new, overlap=overlap)
    if step is not None or kind is not old.unit:
        new = replace(new, step=_step(step, kind))
    today = diary.today()
    goal = old.goal_on(today)
    wanted = Goal(
        today,
        goal.amount if amount is None and kind is old.unit else _amount(amount, kind),
        goal.days_per_week if days_per_week is None else checks.days_per_week(days_per_week),
    )
    new = replace(new, goals=_goals(old.goals, wanted, all_days=all_days or kind is not old.unit))
    _put(diary, new)
    return new


def _put(diary: Diary, practice: Practice) -> None:
    def act(writer: Writer) -> None:
        writer.put_practice(practice)

    diary.change("practice", practice.id, act)


def _goals(old: tuple[Goal, ...], wanted: Goal, *, all_days: bool) -> tuple[Goal, ...]:
    """The goals with another one from a day on, or with it alone."""
    if all_days:
        return (replace(wanted, from_day=old[0].from_day),)
    before = old[-1]
    if (before.amount, before.days_per_week) == (wanted.amount, wanted.days_per_week):
        return old
    earlier = tuple(goal for goal in old if goal.from_day < wanted.from_day)
    return (*earlier, wanted)


def _shipped(text: str, practices: Sequence[Practice]) -> Shipped | None:
    """The shipped practice that is meant, if it is not in the diary."""
    there = {p.id for p in practices}
    wanted = text.strip().casefold()
    for one in shipped():
        if wanted in (one.id, one.name.casefold()) and one.id not in there:
            return one
    return None


def _not_taken(name: str, practices: Sequence[Practice]) -> None:
    if name.casefold() in {p.name.casefold() for p in practices}:
        raise WrongInput(say("practice.exists", name=name))


def _key(key: str | None, name: str, others: Sequence[Practice]) -> str | None:
    """The letter that was asked for, if it is free; None chooses one."""
    if key is None:
        return names.free_key(name, _keys(others))
    wanted = checks.key(key)
    for other in others:
        if wanted is not None and other.key == wanted:
            free = names.free_key(name, _keys(others))
            if free is None:
                raise WrongInput(say("check.key_taken_none_free", key=wanted, name=other.name))
            raise WrongInput(say("check.key_taken", key=wanted, name=other.name, free=free))
    return wanted


def _keys(practices: Sequence[Practice]) -> list[str | None]:
    return [p.key for p in practices]


def _unit(text: str) -> Unit:
    try:
        return Unit(text)
    except ValueError as error:
        raise WrongInput(say("check.unit", unit=text)) from error


def _amount(amount: int | None, unit: Unit) -> int:
    if amount is None:
        return 10 if unit is Unit.MINUTES else 1
    return _counted(amount, unit, say("check.amount_word"))


def _step(step: int | None, unit: Unit) -> int:
    if step is None:
        return 10 if unit is Unit.MINUTES else 1
    return _counted(step, unit, say("check.step_word"))


def _counted(value: int, unit: Unit, what: str) -> int:
    number = checks.positive(value, what)
    if unit is Unit.YES_NO and number != 1:
        raise WrongInput(say("check.yes_no_amount"))
    return number
