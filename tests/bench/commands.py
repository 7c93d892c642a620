"""CPU time of the commands, with `python -c pass` as the baseline."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.bench.programs import (
    FLOORS,
    NOTHING,
    OURS,
    PYTHON,
    processor_milliseconds_of,
)
from tests.bench.sampling import Figure, in_turns
from tests.bench.years import diary_of, lived

SHORT = 6.0
ONE_SHOT = 10.0
LOG = 1.25

COMMANDS = ("log hug", "calm 8", "undo", "today", "week", "streaks")
"""The one-shot commands; `undo` takes the rating back, so that the next turn changes it again."""


def command_figures(folder: Path, times: int) -> list[Figure]:
    """Help, version, status and the one-shot commands, on a diary of one year of eight
    practices."""
    rated, unrated = folder / "rated", folder / "unrated"
    for home in (rated, unrated):
        lived(home / "diary.db", 1, practices=8)
    diary_of(rated / "diary.db").rate(7)
    short: dict[str, tuple[tuple[str, ...], Path]] = {
        "`--version`": ((*OURS, "--version"), rated),
        "`--help`": ((*OURS, "--help"), rated),
        "`status`, the evening rated": ((*OURS, "status"), rated),
        "`status`, before that": ((*OURS, "status"), unrated),
    }
    short |= {f"`{words}`": ((*OURS, *words.split()), rated) for words in COMMANDS}
    pairs = {name: partial(processor_milliseconds_of, *one) for name, one in short.items()}
    found = in_turns(times, {"": partial(processor_milliseconds_of, NOTHING, rated), **pairs})
    figures = [
        Figure(one, "`python -c pass`, processor time", found[one], found[""], _to_reach(one))
        for one in short
    ]
    return [*figures, _log(rated, times)]


def _to_reach(name: str) -> float:
    return ONE_SHOT if name.strip("`") in COMMANDS else SHORT


def _log(home: Path, times: int) -> Figure:
    floor = (*PYTHON, str(FLOORS / "log_one.py"), str(home / "floor.db"), "hug")
    found = in_turns(
        times,
        {
            "ours": partial(processor_milliseconds_of, (*OURS, "log", "hug"), home),
            "floor": partial(processor_milliseconds_of, floor, home),
        },
    )
    beside = "argparse, SQLAlchemy Core, pendulum, one insert, processor time"
    return Figure("`log hug`", beside, found["ours"], found["floor"], LOG)
