"""What is known about a practice; the softening one leads to a minute of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tracker.catalogue.evidence import evidence_card
from tracker.i18n.messages import say
from tracker.models import SOFTENING_ID, Practice
from tracker.render.evidence_text import card_lines
from tracker.sanitize import sanitize_line
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.dialogs.text_dialog import columns_of
from tracker.tui.widgets.key_hints import Hint, KeyHints


class EvidenceDialog(Dialog[bool]):
    """Comes back with whether one wants to breathe; most keys go back without."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("B", "breathe", "Breathe", id="card_breathe", tooltip="A minute to soften"),
        Binding("escape,space,q,enter,x", "dismiss(False)", "Leave", id="card_leave",
                tooltip="Back"),
    ]  # fmt: skip

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice

    def compose(self) -> ComposeResult:
        """The name, what is known, and the keys."""
        lines = card_lines(evidence_card(self._practice), columns_of(self.app.size.width))
        with Vertical(classes="box"):
            yield Static(sanitize_line(self._practice.name, 60), classes="title", markup=False)
            with VerticalScroll(classes="tall"):
                yield Static("\n".join(sanitize_line(line) for line in lines), markup=False)
            yield KeyHints(tuple(self._hints()))

    def _hints(self) -> Iterator[Hint]:
        if self._softens:
            yield "B", say("breathe.along"), "B"
        yield "esc", say("hints.back"), "escape"

    @property
    def _softens(self) -> bool:
        return self._practice.id == SOFTENING_ID

    def action_breathe(self) -> None:
        """Goes on to a minute of it, from the card that says so."""
        if self._softens:
            self.dismiss(True)
