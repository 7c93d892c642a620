"""The web server: access for one browser, by a token that works once and then by a cookie; the
page, its files, the websocket that carries the terminal, and one app process per open page."""

from __future__ import annotations

import asyncio
import html
import logging
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from hmac import compare_digest
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from secrets import token_urlsafe
from string import Template

from aiohttp import WSCloseCode, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager
from textual_serve.server import Server, to_int

from tracker.i18n.messages import _, language
from tracker.location import Location

STOP_SECONDS = 20.0
"""Seconds that an app may take to stop, in which it saves what was typed. One that takes longer,
as its database is unreachable, is killed; what it has committed is complete."""


SECRET = 16
"""Random bytes of a secret: 128 bits, and an address with two secrets fits on a line."""

COOKIE = "calmtrack"
HTTP_PORT = 80
"""The port that browsers leave out of the Host header."""


class Client(Enum):
    """Whom a request is from."""

    UNAUTHORIZED = auto()
    KNOWN = auto()
    """The browser that has the cookie."""
    FIRST = auto()
    """The browser that used the token with this request."""


def host_names(host: IPv4Address | IPv6Address, port: int) -> tuple[str, ...]:
    """The valid values of the Host header: IPv6 in brackets, port 80 left out."""
    named = str(host) if host.version == 4 else f"[{host}]"
    names = (named, "localhost") if host.is_loopback else (named,)
    return tuple(name if port == HTTP_PORT else f"{name}:{port}" for name in names)


def _secret() -> str:
    return token_urlsafe(SECRET)


@dataclass(slots=True)
class AccessControl:
    """The secrets of one run, and the check of each request against them."""

    host_names: tuple[str, ...]
    """Valid values of the Host header, `127.0.0.1:2256`; the first is printed."""
    path_secret: str = field(default_factory=_secret, repr=False)
    """The first part of every path. Browsers share cookies between ports, so without it other
    servers on this machine would receive ours; they don't share them between paths."""
    token: str = field(default_factory=_secret, repr=False)
    cookie: str = field(default_factory=_secret, repr=False)
    is_used: bool = False
    """Whether the token was used."""

    @property
    def address(self) -> str:
        """The address to open, token included."""
        return f"http://{self.host_names[0]}{self.root}?token={self.token}"

    @property
    def root(self) -> str:
        """The path of the page, and of the cookie."""
        return f"/{self.path_secret}/"

    def authorize(self, request: web.BaseRequest) -> Client:
        """Whom a request is from. The token is valid for `root` only, and once."""
        if not self._has_our_host(request) or not self._has_our_origin(request):
            return Client.UNAUTHORIZED
        if _equal(request.cookies.get(COOKIE, ""), self.cookie):
            return Client.KNOWN
        if self.is_used or (request.method, request.path) != ("GET", self.root):
            return Client.UNAUTHORIZED
        if not _equal(request.query.get("token", ""), self.token):
            return Client.UNAUTHORIZED
        self.is_used = True
        return Client.FIRST

    def _has_our_host(self, request: web.BaseRequest) -> bool:
        """Whether the Host header is ours (DNS rebinding: a foreign name resolving to us)."""
        hosts = [one.lower() for one in request.headers.getall("Host", [])]
        return len(hosts) == 1 and hosts[0] in self.host_names

    def _has_our_origin(self, request: web.BaseRequest) -> bool:
        """Whether the Origin is our page; websockets, which any page may open, must name one."""
        origins = request.headers.getall("Origin", [])
        if not origins:
            return "Upgrade" not in request.headers
        return origins == [f"http://{request.headers['Host'].lower()}"]


def _equal(given: str, secret: str) -> bool:
    return compare_digest(given.encode("utf-8", "replace"), secret.encode())


class AppSession(AppService):
    """Passes keys from the page to an app process, and frames back."""

    def __init__(
        self, location: Location, websocket: web.WebSocketResponse, downloads: DownloadManager
    ) -> None:
        self._location = location

        async def close() -> None:
            await websocket.close()

        super().__init__(
            "calmtrack",
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=close,
            download_manager=downloads,
        )

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        """Sets the diary and the terminal type.

        Not on the command line, which other users can read: a URL may contain a password.
        """
        return super()._build_environment(width, height) | {
            "CALMTRACK_DATABASE_URL": self._location.url or str(self._location.path),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Starts the process without a shell, and in its own session, so that ctrl+c in our
        terminal reaches only the server, which stops the apps in order."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "tracker"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width, height),
            start_new_session=True,
        )
        self._stdin = self._process.stdin
        return self._process

    async def run(self) -> None:
        """Sends frames to the page until the app ends, and then closes the page, even if the app
        sent no frame."""
        try:
            await super().run()
        finally:
            await self.remote_close()

    async def set_terminal_size(self, width: int, height: int) -> None:
        """Sends the size of the page to the app. Raises ValueError for one that is not a number of
        cells, which would end the app."""
        # The numbers come from the page as JSON of any type.
        if type(width) is not int or type(height) is not int:
            raise ValueError("not a number of cells")
        await super().set_terminal_size(_clamp(width), _clamp(height))

    async def send_bytes(self, data: bytes) -> bool:
        """Sends keys to the app, but no empty data: the app would take that for the end of its
        input, after which it reads no key and no request to stop."""
        return bool(data) and await super().send_bytes(data)

    async def stop(self) -> None:
        """Asks the app to stop, and waits until its process has ended. Kills the process if it is
        cancelled: an app without a server would go on writing."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        until = asyncio.get_running_loop().time() + STOP_SECONDS
        try:
            with suppress(TimeoutError):
                # Two time limits: textual-serve's task swallows the cancellation by the first one.
                async with asyncio.timeout_at(until):
                    await super().stop()
                async with asyncio.timeout_at(until):
                    # Reads frames to the end, on which the app would block.
                    await process.communicate()
        finally:
            self.kill()
        await process.wait()

    def kill(self) -> None:
        """Kills the app if it still runs; what it committed is complete."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()


PAGE = Path(__file__).parent / "page"

SHUTDOWN_SECONDS = STOP_SECONDS + 10.0
"""Seconds that requests may take to end on shutdown: longer than an app may take to stop."""

MAX_WAITING, BACKLOG = 32, 16
"""The largest number of open connections without an authorized request, after which the oldest are
closed; and the backlog of the listening socket. Any program on this machine can open connections,
and some systems allow a process only 256 files."""

HEARTBEAT = 15.0
"""Seconds between two pings to the browser."""

CLOSE_SECONDS = 2.0
"""Seconds that a browser may take to confirm that the websocket is closed."""

MAX_CELLS = 1000
"""The largest width and height of the terminal."""

_FOREIGN_MESSAGE = (
    *(ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError),
)
"""The exceptions that textual-serve raises for a message that isn't from our page."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WebServer(Server):
    """textual-serve's server with access control, and a page that loads nothing from elsewhere."""

    def __init__(self, location: Location, access: AccessControl) -> None:
        super().__init__("calmtrack", public_url=f"http://{access.host_names[0]}")
        self._location = location
        self._access = access
        self._websockets: set[web.WebSocketResponse] = set()
        self._sessions: set[AppSession] = set()
        self._waiting: dict[web.RequestHandler, None] = {}
        """Connections without an authorized request, oldest first."""

    def accept(self, connection: web.RequestHandler) -> web.RequestHandler:
        """Registers a new connection, and closes the oldest ones without an authorized request."""
        self._waiting[connection] = None
        while len(self._waiting) > MAX_WAITING:
            oldest = next(iter(self._waiting))
            del self._waiting[oldest]
            oldest.force_close()
        return connection

    def kill_sessions(self) -> None:
        """Kills the apps that still run after the shutdown."""
        for session in self._sessions:
            session.kill()

    async def _make_app(self) -> web.Application:
        """Builds the routes. There is none for downloads: the app writes files where it runs."""
        root = self._access.root
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get(root, self._index),
                web.get(f"{root}ws", self.handle_websocket),
                web.static(f"{root}static", self.statics_path),
                web.static(f"{root}page", PAGE),
            ]
        )
        app.on_response_prepare.append(self._add_security_headers)
        app.on_shutdown.append(self._close_pages)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        client = self._access.authorize(request)
        if client is Client.UNAUTHORIZED:
            refusal = web.Response(
                status=web.HTTPForbidden.status_code,
                text=_(
                    'This page only opens with the address that "calmtrack serve" printed, '
                    'and that address works once. Restart "calmtrack serve" to get a new one.'
                ),
            )
            refusal.force_close()
            return refusal
        self._waiting.pop(request.protocol, None)
        response = await handler(request)
        if client is Client.FIRST:
            cookie, path = self._access.cookie, self._access.root
            response.set_cookie(COOKIE, cookie, path=path, httponly=True, samesite="Strict")
        return response

    async def _add_security_headers(self, _: web.Request, response: web.StreamResponse) -> None:
        """Forbids the browser to cache the page, and to load from or send to other servers."""
        sockets = " ".join(f"ws://{name}" for name in self._access.host_names)
        response.headers.update(
            {
                "Content-Security-Policy": (
                    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
                    f"img-src 'self'; connect-src 'self' {sockets}; base-uri 'none'; "
                    "form-action 'none'; frame-ancestors 'none'; "
                    "sandbox allow-scripts allow-same-origin"
                ),
                "Referrer-Policy": "no-referrer",
                "X-Frame-Options": "DENY",
                "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Cache-Control": "no-store",
                "Server": "calmtrack",
            }
        )

    async def _index(self, request: web.Request) -> web.Response:
        page = Template((PAGE / "page.html").read_text("utf-8"))
        fields = {
            "websocket": f"ws://{request.headers['Host']}{self._access.root}ws",
            "closed": _("Closed. Your diary is saved."),
            "again": _("Open again"),
            "language": language(),
        }
        text = page.substitute({name: html.escape(value) for name, value in fields.items()})
        return web.Response(text=text, content_type="text/html")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Runs the app for a page until either of them is closed."""
        websocket = web.WebSocketResponse(timeout=CLOSE_SECONDS, heartbeat=HEARTBEAT)
        await websocket.prepare(request)
        session = AppSession(self._location, websocket, self.download_manager)
        self._websockets.add(websocket)
        self._sessions.add(session)
        try:
            await session.start(_cells(request, "width", 80), _cells(request, "height", 24))
            # A message that isn't one of our page ends the session.
            with suppress(*_FOREIGN_MESSAGE):
                await self._process_messages(websocket, session)
        finally:
            self._websockets.discard(websocket)
            await websocket.close()
            await session.stop()
            self._sessions.discard(session)
        return websocket

    async def _close_pages(self, _: web.Application) -> None:
        """Closes all websockets, which ends their apps."""
        for websocket in set(self._websockets):
            await websocket.close(code=WSCloseCode.GOING_AWAY)


def _cells(request: web.Request, name: str, default: int) -> int:
    return _clamp(to_int(request.query.get(name, ""), default))


def _clamp(cells: int) -> int:
    return min(max(cells, 1), MAX_CELLS)


def serve(
    location: Location,
    host: IPv4Address | IPv6Address,
    port: int,
    on_ready: Callable[[str], object],
) -> int:
    """Serves the diary's screens until a signal arrives.

    `on_ready` is called with the address once it can be opened; port 0 takes any free one.
    Returns the exit code: 0 after SIGINT, else 128 and the signal's number. Raises OSError when
    the address can't be bound.
    """
    for name in ("aiohttp", "asyncio", "textual-serve"):
        # Their tracebacks are for their own developers.
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    family = socket.AF_INET if host.version == 4 else socket.AF_INET6
    with socket.create_server((str(host), port), family=family) as listening:
        access = AccessControl(host_names(host, listening.getsockname()[1]))
        server = WebServer(location, access)
        return asyncio.run(_serve(server, listening, lambda: on_ready(access.address)))


async def _serve(server: WebServer, listening: socket.socket, ready: Callable[[], object]) -> int:
    signalled = _next_signal()
    runner = web.AppRunner(
        await server._make_app(),
        access_log=None,
        shutdown_timeout=SHUTDOWN_SECONDS,
    )
    await runner.setup()
    handlers = runner.server
    assert handlers is not None
    # Not a SockSite, which hands every connection straight to aiohttp.
    listener = await asyncio.get_running_loop().create_server(
        lambda: server.accept(handlers()), sock=listening, backlog=BACKLOG
    )
    try:
        ready()
        number = await signalled
    finally:
        listener.close()
        await runner.cleanup()
        server.kill_sessions()
    return 0 if number == signal.SIGINT else 128 + number


def _next_signal() -> asyncio.Future[int]:
    """A future whose result is the number of the first SIGINT, SIGTERM or SIGHUP."""
    loop = asyncio.get_running_loop()
    signalled: asyncio.Future[int] = loop.create_future()

    def handle(number: int) -> None:
        if not signalled.done():
            signalled.set_result(number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        # Windows has no SIGHUP, and its event loop takes no handlers.
        with suppress(NotImplementedError, AttributeError):
            number = getattr(signal, name)
            loop.add_signal_handler(number, handle, int(number))
    return signalled
