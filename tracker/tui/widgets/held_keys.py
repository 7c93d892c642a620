"""Keys that are typed while a dialog saves what is in its fields."""

from __future__ import annotations

from typing import ClassVar

from textual import events

PASSED_KEYS = ("escape", "ctrl+c", "ctrl+q")
"""Keys that close a dialog while it saves."""


class HoldsKeys:
    """A screen that keeps the keys typed while it saves, in their order: they are for what is open
    once that is done. Its fields ask it for each key, as keys can be in their queues already."""

    saves_on_enter: ClassVar[bool] = False
    """Whether enter in a field begins to save."""
    _held_keys: list[events.Key] | None = None
    """None while nothing is being saved."""

    @property
    def is_holding(self) -> bool:
        """Whether something is being saved."""
        return self._held_keys is not None

    def hold_keys(self) -> None:
        """Keeps the keys that are typed from now on."""
        if self._held_keys is None:
            self._held_keys = []

    def hold(self, event: events.Key) -> bool:
        """Whether a key is kept for later."""
        if self._held_keys is None or event.key in PASSED_KEYS:
            return False
        self._held_keys.append(event)
        return True

    def drop_keys(self) -> list[events.Key]:
        """Ends holding; returns the keys that were kept."""
        held, self._held_keys = self._held_keys or [], None
        return held
