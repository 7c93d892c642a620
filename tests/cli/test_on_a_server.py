"""The command line and a diary in a database server."""

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
    """The address of the person's diary, which needs a password."""
    schema = server.new_schema()
    server.say(f"GRANT ALL ON SCHEMA {schema} TO {LOCKED}")
    url = server.url(schema, user=f"{LOCKED}:{quote(PASSWORD, safe='')}")
    monkeypatch.setenv("CALMTRACK_DATABASE_URL", url)
    return url


@pytest.mark.usefixtures("url")
def test_an_evening(type_in: CommandLine) -> None:
    assert type_in.well("status").lines == ["tonight is open"]
    type_in.well("log", "hug", "--note", "with Anna, 日記 and 👩\u200d👧")
    type_in.well("calm", "7")
    type_in.well("rest", "joy", "--from", "today", "--to", "fri")
    assert type_in.well("status").out.startswith("calm 7 · 1 of ")
    exported = type_in.well("export").out
    assert ",hug,Hug,times,1,logged," in exported
    assert "with Anna, 日記 and 👩\u200d👧" in exported
    assert "Hug" in type_in.well("week").out
    assert type_in.well("undo").out.startswith("Undone: rest")


def test_the_address_may_be_given_for_one_command(type_in: CommandLine, server: Server) -> None:
    place = server.new_place()
    assert place.url is not None
    type_in.well("--diary", place.url, "log", "hug")
    assert Store(place).exists()


def test_where_names_it_without_its_password(type_in: CommandLine, url: str) -> None:
    for _ in range(2):
        said = type_in.well("where").out
        assert said.startswith(f"postgresql+psycopg://{LOCKED}@/postgres\n")
        assert "sesame" not in said
        type_in.well("log", "hug")
    assert "sesame" in url


@pytest.mark.usefixtures("url")
def test_daily_backups_are_told_to_be_of_files(type_in: CommandLine) -> None:
    type_in.well("log", "hug")
    answer = type_in("backup")
    assert answer.code == 2
    assert "database server" in answer.err
    assert len(answer.err.splitlines()) == 1


class TestABackup:
    @pytest.fixture
    def path(self, type_in: CommandLine, url: str, tmp_path: Path) -> Path:
        """A backup of a diary in which a word was changed since."""
        path = tmp_path / "backup.json"
        type_in.well("log", "hug", "--note", "as it was")
        type_in.well("calm", "7", "--day", "yesterday")
        said = type_in.well("backup", str(path)).out
        assert said.startswith(f"Backed up the whole diary to {path} (")
        assert path.stat().st_mode & 0o777 == 0o600
        return path

    def test_is_all_of_the_diary_and_brings_it_back(
        self, type_in: CommandLine, url: str, path: Path
    ) -> None:
        exported = type_in.well("export", "--format", "json").out
        assert path.read_text("utf-8") == exported
        type_in.well("erase", "--yes")
        type_in.well("restore", str(path), "--yes")
        assert type_in.well("export", "--format", "json").out == exported

    def test_leaves_what_was_changed_since_and_is_undone(
        self, type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, path: Path
    ) -> None:
        monkeypatch.setenv("CALMTRACK_NOW", "2026-11-24T22:30:00+01:00")
        type_in.well("log", "hug", "--note", "changed since")
        type_in.well("forget", "yesterday", "--yes")
        before = type_in.well("export").out
        answer = type_in("restore", str(path), stdin=b"yes\n")
        assert answer.code == 0
        assert "1 row added, 0 changed, 1 kept" in answer.out
        assert "changed since" in type_in.well("export").out
        assert type_in.well("undo").out.startswith("Undone: the import of backup.json")
        assert type_in.well("export").out == before

    def test_changes_nothing_without_a_yes(self, type_in: CommandLine, path: Path) -> None:
        type_in.well("erase", "--yes")
        answer = type_in("restore", str(path), stdin=b"no\n")
        assert (answer.code, "Nothing was changed." in answer.err) == (1, True)
        assert "no diary" in type_in("doctor").out

    def test_is_never_written_over_another_file(self, type_in: CommandLine, path: Path) -> None:
        answer = type_in("backup", str(path))
        assert answer.code == 2
        assert "already" in answer.err

    def test_of_nothing_and_from_nothing_is_told(
        self, type_in: CommandLine, url: str, tmp_path: Path
    ) -> None:
        path = tmp_path / "x.json"
        for words in (("backup", str(path)), ("restore", str(path))):
            answer = type_in(*words)
            assert answer.code == 2
            assert len(answer.err.splitlines()) == 1
            assert not path.exists()


class TestTheDoctor:
    def test_finds_it_well(self, type_in: CommandLine, url: str) -> None:
        type_in.well("log", "hug")
        assert "is well" in type_in.well("doctor").out

    def test_says_when_nothing_is_there(self, type_in: CommandLine, url: str) -> None:
        answer = type_in("doctor")
        assert (answer.code, answer.out.startswith("There is no diary at")) == (1, True)

    def test_works_kept_figures_out_anew(self, type_in: CommandLine, url: str) -> None:
        type_in.well("log", "hug", "--day", "-9")
        with Store(Location(None, url)).writing("2026-11-24T20:30:00.000000Z") as writer:
            writer.connection.exec_driver_sql(
                "UPDATE streak_state SET state = '{}' WHERE practice_id = 'hug'"
            )
        answer = type_in("doctor")
        assert answer.code == 1
        assert "Hug" in answer.out
        assert "is well" in type_in.well("doctor", "--repair").out


def test_a_day_can_be_forgotten(type_in: CommandLine, url: str) -> None:
    type_in.well("log", "hug", "--note", "a private word")
    type_in.well("log", "hug", "--day", "yesterday", "--note", "another word")
    type_in.well("calm", "7")
    said = type_in.well("forget", "today", "--yes").out
    assert "(2 rows)" in said
    assert "The server's own backups" in said
    with Store(Location(None, url)).reading() as reader:
        for table in ("entry", "evening", "change_row", "change"):
            rows = reader.connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
            assert "private" not in str(rows)
            assert len(rows) == (0 if table == "evening" else 1)
    assert type_in.well("undo").out.startswith("Undone: Hug, Monday")


def test_all_of_it_can_be_erased_and_begun_anew(type_in: CommandLine, url: str) -> None:
    assert type_in("erase", "--yes").code == 2
    type_in.well("log", "hug")
    assert type_in("erase", stdin=b"no\n").code == 1
    assert "is removed" in type_in.well("erase", "--yes").out
    assert not Store(Location(None, url)).exists()
    type_in.well("log", "hug")
    assert "1 time" in type_in.well("today").out


def test_a_server_that_is_gone_is_told_in_one_sentence(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_DATABASE_URL", "postgresql://me:sesame@127.0.0.1:1/diary")
    for words in (("log", "hug"), ("today",), ("status",), ("doctor",), ("where",)):
        answer = type_in(*words)
        assert answer.code == 1
        assert "can't be reached" in answer.out + answer.err
        assert "sesame" not in answer.out + answer.err
