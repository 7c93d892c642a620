"""Paced breathing: the phase of a breath, and a disc that grows and shrinks with it."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, floor, hypot, pi

from tracker.render.symbols import ascii_only

BREATH = 10.0
"""Seconds of one breath, so six a minute: half of it in, half of it out."""
HALF = BREATH / 2

LARGEST = 11.0
"""The largest radius, in rows."""
SMALLEST = 0.3
"""The share of that radius at the end of breathing out."""
EDGE = 2.0
"""Rows over which the edge fades."""

_SHADES = " ░▒▓█"
_ASCII_SHADES = " .:+#"


@dataclass(frozen=True, slots=True)
class Breath:
    """A moment of breathing."""

    half: int
    """How many halves were breathed before this one; an even one is in, an odd one out."""
    count: int
    """Which second of the half it is, 1 to 5."""
    fullness: float
    """0 all out, 1 all in; slow at both ends."""

    @property
    def is_in(self) -> bool:
        """Whether one breathes in."""
        return self.half % 2 == 0

    @property
    def breaths(self) -> int:
        """Whole breaths before this one."""
        return self.half // 2


def breath_at(seconds: float) -> Breath:
    """The breath after so many seconds, from 0 on; it begins with breathing in."""
    half = floor(seconds / HALF)
    part = seconds / HALF - half
    risen = (1 - cos(pi * part)) / 2
    return Breath(half, 1 + floor(part * HALF), risen if half % 2 == 0 else 1 - risen)


def disc(width: int, height: int, fullness: float) -> tuple[str, ...]:
    """A disc with a soft edge in the middle of so many columns and rows, two columns to a row."""
    shades = _ASCII_SHADES if ascii_only() else _SHADES
    largest = min(LARGEST, height / 2, width / 4)
    radius = largest * (SMALLEST + (1 - SMALLEST) * fullness)
    reach = min(width // 2, floor(2 * largest) + 1)
    rows = []
    for row in range(height):
        down = row + 0.5 - height / 2
        right = "".join(
            shades[_shade(radius - hypot(down, column / 2 + 0.25), len(shades) - 1)]
            for column in range(reach)
        )
        rows.append(f"{right[::-1]}{right}".center(width).rstrip())
    return tuple(rows)


def _shade(inside: float, darkest: int) -> int:
    """How dark a cell is that lies so many rows inside of the edge."""
    return max(0, min(darkest, round(inside / EDGE * darkest)))
