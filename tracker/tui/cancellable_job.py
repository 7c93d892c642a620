"""Diary jobs that report progress and can be cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from tracker.errors import CalmtrackError
from tracker.i18n.messages import say

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
            raise Cancelled(say("work.stopped"))
        self.rows += rows
