"""Which file or folder one is at, and what comes of it in one sentence."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.key_glyphs import glyph

SAID_LINES = 4


class ImportHeader(Widget):
    """The path, on which a click asks for another, and below it what is said."""

    DEFAULT_CSS = f"ImportHeader {{ height: {SAID_LINES + 4}; }}"

    where = reactive("")
    """The path, or a sentence with it."""
    said = reactive("")

    def render(self) -> Content:
        """A line for the path, and the sentences."""
        width = max(20, self.size.width - 6)
        return Content("\n").join(
            [
                Content(""),
                Content.assemble(
                    "   ", styled_text.clickable(self._where(width), "app.simulate_key('slash')")
                ),
                Content(""),
                *styled_text.message_lines(self.said, self.size.width, SAID_LINES),
            ]
        )

    def _where(self, width: int) -> Content:
        """The end of a path tells more than its beginning."""
        text, cut = Content(sanitize_line(self.where)), glyph("…")
        if text.cell_length > width:
            text = Content(cut) + text[text.cell_length - width + len(cut) :]
        return text.stylize(styled_text.BOLD)
