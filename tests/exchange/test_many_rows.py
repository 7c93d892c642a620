"""A file of any length comes in with little memory: what is much lies on disk meanwhile, and is
kept in the undo log bit by bit. The outcome is the same."""

from __future__ import annotations

import tracemalloc
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.exchange.factories import EVENING, a_diary, a_file, as_csv, everything, read_in
from tests.exchange.test_csv_round_trip import a_life_of_a_year
from tests.exchange.test_json_round_trip import a_long_life
from tests.postgres import Server
from tracker.diary.diary import Diary
from tracker.exchange import csv_export, heap, intake
from tracker.exchange.csv_export import CsvOptions, export_csv
from tracker.exchange.importing import ImportOptions, import_file
from tracker.exchange.json_export import export_json
from tracker.exchange.merging import merge
from tracker.places import Place
from tracker.store import reader, undo_log

pytestmark = pytest.mark.thorough


@pytest.fixture
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything but a few rows lies on disk."""
    monkeypatch.setattr(heap, "IN_MEMORY", 7)
    monkeypatch.setattr(undo_log, "LONG", 5)


@pytest.mark.usefixtures("little_memory")
def test_a_year_comes_in_as_it_does_with_much_memory(tmp_path: Path) -> None:
    old = a_life_of_a_year(tmp_path / "old.db")
    rows = export_csv(old, tmp_path / "diary.csv", CsvOptions())
    anew = a_diary(tmp_path / "new.db")
    anew.press("hug")
    anew.rate(4)
    before = everything(anew)
    report = import_file(anew, tmp_path / "diary.csv")
    assert report.added + report.unchanged + report.kept == rows
    after = everything(anew)
    assert anew.folds_that_differ() == []
    assert import_file(anew, tmp_path / "diary.csv").added == 0
    step = anew.undo()
    assert step is not None
    assert (step.what, step.rows > 1500) == ("import", True)
    assert everything(anew) == before
    anew.redo()
    assert everything(anew) == after
    while anew.undo() is not None:
        pass
    assert everything(anew)[1:] == ([], [])


@pytest.mark.usefixtures("little_memory")
def test_the_same_file_is_the_same_diary(tmp_path: Path) -> None:
    old = a_life_of_a_year(tmp_path / "old.db")
    export_csv(old, tmp_path / "diary.csv", CsvOptions())
    anew = a_diary(tmp_path / "new.db")
    import_file(anew, tmp_path / "diary.csv")
    assert as_csv(anew) == as_csv(old)


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_a_diary_leaves_the_same_however_few_rows_are_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    diary = a_life_of_a_year(tmp_path / "diary.db")
    diary.rest(("hug",), *[diary.today() + timedelta(days=3)] * 2)
    evenings_before = diary.today() - timedelta(days=900)
    for days in range(9):
        diary.rate(days, evenings_before - timedelta(days=days))
    whole = as_csv(diary)
    monkeypatch.setattr(reader, "AT_ONCE", at_once)
    monkeypatch.setattr(csv_export, "AT_ONCE", at_once)
    assert as_csv(diary) == whole
    assert whole.count("\r\n") > 1500


def test_what_comes_where_nothing_was_is_written_as_any_other_row(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    server: Server | None = None if kind == "file" else request.getfixturevalue("server")
    old = a_life_of_a_year(tmp_path / "old.db")
    rows = export_csv(old, tmp_path / "diary.csv", CsvOptions())
    monkeypatch.setattr(intake, "AT_ONCE", 60)
    found = []
    for many in (20, rows):
        monkeypatch.setattr(intake, "MANY", many)
        place = Place(tmp_path / f"{many}.db") if server is None else server.new_place()
        anew = Diary(place, now=lambda: datetime.fromisoformat(EVENING))
        middle = anew.today() - timedelta(days=100)
        anew.log("hug", middle, amount=77)
        anew.rate(4, middle)
        before = everything(anew)
        foreseen = import_file(anew, tmp_path / "diary.csv", ImportOptions(dry_run=True))
        assert everything(anew) == before
        report = import_file(anew, tmp_path / "diary.csv")
        assert report == foreseen
        after = everything(anew)
        assert anew.folds_that_differ() == []
        step = anew.undo()
        assert everything(anew) == before
        assert anew.folds_that_differ() == []
        assert anew.redo() == step
        assert everything(anew) == after
        found.append((report, step, after))
    assert found[0] == found[1]


@pytest.mark.usefixtures("little_memory")
def test_a_day_that_stands_twice_is_told_however_far_apart(diary: Diary, tmp_path: Path) -> None:
    rows = [f"2026-10-{n:02},practice,hug,Hug,times,{n},logged,," for n in range(1, 31)]
    report = read_in(diary, tmp_path, *rows, rows[3].replace(",4,", ",9,"))
    assert report.added == 30
    assert [said for said in report.said if "stands on line" in said] == [
        "Line 32: Hug on Sunday 4 October 2026 stands on line 5, too; the later line counts."
    ]
    assert everything(diary)[1][3].amount == 9


@pytest.mark.usefixtures("little_memory")
def test_what_loses_in_a_long_step_comes_before_it_in_the_log(tmp_path: Path) -> None:
    first = a_diary(tmp_path / "1.db")
    import_file(first, a_file(tmp_path, "2026-11-24,practice,hug,Hug,times,1,logged,first,"))
    second = a_diary(tmp_path / "2.db", "2026-11-24T22:30:00+01:00")
    export_json(first, tmp_path / "1.json")
    import_file(second, tmp_path / "1.json")
    first.write_note("hug", "here")
    second.write_note("hug", "there")
    rows = [f"2026-10-{n:02},practice,hug,Hug,times,{n},logged,," for n in range(1, 31)]
    import_file(first, a_file(tmp_path, *rows))
    export_json(first, tmp_path / "1.json", force=True)
    before = everything(second)
    report = import_file(second, tmp_path / "1.json")
    assert (report.added, report.kept) == (30, 1)
    second.undo()
    assert everything(second) == before
    second.undo()
    assert [e.note for e in everything(second)[1]] == ["here"]
    second.undo()
    assert everything(second) == before
    for _ in range(3):
        second.redo()
    assert everything(second)[1][-1].note == "there"
    assert len(everything(second)[1]) == 31


@pytest.mark.usefixtures("little_memory")
def test_all_of_the_many_that_lose_come_before_the_step_in_the_log(
    diary: Diary, tmp_path: Path
) -> None:
    days = [f"2026-10-{n:02},practice,hug,Hug,times" for n in range(1, 31)]
    import_file(diary, a_file(tmp_path, *(f"{day},1,logged,mine," for day in days)))
    before = everything(diary)
    new = "2026-11-01,practice,hug,Hug,times,1,logged,new,"
    report = import_file(diary, a_file(tmp_path, *(f"{d},2,logged,theirs," for d in days), new))
    assert (report.added, report.kept) == (1, 30)
    diary.undo()
    assert everything(diary) == before
    diary.undo()
    assert [entry.note for entry in everything(diary)[1]] == ["theirs"] * 30
    diary.undo()
    assert everything(diary) == before


@pytest.mark.parametrize("as_file", [True, False])
def test_another_diary_is_joined_in_the_same_memory_whatever_its_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_file: bool
) -> None:
    monkeypatch.setattr(undo_log, "LONG", 300)
    merge(a_diary(tmp_path / "warm.db"), a_long_life(tmp_path / "0.db", 1).place)
    peaks = []
    for years in (1, 4):
        here = a_diary(tmp_path / f"{years}-here.db")
        other = a_long_life(tmp_path / f"{years}-other.db", years)
        merge(here, other.place)
        with here.store.writing("2026-11-24T22:30:00.000000Z") as writer:
            writer.connection.exec_driver_sql("UPDATE entry SET note = 'mine', updated_at = '2027'")
        path = tmp_path / f"{years}.json"
        export_json(other, path)
        tracemalloc.start()
        report = merge(here, other.place if as_file else Place(path))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert report.kept > 700 * years
    assert peaks[1] < 1.4 * peaks[0]


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_file_is_read_in_the_same_memory_whatever_its_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dry_run: bool
) -> None:
    monkeypatch.setattr(heap, "IN_MEMORY", 300)
    monkeypatch.setattr(undo_log, "LONG", 300)
    monkeypatch.setattr(intake, "AT_ONCE", 100)
    options = ImportOptions(dry_run=dry_run)
    peaks: list[int] = []
    for years in (1, 1, 4):
        path = tmp_path / f"{years}.csv"
        life = a_long_life(tmp_path / f"{years}-{len(peaks)}.db", years)
        rows = export_csv(life, path, CsvOptions(), force=True)
        here = a_diary(tmp_path / f"{years}-{len(peaks)}-here.db")
        tracemalloc.start()
        report = import_file(here, path, options)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert report.read == rows > 700 * years
    _, one_year, four_years = peaks
    # Each day is kept once, which grows a little: about 2 times, where all rows would take 4.
    assert four_years < 3 * one_year
