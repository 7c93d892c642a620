"""What a screen shows, as the lines of text a person would read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from rich.segment import Segment
from textual.app import App

_TEXT = re.compile(
    r'<text class="[^"]*-r\d+" x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"[^>]*>(.*?)</text>'
)
_CELL_WIDTH, _CELL_HEIGHT, _FIRST_LINE = 12.2, 24.4, 20.0
"""Units of Textual's SVG screenshots: the size of a cell, and the y of the first line's text."""


def lines_of(app: App[Any]) -> list[str]:
    """The lines on the screen, dialogs included, one character for each cell: a wide character is
    followed by a space for its second cell."""
    # As Textual's screenshot does, without rendering the SVG, which takes 30 ms.
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    return [
        "".join(_pad_to_width(part) for strip in line for part in strip)
        .replace("\xa0", " ")
        .rstrip()
        for line in update.strips  # type: ignore[union-attr]
    ]


def _pad_to_width(part: Segment) -> str:
    return part.text + " " * (part.cell_length - len(part.text))


def lines_of_svg(picture: str, width: int, height: int) -> list[str]:
    """The lines of text in an SVG screenshot."""
    rows = [[" "] * (width * 2) for _ in range(height)]
    for x, y, _, text in _TEXT.findall(picture):
        row = rows[round((float(y) - _FIRST_LINE) / _CELL_HEIGHT)]
        start = round(float(x) / _CELL_WIDTH)
        shown = unescape(text).replace("\xa0", " ")
        row[start : start + len(shown)] = list(shown)
    return ["".join(row).rstrip() for row in rows]


def text_of(app: App[Any]) -> str:
    """The whole screen as one text."""
    return "\n".join(lines_of(app)) + "\n"


_COLOR = re.compile(r"\.[\w-]+-(r\d+) \{ fill: (#[0-9a-f]{6})")
_WORD = re.compile(
    r'<text class="[^"]*-(r\d+)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+"[^>]*>(.*?)</text>'
)
_BACKGROUND = re.compile(
    r'<rect fill="(#[0-9a-f]{6})" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"'
)


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text on the screen: its position, text colour and background colour."""

    text: str
    column: int
    line: int
    color: str
    background: str


def words_of(app: App[Any]) -> Iterator[Word]:
    """The pieces of text on the screen with their colours, parsed from Textual's SVG screenshot."""
    picture = app.export_screenshot()
    colors = dict(_COLOR.findall(picture))
    backgrounds = [
        (colour, float(x), float(y), float(x) + float(wide), float(y) + float(high))
        for colour, x, y, wide, high in _BACKGROUND.findall(picture)
    ]
    for role, x, y, text in _WORD.findall(picture):
        shown = unescape(text).replace("\xa0", " ")
        line = round((float(y) - _FIRST_LINE) / _CELL_HEIGHT)
        left, middle = float(x) + 1, float(y) - 8
        behind = [g for g in backgrounds if g[1] <= left < g[3] and g[2] <= middle < g[4]]
        if shown.strip() and behind:
            yield Word(shown, round(float(x) / _CELL_WIDTH), line, colors[role], behind[-1][0])
