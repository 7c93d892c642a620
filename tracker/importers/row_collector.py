"""Collects the rows of one file: validates each, matches its practice, and adds messages to the
report."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from operator import attrgetter
from typing import TypeVar, cast

from tracker.diary import practice_lookup, validation
from tracker.errors import InputError
from tracker.formats.cell_parsing import (
    has_iso_form,
    is_practice_id,
    parse_date,
    parse_day,
    parse_note,
    parse_unit,
    replace_invalid,
)
from tracker.i18n.date_format import format_day
from tracker.i18n.messages import _
from tracker.i18n.units import unit_label
from tracker.importers.import_report import (
    DAY_AHEAD,
    MAX_PER_MESSAGE,
    IncomingRow,
    Numbering,
    ParsedFile,
    PracticeInFile,
    ReportMessages,
)
from tracker.importers.row_conflicts import content_of
from tracker.models import CALM_ID, Entry, EntryState, Evening, Practice, Unit
from tracker.store.versioned_rows import RowKey, with_blanks_filled

R = TypeVar("R", Entry, Evening)


@dataclass(slots=True)
class _PracticeStats:
    """The properties of a practice in the rows read so far."""

    name: str | None
    unit: Unit | None
    first_day: date = date.max
    largest: int = 0


class RowCollector:
    """The rows of one file. Every method raises InputError without the position."""

    def __init__(
        self,
        known: Sequence[Practice],
        today: date,
        numbering: Numbering,
        *,
        rows_per_kind: int = MAX_PER_MESSAGE,
        is_own_export: bool = False,
        takes_units: bool = False,
        joins_notes: bool = False,
        date_order: str | None = None,
    ) -> None:
        """`known` are the diary's own practices, which rows may name by id or by name;
        `rows_per_kind` is as in ReportMessages.

        With `is_own_export`, a future day and an amount that can't be logged are imported and
        reported: an export has such days after a wrong clock, and such amounts from earlier
        versions or another unit. Without it, they raise InputError.
        With `takes_units`, the file's units come before those of `known`, as a diary without days
        gets the practices of the file.
        With `joins_notes`, two rows for a day keep both of their notes.
        `date_order` is the order of day, month and year in days that aren't YYYY-MM-DD; None
        accepts no others.
        """
        self.today = today
        self._is_own_export = is_own_export
        self._takes_units = takes_units
        self._joins_notes = joins_notes
        self._date_order = date_order
        self.messages = ReportMessages(numbering, rows_per_kind)
        self._id_by_name = {p.name.casefold(): p.id for p in reversed(known)}
        self._own_names = {p.id: p.name for p in known}
        self._own_units = {p.id: p.unit for p in known}
        self._taken_ids = set(self._own_names)
        self._stats: dict[str, _PracticeStats] = {}
        self._id_by_cells: dict[tuple[str, str, str], str] = {}
        self._successions: dict[tuple[str, str], None] = {}
        """Pairs of practices that follow each other on a day, as an ordered set."""
        self._previous: tuple[date | None, str] = (None, "")
        self._days: dict[str, date] = {}
        self._entries: dict[RowKey, IncomingRow] = {}
        self._implied: dict[RowKey, IncomingRow] = {}
        self._evenings: dict[RowKey, IncomingRow] = {}
        self._blanks: dict[RowKey, None] = {}
        self.has_whole_days = False
        """Whether a row is a whole day, in which cells can be blank."""
        self._line_ahead = 0
        """The latest line with a future day, which may have several cells of it."""
        self._read = 0

    def day(self, text: str) -> date:
        """Parses a day, with a cache: a file has many rows of a day."""
        if text not in self._days:
            order = None if has_iso_form(text) else self._date_order
            self._days[text] = parse_day(text) if order is None else parse_date(text, order)
        return self._days[text]

    def own_id(self, text: str) -> str | None:
        """The id of the diary's practice with this id or name, in any case; None without one. A
        name comes before an id in another case."""
        if text in self._own_names:
            return text
        wanted = text.casefold()
        return self._id_by_name.get(wanted) or (wanted if wanted in self._own_names else None)

    def unit_of(self, practice_id: str) -> Unit | None:
        """The unit that a practice has after the import; None where neither side has one."""
        own, in_file = self._own_units.get(practice_id), self._stats[practice_id].unit
        return (in_file or own) if self._takes_units else (own or in_file)

    def practice(self, cell: str, name: str, unit: str) -> str:
        """The id of the practice of a row, given its cells: `cell` if that is an id, else the id of
        the practice with this name, else a new id."""
        cells = (cell, name, unit)
        if cells not in self._id_by_cells:
            self._id_by_cells[cells] = self._resolve_practice(cell, name, unit)
        return self._id_by_cells[cells]

    def mention(self, practice_id: str, day: date) -> None:
        """Records that the file has a practice on a day, from which its first day and its place in
        the list follow."""
        stats = self._stats[practice_id]
        if day < stats.first_day:
            stats.first_day = day
        previous_day, previous_id = self._previous
        if previous_day == day and previous_id != practice_id:
            self._successions[previous_id, practice_id] = None
        self._previous = (day, practice_id)

    def add_entry(self, line: int, entry: Entry) -> None:
        """Adds an entry, logged or a rest day; of two for a day the later one counts, and what it
        leaves blank is the earlier one's."""
        day, practice_id, state, amount, note, _at = entry
        if state is EntryState.REST:
            validation.day_for_rest(day)
        elif amount is None and not note:
            self.add_blank(practice_id, day)
            return
        else:
            self._check_day(line, day)
        if amount is not None:
            self._check_amount(line, practice_id, amount)
        self.mention(practice_id, day)
        if amount and amount > (stats := self._stats[practice_id]).largest:
            stats.largest = amount
        self._read += 1
        key = practice_id, day
        self._implied.pop(key, None)
        if (earlier := self._entries.get(key)) is not None:
            entry = self._completed(line, entry, earlier, self._name_of(practice_id))
        self._entries[key] = IncomingRow(key, entry, line=line)

    def add_implied_no(self, line: int, day: date, practice_id: str, note: str) -> None:
        """Adds a no that needs no amount, as it follows from the score of the evening: with a note
        an entry without an amount, without one no entry. After an earlier row with an entry for the
        day, it's an entry with its amount."""
        key = practice_id, day
        no = Entry(day, practice_id, EntryState.LOGGED, 0, note, None)
        if key in self._entries:
            self.add_entry(line, no)
            return
        if note:
            self.add_entry(line, no._replace(amount=None))
        else:
            self.mention(practice_id, day)
        self._implied[key] = IncomingRow(key, no, line=line)

    def add_evening(self, line: int, evening: Evening) -> None:
        """Adds an evening; of two for a day the later one counts, and what it leaves blank is the
        earlier one's."""
        if evening.empty:
            self.add_blank(CALM_ID, evening.day)
            return
        self._check_day(line, evening.day)
        self._read += 1
        key = CALM_ID, evening.day
        if (earlier := self._evenings.get(key)) is not None:
            has_scores = evening.calm is not None and earlier.value.calm is not None
            name = _("Calm") if has_scores else _("a note")
            evening = self._completed(line, evening, earlier, name)
        self._evenings[key] = IncomingRow(key, evening, line=line)

    def add_blank(self, practice_id: str, day: date) -> None:
        """Adds an entry or evening for which the file has nothing but its day."""
        self._blanks[practice_id, day] = None

    def note(self, line: int, text: str) -> str:
        """A note that can be stored; what was replaced or cut is reported."""
        return parse_note(text, line, self.messages.add)

    def parsed_file(self, declared: Iterable[str] = ()) -> ParsedFile:
        """Everything that was collected. `declared` practices are listed in that order, also
        those without a day; without any, the order agrees with the rows of every day."""
        order = list(declared) or [
            one for one in _merge_orders(self._stats, self._successions) if self._has_days(one)
        ]
        return ParsedFile(
            practices=tuple(map(self._practice_in_file, order)),
            entries=_by_day(self._entries.values()),
            evenings=_by_day(self._evenings.values()),
            implied_noes=_by_day(self._implied.values()),
            blanks=frozenset(key for key in self._blanks if not self._has_row(key)),
            read=self._read,
            messages=self.messages.all(),
            numbering=self.messages.numbering,
            has_whole_days=self.has_whole_days,
        )

    def _has_row(self, key: RowKey) -> bool:
        return key in self._entries or key in self._implied or key in self._evenings

    def _check_day(self, line: int, day: date) -> None:
        if day > self.today and self._is_own_export:
            validation.day_for_rest(day)
            if line != self._line_ahead:
                shown_day = format_day(day, year=True)
                self.messages.add(_(DAY_AHEAD), line=line, day=shown_day)
            self._line_ahead = line
        else:
            validation.day_that_was(day, self.today)

    def _check_amount(self, line: int, practice_id: str, amount: int) -> None:
        if 0 <= amount <= 1:
            return
        unit = self.unit_of(practice_id) or Unit.TIMES
        try:
            validation.amount_in(unit, self._name_of(practice_id), amount)
        except InputError as error:
            if not self._is_own_export:
                raise
            self.messages.add(
                _("{at}: {problem} It's imported as it is. If it's wrong, correct that day."),
                line=line,
                problem=error,
            )

    def _name_of(self, practice_id: str) -> str:
        return self._stats[practice_id].name or self._own_names.get(practice_id, practice_id)

    def _has_days(self, practice_id: str) -> bool:
        return self._stats[practice_id].first_day != date.max

    def _practice_in_file(self, practice_id: str) -> PracticeInFile:
        stats = self._stats[practice_id]
        first = stats.first_day if self._has_days(practice_id) else self.today
        return PracticeInFile(practice_id, stats.name, stats.unit, first, stats.largest)

    def _resolve_practice(self, cell: str, name_cell: str, unit_cell: str) -> str:
        if not name_cell.strip() and self._is_own_id_in_another_case(cell):
            cell = cell.casefold()
        text = name_cell if name_cell.strip() or is_practice_id(cell) else cell
        name = validation.name(replace_invalid(text)) if text.strip() else None
        practice_id = self._resolve_id(cell, name)
        unit = parse_unit(unit_cell)
        stats = self._stats.setdefault(practice_id, _PracticeStats(name, unit))
        stats.name, stats.unit = stats.name or name, stats.unit or unit
        if name is not None and stats.name != name:
            self.messages.add(
                _('The file calls {id} both "{first}" and "{other}". The first name is used.'),
                id=practice_id,
                first=stats.name,
                other=name,
            )
        if unit and stats.unit and stats.unit is not unit:
            self.messages.add(
                _("The file measures {id} in both {first} and {other}. The first unit is used."),
                id=practice_id,
                first=unit_label(stats.unit),
                other=unit_label(unit),
            )
        return practice_id

    def _is_own_id_in_another_case(self, cell: str) -> bool:
        return cell.casefold() in self._own_names and cell.casefold() not in self._id_by_name

    def _resolve_id(self, cell: str, name: str | None) -> str:
        if is_practice_id(cell):
            self._taken_ids.add(cell)
            if name is not None:
                self._id_by_name.setdefault(name.casefold(), cell)
            return cell
        if name is None:
            raise InputError(_("This row doesn't name a practice."))
        if name.casefold() not in self._id_by_name:
            new_id = practice_lookup.slug(name, self._taken_ids)
            self._taken_ids.add(new_id)
            self._id_by_name[name.casefold()] = new_id
        return self._id_by_name[name.casefold()]

    def _completed(self, line: int, row: R, earlier: IncomingRow, name: str) -> R:
        """The row, and what it lacks from an earlier one of its day. Reports one of which something
        isn't used."""
        first = earlier.value
        is_joined = self._joins_notes and first.note and row.note not in ("", first.note)
        if is_joined:
            row = row._replace(note=self.note(line, f"{first.note}\n{row.note}"))
            first = first._replace(note="")
        completed = cast("R", with_blanks_filled(row, first))
        loses_nothing = content_of(with_blanks_filled(first, completed)) == content_of(completed)
        if not loses_nothing or (completed == row and not is_joined):
            self._report_duplicate(line, earlier, name)
        return completed

    def _report_duplicate(self, line: int, earlier: IncomingRow, name: str) -> None:
        first, last = sorted((line, earlier.line))
        self.messages.add(
            _("{first} and {last} both have {name} on {day}. The later one counts."),
            line=last,
            first=self.messages.position(first),
            last=self.messages.position_in_sentence(last),
            name=name,
            day=format_day(earlier.day, year=True),
            kind=name,
        )


def _by_day(rows: Iterable[IncomingRow]) -> tuple[IncomingRow, ...]:
    return tuple(sorted(rows, key=attrgetter("day")))


def _merge_orders(ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The ids in an order in which the first of each pair comes before the second.

    Where the pairs leave it open, or contradict each other, the order of `ids` decides.
    """
    ranks = {practice_id: rank for rank, practice_id in enumerate(ids)}
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(ranks, ()))
    for earlier, later in pairs:
        sorter.add(later, earlier)
    try:
        sorter.prepare()
    except CycleError:
        return list(ranks)
    return list(_lowest_rank_first(sorter, ranks))


def _lowest_rank_first(sorter: TopologicalSorter[str], ranks: Mapping[str, int]) -> Iterator[str]:
    ready: list[tuple[int, str]] = []
    while sorter.is_active():
        for practice_id in sorter.get_ready():
            heapq.heappush(ready, (ranks[practice_id], practice_id))
        _, first = heapq.heappop(ready)
        yield first
        sorter.done(first)
