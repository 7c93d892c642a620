"""Runs commands in forks of itself, each ended by a timer where that is asked for: a command then
costs its own time only, not also that of a new interpreter.

It has no threads, so that a fork is safe. Each line of its input is a JSON list: the seconds of
processor time after which the kernel ends the fork (0 for never), and the command. It answers with
one of an exit code, or minus the number of the signal, and the processor time that was used.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import sys

import sqlalchemy.dialects.sqlite  # noqa: F401 - loaded here, so that no fork has to

import tracker
from tracker.__main__ import run

NOT_OF_COMMANDS = ("tracker.tui", "tracker.web", "tracker.__main__", "tracker.store.migrations.env")


def main() -> None:
    """Imports what commands need, then runs one command per line of input."""
    for module in pkgutil.walk_packages(tracker.__path__, "tracker."):
        if not module.name.startswith(NOT_OF_COMMANDS):
            importlib.import_module(module.name)
    for line in sys.stdin:
        seconds, words = json.loads(line)
        child = os.fork()
        if not child:
            _run(seconds, words)
        _, status, used = os.wait4(child, 0)
        answer = [os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime]
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _run(seconds: float, words: list[str]) -> None:
    """Runs a command and ends the process, at the latest by SIGPROF, which has no handler."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    os._exit(run(words))


if __name__ == "__main__":
    main()
