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

# Background processes ignore SIGINT, which children inherit.
WITH_SIGINT = """
import signal
from tracker.__main__ import main
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""


class CancelledByUser(Exception):
    """Raised by a progress callback to cancel."""


def cancel(_: int) -> None:
    raise CancelledByUser


@pytest.fixture(scope="module")
def many_evenings(tmp_path_factory: pytest.TempPathFactory) -> Diary:
    """A diary of many years, so that a command takes long enough to be interrupted."""
    return many_years(tmp_path_factory.mktemp("long") / "diary.db", by_effort(15, 30))


WRITERS: dict[str, Callable[[Diary, Path], object]] = {
    "csv": lambda diary, path: export_csv(diary, path, CsvOptions()),
    "days": lambda diary, path: export_csv(diary, path, CsvOptions(layout="days")),
    "json": export_json,
    "loop": export_loop,
}


@pytest.mark.parametrize("name", some_of(WRITERS, 1))
def test_a_cancelled_export_leaves_no_partial_file(
    many_evenings: Diary, tmp_path: Path, name: str
) -> None:
    with report_progress(cancel), pytest.raises(CancelledByUser):
        WRITERS[name](many_evenings, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", some_of(["csv", "json"], 1))
def test_a_cancelled_import_leaves_the_diary_unchanged(
    many_evenings: Diary, tmp_path: Path, name: str
) -> None:
    WRITERS[name](many_evenings, tmp_path / "in")
    diary = create_diary(tmp_path / "diary.db")
    diary.press("hug")
    before = as_csv(diary)
    reported: list[int] = []

    def cancel_late(rows: int) -> None:
        reported.append(rows)
        if len(reported) == 20:
            raise CancelledByUser

    with report_progress(cancel_late), pytest.raises(CancelledByUser):
        import_file(diary, tmp_path / "in")
    assert as_csv(diary) == before
    step = diary.undo()
    assert step is not None
    assert step.what == "log"


def start_command(*words: str | Path, **env: str) -> subprocess.Popen[bytes]:
    """Starts a command that handles SIGINT."""
    return subprocess.Popen(
        [sys.executable, "-c", WITH_SIGINT, *map(str, words)],
        env=os.environ | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def interrupt(
    process: subprocess.Popen[bytes], number: int, is_running: Callable[[], bool]
) -> None:
    """Sends a signal once the command is running; asserts that the signal ends it without a
    traceback."""
    deadline = time.monotonic() + 60
    while not is_running():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.001)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (128 + number, b"", b"")


@pytest.mark.parametrize("number", some_of(ENDINGS, 1))
@pytest.mark.parametrize("form", some_of(["csv", "json", "loop"], 1))
def test_an_interrupted_export_leaves_nothing_behind(
    many_evenings: Diary, tmp_path: Path, form: str, number: signal.Signals
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    place = str(many_evenings.location.path)
    process = start_command("--diary", place, "export", "--format", form, "-o", folder / "it")
    interrupt(process, number, lambda: any(folder.iterdir()))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("number", some_of(ENDINGS, 1))
@pytest.mark.parametrize("command", ["import", "merge"])
def test_an_interrupted_import_leaves_the_diary_unchanged(
    many_evenings: Diary, tmp_path: Path, command: str, number: signal.Signals
) -> None:
    folder, throw_away = tmp_path / "calm", tmp_path / "throw-away"
    throw_away.mkdir()
    path = folder / "diary.db"
    diary = Diary(Location(path))
    diary.press("hug")
    diary.maintenance.back_up_daily()
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    source = many_evenings.location.path
    if command == "import":
        source = tmp_path / "in.csv"
        export_csv(many_evenings, source, CsvOptions())
    assert source is not None
    process = start_command("--diary", path, command, source, TMPDIR=str(throw_away))
    interrupt(process, number, path.with_name("diary.db-journal").exists)
    assert {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()} == before
    assert list(throw_away.iterdir()) == []


@pytest.mark.thorough
def test_a_command_started_with_nohup_survives_its_terminal(
    many_evenings: Diary, tmp_path: Path
) -> None:
    words = ("--diary", str(many_evenings.location.path), "export", "-o", str(tmp_path / "it.csv"))
    process = subprocess.Popen(["nohup", sys.executable, "-m", "tracker", *words])
    deadline = time.monotonic() + 60
    while not any(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.001)
    process.send_signal(signal.SIGHUP)
    assert process.wait(timeout=60) == 0
    assert (tmp_path / "it.csv").exists()


@pytest.mark.thorough
def test_long_work_reports_its_progress(many_evenings: Diary, tmp_path: Path) -> None:
    export_json(many_evenings, tmp_path / "in.json")
    command = ["--diary", str(tmp_path / "diary.db"), "import", str(tmp_path / "in.json")]
    # Without the delay, so that progress is reported on a fast machine, too.
    code = (
        "from tracker import __main__; from tracker.cli import output;"
        "output.PROGRESS_DELAY_SECONDS = 0.0; __main__.main()"
    )
    terminal = Terminal(tmp_path, *command, program=(sys.executable, "-c", code))
    assert terminal.wait_for_end() == 0
    assert " rows so far …".encode() in terminal.raw
    assert b"Imported " in terminal.raw
