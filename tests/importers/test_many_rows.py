"""Files of many rows are imported in memory that grows by a bounded amount per row."""

from __future__ import annotations

import tracemalloc
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.diary.factories import what_of
from tests.importers.factories import (
    EVENING,
    as_csv,
    create_diary,
    everything,
    import_rows,
    write_rows,
)
from tests.importers.test_csv_round_trip import diary_of_a_year
from tests.importers.test_json_round_trip import many_years
from tests.postgres import Server
from tracker.diary.diary import Diary
from tracker.exporters import csv_export
from tracker.exporters.csv_export import CsvOptions, export_csv
from tracker.exporters.json_export import export_json
from tracker.formats.progress import chunks, report_progress, track
from tracker.importers.import_file import ImportOptions, import_file
from tracker.importers.merge import merge
from tracker.location import Location
from tracker.store import reader

BYTES_PER_ROW = 1_500
"""Bytes of memory that an import may need per row, so that 73,000 rows stay below 200 MB."""


@pytest.mark.thorough
@pytest.mark.parametrize("batch_size", [1, 2, 7])
def test_an_export_does_not_depend_on_the_batch_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch_size: int
) -> None:
    diary = diary_of_a_year(tmp_path / "diary.db")
    diary.rest(("hug",), *[diary.today() + timedelta(days=3)] * 2)
    evenings_before = diary.today() - timedelta(days=900)
    for days in range(9):
        diary.rate(days, evenings_before - timedelta(days=days))
    whole = as_csv(diary)
    monkeypatch.setattr(reader, "BATCH_SIZE", batch_size)
    monkeypatch.setattr(csv_export, "BATCH_SIZE", batch_size)
    assert as_csv(diary) == whole
    assert whole.count("\r\n") > 1500


def test_a_year_is_imported_as_the_dry_run_says_and_undone_and_redone(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server: Server | None = None if kind == "file" else request.getfixturevalue("server")
    old = diary_of_a_year(tmp_path / "old.db")
    rows = export_csv(old, tmp_path / "diary.csv", CsvOptions())
    location = Location(tmp_path / "new.db") if server is None else server.new_location()
    anew = Diary(location, now=lambda: datetime.fromisoformat(EVENING))
    middle = anew.today() - timedelta(days=100)
    anew.log("hug", middle, amount=77)
    anew.rate(4, middle)
    before = everything(anew)
    foreseen = import_file(anew, tmp_path / "diary.csv", ImportOptions(dry_run=True))
    assert everything(anew) == before
    report = import_file(anew, tmp_path / "diary.csv")
    assert report == foreseen
    assert report.added + report.unchanged + report.lost == rows
    after = everything(anew)
    assert anew.outdated_streak_caches() == []
    assert import_file(anew, tmp_path / "diary.csv").added == 0
    step = anew.undo()
    assert step is not None
    assert (step.what, step.rows > 1500) == ("import", True)
    assert everything(anew) == before
    assert anew.outdated_streak_caches() == []
    assert what_of(anew.redo()) == what_of(step)
    assert everything(anew) == after
    while anew.undo() is not None:
        pass
    assert everything(anew)[1:] == ([], [])


def test_progress_is_reported_every_500_rows() -> None:
    reported: list[int] = []
    rows = list(range(1_200))
    with report_progress(reported.append):
        assert list(track(rows[:499])) == rows[:499]
        assert reported == []
        assert list(track(rows)) == rows
        assert reported == [500, 500]
        assert [len(chunk) for chunk in chunks(rows)] == [500, 500, 200]
    assert reported == [500, 500, 500, 500, 200]
    assert list(track(rows)) == rows
    assert [row for chunk in chunks(rows) for row in chunk] == rows
    assert len(reported) == 5


def test_a_duplicate_day_is_reported_however_far_apart(diary: Diary, tmp_path: Path) -> None:
    rows = [f"2026-10-{n:02},practice,hug,Hug,times,{n},logged,," for n in range(1, 31)]
    report = import_rows(diary, tmp_path, *rows, rows[3].replace(",4,", ",9,"))
    assert report.added == 30
    assert [line for line in report.messages if "both have" in line] == [
        "Line 5 and line 32 both have Hug on Sunday 4 October 2026. The later one counts."
    ]
    assert everything(diary)[1][3].amount == 9


def test_undoing_an_import_never_shows_skipped_rows(tmp_path: Path) -> None:
    first = create_diary(tmp_path / "1.db")
    import_file(first, write_rows(tmp_path, "2026-11-24,practice,hug,Hug,times,1,logged,first,"))
    second = create_diary(tmp_path / "2.db", "2026-11-24T22:30:00+01:00")
    export_json(first, tmp_path / "1.json")
    import_file(second, tmp_path / "1.json")
    first.write_note("hug", "here")
    second.write_note("hug", "there")
    rows = [f"2026-10-{n:02},practice,hug,Hug,times,{n},logged,," for n in range(1, 31)]
    import_file(first, write_rows(tmp_path, *rows))
    export_json(first, tmp_path / "1.json", force=True)
    before = everything(second)
    report = import_file(second, tmp_path / "1.json")
    assert (report.added, report.lost) == (30, 1)
    second.undo()
    assert everything(second) == before
    second.undo()
    assert [e.note for e in everything(second)[1]] == ["first"]
    for _ in range(2):
        second.redo()
    assert everything(second)[1][-1].note == "there"
    assert len(everything(second)[1]) == 31
    assert [record.row.note for record in second.conflict_records()] == ["here"]


def test_all_skipped_rows_become_records(diary: Diary, tmp_path: Path) -> None:
    days = [f"2026-10-{n:02},practice,hug,Hug,times" for n in range(1, 31)]
    import_file(diary, write_rows(tmp_path, *(f"{day},1,logged,mine," for day in days)))
    before = everything(diary)
    new_row = "2026-11-01,practice,hug,Hug,times,1,logged,new,"
    report = import_file(
        diary, write_rows(tmp_path, *(f"{d},2,logged,theirs," for d in days), new_row)
    )
    assert (report.added, report.lost) == (1, 30)
    diary.undo()
    assert everything(diary) == before
    records = diary.conflict_records()
    assert [(one.row.amount, one.row.note) for one in records] == [(2, "theirs")] * 30
    assert {(one.what, one.subject, one.kind, one.key) for one in records} == {
        ("import", "diary.csv", "entry", "hug")
    }
    assert len({one.day for one in records}) == 30


@pytest.mark.thorough
@pytest.mark.parametrize("dry_run", [True, False])
def test_the_memory_of_an_import_per_row_is_limited(tmp_path: Path, dry_run: bool) -> None:
    path = tmp_path / "diary.csv"
    rows = export_csv(many_years(tmp_path / "old.db", 4), path, CsvOptions())
    here = create_diary(tmp_path / "here.db")
    import_file(create_diary(tmp_path / "warm.db"), path)
    tracemalloc.start()
    report = import_file(here, path, ImportOptions(dry_run=dry_run))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.added == rows > 2_800
    assert peak < rows * BYTES_PER_ROW


@pytest.mark.thorough
@pytest.mark.parametrize("as_file", [True, False])
def test_the_memory_of_a_merge_that_skips_all_rows_is_limited(
    tmp_path: Path, as_file: bool
) -> None:
    here = create_diary(tmp_path / "here.db")
    other = many_years(tmp_path / "other.db", 4)
    merge(here, other.location)
    with here.store.writing("2026-11-24T22:30:00.000000Z") as writer:
        writer.connection.core.exec_driver_sql(
            "UPDATE entry SET note = 'mine', updated_at = '2027-01-01T00:00:00.000000Z'"
        )
    path = tmp_path / "other.json"
    export_json(other, path)
    tracemalloc.start()
    report = merge(here, other.location if as_file else Location(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.lost > 2_800
    assert peak < report.read * 2_000
