"""A backup that is named as the diary: it can be looked at, and stays as it is."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.location import Location
from tracker.tui.app import run

STAYS = (
    "This is a backup, so it stays as it is. To go back to it, run "
    '"calmtrack restore {path} --diary {diary}".'
)

CHANGES = [
    ("log", "hug"),
    ("calm", "7"),
    ("note", "calm", "x"),
    ("clear", "hug", "--day", "yesterday"),
    ("rest", "--all"),
    ("undo",),
    ("practices", "add", "Piano"),
    ("practices", "edit", "hug", "--name", "Cuddle"),
    ("support", "--add", "Call Anna"),
    ("config", "week_starts_on", "sunday"),
    ("merge", "other.db"),
    ("restore", "other.db"),
    ("doctor", "--repair"),
    ("forget", "yesterday"),
    ("erase",),
]


@pytest.fixture
def backup(three_weeks: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of yesterday's backup; beside it, the folder has another diary, other.db."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(three_weeks.location.file, tmp_path / "other.db")
    made = three_weeks.maintenance.back_up_daily()
    assert made is not None
    return made


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder."""
    return {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize("words", CHANGES)
def test_no_command_changes_a_backup(
    type_in: CommandLine, backup: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = contents(tmp_path)
    for path in (backup, backup.parent / ".." / backup.parent.name / backup.name):
        refused = type_in("--diary", str(path), *words)
        assert (refused.code, refused.out) == (2, "")
        diary = tmp_path / "home" / "diary.db"
        assert refused.err.strip() == STAYS.format(path=path, diary=diary)
        assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["other.db", "other.sqlite", "gone.db"])
def test_the_command_to_go_back_names_the_diary_that_the_backup_is_of(
    type_in: CommandLine, three_weeks: Diary, tmp_path: Path, name: str
) -> None:
    other = tmp_path / name
    shutil.copy(three_weeks.location.file, other)
    type_in.ok("--diary", str(other), "log", "hug", "4")
    (made,) = (tmp_path / "backups").glob("*/*.db")
    if name == "gone.db":
        other.unlink()
    refused = type_in("--diary", str(made), "log", "hug").err
    assert refused.strip() == STAYS.format(path=made, diary=other)


@pytest.mark.parametrize("words", [("backup",), ("backup", "copy.db")])
def test_a_backup_has_no_backups_of_its_own(
    type_in: CommandLine, backup: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = contents(tmp_path)
    refused = type_in("--diary", str(backup), *words)
    command = f"calmtrack backup --diary {tmp_path / 'home' / 'diary.db'}"
    assert refused.err == (
        f'This is a backup already. To list those of its diary, run "{command}".\n'
    )
    assert (refused.code, contents(tmp_path)) == (2, before)


@pytest.mark.parametrize("name", ["aside/my-schema-notes.db", "backups/mine/summer.db"])
def test_a_diary_with_a_name_of_my_own_is_none_of_the_backups(
    type_in: CommandLine, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(mode=0o700, parents=True)
    assert "Hug, 1 time" in type_in.ok("--diary", str(path), "log", "hug").out


@pytest.mark.parametrize(
    "words",
    [("today",), ("week",), ("month",), ("year",), ("journal",), ("status",), ("export",),
     ("insights",), ("coin",), ("jar",), ("doctor",), ("where",)],
)  # fmt: skip
def test_a_backup_can_be_looked_at(
    type_in: CommandLine, backup: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = contents(tmp_path)
    assert type_in.ok("--diary", str(backup), *words).out
    assert contents(tmp_path) == before


def test_a_copy_that_a_restore_set_aside_stays_as_it_is_too(
    type_in: CommandLine, three_weeks: Diary, backup: Path, tmp_path: Path
) -> None:
    replaced = three_weeks.maintenance.restore(backup)
    assert replaced is not None
    before = replaced.read_bytes()
    refused = type_in("--diary", str(replaced), "log", "hug").err.strip()
    assert refused == STAYS.format(path=replaced, diary=tmp_path / "home" / "diary.db")
    assert "Hug" in type_in.ok("--diary", str(replaced), "today").out
    assert replaced.read_bytes() == before


def test_no_diary_is_started_among_the_backups(
    type_in: CommandLine, backup: Path, tmp_path: Path
) -> None:
    before = contents(tmp_path)
    missing = backup.with_name("2026-01-01.db")
    for words in (("log", "hug"), ("today",), ("insights",)):
        refused = type_in("--diary", str(missing), *words)
        assert (refused.code, contents(tmp_path)) == (2, before)
        command = f"calmtrack backup --diary {tmp_path / 'home' / 'diary.db'}"
        assert refused.err == (
            f'There\'s no backup at {missing}. Run "{command}" to see those there are.\n'
        )


def test_the_app_opens_no_backup_that_is_not_there(
    type_in: CommandLine, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="There's no backup at"):
        run(Location(backup.with_name("2026-01-01.db")))


def test_a_copy_that_i_made_myself_is_a_diary_like_any_other(
    type_in: CommandLine, three_weeks: Diary, tmp_path: Path
) -> None:
    type_in.ok("backup", str(tmp_path / "copy.db"))
    assert "Hug, 1 time" in type_in.ok("--diary", str(tmp_path / "copy.db"), "log", "hug").out


def test_a_backup_of_an_earlier_version_is_upgraded_in_memory_alone(
    type_in: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "backups" / "diary" / "2026-11-23.db"
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        script = Path(__file__).parent.parent / "store" / "schema_2.sql"
        connection.executescript(script.read_text("utf-8"))
    before = contents(tmp_path)
    assert type_in.ok("--diary", str(path), "journal").out
    assert type_in("--diary", str(path), "log", "hug").code == 2
    assert contents(tmp_path) == before
