"""Pytest plugin: isolates every test from the machine's clock, environment and umask.

The clock is pinned to EVENING for the whole run, in this process and in its children, by
CALMTRACK_NOW. Without it `clock.now()` raises, unless the test is marked `real_clock`. `--today`
shifts the machine's clock, which only those tests can notice. tests/README.md shows how to use it.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
import time_machine

from tracker import clock

EVENING = "2026-11-24T21:30:00+01:00"
"""The pinned time of every test that sets no other: a Tuesday."""

STANDARD = {
    "CALMTRACK_NOW": EVENING,
    "COLORTERM": "truecolor",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TERM": "xterm-256color",
    "TZ": "UTC",
}

UMASK = 0o022

_SYSTEM_NOW = clock._system_now

_INHERITED = {
    *("CI", "LD_LIBRARY_PATH", "LOGNAME", "PATH", "PYTHONDONTWRITEBYTECODE"),
    *("PYTHONHASHSEED", "PYTHONHOME", "PYTHONPATH", "PYTHONPYCACHEPREFIX", "PY_COLORS", "TEMP"),
    *("TMP", "TMPDIR", "USER", "VIRTUAL_ENV", "HOME"),
    # Options of the tests themselves.
    *("CALMTRACK_COMMAND", "CALMTRACK_KILLS", "CALMTRACK_LONG", "CALMTRACK_WRITE_GOLDENS"),
}
"""Variables that tests inherit; all others are removed."""

_INHERITED_PREFIXES = ("PYTEST_", "HYPOTHESIS_", "COVERAGE_", "COV_CORE_")

FOR_CHILDREN = (
    *("PATH", "LD_LIBRARY_PATH", "PYTHONPATH"),
    *("LANG", "TZ", "CALMTRACK_NOW", "SHIFT_CLOCK_BY"),
)
"""The variables that a child process with an environment of its own needs as well."""

_IN_MEMORY = Path("/dev/shm")
_REQUIRED_FREE_BYTES = 4 * 2**30
"""Free bytes that the file system in memory needs before temporary folders are put on it."""

_ZONE = pytest.StashKey[str]()
"""The time zone given with --today."""

_SHIFTED_CLOCK = Path(__file__).with_name("shifted_clock")

UNPINNED = (
    "This test reads the machine's clock. Pin it: set CALMTRACK_NOW, which was removed or emptied "
    "(every test begins with the moment in tests/isolation.py). Or mark the test with "
    "@pytest.mark.real_clock and set the clock with time-machine."
)


def _without_colors() -> bool:
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


# Textual and others read the environment as they are imported, which conftest.py files do.
_plain_report = _without_colors()
for _name in list(os.environ):
    if _name not in _INHERITED and not _name.startswith(_INHERITED_PREFIXES):
        del os.environ[_name]
os.environ.update(STANDARD)
os.umask(UMASK)
time.tzset()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--today",
        metavar='"DATE-TIME [ZONE]"',
        help="shift the machine's clock, also for child processes: --today 2028-02-29T23:30, "
        '--today "2027-03-28T02:30 Europe/Berlin" (UTC without a zone)',
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "real_clock: may read the machine's clock")
    config.addinivalue_line(
        "markers", "any_day: could notice the date; .ci/run repeats it on six of them"
    )
    if _plain_report and config.option.color == "auto":
        config.option.color = "no"
    _forbid_the_machines_clock(config)
    _use_memory_for_temporary_files(config)
    today: str | None = config.getoption("today")
    # With pytest-xdist the tests run in its workers, which configure themselves.
    if today and config.getoption("dist", "no") == "no":
        _shift_clock(config, today)


def _use_memory_for_temporary_files(config: pytest.Config) -> None:
    """Puts pytest's temporary folders on the file system in memory, if it has enough free space.

    Each commit of a diary waits several times for the disk, a few milliseconds each: most of a
    run's time. Tests of power cuts don't depend on it: they record the operations that SQLite
    requests.
    """
    if config.option.basetemp is not None or not os.access(_IN_MEMORY, os.W_OK | os.X_OK):
        return
    memory = os.statvfs(_IN_MEMORY)
    if (
        memory.f_bavail * memory.f_frsize >= _REQUIRED_FREE_BYTES
        and not memory.f_flag & os.ST_NOEXEC
    ):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_IN_MEMORY))


def _forbid_the_machines_clock(config: pytest.Config) -> None:
    patch = pytest.MonkeyPatch()
    patch.setattr(clock, "_system_now", _refuse)
    config.add_cleanup(patch.undo)


def _refuse() -> datetime:
    raise AssertionError(UNPINNED)


def _shift_clock(config: pytest.Config, today: str) -> None:
    if "CALMTRACK_COMMAND" in os.environ:
        raise pytest.UsageError("--today can't shift the clock of CALMTRACK_COMMAND")
    text, _, zone = today.partition(" ")
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone or "UTC"))
    except (ValueError, ZoneInfoNotFoundError) as problem:
        raise pytest.UsageError(f"--today {today!r}: {problem}") from None
    config.stash[_ZONE] = zone or "UTC"
    os.environ["SHIFT_CLOCK_BY"] = str(moment.timestamp() - time.time())  # noqa: TID251
    paths = (str(_SHIFTED_CLOCK), os.environ.get("PYTHONPATH"))
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    shifted = time_machine.travel(moment.timestamp())
    shifted.start()
    config.add_cleanup(shifted.stop)


@pytest.fixture(scope="session", autouse=True)
def home_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Sets HOME and the working directory to an empty folder, so that relative paths and proposed
    paths end up in it. Its name has a space, as some home folders do."""
    before = Path.cwd()
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("home of tests")
        patch.setenv("HOME", str(folder))
        os.chdir(folder)
        yield folder
    os.chdir(before)


@pytest.fixture(autouse=True)
def isolated(home_folder: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """Restores environment, zone and umask after each test, and empties the home; lets
    `real_clock` read the clock."""
    before = dict(os.environ)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
        real_clock = request.node.get_closest_marker("real_clock")
        if real_clock or request.node.get_closest_marker("any_day"):
            patch.setenv("TZ", request.config.stash.get(_ZONE, "UTC"))
            time.tzset()
        if real_clock:
            patch.delenv("CALMTRACK_NOW")
            patch.setattr(clock, "_system_now", _SYSTEM_NOW)
        yield
    for name in os.environ.keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)
    os.umask(UMASK)
    time.tzset()
    for left in home_folder.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()
