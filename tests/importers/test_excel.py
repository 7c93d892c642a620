"""Excel workbooks, imported as the CSV of their first sheet."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from tests.importers.factories import everything
from tests.importers.test_other_trackers import SAMPLES, amounts, brought
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.importers.import_file import import_file

WORKBOOK = SAMPLES / "excel/habits.xlsx"


def with_sheet(path: Path, xml: bytes) -> Path:
    """The workbook with another first sheet."""
    with zipfile.ZipFile(WORKBOOK) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            after.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else before.read(name))
    return path


def test_a_workbook_comes_in_with_its_dates(diary: Diary) -> None:
    report = brought(diary, "excel/habits.xlsx")
    assert amounts(diary, "walk") == {
        "2026-11-01": 1,
        "2026-11-02": 1,
        "2026-11-03": 0,
        "2026-11-05": "rest",
    }
    assert amounts(diary, "pages") == {"2026-11-01": 12, "2026-11-02": 0, "2026-11-03": 4}
    assert [(str(e.day), e.calm, e.note) for e in everything(diary)[2]] == [
        ("2026-11-01", 7, "by the lake"),
        ("2026-11-02", 4, ""),
        ("2026-11-03", None, 'two\nlines; and "more"'),
    ]
    assert (
        "Only the first sheet of the Excel file is read, not: Other. To import "
        "another one, save it as a file of its own."
    ) in report.messages
    assert brought(diary, "excel/habits.xlsx").added == 0


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1"><c r="A1"/></row><row r="9"><c r=\'XFD1048576\'/></row>',
        b'<row r = "1"><c r = "a1"/></row><row r = "9"><c r = "xfd1048576"/></row>',
        b'<row><c/></row><row r="00000000001048576"><c r="XFD00000000001048576"/></row>',
        b'<row r="1">' + b"<c/>" * 16_384 + b'</row><row r="1048576"><c/></row>',
        b"<x:row><x:c r='XFD1'/></x:row>" + b"<x:row\n><x:c></x:c></x:row>" * 1_000,
    ],
)
def test_cells_in_far_corners_are_refused_before_they_take_all_memory(
    unbegun: Diary, tmp_path: Path, rows: bytes
) -> None:
    sheet = b"<worksheet>" + rows
    with pytest.raises(InputError, match="far larger than any table of days"):
        import_file(unbegun, with_sheet(tmp_path / "far.xlsx", sheet))
    assert not unbegun.store.exists()


@pytest.mark.parametrize("xml", [b"", b"<worksheet><sheetData><row><c t='s'><v>99</v>"])
def test_a_damaged_workbook_is_refused_in_a_sentence(
    unbegun: Diary, tmp_path: Path, xml: bytes
) -> None:
    with pytest.raises(InputError, match=r"Nothing was imported\."):
        import_file(unbegun, with_sheet(tmp_path / "damaged.xlsx", xml))
    assert not unbegun.store.exists()


def test_without_the_library_a_workbook_alone_is_refused(
    diary: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(InputError, match=r"pip install 'calmtrack\[excel\]'"):
        brought(diary, "excel/habits.xlsx")
    assert brought(diary, "small.table.csv").added == 9
