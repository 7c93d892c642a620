"""What a person is told of the line to a database server: slow, gone, back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.i18n.messages import say

if TYPE_CHECKING:
    from tracker.tui.app import CalmtrackApp

POLL_SECONDS = 0.5
"""Seconds between two looks at how the work at the desk goes."""

SLOW_AFTER = 2.0
"""Seconds after which somebody wonders whether a key was heard."""

SAY_AGAIN = 15.0
"""Seconds after which it is said again, as long as it is so."""


class ConnectionMonitor:
    """Watches how long the diary's work takes, and says what a person should know of it."""

    def __init__(self, app: CalmtrackApp) -> None:
        self._app = app
        self._quiet = 0.0
        """Seconds for which nothing more need be said."""
        self._was_away = False
        self._told_leaving = False
        app.set_interval(POLL_SECONDS, self._look)

    def may_leave(self, *, told: bool) -> bool:
        """Whether the app may end though the server is gone: that leaves behind what was typed,
        which is told first, unless it was (`told`)."""
        if told or self._told_leaving:
            return True
        self._told_leaving = True
        self._app.tell(say("server.leaving"))
        return False

    def _look(self) -> None:
        desk = self._app.desk
        self._quiet = max(0.0, self._quiet - POLL_SECONDS)
        if desk.away is not None:
            if not self._was_away or not self._quiet:
                self._say(say("server.away"))
            self._was_away = True
        elif self._was_away and desk.waited < SLOW_AFTER:
            self._was_away = self._told_leaving = False
            self._say(say("server.back"))
            self._quiet = 0.0
        elif desk.waited >= SLOW_AFTER and not self._quiet:
            self._say(say("server.slow"))

    def _say(self, sentence: str) -> None:
        self._app.tell(sentence)
        self._quiet = SAY_AGAIN
