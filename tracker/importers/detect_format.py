"""What wrote a file, told by what stands in it and not by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO, Literal, TextIO

from tracker.formats.input_file import as_text
from tracker.formats.json_stream import JsonStream
from tracker.formats.numbered_lines import numbered
from tracker.importers import habitctl, harsh

Source = Literal[
    "calmtrack",
    "loop",
    "daylio",
    "harsh",
    "habitctl",
    "beaver",
    "table-habit",
    "habo",
    "dijo",
    "habitkit",
    "streaks",
]

ZIP, SQLITE = b"PK\x03\x04", b"SQLite format 3\0"

LOOKED_AT = 50
"""Lines that are looked at, and elements of a list."""

LONGEST_LINE = 10_000
"""Characters of a line that are looked at."""

_OF_JSON: dict[str, Source] = {
    **dict.fromkeys(("calmtrack", "practices", "entries", "evenings", "kept"), "calmtrack"),
    **dict.fromkeys(("completions", "intervals"), "habitkit"),
    **dict.fromkeys(("metadata", "events", "categories", "habit_categories"), "habo"),
    **dict.fromkeys(("user_email", "exported_at", "data"), "beaver"),
    "groups": "table-habit",
}
"""Names at the top of a JSON file that only one of them has."""

_OF_HABITS: tuple[tuple[str, Source], ...] = (
    *(("stats", "dijo"), ("freq_type", "table-habit"), ("create_t", "table-habit")),
    *(("events", "habo"), ("records", "beaver"), ("orderIndex", "habitkit")),
)
"""Fields of a habit, those first that tell more."""

_OF_COLUMNS: tuple[tuple[frozenset[str], Source], ...] = (
    (frozenset({"mood", "activities"}), "daylio"),
    (frozenset({"task_id", "entry_type"}), "streaks"),
    (frozenset({"Position", "Name", "Question"}), "loop"),
    (frozenset({"day", "kind"}), "calmtrack"),
    (frozenset({"day", "calm"}), "calmtrack"),
)

_LINES: tuple[tuple[re.Pattern[str], Source], ...] = (
    (habitctl.LOG, "habitctl"),
    (harsh.LOG, "harsh"),
    (habitctl.HABIT, "habitctl"),
    (harsh.HABIT, "harsh"),
)


def is_json(file: BinaryIO) -> bool:
    """Whether a file is meant as JSON."""
    return _beginning(file)[:1] in (b"{", b"[")


def is_log(file: BinaryIO) -> bool:
    """Whether a file of plain lines is the log, and not the list of habits."""
    with as_text(file) as text:
        found = [line for _, line in islice(numbered(text), LOOKED_AT)]
    return any(log.fullmatch(line) for log in (habitctl.LOG, harsh.LOG) for line in found)


def detect_source(file: BinaryIO) -> Source | None:
    """What wrote a file; None where nothing known did. May raise UnicodeDecodeError, and
    WrongInput for JSON that ends before anything could be told."""
    beginning = _beginning(file)
    if beginning.startswith((ZIP, SQLITE)):
        return "loop"
    with as_text(file) as text:
        if beginning[:1] in (b"{", b"["):
            return _of_json(JsonStream(text).pieces())
        return _of_text(text)


def names_in(source: Source, file: BinaryIO) -> tuple[tuple[str, ...], bool]:
    """The names that tell a JSON or CSV file of a source, and whether a file has them:
    all of the columns, or any of the names, which stand at its top or in a habit."""
    if not is_json(file):
        known = next((sorted(names) for names, one in _OF_COLUMNS if one == source), [])
        with as_text(file) as text:
            return tuple(known), set(known) <= _columns(text.readline(LONGEST_LINE))
    both = (*_OF_JSON.items(), *_OF_HABITS)
    known = list(dict.fromkeys(name for name, one in both if one == source))
    with as_text(file) as text:
        found = islice(JsonStream(text).pieces(), LOOKED_AT)
        return tuple(known), any(_says(part, value, known) for part, value in found)


def _says(part: str, value: object, known: list[str]) -> bool:
    of_habit = set(value) if isinstance(value, dict) and part in ("habits", "") else set()
    return part in known or not of_habit.isdisjoint(known)


def _beginning(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(1 << 12).removeprefix(b"\xef\xbb\xbf").lstrip()


def _of_json(pieces: Iterator[tuple[str, Any]]) -> Source | None:
    for name, value in islice(pieces, LOOKED_AT):
        if name in _OF_JSON:
            return _OF_JSON[name]
        if name in ("habits", "") and isinstance(value, dict):
            for field, source in _OF_HABITS:
                if field in value:
                    return source
    return None


def _of_text(text: TextIO) -> Source | None:
    found = [text.readline(LONGEST_LINE) for _ in range(LOOKED_AT)]
    columns = _columns(found[0])
    for known, source in _OF_COLUMNS:
        if known <= columns:
            return source
    told = [text for _, text in numbered(found) if not text.startswith("!")]
    for pattern, source in _LINES:
        if told and sum(map(bool, map(pattern.fullmatch, told))) * 2 > len(told):
            return source
    return None


def _columns(header: str) -> set[str]:
    parted = header.replace(";", ",").replace("\t", ",").split(",")
    return {name.strip(' "\r\n').removesuffix(" (raw)") for name in parted}
