"""Compares calmtrack with other trackers and Textual apps: log one thing, show the week, the first
useful frame, memory.

    python -m tests.bench.others [--venvs FOLDER] [--runs N]

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

from tests.bench.other_programs import APPS, OUR_OWN, TRACKERS, Screens, Tracker
from tests.bench.programs import HELLO, OURS, compile_all, surroundings
from tests.bench.sampling import in_turns
from tests.bench.screens import BARE, tonight
from tests.bench.watching import Watched
from tracker import __version__

ENTRIES = 7
"""What each has logged, by its own command, before it is measured."""

HEAD = (
    "| what | processor, or memory | clock | calmtrack over it | n |",
    "| --- | --- | --- | --- | --- |",
)
"""The ratio is that of the processor's time, of a frame that of the clock's."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a program is, and which one it is."""

    command: str
    version: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run took, in milliseconds."""

    passed: float
    worked: float
    """Of the processor: what others on a busy machine don't stretch."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What an app took until it could be used."""

    passed: float
    """Milliseconds."""
    memory: float
    """MB at most."""


def find(program: Tracker | Screens, venvs: Path) -> Found | None:
    """A program in its virtual environment, which is made if it can be, else on PATH."""
    name = program.name
    command = venvs / name / "bin" / name
    if program.install and not command.exists():
        _install(venvs / name, program.install)
    if command.exists():
        asked = f"from importlib.metadata import version; print(version({name!r}))"
        return Found(str(command), _first_line((str(command.with_name("python")), "-c", asked)))
    on_path = shutil.which(name)
    return Found(on_path, _first_line((on_path, "--version"))) if on_path else None


def _install(venv: Path, wanted: Sequence[str]) -> None:
    """Installs into a new virtual environment, bytecode included, if that is possible."""
    subprocess.run((sys.executable, "-m", "venv", venv), check=True)
    pip = (str(venv / "bin/python"), "-m", "pip", "install", "--quiet", *wanted)
    env = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(pip, env=env, capture_output=True)


def _first_line(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return next(iter(done.stdout.splitlines()), "version not told")


def begun(tracker: Tracker, command: str, folder: Path) -> Path | None:
    """A home folder in which it has logged; None where it can't be run here."""
    home = folder / tracker.name
    home.mkdir()
    for name, text in tracker.files:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    at_first, each_time = tracker.answers
    acts = [(words, at_first) for words in tracker.begin]
    if not tracker.once_a_day:
        acts += [(tracker.log, each_time)] * ENTRIES
    for words, typed in acts:
        if _run((command, *words), home, typed) is None:
            return None
    if tracker.once_a_day:
        shutil.copy(home / tracker.once_a_day, home / "kept")
    return home


def _run(command: Sequence[str], home: Path, typed: str) -> Taken | None:
    """One run to its end; None when it could not do it."""
    with tempfile.TemporaryFile() as answers:
        answers.write(typed.encode())
        answers.seek(0)
        began = time.perf_counter()
        run = subprocess.Popen(
            command,
            env=surroundings(home),
            cwd=home,
            stdin=answers,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(run.pid, 0)
        passed = (time.perf_counter() - began) * 1000
    run.returncode = os.waitstatus_to_exitcode(status)
    return None if run.returncode else Taken(passed, (used.ru_utime + used.ru_stime) * 1000)


def _taken(command: Sequence[str], home: Path, tracker: Tracker) -> Taken:
    if tracker.once_a_day:
        shutil.copy(home / "kept", home / tracker.once_a_day)
    done = _run(command, home, tracker.answers[1])
    assert done is not None, command
    return done


def command_rows(homes: Mapping[str, Path], found: Mapping[str, Found], runs: int) -> Iterator[str]:
    """Log and week of everybody, taken in turns: as the processor worked, and as time passed."""
    for act in ("log", "week"):
        samples = in_turns(runs, _acts(act, homes, found))
        ours = median(one.worked for one in samples[_label(OUR_OWN, act)])
        for label, taken in samples.items():
            worked, passed = ([one.worked for one in taken], [one.passed for one in taken])
            ratio = ours / median(worked)
            yield f"| {label} | {_spread(worked)} | {_spread(passed)} | {ratio:.2f} | {runs} |"


def _acts(
    act: str, homes: Mapping[str, Path], found: Mapping[str, Found]
) -> dict[str, Callable[[], Taken]]:
    acts: dict[str, Callable[[], Taken]] = {}
    for tracker in (OUR_OWN, *TRACKERS):
        words = tracker.log if act == "log" else tracker.week
        if tracker.name in homes and words:
            command, home = (found[tracker.name].command, *words), homes[tracker.name]
            acts[_label(tracker, act)] = partial(_taken, command, home, tracker)
    return acts


def _label(tracker: Tracker, act: str) -> str:
    words = tracker.log if act == "log" else tracker.week
    return f"`{shlex.join((tracker.name, *words))}`"


def frame_rows(home: Path, found: Mapping[str, Found], runs: int) -> Iterator[str]:
    """The first useful frame of the apps and their memory then, each in a home folder it has seen
    before."""
    acts: dict[str, Callable[[], Opened]] = {
        "calmtrack": partial(_opened, OURS, home, tonight, "q"),
        BARE: partial(_opened, HELLO, home, lambda text: "hello world" in text, "q"),
    }
    for app in APPS:
        if app.name in found:
            command = (found[app.name].command,)
            act = partial(_opened, command, home, app.can_be_used, app.leave)
            try:
                act()
            except AssertionError as error:
                print(f"{app.name}: does not run here, {error}", file=sys.stderr)
            else:
                acts[app.name] = act
    samples = in_turns(runs, acts)
    ours = median(one.passed for one in samples["calmtrack"])
    for name, taken in samples.items():
        passed, memory = ([one.passed for one in taken], median(one.memory for one in taken))
        ratio = ours / median(passed)
        yield (
            f"| first useful frame of {name} | {memory:.0f} MB | {_spread(passed)} "
            f"| {ratio:.2f} | {runs} |"
        )


def _spread(samples: Sequence[float]) -> str:
    return f"{median(samples):.1f} ms ({min(samples):.1f} to {max(samples):.1f})"


def _opened(
    command: Sequence[str], home: Path, is_shown: Callable[[str], bool], leave: str
) -> Opened:
    run = Watched(command, surroundings(home))
    try:
        at, memory = run.wait_for(is_shown), run.most_memory()
    except AssertionError:
        run.kill()
        raise
    run.press(leave)
    run.wait_for_end()
    return Opened(at, memory)


def main() -> None:
    """Says who is here, measures them, and prints the table."""
    chosen = _arguments()
    compile_all()
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        venvs = chosen.venvs or folder / "venvs"
        found = {OUR_OWN.name: Found(OURS[0], __version__)}
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


def _homes(found: Mapping[str, Found], folder: Path) -> Iterator[tuple[str, Path]]:
    """Everybody who runs, with their home folders; says who doesn't."""
    for tracker in (OUR_OWN, *TRACKERS):
        if tracker.name not in found:
            continue
        if home := begun(tracker, found[tracker.name].command, folder):
            yield tracker.name, home
        else:
            print(f"{tracker.name}: does not run here")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.others")
    parser.add_argument("--venvs", type=Path, help="where they are installed, and stay")
    parser.add_argument("--runs", type=int, default=11, help="how often each is measured")
    return parser.parse_args()


if __name__ == "__main__":
    main()
