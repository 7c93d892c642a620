"""Whether the terminal is still there, or the server that shows the app in a browser."""

from __future__ import annotations

import select
import sys

HUNG_UP = 129
"""The exit code of one that was closed: 128 and the number of SIGHUP."""


def is_disconnected(is_web: bool) -> bool:
    """Whether the terminal that was read from has been closed meanwhile; for the app in a
    browser, which has none, whether the server has gone that hands it the keys."""
    return _server_is_gone() if is_web else _terminal_is_gone()


def _server_is_gone() -> bool:
    if sys.__stdin__ is None:
        return True
    if not hasattr(select, "poll"):
        # Windows tells it otherwise.
        return False
    look = select.poll()
    look.register(sys.__stdin__.fileno(), 0)
    return bool(look.poll(0))


def _terminal_is_gone() -> bool:
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
