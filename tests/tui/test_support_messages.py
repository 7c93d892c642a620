"""Support messages on Tonight, after a low rating."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.tui.conftest import TODAY, OpenApp
from tracker.diary.diary import Diary
from tracker.location import Location

HEAVY = "The last two weeks look heavy."


@pytest.fixture
def diary_with_heavy_evenings(location: Location) -> Diary:
    """A diary with thirteen heavy evenings up to yesterday."""
    for back in range(13, 0, -1):
        evening = datetime.fromisoformat(
            f"{(TODAY - timedelta(days=back)).isoformat()}T21:00:00+01:00"
        )
        Diary(location, lambda evening=evening: evening).rate(2)  # type: ignore[misc]
    return Diary(location)


async def test_it_is_shown_below_the_list_once_the_rating_is_saved(
    open_app: OpenApp, diary_with_heavy_evenings: Diary
) -> None:
    async with open_app() as app:
        assert HEAVY not in app.text
        await app.press("2")
        assert HEAVY in app.text
        assert "a local helpline?" in app.text
        assert diary_with_heavy_evenings.day().calm == 2
        await app.press("left", "right")
        assert HEAVY not in app.text
        await app.press("3")
        assert HEAVY not in app.text


@pytest.mark.thorough
async def test_it_waits_until_a_one_can_no_longer_become_a_ten(
    open_app: OpenApp, diary_with_heavy_evenings: Diary
) -> None:
    async with open_app() as app:
        await app.pilot.press("1")
        assert HEAVY not in app.text
        await app.until(lambda: HEAVY in app.text)


@pytest.mark.thorough
async def test_it_stays_silent_when_muted(
    open_app: OpenApp, diary_with_heavy_evenings: Diary
) -> None:
    diary_with_heavy_evenings.support.mute(is_muted=True)
    async with open_app() as app:
        await app.press("2")
        assert HEAVY not in app.text
        assert "Now tap what connected you." in app.text
