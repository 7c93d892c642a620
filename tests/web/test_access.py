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
from tests.web.serving import UPGRADE, Serving, serving
from tracker.web.access import host_names
from tracker.web.server import PAGE

EVERYWHERE = ("", "ws", "page/page.css", "static/js/textual.js", "nothing-there")
"""Below the path that the address names."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person's home folder."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def fresh(home: Path) -> Iterator[Serving]:
    """A server whose address nobody has opened yet."""
    with serving(home) as server:
        yield server


@pytest.fixture(scope="module")
def opened(home: Path) -> Iterator[tuple[Serving, str]]:
    """A server whose address was opened, and the cookie that came of it."""
    with serving(home) as server:
        cookie = server.ask(server.front).cookie
        assert cookie
        yield server, cookie


def test_without_the_token_nothing_is_there(fresh: Serving) -> None:
    for path in EVERYWHERE:
        for headers in ({}, UPGRADE | {"Origin": f"http://{fresh.name}"}):
            answer = fresh.ask(fresh.room + path, headers)
            assert answer.status == 403, path
            assert "works once" in answer.text
            assert not answer.cookie
    for token in ("", "wrong", "%ff", "ä".encode().hex(), fresh.front[-10:]):
        assert fresh.ask(f"{fresh.room}?token={token}").status == 403
    # None of it has spent the token.
    assert fresh.ask(fresh.front).status == 200


def test_the_address_works_once_and_its_cookie_from_then_on(fresh: Serving) -> None:
    first = fresh.ask(fresh.front)
    assert first.status == 200
    assert "data-session-websocket-url" in first.text
    assert fresh.ask(fresh.front).status == 403
    for path in (fresh.room, fresh.front, *(fresh.room + one for one in EVERYWHERE[2:4])):
        assert fresh.ask(path, {"Cookie": first.cookie}).status == 200
    for path in ("/", "/ws", fresh.room + "nothing-there"):
        assert fresh.ask(path, {"Cookie": first.cookie}).status == 404
    assert fresh.ask(fresh.room, {"Cookie": first.cookie + "x"}).status == 403


def test_the_token_is_accepted_on_the_first_page_only(fresh: Serving) -> None:
    query = fresh.front.removeprefix(fresh.room)
    websocket = UPGRADE | {"Origin": f"http://{fresh.name}"}
    assert fresh.ask(f"{fresh.room}ws{query}", websocket).status == 403
    assert fresh.ask(f"{fresh.room}page/page.css{query}").status == 403
    assert fresh.ask(f"/{query}").status == 403
    assert fresh.ask(fresh.front, method="HEAD").status == 403
    assert fresh.ask(fresh.front, method="POST").status == 403
    assert fresh.ask(fresh.front).status == 200


def test_the_cookie_is_for_this_path_only_and_no_script_reads_it(fresh: Serving) -> None:
    cookie = fresh.ask(fresh.front).headers["Set-Cookie"]
    # Whatever else answers on this machine, on another port, is asked for other paths.
    assert f"Path={fresh.room};" in cookie + ";"
    assert len(fresh.room) > 20
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
def test_a_name_that_was_made_to_lead_here_leads_nowhere(
    opened: tuple[Serving, str], host: str
) -> None:
    server, cookie = opened
    named = host.replace("PORT", server.name.partition(":")[2])
    for path in EVERYWHERE:
        asked = server.ask(server.room + path, {"Host": named, "Cookie": cookie})
        assert asked.status == 403


def test_the_machines_own_name_for_itself_is_fine(opened: tuple[Serving, str]) -> None:
    server, cookie = opened
    named = server.name.replace("127.0.0.1", "LocalHost")
    assert server.ask(server.room, {"Host": named, "Cookie": cookie}).status == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://NAME", "http://127.0.0.1:1", "http://NAME.x"]
)
def test_a_page_from_elsewhere_opens_no_websocket(opened: tuple[Serving, str], origin: str) -> None:
    server, cookie = opened
    elsewhere = {"Origin": origin.replace("NAME", server.name), "Cookie": cookie}
    assert server.ask(server.room + "ws", UPGRADE | elsewhere).status == 403
    assert server.ask(server.room, elsewhere).status == 403


def test_a_websocket_says_where_it_comes_from(opened: tuple[Serving, str]) -> None:
    server, cookie = opened
    assert server.ask(server.room + "ws", UPGRADE | {"Cookie": cookie}).status == 403
    ours = {"Origin": f"http://{server.name}", "Cookie": cookie}
    assert server.ask(server.room + "ws", UPGRADE | ours).status == 101


def test_every_answer_keeps_the_browser_here(opened: tuple[Serving, str]) -> None:
    server, cookie = opened
    for path in (*EVERYWHERE[:1], *EVERYWHERE[2:]):
        for headers in ({"Cookie": cookie}, {}):
            headers_sent = server.ask(server.room + path, headers).headers
            policy = headers_sent["Content-Security-Policy"].split("; ")
            assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= {
                *policy
            }
            assert "unsafe" not in headers_sent["Content-Security-Policy"]
            assert headers_sent["Referrer-Policy"] == "no-referrer"
            assert headers_sent["X-Frame-Options"] == "DENY"
            assert headers_sent["Cache-Control"] == "no-store"
            assert "aiohttp" not in headers_sent["Server"]


def test_the_page_needs_nothing_from_anywhere_else(opened: tuple[Serving, str]) -> None:
    server, cookie = opened
    page = server.ask(server.room, {"Cookie": cookie}).text
    needed = re.findall(r'(?:src|href)="([^"]*)"', page)
    style = (PAGE / "page.css").read_text("utf-8")
    needed += [f"page/{path}" for path in re.findall(r'url\("([^"]*)"\)', style)]
    assert len(needed) >= 7
    for path in needed:
        under = urljoin(f"http://{server.name}{server.room}", path)
        assert under.startswith(f"http://{server.name}{server.room}"), path
        answer = server.ask(under.removeprefix(f"http://{server.name}"), {"Cookie": cookie})
        assert answer.status == 200, path
    assert re.findall(r"\w+://[^/]*", page) == [f"ws://{server.name}"]


def test_no_folder_is_listed_and_nothing_lies_beside_the_page(opened: tuple[Serving, str]) -> None:
    server, cookie = opened
    for path in ("static", "static/", "page/", "page/../access.py", "page/%2e%2e/access.py"):
        assert server.ask(server.room + path, {"Cookie": cookie}).status in (403, 404)
    assert server.ask(server.room + "download/key", {"Cookie": cookie}).status == 404


def test_a_browser_names_an_address_as_it_does() -> None:
    assert host_names(ip_address("127.0.0.1"), 80) == ("127.0.0.1", "localhost")
    assert host_names(ip_address("::1"), 2256) == ("[::1]:2256", "localhost:2256")
    assert host_names(ip_address("192.168.1.20"), 2256) == ("192.168.1.20:2256",)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="prlimit is Linux's")
def test_many_half_open_connections_do_not_lock_the_browser_out(fresh: Serving) -> None:
    resource.prlimit(fresh.process.pid, resource.RLIMIT_NOFILE, (128, 128))
    host, _, port = fresh.name.partition(":")
    with ExitStack() as open_connections:
        for _ in range(200):
            half = socket.create_connection((host, int(port)), timeout=5)
            open_connections.enter_context(half)
            half.sendall(b"GET / HTTP/1.1\r\n")
        assert fresh.ask(fresh.front).status == 200
    assert fresh.ends() == 0
    assert fresh.process.stdout is not None
    assert "Traceback" not in fresh.process.stdout.read()
