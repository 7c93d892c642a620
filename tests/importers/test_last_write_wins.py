"""Merging diaries in any order gives the same result, and loses no text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.diary.factories import a_practice
from tracker.importers.last_write_wins import BEGUN_ON, LastWriteWins, Version, Where, winner
from tracker.importers.row_conflicts import IncomingRow
from tracker.models import Entry, EntryState, Evening, Unit
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
def test_it_does_not_matter_who_joins_whom(where: Where, one: Version, other: Version) -> None:
    assert winner(where, one, other) == winner(where, other, one)


@given(_WHERES, _VERSIONS, _VERSIONS, _VERSIONS)
def test_it_does_not_matter_in_which_order(
    where: Where, one: Version, other: Version, third: Version
) -> None:
    first = winner(where, winner(where, one, other), third)
    assert first == winner(where, one, winner(where, other, third))


@given(_WHERES, _VERSIONS, _VERSIONS)
def test_twice_is_once(where: Where, one: Version, other: Version) -> None:
    joined = winner(where, one, other)
    for again in (one, other, joined):
        assert winner(where, joined, again) == joined


@given(_WHERES, _VERSIONS, _VERSIONS)
def test_what_stays_is_one_of_the_two_as_it_was(where: Where, one: Version, other: Version) -> None:
    assert winner(where, one, other) in (one, other)


def test_the_later_one_stays() -> None:
    early, late = Version("1", "b"), Version("2", "a")
    assert winner(HUG, early, late) == winner(HUG, late, early) == late


def test_of_two_written_at_the_same_moment_the_greater_text_stays() -> None:
    one, other = Version("1", "a"), Version("1", "b")
    assert winner(HUG, one, other) == winner(HUG, other, one) == other


def test_of_the_same_text_at_two_times_the_later_time_stays() -> None:
    for where in (HUG, BEGUN_ON):
        assert winner(where, Version("1", "a"), Version("2", "a")).updated_at == "2"


def test_a_diary_was_begun_on_the_earlier_of_two_days() -> None:
    early, late = Version("1", '"2020-01-01"'), Version("9", '"2026-11-24"')
    assert winner(BEGUN_ON, early, late) == winner(BEGUN_ON, late, early) == early


def test_the_report_names_what_won_and_what_lost() -> None:
    day = date(2026, 11, 23)
    tea = a_practice("tea", unit=Unit.TIMES, amount=2, days_per_week=5)
    hug = Entry(day, "hug", EntryState.LOGGED, 0, "", None)
    evening = Evening(day, 7, "long", None)

    def message_of(
        kind: RowKind, key: RowKey, theirs: object, ours: object, later: bool = True
    ) -> str:
        policy = LastWriteWins({"hug": "Hug", "tea": "Tea"}, "other.db")
        row = IncomingRow(key, theirs, "2026" if later else "2024")
        decision = policy.decide(kind, row, VersionedRow(ours, "2025"))
        assert (decision.outcome, decision.saves) == (("lost", "changed")[later], later)
        return decision.message.format(**decision.values)

    newer = "is newer. It replaces"
    assert message_of(APP_STATE, ("jar", None), 8, 7) == (
        f'The setting "jar": 8 from other.db {newer} 7, which stays in the undo log.'
    )
    assert message_of(
        PRACTICES, ("tea", None), replace(tea, name="Chai", question="How?"), tea
    ) == (
        'Tea: Chai ("How?", daily goal 2, unit times, 5 of 7 days) from other.db '
        f'{newer} Tea ("", daily goal 2, unit times, 5 of 7 days), which stays in the undo log.'
    )
    rest = hug._replace(state=EntryState.REST, amount=None, note="ill")
    assert message_of(ENTRIES, ("hug", day), hug, rest, later=False) == (
        'Hug, Monday 23 November 2026: a rest day "ill" in your diary is newer and stays. 0 from '
        "other.db is left out."
    )
    assert message_of(EVENINGS, ("calm", day), evening._replace(calm=None, note=""), evening) == (
        f'Calm, Monday 23 November 2026: an empty entry from other.db {newer} 7 "long", which '
        "stays in the undo log."
    )
