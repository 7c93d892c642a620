"""Undo on one machine never takes away what another machine wrote: by examples, and by random
histories of three copies of a diary that are changed, undone, merged and imported."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest

from tests.effort import by_effort
from tests.importers.factories import EVENING, TODAY, ago, as_json, import_rows
from tests.postgres import Server
from tracker.clock import utc_micros
from tracker.diary.diary import Diary
from tracker.exporters.csv_export import CsvOptions, export_csv
from tracker.exporters.json_export import export_json
from tracker.importers.import_file import ImportOptions, import_file
from tracker.importers.merge import merge
from tracker.location import Location
from tracker.models import CALM_ID, Entry, Evening, Practice, Unit
from tracker.store import versioned_rows

HISTORIES = by_effort(5, 500)
AT_ONCE = by_effort(5, 25)
ACTS = 24

PRACTICES = ("hug", "laughter", "nature-walk")

Key = tuple[str, date]
Rows = dict[Key, tuple[Entry | Evening, str]]
Content = tuple[dict[Key, Entry | Evening], tuple[Practice, ...]]


@pytest.fixture
def moment() -> list[datetime]:
    """The clock of both machines, which the test advances."""
    return [datetime.fromisoformat(EVENING)]


@pytest.fixture
def two_machines(tmp_path: Path, moment: list[datetime]) -> tuple[Diary, Diary]:
    """A diary and its copy on another machine."""
    one = Diary(Location(tmp_path / "one" / "diary.db"), now=lambda: moment[0])
    one.create(PRACTICES)
    (tmp_path / "other").mkdir()
    shutil.copy(tmp_path / "one" / "diary.db", tmp_path / "other" / "diary.db")
    return one, Diary(Location(tmp_path / "other" / "diary.db"), now=lambda: moment[0])


def test_merging_again_after_undoing_a_merge_restores_everything(
    two_machines: tuple[Diary, Diary], moment: list[datetime]
) -> None:
    here, there = two_machines
    for days in range(5):
        there.log("hug", ago(days), amount=2, note=f"there {days}")
    there.rate(7, note="soft")
    theirs = as_json(there)
    moment[0] += timedelta(hours=1)
    assert merge(here, there.location).added == 6
    here.undo()
    moment[0] += timedelta(hours=1)
    assert merge(here, there.location).added == 6
    merge(there, here.location)
    assert as_json(there) == theirs == as_json(here)


def test_an_undone_merge_removes_nothing_from_the_other_machine(
    two_machines: tuple[Diary, Diary], moment: list[datetime]
) -> None:
    here, there = two_machines
    there.log("hug", amount=2, note="there")
    theirs = as_json(there)
    moment[0] += timedelta(hours=1)
    merge(here, there.location)
    here.undo()
    assert (merge(there, here.location).changed, as_json(there)) == (0, theirs)


def test_a_rating_that_was_undone_leaves_the_other_machines_evening(
    two_machines: tuple[Diary, Diary], moment: list[datetime]
) -> None:
    here, there = two_machines
    there.rate(8, note="last night")
    moment[0] += timedelta(hours=12)
    here.rate(3, TODAY)
    here.undo()
    merge(there, here.location)
    merge(here, there.location)
    for diary in (here, there):
        assert (diary.day(TODAY).calm, diary.day(TODAY).calm_note) == (8, "last night")


def test_an_undone_clear_is_undone_on_the_other_machine_too(
    two_machines: tuple[Diary, Diary], moment: list[datetime]
) -> None:
    here, there = two_machines
    here.log("hug", amount=2)
    moment[0] += timedelta(hours=1)
    here.clear("hug")
    merge(there, here.location)
    here.undo()
    merge(there, here.location)
    assert there.day().practices[0].amount == 2


def test_a_later_change_of_the_other_machine_wins_over_an_undone_one(
    two_machines: tuple[Diary, Diary], moment: list[datetime]
) -> None:
    here, there = two_machines
    here.log("hug", amount=1)
    moment[0] += timedelta(hours=1)
    here.log("hug", amount=2)
    merge(there, here.location)
    moment[0] += timedelta(hours=1)
    there.log("hug", amount=5)
    moment[0] += timedelta(hours=1)
    here.undo()
    merge(here, there.location)
    assert here.day().practices[0].amount == 5


def test_an_undone_merge_restores_each_rows_earlier_time(
    two_machines: tuple[Diary, Diary], moment: list[datetime]
) -> None:
    here, there = two_machines
    here.log("hug", amount=1)
    here.log("laughter", ago(1))
    before = as_json(here)
    moment[0] += timedelta(hours=1)
    there.log("hug", amount=5)
    there.log("laughter", ago(1))
    there.log("nature-walk", amount=20)
    there.clear("nature-walk")
    merge(here, there.location)
    merged = rows_of(here)
    here.undo()
    assert as_json(here) == before
    here.redo()
    assert {key: row for key, (row, _) in rows_of(here).items()} == {
        key: row for key, (row, _) in merged.items()
    }


def test_redo_of_a_merge_adds_a_practice_with_its_cleared_rows(
    two_machines: tuple[Diary, Diary], moment: list[datetime]
) -> None:
    here, there = two_machines
    there.practices.add("Tea")
    there.log("tea", ago(1))
    there.log("tea")
    there.clear("tea")
    merge(here, there.location)
    cleared = rows_of(here)["tea", TODAY]
    assert cleared[0].empty
    here.undo()
    assert "tea" not in {practice.id for practice in here.practices.all()}
    here.redo()
    assert rows_of(here)["tea", TODAY][0] == cleared[0]
    merge(there, here.location)
    merge(here, there.location)
    assert as_json(there) == as_json(here)


def test_undo_restores_a_deleted_practice_with_its_cleared_rows(
    two_machines: tuple[Diary, Diary],
) -> None:
    here, _ = two_machines
    here.practices.add("Tea")
    here.log("tea")
    here.clear("tea")
    before = rows_of(here)
    here.practices.delete("tea")
    here.undo()
    assert rows_of(here) == before


def test_an_import_of_today_loses_against_earlier_entries_of_another_machine(
    two_machines: tuple[Diary, Diary], moment: list[datetime], tmp_path: Path
) -> None:
    here, there = two_machines
    moment[0] += timedelta(hours=1)
    there.log("hug", amount=5)
    there.rate(8)
    there.log("laughter", ago(1))
    moment[0] += timedelta(hours=1)
    at = f"{TODAY}T19:00:00Z"
    import_rows(
        here,
        tmp_path,
        f"{TODAY},practice,hug,,,2,logged,,",
        f"{ago(1)},practice,laughter,,,0,logged,,{at}",
        f"{TODAY},calm,,,0-10,3,logged,,{at}",
    )
    assert {key: at for key, (_, at) in rows_of(here).items()} == {
        ("hug", TODAY): "1970-01-01T00:00:00.000000Z",
        ("laughter", ago(1)): f"{TODAY}T19:00:00.000000Z",
        (CALM_ID, TODAY): f"{TODAY}T19:00:00.000000Z",
    }
    merge(here, there.location)
    assert content_of(here)[0] == content_of(there)[0]
    merge(there, here.location)
    assert as_json(there) == as_json(here)


@pytest.fixture
def settled(tmp_path: Path, moment: list[datetime]) -> Diary:
    """A diary whose practices were given goals and letters and archived."""
    diary = Diary(Location(tmp_path / "settled.db"), now=lambda: moment[0])
    diary.create(PRACTICES)
    diary.practices.add("Yoga", unit=Unit.TIMES, amount=3, days_per_week=2, key="j")
    diary.practices.edit("hug", days_per_week=4, key="g")
    for days in range(3):
        moment[0] += timedelta(minutes=1)
        for practice in (*PRACTICES, "yoga"):
            diary.log(practice, ago(days))
    diary.practices.archive("laughter")
    moment[0] += timedelta(days=1)
    return diary


def settings_of(diary: Diary) -> list[Practice]:
    """The practices but for the days since when they count, of which the earlier one wins."""
    return [
        one._replace(
            added_on=TODAY,
            goals=(one.goals[0]._replace(from_day=TODAY), *one.goals[1:]),
        )
        for one in diary.practices.all()
    ]


@pytest.mark.parametrize("layout", ["entries", "days"])
@pytest.mark.parametrize("from_export", [False, True])
def test_what_a_csv_import_added_by_default_loses_to_the_diary_it_came_from(
    settled: Diary,
    tmp_path: Path,
    moment: list[datetime],
    layout: Literal["entries", "days"],
    from_export: bool,
) -> None:
    practices = settings_of(settled)
    export_csv(settled, tmp_path / "diary.csv", CsvOptions(layout))
    export_json(settled, tmp_path / "diary.json")
    new = Diary(Location(tmp_path / "new.db"), now=lambda: moment[0])
    import_file(new, tmp_path / "diary.csv")
    moment[0] += timedelta(minutes=1)
    report = (
        import_file(new, tmp_path / "diary.json") if from_export else merge(new, settled.location)
    )
    assert settings_of(new)[: len(practices)] == practices
    assert not [one for one in report.messages if "your diary" in one and "later" in one]
    assert report.settings.lost == 0
    # Undone, the import can be repeated, and nothing of it reaches the other computer.
    new.undo()
    assert new.practices.find("yoga").goals[0].days_per_week == 7
    merge(settled, new.location)
    assert settings_of(settled)[: len(practices)] == practices
    import_file(new, tmp_path / "diary.json")
    merge(settled, new.location)
    merge(new, settled.location)
    assert as_json(new) == as_json(settled)


def test_three_copies_of_which_one_has_only_the_csv_end_with_the_settings(
    settled: Diary, tmp_path: Path, moment: list[datetime]
) -> None:
    export_csv(settled, tmp_path / "diary.csv", CsvOptions())
    copies = [settled]
    for name in ("second", "third"):
        (tmp_path / name).mkdir()
        copies.append(Diary(Location(tmp_path / name / "diary.db"), now=lambda: moment[0]))
        import_file(copies[-1], tmp_path / "diary.csv")
    for one, other in ((2, 1), (1, 0), (2, 1), (0, 2), (1, 0), (2, 0)):
        moment[0] += timedelta(minutes=1)
        merge(copies[one], copies[other].location)
    assert len({as_json(one) for one in copies}) == 1
    yoga = copies[2].practices.find("yoga")
    assert (yoga.key, yoga.goals[-1].days_per_week) == ("j", 2)


def test_settings_from_another_tracker_win_over_defaults(
    two_machines: tuple[Diary, Diary], tmp_path: Path
) -> None:
    here, there = two_machines
    habits = tmp_path / "habits"
    habits.write_text("Tea: 3w/1\nSea: 1\n")
    (tmp_path / "log").write_text("2026-11-20 : Tea : y\n")
    import_file(there, habits)
    import_rows(here, tmp_path, "2026-11-20,1", header="Date,Tea")
    merge(here, there.location)
    assert here.practices.find("tea") == there.practices.find("tea")


def test_of_two_imported_rows_without_a_time_the_replaced_one_is_recorded(
    two_machines: tuple[Diary, Diary], tmp_path: Path
) -> None:
    here, there = two_machines
    import_rows(here, tmp_path, f"{TODAY},practice,hug,,,2,logged,,")
    import_rows(there, tmp_path, f"{TODAY},practice,hug,,,3,logged,,")
    assert merge(there, here.location).lost == 1
    assert merge(here, there.location).changed == 1
    assert [diary.day().practices[0].amount for diary in two_machines] == [3, 3]
    assert [record.row.amount for record in there.conflict_records()] == [2]


def test_a_row_imported_over_a_cleared_one_stays_on_the_other_machine_too(
    two_machines: tuple[Diary, Diary], moment: list[datetime], tmp_path: Path
) -> None:
    here, there = two_machines
    here.log("hug", amount=2)
    here.clear("hug")
    merge(there, here.location)
    import_rows(here, tmp_path, f"{TODAY},practice,hug,,,2,logged,,")
    merge(there, here.location)
    assert there.day().practices[0].amount == 2


@pytest.fixture
def corrected(two_machines: tuple[Diary, Diary], moment: list[datetime], tmp_path: Path) -> Path:
    """A spreadsheet with another score for an evening that the other machine rated again since."""
    here, there = two_machines
    moment[0] += timedelta(hours=1)
    here.rate(7)
    merge(there, here.location)
    moment[0] += timedelta(days=1)
    there.rate(5, TODAY)
    moment[0] += timedelta(days=1)
    file = tmp_path / "days.csv"
    file.write_text(f"day,calm\n{TODAY},2\n", encoding="utf-8")
    return file


PREFER_FILE = ImportOptions(prefer="file")


def test_a_file_that_was_preferred_wins_over_an_earlier_change_of_the_other_machine(
    two_machines: tuple[Diary, Diary], corrected: Path
) -> None:
    here, there = two_machines
    assert import_file(here, corrected, PREFER_FILE).changed == 1
    assert import_file(here, corrected, PREFER_FILE).unchanged == 1
    merge(here, there.location)
    merge(there, here.location)
    assert (here.day(TODAY).calm, there.day(TODAY).calm) == (2, 2)


def test_a_file_that_was_preferred_loses_to_a_later_change_of_the_other_machine(
    two_machines: tuple[Diary, Diary], moment: list[datetime], corrected: Path
) -> None:
    here, there = two_machines
    import_file(here, corrected, PREFER_FILE)
    moment[0] += timedelta(minutes=1)
    there.rate(9, TODAY)
    merge(here, there.location)
    assert here.day(TODAY).calm == 9


def test_an_import_that_preferred_the_file_is_undone_and_redone_with_its_times(
    two_machines: tuple[Diary, Diary], moment: list[datetime], corrected: Path
) -> None:
    here, there = two_machines
    before = rows_of(here)
    import_file(here, corrected, PREFER_FILE)
    moment[0] += timedelta(minutes=1)
    here.undo()
    assert rows_of(here) == before
    here.redo()
    merge(here, there.location)
    assert here.day(TODAY).calm == 2


def test_the_export_is_the_same_text_after_an_undone_merge_of_coin_flip_months(
    two_machines: tuple[Diary, Diary], moment: list[datetime]
) -> None:
    here, there = two_machines
    here.coin_month.begin("laughter")
    before = as_json(here)
    moment[0] += timedelta(minutes=1)
    there.coin_month.begin("nature-walk")
    assert merge(here, there.location).changed == 1
    here.undo()
    assert as_json(here) == before


def test_a_preferred_row_that_was_logged_later_has_its_own_time(
    two_machines: tuple[Diary, Diary], corrected: Path
) -> None:
    here, _there = two_machines
    later = f"{TODAY + timedelta(days=1)}T09:00:00Z"
    corrected.write_text(
        f"day,kind,practice,name,unit,amount,state,note,logged_at\n"
        f"{TODAY},calm,,,0-10,2,logged,,{later}\n",
        encoding="utf-8",
    )
    import_file(here, corrected, PREFER_FILE)
    assert rows_of(here)[CALM_ID, TODAY][1] == f"{later[:-1]}.000000Z"


# Three copies


@dataclass
class DiaryCopy:
    """One of three copies, with its rows at the last read and before each of its steps."""

    diary: Diary
    rows: Rows
    content: Content
    done: list[Content] = field(default_factory=list)
    undone: list[Content] = field(default_factory=list)

    def read(self) -> None:
        """Reads the copy again after a change."""
        self.rows, practices = rows_and_practices(self.diary)
        self.content = content_in(self.rows), practices


class History:
    """Random actions on three copies of one diary, at least a second apart."""

    def __init__(self, seed: int, folder: Path, new_diary: Path) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.now = datetime.fromisoformat(EVENING)
        self.steps_taken: list[str] = []
        self.clears: list[tuple[Key, str]] = []
        """Rows cleared by the user or by redo, and when."""
        self.copies = []
        for name in ("a", "b", "c"):
            path = folder / f"{name}.db"
            shutil.copy(new_diary, path)
            diary = Diary(Location(path), now=lambda: self.now)
            self.copies.append(DiaryCopy(diary, rows_of(diary), content_of(diary)))

    def run(self) -> None:
        """Performs the actions, then merges every copy with the first, both ways."""
        for _ in range(ACTS):
            copy = self.chance.choice(self.copies)
            act = self.chance.choices(
                (
                    self.write,
                    self.clear,
                    self.undo,
                    self.redo,
                    self.merge,
                    self.import_,
                    self.bring_back,
                ),
                (10, 3, 7, 3, 5, 3, 3),
            )[0]
            self.later()
            self.steps_taken.append(f"{act.__name__} {copy.diary.location.label[-4]}")
            act(copy)
        first, *others = self.copies
        for copy in others:
            self.merge_from(first, copy)
        for copy in others:
            self.merge_from(copy, first)
        assert len({as_json(copy.diary) for copy in self.copies}) == 1
        assert first.diary.outdated_streak_caches() == []

    def later(self) -> None:
        self.now += timedelta(seconds=self.chance.choice((1, 60, 3600, 20_000)))

    def day(self) -> date:
        return ago(self.chance.randrange(2))

    def write(self, copy: DiaryCopy) -> None:
        practice_id = self.chance.choice((CALM_ID, *PRACTICES))
        day, number = self.day(), self.chance.randrange(1, 9)
        before = copy.content
        if practice_id == CALM_ID:
            copy.diary.rate(number, day)
        else:
            copy.diary.log(
                practice_id, day, amount=min(number, 1 if practice_id == "laughter" else 9)
            )
        self.stepped(copy, before)

    def clear(self, copy: DiaryCopy) -> None:
        practice_id, day = self.chance.choice((CALM_ID, *PRACTICES)), self.day()
        before = copy.content
        copy.diary.clear(practice_id, day)
        self.stepped(copy, before)
        self.record_cleared_rows(before, copy)

    def undo(self, copy: DiaryCopy) -> None:
        before = copy.content
        assert (copy.diary.undo() is None) == (not copy.done)
        copy.read()
        if copy.done:
            copy.undone.append(before)
            assert copy.content == copy.done.pop()

    def redo(self, copy: DiaryCopy) -> None:
        before = copy.content
        assert (copy.diary.redo() is None) == (not copy.undone)
        copy.read()
        if copy.undone:
            copy.done.append(before)
            assert copy.content == copy.undone.pop()
            self.record_cleared_rows(before, copy)

    def merge(self, copy: DiaryCopy) -> None:
        self.merge_from(copy, self.other_than(copy))

    def import_(self, copy: DiaryCopy) -> None:
        """Imports a file of another copy: CSV, which omits cleared rows, or JSON."""
        file = self.folder / f"{len(self.steps_taken)}"
        other = self.other_than(copy).diary
        options = ImportOptions()
        if self.chance.random() < 0.5:
            export_csv(other, file, CsvOptions())
            options = ImportOptions(prefer=self.chance.choice(("newest", "file", "diary")))
        else:
            export_json(other, file)
        before, rows = copy.content, copy.rows
        import_file(copy.diary, file, options)
        self.stepped(copy, before)
        self.assert_nothing_removed(rows, copy)

    def bring_back(self, copy: DiaryCopy) -> None:
        """Brings back a row that lost a conflict; if there is none, does nothing."""
        before, records = copy.content, copy.diary.conflict_records()
        if records:
            record = self.chance.choice(records)
            brought = copy.diary.bring_back(record.number)
            assert (brought.record, brought.is_changed) == (record, True)
            assert record not in copy.diary.conflict_records()
            self.stepped(copy, before)

    def merge_from(self, copy: DiaryCopy, other: DiaryCopy) -> None:
        before, rows = copy.content, copy.rows
        merge(copy.diary, other.diary.location)
        self.stepped(copy, before)
        self.assert_nothing_removed(rows, copy)

    def other_than(self, copy: DiaryCopy) -> DiaryCopy:
        return self.chance.choice([one for one in self.copies if one is not copy])

    def stepped(self, copy: DiaryCopy, before: Content) -> None:
        copy.read()
        if copy.content != before:
            copy.done.append(before)
            copy.undone.clear()

    def record_cleared_rows(self, before: Content, copy: DiaryCopy) -> None:
        for key in before[0].keys() - copy.content[0].keys():
            self.clears.append((key, utc_micros(self.now)))

    def assert_nothing_removed(self, before: Rows, copy: DiaryCopy) -> None:
        """Asserts that each row that disappeared was cleared on some copy after it was written."""
        after = copy.rows
        for key, (row, at) in before.items():
            if not row.empty and (key not in after or after[key][0].empty):
                # Undo and redo set times a microsecond later; actions are a second apart.
                second = at[: len("2026-11-24T20:15:03")]
                assert any(one == key and when >= second for one, when in self.clears), (
                    key,
                    at,
                    self.steps_taken,
                )


def rows_of(diary: Diary) -> Rows:
    """Every entry and evening with its time of change, cleared ones included."""
    return rows_and_practices(diary)[0]


def rows_and_practices(diary: Diary) -> tuple[Rows, tuple[Practice, ...]]:
    with diary.store.reading() as reader:
        rows: Rows = {
            (e.practice_id, e.day): (e, at) for e, at in versioned_rows.iter_entries(reader)
        }
        rows |= {(CALM_ID, e.day): (e, at) for e, at in versioned_rows.iter_evenings(reader)}
        return rows, reader.practices()


def content_in(rows: Rows) -> dict[Key, Entry | Evening]:
    """Every entry and evening with content."""
    return {key: row for key, (row, _) in rows.items() if not row.empty}


def content_of(diary: Diary) -> Content:
    """Every entry and evening with content, and the practices."""
    rows, practices = rows_and_practices(diary)
    return content_in(rows), practices


@pytest.fixture(scope="module")
def new_diary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a new diary."""
    path = tmp_path_factory.mktemp("new") / "diary.db"
    Diary(Location(path), now=lambda: datetime.fromisoformat(EVENING)).create(PRACTICES)
    return path


@pytest.mark.parametrize(
    "seeds", [range(first, first + AT_ONCE) for first in range(0, HISTORIES, AT_ONCE)], ids=str
)
def test_random_changes_undos_and_merges_lose_no_entry(seeds: range, new_diary: Path) -> None:
    for seed in seeds:
        with TemporaryDirectory() as folder:
            History(seed, Path(folder), new_diary).run()


def test_on_a_server_an_undone_merge_and_its_redo_keep_the_copies_equal(
    two_machines: tuple[Diary, Diary], moment: list[datetime], server: Server
) -> None:
    _, there = two_machines
    far = Diary(server.new_location(), now=lambda: moment[0])
    merge(far, there.location)
    moment[0] += timedelta(hours=1)
    there.practices.add("Tea")
    there.log("tea", ago(1))
    there.log("tea")
    there.clear("tea")
    far.log("hug", amount=1, note="far")
    before = as_json(far)
    moment[0] += timedelta(hours=1)
    there.log("hug", amount=2, note="there")
    merge(far, there.location)
    merged = rows_of(far)
    far.undo()
    assert as_json(far) == before
    far.redo()
    assert {key: row for key, (row, _) in rows_of(far).items()} == {
        key: row for key, (row, _) in merged.items()
    }
    merge(there, far.location)
    merge(far, there.location)
    assert as_json(there) == as_json(far)
