"""The practices that come with calmtrack: their questions, and cards with sources."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tracker.catalogue import claims, evidence_cards, what_holds
from tracker.i18n.messages import SOURCE_LANGUAGE, languages, set_language

FILE = Path(__file__).parents[2] / "data" / "practices.toml"
SHIPPED: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
PRACTICES: list[dict[str, Any]] = SHIPPED["practice"]
CLAIMS: list[dict[str, Any]] = SHIPPED["about"]["claims"]

KEYS_OF_THE_APP = set("quznex")
COLUMNS_OF_THE_CSV = {"day", "weekday", "calm", "all"}
PRACTICE_FIELDS: dict[str, type] = {
    "id": str,
    "key": str,
    "name": str,
    "question": str,
    "unit": str,
    "amount": int,
    "step": int,
    "days_per_week": int,
    "on": bool,
    "overlap": bool,
    "example": str,
    "grade": str,
    "evidence": str,
    "not_supported": str,
    "references": list,
}
each_practice = pytest.mark.parametrize("practice", PRACTICES, ids=lambda p: str(p["id"]))


@each_practice
def test_each_practice_has_every_field(practice: dict[str, Any]) -> None:
    assert {name: type(value) for name, value in practice.items()} == PRACTICE_FIELDS
    empty = {name for name, value in practice.items() if value in ("", [])}
    assert empty <= {"not_supported", "references"}


def test_each_practice_has_a_unique_id() -> None:
    ids = [practice["id"] for practice in PRACTICES]
    assert len(set(ids)) == len(ids)
    assert [i for i in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)*", i)] == []
    assert COLUMNS_OF_THE_CSV.isdisjoint(ids)


def test_each_practice_has_a_letter_that_is_not_a_key_of_the_app() -> None:
    keys = [practice["key"] for practice in PRACTICES]
    assert len(set(keys)) == len(keys)
    assert [key for key in keys if not re.fullmatch(r"[a-z]", key)] == []
    assert KEYS_OF_THE_APP.isdisjoint(keys)


@each_practice
def test_the_question_of_a_practice_is_a_question(practice: dict[str, Any]) -> None:
    assert re.fullmatch(r"[A-Z][^.?!]+\?( [A-Z][^.?!]+\.)?", practice["question"])


@each_practice
def test_the_unit_is_yes_no_times_or_minutes(practice: dict[str, Any]) -> None:
    assert practice["unit"] in {"yes/no", "times", "minutes"}
    assert practice["amount"] >= 1
    assert practice["step"] >= 1


@each_practice
def test_a_yes_is_done_with_one_press(practice: dict[str, Any]) -> None:
    if practice["unit"] == "yes/no":
        assert (practice["amount"], practice["step"]) == (1, 1)


@each_practice
def test_the_weekly_goal_is_one_to_seven_days(practice: dict[str, Any]) -> None:
    assert 1 <= practice["days_per_week"] <= 7


@each_practice
def test_each_evidence_card_has_sources(practice: dict[str, Any]) -> None:
    assert practice["grade"][0] in "ABCD"
    if practice["grade"] != "D":
        assert practice["references"]


def test_the_default_practices_are_these_eight_in_this_order() -> None:
    assert [practice["id"] for practice in PRACTICES if practice["on"]] == [
        "hug",
        "laughter",
        "nature-walk",
        "gratitude",
        "good-talk",
        "safe-moment",
        "joy",
        "softening",
    ]


def test_the_practices_that_overlap_with_calm_are_marked() -> None:
    assert {practice["id"] for practice in PRACTICES if practice["overlap"]} == {
        "safe-moment",
        "joy",
        "softening",
    }


def test_each_claim_has_evidence_and_a_source() -> None:
    assert len(CLAIMS) == 3
    for claim in CLAIMS:
        assert claim.keys() == {"claim", "evidence", "references"}
        assert all(claim.values())


def test_the_summary_says_which_claims_hold() -> None:
    assert SHIPPED["about"]["holds"].endswith("something only your own diary can show.")


def test_texts_are_plain_sentences_with_a_minus_sign_and_no_markup() -> None:
    cards = [*PRACTICES, *CLAIMS]
    texts = [value for card in cards for value in card.values() if isinstance(value, str)]
    texts += [reference for card in cards for reference in card["references"]]
    assert [text for text in texts if re.search(r"[*`\n]|  |^ | $", text)] == []
    assert [card["evidence"] for card in cards if re.search(r"-\d", card["evidence"])] == []


WORDS = ("name", "question", "example", "grade", "evidence", "not_supported")
TRANSLATED: dict[str, dict[str, Any]] = {
    path.name.split(".")[1]: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in FILE.parent.glob("practices.*.toml")
}
"""The translated texts by language."""
each_translation = pytest.mark.parametrize("code", sorted(TRANSLATED))


def test_each_language_translates_the_practices() -> None:
    assert {SOURCE_LANGUAGE, *TRANSLATED} == set(languages())


@each_translation
def test_each_text_of_a_practice_is_translated(code: str) -> None:
    file = TRANSLATED[code]
    assert list(file) == [*(practice["id"] for practice in PRACTICES), "about"]
    for practice in PRACTICES:
        own = file[practice["id"]]
        assert own.keys() - {"references"} == {"key", *WORDS}
        assert [bool(own[word]) for word in WORDS] == [bool(practice[word]) for word in WORDS]
        assert [w for w in WORDS if own[w] and own[w] == practice[w] and w != "grade"] == []
        assert own["grade"][0] == practice["grade"][0]
        assert len(own["name"]) <= 13, "so much fits beside a week"
        assert re.fullmatch(r"¿?[A-Z][^.?!]+\?( [A-Z][^.?!]+\.)?", own["question"])
    assert len(file["about"]["claims"]) == len(CLAIMS)
    assert file["about"]["holds"]


@each_translation
def test_only_the_remark_after_a_source_is_translated(code: str) -> None:
    remark = re.compile(r" \([a-z0-9][^()]*\)$")
    file = TRANSLATED[code]
    cards = [(practice, file[practice["id"]]) for practice in PRACTICES]
    for english, own in [*cards, *zip(CLAIMS, file["about"]["claims"], strict=True)]:
        sources = english["references"]
        translated = own.get("references", sources)
        assert [remark.sub("", one) for one in translated] == [
            remark.sub("", one) for one in sources
        ]
        assert [one for one in translated if one in sources and remark.search(one)] == []


@each_translation
def test_the_letters_of_a_language_are_unique_and_free(code: str) -> None:
    own = [TRANSLATED[code][practice["id"]] for practice in PRACTICES]
    keys = [practice["key"] for practice in own]
    assert len(set(keys)) == len(keys)
    assert KEYS_OF_THE_APP.isdisjoint(keys)
    assert [one["name"] for one in own if one["key"] not in one["name"].lower()] == []


@each_translation
@each_practice
def test_each_language_has_the_same_numbers(practice: dict[str, Any], code: str) -> None:
    english = re.findall(r"\d+(?:\.\d+)?", practice["evidence"])
    own = re.findall(r"\d+(?:,\d+)?", TRANSLATED[code][practice["id"]]["evidence"])
    written_out = {"900"}
    assert {n.replace(",", ".") for n in own} - written_out == set(english) - written_out


@pytest.mark.parametrize("language", languages())
def test_each_text_is_one_paragraph(language: str) -> None:
    set_language(language)
    texts = [what_holds(), *(text for one in claims() for text in (one.claim, one.evidence))]
    for card in evidence_cards():
        texts += [card.name, card.evidence, card.not_supported, card.example, *card.references]
    assert [text for text in texts if text != " ".join(text.split())] == []
