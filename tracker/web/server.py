"""What answers the browser: our page, its files, and the websocket that is its terminal."""

from __future__ import annotations

import asyncio
import html
import logging
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from string import Template

from aiohttp import WSCloseCode, web
from textual_serve.server import Server, to_int

from tracker.i18n.locale import language
from tracker.i18n.messages import say
from tracker.location import Location
from tracker.web.access import COOKIE, AccessControl, Client, host_names
from tracker.web.session import PATIENCE, AppSession

PAGE = Path(__file__).parent / "page"

HEARTBEAT = 15.0
"""Seconds between two looks whether the browser is still there."""

GOODBYE = 2.0
"""Seconds in which a browser answers that it knows that its page is closed."""

WIDEST = 1000
"""Cells, either way; a screen has fewer."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WebServer(Server):
    """textual-serve's server with a door before it and a page of our own, which needs nothing
    from anywhere else."""

    def __init__(self, place: Location, door: AccessControl) -> None:
        super().__init__("calmtrack", public_url=f"http://{door.authorities[0]}")
        self._place = place
        self._door = door
        self._websockets: set[web.WebSocketResponse] = set()

    async def _make_app(self) -> web.Application:
        """The routes. There is none for downloads: the app writes files where it runs."""
        front = self._door.front
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get(front, self._front),
                web.get(f"{front}ws", self.handle_websocket),
                web.static(f"{front}static", self.statics_path),
                web.static(f"{front}page", PAGE),
            ]
        )
        app.on_response_prepare.append(self._add_manners)
        app.on_shutdown.append(self._close_pages)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        caller = self._door.answer(request)
        if caller is Client.STRANGER:
            return web.Response(status=web.HTTPForbidden.status_code, text=say("serve.refused"))
        response = await handler(request)
        if caller is Client.FIRST:
            response.set_cookie(
                COOKIE, self._door.cookie, path=self._door.front, httponly=True, samesite="Strict"
            )
        return response

    async def _add_manners(self, _: web.Request, response: web.StreamResponse) -> None:
        """What a browser may do with an answer: nothing that leads elsewhere."""
        sockets = " ".join(f"ws://{name}" for name in self._door.authorities)
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

    async def _front(self, request: web.Request) -> web.Response:
        page = Template((PAGE / "page.html").read_text("utf-8"))
        gaps = {
            "websocket": f"ws://{request.headers['Host']}{self._door.front}ws",
            "closed": say("serve.closed"),
            "again": say("serve.again"),
            "language": language(),
        }
        text = page.substitute({name: html.escape(gap) for name, gap in gaps.items()})
        return web.Response(text=text, content_type="text/html")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Opens the app for a page, until either of them is closed."""
        websocket = web.WebSocketResponse(timeout=GOODBYE, heartbeat=HEARTBEAT)
        await websocket.prepare(request)
        sitting = AppSession(self._place, websocket, self.download_manager)
        self._websockets.add(websocket)
        try:
            await sitting.start(_cells(request, "width", 80), _cells(request, "height", 24))
            # What is no message of our page ends the sitting.
            with suppress(ValueError, TypeError, LookupError, AttributeError, AssertionError):
                await self._process_messages(websocket, sitting)
        finally:
            self._websockets.discard(websocket)
            await websocket.close()
            await sitting.stop()
        return websocket

    async def _close_pages(self, _: web.Application) -> None:
        """Closes every page; its app then leaves by itself."""
        for websocket in set(self._websockets):
            await websocket.close(code=WSCloseCode.GOING_AWAY)


def _cells(request: web.Request, name: str, usual: int) -> int:
    return min(max(to_int(request.query.get(name, ""), usual), 1), WIDEST)


def serve(
    place: Location,
    host: IPv4Address | IPv6Address,
    port: int,
    tell: Callable[[str], object],
) -> int:
    """Shows the diary's screens at an address of this machine until a signal ends it.

    `tell` gets the address once it can be opened; port 0 takes any that is free. Returns the
    exit code: 0 after ctrl+c, else 128 and the signal's number. Raises OSError for an address
    that can't be had.
    """
    for name in ("aiohttp", "textual-serve"):
        # What they would say, with tracebacks, is for their own developers.
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    family = socket.AF_INET if host.version == 4 else socket.AF_INET6
    with socket.create_server((str(host), port), family=family) as listening:
        door = AccessControl(host_names(host, listening.getsockname()[1]))
        return asyncio.run(_serve(WebServer(place, door), listening, lambda: tell(door.address)))


async def _serve(browser: WebServer, listening: socket.socket, ready: Callable[[], object]) -> int:
    ended = _signalled()
    runner = web.AppRunner(
        await browser._make_app(),
        access_log=None,
        shutdown_timeout=PATIENCE,
    )
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        ready()
        number = await ended
    finally:
        await runner.cleanup()
    return 0 if number == signal.SIGINT else 128 + number


def _signalled() -> asyncio.Future[int]:
    """What comes true once something asks us to end."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int] = loop.create_future()

    def end(number: int) -> None:
        if not ended.done():
            ended.set_result(number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        # Windows has no SIGHUP, and its event loop takes no handlers.
        with suppress(NotImplementedError, AttributeError):
            number = getattr(signal, name)
            loop.add_signal_handler(number, end, int(number))
    return ended
