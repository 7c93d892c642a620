"""What goes with calmer evenings, and what the coin-flip month says, worked out beside the diary's
own thread and kept until something changes."""

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

Signature = tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class InsightsResult:
    """What was worked out."""

    insights: InsightsView
    coin: tuple[str, ...]
    """Where the coin-flip month stands, in sentences."""


class InsightsWorker:
    """Keys are answered and kept meanwhile: this has a thread and a diary of its own."""

    def __init__(self, app: App[None], place: Location, signature: Callable[[], Signature]) -> None:
        """`signature` tells whether the diary was written to; None where that can't be told."""
        self._app = app
        self._place = place
        self._signature = signature
        self._known: tuple[Signature, date, InsightsResult] | None = None

    def ask(
        self, then: Callable[[InsightsResult], object], trouble: Callable[[CalmtrackError], object]
    ) -> None:
        """Hands what was found to `then`, or the sentence to `trouble`, on the screens' thread."""
        self._app.run_worker(
            partial(self._find, then, trouble), thread=True, exclusive=True, group="insights"
        )

    def _find(
        self, then: Callable[[InsightsResult], object], trouble: Callable[[CalmtrackError], object]
    ) -> None:
        from tracker.diary.diary import Diary

        diary = Diary(self._place)
        seen = self._signature()
        try:
            today = diary.today()
            known = self._known
            if known is None or seen is None or known[:2] != (seen, today):
                known = self._known = (
                    seen,
                    today,
                    InsightsResult(diary.insights.view(), diary.coin_month.status_lines()),
                )
        except CalmtrackError as error:
            self._app.call_from_thread(trouble, error)
        else:
            self._app.call_from_thread(then, known[2])
