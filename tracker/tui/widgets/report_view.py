"""What a file would bring, or has brought, sentence by sentence."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive
from textual.widget import Widget

from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.key_glyphs import glyph

LONGEST = 2_000
"""Characters of a sentence: a table of moods can be long."""


class ReportView(Widget):
    """Sentences one below the other, of which only some fit; the wheel scrolls, too."""

    DEFAULT_CSS = "ReportView { height: 1fr; }"

    sentences: reactive[tuple[str, ...]] = reactive(())
    top: reactive[int] = reactive(0)
    """The first line that is shown."""

    def scroll_by(self, lines: int) -> None:
        """Shows what stands so many lines further down."""
        last = max(0, len(self._lines()) - self.size.height)
        self.top = clamp(self.top + lines, 0, last)

    def render(self) -> Content:
        """The lines that fit; the last one says where there are more."""
        lines = self._lines()
        shown = lines[self.top : self.top + self.size.height]
        if self.top + self.size.height < len(lines):
            shown[-1] = styled_text.clickable(f"   {glyph('…')}", "app.simulate_key('down')")
        return Content("\n").join(shown)

    def _lines(self) -> list[Content]:
        width = max(20, self.size.width - 6)
        return [
            Content.assemble("   ", line) if place == 0 else Content.assemble("     ", line)
            for sentence in self.sentences
            for place, line in enumerate(Content(sanitize_line(sentence, LONGEST)).wrap(width - 2))
        ]

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls."""
        event.stop()
        self.scroll_by(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls."""
        event.stop()
        self.scroll_by(-1)
