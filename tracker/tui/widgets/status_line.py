"""One line below the list: whether the evening is done, or yesterday is still open."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tracker.tui import ink


class StatusLine(Widget):
    """A sentence, with a blank line below it."""

    DEFAULT_CSS = "StatusLine { height: 2; }"

    text = reactive("")
    """The sentence, one of our own."""

    def render(self) -> Content:
        """The sentence, indented as the list is."""
        return Content.assemble("   ", (self.text, ink.ACCENT))
