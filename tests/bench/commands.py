"""CPU time of the commands, with `python -c pass` as the baseline."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.bench.large_diaries import build_diary, diary_of
from tests.bench.programs import (
    BASELINES,
    CALMTRACK,
    NOTHING,
    PYTHON,
    processor_milliseconds_of,
)
from tests.bench.sampling import Figure, interleave

SHORT = 6.0
ONE_SHOT = 10.0
LOG = 1.25

COMMANDS = ("log hug", "calm 8", "undo", "today", "week", "streaks")
"""The one-shot commands; `undo` undoes the rating, so that the next turn changes it again."""


def command_figures(folder: Path, times: int) -> list[Figure]:
    """Measures help, version, status and the one-shot commands on a diary of one year with eight
    practices."""
    rated, unrated = folder / "rated", folder / "unrated"
    for home in (rated, unrated):
        build_diary(home / "diary.db", 1, practices=8)
    diary_of(rated / "diary.db").rate(7)
    short: dict[str, tuple[tuple[str, ...], Path]] = {
        "`--version`": ((*CALMTRACK, "--version"), rated),
        "`--help`": ((*CALMTRACK, "--help"), rated),
        "`status`, the evening rated": ((*CALMTRACK, "status"), rated),
        "`status`, before that": ((*CALMTRACK, "status"), unrated),
    }
    short |= {f"`{words}`": ((*CALMTRACK, *words.split()), rated) for words in COMMANDS}
    pairs = {name: partial(processor_milliseconds_of, *one) for name, one in short.items()}
    found = interleave(times, {"": partial(processor_milliseconds_of, NOTHING, rated), **pairs})
    figures = [
        Figure(one, "`python -c pass`, processor time", found[one], found[""], _to_reach(one))
        for one in short
    ]
    return [*figures, _log(rated, times)]


def _to_reach(name: str) -> float:
    return ONE_SHOT if name.strip("`") in COMMANDS else SHORT


def _log(home: Path, times: int) -> Figure:
    baseline = (*PYTHON, str(BASELINES / "log_one.py"), str(home / "baseline.db"), "hug")
    found = interleave(
        times,
        {
            "ours": partial(processor_milliseconds_of, (*CALMTRACK, "log", "hug"), home),
            "baseline": partial(processor_milliseconds_of, baseline, home),
        },
    )
    baseline_name = "argparse, SQLAlchemy Core, pendulum, one insert, processor time"
    return Figure("`log hug`", baseline_name, found["ours"], found["baseline"], LOG)
