"""Who is let in: the browser that had the address first, and only from our own page."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from hmac import compare_digest
from ipaddress import IPv4Address, IPv6Address
from secrets import token_urlsafe

from aiohttp import web

SECRET = 16
"""Random bytes of a secret: nobody guesses 128 bits, and an address of two of them fits a line."""

COOKIE = "calmtrack"
HTTP = 80
"""The port that goes without saying."""


class Client(Enum):
    """Who a request is from."""

    STRANGER = auto()
    KNOWN = auto()
    """The browser that was let in before."""
    FIRST = auto()
    """The one that has the address, for the first time."""


def host_names(host: IPv4Address | IPv6Address, port: int) -> tuple[str, ...]:
    """How a browser names us: an IPv6 address in brackets, and without the usual port."""
    named = str(host) if host.version == 4 else f"[{host}]"
    names = (named, "localhost") if host.is_loopback else (named,)
    return tuple(name if port == HTTP else f"{name}:{port}" for name in names)


def _secret() -> str:
    return token_urlsafe(SECRET)


@dataclass(slots=True)
class AccessControl:
    """One address that lets one browser in, once; after that a cookie knows it again."""

    authorities: tuple[str, ...]
    """What a browser may have called us: `127.0.0.1:2256`, the first as it is printed."""
    room: str = field(default_factory=_secret, repr=False)
    """The path all of this lies under. Browsers keep no ports apart, and would show the cookie
    to whatever else answers on this machine; they do keep paths apart."""
    token: str = field(default_factory=_secret, repr=False)
    cookie: str = field(default_factory=_secret, repr=False)
    is_used: bool = False
    """Whether the token has let somebody in."""

    @property
    def address(self) -> str:
        """What a person opens."""
        return f"http://{self.authorities[0]}{self.front}?token={self.token}"

    @property
    def front(self) -> str:
        """The path of the page."""
        return f"/{self.room}/"

    def answer(self, request: web.BaseRequest) -> Client:
        """Who it is that knocks. The token counts only at the front door, and is spent there."""
        if not self._is_for_us(request) or not self._is_from_our_page(request):
            return Client.STRANGER
        if _same(request.cookies.get(COOKIE, ""), self.cookie):
            return Client.KNOWN
        if self.is_used or (request.method, request.path) != ("GET", self.front):
            return Client.STRANGER
        if not _same(request.query.get("token", ""), self.token):
            return Client.STRANGER
        self.is_used = True
        return Client.FIRST

    def _is_for_us(self, request: web.BaseRequest) -> bool:
        """A page elsewhere can have its own name lead to this machine, but then it says that
        name."""
        hosts = [one.lower() for one in request.headers.getall("Host", [])]
        return len(hosts) == 1 and hosts[0] in self.authorities

    def _is_from_our_page(self, request: web.BaseRequest) -> bool:
        """Browsers let any page open a websocket to anywhere, but say which page it was."""
        origins = request.headers.getall("Origin", [])
        if not origins:
            return not _is_websocket(request)
        return origins == [f"http://{request.headers['Host'].lower()}"]


def _is_websocket(request: web.BaseRequest) -> bool:
    return "Upgrade" in request.headers


def _same(given: str, kept: str) -> bool:
    return compare_digest(given.encode("utf-8", "replace"), kept.encode())
