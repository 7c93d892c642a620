"""The terminal's own cursor, which input methods and braille displays follow: it is on the row, in
the field or on the text that one is at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from textual.screen import ModalScreen

from tests.tui.conftest import TODAY, AppDriver, OpenApp, sizes
from tracker.diary.diary import Diary
from tracker.settings import DEFAULTS

SIZES = sizes((60, 20), (120, 40))

LISTS: dict[str, Sequence[str]] = {
    "Tonight": ("T",),
    "Tonight's practices": ("T", "down"),
    "Week": ("W",),
    "Year": ("Y",),
    "Patterns": ("C", "shift+tab"),
    "Journal": ("J",),
    "the filters of Journal": ("J", "f"),
    "People": ("M",),
    "Practices": ("P",),
    "Settings": ("S",),
    "the colours": ("S", "down", "down", "down", "enter"),
    "Import": ("I",),
    "a coin-flip month": ("F",),
}
"""The keys from Tonight to each list with a cursor."""

TEXTS: dict[str, tuple[Sequence[str], str]] = {
    "help": (("question_mark",), "Keys, symbols and numbers"),
    "About": (("question_mark", "a"), "About calmtrack"),
    "About, a line further": (("question_mark", "a", "down"), "measure oxytocin"),
    "Recap": (("R",), "20 evenings rated."),
    "a streak": (("down", "x"), "Wed 18 Nov"),
    "breathing": (("B",), "breathe in 1"),
}
"""The keys from Tonight to each text, and how the line that is read first begins."""


def at_cursor(app: AppDriver) -> str:
    """What is on the screen from the terminal's cursor on."""
    x, y = app.app.cursor_position
    return app.lines[y].ljust(x)[x:].removesuffix("│").rstrip()


def marked_lines(app: AppDriver) -> list[int]:
    """The lines with the marker of a row, of the dialog where one is open."""
    marker = ".*│ +› " if isinstance(app.app.screen, ModalScreen) else " +› "
    return [y for y, line in enumerate(app.lines) if re.match(marker, line)]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some files and a folder to choose from on Import."""
    (tmp_path / "moved" / "old").mkdir(parents=True)
    for name in ("daylio.csv", "loop.zip", "table.csv"):
        (tmp_path / "moved" / name).touch()
    monkeypatch.setenv("HOME", str(tmp_path / "moved"))


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_it_is_on_the_marker_of_the_row(
    open_app: OpenApp, demo_diary: Diary, subtests: pytest.Subtests, width: int, height: int
) -> None:
    demo_diary.log("hug", note="with @Mia")
    async with open_app(width, height) as app:
        for name, keys in LISTS.items():
            with subtests.test(name):
                await app.press("T", *keys)
                if name == "Import":
                    await app.until(lambda: bool(marked_lines(app)))
                for key in ("down", "down", "up", "end"):
                    assert marked_lines(app) == [app.app.cursor_position.y], app.text
                    assert at_cursor(app).startswith("› ")
                    await app.press(key)
                await app.press("escape", "escape")


async def test_it_is_on_the_row_with_ascii_marks_too(
    open_app: OpenApp, demo_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    demo_diary.rate(7)
    async with open_app() as app:
        await app.press("down")
        assert at_cursor(app).startswith("> h  Hug")
        await app.press("C", "left")
        assert at_cursor(app).startswith("^")
        await app.press("Y", "tab")
        assert at_cursor(app).startswith("[23]")


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_it_is_on_the_day_in_a_month_and_below_the_evening_of_the_chart(
    open_app: OpenApp, demo_diary: Diary, width: int, height: int
) -> None:
    demo_diary.rate(7)
    async with open_app(width, height) as app:
        await app.press("Y", "tab")
        for day in (24, 23, 22):
            assert at_cursor(app).startswith(f"[{day}]")
            await app.press("left")
        await app.press("T", "C")
        for _period in range(4):
            for _evening in range(3):
                assert at_cursor(app).startswith("▲")
                await app.press("left")
            await app.press("tab")
        assert at_cursor(app).startswith("› ")


@pytest.mark.parametrize("score", [0, 1])
@pytest.mark.parametrize("plain", [False, True])
async def test_it_is_below_the_evening_of_the_chart_at_its_lowest_scores(
    open_app: OpenApp,
    demo_diary: Diary,
    monkeypatch: pytest.MonkeyPatch,
    score: int,
    plain: bool,
) -> None:
    if plain:
        monkeypatch.setenv("CALMTRACK_ASCII", "1")
    for days in range(3):
        demo_diary.rate(score, TODAY - timedelta(days=days))
    async with open_app(60, 20) as app:
        await app.press("C")
        for _period in range(4):
            for _evening in range(3):
                assert at_cursor(app).startswith("^" if plain else "▲")
                await app.press("left")
            await app.press("tab")


async def test_without_rows_it_is_on_the_sentence_in_their_place(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    hidden = DEFAULTS._replace(settings=DEFAULTS.settings._replace(quiet=True))
    async with open_app(80, 24, hidden) as app:
        await app.press("C")
        assert at_cursor(app).startswith("Calm scores are hidden")
        await app.press("shift+tab")
        assert at_cursor(app).startswith("Calm scores are hidden")


@pytest.mark.parametrize("name", TEXTS)
async def test_on_a_text_it_is_on_the_first_line(
    open_app: OpenApp, three_weeks: Diary, name: str
) -> None:
    keys, begins = TEXTS[name]
    three_weeks.rate(7)
    async with open_app() as app:
        await app.press(*keys)
        assert at_cursor(app).lstrip().startswith(begins)


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_it_is_where_one_types_as_soon_as_a_field_is_shown(
    open_app: OpenApp, three_weeks: Diary, width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        await app.press("down", "n")
        x, y = app.app.cursor_position
        assert app.lines[y][:x].rstrip(" │") == ""
        assert app.lines[y - 2].rstrip(" │") != app.lines[y].rstrip(" │")
        await app.type("hello")
        x, y = app.app.cursor_position
        assert app.lines[y][:x].endswith("  hello")
        await app.press("enter", "n")
        x, y = app.app.cursor_position
        assert app.lines[y][:x].endswith("  hello")
        await app.type(" and so on" * 12)
        await app.press("enter", "n")
        x, y = app.app.cursor_position
        assert "and" in app.lines[y - 1], "a line of the note above it"
        assert app.lines[y][:x].endswith(" on")


@pytest.mark.parametrize("keys", [(".",), ("P", "a"), ("/",)])
async def test_it_is_in_the_first_field_of_a_form(
    open_app: OpenApp, three_weeks: Diary, keys: Sequence[str]
) -> None:
    async with open_app() as app:
        await app.press(*keys)
        x, y = app.app.cursor_position
        await app.type("ab")
        assert app.lines[y][x : x + 2] == "ab"
        assert app.app.cursor_position == (x + 2, y)


async def test_it_is_on_the_value_of_a_field_with_few_of_them(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "a", "tab", "tab", "tab")
        assert at_cursor(app).startswith("yes/no"), app.text


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_it_is_on_the_row_of_the_welcome_also_where_that_scrolls(
    open_app: OpenApp, width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        for _row in range(8):
            assert at_cursor(app).startswith("› [x]")
            await app.press("down")
        assert at_cursor(app).startswith("› [ ] Feet")
