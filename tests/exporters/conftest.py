"""The fixtures of the importers' tests, for the exporters."""

from tests.importers.conftest import diary, missing_diary

__all__ = ["diary", "missing_diary"]
