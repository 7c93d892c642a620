"""The CSV format: calmtrack's columns, formula escaping, and a streaming reader for any CSV."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from tracker.errors import InputError
from tracker.formats.cell_parsing import LineOfRow, SheetRow, line_position
from tracker.formats.input_file import as_text, is_preamble
from tracker.formats.progress import track
from tracker.formats.spreadsheet import SheetFile
from tracker.i18n.messages import _, ngettext

if TYPE_CHECKING:
    from _csv import Reader

ENTRY_COLUMNS = (
    *("day", "kind", "practice", "name", "unit", "amount", "state", "note", "logged_at"),
)
"""The columns of the entries layout, in their order."""

CALM_UNIT = "0-10"
"""The unit of a calm row."""

CALM_NOTE = "calm_note"
"""The column of the evening's note in the days layout."""

REST_DAYS = "rest_days"
"""The column after the practices in the days layout: the ids of those that rest, separated by
spaces. So a column of amounts has only numbers, which a spreadsheet can add up."""

RATED_LATE = "rated_late"
"""Its last column: when a late rating was given, YYYY-MM-DDTHH:MM:SSZ; blank for any other. Without
it the rating would come back as one of its evening, by which what isn't logged was not done."""

NOTE = "_note"
"""Suffix of a practice's note column in the days layout; practice ids have no underscores."""

DELIMITERS = ",;\t"
"""The delimiters that an import recognises in the header."""

RAW = " (raw)"
"""The suffix of the name of a column whose text is not escaped."""

LONGEST_HEADER = 1_000_000
"""Characters of the first line that are read to detect the delimiter."""

# csv.field_size_limit, which holds for the whole process: its default of 131,072 characters is
# shorter than a note of another tracker can be.
LONGEST_CELL = 2**31 - 1

_BEGINS_WITH_DAY = re.compile('"?[0-9]{4}-[0-9]{2}-[0-9]{2}')

# Text that a spreadsheet could run as a formula, and the same with an apostrophe before it.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n\0＝＋－＠]")


def escape_formula(text: str) -> str:
    """Prepends an apostrophe to text that a spreadsheet could run as a formula."""
    return "'" + text if _FORMULA.match(text) else text


def unescape_formula(text: str) -> str:
    """Reverses `escape_formula`."""
    return text[1:] if _GUARDED.match(text) else text


def as_typed(text: str) -> str:
    """Returns the text unchanged, for a column named with RAW."""
    return text


@dataclass(frozen=True, slots=True)
class Row:
    """One row, by the column names."""

    line: int
    """The line of the file on which it begins; the header is line 1."""
    cells: dict[str, str]

    def cell(self, column: str) -> str:
        """The cell of a column without surrounding spaces; empty for a missing column."""
        return self.cells.get(column, "").strip(" ")

    def text(self, column: str) -> str:
        """The text of a column, unescaped unless the column is raw; empty for a missing one."""
        escaped = self.cells.get(column)
        return self.cells.get(column + RAW, "") if escaped is None else unescape_formula(escaped)


@contextmanager
def open_rows(
    file: BinaryIO, *, without_header: Sequence[str] = ()
) -> Iterator[tuple[list[str], Iterator[Row]]]:
    """Yields the column names and an iterator over the rows. `without_header` names the columns of
    a file whose first line is no header, as it begins with a day; it may have fewer.

    Raises InputError for malformed CSV, with the line.
    """
    with open_cells(file, without_header=without_header) as (columns, rows):
        yield columns, (Row(line, dict(zip(columns, cells, strict=True))) for line, cells in rows)


@contextmanager
def open_cells(
    file: BinaryIO, *, without_header: Sequence[str] = ()
) -> Iterator[tuple[list[str], Iterator[tuple[int, list[str]]]]]:
    """Like `open_rows`, but a row is the number of its line and a list with a cell for each
    column. Columns without a name are left out, all but the first one."""
    with _open_all_cells(file, without_header) as (columns, rows):
        named = [index for index, name in enumerate(columns) if name or index == 0]
        if len(named) == len(columns):
            yield columns, track(rows)
        else:
            cells_of = ((line, [cells[index] for index in named]) for line, cells in rows)
            yield [columns[index] for index in named], track(cells_of)


def unnamed_columns(file: BinaryIO, *, has_first: bool = True) -> list[int]:
    """The positions of the columns with cells but without a name; the first column of a file is 1,
    and is among them only if `has_first`."""
    with _open_all_cells(file, ()) as (columns, rows):
        empty = {index for index, name in enumerate(columns) if not name and (index or has_first)}
        filled: set[int] = set()
        for _line, cells in rows if empty else ():
            filled |= {index for index in empty if cells[index].strip()}
            empty -= filled
    first = 1 + (file.first_column if isinstance(file, SheetFile) else 0)
    return sorted(first + index for index in filled)


@contextmanager
def _open_all_cells(
    file: BinaryIO, without_header: Sequence[str]
) -> Iterator[tuple[list[str], Iterator[tuple[int, list[str]]]]]:
    """Like `open_cells`, with the columns that have no name."""
    csv.field_size_limit(LONGEST_CELL)
    with as_text(file) as text:
        skipped, first = 0, text.readline(LONGEST_HEADER)
        while first and is_preamble(first):
            skipped, first = skipped + 1, text.readline(LONGEST_HEADER)
        delimiter = max(DELIMITERS, key=first.count)
        reader = csv.reader(itertools.chain([first], text), delimiter=delimiter, strict=True)
        with _quote_errors(reader, skipped):
            columns = [_column_name(cell) for cell in next(reader, [])]
        if without_header and _BEGINS_WITH_DAY.match(first):
            columns = list(without_header[: len(columns)])
            text.seek(0)
            rows = itertools.islice(text, skipped, None)
            reader = csv.reader(rows, delimiter=delimiter, strict=True)
        check_names(columns)
        if isinstance(file, SheetFile):
            # Its header is no day, so it was read as a header.
            numbered = enumerate(reader, start=skipped + 2)
            yield columns, ((SheetRow(row), cells) for row, cells in numbered if any(cells))
        else:
            yield columns, _rows(reader, len(columns), skipped)


def _column_name(cell: str) -> str:
    """The name in a cell of the header. LibreOffice takes a byte order mark before a quoted name
    for a part of it, and saves both, with the quotation marks."""
    name = cell.strip()
    return name[1:].strip('"').strip() if name.startswith("\ufeff") else name


def check_names(columns: Sequence[str]) -> None:
    """Raises InputError where two columns have the same name."""
    for name, count in Counter(filter(None, columns)).items():
        if count > 1:
            raise InputError(
                _(
                    'Two columns are called "{name}", so I can\'t tell them apart. '
                    "Nothing was imported. Rename one of the columns, then try again."
                ).format(name=name[:60])
            )


def width_error(line: int, cells: int, columns: int) -> InputError:
    message = ngettext(
        "{at} has {cells} cell, but the first line has {columns}. Nothing was imported. Correct "
        "it, then try again.",
        "{at} has {cells} cells, but the first line has {columns}. Nothing was imported. Correct "
        "it, then try again.",
        cells,
    )
    return InputError(message.format(at=line_position(line), cells=cells, columns=columns))


def _rows(reader: Reader, columns: int, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """The lines, counted with those `skipped` before the header, and cells of the rows."""
    line = skipped + reader.line_num + 1
    # The header, if it was read, is one row, also on several lines.
    first = skipped + (2 if reader.line_num else 1)
    with _quote_errors(reader, skipped):
        for row, cells in enumerate(reader, first):
            if any(cells):
                number = line if line == row else LineOfRow.of(line, row)
                if len(cells) != columns:
                    raise width_error(number, len(cells), columns)
                yield number, cells
            line = skipped + reader.line_num + 1


@contextmanager
def _quote_errors(reader: Reader, skipped: int) -> Iterator[None]:
    """Turns a csv.Error into an InputError with the line."""
    try:
        yield
    except csv.Error as error:
        raise InputError(
            _("Line {line}: the quotation marks don't match. Nothing was imported.").format(
                line=skipped + reader.line_num
            )
        ) from error
