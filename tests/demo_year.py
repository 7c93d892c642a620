"""The demo's invented year as a diary, for every test that needs a full one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tracker.diary.diary import Diary
from tracker.location import Location

TONIGHT = "2026-11-24T21:30:00+01:00"
"""A Tuesday evening."""


def make_demo_year(path: Path, now: str = TONIGHT) -> Diary:
    """Writes the demo's data of the year that ends the day before `now`, a time as for
    CALMTRACK_NOW, to a file that doesn't exist yet. Returns the diary, whose clock is pinned to
    `now`. Takes about 0.2 s."""
    moment = datetime.fromisoformat(now)
    diary = Diary(Location(path), now=lambda: moment)
    diary.create_demo()
    return diary
