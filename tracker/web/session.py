"""One app process per open page, ended when the page is closed."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from tracker.location import Location

STOP_SECONDS = 20.0
"""How long an app that was asked to stop may take to write what was typed. One that takes longer,
because its database is unreachable, is killed; what it committed is complete."""


class AppSession(AppService):
    """Passes keys from the page to an app process, and frames back."""

    def __init__(
        self, location: Location, websocket: web.WebSocketResponse, downloads: DownloadManager
    ) -> None:
        self._location = location

        async def close() -> None:
            await websocket.close()

        super().__init__(
            "calmtrack",
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=close,
            download_manager=downloads,
        )

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        """Sets the diary and the terminal type.

        Not on the command line, which other users can read: a URL may contain a password.
        """
        return super()._build_environment(width, height) | {
            "CALMTRACK_DATABASE_URL": self._location.url or str(self._location.path),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Starts the process without a shell, and in a session of its own.

        So ctrl+c in our terminal reaches only the server, which stops the apps in order.
        """
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "tracker"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width, height),
            start_new_session=True,
        )
        self._stdin = self._process.stdin
        return self._process

    async def run(self) -> None:
        """Passes frames on until the app ends, then closes the page, even without a frame."""
        try:
            await super().run()
        finally:
            await self.remote_close()

    async def stop(self) -> None:
        """Asks the app to stop, and waits until its process has ended."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await super().stop()
                # Reads frames to the end, on which the app would block.
                await process.communicate()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
