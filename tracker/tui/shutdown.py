"""How the app ends: behind the keys that were pressed, and with the terminal as it was."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from tracker.tui.connection_monitor import ConnectionMonitor
from tracker.tui.diary_worker import DiaryWorker
from tracker.tui.terminal import is_disconnected


class Shutdown(App[None]):
    """By a key, by a signal, or because its terminal was closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "Quit", show=False, id="quit_ctrl", tooltip="Leave calmtrack"),
        Binding("ctrl+c", "leave", "Quit", show=False, id="quit_c", tooltip="Leave calmtrack"),
    ]

    desk: DiaryWorker
    line: ConnectionMonitor | None = None
    """What is known of the line to a server; None for a file."""

    async def action_leave(self) -> None:
        """Leaves once everything pressed before has been kept."""
        self.leave(0)

    def leave(self, code: int) -> None:
        """The same, with an exit code. With a server away, that is told first."""
        if self.desk.away is not None and self.line is not None:
            if self.line.may_leave(told=bool(code)):
                self.desk.give_up()
                self._end(code)
            return
        self.desk.ask(lambda _: None, lambda _: self._end(code), lambda _: self._end(code))

    def _end(self, code: int) -> None:
        if not self.is_headless and is_disconnected(self.is_web):
            # Textual would wait for its writer, and that has given up on a closed terminal.
            self.desk.close()
            os._exit(code)
        self.exit(return_code=code)

    def heed_signals(self) -> None:
        """Asked to end, or its terminal closed, it leaves as by `q`, and the terminal as it was."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            # Windows has no SIGHUP, and its event loop takes no handlers; in a test there is
            # no main thread to hear a signal.
            with suppress(NotImplementedError, ValueError, RuntimeError):
                if number is not None:
                    loop.add_signal_handler(number, self.leave, 128 + number)
