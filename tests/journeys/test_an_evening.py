"""A whole evening in a real terminal, from the start until it is saved."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal, run


def export(home: Path) -> list[dict[str, str]]:
    """The output of `calmtrack export`."""
    done = run(home, "export")
    return list(csv.DictReader(StringIO(done.stdout)))


def first_evening(home: Path) -> None:
    """A new user accepts the default practices and quits."""
    terminal = Terminal(home)
    terminal.wait_for("↵ start")
    terminal.press("\r")
    terminal.wait_for("how calm did you feel")
    assert terminal.leave() == 0


def test_six_keys_from_launch_to_saved(tmp_path: Path) -> None:
    first_evening(tmp_path)
    # The terminal's size counts, not the environment's.
    terminal = Terminal(tmp_path, env={"COLUMNS": "61", "LINES": "19"})
    terminal.wait_for("how calm did you feel")
    assert "? help" in terminal.screen.display[23]
    terminal.press("7hlwgt")
    terminal.wait_for("Good talk: yes.")
    assert "7 of 10" in terminal.text
    assert "Calm 7, 5 practices logged. Sleep well." in terminal.text
    # Pasted in a terminal without bracketed paste.
    terminal.press("n")
    terminal.wait_for("ctrl+j")
    terminal.press("on the stairs\rquiet\rhome\r")
    terminal.wait_for("Note saved.")
    assert terminal.leave() == 0
    rows = export(tmp_path)
    assert rows[-1]["note"] == "on the stairs\nquiet\nhome"
    calm = [row["amount"] for row in rows if row["kind"] == "calm"]
    practices = [row["practice"] for row in rows if row["kind"] == "practice"]
    assert calm == ["7"]
    assert practices == ["hug", "laughter", "nature-walk", "gratitude", "good-talk"]


def test_keys_typed_before_the_first_frame_are_handled_in_order(tmp_path: Path) -> None:
    run(tmp_path, "log", "laughter")
    terminal = Terminal(tmp_path)
    terminal.press("10hhq")
    assert terminal.wait_for_end() == 0
    rows = {row["practice"] or "calm": row["amount"] for row in export(tmp_path)}
    assert rows == {"calm": "10", "hug": "2", "laughter": "1"}


@pytest.mark.thorough
def test_keys_typed_before_the_welcome_screen_are_dropped(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.press("7hl\r")
    terminal.wait_for("↵ start")
    terminal.read(0.5)
    assert "Good evening," in terminal.text
    terminal.press("\r")
    terminal.wait_for("how calm did you feel")
    terminal.leave()
    assert export(tmp_path) == []


def test_two_terminals_write_and_the_open_one_shows_it(tmp_path: Path) -> None:
    run(tmp_path, "calm", "6")
    terminal = Terminal(tmp_path)
    terminal.wait_for("6 of 10")
    run(tmp_path, "log", "hug", "3")
    terminal.wait_for("3 times")
    terminal.press("l")
    terminal.wait_for("Laughter: yes.")
    assert terminal.leave() == 0
    rows = {row["practice"] or "calm": row["amount"] for row in export(tmp_path)}
    assert rows == {"calm": "6", "hug": "3", "laughter": "1"}


def test_a_note_with_escape_sequences_is_printed_as_text(tmp_path: Path) -> None:
    note = "[/] \x1b[2J\x1b]52;c;aGk=\x07 =1+1"
    run(tmp_path, "log", "hug", "--note", note)
    terminal = Terminal(tmp_path, size=(120, 40))
    terminal.wait_for("how calm did you feel")
    terminal.wait_for("[/] �[2J")
    terminal.press("\x1b[B")
    terminal.wait_for("Note: [/]")
    terminal.press("W")
    terminal.wait_for("Mon")
    terminal.leave()
    assert b"]52;c" not in terminal.raw.replace("\N{REPLACEMENT CHARACTER}]52;c".encode(), b"")


def test_a_letter_right_after_escape_is_not_typed_into_a_note(tmp_path: Path) -> None:
    run(tmp_path, "calm", "7")
    terminal = Terminal(tmp_path)
    terminal.wait_for("7 of 10")
    terminal.press("n")
    terminal.wait_for("ctrl+j")
    terminal.press("on the stairs")
    terminal.wait_for("on the stairs")
    terminal.press("\x1bq")
    terminal.wait_for("alt+q does nothing here.")
    terminal.press("\r")
    terminal.wait_for("Note saved.")
    assert terminal.leave() == 0
    assert [row["note"] for row in export(tmp_path)] == ["on the stairs"]


def test_without_a_terminal_it_prints_today_and_ends(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 0
    assert "Hug" in done.stdout
    assert done.stderr == ""
