"""Glyphs for keys and punctuation, with their ASCII forms."""

from __future__ import annotations

from tracker.i18n.messages import say
from tracker.render.symbols import ascii_only

_ASCII = {
    "‹": "<",
    "›": ">",
    "”": '"',
    "…": "...",
    "↵": "enter",
    "↑↓": "up/dn",
    "←→": "</>",
    "←": "left",
    "–": "-",
    "━": "#",
    "─": "-",
}

_ASCII_KEYS = {
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
    "⏎": "enter",
    "⌫": "backspace",
    "␣": "space",
}


def key_name(shown: str) -> str:
    """A key as help shows it; in ASCII where CALMTRACK_ASCII asks for it."""
    if ascii_only():
        shown = _ASCII_KEYS.get(shown, shown)
    return say("hints.space") if shown == "space" else shown


def glyph(character: str) -> str:
    """The glyph itself, or its ASCII form where CALMTRACK_ASCII asks for it."""
    return _ASCII.get(character, character) if ascii_only() else character
