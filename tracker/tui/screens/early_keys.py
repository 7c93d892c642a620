"""Keys typed before a database server has said what there is to log: they take their turn then.

A diary file is there with the first frame, or the welcome is.
"""

from __future__ import annotations

from typing import Any

from textual import events

from tracker.tui.screens.acting import Acting


class EarlyKeys(Acting):
    """A screen that holds such keys back, in their order."""

    _early: tuple[events.Key, ...] = ()

    def holds(self, event: events.Key) -> bool:
        """Whether a key is held back until the first page is here.

        Leaving waits for the keys before it, unless the server can't be reached.
        """
        desk = self.calmtrack.desk
        if self.day is not None or desk.place.path is not None:
            return False
        bound = self.active_bindings.get(event.key)
        leaves = bound is not None and bound.binding.action == "app.leave"
        if leaves and (not self._early or desk.away is not None):
            return False
        self._early += (event,)
        return True

    def shown(self, page: Any) -> None:
        super().shown(page)
        early, self._early = self._early, ()
        # What was typed ahead of the welcome was meant for something else.
        if self.app.screen is self:
            for event in early:
                self.post_message(events.Key(event.key, event.character))
