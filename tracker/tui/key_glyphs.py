"""The signs on the screens that are not marks of a day, with their plain forms."""

from __future__ import annotations

from tracker.i18n.messages import say
from tracker.render.symbols import ascii_only

_PLAIN = {
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

_PLAIN_KEYS = {
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
    "⏎": "enter",
    "⌫": "backspace",
    "␣": "space",
}


def key_name(shown: str) -> str:
    """A key as help shows it, or in plain characters where the person asked for those."""
    if ascii_only():
        shown = _PLAIN_KEYS.get(shown, shown)
    return say("hints.space") if shown == "space" else shown


def glyph(sign: str) -> str:
    """The sign itself, or its plain form where the person asked for plain characters."""
    return _PLAIN.get(sign, sign) if ascii_only() else sign
