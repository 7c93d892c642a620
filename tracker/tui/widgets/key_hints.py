"""The line at the bottom: the keys of this screen, for those who have just arrived."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tracker.tui import styled_text

Hint = tuple[str, str, str | None]
"""The key as it is shown, what it does, and the key that a click presses, if any."""


class KeyHints(Widget):
    """Hints from the left, as many as fit; the last one, help, is always there."""

    DEFAULT_CSS = "KeyHints { height: 1; padding-left: 1; }"

    hints: reactive[tuple[Hint, ...]] = reactive(())
    """The hints, those first that matter most."""

    def __init__(self, hints: Sequence[Hint]) -> None:
        super().__init__()
        self.set_reactive(KeyHints.hints, tuple(hints))

    def render(self) -> Content:
        """One line."""
        if not self.hints:
            return Content("")
        *others, last = (self._hint(hint) for hint in self.hints)
        room = self.size.width - last.cell_length
        shown = []
        for hint in others:
            if room < hint.cell_length + 3:
                break
            shown.append(hint)
            room -= hint.cell_length + 3
        return Content("   ").join([*shown, last])

    def _hint(self, hint: Hint) -> Content:
        key, does, press = hint
        text = Content.assemble((key, styled_text.ACCENT), (f" {does}", styled_text.MUTED))
        return (
            text if press is None else styled_text.clickable(text, f"app.simulate_key({press!r})")
        )
