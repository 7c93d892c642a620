"""Insights and the coin-flip month, computed in a thread of their own and cached until the diary
file changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from tracker.errors import CalmtrackError
from tracker.location import Location

if TYPE_CHECKING:
    from textual.app import App

    from tracker.views import InsightsView

Stamp = tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class InsightsResult:
    """What Calm shows of them."""

    insights: InsightsView
    coin: tuple[str, ...]
    """The state of the coin-flip month, in sentences."""


class InsightsWorker:
    """Reads by a connection of its own, so that keys are handled and written meanwhile."""

    def __init__(self, app: App[None], location: Location, stamp: Callable[[], Stamp]) -> None:
        """`stamp` differs once the diary file was written to; None for a server, where nothing is
        cached."""
        self._app = app
        self._location = location
        self._stamp = stamp
        self._cache: tuple[Stamp, date, InsightsResult] | None = None

    def request(
        self, then: Callable[[InsightsResult], object], on_error: Callable[[CalmtrackError], object]
    ) -> None:
        """Computes, or takes the cached result; `then` or `on_error` is called on the UI thread."""
        self._app.run_worker(
            partial(self._compute, then, on_error), thread=True, exclusive=True, group="insights"
        )

    def _compute(
        self, then: Callable[[InsightsResult], object], on_error: Callable[[CalmtrackError], object]
    ) -> None:
        from tracker.diary.diary import Diary

        diary = Diary(self._location)
        stamp = self._stamp()
        try:
            today = diary.today()
            cached = self._cache
            if cached is None or stamp is None or cached[:2] != (stamp, today):
                result = InsightsResult(diary.insights.view(), diary.coin_month.status_lines())
                cached = self._cache = (stamp, today, result)
        except CalmtrackError as error:
            self._app.call_from_thread(on_error, error)
        else:
            self._app.call_from_thread(then, cached[2])
