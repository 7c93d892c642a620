"""The first evening of someone new."""

from __future__ import annotations

from collections.abc import Callable

from tests.tui.conftest import Open
from tracker.diary.diary import Diary


async def test_the_first_evening_begins_with_one_screen(
    sit_down: Open, diary: Diary, golden: Callable[[str, str], None]
) -> None:
    async with sit_down() as evening:
        golden("welcome_80x24", evening.text)
        await evening.press("enter")
        assert "how calm did you feel" in evening.text
        await evening.press("7", "h")
    assert diary.day().calm == 7


async def test_letters_and_digits_do_nothing_on_it(sit_down: Open, diary: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("7", "h", "l")
        assert "Good evening." in evening.text
        await evening.press("enter")
    assert not diary.has_entries()


async def test_the_practices_are_chosen_there(sit_down: Open, diary: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("space", "up", "down", "down", "space")
        await evening.click("Leaning on someone")
        await evening.press("enter")
        assert "Leaning on someone" in evening.text
    assert [p.id for p in diary.practices.all()] == [
        "laughter", "gratitude", "good-talk", "safe-moment", "joy", "softening", "leaning",
    ]  # fmt: skip


async def test_it_does_not_come_where_there_are_entries(sit_down: Open, diary: Diary) -> None:
    diary.press("hug")
    async with sit_down() as evening:
        assert "how calm did you feel" in evening.text


async def test_it_does_not_come_twice(sit_down: Open, diary: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("enter")
    async with sit_down() as evening:
        assert "how calm did you feel" in evening.text


async def test_leaving_it_creates_nothing(sit_down: Open, diary: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("q")
    assert diary.place.path is not None
    assert not diary.place.path.exists()
