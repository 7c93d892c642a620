"""What every room's tests stand on: a folder to run in, and a PostgreSQL server when one asks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tracker.i18n.locale import set_language

# The tests read English, whatever language their machine speaks.
os.environ.pop("LANGUAGE", None)
os.environ["LC_ALL"] = os.environ["LANG"] = "C.UTF-8"

if os.environ.get("TERM") == "linux":
    # On its own console calmtrack draws plain characters; the tests expect its usual ones.
    os.environ["TERM"] = "xterm-256color"


@pytest.fixture(scope="session", autouse=True)
def somewhere_else(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Away from the source and from home: what a test writes under a bare name, or where the app
    proposes it, lies in a folder of its own."""
    before = Path.cwd()
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("somewhere")
        patch.setenv("HOME", str(folder))
        os.chdir(folder)
        yield
    os.chdir(before)


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
