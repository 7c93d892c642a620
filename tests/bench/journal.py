"""Latency of the screens that read the diary, Journal compared with Week, and of a search, in ten
years of eight practices with a note for every evening."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from tests.bench.emulated_terminal import EmulatedProgram
from tests.bench.large_diaries import build_diary, diary_of
from tests.bench.programs import CALMTRACK, environment_of
from tests.bench.sampling import Figure, interleave
from tests.bench.screens import BARE, bare
from tracker.diary.diary import Diary
from tracker.diary.journal import WINDOW

YEARS, PRACTICES = 10, 8
MAX_RATIO = 1.5
MAX_RATIO_OF_OPENING = 0.5
"""Corresponds to 80 ms if the bare app's first frame takes 160."""

SCREENS = {
    "Week": ("W", "streak"),
    "Year": ("Y", "evenings with connection"),
    "Calm": ("C", "on average"),
    "Journal": ("J", "On this day"),
}
"""The key of each screen, and a text that appears once it is loaded."""

SOME_WORDS = (
    "walk river café Anna's quiet morning laughed über long talk with @Anna @Tom rain #spring "
    "garden tea José friend slept badly work tired hug mother called"
)
NOTE_WORDS = 18
"""The words of a note of about a hundred characters."""


def journal_figures(folder: Path, times: int) -> list[Figure]:
    """Measures opening the screens, compared with the bare app's first frame, and pages and
    searches, compared with Week's."""
    home = folder / "journal"
    build_diary(home / "diary.db", YEARS, PRACTICES)
    _write_notes(home / "diary.db")
    actions: dict[str, Callable[[], float]] = {
        BARE: lambda: bare(folder).first_frame,
        **{name: partial(_opened, home, *how) for name, how in SCREENS.items()},
        "Week's page": partial(_page, home, lambda diary: diary.week()),
        "Journal's page": partial(_page, home, _journal),
        "search": partial(_page, home, partial(_search, "river jose")),
        "nothing": partial(_page, home, partial(_search, "no such words")),
    }
    found = interleave(times, actions)
    week = "Week's page, processor time"
    first = f"the first frame of {BARE}"
    return [
        *(
            Figure(f"{one} opened", first, found[one], found[BARE], MAX_RATIO_OF_OPENING)
            for one in SCREENS
        ),
        Figure("Journal opened", "Week opened", found["Journal"], found["Week"], MAX_RATIO),
        Figure("Journal's page", week, found["Journal's page"], found["Week's page"]),
        Figure("a search as one types", week, found["search"], found["Week's page"]),
        Figure("a search that finds nothing", week, found["nothing"], found["Week's page"]),
    ]


def _write_notes(path: Path) -> None:
    rng = random.Random(1)
    with closing(sqlite3.connect(path)) as connection, connection:
        days = connection.execute("SELECT day FROM evening").fetchall()
        connection.executemany(
            "UPDATE evening SET note = ? WHERE day = ?",
            ((" ".join(rng.choices(SOME_WORDS.split(), k=NOTE_WORDS)), day) for (day,) in days),
        )


def _journal(diary: Diary) -> object:
    return diary.journal.window(), diary.journal.on_this_day()


def _search(text: str, diary: Diary) -> object:
    return diary.journal.search(text, most=WINDOW)


def _page(home: Path, act: Callable[[Diary], object]) -> float:
    diary = diary_of(home / "diary.db")
    diary.today()
    began = time.process_time()
    act(diary)
    return (time.process_time() - began) * 1000


def _opened(home: Path, key: str, shown: str) -> float:
    """From the key to the screen's content, with Tonight drawn and the diary loaded."""
    run = EmulatedProgram(CALMTRACK, environment_of(home))
    run.wait_for(lambda text: "how calm did you feel" in text)
    run.press("?")
    run.wait_for(lambda text: "Keys, symbols and numbers" in text)
    run.press("\x1b")
    run.wait_for(lambda text: "how calm did you feel" in text)
    pressed = run.press(key)
    at = run.wait_for(lambda text: shown in text and "how calm did you feel" not in text)
    run.press("q")
    run.wait_for_end()
    return at - pressed
