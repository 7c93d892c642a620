"""Random diaries: years of random actions through `Diary`, with a clock that moves on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st
from sqlalchemy import select

from tests.diary.factories import Clock, add_practices, edit_practice, make_practice, set_setting
from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError
from tracker.location import Location
from tracker.models import CALM_ID, Entry, EntryState, Evening, Goal, Span, Unit, UnitChange
from tracker.store.tables import diary_id, metadata, streak_state
from tracker.store.writer import Writer

CREATED_AT = "2024-02-20T21:30:00+01:00"

IDS = ("laughter", "hug", "nature-walk", "tea")

KINDS = (
    *("press", "press", "press", "less", "amount", "rate", "rate", "note", "calm note", "clear"),
    *("clear calm", "toggle rest", "rest", "wait", "wait", "wait long", "undo", "undo", "redo"),
    *("goal", "goal for all days", "archive", "restore", "turns", "week", "history", "back"),
    *("put away", "bring back", "move", "aim", "keep days", "begin anew", "delete", "rename"),
    *("draft", "support", "coin", "stop coin"),
)


@dataclass(frozen=True)
class Action:
    """One action of a user: on a practice, on a day, with a number as its argument."""

    kind: str
    practice: int
    days_ago: int
    number: int


def actions(most: int) -> st.SearchStrategy[list[Action]]:
    """Lists of up to `most` actions, mostly on recent days."""
    ago = st.one_of(st.integers(0, 4), st.integers(0, 30), st.integers(0, 900))
    one = st.builds(Action, st.sampled_from(KINDS), st.integers(0, 3), ago, st.integers(0, 12))
    return st.lists(one, min_size=1, max_size=most)


@contextmanager
def random_diary(actions: list[Action]) -> Iterator[tuple[Diary, Clock]]:
    """A diary after these actions, and its clock."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "diary.db"
        path.write_bytes(_empty_diary())
        clock = Clock(CREATED_AT)
        diary = Diary(Location(path), now=clock)
        for act in actions:
            perform(diary, clock, act)
        yield diary, clock


@cache
def _empty_diary() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "diary.db"
        diary = Diary(Location(path), now=Clock(CREATED_AT))
        diary.create()
        add_practices(
            diary, make_practice("tea", unit=Unit.TIMES, amount=2, added_on=date(2024, 2, 1))
        )
        return path.read_bytes()


def perform(diary: Diary, clock: Clock, act: Action) -> None:
    """Performs one action."""
    practice_id = IDS[act.practice]
    known = {p.id for p in diary.practices.all()}
    if practice_id not in known:
        practice_id = "hug"
    today = diary.today()
    day = today - timedelta(days=act.days_ago)
    match act.kind:
        case "press":
            diary.press(practice_id, day)
        case "less":
            diary.less(practice_id, day)
        case "amount":
            amount = act.number * 3
            practice = next(p for p in diary.practices.all() if p.id == practice_id)
            if not practice.unit.spec.is_counted:
                amount = min(amount, 1)
            diary.log(practice_id, day, amount=amount)
        case "rate":
            diary.rate(min(act.number, 10), day)
        case "note":
            diary.write_note(practice_id, "x" * act.number, day)
        case "calm note":
            diary.write_note(CALM_ID, "x" * act.number, day)
        case "clear":
            diary.clear(practice_id, day)
        case "clear calm":
            diary.clear(CALM_ID, day)
        case "toggle rest":
            diary.toggle_rest_day(practice_id, day + timedelta(days=act.number))
        case "rest":
            first = today - timedelta(days=min(act.days_ago, 30))
            diary.rest((practice_id,), first, first + timedelta(days=act.number))
        case "wait":
            clock.forward(hours=act.number * 5)
        case "wait long":
            clock.forward(days=act.number * 17)
        case "back":
            clock.forward(hours=-act.number * 9)
        case "undo":
            _if_possible(diary.undo)
        case "redo":
            _if_possible(diary.redo)
        case "goal":
            _set_goal(diary, practice_id, Goal(day, 1 + act.number, 1 + act.number % 7))
        case "goal for all days":
            edit_practice(diary, practice_id, goals=(Goal(day, 1, 1 + act.number % 7),))
        case "archive":
            edit_practice(diary, practice_id, out_of_list=(Span(day, None),))
        case "restore":
            until = day + timedelta(days=act.number)
            edit_practice(diary, practice_id, out_of_list=(Span(day, until),))
        case "put away":
            _if_possible(lambda: diary.practices.archive(practice_id))
        case "bring back":
            _if_possible(lambda: diary.practices.restore(practice_id))
        case "delete":
            # Hugs are what replaces a practice that is missing.
            if practice_id != "hug":
                _if_possible(lambda: diary.practices.delete(practice_id))
        case "rename":
            name = ("Tea", "Hug", "HUG", "Café")[act.number % 4]
            _if_possible(lambda: diary.practices.edit(practice_id, name=name))
        case "draft":
            diary.write_note(practice_id, "x" * act.number, day, is_draft=True)
        case "support":
            diary.support.set_lines([f"x{one}" for one in range(act.number)])
        case "coin":
            _if_possible(lambda: diary.coin_month.begin(practice_id))
        case "stop coin":
            _if_possible(diary.coin_month.stop)
        case "move":
            _if_possible(lambda: diary.practices.move(practice_id, 1 + act.number))
        case "aim":
            diary.practices.edit(practice_id, days_per_week=1 + act.number % 7,
                          all_days=act.number > 6)  # fmt: skip
        case "keep days" | "begin anew":
            unit = list(Unit)[act.number % 3].value
            what = UnitChange.KEEP_DAYS if act.kind == "keep days" else UnitChange.NEW
            diary.practices.edit(practice_id, unit=unit, history=what)
        case "turns":
            set_setting(diary, "day_turns_at", time(act.number).isoformat("minutes"))
        case "week":
            set_setting(diary, "week_starts_on", act.number % 7)
        case "history":
            _history(diary, practice_id, day, act.number)
        case _:
            raise AssertionError(act.kind)


def _if_possible(act: Callable[[], object]) -> None:
    # Not only an InputError: undo leaves a coin-flip month that is over.
    with suppress(CalmtrackError):
        act()


def _set_goal(diary: Diary, practice_id: str, goal: Goal) -> None:
    practice = next(p for p in diary.practices.all() if p.id == practice_id)
    goals = {g.from_day: g for g in practice.goals} | {goal.from_day: goal}
    edit_practice(diary, practice_id, goals=tuple(goals[d] for d in sorted(goals)))


def _history(diary: Diary, practice_id: str, last: date, seed: int) -> None:
    """Saves 90 days of entries and ratings as one step, as an import does."""

    def save(writer: Writer) -> None:
        days = [last - timedelta(days=n) for n in range(90)]
        entries = [
            Entry(day, practice_id, EntryState.LOGGED, day.toordinal() * (seed + 2) % 4, "", None)
            for day in days
            if day.toordinal() % (seed + 2)
        ]
        writer.save_entries(entries)
        writer.save_evenings(
            [Evening(d, d.toordinal() * 7 % 11, "", None) for d in days if d.toordinal() % 3]
        )

    diary.change("import", "a file", save)


def copy_without_streak_cache(diary: Diary, clock: Clock, folder: Path) -> Diary:
    """A copy of the diary without cached streak states, so that streaks are computed from the first
    day."""
    anew = Diary(Location(folder / "copy.db"), now=clock)
    anew.store.create()
    with (
        diary.store.reading() as reader,
        anew.store.writing("2026-01-01T00:00:00.000000Z") as writer,
    ):
        for table in metadata.sorted_tables:
            if table not in (streak_state, diary_id):
                rows = reader.connection.core.execute(select(table)).mappings().all()
                writer.connection.core.execute(table.delete())
                if rows:
                    writer.connection.core.execute(table.insert(), [dict(row) for row in rows])
    return anew
