"""Opens Tonight; without a terminal prints today as text."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from tracker.cli.printing import put
from tracker.places import Place

OpenScreens = Callable[[Place], int]


def open_at(place: Place, open_screens: OpenScreens | None) -> int:
    """Opens Tonight of the diary at a place; without a terminal prints today as text."""
    from tracker.cli.reach import today_view

    if open_screens is not None and can_show_screens():
        return open_screens(place)
    from tracker.charts.day_text import day_lines

    put(*day_lines(today_view(place)))
    return 0


def can_show_screens() -> bool:
    """Whether a person sits before a terminal that can show screens, or before a browser, for
    which whoever started us has named Textual's driver."""
    if os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver"):
        return True
    return all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)
    ) and os.environ.get("TERM", "") not in ("", "dumb")
