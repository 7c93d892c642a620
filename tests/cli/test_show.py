"""`today`, `week` and `streaks`, each as a table, as facts and as JSON."""

import json
import re
from typing import Any

import pytest
from rich.cells import cell_len

from tests.cli.command_line import CommandLine, Golden
from tests.effort import some_of
from tracker.diary.diary import Diary

QUESTIONS = {
    "today": ("today",),
    "week": ("week",),
    "last_week": ("week", "-7"),
    "streaks": ("streaks",),
    "explain": ("explain", "hug"),
    "practices": ("practices",),
    "year": ("year",),
    "year_of_hugs": ("year", "--of", "hug"),
    "year_of_calm": ("year", "--of", "calm"),
    "trend": ("trend", "--days", "30"),
    "recap": ("recap",),
    "recap_of_the_year": ("recap", "2026"),
}


@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_reads_as_it_did(type_in: CommandLine, golden: Golden, name: str) -> None:
    type_in.well("calm", "7", "--note", "Rain on the roof.")
    type_in.well("log", "hug", "2")
    golden(f"{name}.txt", type_in.well(*QUESTIONS[name]).out)


@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize("name", ["today", "week", "streaks", "explain", "year", "trend", "recap"])
def test_an_answer_reads_aloud_as_it_did(type_in: CommandLine, golden: Golden, name: str) -> None:
    type_in.well("calm", "7", "--note", "Rain on the roof.")
    type_in.well("log", "hug", "2")
    golden(f"{name}_plain.txt", type_in.well(*QUESTIONS[name], "--plain").out)


@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize(
    "name", ["today", "week", "streaks", "explain", "practices", "year", "trend", "recap"]
)
def test_json_keeps_its_keys(type_in: CommandLine, golden: Golden, name: str) -> None:
    type_in.well("calm", "7", "--note", "Rain on the roof.")
    type_in.well("log", "hug", "2")
    answer = type_in.well(*QUESTIONS[name], "--json").out
    json.loads(answer)
    golden(f"{name}.json", answer)


@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize("name", some_of(QUESTIONS, 3))
def test_nothing_is_wider_than_80_columns(type_in: CommandLine, name: str) -> None:
    type_in.well("practices", "add", "leaning")
    type_in.well("practices", "add", "長い名前の習慣を毎晩つけるという練習をする")
    type_in.well("calm", "10", "--note", "short")
    for line in type_in.well(*QUESTIONS[name]).lines:
        assert cell_len(line) <= 80, line


@pytest.mark.thorough
@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize("name", ["today", "week", "streaks", "explain"])
def test_facts_need_no_columns_and_no_symbols(type_in: CommandLine, name: str) -> None:
    type_in.well("calm", "7")
    output = type_in.well(*QUESTIONS[name], "--plain").out
    assert not re.search(r"  |[●◐○·▁-█]", output)
    assert "\n\n" not in output


@pytest.mark.usefixtures("three_weeks")
def test_streaks_wait_until_the_calm_question_is_answered(type_in: CommandLine) -> None:
    for face in ([], ["--plain"]):
        output = type_in.well("today", *face).out
        assert "days" not in output
        assert " of 5" not in output
    type_in.well("calm", "7")
    assert re.search(r"Hug .*1 of 5 +13 days +15\n", type_in.well("today").out)


@pytest.mark.usefixtures("three_weeks")
def test_streaks_show_once_a_practice_was_logged_first(type_in: CommandLine) -> None:
    type_in.well("log", "joy")
    assert "days" in type_in.well("today").out


@pytest.mark.usefixtures("three_weeks")
def test_json_and_the_week_hide_nothing(type_in: CommandLine) -> None:
    assert _practice(type_in.well("today", "--json").out, "hug")["streak"] > 0
    assert "days" in type_in.well("week").out


def test_text_plain_and_json_agree(type_in: CommandLine, three_weeks: Diary) -> None:
    week = json.loads(type_in.well("week", "--json").out)
    streaks = json.loads(type_in.well("streaks", "--json").out)
    day = json.loads(type_in.well("today", "--json").out)
    for view, one in zip(three_weeks.streaks(), streaks["practices"], strict=True):
        assert one["streak"] == view.figures.streak
        for answer in (week, day):
            (same,) = [p for p in answer["practices"] if p["id"] == one["id"]]
            assert same["streak"] == view.figures.streak
            assert same["streak_shown"] == one["streak_shown"]
        explained = json.loads(type_in.well("explain", one["id"], "--json").out)
        assert explained["streak"] == view.figures.streak
        assert explained["streak_shown"] == one["streak_shown"]
        in_weeks = {"count": view.figures.weeks_in_rhythm, "unit": "weeks"}
        assert one["streak_shown"] == (
            {"count": view.figures.streak, "unit": "days"} if view.days_per_week >= 5 else in_weeks
        )


@pytest.mark.usefixtures("three_weeks")
def test_an_ended_streak_is_reported_without_blame(type_in: CommandLine) -> None:
    answers = [type_in.well("explain", p, *face).out for p in "hlwg" for face in ([], ["--plain"])]
    answers += [type_in.well(*words).out for words in QUESTIONS.values()]
    answers += [type_in.well(*words, "--day", "-14").out for words in (("streaks",), ("today",))]
    text = "\n".join(answers)
    assert "Day off 1 of 2. Your streak goes on." in text
    assert "days off in seven. The streak now starts on " in text
    assert not re.search(r"\b(broke|miss|fail|lost|lose|0 of|streak:? 0|0 days)", text.casefold())


@pytest.mark.usefixtures("three_weeks")
def test_a_day_and_a_week_of_the_past_can_be_looked_at(type_in: CommandLine) -> None:
    assert type_in.well("today", "--day", "-3").lines[0] == "Saturday 21 November 2026"
    assert type_in.well("week", "2026-11-09").out == type_in.well("week", "-15").out
    assert type_in.well("week", "yesterday").out == type_in.well("week").out


@pytest.mark.usefixtures("three_weeks")
def test_plain_characters_when_asked_for(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    type_in.well("calm", "7")
    for words in QUESTIONS.values():
        assert type_in.well(*words).out.isascii()
    assert type_in.well("status").out.isascii()


def test_a_diary_not_yet_begun_answers_kindly_and_is_not_made(
    type_in: CommandLine, golden: Golden
) -> None:
    golden("today_new.txt", type_in.well("today").out)
    golden("week_new.txt", type_in.well("week").out)
    type_in.well("streaks")
    type_in.well("explain", "hug")
    assert "There's no diary at this location yet" in type_in.well("where").out


def test_wide_names_line_up(type_in: CommandLine, golden: Golden) -> None:
    for name in ("深呼吸", "Tée à la crème", "👨‍👩‍👧 family", "♥️ heart"):
        type_in.well("practices", "add", name)
    for practice in ("深呼吸", "tée à la crème", "👨‍👩‍👧 family", "♥️ heart"):
        type_in.well("log", practice)
    for command in ("today", "week", "streaks", "practices"):
        golden(f"wide_{command}.txt", type_in.well(command).out)
    marks = [line for line in type_in.well("today").lines if "●" in line]
    assert len({cell_len(line[: line.index("●")]) for line in marks}) == 1


def _practice(text: str, practice_id: str) -> dict[str, Any]:
    (found,) = [p for p in json.loads(text)["practices"] if p["id"] == practice_id]
    assert isinstance(found, dict)
    return found


@pytest.mark.usefixtures("three_weeks")
def test_a_week_can_be_pasted_into_a_journal(type_in: CommandLine, golden: Golden) -> None:
    type_in.well("log", "hug", "--day", "2026-11-20", "--note", "with | Anna\n# not a heading")
    type_in.well("practices", "edit", "joy", "--name", "<b>Joy</b> [x](y)")
    golden("week.md", type_in.well("week", "-7", "--markdown").out)


@pytest.mark.parametrize(
    "text", some_of(["[a](b)", "<img src=x>", "a|b", "# a", "1. a", "`x`", "&lt;", "~a~"], 2)
)
def test_nothing_a_person_wrote_is_markup_in_it(type_in: CommandLine, text: str) -> None:
    type_in.well("log", "hug", "--note", text)
    note = type_in.well("week", "--markdown").lines[-1]
    assert note.startswith("- Tuesday 24 November, Hug: ")
    written = note.partition("Hug: ")[2]
    assert re.sub(r"\\(.)", r"\1", written) == text
    assert not re.search(r"(?<!\\)[\[\]<>|#`&~.]", written)


@pytest.mark.usefixtures("three_weeks")
def test_the_facts_of_a_year_can_be_those_of_one_practice(type_in: CommandLine) -> None:
    facts = type_in.well("year", "--of", "hug", "--plain").lines
    assert {line.split(":")[0].split(",")[0] for line in facts[2:]} == {"Hug"}


def test_a_year_to_come_was_not_quiet(type_in: CommandLine) -> None:
    assert "  This year is still ahead." in type_in.well("year", "2027").lines
    assert "A quiet year" in type_in.well("year", "2025").out


def test_the_year_0_is_not_this_year(type_in: CommandLine) -> None:
    refused = type_in("year", "0")
    assert (refused.code, refused.out) == (2, "")
    assert "0" in refused.err
