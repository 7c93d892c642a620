"""A small form: some lines to fill, kept together."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from tracker.errors import CalmtrackError
from tracker.i18n.messages import say
from tracker.sanitize import sanitize_line
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.dialogs.prompt_dialog import SafeInput
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.key_hints import KeyHints

T = TypeVar("T")

Answers = dict[str, str]
"""What is typed in each field."""


class FormDialog(Dialog[T]):
    """A line for each thing; what is refused is said, and what was typed stays."""

    DEFAULT_CSS = """
    FormDialog VerticalScroll { height: auto; max-height: 12; }
    FormDialog Horizontal { height: 1; }
    FormDialog .label { width: 35; color: $text-muted; }
    FormDialog SafeInput, FormDialog SafeInput:focus {
        border: none; padding: 0; height: 1; width: 1fr; background: $panel;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the list of lines, which would scroll.
        Binding("down", "app.focus_next", "Next", show=False, priority=True, id="form_next",
                tooltip="The next line"),
        Binding("up", "app.focus_previous", "Line before", show=False, priority=True,
                id="form_before", tooltip="The line before"),
        Binding("escape", "dismiss(None)", "Leave", id="form_leave", tooltip="Change nothing"),
    ]  # fmt: skip

    def __init__(
        self, title: str, labels: Mapping[str, str], answers: Answers, told: str = ""
    ) -> None:
        """`labels` and `answers` are by field, and `told` is what there is to know."""
        super().__init__()
        self._title = title
        self._labels = labels
        self._before = answers
        self._told = told
        self._busy = False

    def compose(self) -> ComposeResult:
        """The title, the fields, what was refused, the keys."""
        with Vertical(classes="box"):
            yield Static(sanitize_line(self._title), classes="title", markup=False)
            with VerticalScroll(can_focus=False):
                for field, label in self._labels.items():
                    with Horizontal():
                        yield Static(label, classes="label", markup=False)
                        yield SafeInput(self._before[field], id=field, select_on_focus=False)
            yield Static(sanitize_line(self._told), classes="hint", markup=False)
            yield Static("", classes="wrong", markup=False)
            yield KeyHints(
                [
                    (glyph("↵"), say("form.keep"), "enter"),
                    ("tab", say("form.next"), "tab"),
                    ("esc", say("form.leave"), "escape"),
                ]
            )

    def on_mount(self) -> None:
        """Leaves no room for a hint that there isn't."""
        self.query_one(".hint").display = bool(self._told)

    @property
    def answers(self) -> Answers:
        """What is typed now."""
        return {field: self.query_one(f"#{field}", SafeInput).value for field in self._labels}

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter keeps the whole form, from whichever line; once only while that is done."""
        message.stop()
        if not self._busy:
            self._busy = True
            self.submit(self.answers)

    @abstractmethod
    def submit(self, answers: Answers) -> None:
        """Has the diary keep what was typed."""

    def refuse(self, trouble: CalmtrackError) -> None:
        """Says what is not possible; the form stays as it is."""
        self._busy = False
        super().refuse(trouble)

    def waits(self) -> None:
        """Lets the person go on with the form."""
        self._busy = False
