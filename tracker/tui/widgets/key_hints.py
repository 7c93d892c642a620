"""The bottom line: hints of the keys that matter most on a screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tracker.i18n.messages import _
from tracker.tui import styled_text

Hint = tuple[str, str, str | None]
"""The key as it is shown, what it does, and the bound key that a click presses, if any."""


GAP = 3
"""Cells between two hints."""

WITH_MENU = 80
"""Columns from which the key of the command palette is named."""


def page_hints(*hints: Hint) -> tuple[Hint, ...]:
    """The hints of a page of the diary, then those of Tonight and of help."""
    return (*hints, ("T", _("tonight"), "T"), ("?", _("help"), "question_mark"))


class KeyHints(Widget):
    """Hints from the left, as many as fit; the last one, help, is always there. On a page of the
    diary the key of the command palette is at the right."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "KeyHints { height: 1; padding-left: 1; }"

    hints: reactive[tuple[Hint, ...]] = reactive(())
    """The most important first, help last."""

    def __init__(self, hints: Sequence[Hint], least_gap: int = GAP) -> None:
        """Cells between two hints are GAP, but `least_gap` where not all would fit."""
        super().__init__()
        self.set_reactive(KeyHints.hints, tuple(hints))
        self._least_gap = least_gap

    def render(self) -> Content:
        if not self.hints:
            return Content("")
        *others, last = (self._hint(hint) for hint in self.hints)
        gap, menu = GAP, self._menu(GAP)
        right = 1 if menu else 0
        cells = sum(hint.cell_length + GAP for hint in others)
        if cells + last.cell_length + menu.cell_length + right > self.size.width:
            gap, menu = self._least_gap, self._menu(self._least_gap)
        # The last cell stays empty, unless the hints with a small gap need it.
        right = right if gap == GAP else 0
        available = self.size.width - last.cell_length - menu.cell_length - right
        shown = []
        for hint in others:
            if available < hint.cell_length + gap:
                break
            shown.append(hint)
            available -= hint.cell_length + gap
        before = max(0, available + right - 1)
        return Content.assemble(
            *(hint.extend_style(gap) for hint in shown), last, " " * before if menu else "", menu
        )

    def _menu(self, gap: int) -> Content:
        """The hint of the palette; empty in a dialog and where there is little width."""
        if self.hints[-1][2] != "question_mark" or self.app.size.width < WITH_MENU:
            return Content("")
        label = _("menu")
        text = Content.assemble(
            (f"{' ' * gap}ctrl+p", styled_text.ACCENT),
            (f" {label}", styled_text.MUTED),
        )
        return styled_text.clickable(text, "app.command_palette")

    def _hint(self, hint: Hint) -> Content:
        shown, label, key = hint
        text = Content.assemble((shown, styled_text.ACCENT), (f" {label}", styled_text.MUTED))
        if key is None:
            return text
        return styled_text.clickable(text, f"app.simulate_key({key!r})")
