"""Logging and rating from the command line."""

import json
import re
from datetime import timedelta

import pytest

from tests.cli.command_line import CommandLine, on_evening
from tracker.diary.diary import Diary
from tracker.location import Location


def test_each_command_logs_one_press_and_prints_the_new_amount(type_in: CommandLine) -> None:
    assert type_in.ok("log", "hug").out == "Logged: Hug, 1 time.\n"
    assert type_in.ok("log", "h").out == "Logged: Hug, 2 times.\n"
    assert type_in.ok("log", "Laughter").out == "Logged: Laughter.\n"
    assert type_in.ok("log", "nature").out == "Logged: Nature walk, 20 minutes.\n"


def test_an_amount_is_the_days_amount_and_plus_adds_to_it(type_in: CommandLine) -> None:
    assert type_in.ok("log", "nature-walk", "15").out == "Logged: Nature walk, 15 of 20 minutes.\n"
    assert type_in.ok("log", "nature-walk", "+10").out == "Logged: Nature walk, 25 minutes.\n"
    assert type_in.ok("log", "nature-walk", "5").out == (
        "Logged: Nature walk, 5 of 20 minutes. It was 25 minutes before, and this replaced it. To "
        'add instead, run "calmtrack undo" and log +5.\n'
    )
    type_in.ok("undo")
    assert type_in.ok("log", "w", "+1h20").out == "Logged: Nature walk, 105 minutes.\n"
    assert type_in.ok("log", "w", "105").out == (
        "Already logged: Nature walk, 105 minutes. To add as much again, log +105.\n"
    )
    assert '"calmtrack undo" and log +70.' in type_in.ok("log", "w", "1h10").out
    assert type_in.ok("log", "w", "--no").out == (
        "Nature walk: not this time. That's fine. It was 70 minutes before. To get that back, run "
        '"calmtrack undo".\n'
    )


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("log", "hug", "talk"), 'No practice called "talk". Did you mean good-talk?'),
        (("log", "hug", "laughter", "--day", "smaug"), 'I don\'t recognise the date "smaug". '),
        (("log", "hug", "w", "30m"), "Hug isn't counted in minutes. "),
        (("rest", "hug", "talk"), 'No practice called "talk". Did you mean good-talk?'),
    ],
)
def test_an_error_about_one_of_several_practices_says_that_none_was_saved(
    type_in: CommandLine, location: Location, words: tuple[str, ...], answer: str
) -> None:
    refused = type_in(*words)
    done = "logged" if words[0] == "log" else "changed"
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(answer)
    assert refused.err.endswith(f" Nothing was {done}.\n")
    assert all(row.amount is None for row in Diary(location).day().practices)
    # Of one practice, that's clear.
    assert "Nothing" not in type_in(words[0], "talk").err


def test_a_day_has_24_hours(type_in: CommandLine, location: Location) -> None:
    type_in.ok("log", "w", "24h")
    refusal = "Nature walk: {} minutes is more than the 24 hours of a day.\n"
    for typed, minutes in (("2000", "2,000"), ("+1", "1,441"), ("", "1,450")):
        refused = type_in("log", "w", *filter(None, [typed]))
        assert (refused.code, refused.err) == (2, refusal.format(minutes))
    type_in.ok("note", "w", "all day")
    assert Diary(location).day().practices[2].amount == 1440


def test_logging_on_a_rest_day_is_mentioned(type_in: CommandLine) -> None:
    type_in.ok("rest", "hug")
    assert type_in.ok("log", "hug").out == "Logged: Hug, 1 time. It was a rest day before.\n"
    type_in.ok("rest", "laughter", "joy", "--note", "a cold")
    assert type_in.ok("log", "laughter").lines == [
        'Logged: Laughter. It was a rest day before, and its note "a cold" was removed with it. To '
        'get both back, run "calmtrack undo".'
    ]
    assert type_in.ok("clear", "joy").lines == [
        'Cleared: Moment of joy. It was a rest day before, and its note "a cold" was removed with '
        'it. To get both back, run "calmtrack undo".'
    ]
    type_in.ok("undo")
    assert type_in.ok("log", "joy", "--note", "a film").lines == [
        'Logged: Moment of joy. It was a rest day before. The note before was "a cold". To get it '
        'back, run "calmtrack undo".'
    ]


def test_several_practices_logged_on_rest_days_each_quote_their_note(type_in: CommandLine) -> None:
    type_in.ok("rest", "hug", "--note", "a cold")
    type_in.ok("rest", "laughter", "--note", "a sad day")
    lines = type_in.ok("log", "hug", "joy", "laughter").lines
    assert [line.count("It was a rest day before") for line in lines] == [1, 0, 1]
    assert 'its note "a cold" was removed' in lines[0]
    assert 'its note "a sad day" was removed' in lines[2]


def test_an_empty_note_over_a_rest_day_says_once_that_its_note_is_gone(
    type_in: CommandLine,
) -> None:
    type_in.ok("rest", "laughter", "--note", "a cold")
    assert type_in.ok("log", "laughter", "--note", "").lines == [
        'Logged: Laughter. It was a rest day before, and its note "a cold" was removed with it. To '
        'get both back, run "calmtrack undo".'
    ]


def test_a_note_that_is_replaced_is_quoted(type_in: CommandLine) -> None:
    type_in.ok("note", "w", "with @Anna")
    back = 'The note before was "{}". To get it back, run "calmtrack undo".\n'
    message = type_in.ok("note", "w", "alone").out
    assert message == "Nature walk: note saved. " + back.format("with @Anna")
    assert type_in.ok("note", "w", "alone").out == "Nature walk: the note was already there.\n"
    assert type_in.ok("log", "w", "--note", "").out.endswith(back.format("alone"))
    type_in.ok("calm", "7", "--note", "tired")
    assert type_in.ok("calm", "--note", "better").out == "Calm: note saved. " + back.format("tired")
    assert type_in.ok("calm", "7", "--note", "well").lines[0] == (
        "Calm: 7 of 10. " + back.format("better").strip()
    )
    assert type_in.ok("note", "calm", "").out == "Calm: note removed. " + back.format("well")
    type_in.ok("log", "h", "l", "--note", "one")
    lines = type_in.ok("log", "h", "l", "--note", "two").lines
    assert [line.rpartition("run ")[2] for line in lines] == ['"calmtrack undo".'] * 2


def test_a_score_and_an_amount_that_are_replaced_with_their_note_come_back_together(
    type_in: CommandLine,
) -> None:
    back = 'before, with the note "{}". To get both back, run "calmtrack undo".'
    type_in.ok("calm", "3", "--note", "tired")
    assert type_in.ok("calm", "8", "--note", "rested").lines[0] == (
        f"Calm: 8 of 10. It was 3 {back.format('tired')}"
    )
    type_in.ok("log", "hug", "2", "--note", "with Anna")
    assert type_in.ok("log", "hug", "--no", "--note", "after all not").lines == [
        f"Hug: not this time. That's fine. It was 2 times {back.format('with Anna')}"
    ]
    type_in.ok("undo")
    assert type_in.ok("log", "hug", "1", "--note", "with Ben").lines == [
        "Logged: Hug, 1 time. It was 2 times before, and this replaced it. To add instead, run "
        '"calmtrack undo" and log +1. The note before was "with Anna". To get it back, run '
        '"calmtrack undo".'
    ]


def test_a_no_can_be_logged_in_two_ways(type_in: CommandLine) -> None:
    assert type_in.ok("log", "hug", "--no").out == "Hug: not this time. That's fine.\n"
    assert type_in.ok("log", "hug", "--no").out == "Hug: already no.\n"
    assert type_in.ok("log", "laughter", "0").out == "Laughter: not this time. That's fine.\n"


def test_repeating_the_command_never_removes_a_yes(type_in: CommandLine) -> None:
    type_in.ok("log", "laughter")
    assert type_in.ok("log", "laughter").out == "Already logged: Laughter.\n"


@pytest.mark.parametrize("amount", [["45"], ["2"], ["+2"]])
def test_a_yes_no_practice_has_no_amount_above_one(
    type_in: CommandLine, location: Location, amount: list[str]
) -> None:
    refused = type_in("log", "laughter", *amount)
    assert refused.code == 2
    assert refused.err == "Laughter is a yes/no practice. Its amount is 1 or 0.\n"
    type_in.ok("log", "laughter", "1")
    assert type_in("log", "laughter", *amount).code == 2
    assert Diary(location).day().practices[1].amount == 1


def test_another_day_is_named_in_the_answer(type_in: CommandLine, location: Location) -> None:
    message = type_in.ok("log", "hug", "2", "--day", "yesterday").out
    assert message == "Logged for Monday 23 November: Hug, 2 times.\n"
    assert (
        type_in.ok("log", "hug", "--day", "-3").out
        == "Logged for Saturday 21 November: Hug, 1 time. Streak today: 2 days.\n"
    )
    message = type_in.ok("log", "hug", "--day", "2019-01-05").out
    assert message == "Logged for Saturday 5 January 2019: Hug, 1 time. Streak today: 2 days.\n"
    assert Diary(location).day().practices[0].figures.days_total == 3


def test_the_streak_is_printed_with_the_entry(type_in: CommandLine, location: Location) -> None:
    for days in ("-3", "-2", "-1"):
        type_in.ok("log", "hug", "--day", days)
    assert type_in.ok("log", "hug").out == "Logged: Hug, 1 time. Streak: 4 days.\n"


def test_an_earlier_day_is_answered_with_the_streak_as_it_is_now(
    type_in: CommandLine, location: Location
) -> None:
    diary = Diary(location)
    diary.create()
    today = diary.today()
    for ago in (0, 1, 5, 6, 7, 8):
        diary.press("hug", today - timedelta(ago))
    # Hug allows two days off in seven: without the fourth day the streak is the last two days.
    diary.press("laughter", today - timedelta(20))
    assert type_in.ok("log", "laughter", "--day", "-21").lines == [
        "Logged for Tuesday 3 November: Laughter."
    ]
    assert type_in.ok("log", "hug", "--day", "-9").lines == [
        "Logged for Sunday 15 November: Hug, 1 time. Streak today: 2 days."
    ]
    row = json.loads(type_in.ok("streaks", "--json").out)["practices"][0]
    assert (row["id"], row["streak"]) == ("hug", 2)


def test_an_earlier_day_of_an_archived_practice_is_answered_without_a_streak(
    type_in: CommandLine, location: Location
) -> None:
    diary = Diary(location)
    diary.create()
    for ago in (3, 2):
        diary.press("hug", diary.today() - timedelta(ago))
    type_in.ok("practices", "archive", "hug")
    answer = type_in.ok("log", "hug", "--day", "-4").lines
    assert answer[0] == "Logged for Friday 20 November: Hug, 1 time."


def test_half_past_midnight_still_logs_the_evening_before(
    type_in: CommandLine, location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T00:30:00+01:00")
    type_in.ok("log", "hug")
    type_in.ok("calm", "6")
    assert type_in.ok("today").lines[0] == "Tuesday 24 November 2026"
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T21:00:00+01:00")
    assert type_in.ok("status").out == "tonight is open\n"


def test_a_note_is_an_argument_or_read_from_standard_input(
    type_in: CommandLine, location: Location
) -> None:
    type_in.ok("log", "hug", "--note", "Mum came by")
    type_in.ok("calm", "7", "--note", "-", stdin="Zwei Zeilen,\nund Grüße\n\n".encode())
    view = Diary(location).day()
    assert view.practices[0].note == "Mum came by"
    assert view.calm_note == "Zwei Zeilen,\nund Grüße\n"


@pytest.mark.parametrize(
    ("score", "message"),
    [
        ("0", ["Calm: 0 of 10, not at all.", "Thanks for checking in, even on a hard day."]),
        ("3", ["Calm: 3 of 10.", "Thanks for checking in, even on a hard day."]),
        ("5", ["Calm: 5 of 10, in between.", "That's it for today. Sleep well."]),
        ("10", ["Calm: 10 of 10, completely.", "That's it for today. Sleep well."]),
    ],
)
def test_a_rating_is_echoed_in_words_without_praise(
    type_in: CommandLine, score: str, message: list[str]
) -> None:
    assert type_in.ok("calm", score).lines == message


def test_a_score_that_another_one_replaces_is_named(type_in: CommandLine) -> None:
    assert "before" not in type_in.ok("calm", "4").out
    assert type_in.ok("calm", "4").lines == ["Calm: already 4 of 10."]
    assert type_in.ok("calm", "0").lines[0] == (
        'Calm: 0 of 10, not at all. It was 4 before. To get that back, run "calmtrack undo".'
    )
    type_in.ok("calm", "4", "--day", "yesterday")
    assert type_in.ok("calm", "6", "--day", "yesterday").lines[0] == (
        "Calm, Monday 23 November: 6 of 10. It was 4 before. To get that back, run "
        '"calmtrack undo".'
    )
    assert type_in.ok("undo").out == (
        "Undid: Calm, Monday 23 November. It was 6 of 10; now it's 4 of 10.\n"
    )


def test_the_end_of_a_long_note_is_quoted_where_only_that_has_changed(
    type_in: CommandLine,
) -> None:
    note = "a long evening at the allotment with the children and the neighbours, I slept"
    type_in.ok("note", "hug", f"{note} badly")
    assert '"…and the neighbours, I slept badly"' in type_in.ok("note", "hug", f"{note} well").out
    assert type_in.ok("undo").out == (
        "Undid: note for Hug, Tuesday 24 November. It was only the note "
        '"…and the neighbours, I slept well"; now it\'s only the note '
        '"…and the neighbours, I slept badly".\n'
    )
    line = "Call Anna, who lives in the house behind the old allotment, in the {}."
    for command in (("support", "--edit"), ("practices", "edit", "hug", "--question")):
        for part in ("morning", "evening"):
            type_in.ok(*command, line.format(part))
        undone = type_in.ok("undo").out
        assert '"…the old allotment, in the evening."' in undone
        assert '"…the old allotment, in the morning."' in undone


def test_an_entry_that_was_already_logged_is_reported_as_such(type_in: CommandLine) -> None:
    type_in.ok("log", "laughter", "hug")
    lines = type_in.ok("log", "hug", "laughter").lines
    assert lines == ["Logged: Hug, 2 times.", "Already logged: Laughter."]
    again = "Already logged: Hug, 2 times. To add as much again, log +2."
    assert type_in.ok("log", "hug", "2").lines == [again]
    type_in.ok("log", "laughter", "--day", "mon")
    assert type_in.ok("log", "laughter", "--day", "mon").lines == [
        "Already logged for Monday 23 November: Laughter. Streak today: 2 days."
    ]


def test_the_users_support_messages_follow_a_low_rating(
    type_in: CommandLine, location: Location
) -> None:
    Diary(location).support.set_lines(["Call Ben", "Tea, then bed"])
    thanks = "Thanks for checking in, even on a hard day."
    assert type_in.ok("calm", "3").lines[1:] == [thanks, "Call Ben", "Tea, then bed"]
    assert "Call Ben" not in type_in.ok("calm", "4").out


def test_rating_another_evening_does_not_end_this_one(type_in: CommandLine) -> None:
    message = type_in.ok("calm", "7", "--day", "mon").lines
    assert message == ["Calm, Monday 23 November: 7 of 10."]
    assert type_in.ok("status").out == "tonight is open\n"


def test_a_score_corrected_days_later_says_that_it_counts_as_rated_later(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = (
        "As you changed it days later, it counts as rated later, and what you didn't log that day "
        "isn't a no anymore."
    )
    type_in.ok("calm", "7")
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T21:30:00+01:00")
    assert late not in type_in.ok("calm", "8", "--day", "yesterday").lines
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-26T21:30:00+01:00")
    assert late not in type_in.ok("calm", "8", "--day", "-2").lines, "the same score again"
    assert late in type_in.ok("calm", "3", "--day", "-2").lines
    # It was late already.
    late = "Rated later, so what you didn't log that day doesn't count as a no."
    assert late in type_in.ok("calm", "6", "--day", "-2").lines
    # What it was in time.
    assert late not in type_in.ok("calm", "8", "--day", "-2").lines
    type_in.ok("undo")
    assert late in type_in.ok("calm", "6", "--day", "-3").lines
    chart = type_in.ok("trend").out
    assert "○ rated on a later day: not counted in your usual range" in chart
    assert "● an evening's score" not in chart


def test_clearing_removes_the_amount_and_leaves_the_note(
    type_in: CommandLine, location: Location
) -> None:
    type_in.ok("log", "hug", "--note", "long")
    type_in.ok("calm", "4")
    type_in.ok("log", "hug", "--day", "mon")
    back = 'It was {} before. To get that back, run "calmtrack undo".'
    once = back.format("1 time")
    assert type_in.ok("clear", "hug").lines == [f"Cleared: Hug. {once}"]
    assert type_in.ok("clear", "calm").lines == [f"Cleared: Calm. {back.format(4)}"]
    # A weekday means the most recent one, never a future one.
    cleared = type_in.ok("clear", "hug", "--day", "mon").lines
    assert cleared == [f"Cleared for Monday 23 November: Hug. {once}"]
    view = Diary(location).day()
    assert (view.calm, view.practices[0].amount, view.practices[0].note) == (None, None, "long")
    assert view.practices[0].figures.days_total == 0


def test_several_practices_are_cleared_as_one_step(
    type_in: CommandLine, location: Location
) -> None:
    type_in.ok("log", "hug", "2")
    type_in.ok("log", "laughter")
    assert type_in.ok("clear", "h", "laughter", "joy", "hug").lines == [
        'Cleared: Hug. It was 2 times before. To get that back, run "calmtrack undo".',
        'Cleared: Laughter. It was yes before. To get that back, run "calmtrack undo".',
        "Nothing to clear: Moment of joy.",
    ]
    assert type_in.ok("undo").lines == [
        "Undid: clearing Hug, Laughter, Moment of joy, Tuesday 24 November. Hug was empty; now "
        "it's 2 times. Laughter was empty; now it's yes."
    ]
    for words, message in (
        (("hug", "nothing"), "Nothing was changed."),
        (("hug", "calm"), 'Clear calm on its own, with "calmtrack clear calm".'),
        (("hug", "laughter", "mon"), '"calmtrack clear hug laughter --day mon"'),
    ):
        answer = type_in("clear", *words)
        assert (answer.code, answer.out) == (2, "")
        assert message in answer.err
    assert Diary(location).day().practices[0].amount == 2


def test_clearing_a_day_of_a_rated_evening_says_that_it_counts_as_a_no(
    type_in: CommandLine,
) -> None:
    type_in.ok("log", "hug", "--day", "-9")
    type_in.ok("calm", "4", "--day", "yesterday")
    type_in.ok("log", "hug", "--day", "yesterday")
    assert type_in.ok("clear", "hug", "--day", "yesterday").lines == [
        "Cleared for Monday 23 November: Hug. As you rated that evening, it counts as a no. It was "
        '1 time before. To get that back, run "calmtrack undo".'
    ]
    # Today is still open, and of an evening without a rating nothing is assumed.
    type_in.ok("calm", "5")
    type_in.ok("log", "hug")
    assert "it counts as a no" not in type_in.ok("clear", "hug").out
    type_in.ok("log", "hug", "--day", "-2")
    assert "it counts as a no" not in type_in.ok("clear", "hug", "--day", "-2").out


def test_clearing_a_rest_day_without_a_note_is_mentioned(type_in: CommandLine) -> None:
    type_in.ok("rest", "hug")
    assert type_in.ok("clear", "hug").lines == ["Cleared: Hug. It was a rest day before."]


def test_rest_days_can_have_begun_where_their_dates_have_no_year(type_in: CommandLine) -> None:
    message = type_in.ok("rest", "w", "--from", "22 nov", "--to", "26.11.").lines
    assert message == [
        "Added 5 rest days for Nature walk: Sunday 22 November to Thursday 26 November."
    ]
    message = type_in.ok("rest", "l", "--from", "30 dec", "--to", "2 jan").lines
    assert message == [
        "Added 4 rest days for Laughter: Wednesday 30 December 2026 to Saturday 2 January 2027."
    ]
    answer = type_in("rest", "l", "--from", "20.12.", "--to", "14.12.")
    assert (answer.code, answer.err) == (
        2,
        "The last rest day (Mon 14 Dec) can't be before the first one (Sun 20 Dec).\n",
    )


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("fri", "yesterday", "Friday 20 November to Monday 23 November"),
        ("21", "-2", "Saturday 21 November to Sunday 22 November"),
        ("fri", "sun", "Friday 27 November to Sunday 29 November"),
    ],
)
def test_rest_days_that_end_in_the_past_begin_there_too(
    type_in: CommandLine, first: str, last: str, days: str
) -> None:
    assert type_in.ok("rest", "hug", "--from", first, "--to", last).out.endswith(f": {days}.\n")


def test_rest_for_all_leaves_out_a_practice_on_the_days_on_which_it_is_archived(
    type_in: CommandLine,
) -> None:
    type_in.ok("log", "hug")
    type_in.ok("practices", "archive", "hug")
    type_in.ok("rest", "--all", "--to", "fri")
    practices = json.loads(type_in.ok("week", "--json").out)["practices"]
    states = {one["id"]: one["states"] for one in practices}
    assert states["hug"][1] == "done"
    assert "rest" not in states["hug"]
    assert states["laughter"][1:5] == ["rest"] * 4


def test_a_number_of_steps_that_was_mistyped_can_be_taken_back(
    type_in: CommandLine, location: Location
) -> None:
    for score in range(1, 10):
        type_in.ok("calm", str(score))
    *_, hint = type_in.ok("undo", "8").lines
    assert hint == 'Until you change something, "calmtrack redo 8" brings them back.'
    assert Diary(location).day().calm == 1
    assert "To get" not in type_in.ok("redo", "8").out
    assert Diary(location).day().calm == 9
    assert "To get" not in type_in.ok("undo").out


def test_undo_names_the_one_of_several_practices_that_changes(type_in: CommandLine) -> None:
    type_in.ok("log", "hug", "laughter")
    type_in.ok("log", "hug", "laughter")
    assert type_in.ok("undo").out == (
        "Undid: Hug, Laughter, Tuesday 24 November. Hug was 2 times; now it's 1 time.\n"
    )
    assert type_in.ok("redo").out == (
        "Redid: Hug, Laughter, Tuesday 24 November. Hug was 1 time; now it's 2 times.\n"
    )


def test_every_step_can_be_undone_and_is_named_with_its_day(type_in: CommandLine) -> None:
    type_in.ok("log", "hug", "--day", "mon")
    type_in.ok("calm", "4")
    type_in.ok("rest", "--all", "--from", "2026-12-24", "--to", "2026-12-26")
    assert type_in.ok("undo").out == (
        "Undid: rest days, Thursday 24 December to Saturday 26 December. 8 practices: 24 rest days "
        "are gone.\n"
    )
    assert type_in.ok("undo", "5").lines == [
        "Undid: Calm, Tuesday 24 November. It was 4 of 10; now it's empty.",
        "Undid: Hug, Monday 23 November. It was 1 time; now it's empty.",
        "Nothing more to undo.",
        'Until you change something, "calmtrack redo 2" brings them back.',
    ]
    assert type_in.ok("undo", "5").out == "Nothing to undo.\n"
    assert type_in.ok("redo").out == (
        "Redid: Hug, Monday 23 November. It was empty; now it's 1 time.\n"
    )
    assert type_in.ok("redo", "9").lines[-1] == "Nothing more to redo."
    assert type_in.ok("redo", "9").out == "Nothing to redo.\n"
    type_in.ok("undo")
    assert type_in.ok("redo", "2").lines[-1] == "Nothing more to redo."
    message = type_in.ok("rest", "hug", "--from", "2026-12-24", "--to", "2027-01-02").lines
    assert message[0].endswith("Sunday 27 December 2026 to Saturday 2 January 2027.")
    message = type_in.ok("rest", "hug", "--from", "2027-01-02", "--to", "2027-01-04").lines
    assert message[0].endswith("Sunday 3 January 2027 to Monday 4 January 2027.")
    type_in.ok("log", "w", "--day", "2025-12-24")
    message = type_in.ok("rest", "w", "--from", "2025-12-24").lines
    assert "already logged on Wednesday 24 December 2025" in message[0]


def test_without_a_diary_there_is_nothing_to_undo(type_in: CommandLine, location: Location) -> None:
    assert type_in.ok("undo").out == "Nothing to undo.\n"
    assert location.path is not None
    assert not location.path.exists()


def test_a_changed_reason_is_quoted_from_where_it_differs(
    type_in: CommandLine, location: Location
) -> None:
    reason = "At the sea with Anna and the children, in the small house behind the dunes: "
    type_in.ok("rest", "hug", "--note", f"{reason}sunny")
    assert type_in.ok("rest", "hug", "--note", f"{reason}rain").lines[:2] == [
        "Changed the note of 1 rest day.",
        'It was "…house behind the dunes: sunny" before.',
    ]


def test_a_holiday_leaves_logged_days_unchanged(type_in: CommandLine, location: Location) -> None:
    type_in.ok("log", "hug")
    message = type_in.ok("rest", "hug", "l", "--to", "fri", "--note", "seaside").lines
    assert message == [
        "Added rest days for 2 practices: Tuesday 24 November to Friday 27 November.",
        "Hug is already logged on Tuesday 24 November, so that day stays as it is.",
    ]
    week = Diary(location).week().practices[1]
    assert [state and state.value for state in week.states[1:5]] == ["rest"] * 4
    assert week.notes[2] == "seaside"
    type_in.ok("note", "l", "a letter")
    message = type_in.ok("rest", "--all", "--to", "fri", "--off").lines
    assert message == [
        "Removed the rest days of 2 practices: Tuesday 24 November to Friday 27 November.",
        'Their notes are gone, too: "seaside", "a letter".',
        'Changed your mind? Run "calmtrack undo".',
    ]
    for day, reason in (("wed", "a"), ("thu", "b"), ("fri", "c"), ("sat", "d"), ("sun", "e")):
        type_in.ok("rest", "l", "--from", day, "--note", reason)
    message = type_in.ok("rest", "l", "--to", "sun", "--off").lines
    assert message[1] == 'Their notes are gone, too: "a", "b", "c" and 2 more.'
    message = type_in.ok("rest", "--all", "--to", "fri", "--off").lines
    assert message == [
        (
            "None of these was a rest day, so nothing changed: "
            "Tuesday 24 November to Friday 27 November."
        )
    ]
    assert type_in.ok("rest", "hug").lines == [
        "Hug is already logged on Tuesday 24 November, so that day stays as it is.",
    ]


def test_a_longer_holiday_names_only_the_days_that_changed(type_in: CommandLine) -> None:
    """People check by that sentence what they changed; undo names the same days."""
    type_in.ok("rest", "hug", "l", "--to", "26.11.", "--note", "a cold")
    assert type_in.ok("rest", "hug", "l", "--to", "30.11.").lines == [
        "Added rest days for 2 practices: Friday 27 November to Monday 30 November."
    ]
    assert "Friday 27 November to Monday 30 November" in type_in.ok("undo", "--list").out
    assert type_in.ok("rest", "--all", "--off", "--from", "29.11.", "--to", "9.12.").lines == [
        "Removed the rest days of 2 practices: Sunday 29 November to Monday 30 November."
    ]
    assert type_in.ok("rest", "hug", "--to", "28.11.").lines == [
        "Already rest days, so nothing changed: Tuesday 24 November to Saturday 28 November."
    ]


def test_resting_all_means_every_practice_in_the_list(
    type_in: CommandLine, location: Location
) -> None:
    message = type_in.ok("rest", "--all", "--from", "yesterday", "--to", "today").out
    assert (
        message == "Added rest days for 8 practices: Monday 23 November to Tuesday 24 November.\n"
    )
    # On Monday they weren't in the list yet: a holiday often begins before the diary does.
    for day in (None, Diary(location).today() - timedelta(days=1)):
        assert [row.state.value for row in Diary(location).day(day).practices] == ["rest"] * 8
    message = type_in.ok("rest", "l").out
    assert message == "Already rest days, so nothing changed: Tuesday 24 November.\n"


def test_tomorrow_is_rejected_like_any_future_date(type_in: CommandLine) -> None:
    for text in ("tomorrow", "+1", "2026-11-25"):
        answer = type_in("log", "hug", "--day", text)
        assert "25 November 2026 is in the future. You can only plan rest" in answer.err


def test_after_midnight_the_new_date_is_said_to_begin_later(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T01:00+01:00")
    answer = type_in("calm", "6", "--day", "2026-11-25")
    assert answer.err == (
        "Wednesday 25 November hasn't begun yet: until your day turns, it's still Tuesday 24 "
        "November.\n"
    )
    assert "is in the future" in type_in("calm", "6", "--day", "2026-11-26").err


def test_an_unrated_day_is_printed_with_how_to_fill_it_in(type_in: CommandLine) -> None:
    type_in.ok("log", "hug")
    assert type_in.ok("today", "--day", "yesterday").lines[-2:] == [
        "",
        '  Nothing logged. Add it with "calmtrack log PRACTICE --day 2026-11-23".',
    ]


def test_what_the_command_line_logs_is_in_the_diary(
    type_in: CommandLine, location: Location
) -> None:
    on_evening(location, Diary(location).today()).press("joy")
    type_in.ok("log", "joy", "--no")
    (row,) = [row for row in Diary(location).day().practices if row.practice.id == "joy"]
    assert (row.state.value, row.amount) == ("no", 0)


def test_future_days_have_no_figures(type_in: CommandLine) -> None:
    for back in ("-2", "-1", "0"):
        type_in.ok("log", "hug", "--day", back if back != "0" else "today")
    week = json.loads(type_in.ok("week", "2026-12-02", "--json").out)["practices"][0]
    names = ("done_this_week", "streak", "longest_streak", "weeks_in_rhythm", "strength")
    assert [week[name] for name in (*names, "days_total")] == [None] * 6
    day = json.loads(type_in.ok("today", "--day", "2026-12-02", "--json").out)["practices"][0]
    assert (day["streak"], day["done_this_week"]) == (None, None)
    for command in (("week", "2026-12-02"), ("week", "2026-12-02", "--markdown")):
        hug = next(line for line in type_in.ok(*command).lines if "Hug" in line)
        assert not any(character.isdigit() for character in hug)
    hug = next(line for line in type_in.ok("today", "--day", "2026-12-02").lines if "Hug" in line)
    assert not any(character.isdigit() for character in hug)


def test_two_practices_are_logged_at_once(type_in: CommandLine, location: Location) -> None:
    assert type_in.ok("log", "hug", "laughter").lines == [
        "Logged: Hug, 1 time.",
        "Logged: Laughter.",
    ]
    assert type_in.ok("log", "hug", "gratitude", "3").lines == [
        "Logged: Hug, 3 times. It was 1 time before, and this replaced it. To add instead, run "
        '"calmtrack undo" and log +3.',
        "Logged: Gratitude, 3 times.",
    ]
    assert type_in.ok("log", "hug", "l", "--no").lines == [
        "Hug: not this time. That's fine. It was 3 times before. To get that back, run "
        '"calmtrack undo".',
        "Laughter: not this time. That's fine. It was yes before. To get that back, run "
        '"calmtrack undo".',
    ]


@pytest.mark.parametrize("amount", ["30", "+30"])
def test_an_amount_is_not_logged_as_times_of_one_practice_and_minutes_of_another(
    type_in: CommandLine, location: Location, amount: str
) -> None:
    refused = type_in("log", "hug", "w", amount, "--day", "last monday")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (
        f"{amount} would be times for Hug, but minutes for Nature walk. Log them separately, for "
        'example with "calmtrack log hug --day \'last monday\'" and "calmtrack log nature-walk '
        f"{amount} --day 'last monday'\". Nothing was logged.\n"
    )
    assert amount in type_in("log", "w", "hug", amount).err
    assert not Diary(location).undo_steps(1)
    # A no is one for both.
    assert len(type_in.ok("log", "hug", "w", "0").lines) == 2


@pytest.mark.parametrize("words", [("hug", "laughter", "3"), ("hug", "nosuch"), ("hug", "w", "1x")])
def test_if_one_of_two_practices_is_invalid_neither_is_logged(
    type_in: CommandLine, location: Location, words: tuple[str, ...]
) -> None:
    assert type_in("log", *words).code == 2
    assert {row.amount for row in Diary(location).day().practices} == {None}


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        *(("25m", 25), ("25min", 25), ("25mins", 25), ("1h", 60), ("1h30", 90), ("1H5M", 65)),
        *(("1 h 5 min", 65), ("1.5h", 90), ("1,25h", 75), ("1:30", 90), ("0:45", 45)),
        *(("2hours", 120), ("90minutes", 90), ("1hr", 60), ("1,5 Stunden", 90), ("2 horas", 120)),
    ],
)
def test_minutes_are_written_with_their_unit(
    type_in: CommandLine, typed: str, minutes: int
) -> None:
    assert type_in.ok("log", "w", typed).out == f"Logged: Nature walk, {minutes} minutes.\n"
    assert (
        type_in.ok("log", "w", f"+{typed}").out == f"Logged: Nature walk, {2 * minutes} minutes.\n"
    )


def test_hours_go_in_one_word_or_several_after_any_practice(type_in: CommandLine) -> None:
    type_in.ok("practices", "add", "Slow reading", "--unit", "minutes")
    for typed in (["1,5h"], ["1.5", "hours"], ["1", "hour", "30", "minutes"], ["1:30"]):
        logged = type_in.ok("log", "w", "slow-reading", *typed)
        assert [line.split(". ")[0].split(", ")[1].strip(".") for line in logged.lines] == [
            "90 minutes",
            "90 minutes",
        ]
    assert type_in("log", "w", "-1.5h").err.startswith("The amount must be 0 or more, not -90.")
    assert type_in("log", "w", "25h").err.startswith("Nature walk: 1,500 minutes is more than")
    assert 'isn\'t counted in minutes. Use a whole number instead of "1.5h"' in (
        type_in("log", "hug", "1.5h").err
    )


def test_a_space_before_the_unit_is_accepted_and_invalid_amounts_are_reported(
    type_in: CommandLine,
) -> None:
    assert type_in.ok("log", "w", "25", "min").out == "Logged: Nature walk, 25 minutes.\n"
    for typed, minutes in (
        ("+20 minutes", 45),
        ("1h 30min", 90),
        ("+1 H 5 m", 155),
        ("1.5 hours", 90),
    ):
        logged = type_in.ok("log", "w", *typed.split()).out
        assert logged.startswith(f"Logged: Nature walk, {minutes} minutes.")
    for text in ("1:60", "1:2", "1,5", "1.5h30", "+"):
        assert type_in("log", "w", text).err == (
            f'"{text}" isn\'t a number of minutes. Write it like 25, 25m or 1h30.\n'
        )
    for text in ("2x", "+"):
        assert type_in("log", "hug", text).err == f'"{text}" isn\'t a whole number.\n'


def test_a_practice_whose_name_begins_with_a_number_is_logged(type_in: CommandLine) -> None:
    for name in ("5 senses", "10 minutes"):
        type_in.ok("practices", "add", name)
        assert type_in.ok("log", name).out == f"Logged: {name}.\n"
    assert type_in.ok("log", "hug", "5 senses").lines[1] == "Already logged: 5 senses."
    assert type_in.ok("log", "hug", "10-minutes").lines[1] == "Already logged: 10 minutes."
    assert type_in("log", "10 minutes", "hugg").err.startswith('No practice called "hugg".')


def test_a_practice_named_twice_is_pressed_twice(type_in: CommandLine) -> None:
    assert type_in.ok("log", "hug", "laughter", "h", "laughter", "w", "w").lines == [
        "Logged: Hug, 2 times.",
        "Logged: Laughter.",
        "Logged: Nature walk, 30 minutes.",
    ]
    assert type_in.ok("log", "hug", "hug", "3").lines[0].startswith("Logged: Hug, 3 times.")


def test_what_one_command_logged_is_undone_and_redone_together(
    type_in: CommandLine, location: Location
) -> None:
    def amounts() -> list[int | None]:
        rows = {row.practice.id: row.amount for row in Diary(location).day().practices}
        return [rows["gratitude"], rows["hug"]]

    type_in.ok("log", "gratitude", "5")
    logged = type_in.ok("log", "gratitude", "hug", "3", "--note", "Anna").out
    assert 'run "calmtrack undo" and' in logged
    step = "Gratitude, Hug, Tuesday 24 November"
    assert f"1  {step} (" in type_in.ok("undo", "--list").out
    assert type_in.ok("undo").out == (
        f'Undid: {step}. Gratitude was 3 times "Anna"; now it\'s 5 times. Hug was 3 times "Anna"; '
        "now it's empty.\n"
    )
    assert amounts() == [5, None]
    assert type_in.ok("redo").out.startswith(f"Redid: {step}. Gratitude was 5 times; ")
    assert amounts() == [3, 3]
    type_in.ok("log", "gratitude", "hug", "--note", "Mia")
    assert type_in.ok("undo").out.startswith(f"Undid: note for {step}. Gratitude was ")
    assert {row.note for row in Diary(location).day().practices} == {"", "Anna"}


def test_after_midnight_each_answer_names_the_evening_it_went_to(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T00:30:00+01:00")
    for words, answer in (
        (("log", "hug"), "Logged for Tuesday 24 November: Hug, 1 time."),
        (("log", "hug", "--note", "x"), "Already logged for Tuesday 24 November: Hug, 1 time."),
        (("log", "joy", "--no"), "Moment of joy, Tuesday 24 November: not this time."),
        (("calm", "7"), "Calm, Tuesday 24 November: 7 of 10."),
        (("note", "calm", "x"), "Calm, Tuesday 24 November: note saved."),
        (("clear", "hug"), "Cleared for Tuesday 24 November: Hug."),
    ):
        assert type_in.ok(*words).lines[0].startswith(answer)
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T04:00:00+01:00")
    assert type_in.ok("log", "hug").lines == ["Logged: Hug, 1 time."]


def test_hugs_have_no_minutes(type_in: CommandLine) -> None:
    refused = type_in("log", "hug", "25m")
    assert refused.code == 2
    assert refused.err == ('Hug isn\'t counted in minutes. Use a whole number instead of "25m".\n')
    # There no whole number would do, either.
    refused = type_in("log", "laughter", "25m")
    assert refused.err == "Laughter is a yes/no practice. Its amount is 1 or 0.\n"


def test_json_answers_with_what_was_logged_and_rated(type_in: CommandLine) -> None:
    answer = json.loads(type_in.ok("log", "hug", "w", "--day", "mon", "--json").out)
    assert answer["day"] == "2026-11-23"
    assert [(row["id"], row["amount"]) for row in answer["practices"]] == [
        ("hug", 1),
        ("nature-walk", 20),
    ]
    answer = json.loads(type_in.ok("calm", "7", "--note", "x", "--json").out)
    assert answer == {"day": "2026-11-24", "calm": 7, "calm_note": "x"}


@pytest.mark.usefixtures("three_weeks")
def test_rest_over_many_logged_days_counts_them_in_one_sentence(type_in: CommandLine) -> None:
    message = type_in.ok("rest", "--all", "--from", "-20", "--to", "today").lines
    assert message[0].startswith("Added rest days for 8 practices: ")
    assert re.fullmatch(r"\d+ entries are there already and stay as they are\.", message[1])
    assert len(message) == 2
    for day in ("-3", "-2", "-1"):
        type_in.ok("log", "hug", "--day", day)
    message = type_in.ok("rest", "hug", "--from", "-3", "--to", "tomorrow").lines
    assert [line for line in message if "already logged on" in line] == message[1:]
    assert len(message) == 4


def test_rest_says_only_what_is_wrong_with_its_practices(type_in: CommandLine) -> None:
    assert type_in("rest").err == "Name the practices to rest, or use --all.\n"
    assert type_in("rest", "hug", "--all").err == ("Name practices, or use --all, but not both.\n")
