"""Starts the server as a person does, and sends it requests and keys."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGINT

import aiohttp
import pyte

from tests.journeys.terminal import environment

COMMAND = (sys.executable, "-m", "tracker")
TIMEOUT_SECONDS = 20.0
"""Seconds after which a wait fails."""

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "aG93IGNhbG0gd2FzIGl0Pw==",
}


@dataclass(frozen=True)
class Response:
    """An HTTP response."""

    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def cookie(self) -> str:
        """The value for a Cookie header from the response's Set-Cookie; empty without one."""
        return str(self.headers.get("Set-Cookie", "")).partition(";")[0]


@dataclass(frozen=True)
class ServerProcess:
    """A running `calmtrack serve`."""

    process: subprocess.Popen[str]
    output: str

    @property
    def address(self) -> str:
        """The URL that it printed."""
        found = re.search(r"http://\S+", self.output)
        assert found, self.output
        return found[0]

    @property
    def name(self) -> str:
        """Host and port of the URL."""
        return self.address.split("/")[2]

    @property
    def index_path(self) -> str:
        """The path of the URL, with the token."""
        return "/" + self.address.split("/", 3)[3]

    @property
    def base_path(self) -> str:
        """The secret path prefix of all its pages."""
        return self.index_path.partition("?")[0]

    def ask(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> Response:
        """Sends one request with these headers. Host is that of the URL unless they contain
        another."""
        host, _, port = self.name.partition(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=TIMEOUT_SECONDS)
        try:
            connection.putrequest(method, path, skip_host=True)
            for name, text in ({"Host": self.name} | dict(headers or {})).items():
                connection.putheader(name, text)
            connection.endheaders()
            got = connection.getresponse()
            # An accepted websocket has no end of stream to read to.
            text = "" if got.status == 101 else got.read().decode("utf-8", "replace")
            return Response(got.status, got.msg, text)
        finally:
            connection.close()

    def ends(self, number: int = SIGINT) -> int:
        """Stops it by a signal; returns its exit code."""
        self.process.send_signal(number)
        return self.process.wait(TIMEOUT_SECONDS)

    @property
    def apps(self) -> list[int]:
        """The process ids of the apps of open pages."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True
        )
        return [int(line) for line in found.stdout.split()]


@contextmanager
def serving(
    home: Path, *arguments: str, env: Mapping[str, str] | None = None
) -> Iterator[ServerProcess]:
    """Runs `calmtrack serve` on a free port for the duration of the block."""
    process = subprocess.Popen(
        [*COMMAND, *arguments, "serve", "--port", "0"],
        env=environment(home, env or {}),
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield ServerProcess(process, "".join(process.stdout.readline() for _ in range(2)))
    finally:
        process.terminate()
        process.wait(TIMEOUT_SECONDS)
        process.stdout.close()


class Page:
    """A client of a page's websocket: sends keys, and draws the received bytes on a screen."""

    def __init__(self, websocket: aiohttp.ClientWebSocketResponse) -> None:
        self._websocket = websocket
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def text(self) -> str:
        """The text on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    async def press(self, keys: str) -> None:
        """Sends typed keys."""
        await self.send(json.dumps(["stdin", keys]))

    async def send(self, message: str) -> None:
        """Sends a raw message."""
        await self._websocket.send_str(message)

    async def wait_for(self, text: str) -> None:
        """Waits until a text is on the screen."""
        async with self._time_limit():
            while text not in self.text:
                message = await self._websocket.receive()
                assert message.type == aiohttp.WSMsgType.BINARY, (message, self.text)
                self._stream.feed(message.data)

    async def wait_for_end(self) -> None:
        """Waits until the server closes the websocket."""
        async with self._time_limit():
            while not self._websocket.closed:
                await self._websocket.receive()

    @asynccontextmanager
    async def _time_limit(self) -> AsyncIterator[None]:
        # The timeout of `receive` starts again with each ping of the server.
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                yield
        except TimeoutError:
            raise AssertionError(self.text) from None


def is_running(process: int) -> bool:
    """Whether a process exists."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def have_ended(processes: list[int]) -> bool:
    """Whether all of these processes end within TIMEOUT_SECONDS."""
    until = time.monotonic() + TIMEOUT_SECONDS
    while any(is_running(one) for one in processes) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(is_running(one) for one in processes)
