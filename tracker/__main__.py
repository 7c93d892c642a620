"""The command `calmtrack`: the one place that knows both faces."""

from __future__ import annotations

import sys

from tracker.places import Place


def main() -> None:
    """Runs the command line and ends with its exit code."""
    try:
        from tracker.cli.app import run

        code = run(sys.argv[1:], open_screens)
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def open_screens(place: Place) -> int:
    """Opens the screens; returns the exit code."""
    from tracker.tui.app import run

    return run(place)


if __name__ == "__main__":
    main()
