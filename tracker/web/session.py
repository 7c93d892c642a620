"""The app for one open page: a process of its own, which leaves when the page is closed."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from tracker.location import Location

PATIENCE = 20.0
"""Seconds in which an app that is asked to leave writes what was typed. One that waits longer,
for a database that is away, is ended; what it wrote is whole."""


class AppSession(AppService):
    """One app, its keys and frames handed on between its page and it."""

    def __init__(
        self, place: Location, websocket: web.WebSocketResponse, downloads: DownloadManager
    ) -> None:
        self._place = place

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
        """The same diary, and the browser's terminal, whatever ours is. An address may hold a
        password, and others can read what stands on a command line."""
        return super()._build_environment(width, height) | {
            "CALMTRACK_DATABASE_URL": self._place.url or str(self._place.path),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Not by a shell, which would have to be told how to read a path; and away from our
        terminal, so that its ctrl+c reaches us and we have the app leave in order."""
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
        """Hands frames on until the app ends, and closes the page then, also when it never came
        to a first frame."""
        try:
            await super().run()
        finally:
            await self.remote_close()

    async def stop(self) -> None:
        """Has the app leave, and sees it gone."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await super().stop()
                # A frame that nobody takes any more would keep it from leaving.
                await process.communicate()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
