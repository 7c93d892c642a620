"""Replaces control and bidirectional characters in user text before it is shown or printed."""

from __future__ import annotations

import re

LONGEST = 500
"""Characters kept: Textual takes 3 s to lay out a note of 1 MB."""

_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), "�")
# Bidirectional marks and overrides, by which text can read as something else.
_DIRECTIONS = dict.fromkeys(
    (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    "\N{DOTTED CIRCLE}",
)
# Lone surrogates can't be encoded; the two Unicode line separators break a row.
_BREAKS = dict.fromkeys((0x2028, 0x2029, *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}")
_SHOWN = _CONTROLS | _DIRECTIONS | _BREAKS
_REMOVED = dict.fromkeys(_SHOWN)
_STACKED = (
    "([\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{8})[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]+"
)


def sanitize_line(text: str, longest: int = LONGEST) -> str:
    """The text on one line without control characters, truncated to `longest` with an `…`.

    Line breaks become ⏎, tabs spaces, other control characters U+FFFD, bidirectional characters ◌;
    of stacked combining marks eight are kept.
    """
    cut = text[: longest * 4]
    lines = cut.replace("\r\n", "\n").replace("\r", "\n")
    one_line = lines.replace("\n", "⏎").replace("\t", " ")
    safe = _safe(one_line)
    is_whole = len(cut) == len(text) and len(safe) <= longest
    return safe if is_whole else safe[: longest - 1] + "…"


def _safe(line: str) -> str:
    if line.isascii() and line.isprintable():
        return line
    return re.sub(_STACKED, r"\1", line.translate(_SHOWN))


def remove_controls(text: str) -> str:
    """The text without control and bidirectional characters, in as many terminal cells.

    The last resort at the places where text leaves for a terminal: it changes nothing that was
    sanitized before. Those characters take no cells, so the layout stays as it is.
    """
    # All of them are unprintable by Unicode, and few other characters are.
    return text if text.isprintable() else text.translate(_REMOVED)


def sanitize_text(text: str) -> str:
    """The whole text with its lines and tabs, the same characters replaced; for editors and
    pastes. A lone carriage return is a line break: many terminals paste lines so."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("\t".join(map(_safe, line.split("\t"))) for line in lines)
