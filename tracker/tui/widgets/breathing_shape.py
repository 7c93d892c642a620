"""The shape that one breathes with."""

from __future__ import annotations

from itertools import zip_longest

from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive
from textual.widget import Widget

from tracker.render.breathing_disc import disc

FULLNESS = "$primary 70%"


class BreathingShape(Widget):
    """Draws anew only what changes: little each time, and nothing while breath turns."""

    DEFAULT_CSS = "BreathingShape { height: 1fr; }"

    rows: reactive[tuple[str, ...]] = reactive((), repaint=False)
    """The lines it is made of."""

    def breathe(self, fullness: float) -> None:
        """Grows or shrinks to a fullness from 0 to 1."""
        self.rows = disc(self.size.width, self.size.height, fullness)

    def watch_rows(self, before: tuple[str, ...], now: tuple[str, ...]) -> None:
        """Has the part of each row drawn anew that is another one now."""
        for y, (old, new) in enumerate(zip_longest(before, now, fillvalue="")):
            if old != new:
                first = min(_first(old), _first(new))
                self.refresh(Region(first, y, max(len(old), len(new)) - first, 1))

    def render(self) -> Content:
        """The rows as they are."""
        return Content.styled("\n".join(self.rows), FULLNESS)


def _first(row: str) -> int:
    """The column where something is drawn first."""
    return len(row) - len(row.lstrip())
