"""Journal: reading, searching and filtering evenings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.tui.conftest import TODAY, OpenApp, sizes
from tracker.diary.diary import Diary
from tracker.settings import LoadedSettings, Settings
from tracker.tui.dialogs.search_dialog import SearchDialog
from tracker.tui.screens.journal_screen import JournalScreen
from tracker.tui.widgets.evening_list import EveningList


@pytest.mark.parametrize(("width", "height"), sizes((60, 20), (120, 40)))
async def test_the_diary_is_read_searched_and_chosen_from(
    open_app: OpenApp,
    demo_diary: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press("J", "down")
        golden(f"journal_{width}x{height}", app.text)
        await app.press("slash")
        await app.type("Wálk anna")
        golden(f"search_{width}x{height}", app.text)
        await app.press("down", "enter")
        assert "July 2026" in app.lines[0]
        top = next(line for line in app.lines[2:] if "day " in line)
        assert "› Saturday 25 July" in top
        await app.press("f", "down", "enter", "tab", "end")
        assert "with a note. Press esc to see all." in app.text
        assert "› Thursday 27 November 2025" in app.text
        await app.press("escape")
        assert "Press esc" not in app.text
        assert "› Thursday 27 November 2025" in app.text


async def test_journal_that_was_only_read_leads_on_to_today(
    open_app: OpenApp, new_diary: Diary
) -> None:
    yesterday, before = TODAY - timedelta(days=1), TODAY - timedelta(days=3)
    for day in (yesterday, before):
        new_diary.write_note("calm", "A walk", day)
    async with open_app() as app:
        await app.press("J")
        assert "› Monday 23 November" in app.text
        await app.press("W", "h")
        # From a practice's screen, which has no day, too.
        await app.press("P", "J", "W", "l")
        # With the cursor on an older evening, to that.
        await app.press("J", "down", "down", "W", "h")
        # On a day without an evening, back to that.
        await app.press("right", "J")
        assert "› Saturday 21 November" in app.text
        await app.press("W", "l")

    def done(day: date) -> set[str]:
        return {one.practice.id for one in new_diary.day(day).practices if one.amount}

    assert (done(TODAY), done(yesterday)) == ({"hug", "laughter"}, set())
    assert (done(before), done(before + timedelta(days=1))) == ({"hug"}, {"laughter"})


async def test_a_walk_last_spring_is_found_by_following_the_hints(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        assert "/ find" in app.lines[-1]
        await app.press("slash")
        assert 'For example "mia", "mia picnic" or "mia picnic spring"' in app.words
        await app.type("walk anna")
        # Its date is in a column of dates, with the text beside it.
        walk = app.line_with(" Sun 3 May 2026  8   Nature walk: Along the river with @Anna.")
        assert walk.index("2026") == app.line_with("25 Jul").index("2026")
        assert "hardly spoke." in app.lines[app.lines.index(walk) + 1]
        await app.type(" may")
        assert " ›  Sun 3 May 2026" in app.text
        await app.type(" 2025")
        assert "Try fewer words." in app.text
        await app.press(*["backspace"] * 5, "enter")
        assert "May 2026" in app.lines[0]
        assert "› Sunday 3 May" in app.text
        for screen in "WYCPJ":
            await app.press(screen)
            assert ("/ find" in app.lines[-1]) == (screen != "P")
            await app.press("slash")
            assert "Search your notes" in app.text
            await app.press("escape")
        demo_diary.rest(
            ("hug",), TODAY + timedelta(days=10), TODAY + timedelta(days=10), note="Lisbon"
        )
        await app.press("J", "slash")
        await app.type("lisbon")
        assert "Fri 4 Dec 2026" in app.text
        await app.press("enter")
        assert "30 Nov – 6 Dec" in app.lines[0]
        assert "Lisbon" in app.text


async def test_enter_opens_the_day_and_n_writes_its_note(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(7, TODAY - timedelta(days=1), note="A quiet evening.")
    async with open_app() as app:
        await app.press("J", "n")
        await app.type(" With @Tom.")
        await app.press("enter")
        assert "A quiet evening. With @Tom." in app.text
        assert "Note saved." in app.text
        await app.press("u")
        assert "With @Tom." not in app.text.rpartition("Monday 23 November")[2]
        await app.press("enter")
        assert "Mon 23 Nov · yesterday" in app.lines[0]
    assert new_diary.day(TODAY - timedelta(days=1)).calm_note == "A quiet evening."


async def test_n_asks_which_note_where_practices_have_one(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.log("hug", note="at the station")
    new_diary.log("nature-walk", note="along the river")
    async with open_app() as app:
        await app.press("J", "slash")
        await app.type("river")
        await app.until(lambda: "along the" in app.text)
        await app.press("enter", "n")
        assert "› Hug: at the station" in app.words
        await app.press("down", "enter")
        await app.type(", at dusk")
        await app.press("enter")
        assert "along the river, at dusk" in app.text
        await app.press("n", "up", "enter")
        await app.type("With @Tom.")
        await app.press("enter", "n", "escape")
    day = new_diary.day()
    assert day.calm_note == "With @Tom."
    notes = {row.practice.id: row.note for row in day.practices if row.note}
    assert notes == {"hug": "at the station", "nature-walk": "along the river, at dusk"}


async def test_an_evening_with_a_draft_says_so(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.rate(6)
    new_diary.rate(7, TODAY - timedelta(days=1), note="A quiet evening.")
    async with open_app() as app:
        await app.press("J", "down", "n")
        await app.type(" With @Tom.")
        await app.press("escape")
        assert app.line_with("Monday 23 November").endswith("~ draft")
        assert "~" not in app.line_with("Tuesday 24 November")
        await app.press("n", "enter")
        assert "With @Tom." in app.text
        assert "~" not in app.text


async def test_the_reason_of_a_holiday_is_changed_for_all_its_practices_at_once(
    open_app: OpenApp, new_diary: Diary
) -> None:
    """There were eight alike, and editing one left the others."""
    new_diary.rest(None, TODAY, TODAY, note="Huusm")
    new_diary.write_note("hug", "Lina by the fire")
    async with open_app() as app:
        await app.press("J", "n")
        assert "Hug: Lina by the fire" in app.text
        assert app.text.count(": Huusm") == 1
        assert "Rest days of 7 practices: Huusm" in app.text
        await app.press("down", "down", "enter")
        assert "Huusm" in app.line_with("Reason (optional)")
        await app.press("tab", "tab", "tab", *["backspace"] * 5, *"Husum", "enter")
        assert "Changed the notes of the rest days of 7 practices" in app.words
    notes = {row.practice.id: row.note for row in new_diary.day().practices}
    assert notes.pop("hug") == "Lina by the fire"
    assert set(notes.values()) == {"Husum"}


async def test_the_list_of_notes_has_the_drafts(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.rate(6)
    new_diary.log("hug", note="at the station")
    async with open_app() as app:
        await app.press("down", "down", "n")
        await app.type("a silly film")
        await app.press("escape", "J", "n", "enter")
        await app.type(", both times")
        await app.press("escape", "n")
        assert "Hug (draft, not saved): at the station, both times" in app.dialog_words
        assert "Laughter (draft, not saved): a silly film" in app.dialog_words
        await app.press("down", "enter")
        assert "a silly film" in app.dialog_words


async def test_the_cursor_stays_on_an_earlier_evening_of_this_day_after_its_note(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        await app.press("J", "up")
        assert app.line_with("A week ago").startswith(" ›")
        await app.press("n", "escape")
        assert app.line_with("A week ago").startswith(" ›")
        await app.press("down")
        assert app.line_with("Monday 23 November").startswith(" ›")


async def test_home_goes_to_the_newest_evening_below_those_of_this_day(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    three_weeks.rate(7, TODAY)
    async with open_app() as app:
        for keys in (("down", "down"), ("up",), ("end",)):
            await app.press("J", *keys, "home")
            assert app.line_with("Tuesday 24 November").startswith(" ›")
            assert "A week ago" in app.text


async def test_filters_show_only_matching_evenings(open_app: OpenApp, new_diary: Diary) -> None:
    for back, score, note in ((1, 8, "high #garden"), (2, 2, "low with @Ann"), (3, 5, "")):
        new_diary.rate(score, TODAY - timedelta(days=back), note=note)
    new_diary.log("hug", TODAY - timedelta(days=3), amount=2)
    async with open_app() as app:
        await app.press("J", "tab")
        assert "Hug 2 times" not in app.text
        await app.press("tab")
        assert "high #garden" in app.text
        assert "low with" not in app.text
        await app.press("tab")
        assert "low with @Ann" in app.text
        assert "high #garden" not in app.text
        await app.press("tab", "f")
        assert "@Ann" in app.text
        assert "#garden" in app.text
        await app.click("Hug")
        assert "Shown: Hug." in app.text
        assert "Hug 2 times" in app.text
        await app.press("tab")
        assert "No evenings match: Hug, with a note." in app.text
        await app.press("escape", "f")
        await app.click("#garden")
        assert "high #garden" in app.text
        assert "low with" not in app.text


async def test_the_list_of_filters_starts_on_the_one_in_use_and_says_so(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(8, note="with @Ann #garden")
    async with open_app() as app:
        await app.press("J", "f")
        assert "› All evenings (shown now)" in app.words
        await app.press("down", "enter", "f")
        assert "› @Ann (shown now)" in app.words
        assert app.text.count("shown now") == 1
        await app.press("enter", "tab", "f")
        assert "› @Ann (shown now)" in app.words
        await app.press("home", "enter", "tab", "f")
        assert "shown now" not in app.text, "only evenings with a note are"


async def test_where_scores_are_hidden_nothing_shows_them(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(3, TODAY - timedelta(days=7), note="hard")
    new_diary.rate(2, note="harder")
    quiet = LoadedSettings(Settings(quiet=True, low_on_this_day=True))
    async with open_app(read=quiet) as app:
        await app.press("J")
        assert "A week ago" in app.text
        assert "harder" in app.text
        assert "Calm" not in app.text.partition("\n")[2]
        await app.press("tab", "tab")
        assert "Press esc" not in app.text


async def test_an_empty_diary_explains_what_the_journal_will_show(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("J")
        assert "Your evenings will be here to read." in app.text
        await app.press("down", "pagedown", "end", "enter", "n", "left_square_bracket", "slash")
        await app.type("river")
        assert 'No note has "river" in its text or' in app.words
        await app.press("enter", "escape", "escape")
        assert "how calm did you feel today" in app.text


async def test_a_note_taller_than_the_window_is_read_line_by_line(
    open_app: OpenApp, new_diary: Diary
) -> None:
    long = " ".join(f"word{number}" for number in range(900)) + " \x1b[31m[b]the end"
    new_diary.rate(7, TODAY - timedelta(days=1), note=long)
    new_diary.rate(6, TODAY - timedelta(days=2), note="the day before")
    async with open_app(60, 20) as app:
        await app.press("J", "down", "down")
        assert "word0 " not in app.text
        assert "› Sunday" not in app.text
        await app.press(*["pagedown"] * 11)
        assert "�[31m[b]the end" in app.words
        assert "› Sunday 22 November" in app.text
        await app.press("up", "up")
        assert "the end" in app.text


async def test_a_result_is_whole_where_there_is_room_for_all_of_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(7, note=f"A heron {'stood in the reeds for a while and ' * 12}then it flew.")
    async with open_app() as app:
        await app.press("J", "slash", *"heron")
        assert "then it flew." in app.text
        assert "…" not in app.text
        await app.press("escape")
        for back in range(1, 15):
            day = TODAY - timedelta(days=back)
            new_diary.rate(7, day, note="Another heron.")
        await app.press("slash", *"heron")
        assert "then it flew." not in app.text
        assert " …" in app.text


async def test_results_use_the_room_that_a_resize_gives_and_keep_the_cursor_in_view(
    open_app: OpenApp, new_diary: Diary
) -> None:
    for back in range(3):
        long = f"A heron {'stood in the reeds for a while and ' * 12}then it flew."
        new_diary.rate(7, TODAY - timedelta(days=back), note=long)
    async with open_app() as app:
        await app.press("J", "slash", *"heron")
        # The first is whole, for the others there is no room.
        assert (app.text.count("then it flew."), app.text.count(" …")) == (1, 2)
        await app.pilot.resize_terminal(120, 60)
        await app.settle()
        assert app.text.count("then it flew.") == 3
        await app.press("escape")
        for back in range(3, 30):
            new_diary.rate(7, TODAY - timedelta(days=back), note="Another heron.")
        await app.press("slash", *"heron", *["down"] * 25)
        for width, height in ((60, 20), (80, 24)):
            await app.pilot.resize_terminal(width, height)
            await app.settle()
            assert "30 Oct" in app.line_with("›")


async def test_paragraphs_of_a_note_are_separated_by_one_blank_line(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(7, note="Rain.\n\n\nThen sun.\nAnd tea.")
    async with open_app() as app:
        await app.press("J")
        first = next(number for number, line in enumerate(app.lines) if "Rain." in line)
        shown = [line.strip() for line in app.lines[first : first + 4]]
        assert shown == ["Rain.", "", "Then sun.", "And tea."]


async def test_choosing_the_evenings_that_are_shown_stays_in_its_place(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("J", "[", "[")
        before = app.lines[:6]
        assert "November" not in "".join(before)
        await app.press("f", "enter")
        assert app.lines[:6] == before


async def test_keys_faster_than_the_diary_each_go_a_month_back(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("J")
        screen = app.app.screen
        assert isinstance(screen, JournalScreen)
        for by in (-1, -1, -1, -1, -1, 1):
            screen.action_month(by)
        await app.settle()
        assert "July 2026" in app.lines[0]
        assert "› Friday 31 July" in app.lines[2]


@pytest.mark.thorough
async def test_older_evenings_are_loaded_while_scrolling(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("J")
        evenings = app.app.screen.query_one(EveningList)
        first = evenings.option_count
        assert first < 80
        await app.press(*["pagedown"] * 12)
        assert evenings.option_count > first
        month = app.lines[0]
        await app.press("left_square_bracket")
        assert app.lines[0] != month
        await app.press("right_square_bracket")
        assert app.lines[0] == month
        await app.press("end")
        assert "November 2025" in app.lines[0]
        assert evenings.option_count == len(demo_diary.journal.evenings()) + evenings.past_count
        await app.press("home")
        assert "On this day" in app.text
        await app.press("full_stop")
        await app.type("2026-03-08")
        await app.press("enter")
        assert "March 2026" in app.lines[0]
        screen = app.app.screen
        assert isinstance(screen, JournalScreen)
        assert screen.day is not None
        assert screen.day <= TODAY.replace(month=3, day=8)


async def test_a_typed_day_without_an_evening_is_said_to_have_none(
    open_app: OpenApp, new_diary: Diary
) -> None:
    for back in (1, 3, 4):
        new_diary.rate(6, TODAY - timedelta(days=back))
    nothing = "There's nothing here on Sunday 22 November. The cursor is on another evening."
    async with open_app() as app:
        await app.press("J", "full_stop", *"-2", "enter")
        assert nothing in app.words
        assert "› Saturday 21 November" in app.text
        await app.press("full_stop", *"-3", "enter")
        assert "nothing here" not in app.words
        await app.press("full_stop", *"-2", "enter")
        assert nothing in app.words
        await app.press("up")
        assert "nothing here" not in app.words


async def test_tonight_shows_earlier_evenings_of_this_day_beside_the_list(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(7, TODAY - timedelta(days=7), note="along the river with @Anna")
    new_diary.rate(2, TODAY.replace(year=2025), note="a hard one")
    async with open_app(120, 40) as app:
        assert "On this day" in app.text
        assert "A week ago" in app.text
        assert "along the river with @Anna" in app.text
        assert "a hard one" not in app.text
        await app.press("S")
        await app.click("On this day")
        await app.press("right", "T")
        assert "a hard one" in app.text


async def test_a_result_that_comes_while_search_is_being_closed_is_dropped(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    found = demo_diary.journal.search("")
    async with open_app() as app:
        await app.press("J", "slash")
        search = app.app.screen
        assert isinstance(search, SearchDialog)

        async def deliver() -> int:
            """Delivers a result at each iteration of the event loop until the dialog is closed."""
            times = 0
            while search.is_attached:
                search._show("", found)
                times += not search.is_running
                await asyncio.sleep(0)
            return times

        delivered = asyncio.create_task(deliver())
        await app.press("escape")
        assert await delivered > 0


async def test_without_evenings_no_key_for_one_is_named(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("J")
        assert "/ find f filter tab kind T tonight ? help" in app.words
        await app.press("T", "7", "J")
        assert "↑↓ read" in app.text
        assert "n note" in app.text
