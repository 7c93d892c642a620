"""Recap: a month or a year on one page that scrolls, and written to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.conftest import OpenApp, sizes
from tracker.diary.diary import Diary
from tracker.settings import LoadedSettings, Settings
from tracker.tui.screens.recap_screen import RecapScreen


@pytest.mark.parametrize(("width", "height"), sizes((60, 20), (120, 40), (200, 60)))
async def test_a_month_and_its_year(
    open_app: OpenApp,
    three_weeks: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    three_weeks.write_note("calm", "*Rain on the roof, and @Anna beside me.")
    async with open_app(width, height) as app:
        await app.press("R")
        golden(f"recap_{width}x{height}", app.text)
        await app.press("tab")
        assert "‹ Recap: 2026 ›" in app.lines[0]
        golden(f"recap_of_the_year_{width}x{height}", app.text)


async def test_a_month_that_has_just_begun_says_how_to_see_the_month_before(
    open_app: OpenApp, three_weeks: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    hint = "Press [ to see last month."
    for day, is_shown in (("03", True), ("04", False)):
        monkeypatch.setenv("CALMTRACK_NOW", f"2026-12-{day}T21:30+01:00")
        async with open_app() as app:
            await app.press("R")
            assert "Nothing this month yet." in app.text
            assert (hint in app.text) is is_shown
            await app.press("left_square_bracket")
            assert "November 2026" in app.lines[0]
            assert hint not in app.text


async def test_arrows_go_through_months_and_years_up_to_the_current_one(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        await app.press("R", "left_square_bracket")
        assert "October 2026" in app.lines[0]
        assert "Before your diary began." in app.text
        await app.press("right_square_bracket", "right_square_bracket")
        assert "November 2026" in app.lines[0]
        assert "The next one is still ahead." in app.text
        await app.press("tab", "left_square_bracket", "tab")
        assert "December 2025" in app.lines[0]
        await app.press("Y", "left_square_bracket", "R")
        assert "‹ Recap: 2024 ›" in app.lines[0]
        await app.press("Y", "tab", "R")
        assert "‹ Recap: December 2024 ›" in app.lines[0]
        await app.press("full_stop", *"2026-11-03", "enter")
        assert "November 2026" in app.lines[0]
        screen = app.app.screen
        assert isinstance(screen, RecapScreen)
        for _ in range(12):
            screen.action_period(-1)
        screen.action_span()
        await app.settle()
        assert "‹ Recap: 2025 ›" in app.lines[0]
        await app.press("full_stop", *"2026-11-03", "enter")
        await app.press("W")
        assert "2 – 8 November 2026" in app.lines[0]


async def test_fast_keys_reach_every_part_of_it(open_app: OpenApp, three_weeks: Diary) -> None:
    three_weeks.write_note("calm", "*The last line" + "\n" * 30 + "The very last")
    async with open_app(60, 20) as app:
        await app.press("R")
        assert "last line" not in app.text
        for _ in range(3):
            app.app.simulate_key("pagedown")
        await app.settle()
        assert "The very last" in app.text
        for _ in range(3):
            app.app.simulate_key("pageup")
        await app.settle()
        assert "evenings rated" in app.text
        await app.press("end")
        assert "The very last" in app.text
        await app.press("home")
        assert "evenings rated" in app.text


@pytest.mark.thorough
async def test_patterns_are_added_once_they_are_computed(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app(120, 60) as app:
        await app.press("R")
        await app.until(lambda: "your calm may have been" in app.text)


async def test_hidden_scores_are_on_no_page(
    open_app: OpenApp, three_weeks: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    three_weeks.write_note("calm", "*The lake with @Anna")
    async with open_app(80, 40, LoadedSettings(Settings(quiet=True))) as app:
        await app.press("R")
        assert "19 evenings rated." in app.text
        assert "on average" not in app.text
        assert "The lake" in app.text
        await app.press("e", "down", "down", "down", "enter")
        await app.until(lambda: "Wrote the recap of November 2026" in app.words)
        image = (tmp_path / "calmtrack-recap-2026-11-shared.svg").read_text("utf-8")
        assert "Hug" in image
        assert "lake" not in image
        assert "Anna" not in image
        assert "average" not in image
        await app.press("e", "enter")
        await app.until((tmp_path / "calmtrack-recap-2026-11.html").exists)
        assert "The lake" in (tmp_path / "calmtrack-recap-2026-11.html").read_text("utf-8")


async def test_an_empty_diary_has_an_encouraging_page(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("R")
        assert "Nothing this month yet. Tonight is a good time to start." in app.text


async def test_the_longest_bar_is_on_the_line_of_its_practice(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    three_weeks.practices.edit("hug", name="Weeknotes about the library")
    async with open_app(60, 20) as app:
        await app.press("R", "end")
        assert "days  ━━━" in app.line_with("Weeknotes")
        assert not any(line.strip().startswith("━") for line in app.lines)
        await app.press("tab", "end")
        assert "days  ━━━" in app.line_with("Weeknotes")
        assert not any(line.strip().startswith("━") for line in app.lines)
