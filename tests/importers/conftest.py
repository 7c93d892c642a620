"""A diary for each test: a real file, and a pinned clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.factories import a_diary, new
from tracker.diary.diary import Diary


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    """A diary begun at half past nine on Tuesday 24 November 2026."""
    return new(tmp_path / "diary.db")


@pytest.fixture
def unbegun(tmp_path: Path) -> Diary:
    """A diary not begun until something is written."""
    return a_diary(tmp_path / "diary.db")
