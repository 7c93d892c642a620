"""The diary of the importers' tests serves here as well."""

from tests.importers.conftest import diary

__all__ = ["diary"]
