"""Options and fixtures of all tests: effort, language, and a PostgreSQL server."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest

from tests import catalogs, compiled_statements, effort, postgres
from tracker.__main__ import GC_THRESHOLD
from tracker.i18n.messages import set_language

pytest_plugins = ["tests.isolation"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thorough",
        action="store_true",
        help="also run the tests marked `thorough`, PostgreSQL, and every random case",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Before any test module is imported: module constants depend on the effort."""
    effort.configure(thorough=config.getoption("--thorough"))
    if not hasattr(config, "workerinput"):
        catalogs.compile_stale()
    compiled_statements.share()
    gc.disable()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """The number of workers for `-n auto`: three for two cores, and four with --thorough, because
    tests wait for the disk, for terminals and for child processes. Each further worker imports and
    collects everything once more, which takes about 6 s."""
    cores = os.cpu_count() or 1
    return max(2, 2 * cores if config.getoption("--thorough") else 3 * cores // 2)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselects from a default run what is marked `thorough` or needs a PostgreSQL server."""
    if config.getoption("--thorough"):
        return
    deselected = [item for item in items if _is_thorough(item)]
    if deselected:
        config.hook.pytest_deselected(items=deselected)
        items[:] = [item for item in items if not _is_thorough(item)]


def pytest_collection_finish() -> None:
    """Sets the collector's threshold to the program's, and freezes what was imported so far.

    With CPython's default threshold collections take an eighth of the time of a run, and 40 % of
    that of collecting tests, in which the collector is off.
    """
    gc.freeze()
    gc.enable()
    gc.set_threshold(GC_THRESHOLD)


def _is_thorough(item: pytest.Item) -> bool:
    needs_postgres = "server" in getattr(item, "fixturenames", ())
    return needs_postgres or item.get_closest_marker("thorough") is not None


@pytest.fixture(autouse=True)
def reset_language() -> Iterator[None]:
    """Resets the language after each test."""
    yield
    set_language("auto")


@pytest.fixture
def german() -> None:
    """Sets the language of this process to German."""
    set_language("de")


@pytest.fixture(scope="session")
def server(testrun_uid: str) -> Iterator[postgres.Server]:
    """A PostgreSQL server, started once for the whole run and shared by all its workers."""
    with postgres.running(testrun_uid[:8]) as server:
        yield server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrizes `kind`, the kind of database: a file always, PostgreSQL with --thorough. Tests
    marked `about_a_file` run on a file only."""
    if "kind" in metafunc.fixturenames:
        on_postgres = pytest.param("postgres", marks=pytest.mark.thorough)
        is_about_a_file = metafunc.definition.get_closest_marker("about_a_file")
        metafunc.parametrize("kind", ["file"] if is_about_a_file else ["file", on_postgres])
