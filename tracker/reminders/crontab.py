"""A line in the person's crontab.

Text, and not python-crontab: that writes every other line anew in its own form (a commented
`0 0 * * *` became `@daily` when it was tried), and those lines are not ours.
"""

from __future__ import annotations

import shlex
import shutil

from tracker.errors import CalmtrackError
from tracker.i18n.messages import say
from tracker.reminders.scheduler import Command, Scheduler, UnitFile, run_checked
from tracker.reminders.subprocesses import run

_MARK = "# calmtrack reminder"


class Crontab(Scheduler):
    """One line, told from the others by its comment."""

    name = "cron"

    def is_here(self) -> bool:
        return shutil.which("crontab") is not None

    def pieces(self, call: Command) -> tuple[UnitFile, ...]:
        # To cron a % is the end of the line, unless a backslash says it isn't.
        command = shlex.join(call.words).replace("%", "\\%")
        line = f"{call.at.minute} {call.at.hour} * * * {command} {_MARK}\n"
        return (UnitFile(say("reminder.crontab"), line),)

    def starts(self) -> tuple[tuple[str, ...], ...]:
        return ()

    def install(self, call: Command) -> None:
        others = _others(_read())
        (piece,) = self.pieces(call)
        _write(f"{_ended(others)}{piece.text}")

    def written(self) -> str:
        try:
            text = _read() if self.is_here() else ""
        except CalmtrackError:
            return ""
        return "".join(line for line in text.splitlines(keepends=True) if _is_ours(line))

    def remove(self) -> None:
        _write(_others(_read()))


def _read() -> str:
    done = run(("crontab", "-l"))
    if done is None:
        raise CalmtrackError(say("reminder.no_program", program="crontab"))
    if done.returncode != 0 and "no crontab" not in done.stderr:
        # Written anew after it could not be read, it would be gone.
        reason = " ".join(done.stderr.split())
        raise CalmtrackError(say("reminder.refused", program="crontab", reason=reason))
    return done.stdout


def _write(text: str) -> None:
    run_checked("crontab", "-", typed=text)


def _others(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not _is_ours(line))


def _is_ours(line: str) -> bool:
    return line.rstrip().endswith(_MARK)


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"
