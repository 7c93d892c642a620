"""The chart of calm over time: each dot at its score, the trend line, and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.i18n.date_format import format_date_short
from tracker.render.calm_text import AXIS, calm_chart, calm_sentences, layout_for
from tracker.views import CalmDay, CalmView

FIRST = date(2026, 10, 28)


def evenings(
    scores: Sequence[int | None],
    trends: Sequence[float | None] | None = None,
    *,
    late: bool = False,
) -> list[CalmDay]:
    """Consecutive evenings."""
    lines = trends or [None] * len(scores)
    return [
        CalmDay(FIRST + timedelta(days=n), score, late and score is not None, "", trend)
        for n, (score, trend) in enumerate(zip(scores, lines, strict=True))
    ]


def drawn(days: Sequence[CalmDay], width: int, **more: object) -> list[str]:
    """The lines of the chart as plain text."""
    usual = more.pop("usual", None)
    chart = calm_chart(days, usual, width, **more)  # type: ignore[arg-type]
    return ["".join(text for text, _ in line) for line in chart]


def row(lines: list[str], score: int) -> str:
    """The row of a score, without its scale."""
    return lines[10 - score][AXIS:]


@given(st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1, max_size=60))
def test_a_dot_is_at_its_score_and_nowhere_else(scores: list[int | None]) -> None:
    lines = drawn(evenings(scores), AXIS + len(scores))
    for place, score in enumerate(scores):
        found = [level for level in range(11) if row(lines, level)[place] == "●"]
        assert found == ([] if score is None else [score])


@given(st.floats(0, 10), st.integers(1, 3))
def test_the_upper_edge_of_the_line_is_the_trend_to_an_eighth(trend: float, cells: int) -> None:
    lines = drawn(evenings([None], [trend]), AXIS + cells)
    levels = [level for level in range(11) if row(lines, level).strip()]
    assert len(levels) == 1
    sign = row(lines, levels[0])[0]
    edge = levels[0] - 0.5 + ("▁▂▃▄▅▆▇█".index(sign) + 1) / 8
    assert 0 <= edge - trend <= 1 / 8


def test_without_a_trend_there_is_no_line() -> None:
    lines = drawn(evenings([None] * 3, [5.0, None, 5.0]), AXIS + 3)
    assert row(lines, 5) == "▅ ▅"


def test_the_scale_is_0_to_10_and_bold_in_the_usual_range() -> None:
    lines = drawn(evenings([7, 7]), AXIS + 2, usual=(5.2, 7.9))
    assert [line[:4].strip("┃│ ") for line in lines[:11]] == [str(n) for n in range(10, -1, -1)]
    assert [line[4] for line in lines[:11]] == [*"││", *"┃┃┃┃", *"│││││"]


def test_a_late_rating_is_a_hollow_dot() -> None:
    assert row(drawn(evenings([4], late=True), AXIS + 1), 4) == "○"


def test_days_that_share_a_column_are_averaged() -> None:
    lines = drawn(evenings([2, 4, None, 8, 9, 10]), AXIS + 2)
    assert row(lines, 3) == "● "
    assert row(lines, 9) == " ●"


def test_a_cursor_points_at_its_day() -> None:
    lines = drawn(evenings([5] * 28), AXIS + 56, cursor=14)
    assert lines[-1][AXIS + 28] == "▲"
    assert {row(lines, score)[28] for score in (0, 4, 6, 10)} == {"┊"}
    assert row(lines, 5)[28] == "●"
    assert drawn(evenings([5] * 28), AXIS + 56)[-1].split() == ["28", "Oct", "24", "Nov"]


@given(st.integers(1, 30_000), st.integers(1, 200))
def test_all_days_fit_into_the_width(days: int, width: int) -> None:
    layout = layout_for(days, width)
    assert layout.slot_of(days - 1) * layout.cells + layout.cells <= width


def test_ascii_characters_with_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    lines = drawn(evenings([3, 9], [4.0, 8.0]), AXIS + 4, usual=(4, 6), cursor=0)
    assert "".join(lines).isascii()


def test_a_long_diary_counts_its_evenings_with_a_separator() -> None:
    days = tuple(evenings([5] * 1200))
    view = CalmView(days, days[-1].day, None, None, 1200)
    assert "1,200 evenings rated, 5.0 on average." in calm_sentences(view)


@given(st.integers(20, 90), st.data())
def test_both_ends_of_the_plain_chart_are_dated_wherever_the_cursor_is(
    count: int, data: st.DataObject
) -> None:
    days = evenings([None] * count)
    cursor = data.draw(st.integers(0, count - 1))
    *_above, foot, line = drawn(days, 78, cursor=cursor)
    first, last = format_date_short(days[0].day), format_date_short(days[-1].day)
    assert line.strip().startswith(first)
    assert line.strip().endswith(last)
    # The pointer is between the dates, or above the one that is in its way.
    assert (foot + line).count("▲") == 1
    at = (foot if "▲" in foot else line).index("▲")
    begins, ends = line.index(first) + len(first), line.rindex(last)
    assert ("▲" in line) == (begins < at < ends - 1)


@given(st.integers(1, 90), st.data())
def test_the_pointer_is_there_also_where_dots_take_the_foot_of_the_plain_chart(
    count: int, data: st.DataObject
) -> None:
    cursor = data.draw(st.integers(0, count - 1))
    days = evenings([0] * count)
    *_above, foot, line = drawn(days, 78, cursor=cursor)
    assert "▲" not in foot
    layout = layout_for(count, 78 - AXIS)
    assert line.index("▲") == AXIS + layout.slot_of(cursor) * layout.cells
    for end in (days[0], days[-1]):
        assert format_date_short(end.day) in line


@pytest.mark.parametrize("count", [2, 3, 4])
def test_both_ends_of_a_few_days_are_dated(count: int) -> None:
    lines = drawn(evenings([5] * count), 78)
    assert lines[-1].split() == ["28", "Oct", str(27 + count), "Oct"]
