"""The moods of a file, each with the calm score it stands for."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from tracker.tui import styled_text
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.row_list import RowList

NAME = 30
"""Cells of a mood's name."""


class MoodTable(RowList):
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
            shown[-1] = styled_text.clickable(f"   {glyph('…')}", "screen.row(1)")
        return Content("\n").join(shown)

    def _row(self, place: int) -> Content:
        name, value = self.rows[place]
        here = place == self.cursor
        row = Content.assemble(
            (f" {glyph('›') if here else ' '} ", styled_text.CURSOR),
            styled_text.user_text(name, NAME, styled_text.BOLD if here else ""),
            "  ",
        )
        return Content.assemble(
            styled_text.clickable(row, f"screen.select_row({place})"),
            styled_text.clickable(f"{glyph('‹')} ", "screen.turn(-1)") if here else "  ",
            styled_text.clickable(
                Content.styled(value, styled_text.CURSOR if here else ""),
                f"screen.select_row({place})",
            ),
            styled_text.clickable(f" {glyph('›')}", "screen.turn(1)") if here else "",
        )
