"""Opens Tonight; without a terminal prints today as text."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from tracker.cli.context import today_view
from tracker.cli.output import print_lines
from tracker.location import Location

OpenScreens = Callable[[Location], int]
"""Runs the app and returns its exit code; passed in, since this package doesn't import `tui`."""

OPEN_SCREENS = "calmtrack.open_screens"
"""The key of that function in a click context's `meta`."""


def launch(location: Location, open_screens: OpenScreens | None) -> int:
    """Runs the app where it can be shown, else prints today; returns the exit code."""
    if open_screens is not None and is_interactive():
        return open_screens(location)
    from tracker.render.day_text import day_table

    print_lines(*day_table(today_view(location)))
    return 0


def is_interactive() -> bool:
    """Whether input and output are a terminal that can show screens, or Textual's web driver."""
    if os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver"):
        return True
    return all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)
    ) and os.environ.get("TERM", "") not in ("", "dumb")
