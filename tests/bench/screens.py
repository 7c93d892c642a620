"""Latency of the screens, with a bare Textual app in the same emulated terminal as the baseline."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from tests.bench.emulated_terminal import EmulatedProgram
from tests.bench.large_diaries import build_diary, diary_of
from tests.bench.programs import CALMTRACK, HELLO, environment_of
from tests.bench.sampling import Figure, interleave

BARE = "a bare Textual app"
SOME_KEYS = 21
"""Keys pressed in a run after the first; ten runs make 210. With the first they are an even number,
so that laughter is cleared at the end."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Timings of one run: milliseconds from the start; keys and the exit are measured on their
    own."""

    first_byte: float
    first_frame: float
    processor_ms: float
    """Processor time until the first frame."""
    first_key: float
    keys: tuple[float, ...]
    exit: float
    memory: float
    """Peak memory in MB."""


def tonight(text: str) -> bool:
    """Whether Tonight is usable: the question and the practices are on the screen."""
    return "how calm did you feel today" in text and _laughter(text) != ""


def ours(home: Path) -> Timings:
    """Measures Tonight, logging and clearing laughter in turns."""
    return _measure((*CALMTRACK,), home, tonight, ("l", "\x7f"), _laughter)


def bare(home: Path) -> Timings:
    """Measures the bare app, in which every key changes a label."""
    return _measure(HELLO, home, lambda text: "hello world" in text, ("x",), _greeting)


def _answered(answer: Callable[[str], str], unlike: tuple[str, str], text: str) -> bool:
    return answer(text) not in unlike


def _laughter(text: str) -> str:
    """The mark of its row; the cursor is on the row before the entry is saved, so it shows
    nothing."""
    found = re.search(r"l  Laughter +(\S)", text)
    return found[1] if found else ""


def _greeting(text: str) -> str:
    found = re.search(r"hello world, key \d+\.", text)
    return found[0] if found else ""


def _measure(
    command: Sequence[str],
    home: Path,
    ready: Callable[[str], bool],
    keys: Sequence[str],
    answer: Callable[[str], str],
) -> Timings:
    run = EmulatedProgram(command, environment_of(home))
    first_frame = run.wait_for(ready)
    processor_ms = run.processor_ms
    taken = []
    for key in islice(cycle(keys), 1 + SOME_KEYS):
        unlike = ("", answer(run.text))
        pressed = run.press(key)
        taken.append((pressed, run.wait_for(partial(_answered, answer, unlike))))
    memory = run.most_memory()
    leaving = run.press("q")
    end = run.wait_for_end()
    assert run.first_byte is not None
    return Timings(
        first_byte=run.first_byte,
        first_frame=first_frame,
        processor_ms=processor_ms,
        first_key=taken[0][1],
        keys=tuple(shown - pressed for pressed, shown in taken[1:]),
        exit=end - leaving,
        memory=memory,
    )


def screen_figures(folder: Path, times: int) -> list[Figure]:
    """Measures Tonight with a diary of ten years and of one year, compared with the bare app."""
    homes = {years: folder / f"screens-{years}" for years in (1, 10)}
    for years, home in homes.items():
        build_diary(home / "diary.db", years, practices=8)
        diary_of(home / "diary.db").rate(7)
    found = interleave(
        times,
        {
            "bare": lambda: bare(folder),
            "1": lambda: ours(homes[1]),
            "10": lambda: ours(homes[10]),
        },
    )
    one, ten, baseline = found["1"], found["10"], found["bare"]
    keys, their_keys = _all_keys(one), _all_keys(baseline)
    return [
        Figure("first byte", BARE, _of(one, "first_byte"), _of(baseline, "first_byte")),
        Figure(
            "first useful frame", BARE, _of(one, "first_frame"), _of(baseline, "first_frame"), 1.15
        ),
        Figure(
            "that, processor time", BARE, _of(one, "processor_ms"), _of(baseline, "processor_ms")
        ),
        Figure(
            "that with ten years", "one year", _of(ten, "first_frame"), _of(one, "first_frame"), 1.1
        ),
        Figure(
            "first key shown, and so on disk",
            f"the first frame of {BARE}",
            _of(one, "first_key"),
            _of(baseline, "first_frame"),
            2.2,
        ),
        Figure("a key shown, and so on disk", f"{BARE}, nothing on disk", keys, their_keys),
        Figure("the slowest of a hundred keys", BARE, (_slow(keys),), (_slow(their_keys),)),
        Figure("leaving", BARE, _of(one, "exit"), _of(baseline, "exit")),
        Figure("peak memory", BARE, _of(one, "memory"), _of(baseline, "memory"), 2.0, "MB"),
    ]


def _of(runs: Sequence[Timings], name: str) -> tuple[float, ...]:
    return tuple(getattr(run, name) for run in runs)


def _all_keys(runs: Sequence[Timings]) -> tuple[float, ...]:
    return tuple(taken for run in runs for taken in run.keys)


def _slow(samples: Sequence[float]) -> float:
    return statistics.quantiles(samples, n=100, method="inclusive")[98]
