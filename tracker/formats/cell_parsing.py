"""Parses the cells and fields of a file into the diary's values.

Every parser raises InputError without the position; `errors_at_line` adds it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from tracker.clock import utc_seconds
from tracker.diary import practice_lookup, validation
from tracker.errors import InputError
from tracker.i18n.messages import _, format_number
from tracker.models import MAX_NOTE_LENGTH, Unit

_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER = re.compile(r"(-?[0-9]{1,12})(?:\.0*|,0{1,2})?")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_INVALID = re.compile("[\0\ud800-\udfff]")


def line_position(line: int) -> str:
    """The position of a line in a text file, first line 1."""
    return _("Line {line}").format(line=line)


def line_error(line: int, problem: object) -> InputError:
    return position_error(line_position(line), problem)


def position_error(position: str, problem: object) -> InputError:
    """The error that a file can't be imported because of what is at a position."""
    return InputError(
        _("{at}: {problem} Nothing was imported. Correct the file, or export it again.").format(
            at=position, problem=problem
        )
    )


def date_error(text: str) -> InputError:
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
    """A note that can be stored: NFC, invalid characters replaced, cut to MAX_NOTE_LENGTH.

    What was replaced or cut is reported with its line.
    """
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
