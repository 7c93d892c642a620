"""Base class of the forms: dialogs with several fields, saved together."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Static

from tracker.errors import CalmtrackError
from tracker.i18n.messages import say
from tracker.sanitize import sanitize_line
from tracker.tui.dialogs.dialog import Dialog, ErrorLine
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.key_hints import Hint
from tracker.tui.widgets.safe_input import SafeInput

T = TypeVar("T")

Answers = dict[str, str]
"""Field names with what is typed into them."""


class FormDialog(Dialog[T]):
    """A labelled `SafeInput` for each field. Enter in any of them submits the form once; an error
    is displayed, and the fields stay as they are."""

    DEFAULT_CSS = """
    FormDialog VerticalScroll { height: auto; max-height: 12; }
    FormDialog Horizontal { height: 1; }
    FormDialog .label { width: 35; color: $text-muted; }
    FormDialog SafeInput, FormDialog SafeInput:focus { width: 1fr; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority over the scrolling of VerticalScroll.
        Binding("down", "app.focus_next", "Next", show=False, priority=True, id="form_next",
                tooltip="The next line"),
        Binding("up", "app.focus_previous", "Line before", show=False, priority=True,
                id="form_before", tooltip="The line before"),
        Binding("escape", "dismiss(None)", "Leave", id="form_leave", tooltip="Change nothing"),
    ]  # fmt: skip

    def __init__(
        self, title: str, labels: Mapping[str, str], answers: Answers, hint: str = ""
    ) -> None:
        """`labels` and the first `answers` are by field name; `hint` is displayed below them."""
        super().__init__(title)
        self._labels = labels
        self._before = answers
        self._hint = hint
        self._is_submitted = False

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            for field, label in self._labels.items():
                with Horizontal():
                    yield Static(label, classes="label", markup=False)
                    yield SafeInput(self._before[field], id=field, select_on_focus=False)
        if self._hint:
            yield Static(sanitize_line(self._hint), classes="hint", markup=False)
        yield ErrorLine()

    def hints(self) -> Sequence[Hint]:
        return [
            (glyph("↵"), say("form.keep"), "enter"),
            ("tab", say("form.next"), "tab"),
            ("esc", say("form.leave"), "escape"),
        ]

    @property
    def answers(self) -> Answers:
        """What is typed now."""
        return {field: self.query_one(f"#{field}", SafeInput).value for field in self._labels}

    @on(Input.Submitted)
    def submit_once(self, message: Input.Submitted) -> None:
        """Submits the form, unless it is being submitted."""
        message.stop()
        if not self._is_submitted:
            self._is_submitted = True
            self.submit(self.answers)

    @abstractmethod
    def submit(self, answers: Answers) -> None:
        """Has the diary save the answers; then calls `finish`, `show_error` or `resume`."""

    def show_error(self, error: CalmtrackError) -> None:
        self.resume()
        super().show_error(error)

    def resume(self) -> None:
        """Lets the form be edited and submitted again."""
        self._is_submitted = False
