"""Joining diaries: in whatever order, the same comes of it, and no text goes astray."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.merging import BEGUN_ON, Joined, Version, Where, join

Diary = dict[Where, Version]

HUG: Where = ("entry", "hug", "2026-11-24")
TEA: Where = ("practice", "tea", "")

_WHERES = st.sampled_from([HUG, ("evening", "calm", "2026-11-24"), TEA, BEGUN_ON])
_VERSIONS = st.builds(Version, st.sampled_from("12345"), st.sampled_from("abcde"))
DIARIES: st.SearchStrategy[Diary] = st.dictionaries(_WHERES, _VERSIONS)


def rows(one: Diary, other: Diary) -> Diary:
    """What two diaries come to."""
    return dict(join(one, other).rows)


@given(DIARIES, DIARIES)
def test_it_does_not_matter_who_joins_whom(one: Diary, other: Diary) -> None:
    assert rows(one, other) == rows(other, one)


@given(DIARIES, DIARIES, DIARIES)
def test_it_does_not_matter_in_which_order(one: Diary, other: Diary, third: Diary) -> None:
    assert rows(rows(one, other), third) == rows(one, rows(other, third))


@given(DIARIES, DIARIES)
def test_twice_is_once(one: Diary, other: Diary) -> None:
    joined = rows(one, other)
    for again in (join(joined, other), join(joined, one), join(joined, joined)):
        assert (again.rows, again.taken) == (joined, {})
        assert not any(loser.ours for loser in again.gave_way)


@given(DIARIES, DIARIES)
def test_every_text_is_in_the_result_or_told_to_have_given_way(one: Diary, other: Diary) -> None:
    joined = join(one, other)
    there = {(where, version.content) for where, version in joined.rows.items()}
    told = {(loser.where, loser.version.content) for loser in joined.gave_way}
    assert {(where, v.content) for d in (one, other) for where, v in d.items()} == there | told
    assert not there & told


@given(DIARIES, DIARIES)
def test_what_is_taken_makes_this_diary_the_result(one: Diary, other: Diary) -> None:
    joined = join(one, other)
    assert one | dict(joined.taken) == joined.rows
    assert all(other[where] == version for where, version in joined.taken.items())


@given(DIARIES, DIARIES)
def test_whose_version_gave_way_is_told(one: Diary, other: Diary) -> None:
    for loser in join(one, other).gave_way:
        assert (one if loser.ours else other)[loser.where] == loser.version
        assert (other if loser.ours else one)[loser.where].content == loser.winner.content


def joined(one: Version, other: Version, where: Where = HUG) -> Joined:
    """What a single row comes to."""
    return join({where: one}, {where: other})


def test_the_later_one_stays() -> None:
    early, late = Version("1", "b"), Version("2", "a")
    assert joined(early, late).rows == joined(late, early).rows == {HUG: late}


def test_of_two_written_at_the_same_moment_the_greater_text_stays() -> None:
    one, other = Version("1", "a"), Version("1", "b")
    assert joined(one, other).rows == joined(other, one).rows == {HUG: other}


def test_the_same_text_at_two_times_is_no_clash() -> None:
    found = joined(Version("1", "a"), Version("2", "a"))
    assert (found.rows[HUG].updated_at, found.gave_way) == ("2", ())


def test_a_diary_was_begun_on_the_earlier_of_two_days() -> None:
    found = joined(Version("9", '"2026-11-24"'), Version("1", '"2020-01-01"'), BEGUN_ON)
    assert found.rows[BEGUN_ON].content == '"2020-01-01"'
