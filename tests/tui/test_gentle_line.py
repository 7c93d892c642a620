"""On Tonight, after a heavy evening is rated."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.tui.conftest import TODAY, Open
from tracker.diary.diary import Diary
from tracker.location import Location

HEAVY = "The last two weeks look heavy."


@pytest.fixture
def heavy(place: Location) -> Diary:
    """Thirteen heavy evenings up to yesterday."""
    for back in range(13, 0, -1):
        evening = datetime.fromisoformat(
            f"{(TODAY - timedelta(days=back)).isoformat()}T21:00:00+01:00"
        )
        Diary(place, lambda evening=evening: evening).rate(2)  # type: ignore[misc]
    return Diary(place)


async def test_it_is_said_below_the_list_once_the_rating_is_saved(
    sit_down: Open, heavy: Diary
) -> None:
    async with sit_down() as evening:
        assert HEAVY not in evening.text
        await evening.press("2")
        assert HEAVY in evening.text
        assert "a local helpline?" in evening.text
        assert heavy.day().calm == 2
        await evening.press("left", "right")
        assert HEAVY not in evening.text
        await evening.press("3")
        assert HEAVY not in evening.text


async def test_a_one_that_becomes_a_ten_is_waited_for(sit_down: Open, heavy: Diary) -> None:
    async with sit_down() as evening:
        await evening.pilot.press("1")
        assert HEAVY not in evening.text
        await evening.until(lambda: HEAVY in evening.text)


async def test_it_stays_silent_when_muted(sit_down: Open, heavy: Diary) -> None:
    heavy.support.mute(is_muted=True)
    async with sit_down() as evening:
        await evening.press("2")
        assert HEAVY not in evening.text
        assert "Sleep well" in evening.text
