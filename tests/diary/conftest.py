"""A person's diary for each test: a real file, and a clock to set."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.diary.someone import Clock
from tracker.diary.diary import Diary
from tracker.places import Place


@pytest.fixture
def clock() -> Clock:
    """Half past nine on Tuesday 24 November 2026."""
    return Clock()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Where the diary lies; nothing is there yet."""
    return Place(tmp_path / "diary.db")


@pytest.fixture
def diary(place: Place, clock: Clock) -> Diary:
    """A diary with the usual practices, begun a hundred days ago."""
    now = clock.moment
    clock.forward(days=-100)
    diary = Diary(place, now=clock)
    diary.begin()
    clock.moment = now
    return diary
