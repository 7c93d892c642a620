"""Reads calmtrack's own CSV, in the entries layout or the days layout."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from operator import itemgetter
from typing import BinaryIO

from tracker.errors import InputError
from tracker.formats.cell_parsing import (
    cell_error,
    has_iso_form,
    line_errors,
    may_be_date,
    no_dates_error,
    order_of,
    parse_amount,
    parse_minutes,
    parse_moment,
    parse_order,
    parse_score,
)
from tracker.formats.csv_format import (
    CALM_NOTE,
    ENTRY_COLUMNS,
    NOTE,
    RATED_LATE,
    RAW,
    REST_DAYS,
    Row,
    check_names,
    open_cells,
    unescape_formula,
    unnamed_columns,
)
from tracker.formats.input_file import InputFile
from tracker.i18n.messages import _
from tracker.importers.habit_importer import LEFT_OUT, unknown_name_error
from tracker.importers.import_report import NO_DATE, UNNAMED_COLUMN
from tracker.importers.row_collector import RowCollector
from tracker.importers.trackers.table import NO, YES
from tracker.models import CALM_ID, Entry, EntryState, Evening, Unit
from tracker.rules.day_states import first_late_moment, is_late

_MOST_PROBLEMS = 5
"""Wrong lines that are named before an import stops."""

_OTHER_DAY = re.compile(
    rb"""(?m)^"?(?:[0-9]{1,2}[-/. ]+(?:[0-9]{1,2}|[A-Za-z]{3,9})[-/., ]+[0-9]{2,4}"""
    rb"""|[0-9]{4}[/.][0-9]|[A-Za-z]{3,9}[.]? [0-9]{1,2},? [0-9]{4})"""
)
"""The beginning of a line that may have a day in another form than YYYY-MM-DD."""

_DAYS_COLUMNS = frozenset({"day", "weekday", CALM_ID, CALM_NOTE, REST_DAYS, RATED_LATE})


def matches(file: InputFile) -> bool:
    """Whether the first line names columns of either layout."""
    columns = _own_names(file.columns)
    return "day" in columns and not {"kind", CALM_ID}.isdisjoint(columns)


def _own_names(columns: Iterable[str]) -> list[str]:
    """The columns as an export names them, where a person has changed their case, or `day` to
    `date`. A header without the columns that only an export has stays as it is: it may be that of a
    table which the person made."""
    names = list(columns)
    lower = [name.casefold().removesuffix(RAW) for name in names]
    if {"kind", "practice", "amount"} <= set(lower):
        own = set(ENTRY_COLUMNS)
    elif not {CALM_NOTE, REST_DAYS, RATED_LATE}.isdisjoint(lower):
        own = {*_DAYS_COLUMNS, *(name for name in lower if name.endswith(NOTE))}
    else:
        return names
    others = {one: name for one, name in zip(lower, names, strict=True) if one not in own}
    if "day" not in lower and "date" in lower:
        lower[lower.index("date")] = "day"
    for index, one in enumerate(lower):
        if one in own:
            stem = one.removesuffix(NOTE)
            raw = RAW if names[index].endswith(RAW) else ""
            # The notes of a practice follow the column of its amounts.
            names[index] = (others[stem] + NOTE if stem in others else one) + raw
    check_names(names)
    return names


@contextmanager
def _open_cells(file: InputFile) -> Iterator[tuple[list[str], Iterator[tuple[int, list[str]]]]]:
    with open_cells(file.stream) as (columns, rows):
        yield _own_names(columns), rows


@contextmanager
def _open_rows(file: InputFile) -> Iterator[tuple[list[str], Iterator[Row]]]:
    with _open_cells(file) as (columns, rows):
        yield columns, (Row(line, dict(zip(columns, cells, strict=True))) for line, cells in rows)


def has_foreign_cells(file: InputFile) -> bool:
    """Whether a file with the columns of the days layout may be a table that a person made: no
    other column is one of an export, and a cell is text that the days layout can't have."""
    names = set(_own_names(file.columns))
    if "kind" in names or not names.isdisjoint({"weekday", REST_DAYS, RATED_LATE}):
        return False
    if any(column.endswith((RAW, NOTE)) for column in names):
        return False
    try:
        with _open_rows(file) as (columns, rows):
            return bool(_texts(set(columns) - {"day", ""}, rows))
    except InputError:
        return False


def _texts(columns: Iterable[str], rows: Iterable[Row]) -> dict[str, str]:
    """The columns that have text where the days layout has an amount, each with the first one."""
    found: dict[str, str] = {}
    is_text = cache(_is_text)
    for row in rows:
        for column in columns:
            if column not in found and is_text(text := row.cell(column)):
                found[column] = text
    return found


def _is_text(text: str) -> bool:
    try:
        if text != EntryState.REST:
            parse_amount(text)
    except InputError:
        return True
    return False


def date_order(file: InputFile, date_format: str | None) -> str | None:
    """The order of day, month and year in days that a spreadsheet or a person has written in their
    own way: that of `date_format`, else the one in which all are valid. None where all days are as
    an export writes them. Raises UnclearDateError if the days don't settle the order, InputError if
    none of the rows has a day."""
    if date_format is not None:
        return parse_order(date_format)
    has_other_days = _has_other_days(file.stream)
    with _open_rows(file) as (_columns, rows):
        days = (text for row in rows if (text := row.cell("day")))
        first = next(days, "")
        texts = (text for text in itertools.chain((first,), days) if may_be_date(text))
        dated = next(texts, "")
        if first and not dated:
            raise no_dates_error("day")
        if not dated or (has_iso_form(dated) and not has_other_days):
            return None
        others = [text for text in (dated, *texts) if not has_iso_form(text)]
        return order_of(others) if others else None


def _has_other_days(stream: BinaryIO) -> bool:
    """Whether a line seems to begin with a day that isn't YYYY-MM-DD: a row that was added to an
    export, or text in a note. Without such a line, the rows needn't all be read for it."""
    stream.seek(0)
    blocks = iter(partial(stream.readlines, 1_000_000), [])
    return any(_OTHER_DAY.search(b"".join(lines)) for lines in blocks)


def read(
    file: InputFile, collector: RowCollector, left_out: Collection[str] = ()
) -> dict[str, str]:
    """Reads a file of either layout, without the columns of the days layout that the person leaves
    out, by their names. Raises InputError with the line.

    Returns the columns of the days layout that may be no practices, each with the id of the new
    practice that it becomes, or LEFT_OUT.
    """
    with _open_cells(file) as (columns, _cells):
        names = {column.removesuffix(RAW) for column in columns} - {""}
    for number in unnamed_columns(file.stream):
        collector.messages.add(_(UNNAMED_COLUMN), number=number)
    if {"day", "kind", "practice", "amount"} <= names:
        if left_out:
            raise InputError(
                _(
                    "--skip leaves out columns of a CSV made with --layout days. In a CSV of "
                    "entries, delete the lines. Nothing was imported."
                )
            )
        _report_unknown(names - set(ENTRY_COLUMNS), collector)
        _read_rows(file, _EntriesLayout(columns, collector))
        return {}
    if not {"day", CALM_ID} <= names:
        raise InputError(
            _(
                "This doesn't look like a CSV calmtrack can read. It needs the columns day, "
                "kind, practice and amount, or day and calm. Nothing was imported."
            )
        )
    chosen = _chosen_columns(_practice_columns(columns), left_out, collector)
    added = [
        column
        for column in _practice_columns(columns)
        if column + NOTE not in names and not collector.own_id(column) and column not in chosen
    ]
    ignored = {*chosen, *_helper_columns(file, added, collector)}
    practices = [one for one in _practice_columns(columns) if one not in ignored]
    notes = {column + NOTE for column in (CALM_ID, *practices, *chosen)}
    _report_unknown(
        names - {"day", "weekday", CALM_ID, REST_DAYS, RATED_LATE, *practices, *notes, *ignored},
        collector,
    )
    collector.has_whole_days = True
    ids: dict[str, str] = {}
    _read_rows(file, _DaysLayout(columns, practices, frozenset(chosen), collector, ids))
    return dict.fromkeys(chosen, LEFT_OUT) | {one: ids[one] for one in added if one in ids}


def _read_rows(file: InputFile, layout: _EntriesLayout | _DaysLayout) -> None:
    """Reads all rows. Raises InputError with the first wrong lines, so that a person can correct
    them in one go."""
    problems: list[tuple[int, InputError]] = []
    with _open_cells(file) as (_columns, rows):
        for line, cells in rows:
            try:
                layout.read_row(line, cells)
            except InputError as error:
                problems.append((line, error))
                if len(problems) == _MOST_PROBLEMS:
                    break
    if problems:
        raise line_errors(problems) from problems[0][1]


def _chosen_columns(
    columns: Sequence[str], left_out: Collection[str], collector: RowCollector
) -> Sequence[str]:
    """The columns that the person leaves out, which are reported. Raises InputError for a name that
    no column has."""
    wanted = {name.strip().casefold(): name.strip() for name in left_out}
    chosen = [column for column in columns if column.casefold() in wanted]
    unused = wanted.keys() - {column.casefold() for column in chosen}
    if unused:
        raise unknown_name_error(min(wanted[name] for name in unused))
    for column in chosen:
        collector.messages.add(
            _('The column "{column}" is left out, as you chose.'), column=column[:60]
        )
    return chosen


def _helper_columns(
    file: InputFile, added: Collection[str], collector: RowCollector
) -> Collection[str]:
    """Those of the `added` columns that a person has for themselves in the days layout, such as an
    average: they have text or fractions. They are reported. Columns called like a practice of the
    diary, or with a column of notes, as those of an export have, aren't `added` ones."""
    if not added:
        return ()
    with _open_rows(file) as (_columns, rows):
        # A row of totals below the days has fractions, too.
        texts = _texts(added, (row for row in rows if may_be_date(row.cell("day"))))
    for column, example in sorted(texts.items()):
        collector.messages.add(
            _(
                'The column "{column}" is left out, because it isn\'t one of your practices and '
                'has cells like "{example}".'
            ),
            column=column[:60],
            example=example[:40],
        )
    return texts


def _report_unknown(columns: Iterable[str], collector: RowCollector) -> None:
    for column in sorted(columns):
        collector.messages.add(
            _('calmtrack doesn\'t know the column "{column}", so it is left out.'), column=column
        )


class _EntriesLayout:
    """One row for each entry and each evening. A file has many rows and few different cells, so
    the parsed value of a cell is cached."""

    def __init__(self, columns: Sequence[str], collector: RowCollector) -> None:
        self._collector = collector
        self._pick = itemgetter(*(_index(columns, name) for name in ENTRY_COLUMNS))
        self._raw_name = "name" not in columns
        self._raw_note = "note" not in columns
        self._day = cache(lambda text: collector.day(text.strip()))
        self._amount = cache(lambda text: parse_amount(text.strip()))
        self._minutes = cache(lambda text: parse_minutes(text.strip()))
        self._state = cache(lambda text: _state(text.strip()))
        self._practice = cache(self._practice_of)

    def read_row(self, line: int, cells: list[str]) -> None:
        """Adds one row to the collector."""
        cells.append("")  # the cell of a missing column
        day_cell, kind, practice, name, unit, number, state_cell, note, at_cell = self._pick(cells)
        day = self._day(day_cell)
        if note:
            note = self._collector.note(line, note if self._raw_note else unescape_formula(note))
        at = parse_moment(at_cell.strip())
        state = self._state(state_cell)
        kind = kind.strip()
        if kind == "practice":
            practice_id, parse = self._practice(practice, name, unit)
            amount = _parse(parse, number, "amount", day)
            self._report_blank(line, amount, note, state)
            entry = Entry(day, practice_id, state, amount, note, at)
            self._collector.add_entry(line, entry)
        elif kind == CALM_ID:
            if state is not EntryState.LOGGED:
                raise InputError(
                    _("Only practices can have rest days. For a calm rating, use logged.")
                )
            score = _parse(parse_score, number.strip(), "amount", day)
            self._report_blank(line, score, note, state)
            self._collector.add_evening(line, Evening(day, score, note, at))
        else:
            raise InputError(
                _('The column "kind" can\'t contain "{text}". Use practice or calm.').format(
                    text=kind
                )
            )

    def _report_blank(self, line: int, number: int | None, note: str, state: EntryState) -> None:
        """Reports a row whose cells were emptied, which takes nothing out of the diary."""
        if number is None and not note and state is EntryState.LOGGED:
            self._collector.messages.add(
                _("{at}: this row has no amount and no note, so it changes nothing."), line=line
            )

    def _practice_of(
        self, practice: str, name: str, unit: str
    ) -> tuple[str, Callable[[str], int | None]]:
        """The id of a row's practice, and how its amounts are parsed."""
        plain_name = name if self._raw_name else unescape_formula(name)
        practice_id = self._collector.practice(practice.strip(), plain_name, unit.strip())
        is_minutes = self._collector.unit_of(practice_id) is Unit.MINUTES
        return practice_id, self._minutes if is_minutes else self._amount


def _parse(parse: Callable[[str], int | None], text: str, column: str, day: date) -> int | None:
    """The number in a cell."""
    try:
        return parse(text)
    except InputError as error:
        raise cell_error(error, column, day) from error


def _index(columns: Sequence[str], name: str) -> int:
    """The index of a column; for a missing one the index after the last."""
    for column in (name, name + RAW):
        if column in columns:
            return columns.index(column)
    return len(columns)


def _state(text: str) -> EntryState:
    if text not in ("", EntryState.LOGGED, EntryState.REST):
        raise InputError(
            _('"{text}" can\'t be in the column "state". Use logged or rest.').format(text=text)
        )
    return EntryState(text or EntryState.LOGGED)


def _practice_columns(columns: Sequence[str]) -> list[str]:
    others = ("", "day", "weekday", CALM_ID, REST_DAYS, RATED_LATE)
    return [c for c in columns if c not in others and not c.endswith((RAW, NOTE))]


@dataclass(frozen=True, slots=True)
class _DaysLayout:
    """One row for each day, with a column for each of `practices`."""

    columns: Sequence[str]
    practices: Sequence[str]
    left_out: frozenset[str]
    """The columns that the person leaves out."""
    collector: RowCollector
    ids: dict[str, str]
    """Is filled with the ids of the practices of columns that have a value."""

    def read_row(self, line: int, cells: list[str]) -> None:
        """Adds the evening and the entries of one day to the collector."""
        row, collector = Row(line, dict(zip(self.columns, cells, strict=True))), self.collector
        if not may_be_date(row.cell("day")):
            collector.messages.add(_(NO_DATE), line=line, text=row.cell("day")[:40])
            return
        day = collector.day(row.cell("day"))
        calm = _parse(parse_score, row.cell(CALM_ID), CALM_ID, day)
        note = collector.note(line, row.text(CALM_NOTE))
        rated_at = None if calm is None else _late_moment(day, row.cell(RATED_LATE))
        collector.add_evening(line, Evening(day, calm, note, rated_at))
        rest_days = row.cell(REST_DAYS)
        resting = self._resting(line, rest_days) if rest_days else frozenset()
        # By a score that isn't late, what isn't logged was a no.
        implies_no = calm is not None and day < collector.today and not is_late(day, rated_at)
        for column in self.practices:
            # An amount typed for a rest day counts: exports leave its cell blank. Earlier versions
            # wrote `rest` there.
            cell = row.cell(column) or (EntryState.REST.value if column in resting else "")
            if column in resting and cell != EntryState.REST:
                self._report_amount(line, column, cell)
            note = collector.note(line, row.text(column + NOTE))
            if not cell and not note:
                if own_id := collector.own_id(column):
                    collector.add_blank(own_id, day)
                continue
            practice_id = self.ids[column] = collector.practice(column, "", "")
            state = EntryState.REST if cell == EntryState.REST else EntryState.LOGGED
            amount = None if state is EntryState.REST else self._amount(cell, column, day)
            if amount == 0 and implies_no:
                # On a past day with a score a practice without an amount is a no already.
                collector.add_implied_no(line, day, practice_id, note)
                continue
            collector.add_entry(line, Entry(day, practice_id, state, amount, note, None))

    def _amount(self, cell: str, column: str, day: date) -> int | None:
        """The amount in a cell, which for a yes/no practice can be a word, and for one in minutes a
        duration."""
        word, unit = cell.casefold(), self.collector.unit_of(self.ids[column])
        if unit is Unit.YES_NO and word in YES | NO:
            return int(word in YES)
        return _parse(parse_minutes if unit is Unit.MINUTES else parse_amount, cell, column, day)

    def _report_amount(self, line: int, column: str, amount: str) -> None:
        """Reports a rest day that isn't one, as an amount stands beside it."""
        self.collector.messages.add(
            _(
                '{at}: "{text}" is in the column "rest_days", but it has an amount, {amount}, '
                "which counts instead. For a rest day, leave the amount empty."
            ),
            line=line,
            text=column[:40],
            amount=amount[:20],
        )

    def _resting(self, line: int, text: str) -> frozenset[str]:
        """The columns whose practices a cell of `rest_days` names. An export puts spaces between
        ids, a person may put commas between names. A name that heads no column is reported."""
        columns = {column.casefold(): column for column in self.practices}
        ids = {self.collector.own_id(column): column for column in self.practices}

        def column_of(name: str) -> str | None:
            own = self.collector.own_id(name)
            return columns.get(name.casefold()) or (ids.get(own) if own else None)

        resting: set[str] = set()
        unknown: set[str] = set()
        for part in filter(None, map(str.strip, re.split("[,;]", text))):
            for name in (part,) if column_of(part) else part.split():
                if column := column_of(name):
                    resting.add(column)
                else:
                    unknown.add(name.casefold())
        for name in sorted(unknown - {column.casefold() for column in self.left_out}):
            self.collector.messages.add(
                _(
                    '{at}: "{text}" in the column "rest_days" isn\'t the name of a column, so it '
                    "is left out."
                ),
                line=line,
                text=name[:40],
            )
        return frozenset(resting)


def _late_moment(day: date, text: str) -> str | None:
    """When the score of a day was given, if that was late. A spreadsheet may have written the time
    in a form of its own, and a person may write "yes": then the first moment that is late stands
    for it."""
    if not text or text.casefold() in NO:
        return None
    with suppress(InputError):
        return parse_moment(text)
    return first_late_moment(day)
