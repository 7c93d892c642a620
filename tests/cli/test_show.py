"""`today`, `week` and `streaks`, each as a table, as facts and as JSON."""

import json
import re
from typing import Any

import pytest
from rich.cells import cell_len

from tests.cli.command_line import TODAY, CommandLine, Golden, on_evening
from tests.effort import some_of
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.models import State
from tracker.render.symbols import mark

COMMANDS = {
    "today": ("today",),
    "week": ("week",),
    "last_week": ("week", "-7"),
    "streaks": ("streaks",),
    "explain": ("explain", "hug"),
    "practices": ("practices",),
    "month": ("month",),
    "month_of_hugs": ("month", "november", "--of", "hug"),
    "year": ("year",),
    "year_of_hugs": ("year", "--of", "hug"),
    "year_of_calm": ("year", "--of", "calm"),
    "trend": ("trend", "--days", "30"),
    "recap": ("recap",),
    "recap_of_the_year": ("recap", "2026"),
}


@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize("name", COMMANDS)
def test_the_text_of_a_command(type_in: CommandLine, golden: Golden, name: str) -> None:
    type_in.ok("calm", "7", "--note", "Rain on the roof.")
    type_in.ok("log", "hug", "2")
    golden(f"{name}.txt", type_in.ok(*COMMANDS[name]).out)


@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize(
    "name", ["today", "week", "streaks", "explain", "month", "year", "trend", "recap"]
)
def test_the_plain_text_of_a_command(type_in: CommandLine, golden: Golden, name: str) -> None:
    type_in.ok("calm", "7", "--note", "Rain on the roof.")
    type_in.ok("log", "hug", "2")
    golden(f"{name}_plain.txt", type_in.ok(*COMMANDS[name], "--plain").out)


@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize(
    "name", ["today", "week", "streaks", "explain", "practices", "month", "year", "trend", "recap"]
)
def test_the_json_of_a_command(type_in: CommandLine, golden: Golden, name: str) -> None:
    type_in.ok("calm", "7", "--note", "Rain on the roof.")
    type_in.ok("log", "hug", "2")
    answer = type_in.ok(*COMMANDS[name], "--json").out
    json.loads(answer)
    golden(f"{name}.json", answer)


@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize("name", some_of(COMMANDS, 3))
def test_nothing_is_wider_than_80_columns(type_in: CommandLine, name: str) -> None:
    type_in.ok("practices", "add", "leaning")
    type_in.ok("practices", "add", "長い名前の習慣を毎晩つけるという練習をする")
    type_in.ok("calm", "10", "--note", "short")
    for line in type_in.ok(*COMMANDS[name]).lines:
        assert cell_len(line) <= 80, line


@pytest.mark.thorough
@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize("name", ["today", "week", "streaks", "explain"])
def test_plain_text_has_no_columns_and_no_symbols(type_in: CommandLine, name: str) -> None:
    type_in.ok("calm", "7")
    output = type_in.ok(*COMMANDS[name], "--plain").out
    assert not re.search(r"  |[●◐○·▁-█]", output)
    assert "\n\n" not in output


@pytest.mark.usefixtures("three_weeks")
def test_streaks_are_hidden_until_calm_is_rated(type_in: CommandLine) -> None:
    for face in ([], ["--plain"]):
        output = type_in.ok("today", *face).out
        assert "days" not in output
        assert " of 5" not in output
    type_in.ok("calm", "7")
    assert re.search(r"Hug .*1 of 5 +13 days +15\n", type_in.ok("today").out)


@pytest.mark.usefixtures("three_weeks")
def test_streaks_are_shown_once_a_practice_is_logged(type_in: CommandLine) -> None:
    type_in.ok("log", "joy")
    assert "days" in type_in.ok("today").out


@pytest.mark.usefixtures("three_weeks")
def test_json_and_the_week_hide_nothing(type_in: CommandLine) -> None:
    assert _practice(type_in.ok("today", "--json").out, "hug")["streak"] > 0
    assert "days" in type_in.ok("week").out


@pytest.mark.usefixtures("three_weeks")
def test_every_table_has_the_same_streak_of_a_goal_in_weeks(type_in: CommandLine) -> None:
    type_in.ok("practices", "edit", "nature-walk", "--days-per-week", "2", "--all-days")
    type_in.ok("calm", "7")
    assert re.search(r"Nature walk .* 3 weeks +\d+\n", type_in.ok("today").out)
    assert re.search(r"Nature walk .* 3 weeks +3 weeks", type_in.ok("week").out)
    assert re.search(r"Nature walk +2 a week +3 weeks +3 weeks +3 weeks", type_in.ok("streaks").out)


def test_text_plain_and_json_agree(type_in: CommandLine, three_weeks: Diary) -> None:
    week = json.loads(type_in.ok("week", "--json").out)
    streaks = json.loads(type_in.ok("streaks", "--json").out)
    day = json.loads(type_in.ok("today", "--json").out)
    for view, one in zip(three_weeks.streaks(), streaks["practices"], strict=True):
        assert one["streak"] == view.figures.streak
        for answer in (week, day):
            (same,) = [p for p in answer["practices"] if p["id"] == one["id"]]
            assert same["streak"] == view.figures.streak
            assert same["streak_shown"] == one["streak_shown"]
        explained = json.loads(type_in.ok("explain", one["id"], "--json").out)
        assert explained["streak"] == view.figures.streak
        assert explained["streak_shown"] == one["streak_shown"]
        in_weeks = {"count": view.figures.weeks_in_rhythm, "unit": "weeks"}
        assert one["streak_shown"] == (
            {"count": view.figures.streak, "unit": "days"} if view.days_per_week >= 5 else in_weeks
        )


@pytest.mark.usefixtures("three_weeks")
def test_an_ended_streak_is_reported_without_blame(type_in: CommandLine) -> None:
    answers = [type_in.ok("explain", p, *face).out for p in "hlwg" for face in ([], ["--plain"])]
    answers += [type_in.ok(*words).out for words in COMMANDS.values()]
    answers += [type_in.ok(*words, "--day", "-14").out for words in (("streaks",), ("today",))]
    text = "\n".join(answers)
    assert "Day off 1 of 2. Your streak goes on." in text
    assert "days off in seven. The streak now starts on " in text
    assert not re.search(r"\b(broke|miss|fail|lost|lose|0 of|streak:? 0|0 days)", text.casefold())


@pytest.mark.usefixtures("three_weeks")
def test_past_days_and_weeks_can_be_shown(type_in: CommandLine) -> None:
    assert type_in.ok("today", "--day", "-3").lines[0] == "Saturday 21 November 2026"
    assert "ahead" not in type_in.ok("today", "--day", "-3").out
    assert type_in.ok("today", "--day", "2026-12-31").lines[2] == "  This day is still ahead."
    assert type_in.ok("week", "2026-11-09").out == type_in.ok("week", "-15").out
    assert type_in.ok("week", "yesterday").out == type_in.ok("week").out


@pytest.mark.usefixtures("three_weeks")
def test_a_day_can_be_typed_after_a_command_without_an_option(
    type_in: CommandLine, subtests: pytest.Subtests
) -> None:
    for command in (("today",), ("week",), ("streaks",), ("explain", "hug"), ("insights",)):
        for words in (("yesterday",), ("last", "monday"), ("-3",), ("2026-11-16",)):
            with subtests.test(command=command, words=words):
                answer = type_in.ok(*command, *words)

                assert answer == type_in.ok(*command, "--day", " ".join(words))
        assert type_in(*command, "mon", "--day", "tue").code == 2
        assert "I don't recognise the date" in type_in(*command, "nonsense").err


@pytest.mark.usefixtures("three_weeks")
def test_ascii_characters_with_the_setting(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    type_in.ok("calm", "7")
    type_in.ok("practices", "add", "Leaning on somebody who is kind and listens")
    for words in COMMANDS.values():
        assert type_in.ok(*words).out.isascii()
    assert " Leaning on somebody ..." in type_in.ok("week").out
    assert type_in.ok("status").out.isascii()


def test_without_a_diary_each_command_prints_a_text_and_creates_none(
    type_in: CommandLine, golden: Golden
) -> None:
    golden("today_new.txt", type_in.ok("today").out)
    golden("week_new.txt", type_in.ok("week").out)
    type_in.ok("streaks")
    type_in.ok("explain", "hug")
    assert "There's no diary at this location yet" in type_in.ok("where").out


def test_wide_names_are_aligned(type_in: CommandLine, golden: Golden) -> None:
    for name in ("深呼吸", "Tée à la crème", "👨‍👩‍👧 family", "♥️ heart"):
        type_in.ok("practices", "add", name)
    for practice in ("深呼吸", "tée à la crème", "👨‍👩‍👧 family", "♥️ heart"):
        type_in.ok("log", practice)
    for command in ("today", "week", "streaks", "practices"):
        golden(f"wide_{command}.txt", type_in.ok(command).out)
    marks = [line for line in type_in.ok("today").lines if "●" in line]
    assert len({cell_len(line[: line.index("●")]) for line in marks}) == 1


def _practice(text: str, practice_id: str) -> dict[str, Any]:
    (found,) = [p for p in json.loads(text)["practices"] if p["id"] == practice_id]
    assert isinstance(found, dict)
    return found


@pytest.mark.usefixtures("three_weeks")
def test_a_week_can_be_pasted_into_a_journal(type_in: CommandLine, golden: Golden) -> None:
    type_in.ok("log", "hug", "--day", "2026-11-20", "--note", "with | Anna\n# not a heading")
    type_in.ok("practices", "edit", "joy", "--name", "<b>Joy</b> [x](y)")
    golden("week.md", type_in.ok("week", "-7", "--markdown").out)


@pytest.mark.parametrize(
    "text", some_of(["[a](b)", "<img src=x>", "a|b", "# a", "1. a", "`x`", "&lt;", "~a~"], 2)
)
def test_user_text_is_escaped_in_markdown(type_in: CommandLine, text: str) -> None:
    type_in.ok("log", "hug", "--note", text)
    note = type_in.ok("week", "--markdown").lines[-1]
    assert note.startswith("- Tuesday 24 November, Hug: ")
    written = note.partition("Hug: ")[2]
    assert re.sub(r"\\(.)", r"\1", written) == text
    assert not re.search(r"(?<!\\)[\[\]<>|#`&~.]", written)


@pytest.mark.usefixtures("three_weeks")
def test_the_plain_text_of_a_year_can_be_limited_to_one_practice(type_in: CommandLine) -> None:
    facts = type_in.ok("year", "--of", "hug", "--plain").lines
    assert {line.split(":")[0].split(",")[0] for line in facts[1:]} == {"Hug"}


@pytest.mark.parametrize("period", ["month", "year"])
@pytest.mark.parametrize("form", [(), ("--plain",)])
def test_one_practice_or_calm_is_shown_without_a_sentence_about_all_of_them(
    type_in: CommandLine, period: str, form: tuple[str, ...]
) -> None:
    type_in.ok("log", "hug")
    type_in.ok("calm", "6")
    assert "1 evening with connection. Calm 6.0 on average." in type_in.ok(period, *form).out
    for subject in ("hug", "calm"):
        shown = type_in.ok(period, "--of", subject, *form)
        assert "evening with connection" not in shown.out
        assert "Nothing this" not in shown.out
    walk = type_in.ok(period, "--of", "nature-walk", *form)
    assert walk.lines[0].endswith(": Nature walk")
    assert f"Nothing this {period} yet. Tonight is a good time to start." in walk.out


@pytest.mark.parametrize(
    ("period", "named"),
    [
        (("month", "2024-02"), "February 2024"),
        (("month", "2026-12"), "December 2026"),
        (("year", "2024"), "2024"),
        (("year", "2027"), "2027"),
    ],
)
def test_a_practice_outside_of_the_list_is_refused_the_same_for_a_month_and_a_year(
    type_in: CommandLine, period: tuple[str, ...], named: str
) -> None:
    type_in.ok("log", "hug")
    type_in.ok("practices", "archive", "hug")
    refused = type_in(*period, "--of", "hug")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == f"Hug isn't in your list in {named}.\n"


def test_a_date_without_a_year_is_the_nearest_one_where_days_ahead_can_be_seen(
    type_in: CommandLine,
) -> None:
    assert "24 December 2026" in type_in.ok("today", "24.12.").out
    assert "Sunday 27 December 2026" in type_in.ok("week", "24.12.").out
    assert "17 November" in type_in.ok("today", "17.11.").out


def test_only_a_year_of_the_diary_is_described_as_quiet(type_in: CommandLine) -> None:
    assert "  This year is still ahead." in type_in.ok("year", "2027").lines
    hug = json.loads(type_in.ok("year", "2027", "--json").out)["practices"][0]
    assert (hug["done"], hug["longest_streak"], hug["best_weekday"]) == (None, None, None)
    assert "  Before your diary began." in type_in.ok("year", "2025").lines
    type_in.ok("calm", "6", "--day", "2024-12-31")
    assert "  A quiet year. That's fine." in type_in.ok("year", "2025").lines
    assert "  Before your diary began." in type_in.ok("year", "2023").lines


@pytest.mark.parametrize("words", [("2026-12",), ("dec", "2026"), ("24.12.",)])
def test_a_month_to_come_shows_the_rest_that_is_planned(
    type_in: CommandLine, words: tuple[str, ...]
) -> None:
    type_in.ok("rest", "hug", "--from", "2026-12-24", "--to", "2026-12-26")
    lines, rest = type_in.ok("month", *words, "--of", "hug").lines, mark(State.REST)
    assert f"  21      22      23      24 {rest}    25 {rest}    26 {rest}    27" in lines
    assert lines[-1] == "  This month is still ahead."
    hug = json.loads(type_in.ok("month", "2026-12", "--json").out)["practices"][0]
    assert [day for day, state, _amount in hug["days"] if state == "rest"] == [
        "2026-12-24",
        "2026-12-25",
        "2026-12-26",
    ]
    assert hug["done"] is None


@pytest.mark.usefixtures("three_weeks")
def test_the_months_of_a_year_add_up_to_the_year(type_in: CommandLine) -> None:
    for day in ("2026-10-01", "2026-10-31"):
        type_in.ok("log", "hug", "--day", day)
        type_in.ok("calm", "5", "--day", day)
    months = [
        json.loads(type_in.ok("month", f"2026-{month:02}", "--json").out) for month in range(1, 12)
    ]
    year = json.loads(type_in.ok("year", "2026", "--json").out)
    assert [pair for one in months for pair in one["calm"]] == year["calm"]
    hugs = [one for month in months for one in month["practices"] if one["id"] == "hug"]
    of_year = next(one for one in year["practices"] if one["id"] == "hug")
    assert [one["done"] for one in hugs if one["done"]] == [2, of_year["done"] - 2]
    assert [day for one in hugs for day in one["days"]] == of_year["days"]


def test_weeks_and_years_can_be_named_as_people_say_them(type_in: CommandLine) -> None:
    assert "Monday 16 November" in type_in.ok("week", "last", "week").lines[0]
    assert "Monday 23 November" in type_in.ok("week", "this week").lines[0]
    assert "Monday 30 November" in type_in.ok("week", "next", "week").lines[0]
    assert "2025" in type_in.ok("year", "last", "year").lines[0]
    type_in.ok("log", "hug", "--day", "last night")
    type_in.ok("calm", "6", "--day", "tonight")
    journal = type_in.ok("journal", "this", "week").out
    assert "Monday 23 November 2026" in journal
    assert "Tuesday 24 November 2026" in journal
    assert "There's nothing in your diary" in type_in.ok("journal", "last", "week").out


def test_a_rest_day_shows_the_amount_that_does_not_count(
    type_in: CommandLine, location: Location
) -> None:
    diary = on_evening(location, TODAY)
    diary.log("hug", amount=2)
    for practice_id in ("hug", "joy"):
        diary.toggle_rest_day(practice_id)
    lines = type_in.ok("today").lines
    assert any(line.split() == ["h", "Hug", "z", "rest", "(2", "times)"] for line in lines)
    assert any(line.split() == ["j", "Moment", "of", "joy", "z", "rest"] for line in lines)


def test_rest_days_lower_the_goal_of_their_week(type_in: CommandLine) -> None:
    type_in.ok("calm", "6")
    type_in.ok("log", "w")
    walk = "w  Nature walk    ●  20 minutes             1 of "
    assert f"{walk}3" in type_in.ok("today").out
    type_in.ok("rest", "w", "--from", "tomorrow", "--to", "sun")
    assert f"{walk}2" in type_in.ok("today").out
    assert "1/2" in type_in.ok("week").out
    assert "1 of 2 this week" in type_in.ok("explain", "w").out
    week = json.loads(type_in.ok("week", "--json").out)["practices"]
    assert next(one["days_per_week"] for one in week if one["id"] == "nature-walk") == 3


def test_a_year_after_month_is_refused_with_the_command_that_shows_it(type_in: CommandLine) -> None:
    refused = type_in("month", "2026")
    assert (refused.code, refused.out) == (2, "")
    assert '"calmtrack year 2026"' in refused.err


@pytest.mark.parametrize(
    ("typed", "month"), [("3", "March 2026"), ("11", "November 2026"), ("12", "December 2025")]
)
def test_a_number_is_that_of_a_month(type_in: CommandLine, typed: str, month: str) -> None:
    assert type_in.ok("month", typed).lines[0].startswith(month)
    assert month in type_in.ok("recap", typed).lines[0]


@pytest.mark.parametrize("command", ["month", "recap"])
@pytest.mark.parametrize("typed", ["0", "13", "30", ""])
def test_a_number_of_no_month_is_not_taken_for_a_day(
    type_in: CommandLine, command: str, typed: str
) -> None:
    refused = type_in(command, typed)
    assert (refused.code, refused.out) == (2, "")
    assert f'"{typed}". Use' in refused.err


@pytest.mark.parametrize("year", ["0", "-1", "1899", "2201"])
def test_a_year_that_no_diary_covers_is_not_this_year(type_in: CommandLine, year: str) -> None:
    refused = type_in("year", year)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == f"{year} is out of range. A diary covers the years 1900 to 2200.\n"


@pytest.mark.parametrize("command", ["month", "recap", "journal"])
@pytest.mark.parametrize(
    ("typed", "out_of_range"),
    [
        ("1899-05", "1899"),
        ("2300", "2300"),
        ("may 1899", "1899"),
        ("2300-05-03", "2300-05-03"),
        ("-999999", "-999999"),
    ],
)
def test_a_month_that_no_diary_covers_is_refused_with_the_reason(
    type_in: CommandLine, command: str, typed: str, out_of_range: str
) -> None:
    refused = type_in(command, typed)
    assert (refused.code, refused.out) == (2, "")
    assert (
        refused.err == f"{out_of_range} is out of range. A diary covers the years 1900 to 2200.\n"
    )
    assert "don't recognise" in type_in(command, "soon").err


def test_the_day_shows_the_lines_of_a_note_and_wraps_long_ones(
    type_in: CommandLine, location: Location
) -> None:
    diary = on_evening(location, TODAY)
    diary.rate(6, note="First line\n\nSecond  line")
    diary.log("hug", note=f"With Anna\n{'a long walk ' * 10}")
    lines = type_in.ok("today").lines
    place = lines.index("  Note: First line")
    assert lines[place + 1 : place + 3] == ["", "  Second line"]
    place = lines.index("       Note: With Anna")
    assert lines[place + 1 : place + 3] == [
        f"       {('a long walk ' * 6).rstrip()}",
        f"       {('a long walk ' * 4).rstrip()}",
    ]
    assert type_in.ok("today").out == type_in.ok().out
    assert "Note: First line⏎⏎Second  line" in type_in.ok("today", "--plain").lines


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_a_list_without_practices_is_said(type_in: CommandLine, options: tuple[str, ...]) -> None:
    type_in.ok("calm", "5")
    before = type_in.ok("streaks", "--day", "yesterday", *options)
    assert before.lines == ["Your list had no practices on Monday 23 November."]
    explained = type_in.ok("explain", "hug", "--day", "yesterday", *options)
    assert explained.lines[-1] == "Nothing to show yet."
    for one in json.loads(type_in.ok("practices", "--json").out)["practices"]:
        type_in.ok("practices", "archive", one["id"])
    empty = "Your list has no practices."
    for command in ("today", "streaks", "insights"):
        assert empty in type_in.ok(command, *options).out, command
    assert json.loads(type_in.ok("streaks", "--json").out)["practices"] == []


def test_a_number_that_can_be_that_of_a_week_is_asked_about(type_in: CommandLine) -> None:
    answer = type_in("week", "20")
    assert answer.code == 2
    assert answer.err == (
        '"20" can be a day of the month or the number of a week. Type a date like 2026-11-24.\n'
    )
