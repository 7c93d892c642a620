"""How a streak came about, day by day."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tracker.i18n.messages import say
from tracker.render.practice_text import explain_lines
from tracker.sanitize import sanitize_line
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.widgets.key_hints import KeyHints
from tracker.views import Explanation


class ExplainDialog(Dialog[None]):
    """The newest day last, and in view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,x,q,enter", "dismiss", "Leave", id="explain_leave", tooltip="Back")
    ]

    def __init__(self, explanation: Explanation) -> None:
        super().__init__()
        self._explanation = explanation

    def compose(self) -> ComposeResult:
        """The rule in a sentence, then the days."""
        one = self._explanation
        title, *lines = explain_lines(one)
        with Vertical(classes="box"):
            yield Static(sanitize_line(title), classes="title", markup=False)
            with VerticalScroll(classes="tall"):
                yield Static("\n".join(sanitize_line(line) for line in lines), markup=False)
            yield KeyHints([("esc", say("hints.back"), "escape")])

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Goes to the newest day, once it is clear how many lines there are for it."""
        self.call_after_refresh(self.query_one(VerticalScroll).scroll_end, animate=False)
