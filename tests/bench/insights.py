"""Measures the error rates that INSIGHTS 4 requires on simulated people: `python -m
tests.bench.insights`.

Seeds are fixed. `--quick` takes a tenth of the people; `--people N` is their number in each cell
of the first criterion, `--only 3` runs one part, and `--alone` omits the comparison with other
methods, which needs the `bench` extra.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import fmean

from tests.bench.simulated_people import SPREAD, WAYS, many_habits, true_effects, with_effect
from tests.rules.simulated_evenings import Days
from tracker.rules.association import Association, Estimates, estimate
from tracker.rules.checkpoints import (
    EVERY,
    LOOKS,
    RECENT_WAVES,
    RECENT_WINDOW,
    TOGETHER_FROM,
    reported,
)

LENGTHS = (30, 60, 180, 364)
SIGNIFICANT = 1.96
FALSE, TRUE = "no effect", "true"
Method = Callable[[Days, Days], float]
Checkpoint = tuple[int, dict[str, str], bool]
"""The day of a checkpoint, the reported levels of the practices, and that of all together."""


def print_row(*columns: object) -> None:
    """Prints a row of a table."""
    print(
        "|",
        " | ".join(f"{c:.3f}" if isinstance(c, float) else str(c) for c in columns),
        "|",
        flush=True,
    )


def alone(calm: Days, done: Days, weekday: int) -> Association | None:
    """The estimate for a single practice."""
    return estimate(calm, {"it": done}, weekday).practices.get("it")


def type_one(people: int, compared: int) -> None:
    """Criterion 1: how often |z| > 1.96 without an effect, among people with enough evenings; the
    other methods' p < .05 on the first of the same people."""
    methods = _methods(compared)
    print_row("cell", "ready", "ours", *methods)
    print_row(*["---"] * (3 + len(methods)))
    rates: list[list[float]] = []
    for way, live in WAYS.items():
        for n in LENGTHS:
            rng = random.Random(f"{way} {n}")
            ours, others = [], {name: list[bool]() for name in methods}
            for _ in range(people):
                calm, done, weekday = live(rng, n)
                found = alone(calm, done, weekday)
                if found is None:
                    continue
                ours.append(abs(found.z) > SIGNIFICANT)
                if len(ours) <= compared:
                    for name, method in methods.items():
                        others[name].append(method(calm, done) < 0.05)
            rates.append([_mean(ours), *map(_mean, others.values())])
            print_row(f"{way}, n = {n}", len(ours), *rates[-1])
    columns = list(zip(*rates, strict=True))
    print_row("mean", "", *(sum(column) / len(column) for column in columns))
    print_row("worst", "", *map(max, columns))


def _methods(compared: int) -> Mapping[str, Method]:
    if not compared:
        return {}
    from tests.bench.other_methods import METHODS

    return METHODS


def levels_over_time(
    calm: Days, practices: Mapping[str, Days], weekday: int, weeks: int
) -> Iterator[Checkpoint]:
    """The reported levels at every checkpoint of a diary."""
    past: list[Estimates] = []
    days: list[int] = []
    for day in range(EVERY, weeks * 7 + 1, EVERY):
        cut = day + 1
        past.append(estimate(calm[:cut], {n: d[:cut] for n, d in practices.items()}, weekday))
        days.append(day)
        last, when = past[-LOOKS:], days[-LOOKS:]

        def recent(index: int, name: str, when: list[int] = when) -> float | None:
            cut = when[index] + 1
            found = estimate(
                calm[:cut],
                {name: practices[name][:cut]},
                weekday,
                window=RECENT_WINDOW,
                most_waves=RECENT_WAVES,
                robust=False,
            ).practices.get(name)
            return None if found is None else found.z

        together = past[-1].together
        levels = reported(last, recent)
        yield (
            day,
            {name: level for name, level in levels.items() if level != "less_clear"},
            together is not None and together >= TOGETHER_FROM,
        )


def false_alarms(people: int, practices: int = 8) -> None:
    """Criterion 3: how many people without any effect ever get a reported difference."""
    print_row("people", "weeks", "steady", "leaning or steady", "or together")
    print_row(*["---"] * 5)
    first: dict[str, list[int]] = {"steady": [], "any": [], "together": []}
    for person in range(people):
        rng = random.Random(f"none {person}")
        calm, habits = many_habits(rng, 365, practices)
        first_week = dict.fromkeys(first, 999)
        for day, levels, together in levels_over_time(calm, habits, rng.randrange(7), 52):
            week = day // 7
            if any(level.startswith("steady") for level in levels.values()):
                first_week["steady"] = min(first_week["steady"], week)
            if levels:
                first_week["any"] = min(first_week["any"], week)
            if levels or together:
                first_week["together"] = min(first_week["together"], week)
        for name, week in first_week.items():
            first[name].append(week)
    for weeks in (26, 52):
        print_row(people, weeks, *(_mean([w <= weeks for w in found]) for found in first.values()))


def plain_averages(people: int, practices: int = 8) -> None:
    """How many people without any effect get a difference of half a point or more for some practice
    from a comparison of averages."""
    print_row("people", "weeks", "half a point or more")
    print_row(*["---"] * 3)
    for weeks in (8, 26, 52):
        shown = []
        for person in range(people):
            calm, habits = many_habits(random.Random(f"none {person}"), 7 * weeks, practices)
            apart = [_difference(calm, done) for done in habits.values()]
            shown.append(max(map(abs, apart)) >= 0.5)
        print_row(people, weeks, _mean(shown))


def _difference(calm: Days, done: Days) -> float:
    """The average of calm on days with a practice minus that on days without; 0 if either is
    missing."""
    rated = [(c, bool(x)) for c, x in zip(calm, done, strict=True) if c is not None]
    sums = [[c for c, x in rated if x is on] for on in (True, False)]
    return fmean(sums[0]) - fmean(sums[1]) if all(sums) else 0.0


def power(people: int, practices: int = 8) -> None:
    """Criteria 4 and 6: how many people with true effects of half a point get a true difference
    reported, how many of these lose it again, and how many get a false one."""
    print_row("true effects", "people", "month 2", "month 3", "month 6", "month 12",
        "+ together, month 2", "month 3", "month 6", "month 12", "lost again")  # fmt: skip
    print_row(*["---"] * 11)
    for true in (1, 4):
        weeks: dict[str, list[int]] = {"any": [], "together": []}
        lost: list[bool] = []
        for person in range(people):
            rng = random.Random(f"{true} {person}")
            calm, habits = true_effects(rng, 365, practices, true)
            first_week = dict.fromkeys(weeks, 999)
            reported_now: set[str] = set()
            gone = False
            for day, levels, together in levels_over_time(calm, habits, rng.randrange(7), 52):
                month = day // EVERY
                rightly = {
                    n for n, level in levels.items() if int(n) < true and "lower" not in level
                }
                gone = gone or not reported_now <= rightly
                reported_now |= rightly
                if rightly:
                    first_week["any"] = min(first_week["any"], month)
                if rightly or together:
                    first_week["together"] = min(first_week["together"], month)
            if reported_now:
                lost.append(gone)
            for name, month in first_week.items():
                weeks[name].append(month)
        # A month is a checkpoint here, so month 3 is day 84, and month 12 is day 364 - 28 + 28.
        print_row(true, people, *(_mean([m <= most for m in weeks[name]])
            for name in ("any", "together") for most in (2, 3, 6, 13)), _mean(lost))  # fmt: skip


def coverage(people: int) -> None:
    """Criterion 5: how often the 90 % interval covers the true effect, drawn from the prior."""
    for n in (26, 40, 60, 180):
        rng = random.Random(f"coverage {n}")
        held = []
        for _ in range(people):
            true = rng.gauss(0, 0.5)
            found = alone(*with_effect(rng, n, true, 0.6))
            if found is not None:
                held.append(found.low <= true * SPREAD <= found.high)
        print_row(f"n = {n}", len(held), _mean(held))


def speed() -> None:
    """Measures one checkpoint, and all insights of a diary with 10 practices."""
    from tests.bench.calm_screen import half_a_year

    print_row("10 practices, days", "ms of one core", "with rest days")
    for n in (84, 168, 364):
        rng = random.Random(1)
        calm, habits = many_habits(rng, n, 10)
        rested: dict[str, Days] = {
            name: [None if rng.random() < 0.05 else done for done in days]
            for name, days in habits.items()
        }
        print_row(n, *(_ms(partial(estimate, calm, one, 0), 3) for one in (habits, rested)))
    with tempfile.TemporaryDirectory() as folder:
        diary = half_a_year(Path(folder) / "diary.db")
        print_row("a whole answer, 182 days", _ms(diary.insights.view, 3))


def screen(times: int) -> None:
    """Measures the same on the screen, from the key to the insights."""
    from tests.bench.calm_screen import median, timings, unchanged

    found = timings(times)
    print_row("the first time, ms", median([one.cold for one in found]))
    print_row("help, asked for meanwhile, ms", median([one.during for one in found]))
    print_row("help, nothing else going on, ms", median([one.idle for one in found]))
    print_row("again, nothing changed, ms", median([one.again for one in found]))
    print_row("the key before that, ms", median([one.previous_key for one in found]))
    print_row("asking again, nothing changed, without a screen, ms", median(unchanged(50)))


def _ms(act: Callable[[], object], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - start) / times * 1000


def _mean(values: list[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a tenth of the people")
    parser.add_argument(
        "--people", type=int, default=4000, help="in each cell of the first criterion"
    )
    parser.add_argument("--only", default="", help="the parts whose title begins so")
    parser.add_argument("--alone", action="store_true", help="without the other methods")
    asked = parser.parse_args()
    part = 10 if asked.quick else 1
    compared = 0 if asked.alone else 400 // part
    for title, act in (
        ("Speed", speed),
        ("Screen", lambda: screen(10)),
        ("1. No effect: how often |z| > 1.96", lambda: type_one(asked.people // part, compared)),
        ("3. No effect, 8 practices: ever reported", lambda: false_alarms(400 // part)),
        ("Plain averages", lambda: plain_averages(4000 // part)),
        ("4. Half a point: reported by month", lambda: power(400 // part)),
        ("5. The 90 % interval covers", lambda: coverage(4000 // part)),
        ("Agreement with others, the worst of 50 series", _agreement),
    ):
        if not title.startswith(asked.only):
            continue
        print(f"\n{title}\n")
        start = time.process_time()
        act()
        print(f"\n({time.process_time() - start:.0f} s)", flush=True)


def _agreement() -> None:
    from tests.bench.reference_implementations import agreement

    for name, worst in agreement().items():
        print_row(name, f"{worst:.1e}")


if __name__ == "__main__":
    main()
