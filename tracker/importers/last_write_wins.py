"""Last write wins: which of two versions of a row a merge keeps.

A row's versions are ordered by their time of change and then by their canonical JSON: a
last-writer-wins register (Shapiro and others, "A comprehensive study of Convergent and
Commutative Replicated Data Types", 2011, 3.2.1). Taking the greater of two is commutative,
associative and idempotent, so that machines end equal in whatever order they are merged.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.i18n.date_format import format_day
from tracker.i18n.messages import N_, _
from tracker.i18n.units import unit_label
from tracker.importers.row_conflicts import Decision, IncomingRow
from tracker.models import Entry, EntryState, Evening, Practice
from tracker.store.row_mapping import (
    SHIPPED_AT,
    entry_from_json,
    evening_from_json,
    practice_from_json,
)
from tracker.store.versioned_rows import RowKind, VersionedRow

Where = tuple[str, str]
"""A row's kind (`practice`, `entry`, `evening` or `kept`), and its key."""

BEGUN_ON: Where = ("kept", "begun_on")
"""The day the diary was created: of two, the earlier one wins, whenever it was written."""

_NOT_SHOWN = frozenset({"welcomed", "gentle_shown_on", "jar", "patterns_mentioned_on"})
"""The keys under which the app remembers what it has shown already. No one has chosen their values,
so that no report names them."""

_SETTING_NAMES = {
    "day_turns_at": N_("A new day starts at"),
    "week_starts_on": N_("A week starts on"),
    "support": N_("Support messages"),
    "prompts": N_("Your own questions"),
    "coin_months": N_("Coin-flip month"),
}
"""The names of settings, as the screens have them."""


@dataclass(frozen=True, slots=True)
class Version:
    """A row's content and its time of change."""

    updated_at: str
    """UTC text of fixed width, so that its order is the order of time."""
    content: str
    """Canonical JSON."""


def winner(where: Where, one: Version, other: Version) -> Version:
    """The version of a row that a merge keeps."""
    if where == BEGUN_ON and one.content != other.content:
        return min(one, other, key=lambda version: version.content)
    return max(one, other, key=lambda version: (version.updated_at, version.content))


@dataclass(frozen=True, slots=True)
class LastWriteWins:
    """The policy for rows with a time of change: the later one wins, so that copies of a diary end
    equal in whatever order they are merged."""

    names: Mapping[str, str]
    """Practice names by id, for the report."""
    source: str
    """The name of the file or diary that the rows come from, for the report."""
    replaces: bool = False
    """Whether the diary has only what it was created with: then every row may replace one of the
    diary's."""

    def complete(self, row: IncomingRow, own: VersionedRow) -> IncomingRow:  # noqa: ARG002
        """The row as it is: a copy of a diary has every part of its rows."""
        return row

    def decide(self, kind: RowKind, row: IncomingRow, own: VersionedRow) -> Decision:
        """The row with the greater (time of change, canonical JSON) wins."""
        key, day = row.key
        theirs = Version(row.updated_at or "", kind.to_json(row.value))
        ours = Version(own.updated_at, kind.to_json(own.value))
        is_free = day is None or own.value.empty
        if self.replaces and is_free and theirs != ours:
            return Decision("added", saves=True)
        wins = winner((kind.name, key), ours, theirs) is theirs
        # Only rows without a day: an entry or evening with this time was imported without one.
        untouched = day is None and theirs.updated_at == ours.updated_at == SHIPPED_AT
        is_silent = (kind.name, key) == BEGUN_ON or (kind.name == "kept" and key in _NOT_SHOWN)
        if theirs.content == ours.content or untouched or is_silent:
            return Decision("unchanged", wins)
        winning, losing = (theirs, ours) if wins else (ours, theirs)
        values = {
            "what": _describe_key(kind.name, key, day, self.names),
            "source": self.source,
            "winner": _RowDescription(kind.name, winning.content),
            "loser": _RowDescription(kind.name, losing.content),
        }
        message = _(_MERGE_MESSAGES[wins, theirs.updated_at == ours.updated_at])
        if kind.name == "practice" and str(values["winner"]) == str(values["loser"]):
            is_order = row.value._replace(position=own.value.position) == own.value
            message = _((_ORDER_MESSAGES if is_order else _SETTINGS_MESSAGES)[wins])
        return Decision("changed" if wins else "lost", wins, message, values)


_MERGE_MESSAGES = {
    (True, False): N_(
        "{what}: {winner} from {source} is newer. It replaces {loser}, which stays in the undo log."
    ),
    (False, False): N_(
        "{what}: {winner} in your diary is newer and stays. {loser} from {source} is left out."
    ),
    (True, True): N_(
        "{what}: changed in both copies of the diary at the same moment. {winner} "
        "from {source} is used now. {loser} stays in the undo log."
    ),
    (False, True): N_(
        "{what}: changed in both copies of the diary at the same moment. {winner} "
        "from your diary stays. {loser} from {source} is left out."
    ),
}
"""Messages by whether the incoming row wins, and whether both changed at the same time."""


_ORDER_MESSAGES = {
    True: N_("The other copy's order of practices is newer, and is used now."),
    False: N_("The order of practices in your diary is newer and stays."),
}
"""Messages by whether the incoming row of a practice wins, where only its place differs. It's one
sentence for all of them: to move one practice changes the places of others."""

_SETTINGS_MESSAGES = {
    True: N_(
        "{what}: its letter, an earlier goal or another setting from {source} is newer, and is "
        "used now."
    ),
    False: N_(
        "{what}: its letter, an earlier goal or another setting in your diary is newer and stays."
    ),
}
"""The same where something else differs that the description doesn't have."""


@dataclass(frozen=True, slots=True)
class _RowDescription:
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
        value = json.loads(self.content)
        if not isinstance(value, list):
            return str(value)
        return ", ".join(map(_describe_item, value)) or "-"


def _describe_key(kind: str, key: str, day: date | None, names: Mapping[str, str]) -> str:
    """The subject of a row, with its day; `names` are practice names by id."""
    if kind == "kept":
        name = _SETTING_NAMES.get(key)
        return _('The setting "{key}"').format(key=key if name is None else _(name))
    name = _("Calm") if kind == "evening" else names.get(key, key)
    return name if day is None else f"{name}, {format_day(day, year=True)}"


def _describe_item(item: Any) -> str:
    """An item of a setting's list: a line, or a coin-flip month by its first day."""
    return str(item.get("first", "")) if isinstance(item, dict) else f'"{item}"'


def _describe_evening(evening: Evening) -> str:
    return _with_note(None if evening.calm is None else str(evening.calm), evening.note)


def _describe_entry(entry: Entry) -> str:
    amount = None if entry.amount is None else str(entry.amount)
    is_rest = entry.state is EntryState.REST
    return _with_note(_("a rest day") if is_rest else amount, entry.note)


def _describe_practice(practice: Practice) -> str:
    goal = practice.goals[-1]
    return _('{name} ("{question}", daily goal {amount}, unit {unit}, {days} of 7 days)').format(
        name=practice.name,
        question=practice.question,
        amount=goal.amount,
        unit=unit_label(practice.unit),
        days=goal.days_per_week,
    )


def _with_note(value: str | None, note: str) -> str:
    text = " ".join(part for part in (value, f'"{note}"' if note else None) if part)
    return text or _("an empty entry")
