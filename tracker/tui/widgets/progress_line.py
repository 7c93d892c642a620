"""The progress of a job that can be cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tracker.errors import CalmtrackError
from tracker.i18n.messages import _, format_number, ngettext
from tracker.tui import styled_text

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

T = TypeVar("T")


class Cancelled(CalmtrackError):
    """The job was cancelled; the diary and the files are as they were."""


class CancellableJob:
    """Counts the rows that a diary job reads or writes. Once cancelled, the job's next progress
    report raises Cancelled, and the code that opened the transaction or the file rolls it back."""

    def __init__(self) -> None:
        self.rows = 0
        """Rows so far, as the job counts them; reading and writing a row count one each."""
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Requests cancellation, from any thread."""
        self._stopped.set()

    def wrap(self, job: Callable[[Diary], T]) -> Callable[[Diary], T]:
        """The job, with its progress reported to this object."""

        def wrapped(diary: Diary) -> T:
            from tracker.formats.progress import report_progress

            self.rows = 0
            self._report(0)
            with report_progress(self._report):
                return job(diary)

        return wrapped

    def _report(self, rows: int) -> None:
        if self._stopped.is_set():
            raise Cancelled(_("Cancelled. Nothing was saved."))
        self.rows += rows


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
        if self._timer is not None:
            self._timer.stop()
        self._job = self._timer = None
        self.ticks = 0

    def action_stop(self) -> None:
        """Asks the screen to cancel the job."""
        self.post_message(self.StopRequested())

    def _tick(self) -> None:
        self.ticks += 1

    def watch_ticks(self, ticks: int) -> None:
        """Sets a class while there is something to show, for a dialog that hides a blank line."""
        self.set_class(ticks > 0, "-shown")

    def render(self) -> Content:
        if self._job is None or not self.ticks:
            return Content("")
        rows = self._job.rows
        return Content.assemble(
            self._bar(rows),
            "  ",
            ngettext("{rows} row", "{rows} rows", rows).format(rows=format_number(rows)),
            "   ",
            styled_text.clickable(Content.styled(_("escape to cancel"), styled_text.MUTED), "stop"),
        )

    def _bar(self, rows: int) -> Content:
        if self._expected_rows:
            before, lit = 0, min(BAR_WIDTH, BAR_WIDTH * rows // self._expected_rows)
        else:
            before, lit = self.ticks % (BAR_WIDTH - PULSE_WIDTH + 1), PULSE_WIDTH
        after = BAR_WIDTH - before - lit
        return Content.assemble(
            (styled_text.glyph("─") * before, styled_text.MUTED),
            (styled_text.glyph("━") * lit, styled_text.ACCENT),
            (styled_text.glyph("─") * after, styled_text.MUTED),
        )
