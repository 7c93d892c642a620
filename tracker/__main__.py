"""The command `calmtrack`: the one place that knows both faces."""

from __future__ import annotations

import atexit
import gc
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.location import Location

OBJECTS_BETWEEN = 50_000
"""New objects after which Python looks for those that nobody needs any more. With its own 700, it
searches all that was just loaded again and again, an eighth of the time of a short command."""


def main() -> None:
    """Runs the command line and ends with its exit code."""
    gc.set_threshold(OBJECTS_BETWEEN)
    # Python ends by looking once more through all that is about to go anyway: 6 ms.
    atexit.register(gc.freeze)
    try:
        from tracker.cli.fast_path import run

        code = run(sys.argv[1:], open_screens)
    except KeyboardInterrupt:
        code = 130
    # All is done and said: a ctrl+c while Python ends could only make noise.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)


def open_screens(place: Location) -> int:
    """Opens the screens; returns the exit code."""
    from tracker.tui.app import run

    return run(place)


if __name__ == "__main__":
    main()
