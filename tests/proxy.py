"""A proxy on loopback between a test and a server, which can delay and cut the connection."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Proxy:
    """Forwards bytes between clients and a server's Unix socket, each response `delay` seconds
    late."""

    def __init__(self, server: str) -> None:
        self.delay = 0.0
        self._server = server
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        self._listening: socket.socket | None = None
        self.port = 0
        self.accept_again()

    def cut(self) -> None:
        """Refuses new connections and closes the open ones."""
        assert self._listening is not None
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.interrupt()

    def interrupt(self) -> None:
        """Closes the open connections; new ones are accepted."""
        with self._lock:
            while self._open:
                one = self._open.pop()
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def accept_again(self) -> None:
        """Accepts connections again, at the same port as before."""
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        listening.listen()
        self.port = listening.getsockname()[1]
        self._listening = listening
        self._start(self._accept, listening)

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            upstream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            upstream.connect(self._server)
            with self._lock:
                self._open += [client, upstream]
            self._start(self._forward, client, upstream, False)
            self._start(self._forward, upstream, client, True)

    def _forward(self, source: socket.socket, target: socket.socket, is_response: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if is_response:
                    time.sleep(self.delay)
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        if is_response:
            for one in (source, target):
                one.close()

    def _start(self, work: object, *arguments: object) -> None:
        threading.Thread(target=work, args=arguments, daemon=True).start()  # type: ignore[arg-type]


@contextmanager
def proxy_to(server: str) -> Iterator[Proxy]:
    """Runs a proxy to a server's socket for the duration of the block."""
    proxy = Proxy(server)
    try:
        yield proxy
    finally:
        with suppress(OSError):
            proxy.cut()
