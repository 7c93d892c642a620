"""A question stands above a note being written, on one line, unless it is turned off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.tui.conftest import OpenApp, sizes
from tracker.diary.diary import Diary
from tracker.settings import LoadedSettings, Settings


@pytest.mark.parametrize(("width", "height"), sizes((60, 20)))
async def test_the_question_for_a_note_takes_one_line(
    open_app: OpenApp,
    new_diary: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press("h", "n")
        assert "Who was in your arms today?" in app.text
        golden(f"note_{width}x{height}", app.text)
        await app.type("Mia")
        await app.press("enter")
        assert new_diary.day().practices[0].note == "Mia"
        new_diary.prompts.add(["Wer war es? " + "長い" * 60])
        await app.press("n")
        (place,) = [at for at, line in enumerate(app.lines) if "Wer war es?" in line]
        assert "…" in app.lines[place]
        assert not app.lines[place + 1].strip(" │")


async def test_it_is_turned_off_in_settings(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app(read=LoadedSettings(Settings(prompts=False))) as app:
        await app.press("h", "n")
        assert "Hug" in app.text
        assert "Who was in your arms" not in app.text
        await app.press("escape", "S")
        await app.press(*["down"] * 5)
        row = app.line_with("Question for notes")
        assert "off" in row
        await app.press("right", "T", "h", "n")
        assert "Who was in your arms today?" in app.text
