"""A diary for each test: a real file, and a clock that the test sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.diary.factories import Clock, new_diary_file
from tests.postgres import Server
from tracker.diary.diary import Diary
from tracker.location import Location


@pytest.fixture
def clock() -> Clock:
    """A clock set to 21:30 on Tuesday 24 November 2026."""
    return Clock()


@pytest.fixture
def location(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Location:
    """The location of the diary, a file or a schema of a server; nothing exists there yet."""
    if kind == "file":
        return Location(tmp_path / "diary.db")
    server: Server = request.getfixturevalue("server")
    return server.new_location()


@pytest.fixture
def diary(location: Location, clock: Clock) -> Diary:
    """A diary with the default practices, created a hundred days ago."""
    now = clock.moment
    clock.forward(days=-100)
    diary = Diary(location, now=clock)
    if location.path is not None:
        location.path.write_bytes(new_diary_file(clock.moment))
        location.path.chmod(0o600)
    else:
        diary.create()
    clock.moment = now
    return diary
