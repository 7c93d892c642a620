"""Where the terminal's own cursor is placed. Textual hides it and draws another one, but input
methods and braille displays follow it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import VerticalScroll
from textual.geometry import Offset
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget


class CursorWidget(Widget):
    """A widget with a cursor, such as a list of rows."""

    shows_cursor = reactive(True)
    """Whether the cursor is drawn: not below a dialog, where no key moves it."""

    drawn_cursor: Offset | None = None
    """Where the cursor is in the content that was drawn last; None where it isn't in it."""

    def cursor_in_content(self) -> Offset | None:
        """The cursor's cell, from the top left corner of the content; None where it has none."""
        return self.drawn_cursor

    @property
    def cursor_screen_offset(self) -> Offset | None:
        """The cursor's cell on the screen; None where it isn't shown. Textual's fields have a
        property of that name."""
        region, offset = self.content_region, self.cursor_in_content()
        return None if offset is None or not region else region.offset + offset


def terminal_cursor(screen: Screen[object]) -> Offset:
    """The cell of the field that is typed in, else of the first widget with a cursor, else where
    the text begins: the first visible line of one that is scrolled, or the top of the screen's."""
    for widget in _with_cursor(screen):
        offset: Offset | None = getattr(widget, "cursor_screen_offset", None)
        if offset is not None:
            # Behind its text, an `Input` draws its cursor a cell before the one that it names.
            return offset - (1, 0) if getattr(widget, "cursor_at_end", False) else offset
    scrolled = (one for one in screen.walk_children(VerticalScroll) if one.scroll_offset.y)
    texts = (*scrolled, *screen.query_children().exclude(_NO_TEXT))
    shown = (text.content_region for text in texts)
    return next((region.offset for region in shown if region), Offset(0, 0))


_NO_TEXT = "TopBar, .-textual-system"
"""What is above the text of a screen."""


def _with_cursor(screen: Screen[object]) -> Iterator[Widget]:
    if screen.focused is not None:
        yield screen.focused
    yield from screen.walk_children(CursorWidget)
