"""A proxy on loopback between a test and a server, which can delay and cut the connection."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Line:
    """Carries bytes between programs and a server's socket, each answer `delay` seconds late."""

    def __init__(self, server: str) -> None:
        self.delay = 0.0
        self._server = server
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        self._listening: socket.socket | None = None
        self.port = 0
        self.mend()

    def cut(self) -> None:
        """Nobody gets through any more, and whoever was, is cut off."""
        assert self._listening is not None
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.interrupt()

    def interrupt(self) -> None:
        """Cuts off whoever is through; they can come again."""
        with self._lock:
            while self._open:
                one = self._open.pop()
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """From now on one gets through, at the same port as before."""
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        listening.listen()
        self.port = listening.getsockname()[1]
        self._listening = listening
        self._start(self._let_in, listening)

    def _let_in(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _ = listening.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            far.connect(self._server)
            with self._lock:
                self._open += [near, far]
            self._start(self._carry, near, far, False)
            self._start(self._carry, far, near, True)

    def _carry(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if is_answer:
                    time.sleep(self.delay)
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        if is_answer:
            for one in (source, target):
                one.close()

    def _start(self, work: object, *arguments: object) -> None:
        threading.Thread(target=work, args=arguments, daemon=True).start()  # type: ignore[arg-type]


@contextmanager
def a_line_to(server: str) -> Iterator[Line]:
    """A line to a server, gone when the test is over."""
    line = Line(server)
    try:
        yield line
    finally:
        with suppress(OSError):
            line.cut()
