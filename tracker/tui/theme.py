"""Colours of the two themes of calmtrack, one accent each, and ASCII scroll bars."""

from __future__ import annotations

from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.theme import Theme

from tracker.render.symbols import ascii_only

NIGHT = Theme(
    name="calmtrack-night",
    primary="#d8a657",
    secondary="#a9b665",
    accent="#d8a657",
    foreground="#e0d6c8",
    background="#1b1916",
    surface="#232019",
    panel="#2d2921",
    success="#a9b665",
    warning="#d8a657",
    error="#e78a70",
    dark=True,
    variables={"scrollbar": "#6f5a35", "scrollbar-background": "#2d2921"},
)

DAY = Theme(
    name="calmtrack-day",
    primary="#8a5a00",
    secondary="#55661b",
    accent="#8a5a00",
    foreground="#332c22",
    background="#f6f1e6",
    surface="#efe8d9",
    panel="#e6ddca",
    success="#55661b",
    warning="#8a5a00",
    error="#a33320",
    dark=False,
    # Textual's own muted foreground has too little contrast for small text here.
    variables={
        "foreground-muted": "#5d5547",
        "scrollbar": "#b39a68",
        "scrollbar-background": "#e6ddca",
    },
)

OURS = {"night": NIGHT, "day": DAY}
"""By the values of the setting `theme`."""


class AsciiScrollBar(ScrollBarRender):
    """A scroll bar of whole cells: Textual draws its ends with eighths of a block."""

    VERTICAL_BARS = [" "]  # noqa: RUF012  as Textual declares it
    HORIZONTAL_BARS = [" "]  # noqa: RUF012


def apply_scrollbar_style() -> None:
    """Sets the renderer of every scroll bar: ASCII where CALMTRACK_ASCII asks for it."""
    ScrollBar.renderer = AsciiScrollBar if ascii_only() else ScrollBarRender
