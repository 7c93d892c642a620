"""No stored text can control a terminal, reverse a line, or flood a screen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sanitize import LONGEST, sanitize_beside, sanitize_line


def test_text_is_shown_as(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("", ""),
        ("a hug from Oma", "a hug from Oma"),
        ("café, 抱抱, 🫂, עברית", "café, 抱抱, 🫂, עברית"),
        # A family of three, joined by zero-width joiners, is one grapheme and isn't split.
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("[red]not markup[/red]", "[red]not markup[/red]"),
        ("{path} %s \\n", "{path} %s \\n"),
        ("two\nlines", "two⏎lines"),
        ("two\r\nlines", "two⏎lines"),
        ("over\rwritten", "over⏎written"),
        ("a\ttab", "a tab"),
        ("nul\0", "nul�"),
        ("\x1b[31mred\x1b[0m", "�[31mred�[0m"),
        ("\x1b]0;a title\x07", "�]0;a title�"),
        ("\x1b]52;c;Y2xpcA==\x07", "�]52;c;Y2xpcA==�"),
        ("\x9b31m and \x9d0;title\x9c", "�31m and �0;title�"),
        ("back\b\b\b\bover", "back����over"),
        ("del\x7f", "del�"),
        ("bell\a", "bell�"),
        ("form\ffeed\vup", "form�feed�up"),
        ("next\x85line", "next�line"),
        ("line\u2028and\u2029paragraph", "line�and�paragraph"),
        ("invoice\u202egpj.exe", "invoice◌gpj.exe"),
        ("\u2066isolate\u2069 \u202aembed\u202c", "◌isolate◌ ◌embed◌"),
        ("\u200eleft\u200fright\u061carabic", "◌left◌right◌arabic"),
        ("half a sign \ud83d", "half a sign �"),
        ("e\u0301 twice\u0301\u0302", "e\u0301 twice\u0301\u0302"),
        ("z" + "\u0335" * 60 + "algo", "z" + "\u0335" * 8 + "algo"),
    ]
    for stored, shown in cases:
        with subtests.test(stored=stored, shown=shown):
            assert sanitize_line(stored) == shown


def test_a_text_of_the_limit_is_shown_whole() -> None:
    assert sanitize_line("x" * LONGEST) == "x" * LONGEST


def test_a_longer_text_is_truncated_with_an_ellipsis() -> None:
    assert sanitize_line("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"
    assert sanitize_line("softening", 5) == "soft…"


def test_a_text_truncated_before_its_combining_marks_were_reduced_has_an_ellipsis() -> None:
    shown = sanitize_line("z" + "\u0335" * 100_000 + " and the rest of the note")
    assert shown == "z" + "\u0335" * 8 + "…"


LONG = "A long evening at the allotment with the children and the neighbours. I slept "


@pytest.mark.parametrize(
    ("was", "now", "shown"),
    [
        # What differs would be cut off.
        (
            LONG + "badly",
            LONG + "well",
            ["…and the neighbours. I slept badly", "…and the neighbours. I slept well"],
        ),
        (
            LONG.strip(),
            LONG + "well",
            ["…and the neighbours. I slept", "…and the neighbours. I slept well"],
        ),
        ("x" * 70 + "a", "x" * 70 + "b", ["…" + "x" * 30 + "a", "…" + "x" * 30 + "b"]),
        # It's shown anyway.
        ("Tea " + LONG, "Rum " + LONG, ["Tea " + LONG[:55] + "…", "Rum " + LONG[:55] + "…"]),
        ("in the rain", "in the sun", ["in the rain", "in the sun"]),
        ("new", "", ["new", ""]),
        # It can't be seen.
        ("Mia:\thi Bo", "Mia: hi Bo", ["Mia:⇥hi␣Bo", "Mia:␣hi␣Bo"]),
        ("Mia:\tno", "Mia: yes", ["Mia:⇥no", "Mia: yes"]),
        ("at  home", "at home", ["at␣␣home", "at␣home"]),
        ("at\u00a0home ", "at home", ["at⍽home␣", "at␣home"]),
        ("at\nhome", "at home", ["at⏎home", "at␣home"]),
        ("at\thome", "at\thome", ["at home", "at home"]),
    ],
)
def test_of_two_versions_the_first_difference_is_shown(
    was: str, now: str, shown: list[str]
) -> None:
    assert [sanitize_beside(was, now, 60), sanitize_beside(now, was, 60)] == shown


@given(text=st.text(), other=st.text(), same=st.text(), longest=st.integers(20, 60))
def test_two_versions_are_never_longer_than_the_limit(
    text: str, other: str, same: str, longest: int
) -> None:
    pair = same * 9 + text, same * 9 + other
    assert len(sanitize_beside(*pair, longest)) <= longest


def test_a_note_of_a_megabyte_is_truncated_before_any_other_processing() -> None:
    assert len(sanitize_line("\x1b\n" * 500_000)) == LONGEST


hostile = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Mn", "Zl", "Zp"]),
        st.sampled_from("\x1b\r\n\t\0\x9b\u202e\u2066\u0301"),
    ),
    max_size=200,
)


@given(hostile, st.integers(1, 60))
def test_the_result_is_never_longer_than_the_limit(text: str, longest: int) -> None:
    assert len(sanitize_line(text, longest)) <= longest


@given(hostile)
def test_the_result_has_no_control_or_bidi_characters(text: str) -> None:
    shown = sanitize_line(text)
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cs", "Zl", "Zp"}
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not {unicodedata.bidirectional(c) for c in shown} & turning
    assert len(shown.splitlines()) <= 1
    shown.encode()


@given(hostile)
def test_sanitizing_twice_changes_nothing_more(text: str) -> None:
    assert sanitize_line(sanitize_line(text)) == sanitize_line(text)
