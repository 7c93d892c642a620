"""Lists the files and functions of calmtrack that one action enters.

    python -m tests.bench.flow [--list] key|week|loop

`key` is h on Tonight, from the key to the disk and back to the screen; `week` is `week --json`;
`loop` is the import of a zip of Loop Habit Tracker. Counted by a profiler in every thread;
comprehensions, lambdas and the bodies of modules and classes are left out.
"""

from __future__ import annotations

import argparse
import asyncio
import inspect
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stdout, suppress
from pathlib import Path
from types import FrameType

from tests.isolation import EVENING
from tests.tui.settling import PendingWork
from tracker import clock
from tracker.__main__ import main
from tracker.diary.fast_today import today_view
from tracker.location import Location
from tracker.tui.app import CalmtrackApp

TESTS = Path(__file__).parents[1]
PACKAGE = f"{TESTS.parent / 'tracker'}{os.sep}"
LOOP_ZIP = next((TESTS / "importers/samples/loop").glob("*.zip"))

Entered = set[tuple[str, str]]
"""The file and qualified name of each entered function."""


class CallRecorder:
    """Records the functions entered in any thread that starts after it."""

    def __init__(self) -> None:
        self.entered: Entered = set()
        self._is_on = False
        threading.setprofile(self._profile)

    @contextmanager
    def on(self) -> Iterator[None]:
        """Records during the block."""
        self._is_on = True
        sys.setprofile(self._profile)
        try:
            yield
        finally:
            sys.setprofile(None)
            self._is_on = False

    def _profile(self, frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        is_function = code.co_flags & inspect.CO_OPTIMIZED and not code.co_name.startswith("<")
        if self._is_on and event == "call" and is_function and code.co_filename.startswith(PACKAGE):
            self.entered.add((code.co_filename.removeprefix(PACKAGE), code.co_qualname))


def run(*words: str) -> None:
    """Runs a command, its output discarded."""
    sys.argv = ["calmtrack", *words]
    with Path(os.devnull).open("w") as null, redirect_stdout(null), suppress(SystemExit):
        main()


def of_command(counter: CallRecorder, *words: str) -> None:
    """Records the functions that a command enters."""
    with counter.on():
        run(*words)


async def of_key(counter: CallRecorder) -> None:
    """Records the functions that h on Tonight enters, after another key."""
    location = Location(Path("diary.db").absolute())
    app = CalmtrackApp(location, today_view(location, clock.now))
    work = PendingWork(app)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await work.wait()
        with counter.on():
            await pilot.press("h")
            await work.wait()


def main_of_flow() -> None:
    """Prints the counts for one action."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("act", choices=("key", "week", "loop"))
    parser.add_argument("--list", action="store_true", help="names all files and functions")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, chdir(home):
        os.environ.update(CALMTRACK_HOME=home, CALMTRACK_NOW=EVENING)
        run("log", "hug")
        run("calm", "7")
        counter = CallRecorder()
        if options.act == "key":
            asyncio.run(of_key(counter))
        elif options.act == "week":
            of_command(counter, "week", "--json")
        else:
            of_command(counter, "import", str(LOOP_ZIP))
    by_file: dict[str, list[str]] = {}
    for file, function in sorted(counter.entered):
        by_file.setdefault(file, []).append(function)
    print(f"{options.act}: {len(by_file)} files, {len(counter.entered)} functions")
    if options.list:
        for file, functions in by_file.items():
            print(f"  {file}: {', '.join(functions)}")


if __name__ == "__main__":
    main_of_flow()
