"""A diary for each test: a real file, and a clock that the test sets."""

from tests.diary.conftest import clock, diary, location

__all__ = ["clock", "diary", "location"]
