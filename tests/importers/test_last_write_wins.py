"""Merging diaries in any order gives the same result, and loses no text."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diary.factories import make_practice
from tracker.importers.import_report import IncomingRow
from tracker.importers.merge import LastWriteWins, Version, winner
from tracker.importers.row_conflicts import BEGUN_ON, Where
from tracker.models import Entry, EntryState, Evening, Goal, Span, Unit
from tracker.store.row_mapping import SHIPPED_AT
from tracker.store.versioned_rows import (
    APP_STATE,
    ENTRIES,
    EVENINGS,
    PRACTICES,
    RowKey,
    RowKind,
    VersionedRow,
)

HUG: Where = ("entry", "hug")

_WHERES = st.sampled_from([HUG, ("evening", "calm"), ("practice", "tea"), BEGUN_ON])
_VERSIONS = st.builds(Version, st.sampled_from("123"), st.sampled_from("abc"))


@given(_WHERES, _VERSIONS, _VERSIONS)
def test_merging_is_commutative(where: Where, one: Version, other: Version) -> None:
    assert winner(where, one, other) == winner(where, other, one)


@given(_WHERES, _VERSIONS, _VERSIONS, _VERSIONS)
def test_merging_is_associative(where: Where, one: Version, other: Version, third: Version) -> None:
    first = winner(where, winner(where, one, other), third)
    assert first == winner(where, one, winner(where, other, third))


@given(_WHERES, _VERSIONS, _VERSIONS)
def test_merging_is_idempotent(where: Where, one: Version, other: Version) -> None:
    joined = winner(where, one, other)
    for again in (one, other, joined):
        assert winner(where, joined, again) == joined


@given(_WHERES, _VERSIONS, _VERSIONS)
def test_the_result_is_one_of_the_two_rows_unchanged(
    where: Where, one: Version, other: Version
) -> None:
    assert winner(where, one, other) in (one, other)


def test_the_later_one_wins() -> None:
    early, late = Version("1", "b"), Version("2", "a")
    assert winner(HUG, early, late) == winner(HUG, late, early) == late


def test_of_simultaneous_rows_the_greater_text_wins() -> None:
    one, other = Version("1", "a"), Version("1", "b")
    assert winner(HUG, one, other) == winner(HUG, other, one) == other


def test_of_equal_rows_the_later_time_is_stored() -> None:
    for where in (HUG, BEGUN_ON):
        assert winner(where, Version("1", "a"), Version("2", "a")).updated_at == "2"


def test_the_creation_date_is_the_earlier_of_two() -> None:
    early, late = Version("1", '"2020-01-01"'), Version("9", '"2026-11-24"')
    assert winner(BEGUN_ON, early, late) == winner(BEGUN_ON, late, early) == early


def test_what_both_machines_were_created_with_is_no_conflict() -> None:
    tea = make_practice("tea", unit=Unit.TIMES)
    chai = tea._replace(name="Chai")

    def outcome(kind: RowKind, key: RowKey, theirs: object, ours: object, *times: str) -> str:
        policy = LastWriteWins({}, {}, "other.db")
        row, own = IncomingRow(key, theirs, times[0]), VersionedRow(ours, times[-1])
        return policy.decide(kind, row, own).outcome

    assert outcome(PRACTICES, ("tea", None), tea, chai, SHIPPED_AT) == "unchanged"
    assert outcome(PRACTICES, ("tea", None), tea, chai, "2026") in ("changed", "lost")
    assert outcome(PRACTICES, ("tea", None), tea, chai, "2026", SHIPPED_AT) == "changed"
    assert outcome(PRACTICES, ("tea", None), tea, chai, SHIPPED_AT, "2026") == "lost"
    begun = ("begun_on", None)
    assert outcome(APP_STATE, begun, "2026-11-24", "2020-01-01", "2026", "2025") == "unchanged"
    # Which notes of the jar were shown is nothing that the person has changed.
    assert outcome(APP_STATE, ("jar", None), [8], [7], "2026", "2025") == "unchanged"
    assert outcome(APP_STATE, ("support", None), [8], [7], "2026", "2025") == "changed"
    day = date(2026, 11, 23)
    one, other = (Entry(day, "tea", EntryState.LOGGED, n, "", None) for n in (1, 2))
    assert outcome(ENTRIES, ("tea", day), one, other, SHIPPED_AT) in ("changed", "lost")


def test_the_report_names_what_won_and_what_lost() -> None:
    day = date(2026, 11, 23)
    tea = make_practice("tea", unit=Unit.TIMES, amount=2, days_per_week=5)
    hug = Entry(day, "hug", EntryState.LOGGED, 0, "", None)
    evening = Evening(day, 7, "long", None)

    def message_of(
        kind: RowKind, key: RowKey, theirs: object, ours: object, later: bool = True
    ) -> str:
        practices = {"hug": make_practice("hug", unit=Unit.TIMES), "tea": tea}
        policy = LastWriteWins(practices, practices, "other.db")
        row = IncomingRow(key, theirs, "2026" if later else "2024")
        decision = policy.decide(kind, row, VersionedRow(ours, "2025"))
        assert (decision.outcome, decision.saves) == (("lost", "changed")[later], later)
        return decision.message.format(**decision.values)

    used = "was changed later in other.db, so that version is used."
    stays = "was changed later in your diary, so it stays as it is."
    assert message_of(APP_STATE, ("support", None), ["Tea", "Walk"], []) == (
        f'The setting "Support messages" {used} "Tea", "Walk" instead of calmtrack\'s own.'
    )
    assert message_of(APP_STATE, ("week_starts_on", None), 6, 0, later=False) == (
        f'The setting "A week starts on" {stays} Monday instead of Sunday.'
    )
    assert message_of(APP_STATE, ("gentle_muted", None), True, False) == (
        f'The setting "Message after two heavy weeks" {used} off instead of on.'
    )
    month = {"practice_id": "hug", "first": "2026-11-03", "last": "2026-11-30", "seed": 1}
    assert message_of(APP_STATE, ("coin_months", None), [month], []) == (
        f'The setting "Coin-flip month" {used} Hug (3 – 30 November 2026) instead of none.'
    )
    moved = tea._replace(position=7)
    assert message_of(PRACTICES, ("tea", None), moved, tea, later=False) == (
        "The order of practices in your diary is newer and stays."
    )
    rest = hug._replace(state=EntryState.REST, amount=None, note="ill")
    assert message_of(ENTRIES, ("hug", day), hug, rest, later=False) == (
        'Hug, Monday 23 November 2026: a rest day "ill" in your diary is newer and stays, '
        "and no from other.db isn't used."
    )
    assert message_of(EVENINGS, ("calm", day), evening._replace(calm=None, note=""), evening) == (
        "Calm, Monday 23 November 2026: an empty entry from other.db is newer. It "
        'replaces 7 "long", which stays in the undo history.'
    )
    assert message_of(EVENINGS, ("calm", day), evening, evening._replace(calm=None, note="")) == (
        'Calm, Monday 23 November 2026: 7 "long" from other.db is used.'
    )


def test_the_report_says_which_settings_of_a_practice_differ(subtests: pytest.Subtests) -> None:
    first = date(2026, 11, 2)
    tea = make_practice("tea", unit=Unit.TIMES, amount=2, days_per_week=5)._replace(key="t")
    more = Goal(first, 3, 5)
    away = Span(first, first + timedelta(days=4))
    cases: list[tuple[dict[str, Any], str]] = [
        ({"name": "Chai"}, 'Name: "Chai" instead of "Tea".'),
        ({"question": "How?"}, 'Question: "How?" instead of none.'),
        ({"key": None}, "Letter: none instead of t."),
        ({"overlap": True}, "Left out of patterns: yes instead of no."),
        ({"step": 2}, "Next presses add: 2 instead of 1."),
        (
            {"name": "Chai", "key": "c"},
            'Name: "Chai" instead of "Tea". Letter: c instead of t.',
        ),
        (
            {"goals": (*tea.goals, more)},
            "Goal: 3 times, 5 days a week from 2 November 2026 instead of 2 times, 5 days a week.",
        ),
        (
            {"goals": (tea.goals[0], more, tea.goals[0]._replace(from_day=date(2026, 11, 9)))},
            "Goals over time: 2 times, 5 days a week; 3 times, 5 days a week from 2 November "
            "2026; 2 times, 5 days a week from 9 November 2026 instead of 2 times, 5 days a week.",
        ),
        ({"out_of_list": (away,)}, "Archived in the past: 2 – 6 November 2026 instead of never."),
        (
            {"out_of_list": (away._replace(to_day=away.from_day),)},
            "Archived in the past: 2 November 2026 instead of never.",
        ),
    ]
    policy = LastWriteWins({"tea": tea}, {"tea": tea}, "other.db")
    for edit, changes in cases:
        with subtests.test(edit=edit):
            row = IncomingRow(("tea", None), tea._replace(**edit, position=9), "2026")
            decision = policy.decide(PRACTICES, row, VersionedRow(tea, "2025"))
            assert decision.outcome == "changed"
            assert decision.message.format(**decision.values) == (
                f"Tea was changed later in other.db, so that version is used. {changes}"
            )


def test_a_practice_that_was_archived_and_renamed_is_said_to_be_both() -> None:
    tea = make_practice("tea")
    chai = tea._replace(name="Chai", out_of_list=(Span(date(2026, 11, 2), None),))
    policy = LastWriteWins({"tea": tea}, {"tea": chai}, "other.db")
    row = IncomingRow(("tea", None), chai, "2026")
    decision = policy.decide(PRACTICES, row, VersionedRow(tea, "2025"))
    assert decision.message.format(**decision.values) == (
        "Tea was archived in other.db, so it's archived here, too. Tea was changed later in "
        'other.db, so that version is used. Name: "Chai" instead of "Tea".'
    )


def test_rows_that_look_the_same_are_the_same() -> None:
    tea = make_practice("tea")
    since = tea.goals[0]._replace(from_day=date(2020, 1, 1))
    day = date(2026, 11, 23)
    entry = Entry(day, "tea", EntryState.LOGGED, 1, "", "2026-11-23T20:00:00Z")
    evening = Evening(day, 7, "", "2026-11-23T20:00:00Z")
    soon, late = "2026-11-23T21:00:00Z", "2026-11-27T20:00:00Z"

    def decided(kind: RowKind, key: RowKey, theirs: object, ours: object) -> tuple[str, str]:
        policy = LastWriteWins({"tea": tea}, {"tea": tea}, "other.db")
        decision = policy.decide(kind, IncomingRow(key, theirs, "2026"), VersionedRow(ours, "2025"))
        assert decision.saves
        return decision.outcome, decision.message.format(**decision.values)

    same = ("unchanged", "")
    assert decided(PRACTICES, ("tea", None), tea._replace(goals=(since,)), tea) == same
    assert decided(ENTRIES, ("tea", day), entry._replace(logged_at=soon), entry) == same
    assert decided(EVENINGS, ("calm", day), evening._replace(logged_at=soon), evening) == same
    # A late rating counts for less: that can be seen.
    assert decided(EVENINGS, ("calm", day), evening._replace(logged_at=late), evening) == (
        "changed",
        "Calm, Monday 23 November 2026: 7 (rated late) from other.db is newer. It replaces 7, "
        "which stays in the undo history.",
    )
