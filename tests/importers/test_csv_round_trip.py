"""An exported CSV file that is imported and exported again is the same, byte for byte."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import by_effort, some_of
from tests.importers.factories import TODAY, as_csv, create_diary, everything, open_diary
from tests.importers.random_diary import diary_contents, diary_with, year_of_entries
from tracker.diary.diary import Diary
from tracker.exporters.csv_export import CsvOptions, export_csv
from tracker.exporters.json_export import export_json
from tracker.importers.import_file import ImportOptions, import_file
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


@given(contents=diary_contents(), options=st.sampled_from(OPTIONS))
@settings(max_examples=by_effort(5, 50), deadline=None)
def test_any_diary_can_be_restored_from_its_csv(
    contents: tuple[tuple[Practice, ...], list[Entry], list[Evening]], options: CsvOptions
) -> None:
    with TemporaryDirectory() as folder:
        old, anew = (
            diary_with(Path(folder) / "old.db", contents),
            create_diary(Path(folder) / "new.db"),
        )
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
        assert everything(anew) == everything(create_diary(Path(folder) / "untouched.db"))


def with_own_practices(path: Path) -> Diary:
    """A diary with two custom practices and no entries."""
    diary = create_diary(path)
    diary.practices.add("Evening tea", unit="minutes", amount=2)
    diary.practices.add("=Dancing")
    return diary


def diary_of_a_year(path: Path) -> Diary:
    """A diary with custom practices between the default ones, and a year of entries."""
    diary = with_own_practices(path)
    order = ("dancing", "joy", "hug", "evening-tea", "nature-walk", "laughter")
    own = {practice.id: practice for practice in diary.practices.all()}
    entries, evenings = year_of_entries(order)

    def save(writer: Writer) -> None:
        for place, practice_id in enumerate(order):
            writer.save_practices([own[practice_id]._replace(position=place - 20)])
        writer.save_entries(entries)
        writer.save_evenings(evenings)

    diary.change("import", "a year", save)
    return diary


@pytest.mark.parametrize(
    "options", [CsvOptions(), CsvOptions(layout="days"), None], ids=["entries", "days", "json"]
)
def test_an_evening_of_a_clock_that_was_ahead_is_imported(
    tmp_path: Path, options: CsvOptions | None
) -> None:
    then = open_diary(tmp_path / "old.db", "2036-01-01T21:30:00+01:00")
    then.log("hug", amount=3, note="from 2036")
    then.rate(4, note="calm in 2036")
    old, anew = open_diary(tmp_path / "old.db"), open_diary(tmp_path / "new.db")
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
def test_a_year_is_imported_into_a_new_diary(tmp_path: Path, options: CsvOptions) -> None:
    old, anew = diary_of_a_year(tmp_path / "old.db"), open_diary(tmp_path / "new.db")
    path = tmp_path / "diary.csv"
    rows = export_csv(old, path, options)
    assert rows > 1500
    assert import_file(anew, path).added == rows
    assert export_csv(anew, tmp_path / "again.csv", options) == rows
    assert (tmp_path / "again.csv").read_bytes() == path.read_bytes()


@pytest.mark.thorough
def test_every_csv_option_gives_the_same_diary(tmp_path: Path) -> None:
    old = diary_of_a_year(tmp_path / "old.db")
    found = []
    for number, options in enumerate(OPTIONS):
        path = tmp_path / f"{number}.csv"
        export_csv(old, path, options)
        anew = create_diary(tmp_path / f"{number}.db")
        import_file(anew, path)
        found.append(everything(anew))
    assert all(one == found[0] for one in found)


def test_undoing_a_year_leaves_the_diary_unchanged(tmp_path: Path) -> None:
    old = diary_of_a_year(tmp_path / "old.db")
    export_csv(old, tmp_path / "diary.csv", CsvOptions())
    diary = create_diary(tmp_path / "new.db")
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
    """The state of each practice on some evenings."""
    days = (TODAY - timedelta(days=n) for n in (0, 1, 2, 5, 50, 200, 300))
    return [{row.practice.id: row.state for row in diary.day(day).practices} for day in days]


def test_the_days_layout_restores_the_state_of_each_day(tmp_path: Path) -> None:
    old, anew = diary_of_a_year(tmp_path / "old.db"), with_own_practices(tmp_path / "new.db")
    export_csv(old, tmp_path / "days.csv", CsvOptions(layout="days"))
    import_file(anew, tmp_path / "days.csv")
    mine = {entry.practice_id for entry in everything(anew)[1]}
    assert len(mine) == 6
    assert states(anew) == states(old)


def every_state(diary: Diary) -> dict[date, object]:
    """What each of the last days shows, and whether its rating is late."""
    late = {one.day: one.late for one in diary.calm(28).days}
    views = (diary.day(TODAY - timedelta(days=n)) for n in range(21))
    return {
        view.day: (
            late[view.day],
            view.checked_in,
            [(row.state, row.note, row.figures.streak) for row in view.practices],
        )
        for view in views
    }


@pytest.mark.parametrize("form", ["as it is", "by a spreadsheet"])
def test_the_days_layout_restores_late_evenings_notes_and_noes(tmp_path: Path, form: str) -> None:
    for back in range(20, 0, -1):
        day = TODAY - timedelta(days=back)
        then = open_diary(tmp_path / "old.db", f"{day}T21:00:00+01:00")
        if back == 20:
            then.create(("hug", "laughter"))
        if back not in (10, 12):
            then.rate(6)
        if back % 3:
            then.press("hug")
        if back == 5:
            then.log("laughter", amount=0)
        if back == 6:
            then.write_note("laughter", "a note alone")
        if back == 7:
            then.log("laughter", amount=0, note="a no with a note")
    old = open_diary(tmp_path / "old.db")
    old.rate(4, TODAY - timedelta(days=10))
    old.log("laughter", TODAY - timedelta(days=10), amount=0)
    old.log("laughter", TODAY - timedelta(days=12), amount=0)
    path = tmp_path / "days.csv"
    export_csv(old, path, CsvOptions(layout="days"))
    text = path.read_text(encoding="utf-8")
    assert ",2026-11-24T20:30:00Z" in text
    if form == "by a spreadsheet":
        path.write_text(text.replace("2026-11-24T20:30:00Z", "11/24/2026 20:30"), encoding="utf-8")
    before = everything(old)
    anew = open_diary(tmp_path / "new.db")
    anew.create(("hug", "laughter"))
    report = import_file(anew, path)
    assert not report.messages
    assert every_state(anew) == every_state(old)
    again = import_file(old, path)
    assert (again.added, again.changed, again.lost) == (0, 0, 0)
    assert everything(old) == before


def cells_by_state(diary: Diary, days: Iterable[date]) -> dict[date, dict[str, str]]:
    """What the days layout has for each practice, from the states that the screens show."""
    return {
        day: {
            row.practice.id: "0"
            if row.state is State.NO
            else str(row.amount)
            if row.state in (State.DONE, State.SOME)
            else ""
            for row in diary.day(day).practices
        }
        for day in days
    }


def shown(diary: Diary, days: Iterable[date]) -> dict[date, dict[str, object]]:
    """What each day shows of each practice; the amount under a rest day isn't shown."""
    return {
        day: {
            row.practice.id: (
                row.state,
                row.amount if row.state in (State.DONE, State.SOME) else None,
                row.note,
            )
            for row in diary.day(day).practices
        }
        for day in days
    }


@given(contents=diary_contents())
@settings(max_examples=by_effort(5, 50), deadline=None)
def test_the_days_layout_agrees_with_the_states_of_any_diary_and_restores_them(
    contents: tuple[tuple[Practice, ...], list[Entry], list[Evening]],
) -> None:
    entries = [one for one in contents[1] if not one.empty]
    # A rated evening beside nearly every entry, as only those make a no of a note alone.
    rated = {one.day: Evening(one.day, 6, "", None) for one in entries if one.day <= TODAY}
    rated |= {one.day: one for one in contents[2]}
    practices = tuple(
        one._replace(
            added_on=min([one.added_on, *(e.day for e in entries if e.practice_id == one.id)])
        )
        for one in contents[0]
    )
    days = [TODAY - timedelta(days=back) for back in range(45)]
    with TemporaryDirectory() as folder:
        old = diary_with(Path(folder) / "old.db", (practices, entries, list(rated.values())))
        path = Path(folder) / "days.csv"
        export_csv(old, path, CsvOptions(layout="days"))
        with path.open(newline="", encoding="utf-8") as file:
            rows = {date.fromisoformat(row["day"]): row for row in csv.DictReader(file)}
        for day, cells in cells_by_state(old, days).items():
            if day in rows:
                assert {one: rows[day][one] for one in cells} == cells

        before = everything(old)
        for dry_run in (True, False):
            again = import_file(old, path, ImportOptions(dry_run=dry_run))
            assert (again.added, again.changed, again.lost) == (0, 0, 0)
        assert everything(old) == before

        anew = diary_with(Path(folder) / "new.db", (practices, [], []))
        import_file(anew, path)
        assert shown(anew, days) == shown(old, days)


def test_a_0_that_was_typed_beside_a_note_replaces_an_amount_only_if_the_file_is_preferred(
    tmp_path: Path,
) -> None:
    yesterday = TODAY - timedelta(days=1)
    then = open_diary(tmp_path / "diary.db", f"{yesterday}T21:00:00+01:00")
    then.log("hug", amount=3, note="Ruth")
    then.rate(6)
    diary, path = open_diary(tmp_path / "diary.db"), tmp_path / "days.csv"
    export_csv(diary, path, CsvOptions(layout="days"))
    path.write_text(path.read_text("utf-8").replace(",3,Ruth", ",0,Ruth"), "utf-8")
    report = import_file(diary, path)
    assert (report.changed, report.lost) == (0, 1)
    assert import_file(diary, path, ImportOptions(prefer="file")).changed == 1
    hug = next(row for row in diary.day(yesterday).practices if row.practice.id == "hug")
    assert (hug.state, hug.amount, hug.note) == (State.NO, 0, "Ruth")
