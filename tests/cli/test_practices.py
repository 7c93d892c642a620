"""`calmtrack practices` lists, adds and changes practices."""

import json
import shlex
from datetime import timedelta

import pytest

from tests.cli.command_line import TODAY, CommandLine, Golden, on_evening
from tracker.diary.diary import Diary
from tracker.i18n.messages import set_language
from tracker.location import Location
from tracker.models import Unit
from tracker.render.practice_text import figure_words


def test_a_custom_practice_is_added(type_in: CommandLine, location: Location) -> None:
    output = type_in.ok(
        *("practices", "add", "Call Grandma", "--unit", "minutes", "--amount", "15"),
        *("--step", "5", "--days-per-week", "2", "--question", "Did you call?"),
    ).out
    assert output == (
        "Added Call Grandma (call-grandma). The letter c logs it. Its goal: 15 minutes, 2 days a "
        "week.\n"
    )
    assert "c  call-grandma  Call Grandma   15 minutes, 2 days a week" in (
        type_in.ok("practices", "list").out
    )
    assert type_in.ok("log", "c").out == "Logged: Call Grandma, 15 minutes.\n"
    assert Diary(location).practices.find("c").question == "Did you call?"


def test_a_practice_can_have_no_letter_or_another_one(type_in: CommandLine) -> None:
    output = type_in.ok("practices", "add", "Piano", "--key", "").out
    assert output == "Added Piano (piano), without a letter to log it. Its goal: 7 days a week.\n"
    type_in.ok("practices", "edit", "piano", "--key", "p")
    assert type_in.ok("log", "p").out.startswith("Logged: Piano.")


def test_a_shipped_practice_is_added_by_its_id(type_in: CommandLine) -> None:
    output = type_in.ok("practices", "add", "bare-feet").out
    assert output == (
        "Added Feet on the earth (bare-feet). The letter b logs it. Its goal: 2 days a week.\n"
    )


def test_an_edit_keeps_the_history_and_can_be_undone(
    type_in: CommandLine, location: Location
) -> None:
    type_in.ok("log", "hug")
    output = type_in.ok(
        "practices", "edit", "hug", "--name", "Long hug", "--amount", "2", "--days-per-week", "7"
    ).out
    assert output == (
        "Hug is now called Long hug. The goal is now 2 times, 7 days a week. It was 1 time, 5 days "
        "a week.\n"
        "The new goal applies from today. Your figures for this practice are now: "
        "no days yet. They were: 1 day in total.\n"
    )
    (row,) = [row for row in Diary(location).day().practices if row.practice.id == "hug"]
    assert (row.practice.name, row.state.value, row.days_per_week) == ("Long hug", "some", 7)
    assert type_in.ok("undo").out == (
        "Undid: changes to Hug. It was Long hug; now it's Hug. "
        "Goal was 2 times, 7 days a week; now it's 1 time, 5 days a week.\n"
    )
    assert Diary(location).practices.find("hug").name == "Hug"
    type_in.ok("practices", "edit", "hug", "--question", "Who?", "--key", "y")
    output = type_in.ok("undo").out
    assert 'Question was "Who?"; now it\'s "How many hugs today? A pet counts' in output
    assert output.endswith("Letter was y; now it's h.\n")
    type_in.ok("practices", "move", "hug", "3")
    assert type_in.ok("undo").out == (
        "Undid: changes to Hug. It was at position 3; now it's at 1.\n"
    )


def test_a_practice_is_archived_and_restored(type_in: CommandLine, three_weeks: Diary) -> None:
    output = type_in.ok("practices", "archive", "hug").out
    assert output == (
        'Archived Hug. Its days are kept. Restore it with "calmtrack practices restore hug".\n'
    )
    assert "Hug" not in type_in.ok("today").out
    assert "Hug" in type_in.ok("week", "-7").out
    assert type_in.ok("practices", "restore", "Hug").out == ("Restored Hug, from today on.\n")
    assert "Hug" in type_in.ok("today").out
    type_in.ok("log", "hug")
    output = type_in.ok("practices", "archive", "hug").out
    assert output.startswith("Archived Hug. It has an entry today, so it stays in today")
    assert "Hug" in type_in.ok("today").out


@pytest.mark.usefixtures("three_weeks")
def test_the_list_with_archived_ones(type_in: CommandLine, golden: Golden) -> None:
    type_in.ok("practices", "archive", "joy")
    assert type_in.ok("practices").lines[-1] == (
        '1 practice is archived. Show it with "calmtrack practices list --all".'
    )
    type_in.ok("practices", "archive", "hug")
    assert type_in.ok("practices", "list").lines[-1].startswith("2 practices are archived.")
    golden("practices_all.txt", type_in.ok("practices", "--all").out)
    golden("practices_all.json", type_in.ok("practices", "list", "--all", "--json").out)
    listed = json.loads(type_in.ok("practices", "--json").out)["practices"]
    assert {one["archived_since"] for one in listed} == {None}
    assert len(listed) == 6


def test_an_id_to_be_typed_is_whole_in_the_list_at_every_width(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in.ok("practices", "add", "Pull requests reviewed today", "--unit", "minutes")
    assert "  pull-requests-reviewed-today  Pull" in type_in.ok("practices").out
    for columns in (140, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        for words in (("practices",), ("practices", "--all")):
            assert "  pull-requests-reviewed-today  " in type_in.ok(*words).out
    for columns in range(30, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        output = " ".join(type_in.ok("practices").out.split())
        assert "pull-requests-reviewed-today" in output
        assert "nature-walk" in output


def test_a_long_id_takes_no_names_out_of_the_list(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in.ok("practices", "add", "A name that goes on and on and on, as if for ever")
    monkeypatch.delenv("COLUMNS", raising=False)
    assert "  Nature walk  " in type_in.ok("practices").out
    kinds = []
    for columns in range(60, 121):
        monkeypatch.setenv("COLUMNS", str(columns))
        kinds.append("letter" in type_in.ok("practices").out)
    # A wider terminal never goes back to one fact a line.
    assert kinds == sorted(kinds, reverse=True)
    assert not kinds[-1]


def test_an_empty_list_says_what_to_do(type_in: CommandLine, location: Location) -> None:
    Diary(location).create(("hug",))
    type_in.ok("practices", "archive", "hug")
    assert type_in.ok("practices").lines[0].startswith("Your list has no practices.")
    rest = type_in("rest", "--all")
    assert rest.err == "Your list has no practices. Add one, or restore an archived one.\n"
    for words in (("log",), ("log", "yesterday")):
        assert type_in(*words).err.startswith(
            'Your list has no practices. Add one with "calmtrack practices add hug", or bring an '
            'archived one back with "calmtrack practices restore hug".'
        )


def test_logging_for_an_archived_practice_is_mentioned(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    type_in.ok("practices", "archive", "hug")
    archived = (
        'Hug is archived. To bring it back to your list, run "calmtrack practices restore hug".'
    )
    for words in (("log", "hug"), ("note", "hug", "T"), ("rest", "hug", "--from", "mon")):
        assert type_in.ok(*words).lines[-1] == archived
    # On earlier days it was in the list.
    assert archived not in type_in.ok("log", "hug", "--day", "yesterday").lines
    type_in.ok("practices", "restore", "hug")
    assert archived not in type_in.ok("log", "hug").lines


def test_a_day_on_which_a_practice_was_archived_once_says_nothing_of_it(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in.ok("log", "hug")
    type_in.ok("practices", "archive", "laughter")
    monkeypatch.setenv("CALMTRACK_NOW", "2026-12-06T21:30+01:00")
    assert "archived" in type_in.ok("log", "laughter", "--day", "2026-11-28").out
    type_in.ok("practices", "restore", "laughter")
    assert "archived" not in type_in.ok("log", "laughter", "--day", "2026-11-28").out


def test_a_practice_that_comes_after_a_holiday_was_planned_is_said_not_to_rest(
    type_in: CommandLine,
) -> None:
    type_in.ok("practices", "archive", "hug")
    type_in.ok("rest", "--all", "--from", "21 dec", "--to", "3 jan")
    assert type_in.ok("practices", "add", "Read").lines[1:] == [
        "Your rest days, Monday 21 December 2026 to Sunday 3 January 2027, don't include it. Plan "
        "them for it, too, if you like."
    ]
    assert "don't include it" in type_in.ok("practices", "restore", "hug").out
    type_in.ok("rest", "--all", "--from", "21 dec", "--to", "3 jan")
    assert len(type_in.ok("practices", "add", "Write").lines) == 2
    type_in.ok("rest", "--all", "--from", "21 dec", "--to", "3 jan", "--off")
    type_in.ok("rest", "laughter", "--from", "21 dec", "--to", "3 jan")
    assert len(type_in.ok("practices", "add", "Sing").lines) == 1


def test_a_practice_is_moved_and_another_deleted(type_in: CommandLine, location: Location) -> None:
    Diary(location).create()
    assert type_in.ok("practices", "move", "joy", "1").out == "Moved Moment of joy to position 1.\n"
    again = type_in.ok("practices", "move", "joy", "1").out
    assert again == "Moment of joy is already at position 1.\n"
    assert [p.id for p in Diary(location).practices.all()][:2] == ["joy", "hug"]
    output = type_in.ok("practices", "delete", "softening").out
    assert output == "Deleted Softening. Nothing had been logged for it.\n"
    assert "Softening" not in type_in.ok("practices", "--all").out
    type_in.ok("rest", "laughter", "--from", "+1", "--to", "+1")
    output = type_in.ok("practices", "delete", "laughter").out
    assert output == "Deleted Laughter and its rest day. Nothing had been logged for it.\n"
    output = type_in.ok("undo").out
    assert output.startswith("Undid: changes to Laughter, ")
    assert output.endswith(". It's in your diary again.\n")
    output = type_in.ok("redo").out
    assert output.startswith("Redid: changes to Laughter, ")
    assert output.endswith(". It's no longer in your diary.\n")
    type_in.ok("undo", "2")
    assert type_in.ok("undo").out == "Undid: changes to Softening. It's in your diary again.\n"


def test_editing_a_goal_prints_how_the_figures_change(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    now = "streak 13 days, longest 13 days, 15 days in total"
    anew = "streak 4 days, longest 4 days, 8 days in total"
    output = type_in.ok("practices", "edit", "hug", "--amount", "2").lines
    assert output == [
        "Saved Hug. The goal is now 2 times, 5 days a week. It was 1 time, 5 days a week.",
        f"The new goal applies from today. Your figures for this practice are now: {now}. "
        f"If the goal applied to all days (--all-days), they'd be: {anew}.",
    ]
    type_in.ok("undo")
    output = type_in.ok("practices", "edit", "hug", "--amount", "2", "--all-days").lines
    assert output[1] == (
        f"The goal now applies to all days. Your figures for this practice are now: {anew}. "
        f"They were: {now}. If the goal applied from today only (without --all-days), they'd be: "
        f"{now}."
    )


def test_undoing_when_a_goal_starts_says_the_goals_in_sentences_of_their_own(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    edit = ("practices", "edit", "nature-walk", "--amount", "30")
    type_in.ok(*edit)
    type_in.ok(*edit, "--all-days")
    before = "20 minutes, 3 days a week; 30 minutes, 3 days a week from 24 November 2026"
    assert type_in.ok("undo").out == (
        "Undid: changes to Nature walk. Its goals were 30 minutes, 3 days a week. "
        f"Now they're {before}.\n"
    )
    assert type_in.ok("redo").out == (
        f"Redid: changes to Nature walk. Its goals were {before}. "
        "Now they're 30 minutes, 3 days a week.\n"
    )


@pytest.mark.parametrize("goal", [("--amount", "2"), ("--days-per-week", "7")])
def test_a_goal_that_applies_from_today_and_then_to_all_days_prints_the_figures_again(
    type_in: CommandLine, three_weeks: Diary, goal: tuple[str, str]
) -> None:
    edit = ("practices", "edit", "hug", *goal)
    type_in.ok(*edit)
    before = figure_words(three_weeks.practices.figures("hug"))
    saved, figures = type_in.ok(*edit, "--all-days").lines
    now = figure_words(three_weeks.practices.figures("hug"))
    assert now != before
    assert (saved, figures) == (
        "Saved Hug.",
        f"The goal now applies to all days. Your figures for this practice are now: {now}. "
        f"They were: {before}.",
    )


@pytest.mark.usefixtures("three_weeks")
def test_what_applies_to_all_days_is_named_where_the_rest_of_the_goal_changed_once(
    type_in: CommandLine,
) -> None:
    edit = ("practices", "edit", "nature-walk")
    type_in.ok(*edit, "--amount", "40")
    days = type_in.ok(*edit, "--days-per-week", "4", "--all-days").out
    assert "The weekly goal now applies to all days. Earlier daily goals stay" in days
    assert (
        "The goal now applies to all days." in type_in.ok(*edit, "--amount", "30", "--all-days").out
    )
    type_in.ok(*edit, "--days-per-week", "2")
    amount = type_in.ok(*edit, "--amount", "10", "--all-days").out
    assert "The daily goal now applies to all days. Earlier weekly goals stay" in amount


def test_a_goal_that_changes_the_figures_the_same_from_any_day_prints_them(
    type_in: CommandLine, location: Location
) -> None:
    on_evening(location, TODAY).log("nature-walk", amount=20)
    edit = ("practices", "edit", "nature-walk", "--amount", "30")
    figures = "Your figures for this practice are now: no days yet. They were: 1 day in total."
    assert type_in.ok(*edit).lines[1] == f"The new goal applies from today. {figures}"
    type_in.ok("undo")
    assert type_in.ok(*edit, "--all-days").lines[1] == (
        f"The goal now applies to all days. {figures}"
    )


def test_figures_that_a_new_goal_leaves_the_same_are_printed_once(
    type_in: CommandLine, location: Location
) -> None:
    on_evening(location, TODAY - timedelta(days=30)).log("nature-walk")
    for back in range(20):
        amount = 20 if back in (0, 5) else 0
        on_evening(location, TODAY - timedelta(days=back)).log("nature-walk", amount=amount)
    figures = "Your figures for this practice are now: 3 days in total."
    edit = ("practices", "edit", "nature-walk", "--days-per-week", "4")
    assert type_in.ok(*edit).lines == [
        "Saved Nature walk. The goal is now 20 minutes, 4 days a week. It was 20 minutes, 3 days a "
        "week.",
        f"The new goal applies from today. {figures}",
    ]
    type_in.ok("undo")
    assert (
        type_in.ok(*edit, "--all-days").lines[1] == f"The goal now applies to all days. {figures}"
    )
    assert type_in.ok("practices", "edit", "joy", "--days-per-week", "4").lines == [
        "Saved Moment of joy. The goal is now 4 days a week. It was 5 days a week.",
        "The new goal applies from today.",
    ]
    assert type_in.ok("practices", "edit", "joy", "--name", "Joy").lines == [
        "Moment of joy is now called Joy."
    ]


@pytest.mark.usefixtures("three_weeks")
def test_a_yes_no_practice_in_another_unit_has_no_partly_done_days(type_in: CommandLine) -> None:
    keep = ("--history", "keep-days")
    for practice, unit, outcome in [
        ("laughter", "times", "Days that were done stay done."),
        ("laughter", "minutes", "Each day that was done now counts as 10 minutes."),
        ("gratitude", "minutes", "Each day that was done now counts as 10 minutes."),
    ]:
        type_in.ok("log", practice)
        answer = type_in.ok("practices", "edit", practice, "--unit", unit, *keep).out
        assert f" is now tracked as {unit}. {outcome} The goal is now " in answer
        type_in.ok("undo")


def test_another_unit_needs_a_choice_for_the_logged_days(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    asked = type_in("practices", "edit", "hug", "--unit", "minutes")
    assert asked.code == 2
    assert "--history keep-days" in asked.err
    assert type_in.ok("practices", "edit", "hug", *("--unit", "minutes"),
                        *("--history", "keep-days")).out == (
        "Hug is now tracked as minutes. Each day that was done now counts as 10 minutes. "
            "The goal is now 10 minutes, 5 days a week. It was 1 time, 5 days a week.\n"
            'Its question is still "How many hugs today? A pet counts, and so does a hand on your '
            'own heart."\n'
    )  # fmt: skip
    assert type_in.ok("practices", "edit", "w", *("--unit", "times", "--amount", "4"),
                        *("--history", "keep-days")).out == (
        "Nature walk is now tracked as times. Each day that was done now counts as 4 "
            "times; each day that was partly done, as 2 times. "
            "The goal is now 4 times, 3 days a week. It was 20 minutes, 3 days a week.\n"
            'Its question is still "How many minutes were you outside in nature today?"\n'
    )  # fmt: skip
    type_in.ok("undo")
    assert type_in.ok("practices", "edit", "w", *("--unit", "yes/no"),
                        *("--history", "keep-days")).out == (
        "Nature walk is now tracked as yes/no. Days that were done stay done; days "
            "that were only partly done now count as not done. "
            "The goal is now 3 days a week. It was 20 minutes, 3 days a week.\n"
            'Its question is still "How many minutes were you outside in nature today?"\n'
    )  # fmt: skip
    assert type_in.ok("practices", "edit", "g", *("--unit", "yes/no"),
                        *("--history", "new")).out == (
        "Gratitude (gratitude-2) starts today, tracked as yes/no. Earlier days stay "
            "in the old practice, which is now archived. "
            "The goal is now 3 days a week. It was 1 time, 3 days a week.\n"
            'Its question is still "How many thank-yous did you say or write today?"\n'
    )  # fmt: skip
    type_in.ok("log", "joy")
    changed = type_in.ok("practices", "edit", "joy", *("--unit", "minutes", "--amount", "20"),
                         *("--days-per-week", "3", "--history", "keep-days")).lines[0]  # fmt: skip
    assert changed.endswith("The goal is now 20 minutes, 3 days a week. It was 5 days a week.")


def test_the_list_as_plain_text(type_in: CommandLine, golden: Golden) -> None:
    type_in.ok("practices", "add", "Piano", "--key", "", "--question", "")
    type_in.ok("practices", "archive", "hug")
    plain = type_in.ok("practices", "list", "--all", "--plain")
    golden("practices_plain.txt", plain.out)
    assert "Hug: archived since Tuesday 24 November." in plain.lines
    assert "Hug: " not in type_in.ok("practices", "--plain").out


@pytest.mark.parametrize("practice", ["hug", "w", "gratitude"])
def test_the_evidence_card_of_a_practice(
    type_in: CommandLine, golden: Golden, practice: str
) -> None:
    golden(f"card_{practice}.txt", type_in.ok("practices", "card", practice).out)


def test_a_custom_practice_has_no_evidence_card(type_in: CommandLine) -> None:
    type_in.ok("practices", "add", "Piano")
    assert "You added this practice yourself" in type_in.ok("practices", "card", "piano").out


def test_the_name_of_an_archived_practice_is_said_to_be_taken_by_it(type_in: CommandLine) -> None:
    type_in.ok("practices", "archive", "laughter")
    refused = type_in("practices", "edit", "hug", "--name", "laughter")
    assert (refused.code, refused.err) == (
        2,
        "Laughter is the name of an archived practice. Choose another one, or restore that "
        'practice with "calmtrack practices restore laughter".\n',
    )


@pytest.mark.parametrize("typed", ["nature-walk", "Nature Walk", "NATURE-WALK"])
def test_an_existing_practice_is_not_added_again(
    type_in: CommandLine, location: Location, typed: str
) -> None:
    type_in.ok("log", "w")
    refused = type_in("practices", "add", typed)
    assert (refused.code, refused.err) == (2, "There's already a practice called Nature walk.\n")
    type_in.ok("practices", "archive", "w")
    refused = type_in("practices", "add", typed)
    assert (refused.code, refused.err) == (
        2,
        'Nature walk is archived. Restore it with "calmtrack practices restore nature-walk", '
        "instead of adding it again.\n",
    )
    assert [p.id for p in Diary(location).practices.all() if "nature" in p.id] == ["nature-walk"]


def test_an_id_typed_as_a_new_name_means_the_practice_that_has_it_also_renamed(
    type_in: CommandLine,
) -> None:
    type_in.ok("practices", "edit", "w", "--name", "Long walk")
    refused = type_in("practices", "add", "nature-walk")
    assert (refused.code, refused.err) == (
        2,
        '"nature-walk" means your practice Long walk. Choose another name.\n',
    )
    assert type_in.ok("log", "nature-walk").out.startswith("Logged: Long walk")
    type_in.ok("practices", "archive", "w")
    refused = type_in("practices", "add", "nature-walk")
    assert refused.code == 2
    assert refused.err.startswith("Long walk is archived. Restore it with")


def test_a_name_that_is_the_id_of_another_practice_says_which_one_it_means(
    type_in: CommandLine,
) -> None:
    sentence = 'In commands, "hug" means Hug. For Hug & kiss, type "h".'
    type_in.ok("practices", "edit", "hug", "--name", "Hug & kiss")
    added = type_in.ok("practices", "add", "Hug", "--key", "k").out
    assert added == (
        f"Added Hug (hug-2). The letter k logs it. Its goal: 7 days a week. {sentence}\n"
    )
    assert type_in.ok("practices").lines[-1] == sentence
    assert type_in.ok("practices", "--plain").lines[-1] == sentence
    assert type_in.ok("log", "hug").out.startswith("Logged: Hug.")
    assert type_in.ok("log", "h").out.startswith("Logged: Hug & kiss, 1 time.")
    renamed = type_in.ok("practices", "edit", "hug", "--name", "Cuddle").out
    assert renamed == "Hug is now called Cuddle.\n"
    assert sentence not in type_in.ok("practices").out
    renamed = type_in.ok("practices", "edit", "l", "--name", "Hug").out
    assert renamed == f"Laughter is now called Hug. {sentence}\n"
    assert type_in.ok("practices", "edit", "l", "--step", "1").out.startswith("Hug is already")


def test_a_practice_called_calm_says_what_to_type_for_it_and_for_the_score(
    type_in: CommandLine, location: Location
) -> None:
    sentence = 'In commands, type "{id}" for Calm, and "calm" for how calm you were.'
    added = type_in.ok("practices", "add", "Calm").out
    assert added.endswith(f"{sentence.format(id='calm-2')}\n")
    type_in.ok("note", "calm-2", "on the bench")
    type_in.ok("note", "calm", "a slow day")
    view = Diary(location).day()
    assert view.calm_note == "a slow day"
    assert [row.note for row in view.practices if row.practice.id == "calm-2"] == ["on the bench"]
    renamed = type_in.ok("practices", "edit", "calm-2", "--name", "Quiet").out
    assert renamed == "Calm is now called Quiet.\n"
    renamed = type_in.ok("practices", "edit", "joy", "--name", "calm").out
    assert renamed.endswith(f"{sentence.format(id='joy').replace('Calm', 'calm')}\n")
    assert 'type "joy"' not in type_in.ok("practices", "edit", "joy", "--key", "v").out


def test_the_letter_of_an_archived_practice_says_what_to_type_to_free_it(
    type_in: CommandLine,
) -> None:
    type_in.ok("practices", "edit", "hug", "--name", "Hug & kiss")
    type_in.ok("practices", "archive", "hug")
    type_in.ok("practices", "edit", "l", "--name", "Hug")
    refused = type_in("practices", "edit", "hug", "--key", "h").err
    assert refused.endswith("\"calmtrack practices edit h --key ''\".\n")
    type_in.ok("practices", "edit", "h", "--key", "")
    assert "means Hug" in type_in.ok("practices", "edit", "hug", "--key", "h").out


def test_a_name_logs_the_practice_in_the_list_and_not_the_archived_one_with_that_id(
    type_in: CommandLine,
) -> None:
    type_in.ok("practices", "add", "Walk", "--unit", "times")
    type_in.ok("log", "walk", "--day", "yesterday")
    type_in.ok("practices", "edit", "walk", "--unit", "minutes", "--history", "new")
    for typed in ("walk", "Walk"):
        assert type_in.ok("log", typed).out.startswith("Logged: Walk, ")
    assert "Walk is archived" not in type_in.ok("practices", "move", "walk", "1").out
    restored = type_in.ok("practices", "restore", "walk").out
    assert restored == "Restored Walk (times), from today on.\n"
    assert type_in.ok("practices", "archive", "walk").out.startswith("Archived Walk. ")


def test_a_practice_is_restored_by_its_name_though_one_of_the_list_has_it_as_its_id(
    type_in: CommandLine,
) -> None:
    type_in.ok("practices", "edit", "joy", "--name", "Delight")
    type_in.ok("practices", "add", "Joy", "--key", "y")
    type_in.ok("practices", "archive", "joy")
    taken = type_in("practices", "add", "Jam", "--key", "y").err
    assert taken.endswith(
        "remove it from Joy first: \"calmtrack practices edit joy-2 --key ''\".\n"
    )
    assert type_in.ok("practices", "restore", "joy").out == "Restored Joy, from today on.\n"
    type_in.ok("practices", "archive", "delight")
    taken = type_in("practices", "edit", "hug", "--key", "j").err
    command = "practices edit delight --key ''"
    assert taken.endswith(f'remove it from Delight first: "calmtrack {command}".\n')
    type_in.ok(*shlex.split(command))
    renamed = type_in.ok("practices", "archive", "joy").out
    assert 'Restore it with "calmtrack practices restore joy-2".' in renamed
    # Both are archived now, and a name comes before an id.
    assert type_in.ok("practices", "restore", "joy").out == "Restored Joy, from today on.\n"
    assert type_in.ok("practices", "edit", "hug", "--key", "j").out == "Saved Hug.\n"


@pytest.mark.parametrize("typed", ["Cafe\u0301", "cafe\u0301", "Café"])
def test_a_practice_is_found_however_its_accents_are_typed(
    type_in: CommandLine, typed: str
) -> None:
    type_in.ok("practices", "add", "Café", "--key", "")
    assert type_in.ok("log", typed).out.startswith("Logged: Café.")


def test_undo_names_a_practice_that_it_removes(type_in: CommandLine) -> None:
    type_in.ok("practices", "add", "Call mum")
    sentence = "changes to Call mum. It's {now} in your diary"
    assert sentence.format(now="no longer") in type_in.ok("undo").out
    assert type_in.ok("redo").out == "Redid: changes to Call mum. It's in your diary again.\n"
    type_in.ok("practices", "delete", "call-mum")
    type_in.ok("undo")
    assert sentence.format(now="no longer") in type_in.ok("redo").out


@pytest.mark.parametrize("unit", ["minuten", "Min", "minutes"])
def test_a_unit_is_chosen_by_its_name_in_the_language(
    type_in: CommandLine, location: Location, unit: str
) -> None:
    set_language("de")
    type_in.ok("practices", "add", "Chor", "--unit", unit)
    assert Diary(location).practices.find("Chor").unit is Unit.MINUTES
    assert "'meter'" in type_in("practices", "edit", "chor", "--unit", "meter").err


def test_the_help_says_that_kept_days_get_the_amount_of_the_new_goal(type_in: CommandLine) -> None:
    words = " ".join(type_in.ok("practices", "edit", "--help").out.split())
    assert "keep-days converts past days (those that were done stay done and get the new" in words


def test_a_new_practice_is_told_of_each_holiday_that_was_planned_before(
    type_in: CommandLine,
) -> None:
    for first, last in (("2026-12-11", "2026-12-16"), ("2026-12-24", "2026-12-31")):
        type_in.ok("rest", "--all", "--from", first, "--to", last)
    assert (
        "Your rest days, Friday 11 December to Wednesday 16 December, Thursday 24 December to "
        "Thursday 31 December, don't include it."
    ) in type_in.ok("practices", "add", "Yoga").out


def test_a_goal_in_minutes_can_be_typed_as_a_duration(type_in: CommandLine) -> None:
    type_in.ok("practices", "add", "Cello", "--unit", "minutes", "--amount", "1h", "--step", "15m")
    type_in.ok("practices", "edit", "nature-walk", "--amount", "1h30")
    goals = {
        one["id"]: one for one in json.loads(type_in.ok("practices", "--json").out)["practices"]
    }
    assert (goals["cello"]["amount"], goals["cello"]["step"]) == (60, 15)
    assert goals["nature-walk"]["amount"] == 90
    type_in.ok("practices", "delete", "nature-walk")
    type_in.ok("practices", "add", "nature-walk", "--amount", "45m")
    answer = type_in("practices", "edit", "hug", "--amount", "30m")
    assert answer.err == 'Hug isn\'t counted in minutes. Use a whole number instead of "30m".\n'
    answer = type_in("practices", "edit", "hug", "--amount", "many")
    assert answer.err == '"many" isn\'t a whole number.\n'
