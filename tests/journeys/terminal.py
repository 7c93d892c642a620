"""Runs the real command in a real terminal: a pty, and an emulator that parses its output."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pexpect
import pyte

from tests.isolation import FOR_CHILDREN

TIMEOUT_SECONDS = 60.0
"""Seconds after which a wait fails; long, as the machine may be busy with other things."""


class Terminal:
    """Runs a command in a pty of 80 by 24 with its own home folder, and emulates the terminal."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        program: Sequence[str] = (),
    ) -> None:
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        """Every byte that the terminal received."""
        command, *rest = (*(program or command_under_test()), *arguments)
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            command,
            list(rest),
            env=environment(home, env or {}),
            dimensions=(size[1], size[0]),
            cwd=str(home),
            timeout=TIMEOUT_SECONDS,
            preexec_fn=_restore_sigint,
        )

    def read(self, seconds: float = 0.05) -> None:
        """Reads output until none arrives for a moment."""
        while True:
            try:
                data = self.child.read_nonblocking(65536, timeout=seconds)
            except (pexpect.TIMEOUT, pexpect.EOF):
                return
            self.raw += data
            # pyte draws the body of an unknown sequence as text; Textual sends such queries.
            self.stream.feed(data)

    def read_for(self, seconds: float) -> None:
        """Reads output for a number of seconds, even if it never pauses."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                data = self.child.read_nonblocking(65536, timeout=left)
            except (pexpect.TIMEOUT, pexpect.EOF):
                return
            self.raw += data
            self.stream.feed(data)

    @property
    def text(self) -> str:
        """The text on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, text: str, seconds: float = TIMEOUT_SECONDS) -> None:
        """Waits until a text is on the screen."""
        until = time.monotonic() + seconds
        while text not in self.text:
            if time.monotonic() > until:
                raise AssertionError(f"{text!r} did not come up; there is:\n{self.text}")
            self.read()

    def press(self, keys: str) -> None:
        """Sends keys to the pty."""
        self.child.send(keys)

    def leave(self, key: str = "q") -> int:
        """Presses the key to quit; returns the exit code."""
        self.press(key)
        return self.wait_for_end()

    def wait_for_end(self, seconds: float = TIMEOUT_SECONDS) -> int:
        """Waits until the command has ended; its exit code, or minus the signal's number."""
        until = time.monotonic() + seconds
        while self.child.isalive():
            if time.monotonic() > until:
                raise AssertionError(f"it did not end; there is:\n{self.text}")
            self.read()
        self.read()
        self.child.close()
        status: int | None = self.child.exitstatus
        return status if status is not None else -(self.child.signalstatus or 0)


def _restore_sigint() -> None:
    """Restores the default action of SIGINT: in a test run in the background it is ignored, which
    children inherit."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def command_under_test() -> Sequence[str]:
    """The command under test: the one in CALMTRACK_COMMAND, or this checkout's."""
    installed = os.environ.get("CALMTRACK_COMMAND")
    return (installed,) if installed else (sys.executable, "-m", "tracker")


def run(
    home: Path,
    *arguments: str,
    check: bool = True,
    env: Mapping[str, str] | None = None,
    typed: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Runs one command without a terminal, in a home folder."""
    return subprocess.run(
        [*command_under_test(), *arguments],
        env=environment(home, env or {}),
        cwd=home,
        input=typed or "",
        capture_output=True,
        encoding="utf-8",
        check=check,
        timeout=TIMEOUT_SECONDS,
    )


def environment(home: Path, more: Mapping[str, str]) -> dict[str, str]:
    """The environment for a child process, pinned clock included."""
    inherited = {name: os.environ[name] for name in FOR_CHILDREN if name in os.environ}
    return {
        **inherited,
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONUTF8": "1",
        **more,
    }
