"""Patterns of real entries: their levels and sentences."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import ceil, floor

import pytest

from tests.diary.factories import (
    TODAY,
    Clock,
    add_practices,
    add_ratings,
    ago,
    edit_practice,
    make_practice,
)
from tests.rules.simulated_evenings import calm_in_runs, habit_in_runs, rated
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.models import Entry, EntryState, Evening, Span
from tracker.render.insight_text import insights_lines
from tracker.rules.association import estimate
from tracker.rules.calm import outward_half_points
from tracker.store.writer import Writer
from tracker.views import InsightsView, Level, PracticeInsight

Life = tuple[list[int | None], dict[str, list[int]]]


def simulate_life(seed: int, days: int, effects: Mapping[str, float]) -> Life:
    """Simulates calm and practices day by day up to today; each practice raises calm by an effect
    in standard deviations."""
    rng = random.Random(seed)
    habits = {name: habit_in_runs(rng, days, stay=0.4) for name in effects}
    lifted = [
        c + sum(effect * habits[name][index] for name, effect in effects.items())
        for index, c in enumerate(calm_in_runs(rng, days, 0.4))
    ]
    return [None if c is None else int(c) for c in rated(lifted, middle=5)], habits


def save_life(diary: Diary, life: Life, until: date = TODAY, *, late: Sequence[date] = ()) -> None:
    """Saves simulated days, each rated on its own evening unless it is in `late`."""
    calm, habits = life
    first = until - timedelta(days=len(calm) - 1)
    days = [first + timedelta(days=index) for index in range(len(calm))]
    set_on = [day + timedelta(days=9 if day in late else 0) for day in days]
    evenings = [
        Evening(day, score, "", f"{when.isoformat()}T20:30:00Z")
        for day, score, when in zip(days, calm, set_on, strict=True)
    ]
    entries = [
        Entry(day, name, EntryState.LOGGED, amount, "", f"{day.isoformat()}T20:30:00Z")
        for name, habit in habits.items()
        for day, amount in zip(days, habit, strict=True)
    ]

    def save(writer: Writer) -> None:
        writer.save_evenings(evenings)
        writer.save_entries(entries)

    diary.change("import", "a life", save)


def insight_in(view: InsightsView, practice_id: str) -> PracticeInsight:
    """A practice's insight in a view."""
    return next(one for one in view.practices if one.practice.id == practice_id)


def insight_of(diary: Diary, practice_id: str = "hug", day: date | None = None) -> PracticeInsight:
    """A practice's insight, read from the diary."""
    return insight_in(diary.insights.view(day), practice_id)


COUNTED = "(those rated by the next day, with the practice in your list and no rest day)"


def test_a_new_diary_shows_how_many_evenings_are_needed(diary: Diary) -> None:
    view = diary.insights.view()
    assert view.checkpoint is None
    assert view.together is None
    assert insight_of(diary).level is Level.TOO_EARLY
    assert (
        insight_of(diary).sentence
        == f"Hug: too early to compare, 0 of at least 24 evenings so far {COUNTED}."
    )
    assert insight_of(diary, "joy").level is Level.LEFT_OUT
    assert insight_of(diary, "joy").sentence == (
        "Moment of joy: feeling calm is part of it, so it isn't compared with calm."
    )
    assert view.finding_your_way_back.sentence == (
        "Too few evenings well below your usual yet to tell how soon you feel calmer again."
    )


def test_missing_evenings_are_named_but_never_those_without_the_practice(diary: Diary) -> None:
    save_life(diary, ([5] * 19, {"hug": [1] * 19}), late=[ago(9)])
    assert (
        insight_of(diary).sentence
        == f"Hug: too early to compare, 18 of at least 24 evenings so far {COUNTED}."
    )
    # Today is open until it's over; a rest day and the time before it was added don't count.
    diary.rest(("laughter",), ago(3), ago(2))
    assert insight_of(diary, "laughter").rated == 15
    add_practices(diary, make_practice("tea", added_on=ago(4)))
    assert insight_of(diary, "tea").rated == 4
    # Of what is missing, the smaller part: a bar that was nearly full would begin again.
    save_life(diary, ([5] * 23, {"hug": [0] * 20 + [1] * 3}))
    assert (insight_of(diary).short, insight_of(diary).progress) == ("3 of 8 days done", (3, 8))
    save_life(diary, ([5] * 25, {"hug": [0] * 20 + [1] * 5}))
    assert insight_of(diary).sentence == (
        "Hug: too early to compare, 5 of at least 8 evenings with it so far (those rated by the "
        "next day)."
    )
    save_life(diary, ([5] * 25, {"hug": [1] * 22 + [0] * 3}))
    assert insight_of(diary).sentence == (
        "Hug: too early to compare. You've done it on most of the evenings so far."
    )
    assert insight_of(diary).short == "done most evenings so far"
    save_life(diary, ([5] * 25, {"hug": [1] * 12 + [0] * 13}))
    assert insight_of(diary).sentence == (
        "Hug: too early to compare. So far it has come in a few long runs of days."
    )
    assert insight_of(diary).short == "few changes so far"
    assert insight_of(diary).detail is None


def test_a_practice_done_nearly_always_cannot_be_compared(diary: Diary) -> None:
    calm, _ = simulate_life(1, 60, {})
    save_life(diary, (calm, {"hug": [int(index % 15 != 3) for index in range(60)]}))
    one = insight_of(diary)
    assert one.level is Level.CANNOT_TELL
    assert one.sentence == ("Hug: you do this nearly every day, so there's nothing to compare.")


def test_a_practice_done_on_one_weekday_cannot_be_separated_from_it(diary: Diary) -> None:
    calm, _ = simulate_life(1, 120, {})
    first = ago(119).weekday()
    save_life(diary, (calm, {"hug": [int((first + index) % 7 == 6) for index in range(120)]}))
    one = insight_of(diary)
    assert one.level is Level.CANNOT_TELL
    assert one.sentence == (
        "Hug: always on a Sunday, so the practice can't be told apart from the weekday."
    )


def test_a_practice_with_enough_evenings_is_compared_at_the_next_checkpoint(
    diary: Diary, clock: Clock
) -> None:
    save_life(diary, simulate_life(1, 26, {"hug": 3}))
    one = insight_of(diary)
    assert (one.level, one.rated) == (Level.TOO_EARLY, 26)
    assert one.sentence == ("Hug: enough evenings to compare. The result comes on 28 November.")
    assert one.detail is not None
    assert diary.insights.view().next_update == date(2026, 11, 28)
    # Dates in another year include the year.
    clock.set("2027-01-02T21:30:00+01:00")
    view = diary.insights.view(TODAY)
    assert insight_in(view, "hug").sentence.endswith("The result comes on 28 November 2026.")
    assert next(insights_lines(view)).endswith("(next update: 28 November 2026)")


def test_a_large_difference_is_steady_at_the_first_checkpoint(diary: Diary, clock: Clock) -> None:
    save_life(diary, simulate_life(1, 57, {"hug": 2.2, "laughter": 0}))
    clock.forward(days=1)
    assert insight_of(diary, day=ago(29)).level is Level.TOO_EARLY
    now = diary.insights.view()
    assert now.checkpoint == TODAY
    assert insight_in(now, "hug").level is Level.STEADY
    assert insight_in(now, "hug").sentence.startswith(
        "On days with a hug, your calm has been about "
    )
    assert insight_in(now, "hug").sentence.endswith("something else may be behind both.")
    assert insight_in(now, "laughter").level is Level.NOT_CLEAR
    assert insight_in(now, "laughter").sentence == (
        "Laughter: if there is a difference in calm, it's most likely less than a point."
    )


def test_a_checkpoint_counts_once_its_day_is_over(diary: Diary, clock: Clock) -> None:
    calm, habits = simulate_life(1, 57, {"hug": 2.2})
    save_life(diary, (calm, habits))
    # Not logged yet: no hug, once the day is over.
    diary.clear("hug")
    evening = diary.insights.view()
    assert evening.checkpoint == ago(28)
    assert evening.next_update == TODAY + timedelta(days=1)
    clock.set("2026-11-25T04:30:00+01:00")
    night = diary.insights.view()
    assert night.checkpoint == TODAY
    assert night.next_update == TODAY + timedelta(days=29)
    clock.forward(days=9)
    assert insight_of(diary).sentence == insight_in(night, "hug").sentence
    assert insight_of(diary).at_checkpoint == insight_in(night, "hug").at_checkpoint


def test_a_likely_difference_is_leaning(diary: Diary, clock: Clock) -> None:
    """The same simulation with a smaller and smaller effect passes from steady to leaning to
    none."""
    clock.forward(days=1)
    levels = []
    for effect in (2.2, *(1.2 - 0.05 * step for step in range(20))):
        save_life(diary, simulate_life(3, 85, {"hug": effect}))
        levels.append(insight_of(diary).level)
    assert levels[0] is Level.STEADY
    assert Level.LEANING in levels
    assert levels[-1] is Level.NOT_CLEAR


def test_no_clear_link_says_why_where_the_range_is_on_one_side_of_zero(
    diary: Diary, clock: Clock
) -> None:
    clock.forward(days=1)
    is_beside_zero = set()
    for step in range(20):
        save_life(diary, simulate_life(3, 85, {"hug": 1.2 - 0.05 * step}))
        one = insight_of(diary)
        if one.level is Level.NOT_CLEAR:
            assert one.at_checkpoint is not None
            is_beside_zero.add(one.at_checkpoint.low > 0)
            assert ("Its range is on one side of 0" in one.sentence) is (one.at_checkpoint.low > 0)
    assert is_beside_zero == {True, False}


def test_the_figures_are_those_of_the_rule(diary: Diary) -> None:
    calm, habits = simulate_life(1, 57, {"hug": 1.6})
    save_life(diary, (calm, habits))
    days = {name: [0.0] * 57 for name in ("laughter", "nature-walk", "gratitude", "good-talk")}
    found = estimate(calm, {"hug": [float(x) for x in habits["hug"]], **days}, ago(56).weekday())
    expected, counted = found.practices["hug"], found.counts["hug"]
    one = insight_of(diary)
    assert one.detail is not None
    assert (one.detail.estimate, one.detail.z) == (expected.estimate, expected.z)
    assert (one.detail.shown, one.detail.low, one.detail.high) == (
        expected.shown, expected.low, expected.high)  # fmt: skip
    assert (one.rated, one.with_, one.without, one.switches) == (
        counted.rated, counted.with_, counted.without, counted.switches)  # fmt: skip


def test_a_sentence_does_not_change_between_checkpoints(diary: Diary) -> None:
    save_life(diary, simulate_life(1, 84, {"hug": 2.2}))
    at_checkpoint = insight_of(diary, day=ago(27))
    later = insight_of(diary, day=TODAY)
    assert at_checkpoint.sentence == later.sentence
    assert at_checkpoint.detail != later.detail


def test_intervals_are_rounded_outward_to_half_points(diary: Diary, clock: Clock) -> None:
    save_life(diary, simulate_life(1, 57, {"hug": 2.2}))
    clock.forward(days=1)
    one = insight_of(diary, day=TODAY)
    assert one.detail is not None
    low, high = floor(2 * one.detail.low) / 2, ceil(2 * one.detail.high) / 2
    assert f"(likely {low:g} to {high:g})" in one.sentence


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0.45, 1.75, (0.4, 2.0)),
        (0.04, 0.5, (0.1, 0.5)),
        (-1.2, -0.31, (-1.5, -0.3)),
        (-0.2, 0.2, (-0.5, 0.5)),
        (0.0, 0.9, (0.0, 1.0)),
        (1e-9, 0.9, (0.0, 1.0)),
    ],
)
def test_an_interval_without_0_is_not_shown_as_reaching_it(
    low: float, high: float, shown: tuple[float, float]
) -> None:
    assert outward_half_points(low, high) == shown


def test_lower_calm_with_a_practice_is_explained_by_harder_days(diary: Diary) -> None:
    save_life(diary, simulate_life(1, 85, {"hug": -3.0}))
    one = insight_of(diary)
    assert one.level is Level.STEADY_LOWER
    assert "lower (likely −" in one.sentence
    assert one.sentence.endswith("Perhaps you do this more on harder days.")


def test_a_lost_steady_difference_is_less_clear_for_one_period(diary: Diary) -> None:
    calm, habits = simulate_life(1, 57, {"hug": 2.2})
    # After the second checkpoint the effect is reversed.
    after, more = simulate_life(2, 84, {"hug": -2.4})
    save_life(diary, ([*calm, *after], {"hug": [*habits["hug"], *more["hug"]]}))
    assert insight_of(diary, day=ago(84)).level is Level.STEADY
    levels = [insight_of(diary, day=ago(back)).level for back in (56, 28, 0)]
    assert Level.LESS_CLEAR in levels
    lost = levels.index(Level.LESS_CLEAR)
    assert insight_of(diary, day=ago((56, 28, 0)[lost])).sentence == (
        "Hug: the link with calm was clearer a while ago."
    )
    assert levels[lost + 1 :] != [Level.LESS_CLEAR] * len(levels[lost + 1 :]) or lost == 2


def test_many_small_differences_are_reported_together(diary: Diary) -> None:
    names = ("hug", "laughter", "nature-walk", "gratitude", "good-talk")
    amounts = {"nature-walk": 20}
    calm, habits = simulate_life(3, 169, dict.fromkeys(names, 0.5))
    save_life(diary, (calm, {n: [x * amounts.get(n, 1) for x in h] for n, h in habits.items()}))
    together = diary.insights.view().together
    assert together is not None
    assert together.sentence == (
        "All practices together: the more of them a day has, the calmer its evening "
        "tends to be. This can come from just one of them."
    )


def test_after_a_hard_month_no_positive_insight_is_reported(diary: Diary) -> None:
    save_life(diary, ([2] * 40, {}))
    assert diary.insights.view().finding_your_way_back.sentence == (
        "These weeks have been hard. Be gentle with yourself."
    )


def test_late_ratings_are_excluded(diary: Diary) -> None:
    life = simulate_life(1, 40, {"hug": 1})
    late = [ago(39), ago(20), ago(3)]
    save_life(diary, life, late=late)
    view = diary.insights.view()
    assert insight_in(view, "hug").rated == 37
    # The first rating was late, so checkpoints are counted from the day after.
    assert view.checkpoint == ago(10)


def test_rest_days_are_excluded(diary: Diary) -> None:
    save_life(diary, simulate_life(1, 40, {"hug": 1}))
    diary.rest(("hug",), ago(40), ago(40))
    for back in (5, 6, 7):
        diary.clear("hug", ago(back))
        diary.toggle_rest_day("hug", ago(back))
    assert insight_of(diary).rated == 37


def test_logged_days_of_rest_are_not_asked_for(diary: Diary) -> None:
    save_life(diary, simulate_life(1, 140, {"hug": 1}))
    assert diary.insights.view().rest_days.startswith("Ill, away or on holiday")
    ids = tuple(one.id for one in diary.practices.all())
    for back in (130, 131, 132, 133):
        diary.clear("hug", ago(back))
    diary.rest(ids[1:2], ago(133), ago(132))
    assert diary.insights.view().rest_days.startswith("Ill, away or on holiday")
    diary.rest(ids, ago(133), ago(133))
    assert diary.insights.view().rest_days == (
        "You had 1 day of rest. What rested is left out, so patterns are more reliable."
    )
    diary.rest(ids, ago(132), ago(130))
    assert diary.insights.view().rest_days == (
        "You had 4 days of rest. What rested is left out, so patterns are more reliable."
    )


def test_days_on_which_only_a_safe_moment_was_felt_are_not_taken_for_rest_days(
    diary: Diary,
) -> None:
    """It isn't compared with calm, but was done."""
    for back in range(40, 0, -1):
        add_ratings(diary, [(ago(back), 5)])
        if back not in (20, 21, 22):
            diary.log("hug", ago(back))
    assert diary.insights.view().rest_days.startswith("From 2 November to 4 November you did none")
    diary.log("safe-moment", ago(21))
    assert diary.insights.view().rest_days.startswith("Ill, away or on holiday")


def test_a_rated_evening_without_an_entry_counts_as_not_done(diary: Diary, clock: Clock) -> None:
    calm, _ = simulate_life(1, 30, {})
    save_life(diary, (calm, {}))
    assert (insight_of(diary).rated, insight_of(diary).without) == (29, 29)
    clock.forward(days=1)
    assert insight_of(diary).rated == 30


def test_an_amount_below_the_goal_counts_as_not_done(diary: Diary) -> None:
    calm, habits = simulate_life(1, 40, {"nature-walk": 1})
    save_life(diary, (calm, {"nature-walk": [25 if x else 10 for x in habits["nature-walk"]]}))
    one = insight_of(diary, "nature-walk")
    assert one.with_ == sum(habits["nature-walk"])
    assert one.without == 40 - one.with_


def test_a_custom_practice_can_be_excluded(diary: Diary) -> None:
    add_practices(diary, make_practice("sauna", added_on=ago(80)))
    save_life(diary, simulate_life(1, 57, {"sauna": 2.2}))
    one = insight_of(diary, "sauna")
    assert one.level is Level.STEADY
    assert one.sentence.startswith('On days with "Sauna", your calm has been about ')
    edit_practice(diary, "sauna", overlap=True)
    one = insight_of(diary, "sauna")
    assert (one.level, one.detail) == (Level.LEFT_OUT, None)


def test_an_archived_practice_is_not_reported_and_its_days_are_excluded(diary: Diary) -> None:
    save_life(diary, (simulate_life(1, 57, {})[0], {}))
    hug = next(p for p in diary.practices.all() if p.id == "hug")
    add_practices(diary, hug._replace(out_of_list=(Span(ago(30), ago(11)),)))
    assert insight_of(diary).rated == 56 - 20
    assert "hug" not in {one.practice.id for one in diary.insights.view(ago(20)).practices}


def test_only_the_last_year_counts(diary: Diary) -> None:
    save_life(diary, simulate_life(1, 400, {"hug": 0.5}))
    assert insight_of(diary).rated == 364


def test_the_time_to_feel_calmer_again_is_reported(diary: Diary) -> None:
    calm: list[int | None] = [7] * 150
    for index in range(20, 150, 15):
        calm[index] = calm[index + 1] = 3
    save_life(diary, (calm, {}))
    back = diary.insights.view().finding_your_way_back
    assert (back.dips, back.median_days) == (9, 2)
    assert back.sentence == (
        "After a low evening, your calm has mostly been back near normal within 2 days."
    )


def test_a_future_day_is_rejected(diary: Diary) -> None:
    with pytest.raises(InputError):
        diary.insights.view(TODAY + timedelta(days=1))


def test_unusual_diaries_have_a_sentence_for_each_practice(diary: Diary) -> None:
    lives: list[Life] = [
        ([7] * 120, {"hug": habit_in_runs(random.Random(1), 120), "laughter": [1] * 120}),
        ([None if d % 7 else 6 for d in range(182)], {"hug": [d % 2 for d in range(182)]}),
        ([5, 6, 7], {"hug": [1, 0, 1]}),
        ([6] * 40 + [None] * 150 + [6] * 40, {"hug": [d % 2 for d in range(230)]}),
    ]
    for life in lives:
        save_life(diary, life)
        view = diary.insights.view()
        assert all(one.sentence.endswith(".") for one in view.practices)
        assert "nan" not in repr(view).casefold()


def test_a_new_pattern_is_mentioned_once(diary: Diary, clock: Clock) -> None:
    save_life(diary, simulate_life(1, 29, {"hug": 3.5}))
    clock.forward(days=1)
    assert diary.insights.new_findings() == ("Hug",)
    assert diary.insights.new_findings() == ()
    clock.forward(days=5)
    assert diary.insights.new_findings() == ()


def test_all_new_patterns_are_mentioned_together(diary: Diary, clock: Clock) -> None:
    save_life(diary, simulate_life(1, 29, {"hug": 3.5, "laughter": 3.5}))
    clock.forward(days=1)
    assert diary.insights.new_findings() == ("Hug", "Laughter")


def test_a_pattern_that_was_read_is_not_mentioned(diary: Diary, clock: Clock) -> None:
    save_life(diary, simulate_life(1, 29, {"hug": 3.5}))
    clock.forward(days=1)
    checkpoint = diary.insights.view().checkpoint
    assert checkpoint is not None
    diary.insights.set_mentioned(checkpoint)
    assert diary.insights.new_findings() == ()


def test_a_known_pattern_is_not_mentioned_as_new(diary: Diary, clock: Clock) -> None:
    save_life(diary, simulate_life(1, 85, {"hug": 2.2}))
    assert insight_of(diary, day=ago(28)).level is Level.STEADY
    assert diary.insights.new_findings() == ()


def test_an_empty_diary_has_no_new_pattern(diary: Diary) -> None:
    assert diary.insights.new_findings() == ()
