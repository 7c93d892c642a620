"""Opens Tonight; without a terminal prints today as text."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from tracker.cli.output import print_lines
from tracker.location import Location

OpenScreens = Callable[[Location], int]


def launch(place: Location, open_screens: OpenScreens | None) -> int:
    """Opens Tonight of the diary at a place; without a terminal prints today as text."""
    from tracker.cli.context import today_view

    if open_screens is not None and is_interactive():
        return open_screens(place)
    from tracker.render.day_text import day_table

    print_lines(*day_table(today_view(place)))
    return 0


def is_interactive() -> bool:
    """Whether a person sits before a terminal that can show screens, or before a browser, for
    which whoever started us has named Textual's driver."""
    if os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver"):
        return True
    return all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)
    ) and os.environ.get("TERM", "") not in ("", "dumb")
