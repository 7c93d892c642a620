"""Excel workbooks, imported as the CSV of their first sheet."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from tests.importers.factories import everything
from tests.importers.test_other_trackers import SAMPLES, amounts, import_sample
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.formats import spreadsheet
from tracker.importers.import_file import ImportOptions, import_file

WORKBOOK = SAMPLES / "excel/habits.xlsx"


def with_sheet(path: Path, xml: bytes, *more_sheets: str) -> Path:
    """The workbook with another first sheet, and more names for the second one."""
    with zipfile.ZipFile(WORKBOOK) as before, zipfile.ZipFile(path, "w") as after:
        files = {name: before.read(name) for name in before.namelist()}
        files["xl/worksheets/sheet1.xml"] = xml
        more = "".join(f'<sheet name="{one}" sheetId="9" r:id="rId2"/>' for one in more_sheets)
        names = files["xl/workbook.xml"]
        files["xl/workbook.xml"] = names.replace(b"</sheets>", f"{more}</sheets>".encode())
        for name, content in files.items():
            after.writestr(name, content)
    return path


def a_sheet(*rows: str) -> bytes:
    """A sheet of these rows, each the cells of one as XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = "".join(f"<row>{cells}</row>" for cells in rows)
    return f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData></worksheet>'.encode()


def a_text(text: str) -> str:
    """A cell with a text."""
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_workbook_is_imported_with_its_dates(diary: Diary) -> None:
    report = import_sample(diary, "excel/habits.xlsx")
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
    assert import_sample(diary, "excel/habits.xlsx").added == 0


def test_a_workbook_with_calmtracks_columns_is_imported(diary: Diary, tmp_path: Path) -> None:
    # Style 1 is a date, style 2 one with a time.
    header, evening = a_text("day") + a_text("calm"), '<c s="1"><v>46327</v></c><c><v>7</v></c>'
    path = with_sheet(tmp_path / "own.xlsx", a_sheet(header, evening), "More")
    report = import_file(diary, path)
    assert [(str(e.day), e.calm) for e in everything(diary)[2]] == [("2026-11-01", 7)]
    assert report.messages == (
        "Only the first sheet of the Excel file is read, not: Other, More. To import "
        "another one, save it as a file of its own.",
    )
    late = a_sheet(header, evening, '<c s="2"><v>46328.9</v></c><c><v>5</v></c>')
    with pytest.raises(InputError, match=r'^Row 3: .* the date "2026-11-02 21:36:00"'):
        import_file(diary, with_sheet(path, late))
    habits = a_sheet(a_text("Date") + a_text("Walk"), f'<c s="1"><v>46327</v></c>{a_text("x")}')
    report = import_file(diary, with_sheet(path, habits, "More"))
    assert report.messages[0].startswith("Only the first sheet of the Excel file is read, not: Oth")
    assert "not: Other, More." in report.messages[0]


def test_messages_about_a_workbook_name_the_row_of_the_sheet(diary: Diary, tmp_path: Path) -> None:
    """The table begins in row 3, has a blank row, and a note of three lines."""
    cells: list[tuple[str, ...]] = [
        ("day", "calm", "calm_note", "hug"),
        ("2026-11-01", "7", "a\nb\nc", "2"),
        (),
        ("2026-11-02", "7", "", "2"),
        ("2026-11-02", "6", "", "zwei"),
    ]
    rows = ["", "", *("".join(map(a_text, row)) for row in cells)]
    path = with_sheet(tmp_path / "own.xlsx", a_sheet(*rows))
    with pytest.raises(InputError, match=r'^Row 7: "zwei".*"hug", for Monday 2 November 2026'):
        import_file(diary, path)
    report = import_file(diary, with_sheet(path, a_sheet(*rows).replace(b"zwei", b"3")))
    assert [one for one in report.messages if "Row" in one] == [
        "Row 6 and row 7 both have Calm on Monday 2 November 2026. The later one counts.",
        "Row 6 and row 7 both have Hug on Monday 2 November 2026. The later one counts.",
    ]
    changed = a_sheet(*rows).replace(b"zwei", b"4")
    messages = import_file(diary, with_sheet(path, changed)).messages
    assert messages[-1].startswith("Row 7: Hug on Monday 2 November 2026")


def test_columns_of_a_workbook_without_a_name_are_named_by_their_position(
    diary: Diary, tmp_path: Path
) -> None:
    header = "".join(a_text(text) for text in ("Date", "", "Walk", "", ""))
    row = "".join(a_text(text) for text in ("2026-11-01", "", "x", "", "a remark"))
    report = import_file(diary, with_sheet(tmp_path / "own.xlsx", a_sheet(header, row)))
    assert amounts(diary, "walk") == {"2026-11-01": 1}
    assert [one for one in report.messages if one.startswith("Column")] == [
        "Column 5 has cells but no name in the first row, so it is left out."
    ]


def test_the_dates_of_a_workbook_need_no_name(diary: Diary, tmp_path: Path) -> None:
    def texts(**cells: str) -> str:
        return "".join(
            f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in cells.items()
        )

    rows = a_sheet(texts(C1="Walk"), texts(B2="2026-11-01", C2="x"))
    report = import_file(
        diary, with_sheet(tmp_path / "own.xlsx", rows), ImportOptions(source="table")
    )
    assert amounts(diary, "walk") == {"2026-11-01": 1}
    assert not [one for one in report.messages if one.startswith("Column")]


def test_a_workbook_is_read_up_to_a_number_of_cells_and_a_size(
    diary: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, day = a_text("Date") + a_text("Walk"), a_text("2026-11-01") + a_text("x")
    path = with_sheet(tmp_path / "small.xlsx", a_sheet(header, day))
    with zipfile.ZipFile(path) as archive:
        size = sum(one.file_size for one in archive.infolist())
    far = with_sheet(
        tmp_path / "far.xlsx", a_sheet(header, day).replace(b"</row></s", b'<c r="AB7"/></row></s')
    )
    # AB is the 28th column.
    for file, cells in ((path, 2 * 2), (far, 28 * 7)):
        monkeypatch.setattr(spreadsheet, "MAX_CELLS", cells)
        assert import_file(diary, file, ImportOptions(dry_run=True)).read == 1
        monkeypatch.setattr(spreadsheet, "MAX_CELLS", cells - 1)
        with pytest.raises(InputError, match="far larger than any table of days"):
            import_file(diary, file)
    monkeypatch.undo()
    monkeypatch.setattr(spreadsheet, "MAX_SIZE", size)
    assert import_file(diary, path, ImportOptions(dry_run=True)).read == 1
    monkeypatch.setattr(spreadsheet, "MAX_SIZE", size - 1)
    with pytest.raises(InputError, match="far larger than any table of days"):
        import_file(diary, path)


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
def test_cells_in_far_corners_are_rejected_before_allocating_rows(
    missing_diary: Diary, tmp_path: Path, rows: bytes
) -> None:
    sheet = b"<worksheet>" + rows
    with pytest.raises(InputError, match="far larger than any table of days"):
        import_file(missing_diary, with_sheet(tmp_path / "far.xlsx", sheet))
    assert not missing_diary.store.exists()


@pytest.mark.parametrize("xml", [b"", b"<worksheet><sheetData><row><c t='s'><v>99</v>"])
def test_a_damaged_workbook_is_rejected_in_a_sentence(
    missing_diary: Diary, tmp_path: Path, xml: bytes
) -> None:
    with pytest.raises(InputError, match=r"Nothing was imported\."):
        import_file(missing_diary, with_sheet(tmp_path / "damaged.xlsx", xml))
    assert not missing_diary.store.exists()


def test_without_the_library_only_workbooks_are_rejected(
    diary: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(InputError, match=r"with: .* -m pip install 'calmtrack\[excel\]'$"):
        import_sample(diary, "excel/habits.xlsx")
    assert import_sample(diary, "small.table.csv").added == 9


OTHER_SPREADSHEETS = {
    "days.ods": ("an OpenDocument spreadsheet (.ods)", ("mimetype", "content.xml")),
    "days.numbers": ("a Numbers spreadsheet (.numbers)", ("Index/Document.iwa",)),
    "days.xlsb": ("a binary Excel file (.xlsb)", ("xl/workbook.bin",)),
    "days.xls": ("an old Excel file (.xls) or one with a password", ()),
}


@pytest.mark.parametrize("source", [None, "table", "calmtrack"])
def test_a_spreadsheet_in_another_format_says_how_to_save_it(
    missing_diary: Diary, tmp_path: Path, subtests: pytest.Subtests, source: str | None
) -> None:
    for name, (kind, files) in OTHER_SPREADSHEETS.items():
        path = tmp_path / name
        if files:
            with zipfile.ZipFile(path, "w") as archive:
                for file in files:
                    archive.writestr(file, "")
        else:
            path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
        with subtests.test(name), pytest.raises(InputError) as error:
            import_file(missing_diary, path, ImportOptions(source))
        csv = '"CSV UTF-8"'
        if name == "days.ods":
            csv = '"Text CSV" with the character set UTF-8'
        assert str(error.value) == (
            f"{path} is {kind}, which calmtrack can't read. Nothing was imported. Save the sheet "
            f"as {csv} or as an Excel workbook (.xlsx), then import that."
        )
    assert not missing_diary.store.exists()


def test_without_the_library_no_one_is_sent_to_a_format_that_needs_it(
    missing_diary: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    path = tmp_path / "days.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "")
    with pytest.raises(InputError, match=r"with the character set UTF-8, then import that\.$"):
        import_file(missing_diary, path)
