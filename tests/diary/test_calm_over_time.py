"""The view of calm over some weeks."""

from __future__ import annotations

import pytest

from tests.diary.factories import TODAY, add_ratings, ago
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.rules.calm import trend_on
from tracker.views import CalmDay


def test_the_last_four_weeks_end_today(diary: Diary) -> None:
    view = diary.calm()
    assert (view.days[0].day, view.days[-1].day, len(view.days)) == (ago(27), TODAY, 28)
    assert view.days[-1] == CalmDay(TODAY, None, False, "", None)
    assert (view.usual_range, view.change, view.rated) == (None, None, 0)


def test_each_evening_has_its_score_and_the_trend_of_its_day(diary: Diary) -> None:
    scores = [(ago(n), (n * 5) % 9) for n in range(250, -1, -1) if n % 4]
    add_ratings(diary, scores)
    for one in diary.calm(60).days:
        assert one.calm == dict(scores).get(one.day)
        assert one.trend == pytest.approx(trend_on(one.day, scores), abs=1e-6)


def test_earlier_days_count_for_the_trend(diary: Diary) -> None:
    add_ratings(diary, [(ago(n), 6) for n in range(60, 27, -1)])
    first = diary.calm(28).days[0]
    assert first.calm is None
    assert first.trend == pytest.approx(6)


def test_the_whole_time_begins_with_the_first_evening(diary: Diary) -> None:
    add_ratings(diary, [(ago(400), 5), (ago(2), 7)])
    view = diary.calm(None)
    assert view.days[0].day == ago(400)
    assert len(view.days) == 401
    assert view.rated == 2


def test_a_new_diary_has_at_least_today(diary: Diary) -> None:
    assert [one.day for one in diary.calm(None).days] == [TODAY]


def test_a_late_rating_is_shown_but_does_not_count_for_the_usual_range(diary: Diary) -> None:
    add_ratings(diary, [(ago(n), 5) for n in range(10, 16)])
    diary.rate(9, ago(9))
    view = diary.calm()
    assert view.days[-10] == CalmDay(ago(9), 9, True, "", view.days[-10].trend)
    assert view.days[-10].trend is not None
    assert view.usual_range is None
    add_ratings(diary, [(ago(8), 5)])
    assert diary.calm().usual_range == pytest.approx((5 - 0.7 * 1.4826, 5 + 0.7 * 1.4826))


def test_the_change_is_reported_against_a_month_before(diary: Diary) -> None:
    add_ratings(diary, [(ago(n), 8 if n < 20 else 5) for n in range(90)])
    assert diary.calm().change == "calmer"


@pytest.mark.parametrize("days", [0, -1, 36_526])
def test_the_length_has_to_be_valid(diary: Diary, days: int) -> None:
    with pytest.raises(InputError):
        diary.calm(days)


def test_a_trend_is_reported_however_few_days_are_shown(diary: Diary) -> None:
    add_ratings(diary, [(ago(n), 7) for n in (*range(700, 720), 3, 2, 1)])
    for days in (1, 28, 1000, None):
        assert diary.calm(days).days[-1].trend == pytest.approx(7)
