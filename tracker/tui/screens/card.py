"""The evidence card of a practice."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tracker.charts.practice_text import card_lines
from tracker.diary.catalogue import card_of
from tracker.tui.screens.box import Box
from tracker.tui.widgets.key_line import KeyLine
from tracker.values import Practice
from tracker.visible import visible
from tracker.words import say


class CardBox(Box[None]):
    """What is known, what is not, and where it stands."""

    DEFAULT_CSS = """
    CardBox VerticalScroll { height: auto; max-height: 55vh; scrollbar-size-vertical: 1; }
    CardBox KeyLine { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,space,q,enter", "dismiss", "Leave", id="card_leave", tooltip="Back")
    ]

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice

    def compose(self) -> ComposeResult:
        """Its name, the card, and the key that goes back."""
        with Vertical(classes="box"):
            yield Static(visible(self._practice.name, 60), classes="title", markup=False)
            with VerticalScroll():
                yield Static("\n".join(card_lines(card_of(self._practice))), markup=False)
            yield KeyLine([("esc", say("hints.back"), "escape")])
