"""Whether the terminal is still there."""

from __future__ import annotations

import sys

HUNG_UP = 129
"""The exit code of one that was closed: 128 and the number of SIGHUP."""


def terminal_is_gone() -> bool:
    """Whether the terminal that was read from has been closed meanwhile."""
    try:
        import termios
    except ImportError:
        # Windows tells it otherwise.
        return False
    if sys.__stdin__ is None:
        return True
    try:
        termios.tcgetattr(sys.__stdin__.fileno())
    except (termios.error, OSError, ValueError):
        return True
    return False
