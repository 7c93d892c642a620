"""The six bars of what goes with calmer evenings, measured: `python -m tests.bench.insights`.

Seeds are fixed. `--quick` takes a tenth of the people; `--people N` says how many there are in
each cell of the first bar, `--only 5` runs one part, and `--alone` leaves out the comparison with
other methods, which needs the `bench` extra.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench.lives import SPREAD, WAYS, many_habits, with_effect
from tests.rules.evenings import Days
from tracker.rules.association import Association, association
from tracker.rules.checkpoints import EVERY, evaluate, level

LENGTHS = (30, 60, 180)
Method = Callable[[Days, Days], float]


def say(*columns: object) -> None:
    """A line of a table."""
    print(
        "|",
        " | ".join(f"{c:.3f}" if isinstance(c, float) else str(c) for c in columns),
        "|",
        flush=True,
    )


def type_one(people: int, compared: int) -> None:
    """Bar 1: how often p < .05 without an effect, among those with enough evenings; beside it
    the other methods, on the first of the same people."""
    methods = _methods(compared)
    say("cell", "ready", "ours", *methods)
    say(*["---"] * (3 + len(methods)))
    rates: list[list[float]] = []
    for way, live in WAYS.items():
        for n in LENGTHS:
            rng = random.Random(f"{way} {n}")
            ours, others = [], {name: list[bool]() for name in methods}
            for _ in range(people):
                calm, done, weekday = live(rng, n)
                found = association(calm, done, weekday)
                if found is None:
                    continue
                ours.append(found.p < 0.05)
                if len(ours) <= compared:
                    for name, method in methods.items():
                        others[name].append(method(calm, done) < 0.05)
            rates.append([_mean(ours), *map(_mean, others.values())])
            say(f"{way}, n = {n}", len(ours), *rates[-1])
    columns = list(zip(*rates, strict=True))
    say("mean", "", *(sum(column) / len(column) for column in columns))
    say("worst", "", *map(max, columns))


def _methods(compared: int) -> Mapping[str, Method]:
    if not compared:
        return {}
    from tests.bench.other_methods import METHODS

    return METHODS


def quick(people: int = 600) -> None:
    """Bar 2, the one in the ordinary tests."""
    rng = random.Random(20261124)
    seen = [_p(association(*WAYS["runs"](rng, 60))) < 0.05 for _ in range(people)]
    say("runs, n = 60, of all people", people, _mean(seen))


def power(people: int, compared: int) -> None:
    """Bar 3: how often an effect of half a standard deviation is seen, with phi = .3, among all
    people, those with too little to look at included; for practices in shorter and longer runs."""
    methods = _methods(compared)
    say("practice", "n", "people", "ours", *methods)
    say(*["---"] * (4 + len(methods)))
    for stay in (0.0, 0.3, 0.5, 0.7):
        for n in (60, 180):
            rng = random.Random(n)
            lives = [with_effect(rng, n, 0.5, 0.3, stay) for _ in range(people)]
            ours = [_p(association(*life)) < 0.05 for life in lives]
            both = [(calm, done) for calm, done, _ in lives[:compared] if len(set(done)) == 2]
            others = [
                _mean([method(calm, done) < 0.05 for calm, done in both])
                for method in methods.values()
            ]
            say(f"autocorrelation {stay}", n, people, _mean(ours), *others)


def coverage(people: int) -> None:
    """Bar 4: how often the 90 % interval holds the truth."""
    for name, effect in (("drawn from the prior", None), ("none", 0.0), ("0.5 sd", 0.5)):
        for n in (60, 180):
            rng = random.Random(f"{name} {n}")
            held = []
            for _ in range(people):
                true = rng.gauss(0, 0.5) if effect is None else effect
                found = association(*with_effect(rng, n, true, 0.6))
                if found is not None:
                    held.append(found.low <= true * SPREAD <= found.high)
            say(f"{name}, n = {n}", len(held), _mean(held))


def ever_steady(people: int, weeks: int = 28, practices: int = 8, late: int = 0) -> None:
    """Bar 5: how many people without any effect ever see a steady practice. `late` of the
    practices are added on some day of the first 20 weeks."""
    seen = []
    for person in range(people):
        rng = random.Random(person)
        calm, habits = many_habits(rng, weeks * 7 + 1, practices)
        weekday = rng.randrange(7)
        for name in list(habits)[practices - late :]:
            before = rng.randrange(140)
            habits[name] = [*[None] * before, *habits[name][before:]]
        holds: dict[str, list[int]] = {name: [] for name in habits}
        ever = False
        for day in range(EVERY, weeks * 7 + 1, EVERY):
            first = max(0, day - 181)
            now = {name: done[first : day + 1] for name, done in habits.items()}
            for name, one in evaluate(calm[first : day + 1], now, (weekday + first) % 7).items():
                holds[name].insert(0, one.holds)
                ever = ever or level(holds[name]) in ("steady", "steady_lower")
        seen.append(ever)
    say(f"{practices} practices, {late} of them added later, {weeks} weeks", people, _mean(seen))


def added_lately(people: int) -> None:
    """What becomes of a finding when another practice is added."""
    from tests.bench.added_lately import KNOWN, of_its_own, of_the_added

    say("what holds of one practice", "another known for", "its own model", "all ready", "ours")
    say(*["---"] * 5)
    for name, judge in (("what it does", of_its_own), ("what the other does", of_the_added)):
        for known in KNOWN:
            say(name, f"{known} days", *judge(people, known))


def speed() -> None:
    """How long one practice takes, and a whole answer of a diary with 10 practices."""
    from tests.bench.calm_screen import half_a_year

    life = with_effect(random.Random(1), 182, 0.0, 0.6)
    say("one practice, 182 evenings, ms of one core", "", _ms(lambda: association(*life), 20))
    with tempfile.TemporaryDirectory() as folder:
        diary = half_a_year(Path(folder) / "diary.db")
        assert sum(one.rated > 100 for one in diary.insights.view().practices) == 10
        say(
            "a whole answer, 10 practices × 182 days, ms of one core",
            "",
            _ms(diary.insights.view, 5),
        )


def screen(times: int) -> None:
    """The same on its screen, from the key to the sentences."""
    from tests.bench.calm_screen import median, sittings, unchanged

    found = sittings(times)
    say("the first time, ms", median([one.cold for one in found]))
    say("help, asked for meanwhile, ms", median([one.meanwhile for one in found]))
    say("help, nothing else going on, ms", median([one.idle for one in found]))
    say("again, nothing changed, ms", median([one.again for one in found]))
    say("the key before that, ms", median([one.a_key for one in found]))
    say("asking again, nothing changed, without a screen, ms", median(unchanged(50)))


def _ms(act: Callable[[], object], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - start) / times * 1000


def _p(found: Association | None) -> float:
    return 1.0 if found is None else found.p


def _mean(seen: list[bool]) -> float:
    return sum(seen) / len(seen) if seen else 0.0


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a tenth of the people")
    parser.add_argument("--people", type=int, default=4000, help="in each cell of the first bar")
    parser.add_argument("--only", default="", help="the parts whose title begins so")
    parser.add_argument("--alone", action="store_true", help="without the other methods")
    asked = parser.parse_args()
    part = 10 if asked.quick else 1
    compared = 0 if asked.alone else 400 // part
    for title, act in (
        ("Speed", speed),
        ("Screen", lambda: screen(10)),
        ("1. No effect: how often p < .05", lambda: type_one(asked.people // part, compared)),
        ("2. The quick one", quick),
        ("3. Power, d = .5, phi = .3", lambda: power(1000 // part, compared)),
        ("4. The 90 % interval covers", lambda: coverage(1000 // part)),
        ("5. Ever steady without an effect", lambda: ever_steady(400 // part)),
        ("5b. Practices added later", lambda: ever_steady(400 // part, late=4)),
        ("Added lately", lambda: added_lately(200 // part)),
        ("Agreement with others, the worst of 50 series", _agreement),
    ):
        if not title.startswith(asked.only):
            continue
        print(f"\n{title}\n")
        start = time.process_time()
        act()
        print(f"\n({time.process_time() - start:.0f} s)", flush=True)


def _agreement() -> None:
    from tests.bench.agreement import agreement

    for name, worst in agreement().items():
        say(name, f"{worst:.1e}")


if __name__ == "__main__":
    main()
