"""One worker thread that runs diary jobs in the order in which they were submitted.

The first job loads the diary and SQLAlchemy, after the first frame; jobs submitted before that
wait in the queue. Results come back as calls on the UI thread, which never waits.

While a database server can't be reached, the current job is retried and the others stay queued
behind it: what was typed is written once the server is back.
"""

from __future__ import annotations

import asyncio
import contextvars
import gc
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tracker.errors import CalmtrackError, DatabaseUnavailable
from tracker.location import Location

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

T = TypeVar("T")

RETRY_SECONDS = 1.0
"""Seconds between two tries to reach a server."""


class DiaryWorker:
    """Runs jobs on the diary and delivers their results."""

    def __init__(
        self, location: Location, deliver: Callable[[Callable[[], object]], object]
    ) -> None:
        """`deliver` schedules a call in the app; it is itself called on the UI thread."""
        self.location = location
        self._deliver = deliver
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="diary")
        self._diary: Diary | None = None
        self._gave_up = threading.Event()
        self._job_began: float | None = None
        self.outage: DatabaseUnavailable | None = None
        """Why the current job is being retried; None while the server answers."""

    @property
    def busy_seconds(self) -> float:
        """Seconds since the current job began; 0 without one."""
        began = self._job_began
        return 0.0 if began is None else time.monotonic() - began

    def submit(
        self,
        job: Callable[[Diary], T],
        then: Callable[[T], object],
        on_error: Callable[[CalmtrackError], object],
    ) -> None:
        """Submits a job; `then` gets its result, or `on_error` its error, on the UI thread. Any
        exception but CalmtrackError is raised there."""
        loop = asyncio.get_running_loop()
        context = contextvars.copy_context()

        def deliver_result(future: Future[T]) -> None:
            try:
                result = future.result()
            except CalmtrackError as error:
                on_error(error)
            else:
                then(result)

        def done(future: Future[T]) -> None:
            if not loop.is_closed():
                call = partial(deliver_result, future)
                loop.call_soon_threadsafe(self._deliver, call, context=context)

        self._thread.submit(self._run, job).add_done_callback(done)

    def _run(self, job: Callable[[Diary], T]) -> T:
        self._job_began = time.monotonic()
        while True:
            if self.outage is not None and self._gave_up.is_set():
                raise self.outage
            try:
                result = job(self._open())
            except DatabaseUnavailable as error:
                self.outage = error
                self._gave_up.wait(RETRY_SECONDS)
            except BaseException:
                self._job_began = self.outage = None
                raise
            else:
                self._job_began = self.outage = None
                return result

    def give_up(self) -> None:
        """Stops retrying: queued jobs fail with the error while the server is away."""
        self._gave_up.set()

    def close(self) -> None:
        """Waits until every queued job is done, so that all that was typed is written."""
        self._thread.shutdown(wait=True)

    def _open(self) -> Diary:
        if self._diary is None:
            from tracker.diary.diary import Diary

            self._diary = Diary(self.location)
            # Off until now: a collection while modules are loaded would delay the first frame.
            gc.enable()
            gc.freeze()
        return self._diary
