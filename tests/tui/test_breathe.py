"""The breathing exercise, which opens from every screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from textual import events

from tests.effort import some_of
from tests.tui.conftest import AppDriver, OpenApp, sizes
from tracker.diary.diary import Diary
from tracker.models import UnitChange
from tracker.tui.screens import breathe_screen


class FakeBreathing:
    """A clock that the test advances, and a counter for the terminal's bell."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.bells = 0

    async def open(self, app: AppDriver, level: Literal["none", "full"] = "full") -> None:
        """Opens the breathing screen."""
        app.app.animation_level = level
        await app.press("B")

    async def advance(self, app: AppDriver, seconds: float) -> None:
        """Advances the clock and waits until the screen shows it."""
        self.now += seconds
        await app.pilot.pause(0.6)
        await app.settle()

    def ring(self) -> None:
        """Counts a ring of the terminal's bell."""
        self.bells += 1


@pytest.fixture
def breathing(monkeypatch: pytest.MonkeyPatch) -> FakeBreathing:
    one = FakeBreathing()
    monkeypatch.setattr(breathe_screen, "monotonic", lambda: one.now)
    monkeypatch.setattr("textual.app.App.bell", lambda _: one.ring())
    return one


def darkness(app: AppDriver) -> int:
    """The filled area of the shape, weighted by the darkness of its characters."""
    return sum(app.text.count(shade) * dark for dark, shade in enumerate("░▒▓█", start=1))


def logged(diary: Diary) -> dict[str, int | None]:
    """The amounts logged for today, by practice."""
    return {row.practice.id: row.amount for row in diary.day().practices if row.amount is not None}


async def test_a_notification_is_deferred_until_the_exercise_is_closed_and_covers_no_row(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        rows = [line for line in app.lines[:17] if line]
        app.app.notify_user("Shown before it, but not over it.")
        await app.settle()
        await breathing.open(app)
        assert "over it" not in app.text
        app.app.notify_user("A backup couldn't be made.")
        await breathing.advance(app, 0.1)
        assert "backup" not in app.text
        await app.press("escape")
        await app.until(lambda: "A backup couldn't be made." in app.text)
        assert [line for line in app.lines[:17] if line] == rows
        assert "? help" in app.lines[-1]


async def test_that_nothing_was_pasted_is_said_once_after_the_exercise(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing
) -> None:
    async with open_app() as app:
        await breathing.open(app)
        for _paste in range(2):
            app.app.post_message(events.Paste("7 h l w"))
        await breathing.advance(app, 0.1)
        assert "Nothing was pasted" not in app.text
        await app.press("escape")
        await app.until(lambda: "Nothing was pasted" in app.text)
        assert app.text.count("Nothing was pasted") == 1
    assert new_diary.day().calm is None


@pytest.mark.parametrize(("width", "height"), sizes((120, 40), (60, 20)))
async def test_the_shape_of_a_full_breath(
    open_app: OpenApp,
    new_diary: Diary,
    golden: Callable[[str, str], None],
    breathing: FakeBreathing,
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await breathing.open(app)
        await breathing.advance(app, 4.9)
        golden(f"breathe_{width}x{height}", app.text)


async def test_it_grows_and_shrinks(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing
) -> None:
    async with open_app() as app:
        await breathing.open(app)
        empty = darkness(app)
        assert "breathe in" in app.text
        assert "breath 1 of 6" in app.text
        await breathing.advance(app, 2.5)
        half = darkness(app)
        await breathing.advance(app, 2.6)
        full = darkness(app)
        assert "breathe out" in app.text
        await breathing.advance(app, 4.8)
        assert empty <= darkness(app) < half < full


async def test_without_animations_there_are_words_and_a_count(
    open_app: OpenApp,
    new_diary: Diary,
    breathing: FakeBreathing,
    golden: Callable[[str, str], None],
) -> None:
    async with open_app() as app:
        await breathing.open(app, "none")
        assert "breathe in 1" in app.text
        await breathing.advance(app, 3.1)
        assert "breathe in 4" in app.text
        await breathing.advance(app, 2)
        assert "breathe out 1" in app.text
        assert darkness(app) == 0
        golden("breathe_still_80x24", app.text)


async def test_space_pauses_and_resumes(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing
) -> None:
    async with open_app() as app:
        await breathing.open(app)
        await breathing.advance(app, 3)
        await app.press("space")
        shown = darkness(app)
        await breathing.advance(app, 300)
        assert "paused" in app.text
        assert darkness(app) == shown
        await app.press("space")
        await breathing.advance(app, 1)
        assert "breathe in" in app.text
        await breathing.advance(app, 2)
        assert "breathe out" in app.text


async def test_the_bell_is_silent_until_a_key_turns_it_on(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing
) -> None:
    async with open_app() as app:
        await breathing.open(app)
        await breathing.advance(app, 6)
        assert breathing.bells == 0
        await app.press("b")
        assert breathing.bells == 1
        assert "A bell marks" in app.text
        await breathing.advance(app, 2)
        assert breathing.bells == 1
        await breathing.advance(app, 3)
        assert breathing.bells == 2
        await app.press("b")
        await breathing.advance(app, 5)
        assert breathing.bells == 2


async def test_it_lasts_one_to_five_minutes(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing
) -> None:
    async with open_app() as app:
        await breathing.open(app)
        await app.press("3")
        assert "breath 1 of 18" in app.text
        await breathing.advance(app, 179)
        assert "breath 18 of 18" in app.text
        await breathing.advance(app, 2)
        assert "You breathed slowly for 3 minutes." in app.text
        await app.press("5")
        assert "breath 19 of 30" in app.text
        await app.press("1")
        assert "You breathed slowly for 1 minute." in app.text


async def test_at_the_end_softening_can_be_logged_for_today(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing
) -> None:
    async with open_app() as app:
        await breathing.open(app)
        await app.press("enter")
        assert "breathe in" in app.text
        await breathing.advance(app, 60)
        assert "to log Softening for today" in app.text
        await app.press("enter")
        assert "Softening: yes." in app.text
        assert logged(new_diary) == {"softening": 1}
        await app.press("u")
        assert "Undid: Softening" in app.text


async def test_softening_with_another_unit_is_offered_too(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing
) -> None:
    new_diary.press("softening")
    new_diary.practices.edit("softening", unit="minutes", history=UnitChange.NEW)
    async with open_app() as app:
        await app.press("up", "f")
        await app.press("u", "down")
        await app.press(*["down"] * 8)
        assert "Press B to breathe along." in app.text
        await breathing.open(app)
        await app.press("enter")
        await breathing.advance(app, 60)
        assert "to log Softening for today" in app.text


@pytest.mark.thorough
@pytest.mark.parametrize("case", some_of(["done", "archived", "none"], 1))
async def test_softening_is_not_offered_when_done_archived_or_missing(
    open_app: OpenApp, diary: Diary, breathing: FakeBreathing, case: str
) -> None:
    diary.create(("hug",) if case == "none" else ("hug", "softening"))
    if case == "done":
        diary.press("softening")
    elif case == "archived":
        diary.practices.archive("softening")
    before = logged(diary)
    async with open_app() as app:
        await breathing.open(app)
        await breathing.advance(app, 60)
        assert "You breathed slowly for 1 minute." in app.text
        assert "for today" not in app.text
        await app.press("enter")
        assert logged(diary) == before
        await app.press("escape")
        assert "how calm did you feel" in app.text


async def test_softening_logged_elsewhere_meanwhile_is_preserved(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing
) -> None:
    async with open_app() as app:
        await breathing.open(app)
        await breathing.advance(app, 60)
        new_diary.press("softening")
        await app.press("enter")
        assert logged(new_diary) == {"softening": 1}


@pytest.mark.parametrize("screen_key", some_of(["T", "W", "Y", "C", "P", "S"], 1))
async def test_it_opens_from_every_screen_and_escape_returns_there(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing, screen_key: str
) -> None:
    async with open_app() as app:
        await app.press(screen_key)
        before = app.text
        await breathing.open(app)
        assert "breath 1 of 6" in app.text
        await app.press("escape")
        assert app.text == before
        assert logged(new_diary) == {}


async def test_the_hints_can_be_clicked(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing
) -> None:
    async with open_app() as app:
        await breathing.open(app)
        await app.click("pause")
        assert "paused" in app.text
        await app.click("back")
        assert "how calm did you feel" in app.text


async def test_the_evidence_card_of_softening_opens_it(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing
) -> None:
    async with open_app() as app:
        app.app.animation_level = "full"
        await app.press("P", "f", "space")
        assert "B breathe along" in app.text
        await app.press("B")
        assert "breath 1 of 6" in app.text
        await breathing.advance(app, 60)
        await app.press("enter")
        assert "Softening: yes." in app.text
        await app.press("space")
        await app.click("breathe along")
        assert "breath 1 of 6" in app.text
    assert logged(new_diary) == {"softening": 1}


@pytest.mark.thorough
async def test_no_other_evidence_card_opens_it(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing
) -> None:
    async with open_app() as app:
        await app.press("P", "h", "space")
        assert "breathe along" not in app.text
        await app.press("B")
        assert "Evidence: grade A" in app.text


@pytest.mark.parametrize("width", some_of([80, 60, 120], 1))
async def test_the_row_of_softening_names_the_key_and_a_click_opens_it(
    open_app: OpenApp, new_diary: Diary, breathing: FakeBreathing, width: int
) -> None:
    async with open_app(width) as app:
        await app.press(*["down"] * 8)
        assert "and a slow breath? Press B to breathe" in app.words
        await app.click("breathe along" if width > 60 else "a slow breath")
        assert "breath 1 of 6" in app.text
