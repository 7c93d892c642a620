"""The command `calmtrack`: the only module that imports both interfaces."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.location import Location

GC_THRESHOLD = 50_000
"""Allocations between two collections of the youngest generation. With CPython's default of 700,
collections while modules load take an eighth of the time of a short command."""


def main() -> None:
    """Runs the command line and exits with its code."""
    gc.set_threshold(GC_THRESHOLD)
    # The full collection at interpreter shutdown takes 6 ms and frees nothing that matters.
    atexit.register(gc.freeze)
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    # From here on a ctrl+c could only print a traceback of the shutdown.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Runs one command; returns its exit code.

    The commands called most (none at all, `status`, `--version`) are run without importing click,
    which takes a third of the time of `status`.
    """
    from tracker.cli import COMPLETION_VARIABLE
    from tracker.cli.exit import run_command

    without_click = {
        (): _launch,
        ("--version",): _print_version,
        ("status",): lambda: _print_status(quiet=False),
        ("status", "--quiet"): lambda: _print_status(quiet=True),
    }
    command = without_click.get(tuple(arguments))
    if command is None or os.environ.get(COMPLETION_VARIABLE):
        from tracker.cli import app

        return app.run(arguments, open_screens)
    return run_command(command)


def open_screens(location: Location) -> int:
    """Runs the Textual app; returns the exit code."""
    # The diary's worker turns it on after the first frame.
    gc.disable()
    # Seconds for which a thread computes while another waits. Textual writes frames in a thread of
    # its own: with the default of 5 ms, the first one waits that long for what runs after it.
    sys.setswitchinterval(0.001)
    # Milliseconds until an escape character is a key: an arrow can arrive in pieces over a slow
    # line. Textual reads it as it is imported.
    os.environ.setdefault("ESCDELAY", "200")
    # Drawings a second. After one, Textual waits for one to two of these periods until the next: a
    # key clears the message of the key before, and with the default of 60 its mark would follow
    # up to 33 ms later, though its commit takes less. Read as it is imported, too.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    from tracker.tui.app import run

    return run(location)


def _launch() -> int:
    from tracker.cli.context import location_named
    from tracker.cli.quick_commands import launch

    return launch(location_named(None), open_screens)


def _print_version() -> None:
    from tracker import __version__
    from tracker.cli import PROGRAM
    from tracker.cli.output import print_exact

    print_exact(f"{PROGRAM} {__version__}")


def _print_status(*, quiet: bool) -> None:
    from tracker.cli.context import location_named
    from tracker.cli.quick_commands import print_status

    print_status(location_named(None), quiet=quiet)


if __name__ == "__main__":
    main()
