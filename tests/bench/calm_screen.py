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

from tests.bench.lives import many_habits
from tests.bench.programs import OURS, compile_all, surroundings
from tests.bench.watching import Watched
from tests.bench.years import NOW, diary_of
from tests.diary.factories import add_practices, make_practice
from tests.rules.simulated_evenings import Days
from tracker.diary.diary import Diary
from tracker.models import Entry, EntryState, Evening
from tracker.store.writer import Writer

PRACTICES, DAYS = 10, 182

DOWN = "\x1b[B"


@dataclass(frozen=True, slots=True)
class Timings:
    """One run, in milliseconds from the key to what it shows."""

    cold: float
    """From the key to the sentences, the first time."""
    meanwhile: float
    """The help, asked for while they are worked out."""
    idle: float
    """The help, when nothing else is going on."""
    again: float
    """From the key to the sentences, when nothing was changed since."""
    a_key: float
    """The key before that one, which shows the chart of all evenings."""


def half_a_year(path: Path) -> Diary:
    """Ten practices that have nothing to do with calm, on 182 evenings up to yesterday."""
    diary = diary_of(path)
    first = datetime.fromisoformat(NOW).date() - timedelta(days=DAYS)
    diary.create(())
    names = [f"practice-{place}" for place in range(PRACTICES)]
    add_practices(diary, *(make_practice(name, added_on=first) for name in names))
    calm, habits = many_habits(random.Random(1), DAYS, PRACTICES)

    def act(writer: Writer) -> None:
        writer.save_evenings([
            Evening(day, int(c), "", None) for day, c in _by_day(first, calm) if c is not None
        ])  # fmt: skip
        writer.save_entries([
            Entry(day, name, EntryState.LOGGED, int(x or 0), "", None)
            for name, done in zip(names, habits.values(), strict=True)
            for day, x in _by_day(first, done)
        ])  # fmt: skip

    diary.change("import", "a life", act)
    diary.maintenance.back_up_daily()
    return diary


def timings(times: int) -> list[Timings]:
    """So many runs, on an emulated terminal of 80 by 24."""
    compile_all()
    with tempfile.TemporaryDirectory() as folder:
        half_a_year(Path(folder) / "diary.db")
        return [_measure(Path(folder)) for _ in range(times)]


def _measure(home: Path) -> Timings:
    cold = _cold(home)
    run = _on_calm(home)
    run.press(DOWN)
    meanwhile = _taken(run, "?", _help)
    run.wait_for(_help)
    _taken(run, "\x1b", lambda text: _is_explained(text) and not _help(text))
    idle = _taken(run, "?", _help)
    _taken(run, "\x1b", lambda text: _is_explained(text) and not _help(text))
    _taken(run, "T", lambda text: "how calm did you feel" in text)
    _taken(run, "C", lambda text: "[4 weeks]" in text)
    for name in ("3 months", "1 year"):
        _taken(run, DOWN, _chosen(name))
    a_key = _taken(run, DOWN, _chosen("all"))
    again = _taken(run, DOWN, _is_explained)
    run.press("q")
    run.wait_for_end()
    return Timings(cold, meanwhile, idle, again, a_key)


def _cold(home: Path) -> float:
    run = _on_calm(home)
    taken = _taken(run, DOWN, _is_explained)
    run.press("q")
    run.wait_for_end()
    return taken


def _on_calm(home: Path) -> Watched:
    """The app on the chart of all evenings, all that came before shown."""
    run = Watched(OURS, surroundings(home))
    run.wait_for(lambda text: "how calm did you feel" in text)
    _taken(run, "C", lambda text: "[4 weeks]" in text)
    for name in ("3 months", "1 year", "all"):
        _taken(run, DOWN, _chosen(name))
    return run


def _taken(run: Watched, key: str, is_shown: Callable[[str], bool]) -> float:
    pressed = run.press(key)
    return run.wait_for(is_shown) - pressed


def _chosen(name: str) -> Callable[[str], bool]:
    return lambda text: f"[{name}]" in text


def _is_explained(text: str) -> bool:
    return "Next pattern update" in text


def _help(text: str) -> bool:
    return "Keys, symbols and numbers" in text


def unchanged(times: int) -> list[float]:
    """Milliseconds of asking again when nothing was changed, without a screen."""
    from tracker.tui.diary_worker import InsightsWorker

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "diary.db"
        diary = half_a_year(path)
        worker = InsightsWorker(_Screens(), diary.location, lambda: _signature(path))  # type: ignore[arg-type]
        return [_asked(worker.request) for _ in range(times + 1)][1:]


def _asked(ask: Callable[..., None]) -> float:
    answered = threading.Event()
    began = time.perf_counter()
    ask(lambda _: answered.set(), lambda _: None)
    assert answered.wait(30)
    return (time.perf_counter() - began) * 1000


class _Screens:
    """What Looked takes of the app: a thread for its work, and a way back."""

    def run_worker(self, work: Callable[[], None], **_: object) -> None:
        threading.Thread(target=work).start()

    def call_from_thread(self, then: Callable[[object], object], found: object) -> None:
        then(found)


def _signature(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


def median(values: Sequence[float]) -> str:
    """The middle one, with the least and the most."""
    return f"{statistics.median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def _by_day(first: date, values: Days) -> list[tuple[date, float | None]]:
    return [(first + timedelta(days=place), value) for place, value in enumerate(values)]
