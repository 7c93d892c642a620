"""Which note the gratitude jar shows."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.diary.notes import MOST_SHOWN, next_note_day, record_shown

FIRST = date(2026, 1, 1)

some_days = st.lists(
    st.dates(FIRST, FIRST + timedelta(days=60)), unique=True, min_size=1, max_size=12
).map(sorted)


def draw_notes(days: list[date], times: int) -> list[date]:
    out: list[date] = []
    shown: tuple[date, ...] = ()
    for _ in range(times):
        day = next_note_day(days, shown)
        assert day is not None
        out.append(day)
        shown = record_shown(day, shown)
    return out


def test_an_empty_jar_has_no_note() -> None:
    assert next_note_day([], []) is None
    assert next_note_day([], [FIRST]) is None


@given(some_days)
def test_every_note_is_shown_once_before_any_is_repeated(days: list[date]) -> None:
    assert draw_notes(days, 2 * len(days)) == [*days, *days]


@given(some_days, st.lists(st.dates(FIRST, FIRST + timedelta(days=60)), unique=True))
def test_the_least_recently_shown_note_is_next(days: list[date], shown: list[date]) -> None:
    order = {day: number for number, day in enumerate(shown, start=1)}
    chosen = next_note_day(days, shown)
    assert chosen in days
    assert order.get(chosen, 0) == min(order.get(day, 0) for day in days)


def test_a_new_note_for_an_old_day_is_shown_before_repeats() -> None:
    days = [FIRST + timedelta(days=n) for n in range(5)]
    shown = tuple(days[1:])
    assert next_note_day(days, shown) == days[0]


def test_notes_of_many_years_are_repeated_in_order() -> None:
    days = [FIRST + timedelta(days=n) for n in range(MOST_SHOWN + 100)]
    assert draw_notes(days, 2 * len(days)) == [*days, *days]


def test_the_history_of_shown_notes_is_limited() -> None:
    shown = tuple(FIRST + timedelta(days=n) for n in range(MOST_SHOWN))
    later = FIRST + timedelta(days=1000)
    assert record_shown(later, shown) == (*shown[1:], later)
