"""Which calm scores the moods of a file stand for, and what becomes of its activities."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import clamp
from textual.widgets import Static

from tracker.i18n.messages import say
from tracker.importers.habit_importer import ImportChoices
from tracker.importers.import_report import FileInfo
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.key_hints import KeyHints
from tracker.tui.widgets.mood_table import MoodTable


class MoodMappingDialog(Dialog[ImportChoices | None]):
    """Digits or the arrows give the mood of the row its score; enter keeps the table."""

    DEFAULT_CSS = """
    MoodMappingDialog .told { height: auto; margin-bottom: 1; color: $text-muted; }
    MoodMappingDialog KeyHints { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Keep", id="moods_keep", tooltip="Keep the table"),
        Binding("up", "row(-1)", "Up", show=False, id="moods_up", tooltip="The row above"),
        Binding("down", "row(1)", "Down", show=False, id="moods_down", tooltip="The row below"),
        Binding("left", "turn(-1)", "Less", show=False, id="moods_less", tooltip="One less"),
        Binding("right,space", "turn(1)", "More", show=False, id="moods_more", tooltip="One more"),
        Binding("backspace,delete", "clear", "Clear", show=False, id="moods_clear",
                tooltip="As it was"),
        Binding("escape", "dismiss(None)", "Leave", id="moods_leave", tooltip="Change nothing"),
    ]  # fmt: skip

    def __init__(self, about: FileInfo, wishes: ImportChoices) -> None:
        super().__init__()
        self._moods = list(about.moods)
        self._usual = about.moods
        self._scores = {mood: about.moods[mood] for mood in self._moods}
        self._wishes = wishes
        self._activities = len(about.activities)
        self._as_practices = wishes.activities
        self._one_before = False
        """Whether the key before was a 1, of which a 0 makes 10."""

    def compose(self) -> ComposeResult:
        """The question, the table, the keys."""
        with Vertical(classes="box"):
            yield Static(say("import.moods"), classes="title", markup=False)
            yield Static(say("import.moods_told"), classes="told", markup=False)
            yield MoodTable()
            yield KeyHints(
                [
                    (glyph("↑↓"), say("hints.choose"), None),
                    ("0-9", say("hints.calm"), None),
                    (glyph("←→"), say("hints.change"), None),
                    (glyph("↵"), say("form.keep"), "enter"),
                    ("esc", say("form.leave"), "escape"),
                ]
            )

    def on_mount(self) -> None:
        """Shows the table, with the cursor on the first mood that is asked about."""
        self._show()
        scores = list(self._scores.values())
        self._table.cursor = scores.index(None) if None in scores else 0

    @property
    def _table(self) -> MoodTable:
        return self.query_one(MoodTable)

    @property
    def _mood(self) -> str | None:
        """The mood of the cursor's row; None for the activities."""
        cursor = self._table.cursor
        return self._moods[cursor] if cursor < len(self._moods) else None

    def _show(self) -> None:
        rows = [(mood, _shown(self._scores[mood])) for mood in self._moods]
        if self._activities:
            rows.append(
                (
                    say("import.activities", count=self._activities),
                    say("import.practices") if self._as_practices else say("import.left_out"),
                )
            )
        self._table.rows = tuple(rows)

    async def on_key(self, event: events.Key) -> None:
        """A digit is the score of the row; a 0 right after a 1 makes 10. Bound keys are carried
        out here, too: by Textual's own way a digit could overtake an arrow."""
        event.stop()
        event.prevent_default()
        if self.app.screen is not self:
            self.app.post_message(events.Key(event.key, event.character))
            return
        digit = event.character or ""
        if len(digit) == 1 and digit in "0123456789":
            self._score(10 if digit == "0" and self._one_before else int(digit))
        elif (bound := self.active_bindings.get(event.key)) is not None:
            await self.app.run_action(bound.binding.action, bound.node)
        self._one_before = digit == "1"

    def action_row(self, by: int) -> None:
        """Goes to another row."""
        self._table.cursor = clamp(self._table.cursor + by, 0, len(self._table.rows) - 1)

    def action_turn(self, by: int) -> None:
        """One more or less; for the activities, the other of the two."""
        if (mood := self._mood) is None:
            self._as_practices = not self._as_practices
            self._show()
        else:
            score = self._scores[mood]
            self._score(5 if score is None else clamp(score + by, 0, 10))

    def action_clear(self) -> None:
        """The row as it was when this opened."""
        if (mood := self._mood) is not None:
            self._scores[mood] = self._usual[mood]
            self._show()

    def action_keep(self) -> None:
        """Comes back with what was chosen."""
        scores = {mood.casefold(): score for mood, score in self._scores.items()
                  if score is not None and score != self._usual[mood]}  # fmt: skip
        moods = {**self._wishes.moods, **scores}
        self.dismiss(replace(self._wishes, moods=moods, activities=self._as_practices))

    def action_select_row(self, index: int) -> None:
        """A click on a row moves the cursor there."""
        self._table.cursor = index

    def _score(self, score: int) -> None:
        if (mood := self._mood) is not None:
            self._scores[mood] = score
            self._show()


def _shown(score: int | None) -> str:
    return say("import.no_score") if score is None else str(score)
