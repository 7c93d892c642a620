"""A list of rows with a cursor, of which only some fit, above a message."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.tui import styled_text
from tracker.tui.terminal_cursor import CursorWidget


class RowList(CursorWidget):
    """Scrolls to its cursor; the mouse wheel moves the cursor by the screen's action `row`."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "RowList { height: 1fr; }"

    message = reactive("")
    """About the last key; empty for a text about the row of the cursor."""

    _top = 0
    """The first row that is shown."""

    def visible_rows(
        self, build: Callable[[int], Content], count: int, cursor: int | None, fits: int
    ) -> list[Content]:
        """The rows that fit, each built by its index, with the cursor's among them; None scrolls
        to the top. Where rows are left below, the last line says so, and a click moves down."""
        self._keep_cursor_visible(cursor, count, fits)
        rows = [build(index) for index in range(self._top, min(count, self._top + fits))]
        if self._top + fits < count:
            rows[-1] = styled_text.clickable(
                Content.assemble("   ", styled_text.more_words(styled_text.glyph("↑↓"))),
                "screen.row(1)",
            )
        return rows

    def _keep_cursor_visible(self, cursor: int | None, count: int, fits: int) -> None:
        last = max(0, count - fits)
        if cursor is None:
            self._top = 0
        elif cursor < self._top:
            self._top = cursor
        elif cursor >= self._top + fits - (self._top < last):
            self._top = cursor - fits + 1 + (cursor + 1 < count)
        self._top = clamp(self._top, 0, last)

    def with_spacing(self, rows: list[Content], height: int) -> list[Content]:
        """The rows, with a blank line between each two where they fit into `height` so."""
        if 2 * len(rows) - 1 > height:
            return rows
        spread = (line for row in rows for line in ((row, Content("")) if row.plain else (row,)))
        return list(spread)[:-1]

    async def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        event.stop()
        await self.run_action("screen.row(1)")

    async def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        event.stop()
        await self.run_action("screen.row(-1)")
