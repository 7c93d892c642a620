"""An exported CSV file that is imported and exported again is the same, byte for byte."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import by_effort, some_of
from tests.importers.factories import TODAY, a_diary, as_csv, everything, new
from tests.importers.random_diary import a_year, anyone, written
from tracker.diary.diary import Diary
from tracker.exporters.csv_export import CsvOptions, export_csv
from tracker.exporters.json_export import export_json
from tracker.importers.import_file import import_file
from tracker.models import Entry, Evening, Practice, State
from tracker.store.writer import Writer

OPTIONS = [
    CsvOptions(),
    CsvOptions(raw=True),
    CsvOptions(excel=True),
    CsvOptions(delimiter=";"),
    CsvOptions(delimiter="\t", raw=True),
    CsvOptions(excel=True, delimiter=";"),
]


@given(life=anyone(), options=st.sampled_from(OPTIONS))
@settings(max_examples=by_effort(5, 50), deadline=None)
def test_any_diary_comes_back_from_its_csv(
    life: tuple[tuple[Practice, ...], list[Entry], list[Evening]], options: CsvOptions
) -> None:
    with TemporaryDirectory() as folder:
        old, anew = written(Path(folder) / "old.db", life), new(Path(folder) / "new.db")
        path = Path(folder) / "diary.csv"
        export_csv(old, path, options)
        report = import_file(anew, path)
        assert (report.changed, report.unchanged, report.lost) == (0, 0, 0)
        assert as_csv(anew, options) == path.read_bytes().decode("utf-8")
        assert everything(anew)[1:] == everything(old)[1:]
        before = everything(anew)
        again = import_file(anew, path)
        assert (again.added, again.changed, again.lost) == (0, 0, 0)
        assert everything(anew) == before
        if report.added:
            anew.undo()
        assert everything(anew) == everything(new(Path(folder) / "untouched.db"))


def with_own_practices(path: Path) -> Diary:
    """A diary with two practices of one's own, and nothing in it."""
    diary = new(path)
    diary.practices.add("Evening tea", unit="minutes", amount=2)
    diary.practices.add("=Dancing")
    return diary


def a_life_of_a_year(path: Path) -> Diary:
    """A diary with practices of one's own between the usual ones, and a year in it."""
    diary = with_own_practices(path)
    order = ("dancing", "joy", "hug", "evening-tea", "nature-walk", "laughter")
    own = {practice.id: practice for practice in diary.practices.all()}
    entries, evenings = a_year(order)

    def live(writer: Writer) -> None:
        for place, practice_id in enumerate(order):
            writer.save_practice(own[practice_id]._replace(position=place - 20))
        writer.save_entries(entries)
        writer.save_evenings(evenings)

    diary.change("import", "a year", live)
    return diary


@pytest.mark.parametrize(
    "options", [CsvOptions(), CsvOptions(layout="days"), None], ids=["entries", "days", "json"]
)
def test_an_evening_of_a_clock_that_was_ahead_comes_back(
    tmp_path: Path, options: CsvOptions | None
) -> None:
    then = a_diary(tmp_path / "old.db", "2036-01-01T21:30:00+01:00")
    then.log("hug", amount=3, note="from 2036")
    then.rate(4, note="calm in 2036")
    old, anew = a_diary(tmp_path / "old.db"), a_diary(tmp_path / "new.db")
    old.rate(7)
    path = tmp_path / "exported"
    if options is None:
        export_json(old, path)
    else:
        export_csv(old, path, options)
    report = import_file(anew, path)
    assert any("1 January 2036 is in the future" in sentence for sentence in report.messages)
    assert as_csv(anew, options) == as_csv(old, options)


@pytest.mark.parametrize("options", some_of(OPTIONS, 2), ids=repr)
def test_a_year_comes_back_into_a_diary_not_yet_begun(tmp_path: Path, options: CsvOptions) -> None:
    old, anew = a_life_of_a_year(tmp_path / "old.db"), a_diary(tmp_path / "new.db")
    path = tmp_path / "diary.csv"
    rows = export_csv(old, path, options)
    assert rows > 1500
    assert import_file(anew, path).added == rows
    assert export_csv(anew, tmp_path / "again.csv", options) == rows
    assert (tmp_path / "again.csv").read_bytes() == path.read_bytes()


@pytest.mark.thorough
def test_every_way_of_writing_brings_the_same_diary(tmp_path: Path) -> None:
    old = a_life_of_a_year(tmp_path / "old.db")
    found = []
    for number, options in enumerate(OPTIONS):
        path = tmp_path / f"{number}.csv"
        export_csv(old, path, options)
        anew = new(tmp_path / f"{number}.db")
        import_file(anew, path)
        found.append(everything(anew))
    assert all(one == found[0] for one in found)


def test_a_year_taken_back_leaves_the_diary_as_it_was(tmp_path: Path) -> None:
    old = a_life_of_a_year(tmp_path / "old.db")
    export_csv(old, tmp_path / "diary.csv", CsvOptions())
    diary = new(tmp_path / "new.db")
    diary.press("hug")
    diary.rate(4)
    before = everything(diary)
    import_file(diary, tmp_path / "diary.csv")
    after = everything(diary)
    diary.undo()
    assert everything(diary) == before
    diary.redo()
    assert everything(diary) == after


def states(diary: Diary) -> list[dict[str, State]]:
    """What each of some evenings was to each practice, as the screens show it."""
    days = (TODAY - timedelta(days=n) for n in (0, 1, 2, 5, 50, 200, 300))
    return [{row.practice.id: row.state for row in diary.day(day).practices} for day in days]


def test_the_days_layout_brings_back_what_each_day_was(tmp_path: Path) -> None:
    old, anew = a_life_of_a_year(tmp_path / "old.db"), with_own_practices(tmp_path / "new.db")
    export_csv(old, tmp_path / "days.csv", CsvOptions(layout="days"))
    import_file(anew, tmp_path / "days.csv")
    mine = {entry.practice_id for entry in everything(anew)[1]}
    assert len(mine) == 6
    assert states(anew) == states(old)
