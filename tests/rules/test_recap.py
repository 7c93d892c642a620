"""What a recap says of calm, and which notes are on it."""

from __future__ import annotations

import pytest

from tracker.rules.calm import change_between
from tracker.rules.mentions import starred_text


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        ([6] * 14, [5] * 14, "calmer"),
        ([5] * 14, [6] * 14, "lower"),
        ([6] * 13 + [5], [5] * 14, "as_usual"),
        # 6.04 and 6.97, which are displayed as 6.0 and 7.0.
        ([6] * 26 + [7], [7] * 30 + [6], "lower"),
        # 6.25 and 5.3, which are displayed as 6.3 and 5.3; and 6.35 and 5.4, as 6.4 and 5.4.
        ([6] * 12 + [7] * 4, [5] * 14 + [6] * 6, "calmer"),
        ([6] * 13 + [7] * 7, [5] * 12 + [6] * 8, "calmer"),
        ([9] * 13, [1] * 31, None),
        ([9] * 31, [1] * 13, None),
        ([], [], None),
    ],
)
def test_a_change_needs_a_whole_point_and_fourteen_evenings(
    now: list[int], before: list[int], change: str | None
) -> None:
    assert change_between(now, before) == change


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("*The lake", "The lake"),
        ("* The lake\nat six ", "The lake\nat six"),
        ("＊湖", "湖"),
        ("**bold**", "*bold**"),
        (" *indented", ""),
        ("five * six", ""),
        ("xylophone", ""),
        ("*", ""),
        ("", ""),
    ],
)
def test_a_note_is_starred_by_its_first_character(note: str, text: str) -> None:
    assert starred_text(note) == text
