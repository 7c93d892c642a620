"""Who may know whom, and what the first look at a diary loads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.diary.someone import EVENING, Clock
from tracker.diary.diary import Diary
from tracker.places import Place

ROOT = Path(__file__).parent.parent

HEAVY = ("sqlalchemy", "alembic", "pendulum", "textual", "rich", "click", "asyncio", "hypothesis")

LOOK = """
import sys
from pathlib import Path
from tracker.diary.first_look import first_look
from tracker.places import Place

page = first_look(Place(Path(sys.argv[1])))
print(page.calm if page else None, *sorted({name.partition(".")[0] for name in sys.modules}))
"""

BEFORE_THE_FIRST_FRAME = """
import sys
import tracker.__main__, tracker.cli.app, tracker.tui.app

print(*sorted(sys.modules))
"""

LATER = (
    *("sqlalchemy", "alembic", "pendulum", "psycopg", "tomlkit", "statistics"),
    *("tracker.diary.diary", "tracker.diary.week_pages", "tracker.reviews", "tracker.exchange"),
)
"""What loads once Tonight can be seen."""

CHECK = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python of its own that runs some code in the checkout."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=os.environ | {"CALMTRACK_NOW": EVENING, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=50,
    )


def test_the_arrows_between_the_rooms_point_one_way() -> None:
    done = run(CHECK, "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("is_begun", [True, False])
def test_the_first_look_loads_nothing_heavy(tmp_path: Path, is_begun: bool) -> None:
    path = tmp_path / "diary.db"
    if is_begun:
        Diary(Place(path), now=Clock()).rate(7)
    done = run(LOOK, str(path))
    assert done.returncode == 0, done.stderr
    calm, *modules = done.stdout.split()
    assert calm == ("7" if is_begun else "None")
    assert "sqlite3" in modules
    assert not set(HEAVY) & set(modules)


def test_the_first_frame_waits_for_nothing_that_it_does_not_show() -> None:
    done = run(BEFORE_THE_FIRST_FRAME)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert {"textual.app", "tracker.tui.screens.tonight", "tracker.store.glance"} <= loaded
    assert not set(LATER) & loaded
