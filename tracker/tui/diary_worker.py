"""Worker threads on the diary.

`DiaryWorker` is one thread that runs jobs in the order in which they were submitted.

The first job loads the diary, after the first frame; jobs submitted before that
wait in the queue. Results come back as calls on the UI thread, which never waits.

While a database server can't be reached, the current job is retried and the others stay queued
behind it: what was typed is written once the server is back. `ConnectionMonitor` says so.

`InsightsWorker` computes the insights and the coin-flip month in a thread of their own, and caches
them until the diary file changes.
"""

from __future__ import annotations

import asyncio
import contextvars
import gc
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tracker.errors import CalmtrackError, DatabaseUnavailable
from tracker.i18n.messages import _
from tracker.location import Location, NoHomeFolder, settings_path

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App

    from tracker.diary.diary import Diary
    from tracker.views import Finding, InsightsView

T = TypeVar("T")

RETRY_SECONDS = 1.0
"""Seconds between two tries to reach a server."""


Stamp = tuple[int, int, int] | None
"""Time of change, size and inode of a file; None for a missing one, and for a server."""


def file_stamp(location: Location) -> Stamp:
    """The stamp of a diary file, which differs once the file was written or replaced."""
    return None if location.path is None else _stamp(location.path)


def settings_stamp() -> Stamp:
    """The stamp of the settings file; None without one."""
    with suppress(NoHomeFolder):
        return _stamp(settings_path())
    return None


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


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
        on_error: Callable[[CalmtrackError], object] = lambda _: None,
    ) -> None:
        """Submits a job; `then` gets its result, or `on_error` its error, on the UI thread. By
        default an error is left to the next key, which meets the same trouble. Any exception but
        CalmtrackError is raised there."""
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
            from tracker.exporters import back_up_json

            self._diary = Diary(self.location, export_json=back_up_json)
            # Off until now: a collection while modules are loaded would delay the first frame.
            gc.enable()
            gc.freeze()
        return self._diary


MONITOR_SECONDS = 0.5
"""Seconds between two looks at the worker."""

SLOW_AFTER = 2.0
"""Seconds of one job after which a message says that the server is slow."""

REPEAT_AFTER = 15.0
"""Seconds after which a message is repeated, as long as it is true."""


class ConnectionMonitor:
    """Watches for how long the diary's jobs take, and whether the server can be reached."""

    def __init__(self, worker: DiaryWorker, notify: Callable[[str], object]) -> None:
        """`poll` must be called every MONITOR_SECONDS."""
        self._worker = worker
        self._notify = notify
        self._quiet_seconds = 0.0
        """Seconds until a message may be repeated."""
        self._was_away = False
        self._has_warned = False

    def may_leave(self) -> bool:
        """Whether the app may end while the server is away, which loses the jobs in line: not
        before a first attempt, which warns."""
        if self._has_warned:
            return True
        self._has_warned = True
        self._notify(
            _(
                "Can't reach the database, so your latest changes aren't saved yet. "
                "Quit again to leave without saving your changes."
            )
        )
        return False

    def forget_warning(self) -> None:
        """Makes the next attempt to leave warn again."""
        self._has_warned = False

    def poll(self) -> None:
        """Notifies of what has changed, or is so for long."""
        worker = self._worker
        self._quiet_seconds = max(0.0, self._quiet_seconds - MONITOR_SECONDS)
        if worker.outage is not None:
            if not self._was_away or not self._quiet_seconds:
                self._notify_rarely(
                    _(
                        "Can't reach the database right now. You can carry on: your changes "
                        "will be saved once it's back."
                    )
                )
            self._was_away = True
        elif self._was_away and worker.busy_seconds < SLOW_AFTER:
            self._was_away = self._has_warned = False
            self._notify_rarely(_("The database is back."))
            self._quiet_seconds = 0.0
        elif worker.busy_seconds >= SLOW_AFTER and not self._quiet_seconds:
            self._notify_rarely(
                _(
                    "The database is slow right now. You can carry on: your changes will "
                    "show up once they're saved."
                )
            )

    def _notify_rarely(self, sentence: str) -> None:
        self._notify(sentence)
        self._quiet_seconds = REPEAT_AFTER


class InsightsResult(NamedTuple):
    """The insights and the coin-flip month, as the Calm screen shows them."""

    insights: InsightsView
    coin: tuple[str, ...]
    """The state of the coin-flip month, in sentences."""
    earlier_coins: tuple[str, ...]
    """The results of coin-flip months before it, newest first, a sentence each."""


class InsightsWorker:
    """Reads by a connection of its own, so that keys are handled and written meanwhile. Results for
    a server aren't cached."""

    def __init__(self, app: App[None], location: Location) -> None:
        self._app = app
        self._location = location
        self._cache: tuple[Stamp, date, InsightsResult] | None = None

    def request(
        self, then: Callable[[InsightsResult], object], on_error: Callable[[CalmtrackError], object]
    ) -> None:
        """Computes, or takes the cached result; `then` or `on_error` is called on the UI thread."""
        self._run(self._insights, then, on_error, group="insights", exclusive=True)

    def request_new_findings(self, then: Callable[[tuple[str, ...]], object]) -> None:
        """Computes the practices of which a checkpoint reports something new."""
        self._run(lambda diary: diary.insights.new_findings(), then, group="new findings")

    def request_findings(self, day: date, then: Callable[[tuple[Finding, ...]], object]) -> None:
        """Computes the patterns of a recap as of a day."""

        def job(diary: Diary) -> tuple[Finding, ...]:
            from tracker.diary.recap import findings_of

            return findings_of(diary.insights.view(day))

        self._run(job, then, group="findings", exclusive=True)

    def _run(
        self,
        job: Callable[[Diary], T],
        then: Callable[[T], object],
        on_error: Callable[[CalmtrackError], object] = lambda _: None,
        *,
        group: str,
        exclusive: bool = False,
    ) -> None:
        """Runs a job in a thread. By default an error is left to the next key, which meets the same
        trouble."""

        def compute() -> None:
            from tracker.diary.diary import Diary

            try:
                result = job(Diary(self._location))
            except CalmtrackError as error:
                self._app.call_from_thread(on_error, error)
            else:
                self._app.call_from_thread(then, result)

        self._app.run_worker(compute, thread=True, exclusive=exclusive, group=group)

    def _insights(self, diary: Diary) -> InsightsResult:
        stamp, today = file_stamp(self._location), diary.today()
        if self._cache is not None and stamp is not None and self._cache[:2] == (stamp, today):
            return self._cache[2]
        earlier = diary.coin_month.earlier_results()
        result = InsightsResult(
            diary.insights.view(),
            diary.coin_month.status_lines(),
            tuple(sentence for _month, sentence in earlier),
        )
        self._cache = (stamp, today, result)
        return result
