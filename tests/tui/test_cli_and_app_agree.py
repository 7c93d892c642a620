"""The screens, the text and the JSON of random diaries show the same values."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.effort import by_effort
from tests.tui.conftest import TODAY, AppDriver, OpenApp
from tracker.cli.app import run
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.models import Entry, EntryState, Evening, Practice, Unit
from tracker.store.writer import Writer

DIARIES = by_effort(2, 30)
DIARIES_PER_TEST = by_effort(2, 15)

MARKS = {"done": "●", "some": "◐", "no": "○", "rest": "z", "not_logged": "·", "pending": "·"}


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, location: Location) -> None:
    """Makes the command line use the same diary as the app."""
    assert location.path is not None
    monkeypatch.setenv("CALMTRACK_HOME", str(location.path.parent))


def answer(*words: str) -> str:
    """Runs a command and returns its output; standard output is replaced, as the open app has taken
    it over."""
    with redirect_stdout(StringIO()) as out:
        assert run(list(words)) == 0
    return out.getvalue()


@pytest.mark.parametrize(
    ("now", "typed", "day"),
    [
        ("2026-01-14", "20.1.", date(2026, 1, 20)),
        ("2026-01-14", "20 dec", date(2025, 12, 20)),
        ("2026-12-08", "20.1.", date(2027, 1, 20)),
        ("2026-12-08", "8.12.", date(2026, 12, 8)),
        ("2026-12-31", "20 jan", date(2027, 1, 20)),
        ("2026-12-31", "20.12.", date(2026, 12, 20)),
    ],
)
async def test_a_date_without_a_year_is_the_same_day_in_the_app_and_in_commands(
    open_app: OpenApp,
    new_diary: Diary,
    monkeypatch: pytest.MonkeyPatch,
    now: str,
    typed: str,
    day: date,
) -> None:
    monkeypatch.setenv("CALMTRACK_NOW", f"{now}T21:30:00+01:00")
    async with open_app() as app:
        for key in ("T", "W"):
            await app.press(key, "full_stop")
            await app.type(typed)
            await app.press("enter")
            assert app.app.screen.day == day
        assert json.loads(answer("today", typed, "--json"))["day"] == day.isoformat()
        week = json.loads(answer("week", typed, "--json"))
        assert day.isoformat() in [one["day"] for one in week["days"]]
        assert json.loads(answer("rest", "hug", "--from", typed, "--json"))["from"] == str(day)


async def test_an_earlier_day_has_the_practices_that_were_added_later_in_the_app_and_in_commands(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.press("hug", TODAY - timedelta(days=2))
    new_diary.practices.add("Tea")
    async with open_app(80, 32) as app:
        await app.press("left", "left")
        assert row_of(app.lines, "Tea") == row_of(answer("today", "-2").splitlines(), "Tea")
    practices = json.loads(answer("today", "-2", "--json"))["practices"]
    states = {one["id"]: one["state"] for one in practices}
    assert (states["hug"], states["tea"]) == ("done", "not_logged")


@pytest.mark.parametrize("first", range(0, DIARIES, DIARIES_PER_TEST))
async def test_cli_json_and_app_show_the_same(
    open_app: OpenApp, new_diary: Diary, tmp_path: Path, first: int
) -> None:
    assert new_diary.location.path is not None
    empty = tmp_path / "empty.db"
    shutil.copy(new_diary.location.path, empty)
    async with open_app(80, 32) as app:
        for seed in range(first, first + DIARIES_PER_TEST):
            shutil.copy(empty, new_diary.location.path)
            write_random_entries(new_diary, random.Random(seed))
            app.app._poll_file()
            await app.settle()
            views = {
                name: json.loads(answer(name, "--json"))
                for name in ("today", "week", "streaks", "trend", "year")
            }
            views["units"] = {one.id: one for one in new_diary.practices.all()}
            await app.press("T")
            check_today(views, app, answer("today").splitlines())
            await app.press("W")
            check_week(views, app, answer("week").splitlines())
            check_streaks(views, answer("streaks").splitlines())
            await app.press("Y")
            check_year(views, app, answer("year").splitlines())
            await app.press("C")
            check_calm(views, app, answer("trend").splitlines())


def write_random_entries(diary: Diary, chance: random.Random) -> None:
    """Writes up to 150 days of entries, rest days and ratings, dense or sparse."""
    often, days = chance.random(), chance.choice((0, 1, 6, 40, 150))
    entries: list[Entry] = []
    evenings = []
    for back in range(days):
        day = TODAY - timedelta(days=back)
        when = f"{day.isoformat()}T20:30:00Z"
        if chance.random() < 0.8:
            evenings.append(Evening(day, chance.randint(0, 10), "", when))
        entries += [
            random_entry(practice, day, when, chance)
            for practice in diary.practices.all()
            if chance.random() < often
        ]

    def save(writer: Writer) -> None:
        writer.save_entries(entries)
        writer.save_evenings(evenings)

    diary.change("import", "a life", save)


def random_entry(practice: Practice, day: date, when: str, chance: random.Random) -> Entry:
    if chance.random() < 0.1:
        return Entry(day, practice.id, EntryState.REST, None, "", None)
    most = {Unit.YES_NO: 1, Unit.TIMES: 3, Unit.MINUTES: 45}[practice.unit]
    return Entry(day, practice.id, EntryState.LOGGED, chance.randint(0, most), "", when)


def check_today(views: dict[str, Any], app: AppDriver, text: list[str]) -> None:
    """Compares each practice's mark, amount and streak figures."""
    today = views["today"]
    answered = today["calm"] is not None or any(
        one["amount"] is not None for one in today["practices"]
    )
    for one, figures in with_figures(today, views["streaks"]):
        row = [
            one["name"],
            MARKS[one["state"]],
            *amount(one, views["units"][one["id"]].unit).split(),
        ]
        if answered:
            row += [*week_goal(one), *streak(figures), *total(figures)]
        assert row_of(app.lines, one["name"]) == row
        assert row_of(text, one["name"]) == row
    if today["calm"] is not None:
        assert f"{today['calm']} of 10" in app.text
        assert any(f"{today['calm']} of 10" in line for line in text)


def check_week(views: dict[str, Any], app: AppDriver, text: list[str]) -> None:
    """Compares each day's mark, the streak figures, the scores and the summary sentence."""
    week = views["week"]
    passed = sum(day["day"] <= TODAY.isoformat() for day in week["days"])
    for one, figures in with_figures(week, views["streaks"]):
        name = views["units"][one["id"]].name
        marks = [
            MARKS[state]
            for index, state in enumerate(one["states"])
            if state is not None and (index < passed or state == "rest")
        ]
        row = [name, *marks, *week_fraction(one)]
        full = [*row, *streak(figures), *longest(figures), *total(one)]
        assert row_of(text, name) == full
        shown = [word for word in row_of(app.lines, name) if not set(word) <= set("▰▱")]
        assert shown == [*row, *streak(figures)]
    scores = ["·" if day["calm"] is None else str(day["calm"]) for day in week["days"][:passed]]
    assert row_of(app.lines, "Calm") == ["Calm", *scores]
    assert row_of(text, "Calm") == ["Calm", *scores]
    for lines in (app.lines, text):
        assert week["sentence"] in " ".join(" ".join(lines).split())


def check_streaks(views: dict[str, Any], text: list[str]) -> None:
    for one in views["streaks"]["practices"]:
        name = views["units"][one["id"]].name
        weeks = one["weeks_in_rhythm"]
        rhythm = [] if not weeks else [str(weeks), "week" if weeks == 1 else "weeks"]
        row = [name, str(one["days_per_week"]), "a", "week"]
        row += [*streak(one), *rhythm, *longest(one)]
        found = row_of(text, name)
        strength = 0
        for word in found:
            if word.endswith("%"):
                strength = int(word[:-1])
                found.remove(word)
                break
        assert found == [*row, *total(one)]
        # JSON has the strength with four decimal places.
        assert abs(strength - 100 * one["strength"]) <= 0.501


def check_year(views: dict[str, Any], app: AppDriver, text: list[str]) -> None:
    """Compares each day's heatmap symbol for all practices, and each practice's months and
    total."""
    year = views["year"]
    signs: dict[str, str] = {}
    listed: dict[str, int] = {}
    done: dict[str, int] = {}
    for one in year["practices"]:
        months = [0] * 12
        for day, state, _ in one["days"]:
            listed[day] = listed.get(day, 0) + 1
            if state == "done":
                done[day] = done.get(day, 0) + 1
                months[int(day[5:7]) - 1] += 1
        name = views["units"][one["id"]].name
        counted = [str(count) for count in months if count]
        counted += [str(one["done"])] if one["done"] else []
        assert sum(months) == one["done"]
        for lines in (app.lines, text):
            assert row_of(lines, name)[1 : 1 + len(counted)] == counted
    most = max(listed.values())
    for day in listed:
        if day <= TODAY.isoformat():
            signs[day] = "·░▒▓█"[-(-4 * done.get(day, 0) // most)]
    first = date(2026, 1, 1)
    for weekday, label in enumerate(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")):
        days = (first + timedelta(days=n) for n in range(365))
        row = "".join(
            signs.get(day.isoformat(), " ") for day in days if day.weekday() == weekday
        ).strip()
        (drawn,) = [line for line in text if line.split()[:1] == [label]]
        assert drawn.strip()[2:].strip() == row
        (drawn,) = [line for line in app.lines if line.split()[:1] == [label]]
        # The app draws bar heights instead of shades; its cursor is on today.
        heights = str.maketrans("░▒▓█", "▁▃▅▇")
        today = signs[TODAY.isoformat()].translate(heights)
        assert drawn.strip()[2:].strip().replace("◆", today) == row.translate(heights)


def check_calm(views: dict[str, Any], app: AppDriver, text: list[str]) -> None:
    """Compares the row of each evening's dot with its score, and the position of the line beside
    it."""
    chart = {}
    for line in text:
        scale, sign, drawn = line.partition("┃" if "┃" in line else "│")
        if sign and scale.strip().isdecimal():
            chart[int(scale)] = drawn
    assert sorted(chart) == list(range(11))
    first = next(y for y, line in enumerate(app.lines) if line.startswith("   10 "))
    last = next(y for y, line in enumerate(app.lines) if line.startswith("    0 "))
    days = views["trend"]["days"]
    for index, one in enumerate(days):
        cells = {score: drawn[2 * index : 2 * index + 2] for score, drawn in chart.items()}
        dots = [score for score, cell in cells.items() if cell.startswith("●")]
        assert dots == ([] if one["calm"] is None else [one["calm"]])
        # The app's chart is as wide as the screen without margins and scale.
        column = 7 + (2 * index + 1) * (80 - 11) // (2 * len(days))
        lines = [line.ljust(80) for line in app.lines[first : last + 1]]
        expected = [] if one["calm"] is None else [(10 - one["calm"]) * (last - first) / 10]
        found = [y for y, line in enumerate(lines) if line[column] == "●"]
        assert len(found) == len(expected)
        assert all(abs(y - exact) <= 0.5 for y, exact in zip(found, expected, strict=True))
        edges = [
            score - 0.5 + ("▁▂▃▄▅▆▇█".index(cell[-1]) + 1) / 8
            for score, cell in cells.items()
            if cell.strip("● ")
        ]
        if one["trend"] is None:
            assert edges == []
        else:
            (edge,) = edges
            assert -1e-4 <= edge - one["trend"] <= 1 / 8 + 1e-4
    usual = views["trend"]["usual_range"]
    assert any("┃" in line for line in text) == (usual is not None)
    if usual is not None:
        sentence = f"Your usual range is {usual[0]:.0f} to {usual[1]:.0f}."
        for lines in (app.lines, text):
            assert sentence in " ".join(" ".join(lines).split())


def with_figures(
    one: dict[str, Any], streaks: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs each practice with its streak figures."""
    return zip(one["practices"], streaks["practices"], strict=True)


def row_of(lines: list[str], name: str) -> list[str]:
    """The words of a practice's row from its name on."""
    row = re.compile(rf"[ ›]{{2,4}}[a-z]? *{name}( .*[^.])?")
    (line,) = [line for line in lines if row.fullmatch(line)]
    rest = line[line.index(name) + len(name) :]
    for sign in "[]›‹":
        rest = rest.replace(sign, " ")
    return [name, *rest.split()]


def amount(one: dict[str, Any], unit: Unit) -> str:
    if one["state"] == "rest":
        return "rest"
    if one["amount"] is None:
        return ""
    if one["amount"] == 0:
        return "no"
    if unit is Unit.YES_NO:
        return ""
    of = f" of {one['target']}" if one["amount"] < one["target"] else ""
    number = one["target"] if of else one["amount"]
    word = "time" if unit is Unit.TIMES else "minute"
    return f"{one['amount']}{of} {word}{'' if number == 1 else 's'}"


def week_goal(one: dict[str, Any]) -> list[str]:
    done, goal = one["done_this_week"], one["days_per_week"]
    if not done:
        return []
    return [str(done), "(goal", f"{goal})"] if done > goal else [str(done), "of", str(goal)]


def week_fraction(one: dict[str, Any]) -> list[str]:
    done = one["done_this_week"]
    return [f"{done}/{one['days_per_week']}"] if done else []


def streak(one: dict[str, Any]) -> list[str]:
    if one["days_per_week"] >= 5:
        return [str(one["streak"]), "days"] if one["streak"] >= 2 else []
    return counted_weeks(one["weeks_in_rhythm"])


def longest(one: dict[str, Any]) -> list[str]:
    if one["days_per_week"] >= 5:
        return [str(one["longest_streak"]), "days"] if one["longest_streak"] >= 2 else []
    return counted_weeks(one["longest_weeks_in_rhythm"])


def counted_weeks(weeks: int) -> list[str]:
    return [str(weeks), "week" if weeks == 1 else "weeks"] if weeks else []


def total(one: dict[str, Any]) -> list[str]:
    return [str(one["days_total"])] if one["days_total"] else []
