"""Adding a practice, and changing what one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

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
    today = diary.today()

    def added(practices: Sequence[Practice]) -> Practice:
        position = max((p.position for p in practices), default=0) + 1
        ours = _shipped(name, practices)
        if ours is not None:
            return _brought(ours.practice(position, today), question, key, practices)
        title = checks.name(name)
        _not_taken(title, practices)
        kind = _unit(unit)
        return Practice(
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

    return _put(diary, added)


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
    today = diary.today()

    def edited(practices: Sequence[Practice]) -> Practice:
        old = names.find(practices, practice_id)
        others = [p for p in practices if p.id != old.id]
        kind = old.unit if unit is None else _unit(unit)
        title = old.name if name is None else checks.name(name)
        if name is not None:
            _not_taken(title, others)
        return replace(
            old,
            name=title,
            question=old.question if question is None else checks.question(question),
            key=old.key if key is None else _key(key, title, others),
            unit=kind,
            step=old.step if step is None and kind is old.unit else _step(step, kind),
            overlap=old.overlap if overlap is None else overlap,
            goals=_goals(old, kind, amount, days_per_week, today, all_days=all_days),
        )

    if unit is not None:
        _no_history_in_another(diary, practice_id, _unit(unit))
    return _put(diary, edited)


def _put(diary: Diary, shaped: Callable[[Sequence[Practice]], Practice]) -> Practice:
    """Writes the practice that `shaped` makes, given those that are there."""
    # Made once before, so that what is refused does not begin a diary.
    made = [shaped(diary.practices())]

    def act(writer: Writer) -> None:
        made.append(shaped(writer.practices()))
        writer.put_practice(made[-1])

    diary.change("practice", made[0].id, act)
    return made[-1]


def _brought(
    ours: Practice, question: str | None, key: str | None, practices: Sequence[Practice]
) -> Practice:
    """A shipped practice with its own definition, its letter if that is free."""
    _not_taken(ours.name, practices)
    if key is None and ours.key not in _keys(practices):
        letter = ours.key
    else:
        letter = _key(key, ours.name, practices)
    asked = ours.question if question is None else checks.question(question)
    return replace(ours, key=letter, question=asked)


def _no_history_in_another(diary: Diary, practice_id: str, unit: Unit) -> None:
    rows = diary.rows()
    practice = names.find(rows.practices, practice_id)
    if unit is not practice.unit and practice.id in rows.first_entry:
        raise WrongInput(say("practice.unit_with_history", name=practice.name, unit=practice.unit))


def _goals(
    old: Practice,
    unit: Unit,
    amount: int | None,
    days_per_week: int | None,
    today: date,
    *,
    all_days: bool,
) -> tuple[Goal, ...]:
    """The goals with another one from today on, or with it alone; as they were where nothing
    else is wanted."""
    now = old.goal_on(today)
    to = now.amount if amount is None and unit is old.unit else _amount(amount, unit)
    days = now.days_per_week if days_per_week is None else checks.days_per_week(days_per_week)
    # Without entries in the old unit no day was ever judged by it.
    if unit is not old.unit or (all_days and (amount, days_per_week) != (None, None)):
        return (Goal(old.goals[0].from_day, to, days),)
    if (to, days) == (now.amount, now.days_per_week):
        return old.goals
    earlier = tuple(goal for goal in old.goals if goal.from_day < today)
    if earlier and (to, days) == (earlier[-1].amount, earlier[-1].days_per_week):
        return earlier
    return (*earlier, Goal(today, to, days))


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
