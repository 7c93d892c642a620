"""Below the list: whether the evening is done, yesterday is still open, or a gentle line."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tracker.tui import ink


class StatusLine(Widget):
    """A sentence of one line with a blank one below, or of two."""

    DEFAULT_CSS = "StatusLine { height: 2; padding: 0 3; }"

    text = reactive("")
    """The sentence, one of our own."""

    def render(self) -> Content:
        """The sentence, indented as the list is."""
        return Content.styled(self.text, ink.ACCENT)
