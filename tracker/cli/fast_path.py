"""What is asked for most, without click: to load it takes a third of the time of `status`."""

from __future__ import annotations

import os
from collections.abc import Callable

from tracker import __version__
from tracker.cli.context import location_named
from tracker.cli.exit import run_command
from tracker.cli.launch import OpenScreens, launch
from tracker.cli.output import print_lines

COMPLETE = "_CALMTRACK_COMPLETE"
"""The variable in which a shell asks for completions."""


def run(arguments: list[str], open_screens: OpenScreens | None = None) -> int:
    """Runs one command as `app.run` does, those that are typed in full and stand here at once."""
    at_once = None if os.environ.get(COMPLETE) else _command(arguments, open_screens)
    if at_once is None:
        from tracker.cli import app

        return app.run(arguments, open_screens)
    return run_command(at_once)


def _command(arguments: list[str], open_screens: OpenScreens | None) -> Callable[[], object] | None:
    match arguments:
        case []:
            return lambda: launch(location_named(None), open_screens)
        case ["--version"]:
            return lambda: print_lines(f"calmtrack {__version__}")
        case ["status"]:
            return lambda: _status(quiet=False)
        case ["status", "--quiet"]:
            return lambda: _status(quiet=True)
        case _:
            return None


def _status(*, quiet: bool) -> None:
    from tracker.cli.status_line import print_status

    print_status(location_named(None), quiet=quiet)
