"""The web server: the page, its files, the websocket that carries the terminal, and one app process
per open page."""

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
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from string import Template

from aiohttp import WSCloseCode, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager
from textual_serve.server import Server, to_int

from tracker.i18n.locale import language
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.web.access import COOKIE, AccessControl, Client, host_names

STOP_SECONDS = 20.0
"""How long an app that was asked to stop may take to write what was typed. One that takes longer,
because its database is unreachable, is killed; what it committed is complete."""


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
        """Starts the process without a shell, and in a session of its own.

        So ctrl+c in our terminal reaches only the server, which stops the apps in order.
        """
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
        """Passes frames on until the app ends, then closes the page, even without a frame."""
        try:
            await super().run()
        finally:
            await self.remote_close()

    async def stop(self) -> None:
        """Asks the app to stop, and waits until its process has ended."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await super().stop()
                # Reads frames to the end, on which the app would block.
                await process.communicate()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


PAGE = Path(__file__).parent / "page"

HEARTBEAT = 15.0
"""Seconds between two pings to the browser."""

CLOSE_SECONDS = 2.0
"""How long a browser may take to confirm that the websocket is closed."""

MAX_CELLS = 1000
"""Width and height of the terminal at most."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WebServer(Server):
    """textual-serve's server with access control, and a page that loads nothing from elsewhere."""

    def __init__(self, location: Location, access: AccessControl) -> None:
        super().__init__("calmtrack", public_url=f"http://{access.host_names[0]}")
        self._location = location
        self._access = access
        self._websockets: set[web.WebSocketResponse] = set()

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
            return web.Response(
                status=web.HTTPForbidden.status_code,
                text=_(
                    'This page only opens with the address that "calmtrack serve" printed, '
                    'and that address works once. Restart "calmtrack serve" to get a new one.'
                ),
            )
        response = await handler(request)
        if client is Client.FIRST:
            cookie, path = self._access.cookie, self._access.root
            response.set_cookie(COOKIE, cookie, path=path, httponly=True, samesite="Strict")
        return response

    async def _add_security_headers(self, _: web.Request, response: web.StreamResponse) -> None:
        """Forbids the browser to load, send or cache anything elsewhere."""
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
            "closed": _("Closed. Everything you saw is saved in your diary."),
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
        try:
            await session.start(_cells(request, "width", 80), _cells(request, "height", 24))
            # A message that isn't one of our page ends the session.
            with suppress(ValueError, TypeError, LookupError, AttributeError, AssertionError):
                await self._process_messages(websocket, session)
        finally:
            self._websockets.discard(websocket)
            await websocket.close()
            await session.stop()
        return websocket

    async def _close_pages(self, _: web.Application) -> None:
        """Closes all websockets, which ends their apps."""
        for websocket in set(self._websockets):
            await websocket.close(code=WSCloseCode.GOING_AWAY)


def _cells(request: web.Request, name: str, default: int) -> int:
    return min(max(to_int(request.query.get(name, ""), default), 1), MAX_CELLS)


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
    for name in ("aiohttp", "textual-serve"):
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
        shutdown_timeout=STOP_SECONDS,
    )
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        ready()
        number = await signalled
    finally:
        await runner.cleanup()
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
