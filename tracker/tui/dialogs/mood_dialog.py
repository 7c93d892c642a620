"""The dialog that maps the moods of an import file to calm scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import clamp
from textual.widgets import Static

from tracker.i18n.messages import N_, _
from tracker.importers.habit_importer import ImportChoices
from tracker.importers.import_report import FileInfo
from tracker.tui import styled_text
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.widgets.choice_list import ChoiceList, RowRenderer, value_row
from tracker.tui.widgets.key_hints import Hint


class MoodMappingDialog(Dialog[ImportChoices | None]):
    """A row for each mood with its score, 0 to 10 or none, and one for the file's activities:
    imported as practices, or left out. Returns the choices with these in them."""

    DEFAULT_CSS = """
    MoodMappingDialog .message { height: auto; margin-bottom: 1; color: $text-muted; }
    MoodMappingDialog ChoiceList { max-height: 12; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", N_("Save"), id="moods_keep", tooltip=N_("Save the scores")),
        Binding("up", "row(-1)", N_("Up"), show=False, id="moods_up", tooltip=N_("Previous row")),
        Binding("down", "row(1)", N_("Down"), show=False, id="moods_down",
                tooltip=N_("Next row")),
        Binding("left", "turn(-1)", N_("Lower"), show=False, id="moods_less",
                tooltip=N_("Lower this score by one")),
        Binding("right,space", "turn(1)", N_("Higher"), show=False, id="moods_more",
                tooltip=N_("Raise this score by one")),
        Binding("backspace,delete", "clear", N_("Reset"), show=False, id="moods_clear",
                tooltip=N_("Reset this score")),
        Binding("escape", "dismiss(None)", N_("Cancel"), id="moods_leave",
                tooltip=N_("Cancel without saving")),
        *(Binding(str(n), f"digit({n})", show=False, id=f"moods_{n}") for n in range(10)),
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
        """Moves the cursor."""
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
        """Resets the score of the row."""
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
