"""How far long work has come."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tracker.i18n.messages import format_number, say
from tracker.tui import styled_text
from tracker.tui.cancellable_job import CancellableJob
from tracker.tui.key_glyphs import glyph

EVERY = 0.2
"""Seconds between two looks at the work; what is done before the first is never told of."""

CELLS = 24
"""How long the bar is."""

LIT = 5
"""Cells of it that wander, where nobody knows how much there is to do."""


class ProgressLine(Widget):
    """One line, blank without work: a bar, the rows, and how to stop it."""

    DEFAULT_CSS = "ProgressLine { height: 1; }"

    looks: reactive[int] = reactive(0)
    """How many times it has looked at the work."""

    def __init__(self) -> None:
        super().__init__()
        self._work: CancellableJob | None = None
        self._whole = 0
        self._timer: Timer | None = None

    def follow(self, work: CancellableJob, whole: int = 0) -> None:
        """Shows how far `work` is of `whole` rows; of 0, only that it goes on."""
        self.rest()
        self._work, self._whole = work, whole
        self._timer = self.set_interval(EVERY, self._look)

    def rest(self) -> None:
        """Shows nothing any more."""
        if self._timer is not None:
            self._timer.stop()
        self._work = self._timer = None
        self.looks = 0

    def _look(self) -> None:
        self.looks += 1

    def render(self) -> Content:
        """The line."""
        if self._work is None or not self.looks:
            return Content("")
        rows = self._work.rows
        return Content.assemble(
            self._bar(rows),
            f"  {say('work.rows', rows=format_number(rows))}   ",
            styled_text.clickable(
                Content.styled(say("work.stop"), styled_text.MUTED), "app.simulate_key('escape')"
            ),
        )

    def _bar(self, rows: int) -> Content:
        if self._whole:
            before, lit = 0, min(CELLS, CELLS * rows // self._whole)
        else:
            before, lit = self.looks % (CELLS - LIT + 1), LIT
        after = CELLS - before - lit
        return Content.assemble(
            (glyph("─") * before, styled_text.MUTED),
            (glyph("━") * lit, styled_text.ACCENT),
            (glyph("─") * after, styled_text.MUTED),
        )
