"""The CSV export holds every entry exactly, and runs no formula in a spreadsheet."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest

from tests.importers.factories import HEADER, TODAY, ago, as_csv, csv_rows, open_diary
from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError, InputError
from tracker.exporters.csv_export import CsvOptions, export_csv, write_csv
from tracker.files import atomic_text_file
from tracker.models import CALM_ID, Evening

AT = "2026-11-24T20:30:00Z"

DAYS = CsvOptions(layout="days")


def test_without_a_diary_there_is_a_header_and_none_is_created(missing_diary: Diary) -> None:
    assert as_csv(missing_diary) == HEADER + "\r\n"
    assert not missing_diary.store.exists()


def test_a_day_has_a_row_for_each_entry_with_calm_first(diary: Diary) -> None:
    diary.log("nature-walk", amount=25)
    diary.log("hug", amount=2, note="Anna")
    diary.rate(7, note="soft rain")
    assert csv_rows(diary) == [
        f"2026-11-24,calm,,,0-10,7,logged,soft rain,{AT}",
        f"2026-11-24,practice,hug,Hug,times,2,logged,Anna,{AT}",
        f"2026-11-24,practice,nature-walk,Nature walk,minutes,25,logged,,{AT}",
    ]


def test_days_are_sorted(diary: Diary) -> None:
    diary.press("hug", ago(1))
    diary.rate(5, ago(3))
    diary.press("laughter", ago(5))
    diary.rate(6)
    assert [line[:10] for line in csv_rows(diary)] == [
        *("2026-11-19", "2026-11-21", "2026-11-23", "2026-11-24"),
    ]


def test_a_note_without_a_score_or_an_amount_has_an_empty_amount(diary: Diary) -> None:
    diary.write_note(CALM_ID, "a long day")
    diary.write_note("hug", "none, but a good letter")
    assert csv_rows(diary) == [
        "2026-11-24,calm,,,0-10,,logged,a long day,",
        '2026-11-24,practice,hug,Hug,times,,logged,"none, but a good letter",',
    ]


def test_an_explicit_no_is_0_and_a_rest_day_keeps_its_amount_beside_it(diary: Diary) -> None:
    diary.log("hug", amount=0)
    diary.log("laughter", amount=1)
    diary.toggle_rest_day("laughter")
    assert [line.split(",")[5:7] for line in csv_rows(diary)] == [["0", "logged"], ["1", "rest"]]


def test_cleared_entries_are_left_out(diary: Diary) -> None:
    diary.press("hug")
    diary.clear("hug")
    assert csv_rows(diary) == []


def test_only_the_requested_days_are_written(diary: Diary) -> None:
    for days in range(6):
        diary.press("hug", ago(days))
        diary.rate(5, ago(days))
    options = CsvOptions(first=ago(3), last=ago(2))
    assert sorted({line[:10] for line in csv_rows(diary, options)}) == ["2026-11-21", "2026-11-22"]


@pytest.mark.parametrize(
    "note", ["=1+1", "+49 170", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "'=1", "''@x"]
)
def test_a_note_that_a_spreadsheet_could_run_gets_an_apostrophe(diary: Diary, note: str) -> None:
    diary.log("hug", note=note)
    assert f"'{note}" in as_csv(diary)


@pytest.mark.parametrize("note", ["'quoted'", "a=b", " =1", "'", "don't", "“=1”"])
def test_other_notes_are_written_as_they_are(diary: Diary, note: str) -> None:
    diary.log("hug", note=note)
    assert f"logged,{note},2026" in as_csv(diary)


def test_a_name_is_escaped_like_notes(diary: Diary) -> None:
    one = diary.practices.add("=Tea")
    diary.press(one.id)
    assert csv_rows(diary) == [f"2026-11-24,practice,tea,'=Tea,yes/no,1,logged,,{AT}"]


def test_raw_writes_text_as_typed_and_says_so_in_the_header(diary: Diary) -> None:
    diary.log("hug", note="=1+1")
    text = as_csv(diary, CsvOptions(raw=True))
    assert text.startswith("day,kind,practice,name (raw),unit,amount,state,note (raw),logged_at")
    assert ",=1+1," in text


def test_excel_gets_a_byte_order_mark_and_everything_quoted(diary: Diary) -> None:
    diary.log("hug", note="ä")
    text = as_csv(diary, CsvOptions(excel=True))
    assert text.startswith('\ufeff"day","kind"')
    assert text.endswith(f'"Hug","times","1","logged","ä","{AT}"\r\n')


@pytest.mark.usefixtures("german")
def test_excel_in_german_gets_semicolons_unless_another_is_named(diary: Diary) -> None:
    assert as_csv(diary, CsvOptions(excel=True)).startswith('\ufeff"day";"kind"')
    assert as_csv(diary, CsvOptions(excel=True, delimiter=",")).startswith('\ufeff"day","kind"')
    assert as_csv(diary).startswith("day,kind")


@pytest.mark.parametrize(
    ("locale", "delimiter"),
    [
        ({"LC_NUMERIC": "de_DE.UTF-8"}, ";"),
        ({"LC_NUMERIC": "es_ES"}, ";"),
        ({"LC_ALL": "en_US.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"}, ","),
        ({"LC_ALL": "C.UTF-8"}, ","),
        ({"LANG": "pl_PL.UTF-8"}, ";"),
        ({"LANG": "fr_CA.UTF-8", "LC_NUMERIC": "en_CA.UTF-8"}, ","),
        ({"LC_ALL": "ja_JP.UTF-8"}, ","),
    ],
)
def test_the_locale_of_numbers_decides_what_excel_gets(
    diary: Diary, monkeypatch: pytest.MonkeyPatch, locale: dict[str, str], delimiter: str
) -> None:
    for name in ("LC_ALL", "LC_NUMERIC", "LANG"):
        monkeypatch.setenv(name, locale.get(name, ""))
    assert as_csv(diary, CsvOptions(excel=True)).startswith(f'\ufeff"day"{delimiter}"kind"')


def test_an_export_without_notes_has_every_amount_and_score(diary: Diary) -> None:
    diary.rate(6, note="so tired")
    diary.log("hug", note="with Anna")
    diary.write_note("laughter", "nothing funny today")
    diary.rest(("joy",), TODAY, TODAY, note="a cold")
    assert as_csv(diary, CsvOptions(no_notes=True)).splitlines()[1:] == [
        f"{TODAY},calm,,,0-10,6,logged,,{AT}",
        f"{TODAY},practice,hug,Hug,times,1,logged,,{AT}",
        f"{TODAY},practice,joy,Moment of joy,yes/no,,rest,,{AT}",
    ]
    header, row = as_csv(diary, CsvOptions(layout="days", no_notes=True)).splitlines()
    assert header.startswith("day,weekday,calm,hug,laughter,")
    assert row.startswith(f"{TODAY},Tuesday,6,1,,")
    assert "note" not in header


def test_the_delimiter_can_be_a_semicolon_or_a_tab(diary: Diary) -> None:
    diary.press("hug")
    assert "hug;Hug;times" in as_csv(diary, CsvOptions(delimiter=";"))
    assert "hug\tHug\ttimes" in as_csv(diary, CsvOptions(delimiter="\t"))


@pytest.mark.parametrize("delimiter", ["|", "", ",,", '"', "\n", "a"])
def test_a_delimiter_that_an_import_could_not_detect_is_rejected(
    diary: Diary, delimiter: str
) -> None:
    with pytest.raises(InputError, match="comma, a semicolon or a tab"):
        as_csv(diary, CsvOptions(delimiter=delimiter))


def test_an_invalid_delimiter_is_reported(diary: Diary) -> None:
    with pytest.raises(InputError, match=r"not by \"\|\"\.$"):
        as_csv(diary, CsvOptions(delimiter="|"))


# The layout with one row for each day


def test_days_have_a_column_and_a_note_for_each_practice(missing_diary: Diary) -> None:
    missing_diary.create(("hug", "laughter"))
    missing_diary.log("hug", ago(1), amount=2, note="Anna")
    missing_diary.rate(7, note="soft")
    assert as_csv(missing_diary, DAYS).split("\r\n")[:3] == [
        "day,weekday,calm,calm_note,hug,hug_note,laughter,laughter_note,rest_days,rated_late",
        "2026-11-23,Monday,,,2,Anna,,,,",
        "2026-11-24,Tuesday,7,soft,,,,,,",
    ]


def a_year_old(tmp_path: Path) -> Diary:
    open_diary(tmp_path / "old.db", "2025-11-24T21:30:00+01:00").create(("hug", "laughter"))
    return open_diary(tmp_path / "old.db")


def test_a_past_rated_evening_has_0_for_practices_that_were_not_logged(tmp_path: Path) -> None:
    diary = a_year_old(tmp_path)
    diary.press("hug", ago(1))
    diary.rate(7, ago(1))
    diary.rate(7)
    assert csv_rows(diary, DAYS) == ["2026-11-23,Monday,7,,1,,0,,,", "2026-11-24,Tuesday,7,,,,,,,"]


def test_an_evening_rated_late_has_blank_cells_instead_of_0_and_its_time(tmp_path: Path) -> None:
    diary = a_year_old(tmp_path)
    diary.rate(7, ago(20))
    assert csv_rows(diary, DAYS) == ["2026-11-04,Wednesday,7,,,,,,,2026-11-24T20:30:00Z"]


def test_a_practice_logged_before_it_was_added_was_in_the_list_from_then_on(
    missing_diary: Diary,
) -> None:
    missing_diary.create(("hug", "laughter"))
    missing_diary.press("hug", ago(3))
    missing_diary.rate(7, ago(1))
    assert [line for line in csv_rows(missing_diary, DAYS) if line.startswith("2026-11-23")] == [
        "2026-11-23,Monday,7,,0,,,,,"
    ]


def test_a_note_alone_is_0_where_the_evening_makes_it_a_no_and_blank_elsewhere(
    tmp_path: Path,
) -> None:
    diary = a_year_old(tmp_path)
    for back in (0, 1, 2, 20):
        diary.write_note("hug", "a letter", ago(back))
        if back != 2:
            diary.rate(7, ago(back))
    late = "2026-11-24T20:30:00Z"
    assert [row for row in csv_rows(diary, DAYS) if "a letter" in row] == [
        f"2026-11-04,Wednesday,7,,,a letter,,,,{late}",
        "2026-11-22,Sunday,,,,a letter,,,,",
        "2026-11-23,Monday,7,,0,a letter,0,,,",
        "2026-11-24,Tuesday,7,,,a letter,,,,",
    ]


def test_a_day_before_a_practice_was_in_the_list_is_blank(tmp_path: Path) -> None:
    diary = a_year_old(tmp_path)
    early = date(2025, 1, 1)
    rated = Evening(early, 5, "", None)
    diary.change("import", "calm", lambda writer: writer.save_evenings([rated]) and None)
    assert csv_rows(diary, DAYS) == ["2025-01-01,Wednesday,5,,,,,,,"]


def test_an_explicit_no_is_0_and_a_rest_day_is_named_in_its_column(tmp_path: Path) -> None:
    diary = a_year_old(tmp_path)
    diary.log("hug", amount=0)
    diary.log("laughter", amount=1)
    diary.toggle_rest_day("laughter")
    assert csv_rows(diary, DAYS) == ["2026-11-24,Tuesday,,,0,,,,laughter,"]


def test_empty_days_between_others_have_a_row(tmp_path: Path) -> None:
    diary = a_year_old(tmp_path)
    diary.press("hug", ago(3))
    diary.press("hug")
    assert csv_rows(diary, DAYS) == [
        "2026-11-21,Saturday,,,1,,,,,",
        "2026-11-22,Sunday,,,,,,,,",
        "2026-11-23,Monday,,,,,,,,",
        "2026-11-24,Tuesday,,,1,,,,,",
    ]


def test_days_after_today_have_a_row_only_if_they_are_planned(tmp_path: Path) -> None:
    diary = a_year_old(tmp_path)
    diary.press("hug", ago(1))
    diary.rest(("laughter",), ago(-5), ago(-6))
    days = [ago(n).isoformat() for n in (1, 0, -5, -6)]
    assert [row[:10] for row in csv_rows(diary, DAYS)] == days
    asked = CsvOptions(layout="days", first=ago(1), last=ago(-30))
    assert [row[:10] for row in csv_rows(diary, asked)] == days
    asked = CsvOptions(layout="days", first=ago(-1), last=ago(-30))
    assert [row[:10] for row in csv_rows(diary, asked)] == days[2:]


def test_every_requested_day_has_a_row(tmp_path: Path) -> None:
    diary = a_year_old(tmp_path)
    diary.press("hug", ago(3))
    asked = CsvOptions(layout="days", first=ago(5), last=ago(1))
    rows = csv_rows(diary, asked)
    assert [row[:10] for row in rows] == [ago(n).isoformat() for n in (5, 4, 3, 2, 1)]


def test_the_days_layout_escapes_notes_and_names_raw_columns(tmp_path: Path) -> None:
    diary = a_year_old(tmp_path)
    diary.log("hug", note="=1")
    diary.write_note(CALM_ID, "@x")
    assert csv_rows(diary, DAYS) == ["2026-11-24,Tuesday,,'@x,1,'=1,,,,"]
    raw = as_csv(diary, CsvOptions(layout="days", raw=True))
    assert "calm,calm_note (raw),hug,hug_note (raw)" in raw
    assert ",@x,1,=1," in raw


# Files


def test_a_file_is_private_complete_and_without_leftovers(diary: Diary, tmp_path: Path) -> None:
    diary.press("hug")
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "my diary.csv"
    assert export_csv(diary, path, CsvOptions()) == 1
    assert path.read_bytes().decode("utf-8") == as_csv(diary)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(folder.iterdir()) == [path]


def test_an_existing_file_is_not_overwritten(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine")
    with pytest.raises(InputError, match="already exists"):
        export_csv(diary, path, CsvOptions())
    assert path.read_text() == "mine"


def test_a_file_that_appears_meanwhile_is_not_overwritten(diary: Diary, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "out.csv"

    def write_concurrently() -> None:
        with atomic_text_file(path) as out:
            write_csv(diary, out, CsvOptions())
            path.write_text("theirs")

    with pytest.raises(InputError, match=r"out\.csv.* already exists"):
        write_concurrently()
    assert [(p, p.read_text()) for p in folder.iterdir()] == [(path, "theirs")]


def test_with_force_it_is_overwritten(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine")
    export_csv(diary, path, CsvOptions(), force=True)
    assert path.read_text().startswith("day,kind")


def test_a_failed_export_leaves_the_old_file_and_nothing_else(diary: Diary, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "out.csv"
    path.write_text("mine")
    with pytest.raises(InputError):
        export_csv(diary, path, CsvOptions(delimiter="|"), force=True)
    assert [(p, p.read_text()) for p in folder.iterdir()] == [(path, "mine")]


def test_a_missing_folder_is_reported_in_one_sentence(diary: Diary, tmp_path: Path) -> None:
    with pytest.raises(CalmtrackError, match="Couldn't write") as raised:
        export_csv(diary, tmp_path / "no" / "out.csv", CsvOptions())
    assert "\n" not in str(raised.value)


def test_a_folder_at_the_path_of_the_file_is_reported(diary: Diary, tmp_path: Path) -> None:
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(CalmtrackError, match="Couldn't write"):
        export_csv(diary, tmp_path / "out.csv", CsvOptions(), force=True)


def test_the_rows_are_counted_without_the_header(diary: Diary, tmp_path: Path) -> None:
    with (tmp_path / "out.csv").open("w", newline="") as out:
        assert write_csv(diary, out, CsvOptions()) == 0
        diary.press("hug")
        diary.rate(3, note="two\nlines")
        assert write_csv(diary, out, CsvOptions()) == 2
        assert write_csv(diary, out, CsvOptions(layout="days", first=ago(1), last=TODAY)) == 2


def test_a_renamed_practice_has_its_present_name_everywhere(diary: Diary) -> None:
    diary.press("hug", ago(1))
    diary.practices.edit("hug", name="Cuddle")
    diary.press("hug")
    assert [line.split(",")[3] for line in csv_rows(diary)] == ["Cuddle", "Cuddle"]
