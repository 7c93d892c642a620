"""Replaces a program of the system by a script that records how it was called."""

from __future__ import annotations

import stat
from pathlib import Path


class FakeProgram:
    """A program in a folder on PATH; it ends as it is told to."""

    def __init__(self, folder: Path, name: str, *, code: int = 0, does: str = "") -> None:
        folder.mkdir(exist_ok=True)
        self._log = folder / f"{name}.log"
        path = folder / name
        path.write_text(
            "#!/bin/sh\n"
            f'for word in "$@"; do printf "%s\\n" "$word" >> "{self._log}"; done\n'
            f'printf "\\036\\n" >> "{self._log}"\n'
            f"{does}\nexit {code}\n"
        )
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    @property
    def calls(self) -> list[list[str]]:
        """The words of each call."""
        if not self._log.exists():
            return []
        *calls, rest = self._log.read_text().split("\036\n")
        assert rest == ""
        return [call.splitlines() for call in calls]
