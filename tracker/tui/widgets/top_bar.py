"""The top line: the app's name, the day or period shown, and the screens."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tracker.i18n.messages import _
from tracker.tui import styled_text
from tracker.tui.bindings import SCREENS
from tracker.tui.styled_text import glyph

_BINDINGS = tuple(entry.binding for entry in SCREENS if entry.in_top_bar)
_KEYS = tuple(binding.key for binding in _BINDINGS)
_REVIEW_KEYS = _KEYS[:4]
"""The screens that stay in a line that has no width for all of them."""


class TopBar(Widget):
    """The arrows beside the period and the names of the screens can be clicked."""

    DEFAULT_CSS = "TopBar { height: 1; }"

    period = reactive("")
    """The day, week or other period shown."""
    screen_key = reactive("")
    """The key of the screen that is open."""
    has_periods = reactive(True)
    """Whether there is a period before and after, with arrows to click."""

    def render(self) -> Content:
        """One line: name to the left, period in the middle, screens to the right."""
        name = f" {self.app.title}"
        period = Content.styled(self.period, styled_text.BOLD)
        if self.has_periods:
            period = Content.assemble(
                styled_text.clickable(f"{glyph('‹')} ", "app.simulate_key('left_square_bracket')"),
                period,
                styled_text.clickable(f" {glyph('›')}", "app.simulate_key('right_square_bracket')"),
            )
        width = self.size.width
        screens = self._screens(width - len(name) - period.cell_length - 5)
        spare = width - len(name) - period.cell_length - screens.cell_length - 1
        # In the middle of the line, or as near to it as the screens allow.
        before = max(1, min((width - period.cell_length) // 2 - len(name), spare - 3))
        after = max(1, spare - before)
        return Content.assemble(
            (name, styled_text.ACCENT), " " * before, period, " " * after, screens
        )

    def _screens(self, width: int) -> Content:
        """All screens by their names, or the reviews by theirs, or all by their letters."""
        names = {binding.key: _(binding.description) for binding in _BINDINGS}
        reviews = {key: names[key] for key in _REVIEW_KEYS}
        letters = {key: key for key in _KEYS}
        for labels, between in ((names, "  "), (reviews, "  "), (letters, " ")):
            line = self._line(labels, between)
            if line.cell_length <= width:
                return line
        return self._line({key: key for key in _REVIEW_KEYS}, " ")

    def _line(self, labels: dict[str, str], between: str) -> Content:
        return Content(between).join(
            styled_text.clickable(self._screen_name(key, label), f"app.simulate_key({key!r})")
            for key, label in labels.items()
        )

    def _screen_name(self, key: str, label: str) -> Content:
        """A screen's name, with its key in it accented."""
        if key == self.screen_key:
            return Content.styled(label, styled_text.CURSOR)
        before, letter, after = label.partition(key)
        return Content.assemble(
            (before, styled_text.MUTED), (letter, styled_text.ACCENT), (after, styled_text.MUTED)
        )
