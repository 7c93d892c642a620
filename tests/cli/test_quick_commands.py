"""The commands that run without click print the same as click's would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, Shell
from tracker import __main__
from tracker.cli import app
from tracker.diary.diary import Diary
from tracker.location import Location

COMMANDS: tuple[list[str], ...] = ([], ["--version"], ["status"], ["status", "--quiet"])


def _nothing(_: Path, __: Location) -> None:
    pass


def _unrated(_: Path, location: Location) -> None:
    Diary(location).press("hug")


def _rated(_: Path, location: Location) -> None:
    Diary(location).rate(7)


def _empty(_: Path, location: Location) -> None:
    assert location.path is not None
    location.path.touch()


def _no_diary(_: Path, location: Location) -> None:
    assert location.path is not None
    location.path.write_bytes(b"not a diary" * 100)


def _quiet(home: Path, location: Location) -> None:
    _rated(home, location)
    (home / "config.toml").write_text("quiet = true\n")


def _diary_elsewhere(home: Path, _: Location) -> None:
    Diary(Location(home / "other.db")).rate(3)
    (home / "config.toml").write_text(f'diary = "{home / "other.db"}"\n')


def _invalid_toml(home: Path, location: Location) -> None:
    _rated(home, location)
    (home / "config.toml").write_text("quiet = \n")


def _file_instead_of_folder(home: Path, _: Location) -> None:
    home.rmdir()
    home.write_text("in the way")


@pytest.mark.parametrize(
    "set_up",
    [
        *(_nothing, _unrated, _rated, _empty, _no_diary),
        *(_quiet, _diary_elsewhere, _invalid_toml, _file_instead_of_folder),
    ],
)
def test_output_agrees_for_every_state_of_the_diary(
    type_in: CommandLine,
    location: Location,
    monkeypatch: pytest.MonkeyPatch,
    set_up: Callable[[Path, Location], None],
    subtests: pytest.Subtests,
) -> None:
    assert location.path is not None
    location.path.parent.mkdir()
    set_up(location.path.parent, location)
    for words in COMMANDS:
        with subtests.test(words=words):
            _compare_with_click(type_in, monkeypatch, words)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CALMTRACK_NOW", "yesterday"),
        ("CALMTRACK_ASCII", "1"),
        ("CALMTRACK_DATABASE_URL", "mysql://me:sesame@host/diary"),
        ("CALMTRACK_DATABASE_URL", "postgresql://127.0.0.1:1/diary"),
        ("_CALMTRACK_COMPLETE", "bash_source"),
    ],
)
def test_output_agrees_for_every_environment_variable(
    type_in: CommandLine,
    location: Location,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    text: str,
    subtests: pytest.Subtests,
) -> None:
    Diary(location).rate(7)
    monkeypatch.setenv(name, text)
    for words in COMMANDS:
        with subtests.test(words=words):
            _compare_with_click(type_in, monkeypatch, words)


@pytest.mark.parametrize("words", [["--version"], ["status"], ["status", "--quiet"]])
def test_click_is_not_imported(shell: Shell, location: Location, words: list[str]) -> None:
    Diary(location).rate(7)
    code = """if True:
        import sys
        at_start = set(sys.modules)
        from tracker.__main__ import run

        assert run(sys.argv[1:]) == 0
        loaded = set(sys.modules) - at_start
        large = {"click", "gettext", "tomllib", "textual", "sqlalchemy", "dataclasses", "inspect"}
        assert not large & loaded
    """
    done = shell.python(code, *words)
    assert (done.returncode, done.stderr) == (0, b"")


def _compare_with_click(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    quick = type_in(*words)
    with monkeypatch.context() as patch:
        patch.setattr(__main__, "run", app.run)
        assert type_in(*words) == quick
