"""The command line with a diary on a database server."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.cli.command_line import CommandLine
from tests.postgres import LOCKED, PASSWORD, Server
from tracker.location import Location
from tracker.store.store import Store


@pytest.fixture
def url(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of the default diary, which needs a password."""
    schema = server.new_schema()
    server.run_sql(f"GRANT ALL ON SCHEMA {schema} TO {LOCKED}")
    url = server.url(schema, user=f"{LOCKED}:{quote(PASSWORD, safe='')}")
    monkeypatch.setenv("CALMTRACK_DATABASE_URL", url)
    return url


@pytest.mark.usefixtures("url")
def test_logging_an_evening(type_in: CommandLine) -> None:
    assert type_in.ok("status").lines == ["tonight is open"]
    type_in.ok("log", "hug", "--note", "with Anna, 日記 and 👩\u200d👧")
    type_in.ok("calm", "7")
    type_in.ok("rest", "joy", "--from", "today", "--to", "fri")
    assert type_in.ok("status").out.startswith("calm 7 · 1 of ")
    exported = type_in.ok("export").out
    assert ",hug,Hug,times,1,logged," in exported
    assert "with Anna, 日記 and 👩\u200d👧" in exported
    assert "Hug" in type_in.ok("week").out
    assert type_in.ok("undo").out.startswith("Undid: rest")


def test_the_url_can_be_given_for_one_command(type_in: CommandLine, server: Server) -> None:
    place = server.new_location()
    assert place.url is not None
    type_in.ok("--diary", place.url, "log", "hug")
    assert Store(place).exists()


def test_where_names_it_without_its_password(type_in: CommandLine, url: str) -> None:
    for _ in range(2):
        output = type_in.ok("where").out
        assert output.startswith(f"postgresql+psycopg://{LOCKED}@/postgres\n")
        assert "sesame" not in output
        type_in.ok("log", "hug")
    assert "sesame" in url


@pytest.mark.usefixtures("url")
class TestDailyBackups:
    def backup_files(self, tmp_path: Path) -> list[Path]:
        """The backup files, oldest first."""
        return sorted((tmp_path / "home" / "backups").rglob("*.json"))

    def test_the_first_change_of_a_day_makes_one_that_can_be_restored(
        self, type_in: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        type_in.ok("log", "hug", "--note", "with Anna")
        (first,) = self.backup_files(tmp_path)
        before = first.read_bytes()
        assert first.stat().st_mode & 0o777 == 0o600
        assert first.parent.stat().st_mode & 0o777 == 0o700
        type_in.ok("calm", "7")
        assert first.read_bytes() == before
        assert str(first) in type_in.ok("backup").out
        monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T21:30:00+01:00")
        type_in.ok("calm", "6")
        exported = type_in.ok("export", "--format", "json").out
        assert [one.name[:10] for one in self.backup_files(tmp_path)] == [
            "2026-11-24",
            "2026-11-25",
        ]
        newest = self.backup_files(tmp_path)[-1]
        assert newest.read_text("utf-8") == exported
        type_in.ok("erase", "--yes")
        assert self.backup_files(tmp_path) == []
        newest.write_text(exported, encoding="utf-8")
        type_in.ok("restore", str(newest), "--yes")
        assert type_in.ok("export", "--format", "json").out == exported

    def test_before_the_first_entry_there_are_none_to_list(self, type_in: CommandLine) -> None:
        assert type_in.ok("backup").out.startswith("No backups yet.")

    def test_a_nightly_export_replaces_the_one_of_the_night_before(
        self, type_in: CommandLine, tmp_path: Path
    ) -> None:
        copy = tmp_path / "nightly.json"
        type_in.ok("log", "hug")
        type_in.ok("backup", str(copy))
        type_in.ok("log", "joy")
        assert "or add --force to replace it" in type_in("backup", str(copy)).err
        type_in.ok("backup", str(copy), "--force")
        assert copy.read_text("utf-8") == type_in.ok("export", "--format", "json").out
        copy.write_text("Dear Anna")
        assert type_in("backup", str(copy), "--force").code == 2
        assert copy.read_text("utf-8") == "Dear Anna"

    def test_a_partial_backup_of_today_is_replaced(
        self, type_in: CommandLine, tmp_path: Path
    ) -> None:
        type_in.ok("log", "hug")
        (backup,) = self.backup_files(tmp_path)
        backup.write_bytes(backup.read_bytes()[:100])
        type_in.ok("log", "joy")
        assert backup.read_text("utf-8") == type_in.ok("export", "--format", "json").out

    def test_a_corrupt_backup_is_reported_by_doctor_and_replaced(
        self, type_in: CommandLine, tmp_path: Path
    ) -> None:
        type_in.ok("log", "hug", "--note", "a private word")
        (backup,) = self.backup_files(tmp_path)
        garbage = backup.read_bytes()[:200]
        backup.write_bytes(garbage)
        answer = type_in("doctor")
        assert (answer.code, f"The backup at {backup} is damaged" in answer.out) == (1, True)
        assert "No problems found" in type_in.ok("doctor", "--repair").out
        exported = type_in.ok("export", "--format", "json").out
        assert backup.read_text("utf-8") == exported
        (aside,) = backup.parent.glob("*.damaged")
        assert aside.read_bytes() == garbage
        assert str(aside) in type_in("forget", "today", "--yes").err
        type_in.ok("erase", "--yes")
        assert [p for p in backup.parent.iterdir() if p.is_file()] == []

    def test_they_are_rotated_like_those_of_files(
        self, type_in: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for day in range(1, 21):
            monkeypatch.setenv("CALMTRACK_NOW", f"2026-11-{day:02}T21:30:00+01:00")
            type_in.ok("log", "hug")
        days = [int(one.name[8:10]) for one in self.backup_files(tmp_path)]
        assert days == [1, 8, 14, 15, 16, 17, 18, 19, 20]

    def test_a_forgotten_day_is_in_none_of_them(self, type_in: CommandLine, tmp_path: Path) -> None:
        type_in.ok("log", "hug", "--note", "a private word", "--day", "yesterday")
        (backup,) = self.backup_files(tmp_path)
        assert "private" in backup.read_text("utf-8")
        type_in.ok("forget", "yesterday", "--yes")
        assert "private" not in backup.read_text("utf-8")

        type_in.ok("log", "hug", "--note", "another private word", "--day", "yesterday")
        backup.unlink()
        type_in.ok("log", "joy", "--day", "yesterday")
        newer = backup.with_name(backup.name.replace(backup.name[:10], "2036-11-20"))
        newer.write_text("[]")
        nested = newer.with_name(newer.name.replace("2036-11-20", "2036-11-21"))
        nested.write_text("[" * 100_000)
        answer = type_in("forget", "yesterday", "--yes")
        assert (answer.code, str(newer) in answer.err, str(nested) in answer.err) == (1, True, True)
        assert "private" not in backup.read_text("utf-8")

        type_in.ok("erase", "--yes")
        type_in.ok("log", "joy")
        assert len(self.backup_files(tmp_path)) == 1


class TestABackup:
    @pytest.fixture
    def path(self, type_in: CommandLine, url: str, tmp_path: Path) -> Path:
        """A backup of a diary that was changed afterwards."""
        path = tmp_path / "backup.json"
        type_in.ok("log", "hug", "--note", "as it was")
        type_in.ok("calm", "7", "--day", "yesterday")
        output = type_in.ok("backup", str(path)).out
        assert output.startswith(f"Backed up the whole diary to {path} (")
        assert path.stat().st_mode & 0o777 == 0o600
        return path

    def test_contains_the_whole_diary_and_restores_it(
        self, type_in: CommandLine, url: str, path: Path
    ) -> None:
        exported = type_in.ok("export", "--format", "json").out
        assert path.read_text("utf-8") == exported
        named = f"A copy you made is still at {path}."
        assert named in type_in.ok("forget", "-9", "--yes").out
        assert named in type_in.ok("erase", "--yes").out
        type_in.ok("restore", str(path), "--yes")
        assert type_in.ok("export", "--format", "json").out == exported

    def test_a_restore_can_be_undone(
        self, type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, path: Path
    ) -> None:
        monkeypatch.setenv("CALMTRACK_NOW", "2026-11-24T22:30:00+01:00")
        type_in.ok("log", "hug", "--note", "changed since")
        type_in.ok("forget", "yesterday", "--yes")
        before = type_in.ok("export").out
        answer = type_in("restore", str(path), stdin=b"yes\n")
        assert answer.code == 0
        assert "Entries added: 1; updated: 0; left as they are in the diary: 1." in answer.out
        assert "changed since" in type_in.ok("export").out
        assert type_in.ok("undo").out.startswith("Undid: import from backup.json")
        assert type_in.ok("export").out == before

    def test_changes_nothing_without_a_yes(self, type_in: CommandLine, path: Path) -> None:
        type_in.ok("erase", "--yes")
        answer = type_in("restore", str(path), stdin=b"no\n")
        assert (answer.code, "Nothing was changed." in answer.err) == (1, True)
        assert "no diary" in type_in("doctor").out

    def test_never_overwrites_another_file(self, type_in: CommandLine, path: Path) -> None:
        answer = type_in("backup", str(path))
        assert answer.code == 2
        assert "already" in answer.err

    def test_of_a_missing_diary_or_from_a_missing_file_is_reported(
        self, type_in: CommandLine, url: str, tmp_path: Path
    ) -> None:
        path = tmp_path / "x.json"
        for words in (("backup", str(path)), ("restore", str(path))):
            answer = type_in(*words)
            assert answer.code == 2
            assert len(answer.err.splitlines()) == 1
            assert not path.exists()


class TestTheDoctor:
    def test_reports_no_problem(self, type_in: CommandLine, url: str) -> None:
        type_in.ok("log", "hug")
        assert "No problems found" in type_in.ok("doctor").out

    def test_says_that_there_is_no_diary(self, type_in: CommandLine, url: str) -> None:
        answer = type_in("doctor")
        assert (answer.code, answer.out.startswith("There's no diary at")) == (1, True)

    def test_recomputes_the_streak_cache(self, type_in: CommandLine, url: str) -> None:
        type_in.ok("log", "hug", "--day", "-9")
        with Store(Location(None, url)).writing("2026-11-24T20:30:00.000000Z") as writer:
            writer.connection.core.exec_driver_sql(
                "UPDATE streak_state SET state = '{}' WHERE practice_id = 'hug'"
            )
        answer = type_in("doctor")
        assert answer.code == 1
        assert "hug" in answer.out
        # The server has no file that could be copied first.
        assert "remove the others" in answer.out
        assert "copy" not in answer.out
        assert "No problems found" in type_in.ok("doctor", "--repair").out


def test_a_day_can_be_forgotten(type_in: CommandLine, url: str) -> None:
    type_in.ok("log", "hug", "--note", "a private word")
    type_in.ok("log", "hug", "--day", "yesterday", "--note", "another word")
    type_in.ok("calm", "7")
    output = type_in.ok("forget", "today", "--yes").out
    assert "(2 rows)" in output
    assert "the server's own backups" in output
    with Store(Location(None, url)).reading() as reader:
        for table in ("entry", "evening", "change_row", "change"):
            rows = reader.connection.core.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
            assert "private" not in str(rows)
            assert len(rows) == (0 if table == "evening" else 1)
    assert type_in.ok("undo").out.startswith("Undid: Hug, Monday")


def test_the_diary_can_be_erased_and_created_again(type_in: CommandLine, url: str) -> None:
    assert type_in("erase", "--yes").code == 2
    type_in.ok("log", "hug")
    assert type_in("erase", stdin=b"no\n").code == 1
    assert "Deleted the diary" in type_in.ok("erase", "--yes").out
    assert not Store(Location(None, url)).exists()
    type_in.ok("log", "hug")
    assert "1 time" in type_in.ok("today").out


def test_an_unreachable_server_is_reported_in_one_sentence(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_DATABASE_URL", "postgresql://me:sesame@127.0.0.1:1/diary")
    for words in (("log", "hug"), ("today",), ("status",), ("doctor",), ("where",)):
        answer = type_in(*words)
        assert answer.code == 1
        assert "Couldn't reach" in answer.out + answer.err
        assert "sesame" not in answer.out + answer.err
    assert type_in("doctor").out.startswith("Couldn't reach")
