"""Messages about the connection to a database server: slow, gone, back."""

from __future__ import annotations

from collections.abc import Callable

from tracker.i18n.messages import say
from tracker.tui.diary_worker import DiaryWorker

POLL_SECONDS = 0.5
"""Seconds between two looks at the worker."""

SLOW_AFTER = 2.0
"""Seconds of one job after which a message says that the server is slow."""

REPEAT_AFTER = 15.0
"""Seconds after which a message is repeated, as long as it is true."""


class ConnectionMonitor:
    """Watches for how long the diary's jobs take, and whether the server can be reached."""

    def __init__(self, worker: DiaryWorker, notify: Callable[[str], object]) -> None:
        """`poll` must be called every POLL_SECONDS."""
        self._worker = worker
        self._notify = notify
        self._quiet_seconds = 0.0
        """Seconds until a message may be repeated."""
        self._was_away = False
        self._has_warned = False

    def may_leave(self) -> bool:
        """Whether the app may end while the server is away, which loses the jobs in line: not
        before a first try, which warns."""
        if self._has_warned:
            return True
        self._has_warned = True
        self._notify(say("server.leaving"))
        return False

    def poll(self) -> None:
        """Notifies of what has changed, or is so for long."""
        worker = self._worker
        self._quiet_seconds = max(0.0, self._quiet_seconds - POLL_SECONDS)
        if worker.outage is not None:
            if not self._was_away or not self._quiet_seconds:
                self._say(say("server.away"))
            self._was_away = True
        elif self._was_away and worker.busy_seconds < SLOW_AFTER:
            self._was_away = self._has_warned = False
            self._say(say("server.back"))
            self._quiet_seconds = 0.0
        elif worker.busy_seconds >= SLOW_AFTER and not self._quiet_seconds:
            self._say(say("server.slow"))

    def _say(self, sentence: str) -> None:
        self._notify(sentence)
        self._quiet_seconds = REPEAT_AFTER
