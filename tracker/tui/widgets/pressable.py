"""A widget whose parts can be clicked."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widget import Widget


class Pressable(Widget):
    """A click on a part that stands for a key sends Pressed with that key."""

    can_focus = False
    ALLOW_SELECT = False

    @dataclass
    class Pressed(Message):
        """A part was clicked that does what a key does."""

        key: str
        """The key's name, as Textual names it."""

    def on_click(self, event: events.Click) -> None:
        """Finds what was clicked."""
        key = event.style.meta.get("@click.unstyled")
        if isinstance(key, str) and "(" not in key:
            event.stop()
            self.post_message(self.Pressed(key))
