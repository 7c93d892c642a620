"""A private D-Bus session bus, with a service that receives the notifications."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from jeepney import HeaderFields, MessageType, message_bus, new_method_return
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NOTIFICATIONS = "org.freedesktop.Notifications"


@dataclass
class Desktop:
    """Receives the notifications that programs send."""

    address: str
    """The address of its D-Bus."""
    notifications: list[tuple[str, str, str]] = field(default_factory=list)
    """Program, title and text of each notification."""


@contextmanager
def fake_desktop(folder: Path) -> Iterator[Desktop]:
    """Starts a session bus in a folder, and a notification service on it."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1",
         f"--address=unix:path={folder / 'bus'}"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert daemon.stdout is not None
    try:
        desktop = Desktop(daemon.stdout.readline().strip())
        connection = open_dbus_connection(desktop.address)
        listener = threading.Thread(target=_listen, args=(connection, desktop), daemon=True)
        connection.send_and_get_reply(message_bus.RequestName(NOTIFICATIONS), timeout=120)
        listener.start()
        yield desktop
    finally:
        daemon.terminate()
        daemon.wait(10)
        daemon.stdout.close()
    listener.join(10)


def _listen(connection: DBusConnection, desktop: Desktop) -> None:
    """Answers messages until the bus is closed."""
    with connection:
        while True:
            try:
                message = connection.receive()
            except OSError:
                return
            if message.header.message_type is not MessageType.method_call:
                continue
            wanted = message.header.fields[HeaderFields.member]
            if wanted == "Notify":
                app, _, _, title, text, *_ = message.body
                desktop.notifications.append((app, title, text))
                connection.send(new_method_return(message, "u", (len(desktop.notifications),)))
            elif wanted == "GetServerInformation":
                answer = ("a test", "calmtrack", "1", "1.2")
                connection.send(new_method_return(message, "ssss", answer))
            else:
                connection.send(new_method_return(message, "as", ([],)))
