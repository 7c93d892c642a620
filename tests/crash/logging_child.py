"""Logs one more hug again and again through the real command line, to be killed meanwhile.

For each line of its input it forks a process that does so, and answers with the process number;
once that process has ended, with ENDED. A kill then meets the command, and not the loading of
Python.
"""

from __future__ import annotations

import os
import sys

from tracker.cli.app import run

ENDED = "ended"


def main() -> None:
    """Every other printed line is an acknowledgement: "Logged: Hug, 12 times."."""
    for _ in sys.stdin:
        child = os.fork()
        while child == 0:
            run(["log", "hug", "+1"])
            sys.stdout.flush()
        print(child, flush=True)
        os.waitpid(child, 0)
        print(ENDED, flush=True)


if __name__ == "__main__":
    main()
