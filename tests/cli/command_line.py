"""Runs commands as a person types them, and returns what they print."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from tracker.__main__ import main
from tracker.diary.diary import Diary
from tracker.location import Location

TODAY = date(2026, 11, 24)

Golden = Callable[[str, str], None]


@dataclass(frozen=True)
class CommandResult:
    """The exit code and the output of a command."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of standard output."""
        return self.out.splitlines()


class FakeStdin(io.TextIOWrapper):
    """Standard input with given bytes."""

    def isatty(self) -> bool:
        """False, unless `at_a_terminal` was called."""
        return False


class CommandLine:
    """Runs commands in this process: `type_in("log", "hug")`."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *words: str, stdin: bytes = b"") -> CommandResult:
        """Runs a command and returns its result, whatever the exit code."""
        self._monkeypatch.setattr(sys, "stdin", FakeStdin(io.BytesIO(stdin)))
        self._monkeypatch.setattr(sys, "argv", ["calmtrack", *words])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        output = self._capsys.readouterr()
        assert isinstance(end.value.code, int)
        return CommandResult(end.value.code, output.out, output.err)

    def at_a_terminal(self) -> None:
        """Makes standard input and output look like a terminal from now on."""
        self._monkeypatch.setattr(FakeStdin, "isatty", lambda _: True)
        self._monkeypatch.setattr("_pytest.capture.CaptureIO.isatty", lambda _: True, raising=False)

    def ok(self, *words: str, stdin: bytes = b"") -> CommandResult:
        """Runs a command that has to exit with 0 and print no errors."""
        answer = self(*words, stdin=stdin)
        assert (answer.code, answer.err) == (0, ""), answer
        return answer


@contextmanager
def time_limit(seconds: int = 30) -> Iterator[None]:
    """Fails if the block takes longer, for example because a pipe without a writer is opened. An
    alarm interrupts the system call."""

    def fail(*_: object) -> None:
        raise AssertionError(f"This waited for {seconds} seconds.")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class Shell:
    """Runs commands in a child process: `shell("status")`."""

    def __call__(self, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Runs a command until it exits."""
        return self._run("-m", "tracker", *words, stdin=stdin)

    def python(self, code: str, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Runs Python code with these arguments."""
        return self._run("-c", code, *words)

    def _run(self, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, *words],
            input=stdin,
            capture_output=True,
            timeout=120,
            env=os.environ,
        )


def on_evening(location: Location, day: date) -> Diary:
    """Opens the diary with the clock set to 21:00 on a day."""
    evening = datetime.fromisoformat(f"{day.isoformat()}T21:00:00+01:00")
    return Diary(location, now=lambda: evening)
