"""The chart of calm in braille: each dot and the trend in their places, at any size."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.render.test_calm_chart import FIRST, evenings
from tracker.i18n.date_format import format_date_short, month_names
from tracker.render.braille_chart import Piece, braille_chart
from tracker.render.calm_text import AXIS
from tracker.views import CalmDay

BITS = [(0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80)]


def text_of(line: list[Piece]) -> str:
    return "".join(piece.text for piece in line)


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1, max_size=60),
    st.integers(60, 160),
    st.integers(11, 31),
    st.data(),
)
def test_each_dot_is_at_its_score_with_its_color(
    scores: list[int | None], cells: int, height: int, data: st.DataObject
) -> None:
    cursor = data.draw(st.integers(0, len(scores) - 1))
    lines = braille_chart(evenings(scores), None, AXIS + cells, height, cursor)
    assert {len(text_of(line)) for line in lines} == {AXIS + cells}
    dots = []
    for number, line in enumerate(lines[:-1]):
        column = 0
        for piece in line:
            if piece.role == "dot":
                dots += [(column + n, number, piece.score) for n in range(len(piece.text))]
            column += len(piece.text)
    expected = [score for score in scores if score is not None]
    assert [score for *_, score in sorted(dots)] == expected
    for _, number, score in dots:
        assert score is not None
        assert abs(number - (10 - score) * (height - 1) / 10) <= 0.5


@given(st.floats(0, 10), st.integers(11, 31), st.integers(1, 90))
def test_a_level_trend_is_one_line_of_dots_at_its_height(
    trend: float, height: int, count: int
) -> None:
    days = [CalmDay(FIRST + timedelta(days=n), None, False, "", trend) for n in range(count)]
    lines = braille_chart(days, None, AXIS + 90, height, 0)[:-1]
    levels = {
        4 * number + row
        for number, line in enumerate(lines)
        for character in text_of(line)
        if 0x2800 < ord(character) < 0x2900
        for row in range(4)
        if (ord(character) - 0x2800) & (BITS[row][0] | BITS[row][1])
    }
    (level,) = levels
    exact = ((10 - trend) * (height - 1) / 10 + 0.5) * 4
    assert abs(level + 0.5 - exact) <= 0.5


def test_a_steep_line_has_no_gap_and_a_missing_trend_has_one() -> None:
    lines = braille_chart(evenings([None] * 4, [0.0, 10.0, None, 5.0]), None, AXIS + 8, 11, 3)
    drawn = [text_of(line)[AXIS:] for line in lines[:-1]]
    assert all(any(ord(one) > 0x2800 for one in line if one != "┊") for line in drawn)
    assert {line[4] for line in drawn} <= {" "}


@given(st.integers(28, 3_000), st.integers(49, 160), st.data())
def test_dates_and_labels_are_in_order_at_their_columns_wherever_the_cursor_is(
    count: int, cells: int, data: st.DataObject
) -> None:
    days = evenings([None] * count)
    cursor = data.draw(st.integers(0, count - 1))
    *_above, foot, line = (
        text_of(one)[AXIS:] for one in braille_chart(days, None, AXIS + cells, 11, cursor)
    )
    assert len(line) == cells
    first, last = format_date_short(days[0].day), format_date_short(days[-1].day)
    assert line.lstrip().startswith(first)
    assert line.rstrip().endswith(last)
    # The pointer is between the dates, or above the one that is in its way.
    assert (foot + line).count("▲") == 1
    at = (foot if "▲" in foot else line).index("▲")
    begins, ends = line.index(first) + len(first), line.rindex(last)
    assert ("▲" in line) == (begins < at < ends - 1)


@given(st.integers(1, 800), st.integers(49, 160), st.data())
def test_the_pointer_is_there_also_where_dots_take_the_foot_of_the_chart(
    count: int, cells: int, data: st.DataObject
) -> None:
    cursor = data.draw(st.integers(0, count - 1))
    days = evenings([0] * count)
    chart = braille_chart(days, None, AXIS + cells, 11, cursor)
    guide = text_of(chart[0]).index("┊")
    assert text_of(chart[-1])[guide] == "▲"
    assert "▲" not in text_of(chart[-2])
    for end in (days[0], days[-1]):
        assert format_date_short(end.day) in text_of(chart[-1])


@given(st.integers(120, 799), st.integers(49, 160), st.data())
def test_labels_of_months_leave_even_gaps(count: int, cells: int, data: st.DataObject) -> None:
    days = evenings([None] * count)
    cursor = data.draw(st.integers(0, count - 1))
    line = text_of(braille_chart(days, None, AXIS + cells, 11, cursor)[-1])
    months = [one.day for one in days if one.day.day == 1]
    names = [
        str(day.year) if day.month == 1 else month_names()[day.month - 1][:3] for day in months
    ]
    labels = re.findall(r"╵(\w+)", line)
    assert labels
    evenly = {
        tuple(names[start::every][:length])
        for every in range(1, len(names) + 1)
        for start in range(len(names))
        for length in [len(labels)]
    }
    assert tuple(labels) in evenly


def test_a_year_of_calm_has_both_ends_and_evenly_labelled_months_near_the_cursor() -> None:
    days = [
        CalmDay(date(2026, 1, 2) + timedelta(days=n), None, False, "", None) for n in range(365)
    ]
    for width, labels in (
        (54, ["Mar", "May", "Jul", "Sep", "Nov"]),
        (74, ["Feb", "Apr", "Jun", "Aug", "Oct"]),
    ):
        line = text_of(braille_chart(days, None, width, 11, 337)[-1])
        assert (line.split()[:2], line.split()[-2:]) == (["2", "Jan"], ["1", "Jan"])
        assert re.findall(r"╵(\w+)", line) == labels


def test_the_only_day_of_a_chart_is_dated_below_its_dot_and_the_pointer() -> None:
    *_above, foot, line = (text_of(one) for one in braille_chart(evenings([5]), None, 60, 11, 0))
    assert line.split() == ["28", "Oct"]
    assert line.index("28 Oct") <= foot.index("▲") < line.index("28 Oct") + len("28 Oct")


def test_months_and_years_are_labelled_where_they_begin() -> None:
    def labels(count: int) -> list[str]:
        days = evenings([None] * count)
        return text_of(braille_chart(days, None, AXIS + 110, 11, count - 9)[-1]).split("╵")[1:]

    assert labels(60)[0].strip() == "1 Nov"
    assert [label.strip() for label in labels(200)][:3] == ["Dec", "2027", "Feb"]
    assert [label.strip()[:4] for label in labels(1500)][:3] == ["2028", "2029", "2030"]


def test_the_usual_range_is_a_band() -> None:
    lines = braille_chart(evenings([7, 7]), (5.2, 7.9), AXIS + 20, 11, 0)
    banded = [number for number, line in enumerate(lines) if any(p.in_band for p in line)]
    assert banded == [2, 3, 4, 5]
