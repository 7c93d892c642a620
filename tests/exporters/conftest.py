"""The diaries of the importers' tests serve here as well."""

from tests.importers.conftest import diary, unbegun

__all__ = ["diary", "unbegun"]
