"""Growth: 200 years of 20 practices compared with one year of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from tests.bench.programs import OURS, processor_milliseconds_of, surroundings
from tests.bench.sampling import Figure, in_turns
from tests.bench.watching import Watched
from tests.bench.years import NOW, diary_of, lived
from tracker.diary.diary import Diary

MOST = 1.5
EVENING_MOST = 1.1
"""Of what is done every evening."""
EVERY_EVENING = ("first useful frame", "Week opened from Tonight", "`status`", "`log hug`")
YEARS = 200

LAST_YEAR = date.fromisoformat(NOW[:10]) - timedelta(days=200)
"""A day that both diaries have, and behind what every page reads."""

PAGES: dict[str, Callable[[Diary], object]] = {
    "Tonight's page": lambda diary: diary.day(),
    "Week's page": lambda diary: diary.week(),
    "the page of a day 200 days ago": lambda diary: diary.day(LAST_YEAR),
    "the page of a week 200 days ago": lambda diary: diary.week(LAST_YEAR),
    "a press": lambda diary: diary.press("hug"),
    "undo": lambda diary: diary.undo(),
}


def lifetime_figures(folder: Path, times: int, years: int = YEARS) -> list[Figure]:
    """First frames, commands and pages of a lifetime, beside those of a year."""
    short, long = folder / "a-year", folder / "a-lifetime"
    for home, length in ((short, 1), (long, years)):
        lived(home / "diary.db", length)
        diary_of(home / "diary.db").rate(7)
    acts: dict[str, Callable[[Path], float]] = {
        "first useful frame": _first_frame,
        "Week opened from Tonight": _week,
        "`status`": partial(processor_milliseconds_of, (*OURS, "status")),
        "`log hug`": partial(processor_milliseconds_of, (*OURS, "log", "hug")),
        **{name: partial(_page, act) for name, act in PAGES.items()},
    }
    return [_beside(what, act, short, long, times, years) for what, act in acts.items()]


def _beside(
    what: str, act: Callable[[Path], float], short: Path, long: Path, times: int, years: int
) -> Figure:
    found = in_turns(times, {"long": partial(act, long), "short": partial(act, short)})
    beside = "one year of 20 practices, processor time"
    most = EVENING_MOST if what in EVERY_EVENING else MOST
    return Figure(f"{years} years: {what}", beside, found["long"], found["short"], most)


def _page(act: Callable[[Diary], object], home: Path) -> float:
    diary = diary_of(home / "diary.db")
    diary.today()
    began = time.process_time()
    act(diary)
    return (time.process_time() - began) * 1000


def _first_frame(home: Path) -> float:
    run = Watched(OURS, surroundings(home))
    run.wait_for(lambda text: "how calm did you feel" in text and "Laughter" in text)
    worked = run.worked
    run.press("q")
    run.wait_for_end()
    return worked


def _week(home: Path) -> float:
    """From launch to Week, with its key pressed as soon as Tonight is there."""
    run = Watched(OURS, surroundings(home))
    run.wait_for(lambda text: "how calm did you feel" in text)
    run.press("W")
    run.wait_for(lambda text: "evenings with connection" in text and "Laughter" in text)
    worked = run.worked
    run.press("q")
    run.wait_for_end()
    return worked
