"""The fixtures of the importers' tests, for the exporters."""

from tests.importers.conftest import diary, unbegun

__all__ = ["diary", "unbegun"]
