"""The practices that are shipped with calmtrack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tracker.catalogue.data import practices_file
from tracker.i18n.locale import LANGUAGES, language
from tracker.models import Goal, Practice, Unit


@dataclass(frozen=True, slots=True)
class PracticeTemplate:
    """A practice as it is shipped."""

    id: str
    key: str
    name: str
    question: str
    unit: Unit
    amount: int
    step: int
    days_per_week: int
    on: bool
    """Whether a new diary has it in its list unless the person says otherwise."""
    overlap: bool
    example: str
    """How one may do it."""

    def practice(self, position: int, added_on: date) -> Practice:
        """It as a practice of a diary."""
        return Practice(
            id=self.id,
            key=self.key,
            name=self.name,
            question=self.question,
            unit=self.unit,
            step=self.step,
            position=position,
            overlap=self.overlap,
            added_on=added_on,
            goals=(Goal(added_on, self.amount, self.days_per_week),),
        )


def practice_templates() -> tuple[PracticeTemplate, ...]:
    """All shipped practices, in their order, in the language of this run."""
    return _shipped_in(language())


def default_ids() -> tuple[str, ...]:
    """Those that a new diary has."""
    return tuple(practice.id for practice in practice_templates() if practice.on)


def shipped_in_all_languages() -> Iterator[PracticeTemplate]:
    """All shipped practices as a diary begun in any language has them."""
    for spoken in LANGUAGES:
        yield from _shipped_in(spoken)


@cache
def _shipped_in(spoken: str) -> tuple[PracticeTemplate, ...]:
    return tuple(_shipped(table) for table in practices_file(spoken)["practice"])


def _shipped(table: dict[str, Any]) -> PracticeTemplate:
    return PracticeTemplate(
        id=table["id"],
        key=table["key"],
        name=table["name"],
        question=table["question"],
        unit=Unit(table["unit"]),
        amount=table["amount"],
        step=table["step"],
        days_per_week=table["days_per_week"],
        on=table["on"],
        overlap=table["overlap"],
        example=table["example"],
    )
