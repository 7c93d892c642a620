"""The two layouts of a diary as CSV, read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import itemgetter

from tracker.clock import utc_seconds
from tracker.errors import InputError
from tracker.formats.csv_days_layout import CALM_NOTE, NOTE
from tracker.formats.csv_escape import ENTRY_COLUMNS, RAW, unescape_formula
from tracker.formats.csv_reader import Row
from tracker.i18n.messages import say
from tracker.importers.row_collector import RowCollector, parse_amount, parse_score
from tracker.models import CALM_ID, EntryState, Evening

_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def gather(
    columns: Sequence[str], rows: Iterable[tuple[int, list[str]]], gathering: RowCollector
) -> None:
    """Gathers a file of either layout, each row with its line. Raises WrongInput naming it."""
    plain = {column.removesuffix(RAW) for column in columns}
    if {"day", "kind", "practice", "amount"} <= plain:
        _left_out(plain - set(ENTRY_COLUMNS), gathering)
        read = _Entries(columns, gathering).read
    elif {"day", CALM_ID} <= plain:
        practices = _practice_columns(columns)
        beside = {"day", "weekday", CALM_ID, *practices}
        notes = {column + NOTE for column in (CALM_ID, *practices)}
        _left_out(plain - beside - notes, gathering)
        read = _Days(columns, practices, gathering).read
    else:
        raise InputError(say("csv.not_ours"))
    for line, cells in rows:
        try:
            read(line, cells)
        except InputError as error:
            raise InputError(say("csv.line", line=line, problem=error)) from error


def _left_out(columns: Iterable[str], gathering: RowCollector) -> None:
    for column in sorted(columns):
        gathering.sayings.add("csv.left_out", column=column)


class _Entries:
    """The layout of one row for each entry. A file has many rows and few different cells, so
    what a cell means is found out once."""

    def __init__(self, columns: Sequence[str], gathering: RowCollector) -> None:
        self._gathering = gathering
        self._pick = itemgetter(*(_place(columns, name) for name in ENTRY_COLUMNS))
        self._raw_name = "name" not in columns
        self._raw_note = "note" not in columns
        self._day = cache(lambda text: gathering.day(text.strip(" ")))
        self._amount = cache(lambda text: parse_amount(text.strip(" ")))
        self._state = cache(lambda text: _state(text.strip(" ")))
        self._practice = cache(self._practice_in)

    def read(self, line: int, cells: list[str]) -> None:
        """Gathers one row."""
        cells.append("")  # what stands in a column that is not there
        day_cell, kind, practice, name, unit, number, state_cell, note, at_cell = self._pick(cells)
        day = self._day(day_cell)
        if note:
            note = self._gathering.note(line, note if self._raw_note else unescape_formula(note))
        at = moment_in(at_cell.strip(" "))
        state = self._state(state_cell)
        kind = kind.strip(" ")
        if kind == "practice":
            practice_id = self._practice(practice, name, unit)
            amount = self._amount(number)
            self._gathering.entry(line, day, practice_id, state, amount, note, at)
        elif kind == CALM_ID:
            if state != EntryState.LOGGED:
                raise InputError(say("csv.calm_state"))
            score = parse_score(number.strip(" "))
            self._gathering.evening(line, Evening(day, score, note, at))
        else:
            raise InputError(say("csv.kind", text=kind))

    def _practice_in(self, practice: str, name: str, unit: str) -> str:
        called = name if self._raw_name else unescape_formula(name)
        return self._gathering.practice(practice.strip(" "), called, unit.strip(" "))


def _place(columns: Sequence[str], name: str) -> int:
    """Where a column stands; behind the last one where it does not."""
    for called in (name, name + RAW):
        if called in columns:
            return columns.index(called)
    return len(columns)


def _state(text: str) -> str:
    if text not in ("", "logged", "rest"):
        raise InputError(say("csv.state", text=text))
    return text or "logged"


def moment_in(text: str) -> str | None:
    """A moment in a cell as it is stored, UTC; None for an empty cell."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return text if _MOMENT.fullmatch(text) else utc_seconds(moment)
    except (ValueError, OverflowError):
        pass
    raise InputError(say("csv.not_a_moment", text=text))


def _practice_columns(columns: Sequence[str]) -> list[str]:
    beside = ("", "day", "weekday", CALM_ID)
    plain = (c for c in columns if c not in beside and not c.endswith(RAW))
    return [column for column in plain if not column.endswith(NOTE)]


@dataclass(frozen=True, slots=True)
class _Days:
    """The layout of one row for each day, with the columns that are practices."""

    columns: Sequence[str]
    practices: Sequence[str]
    gathering: RowCollector

    def read(self, line: int, cells: list[str]) -> None:
        """Gathers one day."""
        row, gathering = Row(line, dict(zip(self.columns, cells, strict=True))), self.gathering
        day = gathering.day(row.cell("day"))
        calm = parse_score(row.cell(CALM_ID))
        note = gathering.note(row.line, row.text(CALM_NOTE))
        gathering.evening(row.line, Evening(day, calm, note, None))
        is_told = calm is not None and day < gathering.today
        for column in self.practices:
            cell = row.cell(column)
            note = gathering.note(row.line, row.text(column + NOTE))
            if not cell and not note:
                continue
            practice_id = gathering.practice(column, "", "")
            if cell == "0" and not note and is_told:
                # On a rated evening that is over, a no is one whether it was said or not.
                gathering.mentions(practice_id, day)
                continue
            state = EntryState.REST if cell == EntryState.REST else EntryState.LOGGED
            amount = None if state is EntryState.REST else parse_amount(cell)
            gathering.entry(line, day, practice_id, state.value, amount, note, None)
