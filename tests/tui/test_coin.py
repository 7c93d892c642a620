"""In a coin-flip month Tonight tells tomorrow's coin, once the evening is rated."""

from __future__ import annotations

from tests.tui.conftest import Open
from tracker.diary.coin import begin_coin, stop_coin, tomorrows_coin
from tracker.diary.diary import Diary


async def test_it_is_told_after_the_rating_and_not_before(sit_down: Open, begun: Diary) -> None:
    begin_coin(begun, "nature-walk")
    coin = tomorrows_coin(begun)
    async with sit_down() as evening:
        assert coin not in evening.text
        await evening.press("7")
        assert coin in evening.text
        assert "That's today. Sleep well." in evening.text


async def test_an_evening_rated_already_tells_it_when_it_is_opened(
    sit_down: Open, begun: Diary
) -> None:
    begin_coin(begun, "nature-walk")
    begun.rate(7)
    async with sit_down() as evening:
        assert tomorrows_coin(begun) in evening.text
        await evening.press("left")
        assert "Tomorrow's coin" not in evening.text


async def test_without_a_month_there_is_no_coin(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("7")
        assert "coin" not in evening.text
        begin_coin(begun, "laughter")
        stop_coin(begun)
        await evening.press("8")
        assert "coin" not in evening.text
