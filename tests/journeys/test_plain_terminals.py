"""Terminals with few colours, or none: everything can be read, and nothing is shown by colour
alone."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.color import Color

from tests.effort import some_of
from tests.journeys.terminal import Terminal, command_under_test, run
from tests.tui.test_contrast import contrast

TERMINALS = {
    "linux": {"TERM": "linux"},
    "mono": {"TERM": "xterm-mono"},
    "16 colours": {"TERM": "xterm-16color"},
    "no colour": {"TERM": "xterm-256color", "NO_COLOR": "1"},
}

VGA = {
    "black": "#000000", "red": "#aa0000", "green": "#00aa00", "brown": "#aa5500",
    "blue": "#0000aa", "magenta": "#aa00aa", "cyan": "#00aaaa", "white": "#aaaaaa",
    "brightblack": "#555555", "brightred": "#ff5555", "brightgreen": "#55ff55",
    "brightbrown": "#ffff55", "brightblue": "#5555ff", "bfightmagenta": "#ff55ff",
    "brightcyan": "#55ffff", "brightwhite": "#ffffff", "default": "",
}  # fmt: skip
"""The VGA colours, by pyte's names (its spelling)."""


def open_in(home: Path, name: str) -> Terminal:
    """Opens calmtrack in a terminal with this TERM, with one evening in its diary."""
    run(home, "calm", "7")
    run(home, "log", "hug", "--note", "by the door")
    terminal = Terminal(home, env={"COLORTERM": "", **TERMINALS[name]})
    terminal.wait_for("how calm did you feel")
    terminal.wait_for("Sleep well.")
    return terminal


def contrasts(terminal: Terminal) -> Iterator[tuple[float, str]]:
    """The contrast of each character on the screen with its background."""
    for row in terminal.screen.buffer.values():
        for cell in row.values():
            if cell.data.strip():
                ink, ground = colour(cell.fg, "#aaaaaa"), colour(cell.bg, "#000000")
                yield contrast(ink, ground), cell.data


def colour(name: str, usual: str) -> Color:
    """A colour by pyte's name or hex number."""
    return Color.parse(VGA.get(name, f"#{name}") or usual)


@pytest.mark.thorough
@pytest.mark.parametrize("name", some_of(TERMINALS, 1))
def test_every_screen_has_enough_contrast(tmp_path: Path, name: str) -> None:
    terminal = open_in(tmp_path, name)
    for key, there in (
        *(("W", "[ ] week"), ("Y", "tab month"), ("C", "view"), ("S", "Colours")),
        ("T", "Sleep well."),
    ):
        terminal.press(key)
        terminal.wait_for(there)
        terminal.read(0.3)
        unclear = [sign for ratio, sign in contrasts(terminal) if ratio < 4.5]
        assert unclear == [], key
    assert terminal.leave() == 0


@pytest.mark.thorough
@pytest.mark.parametrize("name", some_of(TERMINALS, 1))
def test_the_cursor_the_score_and_the_marks_are_characters(tmp_path: Path, name: str) -> None:
    terminal = open_in(tmp_path, name)
    cursor, done = (">", "*") if name == "linux" else ("›", "●")
    assert "[7]" in terminal.text
    terminal.press("\x1b[B")
    terminal.wait_for(f"{cursor} h  Hug")
    (row,) = [line for line in terminal.text.splitlines() if "h  Hug" in line]
    assert done in row
    assert terminal.leave() == 0


@pytest.mark.thorough
def test_the_linux_console_can_draw_every_character(tmp_path: Path) -> None:
    terminal = open_in(tmp_path, "linux")
    for keys, there in (
        *(("?", "Keys, symbols"), ("\x1b", "Sleep well."), ("\x1b[B", "> h  Hug")),
        *(("x", "esc back"), ("\x1b", "Sleep well."), ("P", "Shown on Tonight")),
    ):
        terminal.press(keys)
        terminal.wait_for(there)
        terminal.read(0.3)
        assert terminal.text.isascii(), terminal.text
    assert terminal.leave() == 0


def test_the_terminals_cursor_is_where_one_is_also_after_ctrl_z_and_fg(tmp_path: Path) -> None:
    """Input methods and braille displays follow the terminal's cursor."""
    run(tmp_path, "log", "hug")
    shell = ("bash", "--norc", "--noprofile", "-i")
    terminal = Terminal(tmp_path, program=shell, env={"PS1": "$ "})
    terminal.press(f"{shlex.join(command_under_test())}\r")
    terminal.wait_for("how calm did you feel")
    terminal.press("\x1b[B\x1b[B")
    terminal.wait_for("› l  Laughter")
    row = terminal.text.splitlines().index(one_line_with(terminal, "l  Laughter"))
    terminal.read(0.3)
    assert terminal.screen.cursor.y == row
    terminal.press("n")
    terminal.wait_for("ctrl+j new line")
    cursor = terminal.screen.cursor
    start = (cursor.x, cursor.y)
    terminal.press("joy")
    terminal.wait_for("  joy")
    terminal.read(0.3)
    assert terminal.screen.display[cursor.y][: cursor.x].endswith("  joy")
    # There from the first frame of the dialog on.
    assert start == (cursor.x - len("joy"), cursor.y)
    terminal.press("\x1b")
    terminal.wait_for("› l  Laughter")
    terminal.press("\x1a")
    terminal.wait_for("Stopped")
    terminal.screen.reset()
    terminal.press("fg\r")
    terminal.wait_for("› l  Laughter")
    terminal.press("q")
    terminal.wait_for("Your note isn't saved yet: Laughter, ")
    terminal.press("q")
    terminal.wait_for("$ ")
    assert terminal.leave("exit\r") == 0


def one_line_with(terminal: Terminal, text: str) -> str:
    """The one line of the screen that contains a text."""
    (line,) = [line for line in terminal.text.splitlines() if text in line]
    return line


@pytest.mark.thorough
def test_marks_can_be_turned_on_for_the_console(tmp_path: Path) -> None:
    env = {"TERM": "linux", "CALMTRACK_ASCII": "0"}
    run(tmp_path, "log", "hug")
    assert "●" in run(tmp_path, "today", env=env).stdout
    assert "●" not in run(tmp_path, "today", env={"TERM": "linux"}).stdout


@pytest.mark.parametrize(
    "env",
    some_of(
        [
            {"PYTHONIOENCODING": "ascii"},
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            {"PYTHONIOENCODING": "latin-1"},
        ],
        2,
    ),
)
def test_where_the_encoding_has_no_marks_the_screens_are_in_ascii(
    tmp_path: Path, env: dict[str, str]
) -> None:
    run(tmp_path, "calm", "7")
    run(tmp_path, "log", "hug")
    terminal = Terminal(tmp_path, env=env)
    terminal.wait_for("Sleep well.")
    terminal.press("\x1b[B")
    terminal.wait_for("> h  Hug            *  1 time")
    for keys, there in (
        *(("n", "esc cancel"), ("\x1b", "> h  Hug"), ("W", "* done"), ("Y", "tab month")),
        ("C", "view"),
    ):
        terminal.press(keys)
        terminal.wait_for(there)
        terminal.read(0.3)
        assert terminal.raw.isascii()
        # What the encoding lacks is printed as a question mark.
        assert re.findall(r"(?<![a-z])[?](?! help)", terminal.text) == [], terminal.text
    assert terminal.leave() == 0


def test_letters_that_the_encoding_lacks_are_similar_ones_and_move_no_column(
    tmp_path: Path,
) -> None:
    run(tmp_path, "practices", "add", "Frühstück")
    run(tmp_path, "log", "Frühstück")
    run(tmp_path, "log", "hug")
    terminal = Terminal(tmp_path, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "de_DE.UTF-8"})
    terminal.wait_for("u rueckgaengig")
    rows = [one_line_with(terminal, text) for text in ("Hug  ", "Fruehstueck  ")]
    assert rows[0].index("*") == rows[1].index("*")
    assert terminal.raw.isascii()
    assert re.findall(r"[?](?! Hilfe)", terminal.text.replace("allem?", "")) == [], terminal.text
    assert terminal.leave() == 0
