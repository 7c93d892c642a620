"""The plugin that isolates tests from the machine: what it forbids, removes and shifts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.isolation import UNPINNED
from tests.journeys.terminal import run

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[1]

MACHINE = {
    "CALMTRACK_HOME": "/nowhere",
    "CALMTRACK_ASCII": "1",
    "CALMTRACK_NOW": "1999-12-31T23:59Z",
    "COLUMNS": "200",
    "LANG": "de_DE.UTF-8",
    "LANGUAGE": "de",
    "LC_ALL": "de_DE.UTF-8",
    "NO_COLOR": "1",
    "TERM": "linux",
    "TEXTUAL_DRIVER": "nothing:Nothing",
    "TZ": "Pacific/Kiritimati",
}
"""Variables of a developer's shell, each of which changes what calmtrack shows."""

READS_THE_CLOCK = """
import pytest
from tracker.clock import now

@pytest.fixture
def unset(monkeypatch):
    monkeypatch.delenv("CALMTRACK_NOW")

def test_unpinned(unset):
    now()

def test_pinned():
    assert now().isoformat() == "2026-11-24T21:30:00+01:00"

@pytest.mark.real_clock
def test_marked():
    assert now().year >= 2026
"""

READS_THE_ENVIRONMENT = """
import os
import shutil
from pathlib import Path

VALUES = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "TZ": "UTC",
          "CALMTRACK_NOW": "2026-11-24T21:30:00+01:00"}
AT_IMPORT = dict(os.environ)

def test_environment():
    for environment in (AT_IMPORT, os.environ):
        ours = {name: environment[name] for name in MACHINE if name in environment}
        ours.pop("COLUMNS", None)
        assert ours == VALUES
    assert shutil.get_terminal_size().columns == 80
    assert " " in os.environ["HOME"]
    umask = os.umask(0)
    assert umask == 0o022
    home = Path.home()
    (home / "an export").mkdir()
    (home / "an export" / "diary.csv").touch()
    (home / "diary.csv").symlink_to(home / "nowhere")

def test_after_one_that_left_its_mark():
    assert os.umask(0o022) == 0o022
    assert list(Path.home().iterdir()) == []
"""

READS_THE_DATE = """
import subprocess
import sys
from datetime import date

import pytest
from tracker.clock import now

CHILD = "from tracker.clock import now; print(now().isoformat('T', 'minutes'))"

def child():
    return subprocess.check_output([sys.executable, "-c", CHILD], text=True, cwd=ROOT).strip()

@pytest.mark.real_clock
def test_marked():
    assert date.today().isoformat() == "2028-02-29"
    assert now().isoformat("T", "minutes") == SHIFTED
    assert child() == SHIFTED

def test_pinned():
    assert now().isoformat() == "2026-11-24T21:30:00+01:00"
    assert child() == "2026-11-24T21:30+01:00"
"""


def pytest_run(
    folder: Path, code: str, *options: str, umask: int = 0o022, **machine: str
) -> subprocess.CompletedProcess[str]:
    """Runs pytest with the plugin alone, on a file with this code."""
    file = folder / "test_it.py"
    file.write_text(code)
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.isolation", "-p", "no:cacheprovider",
         "-c", os.devnull, "--rootdir", str(folder), "-n0", *options, str(file)],
        env=inherited | {"PYTHONPATH": str(ROOT)} | machine,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        umask=umask,
    )  # fmt: skip


def test_reading_the_machines_clock_fails_with_what_to_do(tmp_path: Path) -> None:
    done = pytest_run(tmp_path, READS_THE_CLOCK)
    assert done.returncode == 1
    assert "1 failed, 2 passed" in done.stdout
    assert f"AssertionError: {UNPINNED}" in done.stdout
    assert "FAILED test_it.py::test_unpinned" in done.stdout


@pytest.mark.parametrize("umask", [0o077, 0o000])
def test_the_machines_environment_and_umask_are_replaced(tmp_path: Path, umask: int) -> None:
    code = f"MACHINE = {list(MACHINE)!r}\n{READS_THE_ENVIRONMENT}"
    done = pytest_run(tmp_path, code, umask=umask, **MACHINE)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("today", "shifted"),
    [
        ("2028-02-29T23:30", "2028-02-29T23:30+00:00"),
        ("2028-02-29T23:30 America/St_Johns", "2028-02-29T23:30-03:30"),
    ],
)
@pytest.mark.parametrize("workers", ["-n0", "-n1"])
def test_today_shifts_the_clock_of_tests_and_children(
    tmp_path: Path, today: str, shifted: str, workers: str
) -> None:
    code = f"ROOT = {str(ROOT)!r}\nSHIFTED = {shifted!r}\n{READS_THE_DATE}"
    done = pytest_run(tmp_path, code, "--today", today, workers)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("today", ["tomorrow", "2027-02-29T12:00", "2028-02-29T23:30 Nowhere/At"])
def test_a_date_or_zone_that_does_not_exist_is_rejected(tmp_path: Path, today: str) -> None:
    done = pytest_run(tmp_path, "", "--today", today)
    assert done.returncode == 4
    assert f"ERROR: --today {today!r}: " in done.stderr


def test_a_child_with_an_environment_of_its_own_is_pinned_too(tmp_path: Path) -> None:
    assert run(tmp_path, "today").stdout.startswith("Tuesday 24 November 2026\n")
