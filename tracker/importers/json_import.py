"""JSON read into the diary: the whole file, or nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TextIO

from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.formats.json_mapping import (
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
from tracker.formats.json_object import JsonObject
from tracker.formats.json_stream import JsonStream
from tracker.i18n.messages import format_number, say
from tracker.importers.import_report import Report
from tracker.importers.merge import DiaryCopy, Step, merge_copy
from tracker.importers.report_messages import ReportMessages
from tracker.models import Entry, Evening, Practice

MOST_PRACTICES = 10_000


@dataclass(slots=True)
class _Head:
    """What a file says before any of its days."""

    practices: list[tuple[Practice, str]] = field(default_factory=list)
    kept: list[tuple[str, Any, str]] = field(default_factory=list)
    entries: list[tuple[Entry, str]] = field(default_factory=list)
    evenings: list[tuple[Evening, str]] = field(default_factory=list)


def import_json(diary: Diary, file: TextIO, subject: str, *, dry_run: bool = False) -> Report:
    """Joins a file to the diary as one step named after `subject`.

    Into a diary that holds nothing it is taken as it is; otherwise the row changed last stays.
    With `dry_run` it says the same and writes nothing. Raises WrongInput, with the line, for
    what can't be read; the diary is then as it was.
    """
    sayings = ReportMessages()
    copy = copy_in(file, diary.today(), sayings)
    step = Step("import", subject)
    return merge_copy(diary, copy, step, sayings, may_replace=True, dry_run=dry_run)


def copy_in(file: TextIO, today: date, sayings: ReportMessages) -> DiaryCopy:
    """The copy of a diary in a file, checked to its end; its days are then read anew.

    Raises WrongInput, with the line, for what can't be read.
    """
    head = _read_head(file, today, sayings)
    return DiaryCopy(head.practices, head.kept, head.entries, head.evenings)


def _read_head(file: TextIO, today: date, sayings: ReportMessages) -> _Head:
    """Checks a whole file, and keeps what it says beside its days."""
    head = _Head()
    spoken_of: set[str] = set()
    for part, line, value in _pieces(file):
        with _at_line(line):
            if part == "calmtrack":
                _known_format(value)
            elif part == "practices":
                head.practices.append(practice_in(_cells(value, PRACTICE, sayings)))
            elif part == "kept":
                head.kept.append(kept_in(_cells(value, KEPT, sayings)))
            elif part == "entries":
                cells = _cells(value, ENTRY, sayings)
                head.entries.append(entry_in(cells, line, today, sayings))
                spoken_of.add(head.entries[-1][0].practice_id)
            elif part == "evenings":
                head.evenings.append(
                    evening_in(_cells(value, EVENING, sayings), line, today, sayings)
                )
            else:
                sayings.add("json.left_out", line=line, name=part)
            if len(head.practices) + len(head.kept) + len(spoken_of) > MOST_PRACTICES:
                raise InputError(say("json.too_many", most=format_number(MOST_PRACTICES)))
    known = {practice.id for practice, _ in head.practices}
    if missing := sorted(spoken_of - known):
        raise InputError(say("json.no_practice", names=", ".join(missing[:5])))
    if len(known) < len(head.practices):
        raise InputError(say("json.practice_twice"))
    return head


def _pieces(file: TextIO) -> Iterator[tuple[str, int, Any]]:
    reading = JsonStream(file)
    for part, value in reading.pieces():
        yield part, reading.line, value


def _cells(value: Any, known: Set[str], sayings: ReportMessages) -> JsonObject:
    cells = JsonObject(value)
    for name in sorted(cells.names() - known):
        sayings.add("json.field_left_out", name=name)
    return cells


def _known_format(value: Any) -> None:
    if value != FORMAT:
        raise InputError(say("json.newer_format"))


@contextmanager
def _at_line(line: int) -> Iterator[None]:
    """Names the line in whatever is refused."""
    try:
        yield
    except InputError as error:
        raise InputError(say("csv.line", line=line, problem=error)) from error
