"""Two lines below Tonight's list: whether the evening is done, a gentle message, an offer."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tracker.tui import styled_text

FADE_FRAMES, FRAME_SECONDS, FADE_FROM = 9, 0.1, 0.1
"""The fade-in of the message: frames, seconds between two, and the opacity it starts from."""


class StatusLine(Widget):
    """A message, and below it a detail or an offer."""

    DEFAULT_CSS = "StatusLine { height: 2; padding: 0 3; }"

    text = reactive("")
    """The message."""
    detail = reactive("")
    """A second message below it."""
    offer = reactive("")
    """The offer to open the gratitude jar, shown where there is no detail; it can be clicked."""

    _fade: Timer | None = None

    fade_opacity = reactive(1.0)
    """Opacity of the message, 0 to 1."""

    def fade_in(self) -> None:
        """Fades the message in, unless animations are off."""
        if self.app.animation_level == "none":
            return
        if self._fade is not None:
            self._fade.stop()
        self.fade_opacity = FADE_FROM
        self._fade = self.set_interval(FRAME_SECONDS, self._fade_step, repeat=FADE_FRAMES)

    def _fade_step(self) -> None:
        step = (1.0 - FADE_FROM) / FADE_FRAMES + 0.001
        self.fade_opacity = min(1.0, self.fade_opacity + step)

    def render(self) -> Content:
        """Both lines, indented as the list is."""
        text = Content.styled(self.text, self._style)
        if self.detail:
            return Content("\n").join([text, Content.styled(self.detail, styled_text.MUTED)])
        if not self.offer:
            return text
        return Content("\n").join(
            [text, styled_text.clickable(self.offer, "screen.jar").stylize(styled_text.MUTED)]
        )

    @property
    def _style(self) -> str:
        opacity = self.fade_opacity
        return styled_text.ACCENT if opacity >= 1 else f"{styled_text.ACCENT} {opacity:.0%}"
