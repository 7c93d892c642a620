"""Which package may import which, and what is imported before the first frame."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.diary.factories import EVENING, Clock
from tracker.diary.diary import Diary
from tracker.location import Location

ROOT = Path(__file__).parent.parent

HEAVY = ("sqlalchemy", "alembic", "pendulum", "textual", "rich", "click", "asyncio", "hypothesis")

READ_TODAY = """
import sys
from pathlib import Path
from tracker.diary.fast_today import today_view
from tracker.location import Location

page = today_view(Location(Path(sys.argv[1])))
print(page.calm if page else None, *sorted({name.partition(".")[0] for name in sys.modules}))
"""

OPEN_UNTIL_FIRST_FRAME = """
import os
import sys
from pathlib import Path

from textual.app import App

import tracker.__main__
from tracker.location import Location
from tracker.tui.screens.tonight_screen import TonightScreen


def print_modules(app, screen, frame):
    if isinstance(screen, TonightScreen):
        print(*sorted(sys.modules), file=sys.__stdout__, flush=True)
        os._exit(0)


App._display = print_modules
App.run = lambda app, run=App.run: run(app, headless=True)
tracker.__main__.run(["--version"])
tracker.__main__.open_screens(Location(Path(sys.argv[1])))
"""

MODULES_BEFORE_FIRST_FRAME = """
__main__ cli cli.exit cli.output clock diary diary.day_view diary.fast_today diary.streak_figures
errors files i18n i18n.date_format i18n.messages i18n.units location models render
render.columns render.entry_text render.palette render.symbols render.transliteration
rules rules.days rules.day_states rules.streaks sanitize settings store store.db_errors
store.connection store.fast_reader store.row_mapping store.reader store.schema
store.diary_file store.sqlite_statements tui tui.app tui.bindings
tui.diary_worker tui.screens tui.screens.base tui.screens.day_screen
tui.screens.tonight_screen tui.styled_text tui.terminal tui.terminal_cursor tui.theme
tui.widgets tui.widgets.bars tui.widgets.practice_list tui.widgets.row_list
"""
"""All modules of `tracker` that are imported before Tonight is drawn. Each one delays the start."""

LIBRARIES_BEFORE_FIRST_FRAME = {"textual", "rich", "platformdirs", "typing_extensions", "pygments"}
"""The libraries that are imported as well: no click, no tomllib, no SQLAlchemy."""

SHORT_COMMANDS = """
import sys
from tracker.__main__ import run

for words in ("log hug", "calm 7", "undo", "redo", "today", "week", "streaks", "journal"):
    assert run(words.split()) == 0, words
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""

TODAY = """
import sys
from tracker.__main__ import run

assert run([]) == run(["today"]) == 0
print(*sorted(name.removeprefix("tracker.") for name in sys.modules))
"""

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs code in a child process, in the checkout."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=os.environ | {"CALMTRACK_NOW": EVENING, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_packages_import_in_one_direction_only() -> None:
    done = run(LINT_IMPORTS, "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("is_begun", [True, False])
def test_reading_today_imports_no_large_library(tmp_path: Path, is_begun: bool) -> None:
    path = tmp_path / "diary.db"
    if is_begun:
        Diary(Location(path), now=Clock()).rate(7)
    done = run(READ_TODAY, str(path))
    assert done.returncode == 0, done.stderr
    calm, *modules = done.stdout.split()
    assert calm == ("7" if is_begun else "None")
    assert "sqlite3" in modules
    assert not set(HEAVY) & set(modules)


def test_only_what_the_first_frame_needs_is_imported_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "diary.db"
    Diary(Location(path), now=Clock()).rate(7)
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path))
    done = run(OPEN_UNTIL_FIRST_FRAME, str(path))
    assert done.returncode == 0, done.stderr
    loaded = done.stdout.splitlines()[-1].split()
    ours = {name.removeprefix("tracker.") for name in loaded if name.startswith("tracker.")}
    assert ours == set(MODULES_BEFORE_FIRST_FRAME.split())
    others = {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    assert {name for name in others if not name.startswith("_")} - {
        "tracker"
    } <= LIBRARIES_BEFORE_FIRST_FRAME
    assert "tomllib" not in loaded


def test_a_short_command_on_a_file_loads_no_database_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Diary(Location(tmp_path / "diary.db"), now=Clock()).press("laughter")
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path))
    done = run(SHORT_COMMANDS)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not {"sqlalchemy", "alembic", "textual", "asyncio"} & loaded


def test_today_without_a_coin_flip_month_loads_nothing_that_assesses_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary = Diary(Location(tmp_path / "diary.db"), now=Clock())
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path))
    diary.press("laughter")
    assert "diary.coin_months" not in run(TODAY).stdout.split()
    diary.coin_month.begin("laughter")
    done = run(TODAY)
    assert done.returncode == 0, done.stderr
    assert "diary.coin_months" in done.stdout.split()
