"""Rows gathered one by one from a file, each checked before it is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.diary import practice_lookup, validation
from tracker.errors import InputError
from tracker.formats.text_cleanup import replace_invalid
from tracker.i18n.dates import format_day
from tracker.i18n.messages import format_number, say
from tracker.i18n.units import unit_label
from tracker.importers.import_report import NumberedRow, ParsedFile, PracticeInFile, RowTuple
from tracker.importers.practice_order import merge_orders
from tracker.importers.report_messages import ReportMessages
from tracker.models import CALM_ID, MAX_NOTE_LENGTH, EntryState, Evening, Practice, Unit

_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER = re.compile(r"-?[0-9]{1,12}")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOGGED, _REST = EntryState.LOGGED.value, EntryState.REST.value


@dataclass(slots=True)
class _PracticeStats:
    """A practice, as far as the file has spoken of it."""

    name: str | None
    unit: Unit | None
    first_day: date = date.max
    largest: int = 0


class RowCollector:
    """What a file says, row by row. Every method raises WrongInput, not naming the line."""

    def __init__(self, known: Sequence[Practice], today: date) -> None:
        """`known` are the diary's own practices, by whose names rows may speak of them."""
        self.today = today
        self.sayings = ReportMessages()
        self._ids = {p.name.casefold(): p.id for p in reversed(known)}
        self._taken = {p.id for p in known}
        self._seen: dict[str, _PracticeStats] = {}
        self._found: dict[tuple[str, str, str], str] = {}
        self._pairs: dict[tuple[str, str], None] = {}
        self._before: tuple[date | None, str] = (None, "")
        self._days: dict[str, date] = {}
        self._entries: dict[tuple[date, str], NumberedRow] = {}
        self._evenings: dict[date, NumberedRow] = {}
        self._read = 0

    def day(self, text: str) -> date:
        """The day in a cell: YYYY-MM-DD, 1900 to 2200."""
        if text not in self._days:
            self._days[text] = parse_day(text)
        return self._days[text]

    def practice(self, cell: str, name: str, unit: str) -> str:
        """The id of the practice a row speaks of: its cell where that is an id, else the one of
        that name, else a new one."""
        said = (cell, name, unit)
        if said not in self._found:
            self._found[said] = self._find(cell, name, unit)
        return self._found[said]

    def mentions(self, practice_id: str, day: date) -> None:
        """Takes note that the file knows something of a practice's day."""
        seen = self._seen[practice_id]
        if day < seen.first_day:
            seen.first_day = day
        day_before, id_before = self._before
        if day_before == day and id_before != practice_id:
            self._pairs[id_before, practice_id] = None
        self._before = (day, practice_id)

    def entry(
        self,
        line: int,
        day: date,
        practice_id: str,
        state: str,
        amount: int | None,
        note: str,
        at: str | None,
    ) -> None:
        """Keeps a practice's day, `logged` or `rest`; the later one of two counts."""
        if state == _REST:
            validation.day_for_rest(day)
        elif amount is None and not note:
            return
        else:
            validation.day_that_was(day, self.today)
        self.mentions(practice_id, day)
        if amount and amount > (seen := self._seen[practice_id]).largest:
            seen.largest = amount
        self._read += 1
        key = day, practice_id
        if key in self._entries:
            name = self._seen[practice_id].name or practice_id
            self._report_duplicate(line, self._entries[key], name)
        self._entries[key] = line, (day, practice_id, state, amount, note, at)

    def evening(self, line: int, evening: Evening) -> None:
        """Keeps an evening; the later one of two counts."""
        if evening.empty:
            return
        validation.day_that_was(evening.day, self.today)
        self._read += 1
        day = evening.day
        if day in self._evenings:
            self._report_duplicate(line, self._evenings[day], CALM_ID)
        row: RowTuple = day, CALM_ID, _LOGGED, evening.calm, evening.note, evening.logged_at
        self._evenings[day] = line, row

    def note(self, line: int, text: str) -> str:
        """A note as it can be kept: mended and cut where it has to be, and said so."""
        return parse_note(text, line, self.sayings)

    def incoming(self, declared: Iterable[str] = ()) -> ParsedFile:
        """All that was gathered. Practices that are `declared` are listed in that order, also
        those without a day; without any, in an order that every day's rows agree with."""
        order = list(declared) or [
            one for one in merge_orders(self._seen, self._pairs) if self._is_told(one)
        ]
        return ParsedFile(
            practices=tuple(map(self._seen_practice, order)),
            entries=_by_day(self._entries.values()),
            evenings=_by_day(self._evenings.values()),
            read=self._read,
            said=self.sayings.all(),
        )

    def _is_told(self, practice_id: str) -> bool:
        return self._seen[practice_id].first_day != date.max

    def _seen_practice(self, practice_id: str) -> PracticeInFile:
        seen = self._seen[practice_id]
        first = seen.first_day if self._is_told(practice_id) else self.today
        return PracticeInFile(practice_id, seen.name, seen.unit, first, seen.largest)

    def _find(self, cell: str, name: str, unit: str) -> str:
        text = name if name.strip() or is_id(cell) else cell
        called = validation.name(replace_invalid(text)) if text.strip() else None
        practice_id = self._id(cell, called)
        counted = parse_unit(unit)
        seen = self._seen.setdefault(practice_id, _PracticeStats(called, counted))
        seen.name, seen.unit = seen.name or called, seen.unit or counted
        if called is not None and seen.name != called:
            self.sayings.add("csv.two_names", id=practice_id, first=seen.name, other=called)
        if counted and seen.unit and seen.unit is not counted:
            self.sayings.add(
                "csv.two_units",
                id=practice_id,
                first=unit_label(seen.unit),
                other=unit_label(counted),
            )
        return practice_id

    def _id(self, cell: str, called: str | None) -> str:
        if is_id(cell):
            self._taken.add(cell)
            if called is not None:
                self._ids.setdefault(called.casefold(), cell)
            return cell
        if called is None:
            raise InputError(say("csv.no_practice"))
        if called.casefold() not in self._ids:
            made = practice_lookup.slug(called, self._taken)
            self._taken.add(made)
            self._ids[called.casefold()] = made
        return self._ids[called.casefold()]

    def _report_duplicate(self, line: int, earlier: NumberedRow, name: str) -> None:
        before, (day, *_) = earlier
        day_text = format_day(day, year=True)
        self.sayings.add("csv.twice", line=line, before=before, name=name, day=day_text)


def _by_day(rows: Iterable[NumberedRow]) -> tuple[NumberedRow, ...]:
    return tuple(sorted(rows, key=lambda numbered: numbered[1][0]))


def is_id(cell: str) -> bool:
    """Whether a cell can be a practice's id."""
    return _SLUG.fullmatch(cell) is not None and practice_lookup.slug(cell, ()) == cell


def parse_note(text: str, line: int, sayings: ReportMessages) -> str:
    """A note as it can be kept: mended and cut where it has to be, and said so."""
    if text.isascii() and len(text) <= MAX_NOTE_LENGTH and "\0" not in text:
        return text
    whole = replace_invalid(text)
    if whole != text:
        sayings.add("csv.mended", line=line)
    composed = unicodedata.normalize("NFC", whole)
    if len(composed) > MAX_NOTE_LENGTH:
        sayings.add("csv.cut", line=line, longest=format_number(MAX_NOTE_LENGTH))
    return validation.note(composed[:MAX_NOTE_LENGTH])


def parse_number(text: str) -> int | None:
    """The whole number in a cell; None for an empty one."""
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise InputError(say("check.not_a_number", text=text))
    return int(text)


def parse_amount(text: str) -> int | None:
    """The amount of a day in a cell; None for an empty one."""
    number = parse_number(text)
    return None if number is None else validation.amount(number)


def parse_score(text: str) -> int | None:
    """The calm score in a cell; None for an empty one."""
    number = parse_number(text)
    return None if number is None else validation.score(number)


def parse_unit(text: str) -> Unit | None:
    """The unit in a cell; None for an empty one."""
    if not text:
        return None
    try:
        return Unit(text)
    except ValueError as error:
        raise InputError(say("check.unit", unit=text)) from error


def parse_day(text: str) -> date:
    """The day in a cell: YYYY-MM-DD, 1900 to 2200."""
    try:
        # date.fromisoformat alone would also take 20261124 and 2026-W48-2.
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise InputError(say("csv.not_a_day", text=text))
    return validation.day_for_rest(found)
