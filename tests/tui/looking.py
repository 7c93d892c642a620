"""What a screen shows, as the lines of text a person would read."""

from __future__ import annotations

from typing import Any

from rich.segment import Segment
from textual.app import App


def lines_of(app: App[Any]) -> list[str]:
    """The lines on the screen, boxes over it included, a character for each of its cells: a wide
    one has its second cells behind the words it stands in."""
    # As for Textual's own picture of a screen, without the drawing, which takes 30 ms.
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    return [
        "".join(_in_cells(part) for strip in line for part in strip).replace("\xa0", " ").rstrip()
        for line in update.strips  # type: ignore[union-attr]
    ]


def _in_cells(part: Segment) -> str:
    return part.text + " " * (part.cell_length - len(part.text))


def text_of(app: App[Any]) -> str:
    """The whole screen as one text."""
    return "\n".join(lines_of(app)) + "\n"
