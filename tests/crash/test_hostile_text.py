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
from tests.crash.hostile import HOSTILE, REJECTED
from tests.effort import by_effort, some_of
from tests.journeys.terminal import Terminal
from tests.tui.conftest import TODAY, OpenApp, location, no_animations, open_app
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.exporters.json_export import export_json
from tracker.importers.import_file import import_file
from tracker.location import Location

__all__ = ["location", "no_animations", "open_app"]
"""Fixtures of the screen tests."""

SHOWN = dict(islice(HOSTILE.items(), 0, None, by_effort(18, 3)))
"""The texts stored by the tests of screens and commands; few in a default run."""

DANGEROUS = [
    *(b"\x1b]0;owned", b"\x1b]52;", b"\x1b]8;", b"\x1b[31337", b"\x1b^", b"\x1b_owned", b"\x07"),
    *(b"\x1b[38;5;196mred", b"\x7f", b"\x08", b"\x1b[>q\x62"),
    *(chr(code).encode() for code in range(0x80, 0xA0)),
    *(mark.encode() for mark in "\u202e\u2066\u2067\u200e\u200f\u061c\u2028\u2029"),
]


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.fixture
def diary_with_texts(location: Location) -> Diary:
    """A diary with each of SHOWN as a note."""
    return write_notes(SHOWN.values(), location)


def write_notes(texts: Iterable[str], location: Location) -> Diary:
    """A diary with each text as a note of a hug and of an evening, day by day."""
    diary = Diary(location)
    diary.create(("hug", "laughter"))
    for back, text in enumerate(texts):
        day = TODAY - timedelta(days=back)
        diary.log("hug", day, note=text)
        diary.rate(5, day, note=text)
    return diary


def stored(diary: Diary) -> list[str]:
    """The notes of hugs, newest first."""
    with diary.stream() as (_, entries, _evenings):
        return [e.note for e in reversed(list(entries)) if e.practice_id == "hug"]


def test_every_text_is_stored_and_exported_unchanged(location: Location, tmp_path: Path) -> None:
    texts = dict(islice(HOSTILE.items(), 0, None, by_effort(18, 1)))
    expected = [nfc(text) for text in texts.values()]
    diary = write_notes(texts.values(), location)
    assert stored(diary) == expected
    for options in ([], ["--raw"], ["--excel"], ["--delimiter", ";"]):
        file = tmp_path / "out.csv"
        command = ["--diary", str(diary.location.path), "export", "-o", str(file), "--force"]
        run(tmp_path, *command, *options, env={"CALMTRACK_NOW": "2026-11-24T21:30:00+01:00"})
        other = Diary(Location(tmp_path / f"other{len(options)}{options[-1:]}.db"))
        import_file(other, file)
        assert stored(other) == expected
    file = tmp_path / "out.json"
    command = ["--diary", str(diary.location.path), "export", "--format", "json", "-o", str(file)]
    run(tmp_path, *command, env={"CALMTRACK_NOW": "2026-11-24T21:30:00+01:00"})
    other = Diary(Location(tmp_path / "other.json.db"))
    import_file(other, file)
    assert stored(other) == expected
    for back, text in enumerate(expected):
        day = (TODAY - timedelta(days=back)).isoformat()
        output = (
            run(
                tmp_path,
                "--diary",
                str(diary.location.path),
                "today",
                "--day",
                day,
                "--json",
                env={"CALMTRACK_NOW": "2026-11-24T21:30:00+01:00"},
            )
            if back % 9 == 0
            else None
        )
        if output is not None:
            assert json.loads(output.stdout)["calm_note"] == text
            assert output.stdout.isascii()


@pytest.mark.parametrize("name", REJECTED)
def test_invalid_text_is_rejected_in_one_sentence(location: Location, name: str) -> None:
    diary = Diary(location)
    diary.press("hug")
    with pytest.raises(InputError) as refused:
        diary.write_note("hug", REJECTED[name])
    assert len(str(refused.value).splitlines()) == 1
    assert stored(diary) == [""]


# A file in UTF-8 can't contain a lone surrogate at all.
@pytest.mark.thorough
@pytest.mark.parametrize(
    "name", some_of([name for name in REJECTED if name != "a lone surrogate"], 1)
)
def test_an_import_replaces_or_truncates_it_and_reports_it(
    location: Location, tmp_path: Path, name: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(
        ["day", "kind", "practice", "name", "unit", "amount", "state", "note", "logged_at"]
    )
    writer.writerow(
        ["2026-11-23", "practice", "hug", "Hug", "times", 1, "logged", REJECTED[name], ""]
    )
    file = tmp_path / "in.csv"
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
    location.file.parent.mkdir(mode=0o700, exist_ok=True)
    done = run(tmp_path, "--diary", str(location.path), "import", str(file))
    assert "line 2" in done.stdout.casefold()
    (note,) = stored(Diary(location))
    assert "\0" not in note
    assert len(note) <= 10_000


# JSON can contain a lone surrogate as an escape.
@pytest.mark.parametrize("name", some_of(REJECTED, 1))
def test_json_is_imported_with_it_replaced_or_truncated_and_reported(
    location: Location, tmp_path: Path, name: str
) -> None:
    other = Diary(Location(tmp_path / "other.db"))
    other.log("hug", note="here")
    file = tmp_path / "in.json"
    export_json(other, file)
    whole = json.loads(file.read_text("utf-8"))
    whole["entries"][0]["note"] = REJECTED[name]
    file.write_text(json.dumps(whole, indent=1), encoding="utf-8")
    location.file.parent.mkdir(mode=0o700, exist_ok=True)
    done = run(tmp_path, "--diary", str(location.path), "import", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert "the note is shortened" in done.stdout or "They're replaced by" in done.stdout
    (note,) = stored(Diary(location))
    assert not {"\0", "\ud800"} & set(note)
    assert 2 < len(note) <= 10_000


@pytest.mark.thorough
def test_hostile_names_in_json_are_imported_whole_or_rejected(
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


def dangerous_sequences_in(raw: bytes) -> list[bytes]:
    """The dangerous sequences in the bytes that reached a terminal."""
    # Textual itself sets the mouse pointer's shape by a sequence that ends in BEL.
    output = re.sub(rb"\x1b\]22;[a-z-]*\x07", b"", raw)
    return [one for one in DANGEROUS if one in output]


@pytest.mark.thorough
def test_no_command_prints_one_to_a_terminal(diary_with_texts: Diary, tmp_path: Path) -> None:
    env = {"CALMTRACK_NOW": "2026-11-24T21:30:00+01:00"}
    commands = [["export"], ["export", "--layout", "days"], ["export", "--format", "json"]]
    for back in range(0, len(SHOWN), 7):
        day = (TODAY - timedelta(days=back)).isoformat()
        commands.append(["week", day])
    for back in range(0, len(SHOWN), 4):
        day = (TODAY - timedelta(days=back)).isoformat()
        commands += [["today", "--day", day], ["today", "--plain", "--day", day]]
    for command in commands:
        terminal = Terminal(
            tmp_path, "--diary", str(diary_with_texts.location.path), *command, env=env
        )
        assert terminal.wait_for_end() == 0
        assert dangerous_sequences_in(terminal.raw) == [], command


def test_a_practices_name_is_stored_as_one_harmless_line(location: Location) -> None:

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


async def test_every_screen_shows_them_as_text_without_delay(
    open_app: OpenApp, diary_with_texts: Diary
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
    # Laying out a whole megabyte took three seconds.
    # Processor time, as wall time depends on other load.
    assert slowest < 1.0
    assert stored(diary_with_texts) == [nfc(text) for text in SHOWN.values()]


def _controls(text: str) -> set[str]:
    return {c for c in text if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u2066\u200e"}


@pytest.mark.thorough
async def test_viewing_a_note_does_not_change_it(
    open_app: OpenApp, diary_with_texts: Diary
) -> None:
    before = stored(diary_with_texts)
    async with open_app(120, 40) as app:
        await app.press("down")
        for _ in range(min(12, len(SHOWN))):
            await app.press("n", "enter", "left", "down")
    assert stored(diary_with_texts) == before


@pytest.mark.thorough
def test_the_app_prints_none_to_a_real_terminal(diary_with_texts: Diary, tmp_path: Path) -> None:
    terminal = Terminal(
        tmp_path,
        *("--diary", str(diary_with_texts.location.path)),
        size=(120, 40),
        env={"CALMTRACK_NOW": "2026-11-24T21:30:00+01:00"},
    )
    terminal.wait_for("how calm did you feel")
    terminal.read(0.5)
    assert dangerous_sequences_in(terminal.raw) == []
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
    assert dangerous_sequences_in(terminal.raw) == []


@pytest.mark.parametrize(
    "name", some_of(["the clipboard", "all of C0 but NUL", "bidi override", "a tab"], 1)
)
async def test_text_pasted_into_a_note_is_shown_as_it_is_stored(
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
