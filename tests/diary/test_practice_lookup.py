"""Finds the practice that a typed name means, and makes ids for new ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diary.factories import TODAY, make_practice
from tracker.diary import practice_lookup, validation
from tracker.diary.setup import new_practices
from tracker.errors import InputError
from tracker.models import RESERVED_KEYS, Span

PRACTICES = new_practices(TODAY)


def test_a_practice_is_found_by_id_name_or_prefix(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("hug", "hug"),
        ("h", "hug"),
        ("  HUG ", "hug"),
        ("Nature walk", "nature-walk"),
        ("nature-walk", "nature-walk"),
        ("w", "nature-walk"),
        ("nat", "nature-walk"),
        ("good t", "good-talk"),
        ("soft", "softening"),
        ("good_talk", "good-talk"),
        ("Nature.walk", "nature-walk"),
        ("nature\N{EN DASH}walk", "nature-walk"),
    ]
    for text, practice_id in cases:
        with subtests.test(text=text, practice_id=practice_id):
            assert practice_lookup.find_practice(PRACTICES, text).id == practice_id


def test_a_beginning_that_is_a_word_of_another_name_is_asked_about() -> None:
    practices = [*PRACTICES, make_practice("call-mom")._replace(name="Call Mom", key=None)]
    with pytest.raises(InputError, match=r"more than one practice: joy .*, call-mom"):
        practice_lookup.find_practice(practices, "mom")
    with pytest.raises(InputError, match="more than one practice"):
        practice_lookup.find_practice(PRACTICES, "moment")
    assert practice_lookup.find_practice(PRACTICES, "mom").id == "joy"
    assert practice_lookup.find_practice(practices, "mome").id == "joy"
    assert practice_lookup.find_practice(practices, "call").id == "call-mom"


def test_one_in_the_list_comes_before_archived_ones_with_the_same_beginning() -> None:
    mom, dad = (make_practice(f"call-{one}")._replace(name=f"Call {one}") for one in ("mom", "dad"))
    away = dad._replace(out_of_list=(Span(TODAY, None),))
    assert practice_lookup.find_practice([mom, away], "call", TODAY) == mom
    assert practice_lookup.find_practice([mom, away], "call dad", TODAY) == away
    with pytest.raises(InputError, match="more than one practice"):
        practice_lookup.find_practice([mom, dad], "call", TODAY)


def test_a_name_finds_its_practice_though_a_renamed_one_has_it_as_its_id() -> None:
    renamed = make_practice("laughter")._replace(name="Laugh")
    practices = [renamed, make_practice("laughter-2")._replace(name="Laughter")]
    for text, practice_id in (
        ("laughter", "laughter-2"),
        ("LAUGHTER", "laughter-2"),
        ("laugh", "laughter"),
        ("laughter-2", "laughter-2"),
    ):
        assert practice_lookup.find_practice(practices, text).id == practice_id
    assert practice_lookup.find_practice([renamed], "laughter").id == "laughter"
    assert practice_lookup.known_practice(practices, "laughter") == renamed


def test_an_id_finds_no_practice_that_only_has_it_as_its_name() -> None:
    """The screens act on ids: the practice may have been deleted elsewhere since."""
    practices = [make_practice("laughter-2")._replace(name="Laughter")]
    assert practice_lookup.practice_by_id(practices, "laughter") is None
    with pytest.raises(InputError, match='No practice called "laughter"'):
        practice_lookup.known_practice(practices, "laughter")


@pytest.mark.parametrize(
    ("name", "practice_id", "key", "shadowed"),
    [
        ("Hug", "hug-2", None, [("hug", "hug", "h")]),
        ("H", "h-2", None, [("h", "hug", "hug")]),
        ("Yoga", "h", "y", [("h", "hug", "hug")]),
        ("Hüg", "hug-2", "x", [("hug", "hug", "h")]),
        ("Tea", "tea", "t", []),
    ],
)
def test_a_word_that_finds_another_practice_is_known_with_what_to_type_instead(
    name: str, practice_id: str, key: str | None, shadowed: list[tuple[str, str, str]]
) -> None:
    renamed = make_practice("hug")._replace(name="Hug & kiss", key="h")
    other = make_practice(practice_id)._replace(name=name, key=key)
    practices = [renamed, other]
    found = practice_lookup.shadowed_words(practices)
    assert [(one.word, one.owner.id, one.instead) for one in found] == shadowed
    for one in found:
        assert practice_lookup.find_practice(practices, one.word) == one.found == other
        assert practice_lookup.find_practice(practices, one.instead) == one.owner


def test_a_practice_whose_id_and_letter_are_names_is_typed_by_its_name() -> None:
    renamed = make_practice("hug")._replace(name="Hug & kiss", key="h")
    others = [make_practice(f"{name}-2")._replace(name=name.upper()) for name in ("hug", "h")]
    practices = [renamed, *others]
    assert practice_lookup.word_for(renamed, practices) == "Hug & kiss"
    with pytest.raises(InputError, match=r"practice: Hug & kiss, hug-2 \(HUG\)\."):
        practice_lookup.find_practice(practices, "hu")


def test_a_name_of_several_words_can_be_typed_as_an_id_is_written() -> None:
    archived = make_practice("nature-walk")._replace(name="Nature walk (minutes)")
    practices = [make_practice("nature-walk-2")._replace(name="Nature walk"), archived]
    assert practice_lookup.find_practice(practices, "nature-walk").id == "nature-walk-2"
    assert practice_lookup.find_practice([archived], "nature-walk") == archived
    alike = [make_practice("a-b-2")._replace(name="A b"), make_practice("a-b")._replace(name="A-B")]
    assert practice_lookup.find_practice(alike, "a-b").id == "a-b"
    cafe = [make_practice("tea")._replace(name="Café"), make_practice("cafe")._replace(name="Bar")]
    assert practice_lookup.find_practice(cafe, "cafe").id == "tea"


def test_a_suggestion_is_never_the_id_by_which_another_practice_is_found() -> None:
    names = {"hug": "Stroll", "hug-2": "Hug", "hut": "Hut"}
    practices = [make_practice(one)._replace(name=name) for one, name in names.items()]
    words = [practice_lookup.word_for(one, practices) for one in practices]
    assert words == ["stroll", "hug-2", "hut"]
    for one, word in zip(practices, words, strict=True):
        assert practice_lookup.find_practice(practices, word) == one
    with pytest.raises(InputError, match=r"more than one practice: stroll, hug-2 \(Hug\), hut\."):
        practice_lookup.find_practice(practices, "hu")


def test_accents_may_be_left_out_of_a_name() -> None:
    names = {"joy": "Alegría", "hug": "Hug", "hug-2": "Hüg"}
    practices = [make_practice(one)._replace(name=name) for one, name in names.items()]
    for text in ("alegria", "ALEGRÍA", "Alegri\u0301a", "alegrí", "aleg", "Alegr\u00ecA"):
        assert practice_lookup.find_practice(practices, text).id == "joy"
    assert practice_lookup.find_practice(practices, "hüg").id == "hug-2"
    assert practice_lookup.find_practice(practices, "hü").id == "hug-2"
    assert practice_lookup.find_practice(practices, "hug").id == "hug"
    with pytest.raises(InputError, match="more than one practice: hug, hug-2"):
        practice_lookup.find_practice(practices, "hu")
    with pytest.raises(InputError, match="No practice called"):
        practice_lookup.find_practice(practices, "\u0301")


def test_words_may_be_separated_otherwise_in_a_name_and_in_the_id_of_a_renamed_practice() -> None:
    practices = [make_practice("good-talk")._replace(name="Deep talk"), make_practice("joy")]
    for text in ("Deep_talk", "deep.talk", "Good_Talk", "good.talk", "good talk"):
        assert practice_lookup.find_practice(practices, text).id == "good-talk"


def test_an_unknown_name_gets_similar_names_as_suggestions(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("hgu", "Did you mean hug?"),
        ("laugther", "Did you mean laughter?"),
        ("walk", "Did you mean nature-walk?"),
        ("talk", "Did you mean good-talk?"),
        ("feet", 'Run "calmtrack practices" to see yours'),
        ("xylophone", 'Run "calmtrack practices" to see yours'),
        ("", 'Run "calmtrack practices" to see yours'),
    ]
    for text, message in cases:
        refused = pytest.raises(InputError, match=message.replace("?", r"\?"))
        with subtests.test(text=text, message=message), refused:
            practice_lookup.find_practice(PRACTICES, text)


def test_a_word_of_a_name_is_suggested_before_one_that_is_spelled_alike() -> None:
    practices = [make_practice("feast"), make_practice("bare-feet")._replace(name="Füße im Gras")]
    for text in ("feet", "gras", "GRÄS"):
        with pytest.raises(InputError, match=r"Did you mean fusse-im-gras\?"):
            practice_lookup.find_practice(practices, text)


def test_an_ambiguous_prefix_names_the_candidates() -> None:
    with pytest.raises(InputError, match="more than one practice: laughter, lake"):
        practice_lookup.find_practice([*PRACTICES, make_practice("lake")], "la")


def test_a_practice_whose_id_is_no_word_of_its_name_is_typed_by_its_name(
    subtests: pytest.Subtests,
) -> None:
    cases = {
        ("nature-walk", "Paseo"): "paseo",
        ("joy", "Glücksmoment"): "glücksmoment",
        ("good-talk", "Charla de verdad"): "charla-de-verdad",
        ("joy", "Moment of joy"): "joy",
        ("hug-2", "Hug"): "hug-2",
        ("hug", "Füße im Gras"): "fusse-im-gras",
        ("practice", "抱抱"): "practice",
    }
    for (practice_id, name), word in cases.items():
        with subtests.test(id=practice_id, name=name):
            practice = make_practice(practice_id)._replace(name=name)
            assert practice_lookup.word_for(practice, [practice]) == word
            assert practice_lookup.find_practice([practice], word) == practice


def test_a_practice_that_was_renamed_is_suggested_by_its_name() -> None:
    renamed = {"call-home": "Phone Mum", "call-papa": "Ring Dad", "hug": "Hug"}
    practices = [make_practice(one)._replace(name=name) for one, name in renamed.items()]
    with pytest.raises(InputError, match=r"more than one practice: phone-mum, ring-dad\."):
        practice_lookup.find_practice(practices, "call")
    with pytest.raises(InputError, match=r"Did you mean ring-dad\?"):
        practice_lookup.find_practice(practices, "rind dat")


def test_the_id_of_a_new_practice(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, tuple[str, ...], str]] = [
        ("Bare feet", (), "bare-feet"),
        ("Café à deux", (), "cafe-a-deux"),
        ("Miłe słowo, Łyżwy", (), "mile-slowo-lyzwy"),
        ("Straßenlauf på fjell, Ørret", (), "strassenlauf-pa-fjell-orret"),
        ("抱抱", (), "practice"),
        ("抱抱", ("practice",), "practice-2"),
        ("Hug", ("hug", "hug-2"), "hug-3"),
        ("Calm", (), "calm-2"),
        ("Day", (), "day-2"),
        ("All!", (), "all-2"),
        ("  --  ", (), "practice"),
    ]
    for name, taken, practice_id in cases:
        with subtests.test(name=name, taken=taken, practice_id=practice_id):
            assert practice_lookup.slug(name, taken) == practice_id


def test_the_letter_of_a_new_practice_is_the_first_free_one(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, tuple[str, ...], str | None]] = [
        ("Tea", ("t",), "a"),
        ("Xylo", (), "y"),
        ("Zen", ("h",), None),
        ("Élan", (), "l"),
    ]
    for name, taken, key in cases:
        with subtests.test(name=name, taken=taken, key=key):
            assert practice_lookup.suggest_key(name, taken) == key


@given(st.text(), st.sets(st.sampled_from(["hug", "tea", "practice"])))
def test_an_id_is_unique_and_ascii(name: str, taken: set[str]) -> None:
    practice_id = practice_lookup.slug(name, taken)
    assert practice_id not in taken | {"day", "weekday", "calm", "all"}
    assert practice_id.replace("-", "").isalnum()
    assert practice_id.isascii()


def test_a_name_is_one_plain_line(subtests: pytest.Subtests) -> None:
    cases: list[str] = ["", " ", "x" * 61, "two\nlines", "ring\a", "turned \u202e over"]
    for text in cases:
        with subtests.test(text=text), pytest.raises(InputError):
            validation.name(text)


def test_a_name_is_stored_without_surrounding_spaces() -> None:
    assert validation.name("  Té con Ana ") == "Té con Ana"


def test_a_letter_cannot_be_a_key_of_the_app(subtests: pytest.Subtests) -> None:
    cases: list[str] = [*sorted(RESERVED_KEYS), "Q", "ab", "1", "é", " "]
    for text in cases:
        with subtests.test(text=text), pytest.raises(InputError):
            validation.key(text)


def test_a_practice_can_have_no_letter() -> None:
    assert validation.key("") is None
    assert validation.key("h") == "h"


@pytest.mark.parametrize("days", [0, 8, -1])
def test_a_weekly_goal_is_one_to_seven_days(days: int) -> None:
    with pytest.raises(InputError):
        validation.days_per_week(days)


@pytest.mark.parametrize("value", [0, -1, 100_001])
def test_a_step_is_a_whole_number_above_zero(value: int) -> None:
    with pytest.raises(InputError, match="step"):
        validation.positive(value, "step")


@pytest.mark.parametrize(("text", "message"), [(" ", "Enter a whole number."), ("7.", '"7." isn')])
def test_an_empty_number_is_asked_for_and_a_wrong_one_named(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        validation.whole_number(text)
