"""Detects a terminal that was closed, or a web server that has gone, without a signal."""

from __future__ import annotations

import select
import sys

HUNG_UP = 129
"""The exit code then: 128 and the number of SIGHUP."""


def is_disconnected(is_web: bool) -> bool:
    """Whether standard input was closed: the terminal, or for the app in a browser the pipe of
    the server that sends it keys."""
    return _server_is_gone() if is_web else _terminal_is_gone()


def _server_is_gone() -> bool:
    if sys.__stdin__ is None:
        return True
    if not hasattr(select, "poll"):
        # Windows has neither.
        return False
    poll = select.poll()
    poll.register(sys.__stdin__.fileno(), 0)
    return bool(poll.poll(0))


def _terminal_is_gone() -> bool:
    try:
        import termios
    except ImportError:
        # Windows has neither.
        return False
    if sys.__stdin__ is None:
        return True
    try:
        termios.tcgetattr(sys.__stdin__.fileno())
    except (termios.error, OSError, ValueError):
        return True
    return False
