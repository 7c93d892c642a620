"""The screens in a browser, on this machine."""

from __future__ import annotations

import errno
from ipaddress import IPv4Address, IPv6Address, ip_address

import click

from tracker.cli.context import get_location
from tracker.cli.output import flush, print_error, print_lines
from tracker.diary.fast_today import today_view
from tracker.errors import CalmtrackError, InputError
from tracker.i18n.messages import say
from tracker.sanitize import sanitize_line

PORT = 2256
"""“calm” on the keys of a telephone."""

LIBRARIES = ("aiohttp", "textual_serve")


@click.command("serve")
@click.option(
    *("--port", "port"),
    type=click.IntRange(0, 65_535),
    metavar="N",
    default=PORT,
    help=f"The port, {PORT} if not said; 0 takes one that is free.",
)
@click.option(
    *("--host", "host"),
    metavar="ADDRESS",
    default="127.0.0.1",
    help="Another address of this machine, for others on that network to reach.",
)
@click.pass_context
def serve_command(context: click.Context, port: int, host: str) -> int:
    """Open the screens in a browser on this machine.

    It prints an address that works once, for the browser that opens it first. Nothing but this
    command opens a port, and only while it runs; ctrl+c ends it.
    """
    address = _address_typed(host)
    try:
        from tracker.web.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in LIBRARIES:
            raise
        raise CalmtrackError(say("serve.no_library")) from error
    place = get_location(context)
    # What keeps the diary from being read is better said here than in a browser.
    today_view(place)
    if not address.is_loopback:
        print_error(say("serve.others", address=address))
    try:
        return serve(place, address, port, _tell)
    except OSError as error:
        raise CalmtrackError(_reason(error, address, port)) from error


def _tell(address: str) -> None:
    print_lines(say("serve.open"), f"  {address}", say("serve.stays"))
    flush()


def _address_typed(text: str) -> IPv4Address | IPv6Address:
    """One address of a machine: one that stands for all of them would let in by any name."""
    try:
        address = ip_address("127.0.0.1" if text == "localhost" else text)
    except ValueError as error:
        raise InputError(say("serve.no_address", text=sanitize_line(text, 40))) from error
    if address.is_unspecified or address.is_multicast or "%" in text:
        raise InputError(say("serve.no_address", text=sanitize_line(text, 40)))
    return address


def _reason(error: OSError, address: IPv4Address | IPv6Address, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return say("serve.port_taken", port=port)
    if error.errno == errno.EADDRNOTAVAIL:
        return say("serve.not_here", address=address)
    return say("serve.refused_by_system", port=port, reason=error.strerror or error)
