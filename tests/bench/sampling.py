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
    """A measurement and its baseline, taken in the same run."""

    what: str
    baseline: str
    samples: tuple[float, ...]
    baseline_samples: tuple[float, ...]
    at_most: float | None = None
    """The limit of the ratio; None if there is none."""
    unit: Unit = "ms"

    @property
    def ratio(self) -> float:
        """The median divided by the baseline's median."""
        return statistics.median(self.samples) / statistics.median(self.baseline_samples)

    def as_json(self) -> dict[str, object]:
        """The JSON object of the figure, with all samples."""
        return {
            "what": self.what,
            "baseline": self.baseline,
            "ratio": round(self.ratio, 3),
            "at_most": self.at_most,
            "unit": self.unit,
            "samples": [round(one, 3) for one in self.samples],
            "baseline_samples": [round(one, 3) for one in self.baseline_samples],
        }


def interleave(times: int, actions: Mapping[str, Callable[[], T]]) -> dict[str, tuple[T, ...]]:
    """Runs the actions A B A B, so that a slow phase of the machine affects all of them. The first
    turn fills caches and doesn't count."""
    found: dict[str, list[T]] = {name: [] for name in actions}
    for _ in range(1 + times):
        for name, act in actions.items():
            found[name].append(act())
    return {name: tuple(samples[1:]) for name, samples in found.items()}


def table(figures: Sequence[Figure]) -> list[str]:
    """The figures as a Markdown table: medians, ranges and sample sizes."""
    lines = [
        "| what | baseline | ratio | limit | median (min to max) | median of the baseline | n |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in figures:
        limit = "" if one.at_most is None else f"≤ {one.at_most:g}"
        lines.append(
            f"| {one.what} | {one.baseline} | {one.ratio:.2f} | {limit} "
            f"| {_spread(one.samples, one)} | {_spread(one.baseline_samples, one)} "
            f"| {len(one.samples)} |"
        )
    return lines


def _spread(samples: Sequence[float], figure: Figure) -> str:
    middle = statistics.median(samples)
    return f"{middle:.1f} {figure.unit} ({min(samples):.1f} to {max(samples):.1f})"
