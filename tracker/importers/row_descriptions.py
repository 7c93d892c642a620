"""Rows in words: the preview of an import, a sentence for each practice of a file and one for its
evenings; and the two versions of a row in the report of an import or a merge."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from tracker.diary.day_view import checked_in
from tracker.i18n.date_format import format_date, format_range
from tracker.i18n.messages import _, format_number, ngettext, quoted
from tracker.i18n.setting_words import SETTING_NAMES, none_word, setting_words
from tracker.i18n.units import format_amount
from tracker.importers.import_report import DiaryCopy
from tracker.models import COIN_MONTHS, Entry, EntryState, Evening, Practice
from tracker.sanitize import sanitize_beside, sanitize_line


def preview_lines(
    practices: Iterable[Practice],
    entries: Iterable[Entry],
    evenings: Sequence[Evening],
    own: Collection[str],
    about_new: Iterable[str] = (),
) -> tuple[str, ...]:
    """A sentence for each of a file's practices, with the number of days, the first, the last, and
    their states, from its `entries`, and one for the evenings. What is new comes first, with the
    messages `about_new` ones.

    `practices` are as they are after the import; `own` are the ids of the diary's practices before
    it. Entries and evenings are sorted by day.
    """
    rows_of: dict[str, list[Entry]] = defaultdict(list)
    for row in entries:
        rows_of[row.practice_id].append(row)
    new: list[str] = []
    known: list[str] = []
    for one in practices:
        is_new = one.id not in own
        (new if is_new else known).append(_practice_line(one, rows_of[one.id], is_new=is_new))
    return (*new, *about_new, *known, *_evening_line(evenings))


def copy_preview_lines(
    copy: DiaryCopy, merged: Mapping[str, Practice], own: Collection[str]
) -> tuple[str, ...]:
    """The sentences about a copy of a diary. Of its practices without a day, those that the diary
    has, too, aren't mentioned. `merged` are the diary's practices after the import, by id, and
    `own` the ids of those it had."""
    entries, evenings = (
        sorted((row.value for row in rows if not row.value.empty), key=attrgetter("day"))
        for rows in (copy.entries, copy.evenings)
    )
    with_days = {entry.practice_id for entry in entries}
    practices = sorted((row.value for row in copy.practices), key=attrgetter("position"))
    listed = [merged[one.id] for one in practices if one.id in with_days or one.id not in own]
    return preview_lines(listed, entries, evenings, own)


def _practice_line(practice: Practice, rows: Sequence[Entry], *, is_new: bool) -> str:
    name = sanitize_line(practice.name)
    origin = _("new") if is_new else _("already in your diary")
    if not rows:
        return _("{name} ({origin}): no days in the file.").format(name=name, origin=origin)
    message = ngettext(
        "{name} ({origin}): {days} day, {range}. {states}.",
        "{name} ({origin}): {days} days, {range}. {states}.",
        len(rows),
    )
    last, states = rows[-1].day, ", ".join(_states(practice, rows))
    if practice.unit.spec.is_counted:
        # Each day is judged by the goal of its time.
        amounts = dict.fromkeys(practice.goal_on(row.day).amount for row in rows)
        goals = ", ".join(format_amount(practice.unit, amount) for amount in amounts)
        states += " " + ngettext("(goal: {goals})", "(goals: {goals})", len(amounts)).format(
            goals=goals
        )
    return message.format(
        name=name,
        origin=origin,
        days=format_number(len(rows)),
        range=_range(rows[0].day, last),
        states=states,
    )


def _states(practice: Practice, rows: Sequence[Entry]) -> Iterator[str]:
    counts = Counter(_state(practice, row) for row in rows)
    messages = {
        "done": _("{count} done"),
        "some": _("{count} partly done"),
        "no": _("{count} not done"),
        "rest": ngettext("{count} rest day", "{count} rest days", counts["rest"]),
        "note": _("{count} with only a note"),
    }
    for state, message in messages.items():
        if count := counts[state]:
            yield message.format(count=format_number(count))


def _state(practice: Practice, row: Entry) -> str:
    if row.state is EntryState.REST:
        return "rest"
    if row.amount is None:
        return "note"
    if row.amount == 0:
        return "no"
    return "done" if row.amount >= practice.goal_on(row.day).amount else "some"


def _evening_line(evenings: Sequence[Evening]) -> Iterator[str]:
    if not evenings:
        return
    message = ngettext(
        "Calm: {days} evening, {range}. {scores} with a score, {notes} with a note.",
        "Calm: {days} evenings, {range}. {scores} with a score, {notes} with a note.",
        len(evenings),
    )
    yield message.format(
        days=format_number(len(evenings)),
        range=_range(evenings[0].day, evenings[-1].day),
        scores=format_number(sum(one.calm is not None for one in evenings)),
        notes=format_number(sum(bool(one.note) for one in evenings)),
    )


def _range(first: date, last: date) -> str:
    return format_range(first, last, "–") if first != last else format_date(first, year=True)


# The two versions of a row


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
        note = quoted(sanitize_beside(row.note, self.other.note, 60)) if row.note else ""
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
        now=_setting(key, now, before, names), before=_setting(key, before, now, names)
    )


def _setting(key: str, value: Any, other: Any, names: Mapping[str, str]) -> str:
    if key == COIN_MONTHS and isinstance(value, list):
        return ", ".join(_coin_month(month, names) for month in value) or none_word()
    return setting_words(key, value, other)


def _coin_month(month: Mapping[str, Any], names: Mapping[str, str]) -> str:
    first, last = (date.fromisoformat(month[part]) for part in ("first", "last"))
    practice_id = month["practice_id"]
    return f"{names.get(practice_id, practice_id)} ({format_range(first, last, '–')})"
