"""Waits until an app has done all that a key calls for: by conditions, not by time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from textual._context import active_app
from textual._wait import SLEEP_GRANULARITY
from textual.app import App

from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError
from tracker.tui.app import CalmtrackApp

T = TypeVar("T")

TIMEOUT_SECONDS = 60.0
"""After this a wait fails; long, as the machine may be busy with other things."""

POLL_SECONDS = 0.2
"""Interval at which a wait checks whether the app has ended and so answers no jobs any more."""


async def wait_until_idle(*_: float) -> None:
    """Waits until no screen has anything to draw, and the event loop has no callback to run and no
    timer that is due within 20 ms, such as Textual's after a resize. Screens are drawn at once:
    their own timers can be due two frames after the change, which is later than 20 ms."""
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + TIMEOUT_SECONDS
    while loop.time() < end:
        await asyncio.sleep(0)
        if loop._ready or _draw(active_app.get()):
            continue
        timers = (timer.when() for timer in loop._scheduled if not timer.cancelled())
        seconds = min(timers, default=end) - loop.time()
        if seconds > SLEEP_GRANULARITY:
            return
        await asyncio.sleep(seconds)


def _draw(app: App[Any]) -> bool:
    """Draws the screens that are waiting for their timer; returns whether there was one."""
    has_drawn = False
    for screen in app.screen_stack:
        timer: Any = screen._update_timer
        if screen.is_running and timer._active.is_set():
            screen._on_timer_update()
            has_drawn = True
    return has_drawn


class PendingWork:
    """Counts the jobs of an app's diary thread that aren't answered yet, and finds the threads that
    compute its insights. Create it before the app runs."""

    def __init__(self, app: CalmtrackApp) -> None:
        self._app = app
        self._jobs = 0
        self._answered = asyncio.Event()
        self._submit = app.diary_worker.submit
        app.diary_worker.submit = self._count  # type: ignore[method-assign]

    def _count(
        self,
        job: Callable[[Diary], T],
        then: Callable[[T], object],
        on_error: Callable[[CalmtrackError], object] = lambda _: None,
    ) -> None:
        def count_answer(handle: Callable[[Any], object]) -> Callable[[Any], object]:
            def handle_and_count(answer: Any) -> None:
                self._jobs -= 1
                self._answered.set()
                handle(answer)

            return handle_and_count

        self._jobs += 1
        self._submit(job, count_answer(then), count_answer(on_error))

    async def wait_for_jobs(self) -> None:
        """Waits until all jobs, and those that their answers submit, are answered, and the event
        loop is idle."""
        await wait_until_idle()
        end = asyncio.get_running_loop().time() + TIMEOUT_SECONDS
        while self._jobs and self._app.is_running:
            assert asyncio.get_running_loop().time() < end, f"{self._jobs} jobs have no answer"
            self._answered.clear()
            await _wait(self._answered.wait())
            await wait_until_idle()

    async def wait(self) -> None:
        """Waits as well until no worker thread is running. Workers without a thread may run as long
        as their widget, such as the one of a folder tree."""
        await self.wait_for_jobs()
        end = asyncio.get_running_loop().time() + TIMEOUT_SECONDS
        while self._app.is_running and (threads := self._threads()):
            assert asyncio.get_running_loop().time() < end, "a worker's thread does not end"
            await asyncio.wait(threads, timeout=POLL_SECONDS)
            await self.wait_for_jobs()

    def _threads(self) -> list[asyncio.Task[None]]:
        workers = (one for one in self._app.workers if one._thread_worker and not one.is_finished)
        return [one._task for one in workers if one._task is not None]


async def _wait(for_what: Any) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(for_what, POLL_SECONDS)
