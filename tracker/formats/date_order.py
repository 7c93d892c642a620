"""Dates as spreadsheets write them: one order of day, month and year for a whole column.

Recognised are 2026-11-24, 24.11.2026, 24/11/2026, 11/24/2026, "24 November 2026" and
"Nov 24, 2026"; a time after the date is ignored. Where 3/4/2026 could be in March or in April and
no other date of the column settles it, the person has to choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from tracker.errors import InputError
from tracker.formats.cell_parsing import date_error, parse_day
from tracker.i18n.messages import _
from tracker.rules.days import MONTHS


class UnclearDateError(InputError):
    """A date that could be two days, in a column where no other date settles it."""

    def __init__(self, message: str, text: str) -> None:
        super().__init__(message)
        self.text = text


ORDERS = ("YMD", "DMY", "MDY")

_NUMBERS = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})(?:[T ,].*)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[.]? ([A-Za-z]{3,9})[.]?,? ([0-9]{4})(?: .*)?")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})[.]? ([0-9]{1,2}),? ([0-9]{4})(?: .*)?")
_CHOSEN = re.compile("(YYYY|MM?|DD?)([-/. ])(YYYY|MM?|DD?)\\2(YYYY|MM?|DD?)", re.IGNORECASE)


def parse_order(text: str) -> str:
    """The order of a format like DD/MM/YYYY. Raises InputError for anything else."""
    parts = _CHOSEN.fullmatch(text.strip())
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
    valid = {order: [_parse(text, order) for text in dates] for order in ORDERS}
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


def parse_date(text: str, order: str) -> date:
    """Parses a date in an order. Raises InputError for an invalid one, or one out of the years 1900
    to 2200."""
    day = _parse(text, order)
    if day is None:
        raise date_error(text)
    return parse_day(day.isoformat())


def _parse(text: str, order: str) -> date | None:
    cells = _cells(text.strip(), order)
    try:
        return date(cells["Y"], cells["M"], cells["D"]) if cells else None
    except ValueError:
        return None


def _cells(text: str, order: str) -> dict[str, int] | None:
    if parts := _NUMBERS.fullmatch(text):
        numbers = (parts[1], parts[3], parts[4])
        # A day before a point is German or Swiss, never American.
        is_american_point = parts[2] == "." and order == "MDY"
        if len(numbers[order.index("Y")]) != 4 or is_american_point:
            return None
        return dict(zip(order, map(int, numbers), strict=True))
    if parts := _DAY_FIRST.fullmatch(text):
        return _named(parts[2], parts[1], parts[3])
    if parts := _MONTH_FIRST.fullmatch(text):
        return _named(parts[1], parts[2], parts[3])
    return None


def _named(month: str, day: str, year: str) -> dict[str, int] | None:
    names = [name for name in MONTHS if name.casefold().startswith(month.casefold())]
    if len(names) != 1:
        return None
    return {"Y": int(year), "M": MONTHS.index(names[0]) + 1, "D": int(day)}
