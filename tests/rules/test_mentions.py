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


def test_names_are_the_words_after_an_at_sign(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, tuple[str, ...]]] = [
        ("", ()),
        ("a quiet day, xylophone", ()),
        ("xylophone with @Tom", ("Tom",)),
        ("@Anna", ("Anna",)),
        ("tea with @Anna, then (@Tom).", ("Anna", "Tom")),
        ("@Anna's dog and @Mrs-Okafor_2", ("Anna", "Mrs-Okafor_2")),
        ("@O'Neill, @o’brien’s dog and @D’Angelo", ("O'Neill", "o’brien", "D’Angelo")),
        ("@McD'Arcy, @ANNA'S dog, '@Tom' and @J's", ("McD'Arcy", "ANNA", "Tom", "J")),
        ("@O’Neill and @O'Neill", ("O’Neill",)),
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
def test_every_name_is_part_of_its_note(note: str) -> None:
    composed = unicodedata.normalize("NFC", note)
    for name in find_mentions(note):
        assert f"@{name}" in composed or f"＠{name}" in composed
        assert find_mentions(f"with @{name} today") == (name,)


@given(st.text(alphabet="@aB é-_.5 \u0301", max_size=12))
def test_how_the_accents_were_typed_makes_no_difference(note: str) -> None:
    assert find_mentions(unicodedata.normalize("NFD", note)) == find_mentions(note)


def test_case_and_accents_make_no_other_person() -> None:
    assert normalize_name("ZOE\u0308") == normalize_name("zoë") == normalize_name("Zoe")
    assert normalize_name("Zoe") != normalize_name("Zola")


def test_a_person_is_shown_in_the_most_frequent_spelling() -> None:
    assert preferred_spelling(["anna", "Anna", "Anna"]) == "Anna"
    assert preferred_spelling(["Anna", "anna"]) == "Anna"


def test_an_unfinished_name_ends_at_the_cursor(subtests: pytest.Subtests) -> None:
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


def test_known_names_are_suggested_for_an_unfinished_one(subtests: pytest.Subtests) -> None:
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


def test_tags_after_a_hash_have_the_same_rules() -> None:
    text = "#Garten, ＃海 and #long-walk. xylophone: C# is no. 1#, see https://x.org/#part #7"
    assert find_tags(text) == ("Garten", "海", "long-walk")
    assert [text[start:end] for start, end in sorted(spans(text))] == [
        "#Garten",
        "＃海",
        "#long-walk",
    ]
    assert [*spans("@Anna")] == [(0, 5)]
