"""The two layouts of a diary as CSV, read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import itemgetter

from tracker.clock import utc_seconds
from tracker.exchange.csv_cells import ENTRY_COLUMNS, RAW, unguarded
from tracker.exchange.csv_days import CALM_NOTE, NOTE
from tracker.exchange.csv_file import Row
from tracker.exchange.gathering import Gathering, amount_in, score_in
from tracker.trouble import WrongInput
from tracker.values import CALM, Evening, Stored
from tracker.words import say

_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def gather(
    columns: Sequence[str], rows: Iterable[tuple[int, list[str]]], gathering: Gathering
) -> None:
    """Gathers a file of either layout, each row with its line. Raises WrongInput naming it."""
    plain = {column.removesuffix(RAW) for column in columns}
    if {"day", "kind", "practice", "amount"} <= plain:
        _left_out(plain - set(ENTRY_COLUMNS), gathering)
        read = _Entries(columns, gathering).read
    elif {"day", CALM} <= plain:
        practices = _practice_columns(columns)
        beside = {"day", "weekday", CALM, *practices}
        notes = {column + NOTE for column in (CALM, *practices)}
        _left_out(plain - beside - notes, gathering)
        read = _Days(columns, practices, gathering).read
    else:
        raise WrongInput(say("csv.not_ours"))
    for line, cells in rows:
        try:
            read(line, cells)
        except WrongInput as error:
            raise WrongInput(say("csv.line", line=line, problem=error)) from error


def _left_out(columns: Iterable[str], gathering: Gathering) -> None:
    for column in sorted(columns):
        gathering.sayings.add("csv.left_out", column=column)


class _Entries:
    """The layout of one row for each entry. A file has many rows and few different cells, so
    what a cell means is found out once."""

    def __init__(self, columns: Sequence[str], gathering: Gathering) -> None:
        self._gathering = gathering
        self._pick = itemgetter(*(_place(columns, name) for name in ENTRY_COLUMNS))
        self._raw_name = "name" not in columns
        self._raw_note = "note" not in columns
        self._day = cache(lambda text: gathering.day(text.strip(" ")))
        self._amount = cache(lambda text: amount_in(text.strip(" ")))
        self._state = cache(lambda text: _state(text.strip(" ")))
        self._practice = cache(self._practice_in)

    def read(self, line: int, cells: list[str]) -> None:
        """Gathers one row."""
        cells.append("")  # what stands in a column that is not there
        day_cell, kind, practice, name, unit, number, state_cell, note, at_cell = self._pick(cells)
        day = self._day(day_cell)
        if note:
            note = self._gathering.note(line, note if self._raw_note else unguarded(note))
        at = moment_in(at_cell.strip(" "))
        state = self._state(state_cell)
        kind = kind.strip(" ")
        if kind == "practice":
            practice_id = self._practice(practice, name, unit)
            amount = self._amount(number)
            self._gathering.entry(line, day, practice_id, state, amount, note, at)
        elif kind == CALM:
            if state != Stored.LOGGED:
                raise WrongInput(say("csv.calm_state"))
            score = score_in(number.strip(" "))
            self._gathering.evening(line, Evening(day, score, note, at))
        else:
            raise WrongInput(say("csv.kind", text=kind))

    def _practice_in(self, practice: str, name: str, unit: str) -> str:
        called = name if self._raw_name else unguarded(name)
        return self._gathering.practice(practice.strip(" "), called, unit.strip(" "))


def _place(columns: Sequence[str], name: str) -> int:
    """Where a column stands; behind the last one where it does not."""
    for called in (name, name + RAW):
        if called in columns:
            return columns.index(called)
    return len(columns)


def _state(text: str) -> str:
    if text not in ("", "logged", "rest"):
        raise WrongInput(say("csv.state", text=text))
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
    raise WrongInput(say("csv.not_a_moment", text=text))


def _practice_columns(columns: Sequence[str]) -> list[str]:
    beside = ("", "day", "weekday", CALM)
    plain = (c for c in columns if c not in beside and not c.endswith(RAW))
    return [column for column in plain if not column.endswith(NOTE)]


@dataclass(frozen=True, slots=True)
class _Days:
    """The layout of one row for each day, with the columns that are practices."""

    columns: Sequence[str]
    practices: Sequence[str]
    gathering: Gathering

    def read(self, line: int, cells: list[str]) -> None:
        """Gathers one day."""
        row, gathering = Row(line, dict(zip(self.columns, cells, strict=True))), self.gathering
        day = gathering.day(row.cell("day"))
        calm = score_in(row.cell(CALM))
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
            state = Stored.REST if cell == Stored.REST else Stored.LOGGED
            amount = None if state is Stored.REST else amount_in(cell)
            gathering.entry(line, day, practice_id, state.value, amount, note, None)
