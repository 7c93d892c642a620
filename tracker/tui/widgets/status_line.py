"""Two lines below the list: whether the evening is done, or a gentle line, and what is offered."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from tracker.tui import ink
from tracker.tui.widgets.pressable import Pressable


class StatusLine(Pressable):
    """A sentence of one line with mostly nothing below it, or of two."""

    DEFAULT_CSS = "StatusLine { height: 2; padding: 0 3; }"

    text = reactive("")
    """The sentence, one of our own."""
    told = reactive("")
    """What else there is to know, one of our own sentences."""
    offer = reactive("")
    """What `G` would do, where that is offered and has room; a click does it, too."""

    def render(self) -> Content:
        """Both, indented as the list is."""
        text = Content.styled(self.text, ink.ACCENT)
        if self.told:
            return Content("\n").join([text, Content.styled(self.told, ink.FAINT)])
        if not self.offer:
            return text
        return Content("\n").join([text, ink.pressing(self.offer, "G").stylize(ink.FAINT)])
