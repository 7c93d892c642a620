"""Rows of a diary and of a file in words, for the report of an import or a merge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.diary.day_view import checked_in
from tracker.i18n.date_format import format_range
from tracker.i18n.messages import _
from tracker.i18n.setting_words import SETTING_NAMES, none_word, setting_words
from tracker.i18n.units import format_amount
from tracker.models import COIN_MONTHS, Entry, EntryState, Evening, Practice
from tracker.sanitize import sanitize_line


def setting_name(key: str) -> str:
    """The name of a row of the `kept` table: 'The setting "A week starts on"'."""
    name = SETTING_NAMES.get(key)
    return _('The setting "{key}"').format(key=key if name is None else _(name))


@dataclass(frozen=True, slots=True)
class RowDescription:
    """An entry or an evening beside the other version of it. It's formatted on demand, as most rows
    of a report are only counted."""

    row: Any
    """An Entry or an Evening."""
    other: Any
    """The other version; a note that both have is left out."""
    practice: Practice | None = None
    """The practice of an entry, in whose unit its amount is."""
    hides_score: bool = False
    """Whether an evening is described without its score."""

    def __str__(self) -> str:
        """The text: `2 times "with Anna"`."""
        row = self.row
        bare = row._replace(note="")
        if row.note == self.other.note and not bare.empty and not self.other.empty:
            row = bare
        if isinstance(row, Evening):
            value = _score(row, self.other, hides_score=self.hides_score)
        else:
            value = _amount(row, self.practice)
        note = f'"{sanitize_line(row.note, 60)}"' if row.note else ""
        if note and not value and not self.other._replace(note="").empty:
            message = _("no score (note: {note})")
            if isinstance(row, Entry):
                message = _("nothing logged (note: {note})")
            # Translators: {note} is in quotation marks.
            return message.format(note=note)
        return " ".join(part for part in (value, note) if part) or _("an empty entry")


def _score(evening: Evening, other: Evening, *, hides_score: bool) -> str:
    """An evening's score; that it was rated late is said only where the other version wasn't."""
    if evening.calm is None:
        return ""
    score = _("a score") if hides_score else str(evening.calm)
    if checked_in(evening) or not checked_in(other):
        return score
    return _("{score} (rated late)").format(score=score)


def _amount(entry: Entry, practice: Practice | None) -> str:
    if entry.state is EntryState.REST:
        return _("a rest day")
    if entry.amount is None:
        return ""
    if entry.amount == 0:
        return _("no")
    # A yes/no practice that was counted once has days with more than 1.
    if practice is None or (entry.amount > 1 and not practice.unit.spec.is_counted):
        return str(entry.amount)
    return format_amount(practice.unit, entry.amount)


def setting_changes(key: str, now: Any, before: Any, names: Mapping[str, str]) -> str:
    """What differs in a row of the `kept` table, in a sentence; `names` are those of practices, by
    id."""
    return _("{now} instead of {before}.").format(
        now=_setting(key, now, names), before=_setting(key, before, names)
    )


def _setting(key: str, value: Any, names: Mapping[str, str]) -> str:
    if key == COIN_MONTHS and isinstance(value, list):
        return ", ".join(_coin_month(month, names) for month in value) or none_word()
    return setting_words(key, value)


def _coin_month(month: Mapping[str, Any], names: Mapping[str, str]) -> str:
    first, last = (date.fromisoformat(month[part]) for part in ("first", "last"))
    practice_id = month["practice_id"]
    return f"{names.get(practice_id, practice_id)} ({format_range(first, last, '–')})"
