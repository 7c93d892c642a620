"""The table of screens, and the keys that the bottom line names."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Open
from tracker.diary.diary import Diary
from tracker.tui.bindings import SCREENS, ScreenEntry
from tracker.tui.widgets.key_hints import KeyHints


@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.binding.id)
async def test_each_screen_opens_by_its_key_and_binds_every_key_it_hints_at(
    sit_down: Open, begun: Diary, entry: ScreenEntry
) -> None:
    async with sit_down() as evening:
        await evening.press(entry.binding.key)
        screen = evening.app.screen
        assert type(screen) is entry.load_class()
        keys = {key for _, _, key in screen.query_one(KeyHints).hints if key}
        assert keys - screen.active_bindings.keys() == set()
