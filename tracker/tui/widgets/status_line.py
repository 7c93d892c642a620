"""Two lines below the list: whether the evening is done, or a gentle line, and what is offered."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer

from tracker.tui import styled_text
from tracker.tui.widgets.pressable import Pressable

FRAMES, FRAME, FAINTEST = 9, 0.1, 0.1
"""How the end of an evening comes up: so often, so many seconds apart, from so much of its ink."""


class StatusLine(Pressable):
    """A sentence of one line with mostly nothing below it, or of two."""

    DEFAULT_CSS = "StatusLine { height: 2; padding: 0 3; }"

    text = reactive("")
    """The sentence, one of our own."""
    told = reactive("")
    """What else there is to know, one of our own sentences."""
    offer = reactive("")
    """What `G` would do, where that is offered and has room; a click does it, too."""

    _coming_up: Timer | None = None

    seen = reactive(1.0)
    """How much of the sentence's ink is seen, from 0 to 1."""

    def arrive(self) -> None:
        """The sentence comes up softly, once; at once where nothing is to move."""
        if self.app.animation_level == "none":
            return
        if self._coming_up is not None:
            self._coming_up.stop()
        self.seen = FAINTEST
        self._coming_up = self.set_interval(FRAME, self._come_up, repeat=FRAMES)

    def _come_up(self) -> None:
        self.seen = min(1.0, self.seen + (1.0 - FAINTEST) / FRAMES + 0.001)

    def render(self) -> Content:
        """Both, indented as the list is."""
        text = Content.styled(self.text, self._ink)
        if self.told:
            return Content("\n").join([text, Content.styled(self.told, styled_text.MUTED)])
        if not self.offer:
            return text
        return Content("\n").join(
            [text, styled_text.clickable(self.offer, "G").stylize(styled_text.MUTED)]
        )

    @property
    def _ink(self) -> str:
        return styled_text.ACCENT if self.seen >= 1 else f"{styled_text.ACCENT} {self.seen:.0%}"
