"""Keys typed before the day they are for has been read: they take their turn then.

Of a diary file the first page is there with the first frame, or the welcome is.
"""

from __future__ import annotations

from typing import Any

from textual import events

from tracker.tui.screens.acting import Acting

LEAVE = "app.leave"

AT_ONCE = frozenset({"tonight", "help", "app.suspend_process"})
"""What needs no page."""

OF_THE_DAY = frozenset(
    {"rest", "note", "press", "less", "amount", "clear", "undo", "redo", "explain", "export"}
)
"""What is about the day shown, and so waits for the one that was asked for."""


class EarlyKeys(Acting):
    """A screen that holds such keys back, in their order."""

    _early: tuple[events.Key, ...] = ()

    @property
    def arriving(self) -> bool:
        """Whether the page one went to is not here yet."""
        return self.day is None

    def holds(self, event: events.Key) -> bool:
        """Whether a key is held back until the page is here."""
        is_file = self.calmtrack.desk.place.path is not None
        if not self.arriving or (is_file and self.day is None):
            return False
        held = self._must_wait(event)
        if held:
            self._early += (event,)
        return held

    def _must_wait(self, event: events.Key) -> bool:
        bound = self.active_bindings.get(event.key)
        action = "" if bound is None else bound.binding.action
        if action == LEAVE:
            # Behind the keys before it, unless the server can't be reached.
            return bool(self._early) and self.calmtrack.desk.away is None
        if action in AT_ONCE:
            return False
        return bool(self.day is None or self._early or bound is None or action in OF_THE_DAY)

    def shown(self, page: Any) -> None:
        super().shown(page)
        if self.arriving:
            return
        early, self._early = self._early, ()
        # What was typed ahead of the welcome was meant for something else.
        if self.app.screen is self:
            for event in early:
                self.post_message(events.Key(event.key, event.character))
