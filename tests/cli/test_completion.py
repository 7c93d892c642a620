"""Shell completion: what is offered as the next word of a line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tracker.diary.diary import Diary
from tracker.location import Location

IDS = [
    "hug",
    "laughter",
    "nature-walk",
    "gratitude",
    "good-talk",
    "safe-moment",
    "joy",
    "softening",
]


class Completion:
    """Asks for completions as a shell does: `ask("log", "na")` stands for the typed `calmtrack log
    na`."""

    def __init__(self, type_in: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
        self._type_in = type_in
        self._monkeypatch = monkeypatch

    def __call__(self, *typed: str, shell: str = "bash") -> list[str]:
        """The lines of the answer."""
        with self._monkeypatch.context() as patch:
            patch.setenv("_CALMTRACK_COMPLETE", f"{shell}_complete")
            patch.setenv("COMP_WORDS", "\n".join(("calmtrack", *typed)))
            patch.setenv("COMP_CWORD", typed[-1] if shell == "fish" else str(len(typed)))
            answer = self._type_in()
            assert answer.err == ""
            return [line for line in answer.lines if line]

    def words(self, *typed: str) -> list[str]:
        """The suggested words."""
        return [line.removeprefix("plain,") for line in self(*typed)]


@pytest.fixture
def ask(type_in: CommandLine, monkeypatch: pytest.MonkeyPatch) -> Completion:
    return Completion(type_in, monkeypatch)


def test_commands_and_what_they_are_for(ask: Completion) -> None:
    assert ask.words("stre") == ["streaks"]
    assert ask("stre", shell="fish") == [
        "plain,streaks\tShow the streaks and totals of your practices."
    ]
    assert ask("stre", shell="zsh") == [
        "plain",
        "streaks",
        "Show the streaks and totals of your practices.",
    ]
    assert ask.words("practices", "ar") == ["archive"]
    assert "--version" in ask.words("--")


def test_practices_by_their_ids(ask: Completion, three_weeks: Diary) -> None:
    assert ask.words("log", "") == IDS
    assert ask.words("log", "na") == ["nature-walk"]
    assert ask("log", "na", shell="fish") == ["plain,nature-walk\tNature walk"]
    assert ask("log", "na", shell="zsh") == ["plain", "nature-walk", "Nature walk"]


def test_no_id_that_finds_another_practice(ask: Completion, three_weeks: Diary) -> None:
    three_weeks.practices.edit("hug", name="Hug & kiss")
    three_weeks.practices.add("Hug")
    assert ask.words("log", "hu") == ["hug-2"]
    assert ask("log", "hu", shell="fish") == ["plain,Hug & kiss\thug", "plain,hug-2\tHug"]


def test_practices_by_their_names_in_shells_that_complete_words_with_spaces(
    ask: Completion, three_weeks: Diary
) -> None:
    assert ask("log", "Nat", shell="zsh") == ["plain", "Nature walk", "nature-walk"]
    assert ask("log", "Nat", shell="fish") == ["plain,Nature walk\tnature-walk"]
    assert ask.words("log", "Gra") == ["Gratitude"]
    assert ask.words("log", "Nat") == []
    three_weeks.practices.add("Call $HOME, and `date`")
    assert ask.words("log", "Ca") == []
    assert ask.words("log", "ca") == ["call-home-and-date"]
    assert ask("log", "Ca", shell="fish") == ["plain,Call $HOME, and `date`\tcall-home-and-date"]


def test_no_id_is_offered_by_which_another_practice_would_be_logged(
    ask: Completion, three_weeks: Diary
) -> None:
    three_weeks.practices.edit("hug", name="Embrace")
    three_weeks.practices.add("Hug")
    assert ask.words("log", "h") == ["hug-2"]
    assert ask.words("log", "E") == ["Embrace"]
    three_weeks.practices.archive("hug-2")
    assert ask.words("log", "h") == []
    assert ask.words("practices", "restore", "h") == ["hug-2"]
    three_weeks.practices.archive("hug")
    assert ask.words("practices", "restore", "") == ["Embrace", "hug-2"]


def test_people_by_their_names(ask: Completion, three_weeks: Diary) -> None:
    three_weeks.rate(7, note="@José and @Jo-Ann, then @Anna")
    assert set(ask.words("journal", "--person", "")) == {"José", "Jo-Ann", "Anna"}
    assert set(ask.words("journal", "--person", "jo")) == {"José", "Jo-Ann"}
    assert ask.words("journal", "--person", "@an") == ["@Anna"]
    assert ask("journal", "--person", "JOSE", shell="fish") == ["plain,José"]


def test_without_a_diary_the_default_practices_are_suggested(
    ask: Completion, location: Location
) -> None:
    assert ask.words("log", "") == IDS
    assert ask.words("journal", "--person", "") == []
    assert location.path is not None
    assert not location.path.parent.exists()


def test_an_archived_practice_is_suggested_for_restore_only(
    ask: Completion, three_weeks: Diary
) -> None:
    three_weeks.practices.archive("joy")
    assert "joy" not in ask.words("log", "")
    assert ask.words("practices", "restore", "") == ["joy"]
    assert set(ask.words("practices", "card", "")) == set(IDS)
    assert ask.words("practices", "add", "") == ["bare-feet", "leaning"]


def test_every_command_that_takes_a_practice(ask: Completion, three_weeks: Diary) -> None:
    for typed in (
        *(("log",), ("explain",), ("rest", "hug"), ("coin",), ("practices", "edit")),
        *(("practices", "archive"), ("practices", "move"), ("about",), ("year", "--of")),
        *(("month", "--of"), ("clear",)),
    ):
        assert "nature-walk" in ask.words(*typed, "n"), typed
    assert "calm" in ask.words("clear", "ca")
    assert "calm" in ask.words("year", "--of", "")


def test_days_files_and_settings(ask: Completion) -> None:
    assert ask.words("log", "hug", "--day", "t") == ["today", "tuesday", "thursday"]
    assert ask.words("week", "y") == ["yesterday"]
    assert ask.words("log", "hug", "--day", "to") == ["today"]
    assert ask.words("rest", "hug", "--from", "to") == ["today", "tomorrow"]
    assert ask.words("rest", "hug", "--to", "y") == []
    assert ask("import", "dia") == ["file,dia"]
    assert ask("--diary", "x") == ["file,x"]
    assert ask.words("config", "th") == ["theme"]
    assert ask.words("config", "quiet", "") == ["true", "false"]
    assert ask.words("config", "theme", "ni") == ["night"]
    assert ask.words("export", "--format", "l") == ["loop"]
    assert ask.words("completion", "") == ["bash", "zsh", "fish"]


def test_the_days_of_backups_for_restore_and_any_day_for_forget(
    ask: Completion, three_weeks: Diary, monkeypatch: pytest.MonkeyPatch, location: Location
) -> None:
    for day in ("2026-11-24", "2026-11-25"):
        monkeypatch.setenv("CALMTRACK_NOW", f"{day}T21:30+01:00")
        three_weeks.press("hug")
        three_weeks.maintenance.back_up_daily()
    assert ask("restore", "") == ["file,", "plain,2026-11-25", "plain,2026-11-24"]
    assert ask("restore", "2026-11-24", shell="fish") == [
        "file,2026-11-24",
        "plain,2026-11-24\tTuesday 24 November 2026",
    ]
    assert ask("restore", "./cop") == ["file,./cop"]
    assert ask.words("forget", "to") == ["today"]
    assert location.path is not None
    location.path.write_bytes(b"not a diary" * 100)
    assert ask.words("restore", "2026-11-25")[1:] == ["2026-11-25"]


def test_the_diary_given_on_the_command_line_is_used(ask: Completion, tmp_path: Path) -> None:
    other = Diary(Location(tmp_path / "other.db"))
    other.create(("hug",))
    other.practices.edit("hug", name="Umarmung")
    typed = ("--diary", str(tmp_path / "other.db"), "log", "")
    assert ask.words(*typed) == ["hug"]
    assert ask(*typed, shell="fish") == ["plain,hug\tUmarmung"]


@pytest.mark.parametrize(
    "typed",
    [("nonsense", ""), ("log", "--nonsense", "x", ""), ("log", "'"), ("week", "--json", "")],
)
def test_an_invalid_line_has_no_completions(ask: Completion, typed: tuple[str, ...]) -> None:
    ask(*typed)
    assert "log" not in ask.words("nonsense", "")


@pytest.mark.parametrize(
    "instruction", ["bash_complete", "pig_complete", "pig_source", "_", "bash"]
)
def test_an_invalid_instruction_has_no_completions(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, instruction: str
) -> None:
    monkeypatch.setenv("_CALMTRACK_COMPLETE", instruction)
    answer = type_in()
    assert (answer.code, answer.out, answer.err) == (1, "", "")


def test_an_unreadable_diary_prints_no_error_in_the_shell(
    ask: Completion, location: Location
) -> None:
    assert location.path is not None
    location.path.parent.mkdir()
    location.path.write_bytes(b"not a diary" * 100)
    assert ask("log", "") == []


def test_it_imports_no_large_library(three_weeks: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import sys; from tracker.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = ('sqlalchemy', 'textual', 'alembic', 'pendulum', 'rich')\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    monkeypatch.setenv("_CALMTRACK_COMPLETE", "bash_complete")
    for words, cword, completed in (
        ("calmtrack\nlog\nna", "2", "nature-walk"),
        ("calmtrack\nstre", "1", "streaks"),
    ):
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", cword)
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=120
        )
        assert (done.stdout, done.stderr) == (f"plain,{completed}\n", "[]\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_the_one_that_click_prints(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    script = type_in.ok("completion", shell).out
    assert f"_CALMTRACK_COMPLETE={shell}_complete" in script
    monkeypatch.setenv("_CALMTRACK_COMPLETE", f"{shell}_source")
    assert type_in.ok().out.splitlines() == script.splitlines()


def test_the_script_of_fish_splits_off_the_kind_only_and_completes_paths_by_fish(
    type_in: CommandLine,
) -> None:
    script = type_in.ok("completion", "fish").out
    assert 'string split --max 1 "," $completion' in script
    assert 'complete --do-complete ": "(commandline --current-token)' in script
    assert "__fish_complete_path" not in script


def test_an_unknown_shell_is_reported(type_in: CommandLine) -> None:
    answer = type_in("completion", "tcsh")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
