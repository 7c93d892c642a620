"""What is known about a practice; the softening one leads to a minute of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tracker.charts.evidence_text import card_lines
from tracker.evidence import card_of
from tracker.tui.screens.box import Box
from tracker.tui.screens.told import columns_of
from tracker.tui.widgets.key_line import Hint, KeyLine
from tracker.values import SOFTENING, Practice
from tracker.visible import visible
from tracker.words import say


class CardBox(Box[bool]):
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
        lines = card_lines(card_of(self._practice), columns_of(self.app.size.width))
        with Vertical(classes="box"):
            yield Static(visible(self._practice.name, 60), classes="title", markup=False)
            with VerticalScroll(classes="tall"):
                yield Static("\n".join(visible(line) for line in lines), markup=False)
            yield KeyLine(tuple(self._hints()))

    def _hints(self) -> Iterator[Hint]:
        if self._softens:
            yield "B", say("breathe.along"), "B"
        yield "esc", say("hints.back"), "escape"

    @property
    def _softens(self) -> bool:
        return self._practice.id == SOFTENING

    def action_breathe(self) -> None:
        """Goes on to a minute of it, from the card that says so."""
        if self._softens:
            self.dismiss(True)
