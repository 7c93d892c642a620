"""What goes with calmer evenings, worked out beside the diary's own thread and kept until
something changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from tracker.places import Place
from tracker.trouble import Trouble

if TYPE_CHECKING:
    from textual.app import App

    from tracker.insight_values import InsightsView

Signature = tuple[int, int, int] | None


class Looked:
    """Keys are answered and kept meanwhile: this has a thread and a diary of its own."""

    def __init__(self, app: App[None], place: Place, signature: Callable[[], Signature]) -> None:
        """`signature` tells whether the diary was written to; None where that can't be told."""
        self._app = app
        self._place = place
        self._signature = signature
        self._known: tuple[Signature, date, InsightsView] | None = None

    def ask(
        self, then: Callable[[InsightsView], object], trouble: Callable[[Trouble], object]
    ) -> None:
        """Hands what was found to `then`, or the sentence to `trouble`, on the screens' thread."""
        self._app.run_worker(
            partial(self._find, then, trouble), thread=True, exclusive=True, group="insights"
        )

    def _find(
        self, then: Callable[[InsightsView], object], trouble: Callable[[Trouble], object]
    ) -> None:
        from tracker.diary.insights import insights
        from tracker.diary.questions import Questions

        diary = Questions(self._place)
        seen = self._signature()
        try:
            today = diary.today()
            known = self._known
            if known is None or seen is None or known[:2] != (seen, today):
                known = self._known = (seen, today, insights(diary))
        except Trouble as error:
            self._app.call_from_thread(trouble, error)
        else:
            self._app.call_from_thread(then, known[2])
