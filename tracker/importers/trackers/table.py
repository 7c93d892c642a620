"""A table of days and habits, as people keep it in a spreadsheet, in Notion or in Obsidian: CSV,
TSV or a Markdown table.

The first column is the date, all rows in one order; each other column is a habit, with a mark or
a number for each day. A column called calm or mood holds scores, one called note the evening's
note. A column with other text is left out whole and reported, unless the person chose it for calm.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from tracker.diary import validation
from tracker.errors import InputError
from tracker.formats.cell_parsing import (
    UnclearDateError,
    clock_time,
    errors_at_line,
    line_error,
    line_position,
    may_be_date,
    no_dates_error,
    order_of,
    parse_date,
    parse_decimal,
)
from tracker.formats.csv_format import Row, check_names, open_rows, unnamed_columns, width_error
from tracker.formats.input_file import InputFile, as_text
from tracker.formats.loop_format import CHECKMARKS
from tracker.i18n.messages import N_, _, round_half_up
from tracker.importers.habit_importer import (
    LEFT_OUT,
    NOTE,
    HabitImporter,
    HabitTarget,
    UnknownScaleError,
)
from tracker.importers.import_report import (
    HOURS,
    MINUTES,
    NO_DATE,
    UNNAMED_COLUMN,
    ForeignHabit,
)
from tracker.models import CALM_ID, HIGHEST_SCORE

SOURCE, NAME = "table", N_("a table")
SIGNATURE = ()

# In the three languages of calmtrack.
YES = frozenset({"1", "x", "✓", "✔", "☑", "✅", "[x]", "yes", "y", "true", "done"}) | {
    *("ja", "wahr", "geschafft", "erledigt"),
    *("sí", "si", "verdadero", "hecho"),
}
NO = frozenset({"0", "✗", "✘", "☐", "❌", "[ ]", "no", "n", "false", "not done"}) | {
    *("nein", "falsch", "nicht geschafft", "nicht erledigt"),
    *("falso", "no hecho", "sin hacer"),
}
_REST = frozenset({"rest", "rest day", "skip", "skipped"}) | {
    *("pause", "ruhetag"),
    *("descanso", "día de descanso"),
}
_CALM = frozenset({"calm", "mood", "score", "ruhe", "stimmung", "calma", "ánimo"})
_NOTES = frozenset({"note", "notes", "comment", "comments", "journal"}) | {
    *("notiz", "notizen"),
    *("nota", "notas", "comentario", "comentarios", "diario"),
}

_EMPTY = frozenset({"", "-", "–", "—", "null", "not logged"}) | {
    "nicht eingetragen",
    "sin anotar",
}
_NUMBER = re.compile(r"[0-9]{1,12}(?:[.][0-9]+|,[0-9]{1,2})?")
_UNIT = re.compile(r"[(\[]([^\W\d]+)\.?[)\]]$")
_UNCLEAR_DURATION = re.compile(r"[+-].*|[0-9]+:[0-9]+|[0-9]+ ?m")
_MOST_SCORES = 12
"""Numbers of the calm column that are listed with their scores."""

_SAMPLE = 50
"""Rows by which a table is recognised."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The person's choices for columns, by their names."""

    calm: str = ""
    """The column of scores; empty for no choice."""
    habits: frozenset[str] = frozenset()
    """Columns that become practices whatever they are called."""
    left_out: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    """Columns whose text is the evenings' note."""


class TextCell(NamedTuple):
    """A cell whose text is neither a mark nor a number."""

    column: str
    line: int
    text: str


@dataclass(slots=True)
class _Table:
    """The columns of a table by their meaning."""

    date: str
    dates: tuple[str, ...]
    order: str
    """The order of day, month and year."""
    calm: str
    """The column of scores; empty for none."""
    largest: Decimal = Decimal(0)
    """The highest score."""
    habits: dict[str, bool] = field(default_factory=dict)
    """Columns of habits, each with whether its cells are numbers, not marks."""
    notes: list[str] = field(default_factory=list)
    unknown: dict[str, TextCell] = field(default_factory=dict)
    """Columns with other text, each with the first such cell."""
    left_out: list[str] = field(default_factory=list)
    """Columns that the person leaves out."""
    durations: set[str] = field(default_factory=set)
    """Columns of habits with cells like 1h30, whose numbers are minutes."""
    counted: set[str] = field(default_factory=set)
    """Columns left out whose cells are numbers."""
    texts: set[str] = field(default_factory=set)
    """Columns left out whose cells are text."""
    filled: dict[str, int] = field(default_factory=dict)
    """The number of filled cells in each column that is left out or unknown."""
    scores: Counter[Decimal] = field(default_factory=Counter)
    """The numbers of the calm column that became scores, with the number of their evenings."""


def matches(file: InputFile) -> bool:
    """Whether the first rows are dates with marks, numbers and notes only."""
    table = _sampled_table(file)
    return table is not None and not table.unknown


def find_texts(file: InputFile) -> tuple[TextCell, ...]:
    """The first cell with other text of each column that has one, because of which a file that
    could be a table doesn't match; none for any other file."""
    table = _sampled_table(file)
    return tuple(table.unknown.values()) if table is not None else ()


def _sampled_table(file: InputFile) -> _Table | None:
    """The columns by the first rows; None without dates, or without a column that can be read."""
    if not any(file.sample) or file.path.name == CHECKMARKS:
        return None
    try:
        try:
            table = _survey(file, order_of, most=_SAMPLE)
        except UnclearDateError:
            # The person is asked for the order later. Any order will do to detect a table.
            table = _survey(file, lambda _dates: "DMY", most=_SAMPLE)
        for text in table.dates:
            parse_date(text, table.order)
    except InputError:
        return None
    is_used = bool(table.habits or table.calm or table.notes)
    return table if is_used and table.dates else None


def read(file: InputFile, importer: HabitImporter) -> None:
    """Reads the rows, each cell as a record of its habit."""
    if not any(file.sample):
        raise InputError(
            _("{path} isn't a table of days and habits. Nothing was imported.").format(
                path=file.path
            )
        )
    with _open_rows(file) as (columns, __):
        chosen = _chosen_columns(columns[1:], importer)
    for number in _unnamed_columns(file):
        importer.report(_(UNNAMED_COLUMN), number=number)
    table = _survey(file, importer.date_order, chosen)
    _report_columns(table, chosen, importer)
    if not table.calm and not any(one.casefold() in _CALM for one in columns):
        _refuse_scale(importer)
    scale = _scale(table, importer.choices.scale)
    if table.calm:
        importer.note_habit(table.calm, CALM_ID, has_numbers=True)
        importer.scale = scale
    targets = _add_habits(table, importer)
    if not table.dates:
        raise no_dates_error(table.date)
    with _open_rows(file) as (__, rows):
        _read_rows(rows, table, scale, targets, importer)
    if scale != HIGHEST_SCORE:
        _report_scores(table, scale, importer)


def _report_columns(table: _Table, chosen: _Chosen, importer: HabitImporter) -> None:
    """Reports the columns that become no practice."""
    for column in table.left_out:
        importer.leave_out_habit(column, table.filled[column])
        has_numbers, has_text = column in table.counted, column in table.texts
        importer.note_habit(column, LEFT_OUT, has_numbers=has_numbers, has_text=has_text)
    for column in chosen.notes:
        importer.note_habit(column, NOTE, has_text=True)
    for column, cell in table.unknown.items():
        importer.leave_out(table.filled[column])
        importer.note_habit(column, LEFT_OUT, has_text=True)
        importer.report(
            _(
                'The column "{column}" is left out, because it has text that isn\'t a mark '
                'or a number, like "{example}" in {at}.'
            ),
            column=column[:60],
            example=cell.text[:40],
            at=line_position(cell.line, in_sentence=True),
        )
        if column in chosen.habits:
            importer.report(_("For a practice, write a number in each of its cells."))
            continue
        importer.report(
            _("To import a column of text as your note, press p before you import.")
            if importer.choices.in_app
            else _('To import a column of text as your note, use --map, like --map "Remarks=note".')
        )


def _refuse_scale(importer: HabitImporter) -> None:
    """Raises InputError for a scale that was typed for a table without a column of scores."""
    if importer.choices.scale and not importer.choices.in_app:
        raise InputError(
            _(
                "--scale is for a column of calm scores, and there's none here. If you have one, "
                'add --map with its name, like --map "Felt=calm". Nothing was imported.'
            )
        )


def _add_habits(table: _Table, importer: HabitImporter) -> dict[str, HabitTarget]:
    """The practices that the columns of habits are imported as, by column."""
    return {
        column: importer.add_habit(
            ForeignHabit(
                column,
                is_counted=is_counted,
                unit_word="min" if column in table.durations else _unit_word(column),
            )
        )
        for column, is_counted in table.habits.items()
    }


def _read_rows(
    rows: Iterable[Row],
    table: _Table,
    scale: int,
    targets: Mapping[str, HabitTarget],
    importer: HabitImporter,
) -> None:
    """Reads the evening and the habits of each row that has a date."""
    has_times = any(map(clock_time, table.dates))
    for row in _sorted_by_time(rows, table.date) if has_times else rows:
        text = _date_text(row, table.date)
        if not may_be_date(text):
            importer.leave_out(_entries_in(row, table))
            importer.report(_(NO_DATE), line=row.line, text=text[:40])
            continue
        with errors_at_line(row.line):
            day = parse_date(text, table.order)
            _read_evening(row, day, table, scale, importer)
            for column, to in targets.items():
                _read_cell(row, day, column, to, importer)


def _sorted_by_time(rows: Iterable[Row], date_column: str) -> list[Row]:
    """The rows by their time of day: of two rows of a day, that with the later one counts."""
    return sorted(rows, key=lambda row: clock_time(row.cell(date_column)))


def _entries_in(row: Row, table: _Table) -> int:
    """How many entries a row would be: one for each filled cell of a habit, and an evening."""
    has_evening = any(_cell(row, one) for one in (table.calm, *table.notes) if one)
    return sum(bool(_cell(row, one)) for one in table.habits) + has_evening


def _chosen_columns(columns: Sequence[str], importer: HabitImporter) -> _Chosen:
    """What the person chose for the columns of a table."""
    mapped = {one: importer.mapped_practice(one) for one in columns}
    notes = frozenset(one for one in columns if mapped[one] == NOTE)
    return _Chosen(
        next((one for one in columns if mapped[one] == CALM_ID), ""),
        frozenset(one for one in columns if mapped[one] or importer.new_name(one)) - notes,
        frozenset(one for one in columns if mapped[one] == LEFT_OUT),
        notes,
    )


def _read_evening(row: Row, day: date, table: _Table, scale: int, importer: HabitImporter) -> None:
    note = "\n".join(filter(None, (row.cells.get(one, "").strip() for one in table.notes)))
    score = None
    if table.calm and (text := _cell(row, table.calm)):
        number = _number(text)
        if number is None or number > scale:
            problem = _('"{text}" isn\'t a calm score from 0 to {scale}.').format(
                text=text[:40], scale=scale
            )
            importer.leave_out()
            importer.report_invalid(row.line, problem)
        else:
            score = _calm(number, scale)
            table.scores[number] += 1
            if number % 1 and score != number * HIGHEST_SCORE / scale:
                note = importer.note_with_score(row.line, note, text, score)
    if score is not None or note:
        importer.add_evening(row.line, day, score, note)


def _report_scores(table: _Table, scale: int, importer: HabitImporter) -> None:
    """Reports what the numbers of the calm column became on another scale than calm's own: of very
    many, some that are evenly spread."""
    numbers = sorted(table.scores)
    shown = numbers[:: -(-len(numbers) // _MOST_SCORES) or 1]
    if not shown:
        return
    message = (
        _(
            'Calm scores for the numbers in "{column}", where {scale} is the highest (number of '
            "evenings in brackets): {scores}."
        )
        if shown == numbers
        else _(
            'Calm scores for some of the numbers in "{column}", where {scale} is the highest '
            "(number of evenings in brackets): {scores}."
        )
    )
    scores = (f"{n.normalize():f} = {_calm(n, scale)} ({table.scores[n]})" for n in shown)
    importer.report(message, column=table.calm[:60], scale=scale, scores=", ".join(scores))


def _calm(number: Decimal, scale: int) -> int:
    """A calm score, 0 to 10. A scale below 10 begins at 1, and divides the 10 points into equal
    parts: a score becomes the middle of its part."""
    if scale < HIGHEST_SCORE:
        number = max(number - Decimal("0.5"), Decimal(0))
    return round_half_up(number * HIGHEST_SCORE / scale)


def _read_cell(row: Row, day: date, column: str, to: HabitTarget, importer: HabitImporter) -> None:
    text = _cell(row, column)
    if not text:
        return
    number = _number(text)
    if number is None and (minutes := _minutes(text, column)) is not None:
        number = Decimal(minutes)
    if text in _REST:
        importer.add_rest(row.line, to, day)
    elif number is not None and to.habit.is_counted:
        importer.add_number(row.line, to, day, number, written=row.cells[column].strip())
    elif text in YES:
        importer.add_done(row.line, to, day)
    else:
        importer.add_not_done(row.line, to, day)


def _is_markdown(file: InputFile) -> bool:
    return any(line.strip().startswith("|") for line in file.sample)


def _unnamed_columns(file: InputFile) -> list[int]:
    """The positions of the columns after the first one with cells but without a name."""
    if not _is_markdown(file):
        return unnamed_columns(file.stream, has_first=False)
    with as_text(file.stream) as text:
        table = _markdown_rows(enumerate(text, 1))
        __, columns = next(table, (1, []))
        unnamed = {index for index, name in enumerate(columns) if index and not name}
        filled = {index for __, cells in table for index, cell in enumerate(cells) if cell}
    return [index + 1 for index in sorted(unnamed & filled)]


@contextmanager
def _open_rows(file: InputFile) -> Iterator[tuple[Sequence[str], Iterator[Row]]]:
    """The columns and rows of a CSV file or of the first Markdown table, without the columns that
    have no name; the first one can do without, as its cells are dates."""
    if not _is_markdown(file):
        with open_rows(file.stream) as (columns, rows):
            yield columns, (row for row in rows if any(text.strip() for text in row.cells.values()))
        return
    with as_text(file.stream) as text:
        table = _markdown_rows(enumerate(text, 1))
        __, columns = next(table, (1, []))
        check_names(columns)
        named = [name for index, name in enumerate(columns) if name or not index]
        yield named, (_markdown_row(line, columns, cells) for line, cells in table)


def _markdown_rows(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """The cells of the lines of the first table, without the line of dashes below its header."""
    has_begun = False
    for number, line in lines:
        text = line.strip()
        if not text.startswith("|"):
            if has_begun and text:
                raise line_error(number, _("The text after the table can't be imported."))
            continue
        has_begun = True
        cells = text.replace("\\|", "\0").strip("|").split("|")
        cells = [cell.replace("\0", "|").strip() for cell in cells]
        if not all(cell and set(cell) <= set(":-") for cell in cells):
            yield number, cells


def _markdown_row(line: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) > len(columns):
        raise width_error(line, len(cells), len(columns))
    named = enumerate(zip(columns, cells, strict=False))
    return Row(line, {name: cell for index, (name, cell) in named if name or not index})


def _survey(
    file: InputFile,
    order: Callable[[Iterable[str]], str],
    chosen: _Chosen | None = None,
    most: int | None = None,
) -> _Table:
    """Classifies the columns of a file by the person's choice, their names and the cells of the
    first `most` rows, or of all. `order` detects the order of the dates."""
    with _open_rows(file) as (columns, rows):
        if len(columns) < 2:
            raise InputError(
                _(
                    "A table needs a column of dates and at least one other column. Nothing was "
                    "imported."
                )
            )
        first, *others = columns
        dates: dict[str, None] = {}
        cells: dict[str, Counter[str]] = {column: Counter() for column in others}
        texts: dict[str, TextCell] = {}
        for row in islice(rows, most):
            text = _date_text(row, first)
            if not may_be_date(text):
                continue
            dates[text] = None
            for column in others:
                if text := _cell(row, column):
                    is_new = text not in cells[column] and column not in texts
                    if is_new and _is_text(text, column):
                        texts[column] = TextCell(column, row.line, row.cells[column].strip())
                    cells[column][text] += 1
    chosen = chosen or _Chosen()
    table = _Table(first, tuple(dates), order(dates), chosen.calm)
    for column in others:
        _classify(column, cells[column], texts.get(column), table, chosen)
    return table


def _classify(
    column: str, cells: Counter[str], other: TextCell | None, table: _Table, chosen: _Chosen
) -> None:
    is_chosen = column in chosen.habits
    name, numbers = column.casefold(), [n for n in map(_number, cells) if n is not None]
    if column in chosen.left_out:
        table.left_out.append(column)
        if other is not None:
            table.texts.add(column)
        elif not all(map(_is_mark, cells)):
            table.counted.add(column)
        table.filled[column] = cells.total()
    elif column in chosen.notes or (name in _NOTES and not is_chosen):
        table.notes.append(column)
    elif other is not None and column != table.calm:
        table.unknown[column], table.filled[column] = other, cells.total()
    elif column == table.calm or (not table.calm and not is_chosen and name in _CALM and numbers):
        table.calm, table.largest = column, max(numbers, default=Decimal(0))
    elif cells:
        table.habits[column] = not all(map(_is_mark, cells))
        if any(_minutes(text, column) is not None for text in cells):
            table.durations.add(column)


def _scale(table: _Table, chosen: int | None) -> int:
    """The highest score of the calm column. Raises InputError if its numbers don't settle it."""
    if chosen is not None or not table.calm:
        return chosen or HIGHEST_SCORE
    if not HIGHEST_SCORE / 2 < table.largest <= HIGHEST_SCORE:
        raise UnknownScaleError(
            _(
                'What\'s the highest possible score in the column "{column}"? Nothing was '
                "imported. Set it with --scale, like --scale 5."
            ).format(column=table.calm[:60]),
            table.calm,
        )
    return HIGHEST_SCORE


def _cell(row: Row, column: str) -> str:
    """A cell in lower case; empty for a dash and the like."""
    text = row.cells.get(column, "").strip().casefold()
    return "" if text in _EMPTY else text


def _date_text(row: Row, column: str) -> str:
    """A date, which Obsidian writes as a link: [[Daily/2026-11-24|2026-11-24]]."""
    text = row.cell(column).strip("[]")
    return text.rpartition("|")[2].rpartition("/")[2] if "]]" in row.cell(column) else text


def _unit_word(column: str) -> str:
    """The unit of time in brackets after the name of a column, "Reading (min)", or which is its
    name; empty for none."""
    name = column.strip()
    unit = _UNIT.search(name)
    word = unit[1] if unit else name
    # A column called "h" may be anything.
    return word if word.casefold() in HOURS | MINUTES and (unit or len(word) > 1) else ""


def _is_mark(text: str) -> bool:
    return text in YES or text in NO or text in _REST


def _is_text(text: str, column: str) -> bool:
    if _is_mark(text) or _number(text) is not None:
        return False
    # The numbers of a column in hours can't be minutes, too.
    return _minutes(text, column) is None or _unit_word(column).casefold() in HOURS


def _minutes(text: str, column: str) -> int | None:
    """The minutes of a duration like 1h30 or 90 min; None for anything else. 7:30 may be a time of
    day, except in a column of minutes, and 100 m may be metres."""
    is_of_minutes = ":" in text and _unit_word(column).casefold() in MINUTES
    is_unclear = not is_of_minutes and _UNCLEAR_DURATION.fullmatch(text) is not None
    return validation.minutes(text) if validation.is_duration(text) and not is_unclear else None


def _number(text: str) -> Decimal | None:
    return parse_decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
