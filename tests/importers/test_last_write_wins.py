"""Merging diaries in any order gives the same result, and loses no text."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.diary.factories import make_practice
from tracker.importers.merge import BEGUN_ON, LastWriteWins, Version, Where, winner
from tracker.importers.row_conflicts import IncomingRow
from tracker.models import Entry, EntryState, Evening, Unit
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
        policy = LastWriteWins({}, "other.db")
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
        policy = LastWriteWins({"hug": "Hug", "tea": "Tea"}, "other.db")
        row = IncomingRow(key, theirs, "2026" if later else "2024")
        decision = policy.decide(kind, row, VersionedRow(ours, "2025"))
        assert (decision.outcome, decision.saves) == (("lost", "changed")[later], later)
        return decision.message.format(**decision.values)

    newer = "is newer. It replaces"
    assert message_of(APP_STATE, ("support", None), ["Tea", "Walk"], []) == (
        f'The setting "Support messages": "Tea", "Walk" from other.db {newer} -, which stays in '
        "the undo log."
    )
    assert message_of(
        PRACTICES, ("tea", None), tea._replace(name="Chai", question="How?"), tea
    ) == (
        'Tea: Chai ("How?", daily goal 2, unit times, 5 of 7 days) from other.db '
        f"{newer} Tea (daily goal 2, unit times, 5 of 7 days), which stays in the undo log."
    )
    moved = tea._replace(position=7)
    assert message_of(PRACTICES, ("tea", None), moved, tea, later=False) == (
        "The order of practices in your diary is newer and stays."
    )
    assert message_of(PRACTICES, ("tea", None), moved._replace(overlap=True), tea) == (
        "Tea: its letter, an earlier goal or another setting from other.db is newer, and is used "
        "now."
    )
    rest = hug._replace(state=EntryState.REST, amount=None, note="ill")
    assert message_of(ENTRIES, ("hug", day), hug, rest, later=False) == (
        'Hug, Monday 23 November 2026: a rest day "ill" in your diary is newer and stays, '
        "and 0 from other.db is left out."
    )
    assert message_of(EVENINGS, ("calm", day), evening._replace(calm=None, note=""), evening) == (
        f'Calm, Monday 23 November 2026: an empty entry from other.db {newer} 7 "long", which '
        "stays in the undo log."
    )
    assert message_of(EVENINGS, ("calm", day), evening, evening._replace(calm=None, note="")) == (
        'Calm, Monday 23 November 2026: 7 "long" from other.db is used now.'
    )
