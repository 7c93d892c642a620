"""Where the diary is stored, and which part of a database address is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import URL

from tracker.location import Location, data_dir, home, resolve_location

HOME, URL_OF_DIARY, CHOSEN = "/a/home", "postgresql://me@host/diary", "/chosen/evening.db"


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment without any variable that chooses the location of the diary."""
    for name in ("CALMTRACK_HOME", "CALMTRACK_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return monkeypatch


class TestPrecedence:
    def test_the_option_comes_first(self, system: pytest.MonkeyPatch) -> None:
        system.setenv("CALMTRACK_HOME", HOME)
        system.setenv("CALMTRACK_DATABASE_URL", URL_OF_DIARY)
        assert resolve_location(CHOSEN) == Location(Path(CHOSEN))

    def test_the_url_comes_before_calmtrack_home(self, system: pytest.MonkeyPatch) -> None:
        system.setenv("CALMTRACK_HOME", HOME)
        system.setenv("CALMTRACK_DATABASE_URL", URL_OF_DIARY)
        assert resolve_location() == Location(None, URL_OF_DIARY)

    def test_calmtrack_home_comes_before_the_systems_data_folder(
        self, system: pytest.MonkeyPatch
    ) -> None:
        system.setenv("CALMTRACK_HOME", HOME)
        assert resolve_location() == Location(Path(HOME) / "diary.db")

    def test_the_default_is_the_systems_data_folder(
        self, system: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        found = resolve_location().path
        assert found is not None
        assert found.is_relative_to(tmp_path)
        assert found.parts[-2:] == ("calmtrack", "diary.db")

    @pytest.mark.parametrize("name", ["CALMTRACK_HOME", "CALMTRACK_DATABASE_URL"])
    def test_an_empty_variable_counts_as_unset(self, system: pytest.MonkeyPatch, name: str) -> None:
        unset = resolve_location()
        system.setenv(name, "")
        assert resolve_location() == unset


class TestAFile:
    def test_can_be_named_by_a_url(self, system: pytest.MonkeyPatch) -> None:
        assert resolve_location("sqlite:////a/b.db") == Location(Path("/a/b.db"))

    def test_can_be_named_relative_to_the_working_directory(
        self, system: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        system.chdir(tmp_path)
        for name in ("b.db", "./b.db", "sqlite:///b.db"):
            assert resolve_location(name).path == tmp_path / "b.db"

    def test_can_be_named_relative_to_the_home_folder(
        self, system: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        assert resolve_location("~/b.db") == Location(tmp_path / "b.db")
        system.setenv("CALMTRACK_HOME", "~/calm")
        assert home() == tmp_path / "calm"


def test_resolving_a_location_creates_no_file(system: pytest.MonkeyPatch, tmp_path: Path) -> None:
    resolve_location()
    resolve_location(str(tmp_path / "a" / "b.db"))
    assert list(tmp_path.iterdir()) == []


def test_the_shipped_files_exist() -> None:
    assert {"practices.toml", "locale"} <= {file.name for file in data_dir().iterdir()}


class TestALabel:
    def test_of_a_file_is_its_path(self) -> None:
        assert Location(Path("/a b/diary.db")).label == "/a b/diary.db"

    def test_of_a_database_contains_no_password(self, subtests: pytest.Subtests) -> None:
        cases: list[tuple[str, str]] = [
            ("postgresql://host/diary", "postgresql://host/diary"),
            ("postgresql://me@host/diary", "postgresql://me@host/diary"),
            ("postgresql://me:secret@host/diary", "postgresql://me@host/diary"),
            ("postgresql+psycopg://me:secret@host:5432/d", "postgresql+psycopg://me@host:5432/d"),
            ("postgresql://me:se:cr@et@host/diary", "postgresql://me@host/diary"),
            ("postgresql://me:se?cret@host/diary", "postgresql://me@host/diary"),
            ("postgresql://me:se/cret@host/diary", "postgresql://host/diary"),
            ("postgresql://:secret@host/diary", "postgresql://@host/diary"),
            ("postgresql://host/diary?user=me&password=secret", "postgresql://host/diary"),
            ("postgresql://host:5432/diary?password=se@cret", "postgresql://host:5432/diary"),
            ("postgresql://me:a@host/diary?password=se@cret", "postgresql://me@host/diary"),
            ("postgresql:///diary?host=/run&password=secret", "postgresql:///diary"),
        ]
        for url, label in cases:
            with subtests.test(url=url, label=label):
                assert Location(None, url).label == label
                assert Location(None, url).holds_password is ("cr" in url)

    def test_of_a_database_without_a_password_says_so(self) -> None:
        assert not Location(None, "postgresql://me@host:5432/d?sslmode=verify-full").holds_password
        assert not Location(Path("/a:b@c/diary.db")).holds_password

    @given(
        password=st.text(st.characters(codec="utf-8"), min_size=1).map(lambda s: f"<{s}>"),
        user=st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1),
        port=st.none() | st.integers(1, 65535),
        in_query=st.booleans(),
    )
    def test_never_contains_a_password_however_the_url_is_written(
        self, password: str, user: str, port: int | None, in_query: bool
    ) -> None:
        url = URL.create(
            "postgresql",
            username=user,
            password=None if in_query else password,
            host="host",
            port=port,
            database="diary",
            query={"password": password} if in_query else {},
        ).render_as_string(hide_password=False)
        at = "" if port is None else f":{port}"
        assert Location(None, url).label == f"postgresql://{user}@host{at}/diary"
        assert Location(None, url).holds_password
