"""Where the diary is worked on: one thread, one job after the other, in the order of the keys.

The diary and all it needs are loaded by the first job, after the first frame; keys pressed
before that wait in line. The screens never wait: what a job found comes back as a call.

While a database server can't be reached, the job whose turn it is tries again until it can, and
the others keep their places behind it: what was typed is written once the server is back.
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
"""Seconds between two tries to reach a server that was away."""


class DiaryWorker:
    """Takes jobs for the diary and hands back what they found."""

    def __init__(self, place: Location, deliver: Callable[[Callable[[], object]], object]) -> None:
        """`deliver` has a call made on the screens' own thread, from that thread."""
        self.place = place
        self._deliver = deliver
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="diary")
        self._diary: Diary | None = None
        self._given_up = threading.Event()
        self._since: float | None = None
        self.away: DatabaseUnavailable | None = None
        """Why the job whose turn it is can't be done now; None while all is well."""

    @property
    def waited(self) -> float:
        """For how many seconds the present job has been at work; 0 without one."""
        since = self._since
        return 0.0 if since is None else time.monotonic() - since

    def ask(
        self,
        job: Callable[[Diary], T],
        then: Callable[[T], object],
        trouble: Callable[[CalmtrackError], object],
    ) -> None:
        """Puts a job in line; `then` gets its result, or `trouble` the sentence, on the screens'
        own thread. A mistake of ours in a job is raised there, too."""
        loop = asyncio.get_running_loop()
        context = contextvars.copy_context()

        def hand_back(future: Future[T]) -> None:
            try:
                found = future.result()
            except CalmtrackError as error:
                trouble(error)
            else:
                then(found)

        def done(future: Future[T]) -> None:
            if not loop.is_closed():
                call = partial(hand_back, future)
                loop.call_soon_threadsafe(self._deliver, call, context=context)

        self._thread.submit(self._carry_out, job).add_done_callback(done)

    def _carry_out(self, job: Callable[[Diary], T]) -> T:
        self._since = time.monotonic()
        while True:
            if self.away is not None and self._given_up.is_set():
                raise self.away
            try:
                found = job(self._open())
            except DatabaseUnavailable as trouble:
                self.away = trouble
                self._given_up.wait(RETRY_SECONDS)
            except BaseException:
                self._since = self.away = None
                raise
            else:
                self._since = self.away = None
                return found

    def give_up(self) -> None:
        """Tries no longer to reach a server that is away; what waits for it is not written."""
        self._given_up.set()

    def close(self) -> None:
        """Lets every job that waits in line finish: what was pressed is kept."""
        self._thread.shutdown(wait=True)

    def _open(self) -> Diary:
        if self._diary is None:
            from tracker.diary.diary import Diary

            self._diary = Diary(self.place)
            # Off until now: a collection while all is being loaded would hold up the first frame.
            gc.enable()
            gc.freeze()
        return self._diary
