"""Broken files of other trackers: one sentence each, and the diary as it was."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from operator import methodcaller
from pathlib import Path

import pytest

from tests.importers.factories import everything, open_diary
from tests.importers.small_files import BY_HAND
from tests.importers.test_other_trackers import SAMPLES, sample
from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError, InputError
from tracker.importers.import_file import ImportOptions, import_file
from tracker.importers.import_report import summary_lines

LOOP_TABLE = (
    "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,"
    "Unit,Target Type,Target Value,Archived?\n"
)
DAYLIO = "full_date,date,weekday,time,mood,activities,note_title,note\n"


@pytest.fixture
def diary(missing_diary: Diary) -> Diary:
    """A diary that doesn't exist: a rejected file must not create it."""
    return missing_diary


def error_of(diary: Diary, path: Path) -> str:
    """Asserts that the import fails, and returns the one-sentence message."""
    with pytest.raises(InputError) as raised:
        import_file(diary, path)
    sentence = str(raised.value)
    assert "\n" not in sentence
    assert "Nothing was imported." in sentence
    assert not diary.store.exists()
    return sentence


def write_text(folder: Path, text: str, name: str = "file") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def write_zip(folder: Path, files: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "loop.zip"
    with zipfile.ZipFile(path, "w", method) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return path


def a_habit(number: int = 1, name: str = "Run", times: str = "1,1", kind: str = "YES_NO") -> str:
    return f"{number:03},{name},{kind},,,{times},#1976D2,,,,false\n"


LOG = "2025-01-01 : Run : y : good : 1\n"

TEXTS: dict[str, tuple[str, str]] = {
    "a day that is none": (
        DAYLIO + "2021-02-30,,,10:00,good,,,\n",
        'Line 2: The date "2021-02-30" doesn\'t exist',
    ),
    "mixed dates": (
        DAYLIO + "2021-02-03,,,10:00,good,,,\n04/02/2021,,,10:00,good,,,\n",
        'Line 3: I don\'t recognise the date "04/02/2021"',
    ),
    "two columns of one name": (DAYLIO.replace("note_title", "note"), "Two columns are called "),
    "a quote that never ends": (DAYLIO + '2021-02-03,,,10:00,good,"', "quotation marks"),
    "cells too few": (DAYLIO + "2021-02-03,,,\n", "Line 2 has 4 cells"),
    "a date in another language": (
        "year,date,weekday,time,mood,activities,note\n2017,3. März,Fr,9:14,good,,\n",
        'Line 2: I don\'t recognise the date "3. März". It has to be in English',
    ),
    "a month of 32 days": (
        "year,date,weekday,time,mood,activities,note\n2017,March 32,Fr,9:14,good,,\n",
        'Line 2: The date "March 32 2017" doesn\'t exist.',
    ),
    "a log of another kind in between": (
        LOG * 5 + "2025-01-01;Run;y\n",
        "Line 6: I can't read this line of the habit log",
    ),
    "a log with a month of none": (
        LOG * 3 + LOG.replace("-01-01", "-13-01"),
        'Line 4: The date "2025-13-01" doesn\'t exist',
    ),
    "an amount that is none": (LOG * 3 + LOG.replace(": 1\n", ": many\n"), 'Line 4: "many"'),
    "a streak on no day": (
        "task_id,title,entry_type,entry_date\n1,Run,completed_manually,2026\n",
        'Line 2: I don\'t recognise the date "2026"',
    ),
    "a streak of no kind": (
        "task_id,title,entry_type,entry_date\n1,Run,dreamt,20260101\n",
        'Line 2: I don\'t recognise the mark "dreamt"',
    ),
    "a list of nothing known": ('[{"title": "x"}]', "can't tell which tracker"),
    "records without a day": (
        '{"habits": [{"name": "x", "records": [{"done": true}]}]}',
        'Item 1 of "habits":',
    ),
    "records that are none": (
        '{"habits": [{"name": "x", "records": [7]}]}',
        "must be a JSON object",
    ),
    "a habit that is cut off": (
        '{"habits": [{"name": "x", "records": [',
        "Line 1: this isn't valid JSON",
    ),
    "a frequency of nonsense": (
        '{"habits": [{"name": "x", "freq_type": 3, "freq_custom": "[1,0]", "records": []}]}',
        'x is planned: "[1,0]"',
    ),
    "a day far away": (
        '{"habits": [{"name": "x", "freq_type": 1, "records": [{"record_date": 9999999}]}]}',
        "9999999 is too large",
    ),
    "a long date in another language": (
        f"year,date,weekday,time,mood,activities,note\n2017,{'März' * 15},Fr,9:14,good,,\n",
        f'Line 2: I don\'t recognise the date "{"März" * 10}". It has to be in English',
    ),
    "a long frequency": (
        json.dumps({"habits": [{"name": "x", "freq_type": 3, "freq_custom": "often" * 10}]}),
        f'x is planned: "{"often" * 8}"',
    ),
    "a bit that is none": (
        '[{"name": "x", "type": "Bit", "stats": {"2026-01-01": "maybe"}}]',
        'I don\'t recognise the mark "maybe"',
    ),
    "a mark of nonsense": (
        '[{"name": "x", "type": "Count", "stats": {"2026-01-01": "two"}, "goal": 1}]',
        "must be a whole number",
    ),
}


def test_a_broken_text_is_reported_in_one_sentence(
    diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for name, (text, message) in TEXTS.items():
        with subtests.test(name):
            assert message in error_of(diary, write_text(tmp_path, text))


@pytest.mark.parametrize("name", [name for name in BY_HAND if not (SAMPLES / name).is_dir()])
def test_a_file_cut_off_anywhere_ends_in_a_sentence_or_a_report(
    tmp_path: Path, name: str, subtests: pytest.Subtests
) -> None:
    whole = sample(name).read_bytes()
    path = tmp_path / Path(name).name
    for share in (0.0, 0.1, 0.35, 0.6, 0.85, 0.97):
        with subtests.test(share=share):
            diary = open_diary(tmp_path / f"{share}.db")
            path.write_bytes(whole[: int(len(whole) * share)])
            message, read = "", 0
            try:
                read = import_file(diary, path).read
            except CalmtrackError as trouble:
                message = str(trouble)
            assert "\n" not in message
            assert read <= BY_HAND[name].read
            if message:
                assert everything(diary)[1:] == ([], [])


def test_another_encoding_is_reported_with_its_line(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "daylio.csv"
    path.write_bytes((DAYLIO + "2021-02-03,,,10:00,good,,,schön\n").encode("latin-1"))
    assert error_of(diary, path).startswith(f"Line 2 of {path} isn't UTF-8 text")
    half = "day,calm\n2021-02-03,8\n".encode("utf-16")[:-1]
    path.write_bytes(half)
    assert error_of(diary, path).startswith(f"Line 1 of {path} isn't UTF-8 text")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_selects_the_encoding(
    diary: Diary, tmp_path: Path, encoding: str, subtests: pytest.Subtests
) -> None:
    csv_text = 'day,calm,calm_note\r\n2021-02-03,8,"schön,\r\n😀"\r\n'
    path = tmp_path / "list.json"
    path.write_bytes('\ufeff[{"title": "Läufe"}]'.encode(encoding))
    assert "can't tell which tracker" in error_of(diary, path)
    files = {
        "excel.txt": csv_text.replace(",", "\t"),
        "before.csv": f"\r\nsep=,\r\n{csv_text}",
        "quoted.csv": f'"SEP=;"\n{csv_text.replace(",", ";")}',
    }
    for name, text in files.items():
        with subtests.test(name):
            path = tmp_path / name
            path.write_bytes(f"\ufeff{text}".encode(encoding))
            import_file(diary, path)
            (evening,) = everything(diary)[2]
            assert (str(evening.day), evening.calm) == ("2021-02-03", 8)
            assert evening.note.startswith("schön")
            assert evening.note.endswith("😀")
            diary.undo()


def test_lines_before_the_header_are_counted(diary: Diary, tmp_path: Path) -> None:
    text = "\n\nsep=,\nday,calm\n2021-02-03,8\n2021-02-04,eight\n"
    assert error_of(diary, write_text(tmp_path, text)).startswith('Line 6: "eight" isn\'t a')
    text = '\nday,calm\n2021-02-03,8\n2021-02-04,"8\n'
    assert error_of(diary, write_text(tmp_path, text)).startswith("Line 4: the quotation marks")
    text = "\nday,calm\n2021-02-03,8,9\n"
    assert error_of(diary, write_text(tmp_path, text)).startswith("Line 3 has 3 cells")


def test_another_encoding_within_a_zip_names_the_file(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "loop.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("Habits.csv", (LOOP_TABLE + a_habit(name="Läufe")).encode("latin-1"))
    assert error_of(diary, path).startswith("Habits.csv: Line 2 of Habits.csv ")


def test_a_path_outside_of_the_zip_is_rejected(
    diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    cases: list[str] = [
        "../Habits.csv",
        "/etc/Habits.csv",
        "a/../../Habits.csv",
        "..\\Habits.csv",
        "C:/x.csv",
    ]
    for name in cases:
        with subtests.test(name=name):
            path = write_zip(tmp_path, {name: LOOP_TABLE})
            assert "contains an unsafe path" in error_of(diary, path)


def test_a_zip_bomb_is_rejected(diary: Diary, tmp_path: Path) -> None:
    path = write_zip(tmp_path, {"Habits.csv": LOOP_TABLE, "001 a/Checkmarks.csv": "0" * 30_000_000})
    assert path.stat().st_size < 100_000
    assert "far larger than" in error_of(diary, path)


def test_a_zip_with_a_damaged_file_is_rejected(diary: Diary, tmp_path: Path) -> None:
    path = write_zip(tmp_path, {"Habits.csv": LOOP_TABLE + a_habit()}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"Run", b"Ran"))
    assert "zip is damaged" in error_of(diary, path)


def test_a_zip_of_another_program_matches_no_tracker(diary: Diary, tmp_path: Path) -> None:
    for name in ("a.txt", "."):
        assert "can't tell which tracker" in error_of(diary, write_zip(tmp_path, {name: "x"}))
        with pytest.raises(InputError, match="doesn't look like an export of Loop"):
            import_file(diary, tmp_path / "loop.zip", ImportOptions(source="loop"))


def test_a_database_of_another_program_matches_no_tracker(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE photos (id)")
    assert "can't tell which tracker" in error_of(diary, path)
    with pytest.raises(InputError, match=r"other\.db is damaged, or isn't a backup from Loop"):
        import_file(diary, path, ImportOptions(source="loop"))


HOW_WE_FEEL = (
    "Date,Mood,Sleep,Reflection\n"
    '2023 Nov 3 Fri 9:20 PM,Calm,7,"a walk"\n2023 Nov 4 Sat 8:10 PM,Tired,6,\n'
)


def test_a_text_of_another_program_matches_no_tracker(diary: Diary, tmp_path: Path) -> None:
    empty, half_of_harsh = "date,Walk\n2026-11-01,\n", "Walk: 1\nand more\n"
    chat = "[15/01/2027, 18:02] Anna: walk tomorrow?\n[15/01/2027, 18:03] me: yes, let's\n"
    texts = (HOW_WE_FEEL, "hello\n", "2023 Nov 3\n", "a,b\n1,2\n", empty, half_of_harsh, chat)
    for text in texts:
        assert "can't tell which tracker" in error_of(diary, write_text(tmp_path, text))
    of_loop = write_text(tmp_path, "Date,Run\n2026-01-01,1\n", "Checkmarks.csv")
    assert "can't tell which tracker" in error_of(diary, of_loop)


LOOP_WRONG: dict[str, tuple[str, str, str]] = {
    "a mark": (a_habit(), "Date,Value\n2026-01-01,MAYBE\n", 'the mark "MAYBE"'),
    "a day": (a_habit(), "Date,Value\n2026-01-02,2\n1.1.2026,2\n", "Checkmarks.csv: Line 3:"),
    "a number for a yes": (
        a_habit(),
        "Date,Value\n2026-01-02,5000\n",
        'I don\'t recognise the mark "5000"',
    ),
    "a frequency": (a_habit(times="often,1"), "Date,Value\n", 'Habits.csv: Line 2: "often"'),
    "a long frequency": (
        a_habit(times=f"{'often' * 10},1"),
        "Date,Value\n",
        f'Habits.csv: Line 2: "{"often" * 8}" isn\'t a whole number',
    ),
    "two columns": (a_habit(), "Date,Value,Value\n", "Two columns are called "),
    "a mark without a header": (
        a_habit(),
        "2026-01-02,2\n2026-01-01,X\n",
        'Line 2: I don\'t recognise the mark "X"',
    ),
    "a mark below a blank line, without a header": (
        a_habit(),
        "\nsep=,\n2026-01-02,2\n2026-01-01,X\n",
        'Line 4: I don\'t recognise the mark "X"',
    ),
    "half a line without a header": (a_habit(), "2026-01-02,2\n2026-01\n", "Line 2 has 1 cell"),
}


def test_an_error_in_a_loop_zip_names_the_file_and_the_line(
    diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for name, (habit, marks, message) in LOOP_WRONG.items():
        with subtests.test(name):
            files = {"Habits.csv": LOOP_TABLE + habit, "001 Run/Checkmarks.csv": marks}
            assert message in error_of(diary, write_zip(tmp_path, files))


def test_older_and_unusual_loop_exports_are_read(diary: Diary, tmp_path: Path) -> None:
    old = "Position,Name,Question,Description,NumRepetitions,Interval,Color\n"
    files = {
        "Habits.csv": old + "001,Бег,,,1,1,#1976D2\n002,Run,Did you?,,3,7,#1976D2\n",
        "001/Checkmarks.csv": "Date,Value\n2026-01-02,2\n2026-01-01,0\n",
        "002 Run/Checkmarks.csv": 'Date,Value\n2026-01-02,"Entry(timestamp=123, value=2)"\n'
        "2026-01-01,1\n2025-12-31,-1\n",
    }
    report = import_file(diary, write_zip(tmp_path, files))
    assert (report.read, report.added, report.left_out) == (4, 3, 1)
    assert [one.name for one in diary.practices.all()[:2]] == ["Бег", "Run"]


def test_days_that_loop_itself_marked_are_not_logged(diary: Diary, tmp_path: Path) -> None:
    marks = "Date,Value\n2026-01-05,YES_AUTO\n2026-01-04,YES_MANUAL\n2026-01-03,NO\n"
    marks += "2026-01-02,SKIP\n2026-01-01,UNKNOWN\n"
    files = {"Habits.csv": LOOP_TABLE + a_habit(), "001 Run/Checkmarks.csv": marks}
    report = import_file(diary, write_zip(tmp_path, files))
    assert [(e.day.day, e.state, e.amount) for e in everything(diary)[1]] == [
        (2, "rest", None),
        (3, "logged", 0),
        (4, "logged", 1),
    ]
    assert report.messages[0] == (
        "Line 2: Run on Monday 5 January 2026 isn't marked as done or not done, so it counts as "
        "not logged."
    )


def test_without_folders_the_table_of_all_days_is_read(diary: Diary, tmp_path: Path) -> None:
    files = {
        "Habits.csv": LOOP_TABLE + a_habit(1) + a_habit(2, "Run"),
        "Checkmarks.csv": "\nsep=,\nDate,Run,Run,\n2026-01-02,YES_MANUAL,NO,\n"
        "2026-01-01,UNKNOWN,SKIP,\n",
    }
    report = import_file(diary, write_zip(tmp_path, files))
    assert (report.read, report.added, report.left_out) == (3, 3, 0)
    assert 'The habit "Run" becomes the practice "Run 2" in your diary.' in report.messages


def changed_loop(folder: Path, change: Callable[[sqlite3.Connection], object]) -> Path:
    """A copy of Loop's backup with a change by SQL."""
    path = folder / "loop.db"
    shutil.copyfile(SAMPLES / "synthetic/synthetic.loop_v25.db", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        change(connection)
    return path


def test_a_backup_of_a_newer_loop_is_rejected(diary: Diary, tmp_path: Path) -> None:
    path = changed_loop(tmp_path, lambda db: db.execute("PRAGMA user_version = 26"))
    assert "from a newer version of Loop (26;" in error_of(diary, path)


def test_a_database_that_is_not_loops_is_rejected(diary: Diary, tmp_path: Path) -> None:
    path = changed_loop(tmp_path, lambda db: db.execute("DROP TABLE Repetitions"))
    assert "isn't a backup from Loop" in error_of(diary, path)


def test_a_damaged_backup_is_rejected(diary: Diary, tmp_path: Path) -> None:
    path = changed_loop(tmp_path, lambda _: None)
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 16_000)
    assert "is damaged" in error_of(diary, path)


def test_a_backup_with_invalid_values_is_rejected(
    diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    cases: list[str] = [
        "UPDATE Habits SET freq_num = NULL WHERE id = 1",
        "UPDATE Habits SET freq_den = 'often' WHERE id = 1",
        "UPDATE Habits SET target_value = 'much' WHERE id = 3",
        "UPDATE Habits SET target_value = 9e999 WHERE id = 3",
        "UPDATE Repetitions SET value = x'03' WHERE id = 1",
        "UPDATE Repetitions SET timestamp = 9000000000000000000 WHERE id = 1",
        "ALTER TABLE Habits RENAME COLUMN freq_num TO times",
        "ALTER TABLE Repetitions RENAME COLUMN timestamp TO moment",
    ]
    for change in cases:
        with subtests.test(change=change):
            path = changed_loop(tmp_path, methodcaller("execute", change))
            assert "is damaged, or isn't a backup from Loop" in error_of(diary, path)


def test_an_invalid_mark_of_a_loop_backup_is_named_by_its_number(
    diary: Diary, tmp_path: Path
) -> None:
    def odd(db: sqlite3.Connection) -> None:
        db.execute("UPDATE Repetitions SET value = 9 WHERE id = 1")

    path = changed_loop(tmp_path, odd)
    assert error_of(diary, path).startswith('Item 1: I don\'t recognise the mark "9".')


def test_only_the_calm_that_calmtrack_exports_to_loop_is_calm(
    diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    """The first habit, counted, without a question, a unit and a target."""
    own = {"number": "001", "name": "Calm", "kind": "NUMERICAL"}
    own |= {"question": "", "unit": "", "target": "0.0"}

    def evenings_of(**changes: str) -> int:
        one = own | changes
        row = "{number},{name},{kind},{question},,1,1,#1976D2,{unit},AT_LEAST,{target},false\n"
        files = {
            "Habits.csv": LOOP_TABLE + row.format(**one),
            f"{one['number']} Calm/Checkmarks.csv": "Date,Value\n2026-01-02,3000\n",
        }
        dry_run = ImportOptions(dry_run=True)
        report = import_file(diary, write_zip(tmp_path, files), dry_run)
        return sum(line.startswith("Calm: ") for line in report.preview)

    assert evenings_of() == 1
    others = {"number": "002", "name": "Calmer", "question": "How?", "unit": "x", "target": "5.0"}
    for field, value in others.items():
        with subtests.test(field):
            assert evenings_of(**{field: value}) == 0


def test_days_of_a_habit_that_was_deleted_are_reported(diary: Diary, tmp_path: Path) -> None:
    def older(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM Habits WHERE id = 2")
        db.execute("UPDATE Repetitions SET value = -1, notes = 'why not' WHERE id = 1")

    report = import_file(diary, changed_loop(tmp_path, older))
    assert (report.read, report.left_out) == (11, 3)
    assert any("this entry's habit isn't in the file" in message for message in report.messages)
    assert any(entry.note == "why not" and entry.amount is None for entry in everything(diary)[1])


def test_an_older_backup_of_loop_has_yes_and_no_only(diary: Diary, tmp_path: Path) -> None:
    def older(db: sqlite3.Connection) -> None:
        for column in ("type", "target_type", "target_value", "unit", "question", "description"):
            db.execute(f"ALTER TABLE Habits DROP COLUMN {column}")
        db.execute("ALTER TABLE Repetitions DROP COLUMN notes")
        db.execute("DELETE FROM Repetitions WHERE value > 2")
        db.execute("ALTER TABLE Repetitions DROP COLUMN value")

    import_file(diary, changed_loop(tmp_path, older))
    made = diary.practices.all()
    assert {(one.unit, one.question) for one in made if one.name in ("Calm", "Screen time")} == {
        ("yes/no", "")
    }
    marks = everything(diary)[1]
    assert {entry.note for entry in marks} == {""}
    assert {entry.amount for entry in marks if entry.practice_id == "hug"} == {1}


def test_html_in_notes_becomes_text(diary: Diary, tmp_path: Path) -> None:
    written = {
        "<b>Long</b> day<br>with Anna &amp; <i>Ben</i>, 1 < 2": "Long day\nwith Anna & Ben, 1 < 2",
        "a<BR/>b &lt;": "a\nb <",
        "<b>a</b> &lt;": "a <",
        "1 &lt; 2 <3": "1 &lt; 2 <3",
        "<p>one</p><div>two</div><ul><li>3</li></ul>4": "one\ntwo\n3\n4",
    }
    rows = [f'2021-02-0{day},,,10:00,good,,,"{note}"\n' for day, note in enumerate(written, 3)]
    report = import_file(diary, write_text(tmp_path, DAYLIO + "".join(rows)))
    assert [one.note for one in everything(diary)[2]] == list(written.values())
    assert (
        "Line 2: the note had HTML, which was converted to plain text. … and 3 more like "
        "these." in report.messages
    )


def test_the_oldest_exports_of_daylio_name_days_in_english(diary: Diary, tmp_path: Path) -> None:
    header = "year,date,weekday,time,mood,activities,note\n"
    for text in ("March", "3 März", "3/4"):
        row = f"2017,{text},,9:14,good,,\n"
        assert "It has to be in English." in error_of(diary, write_text(tmp_path, header + row))
    rows = "2017,March 3,Friday,9:14 pm,good,,\n2018,4 may,Friday,9:14,good,,\n"
    report = import_file(diary, write_text(tmp_path, header + rows))
    assert [str(one.day) for one in everything(diary)[2]] == ["2017-03-03", "2018-05-04"]
    assert not any("know the column" in message for message in report.messages)


def test_the_times_of_daylio_are_local(diary: Diary, tmp_path: Path) -> None:
    written = {
        "9:05": "09:05",
        "21:05": "21:05",
        "9:05 PM": "21:05",
        "12:05\u202fa.m.": "00:05",
        "12:05 pm": "12:05",
        "soon": None,
    }
    rows = [f"2021-02-0{day},,,{time},good,,,\n" for day, time in enumerate(written, 1)]
    import_file(diary, write_text(tmp_path, DAYLIO + "".join(rows)))
    times = [one.logged_at and one.logged_at[11:16] for one in everything(diary)[2]]
    assert times == list(written.values())
    pair = "2021-03-01,,,soon,good,,,sun\n2021-03-01,,,9:05,good,,,rain\n"
    import_file(diary, write_text(tmp_path, DAYLIO + pair))
    assert everything(diary)[2][-1].note == "sun\n09:05 rain"


def test_scales_of_nine_columns_are_in_the_note(diary: Diary, tmp_path: Path) -> None:
    unknown = "w" * 70
    header = DAYLIO.replace("note_title", f"scales,{unknown},note_title")
    row = "2026-02-03,,,10:00 pm,rad,,Sleep Quality:\u00a08/10\u00a0points,,Bed,early\n"
    report = import_file(diary, write_text(tmp_path, header + row))
    assert report.messages[0] == (
        f'calmtrack doesn\'t know the column "{unknown[:60]}", so it is left out.'
    )
    assert everything(diary)[2][0].note == "Bed: early\nSleep Quality: 8/10 points"


def test_future_days_and_huge_amounts_are_skipped(diary: Diary, tmp_path: Path) -> None:
    stats = {"2026-11-23": 2, "2027-01-01": 3, "2026-11-24": 200_000, "2026-11-21": -4}
    habit = {"name": "hugs", "type": "Count", "stats": stats, "goal": 1}
    report = import_file(diary, write_text(tmp_path, json.dumps([habit])))
    assert (report.read, report.added, report.left_out) == (4, 1, 3)
    assert [message for message in report.messages if "This entry is left out." in message] == [
        (
            "Item 1: The amount must be 0 or more, not -4. To log that you didn't do the "
            "practice, use 0. This entry is left out. … and 1 more like this."
        ),
        (
            "Item 1: Friday 1 January 2027 is in the future. You can only plan rest days "
            "ahead. This entry is left out."
        ),
    ]


def test_names_with_control_characters_become_one_line(diary: Diary, tmp_path: Path) -> None:
    names = ["a\nb", "\x1b[2J", "", "x" * 200, "\u202eevil", "day", "X" * 200]
    habits = [{"name": n, "records": [{"day": "2026-01-01", "done": True}]} for n in names]
    report = import_file(diary, write_text(tmp_path, json.dumps({"habits": habits})))
    assert (report.read, report.added) == (7, 7)
    found = [one.name for one in diary.practices.all()[:7]]
    assert found[:3] == ["a b", "�[2J", "Habit 3"]
    assert len({name.casefold() for name in found}) == 7
    assert (found[3], found[6]) == ("x" * 60, f"{'X' * 56} 2")
    assert 'The habit "' + "x" * 60 + '" becomes the practice' in " ".join(report.messages)


def test_two_habits_of_a_number_are_distinguished_by_their_names(
    diary: Diary, tmp_path: Path
) -> None:
    files = {
        "Habits.csv": LOOP_TABLE + a_habit(1, "Run/far") + a_habit(1, "Read") + a_habit(1, "Бег"),
        "001 Read/Checkmarks.csv": "Date,Value\n2026-01-02,2\n2026-01-01,2\n",
        "001 Runfar/Checkmarks.csv": "Date,Value\n2026-01-02,2\n",
        "001/Checkmarks.csv": "Date,Value\n2026-01-02,0\n",
        "001 Swim/Checkmarks.csv": "Date,Value\n2026-01-02,2\n",
    }
    report = import_file(diary, write_zip(tmp_path, files))
    assert (report.read, report.added, report.left_out) == (5, 4, 1)
    marked = [(entry.practice_id, entry.day.day, entry.amount) for entry in everything(diary)[1]]
    assert set(marked) == {("run-far", 2, 1), ("read", 1, 1), ("read", 2, 1), ("practice", 2, 0)}
    assert [message for message in report.messages if "number 1" in message] == [
        "More than one habit in the file has the number 1. Their days were told apart by the "
        "names of their folders."
    ]


def test_a_folder_whose_number_belongs_to_two_habits_is_identified(
    diary: Diary, tmp_path: Path
) -> None:
    files = {
        "Habits.csv": LOOP_TABLE + a_habit(1) + a_habit(1, "Read"),
        "001 Read/Checkmarks.csv": "Date,Value\n2026-01-02,2\n",
    }
    report = import_file(diary, write_zip(tmp_path, files))
    assert [entry.practice_id for entry in everything(diary)[1]] == ["read"]
    assert any("More than one habit in the file has the number 1." in m for m in report.messages)


def test_two_folders_of_a_habits_number_are_distinguished(diary: Diary, tmp_path: Path) -> None:
    files = {
        "Habits.csv": LOOP_TABLE + a_habit(1),
        "001 Run/Checkmarks.csv": "Date,Value\n2026-01-02,2\n",
        "001 Walk/Checkmarks.csv": "Date,Value\n2026-01-02,0\n2026-01-01,0\n",
    }
    report = import_file(diary, write_zip(tmp_path, files))
    assert (report.read, report.added, report.left_out) == (3, 1, 2)
    assert [entry.amount for entry in everything(diary)[1]] == [1]


def test_two_habits_at_one_position_are_both_imported(diary: Diary, tmp_path: Path) -> None:
    path = changed_loop(tmp_path, lambda db: db.execute("UPDATE Habits SET position=0, name='Run'"))
    import_file(diary, path)
    assert {"Run", "Run 2"} <= {one.name for one in diary.practices.all()}
    assert {"run", "run-2"} <= {entry.practice_id for entry in everything(diary)[1]}


@pytest.mark.parametrize("log", ["", "# nothing yet\n", "\n"])
@pytest.mark.parametrize("habits", ["Meditate: 1\nRun: 3w\n", "1 Meditate\n7 Run\n"])
def test_a_folder_with_an_empty_log_has_its_habits_imported(
    diary: Diary, tmp_path: Path, habits: str, log: str
) -> None:
    write_text(tmp_path, habits, "habits")
    write_text(tmp_path, log, "log")
    report = import_file(diary, tmp_path)
    assert (report.read, report.added, report.settings.added) == (0, 2, 2)
    assert summary_lines(report, dry_run=False) == ["Practices and settings: 2 new."]
    made = [(one.name, one.goals[0].days_per_week) for one in diary.practices.all()[:2]]
    assert made == [("Meditate", 7), ("Run", 1)]
    assert report.preview == (
        "Meditate (new): no days in the file.",
        "Run (new): no days in the file.",
    )


UNFIT: dict[tuple[str, str], str] = {
    ("habo", '{"habits": [{"name": "x", "records": []}]}'): "Habo",
    ("habitkit", "{}"): "HabitKit",
    ("beaver", '[{"name": "x", "stats": {}}]'): "Beaver Habits",
    ("dijo", '{"habits": []}'): "dijo",
    ("table-habit", "[]"): "Table Habit",
    ("calmtrack", "{}"): "calmtrack",
    ("dayone", "{}"): "Day One",
    ("jrnl", "{}"): "jrnl",
    ("pixels", "{}"): "Pixels",
    ("habitbull", DAYLIO): "HabitBull",
    ("habitica", DAYLIO): "Habitica",
    ("streaks", DAYLIO): "Streaks (iOS)",
    ("daylio", "task_id,title,entry_type,entry_date\n"): "Daylio",
    ("harsh", "{}"): "harsh",
    ("habitctl", "{}"): "habitctl",
    ("tickmate", "{}"): "Tickmate",
    ("habo", DAYLIO): "Habo",
}
"""The name of the app whose export a file isn't, by source and content."""


def test_a_chosen_tracker_that_does_not_match_is_reported(
    diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for (source, text), app in UNFIT.items():
        with subtests.test(source=source, text=text):
            path = write_text(tmp_path, text)
            with pytest.raises(InputError) as raised:
                import_file(diary, path, ImportOptions(source=source))
            assert f"doesn't look like an export of {app}. Nothing was" in str(raised.value)
            assert "Name another app with --source" in str(raised.value)
            assert "Choose the file again, then another app" in raised.value.in_app
            assert not diary.store.exists()


def test_goals_of_habitkit_that_change_with_time_are_reported(diary: Diary, tmp_path: Path) -> None:
    habits = [{"id": "h", "name": "Run", "orderIndex": 0}]
    week = {"habitId": "h", "type": "week", "requiredNumberOfCompletions": 3}
    intervals = [week | {"startDate": "2026-02-01"}, {"habitId": "h", "startDate": "2026-01-01"}]
    text = json.dumps({"habits": habits, "completions": [], "intervals": intervals})
    report = import_file(diary, write_text(tmp_path, text))
    assert "Run: only the newest goal is imported. Earlier goals are left out." in report.messages
    assert diary.practices.all()[0].goals[0].days_per_week == 3


def test_a_folder_without_known_files_is_rejected(diary: Diary, tmp_path: Path) -> None:
    write_text(tmp_path, "hello", "notes.txt")
    assert error_of(diary, tmp_path) == (
        f"The folder {tmp_path} isn't an export itself. Nothing was imported. If there's one in "
        "it, name that file."
    )


def test_days_of_an_unlisted_habit_are_reported_and_skipped(diary: Diary, tmp_path: Path) -> None:
    files = {
        "Habits.csv": LOOP_TABLE + a_habit(1),
        "001 Run/Checkmarks.csv": "Date,Value\n2026-01-02,2\n",
        "009 Gone/Checkmarks.csv": "Date,Value,Notes\n2026-01-02,2,precious\n2026-01-01,0,\n",
    }
    report = import_file(diary, write_zip(tmp_path, files))
    assert (report.read, report.added, report.left_out) == (3, 1, 2)
    flat = {
        "Habits.csv": LOOP_TABLE + a_habit(1),
        "Checkmarks.csv": "Date,Run,Gone,\n2026-01-03,NO,NO,\n2026-01-02,NO,UNKNOWN,\n"
        "2026-01-01,NO,SKIP,\n2025-12-31,NO,,\n2025-12-30,NO,NO,\n",
    }
    assert import_file(diary, write_zip(tmp_path, flat)).left_out == 3
