"""What every room's tests stand on: English, and a PostgreSQL server when one asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import postgres
from tracker.i18n.locale import set_language

pytest_plugins = ["tests.isolation"]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A language that a test chose is not that of the next one."""
    yield
    set_language("auto")


@pytest.fixture
def german() -> None:
    """What calmtrack says in this process, it says in German."""
    set_language("de")


@pytest.fixture(scope="session")
def server(testrun_uid: str) -> Iterator[postgres.Server]:
    """One real server for the whole run, shared by all its processes."""
    with postgres.running(testrun_uid[:8]) as server:
        yield server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever is about a diary and not about its file runs on both kinds of database."""
    if "kind" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker("about_a_file")
        kinds = ["file"] if marked else ["file", "postgres"]
        metafunc.parametrize("kind", kinds)
