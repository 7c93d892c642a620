"""Growth: 200 years of 20 practices compared with one year of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from tests.bench.emulated_terminal import EmulatedProgram
from tests.bench.large_diaries import NOW, build_diary, diary_of
from tests.bench.programs import CALMTRACK, environment_of, processor_milliseconds_of
from tests.bench.sampling import Figure, interleave
from tracker.diary.diary import Diary

MAX_RATIO = 1.5
MAX_RATIO_EVERY_EVENING = 1.1
"""The limit for actions of every evening."""
EVERY_EVENING = ("first useful frame", "Week opened from Tonight", "`status`", "`log hug`")
YEARS = 200

LAST_YEAR = date.fromisoformat(NOW[:10]) - timedelta(days=200)
"""A day in both diaries that is older than the rows that every page reads."""

PAGES: dict[str, Callable[[Diary], object]] = {
    "Tonight's page": lambda diary: diary.day(),
    "Week's page": lambda diary: diary.week(),
    "the page of a day 200 days ago": lambda diary: diary.day(LAST_YEAR),
    "the page of a week 200 days ago": lambda diary: diary.week(LAST_YEAR),
    "a press": lambda diary: diary.press("hug"),
    "undo": lambda diary: diary.undo(),
}


def lifetime_figures(folder: Path, times: int, years: int = YEARS) -> list[Figure]:
    """Measures first frames, commands and pages of a diary of a lifetime, compared with one of a
    year."""
    short, long = folder / "a-year", folder / "a-lifetime"
    for home, length in ((short, 1), (long, years)):
        build_diary(home / "diary.db", length)
        diary_of(home / "diary.db").rate(7)
    actions: dict[str, Callable[[Path], float]] = {
        "first useful frame": _first_frame,
        "Week opened from Tonight": _week,
        "`status`": partial(processor_milliseconds_of, (*CALMTRACK, "status")),
        "`log hug`": partial(processor_milliseconds_of, (*CALMTRACK, "log", "hug")),
        **{name: partial(_page, act) for name, act in PAGES.items()},
    }
    return [_compare(what, act, short, long, times, years) for what, act in actions.items()]


def _compare(
    what: str, act: Callable[[Path], float], short: Path, long: Path, times: int, years: int
) -> Figure:
    found = interleave(times, {"long": partial(act, long), "short": partial(act, short)})
    baseline_name = "one year of 20 practices, processor time"
    most = MAX_RATIO_EVERY_EVENING if what in EVERY_EVENING else MAX_RATIO
    return Figure(f"{years} years: {what}", baseline_name, found["long"], found["short"], most)


def _page(act: Callable[[Diary], object], home: Path) -> float:
    diary = diary_of(home / "diary.db")
    diary.today()
    began = time.process_time()
    act(diary)
    return (time.process_time() - began) * 1000


def _first_frame(home: Path) -> float:
    run = EmulatedProgram(CALMTRACK, environment_of(home))
    run.wait_for(lambda text: "how calm did you feel" in text and "Laughter" in text)
    processor_ms = run.processor_ms
    run.press("q")
    run.wait_for_end()
    return processor_ms


def _week(home: Path) -> float:
    """From launch to Week, whose key is pressed as soon as Tonight is drawn."""
    run = EmulatedProgram(CALMTRACK, environment_of(home))
    run.wait_for(lambda text: "how calm did you feel" in text)
    run.press("W")
    run.wait_for(lambda text: "evenings with connection" in text and "Laughter" in text)
    processor_ms = run.processor_ms
    run.press("q")
    run.wait_for_end()
    return processor_ms
