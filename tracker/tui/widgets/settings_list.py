"""The settings as a list: each with its value, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tracker.tui import styled_text
from tracker.tui.key_glyphs import glyph


@dataclass(frozen=True, slots=True)
class Line:
    """One setting as it is shown."""

    name: str
    value: str
    meaning: str
    changes: bool = True
    """Whether it can be changed here."""


SAID_LINES = 4
"""How long what is said below the list may be."""


class SettingsList(Widget):
    """One line for each; the arrows beside a value can be clicked."""

    DEFAULT_CSS = "SettingsList { height: 1fr; }"

    lines: reactive[tuple[Line, ...]] = reactive(())
    cursor: reactive[int] = reactive(0)
    """The line one is on, from 0."""
    said = reactive("")
    """What the last key did; empty tells what the setting means."""

    def render(self) -> Content:
        """The lines, and below what the one means."""
        rows = [part for place in range(len(self.lines)) for part in self._with_meaning(place)]
        if len(rows) + 1 + SAID_LINES <= self.size.height:
            said = styled_text.message_lines(self.said, self._width, SAID_LINES)
            return Content("\n").join([Content(""), *rows, *said])
        rows = [self._row(place, line) for place, line in enumerate(self.lines)]
        return Content("\n").join([Content(""), *rows, Content(""), *self._said()])

    def _with_meaning(self, place: int) -> list[Content]:
        """A line, what it means, and a blank line, where there is room for all of it."""
        line = self.lines[place]
        meaning = [
            part.stylize(styled_text.MUTED)
            for part in styled_text.message_lines(line.meaning, self._width, 3)
        ]
        return [self._row(place, line), *meaning, Content("")]

    @property
    def _width(self) -> int:
        """Cells of a sentence."""
        return min(self.size.width, 100)

    def _row(self, place: int, line: Line) -> Content:
        here = place == self.cursor
        arrows = line.changes and here
        name = styled_text.fit(line.name, 22, styled_text.BOLD if here else "")
        value = styled_text.user_text(
            line.value, max(8, self.size.width - 35), styled_text.CURSOR if here else ""
        )
        row = Content.assemble((f" {glyph('›') if here else ' '} ", styled_text.CURSOR), name, "  ")
        return Content.assemble(
            styled_text.clickable(row, f"screen.select_row({place})"),
            styled_text.clickable(f"{glyph('‹')} ", "app.simulate_key('left')") if arrows else "  ",
            styled_text.clickable(
                value.rstrip() if arrows else value, f"screen.select_row({place})"
            ),
            styled_text.clickable(f" {glyph('›')}", "app.simulate_key('right')") if arrows else "",
        )

    def _said(self) -> list[Content]:
        if not self.lines:
            return []
        return styled_text.message_lines(
            self.said or self.lines[self.cursor].meaning, self._width, SAID_LINES
        )
