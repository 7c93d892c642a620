"""Work on files that can take long: how far it has come, and a way to stop it."""

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
    """The person stopped it; the diary and the files are as they were."""


class CancellableJob:
    """One job for the diary that reads or writes many rows. Stopped, it ends with Stopped at the
    next rows it tells of; what it did until then is taken back by whoever began it."""

    def __init__(self) -> None:
        self.rows = 0
        """Rows done so far, as the job counts them; reading and writing count each."""
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Asks it to end, from any thread."""
        self._stopped.set()

    def told_by(self, job: Callable[[Diary], T]) -> Callable[[Diary], T]:
        """The job, which tells of its rows here."""

        def telling(diary: Diary) -> T:
            from tracker.formats.progress import report_progress

            self.rows = 0
            self._told(0)
            with report_progress(self._told):
                return job(diary)

        return telling

    def _told(self, rows: int) -> None:
        if self._stopped.is_set():
            raise Cancelled(say("work.stopped"))
        self.rows += rows
