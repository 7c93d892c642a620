"""A dialog to choose one of a few options."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static

from tracker.i18n.messages import say
from tracker.sanitize import sanitize_line
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.choice_list import ChoiceList, text_rows
from tracker.tui.widgets.key_hints import Hint


class ChoiceDialog(Dialog[int | None]):
    """Returns the index of the chosen option, from 0; None if none was chosen."""

    DEFAULT_CSS = """
    ChoiceDialog .message { height: auto; margin-bottom: 1; color: $text-muted; }
    ChoiceDialog ChoiceList { max-height: 40vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose", id="choice_choose", tooltip="This one"),
        Binding("up", "row(-1)", "Up", show=False, id="choice_up", tooltip="The one above"),
        Binding("down", "row(1)", "Down", show=False, id="choice_down", tooltip="The one below"),
        Binding("escape", "dismiss(None)", "Leave", id="choice_leave", tooltip="None of them"),
    ]

    def __init__(self, title: str, options: Sequence[str], message: str = "") -> None:
        super().__init__(title)
        self._options = options
        self._message = message

    def compose_body(self) -> ComposeResult:
        if self._message:
            yield Static(sanitize_line(self._message), classes="message", markup=False)
        yield ChoiceList(text_rows(self._options))

    def hints(self) -> Sequence[Hint]:
        return [(glyph("↵"), say("form.choose"), "enter"), ("esc", say("form.leave"), "escape")]

    def action_row(self, by: int) -> None:
        """Moves the cursor."""
        self.query_one(ChoiceList).move(by)

    def action_choose(self) -> None:
        """Returns the option under the cursor."""
        self.dismiss(self.query_one(ChoiceList).cursor)

    @on(OptionList.OptionSelected)
    def choose_clicked(self, message: OptionList.OptionSelected) -> None:
        """Returns the option that was clicked."""
        message.stop()
        self.dismiss(message.option_index)
