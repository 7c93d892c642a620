"""The screens in German and Spanish: every text fits, and an evening reads naturally."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.effort import some_of
from tests.shared_file import built_once
from tests.tui.conftest import OpenApp, copy_diary, write_three_weeks
from tracker.diary.diary import Diary
from tracker.i18n.messages import set_language
from tracker.location import Location

pytestmark = pytest.mark.usefixtures("german")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets the folder of settings and diary."""
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path / "home"))


@pytest.fixture
def german_weeks(location: Location, german_weeks_file: Path) -> Diary:
    """A diary with three weeks of entries, created in German."""
    return copy_diary(german_weeks_file, location)


@pytest.fixture(scope="module")
def german_weeks_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of that diary, built once per run."""
    set_language("de")
    return built_once(
        tmp_path_factory,
        "tui_drei_wochen.db",
        lambda path: write_three_weeks(Location(path), "@Anna hat angerufen"),
    )


SCREEN_KEYS = {
    "tonight_answered": ("7", "m", "m", "s", "up"),
    "form": ("P", "enter"),
    "help": ("question_mark",),
    "explain": ("down", "x"),
    "week": ("W",),
    "year": ("Y",),
    "calm": ("C",),
    "practices": ("P",),
    "people": ("M",),
    "recap": ("R",),
    "tonight": (),
    "card": ("P", "space"),
    "export": ("e",),
    "days_off": ("Z",),
    "breathe": ("B",),
    "jar": ("G",),
}


@pytest.mark.parametrize("screen_key", some_of(SCREEN_KEYS, 5))
async def test_every_screen_fits_in_german(
    open_app: OpenApp, german_weeks: Diary, golden: Callable[[str, str], None], screen_key: str
) -> None:
    async with open_app(80, 24) as app:
        await app.press(*SCREEN_KEYS[screen_key])
        golden(f"german_{screen_key}_80x24", app.text)


@pytest.mark.parametrize("screen_key", ["P", "C"])
async def test_keys_are_called_as_on_a_german_keyboard(
    open_app: OpenApp, german_weeks: Diary, screen_key: str
) -> None:
    async with open_app(110, 60) as app:
        await app.press(screen_key, "question_mark")
        help_text = app.text
    for name in ("Pos1", "Ende", "Strg+p", "Umschalt+", "Leertaste"):
        assert name in help_text
    english = r"\b(home|end|del|pgup|pgdn|ctrl|shift|space)\b"
    assert re.findall(english, help_text) == []


@pytest.fixture
def spanish_weeks(location: Location, tmp_path_factory: pytest.TempPathFactory) -> Diary:
    """A diary with three weeks of entries, created in Spanish."""
    set_language("es")
    lived = built_once(
        tmp_path_factory,
        "tui_tres_semanas.db",
        lambda path: write_three_weeks(Location(path), "@Ana llamó"),
    )
    return copy_diary(lived, location)


@pytest.mark.parametrize("screen_key", some_of(SCREEN_KEYS, 2))
async def test_every_screen_fits_in_spanish(
    open_app: OpenApp, spanish_weeks: Diary, golden: Callable[[str, str], None], screen_key: str
) -> None:
    letter = spanish_weeks.practices.all()[0].key or ""
    async with open_app(80, 24) as app:
        await app.press(*(letter if key == "m" else key for key in SCREEN_KEYS[screen_key]))
        golden(f"spanish_{screen_key}_80x24", app.text)


async def test_the_day_since_which_a_practice_is_archived_is_whole_in_spanish(
    open_app: OpenApp, spanish_weeks: Diary
) -> None:
    spanish_weeks.practices.archive("joy")
    async with open_app(80, 24) as app:
        await app.press("P")
        assert "desde el martes 24 de noviembre" in app.words
        assert "Archivada " in app.words


async def test_the_heading_of_several_archived_practices_agrees_in_spanish(
    open_app: OpenApp, spanish_weeks: Diary
) -> None:
    for practice_id in ("joy", "hug"):
        spanish_weeks.practices.archive(practice_id)
    async with open_app(80, 24) as app:
        await app.press("P")
        assert "Archivadas " in app.words


@pytest.mark.parametrize(
    ("language", "heading", "last"),
    [
        ("de", "Notizen zu (Tage)", "Frau-Okafor, 1 Tag, zuletzt am 14. November"),
        ("es", "Notas de (días)", "Señora-Okafor, 1 día, último: el 14 de noviembre"),
    ],
)
async def test_people_and_the_heading_of_their_practices_are_whole(
    open_app: OpenApp, new_diary: Diary, language: str, heading: str, last: str
) -> None:
    new_diary.log("hug", date(2026, 11, 14), amount=1, note=f"@{last.partition(',')[0]}")
    set_language(language)
    async with open_app(80, 24) as app:
        await app.press("M")
        assert heading in app.words
        assert last in app.words


async def test_the_settings_fit_in_german(
    open_app: OpenApp, german_weeks: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app(80, 24) as app:
        await app.press("S", "down")
        where = app.line_with("Dein Tagebuch")
        golden("german_settings_80x24", app.text.replace(where, "   Dein Tagebuch"))


async def test_a_new_user_is_welcomed_in_german(
    open_app: OpenApp, diary: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app(80, 24) as app:
        golden("german_welcome_80x24", app.text)
        await app.press("enter", "7", "m")
        row, message = (line for line in app.lines if "Umarmung" in line)
        assert row.startswith(" › m  Umarmung      ●  1 Mal")
        assert message == "   Umarmung: 1 Mal."
    assert [one.name for one in diary.practices.all()][:2] == ["Umarmung", "Lachen"]
    assert diary.practices.all()[0].id == "hug"


async def test_a_past_day_is_asked_about_in_german(open_app: OpenApp, german_weeks: Diary) -> None:
    async with open_app() as app:
        await app.press("left")
        assert "Wie ruhig warst du am Montag?" in app.text
        await app.press("full_stop", *"2025-09-12", "enter")
        assert "Wie ruhig warst du am 12. September 2025?" in app.text


async def test_feedback_of_an_evening_is_in_german(open_app: OpenApp, german_weeks: Diary) -> None:
    async with open_app() as app:
        await app.press("3")
        assert "Schön, dass du da warst" in app.text
        await app.press("m", "m", "u")
        assert "Rückgängig gemacht: Umarmung, Dienstag, 24. November" in app.text
        await app.press("minus", "minus")
        assert "Umarmung: diesmal nicht. Das ist in Ordnung." in app.text
        await app.press("g", "z")
        assert "Gespräch: Ruhetag. Was du eingetragen hast (ja), zählt jetzt nicht." in app.words
        await app.press("z", "backspace", "z")
        assert "Gespräch: Ruhetag. Z plant weitere." in app.text
        await app.press("full_stop", *"gestern", "enter")
        assert "Mo 23. Nov" in app.text
        await app.press("X")
        assert "X tut hier nichts. Ist die Feststelltaste an?" in app.words


@pytest.mark.thorough
@pytest.mark.parametrize(("width", "height"), [(60, 20), (120, 40)])
async def test_tonight_fits_in_german_at_other_sizes(
    open_app: OpenApp,
    german_weeks: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press("7", "m")
        golden(f"german_tonight_{width}x{height}", app.text)
        assert "…    7" not in app.text, "the question is there to its end"


@pytest.mark.thorough
async def test_a_custom_practice_has_its_unit_in_german(
    open_app: OpenApp, german_weeks: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "a")
        assert "Boden spüren, Anlehnen." in app.words.replace("│ │ ", "")
        await app.type("Yoga")
        await app.press("down", "down", "down")
        await app.type("minuten")
        await app.press("enter")
        assert "Yoga (yoga) ist jetzt dabei. Der Buchstabe zum Eintragen ist y." in app.text
        assert "10 Minuten, 7 Tage pro Woche" in app.line_with("› y")
