"""Beaver's JSON: an export, the storage on its server, or a bare list of habits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.formats.json_object import JsonObject
from tracker.i18n.messages import plural_key, say
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.row_collector import parse_day

_PERIODS = {"D": 1, "W": 7, "M": 30, "Y": 365}
_DAY_FIRST = re.compile("([0-9]{2})-([0-9]{2})-([0-9]{4})")
_SKIP = re.compile(r"#skip\b\s*", re.IGNORECASE)


def read_beaver(pieces: Iterable[tuple[str, int, Any]], into: HabitImporter) -> None:
    """Reads the pieces of a file. Raises WrongInput, not naming the line."""
    lost: set[str] = set()
    for part, line, value in pieces:
        if part in ("habits", ""):
            _habit(line, JsonObject(value), into, lost)
        elif part == "data":
            for one in JsonObject(value).listed("habits"):
                _habit(line, JsonObject(one), into, lost)
    into.no_place(*sorted(lost))


def _habit(line: int, cells: JsonObject, into: HabitImporter, lost: set[str]) -> None:
    name, status = cells.text("name"), cells.text("status")
    records = cells.listed("records")
    if status == "soft_delete":
        into.said(plural_key("other.deleted", len(records)), name=name, rows=len(records))
    to = into.habit(
        ForeignHabit(
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
        _mark(line, JsonObject(one), to, into)


def _weekly(name: str, cells: JsonObject, into: HabitImporter) -> int:
    if "period" not in cells:
        return 7
    period = JsonObject(cells.anything("period"))
    days = _PERIODS.get(period.text("period_type"), 1) * (period.whole("period_count") or 1)
    return into.weekly(name, period.whole("target_count") or 1, days)


def _mark(line: int, cells: JsonObject, to: HabitTarget, into: HabitImporter) -> None:
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
    return parse_day(f"{turned[3]}-{turned[2]}-{turned[1]}" if turned else text)
