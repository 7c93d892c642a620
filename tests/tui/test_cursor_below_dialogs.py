"""The cursor of a page isn't drawn beside a dialog: no key moves it there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.tui.conftest import AppDriver, OpenApp, sizes
from tests.tui.screen_text import words_of
from tracker.diary.diary import Diary

PAGES: dict[str, Sequence[str]] = {
    "Tonight": ("T",),
    "Tonight's practices": ("T", "down", "down"),
    "Week": ("W",),
    "Week's practices": ("W", "down"),
    "Year": ("Y",),
    "a month": ("Y", "tab"),
    "Calm": ("C",),
    "Patterns": ("C", "shift+tab"),
    "Journal": ("J",),
    "Practices": ("P",),
    "Settings": ("S",),
    "Import": ("I",),
}
"""The keys from Tonight to each page with a cursor."""

CURSOR = r"(?m)^ *› |\[.{1,2}\]|[▲┊]"
"""How a cursor is drawn: before a row, around a cell, in a chart. The name of an open view, in
brackets as well, is longer."""
ASCII_CURSOR = r"(?m)^ *> |\[.{1,2}\]|\^"


def text_around_dialog(app: AppDriver) -> str:
    """What is on the screen to the left and to the right of the dialog, blank in its place."""
    box = app.app.screen.query_one(".box").region
    shown = []
    for y, line in enumerate(app.lines):
        is_beside = box.y <= y < box.bottom
        blank = " " * box.width
        shown.append(line[: box.x] + blank + line[box.right :] if is_beside else line)
    # The keys in the line at the bottom are in brackets, too.
    return "\n".join(shown[1:-1])


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files to choose from on Import."""
    (tmp_path / "moved").mkdir()
    (tmp_path / "moved" / "daylio.csv").touch()
    monkeypatch.setenv("HOME", str(tmp_path / "moved"))


async def assert_is_hidden(app: AppDriver, keys: Sequence[str], cursor: str = CURSOR) -> None:
    """Asserts that the cursor goes when a dialog is opened, and comes back when that is closed."""
    await app.press("T", *keys)
    await app.until(lambda: re.search(cursor, "\n".join(app.lines[1:-1])) is not None)
    before = list(words_of(app.app))
    # The smallest dialog hides the least of the page.
    has_days = "full_stop" in app.app.screen.active_bindings
    await app.press("full_stop" if has_days else "question_mark")
    assert not re.search(cursor, text_around_dialog(app)), text_around_dialog(app)
    await app.press("escape")
    assert list(words_of(app.app)) == before


@pytest.mark.parametrize("page", PAGES)
async def test_it_is_hidden_below_a_dialog(open_app: OpenApp, demo_diary: Diary, page: str) -> None:
    async with open_app(120, 40) as app:
        await assert_is_hidden(app, PAGES[page])


@pytest.mark.thorough
@pytest.mark.parametrize("page", ["Week's practices", "Year", "a month", "Calm", "Journal"])
async def test_it_is_hidden_in_plain_characters(
    open_app: OpenApp, demo_diary: Diary, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    async with open_app(120, 40) as app:
        await assert_is_hidden(app, PAGES[page], ASCII_CURSOR)


@pytest.mark.parametrize(("width", "height"), sizes((120, 40)))
async def test_it_is_hidden_below_the_palette(
    open_app: OpenApp, new_diary: Diary, width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        assert " › Overall" in app.text
        await app.press("ctrl+p")
        assert "\n › " not in app.text
        await app.press("escape")
        assert " › Overall" in app.text


async def test_no_evening_is_highlighted_below_a_dialog(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app(120, 40) as app:
        await app.press("J")
        assert len(backgrounds_at_the_left(app)) == 2
        await app.press("question_mark")
        assert len(backgrounds_at_the_left(app)) == 1


def backgrounds_at_the_left(app: AppDriver) -> set[str]:
    """The background colours of the words at the left edge of a list."""
    words = (word for word in words_of(app.app) if 0 < word.line < 38)
    return {word.background for word in words if word.column < 5}
