"""Replaces a program of the system by a script that records how it was called."""

from __future__ import annotations

import stat
from pathlib import Path


class FakeProgram:
    """A shell script on PATH that records its arguments, runs `script` and exits with `code`."""

    def __init__(self, folder: Path, name: str, *, code: int = 0, script: str = "") -> None:
        folder.mkdir(exist_ok=True)
        self._log = folder / f"{name}.log"
        path = folder / name
        path.write_text(
            "#!/bin/sh\n"
            f'for word in "$@"; do printf "%s\\n" "$word" >> "{self._log}"; done\n'
            f'printf "\\036\\n" >> "{self._log}"\n'
            f"{script}\nexit {code}\n"
        )
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    @property
    def calls(self) -> list[list[str]]:
        """The arguments of each call."""
        if not self._log.exists():
            return []
        *calls, rest = self._log.read_text().split("\036\n")
        assert rest == ""
        return [call.splitlines() for call in calls]
