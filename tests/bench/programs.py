"""The programs that are measured, and how they are started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.large_diaries import NOW
from tests.journeys.terminal import environment

BASELINES = Path(__file__).parent / "baselines"

PYTHON = (sys.executable,)
NOTHING = (*PYTHON, "-c", "pass")
HELLO = (*PYTHON, str(BASELINES / "hello.py"))
CALMTRACK = (str(Path(sys.executable).with_name("calmtrack")),)


def environment_of(home: Path) -> dict[str, str]:
    """The environment of a user with a diary in this folder; bytecode is read and written as
    usual."""
    return environment(home, {"CALMTRACK_HOME": str(home), "CALMTRACK_NOW": NOW})


def compile_all() -> None:
    """Compiles bytecode for all modules, without which every start would take three times as
    long."""
    root = Path(__file__).parents[2]
    env = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    folders = (str(root / "tracker"), str(BASELINES))
    subprocess.run((*PYTHON, "-m", "compileall", "-q", *folders), env=env, check=True)


def processor_milliseconds_of(command: tuple[str, ...], home: Path) -> float:
    """The processor time of a command. Other load on the machine delays it, but doesn't count."""
    run = subprocess.Popen(command, env=environment_of(home), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    assert run.returncode == 0
    return (used.ru_utime + used.ru_stime) * 1000
