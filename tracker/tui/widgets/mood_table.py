"""The moods of a file, each with the calm score it stands for."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from tracker.tui import ink
from tracker.tui.glyphs import glyph
from tracker.tui.widgets.rows import Rows

NAME = 30
"""Cells of a mood's name."""


class MoodTable(Rows):
    """A line each; the arrows beside a value can be clicked."""

    DEFAULT_CSS = "MoodTable { height: auto; max-height: 12; }"

    rows: reactive[tuple[tuple[str, str], ...]] = reactive((), layout=True)
    """Name and value of each line."""
    cursor: reactive[int] = reactive(0)

    def get_content_height(self, *_: object) -> int:
        """A line for each."""
        return len(self.rows)

    def render(self) -> Content:
        """The lines that fit."""
        fits = max(1, self.size.height)
        self.scroll_rows(self.cursor, len(self.rows), fits)
        shown = [self._row(place) for place in range(len(self.rows))][self._top :][:fits]
        if self._top + fits < len(self.rows):
            shown[-1] = ink.pressing(f"   {glyph('…')}", "down")
        return Content("\n").join(shown)

    def _row(self, place: int) -> Content:
        name, value = self.rows[place]
        here = place == self.cursor
        row = Content.assemble(
            (f" {glyph('›') if here else ' '} ", ink.CURSOR),
            ink.theirs(name, NAME, ink.STRONG if here else ""),
            "  ",
        )
        return Content.assemble(
            ink.pressing(row, f"row {place}"),
            ink.pressing(f"{glyph('‹')} ", "left") if here else "  ",
            ink.pressing(Content.styled(value, ink.CURSOR if here else ""), f"row {place}"),
            ink.pressing(f" {glyph('›')}", "right") if here else "",
        )
