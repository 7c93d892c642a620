"""Two diaries of one person become one: of each row, what was written last stays.

A row's versions are ordered by their time of change and then by their canonical JSON: a
last-writer-wins register (Shapiro and others, "A comprehensive study of Convergent and
Commutative Replicated Data Types", 2011, 3.2.1). Taking the greater of two is commutative,
associative and idempotent, so that machines end equal in whatever order they are joined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Where = tuple[str, str, str]
"""A row's kind (`practice`, `entry`, `evening` or `kept`), its key, and its day or nothing."""

BEGUN_ON: Where = ("kept", "begun_on", "")
"""The day the diary was begun: of two, the earlier one, whenever it was written down."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a row says, and since when."""

    updated_at: str
    """UTC text of fixed width, so that its order is the order of time."""
    content: str
    """Canonical JSON."""


@dataclass(frozen=True, slots=True)
class GaveWay:
    """A version that is not in the result, and the one that is in its place."""

    where: Where
    version: Version
    winner: Version
    ours: bool
    """Whether it is this diary's that gave way, or the other's."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What two diaries come to."""

    rows: Mapping[Where, Version]
    taken: Mapping[Where, Version]
    """Those of `rows` that this diary has not, or not so."""
    gave_way: tuple[GaveWay, ...]


def join(ours: Mapping[Where, Version], theirs: Mapping[Where, Version]) -> Joined:
    """This diary's rows and another's, as one. Equal content is no clash: the later time stays."""
    rows = dict(ours)
    gave_way = []
    for where, other in theirs.items():
        own = ours.get(where)
        rows[where] = other if own is None else _later(where, own, other)
        if own is not None and own.content != other.content:
            won = rows[where]
            loser = own if won is other else other
            gave_way.append(GaveWay(where, loser, won, loser is own))
    taken = {where: version for where, version in rows.items() if ours.get(where) != version}
    return Joined(rows, taken, tuple(gave_way))


def _later(where: Where, one: Version, other: Version) -> Version:
    if where == BEGUN_ON and one.content != other.content:
        return min(one, other, key=lambda version: version.content)
    return max(one, other, key=lambda version: (version.updated_at, version.content))
