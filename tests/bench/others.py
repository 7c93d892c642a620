"""calmtrack beside what people use: log one thing, show the week, the first useful frame.

    python -m tests.bench.others --venv FOLDER [--venv FOLDER …] [--runs N]

Installs nothing: it measures what it finds in these virtual environments or on PATH, and says
what it didn't find. Everybody has a home folder of their own that is thrown away.
"""

from __future__ import annotations

import argparse
import os
import platform
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
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


def find(name: str, venvs: Sequence[Path]) -> Found | None:
    """A program in one of the environments, else on PATH; None if it is nowhere."""
    for venv in venvs:
        command = venv / "bin" / name
        if command.exists():
            asked = f"from importlib.metadata import version; print(version({name!r}))"
            return Found(str(command), _first_line((str(venv / "bin/python"), "-c", asked)))
    on_path = shutil.which(name)
    return Found(on_path, _first_line((on_path, "--version"))) if on_path else None


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


def command_table(homes: Mapping[str, Path], venvs: Sequence[Path], runs: int) -> list[str]:
    """Log and week of everybody, taken in turns: as the processor worked, and as time passed."""
    lines = _head("what", "processor", "clock", "calmtrack over it, processor")
    for act in ("log", "week"):
        samples = in_turns(runs, _acts(act, homes, venvs))
        ours = [one.worked for one in samples[_label(OUR_OWN, act)]]
        for label, taken in samples.items():
            worked = [one.worked for one in taken]
            lines.append(
                f"| {label} | {_spread(worked)} | {_spread([one.passed for one in taken])} "
                f"| {median(ours) / median(worked):.2f} |"
            )
    return lines


def _acts(
    act: str, homes: Mapping[str, Path], venvs: Sequence[Path]
) -> dict[str, Callable[[], Taken]]:
    acts: dict[str, Callable[[], Taken]] = {}
    for tracker in (OUR_OWN, *TRACKERS):
        words = tracker.log if act == "log" else tracker.week
        found = Found(OURS[0], __version__) if tracker is OUR_OWN else find(tracker.name, venvs)
        if found is not None and tracker.name in homes and words:
            command, home = (found.command, *words), homes[tracker.name]
            acts[_label(tracker, act)] = partial(_taken, command, home, tracker)
    return acts


def _label(tracker: Tracker, act: str) -> str:
    words = tracker.log if act == "log" else tracker.week
    return f"`{shlex.join((tracker.name, *words))}`"


def frame_table(home: Path, apps: Sequence[tuple[Screens, Found]], runs: int) -> list[str]:
    """The first useful frame of the apps, each in a home folder it has seen before."""
    acts: dict[str, Callable[[], float]] = {
        "calmtrack": partial(_first_frame, OURS, home, tonight, "q"),
        BARE: partial(_first_frame, HELLO, home, lambda text: "hello world" in text, "q"),
    }
    for app, found in apps:
        acts[app.name] = partial(_first_frame, (found.command,), home, app.can_be_used, app.leave)
    samples = in_turns(runs, acts)
    ours = median(samples["calmtrack"])
    return [
        *_head("first useful frame", "clock", "calmtrack over it"),
        *(
            f"| {name} | {_spread(taken)} | {ours / median(taken):.2f} |"
            for name, taken in samples.items()
        ),
    ]


def _head(*names: str) -> list[str]:
    return [f"| {' | '.join(names)} |", f"| {' | '.join('---' for _ in names)} |"]


def _spread(samples: Sequence[float]) -> str:
    return f"{median(samples):.1f} ms ({min(samples):.1f} to {max(samples):.1f})"


def _first_frame(
    command: Sequence[str], home: Path, seen: Callable[[str], bool], leave: str
) -> float:
    run = Watched(command, surroundings(home))
    at = run.wait_for(seen)
    run.press(leave)
    run.wait_for_end()
    return at


def main() -> None:
    """Says who is here, measures them, and prints the tables."""
    chosen = _arguments()
    compile_all()
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        homes = _homes(chosen.venv, folder)
        found = [(app, find(app.name, chosen.venv)) for app in APPS]
        apps = [(app, one) for app, one in found if one is not None]
        print(
            *(f"{app.name}: {one.version if one else 'not here'}" for app, one in found), sep="\n"
        )
        print(
            f"calmtrack {__version__}, Python {platform.python_version()}, {os.cpu_count()} cores"
        )
        print(f"{chosen.runs} runs each", "", sep="\n")
        print(*command_table(homes, chosen.venv, chosen.runs), "", sep="\n")
        print(*frame_table(homes[OUR_OWN.name], apps, chosen.runs), sep="\n")


def _homes(venvs: Sequence[Path], folder: Path) -> dict[str, Path]:
    """Everybody who is here and runs, with their home folders; says who isn't."""
    home = begun(OUR_OWN, OURS[0], folder)
    assert home is not None
    homes = {OUR_OWN.name: home}
    for tracker in TRACKERS:
        found = find(tracker.name, venvs)
        home = begun(tracker, found.command, folder) if found else None
        if home is not None:
            homes[tracker.name] = home
        state = found.version if found else "not here"
        print(f"{tracker.name}: {state}{', does not run here' if found and not home else ''}")
    return homes


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.others")
    parser.add_argument(
        "--venv", action="append", type=Path, default=[], help="where some of them are"
    )
    parser.add_argument("--runs", type=int, default=11, help="how often each is measured")
    return parser.parse_args()


if __name__ == "__main__":
    main()
