"""Whose file it is: what isn't calmtrack's own is neither closed, replaced nor waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
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
        type_in.well("--diary", str(diary), "log", "hug")
        diary.chmod(0o644)

        answer = type_in("--diary", str(diary), "doctor", "--repair")

        assert (answer.code, mode(diary), mode(shared)) == (0, 0o600, folder_mode)
        assert len([line for line in answer.lines if "leaves it as it is" in line]) == 1
        assert "calmtrack" not in type_in.well("--diary", str(diary), "log", "hug").err

    def test_leaves_a_shared_folder_in_which_nothing_else_is_yet(
        self, type_in: CommandLine, tmp_path: Path
    ) -> None:
        shared = tmp_path / "shared"
        shared.mkdir()
        shared.chmod(0o1777)
        type_in.well("--diary", str(shared / "evening.db"), "log", "hug")
        type_in("--diary", str(shared / "evening.db"), "doctor", "--repair")
        assert mode(shared) == 0o1777

    def test_closes_a_folder_with_nothing_but_calmtracks_files(
        self, type_in: CommandLine, location: Location
    ) -> None:
        assert location.path is not None
        folder = location.path.parent
        type_in.well("log", "hug")
        type_in.well("config", "quiet", "true")
        for form, name in (("csv", "out.csv"), ("json", "all.json")):
            type_in.well("export", "--format", form, "-o", str(folder / name))
        type_in.well("export", "--excel", "--delimiter", ";", "-o", str(folder / "excel.csv"))
        type_in.well("backup", str(folder / "copy.db"))
        folder.chmod(0o755)
        type_in.well("doctor", "--repair")
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
        assert (answer.code, "is not a calmtrack diary" in sentence) == (1, True)
        assert (mode(folder), mode(letter), letter.read_text()) == (0o755, 0o644, text)

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

    def test_repairs_all_else_where_permissions_are_refused(
        self,
        type_in: CommandLine,
        three_weeks: Diary,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        path = three_weeks.location.path
        assert path is not None
        three_weeks.maintenance.back_up_daily()
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * 3000)
        path.parent.chmod(0o755)

        def refuse(_: Path, __: int) -> None:
            raise PermissionError(1, os.strerror(1))

        monkeypatch.setattr(Path, "chmod", refuse)
        answer = type_in("doctor", "--repair")
        assert f"Couldn't make {path.parent} private: Operation not permitted" in answer.out
        assert "Brought back" in answer.out
        assert three_weeks.maintenance.diagnose()[0].sentence.startswith("Others than you")
        assert len(three_weeks.maintenance.diagnose()) == 1
