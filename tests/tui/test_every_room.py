"""Every room with a year in it and with nothing in it, and the way to everything from Tonight."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.golden import compare
from tests.tui.conftest import TODAY, Open, Sitting
from tracker.diary.diary import Diary
from tracker.models import State

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("room", ["T", "W", "P"])
async def test_with_a_year_in_it(
    sit_down: Open,
    a_year: Diary,
    golden: Callable[[str, str], None],
    room: str,
    width: int,
    height: int,
) -> None:
    a_year.rate(6)
    async with sit_down(width, height) as evening:
        await evening.press(room, "down", "down", "down")
        golden(f"demo_{room}_{width}x{height}", evening.text)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("room", ["T", "W", "P"])
async def test_with_nothing_in_it(
    sit_down: Open,
    begun: Diary,
    golden: Callable[[str, str], None],
    room: str,
    width: int,
    height: int,
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press(room)
        golden(f"empty_{room}_{width}x{height}", evening.text)


@pytest.mark.parametrize("room", ["T", "W", "Y", "C"])
async def test_it_looks_as_it_did(sit_down: Open, a_year: Diary, room: str) -> None:
    a_year.rate(6)
    async with sit_down(100, 30) as evening:
        await evening.press(room, "left")
        await evening.app.workers.wait_for_complete()
        await evening.settle()
        compare(f"tui/{room}.svg", evening.app.export_screenshot(simplify=True))


@pytest.mark.parametrize("room", ["T", "W", "Y", "C", "P", "S"])
async def test_the_palette_reaches_every_key_of_the_room(
    sit_down: Open, begun: Diary, room: str
) -> None:
    async with sit_down() as evening:
        await evening.press(room)
        screen = evening.app.screen
        offered = {one.title for one in evening.app.get_system_commands(screen)}
        wanted = {
            active.binding.description
            for active in screen.active_bindings.values()
            if active.node is screen and active.binding.id
        }
        assert wanted <= offered
        helps = [(one.title, one.help) for one in evening.app.get_system_commands(screen)]
        assert len(set(helps)) == len(helps)
        assert {"Tonight", "Week", "Year", "Calm", "Practices", "Settings", "People"} <= offered
        await evening.press("ctrl+p")
        await evening.type("gratitude")
        await evening.press("enter")
        assert "jar" in evening.text


# What a person who has never seen it finds from Tonight alone. Each step is a key that the
# screen names at that moment.


def named(evening: Sitting, hint: str) -> None:
    """The screen names a key with what it does."""
    assert hint in evening.words.replace("│ ", ""), hint


@pytest.mark.parametrize("width", [80, 120])
async def test_how_to_log_yesterday_takes_one_key(sit_down: Open, begun: Diary, width: int) -> None:
    async with sit_down(width) as evening:
        named(evening, "←→ day")
        await evening.press("left")
        assert "Monday 23 November" in evening.lines[0]
        await evening.press("h")
    assert begun.day(TODAY.replace(day=23)).practices[0].state is State.DONE


async def test_what_the_streak_means_takes_one_key(sit_down: Open, a_year: Diary) -> None:
    async with sit_down(80, 60) as evening:
        named(evening, "? help")
        await evening.press("question_mark")
        named(evening, "streak: days done in a row")
        named(evening, "x How this streak came about")


async def test_how_to_rest_takes_two_keys(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        named(evening, "z rest")
        await evening.press("z")
        named(evening, "Choose a practice first, with the arrow keys.")
        await evening.press("down", "z")
        named(evening, "+ for more days off")
    assert begun.day().practices[0].state is State.REST


async def test_how_to_export_takes_two_keys(
    sit_down: Open, begun: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with sit_down(80, 60) as evening:
        await evening.press("question_mark")
        named(evening, "e Write the diary")
        await evening.press("escape", "e")
        assert "calmtrack-2026-11-24" in evening.text
