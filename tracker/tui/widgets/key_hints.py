"""The bottom line: hints of the keys that matter most on a screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tracker.tui import styled_text

Hint = tuple[str, str, str | None]
"""The key as it is shown, what it does, and the bound key that a click presses, if any."""


class KeyHints(Widget):
    """Hints from the left, as many as fit; the last one, help, is always there."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "KeyHints { height: 1; padding-left: 1; }"

    hints: reactive[tuple[Hint, ...]] = reactive(())
    """The most important first, help last."""

    def __init__(self, hints: Sequence[Hint]) -> None:
        super().__init__()
        self.set_reactive(KeyHints.hints, tuple(hints))

    def render(self) -> Content:
        """One line."""
        if not self.hints:
            return Content("")
        *others, last = (self._hint(hint) for hint in self.hints)
        available = self.size.width - last.cell_length
        shown = []
        for hint in others:
            if available < hint.cell_length + 3:
                break
            shown.append(hint)
            available -= hint.cell_length + 3
        return Content("   ").join([*shown, last])

    def _hint(self, hint: Hint) -> Content:
        shown, label, key = hint
        text = Content.assemble((shown, styled_text.ACCENT), (f" {label}", styled_text.MUTED))
        if key is None:
            return text
        return styled_text.clickable(text, f"app.simulate_key({key!r})")
