"""The signs on the screens that are not marks of a day, with their plain forms."""

from __future__ import annotations

from tracker.charts.marks import ascii_only

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


def glyph(sign: str) -> str:
    """The sign itself, or its plain form where the person asked for plain characters."""
    return _PLAIN.get(sign, sign) if ascii_only() else sign
