"""A minute to soften: breathing with a shape, from every room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest

from tests.tui.conftest import Open, Sitting
from tracker.diary.diary import Diary
from tracker.tui.screens import breathe_screen


class Breathing:
    """A clock that a test moves on; the bell is counted."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.bells = 0

    async def sit(self, evening: Sitting, level: Literal["none", "full"] = "full") -> None:
        """Presses B."""
        evening.app.animation_level = level
        await evening.press("B")

    async def wait(self, evening: Sitting, seconds: float) -> None:
        """So much time goes by, and is looked at."""
        self.now += seconds
        await evening.pilot.pause(0.6)
        await evening.settle()

    def ring(self) -> None:
        """The terminal's bell."""
        self.bells += 1


@pytest.fixture
def breathing(monkeypatch: pytest.MonkeyPatch) -> Breathing:
    one = Breathing()
    monkeypatch.setattr(breathe_screen, "monotonic", lambda: one.now)
    monkeypatch.setattr("textual.app.App.bell", lambda _: one.ring())
    return one


def darkness(evening: Sitting) -> int:
    """How much of the shape there is."""
    return sum(evening.text.count(shade) * dark for dark, shade in enumerate("░▒▓█", start=1))


def logged(diary: Diary) -> dict[str, int | None]:
    """What is logged for today."""
    return {row.practice.id: row.amount for row in diary.day().practices if row.amount is not None}


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (60, 20)])
async def test_the_shape_of_a_full_breath(
    sit_down: Open, begun: Diary, golden: Callable[[str, str], None], breathing: Breathing,
    width: int, height: int,
) -> None:  # fmt: skip
    async with sit_down(width, height) as evening:
        await breathing.sit(evening)
        await breathing.wait(evening, 4.9)
        golden(f"breathe_{width}x{height}", evening.text)


async def test_it_grows_and_shrinks(sit_down: Open, begun: Diary, breathing: Breathing) -> None:
    async with sit_down() as evening:
        await breathing.sit(evening)
        empty = darkness(evening)
        assert "breathe in" in evening.text
        assert "breath 1 of 6" in evening.text
        await breathing.wait(evening, 2.5)
        half = darkness(evening)
        await breathing.wait(evening, 2.6)
        full = darkness(evening)
        assert "breathe out" in evening.text
        await breathing.wait(evening, 4.8)
        assert empty <= darkness(evening) < half < full


async def test_where_nothing_is_to_move_there_are_words_and_a_count(
    sit_down: Open, begun: Diary, breathing: Breathing, golden: Callable[[str, str], None]
) -> None:
    async with sit_down() as evening:
        await breathing.sit(evening, "none")
        assert "breathe in 1" in evening.text
        await breathing.wait(evening, 3.1)
        assert "breathe in 4" in evening.text
        await breathing.wait(evening, 2)
        assert "breathe out 1" in evening.text
        assert darkness(evening) == 0
        golden("breathe_still_80x24", evening.text)


async def test_space_pauses_and_goes_on(sit_down: Open, begun: Diary, breathing: Breathing) -> None:
    async with sit_down() as evening:
        await breathing.sit(evening)
        await breathing.wait(evening, 3)
        await evening.press("space")
        shown = darkness(evening)
        await breathing.wait(evening, 300)
        assert "paused" in evening.text
        assert darkness(evening) == shown
        await evening.press("space")
        await breathing.wait(evening, 1)
        assert "breathe in" in evening.text
        await breathing.wait(evening, 2)
        assert "breathe out" in evening.text


async def test_the_bell_is_silent_until_a_key_turns_it_on(
    sit_down: Open, begun: Diary, breathing: Breathing
) -> None:
    async with sit_down() as evening:
        await breathing.sit(evening)
        await breathing.wait(evening, 6)
        assert breathing.bells == 0
        await evening.press("b")
        assert breathing.bells == 1
        assert "The bell rings" in evening.text
        await breathing.wait(evening, 2)
        assert breathing.bells == 1
        await breathing.wait(evening, 3)
        assert breathing.bells == 2
        await evening.press("b")
        await breathing.wait(evening, 5)
        assert breathing.bells == 2


async def test_a_minute_or_up_to_five(sit_down: Open, begun: Diary, breathing: Breathing) -> None:
    async with sit_down() as evening:
        await breathing.sit(evening)
        await evening.press("3")
        assert "breath 1 of 18" in evening.text
        await breathing.wait(evening, 179)
        assert "breath 18 of 18" in evening.text
        await breathing.wait(evening, 2)
        assert "Those were 3 minutes." in evening.text
        await evening.press("5")
        assert "breath 19 of 30" in evening.text
        await evening.press("1")
        assert "That was a minute." in evening.text


async def test_softening_is_offered_at_the_end_and_logged_for_today(
    sit_down: Open, begun: Diary, breathing: Breathing
) -> None:
    async with sit_down() as evening:
        await breathing.sit(evening)
        await evening.press("enter")
        assert "breathe in" in evening.text
        await breathing.wait(evening, 60)
        assert "logs Softening for today" in evening.text
        await evening.press("enter")
        assert "Softening: yes." in evening.text
        assert logged(begun) == {"softening": 1}
        await evening.press("u")
        assert "Undone: Softening" in evening.text


@pytest.mark.parametrize("case", ["done", "archived", "none"])
async def test_it_is_not_offered_where_there_is_nothing_to_add(
    sit_down: Open, diary: Diary, breathing: Breathing, case: str
) -> None:
    diary.begin(("hug",) if case == "none" else ("hug", "softening"))
    if case == "done":
        diary.press("softening")
    elif case == "archived":
        diary.practices.archive("softening")
    before = logged(diary)
    async with sit_down() as evening:
        await breathing.sit(evening)
        await breathing.wait(evening, 60)
        assert "That was a minute." in evening.text
        assert "for today" not in evening.text
        await evening.press("enter")
        assert logged(diary) == before
        await evening.press("escape")
        assert "how calm did you feel" in evening.text


async def test_a_softening_logged_meanwhile_stays(
    sit_down: Open, begun: Diary, breathing: Breathing
) -> None:
    async with sit_down() as evening:
        await breathing.sit(evening)
        await breathing.wait(evening, 60)
        begun.press("softening")
        await evening.press("enter")
        assert logged(begun) == {"softening": 1}


@pytest.mark.parametrize("room", ["T", "W", "Y", "C", "P", "S"])
async def test_it_opens_from_every_room_and_escape_leads_back(
    sit_down: Open, begun: Diary, breathing: Breathing, room: str
) -> None:
    async with sit_down() as evening:
        await evening.press(room)
        before = evening.text
        await breathing.sit(evening)
        assert "breath 1 of 6" in evening.text
        await evening.press("escape")
        assert evening.text == before
        assert logged(begun) == {}


async def test_the_hints_can_be_clicked(sit_down: Open, begun: Diary, breathing: Breathing) -> None:
    async with sit_down() as evening:
        await breathing.sit(evening)
        await evening.click("pause")
        assert "paused" in evening.text
        await evening.click("back")
        assert "how calm did you feel" in evening.text


async def test_the_card_of_softening_leads_to_it(
    sit_down: Open, begun: Diary, breathing: Breathing
) -> None:
    async with sit_down() as evening:
        evening.app.animation_level = "full"
        await evening.press("P", "f", "space")
        assert "B breathe along" in evening.text
        await evening.press("B")
        assert "breath 1 of 6" in evening.text
        await breathing.wait(evening, 60)
        await evening.press("enter")
        assert "Softening: yes." in evening.text
        await evening.press("space")
        await evening.click("breathe along")
        assert "breath 1 of 6" in evening.text
    assert logged(begun) == {"softening": 1}


async def test_no_other_card_does(sit_down: Open, begun: Diary, breathing: Breathing) -> None:
    async with sit_down() as evening:
        await evening.press("P", "h", "space")
        assert "breathe along" not in evening.text
        await evening.press("B")
        assert "Grade A" in evening.text


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_its_row_on_tonight_says_how_to_and_a_click_does_it(
    sit_down: Open, begun: Diary, breathing: Breathing, width: int
) -> None:
    async with sit_down(width) as evening:
        await evening.press(*["down"] * 8)
        assert "and a slow breath? B: breathe along" in evening.words
        await evening.click("breathe along" if width > 60 else "a slow breath")
        assert "breath 1 of 6" in evening.text
