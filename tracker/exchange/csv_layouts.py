"""The two layouts of a diary as CSV, read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.clock import utc_seconds
from tracker.exchange.csv_cells import ENTRY_COLUMNS, RAW
from tracker.exchange.csv_days import CALM_NOTE, NOTE
from tracker.exchange.csv_file import Row
from tracker.exchange.gathering import Gathering, amount_in, score_in
from tracker.trouble import WrongInput
from tracker.values import CALM, Entry, Evening, Stored
from tracker.words import say

_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def gather(columns: Sequence[str], rows: Iterable[Row], gathering: Gathering) -> None:
    """Gathers a file of either layout. Raises WrongInput naming the line."""
    plain = {column.removesuffix(RAW) for column in columns}
    if {"day", "kind", "practice", "amount"} <= plain:
        _left_out(plain - set(ENTRY_COLUMNS), gathering)
        read = _read_entry
    elif {"day", CALM} <= plain:
        practices = _practice_columns(columns)
        beside = {"day", "weekday", CALM, *practices}
        notes = {column + NOTE for column in (CALM, *practices)}
        _left_out(plain - beside - notes, gathering)
        read = _Days(practices).read
    else:
        raise WrongInput(say("csv.not_ours"))
    for row in rows:
        try:
            read(row, gathering)
        except WrongInput as error:
            raise WrongInput(say("csv.line", line=row.line, problem=error)) from error


def _left_out(columns: Iterable[str], gathering: Gathering) -> None:
    for column in sorted(columns):
        gathering.sayings.add("csv.left_out", column=column)


def _read_entry(row: Row, gathering: Gathering) -> None:
    day = gathering.day(row.cell("day"))
    note = gathering.note(row.line, row.text("note"))
    at = moment_in(row.cell("logged_at"))
    state = _state(row.cell("state"))
    kind = row.cell("kind")
    if kind == CALM:
        if state is not Stored.LOGGED:
            raise WrongInput(say("csv.calm_state"))
        score = score_in(row.cell("amount"))
        gathering.evening(row.line, Evening(day, score, note, at))
    elif kind == "practice":
        practice_id = gathering.practice(row.cell("practice"), row.text("name"), row.cell("unit"))
        amount = amount_in(row.cell("amount"))
        gathering.entry(row.line, Entry(day, practice_id, state, amount, note, at))
    else:
        raise WrongInput(say("csv.kind", text=kind))


def _state(text: str) -> Stored:
    if text not in ("", "logged", "rest"):
        raise WrongInput(say("csv.state", text=text))
    return Stored(text or "logged")


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

    practices: Sequence[str]

    def read(self, row: Row, gathering: Gathering) -> None:
        """Gathers one day."""
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
            gathering.entry(row.line, Entry(day, practice_id, state, amount, note, None))
