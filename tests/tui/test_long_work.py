"""Long work shows its progress, and leaves the diary as it was when it is cancelled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.diary.diary import Diary
from tracker.exporters.csv_export import CsvOptions, export_csv
from tracker.exporters.json_export import export_json
from tracker.exporters.loop_export import export_loop
from tracker.formats import progress
from tracker.importers.import_file import import_file
from tracker.location import Location
from tracker.tui.widgets.progress_line import CancellableJob, Cancelled


class CancelAfter(CancellableJob):
    """Progress callback that cancels after a number of rows."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._enough = rows

    def _report(self, rows: int) -> None:
        super()._report(rows)
        if self.rows >= self._enough:
            self.stop()


@pytest.fixture(autouse=True)
def report_each_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the progress be reported after each row."""
    monkeypatch.setattr(progress, "EVERY", 1)


@pytest.mark.parametrize(
    "write",
    [
        lambda diary, path: export_csv(diary, path, CsvOptions()),
        lambda diary, path: export_csv(diary, path, CsvOptions(layout="days")),
        export_json,
        export_loop,
    ],
)
def test_an_export_cancelled_in_the_middle_leaves_no_file(
    three_weeks: Diary, tmp_path: Path, write: Callable[[Diary, Path], int]
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    whole = CancellableJob()
    whole.wrap(lambda diary: write(diary, folder / "whole"))(three_weeks)
    (folder / "whole").unlink()
    for rows in (1, whole.rows // 2, whole.rows - 1):
        with pytest.raises(Cancelled):
            CancelAfter(rows).wrap(lambda diary: write(diary, folder / "file"))(three_weeks)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("format_", ["csv", "json"])
def test_an_import_cancelled_after_any_row_leaves_the_diary_unchanged(
    three_weeks: Diary, tmp_path: Path, format_: str
) -> None:
    path = tmp_path / f"diary.{format_}"
    if format_ == "csv":
        export_csv(three_weeks, path, CsvOptions())
    else:
        export_json(three_weeks, path)
    other = Diary(Location(tmp_path / "other" / "diary.db"))
    other.create(("hug",))
    other.press("hug")
    export_json(other, tmp_path / "before.json")
    for rows in range(1, 200, 9):
        work = CancelAfter(rows)
        try:
            work.wrap(lambda diary: import_file(diary, path))(other)
        except Cancelled:
            export_json(other, tmp_path / "after.json", force=True)
            before, after = tmp_path / "before.json", tmp_path / "after.json"
            assert after.read_text() == before.read_text()
        else:
            break
    assert rows > 20
    assert other.day().practices[0].practice.name == "Hug"
