"""What is asked for most, without click: to load it takes a third of the time of `status`."""

from __future__ import annotations

import os
from collections.abc import Callable

from tracker import __version__
from tracker.cli.ending import end_well
from tracker.cli.opening import OpenScreens, open_at
from tracker.cli.printing import put
from tracker.cli.reach import place_named

COMPLETE = "_CALMTRACK_COMPLETE"
"""The variable in which a shell asks for completions."""


def run(arguments: list[str], open_screens: OpenScreens | None = None) -> int:
    """Runs one command as `app.run` does, those that are typed in full and stand here at once."""
    at_once = None if os.environ.get(COMPLETE) else _command(arguments, open_screens)
    if at_once is None:
        from tracker.cli import app

        return app.run(arguments, open_screens)
    return end_well(at_once)


def _command(arguments: list[str], open_screens: OpenScreens | None) -> Callable[[], object] | None:
    match arguments:
        case []:
            return lambda: open_at(place_named(None), open_screens)
        case ["--version"]:
            return lambda: put(f"calmtrack {__version__}")
        case ["status"]:
            return lambda: _status(quiet=False)
        case ["status", "--quiet"]:
            return lambda: _status(quiet=True)
        case _:
            return None


def _status(*, quiet: bool) -> None:
    from tracker.cli.one_line import print_status

    print_status(place_named(None), quiet=quiet)
