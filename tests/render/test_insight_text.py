"""Patterns drawn as rows on one axis."""

from __future__ import annotations

import pytest

from tracker.i18n.messages import languages, set_language
from tracker.render.insight_text import PatternRow, axis_line, layout, row_pieces
from tracker.views import Detail


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", ["Hug", "Nature walk", "A name of twenty cells"])
@pytest.mark.parametrize("columns", [56, 78, 118])
def test_the_heading_of_the_axis_is_never_truncated(language: str, name: str, columns: int) -> None:
    set_language(language)
    row = PatternRow(name, "· not yet", "muted", "", "", Detail(0.5, 1, 0.5, -0.5, 1.5, 1))
    at = layout([row], columns)
    text, _role = axis_line([row], at)
    heading = text[: at.name + at.level + 3]
    assert "…" not in heading
    assert heading.strip()
    assert heading.endswith(" ")


@pytest.mark.parametrize(("count", "full"), [(0, 0), (10, 2), (11, 2), (23, 3), (24, 4), (30, 4)])
def test_a_short_bar_of_progress_is_rounded_and_full_only_at_the_end(count: int, full: int) -> None:
    bars = []
    for length in range(60):
        row = PatternRow("Hug", "not yet", "muted", "x" * length, "", None, (count, 24))
        text = "".join(text for text, _role in row_pieces(row, layout([row], 56)))
        bars.append(text.strip("x ").rpartition(" ")[2])
    short = next(bar for bar in bars if len(bar) == 4 and set(bar) <= set("▰▱"))
    assert short == full * "▰" + (4 - full) * "▱"


def test_the_bar_of_a_range_ends_where_its_sentence_says() -> None:
    """Its sentence says "likely 0.5 to 2"."""
    row = PatternRow("Hug", "● clearly higher", "found", "", "", Detail(1.5, 3, 1.4, 0.98, 1.89, 4))
    at = layout([row], 78)
    drawn = "".join(text for text, _role in row_pieces(row, at))[at.name + at.level + 4 :]
    bar = [place / at.scale - 2 for place, sign in enumerate(drawn) if sign in "━●"]
    assert bar[0] == 0.5
    assert bar[-1] == 2


def test_the_bars_of_progress_are_equally_long() -> None:
    rows = [
        PatternRow("Hug", "not yet", "muted", words, "", None, (5, 24))
        for words in ("x" * 20, "x" * 38)
    ]
    at = layout(rows, 66)
    drawn = ["".join(text for text, _role in row_pieces(row, at)) for row in rows]
    lengths = {line.count("▰") + line.count("▱") for line in drawn}
    assert lengths == {8}
