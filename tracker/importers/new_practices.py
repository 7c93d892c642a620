"""Practices that a file knows and the diary does not: how each of them begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tracker.catalogue.practices import practice_templates, shipped_in_all_languages
from tracker.diary import practice_lookup
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.import_report import PracticeInFile
from tracker.models import Goal, Practice, Span, Unit
from tracker.store.reader import Reader


def append_practices(
    practices: Sequence[Practice], seen: Iterable[PracticeInFile], today: date
) -> tuple[Practice, ...]:
    """The practices that have to be made for a file, at the end of the list."""
    there = {practice.id for practice in practices}
    new = [one for one in seen if one.id not in there]
    return _made(new, practices, max((p.position for p in practices), default=0), today)


def replace_practices(
    practices: Sequence[Practice], seen: Sequence[PracticeInFile], today: date
) -> tuple[Practice, ...]:
    """The list of a diary that holds nothing yet, as a file has it: the file's practices in its
    order, and after them those that were there."""
    mine = {one.id for one in seen}
    others = [practice for practice in practices if practice.id not in mine]
    first = _made(seen, others, 0, today)
    rest = (replace(p, position=n) for n, p in enumerate(others, start=len(first) + 1))
    return (*first, *rest)


def is_blank(practices: Sequence[Practice], reader: Reader | None) -> bool:
    """Whether a diary holds nothing of the person's own yet."""
    if reader is None:
        return True
    return (
        not reader.first_entries()
        and not list(reader.evenings(date.min, date.max))
        and all(_as_shipped(practice) for practice in practices)
    )


def _as_shipped(practice: Practice) -> bool:
    """Whether a practice is as it is shipped, wherever in the list it stands."""
    return any(
        one.id == practice.id and one.practice(practice.position, practice.added_on) == practice
        for one in shipped_in_all_languages()
    )


def _made(
    seen: Sequence[PracticeInFile], others: Iterable[Practice], position: int, today: date
) -> tuple[Practice, ...]:
    ours = {one.id: one.practice(0, today) for one in practice_templates()}
    # A shipped practice of the file has its own letter before any other takes it.
    taken: set[str | None] = {practice.key for practice in others}
    keys: dict[str, str | None] = {}
    for one in sorted(seen, key=lambda one: one.id not in ours):
        own = ours[one.id].key if one.id in ours else None
        name = one.name or _name_of(one.id)
        keys[one.id] = own if own and own not in taken else practice_lookup.suggest_key(name, taken)
        taken.add(keys[one.id])
    return tuple(
        replace(_made_one(one, ours.get(one.id), today), key=keys[one.id], position=place)
        for place, one in enumerate(seen, start=position + 1)
    )


def _made_one(seen: PracticeInFile, ours: Practice | None, today: date) -> Practice:
    # Rest days can lie ahead; the practice is in the list from today on all the same.
    added_on = min(seen.first_day, today)
    if ours is not None and seen.unit in (None, ours.unit):
        goal = replace(ours.goals[0], from_day=added_on)
        return replace(ours, name=seen.name or ours.name, added_on=added_on, goals=(goal,))
    if seen.habit is not None:
        return _from_habit(seen, seen.habit, added_on, today)
    unit = seen.unit or (Unit.YES_NO if seen.largest <= 1 else Unit.TIMES)
    return Practice(
        id=seen.id,
        key=None,
        name=seen.name or _name_of(seen.id),
        question="" if ours is None else ours.question,
        unit=unit,
        step=unit.spec.default_step,
        position=0,
        overlap=ours is not None and ours.overlap,
        added_on=added_on,
        goals=(Goal(added_on, unit.spec.default_amount, 7),),
    )


def _from_habit(seen: PracticeInFile, habit: ForeignHabit, added_on: date, today: date) -> Practice:
    """A new practice with what its tracker knew of it. Of one that was archived there only the
    last marked day is known: it is out of the list from the day after."""
    away = min((seen.last_day or today) + timedelta(days=1), today)
    return Practice(
        id=seen.id,
        key=None,
        name=habit.name,
        question=habit.question,
        unit=habit.unit,
        step=habit.unit.spec.default_step,
        position=0,
        overlap=False,
        added_on=added_on,
        goals=(Goal(added_on, habit.amount, habit.days_per_week),),
        out_of_list=(Span(away, None),) if habit.archived else (),
    )


def _name_of(practice_id: str) -> str:
    return practice_id.replace("-", " ").capitalize()[:60].rstrip()
