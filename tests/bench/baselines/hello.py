"""A bare Textual app: the baseline of the first frame, a key and the exit."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class Hello(App[None]):
    """A minimal app that counts key presses; `q` quits."""

    count = 0

    def compose(self) -> ComposeResult:
        """One label."""
        yield Static("hello world")

    def on_key(self, event: Key) -> None:
        """Shows the number of keys."""
        if event.key == "q":
            self.exit()
        self.count += 1
        self.query_one(Static).update(f"hello world, key {self.count}.")


if __name__ == "__main__":
    Hello().run()
