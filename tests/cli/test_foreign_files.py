"""Files and folders of other programs are never made private, replaced or waited for."""

from __future__ import annotations

import os
import pty
import socket
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, Shell, time_limit
from tests.effort import some_of
from tracker.diary.diary import Diary
from tracker.location import Location


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestRepair:
    @pytest.mark.parametrize("folder_mode", [0o1777, 0o755])
    def test_leaves_a_folder_that_others_use(
        self, type_in: CommandLine, tmp_path: Path, folder_mode: int
    ) -> None:
        shared = tmp_path / "shared"
        shared.mkdir()
        (shared / "letter.txt").write_text("Dear Anna")
        shared.chmod(folder_mode)
        diary = shared / "evening.db"
        type_in.ok("--diary", str(diary), "log", "hug")
        diary.chmod(0o644)

        answer = type_in("--diary", str(diary), "doctor", "--repair")

        assert (answer.code, mode(diary), mode(shared)) == (0, 0o600, folder_mode)
        assert len([line for line in answer.lines if "doesn't change it" in line]) == 1
        assert "calmtrack" not in type_in.ok("--diary", str(diary), "log", "hug").err

    def test_leaves_an_empty_shared_folder_unchanged(
        self, type_in: CommandLine, tmp_path: Path
    ) -> None:
        shared = tmp_path / "shared"
        shared.mkdir()
        shared.chmod(0o1777)
        type_in.ok("--diary", str(shared / "evening.db"), "log", "hug")
        type_in("--diary", str(shared / "evening.db"), "doctor", "--repair")
        assert mode(shared) == 0o1777

    def test_closes_a_folder_with_nothing_but_calmtracks_files(
        self, type_in: CommandLine, location: Location
    ) -> None:
        assert location.path is not None
        folder = location.path.parent
        type_in.ok("log", "hug")
        type_in.ok("config", "quiet", "true")
        for form, name in (("csv", "out.csv"), ("json", "all.json")):
            type_in.ok("export", "--format", form, "-o", str(folder / name))
        type_in.ok("export", "--excel", "--delimiter", ";", "-o", str(folder / "excel.csv"))
        type_in.ok("backup", str(folder / "copy.db"))
        folder.chmod(0o755)
        type_in.ok("doctor", "--repair")
        assert mode(folder) == 0o700

    @pytest.mark.parametrize("text", ["Dear diary, today was fine.\n" * 200, "short"])
    def test_leaves_a_text_file(self, type_in: CommandLine, tmp_path: Path, text: str) -> None:
        folder = tmp_path / "letters"
        folder.mkdir(mode=0o755)
        letter = folder / "letter.txt"
        letter.write_text(text)
        letter.chmod(0o644)
        answer = type_in("--diary", str(letter), "doctor", "--repair")
        (sentence,) = answer.lines
        assert (answer.code, "isn't a calmtrack diary" in sentence) == (1, True)
        assert (mode(folder), mode(letter), letter.read_text()) == (0o755, 0o644, text)

    def test_and_every_command_say_how_to_get_back_a_diary_that_was_overwritten(
        self, type_in: CommandLine, location: Location
    ) -> None:
        type_in.ok("log", "hug")
        location.file.write_text("Dear diary, today was fine.\n" * 200)
        for words in ((), ("status",), ("today",), ("log", "hug"), ("backup", "copy.db")):
            answer = type_in(*words)
            assert (answer.code, answer.out) == (1, ""), words
            assert answer.err == (
                f"The diary at {location.file} is damaged. Nothing was changed. To repair it, run "
                '"calmtrack doctor --repair".\n'
            )
        assert "to restore the newest intact backup" in type_in("doctor").out
        assert "Restored" in type_in.ok("doctor", "--repair").out
        assert "calm" in type_in.ok("today").out.lower()

    def test_and_every_command_call_another_file_beside_the_diary_no_diary(
        self, type_in: CommandLine, location: Location
    ) -> None:
        type_in.ok("log", "hug")
        export = location.file.with_suffix(".csv")
        type_in.ok("export", "-o", str(export))
        for words in (("today",), ("log", "hug"), ("doctor", "--repair")):
            answer = type_in("--diary", str(export), *words)
            message = answer.out + answer.err
            assert (answer.code, "isn't a calmtrack diary" in message) == (1, True), words

    def test_says_that_a_folder_is_not_a_diary(self, type_in: CommandLine, tmp_path: Path) -> None:
        for options in ((), ("--repair",)):
            answer = type_in("--diary", str(tmp_path), "doctor", *options)
            assert (answer.code, "isn't a calmtrack diary" in answer.out + answer.err) == (1, True)

    def test_leaves_a_device_and_its_folder(self, type_in: CommandLine, tmp_path: Path) -> None:
        folder = tmp_path / "devices"
        folder.mkdir(mode=0o755)
        os.mkfifo(folder / "pipe", 0o666)
        before = mode(folder / "pipe")
        for words in (("doctor",), ("doctor", "--repair"), ("erase", "--yes")):
            answer = type_in("--diary", str(folder / "pipe"), *words)
            assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1), words
            assert "regular files, folders and standard input only" in answer.err
        assert (mode(folder), mode(folder / "pipe")) == (0o755, before)

    def test_continues_after_a_refused_change_of_permissions(
        self,
        type_in: CommandLine,
        three_weeks: Diary,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        path = three_weeks.location.path
        assert path is not None
        three_weeks.maintenance.back_up_daily()
        with closing(sqlite3.connect(path)) as connection:
            (page,) = connection.execute(
                "SELECT rootpage FROM sqlite_master WHERE name = 'ix_entry_practice_id_day'"
            ).fetchone()
        with path.open("r+b") as file:
            file.seek((page - 1) * 4096)
            file.write(b"\xff" * 3000)
        path.parent.chmod(0o755)

        def refuse(_: Path, __: int) -> None:
            raise PermissionError(1, os.strerror(1))

        monkeypatch.setattr(Path, "chmod", refuse)
        answer = type_in("doctor", "--repair")
        assert f"Couldn't make {path.parent} private: Operation not permitted" in answer.out
        assert "nothing is missing from the diary." in answer.out
        assert three_weeks.maintenance.diagnose()[0].sentence.startswith("Other users")
        assert len(three_weeks.maintenance.diagnose()) == 1


@pytest.mark.usefixtures("three_weeks")
class TestAnExport:
    def test_writes_what_a_link_points_to(self, type_in: CommandLine, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        target, link = tmp_path / "elsewhere" / "real.csv", tmp_path / "link.csv"
        target.write_text("old")
        link.symlink_to(target)
        assert type_in("export", "-o", str(link)).code == 2
        assert target.read_text() == "old"
        type_in.ok("export", "-o", str(link), "--force")
        assert link.is_symlink()
        assert target.read_bytes().startswith(b"day,kind,practice")
        assert list((tmp_path / "elsewhere").iterdir()) == [target]

    def test_goes_through_a_pipe(self, type_in: CommandLine, tmp_path: Path) -> None:
        pipe, link = tmp_path / "pipe", tmp_path / "link"
        os.mkfifo(pipe)
        link.symlink_to(pipe)
        for name, words in ((pipe, ()), (pipe, ("--force",)), (link, ("--format", "loop"))):
            with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
                type_in.ok("export", "-o", str(name), *words)
                assert reader.stdout is not None
                received = reader.stdout.read()
            assert received.startswith(b"PK" if "loop" in words else b"day,kind,practice")
            assert pipe.is_fifo()
        assert link.is_symlink()

    def test_goes_to_a_device(self, type_in: CommandLine, tmp_path: Path) -> None:
        controller, terminal = pty.openpty()
        try:
            device = Path(os.ttyname(terminal))
            before = device.stat().st_ino
            type_in.ok("export", "-o", str(device), "--from", "yesterday", "--force")
            assert os.read(controller, 1 << 12).startswith(b"day,kind,practice")
            assert (device.is_char_device(), device.stat().st_ino) == (True, before)
        finally:
            os.close(controller)
            os.close(terminal)

    def test_refuses_a_folder_and_a_socket(self, type_in: CommandLine, tmp_path: Path) -> None:
        folder, address = tmp_path / "folder", tmp_path / "socket"
        folder.mkdir()
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(address))
            for path, code, reason in (
                (folder, 1, "Is a directory"),
                (address, 2, "isn't a regular file"),
            ):
                answer = type_in("export", "-o", str(path), "--force")
                assert (answer.code, answer.err.count("\n")) == (code, 1)
                assert reason in answer.err
        # --force wouldn't help, so it isn't suggested.
        assert "Is a directory" in type_in("recap", "--svg", str(folder)).err
        assert address.is_socket()
        assert list(folder.iterdir()) == []

    @pytest.mark.parametrize("form", ["csv", "json", "loop"])
    def test_never_replaces_calmtracks_own_data(
        self, type_in: CommandLine, three_weeks: Diary, tmp_path: Path, form: str
    ) -> None:
        diary = three_weeks.location.path
        assert diary is not None
        backup = three_weeks.maintenance.back_up_daily()
        assert backup is not None
        type_in.ok("config", "quiet", "true")
        other, link = tmp_path / "other.db", tmp_path / "link"
        type_in.ok("--diary", str(other), "log", "hug")
        link.symlink_to(diary)
        settings = diary.with_name("config.toml")
        journal = diary.with_name("diary.db-journal")
        existing = (diary, backup, settings, other, link)
        before = [path.read_bytes() for path in existing]
        for path in (*existing, journal, backup.with_name("2020-01-01.db")):
            answer = type_in("export", "--format", form, "-o", str(path), "--force")
            assert (answer.code, answer.err.count("\n")) == (2, 1), path
            assert "its own data" in answer.err
        assert [path.read_bytes() for path in existing] == before
        assert not journal.exists()


def test_a_backup_is_never_written_over_a_link(type_in: CommandLine, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "missing.db")
    type_in.ok("log", "hug")
    assert type_in("backup", str(link)).code == 2
    assert link.is_symlink()
    assert not link.exists()


def test_settings_behind_a_link_stay_behind_it(type_in: CommandLine, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("# mine\n")
    (tmp_path / "home").mkdir()
    link = tmp_path / "home" / "config.toml"
    link.symlink_to(real)
    type_in.ok("config", "quiet", "true")
    assert link.is_symlink()
    assert real.read_text() == "# mine\nquiet = true\n"


class TestAPipe:
    @pytest.mark.parametrize(
        "words",
        [
            ("import", "PIPE"),
            ("import", "PIPE", "--dry-run"),
            ("import", "PIPE", "--source", "daylio"),
            ("import", "moods.csv", "--moods", "PIPE"),
            ("import", "LINK"),
            ("restore", "PIPE"),
            ("restore", "LINK"),
            ("merge", "PIPE"),
            ("--diary", "PIPE", "doctor"),
            ("--diary", "LINK", "doctor", "--repair"),
            ("--diary", "PIPE", "backup"),
            ("--diary", "PIPE", "erase", "--yes"),
        ],
    )
    def test_is_rejected_without_waiting(
        self, type_in: CommandLine, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        pipe, link = tmp_path / "pipe", tmp_path / "link"
        os.mkfifo(pipe)
        link.symlink_to(pipe)
        named = {"PIPE": str(pipe), "LINK": str(link)}
        with time_limit():
            answer = type_in(*(named.get(word, word) for word in words))
        assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1), answer
        assert "reads regular files, folders and standard input only" in answer.err
        assert pipe.is_fifo()

    def test_in_a_folder_is_skipped(self, type_in: CommandLine, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "Habits.csv")
        with time_limit():
            assert type_in("import", str(tmp_path)).code == 2

    @pytest.mark.parametrize("words", [("log", "hug"), ("today",), ("status",), ("export",), ()])
    def test_at_the_diarys_path_is_not_waited_for(
        self, type_in: CommandLine, location: Location, words: tuple[str, ...]
    ) -> None:
        assert location.path is not None
        location.path.parent.mkdir()
        os.mkfifo(location.path)
        with time_limit():
            answer = type_in(*words)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith(f"{location.path} is a pipe or a device.")
        assert len(answer.err.splitlines()) == 1
        assert location.path.is_fifo()


EVIL_ID = "$(touch X)"


def rename_hug(path: Path) -> None:
    """Changes an id in a diary file so that its foreign keys still hold."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE practice SET id = ? WHERE id = 'hug'", (EVIL_ID,))
        for table in ("goal", "entry", "streak_state", "out_of_list"):
            connection.execute(
                f"UPDATE {table} SET practice_id = ? WHERE practice_id = 'hug'", (EVIL_ID,)
            )
        connection.commit()


@pytest.mark.parametrize(
    "words",
    some_of([("restore", "DIARY"), ("merge", "JSON"), ("merge", "DIARY"), ("import", "JSON")], 2),
)
def test_a_practice_id_with_shell_characters_is_rejected(
    type_in: CommandLine, three_weeks: Diary, tmp_path: Path, words: tuple[str, ...]
) -> None:
    other, exported = tmp_path / "other.db", tmp_path / "other.json"
    type_in.ok("--diary", str(other), "log", "hug")
    type_in.ok("--diary", str(other), "export", "--format", "json", "-o", str(exported))
    exported.write_text(exported.read_text().replace('"hug"', f'"{EVIL_ID}"'))
    rename_hug(other)
    assert three_weeks.location.path is not None
    before = three_weeks.location.path.read_bytes()
    named = {"DIARY": str(other), "JSON": str(exported)}

    answer = type_in(*(named.get(word, word) for word in words))

    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert EVIL_ID in answer.err
    assert three_weeks.location.path.read_bytes() == before


def test_a_backup_with_such_an_id_is_skipped(type_in: CommandLine, three_weeks: Diary) -> None:
    backup, path = three_weeks.maintenance.back_up_daily(), three_weeks.location.path
    assert backup is not None
    assert path is not None
    rename_hug(backup)
    path.unlink()
    assert type_in("doctor", "--repair").code == 1
    assert not path.exists()


def test_a_csv_cell_that_is_not_a_valid_id_is_a_name(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    text = f"day,kind,practice,amount\n2026-11-20,practice,{EVIL_ID},1\n"
    type_in.ok("import", "-", stdin=text.encode())
    (new,) = [one for one in three_weeks.practices.all() if one.name == EVIL_ID]
    assert new.id == "touch-x"


def test_an_open_folder_is_mentioned_with_the_first_change_of_a_day(
    shell: Shell, three_weeks: Diary
) -> None:
    path = three_weeks.location.path
    assert path is not None
    path.parent.chmod(0o755)
    warnings = [shell("log", "hug").stderr.decode() for _ in range(2)]
    assert ["Other users on this computer can " in one for one in warnings] == [True, False]
    assert "Other users on this computer can " in shell("doctor").stdout.decode()
