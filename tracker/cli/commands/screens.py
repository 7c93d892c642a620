"""Commands that open the screens on another diary, or in a browser: demo, serve."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tracker import clock
from tracker.cli.context import get_location
from tracker.cli.output import flush, print_error, print_lines
from tracker.cli.quick_commands import OPEN_SCREENS, is_interactive, launch
from tracker.errors import CalmtrackError, InputError
from tracker.i18n.messages import N_, _
from tracker.location import DIARY_FILE, Location
from tracker.sanitize import sanitize_line

PORT = 2256
"""“calm” on the keys of a telephone."""

SERVER_PACKAGES = ("aiohttp", "textual_serve")
"""Top-level packages of the optional dependency."""


@click.command(
    "demo",
    help=N_(
        "Open an invented year, to look around in.\n\n"
        "It lies in a folder of its own, which is removed when you leave; your diary stays as it "
        "is. Without a terminal it prints the invented today."
    ),
)
@click.pass_context
def demo_command(context: click.Context) -> int:
    now = clock.now()
    with TemporaryDirectory(prefix="calmtrack-demo-") as folder:
        from tracker.diary.diary import Diary

        location = Location(Path(folder) / DIARY_FILE, is_demo=True)
        Diary(location, now=lambda: now).create_demo()
        if not is_interactive():
            print_lines(
                _(
                    "This is a day of an invented year; on a terminal “calmtrack demo” opens all "
                    "of it."
                ),
                "",
            )
        with _home_in(folder):
            return launch(location, context.meta[OPEN_SCREENS])


@contextmanager
def _home_in(folder: str) -> Iterator[None]:
    """Sets CALMTRACK_HOME, so that settings changed in the demo are thrown away with it."""
    before = os.environ.get("CALMTRACK_HOME")
    os.environ["CALMTRACK_HOME"] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ["CALMTRACK_HOME"]
        else:
            os.environ["CALMTRACK_HOME"] = before


@click.command(
    "serve",
    help=N_(
        "Open the screens in a browser on this machine.\n\n"
        "It prints an address that works once, for the browser that opens it first. Nothing but "
        "this command opens a port, and only while it runs; ctrl+c ends it."
    ),
)
@click.option(
    *("--port", "port"),
    type=click.IntRange(0, 65_535),
    metavar="N",
    default=PORT,
    help=N_("The port, 2256 if not said; 0 takes one that is free."),
)
@click.option(
    *("--host", "host"),
    metavar="ADDRESS",
    default="127.0.0.1",
    help=N_("Another address of this machine, for others on that network to reach."),
)
@click.pass_context
def serve_command(context: click.Context, port: int, host: str) -> int:
    from tracker.diary.fast_today import today_view

    address = _parse_address(host)
    try:
        from tracker.web.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in SERVER_PACKAGES:
            raise
        raise CalmtrackError(
            _(
                "To open the screens in a browser, calmtrack needs one more library: pip install "
                "'calmtrack[web]'."
            )
        ) from error
    location = get_location(context)
    # Raises here what would otherwise be shown in the browser.
    today_view(location)
    if not address.is_loopback:
        print_error(
            _(
                "{address} can be reached by others: whoever on that network opens the address "
                "below first can read and change the diary, and reach your files by import and "
                "export. What goes over that network is not encrypted."
            ).format(address=address)
        )
    try:
        return serve(location, address, port, _print_address)
    except OSError as error:
        raise CalmtrackError(_reason(error, address, port)) from error


def _print_address(address: str) -> None:
    print_lines(
        _("Open this address in a browser; it works once:"),
        f"  {address}",
        _("The browser that opened it may come back, until ctrl+c here ends it."),
    )
    flush()


def _parse_address(text: str) -> IPv4Address | IPv6Address:
    """One address of a machine. Raises InputError for one that stands for all of them, behind
    which the Host header couldn't be checked."""
    try:
        address = ip_address("127.0.0.1" if text == "localhost" else text)
    except ValueError as error:
        raise InputError(
            _("“{text}” is no single address of this machine; write one like 192.168.1.20.").format(
                text=sanitize_line(text, 40)
            )
        ) from error
    if address.is_unspecified or address.is_multicast or "%" in text:
        raise InputError(
            _("“{text}” is no single address of this machine; write one like 192.168.1.20.").format(
                text=sanitize_line(text, 40)
            )
        )
    return address


def _reason(error: OSError, address: IPv4Address | IPv6Address, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return _(
            "Port {port} is in use; choose another with --port, or --port 0 for any that is free."
        ).format(port=port)
    if error.errno == errno.EADDRNOTAVAIL:
        return _("{address} is no address of this machine; nothing was opened.").format(
            address=address
        )
    return _("Port {port} can't be opened here: {reason}.").format(
        port=port, reason=error.strerror or error
    )
