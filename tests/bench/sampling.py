"""Takes measurements in turns with their baselines, and prints their table."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

T = TypeVar("T")

Unit = Literal["ms", "MB"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured beside another in the same run."""

    what: str
    beside: str
    ours: tuple[float, ...]
    floor: tuple[float, ...]
    at_most: float | None = None
    """The ratio to reach; None where it is only told."""
    unit: Unit = "ms"

    @property
    def ratio(self) -> float:
        """The median over the floor's median."""
        return statistics.median(self.ours) / statistics.median(self.floor)

    def as_json(self) -> dict[str, object]:
        """Everything, each sample included."""
        return {
            "what": self.what,
            "beside": self.beside,
            "ratio": round(self.ratio, 3),
            "at_most": self.at_most,
            "unit": self.unit,
            "ours": [round(one, 3) for one in self.ours],
            "floor": [round(one, 3) for one in self.floor],
        }


def in_turns(times: int, acts: Mapping[str, Callable[[], T]]) -> dict[str, tuple[T, ...]]:
    """What each act found, taken A B A B, so that what slows the machine meets all of them; a
    first turn, which fills the caches, doesn't count."""
    found: dict[str, list[T]] = {name: [] for name in acts}
    for _ in range(1 + times):
        for name, act in acts.items():
            found[name].append(act())
    return {name: tuple(samples[1:]) for name, samples in found.items()}


def table(figures: Sequence[Figure]) -> list[str]:
    """The figures as a Markdown table: medians, least and most, and how many."""
    lines = [
        "| what | beside | ratio | to reach | median (min to max) | of what is beside it | n |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in figures:
        reach = "" if one.at_most is None else f"≤ {one.at_most:g}"
        lines.append(
            f"| {one.what} | {one.beside} | {one.ratio:.2f} | {reach} | {_spread(one.ours, one)} "
            f"| {_spread(one.floor, one)} | {len(one.ours)} |"
        )
    return lines


def _spread(samples: Sequence[float], figure: Figure) -> str:
    middle = statistics.median(samples)
    return f"{middle:.1f} {figure.unit} ({min(samples):.1f} to {max(samples):.1f})"
