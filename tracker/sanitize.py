"""What stands between text that a person stored and every screen, toast, title and print."""

from __future__ import annotations

import re

LONGEST = 500
"""Characters shown at most: a note of 1 MB held up the layout of a screen for 3 seconds."""

_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), "�")
# Marks that turn the direction of all that follows, so that it reads as something else.
_DIRECTIONS = dict.fromkeys(
    (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    "\N{DOTTED CIRCLE}",
)
# Lone surrogates cannot be written to a terminal at all; line separators break a row in two.
_BREAKS = dict.fromkeys((0x2028, 0x2029, *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}")
_SHOWN = _CONTROLS | _DIRECTIONS | _BREAKS
_STACKED = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{8})[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]+"
)


def sanitize_line(text: str, longest: int = LONGEST) -> str:
    """The text on one line with nothing in it that could steer a terminal, cut to `longest`.

    Line breaks become a visible ⏎; other control characters U+FFFD; marks that turn the
    direction of writing ◌. A cut ends in `…`.
    """
    cut = text[: longest * 4]
    one_line = cut.replace("\r\n", "\n").replace("\n", "⏎")
    safe = _safe(one_line)
    is_whole = len(cut) == len(text) and len(safe) <= longest
    return safe if is_whole else safe[: longest - 1] + "…"


def _safe(line: str) -> str:
    return _STACKED.sub(r"\1", line.translate(_SHOWN))


def sanitize_text(text: str) -> str:
    """The text as it can be shown while it is edited: whole, with its lines, and with the same
    characters replaced as in `visible`. What comes in by a paste goes through it, too."""
    return "\n".join(_safe(line) for line in text.replace("\r\n", "\n").split("\n"))
