"""A diary for each test: a real file, and a pinned clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.factories import create_diary, open_diary
from tracker.diary.diary import Diary


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    """A diary created at 21:30 on Tuesday 24 November 2026."""
    return create_diary(tmp_path / "diary.db")


@pytest.fixture
def missing_diary(tmp_path: Path) -> Diary:
    """A diary that doesn't exist until something is written."""
    return open_diary(tmp_path / "diary.db")
