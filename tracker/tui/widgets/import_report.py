"""The parts of the import screen around its files: the header, and the report of a file."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive
from textual.widget import Widget

from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.key_glyphs import glyph

MESSAGE_LINES = 4

MAX_SENTENCE = 2_000
"""Characters of a sentence of the report: a list of moods can be long."""


class ImportHeader(Widget):
    """The path, clickable to type another one, and below it a message."""

    DEFAULT_CSS = f"ImportHeader {{ height: {MESSAGE_LINES + 4}; }}"

    path = reactive("")
    """The path, or a phrase that ends in it."""
    message = reactive("")

    def render(self) -> Content:
        """The path between blank lines, then the message."""
        width = max(20, self.size.width - 6)
        return Content("\n").join(
            [
                Content(""),
                Content.assemble(
                    "   ", styled_text.clickable(self._path(width), "screen.type_path")
                ),
                Content(""),
                *styled_text.message_lines(self.message, self.size.width, MESSAGE_LINES),
            ]
        )

    def _path(self, width: int) -> Content:
        """Cut at its start: the end of a path tells more."""
        text, dots = Content(sanitize_line(self.path)), glyph("…")
        if text.cell_length > width:
            text = Content(dots) + text[text.cell_length - width + len(dots) :]
        return text.stylize(styled_text.BOLD)


class ImportReport(Widget):
    """Sentences about the rows of a file, scrolled by keys, the wheel or a click on `…`."""

    DEFAULT_CSS = "ImportReport { height: 1fr; }"

    sentences: reactive[tuple[str, ...]] = reactive(())
    first_line: reactive[int] = reactive(0)
    """The first visible line."""

    def action_scroll_lines(self, by: int) -> None:
        """Scrolls by lines."""
        last = max(0, len(self._lines()) - self.size.height)
        self.first_line = clamp(self.first_line + by, 0, last)

    def action_scroll_pages(self, by: int) -> None:
        """Scrolls by pages that overlap by one line."""
        self.action_scroll_lines(by * max(1, self.size.height - 1))

    def render(self) -> Content:
        """The lines that fit; the last one is `…` while there are more."""
        lines = self._lines()
        visible = lines[self.first_line : self.first_line + self.size.height]
        if self.first_line + self.size.height < len(lines):
            visible[-1] = styled_text.clickable(f"   {glyph('…')}", "scroll_lines(1)")
        return Content("\n").join(visible)

    def _lines(self) -> list[Content]:
        width = max(20, self.size.width - 8)
        return [
            Content.assemble("   " if number == 0 else "     ", line)
            for sentence in self.sentences
            for number, line in enumerate(
                Content(sanitize_line(sentence, MAX_SENTENCE)).wrap(width)
            )
        ]

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scrolls down."""
        event.stop()
        self.action_scroll_lines(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scrolls up."""
        event.stop()
        self.action_scroll_lines(-1)
