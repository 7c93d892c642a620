"""The preview of an import: a sentence for each practice of a file, and one for its evenings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from tracker.i18n.date_format import format_date, format_range
from tracker.i18n.messages import _, format_number, ngettext
from tracker.i18n.units import format_amount
from tracker.importers.import_report import NumberedRow, ParsedFile, RowTuple
from tracker.models import EntryState, Practice
from tracker.sanitize import sanitize_line


def preview_lines(
    parsed: ParsedFile, practices: Mapping[str, Practice], own: Collection[str]
) -> tuple[str, ...]:
    """A sentence for each practice of a file, with the number of days, the first, the last, and
    their states, and one for the evenings. `practices` are those after the import, by id; `own` are
    the ids of the diary's practices before it."""
    rows_of: dict[str, list[RowTuple]] = defaultdict(list)
    for _line, row in parsed.entries:
        rows_of[row[1]].append(row)
    lines = [
        _practice_line(practices[one.id], rows_of[one.id], is_new=one.id not in own)
        for one in parsed.practices
    ]
    return (*lines, *_evening_line(parsed.evenings))


def _practice_line(practice: Practice, rows: Sequence[RowTuple], *, is_new: bool) -> str:
    name = sanitize_line(practice.name)
    origin = _("new") if is_new else _("already in your diary")
    if not rows:
        return _("{name} ({origin}): no days in the file.").format(name=name, origin=origin)
    message = ngettext(
        "{name} ({origin}): {days} day, {range}. {states}.",
        "{name} ({origin}): {days} days, {range}. {states}.",
        len(rows),
    )
    last, states = rows[-1][0], ", ".join(_states(practice, rows))
    if practice.unit.spec.is_counted:
        goal = format_amount(practice.unit, practice.goal_on(last).amount)
        states += " " + _("(goal: {goal})").format(goal=goal)
    return message.format(
        name=name,
        origin=origin,
        days=format_number(len(rows)),
        range=_range(rows[0][0], last),
        states=states,
    )


def _states(practice: Practice, rows: Sequence[RowTuple]) -> Iterator[str]:
    """The number of days in each state that occurs."""
    counts = Counter(_state(practice, row) for row in rows)
    if count := counts["done"]:
        yield _("{count} done").format(count=format_number(count))
    if count := counts["some"]:
        yield _("{count} partly done").format(count=format_number(count))
    if count := counts["no"]:
        yield _("{count} not done").format(count=format_number(count))
    if count := counts["rest"]:
        yield ngettext("{count} rest day", "{count} rest days", count).format(
            count=format_number(count)
        )
    if count := counts["note"]:
        yield _("{count} with only a note").format(count=format_number(count))


def _state(practice: Practice, row: RowTuple) -> str:
    day, _id, state, amount, *_rest = row
    if state == EntryState.REST:
        return "rest"
    if amount is None:
        return "note"
    if amount == 0:
        return "no"
    return "done" if amount >= practice.goal_on(day).amount else "some"


def _evening_line(evenings: Sequence[NumberedRow]) -> Iterator[str]:
    if not evenings:
        return
    message = ngettext(
        "Calm: {days} evening, {range}. {scores} with a score, {notes} with a note.",
        "Calm: {days} evenings, {range}. {scores} with a score, {notes} with a note.",
        len(evenings),
    )
    yield message.format(
        days=format_number(len(evenings)),
        range=_range(evenings[0][1][0], evenings[-1][1][0]),
        scores=format_number(sum(row[3] is not None for _line, row in evenings)),
        notes=format_number(sum(bool(row[4]) for _line, row in evenings)),
    )


def _range(first: date, last: date) -> str:
    return format_range(first, last, "–") if first != last else format_date(first, year=True)
