"""Logs one hug more, over and over, through the real command line: to be killed."""

from __future__ import annotations

import sys

from tracker.cli.app import run


def main() -> None:
    """Each line it prints is an acknowledgement: "Hug: 12 times."."""
    while True:
        run(["log", "hug", "+1"])
        sys.stdout.flush()


if __name__ == "__main__":
    main()
