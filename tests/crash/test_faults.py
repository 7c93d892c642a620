"""A diary file that can't be read: one sentence, exit code 1, and the file untouched."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.crash.commands import run
from tests.effort import some_of
from tests.file_modes import bound_by_modes
from tests.journeys.terminal import Terminal, command_under_test, environment
from tracker.diary.diary import Diary
from tracker.location import Location

Home = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def many_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A diary of several pages, built once for this module."""
    path = tmp_path_factory.mktemp("many_pages") / "diary.db"
    diary = Diary(Location(path))
    diary.log("hug", note="a note that is kept" * 20)
    for _ in range(40):
        diary.press("gratitude")
    return path


@pytest.fixture
def diary_file(tmp_path: Path, many_pages: Path) -> Path:
    """A copy of that diary in its own home folder."""
    path = tmp_path / "calm" / "diary.db"
    path.parent.mkdir(mode=0o700)
    shutil.copy(many_pages, path)
    return path


def ask(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a command on a diary."""
    return run(
        path.parent.parent if path.parent.parent.is_dir() else path.parent.parent.parent,
        "--diary",
        str(path),
        *arguments,
        check=False,
    )


def is_one_sentence(done: subprocess.CompletedProcess[str], code: int = 1) -> None:
    """Asserts one line on standard error, no traceback, and the exit code."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.rstrip().endswith((".", ";"))
    assert "Traceback" not in done.stderr


def not_a_database(path: Path) -> None:
    path.write_bytes(b"Dear diary, today was fine.\n" * 100)


def another_programs(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")


def from_a_newer_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=999")


def first_page_zeroed(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(4096))


def truncated(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def garbage_pages(path: Path) -> None:
    with path.open("r+b") as file:
        for page in range(1, path.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(os.urandom(200))


FAULTS = [
    not_a_database,
    another_programs,
    from_a_newer_version,
    first_page_zeroed,
    truncated,
    garbage_pages,
]


@pytest.mark.parametrize("fault", some_of(FAULTS, 2))
@pytest.mark.parametrize(
    "command", some_of([("log", "hug"), ("today",), ("calm", "5"), ("export",)], 1)
)
def test_an_unsound_diary_is_reported_and_not_changed(
    diary_file: Path, fault: Callable[[Path], None], command: tuple[str, ...]
) -> None:
    fault(diary_file)
    before = diary_file.read_bytes()
    is_one_sentence(ask(diary_file, *command))
    assert diary_file.read_bytes() == before
    assert not diary_file.with_name("diary.db-journal").exists()


@pytest.mark.parametrize("fault", some_of(FAULTS, 1))
def test_the_app_reports_it_too_and_does_not_open(
    diary_file: Path, fault: Callable[[Path], None]
) -> None:
    fault(diary_file)
    before = diary_file.read_bytes()
    terminal = Terminal(diary_file.parent.parent, "--diary", str(diary_file))
    until = time.monotonic() + 60
    while "diary.db" not in terminal.text.replace("\n", "") and time.monotonic() < until:
        terminal.read()
    assert "diary.db" in terminal.text.replace("\n", "")
    assert "Traceback" not in terminal.text
    if terminal.child.isalive():
        terminal.press("q")
    terminal.wait_for_end()
    assert diary_file.read_bytes() == before


@pytest.mark.parametrize(
    "fault", some_of([first_page_zeroed, truncated, garbage_pages, not_a_database], 1)
)
def test_doctor_reports_it_and_restores_the_newest_sound_backup(
    diary_file: Path, fault: Callable[[Path], None]
) -> None:
    assert ask(diary_file, "log", "hug").returncode == 0
    fault(diary_file)
    damaged = diary_file.read_bytes()
    checked = ask(diary_file, "doctor")
    assert checked.returncode == 1
    assert "damaged" in checked.stdout
    assert "restore the newest intact backup" in checked.stdout
    assert diary_file.read_bytes() == damaged
    repaired = ask(diary_file, "doctor", "--repair")
    assert repaired.returncode == 0, repaired.stdout
    copies = list((diary_file.parent / "aside").glob("*before-restore*.db"))
    assert [one.read_bytes() for one in copies] == [damaged]
    assert "a note that is kept" in ask(diary_file, "today").stdout


def test_a_folder_at_the_path_of_the_diary(tmp_path: Path) -> None:
    path = tmp_path / "calm" / "diary.db"
    path.mkdir(parents=True)
    is_one_sentence(ask(path, "log", "hug"))
    assert list(path.iterdir()) == []


@pytest.mark.thorough
def test_a_file_where_its_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "calm").write_text("not a folder")
    is_one_sentence(ask(tmp_path / "calm" / "diary.db", "log", "hug"))
    assert (tmp_path / "calm").read_text() == "not a folder"


def test_a_missing_home_folder_is_created_and_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "calm" / "diary.db"
    run(tmp_path, "log", "hug", env={"CALMTRACK_HOME": str(path.parent)})
    assert oct(path.parent.stat().st_mode)[-3:] == "700"
    assert oct(path.stat().st_mode)[-3:] == "600"


def test_a_locked_diary_is_waited_for_then_reported(diary_file: Path) -> None:
    before = diary_file.read_bytes()
    with closing(sqlite3.connect(diary_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = ask(diary_file, "log", "hug")
        is_one_sentence(done)
        assert "Another program is using" in done.stderr
        other.execute("ROLLBACK")
    assert diary_file.read_bytes() == before


@pytest.mark.thorough
def test_a_locked_diary_leaves_a_prompt_empty(diary_file: Path) -> None:
    with closing(sqlite3.connect(diary_file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = ask(diary_file, "status")
        other.execute("ROLLBACK")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.thorough
def test_a_deleted_diary_is_not_created_again_silently(diary_file: Path) -> None:
    assert ask(diary_file, "log", "hug").returncode == 0
    diary_file.unlink()
    is_one_sentence(ask(diary_file, "log", "hug"))
    assert not diary_file.exists()
    assert ask(diary_file, "doctor", "--repair").returncode == 0
    assert "a note that is kept" in ask(diary_file, "today").stdout


def test_deleted_while_the_app_is_open_it_is_reported_and_not_created_again(
    diary_file: Path,
) -> None:
    terminal = Terminal(diary_file.parent.parent, "--diary", str(diary_file))
    terminal.wait_for("how calm did you feel")
    terminal.press("5")
    terminal.wait_for("5 of 10")
    diary_file.unlink()
    terminal.press("h")
    terminal.wait_for("Couldn't open")
    assert not diary_file.exists()
    assert terminal.leave() == 0


@pytest.mark.thorough
def test_replaced_while_the_app_is_open_the_new_one_is_shown(
    diary_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "calm" / "other.db"
    Diary(Location(other)).log("hug", amount=9)
    terminal = Terminal(tmp_path, "--diary", str(diary_file))
    terminal.wait_for("1 time")
    other.replace(diary_file)
    terminal.wait_for("9 times")
    assert terminal.leave() == 0


@pytest.mark.parametrize("is_copied", [False, True])
def test_a_full_disk_is_reported_and_nothing_is_lost(diary_file: Path, is_copied: bool) -> None:
    """Simulated by RLIMIT_FSIZE: the system refuses to let the file grow."""
    before = Diary(Location(diary_file)).day()
    full = diary_file.with_name("usb.db") if is_copied else diary_file
    words = ["backup", str(full)] if is_copied else ["log", "hug", "--note", "-"]
    limit = diary_file.stat().st_size - (4096 if is_copied else 0)
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}));"
        "from tracker.cli.app import run; sys.exit(run(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--diary", str(diary_file), *words],
        env=environment(diary_file.parent.parent, {}),
        cwd=Path(__file__).parents[2],
        input="x y " * 2500,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    is_one_sentence(done)
    assert f" {full}" in done.stderr
    assert Diary(Location(diary_file)).day() == before
    assert not diary_file.with_name("usb.db").exists()


@pytest.mark.thorough
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can put a disk of its own in place")
def test_a_full_small_disk_is_reported_and_nothing_is_lost(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", str(disk)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        path = disk / "calm" / "diary.db"
        path.parent.mkdir(mode=0o700)
        assert ask(path, "log", "hug").returncode == 0
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(1024))
        before = path.read_bytes()
        is_one_sentence(ask(path, "log", "hug", "--note", "y" * 9000))
        assert path.read_bytes() == before
        assert "1 time" in ask(path, "today").stdout
    finally:
        subprocess.run(["umount", str(disk)], check=False)


@pytest.mark.parametrize("what", some_of(["file", "folder"], 1))
def test_a_read_only_diary_is_read_and_reported(diary_file: Path, what: str) -> None:
    (diary_file if what == "file" else diary_file.parent).chmod(0o500)
    before = diary_file.read_bytes()
    assert "1 time" in run_without_root(diary_file, "today").stdout
    is_one_sentence(run_without_root(diary_file, "log", "hug"))
    diary_file.parent.chmod(0o700)
    assert diary_file.read_bytes() == before


def test_an_erase_that_cannot_delete_a_backup_names_it_and_can_be_finished(
    diary_file: Path,
) -> None:
    assert run_without_root(diary_file, "log", "hug").returncode == 0
    (folder,) = (diary_file.parent / "backups").iterdir()
    (backup,) = folder.glob("*.db")
    folder.chmod(0o500)
    failed = run_without_root(diary_file, "erase", "--yes")
    is_one_sentence(failed)
    assert failed.stderr == (
        f"Couldn't delete {backup}: Permission denied. Not everything is erased yet. Once that "
        f'file can be deleted, run "calmtrack --diary {diary_file} erase" again.\n'
    )
    folder.chmod(0o700)
    assert run_without_root(diary_file, "erase", "--yes").returncode == 0
    assert [one for one in diary_file.parent.rglob("*") if one.is_file()] == []


def run_without_root(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a command without root's right to ignore file modes."""
    return subprocess.run(
        [*bound_by_modes(), *command_under_test(), "--diary", str(path), *arguments],
        env=environment(path.parent.parent, {}),
        cwd=path.parent.parent,
        input="",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
