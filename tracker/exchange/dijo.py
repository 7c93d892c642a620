"""dijo's JSON: a list of habits, each with a map from days to counts or to true and false."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tracker.exchange.collecting import Collector
from tracker.exchange.gathering import day_in
from tracker.exchange.habits import Habit
from tracker.exchange.json_cells import Cells, decimal_from
from tracker.trouble import WrongInput
from tracker.words import say


def read_dijo(pieces: Iterable[tuple[str, int, Any]], into: Collector) -> None:
    """Reads the pieces of a file. Raises WrongInput, not naming the line."""
    for _, line, value in pieces:
        cells = Cells(value)
        is_counted = cells.text("type") != "Bit"
        goal = decimal_from(cells.anything("goal") or 0, "goal") if is_counted else Decimal(0)
        to = into.habit(Habit(cells.text("name"), is_counted=is_counted, target=goal))
        stats = Cells(cells.anything("stats") or {})
        for text in sorted(stats.names()):
            day, found = day_in(text), stats.anything(text)
            if is_counted:
                into.number(line, to, day, decimal_from(found, text))
            elif found is True:
                into.yes(line, to, day)
            elif found is False:
                into.no(line, to, day)
            else:
                raise WrongInput(say("other.value", text=f"{found}"[:40]))
