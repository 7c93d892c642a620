"""Habo's backup: JSON, a habit's days in a map from midday to what was tapped."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tracker.errors import InputError
from tracker.formats.json_object import JsonObject, decimal_from, decimal_of
from tracker.i18n.messages import say
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.row_collector import parse_day

COUNTED = 1


def read_habo(pieces: Iterable[tuple[str, int, Any]], into: HabitImporter) -> None:
    """Reads the pieces of a file. Raises WrongInput, not naming the line."""
    categories = False
    for part, line, value in pieces:
        if part == "habits":
            _habit(line, JsonObject(value), into)
        categories = categories or part == "categories"
    into.no_place(say("other.reminders"), *[say("other.groups")] * categories)


def _habit(line: int, cells: JsonObject, into: HabitImporter) -> None:
    is_counted = cells.whole("habitType") == COUNTED
    name = cells.text("title")
    lost = [cells.text(field) for field in ("routine", "reward", "sanction", "accountant")]
    for text in filter(None, lost):
        into.said("other.description", name=name, text=text[:60])
    to = into.habit(
        ForeignHabit(
            name,
            question=cells.text("cue"),
            is_counted=is_counted,
            unit_word=cells.text("unit"),
            target=decimal_of(cells, "targetValue") if is_counted else Decimal(0),
            archived=bool(cells.whole("archived")) or "deleted_at" in cells,
        )
    )
    events = JsonObject(cells.anything("events") or {})
    for day in sorted(events.names()):
        _mark(line, day, events.listed(day), to, into)


def _mark(line: int, text: str, event: list[Any], to: HabitTarget, into: HabitImporter) -> None:
    # Always the middle of the day, in UTC: the date is the one that was meant.
    day = parse_day(text[:10])
    kind, note = (*event, "", "")[:2]
    if not isinstance(kind, str) or not isinstance(note, str):
        raise InputError(say("json.no_text", field=text[:40]))
    what = kind.removeprefix("DayType.")
    if what == "check":
        into.yes(line, to, day, note)
    elif what == "fail":
        into.no(line, to, day, note)
    elif what == "skip":
        into.rest(line, to, day, note)
    elif what == "clear":
        into.unknown(line, to, day, note)
    elif what == "progress":
        into.number(line, to, day, decimal_from(event[2] if len(event) > 2 else 0, text), note)
    else:
        raise InputError(say("other.value", text=kind[:40]))
