"""A coin-flip month in the diary."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.diary.factories import TODAY, Clock, add_practices, add_ratings
from tracker.catalogue import practice_templates
from tracker.diary.coin_months import comparison_sentence
from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError, InputError
from tracker.i18n.messages import languages, set_language
from tracker.location import Location
from tracker.models import UnitChange
from tracker.rules.coin_month import Comparison, EffectInterval, aims, is_aim_day_v1

AIM, FREE = (
    "Coin-flip month: aim for a nature walk tomorrow.",
    "Coin-flip month: tomorrow is a free day, with or without a nature walk.",
)


def test_it_starts_tomorrow_and_lasts_28_days(diary: Diary) -> None:
    month = diary.coin_month.begin("nature-walk")
    assert (month.first - TODAY).days == 1
    assert (month.last - TODAY).days == 28
    assert diary.coin_month.latest() == month
    assert diary.coin_month.status_lines()[0] == (
        "Coin-flip month for Nature walk: 0 of 28 days so far, until Tuesday 22 December. "
        "Each evening a coin flip decides whether to aim for it the next day. You can stop any "
        "time."
    )


def test_a_result_is_read_while_another_program_writes(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.store.diary_file.BUSY_SECONDS", 0.1)
    diary = Diary(Location(tmp_path / "diary.db"), now=clock)
    diary.coin_month.begin("nature-walk")
    clock.forward(days=29)
    with closing(sqlite3.connect(diary.location.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        diary.coin_month.set_result_read()
    assert diary.coin_month.has_result()


def test_its_last_day_in_the_next_year_has_its_year(diary: Diary, clock: Clock) -> None:
    clock.set_evening(date(2026, 12, 10))
    diary.coin_month.begin("nature-walk")
    assert "so far, until Thursday 7 January 2027." in diary.coin_month.status_lines()[0]


def test_each_evening_the_next_day_is_announced(diary: Diary, clock: Clock) -> None:
    month = diary.coin_month.begin("nature-walk")
    sentences = []
    for evening in range(28):
        sentences.append(diary.coin_month.tomorrow())
        assert sentences[-1] == (AIM if aims(month.seed, 28)[evening] else FREE)
        clock.forward(days=1)
        assert diary.coin_month.today() == sentences[-1].replace(" tomorrow", " today")
    assert diary.coin_month.tomorrow() == ""
    assert sentences.count(AIM) == 14


def test_a_rest_day_is_announced_as_one(diary: Diary, clock: Clock) -> None:
    diary.coin_month.begin("nature-walk")
    for days in (1, 2):
        diary.rest(("nature-walk",), TODAY + timedelta(days=days), TODAY + timedelta(days=days))
    assert diary.coin_month.tomorrow() == "Coin-flip month: Nature walk has a rest day tomorrow."
    clock.forward(days=1)
    assert diary.coin_month.today() == "Coin-flip month: Nature walk has a rest day today."
    assert diary.coin_month.status_lines()[1:] == (
        "Nature walk has a rest day today.",
        "Nature walk has a rest day tomorrow.",
    )


@pytest.mark.parametrize("language", languages())
def test_at_60_columns_a_form_of_the_coin_of_each_practice_is_whole(
    diary: Diary, clock: Clock, language: str
) -> None:
    mine = [one.id for one in diary.practices.all()]
    others = [one for one in practice_templates() if one.id not in mine]
    add_practices(diary, *(one.practice(20 + n, TODAY) for n, one in enumerate(others)))
    clock.forward(days=1)
    coins: list[tuple[str, ...]] = []
    set_language(language)
    try:
        for practice in diary.coin_month.candidates():
            diary.coin_month.begin(practice.id)
            for _day in range(4):
                clock.forward(days=1)
                coins += diary.coin_forms()
            tomorrow = diary.today() + timedelta(days=1)
            diary.rest((practice.id,), diary.today(), tomorrow)
            coins += diary.coin_forms()
            diary.coin_month.stop()
    finally:
        set_language("en")
    assert len(coins) > 50
    assert [one for one in coins if min(map(cell_len, one)) > 54] == []


def test_it_can_be_stopped_and_that_undone(diary: Diary, clock: Clock) -> None:
    diary.coin_month.begin("nature-walk")
    clock.forward(days=3)
    assert diary.coin_month.stop().last == TODAY + timedelta(days=3)
    assert diary.coin_month.tomorrow() == ""
    with pytest.raises(InputError):
        diary.coin_month.stop()
    diary.undo()
    assert diary.coin_month.tomorrow() in (AIM, FREE)


def test_archiving_its_practice_stops_it_and_undoing_that_lets_it_go_on(
    diary: Diary, clock: Clock
) -> None:
    diary.coin_month.begin("nature-walk")
    clock.forward(days=3)
    diary.practices.archive("nature-walk")
    assert diary.coin_stopped_by_archiving("nature-walk") == "Its coin-flip month is stopped, too."
    assert diary.coins() == ("", "")
    assert diary.coin_month.status_lines() == (
        "Coin-flip month for Nature walk: stopped early, so nothing is compared.",
    )
    diary.undo()
    assert diary.coin_month.tomorrow() in (AIM, FREE)
    diary.practices.archive("nature-walk")
    clock.forward(days=2)
    diary.practices.restore("nature-walk")
    assert diary.coins() == ("", "")
    assert diary.coin_month.begin("nature-walk").first == TODAY + timedelta(days=6)


def test_archiving_a_practice_leaves_anothers_month_and_one_that_is_over(
    diary: Diary, clock: Clock
) -> None:
    diary.coin_month.begin("nature-walk")
    diary.practices.archive("laughter")
    assert diary.coin_stopped_by_archiving("laughter") == ""
    assert diary.coin_month.tomorrow() in (AIM, FREE)
    clock.forward(days=28)
    add_ratings(diary, [(TODAY + timedelta(days=n), 6) for n in range(1, 29)])
    result = diary.coin_month.status_lines()
    diary.practices.archive("nature-walk")
    assert diary.coin_stopped_by_archiving("nature-walk") == ""
    # It can't go on without its practice, but keeps its result.
    assert diary.coin_month.status_lines() == result[:2]
    with pytest.raises(InputError):
        diary.coin_month.go_on()


def test_a_new_unit_that_archives_the_old_practice_stops_its_month(diary: Diary) -> None:
    diary.log("nature-walk", amount=20)
    diary.coin_month.begin("nature-walk")
    diary.practices.edit("nature-walk", unit="times", history=UnitChange.NEW)
    assert diary.coin_stopped_by_archiving("nature-walk") != ""
    assert diary.coins() == ("", "")


def test_stopping_a_month_leaves_a_later_one_whose_practice_was_deleted(diary: Diary) -> None:
    diary.coin_month.begin("nature-walk")
    diary.practices.archive("nature-walk")
    tea = diary.practices.add("Tea")
    diary.coin_month.begin(tea.id)
    diary.practices.delete(tea.id)
    diary.practices.restore("nature-walk")
    diary.coin_month.stop()
    stored = diary.rows().kept["coin_months"]
    assert [month["practice_id"] for month in stored] == ["nature-walk", tea.id]
    assert stored[0]["last"] == TODAY.isoformat()
    assert diary.coin_month.active() is None


def test_a_month_does_not_go_on_below_another_one_that_was_begun_meanwhile(
    diary: Diary, clock: Clock
) -> None:
    diary.coin_month.begin("nature-walk")
    clock.forward(days=3)
    diary.practices.archive("nature-walk")
    diary.coin_month.begin("laughter")
    diary.practices.restore("nature-walk")
    add_ratings(diary, [(TODAY + timedelta(days=n), 6) for n in range(1, 32)])
    clock.forward(days=29)
    assert [month.practice.id for month, _result in diary.coin_month.earlier_results()] == []


def test_touch_calm_and_missing_practices_are_rejected(
    diary: Diary, subtests: pytest.Subtests
) -> None:
    cases: list[str] = ["hug", "joy", "sauna", "bare-feet"]
    for practice_id in cases:
        with subtests.test(practice_id=practice_id):
            with pytest.raises(InputError):
                diary.coin_month.begin(practice_id)
            assert diary.coin_month.latest() is None


def test_another_can_start_on_the_day_one_was_stopped(diary: Diary, clock: Clock) -> None:
    diary.coin_month.begin("nature-walk")
    clock.forward(days=3)
    diary.coin_month.stop()
    assert diary.coin_month.begin("laughter").first == TODAY + timedelta(days=4)
    assert diary.coin_month.tomorrow() != ""


def test_there_is_one_at_a_time(diary: Diary, clock: Clock) -> None:
    diary.coin_month.begin("nature-walk")
    with pytest.raises(InputError):
        diary.coin_month.begin("gratitude")
    clock.forward(days=29)
    assert diary.coin_month.begin("gratitude").practice.id == "gratitude"


def complete_coin_month(diary: Diary, clock: Clock, aimed: int, free: int) -> None:
    """Completes a coin month with these scores on aimed and on free days, and logs the practice on
    all aimed days but the first."""
    month = diary.coin_month.begin("nature-walk")
    clock.forward(days=28)
    days = [month.first + timedelta(days=n) for n in range(28)]
    add_ratings(diary, [(day, aimed if month.is_aim_day(day) else free) for day in days])
    for day in [day for day in days if month.is_aim_day(day)][1:]:
        diary.log("nature-walk", day, amount=20)


def test_a_clear_difference_is_called_probably_helpful(diary: Diary, clock: Clock) -> None:
    complete_coin_month(diary, clock, 8, 4)
    result, tally = diary.coin_month.status_lines()
    assert result.startswith(
        "In your coin-flip month, your calm was higher on the days the coin chose for a "
    )
    assert tally == (
        "You did the practice on 13 of the 14 days the coin chose. Evenings you "
        "rated: 14 on the coin's days, 14 on the free days."
    )
    with pytest.raises(InputError, match="for Nature walk is clear already"):
        diary.coin_month.go_on()


def test_lower_calm_is_not_blamed_on_the_user(diary: Diary, clock: Clock) -> None:
    complete_coin_month(diary, clock, 4, 8)
    assert "may not suit you just now" in diary.coin_month.status_lines()[0]


@pytest.mark.parametrize(("sign", "word"), [(1, "higher"), (-1, "lower")])
def test_an_unclear_result_whose_range_excludes_zero_says_which_way_and_why(
    diary: Diary, sign: int, word: str
) -> None:
    month = diary.coin_month.begin("nature-walk")
    low, high = sorted((sign * 0.1, sign * 1.5))
    higher, lower = (0.03, 0.97)[::sign]
    result = Comparison(sign * 0.85, EffectInterval(low, high), higher, lower)
    sentence = comparison_sentence(month, result)
    assert sentence.startswith(f"Nature walk: your calm was {word} on the days the coin chose (")
    assert sentence.endswith(
        "). It may still be chance: up to one month in ten shows as much without any effect."
    )


def test_scores_that_fit_the_coin_exactly_have_one_difference(diary: Diary, clock: Clock) -> None:
    complete_coin_month(diary, clock, 8, 4)
    assert (
        "for a nature walk (a difference of 4 points). Only" in (diary.coin_month.status_lines()[0])
    )
    complete_coin_month(diary, clock, 5, 6)
    assert " to " in diary.coin_month.status_lines()[0], "pooled, the two months differ"


def test_a_difference_of_one_point_is_singular(diary: Diary, clock: Clock) -> None:
    complete_coin_month(diary, clock, 5, 6)
    assert "(a difference of −1 point)" in diary.coin_month.status_lines()[0]


def test_a_small_range_is_rounded_outward_so_that_its_ends_differ(
    diary: Diary, clock: Clock
) -> None:
    complete_coin_month(diary, clock, 6, 6)
    add_ratings(diary, [(diary.today() - timedelta(days=14), 7)])
    shown = re.search(r"likely (\S+) to (\S+) points", diary.coin_month.status_lines()[0])
    assert shown, "which of the coin's days it is, and so the range, depends on the coin"
    assert shown[1] != shown[2]


def test_an_unclear_month_can_be_extended_by_four_weeks(diary: Diary, clock: Clock) -> None:
    complete_coin_month(diary, clock, 6, 6)
    result, _tally, offer = diary.coin_month.status_lines()
    same = (
        "Nature walk: your calm was the same on the days the coin chose and on the other days. "
        "That's fine."
    )
    assert result == same
    assert offer == (
        "Another four weeks of the coin-flip month would tell more. You can decide until "
        "Wednesday 23 December whether to go on."
    )
    month = diary.coin_month.go_on()
    assert month.days == 56
    assert diary.coin_month.tomorrow() in (AIM, FREE)
    clock.forward(days=28)
    add_ratings(diary, [(TODAY + timedelta(days=n), 6) for n in range(29, 57)])
    assert diary.coin_month.status_lines()[0] == same
    with pytest.raises(InputError):
        diary.coin_month.go_on()


def test_an_unclear_month_can_be_extended_until_the_day_that_its_result_names(
    diary: Diary, clock: Clock
) -> None:
    complete_coin_month(diary, clock, 6, 6)
    clock.forward(days=1)
    assert diary.coin_month.status_lines()[-1].endswith(
        "until Wednesday 23 December whether to go on."
    )
    diary.coin_month.go_on()
    diary.undo()
    clock.forward(days=1)
    assert "Another four weeks" not in " ".join(diary.coin_month.status_lines())
    with pytest.raises(InputError, match="until the day after one ends"):
        diary.coin_month.go_on()


def test_going_on_a_day_late_starts_tomorrow_and_that_day_is_not_part_of_it(
    diary: Diary, clock: Clock
) -> None:
    complete_coin_month(diary, clock, 6, 6)
    clock.forward(days=1)
    late = diary.today()
    diary.rate(0)
    month = diary.coin_month.go_on()
    assert (month.days, month.last) == (56, late + timedelta(days=28))
    assert diary.coin_month.today() == "", "at ten in the evening it's too late to aim for anything"
    progress, tomorrow = diary.coin_month.status_lines()
    assert progress.startswith("Coin-flip month for Nature walk: 28 of 56 days so far, until ")
    assert tomorrow in ("Aim for a nature walk tomorrow.", FREE.partition(": ")[2].capitalize())
    aimed = [diary.coin_month.tomorrow() == AIM]
    for _ in range(27):
        clock.forward(days=1)
        aimed.append(diary.coin_month.tomorrow() == AIM)
    assert aimed == aims(month.seed, 56)[28:], "the pairs stay as they were drawn"
    clock.forward(days=1)
    add_ratings(diary, [(late + timedelta(days=n), 6) for n in range(1, 29)])
    assert diary.coin_month.status_lines() == (
        "Nature walk: your calm was the same on the days the coin chose and on the other days. "
        "That's fine.",
        "You did the practice on 13 of the 28 days the coin chose. Evenings you rated: 28 on the "
        "coin's days, 28 on the free days.",
    )


def test_on_the_day_it_went_on_late_it_can_be_stopped_and_that_undone(
    diary: Diary, clock: Clock
) -> None:
    complete_coin_month(diary, clock, 6, 6)
    result, tally, _offer = diary.coin_month.status_lines()
    clock.forward(days=1)
    diary.coin_month.go_on()
    coins = diary.coins()
    diary.coin_month.stop()
    assert diary.coin_month.status_lines() == (result, tally, STOPPED)
    diary.undo()
    assert diary.coins() == coins


def test_a_month_whose_practice_was_archived_on_its_last_day_cannot_be_extended(
    diary: Diary, clock: Clock
) -> None:
    complete_coin_month(diary, clock, 6, 6)
    diary.practices.archive("nature-walk")
    clock.forward(days=1)
    diary.practices.restore("nature-walk")
    # It would end on the day of archiving all the same.
    assert "Another four weeks" not in " ".join(diary.coin_month.status_lines())
    with pytest.raises(InputError):
        diary.coin_month.go_on()


STOPPED = "The second four weeks were stopped early, so this is the result of the first four."


@pytest.mark.parametrize("ends_by", ["stopping", "archiving"])
def test_the_result_of_four_weeks_stays_when_the_next_four_are_stopped(
    diary: Diary, clock: Clock, ends_by: str
) -> None:
    complete_coin_month(diary, clock, 6, 6)
    result, tally, _offer = diary.coin_month.status_lines()
    month = diary.coin_month.latest()
    diary.coin_month.go_on()
    earlier = f"Earlier, 25 November – 22 December 2026: {result}"
    assert diary.coin_month.earlier_results() == ((month, earlier),)
    assert not diary.coin_month.has_result()
    # Scores of these days would make a difference, but the user chose when to stop.
    for days in range(29, 42):
        clock.forward(days=1)
        day = TODAY + timedelta(days=days)
        latest = diary.coin_month.latest()
        assert latest is not None
        add_ratings(diary, [(day, 10 if latest.is_aim_day(day) else 0)])
    assert diary.coin_month.earlier_results() == ((month, earlier),)
    if ends_by == "stopping":
        diary.coin_month.stop()
    else:
        diary.practices.archive("nature-walk")
    assert diary.coin_month.status_lines() == (result, tally, STOPPED)
    assert diary.coin_month.has_result()
    assert diary.coin_month.earlier_results() == ()
    assert diary.coins() == ("", "")
    diary.undo()
    assert diary.coin_month.tomorrow() in (AIM, FREE)
    assert diary.coin_month.earlier_results() == ((month, earlier),)


def test_the_first_four_weeks_of_a_stopped_extension_are_an_earlier_result_and_are_pooled(
    diary: Diary, clock: Clock
) -> None:
    complete_coin_month(diary, clock, 6, 6)
    result = diary.coin_month.status_lines()[0]
    diary.coin_month.go_on()
    clock.forward(days=5)
    diary.coin_month.stop()
    complete_coin_month(diary, clock, 8, 4)
    ((month, earlier),) = diary.coin_month.earlier_results()
    assert month.days == 28
    assert earlier == f"Earlier, 25 November – 22 December 2026: {result}"
    # Alone, the second month would have a difference of exactly 4 points.
    assert "4 points)" not in diary.coin_month.status_lines()[0]
    assert " to " in diary.coin_month.status_lines()[0]


def test_the_result_of_eight_weeks_replaces_that_of_the_first_four(
    diary: Diary, clock: Clock
) -> None:
    complete_coin_month(diary, clock, 6, 6)
    diary.coin_month.go_on()
    clock.forward(days=28)
    assert "ends tonight" in diary.coin_month.status_lines()[0]
    assert len(diary.coin_month.earlier_results()) == 1
    diary.rate(6)
    assert diary.coin_month.has_result()
    assert diary.coin_month.earlier_results() == ()


def test_a_month_that_was_stopped_early_has_no_result(diary: Diary, clock: Clock) -> None:
    """Otherwise a user could stop when the result looks good: optional stopping."""
    diary.coin_month.begin("nature-walk")
    clock.forward(days=20)
    add_ratings(diary, [(TODAY + timedelta(days=n), 5 + n % 4) for n in range(1, 21)])
    diary.coin_month.stop()
    assert diary.coin_month.status_lines() == (
        "Coin-flip month for Nature walk: stopped early, so nothing is compared.",
    )


def test_months_of_one_practice_are_pooled(diary: Diary, clock: Clock) -> None:
    complete_coin_month(diary, clock, 7, 5)
    one = diary.coin_month.status_lines()[0]
    clock.forward(days=1)
    complete_coin_month(diary, clock, 5, 5)
    assert diary.coin_month.status_lines()[0] != one
    assert "calm wasn't clearly different" not in one


def test_the_results_of_earlier_months_stay(diary: Diary, clock: Clock) -> None:
    complete_coin_month(diary, clock, 7, 5)
    first = diary.coin_month.status_lines()[0]
    assert diary.coin_month.earlier_results() == ()
    clock.forward(days=1)
    diary.coin_month.begin("laughter")
    clock.forward(days=3)
    diary.coin_month.stop()
    # Stopped early, it has no result.
    complete_coin_month(diary, clock, 5, 5)
    second = diary.coin_month.status_lines()[0]
    diary.coin_month.begin("gratitude")
    (newer, newer_result), (older, older_result) = diary.coin_month.earlier_results()
    assert older.first == date(2026, 11, 25)
    assert older_result == f"Earlier, 25 November – 22 December 2026: {first}"
    assert newer.last == diary.today()
    assert newer_result.endswith(second)


def test_a_month_started_in_version_1_0_ends_by_its_rules(diary: Diary, clock: Clock) -> None:
    first = TODAY + timedelta(days=1)
    stored = {
        "practice_id": "nature-walk",
        "first": first.isoformat(),
        "last": (first + timedelta(days=27)).isoformat(),
        "seed": 7,
    }
    diary.change("coin", "", lambda writer: writer.save_app_state("coin_months", [stored]))
    # In 1.0, archiving the practice didn't stop its month.
    clock.forward(days=5)
    diary.practices.archive("nature-walk")
    assert diary.coin_stopped_by_archiving("nature-walk") == ""
    clock.forward(days=24)
    days = [first + timedelta(days=n) for n in range(28)]
    add_ratings(diary, [(day, 8 if is_aim_day_v1(7, day) else 4) for day in days])
    result = diary.coin_month.status_lines()[0]
    assert result.startswith(
        "In your coin-flip month, your calm was higher on the days the coin chose for a "
    )
    diary.coin_month.begin("gratitude")
    ((_month, earlier),) = diary.coin_month.earlier_results()
    assert earlier.endswith(result)


def test_without_ratings_there_is_nothing_to_compare(diary: Diary, clock: Clock) -> None:
    assert diary.coin_month.status_lines() == (("You haven't started a coin-flip month yet."),)
    diary.coin_month.begin("nature-walk")
    clock.forward(days=29)
    assert "too few rated evenings" in diary.coin_month.status_lines()[0]


def test_a_month_that_is_over_is_not_reopened_by_undo(diary: Diary, clock: Clock) -> None:
    """Otherwise a user could continue until the result looks good: optional stopping."""
    diary.coin_month.begin("nature-walk")
    clock.forward(days=20)
    diary.coin_month.stop()
    assert diary.undo() is not None
    assert diary.redo() is not None
    clock.forward(days=1)
    stopped = diary.coin_month.latest()
    with pytest.raises(CalmtrackError, match="is over"):
        diary.undo()
    assert diary.coin_month.latest() == stopped
    diary.rate(7)
    assert diary.undo() is not None
    with pytest.raises(CalmtrackError, match="is over"):
        diary.undo()


def test_behind_a_month_that_is_over_undo_and_redo_go_on(diary: Diary, clock: Clock) -> None:
    diary.log("hug")
    diary.coin_month.begin("nature-walk")
    clock.forward(days=40)
    with pytest.raises(CalmtrackError, match="To undo the change before that, undo again"):
        diary.undo()
    month = diary.coin_month.latest()
    assert [step.what for step in diary.undo_steps(9)] == ["log"]
    undone = diary.undo()
    assert undone is not None
    assert undone.what == "log"
    assert diary.undo() is None
    assert diary.coin_month.latest() == month
    assert diary.redo() is not None


def test_an_extension_that_was_undone_can_be_redone(diary: Diary, clock: Clock) -> None:
    complete_coin_month(diary, clock, 6, 6)
    clock.forward(days=1)
    longer = diary.coin_month.go_on()
    clock.forward(days=3)
    diary.rate(7)
    for _number in range(2):
        assert diary.undo() is not None
    for _number in range(2):
        assert diary.redo() is not None
    assert diary.coin_month.latest() == longer


def test_an_extension_can_be_undone_only_while_it_runs(diary: Diary, clock: Clock) -> None:
    complete_coin_month(diary, clock, 6, 6)
    clock.forward(days=1)
    diary.coin_month.go_on()
    step = diary.undo()
    assert step is not None
    assert step.what == "coin"
    assert diary.coin_month.active() is None
    assert diary.redo() is not None
    assert diary.coin_month.active() is not None
    clock.forward(days=29)
    with pytest.raises(CalmtrackError, match="is over"):
        diary.undo()


def test_the_status_has_todays_and_tomorrows_result(diary: Diary, clock: Clock) -> None:
    diary.coin_month.begin("nature-walk")
    clock.forward(days=3)
    progress, today, tomorrow = diary.coin_month.status_lines()
    assert progress.startswith("Coin-flip month for Nature walk: 3 of 28 days so far")
    alone = diary.coin_month.today(), diary.coin_month.tomorrow()
    below_it = tuple(f"Coin-flip month: {one[0].lower()}{one[1:]}" for one in (today, tomorrow))
    assert alone == below_it


def test_on_its_last_day_the_result_is_shown_until_the_evening_is_rated(
    diary: Diary, clock: Clock
) -> None:
    diary.coin_month.begin("nature-walk")
    for _ in range(28):
        clock.forward(days=1)
        if diary.coin_month.tomorrow():
            diary.rate(5)
    assert diary.coin_month.status_lines() == (
        "The coin-flip month for Nature walk ends tonight. Rate your evening to see the result.",
        diary.coin_month.today(),
    )
    with pytest.raises(InputError):
        diary.coin_month.go_on()
    diary.rate(6)
    # The result depends on the random choice of days.
    assert "ends tonight" not in diary.coin_month.status_lines()[0]
