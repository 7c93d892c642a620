"""Runs a program in an emulated terminal of 80 by 24, and times what appears there."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pyte

FRAME_GAP_SECONDS = 0.001
"""Output that follows within this time belongs to the same frame."""

TIMEOUT_SECONDS = 30.0
"""Seconds after which a wait fails."""

IsShown = Callable[[str], bool]
"""Whether the expected text is on the screen."""


class EmulatedProgram:
    """Runs a program on an emulated terminal. Times are in milliseconds since just before its
    start."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self._terminal, inner = os.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.first_byte: float | None = None
        self.processor_ms = 0.0
        """Processor time of all threads in milliseconds, up to the last read; Linux only."""
        self._began = time.perf_counter()
        self._program = subprocess.Popen(
            command,
            env=dict(env),
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
        )
        os.close(inner)

    @property
    def text(self) -> str:
        """The text on the screen."""
        return "\n".join(self.screen.display)

    def press(self, key: str) -> float:
        """Sends a key; returns the time."""
        at = self._now()
        os.write(self._terminal, key.encode())
        return at

    def wait_for(self, is_shown: IsShown) -> float:
        """Waits for a screen; returns the time at which its last bytes arrived."""
        began = at = self._now()
        while not is_shown(self.text):
            data, at = self._next()
            if not data:
                raise AssertionError(f"it ended:\n{self.text}")
            if at - began > TIMEOUT_SECONDS * 1000:
                raise AssertionError(f"it never came:\n{self.text}")
            self._stream.feed(data)
        return at

    def most_memory(self) -> float:
        """The peak memory so far in MB; Linux only. What wait4 returns would count the parent
        process as well."""
        status = Path(f"/proc/{self._program.pid}/status").read_text("ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def kill(self) -> None:
        """Kills the program."""
        self._program.kill()
        self._program.wait()
        os.close(self._terminal)

    def wait_for_end(self) -> float:
        """Waits for the end of the program; returns the time."""
        while self._next()[0]:
            pass
        code = self._program.wait()
        at = self._now()
        os.close(self._terminal)
        if code:
            raise AssertionError(f"it ended with {code}")
        return at

    def _next(self) -> tuple[bytes, float]:
        ready, _, _ = select.select([self._terminal], [], [], TIMEOUT_SECONDS)
        if not ready:
            raise AssertionError(f"nothing more came:\n{self.text}")
        try:
            data = os.read(self._terminal, 65536)
        except OSError:
            # On Linux this means that the other end is closed.
            return b"", self._now()
        at = self._now()
        if self.first_byte is None:
            self.first_byte = at
        while more := self._rest():
            data, at = data + more, self._now()
        self.processor_ms = self._processor_milliseconds()
        return data, at

    def _rest(self) -> bytes:
        """Reads output that follows immediately. A frame is longer than the terminal's buffer, and
        the program that writes it must not wait for the emulator, which is slow."""
        if not select.select([self._terminal], [], [], FRAME_GAP_SECONDS)[0]:
            return b""
        with suppress(OSError):
            return os.read(self._terminal, 65536)
        return b""

    def _processor_milliseconds(self) -> float:
        nanoseconds = 0
        for file in Path(f"/proc/{self._program.pid}/task").glob("*/schedstat"):
            with suppress(OSError):  # the thread may have just ended
                nanoseconds += int(file.read_text("ascii").split()[0])
        return nanoseconds / 1e6

    def _now(self) -> float:
        return (time.perf_counter() - self._began) * 1000
