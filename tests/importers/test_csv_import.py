"""The CSV import checks every line, imports all or nothing, and keeps the newer of two entries."""

from __future__ import annotations

import io
import re
import sys
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from tests.importers.factories import (
    HEADER,
    TODAY,
    ago,
    as_csv,
    create_diary,
    everything,
    import_rows,
    open_diary,
    write_rows,
)
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.exporters.csv_export import CsvOptions
from tracker.formats.cell_parsing import UnclearDateError
from tracker.importers.habit_importer import ImportChoices
from tracker.importers.import_file import ImportOptions, import_file
from tracker.importers.import_report import FileInfo, Report, summary_lines
from tracker.importers.row_conflicts import Prefer
from tracker.models import CALM_ID, Entry, EntryState, Evening, Goal, Practice, State, Unit

AT = "2026-11-20T20:00:00Z"
HUG = f"2026-11-20,practice,hug,Hug,times,2,logged,Anna,{AT}"
CALM_ROW = f"2026-11-20,calm,,,0-10,7,logged,soft,{AT}"
A_DAY = date(2026, 11, 20)


def counted(report: Report) -> tuple[int, ...]:
    """The counts of a report without messages: read, added, changed, unchanged, lost."""
    assert report.messages == ()
    assert report.file_info == FileInfo("calmtrack", "calmtrack")
    assert (report.left_out, report.file_info.unclear_date) == (0, "")
    return report.read, report.added, report.changed, report.unchanged, report.lost


def entries(diary: Diary) -> list[Entry]:
    return everything(diary)[1]


def evenings(diary: Diary) -> list[Evening]:
    return everything(diary)[2]


def practice(diary: Diary, practice_id: str) -> Practice:
    return next(p for p in diary.practices.all() if p.id == practice_id)


def test_entries_and_evenings_are_imported_with_their_times(diary: Diary, tmp_path: Path) -> None:
    assert counted(import_rows(diary, tmp_path, CALM_ROW, HUG)) == (2, 2, 0, 0, 0)
    assert entries(diary) == [Entry(A_DAY, "hug", EntryState.LOGGED, 2, "Anna", AT)]
    assert evenings(diary) == [Evening(A_DAY, 7, "soft", AT)]


def test_a_rest_day_can_be_in_the_future_and_keeps_its_amount(diary: Diary, tmp_path: Path) -> None:
    import_rows(diary, tmp_path, "2026-12-24,practice,hug,Hug,times,1,rest,home,")
    assert entries(diary) == [Entry(date(2026, 12, 24), "hug", EntryState.REST, 1, "home", None)]


def test_importing_twice_changes_nothing(diary: Diary, tmp_path: Path) -> None:
    import_rows(diary, tmp_path, CALM_ROW, HUG)
    before = everything(diary)
    assert counted(import_rows(diary, tmp_path, CALM_ROW, HUG)) == (2, 0, 0, 2, 0)
    assert everything(diary) == before
    step = diary.undo()
    assert step is not None
    assert (step.what, step.subject) == ("import", "diary.csv")
    assert entries(diary) == []


def test_undo_restores_the_previous_rows(diary: Diary, tmp_path: Path) -> None:
    diary.log("hug", A_DAY, amount=1)
    diary.rate(3)
    before = everything(diary)
    later = f"2026-11-20,practice,hug,Hug,times,2,logged,Anna,{'2026-11-25T09:00:00Z'}"
    import_rows(diary, tmp_path, later, "2026-11-21,practice,tea,Tea,times,1,logged,,")
    assert everything(diary) != before
    diary.undo()
    assert everything(diary) == before


def test_an_undone_import_can_be_repeated(diary: Diary, tmp_path: Path) -> None:
    import_rows(diary, tmp_path, HUG)
    diary.undo()
    assert import_rows(diary, tmp_path, HUG).added == 1
    assert len(entries(diary)) == 1


def test_a_cleared_day_is_imported_as_a_new_one(diary: Diary, tmp_path: Path) -> None:
    diary.log("hug", A_DAY, amount=1)
    diary.clear("hug", A_DAY)
    report = import_rows(diary, tmp_path, HUG)
    assert (report.added, report.changed) == (1, 0)
    assert [entry.amount for entry in entries(diary)] == [2]


def test_other_orders_and_unknown_columns_are_read_too(diary: Diary, tmp_path: Path) -> None:
    header = "amount,practice,mood,kind,day"
    report = import_rows(diary, tmp_path, "2,hug,fine,practice,2026-11-20", header=header)
    assert report.added == 1
    assert report.messages == ('calmtrack doesn\'t know the column "mood", so it is left out.',)


def test_blank_rows_and_rows_without_content_are_skipped(diary: Diary, tmp_path: Path) -> None:
    blank_row = "2026-11-20,practice,hug,Hug,times,,logged,,"
    assert import_rows(diary, tmp_path, "", ",,,,,,,,", blank_row, HUG).read == 1


def test_a_file_without_rows_creates_no_diary(missing_diary: Diary, tmp_path: Path) -> None:
    assert counted(import_rows(missing_diary, tmp_path)) == (0, 0, 0, 0, 0)
    assert not missing_diary.store.exists()


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_the_delimiter_is_recognised_by_the_header(
    diary: Diary, tmp_path: Path, delimiter: str
) -> None:
    row = HUG.replace(",", delimiter)
    assert import_rows(diary, tmp_path, row, header=HEADER.replace(",", delimiter)).added == 1


def test_a_byte_order_mark_is_ignored(diary: Diary, tmp_path: Path) -> None:
    assert import_rows(diary, tmp_path, HUG, header="\ufeff" + HEADER).added == 1


@pytest.mark.parametrize("layout", ["days", "entries"])
def test_a_header_with_a_mark_and_quotes_in_its_first_cell_is_recognised(
    diary: Diary, tmp_path: Path, layout: Literal["days", "entries"]
) -> None:
    """LibreOffice makes one of an export with --excel."""
    diary.log("hug", ago(1), amount=2, note="a; b")
    text = as_csv(diary, CsvOptions(layout=layout))
    path = tmp_path / "saved.csv"
    path.write_text('"\ufeff""day"""' + text.removeprefix("day"), encoding="utf-8", newline="")
    report = import_file(diary, path)
    assert (report.unchanged, report.messages) == (1, ())


def test_standard_input_is_read_too(
    diary: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.TextIOWrapper(io.BytesIO(f"{HEADER}\n{HUG}\n".encode()))
    monkeypatch.setattr(sys, "stdin", typed)
    assert import_file(diary, Path("-")).added == 1
    assert not typed.buffer.closed


def test_a_time_with_another_offset_is_stored_in_utc(diary: Diary, tmp_path: Path) -> None:
    import_rows(diary, tmp_path, HUG.replace(AT, "2026-11-20T21:00:00+01:00"))
    assert entries(diary)[0].logged_at == AT


# Spreadsheets


@pytest.mark.parametrize(
    ("cell", "note"),
    [("'=1", "=1"), ("''=1", "'=1"), ("'hello", "'hello"), ("=1", "=1"), ("'", "'")],
)
def test_one_apostrophe_is_removed_from_escaped_formulas(
    diary: Diary, tmp_path: Path, cell: str, note: str
) -> None:
    import_rows(diary, tmp_path, HUG.replace("Anna", cell))
    assert entries(diary)[0].note == note


def test_no_apostrophe_is_removed_from_a_raw_column(diary: Diary, tmp_path: Path) -> None:
    header = HEADER.replace("note", "note (raw)")
    import_rows(diary, tmp_path, HUG.replace("Anna", "'=1"), header=header)
    assert entries(diary)[0].note == "'=1"


# Text that can't be stored unchanged


def test_invalid_characters_are_replaced_and_reported(diary: Diary, tmp_path: Path) -> None:
    path = write_rows(tmp_path, HUG.replace("Anna", "a\0b@@c"), CALM_ROW)
    path.write_bytes(path.read_bytes().replace(b"@@", b"\xed\xa0\x80"))
    report = import_file(diary, path)
    assert entries(diary)[0].note == "a\ufffdb\ufffdc"
    assert report.messages == (
        "Line 2: the note has characters that aren't text. They're replaced by �.",
    )


def test_surrogate_pairs_become_one_character(diary: Diary, tmp_path: Path) -> None:
    path = write_rows(tmp_path, HUG.replace("Anna", "@@"))
    path.write_bytes(path.read_bytes().replace(b"@@", b"\xed\xa0\xbd\xed\xb8\x80"))
    import_file(diary, path)
    assert entries(diary)[0].note == "😀"


def test_a_note_is_stored_in_nfc(diary: Diary, tmp_path: Path) -> None:
    import_rows(diary, tmp_path, HUG.replace("Anna", "cafe\u0301"))
    assert entries(diary)[0].note == "caf\u00e9"


def test_a_note_of_the_maximal_length_is_stored_whole(diary: Diary, tmp_path: Path) -> None:
    assert import_rows(diary, tmp_path, HUG.replace("Anna", "é" * 10_000)).messages == ()
    assert entries(diary)[0].note == "é" * 10_000


def test_a_longer_note_is_truncated_and_reported(diary: Diary, tmp_path: Path) -> None:
    report = import_rows(diary, tmp_path, HUG.replace("Anna", "é" * 200_000))
    assert entries(diary)[0].note == "é" * 10_000
    assert report.messages == ("Line 2: the note is shortened to 10,000 characters.",)


# Rejected files


def test_a_line_that_can_t_be_read_is_named_and_nothing_is_written(
    missing_diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    cases: list[tuple[str, str]] = [
        (HUG.replace("2026-11-20", "20.13.2026", 1), 'I don\'t recognise the date "20.13.2026"'),
        (HUG.replace("2026-11-20", "20261120", 1), 'I don\'t recognise the date "20261120"'),
        (HUG.replace("2026-11-20", "2026-02-30", 1), 'The date "2026-02-30" doesn\'t exist'),
        (HUG.replace("2026-11-20", "1899-12-31", 1), "1900 to 2200"),
        (CALM_ROW.replace(",7,", ",11,"), "0 to 10"),
        (CALM_ROW.replace(",7,", ",6.5,"), '"6.5" isn\'t a whole number'),
        (CALM_ROW.replace("logged", "rest"), "Only practices can have rest days"),
        (HUG.replace(",2,", ",-1,"), "must be 0 or more"),
        (HUG.replace(",2,", ",100001,"), "at most 100,000"),
        (HUG.replace(",2,", ",two,"), '"two" isn\'t a whole number'),
        (HUG.replace(",2,", ",٣,"), "isn't a whole number"),
        (HUG.replace(",2,", ",1_0,"), "isn't a whole number"),
        (HUG.replace(",2,", f",{'9' * 5000},"), "isn't a whole number"),
        (HUG.replace("logged", "done"), '"done" can\'t be in the column "state"'),
        (HUG.replace("logged", "cleared"), '"cleared" can\'t be in the column "state"'),
        (HUG.replace("practice", "habit"), 'can\'t contain "habit"'),
        (HUG.replace("times", "hours"), '"hours" isn\'t a unit'),
        (HUG.replace(AT, "yesterday"), 'I don\'t recognise the time "yesterday"'),
        (HUG.replace(AT, "2026-11-20T20:00:00"), "recognise the time"),
        (HUG.replace(AT, "2026-11-20T25:00:00Z"), "recognise the time"),
        (HUG.replace("hug,Hug", ","), "doesn't name a practice"),
        (HUG.replace("hug,Hug", "Tea!," + "x" * 61), "1 to 60 characters"),
        (HUG + ",", "10 cells, but the first line has 9"),
        (HUG.removesuffix(f",{AT}"), "8 cells, but the first line has 9"),
        (HUG.replace("Anna", '"Anna" and I'), "quotation marks"),
    ]
    for row, message in cases:
        with subtests.test(row=row, message=message):
            with pytest.raises(InputError, match=message) as raised:
                import_rows(missing_diary, tmp_path, CALM_ROW, row, HUG)
            assert str(raised.value).startswith("Line 3")
            assert "Nothing was imported." in str(raised.value)
            assert "\n" not in str(raised.value)
            assert not missing_diary.store.exists()


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (HEADER, [CALM_ROW, HUG.replace("2026-11-20", "6.11.2026", 1)]),
        ("day,calm,hug", ["2026-11-20,7,2", "06.11.2026,5,2", "6 Nov 2026,,"]),
        ("calm,hug,day", ["7,2,2026-11-20", "5,2,2026-11-06"]),
    ],
)
def test_a_row_added_with_its_day_as_people_write_it_is_imported(
    diary: Diary, tmp_path: Path, header: str, rows: list[str]
) -> None:
    import_rows(diary, tmp_path, *rows, header=header)
    days = {entry.day: entry.amount for entry in entries(diary) if entry.practice_id == "hug"}
    assert days[date(2026, 11, 6)] == 2


def test_an_added_day_that_could_be_two_days_is_asked_about(diary: Diary, tmp_path: Path) -> None:
    rows = ("2026-11-20,7,2", "06/11/2026,5,2")
    with pytest.raises(UnclearDateError, match=r'"06/11/2026" could be two different days\.'):
        import_rows(diary, tmp_path, *rows, header="day,calm,hug")
    # Of two such days, one can settle the other.
    import_rows(diary, tmp_path, *rows, "25/10/2026,5,1", header="day,calm,hug")
    assert date(2026, 11, 6) in {entry.day for entry in entries(diary)}


def test_a_cell_of_a_practice_in_minutes_can_be_a_duration(diary: Diary, tmp_path: Path) -> None:
    header = "day,weekday,calm,calm_note,nature-walk,nature-walk_note"
    cells = {"1h": 60, "1h15": 75, "90min": 90, "1:30": 90, "25m": 25, "40": 40}
    rows = [f"2026-11-0{n},,,,{cell}," for n, cell in enumerate(cells, 1)]
    import_rows(diary, tmp_path, *rows, header=header)
    assert [one.amount for one in entries(diary)] == list(cells.values())
    import_rows(
        diary,
        tmp_path,
        "2026-11-11,practice,nature-walk,,,1h15,logged,,",
        "2026-11-12,practice,yoga,Yoga,minutes,1.5h,logged,,",
    )
    assert [one.amount for one in entries(diary)[-2:]] == [75, 90]
    for refused in ("hug,,,1h", "nature-walk,,,+1h", "nature-walk,,,-1h"):
        with pytest.raises(InputError, match="isn't a whole number"):
            import_rows(diary, tmp_path, f"2026-11-13,practice,{refused},logged,,")


def test_the_first_five_wrong_lines_are_named_together(
    missing_diary: Diary, tmp_path: Path
) -> None:
    header = "day,weekday,calm,calm_note,nature-walk,nature-walk_note"
    rows = ["2026-11-01,,7.5,,,", "2026-11-02,,8,,20,", "2026-11-03,,,,long,"]
    with pytest.raises(InputError) as raised:
        import_rows(missing_diary, tmp_path, *rows, header=header)
    assert str(raised.value) == (
        'Line 2: "7.5" isn\'t a whole number. It\'s in the column "calm", for Sunday 1 November '
        '2026. Line 4: "long" isn\'t a whole number. It\'s in the column "nature-walk", for '
        "Tuesday 3 November 2026. Nothing was imported. Correct the file, or export it again."
    )
    many = [f"2026-11-{day:02},,high,,," for day in range(1, 9)]
    with pytest.raises(InputError) as raised:
        import_rows(missing_diary, tmp_path, *many, header=header)
    assert re.findall("Line ([0-9]+):", str(raised.value)) == ["2", "3", "4", "5", "6"]
    assert not missing_diary.store.exists()


def test_an_entry_that_a_file_without_times_brought_is_not_called_older(
    diary: Diary, tmp_path: Path
) -> None:
    import_rows(diary, tmp_path, "2026-11-20,6,3", header="day,calm,hug")
    (message,) = import_rows(diary, tmp_path, HUG).messages
    assert message == (
        'Line 2: Hug on Friday 20 November 2026: 2 times "Anna" in the file replaces 3 times in '
        "your diary, which came from a file that doesn't say when it was logged."
    )


def test_below_a_note_of_several_lines_a_row_is_named_as_a_spreadsheet_shows_it(
    diary: Diary, tmp_path: Path
) -> None:
    long = CALM_ROW.replace("soft", '"one\r\ntwo\nthree"')
    with pytest.raises(InputError, match=r"^Row 3 \(line 5 of the file\): "):
        import_rows(diary, tmp_path, long, HUG.replace("logged", "done"))
    # Spreadsheets show blank lines, too.
    with pytest.raises(InputError, match=r"^Row 5 \(line 7 of the file\) has 10 cells, but the "):
        import_rows(diary, tmp_path, long, "", HUG, HUG + ",")
    with pytest.raises(InputError, match=r"^Line 4 has 10 cells, but the first line has 9\. "):
        import_rows(diary, tmp_path, HUG, "", HUG + ",")
    hug, hug_again = HUG.replace("Anna", "a\0b"), HUG.replace("20,p", "21,p").replace("Anna", "\0")
    report = import_rows(diary, tmp_path, hug, long.replace("20,c", "21,c"), hug_again)
    starts = [message.partition(": ")[0] for message in report.messages]
    assert starts == ["Line 2", "Row 4 (line 6 of the file)"]


def test_an_unclosed_quotation_mark_is_rejected(diary: Diary, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="quotation marks"):
        import_rows(diary, tmp_path, HUG.replace("Anna", '"Anna'))


@pytest.mark.parametrize("header", ["", "a,b,c", "day;mood", "day,day,calm", "x" * 2_000_000])
def test_another_file_is_not_read(diary: Diary, tmp_path: Path, header: str) -> None:
    with pytest.raises(InputError, match="Nothing was imported"):
        import_rows(diary, tmp_path, HUG, header=header)


def test_a_file_with_two_columns_of_one_name_is_not_read(
    missing_diary: Diary, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="Nothing was imported"):
        import_rows(missing_diary, tmp_path, "2026-11-20,7,8", header="day,calm,calm")
    assert not missing_diary.store.exists()


def test_invalid_characters_from_standard_input_are_replaced_too(
    diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = f"{HEADER}\n{HUG}\n".encode().replace(b"Anna", b"a\xed\xa0\x80")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
    import_file(diary, Path("-"))
    assert entries(diary)[0].note == "a\ufffd"


def test_text_in_another_encoding_is_not_read(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "diary.csv"
    path.write_bytes(f"{HEADER}\n{HUG}".replace("Anna", "schön").encode("cp1252"))
    with pytest.raises(InputError, match="UTF-8"):
        import_file(diary, path)


def test_a_missing_file_is_an_error(diary: Diary, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There's no file at"):
        import_file(diary, tmp_path / "none.csv")


# Practices


def test_a_missing_practice_is_created_from_its_first_row(diary: Diary, tmp_path: Path) -> None:
    diary.press("hug")
    rows = (
        "2026-11-22,practice,evening-tea,Evening tea,minutes,15,logged,,",
        "2026-11-18,practice,evening-tea,Evening tea,minutes,5,logged,,",
    )
    report = import_rows(diary, tmp_path, *rows)
    assert report.messages == ("New in your list: Evening tea.",)
    tea = practice(diary, "evening-tea")
    assert (tea.name, tea.unit, tea.step, tea.key) == ("Evening tea", Unit.MINUTES, 10, "v")
    assert tea.added_on == date(2026, 11, 18)
    assert tea.goals == (Goal(date(2026, 11, 18), 10, 7),)
    assert tea.position == max(p.position for p in diary.practices.all())


def test_only_a_file_that_brings_practices_lacks_their_settings(
    diary: Diary, tmp_path: Path
) -> None:
    tea = "2026-11-20,practice,tea,Tea,times,1,logged,,"
    rows = (CALM_ROW, tea, tea)
    reports = [import_rows(diary, tmp_path, row) for row in rows]
    assert [report.lacks_settings for report in reports] == [False, True, False]


def test_a_practice_with_only_an_id_is_named_after_it(diary: Diary, tmp_path: Path) -> None:
    long = "sea-" * 14 + "swimming"
    import_rows(diary, tmp_path, f"2026-11-20,practice,{long},,times,1,logged,,")
    assert practice(diary, long).name == "Sea " + "sea " * 13 + "swim"


def test_a_shipped_practice_gets_its_definition_and_the_files_name(
    diary: Diary, tmp_path: Path
) -> None:
    diary.press("hug")
    import_rows(diary, tmp_path, "2026-11-20,practice,bare-feet,Barefoot,yes/no,1,logged,,")
    feet = practice(diary, "bare-feet")
    assert (feet.name, feet.key) == ("Barefoot", "b")
    assert feet.question.startswith("Did you")
    assert [goal.from_day for goal in feet.goals] == [A_DAY]


def test_a_shipped_practice_with_another_unit_keeps_its_question(
    diary: Diary, tmp_path: Path
) -> None:
    diary.press("hug")
    import_rows(diary, tmp_path, "2026-11-20,practice,bare-feet,Barefoot,minutes,5,logged,,")
    feet = practice(diary, "bare-feet")
    assert feet.unit is Unit.MINUTES
    assert feet.question.startswith("Did you")


def test_a_practice_is_matched_by_its_name(diary: Diary, tmp_path: Path) -> None:
    diary.press("laughter")
    import_rows(diary, tmp_path, HUG.replace("hug,Hug", ",nature WALK"))
    assert entries(diary)[0].practice_id == "nature-walk"


@pytest.mark.parametrize("cell", ["", "Café au lait", "day", "all", "calm", "a_note", "-a"])
def test_an_invalid_id_is_ignored_in_favour_of_the_name(
    diary: Diary, tmp_path: Path, cell: str
) -> None:
    diary.press("hug")
    row = f"2026-11-20,practice,{cell},Café,yes/no,1,logged,,"
    import_rows(diary, tmp_path, row)
    assert practice(diary, "cafe").name == "Café"
    assert import_rows(diary, tmp_path, row).unchanged == 1


def test_a_name_listed_with_an_id_means_it_in_later_rows(diary: Diary, tmp_path: Path) -> None:
    rows = (
        "2026-11-20,practice,evening-tea,Tea,times,1,logged,,",
        "2026-11-21,practice,,TEA,times,2,logged,,",
    )
    import_rows(diary, tmp_path, *rows)
    assert [(e.practice_id, e.amount) for e in entries(diary)] == [
        *(("evening-tea", 1), ("evening-tea", 2)),
    ]


def test_two_names_with_the_same_id_become_two_practices(diary: Diary, tmp_path: Path) -> None:
    rows = [f"2026-11-20,practice,,{name},times,1,logged,," for name in ("Tea!", "Tea?")]
    assert import_rows(diary, tmp_path, *rows).added == 2
    assert (practice(diary, "tea").name, practice(diary, "tea-2").name) == ("Tea!", "Tea?")


def test_a_name_alone_does_not_take_the_id_of_another_practice_in_the_file(
    diary: Diary, tmp_path: Path
) -> None:
    rows = [
        f"2026-11-20,practice,{id_and_name},times,1,logged,,"
        for id_and_name in ("tea,Evening tea", ",Tea")
    ]
    assert import_rows(diary, tmp_path, *rows).messages == (
        "New in your list: Evening tea, Tea.",
        'In commands, "tea" means Tea. For Evening tea, type "v".',
    )
    assert (practice(diary, "tea").name, practice(diary, "tea-2").name) == ("Evening tea", "Tea")


def test_the_default_goal_of_a_new_practice_is_one(diary: Diary, tmp_path: Path) -> None:
    import_rows(diary, tmp_path, "2026-11-20,practice,tea,Tea,times,3,logged,,")
    assert (practice(diary, "tea").step, practice(diary, "tea").question) == (1, "")
    assert practice(diary, "tea").goals == (Goal(A_DAY, 1, 7),)


def test_a_name_equal_to_a_column_gets_another_id(diary: Diary, tmp_path: Path) -> None:
    row = "2026-11-20,practice,day,Day,yes/no,1,logged,,"
    import_rows(diary, tmp_path, row)
    assert practice(diary, "day-2").name == "Day"
    assert import_rows(diary, tmp_path, row).unchanged == 1


def test_a_letter_in_use_is_not_given_twice(diary: Diary, tmp_path: Path) -> None:
    diary.press("hug")
    rows = [f"2026-11-20,practice,h{n},Hh,yes/no,1,logged,," for n in range(2)]
    import_rows(diary, tmp_path, *rows)
    assert practice(diary, "h0").key is None
    keys = [p.key for p in diary.practices.all() if p.key]
    assert len(keys) == len(set(keys))


def test_a_shipped_practice_has_its_own_letter_before_any_other(
    diary: Diary, tmp_path: Path
) -> None:
    names = {"hot-tea": "Hot tea", "hug": "Hug", "oats": "Oats"}
    rows = [f"2026-11-20,practice,{i},{name},times,1,logged,," for i, name in names.items()]
    import_rows(diary, tmp_path, *rows)
    assert [(p.id, p.key) for p in diary.practices.all()[:3]] == [
        *(("hot-tea", "o"), ("hug", "h"), ("oats", "a")),
    ]


def test_a_practice_of_the_diary_keeps_its_name_and_unit(diary: Diary, tmp_path: Path) -> None:
    diary.press("hug")
    before = diary.practices.all()
    report = import_rows(diary, tmp_path, "2026-11-20,practice,hug,Cuddle,minutes,5,logged,,")
    assert diary.practices.all() == before
    assert report.messages == (
        'Hug is called "Cuddle" in the file. The name in your diary stays.',
        "Hug is counted in minutes in the file and in times in your diary. Your unit stays, and "
        "the numbers are imported without converting them.",
    )


def test_two_names_for_one_practice_are_reported(diary: Diary, tmp_path: Path) -> None:
    other = "2026-11-21,practice,hug,Cuddle,minutes,5,logged,,"
    report = import_rows(diary, tmp_path, HUG, other)
    assert practice(diary, "hug").name == "Hug"
    assert report.messages == (
        'The file calls hug both "Hug" and "Cuddle". The first name is used.',
        "The file measures hug in both times and minutes. The first unit is used.",
    )


def test_a_practice_with_only_a_future_rest_day_is_listed_from_today(
    diary: Diary, tmp_path: Path
) -> None:
    import_rows(diary, tmp_path, "2026-12-24,practice,tea,Tea,times,,rest,,")
    assert practice(diary, "tea").added_on == TODAY


# The list of practices of an empty diary


def test_a_new_diary_has_the_file_s_practices_first_and_in_its_order(
    diary: Diary, tmp_path: Path
) -> None:
    rows = [
        "2026-11-20,practice,tea,Tea,times,1,logged,,",
        "2026-11-20,practice,joy,Small joys,times,1,logged,,",
        "2026-11-21,practice,zzz,Sleep,yes/no,1,logged,,",
        "2026-11-21,practice,tea,Tea,times,1,logged,,",
    ]
    import_rows(diary, tmp_path, *rows)
    practices = diary.practices.all()
    assert [p.id for p in practices[:5]] == ["zzz", "tea", "joy", "hug", "laughter"]
    assert len(practices) == 10
    assert [p.position for p in practices] == list(range(1, 11))
    assert (practices[2].name, practices[2].unit, practices[2].key) == (
        *("Small joys", Unit.TIMES, "j"),
    )
    keys = [p.key for p in practices if p.key]
    assert len(keys) == len(set(keys))


def test_contradictory_rows_use_the_first_order(diary: Diary, tmp_path: Path) -> None:
    rows = [
        f"2026-11-{day},practice,{name},{name},times,1,logged,,"
        for day, name in ((20, "b"), (20, "a"), (21, "a"), (21, "b"))
    ]
    import_rows(diary, tmp_path, *rows)
    assert [p.id for p in diary.practices.all()[:2]] == ["b", "a"]


def test_the_practices_chosen_at_the_welcome_stay_the_only_others(
    missing_diary: Diary, tmp_path: Path
) -> None:
    missing_diary.create(("hug", "joy"))
    import_rows(missing_diary, tmp_path, "2026-11-20,practice,tea,Tea,times,1,logged,,")
    assert [p.id for p in missing_diary.practices.all()] == ["tea", "hug", "joy"]


def test_a_diary_without_practices_gets_the_files_practice(
    missing_diary: Diary, tmp_path: Path
) -> None:
    missing_diary.create(())
    missing_diary.rate(5)
    import_rows(missing_diary, tmp_path, "2026-11-20,practice,tea,Tea,times,1,logged,,")
    assert [(p.id, p.position) for p in missing_diary.practices.all()] == [("tea", 1)]


def test_a_list_with_a_custom_practice_keeps_its_order(
    missing_diary: Diary, tmp_path: Path
) -> None:
    missing_diary.create(("hug", "joy"))
    missing_diary.practices.add("Walk the dog")
    rows = [f"2026-11-20,practice,{i},{i},yes/no,1,logged,," for i in ("tea", "joy", "hug")]
    import_rows(missing_diary, tmp_path, *rows)
    assert [p.id for p in missing_diary.practices.all()] == ["hug", "joy", "walk-the-dog", "tea"]


def test_a_list_with_a_shipped_practice_renamed_keeps_its_order(
    missing_diary: Diary, tmp_path: Path
) -> None:
    missing_diary.create(("hug", "joy"))
    missing_diary.practices.edit("hug", name="Cuddle")
    rows = [f"2026-11-20,practice,{i},,yes/no,1,logged,," for i in ("tea", "joy", "hug")]
    import_rows(missing_diary, tmp_path, *rows)
    assert [p.id for p in missing_diary.practices.all()] == ["hug", "joy", "tea"]


def test_undo_restores_the_list_of_a_new_diary(diary: Diary, tmp_path: Path) -> None:
    before = diary.practices.all()
    import_rows(diary, tmp_path, "2026-11-20,practice,tea,Tea,times,1,logged,,", HUG)
    diary.undo()
    assert everything(diary) == (before, [], [])


# Conflicts


def test_a_newer_row_replaces_the_diarys(diary: Diary, tmp_path: Path) -> None:
    diary.log("hug", A_DAY, amount=1)
    report = import_rows(diary, tmp_path, HUG.replace(AT, "2026-11-24T20:30:01Z"))
    assert entries(diary)[0].amount == 2
    assert (report.changed, report.lost) == (1, 0)
    assert report.messages == (
        'Line 2: Hug on Friday 20 November 2026 is newer in the file: 2 times "Anna" replaces '
        "1 time in your diary.",
    )


def test_each_row_that_is_newer_is_counted(diary: Diary, tmp_path: Path) -> None:
    diary.log("hug", A_DAY, amount=1)
    diary.rate(3, A_DAY)
    newer = [row.replace(AT, "2026-11-25T20:00:00Z") for row in (CALM_ROW, HUG)]
    assert import_rows(diary, tmp_path, *newer).changed == 2


@pytest.mark.parametrize(
    ("at", "message"),
    [
        (AT, 'is newer in your diary: 1 time stays, and 2 times "Anna" in the file isn\'t used'),
        ("2026-11-24T20:30:00Z", "It isn't newer in the file, so your diary stays"),
        ("", ': 2 times "Anna" in the file, but 1 time in your diary. The file doesn\'t say when'),
    ],
)
def test_an_older_row_is_skipped_and_reported(
    diary: Diary, tmp_path: Path, at: str, message: str
) -> None:
    diary.log("hug", A_DAY, amount=1)
    diary.rate(3, A_DAY)
    before = everything(diary)
    report = import_rows(diary, tmp_path, CALM_ROW.replace(AT, at), HUG.replace(AT, at))
    assert everything(diary) == before
    assert report.lost == 2
    first, second = report.messages
    assert (first[:14], second[:14]) == ("Line 2: Calm o", "Line 3: Hug on")
    assert message in second


def test_what_a_spreadsheet_adds_to_a_day_is_imported(diary: Diary, tmp_path: Path) -> None:
    diary.write_note("calm", "tired", A_DAY)
    diary.write_note("hug", "Tom", A_DAY)
    diary.log("laughter", A_DAY)
    filled = "2026-11-20,Fri,4,tired,1,Tom,1,a film"
    file = write_rows(tmp_path, filled, header=DAY_COLUMNS)
    kept = import_file(diary, file, ImportOptions(prefer="diary"))
    assert (kept.changed, kept.lost) == (0, 3)
    report = import_file(diary, file)
    assert (report.changed, report.lost, report.messages) == (3, 0, ())
    assert [(one.calm, one.note) for one in evenings(diary)] == [(4, "tired")]
    assert [(one.amount, one.note) for one in entries(diary)] == [(1, "Tom"), (1, "a film")]
    diary.undo()
    # What is different isn't an addition.
    other = import_rows(diary, tmp_path, "2026-11-20,Fri,4,fine,1,Tim,1,", header=DAY_COLUMNS)
    assert (other.changed, other.lost) == (0, 2)


def test_equal_content_is_no_conflict_whatever_the_times(diary: Diary, tmp_path: Path) -> None:
    diary.log("hug", A_DAY, amount=2, note="Anna")
    before = everything(diary)
    for at in ("", AT, "2026-11-25T20:00:00Z"):
        assert counted(import_rows(diary, tmp_path, HUG.replace(AT, at))) == (1, 0, 0, 1, 0)
    assert everything(diary) == before


def test_four_columns_are_enough(diary: Diary, tmp_path: Path) -> None:
    rows = ("2026-11-20,practice,hug,2", "2026-11-20,calm,,7")
    assert import_rows(diary, tmp_path, *rows, header="day,kind,practice,amount").added == 2


def test_what_the_later_of_two_rows_for_a_day_lacks_is_the_earlier_one_s(
    diary: Diary, tmp_path: Path
) -> None:
    rows = ("2026-11-20,Fri,5,soft,1,Tom,,", "2026-11-20,Fri,,late,,Anna,1,")
    report = import_rows(diary, tmp_path, *rows, header=DAY_COLUMNS)
    assert [(one.calm, one.note) for one in evenings(diary)] == [(5, "late")]
    assert [(one.amount, one.note) for one in entries(diary)] == [(1, "Anna"), (1, "")]
    assert report.messages == (
        "Line 2 and line 3 both have a note on Friday 20 November 2026. The later one counts.",
        "Line 2 and line 3 both have Hug on Friday 20 November 2026. The later one counts.",
    )


def test_a_no_in_the_later_of_two_rows_for_a_day_counts(diary: Diary, tmp_path: Path) -> None:
    rows = ("2026-11-20,Fri,5,,1,Tom,1,", "2026-11-20,Fri,5,,0,not really,0,")
    report = import_rows(diary, tmp_path, *rows, header=DAY_COLUMNS)
    assert [(one.amount, one.note) for one in entries(diary)] == [(0, "not really"), (0, "")]
    assert [one.partition(" on ")[0] for one in report.messages[:3]] == [
        "Line 2 and line 3 both have Calm",
        "Line 2 and line 3 both have Hug",
        "Line 2 and line 3 both have Laughter",
    ]


def test_of_two_rows_for_one_day_the_later_line_counts(diary: Diary, tmp_path: Path) -> None:
    report = import_rows(diary, tmp_path, HUG, HUG.replace(",2,", ",3,"), CALM_ROW, CALM_ROW)
    assert entries(diary)[0].amount == 3
    assert (report.read, report.added) == (4, 2)
    assert report.messages == (
        "Line 2 and line 3 both have Hug on Friday 20 November 2026. The later one counts.",
        "Line 4 and line 5 both have Calm on Friday 20 November 2026. The later one counts.",
    )


def test_a_thousand_conflicts_are_summarised(diary: Diary, tmp_path: Path) -> None:
    days = [ago(n) for n in range(1000)]
    for amount in (1, 2):
        report = import_rows(
            diary,
            tmp_path,
            *(f"{day},practice,hug,Hug,times,{amount},logged,," for day in days),
        )
    assert report.lost == 1000
    assert len(report.messages) == 21
    assert report.messages[-1] == "… and 980 more like these."


# Dry runs


def test_a_dry_run_reports_the_same_and_writes_nothing(
    missing_diary: Diary, tmp_path: Path
) -> None:
    tea = "2026-11-20,practice,tea,Tea,times,1,logged,,"
    path = write_rows(tmp_path, CALM_ROW, HUG.replace("Hug", "Cuddle"), tea)
    foreseen = import_file(missing_diary, path, ImportOptions(dry_run=True))
    assert not (tmp_path / "diary.db").exists()
    assert import_file(missing_diary, path) == foreseen


def test_a_dry_run_on_a_diary_in_use_leaves_it_untouched(diary: Diary, tmp_path: Path) -> None:
    diary.log("hug", A_DAY, amount=1)
    before = (tmp_path / "diary.db").read_bytes()
    tea = "2026-11-20,practice,tea,Tea,times,1,logged,,"
    path = write_rows(tmp_path, HUG.replace(AT, "2026-11-25T20:00:00Z"), CALM_ROW, tea)
    foreseen = import_file(diary, path, ImportOptions(dry_run=True))
    assert (foreseen.added, foreseen.changed) == (2, 1)
    assert "New in your list: Tea." in foreseen.messages
    assert (tmp_path / "diary.db").read_bytes() == before
    assert import_file(diary, path) == foreseen


# The layout of one row for each day


DAY_COLUMNS = "day,weekday,calm,calm_note,hug,hug_note,laughter,laughter_note"


def test_days_are_imported(diary: Diary, tmp_path: Path) -> None:
    rows = ("2026-11-20,Friday,7,soft,2,'=Anna,rest,", "2026-11-21,Saturday,,,,,,just a note")
    assert import_rows(diary, tmp_path, *rows, header=DAY_COLUMNS).added == 4
    assert evenings(diary) == [Evening(A_DAY, 7, "soft", None)]
    assert entries(diary) == [
        Entry(A_DAY, "hug", EntryState.LOGGED, 2, "=Anna", None),
        Entry(A_DAY, "laughter", EntryState.REST, None, "", None),
        Entry(date(2026, 11, 21), "laughter", EntryState.LOGGED, None, "just a note", None),
    ]


def test_a_column_of_rest_days_is_imported_beside_amounts(diary: Diary, tmp_path: Path) -> None:
    diary.log("hug", ago(2), amount=3)
    diary.rest(("hug", "laughter"), ago(1), TODAY, note="flu")
    header, *rows = as_csv(diary, CsvOptions(layout="days")).split("\r\n")[:-1]
    assert [row.split(",")[4] for row in rows] == ["3", "", ""]
    before = entries(diary)
    other = create_diary(tmp_path / "other.db")
    import_rows(other, tmp_path, *rows, header=header)
    assert [e._replace(logged_at=None) for e in before] == entries(other)


@pytest.mark.parametrize("prefer", ["newest", "file"])
def test_a_days_layout_read_back_leaves_the_amount_under_a_rest_day(
    diary: Diary, tmp_path: Path, prefer: Prefer
) -> None:
    diary.log("hug", ago(1), amount=3)
    diary.toggle_rest_day("hug", ago(1))
    before = entries(diary)
    header, *rows = as_csv(diary, CsvOptions(layout="days")).split("\r\n")[:-1]
    file = write_rows(tmp_path, *rows, header=header)
    report = import_file(diary, file, ImportOptions(prefer=prefer))
    assert (report.changed, report.lost, report.messages) == (0, 0, ())
    assert entries(diary) == before


def test_rest_days_typed_with_commas_are_imported_and_unknown_names_reported(
    diary: Diary, tmp_path: Path
) -> None:
    header = f"{DAY_COLUMNS},rest_days"
    report = import_rows(
        diary,
        tmp_path,
        f'{A_DAY},Fri,,,,,,,"Hug, laughter"',
        f"{A_DAY.replace(day=A_DAY.day - 1)},Thu,,,,,,,hugg",
        header=header,
    )
    states = [(one.day, one.practice_id, one.state) for one in entries(diary)]
    assert states == [(A_DAY, one, EntryState.REST) for one in ("hug", "laughter")]
    assert report.messages == (
        'Line 3: "hugg" in the column "rest_days" isn\'t the name of a column, so it is left out.',
    )


@pytest.mark.parametrize("prefer", ["newest", "file", "diary"])
def test_a_long_note_is_quoted_from_shortly_before_its_first_difference(
    diary: Diary, tmp_path: Path, prefer: Prefer
) -> None:
    note = "a long evening at the allotment with the children and the neighbours; I slept"
    diary.write_note("hug", f"{note} badly", A_DAY)
    diary.write_note("joy", "Mia:\tgood night", A_DAY)
    path = write_rows(
        tmp_path,
        f"{A_DAY},,,{note} well,,Mia: good night",
        header="day,calm,hug,hug_note,joy,joy_note",
    )
    first, second = import_file(diary, path, ImportOptions(prefer=prefer, dry_run=True)).messages
    assert '"…and the neighbours; I slept well" in the file' in first
    assert '"…and the neighbours; I slept badly" in your diary' in first
    assert '"Mia:␣good␣night" in the file' in second
    assert '"Mia:⇥good␣night" in your diary' in second


@pytest.mark.parametrize(
    "header",
    [
        "Day,Weekday,Calm,Calm_Note,Hug,Hug_Note,Joy,joy_note,Rest_Days,Rated_Late",
        "DAY,WEEKDAY,CALM,CALM_NOTE,hug,HUG_NOTE,joy,Joy_note,REST_DAYS,RATED_LATE",
        "Date,weekday,calm,calm_note,hug,hug_note,joy,joy_note,rest_days,rated_late",
    ],
)
def test_the_case_of_the_columns_does_not_matter(diary: Diary, tmp_path: Path, header: str) -> None:
    report = import_rows(diary, tmp_path, f"{A_DAY},Fri,7,soft,2,Anna,,,joy,", header=header)
    assert [(one.practice_id, one.state, one.amount, one.note) for one in entries(diary)] == [
        ("hug", EntryState.LOGGED, 2, "Anna"),
        ("joy", EntryState.REST, None, ""),
    ]
    assert [(one.calm, one.note) for one in evenings(diary)] == [(7, "soft")]
    assert report.messages == ()


def test_the_case_of_the_columns_of_entries_does_not_matter(diary: Diary, tmp_path: Path) -> None:
    header = "Day,Kind,Practice,Name,Unit,Amount,State,Note,Logged_At"
    import_rows(diary, tmp_path, CALM_ROW, HUG, header=header)
    assert entries(diary) == [Entry(A_DAY, "hug", EntryState.LOGGED, 2, "Anna", AT)]


def test_a_table_with_a_day_and_calm_is_still_one_of_the_persons_own(
    diary: Diary, tmp_path: Path
) -> None:
    for header in ("Date,Calm,Hug", "Day,Calm,Hug"):
        path = write_rows(tmp_path, f"{A_DAY},7,yes", f"{A_DAY.replace(day=1)},10,", header=header)
        report = import_file(diary, path, ImportOptions(dry_run=True))
        assert report.file_info.source == "table"


def test_rest_days_can_be_typed_by_name(diary: Diary, tmp_path: Path) -> None:
    header = "day,calm,hug,good-talk,joy,rest_days"
    report = import_rows(diary, tmp_path, f'{A_DAY},,,,,"hug; Good talk, joy"', header=header)
    assert [one.practice_id for one in entries(diary)] == ["hug", "good-talk", "joy"]
    assert {one.state for one in entries(diary)} == {EntryState.REST}
    assert report.messages == ()


def test_rest_days_are_found_under_columns_headed_by_names(diary: Diary, tmp_path: Path) -> None:
    header = "day,calm,Hug,Good talk,Yoga,rest_days"
    rows = (f'{A_DAY},,,,,"hug, Good talk, yoga"', f"{A_DAY.replace(day=1)},,,,1,good-talk")
    report = import_rows(diary, tmp_path, *rows, header=header)
    assert [one.practice_id for one in entries(diary) if one.state is EntryState.REST] == [
        "good-talk",
        "hug",
        "good-talk",
        "yoga",
    ]
    assert not [one for one in report.messages if "rest_days" in one]


def test_a_word_counts_for_a_practice_that_is_done_or_not(diary: Diary, tmp_path: Path) -> None:
    header = "day,weekday,calm,laughter,joy,hug,rest_days"
    assert practice(diary, "laughter").unit is Unit.YES_NO
    import_rows(diary, tmp_path, f"{A_DAY},Fri,,yes,Nein,2,", header=header)
    amounts = {one.practice_id: one.amount for one in entries(diary)}
    assert amounts == {"laughter": 1, "joy": 0, "hug": 2}
    with pytest.raises(InputError, match=r'"yes" isn\'t a whole number.*"hug"'):
        import_rows(diary, tmp_path, f"{A_DAY},Fri,,yes,,yes,", header=header)


def test_a_row_of_totals_doesnt_make_a_column_a_helper(diary: Diary, tmp_path: Path) -> None:
    rows = (f"{A_DAY},Fri,7,2,1,", "Average,,7,2,0.5,")
    report = import_rows(diary, tmp_path, *rows, header="day,weekday,calm,hug,yoga,rest_days")
    assert [(one.practice_id, one.amount) for one in entries(diary)] == [("hug", 2), ("yoga", 1)]
    assert not [one for one in report.messages if "has cells like" in one]


def test_a_row_of_totals_below_the_days_is_left_out(diary: Diary, tmp_path: Path) -> None:
    firsts = ("Average", "", "Total 2026", "Sum 12", "2026 in all")
    rows = (f"{A_DAY},Fri,7,2,", *(f"{first},,7,2," for first in firsts))
    report = import_rows(diary, tmp_path, *rows, header="day,weekday,calm,hug,rest_days")
    assert report.added == 2
    assert report.messages[:5] == tuple(
        f'Line {line}: "{first}" isn\'t a date, so this row is left out.'
        for line, first in enumerate(firsts, 3)
    )


@pytest.mark.parametrize("text", ["Nov 24", "24 November", "Tue 24.11.2026", "2026-W48", "24."])
def test_a_row_whose_date_isnt_recognised_is_refused(
    diary: Diary, tmp_path: Path, text: str
) -> None:
    with pytest.raises(InputError, match=rf'^Line 3: I don\'t recognise the date "{text}"'):
        import_rows(diary, tmp_path, f"{A_DAY},7,2", f"{text},7,2", header="day,calm,hug")


@pytest.mark.parametrize("source", [None, "table"])
def test_a_file_in_which_no_row_has_a_date_is_refused(
    diary: Diary, tmp_path: Path, source: str | None
) -> None:
    rows = ("W47,7,2", "W48,6,1")
    file = write_rows(tmp_path, *rows, header="day,calm,hug" if source is None else "Week,Calm,Hug")
    with pytest.raises(InputError, match=r"^No row has a date in the column"):
        import_file(diary, file, ImportOptions(source=source))


def test_an_amount_typed_for_a_rest_day_is_imported(diary: Diary, tmp_path: Path) -> None:
    diary.rest(("hug", "laughter"), ago(1), ago(1), note="flu")
    header, row, *_ = as_csv(diary, CsvOptions(layout="days")).split("\r\n")
    cells = row.split(",")
    cells[4] = "2"
    file = write_rows(tmp_path, ",".join(cells), header=header)
    report = import_file(diary, file, ImportOptions(prefer="file"))
    states = {one.practice_id: (one.state, one.amount) for one in entries(diary)}
    assert states == {"hug": (EntryState.LOGGED, 2), "laughter": (EntryState.REST, None)}
    said = (
        'Line 2: "hug" is in the column "rest_days", but it has an amount, 2, which counts '
        "instead. For a rest day, leave the amount empty."
    )
    assert said in report.messages


def test_a_rest_day_beside_a_zero_is_reported(diary: Diary, tmp_path: Path) -> None:
    report = import_rows(
        diary, tmp_path, f"{A_DAY},Fri,7,,0,,rest,,hug laughter", header=f"{DAY_COLUMNS},rest_days"
    )
    assert [(one.practice_id, one.state) for one in entries(diary)] == [
        ("laughter", EntryState.REST)
    ]
    (message,) = report.messages
    assert message.startswith(
        'Line 2: "hug" is in the column "rest_days", but it has an amount, 0,'
    )


@pytest.mark.parametrize("prefer", ["newest", "diary", "file"])
def test_a_zero_typed_over_an_amount_of_a_rated_evening_is_imported_or_named(
    tmp_path: Path, prefer: Prefer
) -> None:
    evening = create_diary(tmp_path / "diary.db", "2026-11-23T21:30:00+01:00")
    evening.log("hug", amount=3, note="Anna")
    evening.toggle_rest_day("laughter")
    evening.press("joy")
    evening.rate(6)
    diary = open_diary(tmp_path / "diary.db")
    before = entries(diary)
    header, row, *_ = as_csv(diary, CsvOptions(layout="days")).split("\r\n")
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    assert (cells["hug"], cells["joy"], cells["gratitude"]) == ("3", "1", "0")
    cells |= {"hug": "0", "hug_note": "", "laughter": "0", "rest_days": ""}
    file = write_rows(tmp_path, ",".join(cells.values()), header=header)
    report = import_file(diary, file, ImportOptions(prefer=prefer))
    amounts = {one.practice_id: (one.state, one.amount, one.note) for one in entries(diary)}
    assert len(report.messages) == 2
    if prefer == "file":
        # The noes that follow from the score still need no entries.
        assert amounts == {
            "hug": (EntryState.LOGGED, 0, "Anna"),
            "laughter": (EntryState.LOGGED, 0, ""),
            "joy": (EntryState.LOGGED, 1, ""),
        }
        assert (report.read, report.changed, report.lost) == (4, 2, 0)
        assert report.messages[0] == (
            "Line 2: Hug on Monday 23 November 2026: no in the file replaces 3 times in your diary."
        )
        assert "1 not done" in next(one for one in report.preview if one.startswith("Hug "))
    else:
        assert entries(diary) == before
        assert (report.read, report.changed, report.lost) == (4, 0, 2)
        assert report.messages[0].startswith(
            'Line 2: Hug on Monday 23 November 2026: no in the file, but 3 times "Anna" in your '
        )


def test_a_zero_on_a_later_line_of_the_same_evening_counts(diary: Diary, tmp_path: Path) -> None:
    rows = (f"{A_DAY},Fri,7,,2,,1,", f"{A_DAY},Fri,7,,0,,,")
    import_rows(diary, tmp_path, *rows, header=DAY_COLUMNS)
    assert [(one.practice_id, one.amount) for one in entries(diary)] == [
        ("hug", 0),
        ("laughter", 1),
    ]
    other = create_diary(tmp_path / "other.db")
    import_rows(other, tmp_path, *reversed(rows), header=DAY_COLUMNS)
    assert [(one.practice_id, one.amount) for one in entries(other)] == [
        ("hug", 2),
        ("laughter", 1),
    ]


def test_what_a_preferred_file_leaves_empty_stays_in_the_diary(
    diary: Diary, tmp_path: Path
) -> None:
    diary.rate(6, ago(1), note="long day")
    diary.log("hug", ago(1), amount=2, note="Anna")
    header, row, *_ = as_csv(diary, CsvOptions(layout="days")).split("\r\n")
    cells = row.split(",")
    assert cells[2:6] == ["6", "long day", "2", "Anna"]
    expected = {(None, "Anna"): (7, "long day", 2, "Anna"), (3, ""): (7, "long day", 3, "Anna")}
    for (amount, note), result in expected.items():
        cells[2:6] = ["7", "", "" if amount is None else str(amount), note]
        file = write_rows(tmp_path, ",".join(cells), header=header)
        import_file(diary, file, ImportOptions(prefer="file"))
        (hug,) = (one for one in entries(diary) if one.practice_id == "hug")
        (evening,) = evenings(diary)
        assert (evening.calm, evening.note, hug.amount, hug.note) == result


def test_what_a_newer_row_leaves_empty_stays_in_the_diary(diary: Diary, tmp_path: Path) -> None:
    diary.rate(6, A_DAY, note="long day")
    diary.log("hug", A_DAY, amount=2, note="Anna")
    later = "2026-12-01T09:00:00Z"
    rows = (
        f"{A_DAY},calm,,,0-10,,logged,rain,{later}",
        f"{A_DAY},practice,hug,Hug,times,3,logged,,{later}",
    )
    for dry_run in (True, False):
        report = import_file(diary, write_rows(tmp_path, *rows), ImportOptions(dry_run=dry_run))
        assert (report.changed, report.blanks) == (2, 2)
    (hug,), (evening,) = entries(diary), evenings(diary)
    assert (hug.amount, hug.note, hug.logged_at) == (3, "Anna", later)
    # The score is as old as it was: a note that was written late makes no score a late one.
    assert (evening.calm, evening.note) == (6, "rain")
    assert evening.logged_at == "2026-11-24T20:30:00Z"


@pytest.mark.parametrize("prefer", ["newest", "diary", "file"])
@pytest.mark.parametrize("layout", ["days", "entries"])
def test_a_file_whose_notes_were_emptied_brings_nothing_new(
    diary: Diary, tmp_path: Path, layout: Literal["days", "entries"], prefer: Prefer
) -> None:
    diary.rate(6, ago(1), note="long day")
    diary.log("hug", ago(1), amount=2, note="Anna")
    diary.rest(("laughter",), ago(1), ago(1), note="flu")
    before = everything(diary)
    header, *rows = as_csv(diary, CsvOptions(layout=layout)).split("\r\n")[:-1]
    emptied = [re.sub("long day|Anna|flu", "", row) for row in rows]
    assert emptied != rows
    file = write_rows(tmp_path, *emptied, header=header)
    report = import_file(diary, file, ImportOptions(prefer=prefer))
    assert (report.added, report.changed, report.lost, report.messages) == (0, 0, 0, ())
    assert report.blanks == 3
    assert everything(diary) == before


@pytest.mark.parametrize("prefer", ["newest", "diary", "file"])
@pytest.mark.parametrize("layout", ["days", "entries"])
def test_every_emptied_cell_stays_in_the_diary_and_is_counted(
    diary: Diary, tmp_path: Path, layout: Literal["days", "entries"], prefer: Prefer
) -> None:
    diary.rate(6, ago(1), note="long day")
    diary.log("hug", ago(1), amount=2, note="Anna")
    diary.log("laughter", ago(1), amount=0, note="tired")
    diary.log("nature-walk", ago(2), amount=0)
    diary.write_note("laughter", "a joke", ago(3))
    diary.rest(("hug",), ago(2), ago(2), note="flu")
    before = everything(diary)
    header, *rows = as_csv(diary, CsvOptions(layout=layout)).split("\r\n")[:-1]
    unchanged = import_file(diary, write_rows(tmp_path, *rows, header=header))
    assert (unchanged.blanks, unchanged.messages) == (0, ())
    if layout == "days":
        emptied = [re.sub(",.*", "," * header.count(","), row) for row in rows]
    else:
        # What an entry has after its day, practice and unit.
        emptied = [re.sub(r"[0-9]*,(logged|rest),.*", ",,,", row) for row in rows]
    file = write_rows(tmp_path, *emptied, header=header)
    for dry_run in (True, False):
        report = import_file(diary, file, ImportOptions(prefer=prefer, dry_run=dry_run))
        assert (report.added, report.changed, report.unchanged, report.lost) == (0, 0, 0, 0)
        # A score, a rest day and three amounts, and five notes.
        sentence = "The file is empty in 10 places where your diary has something: that stays."
        assert sentence in summary_lines(report, dry_run=dry_run)
    assert everything(diary) == before


@pytest.mark.parametrize("layout", ["days", "entries"])
@pytest.mark.parametrize("stored", ["one\ntwo", "one\r\ntwo"])
def test_a_file_saved_with_the_line_ends_of_windows_brings_nothing_new(
    diary: Diary, tmp_path: Path, layout: Literal["days", "entries"], stored: str
) -> None:
    evening = Evening(ago(1), 6, stored, None)
    entry = Entry(ago(1), "hug", EntryState.LOGGED, 2, stored, None)
    diary.change("import", "old", lambda writer: writer.save_evenings([evening]))
    diary.change("import", "old", lambda writer: writer.save_entries([entry]))
    text = as_csv(diary, CsvOptions(layout=layout))
    path = tmp_path / "saved.csv"
    for line_end in ("\r\n", "\n", "\r"):
        plain = text.replace("\r\n", "\n")
        path.write_text(plain.replace("\n", line_end), encoding="utf-8", newline="")
        for prefer in ("newest", "file"):
            report = import_file(diary, path, ImportOptions(prefer=prefer))
            assert (report.added, report.changed, report.lost) == (0, 0, 0)
    notes = [entry.note for entry in entries(diary)], [evening.note for evening in evenings(diary)]
    assert notes == ([stored], [stored])


def test_a_new_practice_with_the_name_of_another_is_reported(diary: Diary, tmp_path: Path) -> None:
    path = write_rows(tmp_path, HUG.replace(",hug,", ",hugg,"))
    # A dry run says the same, so nothing in it may sound as if it were done.
    for dry_run in (True, False):
        report = import_file(diary, path, ImportOptions(dry_run=dry_run))
        assert report.messages == (
            "New in your list: Hug.",
            "Without a letter for now: Hug. Choose one in Practices.",
            "With this import, two practices are called Hug: hug and hugg. If that's a mistake, "
            "use hug in the file; if the import is done, undo it first.",
        )


def test_numbers_in_the_format_of_pandas_are_imported(diary: Diary, tmp_path: Path) -> None:
    rows = (CALM_ROW.replace(",7,", ",7.0,"), HUG.replace(",2,", ",2.0,"))
    assert counted(import_rows(diary, tmp_path, *rows)) == (2, 2, 0, 0, 0)
    assert (entries(diary)[0].amount, evenings(diary)[0].calm) == (2, 7)
    with pytest.raises(InputError, match=r'"2\.5" isn.t a whole number'):
        import_rows(diary, tmp_path, HUG.replace(",2,", ",2.5,"))


def test_numbers_with_a_decimal_comma_are_imported(diary: Diary, tmp_path: Path) -> None:
    header = DAY_COLUMNS.replace(",", ";")
    rows = [f"{A_DAY};Fri;7,0;;2,00;;;"]
    import_rows(diary, tmp_path, *rows, header=header)
    assert (entries(diary)[0].amount, evenings(diary)[0].calm) == (2, 7)
    for text in ("2,5", "2,000"):
        with pytest.raises(InputError, match=f'"{text}" isn.t a whole number'):
            import_rows(diary, tmp_path, rows[0].replace("2,00", text), header=header)


@pytest.mark.parametrize(
    ("header", "row"),
    [(DAY_COLUMNS, "{},Fri,,,2,,,"), ("day,kind,practice,amount", "{},practice,hug,2")],
)
def test_days_as_a_spreadsheet_writes_them_are_imported(
    tmp_path: Path, header: str, row: str
) -> None:
    days = [date(2026, 11, 4), date(2026, 11, 19), A_DAY]
    for number, written_as in enumerate(("%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y 00:00")):
        diary = create_diary(tmp_path / f"{number}.db")
        # The second day was added by hand, as text.
        texts = [days[0].strftime(written_as), str(days[1]), days[2].strftime(written_as)]
        import_rows(diary, tmp_path, *map(row.format, texts), header=header)
        assert [one.day for one in entries(diary)] == days


def test_an_unclear_order_of_day_and_month_can_be_chosen(diary: Diary, tmp_path: Path) -> None:
    path = write_rows(tmp_path, "11/4/2026,7", "11/5/2026,8", header="day,calm")
    with pytest.raises(UnclearDateError, match="Add --date-format DD/MM/YYYY or"):
        import_file(diary, path)
    import_file(diary, path, ImportOptions(choices=ImportChoices(date_format="MM/DD/YYYY")))
    assert [one.day for one in evenings(diary)] == [date(2026, 11, 4), date(2026, 11, 5)]


def test_days_with_only_calm_are_imported(diary: Diary, tmp_path: Path) -> None:
    report = import_rows(diary, tmp_path, "2026-11-20,7", header="day,calm")
    assert counted(report) == (1, 1, 0, 0, 0)
    assert evenings(diary) == [Evening(A_DAY, 7, "", None)]


def test_a_0_on_a_rated_evening_that_is_over_need_not_be_written(
    diary: Diary, tmp_path: Path
) -> None:
    rows = ("2026-11-20,Friday,7,,0.0,,0,not today", "2026-11-21,Saturday,,,0,,,")
    import_rows(diary, tmp_path, *rows, f"{TODAY},Tuesday,5,,0,,,", header=DAY_COLUMNS)
    assert [(e.day, e.practice_id, e.amount) for e in entries(diary)] == [
        (A_DAY, "laughter", None),
        (date(2026, 11, 21), "hug", 0),
        (TODAY, "hug", 0),
    ]
    assert practice(diary, "hug").added_on == A_DAY


def test_a_column_with_an_unknown_name_is_a_practice(diary: Diary, tmp_path: Path) -> None:
    diary.press("hug")
    header = "day,calm,Evening tea,Evening tea_note,morning-swim,lost_note"
    report = import_rows(diary, tmp_path, "2026-11-20,7,3,late,1,x", header=header)
    tea, swim = practice(diary, "evening-tea"), practice(diary, "morning-swim")
    assert (tea.name, tea.unit) == ("Evening tea", Unit.TIMES)
    assert (swim.name, swim.unit) == ("Morning swim", Unit.YES_NO)
    assert report.messages[0] == (
        'calmtrack doesn\'t know the column "lost_note", so it is left out.'
    )


def test_a_column_of_the_persons_own_with_fractions_is_left_out_and_reported(
    diary: Diary, tmp_path: Path
) -> None:
    header = "day,calm,calm_note,hug,hug_note,avg,sea,sea_note"
    report = import_rows(diary, tmp_path, "2026-11-20,7,,2,,5.5,1,", header=header)
    assert {entry.practice_id: entry.amount for entry in entries(diary)} == {"hug": 2, "sea": 1}
    assert report.messages[0] == (
        'The column "avg" is left out, because it isn\'t one of your practices and has cells like '
        '"5.5".'
    )
    for header in ("day,calm,calm_note,hug", "day,calm,calm_note,sea,sea_note"):
        cells = "2026-11-21,7,,5.5" + ",sunny" * header.count("sea_note")
        with pytest.raises(InputError, match=r'"5\.5" isn\'t a whole number'):
            import_rows(diary, tmp_path, cells, header=header)


def test_a_column_of_the_persons_own_is_named_and_can_be_left_out(
    diary: Diary, tmp_path: Path
) -> None:
    header = "day,calm,calm_note,hug,hug_note,sea,sea_note,Week no,Avg,empty"
    file = write_rows(tmp_path, "2026-11-20,7,,2,,1,,47,5.5,", header=header)
    preview = import_file(diary, file, ImportOptions(dry_run=True))
    assert preview.messages[-2] == (
        'The column "Week no" becomes a practice. If it isn\'t one, leave it out with --skip '
        "'Week no'."
    )
    report = import_file(diary, file)
    assert report.messages[-2] == (
        'The column "Week no" became a practice. If it isn\'t one, undo the import, and import '
        "the file again with --skip 'Week no'."
    )
    assert not [one for one in report.messages if '"sea"' in one or '"empty"' in one]
    assert report.messages[-2] in report.sentences(dry_run=False)
    assert [(one.name, one.target) for one in report.file_info.habits] == [("Week no", "week-no")]
    diary.undo()
    choices = ImportChoices(left_out=frozenset({"week no", "AVG"}))
    report = import_file(diary, file, ImportOptions(choices=choices))
    assert report.messages == (
        'The column "Week no" is left out, as you chose.',
        'The column "Avg" is left out, as you chose.',
        "New in your list: Sea.",
    )
    assert {entry.practice_id for entry in entries(diary)} == {"hug", "sea"}
    again = ImportChoices(left_out=frozenset({"week no", "avrg"}))
    with pytest.raises(InputError, match='Nothing in the file is called "avrg"'):
        import_file(diary, file, ImportOptions(choices=again))


def test_the_preview_begins_with_what_is_new_and_how_to_leave_it_out(
    diary: Diary, tmp_path: Path
) -> None:
    header = "day,calm,calm_note,hug,hug_note,sea,sea_note,Week no,joy,joy_note"
    file = write_rows(tmp_path, "2026-11-20,7,,2,,1,,47,1,", header=header)
    shown = import_file(diary, file, ImportOptions(dry_run=True)).sentences(dry_run=True)
    starts = ("Sea (new)", "Week no (new)", 'The column "Week no"', "Hug (already", "Moment of joy")
    assert [line[: len(start)] for line, start in zip(shown, starts, strict=False)] == [*starts]
    assert len(set(shown)) == len(shown)


def test_a_practice_of_a_days_export_can_be_left_out_with_its_rest_days(
    diary: Diary, tmp_path: Path
) -> None:
    diary.log("hug", ago(1))
    diary.press("laughter")
    diary.toggle_rest_day("hug")
    (tmp_path / "days.csv").write_bytes(as_csv(diary, CsvOptions(layout="days")).encode())
    other = create_diary(tmp_path / "other.db")
    options = ImportOptions(choices=ImportChoices(left_out=frozenset({"hug"})))
    report = import_file(other, tmp_path / "days.csv", options)
    assert report.messages == ('The column "hug" is left out, as you chose.',)
    assert [entry.practice_id for entry in entries(other)] == ["laughter"]


def test_a_table_that_begins_with_day_and_calm_is_read_as_one(
    diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    cases = {
        "day,calm,note": "2026-11-20,6,late one",
        "day,calm,hug": "2026-11-20,6,TRUE",
        "day,calm": "2026-11-20,6.4",
    }
    for header, row in cases.items():
        with subtests.test(header=header):
            choices = import_rows(diary, tmp_path, row, header=header)
            assert choices.left_out == 0
            assert [one.calm for one in evenings(diary)] == [6]
            diary.undo()
    import_rows(diary, tmp_path, "2026-11-20,6,2", header="day,calm,hug")
    import_rows(diary, tmp_path, "2026-11-21,6,late one", header="day,calm,note")
    assert [one.note for one in evenings(diary)] == ["", "late one"]
    assert [(one.practice_id, one.amount) for one in entries(diary)] == [("hug", 2)]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("day,calm,hug,,,,", "2026-11-20,7,1,,,a remark,"),
        ("day,kind,,practice,amount,,", "2026-11-20,practice,,hug,1,a remark,"),
        ("Date,Calm,,Hug,,,", "2026-11-20,7,,1,,a remark,"),
    ],
)
def test_columns_without_a_name_are_left_out_and_named_by_their_position(
    diary: Diary, tmp_path: Path, header: str, row: str
) -> None:
    report = import_rows(diary, tmp_path, row, header=header)
    assert [entry.practice_id for entry in entries(diary)] == ["hug"]
    assert [one for one in report.messages if "olumn" in one] == [
        "Column 6 has cells but no name in the first row, so it is left out."
    ]


def test_messages_about_a_row_name_its_line(diary: Diary, tmp_path: Path) -> None:
    rows = ("2026-11-20,,7,a\0,1,b\0,,", "2026-11-20,,6,,2,,,")
    report = import_rows(diary, tmp_path, *rows, header=DAY_COLUMNS)
    assert report.messages == (
        *["Line 2: the note has characters that aren't text. They're replaced by �."] * 2,
        "Line 2 and line 3 both have Calm on Friday 20 November 2026. The later one counts.",
        "Line 2 and line 3 both have Hug on Friday 20 November 2026. The later one counts.",
    )


def test_a_column_with_more_than_a_yes_in_it_is_counted_in_times(
    diary: Diary, tmp_path: Path
) -> None:
    import_rows(diary, tmp_path, "2026-11-20,7,2,1", header="day,calm,tea,swim")
    assert (practice(diary, "tea").unit, practice(diary, "swim").unit) == (Unit.TIMES, Unit.YES_NO)


def test_an_invalid_cell_is_reported_with_its_column_and_its_day(
    diary: Diary, tmp_path: Path
) -> None:
    expected = (
        'Line 2: "yes" isn\'t a whole number. It\'s in the column "hug", for Friday 20 November '
        "2026."
    )
    with pytest.raises(InputError, match=expected):
        import_rows(diary, tmp_path, "2026-11-20,Friday,,,yes,,,", header=DAY_COLUMNS)
    expected = 'It\'s in the column "calm", for Friday 20 November 2026. Nothing was imported.'
    with pytest.raises(InputError, match=expected):
        import_rows(diary, tmp_path, "2026-11-20,Friday,11,,,,,", header=DAY_COLUMNS)
    long = CALM_ROW.replace("soft", '"one\r\ntwo"')
    expected = (
        "Row 3 \\(line 4 of the file\\): \"two\" isn't a whole number. It's in the column "
        '"amount", for Friday 20 November 2026.'
    )
    with pytest.raises(InputError, match=expected):
        import_rows(diary, tmp_path, long, HUG.replace(",2,", ",two,"))


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (HEADER, "2026-11-20,practice,{id},,,{amount},,,"),
        ("day,calm,{id}", "2026-11-20,,{amount}"),
    ],
)
@pytest.mark.parametrize(
    ("practice_id", "amount", "problem"),
    [
        (
            "nature-walk",
            2000,
            "Nature walk: 2,000 minutes is more than the 24 hours of a day.",
        ),
        ("laughter", 3, "Laughter is a yes/no practice. Its amount is 1 or 0."),
    ],
)
def test_an_amount_that_cannot_be_logged_is_imported_and_reported_with_its_line(
    diary: Diary, tmp_path: Path, header: str, row: str, practice_id: str, amount: int, problem: str
) -> None:
    """1.0 stored such amounts, and what it exported has to come back in."""
    cells = {"id": practice_id, "amount": amount}
    report = import_rows(diary, tmp_path, row.format(**cells), header=header.format(**cells))
    sentence = f"Line 2: {problem} It's imported as it is. If it's wrong, correct that day."
    assert report.messages == (sentence,)
    assert [(one.practice_id, one.amount) for one in entries(diary)] == [(practice_id, amount)]


@pytest.mark.parametrize("is_begun", [False, True])
def test_a_practice_with_another_unit_comes_into_a_new_diary_without_a_warning(
    diary: Diary, tmp_path: Path, *, is_begun: bool
) -> None:
    if is_begun:
        diary.create()
    rows = (
        "2026-11-20,practice,laughter,Laughter,times,3,logged,,",
        "2026-11-20,practice,good-talk,Good talk,minutes,1:30,logged,,",
    )
    report = import_rows(diary, tmp_path, *rows)
    assert not [one for one in report.messages if one.startswith("Line")]
    found = {(one.practice_id, one.amount) for one in entries(diary)}
    assert found == {("laughter", 3), ("good-talk", 90)}
    units = {one.id: one.unit for one in diary.practices.all()}
    assert (units["laughter"], units["good-talk"]) == (Unit.TIMES, Unit.MINUTES)


def test_a_future_day_may_be_blank_or_rest(diary: Diary, tmp_path: Path) -> None:
    assert import_rows(diary, tmp_path, "2026-12-24,,,,rest,,,", header=DAY_COLUMNS).added == 1


def test_a_line_of_a_future_day_is_reported_once(diary: Diary, tmp_path: Path) -> None:
    report = import_rows(diary, tmp_path, "2026-12-18,Fri,8,,2,,1,", header=DAY_COLUMNS)
    assert (report.added, report.messages) == (
        3,
        (
            "Line 2: Friday 18 December 2026 is in the future. If the date is wrong, clear that "
            "day.",
        ),
    )


def test_the_streak_cache_is_right_after_an_import(diary: Diary, tmp_path: Path) -> None:
    rows = [f"{ago(n)},practice,laughter,Laughter,yes/no,1,logged,," for n in range(400)]
    import_rows(diary, tmp_path, *rows)
    assert diary.outdated_streak_caches() == []
    streaks = {view.practice.id: view.figures.streak for view in diary.streaks()}
    assert streaks["laughter"] == 400


def test_a_note_on_an_evening_that_was_cleared_is_the_diary_s(tmp_path: Path) -> None:
    diary = create_diary(tmp_path / "diary.db")
    diary.rate(7, A_DAY, note="soft")
    diary.clear(CALM_ID, A_DAY)
    assert import_rows(diary, tmp_path, CALM_ROW).lost == 1
    assert evenings(diary) == [Evening(A_DAY, None, "soft", None)]


def test_a_skipped_row_becomes_a_record_and_not_an_undo_step(diary: Diary, tmp_path: Path) -> None:
    diary.log("hug", A_DAY, amount=1, note="mine")
    diary.rate(3, A_DAY)
    before = everything(diary)
    for _ in range(2):
        report = import_rows(diary, tmp_path, CALM_ROW, HUG)
        assert (report.changed, report.lost) == (0, 2)
        assert everything(diary) == before
    evening, entry = diary.conflict_records()
    assert (entry.row.amount, entry.row.note) == (2, "Anna")
    assert (evening.row.calm, evening.row.note) == (7, "soft")
    diary.undo()
    assert evenings(diary) == []
    assert [(e.amount, e.note) for e in entries(diary)] == [(1, "mine")]


def test_the_diary_s_row_that_a_newer_one_replaced_becomes_a_record(
    diary: Diary, tmp_path: Path
) -> None:
    diary.log("hug", A_DAY, amount=1, note="mine")
    diary.rate(3, A_DAY)
    report = import_file(diary, write_rows(tmp_path, CALM_ROW, HUG), ImportOptions(prefer="file"))
    assert (report.changed, report.lost) == (2, 0)
    evening, entry = diary.conflict_records()
    assert (entry.row.amount, entry.row.note) == (1, "mine")
    assert (evening.row.calm, evening.row.note) == (3, "")
    diary.bring_back(entry.number)
    assert [(e.amount, e.note) for e in entries(diary)] == [(1, "mine")]
    assert diary.conflict_records()[0].kind == "evening"


def test_undo_never_imports_a_row_that_was_skipped(diary: Diary, tmp_path: Path) -> None:
    diary.log("hug", A_DAY, amount=5, note="mine, newer")
    assert import_rows(diary, tmp_path, HUG).lost == 1
    diary.undo()
    assert entries(diary) == []
    diary.redo()
    assert [(e.amount, e.note) for e in entries(diary)] == [(5, "mine, newer")]


def test_messages_about_rows_are_in_the_order_of_the_file(diary: Diary, tmp_path: Path) -> None:
    """Thirty days, the newest first, each with another score and another number of hugs."""
    for number in range(1, 31):
        diary.rate(3, ago(number))
        diary.log("hug", ago(number), amount=1)
    rows = [f"{ago(number)},5,2" for number in range(1, 31)]
    report = import_rows(diary, tmp_path, *rows, header="day,calm,hug")
    *sentences, rest = report.messages
    lines = [int(one.split(":")[0].removeprefix("Line ")) for one in sentences]
    assert lines == sorted([*range(2, 12)] * 2)
    assert rest == "… and 40 more like these."


def test_rows_whose_cells_were_emptied_change_nothing_and_are_reported(
    diary: Diary, tmp_path: Path
) -> None:
    import_rows(diary, tmp_path, CALM_ROW, HUG)
    before = everything(diary)
    emptied = (
        "2026-11-20,practice,hug,Hug,times,,logged,,",
        "2026-11-20,calm,,,0-10,,logged,,",
    )
    report = import_rows(diary, tmp_path, *emptied)
    assert everything(diary) == before
    assert report.messages == (
        "Line 2: this row has no amount and no note, so it changes nothing.",
        "Line 3: this row has no amount and no note, so it changes nothing.",
    )


def test_noes_that_follow_from_a_score_added_to_the_days_layout_are_counted(
    diary: Diary, tmp_path: Path
) -> None:
    """Someone fills in a forgotten evening in a spreadsheet."""
    forgotten = ago(4)
    diary.log("hug", ago(9))
    diary.log("laughter", ago(9))
    header, *rows = as_csv(diary, CsvOptions(layout="days")).split("\r\n")[:-1]
    columns = header.split(",")
    cells = dict.fromkeys(columns, "") | {
        "day": forgotten.isoformat(),
        "calm": "6",
        "laughter": "1",
    }
    noes = (
        "Rated evenings count as not done where nothing is logged (number of evenings in "
        "brackets): Hug (1)."
    )
    file = write_rows(tmp_path, *rows, ",".join(cells.values()), header=header)
    assert import_file(diary, file, ImportOptions(dry_run=True)).messages == (
        noes,
        'For evenings you rated late, write "yes" in the column rated_late.',
    )
    assert diary.day(forgotten).calm is None
    late = tmp_path / "late"
    late.mkdir()
    row = ",".join((cells | {"rated_late": "yes"}).values())
    other = write_rows(late, *rows, row, header=header)
    assert noes not in import_file(diary, other, ImportOptions(dry_run=True)).messages
    in_time = ",".join((cells | {"rated_late": "No"}).values())
    other = write_rows(late, *rows, in_time, header=header)
    assert noes in import_file(diary, other, ImportOptions(dry_run=True)).messages
    assert noes in import_file(diary, file).messages
    states = {one.practice.id: one.state for one in diary.day(forgotten).practices}
    assert [one for one, state in states.items() if state is State.NO] == ["hug"]
    # Nothing new follows from a score that the diary has.
    assert noes not in import_file(diary, file).messages


def test_a_yes_for_a_late_rating_does_not_win_over_the_score_of_that_evening(
    diary: Diary, tmp_path: Path
) -> None:
    """The day has a stored moment, of which the person has typed nothing."""
    header = "day,calm,rated_late"
    import_rows(diary, tmp_path, CALM_ROW)
    new = f"{ago(3)},6,yes"
    report = import_rows(diary, tmp_path, "2026-11-20,4,yes", new, header=header)
    assert (report.added, report.changed, report.lost) == (1, 0, 1)
    assert report.messages == (
        'Line 2: Calm on Friday 20 November 2026: 4 (rated late) in the file, but 7 "soft" in your '
        "diary. The file doesn't say when that was logged, so your diary stays as it is.",
    )
    # Nor does it win in the next import of what is now in the diary.
    other = create_diary(tmp_path / "other.db")
    import_rows(other, tmp_path, CALM_ROW.replace("2026-11-20", f"{ago(3)}"))
    exported = as_csv(diary, CsvOptions(layout="days")).splitlines()
    assert import_rows(other, tmp_path, *exported[1:], header=exported[0]).changed == 0


def test_noes_that_follow_from_a_score_added_to_the_layout_of_entries_are_counted(
    diary: Diary, tmp_path: Path
) -> None:
    for practice_id in ("hug", "laughter"):
        diary.log(practice_id, ago(9))
    diary.rate(7, ago(5))
    header, *rows = as_csv(diary).split("\r\n")[:-1]
    added = f"{ago(4)},calm,,,,6,,,"
    report = import_file(diary, write_rows(tmp_path, *rows, added, header=header))
    assert report.messages == (
        "Rated evenings count as not done where nothing is logged (number of evenings in "
        "brackets): Hug (1), Laughter (1).",
        "For evenings you rated late, write when in the column logged_at, like "
        "2026-11-24T20:15:03Z.",
    )
    states = {one.practice.id: one.state for one in diary.day(ago(4)).practices}
    assert [one for one, state in states.items() if state is State.NO] == ["hug", "laughter"]
    # On a new machine the same noes follow, as they did before.
    other = create_diary(tmp_path / "other.db")
    assert import_file(other, write_rows(tmp_path, *as_csv(diary).splitlines()[1:])).messages == ()


def test_rated_evenings_after_an_earlier_first_day_in_the_layout_of_entries_are_counted(
    diary: Diary, tmp_path: Path
) -> None:
    diary.log("hug", ago(9))
    import_rows(diary, tmp_path, f"{ago(5)},calm,,,,7,,,{ago(5)}T20:00:00Z")
    earlier = f"{ago(8)},practice,laughter,Laughter,yes/no,1,logged,,{ago(8)}T20:00:00Z"
    exported = as_csv(diary).splitlines()[1:]
    report = import_file(diary, write_rows(tmp_path, earlier))
    assert report.messages == (
        "Rated evenings count as not done where nothing is logged (number of evenings in "
        "brackets): Laughter (1).",
    )
    states = {one.practice.id: one.state for one in diary.day(ago(5)).practices}
    assert states["laughter"] is State.NO
    # So it does when the whole export with that evening comes back.
    diary.undo()
    again = import_file(diary, write_rows(tmp_path, earlier, *exported))
    assert again.messages == report.messages


def test_an_emptied_score_in_an_export_makes_no_noes_of_what_was_blank(
    diary: Diary, tmp_path: Path
) -> None:
    yesterday = ago(1)
    diary.log("laughter", ago(5))
    diary.rate(6, yesterday)
    diary.log("hug", yesterday)
    path = tmp_path / "days.csv"
    exported = as_csv(diary, CsvOptions(layout="days"))
    path.write_text(exported.replace("Monday,6,", "Monday,,"), "utf-8")
    report = import_file(diary, path)
    assert (report.added, report.changed) == (0, 0)
    assert {one.practice_id for one in entries(diary) if one.day == yesterday} == {"hug"}
    # A no of an evening that the diary has no score of was typed.
    diary.clear("calm", yesterday)
    assert import_file(diary, path).added == 1


def test_an_emptied_note_of_a_no_is_named_as_any_other(diary: Diary, tmp_path: Path) -> None:
    yesterday = ago(1)
    diary.log("laughter", ago(5))
    diary.rate(6, yesterday)
    diary.write_note("laughter", "nothing was funny", yesterday)
    path = tmp_path / "days.csv"
    exported = as_csv(diary, CsvOptions(layout="days"))
    path.write_text(exported.replace("nothing was funny", ""), "utf-8")
    report = import_file(diary, path)
    assert (report.added, report.changed) == (0, 0)
    assert report.blanks == 1
