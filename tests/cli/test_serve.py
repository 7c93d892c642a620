"""What `serve` prints before it serves, and why it can refuse."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from shlex import quote

import pytest

from tests.cli.command_line import CommandLine
from tracker.location import Location

WITHOUT_LIBRARY = """
import sys
sys.modules["{library}"] = None
from tracker.cli.app import run
sys.exit(run(["serve", "--port", "0"]))
"""

UNASSIGNED_ADDRESS = "203.0.113.77"
"""An address reserved for documentation: no machine has it."""


@pytest.mark.parametrize("library", ["textual_serve", "aiohttp"])
def test_without_its_library_it_says_how_to_install_it(library: str) -> None:
    script = WITHOUT_LIBRARY.format(library=library)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith(f"{quote(sys.executable)} -m pip install 'calmtrack[web]'\n")


def test_a_port_in_use_is_one_sentence(type_in: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = type_in("serve", "--port", str(port))
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == (
        f"Port {port} is in use. Choose another with --port, or use --port 0 for any free one.\n"
    )


def test_a_public_address_is_reported_before_anything_is_opened(type_in: CommandLine) -> None:
    answer = type_in("serve", "--host", UNASSIGNED_ADDRESS)
    assert (answer.code, answer.out) == (1, "")
    warning, refused = answer.err.splitlines()
    assert "Whoever opens the address below first can read and change" in warning
    assert "isn't encrypted" in warning
    assert refused == (
        f"{UNASSIGNED_ADDRESS} isn't an address of this computer, so nothing was opened. "
        "Use one of this computer's own addresses with --host."
    )


def test_an_invalid_address_is_rejected(type_in: CommandLine, subtests: pytest.Subtests) -> None:
    cases: list[str] = [
        "0.0.0.0",
        "::",
        "everywhere",
        "",
        "224.0.0.1",
        "fe80::1%eth0",
        "my.example",
        "\x1b[1m",
    ]
    for host in cases:
        with subtests.test(host=host):
            answer = type_in("serve", "--host", host)
            assert (answer.code, answer.out) == (2, "")
            assert "isn't an address calmtrack can use" in answer.err
            assert "\x1b" not in answer.err


@pytest.mark.parametrize("port", ["-1", "65536", "calm"])
def test_a_port_number_has_to_be_in_range(type_in: CommandLine, port: str) -> None:
    assert type_in("serve", "--port", port).code == 2


def test_an_unreadable_diary_is_reported_before_a_missing_browser(
    type_in: CommandLine, location: Location
) -> None:
    assert location.path is not None
    location.path.parent.mkdir()
    with closing(sqlite3.connect(location.path)) as other:
        other.execute("CREATE TABLE letters (x)")
    answer = type_in("serve", "--port", "0")
    assert (answer.code, answer.out) == (1, "")
    assert "isn't a calmtrack diary" in answer.err
