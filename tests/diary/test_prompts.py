"""The question above a note: chosen by what was logged, the same all evening, and the person's own
ones first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich.cells import cell_len

from tests.diary.factories import TODAY, Clock, add_ratings
from tracker.catalogue import practice_templates, question_about_that_day
from tracker.diary.diary import Diary
from tracker.diary.prompts import (
    BY_MOOD,
    BY_PRACTICE,
    FOR_REST_DAY,
    ON_EARLIER_DAYS,
    on_earlier_day,
)
from tracker.errors import InputError
from tracker.i18n.date_format import about_that_day
from tracker.i18n.messages import _, languages, set_language
from tracker.models import CALM_ID

QUESTIONS = [
    FOR_REST_DAY,
    *BY_PRACTICE.values(),
    *(one for of_mood in BY_MOOD.values() for one in of_mood),
]
LOW = ("do you good now", "done you good that day", "A few words are enough", "Who could you tell")


def test_the_question_is_the_same_all_evening_and_changes_with_the_day(
    diary: Diary, clock: Clock
) -> None:
    diary.rate(6)
    asked = diary.prompts.for_note(CALM_ID, TODAY)
    clock.forward(hours=2)
    assert diary.prompts.for_note(CALM_ID, TODAY) == asked
    days = [TODAY - timedelta(days=back) for back in range(5)]
    assert len({diary.prompts.for_note(CALM_ID, day) for day in days}) == 5


def test_it_asks_about_what_was_logged(diary: Diary) -> None:
    assert diary.prompts.for_note("hug", TODAY) == "Who was in your arms today?"
    assert diary.prompts.for_note("of-my-own", TODAY).endswith("?")
    asked = set()
    for back in range(7):
        day = TODAY - timedelta(days=back)
        diary.press("laughter", day)
        asked.add(diary.prompts.for_note(CALM_ID, day))
    assert "What made you laugh?" in asked
    assert "Who was in your arms today?" not in asked


def test_a_low_evening_is_asked_gently_unless_scores_are_hidden(diary: Diary) -> None:
    for back in range(6):
        day = TODAY - timedelta(days=back)
        assert not any(part in diary.prompts.for_note(CALM_ID, day) for part in LOW)
        diary.press("hug", day)
        diary.rate(2, day)
        assert any(part in diary.prompts.for_note(CALM_ID, day) for part in LOW)
        hidden = diary.prompts.for_note(CALM_ID, day, scores_hidden=True)
        assert not any(part in hidden for part in LOW)


def test_from_a_calm_of_eight_it_asks_what_was_good(diary: Diary) -> None:
    days = [TODAY - timedelta(days=back) for back in range(7)]
    kinds = {}
    for calm in (3, 4, 7, 8):
        add_ratings(diary, [(day, calm) for day in days])
        asked = {diary.prompts.for_note(CALM_ID, day) for day in days}
        is_low = any(part in question for part in LOW for question in asked)
        good = any("What was good about" in question for question in asked)
        kinds[calm] = is_low, good
    assert kinds == {3: (True, False), 4: (False, False), 7: (False, False), 8: (False, True)}


def test_the_users_questions_come_first_in_rotation(diary: Diary) -> None:
    diary.prompts.add(["What was new?", "Who called?", "What was new?"])
    assert diary.prompts.own() == ("What was new?", "Who called?")
    asked = [diary.prompts.for_note(CALM_ID, TODAY - timedelta(days=back)) for back in range(4)]
    assert asked[0] != asked[1]
    assert asked == [*asked[:2], *asked[:2]]
    assert diary.prompts.for_note("hug", TODAY) in asked
    assert diary.prompts.remove(1) == "What was new?"
    diary.undo()
    assert diary.prompts.own() == ("What was new?", "Who called?")
    with pytest.raises(InputError, match="No question has the number 3"):
        diary.prompts.remove(3)


def test_the_note_of_a_rest_day_is_asked_for_its_reason(diary: Diary) -> None:
    diary.prompts.add(["What was new?"])
    ahead = TODAY + timedelta(days=3)
    diary.rest(("hug",), TODAY, ahead)
    for day in (TODAY, ahead):
        assert diary.prompts.for_note("hug", day) == "Why a rest day?"
    assert diary.prompts.for_note("laughter", TODAY) == "What was new?"
    assert diary.prompts.for_note(CALM_ID, TODAY) == "What was new?"
    diary.press("hug")
    assert diary.prompts.for_note("hug", TODAY) == "What was new?"


@pytest.mark.parametrize("text", ["", " ", "two\nlines", "x" * 201, "\x1b[31m"])
def test_a_question_has_to_be_one_line(diary: Diary, text: str) -> None:
    with pytest.raises(InputError):
        diary.prompts.add([text])
    assert diary.prompts.own() == ()


def test_every_question_fits_on_one_line_in_every_language() -> None:
    try:
        for language in languages():
            set_language(language)
            asked = [*map(_, QUESTIONS), *map(on_earlier_day, QUESTIONS)]
            assert [one for one in asked if cell_len(one) > 50] == []
    finally:
        set_language("en")
    assert len(set(QUESTIONS)) == len(QUESTIONS)


def test_on_an_earlier_day_a_question_in_the_present_tense_is_asked_in_the_past() -> None:
    asked = on_earlier_day("What are you thankful for today?")
    assert asked == "What were you thankful for that day?"


@pytest.mark.parametrize("language", languages())
def test_on_an_earlier_day_no_question_is_about_today(language: str) -> None:
    set_language(language)
    try:
        shipped = [one.question for one in practice_templates()]
        asked = [*map(_, QUESTIONS), *shipped]
        earlier = [on_earlier_day(one) for one in QUESTIONS]
        earlier += [about_that_day(one, language) for one in shipped]
    finally:
        set_language("en")
    wrong = ["today", "tonight", "now", "heut", "jetzt", "hoy", "ahora"]
    wrong += ["von an dem", "an dem tag abend", "esta noche"]
    assert [one for one in earlier if any(word in one.casefold() for word in wrong)] == []
    assert earlier != asked
    assert set(ON_EARLIER_DAYS) < set(QUESTIONS)


@pytest.mark.parametrize("language", languages())
def test_the_questions_of_a_diary_in_another_language_ask_about_an_earlier_day_too(
    language: str,
) -> None:
    set_language(language)
    try:
        begun = [one.practice(1, TODAY) for one in practice_templates()]
        in_own_language = [question_about_that_day(one) for one in begun]
        for other in languages():
            set_language(other)
            assert [question_about_that_day(one) for one in begun] == in_own_language
    finally:
        set_language("en")
    assert in_own_language != [one.question for one in begun]
