"""What goes with calmer evenings, and what the coin-flip month says, worked out beside the diary's
own thread and kept until something changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from tracker.places import Place
from tracker.trouble import Trouble

if TYPE_CHECKING:
    from textual.app import App

    from tracker.insight_values import InsightsView

Signature = tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was worked out."""

    insights: InsightsView
    coin: tuple[str, ...]
    """Where the coin-flip month stands, in sentences."""


class Looked:
    """Keys are answered and kept meanwhile: this has a thread and a diary of its own."""

    def __init__(self, app: App[None], place: Place, signature: Callable[[], Signature]) -> None:
        """`signature` tells whether the diary was written to; None where that can't be told."""
        self._app = app
        self._place = place
        self._signature = signature
        self._known: tuple[Signature, date, Found] | None = None

    def ask(self, then: Callable[[Found], object], trouble: Callable[[Trouble], object]) -> None:
        """Hands what was found to `then`, or the sentence to `trouble`, on the screens' thread."""
        self._app.run_worker(
            partial(self._find, then, trouble), thread=True, exclusive=True, group="insights"
        )

    def _find(self, then: Callable[[Found], object], trouble: Callable[[Trouble], object]) -> None:
        from tracker.diary.coin import told
        from tracker.diary.insights import insights
        from tracker.diary.questions import Questions

        diary = Questions(self._place)
        seen = self._signature()
        try:
            today = diary.today()
            known = self._known
            if known is None or seen is None or known[:2] != (seen, today):
                known = self._known = (seen, today, Found(insights(diary), told(diary)))
        except Trouble as error:
            self._app.call_from_thread(trouble, error)
        else:
            self._app.call_from_thread(then, known[2])
