"""The choices of an import: what the habits of a file become, and the calm scores of its moods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import clamp
from textual.widgets import Static

from tracker.formats.cell_parsing import parse_date
from tracker.i18n.date_format import format_day
from tracker.i18n.messages import N_, _
from tracker.importers.habit_importer import LEFT_OUT, ImportChoices, unique_name
from tracker.importers.import_report import FileInfo, HabitInFile
from tracker.models import CALM_ID
from tracker.tui import styled_text
from tracker.tui.bindings import edge_bindings, page_bindings, row_bindings
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.widgets.choice_list import ChoiceList, RowRenderer, value_row
from tracker.tui.widgets.key_hints import Hint

DATE_FORMATS = {"DD/MM/YYYY": "DMY", "MM/DD/YYYY": "MDY"}
"""The formats of a date that could be two days, with their order."""

SCALES = (*range(2, 11), 20, 50, 100)
"""Highest scores of a calm column that are offered."""

NEW = "*"
"""The target of a habit that becomes a new practice; no practice has this id."""


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
        Binding("enter", "save", N_("Save"), tooltip=N_("Save the choices")),
        *row_bindings(),
        *page_bindings(),
        *edge_bindings(),
        Binding("left", "turn(-1)", N_("Previous"), tooltip=N_("Previous choice")),
        Binding("right,space", "turn(1)", N_("Next"), tooltip=N_("Next choice")),
        Binding("backspace,delete", "clear", N_("Reset"), tooltip=N_("Reset this row")),
        Binding("escape", "dismiss(None)", N_("Cancel"), tooltip=N_("Cancel without saving")),
    ]  # fmt: skip

    def __init__(self, about: FileInfo, choices: ImportChoices) -> None:
        super().__init__(_("How should this file be imported?"))
        self._is_own = about.is_own
        self._choices = choices
        self._rows = [
            *_table_rows(about, choices),
            *(_habit_row(one, about) for one in about.habits),
        ]

    def compose_body(self) -> ComposeResult:
        yield Static(
            _("For each column, choose whether it becomes a practice.")
            if self._is_own
            else _('For each habit, choose one of your practices, a new one, or "don\'t import".'),
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
        self._list.move(by)

    def action_turn(self, by: int) -> None:
        """Takes the next or previous value of the row; the first one follows the last."""
        row = self._rows[self._list.cursor]
        row.index = (row.index + by) % len(row.options)
        self._list.set_rows(self._drawn_rows())

    def action_clear(self) -> None:
        row = self._rows[self._list.cursor]
        row.index = row.before
        self._list.set_rows(self._drawn_rows())

    def action_save(self) -> None:
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
    # A column of calmtrack's own files has its name already.
    new = ImportChoices() if about.is_own else ImportChoices(new_names={key: new_name})
    options = {
        LEFT_OUT: Choice(_("don't import"), ImportChoices(left_out=frozenset({key}))),
        NEW: Choice(_("new: {name}").format(name=new_name), new),
    }
    for practice in about.practices:
        options[practice.id] = Choice(practice.name, ImportChoices(named={key: practice.id}))
    if habit.has_numbers or habit.target == CALM_ID:
        options[CALM_ID] = Choice(_("calm"), ImportChoices(named={key: CALM_ID}))
    index = list(options).index(NEW if habit.is_new else habit.target)
    return Row(habit.name, key, list(options.values()), index, index)


class MoodMappingDialog(Dialog[ImportChoices | None]):
    """A row for each mood with its score, 0 to 10 or none, and one for the file's activities:
    imported as practices, or left out. Returns the choices with these in them."""

    DEFAULT_CSS = """
    MoodMappingDialog .message { height: auto; margin-bottom: 1; color: $text-muted; }
    MoodMappingDialog ChoiceList { max-height: 12; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", N_("Save"), tooltip=N_("Save the scores")),
        *row_bindings(),
        *edge_bindings(),
        Binding("left", "turn(-1)", N_("Lower"), tooltip=N_("Lower this score by one")),
        Binding("right,space", "turn(1)", N_("Higher"), tooltip=N_("Raise this score by one")),
        Binding("backspace,delete", "clear", N_("Reset"), tooltip=N_("Reset this score")),
        Binding("escape", "dismiss(None)", N_("Cancel"), tooltip=N_("Cancel without saving")),
        *(Binding(str(n), f"digit({n})") for n in range(10)),
    ]  # fmt: skip

    def __init__(self, about: FileInfo, choices: ImportChoices) -> None:
        super().__init__(_("What calm score should each mood get?"))
        self._moods = list(about.moods)
        self._before = about.moods
        self._scores = dict(about.moods)
        self._choices = choices
        self._activity_count = len(about.activities)
        self._with_activities = choices.activities
        self._is_after_one = False
        """Whether the last key was a 1, which a 0 makes a 10."""

    def compose_body(self) -> ComposeResult:
        yield Static(
            _(
                "Calm goes from 0 (not at all calm) to 10 (completely calm). Evenings with a mood "
                "get its score; a mood without a score is kept in the note."
            ),
            classes="message",
            markup=False,
        )
        yield ChoiceList(self._rows())

    def hints(self) -> Sequence[Hint]:
        return [
            (styled_text.glyph("↑↓"), _("choose"), None),
            ("0-10", _("calm"), None),
            (styled_text.glyph("↵"), _("save"), "enter"),
            (styled_text.glyph("←→"), _("lower, higher"), None),
            ("esc", _("cancel"), "escape"),
        ]

    def on_mount(self) -> None:
        """Starts at the first mood without a score."""
        scores = list(self._scores.values())
        self._list.highlighted = scores.index(None) if None in scores else 0

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    @property
    def _mood(self) -> str | None:
        """The mood of the cursor's row; None for the activities."""
        cursor = self._list.cursor
        return self._moods[cursor] if cursor < len(self._moods) else None

    def _rows(self) -> list[RowRenderer]:
        rows = [(mood, _score_text(self._scores[mood])) for mood in self._moods]
        if self._activity_count:
            name = _("Activities ({count})").format(count=self._activity_count)
            value = _("as practices") if self._with_activities else _("don't import")
            rows.append((name, value))
        return [value_row(name, value) for name, value in rows]

    def action_row(self, by: int) -> None:
        self._is_after_one = False
        self._list.move(by)

    def action_digit(self, digit: int) -> None:
        """Sets the score of the row; a 0 that is the very next key after a 1 makes 10."""
        self._set_score(10 if digit == 0 and self._is_after_one else digit)
        self._is_after_one = digit == 1

    def action_turn(self, by: int) -> None:
        """Changes the score of the row by one; for activities, takes the other value."""
        if (mood := self._mood) is None:
            self._with_activities = not self._with_activities
            self._list.set_rows(self._rows())
        else:
            score = self._scores[mood]
            self._set_score(5 if score is None else clamp(score + by, 0, 10))

    def action_clear(self) -> None:
        if (mood := self._mood) is not None:
            self._set_score(self._before[mood])

    def _set_score(self, score: int | None) -> None:
        self._is_after_one = False
        if (mood := self._mood) is not None:
            self._scores[mood] = score
            self._list.set_rows(self._rows())

    def action_save(self) -> None:
        """Returns the choices; a mood counts as chosen where its score was changed."""
        changed = {
            mood.casefold(): score
            for mood, score in self._scores.items()
            if score is not None and score != self._before[mood]
        }
        moods = {**self._choices.moods, **changed}
        self.dismiss(replace(self._choices, moods=moods, activities=self._with_activities))


def _score_text(score: int | None) -> str:
    return _("no score") if score is None else _("calm {score} of 10").format(score=score)
