"""dijo's JSON: a list of habits, each with a map from days to counts or to true and false."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tracker.errors import InputError
from tracker.formats.json_object import JsonObject, decimal_from
from tracker.i18n.messages import say
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.habit_importer import HabitImporter
from tracker.importers.row_collector import parse_day


def read_dijo(pieces: Iterable[tuple[str, int, Any]], into: HabitImporter) -> None:
    """Reads the pieces of a file. Raises WrongInput, not naming the line."""
    for _, line, value in pieces:
        cells = JsonObject(value)
        is_counted = cells.text("type") != "Bit"
        goal = decimal_from(cells.anything("goal") or 0, "goal") if is_counted else Decimal(0)
        to = into.habit(ForeignHabit(cells.text("name"), is_counted=is_counted, target=goal))
        stats = JsonObject(cells.anything("stats") or {})
        for text in sorted(stats.names()):
            day, found = parse_day(text), stats.anything(text)
            if is_counted:
                into.number(line, to, day, decimal_from(found, text))
            elif found is True:
                into.yes(line, to, day)
            elif found is False:
                into.no(line, to, day)
            else:
                raise InputError(say("other.value", text=f"{found}"[:40]))
