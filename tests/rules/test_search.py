"""Search in notes: case and accent folding, and where the hits are."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.folding import fold
from tracker.rules.search import SearchQuery, find_hits, parse_query


def query_of(text: str) -> SearchQuery:
    return parse_query(text, {"May": (5,), "spring": (3, 4, 5)})


def hits(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in sorted(find_hits(text, query_of(query).words))]


def test_case_accents_and_compatibility_forms_are_folded() -> None:
    assert fold("Café ÜBER Straße ﬁne Łódź") == "cafe uber strasse fine lodz"
    assert fold("ISIK ışık İz Ødegård cœur") == "isik isik iz odegard coeur"
    assert fold("Anna’s") == fold("ANNA'S") == "anna's"
    assert query_of(" Café  CAFE river ").words == ("cafe", "river")


def test_a_quoted_phrase_is_one_word() -> None:
    assert query_of('"Long  walk" Anna').words == ("long walk", "anna")
    assert query_of('"Tom" pizza "a b" tea walk').words == ("tom", "pizza", "a b", "tea", "walk")
    assert query_of("„Große Runde“ «x y» “begun to").words == ("grosse runde", "x y", "begun to")
    for nothing in ('"', '""  ', "\u0308", "«»"):
        assert query_of(nothing).words == ()
    assert query_of("a long text that was pa…").words[-1] == "pa"
    assert query_of('"long walk"').match(date(2026, 4, 9), ["walk, a long one"]) is None
    assert hits("Walk. A LONG walk.", '"long walk"') == ["LONG walk"]


def test_a_word_in_quotation_marks_is_a_whole_word_and_no_time() -> None:
    query = query_of('"spring"')
    assert (query.months, query.dates, query.whole) == ({}, frozenset(), frozenset({"spring"}))
    assert query.match(date(2026, 4, 1), ["rain"]) is None
    assert query.match(date(2026, 11, 1), ["spring is far"]) == "one_note"
    assert query_of('"hip"').match(date(2026, 4, 1), ["fish and chips"]) is None
    assert query_of("hip").match(date(2026, 4, 1), ["fish and chips"]) == "one_note"
    assert query_of('"2026"').match(date(2026, 4, 1), ["rain"]) is None


def test_a_phrase_matches_names_and_words_with_their_sign() -> None:
    day = date(2026, 4, 9)
    assert hits("Out with @Anna and #Tea.", '"with anna and tea"') == ["with @Anna and #Tea"]
    assert query_of('"with anna"').match(day, ["with @anna"]) == "one_note"
    assert query_of('"with @anna"').match(day, ["with anna"]) is None
    assert query_of('"with anna"').match(day, ["with", "@anna"]) is None


def test_hits_are_positions_in_the_original_text() -> None:
    assert hits("Im Café, cafe!", "CAFÉ") == ["Café", "cafe"]
    assert hits("Die Straße nass", "strasse nass") == ["Straße", "nass"]
    assert hits("nothing here", "river") == []
    assert hits("a river, a river", "river a") == ["a", "river", "a", "river"]
    marked = unicodedata.normalize("NFD", "Cafés, cafệ x")
    assert hits(marked, "cafe") == unicodedata.normalize("NFD", "Café|cafệ").split("|")
    assert hits("papapapa", "papa") == ["papa", "papa"]
    assert hits(unicodedata.normalize("NFD", "café"), "cafe") == [
        unicodedata.normalize("NFD", "café")
    ]


def test_every_word_is_in_the_notes_of_a_day_or_names_its_date(subtests: pytest.Subtests) -> None:
    in_april, in_may = date(2026, 4, 9), date(2026, 5, 9)
    cases: list[tuple[str, date, list[str], str | None]] = [
        ("river walk", in_may, ["no", "a walk by the river"], "one_note"),
        ("river walk", in_may, ["a walk", "the river"], "several_notes"),
        ("river walk sun", in_may, ["a walk", "the river"], None),
        ("river", in_may, [], None),
        ("river may", in_may, ["the river"], "one_note"),
        ("river spring", in_april, ["the river"], "one_note"),
        ("river may", in_april, ["the river, in may"], "one_note"),
        ("river may", in_april, ["the river, maybe"], None),
        ("river 2026-05", in_may, ["the river"], "one_note"),
        ("river 2026", in_may, ["the river"], "one_note"),
        ("river 2026-05", in_april, ["the river"], None),
        ("river 2026-05", in_april, ["the river, as on 2026-05-01"], "one_note"),
        ("2026-04-09", in_april, ["the river"], "one_note"),
        ("20", in_april, ["the river"], None),
        ("2026-", in_april, ["the river"], None),
    ]
    for text, day, notes, match in cases:
        with subtests.test(text=text, day=day, notes=notes):
            assert query_of(text).match(day, notes) == match


def test_a_word_can_be_a_period_of_time() -> None:
    query = query_of("MAY spring 2026-05 river 20")
    times = [query.is_time(word) for word in ("May", "spríng", "2026-05", "river", "20", "2026")]
    assert times == [True, True, True, False, False, False]


@pytest.mark.thorough
@given(st.text(max_size=30), st.text(min_size=1, max_size=3))
def test_a_text_has_a_hit_of_each_word_that_it_contains(text: str, query: str) -> None:
    for word in query_of(query).words:
        found = list(find_hits(text, (word,)))
        assert bool(found) == (word in fold(text))
        assert all(word in fold(text[start:end]) for start, end in found)
