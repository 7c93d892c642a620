"""Commands that open the screens on another diary, or in a browser: demo, serve."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tracker import clock
from tracker.cli.context import get_location
from tracker.cli.output import flush, print_error, print_lines
from tracker.cli.quick_commands import OPEN_SCREENS, is_interactive, launch
from tracker.errors import CalmtrackError, InputError
from tracker.files import os_reason
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
        "Try calmtrack with a made-up year.\n\n"
        "It's in a temporary folder, which is deleted when you leave. Your own diary isn't "
        "touched. Without a terminal, it prints today from the made-up year."
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
                    'This is one day of a made-up year. To see all of it, run "calmtrack '
                    'demo" in a terminal.'
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
        "Open calmtrack in a browser on this computer.\n\n"
        "It prints an address that works once, for the first browser that opens it. No "
        "other command opens a port, and this one only while it runs. Press ctrl+c to "
        "stop it. It needs the extra calmtrack[web]."
    ),
)
@click.option(
    *("--port", "port"),
    type=click.IntRange(0, 65_535),
    metavar="N",
    default=PORT,
    help=N_("The port (default: 2256). 0 picks a free one."),
)
@click.option(
    *("--host", "host"),
    metavar="ADDRESS",
    default="127.0.0.1",
    help=N_("Another address of this computer, so that others on that network can connect."),
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
        from tracker.extras import install_command

        raise CalmtrackError(
            _(
                "To open in a browser, calmtrack needs one more package. Install it with: {command}"
            ).format(command=install_command("web"))
        ) from error
    location = get_location(context)
    # Raises here what would otherwise be shown in the browser.
    today_view(location)
    if not address.is_loopback:
        print_error(
            _(
                "Other devices on the network can reach {address}. Whoever opens the address "
                "below first can read and change your diary, and reach your files through "
                "import and export. The connection isn't encrypted."
            ).format(address=address)
        )
    try:
        return serve(location, address, port, _print_address)
    except OSError as error:
        raise CalmtrackError(_reason(error, address, port)) from error


def _print_address(address: str) -> None:
    print_lines(
        _("Open this address in a browser. It works once:"),
        f"  {address}",
        _(
            "The first browser that opens this address can open calmtrack again until "
            "you press ctrl+c here."
        ),
    )
    flush()


def _parse_address(text: str) -> IPv4Address | IPv6Address:
    """One address of a machine. Raises InputError for one that stands for all of them, behind
    which the Host header couldn't be checked."""
    address = None
    with suppress(ValueError):
        address = ip_address("127.0.0.1" if text == "localhost" else text)
    if address is None or address.is_unspecified or address.is_multicast or "%" in text:
        raise InputError(
            _(
                "\"{text}\" isn't an address calmtrack can use. Type one of this computer's own, "
                "like 192.168.1.20."
            ).format(text=sanitize_line(text, 40))
        )
    return address


def _reason(error: OSError, address: IPv4Address | IPv6Address, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return _(
            "Port {port} is in use. Choose another with --port, or use --port 0 for any free one."
        ).format(port=port)
    if error.errno == errno.EADDRNOTAVAIL:
        return _(
            "{address} isn't an address of this computer, so nothing was opened. "
            "Use one of this computer's own addresses with --host."
        ).format(address=address)
    return _("Couldn't open port {port}: {reason}. Try another with --port.").format(
        port=port, reason=os_reason(error)
    )
