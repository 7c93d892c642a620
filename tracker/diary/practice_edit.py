"""Adding a practice, and changing what one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict, Unpack

from tracker.catalogue.practices import (
    PracticeTemplate,
    names_in_all_languages,
    practice_templates,
)
from tracker.diary import practice_lookup, validation
from tracker.diary.diary import Diary
from tracker.diary.goals import counted, first_amount, goals_after, preview_goal
from tracker.diary.practice_save import save
from tracker.diary.unit_change import convert_entries, split_practice
from tracker.errors import InputError
from tracker.i18n.messages import say
from tracker.i18n.units import parse_unit, unit_label
from tracker.models import Goal, Practice, Unit, UnitChange
from tracker.store.writer import Writer
from tracker.views import GoalPreview


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

    def added(practices: Sequence[Practice]) -> tuple[Practice]:
        position = max((p.position for p in practices), default=0) + 1
        ours = _shipped(name, practices)
        if ours is not None:
            return (_brought(ours.practice(position, today), question, key, practices),)
        title = validation.name(name)
        _not_taken(title, practices)
        kind = _unit(unit)
        own = Practice(
            id=practice_lookup.slug(title, [p.id for p in practices]),
            key=_key(key, title, practices),
            name=title,
            question=validation.question(question or ""),
            unit=kind,
            step=_step(step, kind),
            position=position,
            overlap=overlap,
            added_on=today,
            goals=(
                Goal(today, first_amount(amount, kind), validation.days_per_week(days_per_week)),
            ),
        )
        return (own,)

    return save(diary, added)


class Edit(TypedDict, total=False):
    """What is to be changed of a practice; what is not given, or None, stays as it is."""

    name: str | None
    question: str | None
    key: str | None
    """"" for no letter."""
    unit: str | None
    amount: int | None
    step: int | None
    days_per_week: int | None
    overlap: bool | None
    all_days: bool
    """Whether another goal counts for every day, and not only from today on."""


@dataclass(frozen=True, slots=True)
class PendingQuestions:
    """What a person should say before an edit is made."""

    days: bool
    """What becomes of its days, which are in another unit."""
    goal: GoalPreview | None
    """Since when the goal counts; None where that makes no difference."""


def questions_for(diary: Diary, practice_id: str, **edit: Unpack[Edit]) -> PendingQuestions:
    """What to ask before an edit. Raises WrongInput for one that is not possible."""
    rows = diary.rows()
    old, new = _edited(rows.practices, practice_id, edit, diary.today())
    if new.unit is not old.unit:
        return PendingQuestions(days=old.id in rows.first_entry, goal=None)
    goal = preview_goal(
        diary, old.id, amount=edit.get("amount"), days_per_week=edit.get("days_per_week")
    )
    return PendingQuestions(days=False, goal=goal if goal is not None and goal.asks else None)


def edit_practice(
    diary: Diary, practice_id: str, *, history: UnitChange | None = None, **edit: Unpack[Edit]
) -> Practice:
    """Changes only what is given; the history stays. Another unit for a practice with entries
    needs `history`.

    Returns the practice as it is now, or with History.NEW the one that begins. Raises WrongInput.
    """
    today = diary.today()
    # Made once before, so that what is refused does not begin a diary.
    rows = diary.rows()
    old, new = _edited(rows.practices, practice_id, edit, today)
    _asks_about_days(old, new, rows.first_entry, history)
    made: list[Practice] = []

    def act(writer: Writer) -> None:
        practices = writer.practices()
        old, new = _edited(practices, practice_id, edit, today)
        has_days = _asks_about_days(old, new, writer.first_entries(), history)
        made[:] = [new]
        if has_days and history is UnitChange.NEW:
            made[:] = split_practice(old, new, practices, today)
        for practice in made:
            writer.put_practice(practice)
        if has_days and history is UnitChange.KEEP_DAYS:
            writer.put_entries(list(convert_entries(old, new, list(writer.entries_of(old.id)))))

    diary.change("practice", old.id, act)
    return made[0]


def _edited(
    practices: Sequence[Practice], practice_id: str, edit: Edit, today: date
) -> tuple[Practice, Practice]:
    """A practice as it is, and as it is to be."""
    old = practice_lookup.find_practice(practices, practice_id)
    others = [p for p in practices if p.id != old.id]
    name, question, key = edit.get("name"), edit.get("question"), edit.get("key")
    unit, step, overlap = edit.get("unit"), edit.get("step"), edit.get("overlap")
    kind = old.unit if unit is None else _unit(unit)
    title = old.name if name is None else validation.name(name)
    if name is not None:
        _not_taken(title, others)
    return old, replace(
        old,
        name=title,
        question=old.question if question is None else validation.question(question),
        key=old.key if key is None else _key(key, title, others),
        unit=kind,
        step=old.step if step is None and kind is old.unit else _step(step, kind),
        overlap=old.overlap if overlap is None else overlap,
        goals=goals_after(
            old,
            kind,
            edit.get("amount"),
            edit.get("days_per_week"),
            today,
            all_days=edit.get("all_days", False),
        ),
    )


def _asks_about_days(
    old: Practice, new: Practice, first_entry: Mapping[str, date], history: UnitChange | None
) -> bool:
    if new.unit is old.unit or old.id not in first_entry:
        return False
    if history is None:
        raise InputError(
            say("practice.unit_with_history", name=old.name, unit=unit_label(old.unit))
        )
    return True


def _brought(
    ours: Practice, question: str | None, key: str | None, practices: Sequence[Practice]
) -> Practice:
    """A shipped practice with its own definition, its letter if that is free."""
    _not_taken(ours.name, practices)
    if key is None and ours.key not in _keys(practices):
        letter = ours.key
    else:
        letter = _key(key, ours.name, practices)
    asked = ours.question if question is None else validation.question(question)
    return replace(ours, key=letter, question=asked)


def _shipped(text: str, practices: Sequence[Practice]) -> PracticeTemplate | None:
    """The shipped practice that is meant, if it is not in the diary."""
    there = {p.id for p in practices}
    wanted = text.strip().casefold()
    for one in practice_templates():
        called = {name.casefold() for name in names_in_all_languages(one.id)}
        if wanted in called | {one.id} and one.id not in there:
            return one
    return None


def _not_taken(name: str, practices: Sequence[Practice]) -> None:
    if name.casefold() in {p.name.casefold() for p in practices}:
        raise InputError(say("practice.exists", name=name))


def _key(key: str | None, name: str, others: Sequence[Practice]) -> str | None:
    """The letter that was asked for, if it is free; None chooses one."""
    if key is None:
        return practice_lookup.suggest_key(name, _keys(others))
    wanted = validation.key(key)
    for other in others:
        if wanted is not None and other.key == wanted:
            free = practice_lookup.suggest_key(name, _keys(others))
            if free is None:
                raise InputError(say("check.key_taken_none_free", key=wanted, name=other.name))
            raise InputError(say("check.key_taken", key=wanted, name=other.name, free=free))
    return wanted


def _keys(practices: Sequence[Practice]) -> list[str | None]:
    return [p.key for p in practices]


def _unit(text: str) -> Unit:
    try:
        return Unit(parse_unit(text))
    except ValueError as error:
        raise InputError(say("check.unit", unit=text)) from error


def _step(step: int | None, unit: Unit) -> int:
    return first_amount(None, unit) if step is None else counted(step, unit, say("check.step_word"))
