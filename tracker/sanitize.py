"""Replaces control and bidirectional characters in user text before it is shown or printed."""

from __future__ import annotations

import re
from functools import cache

LONGEST = 500
"""Characters after which a line is truncated: Textual takes 3 s to lay out a note of 1 MB."""

_CONTROLS = (*range(32), *range(127, 160))
# Bidirectional marks and overrides, by which text can read as something else.
_DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
# Lone surrogates can't be encoded; the two Unicode line separators break a row.
_BREAKS = (0x2028, 0x2029, *range(0xD800, 0xE000))
# More than eight combining marks in a row, which a terminal stacks over other lines.
_STACKED = (
    "([\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{8})[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]+"
)


# The tables for `str.translate`, of 2,200 characters, are made when text is not plain ASCII.
@cache
def _replacements() -> dict[int, str]:
    broken = dict.fromkeys((*_CONTROLS, *_BREAKS), "\N{REPLACEMENT CHARACTER}")
    return broken | dict.fromkeys(_DIRECTIONS, "\N{DOTTED CIRCLE}")


@cache
def _deletions() -> dict[int, None]:
    return dict.fromkeys(_replacements())


def sanitize_line(text: str, longest: int = LONGEST) -> str:
    """The text on one line without control characters, truncated to `longest` with an `…`.

    Line breaks become ⏎, tabs spaces, other control characters U+FFFD, bidirectional characters ◌;
    of stacked combining marks the first eight stay.
    """
    # Cut before it is scanned, with room for characters that are joined or removed.
    cut = text[: longest * 4]
    lines = cut.replace("\r\n", "\n").replace("\r", "\n")
    one_line = lines.replace("\n", "⏎").replace("\t", " ")
    safe = _safe(one_line)
    is_whole = len(cut) == len(text) and len(safe) <= longest
    return safe if is_whole else safe[: longest - 1] + "…"


def sanitize_beside(text: str, other: str, longest: int = LONGEST) -> str:
    """As `sanitize_line`, of two versions of a text that are shown together: where the first
    difference would be cut off, it begins with an `…` shortly before it.

    Tabs become ⇥; where only white space differs, spaces become ␣ and the rarer ones ⍽.
    """
    if text == other or not other:
        return sanitize_line(text, longest)
    pairs = enumerate(zip(text, other, strict=False))
    same = next((index for index, (one, its) in pairs if one != its), min(len(text), len(other)))
    start = 0
    if same > longest * 2 // 3 and max(len(text), len(other)) > longest:
        begin = same - longest // 2
        # At the beginning of a word, if there is one.
        start = text.find(" ", begin, same) + 1 or begin
    shown = text[start:].replace("\t", "⇥")
    if "".join(text.split()) == "".join(other.split()):
        shown = re.sub(r"[^\S\r\n ]", "⍽", shown).replace(" ", "␣")
    return f"…{sanitize_line(shown, longest - 1)}" if start else sanitize_line(shown, longest)


def _safe(line: str) -> str:
    if line.isascii() and line.isprintable():
        return line
    return re.sub(_STACKED, r"\1", line.translate(_replacements()))


def remove_controls(text: str) -> str:
    """The text without control and bidirectional characters, in as many terminal cells.

    A second check at the places where text is written to a terminal: sanitized text passes
    unchanged. Those characters take no cells, so the layout stays as it is.
    """
    # `isprintable` is false for all of them and for few others, and faster than `translate`.
    return text if text.isprintable() else text.translate(_deletions())


def sanitize_text(text: str) -> str:
    """The whole text, for editors and pastes: characters are replaced as by `sanitize_line`, but
    line breaks and tabs stay. A lone carriage return is a line break: many terminals paste so."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("\t".join(map(_safe, line.split("\t"))) for line in lines)
