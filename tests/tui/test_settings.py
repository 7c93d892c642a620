"""Settings on their own screen: each holds as soon as it is changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.conftest import Open
from tracker.diary.diary import Diary
from tracker.i18n import locale
from tracker.settings import LoadedSettings, Settings, read_settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings lie beside the diary."""
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
async def test_all_settings_at_a_glance(
    sit_down: Open,
    begun: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("S")
        # Where it lies takes more lines or fewer, by the length of a path that is never the same.
        without = re.sub(r"( The diary).*\n(   (?!About)\S.*\n)*", r"\1\n", evening.text)
        golden(f"settings_{width}x{height}", re.sub(r"\n{3,}", "\n\n", without))


async def test_when_a_day_turns_is_changed_by_the_hour_and_undone(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("S", "left")
        assert "03:00" in evening.line_with("A day turns at")
        await evening.press("right", "right", "right")
        assert begun.settings().day_turns_at.hour == 6
        await evening.press("u")
        assert "Undone: the setting day_turns_at." in evening.text
        assert "05:00" in evening.line_with("A day turns at")


async def test_a_value_can_be_typed_and_a_wrong_one_stays_in_the_box(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("S", "enter", *["backspace"] * 5)
        await evening.type("13:00")
        await evening.press("enter")
        assert "A day can turn at 00:00 to 12:00, not at 13:00." in evening.text
        await evening.press(*["backspace"] * 5)
        await evening.type("0:30")
        await evening.press("enter")
        assert "00:30" in evening.line_with("A day turns at")


async def test_a_week_starts_where_one_wants(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("S", "down", "left")
        assert "Sunday" in evening.line_with("A week starts on")
        await evening.press("W")
        assert "22 – 28 November" in evening.lines[0]


async def test_colours_change_at_once_and_stay(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("S", "down", "down", "right")
        assert evening.app.theme == "calmtrack-day"
        await evening.press("left", "left")
        assert evening.app.theme == "tokyo-night"
    assert read_settings().settings == Settings(theme="tokyo-night")


async def test_hidden_scores_are_on_no_screen(sit_down: Open, a_year: Diary) -> None:
    a_year.rate(8)
    async with sit_down() as evening:
        await evening.press("S", "down", "down", "down", "space", "T")
        assert "rated" in evening.line_with("how calm did you feel")
        assert "of 10" not in evening.text
        assert "[8]" not in evening.text
        assert "That's today." in evening.text
        await evening.press("W")
        assert "calm" not in evening.lines[2]
        assert "●" in evening.line_with("Calm   ")
        assert not any(sign in evening.text for sign in "▁▂▃▄▅▆▇█")
        await evening.press("Y", "down")
        assert "on average" not in evening.text
        assert "Calm: rated." in evening.text
        await evening.press("C")
        assert "Calm scores are hidden." in evening.text
        assert "●" not in evening.text
    assert read_settings().settings.quiet


async def test_a_note_can_still_be_read_where_scores_are_hidden(
    sit_down: Open, begun: Diary
) -> None:
    begun.rate(8, note="rain on the roof")
    async with sit_down() as evening:
        evening.app.change_setting("quiet", True)
        await evening.press("Y")
        assert "rain on the roof" in evening.text
        assert "8" not in evening.line_with("rain on the roof")


async def test_lines_and_arrows_can_be_clicked(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("S")
        await evening.click("A week starts on")
        row = next(y for y, line in enumerate(evening.lines) if "A week starts on" in line)
        await evening.pilot.click(offset=(evening.lines[row].rindex("›"), row))
        await evening.settle()
        assert "Tuesday" in evening.line_with("A week starts on")


async def test_where_the_diary_lies_is_only_told(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("S", *["down"] * 6, "right", "enter")
        assert "calmtrack config diary PATH" in evening.words
        assert str(begun.place.path) in evening.text.replace("\n   ", "")


async def test_what_the_file_says_wrongly_is_told_at_the_start(
    sit_down: Open, begun: Diary
) -> None:
    read = LoadedSettings(Settings(), ("Line 3 of the file is odd.",))
    async with sit_down(read=read) as evening:
        assert "Line 3 of the file is odd." in evening.words


async def test_another_language_is_spoken_at_once_and_kept(
    sit_down: Open, begun: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locale, "_current", {})
    async with sit_down() as evening:
        await evening.press("S", *["down"] * 5)
        assert "as the system has it" in evening.line_with("Language")
        await evening.press("right", "right")
        assert "Deutsch" in evening.line_with("Sprache")
        assert "zurück" in evening.text
        assert read_settings().settings.language == "de"
        await evening.press("escape")
        assert "Wie ruhig warst du heute, alles in allem?" in evening.text
        await evening.press("h")
        assert "Umarmung" not in evening.text, "what is in the diary keeps its name"
        await evening.press("S", "up", "up")
        assert "Sprache" in evening.text
