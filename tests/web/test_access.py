"""Only the first browser that opens the address gets in."""

from __future__ import annotations

import re
import resource
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.effort import some_of
from tests.web.serving import UPGRADE, ServerProcess, serving
from tracker.web.server import PAGE, host_names

PATHS = ("", "ws", "page/page.css", "static/js/textual.js", "nothing-there")
"""Paths below the secret prefix."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with a diary."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def fresh(home: Path) -> Iterator[ServerProcess]:
    """A server whose URL has not been opened yet."""
    with serving(home) as server:
        yield server


@pytest.fixture(scope="module")
def opened(home: Path) -> Iterator[tuple[ServerProcess, str]]:
    """A server whose URL was opened, and the resulting cookie."""
    with serving(home) as server:
        cookie = server.ask(server.index_path).cookie
        assert cookie
        yield server, cookie


def test_without_the_token_every_path_is_forbidden(fresh: ServerProcess) -> None:
    for path in PATHS:
        for headers in ({}, UPGRADE | {"Origin": f"http://{fresh.name}"}):
            answer = fresh.ask(fresh.base_path + path, headers)
            assert answer.status == 403, path
            assert "works once" in answer.text
            assert not answer.cookie
    for token in ("", "wrong", "%ff", "ä".encode().hex(), fresh.index_path[-10:]):
        assert fresh.ask(f"{fresh.base_path}?token={token}").status == 403
    # The token is still valid afterwards.
    assert fresh.ask(fresh.index_path).status == 200


def test_the_url_works_once_and_its_cookie_from_then_on(fresh: ServerProcess) -> None:
    first = fresh.ask(fresh.index_path)
    assert first.status == 200
    assert "data-session-websocket-url" in first.text
    assert fresh.ask(fresh.index_path).status == 403
    for path in (fresh.base_path, fresh.index_path, *(fresh.base_path + one for one in PATHS[2:4])):
        assert fresh.ask(path, {"Cookie": first.cookie}).status == 200
    for path in ("/", "/ws", fresh.base_path + "nothing-there"):
        assert fresh.ask(path, {"Cookie": first.cookie}).status == 404
    assert fresh.ask(fresh.base_path, {"Cookie": first.cookie + "x"}).status == 403


def test_the_token_is_accepted_on_the_first_page_only(fresh: ServerProcess) -> None:
    query = fresh.index_path.removeprefix(fresh.base_path)
    websocket = UPGRADE | {"Origin": f"http://{fresh.name}"}
    assert fresh.ask(f"{fresh.base_path}ws{query}", websocket).status == 403
    assert fresh.ask(f"{fresh.base_path}page/page.css{query}").status == 403
    assert fresh.ask(f"/{query}").status == 403
    assert fresh.ask(fresh.index_path, method="HEAD").status == 403
    assert fresh.ask(fresh.index_path, method="POST").status == 403
    assert fresh.ask(fresh.index_path).status == 200


def test_the_cookie_has_this_path_and_is_http_only(fresh: ServerProcess) -> None:
    cookie = fresh.ask(fresh.index_path).headers["Set-Cookie"]
    # Other servers of this machine, on other ports, are requested with other paths.
    assert f"Path={fresh.base_path};" in cookie + ";"
    assert len(fresh.base_path) > 20
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Domain" not in cookie
    assert len(re.split("[=;]", cookie)[1]) >= 22


@pytest.mark.parametrize(
    "host",
    some_of(
        ["evil.example:PORT", "127.0.0.1:1", "", "evil.example", "127.0.0.1", "127.0.0.2:PORT"], 3
    ),
)
def test_a_host_name_that_resolves_here_is_rejected(
    opened: tuple[ServerProcess, str], host: str
) -> None:
    server, cookie = opened
    named = host.replace("PORT", server.name.partition(":")[2])
    for path in PATHS:
        asked = server.ask(server.base_path + path, {"Host": named, "Cookie": cookie})
        assert asked.status == 403


def test_localhost_is_accepted(opened: tuple[ServerProcess, str]) -> None:
    server, cookie = opened
    named = server.name.replace("127.0.0.1", "LocalHost")
    assert server.ask(server.base_path, {"Host": named, "Cookie": cookie}).status == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://NAME", "http://127.0.0.1:1", "http://NAME.x"]
)
def test_a_page_of_another_origin_opens_no_websocket(
    opened: tuple[ServerProcess, str], origin: str
) -> None:
    server, cookie = opened
    elsewhere = {"Origin": origin.replace("NAME", server.name), "Cookie": cookie}
    assert server.ask(server.base_path + "ws", UPGRADE | elsewhere).status == 403
    assert server.ask(server.base_path, elsewhere).status == 403


def test_a_websocket_without_an_origin_is_rejected(opened: tuple[ServerProcess, str]) -> None:
    server, cookie = opened
    assert server.ask(server.base_path + "ws", UPGRADE | {"Cookie": cookie}).status == 403
    ours = {"Origin": f"http://{server.name}", "Cookie": cookie}
    assert server.ask(server.base_path + "ws", UPGRADE | ours).status == 101


def test_every_response_has_the_security_headers(opened: tuple[ServerProcess, str]) -> None:
    server, cookie = opened
    for path in (*PATHS[:1], *PATHS[2:]):
        for headers in ({"Cookie": cookie}, {}):
            headers_sent = server.ask(server.base_path + path, headers).headers
            policy = headers_sent["Content-Security-Policy"].split("; ")
            assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= {
                *policy
            }
            assert "unsafe" not in headers_sent["Content-Security-Policy"]
            assert headers_sent["Referrer-Policy"] == "no-referrer"
            assert headers_sent["X-Frame-Options"] == "DENY"
            assert headers_sent["Cache-Control"] == "no-store"
            assert "aiohttp" not in headers_sent["Server"]


def test_the_page_loads_nothing_from_another_host(opened: tuple[ServerProcess, str]) -> None:
    server, cookie = opened
    page = server.ask(server.base_path, {"Cookie": cookie}).text
    needed = re.findall(r'(?:src|href)="([^"]*)"', page)
    style = (PAGE / "page.css").read_text("utf-8")
    needed += [f"page/{path}" for path in re.findall(r'url\("([^"]*)"\)', style)]
    assert len(needed) >= 7
    for path in needed:
        under = urljoin(f"http://{server.name}{server.base_path}", path)
        assert under.startswith(f"http://{server.name}{server.base_path}"), path
        answer = server.ask(under.removeprefix(f"http://{server.name}"), {"Cookie": cookie})
        assert answer.status == 200, path
    assert re.findall(r"\w+://[^/]*", page) == [f"ws://{server.name}"]


def test_no_folder_is_listed_and_no_other_file_is_served(opened: tuple[ServerProcess, str]) -> None:
    server, cookie = opened
    for path in ("static", "static/", "page/", "page/../server.py", "page/%2e%2e/server.py"):
        assert server.ask(server.base_path + path, {"Cookie": cookie}).status in (403, 404)
    assert server.ask(server.base_path + "download/key", {"Cookie": cookie}).status == 404


def test_host_names_are_written_as_browsers_send_them() -> None:
    assert host_names(ip_address("127.0.0.1"), 80) == ("127.0.0.1", "localhost")
    assert host_names(ip_address("::1"), 2256) == ("[::1]:2256", "localhost:2256")
    assert host_names(ip_address("192.168.1.20"), 2256) == ("192.168.1.20:2256",)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="prlimit is Linux's")
def test_many_half_open_connections_do_not_block_the_browser(fresh: ServerProcess) -> None:
    resource.prlimit(fresh.process.pid, resource.RLIMIT_NOFILE, (128, 128))
    host, _, port = fresh.name.partition(":")
    with ExitStack() as open_connections:
        for _ in range(200):
            half = socket.create_connection((host, int(port)), timeout=5)
            open_connections.enter_context(half)
            half.sendall(b"GET / HTTP/1.1\r\n")
        assert fresh.ask(fresh.index_path).status == 200
    assert fresh.ends() == 0
    assert fresh.process.stdout is not None
    assert "Traceback" not in fresh.process.stdout.read()
