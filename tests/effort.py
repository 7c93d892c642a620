"""How much a test tries: few cases in the default run, all of them with `pytest --thorough`.

The option has to be known while test modules are imported, because module constants and
Hypothesis settings depend on it; `tests/conftest.py` sets it in `pytest_configure`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

import pytest
from hypothesis import settings

_is_thorough = False


def configure(*, thorough: bool) -> None:
    """Sets the effort of this run and loads the Hypothesis profile of the same name."""
    global _is_thorough  # noqa: PLW0603 - one value per process, set before collection
    _is_thorough = thorough
    settings.register_profile("default", max_examples=12, deadline=None)
    settings.register_profile("thorough", max_examples=200, deadline=None)
    settings.load_profile("thorough" if thorough else "default")


def by_effort(quick: int, thorough: int, long: int | None = None) -> int:
    """The number of cases, repetitions or examples for this run; `long` is for the thorough run
    with CALMTRACK_LONG=1."""
    if long is not None and _is_thorough and "CALMTRACK_LONG" in os.environ:
        return long
    return thorough if _is_thorough else quick


def some_cases(cases: Iterable[tuple[object, ...]], quick: int) -> list[object]:
    """As `some_of`, for several argument names at once."""
    return [
        case if index < quick else pytest.param(*case, marks=pytest.mark.thorough)
        for index, case in enumerate(cases)
    ]


def some_of(values: Iterable[object], quick: int) -> list[object]:
    """Parametrizes with all values; those after the first `quick` are for the thorough run."""
    return [
        value if index < quick else pytest.param(value, marks=pytest.mark.thorough)
        for index, value in enumerate(values)
    ]
