"""Describes rows in the sentences of a merge report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.i18n.dates import format_day
from tracker.i18n.messages import _
from tracker.i18n.units import unit_label
from tracker.models import Entry, EntryState, Evening, Practice
from tracker.store.mapping import entry_from_json, evening_from_json, practice_from_json


@dataclass(frozen=True, slots=True)
class RowDescription:
    """A row's description, formatted on demand: most rows of a report are only counted."""

    kind: str
    content: str
    """The row as canonical JSON."""

    def __str__(self) -> str:
        """The text."""
        if self.kind == "evening":
            return _describe_evening(evening_from_json(self.content))
        if self.kind == "entry":
            return _describe_entry(entry_from_json(self.content))
        if self.kind == "practice":
            return _describe_practice(practice_from_json(self.content))
        return str(json.loads(self.content))


def describe_key(kind: str, key: str, day: date | None, names: Mapping[str, str]) -> str:
    """The subject of a row, with its day; `names` are practice names by id."""
    if kind == "kept":
        return _('The setting "{key}"').format(key=key)
    name = _("Calm") if kind == "evening" else names.get(key, key)
    return name if day is None else f"{name}, {format_day(day, year=True)}"


def _describe_evening(evening: Evening) -> str:
    return _with_note(None if evening.calm is None else str(evening.calm), evening.note)


def _describe_entry(entry: Entry) -> str:
    amount = None if entry.amount is None else str(entry.amount)
    is_rest = entry.state is EntryState.REST
    return _with_note(_("a rest day") if is_rest else amount, entry.note)


def _describe_practice(practice: Practice) -> str:
    goal = practice.goals[-1]
    return _("{name} (“{question}”, daily goal {amount}, unit {unit}, {days} of 7 days)").format(
        name=practice.name,
        question=practice.question,
        amount=goal.amount,
        unit=unit_label(practice.unit),
        days=goal.days_per_week,
    )


def _with_note(value: str | None, note: str) -> str:
    text = " ".join(part for part in (value, f"“{note}”" if note else None) if part)
    return text or _("an empty entry")
