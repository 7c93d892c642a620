"""The progress of a job that can be cancelled."""

from __future__ import annotations

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tracker.i18n.messages import format_number, say
from tracker.tui import styled_text
from tracker.tui.cancellable_job import CancellableJob
from tracker.tui.key_glyphs import glyph

REFRESH_SECONDS = 0.2
"""Seconds between two reads of the job's rows. A job that ends before the first shows nothing."""

BAR_WIDTH = 24
"""Cells of the bar."""

PULSE_WIDTH = 5
"""Cells that move along the bar while the number of rows is unknown."""


class ProgressLine(Widget):
    """One line with a bar and the number of rows, blank without a job."""

    DEFAULT_CSS = "ProgressLine { height: 1; }"

    ticks: reactive[int] = reactive(0)
    """How often the job's rows were read."""

    class StopRequested(Message):
        """The words that stop the job were clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._job: CancellableJob | None = None
        self._expected_rows = 0
        self._timer: Timer | None = None

    def follow(self, job: CancellableJob, expected_rows: int = 0) -> None:
        """Displays the job's rows as a part of those expected; 0 means unknown."""
        self.reset()
        self._job, self._expected_rows = job, expected_rows
        self._timer = self.set_interval(REFRESH_SECONDS, self._tick)

    def reset(self) -> None:
        """Displays nothing."""
        if self._timer is not None:
            self._timer.stop()
        self._job = self._timer = None
        self.ticks = 0

    def action_stop(self) -> None:
        """Asks the screen to cancel the job."""
        self.post_message(self.StopRequested())

    def _tick(self) -> None:
        self.ticks += 1

    def render(self) -> Content:
        """The line."""
        if self._job is None or not self.ticks:
            return Content("")
        rows = self._job.rows
        return Content.assemble(
            self._bar(rows),
            f"  {say('work.rows', rows=format_number(rows))}   ",
            styled_text.clickable(Content.styled(say("work.stop"), styled_text.MUTED), "stop"),
        )

    def _bar(self, rows: int) -> Content:
        if self._expected_rows:
            before, lit = 0, min(BAR_WIDTH, BAR_WIDTH * rows // self._expected_rows)
        else:
            before, lit = self.ticks % (BAR_WIDTH - PULSE_WIDTH + 1), PULSE_WIDTH
        after = BAR_WIDTH - before - lit
        return Content.assemble(
            (glyph("─") * before, styled_text.MUTED),
            (glyph("━") * lit, styled_text.ACCENT),
            (glyph("─") * after, styled_text.MUTED),
        )
