"""A line in the user's crontab.

It is edited as text and not by python-crontab, which rewrites all other lines in its own form (it
turned a commented `0 0 * * *` into `@daily` when it was tried).
"""

from __future__ import annotations

import shlex
import shutil

from tracker.errors import CalmtrackError
from tracker.i18n.messages import _
from tracker.reminders.scheduler import Command, Scheduler, UnitFile, run_checked

_MARK = "# calmtrack reminder"


class Crontab(Scheduler):
    """cron. Its line is recognised by the comment at its end."""

    name = "cron"

    def is_available(self) -> bool:
        return shutil.which("crontab") is not None

    def units(self, command: Command) -> tuple[UnitFile, ...]:
        # To cron an unescaped % ends the command.
        words = shlex.join(command.words).replace("%", "\\%")
        line = f"{command.at.minute} {command.at.hour} * * * {words} {_MARK}\n"
        return (
            UnitFile(
                _("your crontab, the list of timed commands (its other lines stay as they are)"),
                line,
            ),
        )

    def start_commands(self) -> tuple[tuple[str, ...], ...]:
        return ()

    def install(self, command: Command) -> None:
        others = _others(_read())
        if others and not others.endswith("\n"):
            others += "\n"
        (unit,) = self.units(command)
        _write(others + unit.text)

    def installed_text(self) -> str:
        try:
            text = _read() if self.is_available() else ""
        except CalmtrackError:
            return ""
        return "".join(line for line in text.splitlines(keepends=True) if _is_ours(line))

    def remove(self) -> None:
        _write(_others(_read()))


def _read() -> str:
    """The crontab. Raises CalmtrackError when it can't be read and must not be overwritten."""
    return run_checked("crontab", "-l", harmless="no crontab")


def _write(text: str) -> None:
    run_checked("crontab", "-", stdin=text)


def _others(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not _is_ours(line))


def _is_ours(line: str) -> bool:
    return line.rstrip().endswith(_MARK)
