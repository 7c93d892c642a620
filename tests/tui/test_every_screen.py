"""Every screen with a full diary and an empty one, and how to open each from Tonight."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.effort import some_of
from tests.golden import compare
from tests.tui.conftest import TODAY, AppDriver, OpenApp, sizes
from tracker.diary.diary import Diary
from tracker.models import State

SIZES = sizes((120, 40))


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("screen_key", ["T", "W", "P"])
async def test_a_screen_of_a_diary_with_a_year_of_entries(
    open_app: OpenApp,
    demo_diary: Diary,
    golden: Callable[[str, str], None],
    screen_key: str,
    width: int,
    height: int,
) -> None:
    demo_diary.rate(6)
    async with open_app(width, height) as app:
        await app.press(screen_key, "down", "down", "down")
        golden(f"demo_{screen_key}_{width}x{height}", app.text)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("screen_key", ["T", "W", "P"])
async def test_a_screen_of_an_empty_diary(
    open_app: OpenApp,
    new_diary: Diary,
    golden: Callable[[str, str], None],
    screen_key: str,
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press(screen_key)
        golden(f"empty_{screen_key}_{width}x{height}", app.text)


async def test_dialogs_show_their_keys_in_the_smallest_window(
    open_app: OpenApp, demo_diary: Diary, tmp_path: Path
) -> None:
    table = tmp_path / "unknown.csv"
    table.write_text("a;b;c\n1;2;3\n")
    async with open_app(60, 18) as app:
        await app.press("e")
        assert "↵ export   esc cancel" in app.text
        await app.press("escape", "J", "f")
        assert "↵ choose   esc back" in app.text
        await app.press("escape", "question_mark", "a")
        assert "About calmtrack" in app.text
        assert "esc back" in app.text
        await app.press("escape", "escape", "S")
        await app.click("Support messages")
        assert "While all fields are empty" in app.text
        assert "↵ save   tab next   esc cancel" in app.text
        await app.type("mine")
        demo_diary.support.set_lines(["theirs"])
        await app.press("enter")
        assert "These lines were changed" in app.text
        assert "↵ save   tab next   esc cancel" in app.text
        await app.press("escape", "I", "slash", "ctrl+a", "ctrl+k")
        await app.type(str(table))
        await app.press("enter")
        await app.until(lambda: "Where is it from?" in app.words.replace("│ │ ", ""))
        assert "↵ choose   esc back" in app.text


@pytest.mark.parametrize("screen_key", ["T", "W", "Y", "C"])
async def test_reopening_a_screen_shows_the_same(
    open_app: OpenApp, demo_diary: Diary, screen_key: str
) -> None:
    demo_diary.rate(6)
    async with open_app(100, 30) as app:
        await app.press(screen_key, "left")
        await app.settle()
        compare(f"tui/{screen_key}.svg", app.app.export_screenshot(simplify=True))


@pytest.mark.parametrize("screen_key", some_of(["W", "T", "Y", "C", "P", "S"], 1))
async def test_the_palette_lists_every_key_of_the_screen(
    open_app: OpenApp, new_diary: Diary, screen_key: str
) -> None:
    async with open_app() as app:
        await app.press(screen_key)
        screen = app.app.screen
        offered = {one.title for one in app.app.get_system_commands(screen)}
        wanted = {
            active.binding.description
            for active in screen.active_bindings.values()
            if active.node is screen and active.binding.description and active.binding.tooltip
        }
        assert wanted <= offered
        helps = [(one.title, one.help) for one in app.app.get_system_commands(screen)]
        assert len(set(helps)) == len(helps)
        assert {"Tonight", "Week", "Year", "Calm", "Practices", "Settings", "People"} <= offered
        await app.press("ctrl+p")
        await app.type("gratitude")
        await app.press("enter")
        assert "jar" in app.text


# How many keys a new user needs from Tonight for a task. Each key is named
# on the screen at that moment.


def check_hint(app: AppDriver, hint: str) -> None:
    """Checks that the screen names a key together with its action."""
    assert hint in app.words.replace("│ ", ""), hint


@pytest.mark.parametrize("width", some_of([80, 120], 1))
async def test_how_to_log_yesterday_takes_one_key(
    open_app: OpenApp, new_diary: Diary, width: int
) -> None:
    async with open_app(width) as app:
        check_hint(app, "←→ day")
        await app.press("left")
        assert "yesterday" in app.lines[0]
        await app.press("h")
    assert new_diary.day(TODAY.replace(day=23)).practices[0].state is State.DONE


async def test_what_the_streak_means_takes_one_key(open_app: OpenApp, demo_diary: Diary) -> None:
    async with open_app(120, 60) as app:
        check_hint(app, "? help")
        await app.press("question_mark")
        check_hint(app, "streak: days done in a row")
        check_hint(app, "x How this streak is counted")


async def test_how_to_rest_takes_two_keys(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        check_hint(app, "u undo")
        check_hint(app, "z rest")
        await app.press("z")
        check_hint(app, "Rest days are for practices. Choose one with the arrow keys first")
        await app.press("down", "z")
        check_hint(app, "Press Z to plan more")
    assert new_diary.day().practices[0].state is State.REST


async def test_how_to_export_takes_two_keys(
    open_app: OpenApp, new_diary: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with open_app(80, 60) as app:
        await app.press("question_mark")
        check_hint(app, "e Export your diary")
        await app.press("escape", "e")
        assert "calmtrack-2026-11-24" in app.text
