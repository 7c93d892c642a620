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
class Answer:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it said, by lines."""
        return self.out.splitlines()


class Keyboard(io.TextIOWrapper):
    """A standard input that knows what will be typed."""

    def isatty(self) -> bool:
        """No terminal, unless a test says so."""
        return False


class CommandLine:
    """Types commands: `type_in("log", "hug")`."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *words: str, stdin: bytes = b"") -> Answer:
        """The answer, whatever it is."""
        self._monkeypatch.setattr(sys, "stdin", Keyboard(io.BytesIO(stdin)))
        self._monkeypatch.setattr(sys, "argv", ["calmtrack", *words])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        output = self._capsys.readouterr()
        assert isinstance(end.value.code, int)
        return Answer(end.value.code, output.out, output.err)

    def at_a_terminal(self) -> None:
        """From now on a person sits before a terminal."""
        self._monkeypatch.setattr(Keyboard, "isatty", lambda _: True)
        self._monkeypatch.setattr("_pytest.capture.CaptureIO.isatty", lambda _: True, raising=False)

    def well(self, *words: str, stdin: bytes = b"") -> Answer:
        """The answer of a command that has nothing to complain about."""
        answer = self(*words, stdin=stdin)
        assert (answer.code, answer.err) == (0, ""), answer
        return answer


@contextmanager
def without_waiting(seconds: int = 30) -> Iterator[None]:
    """Fails where what is done inside waits, as opening a pipe does that nobody writes to. An alarm
    interrupts the system call."""

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
    """Starts a command as a process of its own: `shell("status")`."""

    def __call__(self, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Runs it to its end."""
        return self._run("-m", "tracker", *words, stdin=stdin)

    def python(self, code: str, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Runs some code with words for it."""
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
    """The diary as it is opened on an evening."""
    evening = datetime.fromisoformat(f"{day.isoformat()}T21:00:00+01:00")
    return Diary(location, now=lambda: evening)
