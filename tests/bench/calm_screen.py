"""Latency of the Patterns view: ten practices and half a year in an emulated terminal, from the key
to the sentences."""

from __future__ import annotations

import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.bench.emulated_terminal import EmulatedProgram
from tests.bench.large_diaries import NOW, diary_of
from tests.bench.programs import CALMTRACK, compile_all, environment_of
from tests.bench.simulated_people import many_habits
from tests.diary.factories import add_practices, make_practice
from tests.rules.simulated_evenings import Days
from tracker.diary.diary import Diary
from tracker.models import Entry, EntryState, Evening
from tracker.store.writer import Writer

PRACTICES, DAYS = 10, 182

DOWN = "\x1b[B"


@dataclass(frozen=True, slots=True)
class Timings:
    """Timings of one run, in milliseconds from a key to its result on the screen."""

    cold: float
    """From the key to the insights, the first time."""
    during: float
    """The help, opened during the computation."""
    idle: float
    """The help, opened while nothing is computed."""
    again: float
    """From the key to the insights, without changes since the first time."""
    previous_key: float
    """The previous key, which shows the chart of all evenings."""


def half_a_year(path: Path) -> Diary:
    """Writes ten practices independent of calm on 182 evenings up to yesterday."""
    diary = diary_of(path)
    first = datetime.fromisoformat(NOW).date() - timedelta(days=DAYS)
    diary.create(())
    names = [f"practice-{place}" for place in range(PRACTICES)]
    add_practices(diary, *(make_practice(name, added_on=first) for name in names))
    calm, habits = many_habits(random.Random(1), DAYS, PRACTICES)

    def save(writer: Writer) -> None:
        writer.save_evenings([
            Evening(day, int(c), "", None) for day, c in _by_day(first, calm) if c is not None
        ])  # fmt: skip
        writer.save_entries([
            Entry(day, name, EntryState.LOGGED, int(x or 0), "", None)
            for name, done in zip(names, habits.values(), strict=True)
            for day, x in _by_day(first, done)
        ])  # fmt: skip

    diary.change("import", "a life", save)
    diary.maintenance.back_up_daily()
    return diary


def timings(times: int) -> list[Timings]:
    """Measures a number of runs on an emulated terminal of 80 by 24."""
    compile_all()
    with tempfile.TemporaryDirectory() as folder:
        half_a_year(Path(folder) / "diary.db")
        return [_measure(Path(folder)) for _ in range(times)]


def _measure(home: Path) -> Timings:
    cold = _cold(home)
    run = _on_calm(home)
    run.press(DOWN)
    during = _time_key(run, "?", _help)
    run.wait_for(_help)
    _time_key(run, "\x1b", lambda text: _is_explained(text) and not _help(text))
    idle = _time_key(run, "?", _help)
    _time_key(run, "\x1b", lambda text: _is_explained(text) and not _help(text))
    _time_key(run, "T", lambda text: "how calm did you feel" in text)
    _time_key(run, "C", lambda text: "[4 weeks]" in text)
    for name in ("3 months", "1 year"):
        _time_key(run, DOWN, _chosen(name))
    previous_key = _time_key(run, DOWN, _chosen("all"))
    again = _time_key(run, DOWN, _is_explained)
    run.press("q")
    run.wait_for_end()
    return Timings(cold, during, idle, again, previous_key)


def _cold(home: Path) -> float:
    run = _on_calm(home)
    taken = _time_key(run, DOWN, _is_explained)
    run.press("q")
    run.wait_for_end()
    return taken


def _on_calm(home: Path) -> EmulatedProgram:
    """Opens the chart of all evenings and waits until it is drawn."""
    run = EmulatedProgram(CALMTRACK, environment_of(home))
    run.wait_for(lambda text: "how calm did you feel" in text)
    _time_key(run, "C", lambda text: "[4 weeks]" in text)
    for name in ("3 months", "1 year", "all"):
        _time_key(run, DOWN, _chosen(name))
    return run


def _time_key(run: EmulatedProgram, key: str, is_shown: Callable[[str], bool]) -> float:
    pressed = run.press(key)
    return run.wait_for(is_shown) - pressed


def _chosen(name: str) -> Callable[[str], bool]:
    return lambda text: f"[{name}]" in text


def _is_explained(text: str) -> bool:
    return "Next pattern update" in text


def _help(text: str) -> bool:
    return "Keys, symbols and numbers" in text


def unchanged(times: int) -> list[float]:
    """Milliseconds of computing the insights again without changes and without a screen."""
    from tracker.tui.diary_worker import InsightsWorker

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "diary.db"
        diary = half_a_year(path)
        worker = InsightsWorker(_Screens(), diary.location)  # type: ignore[arg-type]
        return [_asked(worker.request) for _ in range(times + 1)][1:]


def _asked(ask: Callable[..., None]) -> float:
    answered = threading.Event()
    began = time.perf_counter()
    ask(lambda _: answered.set(), lambda _: None)
    assert answered.wait(30)
    return (time.perf_counter() - began) * 1000


class _Screens:
    """The parts of the app that the insights need: a worker thread and a callback."""

    def run_worker(self, work: Callable[[], None], **_: object) -> None:
        threading.Thread(target=work).start()

    def call_from_thread(self, then: Callable[[object], object], found: object) -> None:
        then(found)


def median(values: Sequence[float]) -> str:
    """Median, minimum and maximum."""
    return f"{statistics.median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def _by_day(first: date, values: Days) -> list[tuple[date, float | None]]:
    return [(first + timedelta(days=place), value) for place, value in enumerate(values)]
