"""Chooses one question for a note: by what was logged, and the same all evening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from tracker.rules.calm import LOW

T = TypeVar("T")

HIGH = 8
"""The lowest calm score, 0 to 10, of an evening that is asked what was good about it."""


def prompt_of_day(prompts: Sequence[T], day: date) -> T:
    """One of the prompts, of which there is at least one: each in its turn from day to day."""
    return prompts[day.toordinal() % len(prompts)]


def moods_of(score: int | None) -> tuple[str, ...]:
    """Which questions fit a calm score (0 to 10; None before the rating, which no question may
    colour): `low` alone, or `any`, from 8 on with `high`."""
    if score is not None and score <= LOW:
        return ("low",)
    return ("any", "high") if score is not None and score >= HIGH else ("any",)
