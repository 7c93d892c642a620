"""A practice that is to be counted in another unit, and what becomes of its days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from tracker.diary import practice_lookup
from tracker.diary.practice_list import archive_from, numbered
from tracker.diary.validation import MAX_NAME_LENGTH
from tracker.i18n.units import unit_label
from tracker.models import Entry, Goal, Practice


def convert_entries(old: Practice, new: Practice, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries of `old` in the unit of `new`, so that what was done then is done.

    A day done has the new amount, whatever it had before; a day with some of it has half of
    the new amount rounded down, which with an amount of 1 is a no. So no streak changes. When
    it was logged stays.
    """
    for entry in entries:
        if entry.amount:
            target = new.goal_on(entry.day).amount
            is_done = entry.amount >= old.goal_on(entry.day).amount
            yield replace(entry, amount=target if is_done else target // 2)


def split_practice(
    old: Practice, new: Practice, practices: Sequence[Practice], today: date
) -> list[Practice]:
    """`new` as a practice that begins today in the place of `old`, and the others: `old` is
    archived, named with its unit, and hands on its letter."""
    goal = new.goal_on(today)
    fresh = replace(
        new,
        id=practice_lookup.slug(new.name, [p.id for p in practices]),
        added_on=today,
        goals=(Goal(today, goal.amount, goal.days_per_week),),
        out_of_list=(),
    )
    taken = [new.name, *(p.name for p in practices if p.id != old.id)]
    left = old if old.archived_since(today) else archive_from(old, today)
    left = replace(left, name=_named_with_unit(old, taken), key=None)
    ordered: list[Practice] = []
    for one in practices:
        ordered.extend((fresh, left) if one.id == old.id else (one,))
    return sorted(numbered(ordered), key=lambda p: p.id != fresh.id)


def _named_with_unit(practice: Practice, taken: Iterable[str]) -> str:
    used = {name.casefold() for name in taken}
    number = 1
    while True:
        ending = f" ({unit_label(practice.unit)}{'' if number == 1 else f' {number}'})"
        name = practice.name[: MAX_NAME_LENGTH - len(ending)].rstrip() + ending
        if name.casefold() not in used:
            return name
        number += 1
