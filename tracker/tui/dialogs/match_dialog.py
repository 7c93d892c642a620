"""The dialog that chooses what the habits of an import file become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tracker.formats.date_order import parse_date
from tracker.i18n.date_format import format_day
from tracker.i18n.messages import N_, _
from tracker.importers.habit_importer import LEFT_OUT, ImportChoices, unique_name
from tracker.importers.import_report import FileInfo, HabitInFile
from tracker.models import CALM_ID
from tracker.tui import styled_text
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.widgets.choice_list import ChoiceList, RowRenderer, value_row
from tracker.tui.widgets.key_hints import Hint

DATE_FORMATS = {"DD/MM/YYYY": "DMY", "MM/DD/YYYY": "MDY"}
"""The formats of a date that could be two days, with their order."""

SCALES = (*range(2, 11), 20, 50, 100)
"""Highest scores of a calm column that are offered."""

NEW = "*"
"""The target of a habit that becomes a new practice; no practice has this id."""

PAGE = 10
"""Rows of a page."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a row."""

    label: str
    choices: ImportChoices
    """Only what the value adds to the choices."""


@dataclass(slots=True)
class Row:
    """A row of the list: a habit, the dates or the scale of a table."""

    label: str
    habit: str
    """The name of the habit in lower case; empty for another row."""
    options: Sequence[Choice]
    before: int
    """The value at first."""
    index: int


def unclear_days(text: str) -> list[str]:
    """The days that a date could be, in the order of DATE_FORMATS."""
    return [format_day(parse_date(text, order), year=True) for order in DATE_FORMATS.values()]


class MatchDialog(Dialog[ImportChoices | None]):
    """A row for each habit or activity of a file: one of the diary's practices, a new one, calm or
    nothing. Those of a table follow its dates and its scale. Returns the choices with these."""

    DEFAULT_CSS = """
    MatchDialog .message { height: auto; margin-bottom: 1; color: $text-muted; }
    MatchDialog ChoiceList { max-height: 50vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", N_("Save"), id="match_save", tooltip=N_("Save the choices")),
        Binding("up", "row(-1)", N_("Up"), show=False, id="match_up", tooltip=N_("Previous row")),
        Binding("down", "row(1)", N_("Down"), show=False, id="match_down",
                tooltip=N_("Next row")),
        Binding("pageup", f"row(-{PAGE})", N_("Page up"), show=False, id="match_page_up",
                tooltip=N_("Scroll up a page")),
        Binding("pagedown", f"row({PAGE})", N_("Page down"), show=False, id="match_page_down",
                tooltip=N_("Scroll down a page")),
        Binding("left", "turn(-1)", N_("Previous"), show=False, id="match_left",
                tooltip=N_("Previous choice")),
        Binding("right,space", "turn(1)", N_("Next"), show=False, id="match_right",
                tooltip=N_("Next choice")),
        Binding("backspace,delete", "clear", N_("Reset"), show=False, id="match_clear",
                tooltip=N_("Reset this row")),
        Binding("escape", "dismiss(None)", N_("Cancel"), id="match_leave",
                tooltip=N_("Cancel without saving")),
    ]  # fmt: skip

    def __init__(self, about: FileInfo, choices: ImportChoices) -> None:
        super().__init__(_("How should this file be imported?"))
        self._choices = choices
        self._rows = [
            *_table_rows(about, choices),
            *(_habit_row(one, about) for one in about.habits),
        ]

    def compose_body(self) -> ComposeResult:
        yield Static(
            _("For each habit, choose one of your practices, a new one, or “don't import”."),
            classes="message",
            markup=False,
        )
        yield ChoiceList(self._drawn_rows())

    def hints(self) -> Sequence[Hint]:
        return [
            (styled_text.glyph("↑↓"), _("choose"), None),
            (styled_text.glyph("↵"), _("save"), "enter"),
            (styled_text.glyph("←→"), _("change"), None),
            ("esc", _("cancel"), "escape"),
        ]

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def _drawn_rows(self) -> list[RowRenderer]:
        return [value_row(row.label, row.options[row.index].label) for row in self._rows]

    def action_row(self, by: int) -> None:
        """Moves the cursor."""
        self._list.move(by)

    def action_turn(self, by: int) -> None:
        """Takes the next or previous value of the row; the first one follows the last."""
        row = self._rows[self._list.cursor]
        row.index = (row.index + by) % len(row.options)
        self._list.set_rows(self._drawn_rows())

    def action_clear(self) -> None:
        """Takes the value that the row had at first."""
        row = self._rows[self._list.cursor]
        row.index = row.before
        self._list.set_rows(self._drawn_rows())

    def action_save(self) -> None:
        """Returns the choices."""
        choices = self._choices
        for row in self._rows:
            if row.index != row.before:
                choices = _with(choices, row)
        self.dismiss(choices)


def _with(choices: ImportChoices, row: Row) -> ImportChoices:
    """The choices with the value of a row in place of an earlier one."""
    added = row.options[row.index].choices
    return replace(
        choices,
        named={**_without(choices.named, row.habit), **added.named},
        new_names={**_without(choices.new_names, row.habit), **added.new_names},
        left_out=(choices.left_out - {row.habit}) | added.left_out,
        date_format=added.date_format or choices.date_format,
        scale=added.scale or choices.scale,
    )


def _without(named: Mapping[str, str], habit: str) -> dict[str, str]:
    return {name: to for name, to in named.items() if name != habit}


def _table_rows(about: FileInfo, choices: ImportChoices) -> Iterator[Row]:
    if about.unclear_date:
        days = [
            Choice(day, ImportChoices(date_format=date_format))
            for date_format, day in zip(DATE_FORMATS, unclear_days(about.unclear_date), strict=True)
        ]
        index = list(DATE_FORMATS).index(choices.date_format or next(iter(DATE_FORMATS)))
        label = _("Date {text}").format(text=about.unclear_date)
        yield Row(label, "", days, index, index)
    if about.scale is not None:
        scales = sorted({*SCALES, about.scale})
        index = scales.index(about.scale)
        options = [Choice(str(scale), ImportChoices(scale=scale)) for scale in scales]
        yield Row(_("Calm scale goes up to"), "", options, index, index)


def _habit_row(habit: HabitInFile, about: FileInfo) -> Row:
    """Nothing, a new practice, the diary's practices, and calm for numbers."""
    key = habit.name.casefold()
    taken = [practice.name for practice in about.practices]
    new_name = habit.practice if habit.is_new else unique_name(habit.name, 1, taken)
    options = {
        LEFT_OUT: Choice(_("don't import"), ImportChoices(left_out=frozenset({key}))),
        NEW: Choice(
            _("new: {name}").format(name=new_name), ImportChoices(new_names={key: new_name})
        ),
    }
    for practice in about.practices:
        options[practice.id] = Choice(practice.name, ImportChoices(named={key: practice.id}))
    if habit.has_numbers or habit.target == CALM_ID:
        options[CALM_ID] = Choice(_("calm"), ImportChoices(named={key: CALM_ID}))
    index = list(options).index(NEW if habit.is_new else habit.target)
    return Row(habit.name, key, list(options.values()), index, index)
