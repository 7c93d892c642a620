"""A task of the Task Scheduler on Windows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from tracker.location import home
from tracker.reminders.scheduler import NAME, Command, FileScheduler
from tracker.reminders.subprocesses import succeeds


class Task(FileScheduler):
    """An XML file that the scheduler is told to read."""

    name = "windows"
    encoding = "utf-16"

    def is_here(self) -> bool:
        return sys.platform == "win32"

    def paths(self) -> tuple[Path, ...]:
        return (home() / f"{NAME}.xml",)

    def texts(self, call: Command) -> tuple[str, ...]:
        program, *others = call.words
        return (
            '<?xml version="1.0" encoding="UTF-16"?>\n'
            '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\n'
            "  <RegistrationInfo>\n"
            "    <Description>The evening reminder of calmtrack</Description>\n"
            "  </RegistrationInfo>\n"
            "  <Triggers>\n"
            "    <CalendarTrigger>\n"
            f"      <StartBoundary>2026-01-01T{call.at:%H:%M}:00</StartBoundary>\n"
            "      <Enabled>true</Enabled>\n"
            "      <ScheduleByDay>\n"
            "        <DaysInterval>1</DaysInterval>\n"
            "      </ScheduleByDay>\n"
            "    </CalendarTrigger>\n"
            "  </Triggers>\n"
            "  <Settings>\n"
            "    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\n"
            "    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>\n"
            "    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>\n"
            "    <ExecutionTimeLimit>PT5M</ExecutionTimeLimit>\n"
            "  </Settings>\n"
            "  <Actions>\n"
            "    <Exec>\n"
            f"      <Command>{escape(program)}</Command>\n"
            f"      <Arguments>{escape(subprocess.list2cmdline(others))}</Arguments>\n"
            "    </Exec>\n"
            "  </Actions>\n"
            "</Task>\n",
        )

    def starts(self) -> tuple[tuple[str, ...], ...]:
        return (("schtasks", "/Create", "/TN", NAME, "/XML", str(self.paths()[0]), "/F"),)

    def stops(self) -> tuple[tuple[str, ...], ...]:
        return (("schtasks", "/Delete", "/TN", NAME, "/F"),)

    def is_running(self) -> bool:
        return succeeds("schtasks", "/Query", "/TN", NAME)
