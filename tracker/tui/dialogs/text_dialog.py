"""Something told in a box: a title, and lines to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tracker.i18n.messages import say
from tracker.sanitize import sanitize_line
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.widgets.key_hints import KeyHints


def columns_of(width: int) -> int:
    """The columns that a line in the box may have: what its CSS leaves of a terminal so wide."""
    frame_and_scrollbar = 8
    return max(20, min(76, int(width * 0.94)) - frame_and_scrollbar)


class TextDialog(Dialog[None]):
    """Scrolls where there is more than fits; most keys go back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,space,q,enter,x", "dismiss", "Leave", id="told_leave", tooltip="Back")
    ]

    def __init__(self, title: str, lines: Iterable[str]) -> None:
        super().__init__()
        self._title = title
        self._lines = tuple(lines)

    def compose(self) -> ComposeResult:
        """The title, the lines, and the key that goes back."""
        with Vertical(classes="box"):
            yield Static(sanitize_line(self._title, 60), classes="title", markup=False)
            with VerticalScroll(classes="tall"):
                yield Static("\n".join(sanitize_line(line) for line in self._lines), markup=False)
            yield KeyHints([("esc", say("hints.back"), "escape")])
