"""The same person as in the diary's tests: a real file, and a clock to set."""

from tests.diary.conftest import clock, diary, location

__all__ = ["clock", "diary", "location"]
