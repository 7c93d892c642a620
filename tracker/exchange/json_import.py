"""JSON read into the diary: the whole file, or nothing of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TextIO

from tracker.diary.diary import Diary
from tracker.exchange.incoming import Report
from tracker.exchange.intake import maybe_reading
from tracker.exchange.joining import Joining
from tracker.exchange.json_cells import Cells
from tracker.exchange.json_rows import (
    ENTRY,
    EVENING,
    FORMAT,
    KEPT,
    PRACTICE,
    entry_in,
    evening_in,
    kept_in,
    practice_in,
)
from tracker.exchange.json_stream import JsonPieces
from tracker.exchange.new_practices import is_blank
from tracker.exchange.sayings import Sayings
from tracker.store import timed
from tracker.store.reader import Reader
from tracker.store.writer import Writer
from tracker.trouble import WrongInput
from tracker.values import Entry, Evening, Practice
from tracker.words import say

AT_ONCE = 500
"""Rows joined at a time."""

MOST_PRACTICES = 10_000


@dataclass(slots=True)
class _Head:
    """What a file says before any of its days."""

    practices: list[tuple[int, Practice, str]] = field(default_factory=list)
    kept: list[tuple[int, str, Any, str]] = field(default_factory=list)
    days: int = 0
    """How many rows there are beside these."""


def import_json(diary: Diary, file: TextIO, subject: str, *, dry_run: bool = False) -> Report:
    """Joins a file to the diary as one step named after `subject`.

    Into a diary that holds nothing it is taken as it is; otherwise the row changed last stays.
    With `dry_run` it says the same and writes nothing. `file` is read twice. Raises WrongInput,
    with the line, for what can't be read; the diary is then as it was.
    """
    today = diary.today()
    sayings = Sayings()
    head = _read_head(file, today, sayings)
    if dry_run or not (head.practices or head.kept or head.days):
        return _foreseen(diary, head, file, sayings)
    is_new = diary.begun_on() is None
    what = f"import {subject}"
    made: list[Report] = []

    def act(writer: Writer) -> None:
        joining = _joining(head, writer, writer, sayings, what=what, is_new=is_new)
        _join(joining, head, file, today)
        made.append(joining.end())

    diary.change("import", subject, act)
    return made[0]


def _foreseen(diary: Diary, head: _Head, file: TextIO, sayings: Sayings) -> Report:
    with maybe_reading(diary) as reader:
        unbegun = () if reader is not None else diary.practices()
        is_new = diary.begun_on() is None
        joining = _joining(head, reader, None, sayings, unbegun=unbegun, is_new=is_new)
        _join(joining, head, file, diary.today())
        return joining.end()


def _joining(
    head: _Head,
    reader: Reader | None,
    writer: Writer | None,
    sayings: Sayings,
    *,
    what: str = "",
    unbegun: Sequence[Practice] = (),
    is_new: bool,
) -> Joining:
    own = unbegun if reader is None else reader.practices()
    replaces = bool(head.practices) and is_blank(own, reader)
    if replaces and writer is not None:
        there = {practice.id for _, practice, _ in head.practices}
        # A diary that has no first day would begin once more.
        keys = {key for _, key, _, _ in head.kept} | {"begun_on"}
        timed.take_away(
            writer,
            [practice.id for practice in writer.practices() if practice.id not in there],
            [key for key in writer.kept() if key not in keys],
        )
    return Joining(
        reader, writer, sayings, what=what, unbegun=unbegun, is_new=is_new, replaces=replaces
    )


def _join(joining: Joining, head: _Head, file: TextIO, today: date) -> None:
    joining.practices(head.practices)
    joining.kept(head.kept)
    for part, rows in itertools.groupby(_days(file, today, Sayings()), key=lambda one: one[0]):
        for some in _some(rows):
            if part == "entries":
                joining.entries(some)
            else:
                joining.evenings(some)


def _some(rows: Iterator[Any]) -> Iterator[list[Any]]:
    """Rows in handfuls, without the name of their part."""
    while handful := [row[1:] for row in itertools.islice(rows, AT_ONCE)]:
        yield handful


def _read_head(file: TextIO, today: date, sayings: Sayings) -> _Head:
    """Checks a whole file, and keeps what it says beside its days."""
    head = _Head()
    spoken_of: set[str] = set()
    for part, line, value in _pieces(file):
        with _at_line(line):
            if part == "calmtrack":
                _known_format(value)
            elif part == "practices":
                head.practices.append((line, *practice_in(_cells(value, PRACTICE, sayings))))
            elif part == "kept":
                head.kept.append((line, *kept_in(_cells(value, KEPT, sayings))))
            elif part == "entries":
                cells = _cells(value, ENTRY, sayings)
                spoken_of.add(entry_in(cells, line, today, sayings)[0].practice_id)
                head.days += 1
            elif part == "evenings":
                evening_in(_cells(value, EVENING, sayings), line, today, sayings)
                head.days += 1
            else:
                sayings.add("json.left_out", line=line, name=part)
            if len(head.practices) + len(head.kept) + len(spoken_of) > MOST_PRACTICES:
                raise WrongInput(say("json.too_many", most=f"{MOST_PRACTICES:,}"))
    known = {practice.id for _, practice, _ in head.practices}
    if missing := sorted(spoken_of - known):
        raise WrongInput(say("json.no_practice", names=", ".join(missing[:5])))
    if len(known) < len(head.practices):
        raise WrongInput(say("json.practice_twice"))
    return head


def _days(
    file: TextIO, today: date, sayings: Sayings
) -> Iterator[tuple[str, int, Entry | Evening, str]]:
    """The entries and evenings of a file that was checked."""
    file.seek(0)
    for part, line, value in _pieces(file):
        if part == "entries":
            yield part, line, *entry_in(Cells(value), line, today, sayings)
        elif part == "evenings":
            yield part, line, *evening_in(Cells(value), line, today, sayings)


def _pieces(file: TextIO) -> Iterator[tuple[str, int, Any]]:
    reading = JsonPieces(file)
    for part, value in reading.pieces():
        yield part, reading.line, value


def _cells(value: Any, known: Set[str], sayings: Sayings) -> Cells:
    cells = Cells(value)
    for name in sorted(cells.names() - known):
        sayings.add("json.field_left_out", name=name)
    return cells


def _known_format(value: Any) -> None:
    if value != FORMAT:
        raise WrongInput(say("json.newer_format"))


@contextmanager
def _at_line(line: int) -> Iterator[None]:
    """Names the line in whatever is refused."""
    try:
        yield
    except WrongInput as error:
        raise WrongInput(say("csv.line", line=line, problem=error)) from error
