"""Hostile text through every input and on every output: stored as it is, shown as text."""

from __future__ import annotations

import csv
import io
import json
import re
import time
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest

from tests.crash.commands import run
from tests.crash.hostile import HOSTILE, REFUSED
from tests.effort import by_effort, some_of
from tests.journeys.terminal import Terminal
from tests.tui.conftest import TODAY, OpenApp, location, no_animations, open_app
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.exporters.json_export import export_json
from tracker.importers.import_file import import_file
from tracker.location import Location

__all__ = ["location", "no_animations", "open_app"]
"""The fixtures of the screens' own tests serve here as well."""

SHOWN = dict(islice(HOSTILE.items(), 0, None, by_effort(18, 3)))
"""The texts that the tests of whole screens and commands store; few in a default run."""

DANGEROUS = [
    *(b"\x1b]0;owned", b"\x1b]52;", b"\x1b]8;", b"\x1b[31337", b"\x1b^", b"\x1b_owned", b"\x07"),
    *(b"\x1b[38;5;196mred", b"\x7f", b"\x08", b"\x1b[>q\x62"),
    *(chr(code).encode() for code in range(0x80, 0xA0)),
    *(mark.encode() for mark in "\u202e\u2066\u2067\u200e\u200f\u061c\u2028\u2029"),
]


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.fixture
def full(location: Location) -> Diary:
    """A diary in which each of the texts that are shown is a note."""
    return a_diary_of(SHOWN.values(), location)


def a_diary_of(texts: Iterable[str], location: Location) -> Diary:
    """A diary in which each of the texts is a note: of a hug and of an evening, day by day."""
    diary = Diary(location)
    diary.create(("hug", "laughter"))
    for back, text in enumerate(texts):
        day = TODAY - timedelta(days=back)
        diary.log("hug", day, note=text)
        diary.rate(5, day, note=text)
    return diary


def stored(diary: Diary) -> list[str]:
    """The hugs' notes, newest first."""
    with diary.stream() as (_, entries, _evenings):
        return [e.note for e in reversed(list(entries)) if e.practice_id == "hug"]


def test_every_text_is_stored_as_typed_and_comes_out_of_csv_and_json(
    location: Location, tmp_path: Path
) -> None:
    texts = dict(islice(HOSTILE.items(), 0, None, by_effort(18, 1)))
    expected = [nfc(text) for text in texts.values()]
    full = a_diary_of(texts.values(), location)
    assert stored(full) == expected
    for options in ([], ["--raw"], ["--excel"], ["--delimiter", ";"]):
        file = tmp_path / "out.csv"
        command = ["--diary", str(full.location.path), "export", "-o", str(file), "--force"]
        run(tmp_path, *command, *options, env={"CALMTRACK_NOW": "2026-11-24T21:30:00+01:00"})
        other = Diary(Location(tmp_path / f"other{len(options)}{options[-1:]}.db"))
        import_file(other, file)
        assert stored(other) == expected
    file = tmp_path / "out.json"
    command = ["--diary", str(full.location.path), "export", "--format", "json", "-o", str(file)]
    run(tmp_path, *command, env={"CALMTRACK_NOW": "2026-11-24T21:30:00+01:00"})
    other = Diary(Location(tmp_path / "other.json.db"))
    import_file(other, file)
    assert stored(other) == expected
    for back, text in enumerate(expected):
        day = (TODAY - timedelta(days=back)).isoformat()
        output = run(
            tmp_path, "--diary", str(full.location.path), "today", "--day", day, "--json",
            env={"CALMTRACK_NOW": "2026-11-24T21:30:00+01:00"},
        ) if back % 9 == 0 else None  # fmt: skip
        if output is not None:
            assert json.loads(output.stdout)["calm_note"] == text
            assert output.stdout.isascii()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_text_is_refused_in_one_sentence(location: Location, name: str) -> None:
    diary = Diary(location)
    diary.press("hug")
    with pytest.raises(InputError) as refused:
        diary.write_note("hug", REFUSED[name])
    assert len(str(refused.value).splitlines()) == 1
    assert stored(diary) == [""]


# A file in UTF-8 can't hold half a character at all.
@pytest.mark.thorough
@pytest.mark.parametrize(
    "name", some_of([name for name in REFUSED if name != "a lone surrogate"], 1)
)
def test_an_import_replaces_or_cuts_it_and_says_so(
    location: Location, tmp_path: Path, name: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(
        ["day", "kind", "practice", "name", "unit", "amount", "state", "note", "logged_at"]
    )
    writer.writerow(
        ["2026-11-23", "practice", "hug", "Hug", "times", 1, "logged", REFUSED[name], ""]
    )
    file = tmp_path / "in.csv"
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
    done = run(tmp_path, "--diary", str(location.path), "import", str(file))
    assert "line 2" in done.stdout.casefold()
    (note,) = stored(Diary(location))
    assert "\0" not in note
    assert len(note) <= 10_000


# JSON can write half a character as an escape.
@pytest.mark.parametrize("name", some_of(REFUSED, 1))
def test_json_brings_it_replaced_or_cut_and_says_so(
    location: Location, tmp_path: Path, name: str
) -> None:
    other = Diary(Location(tmp_path / "other.db"))
    other.log("hug", note="here")
    file = tmp_path / "in.json"
    export_json(other, file)
    whole = json.loads(file.read_text("utf-8"))
    whole["entries"][0]["note"] = REFUSED[name]
    file.write_text(json.dumps(whole, indent=1), encoding="utf-8")
    done = run(tmp_path, "--diary", str(location.path), "import", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert "the note is shortened" in done.stdout or "They're replaced by" in done.stdout
    (note,) = stored(Diary(location))
    assert not {"\0", "\ud800"} & set(note)
    assert 2 < len(note) <= 10_000


@pytest.mark.thorough
def test_hostile_names_in_json_come_in_whole_or_not_at_all(
    location: Location, tmp_path: Path
) -> None:
    other = Diary(Location(tmp_path / "other.db"))
    other.press("hug")
    file = tmp_path / "in.json"
    export_json(other, file)
    whole = json.loads(file.read_text("utf-8"))
    saved = 0
    refused: list[str] = []
    for text in HOSTILE.values():
        whole["practices"][0]["name"] = text
        file.write_text(json.dumps(whole), encoding="utf-8")
        try:
            import_file(Diary(location), file)
        except InputError as error:
            refused.append(str(error))
            continue
        saved += 1
        assert not _controls(Diary(location).practices.all()[0].name)
    assert saved > 15
    assert all(len(message.splitlines()) == 1 for message in refused)


def harm_in(raw: bytes) -> list[bytes]:
    """Which dangerous sequences stand in what reached a terminal."""
    # Textual itself sets the shape of the mouse pointer by one that ends in a BEL.
    output = re.sub(rb"\x1b\]22;[a-z-]*\x07", b"", raw)
    return [one for one in DANGEROUS if one in output]


@pytest.mark.thorough
def test_no_command_lets_one_through_to_a_terminal(full: Diary, tmp_path: Path) -> None:
    env = {"CALMTRACK_NOW": "2026-11-24T21:30:00+01:00"}
    commands = [["export"], ["export", "--layout", "days"], ["export", "--format", "json"]]
    for back in range(0, len(SHOWN), 7):
        day = (TODAY - timedelta(days=back)).isoformat()
        commands.append(["week", day])
    for back in range(0, len(SHOWN), 4):
        day = (TODAY - timedelta(days=back)).isoformat()
        commands += [["today", "--day", day], ["today", "--plain", "--day", day]]
    for command in commands:
        terminal = Terminal(tmp_path, "--diary", str(full.location.path), *command, env=env)
        assert terminal.wait_for_end() == 0
        assert harm_in(terminal.raw) == [], command


def test_a_practices_name_is_kept_to_one_harmless_line(location: Location) -> None:

    diary = Diary(location)
    saved = 0
    for text in HOSTILE.values():
        try:
            practice = diary.practices.add(text[:60], key="")
        except InputError:
            continue
        saved += 1
        assert "\x1b" not in practice.name
        assert "\n" not in practice.name
    assert saved > 15


async def test_every_screen_shows_them_as_text_without_a_pause(
    open_app: OpenApp, full: Diary
) -> None:
    slowest = 0.0
    async with open_app(120, 40) as app:
        await app.press("down")
        for name, text in SHOWN.items():
            start = time.process_time()
            await app.settle()
            shown = app.text
            slowest = max(slowest, time.process_time() - start)
            assert not any(c in shown for c in _controls(text) - {"\n"}), name
            await app.press("n")
            assert not any(c in app.text for c in _controls(text) - {"\n"}), name
            await app.press("escape", "left", "down")
        await app.press("W")
        for _ in range(8):
            await app.press("left_square_bracket", "down", "up")
        await app.press("Y")
        for text in SHOWN.values():
            start = time.process_time()
            await app.press("left")
            slowest = max(slowest, time.process_time() - start)
            assert not any(c in app.text for c in _controls(text) - {"\n"})
        for room in ("C", "J", "R", "P", "M", "escape", "G", "escape"):
            await app.press(room)
            for text in SHOWN.values():
                assert not any(c in app.text for c in _controls(text) - {"\n"}), room
    # A megabyte laid out whole took three seconds.
    # Processor time: what others do on the machine at the same time doesn't count.
    assert slowest < 1.0
    assert stored(full) == [nfc(text) for text in SHOWN.values()]


def _controls(text: str) -> set[str]:
    return {c for c in text if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u2066\u200e"}


@pytest.mark.thorough
async def test_a_note_that_was_only_looked_at_stays_as_it_was(
    open_app: OpenApp, full: Diary
) -> None:
    before = stored(full)
    async with open_app(120, 40) as app:
        await app.press("down")
        for _ in range(min(12, len(SHOWN))):
            await app.press("n", "enter", "left", "down")
    assert stored(full) == before


@pytest.mark.thorough
def test_the_app_lets_none_through_to_a_real_terminal(full: Diary, tmp_path: Path) -> None:
    terminal = Terminal(
        tmp_path,
        *("--diary", str(full.location.path)),
        size=(120, 40),
        env={"CALMTRACK_NOW": "2026-11-24T21:30:00+01:00"},
    )
    terminal.wait_for("how calm did you feel")
    terminal.read(0.5)
    assert harm_in(terminal.raw) == []
    for _ in SHOWN:
        terminal.press("\x1b[B")
        terminal.read(0.03)
        terminal.press("n")
        terminal.wait_for("save   ctrl+j")
        terminal.press("\r")
        terminal.read(0.03)
        terminal.press("\x1b[D")
        terminal.read(0.03)
    terminal.press("W")
    terminal.wait_for("Mon")
    for _ in range(8):
        terminal.press("[")
        terminal.read(0.05)
    terminal.press("Y")
    terminal.wait_for("Jan")
    for _ in SHOWN:
        terminal.press("\x1b[D")
        terminal.read(0.03)
    for room, shows in (("C", "4 weeks"), ("P", "in this order"), ("W", "Mon")):
        terminal.press(room)
        terminal.wait_for(shows)
    terminal.press("\x1b[B")
    terminal.read(0.2)
    assert terminal.leave() == 0
    assert harm_in(terminal.raw) == []


@pytest.mark.parametrize(
    "name", some_of(["the clipboard", "all of C0 but NUL", "bidi override", "a tab"], 1)
)
async def test_what_is_pasted_into_a_note_is_shown_as_it_is_kept(
    open_app: OpenApp, location: Location, name: str
) -> None:
    from textual import events

    diary = Diary(location)
    diary.create(("hug",))
    diary.press("hug")
    async with open_app(120, 40) as app:
        await app.press("down", "n")
        app.app.post_message(events.Paste(HOSTILE[name]))
        await app.settle()
        assert not _controls(app.text) - {"\n"}
        await app.press("enter")
        await app.settle()
    (note,) = stored(diary)
    assert not _controls(note) - {"\n", "\t"}
    assert note
