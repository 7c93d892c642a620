"""Creates the practices that a file mentions and the diary does not have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tracker.catalogue import practice_templates, shipped_in_all_languages
from tracker.diary import practice_lookup
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.import_report import PracticeInFile
from tracker.models import Goal, Practice, Span, Unit
from tracker.store.reader import Reader


def append_practices(
    practices: Sequence[Practice], in_file: Iterable[PracticeInFile], today: date
) -> tuple[Practice, ...]:
    """The practices of a file that are new to the diary, at the end of its list."""
    existing = {practice.id for practice in practices}
    new = [one for one in in_file if one.id not in existing]
    return _create_all(new, practices, max((p.position for p in practices), default=0), today)


def replace_practices(
    practices: Sequence[Practice], in_file: Sequence[PracticeInFile], today: date
) -> tuple[Practice, ...]:
    """The list of a pristine diary after an import: the file's practices in its order, then the
    diary's others."""
    ids = {one.id for one in in_file}
    others = [practice for practice in practices if practice.id not in ids]
    first = _create_all(in_file, others, 0, today)
    rest = (p._replace(position=n) for n, p in enumerate(others, start=len(first) + 1))
    return (*first, *rest)


def is_pristine(practices: Sequence[Practice], reader: Reader | None) -> bool:
    """Whether a diary has only what it was created with: shipped practices, and no entries."""
    if reader is None:
        return True
    return (
        not reader.first_entries()
        and not list(reader.evenings(date.min, date.max))
        and all(_as_shipped(practice) for practice in practices)
    )


def _as_shipped(practice: Practice) -> bool:
    """Whether a practice equals its template in any language, at any position."""
    return any(
        one.id == practice.id and one.practice(practice.position, practice.added_on) == practice
        for one in shipped_in_all_languages()
    )


def _create_all(
    in_file: Sequence[PracticeInFile], others: Iterable[Practice], position: int, today: date
) -> tuple[Practice, ...]:
    shipped = {one.id: one.practice(0, today) for one in practice_templates()}
    # Shipped practices of the file get their own letters first, the others what is left.
    taken: set[str | None] = {practice.key for practice in others}
    keys: dict[str, str | None] = {}
    for one in sorted(in_file, key=lambda one: one.id not in shipped):
        own = shipped[one.id].key if one.id in shipped else None
        name = one.name or _name_of(one.id)
        keys[one.id] = own if own and own not in taken else practice_lookup.suggest_key(name, taken)
        taken.add(keys[one.id])
    return tuple(
        _create(one, shipped.get(one.id), today)._replace(key=keys[one.id], position=number)
        for number, one in enumerate(in_file, start=position + 1)
    )


def _create(in_file: PracticeInFile, shipped: Practice | None, today: date) -> Practice:
    # The first day can be a planned rest day.
    added_on = min(in_file.first_day, today)
    if shipped is not None and in_file.unit in (None, shipped.unit):
        goal = shipped.goals[0]._replace(from_day=added_on)
        return shipped._replace(name=in_file.name or shipped.name, added_on=added_on, goals=(goal,))
    if in_file.habit is not None:
        return _from_habit(in_file, in_file.habit, added_on, today)
    unit = in_file.unit or (Unit.YES_NO if in_file.largest <= 1 else Unit.TIMES)
    return Practice(
        id=in_file.id,
        key=None,
        name=in_file.name or _name_of(in_file.id),
        question="" if shipped is None else shipped.question,
        unit=unit,
        step=unit.spec.default_step,
        position=0,
        overlap=shipped is not None and shipped.overlap,
        added_on=added_on,
        goals=(Goal(added_on, unit.spec.default_amount, 7),),
    )


def _from_habit(
    in_file: PracticeInFile, habit: ForeignHabit, added_on: date, today: date
) -> Practice:
    """A new practice with its settings in the other tracker. Of an archived one only the last
    marked day is known: it leaves the list on the day after."""
    # For a habit without a goal one day a week, which any day meets.
    days_per_week = 7 if habit.days_per_week is None else max(habit.days_per_week, 1)
    archived_from = min((in_file.last_day or today) + timedelta(days=1), today)
    return Practice(
        id=in_file.id,
        key=None,
        name=habit.name,
        question=habit.question,
        unit=habit.unit,
        step=habit.unit.spec.default_step,
        position=0,
        overlap=False,
        added_on=added_on,
        goals=(Goal(added_on, habit.amount, days_per_week),),
        out_of_list=(Span(archived_from, None),) if habit.archived else (),
    )


def _name_of(practice_id: str) -> str:
    return practice_id.replace("-", " ").capitalize()[:60].rstrip()
