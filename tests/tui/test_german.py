"""The screens in German: every room fits, and an evening reads as one would say it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.conftest import Open, lived_three_weeks
from tracker.diary.diary import Diary
from tracker.location import Location

pytestmark = pytest.mark.usefixtures("german")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings lie beside the diary."""
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path / "home"))


@pytest.fixture
def drei_wochen(german: None, place: Location) -> Diary:
    """Three weeks that were begun in German."""
    return lived_three_weeks(place, "@Anna hat angerufen")


ROOMS = {
    "tonight": (),
    "tonight_answered": ("7", "m", "m", "s", "up"),
    "week": ("W",),
    "year": ("Y",),
    "calm": ("C",),
    "practices": ("P",),
    "help": ("question_mark",),
    "people": ("M",),
    "explain": ("down", "x"),
    "card": ("P", "space"),
    "export": ("e",),
    "days_off": ("plus",),
    "breathe": ("B",),
    "jar": ("G",),
    "form": ("P", "enter"),
}


@pytest.mark.parametrize("room", ROOMS)
async def test_every_room_fits_in_german(
    sit_down: Open, drei_wochen: Diary, golden: Callable[[str, str], None], room: str
) -> None:
    async with sit_down(80, 24) as evening:
        await evening.press(*ROOMS[room])
        golden(f"german_{room}_80x24", evening.text)


async def test_the_settings_fit_in_german(
    sit_down: Open, drei_wochen: Diary, golden: Callable[[str, str], None]
) -> None:
    async with sit_down(80, 24) as evening:
        await evening.press("S", "down")
        where = evening.line_with("Das Tagebuch")
        golden("german_settings_80x24", evening.text.replace(where, "   Das Tagebuch"))


async def test_someone_new_is_welcomed_in_german(
    sit_down: Open, diary: Diary, golden: Callable[[str, str], None]
) -> None:
    async with sit_down(80, 24) as evening:
        golden("german_welcome_80x24", evening.text)
        await evening.press("enter", "7", "m")
        row, said = (line for line in evening.lines if "Umarmung" in line)
        assert row.startswith(" › m  Umarmung     ●  1 Mal")
        assert said == "   Umarmung: 1 Mal."
    assert [one.name for one in diary.practices.all()][:2] == ["Umarmung", "Lachen"]
    assert diary.practices.all()[0].id == "hug"


async def test_an_evening_is_told_in_german(sit_down: Open, drei_wochen: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("3")
        assert "Danke, dass du es sagst." in evening.text
        await evening.press("m", "m", "u")
        assert "Zurückgenommen: Umarmung, Dienstag, 24. November." in evening.text
        await evening.press("minus", "minus")
        assert "Umarmung: nein, freundlich notiert." in evening.text
        await evening.press("g", "z")
        assert "Gespräch: ein Pausentag. + für mehr freie Tage." in evening.text
        await evening.press("full_stop", *"gestern", "enter")
        assert "Montag, 23. November" in evening.text
        await evening.press("X")
        assert "X tut hier nichts; ist die Feststelltaste an?" in evening.words


@pytest.mark.parametrize(("width", "height"), [(60, 20), (120, 40)])
async def test_tonight_fits_in_german_at_other_sizes(
    sit_down: Open,
    drei_wochen: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("7", "m")
        golden(f"german_tonight_{width}x{height}", evening.text)
        assert "…    7" not in evening.text, "the question is there to its end"


async def test_a_practice_of_ones_own_is_counted_in_german_words(
    sit_down: Open, drei_wochen: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("P", "plus")
        assert "Boden spüren, Anlehnen." in evening.words.replace("│ │ ", "")
        await evening.type("Yoga")
        await evening.press("down", "down", "down")
        await evening.type("minuten")
        await evening.press("enter")
        assert "Hinzugefügt: Yoga (yoga); der Buchstabe y trägt sie ein." in evening.text
        assert "10 Minuten, 7 von 7 Tagen" in evening.line_with("› y")
