"""The people that a note mentions."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.mentions import (
    complete_name,
    find_mentions,
    find_tags,
    mention_prefix_at,
    normalize_name,
    preferred_spelling,
    spans,
)


def test_names_are_what_follows_the_sign_and_nothing_else(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, tuple[str, ...]]] = [
        ("", ()),
        ("a quiet day, xylophone", ()),
        ("xylophone with @Tom", ("Tom",)),
        ("@Anna", ("Anna",)),
        ("tea with @Anna, then (@Tom).", ("Anna", "Tom")),
        ("@Anna's dog and @Mrs-Okafor_2", ("Anna", "Mrs-Okafor_2")),
        ("@anna and again @ANNA", ("anna",)),
        ("@Zoë @Małgosia @Иван @さくら @अनिता", ("Zoë", "Małgosia", "Иван", "さくら", "अनिता")),
        ("＠さくら", ("さくら",)),
        ("@Anna- then a dash", ("Anna",)),
        ("@Anna/@Tom, @Lea@Mia", ("Anna", "Tom", "Lea")),
        ("mail me: anna@example.org or me_2@x.de", ()),
        ("read https://example.org/@someone/1 today", ()),
        ("@ @5pm @-x @!", ()),
        ("line one @Anna\n@Tom line two", ("Anna", "Tom")),
    ]
    for note, names in cases:
        with subtests.test(note=note, names=names):
            assert find_mentions(note) == names


@given(st.text())
def test_any_note_names_only_what_stands_in_it(note: str) -> None:
    composed = unicodedata.normalize("NFC", note)
    for name in find_mentions(note):
        assert f"@{name}" in composed or f"＠{name}" in composed
        assert find_mentions(f"with @{name} today") == (name,)


@given(st.text(alphabet="@aB é-_.5 \u0301", max_size=12))
def test_how_the_accents_were_typed_makes_no_difference(note: str) -> None:
    assert find_mentions(unicodedata.normalize("NFD", note)) == find_mentions(note)


def test_capitals_and_accents_typed_in_parts_are_the_same_person() -> None:
    assert normalize_name("ZOE\u0308") == normalize_name("zoë") != normalize_name("Zoe")


def test_a_person_is_shown_as_written_most_often_and_of_equals_first() -> None:
    assert preferred_spelling(["anna", "Anna", "Anna"]) == "Anna"
    assert preferred_spelling(["Anna", "anna"]) == "Anna"


def test_a_name_is_being_written_right_before_the_cursor(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str | None]] = [
        ("tea with @An", "An"),
        ("@An", "An"),
        ("@Mrs-", "Mrs-"),
        ("tea with @", None),
        ("tea with @An and", None),
        ("mail anna@ex", None),
        ("@5", None),
        ("@Anna @An", "An"),
        ("no sign", None),
        ("with @Zoe\u0308", "Zoe\u0308"),
        ("", None),
    ]
    for before, begun in cases:
        with subtests.test(before=before, begun=begun):
            assert mention_prefix_at(before) == begun


def test_names_used_before_complete_one_that_is_begun(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, tuple[str, ...]]] = [
        ("an", ("Anders", "Anna")),
        ("ANN", ("Anna",)),
        ("Anna", ()),
        ("anna", ("Anna",)),
        ("x", ()),
    ]
    for begun, names in cases:
        with subtests.test(begun=begun, names=names):
            assert complete_name(["Anders", "Tom", "Anna"], begun) == names


def test_words_behind_a_hash_are_found_by_the_same_rules() -> None:
    text = "#Garten, ＃海 and #long-walk. xylophone: C# is no. 1#, see https://x.org/#part #7"
    assert find_tags(text) == ("Garten", "海", "long-walk")
    assert [text[start:end] for start, end in sorted(spans(text))] == [
        "#Garten",
        "＃海",
        "#long-walk",
    ]
    assert [*spans("@Anna")] == [(0, 5)]
