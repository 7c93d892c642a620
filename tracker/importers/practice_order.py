"""A list order of practices that agrees with the order of rows on every day."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter


def merge_orders(ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The ids in an order in which the first of each pair comes before the second.

    Where the pairs leave it open, or contradict each other, the order of `ids` decides.
    """
    ranks = {practice_id: rank for rank, practice_id in enumerate(ids)}
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(ranks, ()))
    for earlier, later in pairs:
        sorter.add(later, earlier)
    try:
        sorter.prepare()
    except CycleError:
        return list(ranks)
    return list(_lowest_rank_first(sorter, ranks))


def _lowest_rank_first(sorter: TopologicalSorter[str], ranks: Mapping[str, int]) -> Iterator[str]:
    ready: list[tuple[int, str]] = []
    while sorter.is_active():
        for practice_id in sorter.get_ready():
            heapq.heappush(ready, (ranks[practice_id], practice_id))
        _, first = heapq.heappop(ready)
        yield first
        sorter.done(first)
