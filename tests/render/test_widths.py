"""Names in any script are aligned in a terminal."""

from collections.abc import Sequence

import pytest
from rich.cells import cell_len

from tracker.i18n.messages import _, languages, set_language
from tracker.models import HasFigures
from tracker.render.columns import DAY_COLUMNS, STREAK_COLUMNS, WEEK_COLUMNS, Column, pad

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("Hug", 3),
        ("深呼吸", 6),
        ("ｶﾞ", 2),
        ("한글", 4),
        ("\u1112\u1161\u11ab", 2),
        ("e\u0301te\u0301", 3),
        ("שָׁלוֹם", 4),
        ("a\u200bb", 2),
        ("🙂", 2),
        ("👍🏽", 2),
        ("❤", 1),
        ("❤️", 2),
        ("👨‍👩‍👧", 2),
        ("🇳🇴", 2),
        ("\U0001fae8", 2),
        ("soft\u00adhyphen", 11),
    ],
)
def test_the_cells_of_a_text(text: str, cells: int) -> None:
    assert cell_len(text) == cells


@pytest.mark.parametrize(
    "text", ["", "Hug", "深呼吸の練習", "👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", "e\u0301" * 9, "❤️❤️❤️"]
)
@pytest.mark.parametrize("cells", range(2, 13))
def test_a_padded_text_takes_exactly_its_cells(text: str, cells: int) -> None:
    assert cell_len(pad(text, cells)) == cells


def test_a_truncated_text_ends_with_an_ellipsis_and_a_fitting_one_does_not() -> None:
    assert pad("Hug", 5) == "Hug  "
    assert pad("Nature walk", 8) == "Nature …"
    assert pad("深呼吸", 4) == "深… "
    assert pad("深呼吸", 6) == "深呼吸"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("columns", [DAY_COLUMNS, WEEK_COLUMNS, STREAK_COLUMNS])
def test_a_gap_is_between_two_headings(
    columns: Sequence[Column[HasFigures]], language: str
) -> None:
    set_language(language)
    for place, column in enumerate(columns):
        gap = min(place, 1)
        for line in _(column.heading).split("\n"):
            assert len(line) + gap <= column.width, line
