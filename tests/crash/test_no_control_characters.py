"""No control or bidirectional character in any text of a diary reaches a terminal, on any screen
and by any command, even where the code that builds a sentence forgets to sanitize."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.diary.factories import add_entries, add_ratings
from tests.tui.conftest import TODAY, OpenApp, location, no_animations, open_app
from tracker import sanitize
from tracker.cli import app as command_line
from tracker.diary.diary import Diary
from tracker.location import Location

__all__ = ["location", "no_animations", "open_app"]

FORBIDDEN = {
    *map(chr, range(32)),
    *map(chr, range(127, 160)),
    *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029",
} - {"\n"}
HOSTILE = "@Eve \x1b]52;c;b3duZWQ=\x07" + "".join(sorted(FORBIDDEN - {"\0"})) + " end"


@pytest.fixture
def hostile(location: Location) -> Diary:
    """A diary of 60 evenings with control characters in all names, questions, notes and support
    messages."""
    diary = Diary(location)
    diary.create(("hug", "gratitude", "softening"))
    days = [TODAY - timedelta(days=back) for back in range(60)]
    add_ratings(diary, [(day, 9 if number % 2 else 3) for number, day in enumerate(days)], "n")
    add_entries(diary, "hug", [(day, 1) for day in days[::2]], "n")
    add_entries(diary, "gratitude", [(day, 1) for day in days], "n")
    diary.coin_month.begin("gratitude")
    diary.practices.archive("softening")
    assert location.path is not None
    with closing(sqlite3.connect(location.path)) as connection:
        connection.execute("UPDATE practice SET name = ?, question = ?", (HOSTILE, HOSTILE))
        connection.execute("UPDATE entry SET note = ?", (HOSTILE,))
        connection.execute("UPDATE evening SET note = ?", (f"* {HOSTILE} #word",))
        for key in ("support", "prompts"):
            row = (key, json.dumps([HOSTILE]), "2026-11-24T20:00:00.000000Z")
            connection.execute("INSERT INTO kept VALUES (?, ?, ?)", row)
        connection.commit()
    return diary


@pytest.mark.parametrize(
    "is_forgotten",
    [pytest.param(False, marks=pytest.mark.thorough), True],
    ids=["sanitized", "sanitizer forgotten"],
)
async def test_no_screen_prints_a_control_character(
    hostile: Diary, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, *, is_forgotten: bool
) -> None:
    if is_forgotten:
        monkeypatch.setattr(sanitize, "_safe", lambda line: line)
    async with open_app(120, 40) as app:
        for keys in (
            ("down",), ("n",), ("escape", "down", "e"), ("escape", "question_mark"),
            ("escape", "W"), ("down", "n"), ("escape", "Y"), ("down",), ("C",), ("m",),
            ("escape", "R"), ("P",), ("down",), ("enter",), ("escape", "a"), ("escape", "S"),
            ("escape", "I"), ("escape", "M"), ("enter",), ("escape", "escape", "G"),
            ("escape", "J"), ("down",), ("tab",), ("f",), ("escape", "slash"), ("E", "enter"),
            ("escape", "escape", "R"), ("down",), ("tab",), ("left_square_bracket",), ("e",),
            ("escape", "escape", "B"), ("escape", "ctrl+p"), ("escape", "u"), ("U",), ("T", "h"),
        ):  # fmt: skip
            await app.press(*keys)
            assert not FORBIDDEN & set(app.text), keys


COMMANDS = (
    "today", "today --plain", "today --json", "week", "week --plain", "week --markdown",
    "week --json", "year", "year --plain", "year --of hug", "trend", "trend --plain", "streaks",
    "month", "month --plain",
    "streaks --plain", "streaks --json", "explain hug", "explain hug --json", "insights",
    "insights --plain", "insights --json", "coin", "support", "people", "people --json", "jar",
    "status", "practices", "practices list --all", "practices --json", "nudge", "about hug",
    "log hug", "log nothing", "calm 3", "rest hug --from tomorrow --to tomorrow",
    "clear hug", "undo", "redo", "undo 2", "practices edit hug --unit minutes",
    "practices archive hug", "practices restore hug", "practices delete hug", "config", "where",
    "doctor", "forget yesterday", "journal", "journal --plain", "journal --json",
    "journal --markdown", "journal --person Eve", "journal --word word", "search Eve",
    "search Eve --plain", "search Eve --json", "on-this-day", "on-this-day --json", "recap",
    "recap --plain", "recap --json", "recap --markdown", "recap --html -", "recap --svg -",
    "recap 2026", "prompts", "note hug x --day yesterday", "backup", "support --json",
)  # fmt: skip


def test_no_command_prints_a_control_character(
    hostile: Diary, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "no")
    for command in COMMANDS:
        command_line.run(["--diary", str(hostile.location.path), *command.split()])
        written = capfd.readouterr()
        for text in (written.out, written.err):
            assert not FORBIDDEN & set(text), command
            assert "Traceback" not in text


def test_no_completion_prints_a_control_character(
    hostile: Diary, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_CALMTRACK_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", f"calmtrack --diary {hostile.location.path} log ")
    monkeypatch.setenv("COMP_CWORD", "4")
    assert command_line.run([]) == 0
    written = capfd.readouterr().out
    assert "hug" in written
    assert not FORBIDDEN & set(written)


def test_a_path_with_control_characters_is_printed_without_them(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "".join(sorted(FORBIDDEN - {"\0", "/"}))
    for command in ("where", "today", "doctor", "backup", "restore x", "import x", "erase"):
        command_line.run(["--diary", str(path), *command.split()])
        written = capfd.readouterr()
        assert not FORBIDDEN & set(written.out + written.err), command
