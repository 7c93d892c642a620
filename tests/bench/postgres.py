"""Latency of Tonight and Week on a PostgreSQL server, compared with the same diary in a file.

    .venv/bin/python -m tests.bench.postgres

Fifty years of eight practices, and a server that keeps a thousand diaries, a schema each. Ratios of
one run on one machine, the server on it too; a line to another machine costs its turns on top, so
these are counted.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from tests.postgres import Server, running
from tests.proxy import proxy_to
from tracker.diary.diary import Diary
from tracker.importers.merge import merge
from tracker.location import Location
from tracker.models import Entry, EntryState, Evening
from tracker.store.writer import Writer

NOW = datetime.fromisoformat("2026-11-24T21:30:00+01:00")

DIARIES = int(os.environ.get("CALMTRACK_BENCH_DIARIES", "1000"))

DELAY_SECONDS = 0.02
"""Delay of each response in seconds, by which round trips are counted."""


def diary_at(location: Location) -> Diary:
    """Opens the diary on the evening of the measurement."""
    return Diary(location, now=lambda: NOW)


def fill(diary: Diary, years: int) -> int:
    """Writes years of evenings with most practices logged on most days; returns the number of
    entries."""
    days = [NOW.date() - timedelta(days=back) for back in range(365 * years)]
    ids = [practice.id for practice in diary.practices.all()]
    entries = [
        Entry(day, one, EntryState.LOGGED, 1, "", None)
        for day in days
        for place, one in enumerate(ids)
        if (day.toordinal() + place) % 4
    ]

    def act(writer: Writer) -> None:
        writer.save_entries(entries)
        writer.save_evenings([Evening(day, day.toordinal() % 11, "", None) for day in days])

    diary.change("import", "years", act)
    return len(entries)


def milliseconds(act: Callable[[], object], times: int = 30) -> float:
    """The median duration of an action."""
    act()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


ACTS: dict[str, Callable[[Diary], object]] = {
    "Tonight": lambda diary: diary.day(),
    "Week": lambda diary: diary.week(),
    "a press": lambda diary: diary.press("hug"),
}


def round_trips(server: Server, location: Location, act: Callable[[Diary], object]) -> int:
    """The number of times that an action waits for the server."""
    assert location.url is not None
    options = location.url.partition("options=")[2]
    with proxy_to(server.socket) as proxy:
        url = f"postgresql://postgres@127.0.0.1:{proxy.port}/postgres?options={options}"
        far = diary_at(Location(None, url))
        act(far)
        proxy.delay = DELAY_SECONDS
        began = time.perf_counter()
        act(far)
        return int((time.perf_counter() - began) / DELAY_SECONDS)


def main() -> None:
    """Measures and prints a table."""
    with tempfile.TemporaryDirectory() as folder, running(f"bench-{os.getpid()}") as server:
        short, long = Location(Path(folder) / "1.db"), Location(Path(folder) / "50.db")
        fill(diary_at(short), 1)
        entries = fill(diary_at(long), 50)
        there_short, there_long = server.new_location(), server.new_location()
        merge(diary_at(there_short), short)
        merge(diary_at(there_long), long)
        print(f"{entries:,} entries in 50 years; medians of 30, in milliseconds")
        print("| what | file, 50 years | server, 1 year | server, 50 years | round trips |")
        print("| --- | --- | --- | --- | --- |")
        for name, act in ACTS.items():
            figures = [
                milliseconds(partial(act, diary_at(place)))
                for place in (long, there_short, there_long)
            ]
            counted = round_trips(server, there_long, act)
            print(f"| {name} | {' | '.join(f'{x:.1f}' for x in figures)} | {counted} |")
        began = time.perf_counter()
        for _ in range(DIARIES):
            diary_at(server.new_location()).press("hug")
        each = (time.perf_counter() - began) / DIARIES * 1000
        print(f"\n{DIARIES} more diaries in the server, created in {each:.0f} ms each; with them:")
        for name, act in ACTS.items():
            print(f"{name}: {milliseconds(partial(act, diary_at(there_long))):.1f} ms")


if __name__ == "__main__":
    main()
