"""The line on top: which day or week this is, and the rooms."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from tracker.i18n.messages import say
from tracker.tui import styled_text
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.pressable import Pressable

ROOMS = "TWYCPS"
"""The rooms by their letters."""
LOOKING = 4
"""The first of them, which are opened most."""


class TopBar(Pressable):
    """Name, period and rooms; the arrows and the rooms can be clicked."""

    DEFAULT_CSS = "TopBar { height: 1; }"

    period = reactive("")
    """The day or week shown."""
    room = reactive("")
    """The letter of the room one is in."""
    turns = reactive(True)
    """Whether there is a period before and after, to click on."""

    def render(self) -> Content:
        """One line: name to the left, period in the middle, rooms to the right."""
        name = f" {self.app.title}"
        period = Content.styled(self.period, styled_text.BOLD)
        if self.turns:
            period = Content.assemble(
                styled_text.clickable(f"{glyph('‹')} ", "left_square_bracket"),
                period,
                styled_text.clickable(f" {glyph('›')}", "right_square_bracket"),
            )
        width = self.size.width
        rooms = self._rooms(width - len(name) - period.cell_length - 5)
        spare = width - len(name) - period.cell_length - rooms.cell_length - 1
        # In the middle of the line, or as near to it as the rooms allow.
        before = max(1, min((width - period.cell_length) // 2 - len(name), spare - 3))
        after = max(1, spare - before)
        return Content.assemble(
            (name, styled_text.ACCENT), " " * before, period, " " * after, rooms
        )

    def _rooms(self, width: int) -> Content:
        """All rooms by their names, or those that look back, or by their letters alone."""
        letters = tuple((letter, letter) for letter in ROOMS)
        named = tuple((letter, say(f"rooms.{letter}")) for letter in ROOMS)
        for rooms in (named, named[:LOOKING], letters):
            between = "  " if rooms is not letters else " "
            shown = Content(between).join(self._room(letter, name) for letter, name in rooms)
            if shown.cell_length <= width:
                return shown
        return Content(" ").join(self._room(letter, name) for letter, name in letters[:LOOKING])

    def _room(self, letter: str, label: str) -> Content:
        style = styled_text.CURSOR if letter == self.room else styled_text.MUTED
        return styled_text.clickable(Content.styled(label, style), letter)
