"""Scroll bars in the characters that a terminal has."""

from __future__ import annotations

from textual.scrollbar import ScrollBar, ScrollBarRender

from tracker.render.symbols import ascii_only


class PlainBar(ScrollBarRender):
    """Whole cells only: its ends are otherwise eighths of a block."""

    VERTICAL_BARS = [" "]  # noqa: RUF012  as Textual has it
    HORIZONTAL_BARS = [" "]  # noqa: RUF012


def draw_plainly_if_asked() -> None:
    """Has every scroll bar drawn so where the person asked for plain characters."""
    ScrollBar.renderer = PlainBar if ascii_only() else ScrollBarRender
