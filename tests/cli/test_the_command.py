"""The command itself: its help, where the diary is stored, and what runs without a command."""

import json
import re
import sys
from itertools import product
from pathlib import Path
from types import ModuleType

import pytest

from tests.cli.command_line import CommandLine, CommandResult, Golden
from tracker import __version__
from tracker.cli.app import COMMANDS
from tracker.diary.diary import Diary
from tracker.i18n.messages import set_language
from tracker.location import Location


def test_help_lists_every_command(type_in: CommandLine, golden: Golden) -> None:
    golden("help.txt", type_in.ok("--help").out)
    assert type_in.ok("-h").out == type_in.ok("--help").out


def test_every_command_exists_and_has_help(type_in: CommandLine, subtests: pytest.Subtests) -> None:
    for name in COMMANDS:
        with subtests.test(name=name):
            assert type_in.ok(name, "--help").lines[0].startswith(f"Usage: calmtrack {name}")


def test_help_breaks_no_option_and_no_word_however_narrow_the_terminal(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    subcommands = [("practices", "edit"), ("practices", "add"), ("reminder", "remove")]
    commands = [(), *((name,) for name in COMMANDS), *subcommands]
    for language, words in product(("en", "de", "es"), commands):
        with subtests.test(language=language, words=words):
            set_language(language)
            texts = []
            for columns in (120, 80, 60, 40):
                monkeypatch.setenv("COLUMNS", str(columns))
                lines = type_in.ok(*words, "--help").lines
                assert max(map(len, lines)) <= columns
                texts.append([word for line in lines for word in line.split()])
            assert texts == texts[:1] * 4


@pytest.mark.parametrize("language", ["de", "es"])
def test_no_command_or_option_is_described_in_english(type_in: CommandLine, language: str) -> None:
    for words in [(), *((name,) for name in COMMANDS)]:
        set_language("en")
        english = _meanings(type_in.ok(*words, "--help"))
        assert english
        set_language(language)
        assert not english & _meanings(type_in.ok(*words, "--help")), words


def test_the_version(type_in: CommandLine) -> None:
    assert type_in.ok("--version").out == f"calmtrack {__version__}\n"


def test_without_a_terminal_it_prints_today(type_in: CommandLine, three_weeks: Diary) -> None:
    assert type_in.ok().out == type_in.ok("today").out


@pytest.mark.parametrize(("term", "opens"), [("xterm", True), ("dumb", False), ("", False)])
def test_on_a_terminal_it_opens_the_screens(
    type_in: CommandLine,
    location: Location,
    monkeypatch: pytest.MonkeyPatch,
    term: str,
    opens: bool,
) -> None:
    opened: list[Location] = []

    def open_screens(where: Location) -> int:
        opened.append(where)
        return 0

    screens = ModuleType("tracker.tui.app")
    monkeypatch.setattr(screens, "run", open_screens, raising=False)
    monkeypatch.setitem(sys.modules, "tracker.tui.app", screens)
    type_in.at_a_terminal()
    monkeypatch.setenv("TERM", term)
    assert bool(type_in.ok().out) is not opens
    assert opened == ([location] if opens else [])


def test_where_prints_the_location_and_creates_nothing(
    type_in: CommandLine, location: Location
) -> None:
    assert location.path is not None
    assert type_in.ok("where").lines == [
        str(location.path),
        ("There's no diary at this location yet. It's created when you first log something."),
    ]
    assert not location.path.parent.exists()
    type_in.ok("log", "hug")
    assert type_in.ok("where").lines == [str(location.path), "Started today."]


def test_where_shows_no_password(type_in: CommandLine) -> None:
    answer = type_in("--diary", "postgresql://me:secret@127.0.0.1:1/diary", "where")
    assert answer.code in (1, 2)
    assert "secret" not in answer.out + answer.err
    assert answer.err.count("\n") == 1


def test_another_diary_for_one_command(
    type_in: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = str(tmp_path / "other.db")
    type_in.ok("--diary", other, "log", "hug", "2")
    assert "2 times" in type_in.ok("--diary", other, "today").out
    assert "2 times" not in type_in.ok("today").out
    monkeypatch.setenv("CALMTRACK_DATABASE_URL", f"sqlite:///{other}")
    assert "2 times" in type_in.ok("today").out


def test_the_commands_in_an_answer_are_about_the_diary_that_was_named(
    type_in: CommandLine, tmp_path: Path
) -> None:
    """As they were, they would have changed the default diary."""
    file, other = tmp_path / "hug.csv", str(tmp_path / "my second.db")
    type_in.ok("log", "hug")
    type_in.ok("export", "-o", str(file))
    named = f"calmtrack --diary '{other}'"
    assert f'Run "{named} undo".' in type_in.ok("import", str(file), "--diary", other).out
    assert f'Run "{named} practices" to' in type_in("--diary", other, "log", "nosuch").err
    type_in.ok("undo", "--diary", other)
    practices = json.loads(type_in.ok("practices", "--json", "--diary", other).out)["practices"]
    for one in practices:
        type_in.ok("--diary", other, "practices", "archive", one["id"])
    assert f'"{named} practices add".' in type_in.ok("--diary", other, "today").out
    # Not in the next command's, and not where it opens no diary.
    assert 'Run "calmtrack practices" to' in type_in("log", "nosuch").err
    assert 'Run "calmtrack week --help"' in type_in("week", "--nosuch", "--diary", other).err


def test_the_commands_in_an_answer_name_no_password(type_in: CommandLine) -> None:
    answer = type_in("--diary", "postgresql://me:secret@127.0.0.1:1/diary", "undo", "x")
    assert answer.code == 2
    assert "secret" not in answer.err


@pytest.mark.parametrize(
    "words",
    [
        "URL",
        "today URL",
        "log URL",
        "calm yesterday 7 --diary URL",
        "calm yesterday 7 --diary=URL",
        "note hug a b --diary URL",
        "--diary URL --json log hug",
    ],
)
def test_a_sentence_that_quotes_what_was_typed_names_no_password(
    type_in: CommandLine, words: str
) -> None:
    url = "postgresql://me:sec@ret@host/d?password=hidden"
    answer = type_in(*words.replace("URL", url).split())
    assert answer.code == 2
    assert "postgresql://me@host/d" in answer.err
    assert not any(part in answer.err for part in ("sec", "ret@", "hidden"))
    assert answer.err.count("--diary") <= 1


def test_a_named_diary_in_a_folder_that_does_not_exist_is_refused(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "dairies" / "mine.db"
    sentence = f"There's no diary at {path}, and its folder doesn't exist. Check the path, or "
    for words in (("log", "hug"), ("today",), ("where",), ("status",), ()):
        answer = type_in("--diary", str(path), *words)
        assert (answer.code, answer.out) == (2, ""), words
        assert answer.err == f"{sentence}create the folder first.\n"
    for address in (str(path), f"sqlite:///{path}"):
        monkeypatch.setenv("CALMTRACK_DATABASE_URL", address)
        for words in (("calm", "7"), ("status",), ()):
            assert type_in(*words).err.startswith(sentence)
    assert not path.parent.exists()


def test_a_command_says_when_it_starts_a_diary_that_was_named(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, other = tmp_path / "mine.db", tmp_path / "other.db"
    assert "Started" not in type_in("--diary", str(path), "today").out
    started = f"Started a new diary at {path}."
    assert type_in.ok("--diary", str(path), "log", "hug").lines[1:] == [started]
    assert "Started" not in type_in.ok("--diary", str(path), "log", "hug").out
    assert "Started" not in type_in.ok("--diary", str(other), "log", "hug", "--json").out
    assert "Started" not in type_in.ok("log", "hug").out
    monkeypatch.setenv("CALMTRACK_DATABASE_URL", str(tmp_path / "third.db"))
    assert "Started a new diary" in type_in.ok("calm", "7").out


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("-", "A diary can't be piped"),
        ("sqlite:///-", "A diary can't be piped"),
        ("  ", "The path is empty"),
        ("sqlite:///", "The path is empty"),
        ("localhost/calm", "its folder doesn't exist"),
        ("postgresql:localhost/calm", "its folder doesn't exist"),
        ("sqlite://mine.db", "PostgreSQL databases only"),
    ],
)
def test_an_address_in_the_environment_that_is_no_diary_is_refused(
    type_in: CommandLine,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    address: str,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALMTRACK_DATABASE_URL", address)
    for words in (("log", "hug"), ("status",), ()):
        answer = type_in(*words)
        assert (answer.code, answer.out) == (2, "")
        assert message in answer.err
    assert list(tmp_path.iterdir()) == []


def test_an_empty_address_in_the_environment_counts_as_none(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, location: Location
) -> None:
    monkeypatch.setenv("CALMTRACK_DATABASE_URL", "")
    assert type_in.ok("where").lines[0] == str(location.path)


def _meanings(help_page: CommandResult) -> set[str]:
    """What is said about each option and command of a page of help, or the first line of it."""
    return set(re.findall(r"^  \S.*?  +(\S.*)$", help_page.out, re.MULTILINE))
