"""A coin-flip month: started, shown and stopped on Calm; Tonight shows tomorrow's coin once the
evening is rated."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.diary.factories import add_ratings
from tests.tui.conftest import OpenApp, sizes
from tracker import clock
from tracker.catalogue import practice_templates
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.rules import coin_month as rules
from tracker.settings import LoadedSettings, Settings
from tracker.tui.screens.tonight_screen import Page, StatusLine, TonightScreen


async def test_the_result_is_shown_only_after_the_rating(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.coin_month.begin("nature-walk")
    coin = new_diary.coin_month.tomorrow()
    async with open_app() as app:
        assert coin not in app.text
        await app.press("7")
        assert coin in app.text
        assert "Now tap what connected you." in app.text


async def test_the_coin_is_shown_also_when_there_are_new_patterns(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    demo_diary.coin_month.begin("nature-walk")
    async with open_app() as app:
        await app.press("7")
        assert "New pattern" in app.text
        assert demo_diary.coin_month.tomorrow() in app.text


async def test_an_evening_that_is_rated_already_shows_the_result_at_once(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.coin_month.begin("nature-walk")
    new_diary.rate(7)
    async with open_app() as app:
        assert new_diary.coin_month.tomorrow() in app.text
        await app.press("left")
        assert "tomorrow" not in app.text


async def test_the_end_of_a_month_points_to_its_result(
    open_app: OpenApp, location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = 'Coin-flip month: the result is in. Press F, or run "calmtrack coin".'
    then = Diary(location, lambda: clock.now() - timedelta(days=28))
    then.create(("hug", "laughter", "nature-walk"))
    then.coin_month.begin("nature-walk")
    async with open_app() as app:
        assert over not in app.words
        await app.press("7")
        assert over in app.words
    for day, is_said in (("11-25", True), ("12-24", True), ("12-25", False)):
        monkeypatch.setenv("CALMTRACK_NOW", f"2026-{day}T21:30:00+01:00")
        async with open_app() as app:
            await app.press("7")
            assert (over in app.words) is is_said


@pytest.mark.parametrize("width", [80, 120])
async def test_a_result_that_was_not_read_is_announced_when_the_app_is_opened(
    open_app: OpenApp, location: Location, width: int
) -> None:
    then = Diary(location, lambda: clock.now() - timedelta(days=29))
    then.create(("hug", "laughter", "nature-walk"))
    then.coin_month.begin("nature-walk")
    async with open_app(width, 40) as app:
        assert app.words.replace("│", "").count("the result is in") == 1
        await app.press("7")
        assert app.words.replace("│", "").count("the result is in") == 1
        await app.press("F", "escape")
        assert "the result is in" not in app.words
    async with open_app(width, 40) as app:
        assert "the result is in" not in app.words


async def test_a_result_that_was_read_is_not_announced_any_more(
    open_app: OpenApp, location: Location
) -> None:
    then = Diary(location, lambda: clock.now() - timedelta(days=28))
    then.create(("hug", "laughter", "nature-walk"))
    then.coin_month.begin("nature-walk")
    async with open_app(read=LoadedSettings(Settings(quiet=True))) as app:
        await app.press("7", "F", "escape")
        assert "the result is in" in app.words, "it's hidden"
    async with open_app() as app:
        assert "the result is in" in app.words
        await app.press("F", "escape")
        assert "the result is in" not in app.words
    async with open_app() as app:
        assert "the result is in" not in app.words
        await app.press("F")
        assert "too few rated evenings" in app.dialog_words


async def test_while_scores_are_hidden_a_result_is_too_and_tonight_and_its_key_say_so(
    open_app: OpenApp, location: Location
) -> None:
    then = Diary(location, lambda: clock.now() - timedelta(days=28))
    then.create(("hug", "laughter", "nature-walk"))
    then.coin_month.begin("nature-walk")
    hidden = LoadedSettings(Settings(quiet=True))
    async with open_app(read=hidden) as app:
        await app.press("F")
        assert "Rate your evening to see the result." in app.dialog_words
        await app.press("escape", "7")
        assert "Coin-flip month: the result is in, hidden like your calm scores." in app.words
        await app.press("F")
        said = app.dialog_words
        assert "Results are hidden, like your calm scores. You can show them again in" in said
        assert "too few rated evenings" not in said
    async with open_app(60, 18, hidden) as app:
        assert "Coin-flip month: the result is in, but hidden." in app.words


@pytest.mark.thorough
async def test_without_a_coin_month_no_result_is_shown(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("7")
        assert "coin" not in app.text
        new_diary.coin_month.begin("laughter")
        new_diary.coin_month.stop()
        await app.press("8")
        assert "coin" not in app.text


async def test_leaving_an_unclear_result_as_it_is_says_where_it_stays(
    open_app: OpenApp, location: Location
) -> None:
    then = Diary(location, lambda: clock.now() - timedelta(days=28))
    then.create(("hug", "laughter", "nature-walk"))
    then.coin_month.begin("nature-walk")
    today = Diary(location).today()
    add_ratings(Diary(location), [(today - timedelta(days=n), 6) for n in range(28)])
    async with open_app() as app:
        await app.press("F")
        assert "Another four weeks" in app.text
        await app.press("enter")
        assert "All right. Press F to read the result again." in app.text
        await app.press("F")
        assert "Leave it at that" in app.text
    async with open_app(read=LoadedSettings(Settings(quiet=True))) as app:
        await app.press("F", "enter")
        assert "read the result" not in app.text, "it is hidden with the scores"
    assert Diary(location).coin_month.active() is None


async def test_a_started_month_is_announced_once_on_tonight(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(7)
    async with open_app() as app:
        await app.press("F", "down", "enter")
        coin = new_diary.coin_month.tomorrow()
        assert app.words.count(coin) == 1
        assert (
            f"{coin} The month starts tomorrow and runs until Tuesday 22 December. Changed your "
            "mind? Press u."
        ) in app.words
        await app.press("down")
        assert app.words.count(coin) == 1
        await app.press("u")
    assert new_diary.coin_month.latest() is None


@pytest.mark.parametrize("width", [80, 120])
async def test_the_coin_of_today_goes_when_its_month_is_stopped(
    open_app: OpenApp, location: Location, width: int
) -> None:
    then = Diary(location, lambda: clock.now() - timedelta(days=1))
    then.create(("hug", "laughter", "nature-walk"))
    then.coin_month.begin("nature-walk")
    async with open_app(width, 40) as app:
        assert "Coin-flip month: " in app.text
        await app.press("F")
        # As when a key's page comes once the dialog is open.
        app.app.refresh_screens()
        await app.settle()
        await app.press("down", "enter")
        assert "The coin-flip month is stopped." in app.words
        assert "Coin-flip month: " not in app.text


async def test_results_of_earlier_months_are_shown_below_the_present_one(
    open_app: OpenApp, location: Location
) -> None:
    then = Diary(location, lambda: clock.now() - timedelta(days=40))
    then.create(("hug", "laughter", "nature-walk"))
    then.coin_month.begin("nature-walk")
    Diary(location).coin_month.begin("laughter")
    earlier = "Earlier, 16 October – 12 November 2026: Nature walk: too few rated evenings"
    async with open_app() as app:
        await app.press("F")
        assert earlier in " ".join(app.words.replace("│", "").split())
        await app.press("escape", "C", "shift+tab")
        await app.press(*["down"] * 12)
        assert f"{earlier} to compare." in app.words
    async with open_app(read=LoadedSettings(Settings(quiet=True))) as app:
        await app.press("F")
        assert "Coin-flip month for Laughter: 0 of 28 days so far" in app.words
        assert "Results are hidden" in app.words
        assert "Earlier" not in app.text


async def test_a_chosen_practice_has_earlier_results_above_the_offer_to_start(
    open_app: OpenApp, location: Location
) -> None:
    then = Diary(location, lambda: clock.now() - timedelta(days=40))
    then.create(("hug", "laughter", "nature-walk"))
    then.coin_month.begin("nature-walk")
    Diary(location).coin_month.begin("laughter")
    Diary(location).coin_month.stop()
    async with open_app() as app:
        await app.press("P", "down", "down", "F")
        text = " ".join(app.words.replace("│", "").split())
        places = [
            text.index("Coin-flip month for Laughter: stopped early"),
            text.index("Earlier, 16 October – 12 November 2026: Nature walk: too few rated"),
            text.index("Nature walk: For 28 days"),
            text.index("› Not now Start tomorrow"),
        ]
        assert places == sorted(places)
    async with open_app(read=LoadedSettings(Settings(quiet=True))) as app:
        await app.press("P", "down", "down", "F")
        assert "Nature walk: For 28 days" in app.words
        assert "Earlier" not in app.text


SIZES = sizes((120, 40))
SEED = 4
"""A seed for which tomorrow's result is to aim for the practice."""


@pytest.fixture
def fixed_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pins the random seed of new coin months."""
    monkeypatch.setattr("secrets.randbits", lambda _: SEED)


@pytest.mark.usefixtures("fixed_seed")
@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_it_is_started_shown_and_stopped_by_key(
    open_app: OpenApp, new_diary: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        await app.press("C", "shift+tab")
        await app.press("F")
        golden(f"coin_to_begin_{width}x{height}", app.text)
        await app.press("down", "enter")
        month = new_diary.coin_month.latest()
        assert month is not None
        assert month.practice.id == "nature-walk"
        assert new_diary.coin_month.tomorrow() in app.text
        await app.press("pagedown", "pagedown")
        golden(f"coin_begun_{width}x{height}", app.text)
        await app.press("F")
        golden(f"coin_going_{width}x{height}", app.text)
        await app.press("enter", "F", "down", "enter")
        assert "The coin-flip month is stopped. Everything you logged stays." in app.text
        assert new_diary.coin_month.tomorrow() == ""
        await app.press("u")
        assert new_diary.coin_month.tomorrow() != ""


async def test_one_click_on_a_practice_only_selects_it_and_a_second_one_starts_its_month(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("F")
        await app.click("Nature walk")
        assert "› Nature walk" in app.dialog_words
        assert new_diary.coin_month.latest() is None
        await app.click("› Nature walk")
        month = new_diary.coin_month.latest()
        assert month is not None
        assert month.practice.id == "nature-walk"
        assert "The month starts tomorrow" in app.words


@pytest.mark.thorough
async def test_it_is_started_shown_and_stopped_by_mouse(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app(120, 40) as app:
        await app.press("C", "shift+tab")
        await app.click("You haven't started a coin-flip month yet.")
        await app.click("You haven't started a coin-flip month yet.")
        await app.click("› Laughter")
        assert new_diary.coin_month.tomorrow() != ""
        assert "Coin-flip month for Laughter: 0 of 28 days so far" in app.words
        await app.click("F coin-flip month")
        await app.click("Keep going")
        await app.click("F coin-flip month")
        await app.click("Stop today")
        await app.click("› Stop today")
        assert new_diary.coin_month.tomorrow() == ""


@pytest.mark.thorough
async def test_the_result_of_four_weeks_is_shown_while_it_goes_on_and_after_it_is_stopped(
    open_app: OpenApp, location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = Diary(location, lambda: clock.now() - timedelta(days=28))
    then.create(("hug", "laughter", "nature-walk"))
    month = then.coin_month.begin("nature-walk")
    add_ratings(then, [(month.first + timedelta(days=n), 6) for n in range(28)])
    Diary(location).coin_month.go_on()
    same = "Nature walk: your calm was the same on the days the coin chose"
    async with open_app() as app:
        await app.press("F", "pagedown")
        assert f"Earlier, 28 October – 24 November 2026: {same}" in app.dialog_words
        await app.press("escape")
    async with open_app(read=LoadedSettings(Settings(quiet=True))) as app:
        await app.press("F")
        assert "Results are hidden, like your calm scores." in app.dialog_words
        assert same not in app.dialog_words
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-28T21:30:00+01:00")
    async with open_app() as app:
        await app.press("F", "down", "enter")
        assert "The coin-flip month is stopped." in app.words
        await app.press("F")
        assert app.dialog_words.startswith(f"Coin-flip month {same}")
        assert "so this is the result of the first four." in app.dialog_words


async def test_touch_and_calm_itself_are_not_offered(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app(80, 40) as app:
        await app.press("C", "F")
        offered = app.dialog_words
        assert "› Laughter Nature walk Gratitude Good talk ↵ choose" in offered
        assert "Not offered: Hug, Safe moment" in offered
        assert "Touch should be something you both want. What's much like calm" in offered
        await app.press("q")
        assert app.app.is_running
        assert new_diary.coin_month.latest() is None
    for one in new_diary.practices.all():
        if one.id not in ("hug", "softening"):
            new_diary.practices.archive(one.id)
    async with open_app() as app:
        await app.press("C", "F")
        assert "None of your practices fit a coin-flip month" in app.words


@pytest.mark.parametrize(
    ("archived", "reason", "other"),
    [
        (("hug",), "What's much like calm", "Touch"),
        (("joy", "safe-moment", "softening"), "Touch", "What's much like calm"),
    ],
)
async def test_only_the_reasons_for_what_is_in_the_list_are_given(
    open_app: OpenApp, new_diary: Diary, archived: tuple[str, ...], reason: str, other: str
) -> None:
    for practice_id in archived:
        new_diary.practices.archive(practice_id)
    async with open_app(80, 40) as app:
        await app.press("F")
        assert reason in app.dialog_words
        assert other not in app.dialog_words


@pytest.mark.thorough
async def test_the_selected_one_of_many_practices_is_scrolled_into_view(
    open_app: OpenApp, new_diary: Diary
) -> None:
    for number in range(20):
        new_diary.practices.add(f"Habit {number}", key="")
    async with open_app() as app:
        await app.press("C", "F", *["down"] * 23)
        await app.until(lambda: "› Habit 19" in app.dialog_words)
        assert "› Habit 19" in app.dialog_words
        await app.press("enter")
    month = new_diary.coin_month.latest()
    assert month is not None
    assert month.practice.name == "Habit 19"


async def test_enter_on_a_result_that_was_read_starts_no_other_month(
    open_app: OpenApp, location: Location
) -> None:
    then = Diary(location, lambda: clock.now() - timedelta(days=40))
    then.create(("hug", "laughter", "nature-walk"))
    then.coin_month.begin("nature-walk")
    diary = Diary(location)
    async with open_app(80, 40) as app:
        await app.press("F")
        assert "Nature walk: too few rated evenings" in app.dialog_words
        assert "› Not now Start one for Laughter Start one for Nature walk" in app.dialog_words
        await app.press("enter")
        assert diary.coin_month.active() is None
        await app.press("F", "down", "enter")
    month = diary.coin_month.active()
    assert month is not None
    assert month.practice.id == "laughter"


@pytest.mark.parametrize(("width", "height"), [(80, 24), (60, 20)])
async def test_no_text_of_the_dialog_ends_in_mid_sentence_above_its_list(
    open_app: OpenApp, location: Location, width: int, height: int
) -> None:
    then = Diary(location, lambda: clock.now() - timedelta(days=70))
    then.create(tuple(one.id for one in practice_templates()))
    for back, practice_id in ((70, "laughter"), (40, "nature-walk")):
        then = Diary(location, lambda back=back: clock.now() - timedelta(days=back))  # type: ignore[misc]
        then.coin_month.begin(practice_id)
    async with open_app(width, height) as app:
        for keys in (("F",), ("P", "down", "down", "F")):
            await app.press(*keys)
            inside = [line.strip(" │▁▂▃▄▅▆▇█") for line in app.lines]
            (first,) = [at for at, line in enumerate(inside) if line.startswith("› Not now")]
            above = [line for line in inside[:first] if line]
            assert above[-1].endswith("."), above
            assert "Start one for Good talk" in inside or keys != ("F",)
            await app.press("escape")


@pytest.mark.usefixtures("fixed_seed")
@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_afterwards_the_result_is_shown_with_its_interval(
    open_app: OpenApp,
    location: Location,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    for back in range(29, 0, -1):
        then = Diary(location, lambda back=back: clock.now() - timedelta(days=back))  # type: ignore[misc]
        if back == 29:
            then.create(("hug", "laughter", "nature-walk"))
            then.coin_month.begin("nature-walk")
        then.rate(3 + back % 3 + 4 * (back < 29 and rules.aims(SEED, 28)[28 - back]))
    sentence, _tally = Diary(location).coin_month.status_lines()
    assert "your calm was higher on the days the coin chose" in sentence
    async with open_app(width, height) as app:
        await app.press("C", "shift+tab")
        await app.press("pagedown")
        assert sentence in app.words
        golden(f"coin_over_{width}x{height}", app.text)
        await app.press("F")
        assert sentence in app.dialog_words
        await app.resize(60, 18)
        assert "Start one for Nature walk ↵ choose esc back" in app.dialog_words
        await app.press("escape", "P", "down", "down", "F")
        assert "↵ choose pgdn scroll esc back" in app.dialog_words
    async with open_app(width, height, LoadedSettings(Settings(quiet=True))) as app:
        await app.press("C", "F")
        assert "higher" not in app.text
        assert "Laughter" in app.text


async def test_tonight_shows_todays_coin_with_its_practice(
    open_app: OpenApp, new_diary: Diary
) -> None:
    yesterday = Diary(new_diary.location, lambda: clock.now() - timedelta(days=1))
    yesterday.coin_month.begin("nature-walk")
    today = new_diary.coin_month.today()
    assert "a nature walk" in today
    async with open_app() as app:
        assert today in app.text
        rest_day = "Coin-flip month: Nature walk has a rest day today."
        await app.press("down", "down", "down", "z")
        await app.until(lambda: rest_day in app.text)
        await app.press("z")
        await app.until(lambda: today in app.text)
        await app.press("7")
        assert today not in app.text
        assert new_diary.coin_month.tomorrow() in app.text
    async with open_app(120, 40) as app:
        assert "─ Coin-flip month ─" in app.text
        panel = " ".join(line[70:].replace("│", " ") for line in app.text.splitlines())
        assert re.search("aim for|free day", " ".join(panel.split()))


@pytest.mark.parametrize(("width", "height"), sizes((120, 40), (60, 20)))
async def test_undoing_a_new_name_changes_the_coin_together_with_the_rows(
    open_app: OpenApp, new_diary: Diary, width: int, height: int
) -> None:
    yesterday = Diary(new_diary.location, lambda: clock.now() - timedelta(days=1))
    tea = yesterday.practices.add("Tea")
    yesterday.press(tea.id)
    yesterday.rate(6)
    yesterday.coin_month.begin(tea.id)
    new_diary.practices.edit(tea.id, name="Coffee")
    async with open_app(width, height) as app:
        assert "Yesterday: Coffee" in app.text
        shown: list[str] = []
        tonight = app.app.screen
        assert isinstance(tonight, TonightScreen)
        show_page = tonight.show_page

        def note_what_is_shown(page: Page) -> None:
            show_page(page)
            status = tonight.query_one(StatusLine)
            shown.append(f"{status.text} {status.detail}")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tonight, "show_page", note_what_is_shown)
            await app.press("u")
        assert "Yesterday: Tea" in shown[0]
        assert "Coffee" not in shown[0]
        assert "Yesterday: Tea" in app.text


@pytest.mark.thorough
async def test_a_coin_that_is_too_long_ends_in_dots(open_app: OpenApp, new_diary: Diary) -> None:
    practice = new_diary.practices.add("A walk along the river with the dog")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("secrets.randbits", lambda _: SEED)
        new_diary.coin_month.begin(practice.id)
    async with open_app(60, 20) as app:
        await app.press("7")
        # The name is cut, not the day.
        assert app.line_with('Tomorrow, aim for "A walk along the river').endswith("…")


async def test_at_60_columns_a_free_day_is_announced_in_a_shorter_sentence(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = next(seed for seed in range(99) if not rules.aims(seed, 28)[0])
    monkeypatch.setattr("secrets.randbits", lambda _: seed)
    new_diary.coin_month.begin("nature-walk")
    async with open_app(60, 20) as app:
        await app.press("7")
        assert "   Tomorrow is a free day, with or without a nature walk." in app.lines
        await app.resize(80, 24)
        assert f"   {new_diary.coin_month.tomorrow()}" in app.lines


async def test_it_is_started_from_a_practices_card(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("P", "down", "space")
        assert "F coin-flip month" in app.text
        await app.press("F")
        assert "Laughter: For 28 days" in app.words
        await app.press("enter")
        month = new_diary.coin_month.latest()
        assert month is not None
        assert month.practice.id == "laughter"
        assert new_diary.coin_month.tomorrow() in app.words
        await app.press("up", "space")
        assert "coin-flip month" not in app.dialog_words
