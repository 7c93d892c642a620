"""The demo's year is plausible, is always the same, and shows each kind of pattern."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

import pytest

from tests.demo_year import TONIGHT, make_demo_year
from tests.diary.factories import TODAY
from tracker.diary.diary import Diary
from tracker.i18n.messages import SOURCE_LANGUAGE, languages, set_language
from tracker.importers.import_file import import_file
from tracker.location import data_dir
from tracker.models import Entry, EntryState, Evening, Practice
from tracker.rules import day_states
from tracker.views import Level

pytestmark = pytest.mark.thorough

NOW = datetime.fromisoformat(TONIGHT)


@dataclass(frozen=True)
class Year:
    """The rows of the demo's diary."""

    begun_on: date | None
    practices: tuple[Practice, ...]
    entries: tuple[Entry, ...]
    evenings: tuple[Evening, ...]


def demo_rows(later: int = 0) -> Year:
    with TemporaryDirectory() as folder:
        now = (NOW + timedelta(days=later)).isoformat()
        diary = make_demo_year(Path(folder) / "diary.db", now)
        with diary.stream() as (rows, entries, evenings):
            return Year(diary.begun_on(), rows.practices, tuple(entries), tuple(evenings))


def done_days(year: Year, practice_id: str) -> set[date]:
    (practice,) = [p for p in year.practices if p.id == practice_id]
    return {
        e.day
        for e in year.entries
        if e.practice_id == practice_id and (e.amount or 0) >= practice.goal_on(e.day).amount
    }


def difference_in_calm(year: Year, practice_id: str) -> float:
    """How many points higher calm is on days with a practice than on the others."""
    done = done_days(year, practice_id)
    with_it = [e.calm for e in year.evenings if e.calm is not None and e.day in done]
    without = [e.calm for e in year.evenings if e.calm is not None and e.day not in done]
    return mean(with_it) - mean(without)


def test_two_practices_are_associated_with_calm_and_no_other() -> None:
    year = demo_rows()
    by = {p.id: difference_in_calm(year, p.id) for p in year.practices if not p.out_of_list}
    assert 1.0 <= by.pop("nature-walk") <= 1.5
    assert 0.2 <= by.pop("good-talk") <= 0.7
    # Of the last weeks only.
    by.pop("leaning")
    assert {name: one for name, one in by.items() if abs(one) > 0.4} == {}


def test_the_autocorrelation_of_calm_is_about_two_fifths() -> None:
    year = demo_rows()
    walks = done_days(year, "nature-walk")
    left = {
        e.day: e.calm - 1.2 * (e.day in walks) - 5.3 for e in year.evenings if e.calm is not None
    }
    pairs = [(one, left[day + timedelta(days=1)]) for day, one in left.items()
             if day + timedelta(days=1) in left]  # fmt: skip
    assert 0.25 <= correlation(pairs) <= 0.55


def correlation(pairs: Sequence[tuple[float, float]]) -> float:
    first, second = mean(a for a, _ in pairs), mean(b for _, b in pairs)
    both = sum((a - first) * (b - second) for a, b in pairs)
    return both / sqrt(sum((a - first) ** 2 for a, _ in pairs)
                       * sum((b - second) ** 2 for _, b in pairs))  # fmt: skip


def test_the_next_day_gives_the_same_year_a_day_later() -> None:
    year, next_year = demo_rows(), demo_rows(1)
    assert [e.day + timedelta(days=1) for e in year.entries] == [e.day for e in next_year.entries]
    assert [e.calm for e in year.evenings] == [e.calm for e in next_year.evenings]
    for practice, later in zip(year.practices, next_year.practices, strict=True):
        assert [g.from_day + timedelta(days=1) for g in practice.goals] == [
            g.from_day for g in later.goals
        ]


@pytest.mark.about_a_file
def test_it_can_be_imported(diary: Diary) -> None:
    report = import_file(diary, data_dir() / "demo.json")
    assert report.added > 1900
    assert report.left_out == 0


@pytest.mark.parametrize("later", [0, 3])
def test_it_ends_yesterday_with_tonight_open(later: int) -> None:
    year, today = demo_rows(later), TODAY + timedelta(days=later)
    days = {e.day for e in year.entries} | {e.day for e in year.evenings}
    assert min(days) == today - timedelta(days=365) == year.begun_on
    assert max(days) == today - timedelta(days=1)


def test_it_has_gaps_and_variation() -> None:
    year = demo_rows()
    rated = {e.day for e in year.evenings}
    closed = [TODAY - timedelta(days=ago) for ago in range(141, 132, -1)]
    assert not rated.intersection(closed)
    assert not {e.day for e in year.entries}.intersection(closed)
    assert len(rated) > 300
    assert len({e.calm for e in year.evenings}) >= 9
    resting = [e for e in year.entries if e.state is EntryState.REST]
    assert len(resting) > 40
    assert any(e.amount == 0 for e in year.entries)
    assert sum(day_states.is_late(e.day, e.logged_at) for e in year.evenings) in (2, 3)
    assert any(len(p.goals) == 2 for p in year.practices)
    assert [p.id for p in year.practices if p.out_of_list] == ["bare-feet"]


def test_its_notes_are_varied_and_name_people() -> None:
    year = demo_rows()
    notes = [e.note for e in year.entries if e.note] + [e.note for e in year.evenings if e.note]
    assert len(set(notes)) > 150
    assert sum("@" in note for note in notes) > 80
    assert not any("{" in note for note in notes)
    thanks = [e.note for e in year.entries if e.practice_id == "gratitude" and e.note]
    assert len(set(thanks)) > 40


def test_every_entry_was_set_on_its_evening_and_none_in_the_future() -> None:
    moments = {
        e.day: datetime.fromisoformat(e.logged_at).astimezone(NOW.tzinfo)
        for e in demo_rows().evenings
        if e.logged_at
    }
    in_the_evening = [m for day, m in moments.items() if m.date() == day and m.hour >= 20]
    assert len(in_the_evening) > len(moments) * 0.85
    assert max(moments.values()) <= NOW


def test_its_diary_opens_on_tonight_without_problems(tmp_path: Path) -> None:
    diary = make_demo_year(tmp_path / "demo" / "diary.db")
    view = diary.day()
    assert (view.calm, view.answered, view.yesterday_open) == (None, False, False)
    assert len(view.practices) == 10
    assert not diary.is_new()
    assert diary.outdated_streak_caches() == []
    assert max(one.figures.streak for one in diary.streaks()) > 5


def test_undo_does_not_change_it(tmp_path: Path) -> None:
    diary = make_demo_year(tmp_path / "diary.db")
    before = diary.week()
    diary.rate(7)
    assert diary.undo() is not None
    assert diary.undo() is None
    assert diary.week() == before


@pytest.mark.parametrize("day", ["2026-11-24", "2026-11-28", "2027-02-03"])
def test_it_shows_each_kind_of_pattern(tmp_path: Path, day: str) -> None:
    found = make_demo_year(tmp_path / "diary.db", f"{day}T21:30:00+01:00").insights.view()
    levels = {one.practice.id: one.level for one in found.practices}
    assert levels == {
        "nature-walk": Level.STEADY,
        "good-talk": Level.LEANING,
        **dict.fromkeys(("hug", "laughter", "gratitude"), Level.NOT_CLEAR),
        "leaning": Level.TOO_EARLY,
        "choir": Level.CANNOT_TELL,
        **dict.fromkeys(("safe-moment", "joy", "softening"), Level.LEFT_OUT),
    }


@pytest.mark.about_a_file
def test_an_existing_diary_is_not_changed(diary: Diary) -> None:
    diary.rate(7)
    path = diary.location.path
    assert path is not None
    before = path.read_bytes()
    make_demo_year(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("now", ["2028-02-29T03:30:00-09:30", "2026-01-01T12:00:00+13:00"])
def test_it_can_be_opened_on_any_day_and_anywhere(tmp_path: Path, now: str) -> None:
    diary = make_demo_year(tmp_path / "diary.db", now)
    assert diary.begun_on() == diary.today() - timedelta(days=365)
    assert diary.day(diary.today() - timedelta(days=1)).calm is not None


def test_it_has_a_walk_with_anna_last_spring_on_any_day() -> None:
    demo = json.loads((data_dir() / "demo.json").read_text("utf-8"))
    last = date.fromisoformat(demo["evenings"][-1]["day"])
    walks = [
        date.fromisoformat(one["day"]) - last
        for one in demo["entries"]
        if one["practice"] == "nature-walk" and "@Anna" in one["note"]
    ]
    for later in range(366):
        yesterday = last + timedelta(days=later)
        in_spring = sum((yesterday + walk).month in (3, 4, 5) for walk in walks)
        assert 1 <= in_spring <= 2, yesterday


@pytest.mark.parametrize("code", [code for code in languages() if code != SOURCE_LANGUAGE])
def test_the_year_of_each_language_is_the_same_one_in_its_own_words(code: str) -> None:
    set_language(SOURCE_LANGUAGE)
    there = demo_rows()
    set_language(code)
    here = demo_rows()
    assert [(e.day, e.practice_id, e.amount) for e in here.entries] == [
        (e.day, e.practice_id, e.amount) for e in there.entries
    ]
    assert [e.calm for e in here.evenings] == [e.calm for e in there.evenings]
    assert [bool(e.note) for e in here.entries] == [bool(e.note) for e in there.entries]
    english = {e.note for e in there.entries} | {e.note for e in there.evenings}
    own = {e.note for e in here.entries} | {e.note for e in here.evenings}
    assert english & own == {""}
    assert len(own) == len(english), "two notes became the same"
    assert not {p.name for p in here.practices} & {p.name for p in there.practices}
    letters = [p.key for p in here.practices]
    assert len(set(letters)) == len(letters)
