"""Excel workbooks (.xlsx), converted to CSV: their first sheet with cells.

python-calamine is an optional dependency, imported only for a workbook. It stores a sheet as a full
rectangle, so that two cells in opposite corners would take all memory: MAX_CELLS is checked first.
Tried with workbooks of openpyxl 3.1 in November 2026.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, BinaryIO

from tracker.errors import InputError
from tracker.i18n.messages import _

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MAX_CELLS = 3_000_000
"""Cells of a sheet: 100 years of 80 habits."""

MAX_SIZE = 100_000_000
"""Bytes of the files in a workbook. Its XML is held in memory."""

_POSITION = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
"""The position of a row, `r="7"`, or of a cell, `r="B7"`."""

_ROW = re.compile(rb"<(?:[^<>\s/:]{1,99}:)?row[\s/>]")
_CELL = re.compile(rb"<(?:[^<>\s/:]{1,99}:)?c[\s/>]")

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""What reading a damaged, encrypted or unsupported zip raises."""


class SheetFile(io.BufferedRandom):
    """A sheet of a spreadsheet as CSV, whose records are numbered as the rows of the sheet: a note
    of several lines is in one row. A blank row is a blank line."""

    first_column = 0
    """The number of empty columns before the first one, which are left out."""


def write_csv(workbook: BinaryIO, target: SheetFile) -> tuple[str, ...]:
    """Writes a sheet as CSV in UTF-8; returns the names of the others with cells. Raises InputError
    for a workbook that is damaged or too large, and without the library."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        from tracker.extras import install_command

        raise InputError(
            _(
                "Excel files need one more package, so nothing was imported. Save the sheet as "
                '"CSV UTF-8", or install the package with: {command}'
            ).format(command=install_command("excel"))
        ) from error
    damaged = (CalamineError, *_DAMAGED)
    try:
        _check_size(workbook)
        workbook.seek(0)
        opened = CalamineWorkbook.from_filelike(workbook)
        sheets = [opened.get_sheet_by_name(name) for name in opened.sheet_names]
    except damaged as error:
        raise InputError(
            _(
                "The Excel file is damaged or protected by a password. Nothing was imported. "
                'Save the sheet as "CSV UTF-8", then try that.'
            )
        ) from error
    filled = [sheet for sheet in sheets if sheet.height]
    if filled:
        _write_rows(_rows(filled[0]), target)
        target.first_column = filled[0].start[1] if filled[0].start else 0
    return tuple(sheet.name for sheet in filled[1:])


def _check_size(workbook: BinaryIO) -> None:
    """Raises InputError for a workbook of more than MAX_SIZE bytes or a sheet of more than
    MAX_CELLS cells."""
    with zipfile.ZipFile(workbook) as archive:
        # A sheet may have any name.
        members = archive.infolist()
        is_too_large = sum(one.file_size for one in members) > MAX_SIZE
        if is_too_large or any(_cells(archive.read(one)) > MAX_CELLS for one in members):
            raise InputError(
                _(
                    "The Excel file is far larger than any table of days. Nothing was imported. "
                    'Save the sheet as "CSV UTF-8", then try that.'
                )
            )


def _cells(xml: bytes) -> int:
    """The cells of the rectangle from the first cell to the last one of a sheet.

    A cell or row without a position follows the one before it. Where only some positions are
    missing, the sheet can have up to four times as many cells as this counts.
    """
    positions = _POSITION.findall(xml)
    parts = _ROW.split(xml)
    cells = [len(_CELL.findall(part)) for part in parts]
    columns = max([*cells, *map(_column_number, {letters for letters, _ in positions})])
    rows = max([len(parts) - 1, *map(int, {row for _, row in positions})])
    return columns * rows


def _column_number(letters: bytes) -> int:
    """A column from 1: A is 1, AA is 27. Eight letters are beyond every sheet already."""
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _rows(sheet: CalamineSheet) -> Iterator[Sequence[str]]:
    """The rows from the first one of the sheet on; a blank row has no cells. The columns begin at
    the first one with a cell."""
    for row in sheet.iter_rows():
        cells = [_text(value) for value in row]
        yield cells if any(cells) else []


def _text(value: object) -> str:
    """The text of a cell: a date without a time as 2026-11-24, a whole number without a point."""
    if isinstance(value, datetime):
        is_day = value.time() == time.min
        return value.date().isoformat() if is_day else value.isoformat(" ", "seconds")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _write_rows(rows: Iterable[Sequence[str]], target: BinaryIO) -> None:
    text = io.TextIOWrapper(target, encoding="utf-8", newline="")
    csv.writer(text).writerows(rows)
    text.flush()
    text.detach()
