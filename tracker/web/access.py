"""Access control: one browser, by a token that works once and then by a cookie."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from hmac import compare_digest
from ipaddress import IPv4Address, IPv6Address
from secrets import token_urlsafe

from aiohttp import web

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
