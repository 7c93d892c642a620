"""The choices of an import: what the habits of a file become, and the calm scores of its moods."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import clamp
from textual.widgets import Static

from tracker.formats.cell_parsing import parse_date
from tracker.i18n.date_format import format_day
from tracker.i18n.messages import N_, _
from tracker.importers.habit_importer import LEFT_OUT, NOTE, ImportChoices, unique_name
from tracker.importers.import_report import FileInfo, HabitInFile
from tracker.models import CALM_ID
from tracker.tui import styled_text
from tracker.tui.dialogs.dialog import ListDialog
from tracker.tui.widgets.bars import LEFT_RIGHT, UP_DOWN, Hint
from tracker.tui.widgets.choice_list import ChoiceList, RowRenderer, value_row

DATE_FORMATS = {"DD/MM/YYYY": "DMY", "MM/DD/YYYY": "MDY"}
"""The formats of a date that could be two days, with their order."""

SCALES = (*range(2, 11), 20, 50, 100)
"""Highest scores of a calm column that are offered."""

NEW = "*"
"""The target of a habit that becomes a new practice; no practice has this id."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a row."""

    label: str
    choose: Callable[[ImportChoices], ImportChoices]
    """Returns the choices with this value in place of an earlier one."""


@dataclass(slots=True)
class Row:
    """A row of the list: a habit, a mood, the activities, or the dates or the scale of a table."""

    label: str
    values: Sequence[Value]
    before: int
    """The value at first."""
    index: int
    calm: int | None = None
    """The value with which a habit becomes calm; None where none does."""
    new: int = 0
    """The value with which it becomes a new practice."""


def unclear_days(text: str) -> list[str]:
    """The days that a date could be, in the order of DATE_FORMATS."""
    return [format_day(parse_date(text, order), year=True) for order in DATE_FORMATS.values()]


class ValuesDialog(ListDialog[ImportChoices | None]):
    """Left and right change the value of a row. Returns the choices with the values that differ
    from those at first."""

    DEFAULT_CSS = """
    ValuesDialog .message { height: auto; margin-bottom: 1; color: $text-muted; }
    ValuesDialog ChoiceList { max-height: 50vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", N_("Save"), tooltip=N_("Save the choices")),
        Binding("left", "turn(-1)", N_("Previous"), tooltip=N_("Previous choice")),
        Binding("right,space", "turn(1)", N_("Next"), tooltip=N_("Next choice")),
        Binding("backspace,delete", "clear", N_("Reset"), tooltip=N_("Reset this row")),
        Binding("escape", "dismiss(None)", N_("Cancel"), tooltip=N_("Cancel without saving")),
    ]

    def __init__(
        self, title: str, message: str, rows: Sequence[Row], choices: ImportChoices
    ) -> None:
        super().__init__(title)
        self._message = message
        self.rows = rows
        self._choices = choices

    def compose_body(self) -> ComposeResult:
        yield Static(self._message, classes="message", markup=False)
        yield ChoiceList(self._drawn_rows())

    def hints(self) -> Sequence[Hint]:
        return [
            (styled_text.glyph("↑↓"), _("choose"), UP_DOWN),
            (styled_text.glyph("↵"), _("save"), "enter"),
            (styled_text.glyph("←→"), _("change"), LEFT_RIGHT),
            ("esc", _("cancel"), "escape"),
        ]

    @property
    def row(self) -> Row:
        return self.rows[self.cursor]

    def _drawn_rows(self) -> list[RowRenderer]:
        return [
            value_row(row.label, row.index, [value.label for value in row.values])
            for row in self.rows
        ]

    def set_value(self, index: int) -> None:
        """Gives the row another value."""
        self.row.index = index
        self.query_one(ChoiceList).set_rows(self._drawn_rows())

    def action_turn(self, by: int) -> None:
        """Takes the next or previous value of the row; the first one follows the last."""
        self.set_value((self.row.index + by) % len(self.row.values))

    def action_clear(self) -> None:
        self.set_value(self.row.before)

    def action_save(self) -> None:
        choices = self._choices
        for row in self.rows:
            if row.index != row.before:
                choices = row.values[row.index].choose(choices)
        self.dismiss(choices)


class MatchDialog(ValuesDialog):
    """A row for each habit or activity of a file: one of the diary's practices, a new one, calm or
    nothing. Those of a table follow its dates and its scale."""

    def __init__(self, about: FileInfo, choices: ImportChoices) -> None:
        habits = (_habit_row(one, about) for one in about.habits)
        super().__init__(
            _("How should this file be imported?"),
            _("For each column, choose whether it becomes a practice.")
            if about.is_own
            else _(
                "For each habit, choose one of your practices, a new one, calm for numbers, or "
                '"don\'t import".'
            ),
            [*_table_rows(about, choices), *habits],
            choices,
        )
        self._displaced: Row | None = None
        """The habit that was calm before the one of another row."""

    def set_value(self, index: int) -> None:
        """At most one habit is calm: while another is, that one is shown as the new practice that
        it would become."""
        if (displaced := self._displaced) is not None and self.row.index == self.row.calm:
            displaced.index = displaced.calm or displaced.index
            self._displaced = None
        others = (one for one in self.rows if one is not self.row and one.index == one.calm)
        if index == self.row.calm and (other := next(others, None)) is not None:
            other.index = other.new
            self._displaced = other
        super().set_value(index)


def _table_rows(about: FileInfo, choices: ImportChoices) -> Iterator[Row]:
    if about.unclear_date:
        days = [
            Value(day, partial(replace, date_format=date_format))
            for date_format, day in zip(DATE_FORMATS, unclear_days(about.unclear_date), strict=True)
        ]
        index = list(DATE_FORMATS).index(choices.date_format or next(iter(DATE_FORMATS)))
        label = _("Date {text}").format(text=about.unclear_date)
        yield Row(label, days, index, index)
    if about.scale is not None:
        scales = sorted({*SCALES, about.scale})
        index = scales.index(about.scale)
        values = [Value(str(scale), partial(replace, scale=scale)) for scale in scales]
        yield Row(_("Calm scale goes up to"), values, index, index)


def _habit_row(habit: HabitInFile, about: FileInfo) -> Row:
    """Nothing, a new practice, the diary's practices, and calm for numbers; nothing or the note for
    text."""
    becomes = partial(_with_habit, habit.name.casefold())
    nothing = Value(_("don't import"), becomes(is_left_out=True))
    if habit.has_text:
        index = int(habit.target == NOTE)
        note = Value(_("note"), becomes(named="note"))
        return Row(habit.name, (nothing, note), index, index)
    taken = [practice.name for practice in about.practices]
    new_name = habit.new_name or unique_name(habit.name, 1, taken)
    # A column of calmtrack's own files has its name already.
    new = becomes(new_name="" if about.is_own else new_name)
    values = {
        LEFT_OUT: nothing,
        NEW: Value(_("new: {name}").format(name=new_name), new),
    }
    for practice in about.practices:
        values[practice.id] = Value(practice.name, becomes(named=practice.id))
    if habit.has_numbers or habit.target == CALM_ID:
        values[CALM_ID] = Value(_("calm"), becomes(named=CALM_ID))
    targets = list(values)
    index = targets.index(NEW if habit.new_name else habit.target)
    calm = targets.index(CALM_ID) if CALM_ID in values else None
    return Row(habit.name, list(values.values()), index, index, calm, targets.index(NEW))


def _with_habit(
    habit: str, *, named: str = "", new_name: str = "", is_left_out: bool = False
) -> Callable[[ImportChoices], ImportChoices]:
    """Returns the choices in which a habit is one of the diary's practices, a new one, or left out,
    in place of what it was."""

    def choose(choices: ImportChoices) -> ImportChoices:
        return replace(
            choices,
            named=_with_entry(choices.named, habit, named),
            new_names=_with_entry(choices.new_names, habit, new_name),
            left_out=choices.left_out | {habit} if is_left_out else choices.left_out - {habit},
        )

    return choose


def _with_entry(names: Mapping[str, str], habit: str, name: str) -> dict[str, str]:
    others = {one: to for one, to in names.items() if one != habit}
    return {**others, habit: name} if name else others


class MoodMappingDialog(ValuesDialog):
    """A row for each mood with its score, 0 to 10 or none, and one for the file's activities:
    imported as practices, or left out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"digit({n})") for n in range(10)),
    ]

    def __init__(self, about: FileInfo, choices: ImportChoices) -> None:
        rows = [_mood_row(mood, score) for mood, score in about.moods.items()]
        self._moods = len(rows)
        if about.activities:
            name = _("Activities ({count})").format(count=len(about.activities))
            values = [
                Value(_("don't import"), partial(replace, activities=False)),
                Value(_("as practices"), partial(replace, activities=True)),
            ]
            rows.append(Row(name, values, int(choices.activities), int(choices.activities)))
        super().__init__(
            _("What calm score should each mood get?"),
            _(
                "Calm goes from 0 (not at all calm) to 10 (completely calm). Evenings with a mood "
                "get its score; a mood without a score is kept in the note."
            ),
            rows,
            choices,
        )
        self._is_after_one = False
        """Whether the last key was a 1, which a 0 makes a 10."""

    def hints(self) -> Sequence[Hint]:
        return [
            (styled_text.glyph("↑↓"), _("choose"), UP_DOWN),
            ("0-10", _("calm"), None),
            (styled_text.glyph("↵"), _("save"), "enter"),
            (styled_text.glyph("←→"), _("lower, higher"), LEFT_RIGHT),
            ("esc", _("cancel"), "escape"),
        ]

    def on_mount(self) -> None:
        """Starts at the first mood without a score."""
        without = (row for row, one in enumerate(self.rows[: self._moods]) if not one.index)
        self.query_one(ChoiceList).highlighted = next(without, 0)

    def action_row(self, by: int) -> None:
        self._is_after_one = False
        super().action_row(by)

    def set_value(self, index: int) -> None:
        self._is_after_one = False
        super().set_value(index)

    def action_digit(self, digit: int) -> None:
        """Sets the score of the row; a 0 that is the very next key after a 1 makes 10."""
        if self.cursor < self._moods:
            self.set_value(1 + (10 if digit == 0 and self._is_after_one else digit))
            self._is_after_one = digit == 1

    def action_turn(self, by: int) -> None:
        """Changes the score of the row by one; for activities, takes the other value."""
        if self.cursor < self._moods:
            score = self.row.index - 1
            self.set_value(1 + (5 if score < 0 else clamp(score + by, 0, 10)))
        else:
            super().action_turn(by)


def _mood_row(mood: str, score: int | None) -> Row:
    """Its first value is none, which can't be chosen once it has a score."""
    values = [Value(_("no score"), lambda choices: choices)] + [
        Value(_("calm {score} of 10").format(score=score), partial(_with_score, mood, score))
        for score in range(11)
    ]
    index = 0 if score is None else 1 + score
    return Row(mood, values, index, index)


def _with_score(mood: str, score: int, choices: ImportChoices) -> ImportChoices:
    return replace(choices, moods={**choices.moods, mood.casefold(): score})
