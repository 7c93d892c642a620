"""Compares calmtrack with other trackers and Textual apps: log one thing, show the week, the first
useful frame, memory.

    python -m tests.bench.compare_programs [--venvs FOLDER] [--runs N]

Each program from PyPI is installed into a virtual environment of its own in the folder, by default
one that is thrown away; another is measured if it is on PATH. It says what can't be had. Everybody
has a home folder of their own that is thrown away.
"""

from __future__ import annotations

import argparse
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from tests.bench.emulated_terminal import EmulatedProgram
from tests.bench.other_programs import APPS, OUR_OWN, TRACKERS, Screens, Tracker
from tests.bench.programs import CALMTRACK, HELLO, compile_all, environment_of
from tests.bench.sampling import interleave
from tests.bench.screens import BARE, tonight
from tracker import __version__

ENTRIES = 7
"""The number of entries logged by each program's own command before the measurement."""

HEAD = (
    "| what | processor, or memory | clock | calmtrack over it | n |",
    "| --- | --- | --- | --- | --- |",
)
"""The ratio is of processor time, and for a frame of wall-clock time."""


@dataclass(frozen=True, slots=True)
class Program:
    """The path and version of an installed program."""

    command: str
    version: str


@dataclass(frozen=True, slots=True)
class Timing:
    """The timing of one run, in milliseconds."""

    elapsed_ms: float
    processor_ms: float
    """Processor time, which doesn't depend on other load."""


@dataclass(frozen=True, slots=True)
class FrameTiming:
    """The time and memory of an app until it is usable."""

    elapsed_ms: float
    """Wall-clock time in milliseconds."""
    memory: float
    """Peak memory in MB."""


def find(program: Tracker | Screens, venvs: Path) -> Program | None:
    """Finds a program in its virtual environment, which is created if possible, else on PATH."""
    name = program.name
    command = venvs / name / "bin" / name
    if program.install and not command.exists():
        _install(venvs / name, program.install)
    if command.exists():
        asked = f"from importlib.metadata import version; print(version({name!r}))"
        return Program(str(command), _first_line((str(command.with_name("python")), "-c", asked)))
    on_path = shutil.which(name)
    return Program(on_path, _first_line((on_path, "--version"))) if on_path else None


def _install(venv: Path, wanted: Sequence[str]) -> None:
    """Tries to install into a new virtual environment, bytecode included."""
    subprocess.run((sys.executable, "-m", "venv", venv), check=True)
    pip = (str(venv / "bin/python"), "-m", "pip", "install", "--quiet", *wanted)
    env = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(pip, env=env, capture_output=True)


def _first_line(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return next(iter(done.stdout.splitlines()), "version not told")


def prepare_home(tracker: Tracker, command: str, folder: Path) -> Path | None:
    """Creates a home folder and logs in it; None if the program can't be run."""
    home = folder / tracker.name
    home.mkdir()
    for name, text in tracker.files:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    at_first, each_time = tracker.answers
    actions = [(words, at_first) for words in tracker.begin]
    if not tracker.once_a_day:
        actions += [(tracker.log, each_time)] * ENTRIES
    for words, typed in actions:
        if _run((command, *words), home, typed) is None:
            return None
    if tracker.once_a_day:
        shutil.copy(home / tracker.once_a_day, home / "kept")
    return home


def _run(command: Sequence[str], home: Path, typed: str) -> Timing | None:
    """Runs a command until it exits; None if it fails."""
    with tempfile.TemporaryFile() as answers:
        answers.write(typed.encode())
        answers.seek(0)
        began = time.perf_counter()
        run = subprocess.Popen(
            command,
            env=environment_of(home),
            cwd=home,
            stdin=answers,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(run.pid, 0)
        elapsed_ms = (time.perf_counter() - began) * 1000
    run.returncode = os.waitstatus_to_exitcode(status)
    return None if run.returncode else Timing(elapsed_ms, (used.ru_utime + used.ru_stime) * 1000)


def _taken(command: Sequence[str], home: Path, tracker: Tracker) -> Timing:
    if tracker.once_a_day:
        shutil.copy(home / "kept", home / tracker.once_a_day)
    done = _run(command, home, tracker.answers[1])
    assert done is not None, command
    return done


def command_rows(
    homes: Mapping[str, Path], found: Mapping[str, Program], runs: int
) -> Iterator[str]:
    """Measures log and week of every program, interleaved: processor time and wall-clock time."""
    for act in ("log", "week"):
        samples = interleave(runs, _acts(act, homes, found))
        ours = median(one.processor_ms for one in samples[_label(OUR_OWN, act)])
        for label, taken in samples.items():
            processor_ms, elapsed_ms = (
                [one.processor_ms for one in taken],
                [one.elapsed_ms for one in taken],
            )
            ratio = ours / median(processor_ms)
            spreads = f"{_spread(processor_ms)} | {_spread(elapsed_ms)}"
            yield f"| {label} | {spreads} | {ratio:.2f} | {runs} |"


def _acts(
    act: str, homes: Mapping[str, Path], found: Mapping[str, Program]
) -> dict[str, Callable[[], Timing]]:
    actions: dict[str, Callable[[], Timing]] = {}
    for tracker in (OUR_OWN, *TRACKERS):
        words = tracker.log if act == "log" else tracker.week
        if tracker.name in homes and words:
            command, home = (found[tracker.name].command, *words), homes[tracker.name]
            actions[_label(tracker, act)] = partial(_taken, command, home, tracker)
    return actions


def _label(tracker: Tracker, act: str) -> str:
    words = tracker.log if act == "log" else tracker.week
    return f"`{shlex.join((tracker.name, *words))}`"


def frame_rows(home: Path, found: Mapping[str, Program], runs: int) -> Iterator[str]:
    """Measures the first useful frame of the apps and their peak memory, each in a home folder that
    it has used before."""
    actions: dict[str, Callable[[], FrameTiming]] = {
        "calmtrack": partial(_opened, CALMTRACK, home, tonight, "q"),
        BARE: partial(_opened, HELLO, home, lambda text: "hello world" in text, "q"),
    }
    for app in APPS:
        if app.name in found:
            command = (found[app.name].command,)
            act = partial(_opened, command, home, app.is_usable, app.leave)
            try:
                act()
            except AssertionError as error:
                print(f"{app.name}: does not run here, {error}", file=sys.stderr)
            else:
                actions[app.name] = act
    samples = interleave(runs, actions)
    ours = median(one.elapsed_ms for one in samples["calmtrack"])
    for name, taken in samples.items():
        elapsed_ms, memory = (
            [one.elapsed_ms for one in taken],
            median(one.memory for one in taken),
        )
        ratio = ours / median(elapsed_ms)
        yield (
            f"| first useful frame of {name} | {memory:.0f} MB | {_spread(elapsed_ms)} "
            f"| {ratio:.2f} | {runs} |"
        )


def _spread(samples: Sequence[float]) -> str:
    return f"{median(samples):.1f} ms ({min(samples):.1f} to {max(samples):.1f})"


def _opened(
    command: Sequence[str], home: Path, is_shown: Callable[[str], bool], leave: str
) -> FrameTiming:
    run = EmulatedProgram(command, environment_of(home))
    try:
        at, memory = run.wait_for(is_shown), run.most_memory()
    except AssertionError:
        run.kill()
        raise
    run.press(leave)
    run.wait_for_end()
    return FrameTiming(at, memory)


def main() -> None:
    """Prints the available programs, measures them and prints the table."""
    chosen = _arguments()
    compile_all()
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        venvs = chosen.venvs or folder / "venvs"
        found = {OUR_OWN.name: Program(CALMTRACK[0], __version__)}
        for program in (*TRACKERS, *APPS):
            if one := find(program, venvs):
                found[program.name] = one
            print(f"{program.name}: {one.version if one else 'not to be had'}")
        homes = dict(_homes(found, folder))
        print(
            f"calmtrack {__version__}, Python {platform.python_version()}, {os.cpu_count()} cores"
        )
        print("", *HEAD, sep="\n")
        print(*command_rows(homes, found, chosen.runs), sep="\n")
        print(*frame_rows(homes[OUR_OWN.name], found, chosen.runs), sep="\n")


def _homes(found: Mapping[str, Program], folder: Path) -> Iterator[tuple[str, Path]]:
    """The home folders of the programs that run; prints those that don't."""
    for tracker in (OUR_OWN, *TRACKERS):
        if tracker.name not in found:
            continue
        if home := prepare_home(tracker, found[tracker.name].command, folder):
            yield tracker.name, home
        else:
            print(f"{tracker.name}: does not run here")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.compare_programs")
    parser.add_argument("--venvs", type=Path, help="where they are installed, and stay")
    parser.add_argument("--runs", type=int, default=11, help="how often each is measured")
    return parser.parse_args()


if __name__ == "__main__":
    main()
