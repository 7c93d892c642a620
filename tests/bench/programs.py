"""The programs that are measured, and how they are started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.years import NOW
from tests.journeys.terminal import environment

FLOORS = Path(__file__).parent / "floors"

PYTHON = (sys.executable,)
NOTHING = (*PYTHON, "-c", "pass")
HELLO = (*PYTHON, str(FLOORS / "hello.py"))
OURS = (str(Path(sys.executable).with_name("calmtrack")),)


def surroundings(home: Path) -> dict[str, str]:
    """A person's own, with a diary in this folder; bytecode is written and read as usual."""
    return environment(home, {"CALMTRACK_HOME": str(home), "CALMTRACK_NOW": NOW})


def compile_all() -> None:
    """Bytecode for everything here: without it every start would compile anew, three times as
    slow."""
    root = Path(__file__).parents[2]
    env = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    folders = (str(root / "tracker"), str(FLOORS))
    subprocess.run((*PYTHON, "-m", "compileall", "-q", *folders), env=env, check=True)


def processor_milliseconds_of(command: tuple[str, ...], home: Path) -> float:
    """What the processor worked on a command: others on a busy machine hold it up, and the
    longer it is the more, but they don't add to this."""
    run = subprocess.Popen(command, env=surroundings(home), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    assert run.returncode == 0
    return (used.ru_utime + used.ru_stime) * 1000
