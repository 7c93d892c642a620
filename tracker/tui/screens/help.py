"""What every key, mark and figure of a screen means."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tracker.charts.marks import mark
from tracker.tui import ink
from tracker.tui.screens.box import Box
from tracker.values import State
from tracker.words import say


class Help(Box[None]):
    """Made from the screen's own bindings, so that it can't say what is not so."""

    DEFAULT_CSS = """
    Help > .box { height: 90%; }
    Help VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", "Leave", id="help_leave", tooltip="Back")
    ]

    def __init__(self, of: Screen[None]) -> None:
        super().__init__()
        self._of = of

    def compose(self) -> ComposeResult:
        """Keys first, then marks, then figures."""
        with Vertical(classes="box"), VerticalScroll():
            yield Static(say("help.title"), classes="title", markup=False)
            yield Static(Content("\n").join([*self._keys(), Content(""), *_marks()]))
            yield Static(say("help.figures"), classes="hint", markup=False)

    def _keys(self) -> list[Content]:
        lines = [_line("0-9", say("help.digits")), _line("a-z", say("help.letters"))]
        told: dict[str, list[str]] = {}
        tips: dict[str, str] = {}
        for active in self._of.active_bindings.values():
            binding = active.binding
            if binding.id and binding.tooltip and active.node is self._of:
                told.setdefault(binding.action, []).append(self.app.get_key_display(binding))
                tips[binding.action] = binding.tooltip
        lines.extend(
            _line(" ".join(dict.fromkeys(keys)), tips[action]) for action, keys in told.items()
        )
        return lines


def _marks() -> list[Content]:
    states = (State.DONE, State.SOME, State.NO, State.REST, State.NOT_LOGGED)
    return [_line(mark(state), say(f"help.{state}")) for state in states]


def _line(keys: str, meaning: str) -> Content:
    return Content.assemble(ink.fit(keys, 16, ink.ACCENT), meaning)
