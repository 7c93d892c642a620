"""Last write wins: which of two versions of a row a merge keeps.

A row's versions are ordered by their time of change and then by their canonical JSON: a
last-writer-wins register (Shapiro and others, "A comprehensive study of Convergent and
Commutative Replicated Data Types", 2011, 3.2.1). Taking the greater of two is commutative,
associative and idempotent, so that machines end equal in whatever order they are joined.
"""

from __future__ import annotations

from dataclasses import dataclass

Where = tuple[str, str]
"""A row's kind (`practice`, `entry`, `evening` or `kept`), and its key."""

BEGUN_ON: Where = ("kept", "begun_on")
"""The day the diary was created: of two, the earlier one wins, whenever it was written."""


@dataclass(frozen=True, slots=True)
class Version:
    """A row's content and its time of change."""

    updated_at: str
    """UTC text of fixed width, so that its order is the order of time."""
    content: str
    """Canonical JSON."""


def winner(where: Where, one: Version, other: Version) -> Version:
    """The version of a row that a merge keeps."""
    if where == BEGUN_ON and one.content != other.content:
        return min(one, other, key=lambda version: version.content)
    return max(one, other, key=lambda version: (version.updated_at, version.content))
