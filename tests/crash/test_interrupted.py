"""Long work that is interrupted leaves no partial file, and the diary as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.effort import by_effort, some_of
from tests.importers.factories import as_csv, create_diary
from tests.importers.test_json_round_trip import many_years
from tests.journeys.terminal import Terminal
from tracker.diary.diary import Diary
from tracker.exporters.csv_export import CsvOptions, export_csv
from tracker.exporters.json_export import export_json
from tracker.exporters.loop_export import export_loop
from tracker.formats.progress import report_progress
from tracker.importers.import_file import import_file
from tracker.location import Location

ENDINGS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]

# A run in the background has ctrl+c ignored, and hands that on.
HEARING = """
import signal
from tracker.__main__ import main
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""


class Enough(Exception):
    """Raised by who has enough."""


def enough(_: int) -> None:
    raise Enough


@pytest.fixture(scope="module")
def long_life(tmp_path_factory: pytest.TempPathFactory) -> Diary:
    """Many years of evenings: work for long enough to be interrupted."""
    return many_years(tmp_path_factory.mktemp("long") / "diary.db", by_effort(15, 30))


WRITERS: dict[str, Callable[[Diary, Path], object]] = {
    "csv": lambda diary, path: export_csv(diary, path, CsvOptions()),
    "days": lambda diary, path: export_csv(diary, path, CsvOptions(layout="days")),
    "json": export_json,
    "loop": export_loop,
}


@pytest.mark.parametrize("name", some_of(WRITERS, 1))
def test_who_has_enough_of_an_export_leaves_no_half_file(
    long_life: Diary, tmp_path: Path, name: str
) -> None:
    with report_progress(enough), pytest.raises(Enough):
        WRITERS[name](long_life, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", some_of(["csv", "json"], 1))
def test_who_has_enough_of_an_import_finds_the_diary_as_it_was(
    long_life: Diary, tmp_path: Path, name: str
) -> None:
    WRITERS[name](long_life, tmp_path / "in")
    diary = create_diary(tmp_path / "diary.db")
    diary.press("hug")
    before = as_csv(diary)
    reported: list[int] = []

    def enough_late(rows: int) -> None:
        reported.append(rows)
        if len(reported) == 20:
            raise Enough

    with report_progress(enough_late), pytest.raises(Enough):
        import_file(diary, tmp_path / "in")
    assert as_csv(diary) == before
    step = diary.undo()
    assert step is not None
    assert step.what == "log"


def started(*words: str | Path, **env: str) -> subprocess.Popen[bytes]:
    """A command that hears ctrl+c."""
    return subprocess.Popen(
        [sys.executable, "-c", HEARING, *map(str, words)],
        env=os.environ | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ended(process: subprocess.Popen[bytes], number: int, at_work: Callable[[], bool]) -> None:
    """Sends a signal once the command is seen at work; asserts that it ends for it, quietly."""
    deadline = time.monotonic() + 60
    while not at_work():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.001)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (128 + number, b"", b"")


@pytest.mark.parametrize("number", some_of(ENDINGS, 1))
@pytest.mark.parametrize("form", some_of(["csv", "json", "loop"], 1))
def test_an_export_ends_with_nothing_left_behind(
    long_life: Diary, tmp_path: Path, form: str, number: signal.Signals
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    place = str(long_life.location.path)
    process = started("--diary", place, "export", "--format", form, "-o", folder / "it")
    ended(process, number, lambda: any(folder.iterdir()))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("number", some_of(ENDINGS, 1))
@pytest.mark.parametrize("command", ["import", "merge"])
def test_what_comes_in_ends_with_the_diary_as_it_was(
    long_life: Diary, tmp_path: Path, command: str, number: signal.Signals
) -> None:
    folder, throw_away = tmp_path / "calm", tmp_path / "throw-away"
    throw_away.mkdir()
    path = folder / "diary.db"
    diary = Diary(Location(path))
    diary.press("hug")
    diary.maintenance.back_up_daily()
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    source = long_life.location.path
    if command == "import":
        source = tmp_path / "in.csv"
        export_csv(long_life, source, CsvOptions())
    assert source is not None
    process = started("--diary", path, command, source, TMPDIR=str(throw_away))
    ended(process, number, path.with_name("diary.db-journal").exists)
    assert {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()} == before
    assert list(throw_away.iterdir()) == []


@pytest.mark.thorough
def test_a_command_begun_to_outlive_its_terminal_does(long_life: Diary, tmp_path: Path) -> None:
    words = ("--diary", str(long_life.location.path), "export", "-o", str(tmp_path / "it.csv"))
    process = subprocess.Popen(["nohup", sys.executable, "-m", "tracker", *words])
    deadline = time.monotonic() + 60
    while not any(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.001)
    process.send_signal(signal.SIGHUP)
    assert process.wait(timeout=60) == 0
    assert (tmp_path / "it.csv").exists()


@pytest.mark.thorough
def test_long_work_tells_how_far_it_has_come(long_life: Diary, tmp_path: Path) -> None:
    export_json(long_life, tmp_path / "in.json")
    command = ["--diary", str(tmp_path / "diary.db"), "import", str(tmp_path / "in.json")]
    # Without the delay, so that a fast machine has something to report, too.
    code = (
        "from tracker import __main__; from tracker.cli import output;"
        "output.PROGRESS_DELAY_SECONDS = 0.0; __main__.main()"
    )
    terminal = Terminal(tmp_path, *command, program=(sys.executable, "-c", code))
    assert terminal.wait_for_end() == 0
    assert " rows so far …".encode() in terminal.raw
    assert b"Imported " in terminal.raw
