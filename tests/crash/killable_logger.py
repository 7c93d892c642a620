"""Starts processes that log a hug again and again, forked by `logging_child`, and kills them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.crash.logging_child import ENDED
from tests.journeys.terminal import environment


class KillableLogger:
    """Starts and kills a process that logs hugs, one at a time. Its lines are its output: "Logged:
    Hug, 12 times."."""

    def __init__(self, requests: IO[str], answers: IO[str]) -> None:
        self._requests, self._answers = requests, answers
        self._process = 0
        self._lines: list[str] = []

    def start(self) -> None:
        """Starts a process, and waits until it has logged a hug."""
        self._requests.write("\n")
        # The process id comes before its first line or after it.
        answers = [self.read_line(), self.read_line()]
        (number,) = [answer for answer in answers if answer.isdigit()]
        self._process = int(number)
        self._lines = [answer for answer in answers if answer != number]

    def read_line(self) -> str:
        """Waits for the next line."""
        line = self._answers.readline()
        # After the end of the stream every line is empty.
        assert line
        return line.strip()

    def kill(self) -> list[str]:
        """Kills the process; returns the lines since its start that weren't read."""
        os.kill(self._process, signal.SIGKILL)
        return [*self._lines, *iter(self.read_line, ENDED)]


@contextmanager
def killable_logger(home: Path) -> Iterator[KillableLogger]:
    """A process that logs hugs in the diary of `home / "calm"`."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.crash.logging_child"],
        env=environment(home, {"CALMTRACK_HOME": str(home / "calm")}),
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        yield KillableLogger(parent.stdin, parent.stdout)
        parent.stdin.close()
