"""Parses the cells and fields of a file into the diary's values.

Every parser raises InputError without the position; `errors_at_line` adds it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Self

from tracker.clock import utc_seconds
from tracker.diary import practice_lookup, validation
from tracker.errors import InputError
from tracker.i18n.date_format import format_day
from tracker.i18n.messages import _, format_number
from tracker.models import MAX_NOTE_LENGTH, Unit
from tracker.rules.days import MONTHS

_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER = re.compile(r"(-?[0-9]{1,12})(?:\.0*|,0{1,2})?")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_TIME = re.compile(
    r"(?<![0-9:])([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:[.][0-9]+)?)?(?: ?([ap])[.]?m\b[.]?)?",
    re.IGNORECASE,
)
_INVALID = re.compile("[\0\ud800-\udfff]")


class SheetRow(int):
    """The number of a row of a spreadsheet, first row 1. Elsewhere a row has the number of the line
    on which it begins."""


class LineOfRow(int):
    """The number of a line on which a row begins that a spreadsheet gives another number, as one
    before it has several lines."""

    row: int
    """The spreadsheet's number, from 1."""

    @classmethod
    def of(cls, line: int, row: int) -> Self:
        """The number of a line with that of its row."""
        number = cls(line)
        number.row = row
        return number


def line_position(line: int, *, in_sentence: bool = False) -> str:
    """The position of a line in a text file, first line 1, with the row where that differs, or of a
    SheetRow; `in_sentence` is the form inside a sentence instead of at its beginning."""
    if isinstance(line, SheetRow):
        return (_("row {row}") if in_sentence else _("Row {row}")).format(row=line)
    if isinstance(line, LineOfRow):
        message = _("row {row} (line {line} of the file)")
        if not in_sentence:
            message = _("Row {row} (line {line} of the file)")
        return message.format(row=line.row, line=line)
    return (_("line {line}") if in_sentence else _("Line {line}")).format(line=line)


def line_error(line: int, problem: object) -> InputError:
    return position_error(line_position(line), problem)


def line_errors(problems: Sequence[tuple[int, InputError]]) -> InputError:
    """The error that a file can't be imported because of what is in several lines."""
    (line, problem), *others = problems
    more = (f"{line_position(number)}: {other}" for number, other in others)
    return line_error(line, " ".join((str(problem), *more)))


def position_error(position: str, problem: object) -> InputError:
    """The error that a file can't be imported because of what is at a position."""
    return InputError(
        _("{at}: {problem} Nothing was imported. Correct the file, or export it again.").format(
            at=position, problem=problem
        )
    )


def cell_error(problem: InputError, column: str, day: date) -> InputError:
    """The error with the column and the day of a cell: where a spreadsheet opens the CSV, a note of
    several lines makes the numbers of rows smaller than those of lines."""
    shown_day = format_day(day, year=True)
    return InputError(
        _('{problem} It\'s in the column "{column}", for {day}.').format(
            column=column[:40], day=shown_day, problem=problem
        )
    )


def date_error(text: str) -> InputError:
    """The error for a date of an unknown form, or one that the calendar doesn't have."""
    if has_date_form(text) and _date_or_none(text, "YMD") is None:
        return InputError(_('The date "{text}" doesn\'t exist.').format(text=text[:40]))
    return InputError(
        _('I don\'t recognise the date "{text}". Use one like 2026-11-24.').format(text=text[:40])
    )


def mark_error(text: str) -> InputError:
    return InputError(_('I don\'t recognise the mark "{text}".').format(text=text[:40]))


@contextmanager
def errors_at_line(line: int) -> Iterator[None]:
    """Adds the line to an InputError raised inside."""
    try:
        yield
    except InputError as error:
        raise line_error(line, error) from error


def replace_invalid(text: str) -> str:
    """The text with U+FFFD for each NUL and each lone surrogate, which no database stores."""
    if not _INVALID.search(text):
        return text
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\0", "\N{REPLACEMENT CHARACTER}")


@lru_cache(maxsize=1024)
def is_practice_id(text: str) -> bool:
    """Whether a text has the form of a practice's id."""
    return _SLUG.fullmatch(text) is not None and practice_lookup.slug(text, ()) == text


def parse_note(text: str, line: int, report: Callable[..., None]) -> str:
    """A note that can be stored: NFC, invalid characters replaced, cut to MAX_NOTE_LENGTH; ""
    for blanks alone.

    What was replaced or cut is reported with its line.
    """
    if not text.strip():
        return ""
    if text.isascii() and len(text) <= MAX_NOTE_LENGTH and "\0" not in text:
        return text
    valid = replace_invalid(text)
    if valid != text:
        report(
            _("{at}: the note has characters that aren't text. They're replaced by �."), line=line
        )
    composed = unicodedata.normalize("NFC", valid)
    if len(composed) > MAX_NOTE_LENGTH:
        report(
            _("{at}: the note is shortened to {longest} characters."),
            line=line,
            longest=format_number(MAX_NOTE_LENGTH),
        )
    return validation.note(composed[:MAX_NOTE_LENGTH])


def stored_text(note: str) -> str:
    """The note as `parse_note` returns it, without reports."""
    return parse_note(note, 0, lambda *_, **__: None)


def parse_number(text: str) -> int | None:
    """A whole number; None for an empty cell.

    4.0 is one too, and 4,0 where the decimal separator is a comma: pandas writes integers like that
    in a column with empty cells. 4,000 isn't: it could be four thousand.
    """
    if not text:
        return None
    if not (match := _NUMBER.fullmatch(text)):
        raise InputError(_('"{text}" isn\'t a whole number.').format(text=text[:40]))
    return int(match[1])


def parse_decimal(text: str) -> Decimal:
    """A decimal number with a point, at most 10**12 in absolute value."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not is_plausible(number):
        raise InputError(_('"{text}" isn\'t a number.').format(text=text[:40]))
    return number


def is_plausible(number: Decimal) -> bool:
    """Whether a number can be the value of a day: finite, at most 10**12 in absolute value."""
    return number.is_finite() and abs(number) <= 10**12


def parse_amount(text: str) -> int | None:
    """The amount of a day; None for an empty cell."""
    number = parse_number(text)
    return None if number is None else validation.amount(number)


def parse_minutes(text: str) -> int | None:
    """The minutes of a day, perhaps with a unit: 75, 75m or 1h15; None for an empty cell."""
    if validation.is_duration(text) and text[0] not in "+-":
        return validation.amount(validation.minutes(text))
    return parse_amount(text)


def parse_score(text: str) -> int | None:
    """A calm score, 0 to 10; None for an empty cell."""
    number = parse_number(text)
    return None if number is None else validation.score(number)


def parse_unit(text: str) -> Unit | None:
    """A unit; None for an empty cell."""
    return validation.unit(text) if text else None


def has_iso_form(text: str) -> bool:
    """Whether a text is written as a day of an export, YYYY-MM-DD."""
    return _DAY.fullmatch(text) is not None


def parse_day(text: str) -> date:
    """A day, YYYY-MM-DD, in the years 1900 to 2200."""
    try:
        # date.fromisoformat alone would also take 20261124 and 2026-W48-2.
        day = date.fromisoformat(text) if has_iso_form(text) else None
    except ValueError:
        day = None
    if day is None:
        raise date_error(text)
    return validation.day_for_rest(day)


def clock_time(text: str) -> str:
    """The time in a text, as HH:MM; empty without one. A time of twelve hours ends in am or pm."""
    parts = _TIME.search(text.replace("\u202f", " "))
    if parts is None:
        return ""
    hour = int(parts[1])
    if parts[3]:
        hour = hour % 12 + (12 if parts[3].lower() == "p" else 0)
    return f"{hour:02}:{parts[2]}"


def local_moment(day: date, clock_time: str) -> str | None:
    """The moment of a day at HH:MM in the local zone, as it is stored; None without a valid
    time."""
    try:
        return utc_seconds(datetime.combine(day, time.fromisoformat(clock_time)))
    except ValueError:
        return None


def unix_moment(seconds: int | None) -> str | None:
    """The stored form of a time in Unix seconds; None for None, for 0 or less, and after 2191."""
    if seconds is None or not 0 < seconds < 7_000_000_000:
        return None
    return utc_seconds(datetime.fromtimestamp(seconds, UTC))


def parse_moment(text: str) -> str | None:
    """A moment with an offset as it is stored, YYYY-MM-DDTHH:MM:SSZ; None for an empty cell."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return text if _MOMENT.fullmatch(text) else utc_seconds(moment)
    except (ValueError, OverflowError):
        pass
    raise InputError(
        _(
            'I don\'t recognise the time "{text}". Use one like 2026-11-24T20:15:03Z, or '
            "leave it empty."
        ).format(text=text)
    )


# Dates as spreadsheets write them: one order of day, month and year for a whole column. Recognised
# are 2026-11-24, 24.11.2026, 24/11/2026, 11/24/2026, "24 November 2026" and "Nov 24, 2026"; a year
# at the end may have two digits, and a time after the date is ignored. Where 3/4/2026 could be in
# March or in April and no other date of the column settles it, the person has to choose.


class UnclearDateError(InputError):
    """A date that could be two days, in a column where no other date settles it."""

    def __init__(self, message: str, text: str) -> None:
        super().__init__(message)
        self.text = text


ORDERS = ("YMD", "DMY", "MDY")

_DATE_NUMBERS = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})(?:[T ,].*)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[.]? ([A-Za-z]{3,9})[.]?,? ([0-9]{4})(?: .*)?")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})[.]? ([0-9]{1,2}),? ([0-9]{4})(?: .*)?")
_DATE_FORMAT = re.compile("(YYYY|MM?|DD?)([-/. ])(YYYY|MM?|DD?)\\2(YYYY|MM?|DD?)", re.IGNORECASE)


def parse_order(text: str) -> str:
    """The order of a format like DD/MM/YYYY. Raises InputError for anything else."""
    parts = _DATE_FORMAT.fullmatch(text.strip())
    order = "".join(parts[number][0] for number in (1, 3, 4)).upper() if parts else ""
    if order not in ORDERS:
        raise InputError(
            _(
                'I don\'t recognise the date format "{text}". Use one like DD/MM/YYYY, '
                "MM/DD/YYYY or YYYY-MM-DD."
            ).format(text=text[:40])
        )
    return order


def order_of(texts: Iterable[str]) -> str:
    """The order in which all dates of a column are valid, or else the one in which most are. Raises
    UnclearDateError if the dates are valid in more than one order, as different days."""
    dates = [text for text in dict.fromkeys(texts) if text]
    valid = {order: [_date_or_none(text, order) for text in dates] for order in ORDERS}
    fits = [order for order, days in valid.items() if None not in days]
    if len(fits) > 1 and valid[fits[0]] != valid[fits[1]]:
        days = zip(dates, valid[fits[0]], valid[fits[1]], strict=True)
        unclear = next(text for text, one, other in days if one != other)
        raise UnclearDateError(
            _(
                '"{text}" could be two different days. Nothing was imported. Add '
                "--date-format DD/MM/YYYY or --date-format MM/DD/YYYY."
            ).format(text=unclear[:40]),
            unclear,
        )
    return fits[0] if fits else max(ORDERS, key=lambda order: -valid[order].count(None))


def may_be_date(text: str) -> bool:
    """Whether the first cell of a row has the numbers of a date, or a day beside the name of a
    month. That of a row of totals has nothing, or a word beside at most one number ("Total 2026",
    "November 2026")."""
    numbers = re.findall("[0-9]+", text)
    if len(numbers) != 1:
        return bool(numbers)
    words = re.findall(r"[^\W\d_]+", text)
    is_day = len(numbers[0]) <= 2 and any(len(one) >= 3 and _months_called(one) for one in words)
    return is_day or not words


def no_dates_error(column: str) -> InputError:
    """The error for a file with rows of which none has a date."""
    return InputError(
        _(
            'No row has a date in the column "{column}", like 2026-11-24. Nothing was imported.'
        ).format(column=column[:40])
    )


def parse_date(text: str, order: str) -> date:
    """Parses a date in an order. Raises InputError for an invalid one, or one out of the years 1900
    to 2200."""
    day = _date_or_none(text, order)
    if day is None:
        raise date_error(text)
    return parse_day(day.isoformat())


def has_date_form(text: str) -> bool:
    """Whether a text is written as a date in one way only: the year first, or the month's name in
    English."""
    return _date_cells(text.strip(), "YMD") is not None


def _date_or_none(text: str, order: str) -> date | None:
    cells = _date_cells(text.strip(), order)
    try:
        return date(cells["Y"], cells["M"], cells["D"]) if cells else None
    except ValueError:
        return None


def _date_cells(text: str, order: str) -> dict[str, int] | None:
    if parts := _DATE_NUMBERS.fullmatch(text):
        numbers = (parts[1], parts[3], parts[4])
        # A day before a point is German or Swiss, never American.
        is_american_point = parts[2] == "." and order == "MDY"
        digits = len(numbers[order.index("Y")])
        is_year = digits == 4 or (digits == 2 and order[-1] == "Y")
        if not is_year or is_american_point:
            return None
        cells = dict(zip(order, map(int, numbers), strict=True))
        return cells | {"Y": cells["Y"] + (2000 if digits == 2 else 0)}
    if parts := _DAY_FIRST.fullmatch(text):
        return _named_date(parts[2], parts[1], parts[3])
    if parts := _MONTH_FIRST.fullmatch(text):
        return _named_date(parts[1], parts[2], parts[3])
    return None


def _named_date(month: str, day: str, year: str) -> dict[str, int] | None:
    numbers = _months_called(month)
    return {"Y": int(year), "M": numbers[0], "D": int(day)} if len(numbers) == 1 else None


def _months_called(word: str) -> list[int]:
    """The numbers of the months whose English names begin with a word."""
    start = word.casefold()
    return [number for number, name in enumerate(MONTHS, 1) if name.casefold().startswith(start)]
