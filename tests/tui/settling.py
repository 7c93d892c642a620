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

PATIENCE = 60.0
"""Seconds after which a wait fails: many, for a machine with much else to do."""

POLL_SECONDS = 0.2
"""How often a wait checks whether the app has ended and so handles no answers any more."""


async def wait_until_idle(*_: float) -> None:
    """Waits until the screens have nothing to draw, and the event loop has no callback to run nor a
    timer that is due within 20 ms, as Textual sets when the terminal is resized. A screen is drawn
    at once: its own timer can be due later than that, two frames after the change."""
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
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
    """Draws the screens that wait for their timer to do so; returns whether there was one."""
    has_drawn = False
    for screen in app.screen_stack:
        timer: Any = screen._update_timer
        if screen.is_running and timer._active.is_set():
            screen._on_timer_update()
            has_drawn = True
    return has_drawn


class PendingWork:
    """The jobs of an app's diary thread whose answers are not handled yet, and the threads that
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
        on_error: Callable[[CalmtrackError], object],
    ) -> None:
        def counted(handle: Callable[[Any], object]) -> Callable[[Any], object]:
            def handle_and_count(answer: Any) -> None:
                self._jobs -= 1
                self._answered.set()
                handle(answer)

            return handle_and_count

        self._jobs += 1
        self._submit(job, counted(then), counted(on_error))

    async def wait_for_jobs(self) -> None:
        """Waits until the answers of all jobs, and of those that they call for, are handled and
        the event loop is idle."""
        await wait_until_idle()
        end = asyncio.get_running_loop().time() + PATIENCE
        while self._jobs and self._app.is_running:
            assert asyncio.get_running_loop().time() < end, f"{self._jobs} jobs have no answer"
            self._answered.clear()
            await _wait(self._answered.wait())
            await wait_until_idle()

    async def wait(self) -> None:
        """Waits as well until no thread of a worker computes anything. Workers without a thread may
        run as long as their widget, as the one of a folder's tree does."""
        await self.wait_for_jobs()
        end = asyncio.get_running_loop().time() + PATIENCE
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
