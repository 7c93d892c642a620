"""Beaver's JSON: an export, the storage on its server, or a bare list of habits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.exchange.collecting import Collector, Target
from tracker.exchange.gathering import day_in
from tracker.exchange.habits import Habit
from tracker.exchange.json_cells import Cells
from tracker.words import for_count, say

_PERIODS = {"D": 1, "W": 7, "M": 30, "Y": 365}
_DAY_FIRST = re.compile("([0-9]{2})-([0-9]{2})-([0-9]{4})")
_SKIP = re.compile(r"#skip\b\s*", re.IGNORECASE)


def read_beaver(pieces: Iterable[tuple[str, int, Any]], into: Collector) -> None:
    """Reads the pieces of a file. Raises WrongInput, not naming the line."""
    lost: set[str] = set()
    for part, line, value in pieces:
        if part in ("habits", ""):
            _habit(line, Cells(value), into, lost)
        elif part == "data":
            for one in Cells(value).listed("habits"):
                _habit(line, Cells(one), into, lost)
    into.no_place(*sorted(lost))


def _habit(line: int, cells: Cells, into: Collector, lost: set[str]) -> None:
    name, status = cells.text("name"), cells.text("status")
    records = cells.listed("records")
    if status == "soft_delete":
        into.said(for_count("other.deleted", len(records)), name=name, rows=len(records))
    to = into.habit(
        Habit(
            name,
            days_per_week=_weekly(name, cells, into),
            archived=status in ("archive", "soft_delete"),
        )
    )
    if cells.listed("tags"):
        lost.add(say("other.tags"))
    if "star" in cells and cells.flag("star"):
        lost.add(say("other.stars"))
    for one in records:
        _mark(line, Cells(one), to, into)


def _weekly(name: str, cells: Cells, into: Collector) -> int:
    if "period" not in cells:
        return 7
    period = Cells(cells.anything("period"))
    days = _PERIODS.get(period.text("period_type"), 1) * (period.whole("period_count") or 1)
    return into.weekly(name, period.whole("target_count") or 1, days)


def _mark(line: int, cells: Cells, to: Target, into: Collector) -> None:
    day, note = _day(cells.text("day")), cells.text("text")
    if cells.flag("done"):
        into.yes(line, to, day, note)
    elif _SKIP.match(note):
        into.said("other.skip_tag", name=to.habit.name, day=day.isoformat())
        into.rest(line, to, day, _SKIP.sub("", note, count=1))
    else:
        into.no(line, to, day, note)


def _day(text: str) -> date:
    turned = _DAY_FIRST.fullmatch(text)
    return day_in(f"{turned[3]}-{turned[2]}-{turned[1]}" if turned else text)
