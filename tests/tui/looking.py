"""What a screen shows, as the lines of text a person would read."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from textual.app import App

_TEXT = re.compile(
    r'<text class="[^"]*-r\d+" x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"[^>]*>(.*?)</text>'
)
_CELL_WIDTH, _CELL_HEIGHT, _FIRST_LINE = 12.2, 24.4, 20.0
"""How large Textual draws a cell in its own pictures, and where the first line stands."""


def lines_of(app: App[Any]) -> list[str]:
    """The lines on the screen, read from Textual's own picture of it."""
    width, height = app.size
    rows = [[" "] * (width * 2) for _ in range(height)]
    for x, y, _, text in _TEXT.findall(app.export_screenshot()):
        row = rows[round((float(y) - _FIRST_LINE) / _CELL_HEIGHT)]
        start = round(float(x) / _CELL_WIDTH)
        shown = unescape(text).replace("\xa0", " ")
        row[start : start + len(shown)] = list(shown)
    return ["".join(row).rstrip() for row in rows]


def text_of(app: App[Any]) -> str:
    """The whole screen as one text."""
    return "\n".join(lines_of(app)) + "\n"
