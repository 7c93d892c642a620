"""A CSV file read row by row, whoever wrote it: its encoding, its delimiter, its lines."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from tracker.errors import InputError
from tracker.formats.csv_escape import DELIMITERS, RAW, unescape_formula
from tracker.formats.input_file import as_text
from tracker.formats.progress import track
from tracker.i18n.messages import plural_key, say

if TYPE_CHECKING:
    from _csv import Reader

LONGEST_HEADER = 1_000_000
"""Characters of a first line, above which a file is none of ours."""

# Of csv, and for the whole process: a note is longer than the 131,072 characters it starts with.
LONGEST_CELL = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row, by the names of its columns."""

    line: int
    """The line of the file it begins on; the header is line 1."""
    cells: dict[str, str]

    def cell(self, column: str) -> str:
        """What stands in a column, blanks around it left out; empty where there is none."""
        return self.cells.get(column, "").strip(" ")

    def text(self, column: str) -> str:
        """The text in a column as a person typed it; empty where there is none."""
        guarded = self.cells.get(column)
        return self.cells.get(column + RAW, "") if guarded is None else unescape_formula(guarded)


@contextmanager
def open_rows(
    file: BinaryIO, *, in_order: bool = False
) -> Iterator[tuple[list[str], Iterator[Row]]]:
    """The names of the columns, and the rows as they stream by; with `in_order` the columns are
    told apart by their place, whatever they are called.

    Raises WrongInput for what is no CSV in UTF-8, with the line.
    """
    with open_cells(file, in_order=in_order) as (columns, rows):
        yield columns, (Row(line, dict(zip(columns, cells, strict=True))) for line, cells in rows)


@contextmanager
def open_cells(
    file: BinaryIO, *, in_order: bool = False
) -> Iterator[tuple[list[str], Iterator[tuple[int, list[str]]]]]:
    """As open_rows, but each row as its line and its cells, as many as there are columns."""
    csv.field_size_limit(LONGEST_CELL)
    with as_text(file) as text:
        first = text.readline(LONGEST_HEADER)
        delimiter = _delimiter(first)
        reader = csv.reader(itertools.chain([first], text), delimiter=delimiter, strict=True)
        with _quoted(reader):
            columns = [name.strip() for name in next(reader, [])]
        if in_order:
            columns = [str(place) for place, _ in enumerate(columns)]
        if len(set(columns)) < len(columns):
            raise InputError(say("csv.columns_twice"))
        yield columns, track(_rows(reader, len(columns)))


def _delimiter(header: str) -> str:
    """What parts the header's cells: whichever makes the most of them."""
    return max(DELIMITERS, key=header.count)


def _rows(reader: Reader, columns: int) -> Iterator[tuple[int, list[str]]]:
    line = reader.line_num + 1
    with _quoted(reader):
        for cells in reader:
            if any(cells):
                if len(cells) != columns:
                    name = plural_key("csv.cells", len(cells))
                    raise InputError(say(name, line=line, cells=len(cells), columns=columns))
                yield line, cells
            line = reader.line_num + 1


@contextmanager
def _quoted(reader: Reader) -> Iterator[None]:
    """Quotes that don't fit become one sentence with their line."""
    try:
        yield
    except csv.Error as error:
        raise InputError(say("csv.quotes", line=reader.line_num)) from error
