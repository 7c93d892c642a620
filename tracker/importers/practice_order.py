"""The order of practices that the rows of every day agree with."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


def merge_orders(seen: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Ids in an order in which the first of each pair stands before the second.

    Where the pairs leave it open, the order in which the ids were seen; that order alone where
    the pairs contradict each other.
    """
    place = {practice_id: number for number, practice_id in enumerate(seen)}
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(place, ()))
    for earlier, later in pairs:
        sorter.add(later, earlier)
    try:
        sorter.prepare()
    except CycleError:
        return list(place)
    return list(_earliest_first(sorter, place))


def _earliest_first(sorter: TopologicalSorter[str], place: Mapping[str, int]) -> Iterable[str]:
    ready: list[tuple[int, str]] = []
    while sorter.is_active():
        for practice_id in sorter.get_ready():
            heapq.heappush(ready, (place[practice_id], practice_id))
        _, following = heapq.heappop(ready)
        yield following
        sorter.done(following)
