"""The invented year of the demo: lifelike, the same for everybody, and nobody's.

What it is made of stands in data/demo.toml. One practice goes with calm in it, the others don't.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from math import pi, sin, sqrt
from random import Random
from typing import Any

from tracker import clock
from tracker.catalogue.practices import practice_templates
from tracker.diary import streak_refresh
from tracker.diary.demo_notes import Notes
from tracker.diary.diary import Diary
from tracker.diary.streak_figures import DiarySettings
from tracker.i18n.locale import LANGUAGES, language
from tracker.location import data_dir
from tracker.models import Entry, EntryState, Evening, Goal, Practice, Span
from tracker.rules.days import day_of

_TURNS_AT = DiarySettings().day_turns_at
_EVENING, _MORNING = time(20, 30), time(7, 10)

A_NO = 0.04
"""How likely a practice that did not happen gets an explicit no."""


@dataclass(frozen=True, slots=True)
class InventedYear:
    """A year of evenings that ends yesterday: tonight is open."""

    begun_on: date
    practices: tuple[Practice, ...]
    entries: tuple[Entry, ...]
    evenings: tuple[Evening, ...]


def begin_invented(diary: Diary, now: datetime) -> None:
    """Begins a diary with the invented year, all of it in one transaction.

    It is no step of anybody's: undo doesn't reach into it. A diary that has begun is left as
    it is.
    """
    year = invent(now)
    diary.store.begin()
    with diary.store.writing(clock.utc_micros(now)) as writer:
        if "begun_on" in writer.kept():
            return
        writer.remember("begun_on", year.begun_on.isoformat())
        writer.remember("welcomed", True)
        writer.put_shipped(year.practices)
        writer.put_entries(year.entries)
        writer.put_evenings(year.evenings)
        streak_refresh.refresh(writer, day_of(now, _TURNS_AT))


def invent(now: datetime) -> InventedYear:
    """The year up to the day before a moment. The same moment gives the same year."""
    demo = _demo()
    today = day_of(now, _TURNS_AT)
    days = {ago: today - timedelta(days=ago) for ago in range(demo["days"], 0, -1)}
    written = _written(demo, days, now)
    notes = Notes(demo)
    lives = tuple(_lives(demo, days[demo["days"]], today))
    entries = tuple(
        entry
        for life in lives
        for entry in _entries(life, _chance(demo, life.practice.id), days, written, notes)
    )
    done = {
        entry.day
        for entry in entries
        for life in lives
        if entry.practice_id == life.practice.id == demo["calm"]["goes_with"]
        and (entry.amount or 0) >= life.practice.goal_on(entry.day).amount
    }
    evenings = tuple(_evenings(demo, days, written, done, notes))
    return InventedYear(
        days[demo["days"]], tuple(life.practice for life in lives), entries, evenings
    )


@dataclass(frozen=True, slots=True)
class _Life:
    """How one practice goes through the year."""

    practice: Practice
    rate: tuple[float, ...]
    """How likely a day is, Monday to Sunday."""
    runs: float
    """How much of that the day before decides, 0 to 1."""
    amounts: tuple[int, ...]
    noted: float
    """How likely a day that was logged has a note."""
    until: int
    """Days ago from which on it is put away; 0 for one that stays."""
    rests: tuple[dict[str, Any], ...]


def _demo() -> dict[str, Any]:
    return _demo_in(language())


@cache
def _demo_in(spoken: str) -> dict[str, Any]:
    demo = _read("demo.toml")
    if spoken != LANGUAGES[0]:
        words = _read(f"demo.{spoken}.toml")
        demo |= {"notes": words["notes"], "people": words["people"]}
        for rest, note in zip(demo["rest"], words["rest"], strict=True):
            rest["note"] = note
    return demo


def _read(name: str) -> dict[str, Any]:
    with (data_dir() / name).open("rb") as file:
        return tomllib.load(file)


def _lives(demo: dict[str, Any], first: date, today: date) -> Iterator[_Life]:
    told = {table["id"]: table for table in demo["practice"]}
    ours = [one for one in practice_templates() if one.id in told]
    for position, one in enumerate(ours, start=1):
        table = told[one.id]
        practice = one.practice(position, first)
        if "aim" in table:
            aim = table["aim"]
            since = today - timedelta(days=aim["ago"])
            later = Goal(since, aim["amount"], aim["days_per_week"])
            practice = replace(practice, goals=(*practice.goals, later))
        until = table.get("until", 0)
        if until:
            span = Span(today - timedelta(days=until), None)
            practice = replace(practice, out_of_list=(span,))
        yield _Life(
            practice,
            tuple(table["rate"]),
            table["runs"],
            tuple(table["amounts"]),
            table["noted"],
            until,
            tuple(rest for rest in demo["rest"] if one.id in rest["practices"]),
        )


def _entries(
    life: _Life, chance: Random, days: Mapping[int, date], written: Mapping[date, str], notes: Notes
) -> Iterator[Entry]:
    """What was logged for a practice over the year, in runs; blank where nothing was."""
    practice, was_done = life.practice, False
    for ago, day in days.items():
        likely = life.rate[day.weekday()] * (1 - life.runs) + life.runs * was_done
        # As many draws each day, so that the year is much the same from one day to the next.
        happens, says_no = chance.random() < likely, chance.random() < A_NO
        noted, pick = chance.random() < life.noted, chance.random()
        resting = next((rest for rest in life.rests if _within(ago, rest)), None)
        was_done = happens and resting is None
        if day not in written or ago <= life.until:
            continue
        if resting is not None:
            note = resting["note"] if ago == resting["ago"] else ""
            yield Entry(day, practice.id, EntryState.REST, None, note, written[day])
        elif happens:
            amount = life.amounts[int(pick * len(life.amounts))]
            note = notes.of(practice.id) if noted else ""
            yield Entry(day, practice.id, EntryState.LOGGED, amount, note, written[day])
        elif says_no:
            yield Entry(day, practice.id, EntryState.LOGGED, 0, "", written[day])


def _evenings(
    demo: dict[str, Any],
    days: Mapping[int, date],
    written: Mapping[date, str],
    done: Set[date],
    notes: Notes,
) -> Iterator[Evening]:
    """How calm the evenings were: where one usually is, the time of the year, what stayed of
    the evening before (an AR(1) series), and the days with the one practice that goes with it."""
    calm, chance = demo["calm"], _chance(demo, "calm")
    left = 0.0
    for ago, day in days.items():
        fresh = sqrt(1 - calm["phi"] ** 2) * calm["noise"] * chance.gauss(0, 1)
        left = calm["phi"] * left + fresh
        rated, noted = chance.random() < demo["rated"], chance.random() < demo["noted"]
        if day not in written or not rated:
            continue
        season = calm["season"] * sin(2 * pi * ago / 365)
        felt = calm["usual"] + season + left + calm["by"] * (day in done)
        score = min(10, max(0, round(felt)))
        note = notes.of_evening(score) if noted else ""
        yield Evening(day, score, note, written[day])


def _written(demo: dict[str, Any], days: Mapping[int, date], now: datetime) -> dict[date, str]:
    """When each day was written down: in its evening, on the morning after, or days later. Days
    on which the diary stayed closed are not in it."""
    chance = _chance(demo, "clock")
    written = {}
    for ago, day in days.items():
        caught_up, minutes = chance.random() < demo["caught_up"], int(chance.random() * 150)
        if any(_within(ago, gap) for gap in demo["gap"]):
            continue
        if ago in demo["late"]:
            moment = datetime.combine(day + timedelta(days=3), _EVENING, now.tzinfo)
        elif caught_up:
            moment = datetime.combine(day + timedelta(days=1), _MORNING, now.tzinfo)
        else:
            moment = datetime.combine(day, _EVENING, now.tzinfo)
        written[day] = clock.utc_seconds(min(moment + timedelta(minutes=minutes), now))
    return written


def _chance(demo: dict[str, Any], of: str) -> Random:
    """A row of draws of its own for each thing, so that one doesn't shift the others."""
    return Random(f"{demo['seed']} {of}")  # noqa: S311  no secret hangs on it


def _within(ago: int, time_of: dict[str, Any]) -> bool:
    """Whether a day lies in a gap or a rest of the year."""
    return bool(time_of["ago"] >= ago > time_of["ago"] - time_of["days"])
