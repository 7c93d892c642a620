"""Everybody whom notes name: a row each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive

from tracker.render.practice_text import practices_clause
from tracker.tui import styled_text
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tracker.diary.notes import Person

SENTENCE = 40
"""Cells of who it is, how often, and when last."""
WITH_PRACTICES = 60
"""Cells from which a row tells with which practices, too."""


class PeopleList(RowList):
    """The cursor on one; scrolls past what fits."""

    cursor: reactive[int] = reactive(0)
    """The row it is on, from 0."""

    def __init__(self, people: Sequence[Person], classes: str) -> None:
        super().__init__(classes=classes)
        self._people = tuple(people)

    def render(self) -> Content:
        """As many rows as fit."""
        fits = max(1, self.size.height)
        self.scroll_rows(self.cursor, len(self._people), fits)
        shown = list(enumerate(self._people))[self._top : self._top + fits]
        rows = [self._row(place, one) for place, one in shown]
        if self._top + fits < len(self._people):
            rows[-1] = styled_text.clickable(f"  {glyph('…')}", "down")
        return Content("\n").join(rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A line each."""
        return len(self._people)

    def _row(self, place: int, one: Person) -> Content:
        here = place == self.cursor
        style = styled_text.BOLD if here else ""
        row = Content.assemble(
            (f"{glyph('›') if here else ' '} ", styled_text.CURSOR),
            styled_text.user_text(one.sentence, min(SENTENCE, self.size.width - 2), style),
        )
        if self.size.width >= WITH_PRACTICES:
            room = self.size.width - row.cell_length - 2
            row = Content.assemble(
                row, "  ", styled_text.fit(practices_clause(one.practices), room, styled_text.MUTED)
            )
        return styled_text.clickable(row, f"row {place}")
