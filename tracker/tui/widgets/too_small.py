"""What a terminal that is too small shows in place of a room."""

from __future__ import annotations

from textual.geometry import Size
from textual.widgets import Static

from tracker.i18n.messages import say

LEAST = Size(60, 18)
"""Columns and lines of the smallest terminal in which a room is complete."""


def is_too_small(size: Size) -> bool:
    """Whether a room has no room."""
    return size.width < LEAST.width or size.height < LEAST.height


class TooSmall(Static):
    """Asks for it; what was typed and shown is still there."""

    DEFAULT_CSS = "TooSmall { height: auto; padding: 1; }"

    def __init__(self) -> None:
        super().__init__(
            say("keys.more_room", width=LEAST.width, height=LEAST.height), markup=False
        )
