"""Without a home folder, and with paths that aren't valid text: one sentence, and the help still
works."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, Shell, time_limit

COMMANDS = [
    ("today",),
    ("log", "hug"),
    ("status",),
    ("where",),
    ("config",),
    ("config", "quiet", "true"),
    ("export",),
    ("doctor",),
    (),
]


@pytest.fixture(params=["unset", "unknown user"])
def no_home(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """An environment without a home folder; returns what the error message names."""
    for name in ("HOME", "CALMTRACK_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    if request.param == "unknown user":
        monkeypatch.setenv("CALMTRACK_HOME", "~nosuchuser/x")
        return "nosuchuser"
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    return "can't find your home folder"


def test_a_missing_home_folder_is_one_sentence(
    type_in: CommandLine,
    no_home: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    subtests: pytest.Subtests,
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in COMMANDS:
        with subtests.test(words=words):
            answer = type_in(*words)
            assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
            assert no_home in answer.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_home")
def test_help_and_a_named_diary_need_no_home_folder(type_in: CommandLine, tmp_path: Path) -> None:
    assert "Commands:" in type_in.ok("--help").out
    assert "calmtrack log" in type_in.ok("log", "--help").out
    type_in.ok("--version")
    (tmp_path / "calm").mkdir(mode=0o700)
    diary = ("--diary", str(tmp_path / "calm" / "mine.db"))
    type_in.ok(*diary, "log", "hug")
    (tmp_path / "calm").chmod(0o755)
    type_in.ok(*diary, "doctor", "--repair")
    type_in.ok(*diary, "export", "-o", str(tmp_path / "out.csv"))


def test_help_is_shown_to_a_user_without_an_account(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "CALMTRACK_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    code = """
import pwd, sys
def unknown(_): raise KeyError
pwd.getpwuid = unknown
from tracker.__main__ import main
main()
"""
    done = shell.python(code, "--help")
    assert (done.returncode, done.stderr) == (0, b"")
    for command in ("today", "reminder"):
        done = shell.python(code, command)
        assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
        assert b"can't find your home folder" in done.stderr


def test_a_path_that_is_not_utf_8_is_not_stored(type_in: CommandLine, tmp_path: Path) -> None:
    type_in.ok("config", "quiet", "true")
    settings = tmp_path / "home" / "config.toml"
    before = settings.read_bytes()
    answer = type_in("config", "diary", str(tmp_path / os.fsdecode(b"\xff.db")))
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "characters that aren't text" in answer.err
    assert settings.read_bytes() == before


def test_settings_that_are_a_pipe_are_not_waited_for(type_in: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    os.mkfifo(tmp_path / "home" / "config.toml")
    with time_limit():
        assert type_in("--help").code == 0
        answer = type_in("today")
        assert (answer.code, answer.err.count("\n")) == (0, 1)
        assert type_in("config", "quiet", "true").code == 2
    assert (tmp_path / "home" / "config.toml").is_fifo()
