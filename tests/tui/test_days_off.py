"""Rest days over several days, such as a holiday or an illness: from any day, for all practices or
some."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.effort import some_cases, some_of
from tests.tui.conftest import TODAY, AppDriver, OpenApp, sizes
from tracker.diary.diary import Diary
from tracker.models import State


def resting(diary: Diary, day: date) -> set[str]:
    """The practices that rest on a day."""
    return {one.practice.id for one in diary.day(day).practices if one.state is State.REST}


async def fill(app: AppDriver, which: str, first: str, last: str, note: str = "") -> None:
    """Fills in the form and saves it; a field's text is selected when it gets the focus."""
    for text in (first, last, which, note):
        await app.press("backspace")
        await app.type(text)
        await app.press("tab")
    await app.press("enter")


@pytest.mark.parametrize(("width", "height"), sizes((120, 40)))
async def test_the_form(
    open_app: OpenApp, new_diary: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        await app.press("Z")
        golden(f"days_off_{width}x{height}", app.text)


async def test_a_holiday_for_all_practices_with_its_reason(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("W", "Z")
        await fill(app, "All Practices", "+1", "+7", "the sea")
        assert "Added rest days for 8 practices: Wednesday 25 November" in app.text
        assert len(resting(new_diary, TODAY + timedelta(days=7))) == 8
        assert resting(new_diary, TODAY) == set()
        assert new_diary.day(TODAY + timedelta(days=2)).practices[0].note == "the sea"
        assert "Wed–Sun 8 practices the sea" in app.words
        await app.press("up", "right")
        assert "Wednesday 25 November 2026. This day is still ahead." in app.text
        await app.press("u")
        assert "Undid: rest" in app.text
        assert resting(new_diary, TODAY + timedelta(days=7)) == set()


async def test_all_practices_and_the_current_day_are_the_defaults(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("W", "left", "down", "down", "Z", "enter")
        assert "Added rest days for 8 practices: Monday 23 November." in app.text
    assert len(resting(new_diary, TODAY - timedelta(days=1))) == 8


@pytest.mark.parametrize("screen", [(), ("W",)])
async def test_a_date_without_a_year_is_the_same_day_for_rest_days_and_to_go_to(
    open_app: OpenApp, new_diary: Diary, screen: tuple[str, ...]
) -> None:
    async with open_app() as app:
        await app.press(*screen, "Z")
        await fill(app, "all", "14.12.", "15.12.")
        assert "Monday 14 December to Tuesday 15 December" in app.words
        await app.press("full_stop", *"14.12", "enter")
        assert "14 December" in app.text
        assert "2025" not in app.text
        await app.press("Z")
        await fill(app, "hug", "20 nov", "21 nov")
        assert "Friday 20 November to Saturday 21 November" in app.words
        await app.press("Z")
        await fill(app, "hug", "2 jan", "")
        assert "Saturday 2 January 2027" in app.words
    assert len(resting(new_diary, date(2026, 12, 14))) == 8


async def test_some_practices_by_name_or_letter(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("Z")
        await fill(app, "hug, w", "today", "")
    assert resting(new_diary, TODAY) == {"hug", "nature-walk"}


async def test_a_name_with_a_comma_can_stand_beside_another(
    open_app: OpenApp, new_diary: Diary
) -> None:
    tea = new_diary.practices.add("Reading, aloud").id
    async with open_app() as app:
        await app.press("W", "Z")
        await fill(app, "reading,aloud, hug", "today", "")
        assert "Added rest days for 2 practices" in app.text
    assert resting(new_diary, TODAY) == {tea, "hug"}


async def test_an_archived_practice_that_was_named_is_said_to_be_archived(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.practices.archive("hug")
    message = "Hug is archived. To bring it back to your list, select it in Practices and press d."
    async with open_app() as app:
        await app.press("Z")
        await fill(app, "h, laughter", "+1", "+1")
        assert "Added rest days for 2 practices" in app.words
        assert message in app.words
        await app.press("Z")
        await fill(app, "laughter", "+2", "+2")
        assert "Added 1 rest day for Laughter: Thursday 26 November." in app.words
        assert message not in app.words


@pytest.mark.thorough
async def test_logged_days_are_not_changed(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.press("hug")
    new_diary.press("laughter")
    async with open_app() as app:
        await app.press("Z")
        await fill(app, "all", "today", "today")
        assert "2 entries are there already and stay as they are." in app.words
    assert new_diary.day().practices[0].state is State.DONE


@pytest.mark.parametrize(
    ("which", "first", "last", "sentence"),
    some_cases(
        [
            ("h, walk", "today", "today", 'called "walk". Did you mean Nature walk?'),
            ("yoga", "today", "today", 'No practice called "yoga"'),
            ("all", "someday", "today", 'I don\'t recognise the date "someday"'),
            ("all", "+3", "+1", "From (Fri 27 Nov) is after To (Wed 25 Nov)."),
            ("all", "20.12.", "14.12.", "From (Sun 20 Dec) is after To (Mon 14 Dec)."),
        ],
        1,
    ),
)
async def test_invalid_input_is_reported_and_the_form_stays_open(
    open_app: OpenApp, new_diary: Diary, which: str, first: str, last: str, sentence: str
) -> None:
    async with open_app() as app:
        await app.press("Z")
        await fill(app, which, first, last)
        assert sentence in app.words
        assert "Run " not in app.text
        assert which in app.text
        await app.press("escape")
    assert not new_diary.has_entries()


async def test_a_later_first_day_moves_the_last_one_along_unless_that_is_typed(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("Z")
        await app.type("30 nov")
        assert "2026-11-30" in app.line_with("To")
        await app.press(*["backspace"] * 6)
        await app.type("fri")
        assert "2026-11-27" in app.line_with("To")
        await app.press("enter")
        assert "Added rest days for 8 practices: Friday 27 November." in app.words
        await app.press("Z", "tab")
        await app.type("1 dec")
        await app.press("shift+tab")
        await app.type("5 dec")
        assert "1 dec" in app.line_with("To")
        await app.press("enter")
        assert "From (Sat 5 Dec) is after To (Tue 1 Dec)." in app.words
        assert "a year apart" not in app.words
        await app.press("tab", "backspace", *"2028-01-01", "enter")
        assert "The first and the last rest day can be at most a year apart." in app.words
        assert "is after To" not in app.words


async def test_a_click_into_a_field_selects_its_text_and_a_second_one_places_the_cursor(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("Z")
        await app.click("2026-11-24", 1)
        await app.type("26.11.")
        assert app.line_with("To").split()[2] == "26.11."
        await app.click("26.11.")
        await app.type("0")
        assert app.line_with("To").split()[2] == "26.011."


async def test_after_a_date_in_the_field_of_practices_the_cursor_is_there(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("Z")
        await fill(app, "27 dec", "2026-12-24", "2026-12-27")
        assert 'No practice called "27 dec"' in app.words
        assert app.app.focused is app.app.screen.query_one("#practices")


async def test_all_practices_are_those_in_the_list_on_each_day(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.press("softening")
    new_diary.practices.archive("softening")
    async with open_app() as app:
        await app.press("Z")
        await fill(app, "all", "today", "+2")
        assert len(resting(new_diary, TODAY + timedelta(days=2))) == 7
        assert "softening" not in resting(new_diary, TODAY + timedelta(days=2))


async def remove(app: AppDriver, which: str, first: str, last: str, note: str = "") -> None:
    """Fills in the form to remove rest days, and saves it."""
    for text in (first, last, which, note):
        await app.press("backspace")
        await app.type(text)
        await app.press("tab")
    await app.press("right", "enter")


async def test_a_cancelled_holiday_is_removed_in_one_step(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("Z")
        await fill(app, "all", "+1", "+7", "the sea")
        await app.press("Z")
        await remove(app, "all", "+2", "+9")
        assert (
            "Removed the rest days of 8 practices: Thursday 26 November to Tuesday 1 December."
            in app.words
        ), "the days that were rest days, not all that were asked for"
        assert len(resting(new_diary, TODAY + timedelta(days=1))) == 8
        assert resting(new_diary, TODAY + timedelta(days=2)) == set()
        assert {row.note for row in new_diary.day(TODAY + timedelta(days=7)).practices} == {""}
        assert 'Their notes are gone, too: "the sea". Press u to get them back.' in app.words
        await app.press("u")
        assert len(resting(new_diary, TODAY + timedelta(days=7))) == 8


async def test_a_changed_reason_is_not_counted_among_the_logged_entries(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.press("hug")
    new_diary.press("laughter")
    new_diary.toggle_rest_day("joy")
    async with open_app() as app:
        await app.press("Z")
        await fill(app, "all", "today", "today", "a cold")
        assert "Changed the note of 1 rest day. 2 entries are there already" in app.words
        await app.press("Z")
        await fill(app, "joy", "today", "today", "a train")
        assert (
            'Changed the note of 1 rest day. It was "a cold" before. Changed your mind? Press u.'
        ) in app.words


async def test_rest_days_of_some_practices_are_removed(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("Z", "enter", "Z")
        await remove(app, "hug, w", "today", "")
        assert "Removed the rest days of 2 practices: Tuesday 24 November." in app.words
        assert len(resting(new_diary, TODAY)) == 6
        await app.press("Z")
        await remove(app, "hug", "today", "")
        assert "None of these was a rest day, so nothing changed" in app.words


async def test_a_reason_is_refused_where_rest_days_are_removed(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("Z", "enter", "Z")
        await remove(app, "all", "today", "", "the sea")
        assert "A reason is only for days you add." in app.words
        assert len(resting(new_diary, TODAY)) == 8
        # The cursor is in the reason.
        await app.press("backspace", "tab", "shift+tab", *"x", "backspace", "enter")
        assert resting(new_diary, TODAY) == set()


async def test_z_mentions_the_form(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("down", "z")
        assert "Hug: rest day. Press Z to plan more." in app.text


@pytest.mark.thorough
async def test_a_choice_and_its_arrows_can_be_clicked_again_and_again(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("Z")
        row = next(y for y, line in enumerate(app.lines) if "What to do" in line)
        value, arrow = app.lines[row].index("add"), app.lines[row].rindex("›")
        for column, words in ((arrow, "remove"), (arrow, "add"), (value, "remove")):
            await app.pilot.click(offset=(column, row))
            await app.settle()
            assert f"‹ {words} rest days" in app.lines[row]


async def test_its_hints_can_be_clicked(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("Z")
        await app.click("↵ save")
        assert resting(new_diary, TODAY) != set()
        await app.press("Z")
        await app.click("esc cancel")
        assert "Days off" not in app.text


@pytest.mark.parametrize("screen", some_of([(), ("W",)], 1))
@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("h", 'Hug: 1 time. The rest day is gone, with its note "A cold". Press u to get both'),
        ("z", 'Hug: rest day removed, with its note "A cold". Press u to get both back.'),
        ("backspace", 'Hug: cleared. The rest day is gone, with its note "A cold". Press u'),
    ],
)
async def test_the_reason_of_a_rest_day_goes_with_it_and_u_brings_it_back(
    open_app: OpenApp, new_diary: Diary, screen: tuple[str, ...], key: str, sentence: str
) -> None:
    new_diary.rest(("hug",), TODAY, TODAY, note="A cold")
    async with open_app() as app:
        await app.press(*screen, "down", key)
        assert sentence in app.words
        assert new_diary.day().practices[0].note == ""
        await app.press("u")
        row = new_diary.day().practices[0]
        assert (row.state, row.note) == (State.REST, "A cold")
        # The note of a rest day is continued, and that of what is logged later is a new one.
        await app.press("n", *"!", "enter")
        assert new_diary.day().practices[0].note == "A cold!"
        await app.press("h", "n", *"Anna", "enter")
        assert new_diary.day().practices[0].note == "Anna"


async def test_logging_on_a_rest_day_says_that_it_is_gone_and_clearing_that_it_is_a_no(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    yesterday = TODAY - timedelta(days=1)
    three_weeks.clear("hug", yesterday)
    three_weeks.rest(("hug",), yesterday, yesterday)
    async with open_app() as app:
        await app.press("left", "h")
        assert "Hug: 1 time. The rest day is gone. Press u to get it back." in app.words
        await app.press("backspace")
        assert "Hug: cleared. As you rated that evening, it counts as a no." in app.words
        await app.press("u", "u")
        assert "hug" in resting(three_weeks, yesterday)
        await app.press("backspace")
        assert "it counts as a no. The rest day is gone. Press u to get it back." in app.words


async def test_one_step_less_on_a_rest_day_says_that_it_is_gone_and_that_it_is_a_no(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    yesterday = TODAY - timedelta(days=1)
    three_weeks.log("hug", yesterday, amount=1)
    three_weeks.toggle_rest_day("hug", yesterday)
    async with open_app() as app:
        await app.press("left", "down", "-")
        assert "it counts as a no. The rest day is gone. Press u to get it back." in app.words
        await app.press("u")
        assert "hug" in resting(three_weeks, yesterday)


async def test_the_reason_of_a_holiday_is_one_of_the_latest_notes(
    open_app: OpenApp, new_diary: Diary
) -> None:
    ids = tuple(one.id for one in new_diary.practices.all())
    first = TODAY - timedelta(days=8)
    new_diary.rest(ids, first, TODAY - timedelta(days=3), note="Weihnachten")
    new_diary.rest(
        ids[:5], TODAY - timedelta(days=2), TODAY - timedelta(days=2), note="Weihnachten"
    )
    new_diary.rest(
        ids[:2], TODAY - timedelta(days=1), TODAY - timedelta(days=1), note="Weihnachten"
    )
    new_diary.rate(6, TODAY - timedelta(days=1), note="back home")
    new_diary.rest(ids[2:], TODAY, TODAY, note="ill")
    async with open_app(120, 40) as app:
        assert "16–23 Nov up to 8 practices:" in app.text
        assert app.text.count("8 practices") == 1
        assert "Mon Evening: back home" in app.words
        await app.press("W", "left_square_bracket")
        assert "Mon–Sun up to 8 practices Weihnachten" in app.words


async def test_a_holiday_with_one_day_on_which_a_practice_was_logged_counts_fewer_that_day(
    open_app: OpenApp, new_diary: Diary
) -> None:
    monday = TODAY - timedelta(days=8)
    ids = tuple(one.id for one in new_diary.practices.all())
    new_diary.rest(ids, monday, monday + timedelta(days=4), note="At Ruth's")
    new_diary.log("hug", monday + timedelta(days=2))
    async with open_app(120, 40) as app:
        assert "16–20 Nov up to 8 practices:" in app.text
        await app.press("W", "left_square_bracket")
        assert "Mon–Fri up to 8 practices At Ruth's" in app.words


async def test_notes_with_the_same_words_about_different_practices_stay_apart(
    open_app: OpenApp, new_diary: Diary
) -> None:
    for back, practice_id in ((3, "hug"), (2, "laughter"), (1, "laughter")):
        new_diary.press(practice_id, TODAY - timedelta(days=back))
        new_diary.write_note(practice_id, "with Anna", TODAY - timedelta(days=back))
    async with open_app(120, 40) as app:
        assert "Sun–Mon Laughter: with Anna" in app.words
        assert "Sat Hug: with Anna" in app.words
