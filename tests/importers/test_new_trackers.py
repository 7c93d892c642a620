"""Files of the smaller trackers and of journals: what each mark becomes, and what is refused."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.importers.factories import everything
from tests.importers.small_files import SMALL_FILES, a_day_one_journal, a_jrnl_entry, zipped
from tests.importers.test_other_trackers import amounts, brought, entries_of
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.importers.habit_importer import ImportChoices
from tracker.importers.import_file import ImportOptions, import_file


def evenings(diary: Diary) -> list[tuple[str, int | None, str, str | None]]:
    """Day, score, note and moment of each evening."""
    return [(str(e.day), e.calm, e.note, e.logged_at) for e in everything(diary)[2]]


def written(folder: Path, content: bytes | str, name: str = "file") -> Path:
    """A file of this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_habitbull_has_marks_and_amounts(diary: Diary) -> None:
    report = brought(diary, "small.habitbull.csv")
    assert amounts(diary, "walk") == {"2026-11-20": None, "2026-11-21": 0, "2026-11-22": 1}
    assert amounts(diary, "pushups") == {"2026-11-21": 0, "2026-11-22": 30}
    assert [e.note for e in entries_of(diary, "walk")] == ["ill", "", "by the lake"]
    assert diary.practices.all()[0].question == "Outside?"
    assert report.messages[:-1] == (
        "Left out, because calmtrack has no place for them: habit groups.",
    )


HABITBULL = "HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\n"


def test_dates_of_habitbull_that_could_be_two_days_are_asked_about(
    diary: Diary, tmp_path: Path
) -> None:
    path = written(tmp_path, f"{HABITBULL}Walk,,,3/4/2026,1,\nWalk,,,5/4/2026,1,\n")
    with pytest.raises(InputError, match='"3/4/2026" could be two different days'):
        import_file(diary, path)
    assert everything(diary)[1:] == ([], [])
    path = written(tmp_path, f"{HABITBULL}Walk,,,3/4/2026,1,\nWalk,,,13/4/2026,1,\n")
    import_file(diary, path)
    assert list(amounts(diary, "walk")) == ["2026-04-03", "2026-04-13"]


def test_scores_of_pixels_become_calm(diary: Diary) -> None:
    report = brought(diary, "small.pixels.json")
    assert evenings(diary) == [
        ("2026-11-02", 7, "a walk", None),
        ("2026-11-03", 2, "", None),
    ]
    assert report.file_info.activities == ("Sunny", "calm")
    assert (
        "Calm scores for moods (number of entries in brackets): 4/5 7 (1), 1/5 1 (1), 2/5 3 (1)."
        in (report.messages)
    )


def test_scores_of_pixels_can_be_chosen(diary: Diary) -> None:
    brought(diary, "small.pixels.json", moods={"4/5": 8}, activities=True)
    assert [e[1] for e in evenings(diary)] == [8, 2]
    assert amounts(diary, "sunny") == {"2026-11-02": 1}


def test_ticks_of_tickmate_are_counted_where_a_track_has_many(diary: Diary) -> None:
    report = brought(diary, "small.tickmate.db")
    assert amounts(diary, "walk") == {"2026-11-01": 1, "2026-11-02": 1}
    assert amounts(diary, "water") == {"2026-11-01": 2}
    assert [e.logged_at for e in entries_of(diary, "water")] == ["2026-11-01T20:30:00Z"]
    walk, water = diary.practices.all()[:2]
    assert (walk.name, bool(walk.out_of_list)) == ("Walk", True)
    assert (water.question, water.unit, bool(water.out_of_list)) == ("a glass", "times", False)
    assert (
        "Left out, because calmtrack has no place for them: colours, habit groups."
        in report.messages
    )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ticks SET month = 12",
        "UPDATE ticks SET day = 'x'",
        "UPDATE ticks SET hour = 99 WHERE has_time_info",
        "ALTER TABLE tracks RENAME COLUMN name TO title",
        "ALTER TABLE ticks RENAME COLUMN year TO y",
    ],
)
def test_a_backup_of_tickmate_with_other_values_is_refused(
    unbegun: Diary, tmp_path: Path, change: str
) -> None:
    path = written(tmp_path, SMALL_FILES["small.tickmate.db"], "tickmate.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(change)
    with pytest.raises(InputError, match="is damaged, or isn't a backup from Tickmate"):
        import_file(unbegun, path)
    assert not unbegun.store.exists()


def test_rising_values_of_habitica_are_done_days(diary: Diary) -> None:
    report = brought(diary, "small.habitica.csv")
    assert amounts(diary, "tea") == {"2026-11-21": 2}
    assert amounts(diary, "yoga") == {"2026-11-21": 1}
    assert [e.logged_at for e in entries_of(diary, "tea")] == ["2026-11-21T11:00:00Z"]
    assert report.messages[:4] == (
        "Tea: 1 entry that doesn't count as done is left out.",
        "Yoga: 2 entries that don't count as done are left out.",
        "The times in the file are read as UTC and converted to your time zone.",
        "Tea: on 1 day, several entries were combined into one.",
    )


def test_entries_of_day_one_become_notes_of_their_own_days(diary: Diary) -> None:
    report = brought(diary, "small.dayone.zip")
    assert evenings(diary) == [
        ("2026-11-02", None, "08:00 Up early\n20:00 A walk. Cold!", "2026-11-02T19:00:00Z"),
        ("2026-11-04", None, "Late", "2026-11-03T23:30:00Z"),
    ]
    assert set(report.messages) == {
        "On 1 day, several entries were combined into one note.",
        "Left out, because calmtrack has no place for them: photos, tags.",
    }


def test_an_export_of_day_one_comes_in(diary: Diary) -> None:
    brought(diary, "reported/dayone.json")
    assert evenings(diary) == [("2026-03-01", None, "A quiet evening", "2026-03-01T20:00:00Z")]


def test_entries_of_jrnl_become_notes(diary: Diary) -> None:
    report = brought(diary, "small.jrnl.json")
    assert [e[:3] for e in evenings(diary)] == [
        ("2026-11-02", None, "08:30 Slept well.\nEarly.\n20:00 A walk with @ann."),
        ("2026-11-03", None, "Quiet."),
    ]
    assert (
        "Left out, because calmtrack has no place for them: stars of entries, tags."
        in report.messages
    )


def test_a_table_has_marks_numbers_scores_and_notes(diary: Diary) -> None:
    report = brought(diary, "small.table.csv")
    assert amounts(diary, "walk") == {"2026-11-01": 1, "2026-11-03": 0, "2026-11-04": "rest"}
    assert amounts(diary, "pages") == {"2026-11-01": 12, "2026-11-02": 0, "2026-11-03": 4}
    assert [e[:3] for e in evenings(diary)] == [
        ("2026-11-01", 7, "by the lake"),
        ("2026-11-02", 4, ""),
        ("2026-11-03", None, "only a note"),
    ]
    assert (
        "Line 4: 3.5 for Pages is imported as 4. The original is in the note."
    ) in report.messages


def test_a_table_of_markdown_with_links_as_dates(diary: Diary) -> None:
    brought(diary, "small.table.md")
    assert amounts(diary, "spazieren") == {"2026-11-01": 1, "2026-11-02": 0}
    assert amounts(diary, "lesen") == {"2026-11-02": 1}


def test_a_table_can_be_in_spanish(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "tabla.csv"
    path.write_text(
        "Fecha;Ánimo;Paseo;Leer;Notas\n"
        "2026-11-01;7;Sí;verdadero;junto al lago\n"
        "2026-11-02;4;si;Falso;\n"
        "2026-11-03;6;no;Descanso;\n"
    )
    import_file(diary, path)
    assert amounts(diary, "paseo") == {"2026-11-01": 1, "2026-11-02": 1, "2026-11-03": 0}
    assert amounts(diary, "leer") == {"2026-11-01": 1, "2026-11-02": 0, "2026-11-03": "rest"}
    assert [e[1:3] for e in evenings(diary)] == [(7, "junto al lago"), (4, ""), (6, "")]


def test_columns_of_a_table_can_be_mapped(diary: Diary) -> None:
    brought(diary, "small.table.csv", named={"Pages": "hug", "walk": "nature-walk"})
    assert amounts(diary, "hug") == {"2026-11-01": 12, "2026-11-02": 0, "2026-11-03": 4}
    assert amounts(diary, "nature-walk") == {
        "2026-11-01": 20,
        "2026-11-03": 0,
        "2026-11-04": "rest",
    }


@pytest.mark.parametrize(
    ("scale", "scores"), [(5, [1, 3, 5, 7, 9]), (10, [1, 2, 3, 4, 5]), (50, [0, 0, 1, 1, 1])]
)
def test_the_scale_of_a_tables_scores_is_asked_for(
    diary: Diary, tmp_path: Path, scale: int, scores: list[int]
) -> None:
    rows = "".join(f"2026-11-0{score},{score}\n" for score in range(1, 6))
    path = written(tmp_path, f"day,How I felt\n{rows}", "x.csv")
    options = ImportOptions(choices=ImportChoices({"How I felt": "calm"}))
    with pytest.raises(
        InputError, match='What\'s the highest possible score in the column "How I felt"'
    ):
        import_file(diary, path, options)
    choices = ImportChoices({"How I felt": "calm"}, scale=scale)
    import_file(diary, path, ImportOptions(choices=choices))
    assert [e[1] for e in evenings(diary)] == scores


def test_a_score_above_the_scale_is_left_out_and_its_note_stays(
    diary: Diary, tmp_path: Path
) -> None:
    path = written(tmp_path, "date,mood,note\n2026-11-01,7,a\n2026-11-02,4,b\n")
    report = import_file(diary, path, ImportOptions(choices=ImportChoices(scale=5)))
    assert [e[:3] for e in evenings(diary)] == [("2026-11-01", None, "a"), ("2026-11-02", 7, "b")]
    assert report.left_out == 1
    assert 'Line 2: "7" isn\'t a calm score from 0 to 5. This entry is left out.' in report.messages


def test_a_column_of_text_is_left_out_whole_and_counted(diary: Diary, tmp_path: Path) -> None:
    path = written(tmp_path, "date,Walk,Where\n2026-11-01,x,\n2026-11-02,,lake\n2026-11-03,,2\n")
    with pytest.raises(InputError, match="can't tell which tracker"):
        import_file(diary, path)
    report = import_file(diary, path, ImportOptions(source="table"))
    assert (report.read, report.added, report.left_out) == (3, 1, 2)
    assert (
        'The column "Where" is left out, because it has text that isn\'t a mark or a '
        'number, like "lake".' in report.messages
    )


BROKEN_TABLES = {
    "a date that is none": (
        "date,Walk\n2026-11-01,x\n2026-11-31,x\n",
        'Line 3: I don\'t recognise the date "2026-11-31"',
    ),
    "a row of sums": (
        "date,Walk\n2026-11-01,x\nSum,1\n",
        'Line 3: I don\'t recognise the date "Sum"',
    ),
    "mixed dates": (
        "date,Walk\n2026-11-01,x\n2.11.2026,x\n",
        'Line 3: I don\'t recognise the date "2.11.2026"',
    ),
    "two readings": ("date,Walk\n3/4/2026,x\n", '"3/4/2026" could be two different days'),
    "one column": ("date\n2026-11-01\n", "at least one other column"),
    "a short row": ("date,Walk,Read\n2026-11-01,x\n", "Line 2 has 2 cells"),
    "two columns of a name": ("date,Walk,Walk\n2026-11-01,x,x\n", "same name"),
    "no table": ("{}", "doesn't look like a table file"),
    "a long row": ("| date | Walk |\n| - | - |\n| 2026-11-01 | x | y |\n", "Line 3 has 3 cells"),
    "text behind": (
        "| date | Walk |\n| - | - |\n| 2026-11-01 | x |\nbye\n",
        "Line 4: The text after the table",
    ),
}


def test_a_broken_table_is_refused_in_a_sentence(
    unbegun: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for name, (text, message) in BROKEN_TABLES.items():
        with subtests.test(name):
            with pytest.raises(InputError, match=re.escape(message)) as error:
                import_file(unbegun, written(tmp_path, text), ImportOptions(source="table"))
            assert "Nothing was imported." in str(error.value)
            assert not unbegun.store.exists()


@pytest.mark.parametrize(
    ("dates", "date_format", "days"),
    [
        (["3/4/2026", "5/4/2026"], "DD/MM/YYYY", ["2026-04-03", "2026-04-05"]),
        (["3/4/2026", "5/4/2026"], "MM/DD/YYYY", ["2026-03-04", "2026-05-04"]),
        (["3/13/2026", "5/4/2026"], None, ["2026-03-13", "2026-05-04"]),
        (["3.4.2026", "5.4.2026"], None, ["2026-04-03", "2026-04-05"]),
        (["2026/4/3", "2026/4/5 21:00"], None, ["2026-04-03", "2026-04-05"]),
        (['"April 3, 2026"', '"Apr 5, 2026"'], None, ["2026-04-03", "2026-04-05"]),
        (["3 April 2026", "5. April 2026"], None, ["2026-04-03", "2026-04-05"]),
        (["4/4/2026"], None, ["2026-04-04"]),
    ],
)
def test_dates_in_one_order(
    diary: Diary, tmp_path: Path, dates: list[str], date_format: str | None, days: list[str]
) -> None:
    rows = "".join(f"{text},x\r\n" for text in dates)
    path = written(tmp_path, b"\xef\xbb\xbf" + f"When,Walk\r\n{rows}".encode())
    import_file(diary, path, ImportOptions(choices=ImportChoices(date_format=date_format)))
    assert list(amounts(diary, "walk")) == days


@pytest.mark.parametrize(
    ("name", "choices", "message"),
    [
        ("small.table.csv", {"date_format": "soon"}, "I don't recognise the date format"),
        (
            "small.dijo.json",
            {"date_format": "DD/MM/YYYY"},
            "--date-format doesn't work with dijo files",
        ),
        ("small.habitbull.csv", {"scale": 5}, "--scale doesn't work with habitbull files"),
        ("small.habitbull.csv", {"moods": {"sad": 3}}, "--moods doesn't work with habitbull files"),
        ("small.table.csv", {"activities": True}, "--activities doesn't work with table files"),
    ],
)
def test_a_choice_that_has_no_effect_is_refused(
    diary: Diary, name: str, choices: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        brought(diary, name, **choices)


BROKEN: dict[str, tuple[str, str]] = {
    "a value of HabitBull": (
        f"{HABITBULL}Walk,,,2026-11-01,much,\n",
        'Line 2: "much" isn\'t a number',
    ),
    "a date of HabitBull": (
        f"{HABITBULL}Walk,,,soon,1,\n",
        'Line 2: I don\'t recognise the date "soon"',
    ),
    "a date of Pixels": (
        '[{"date": "2026-13-1", "scores": [1]}]',
        'Item 1: I don\'t recognise the date "2026-13-1"',
    ),
    "scores of Pixels": ('[{"date": "2026-1-1", "scores": 3}]', "Item 1: "),
    "a task of Habitica": (
        "Task Name,Task ID,Task Type,Date,Value\nx,a,todo,2026-11-21 10:00:00,1\n",
        'Line 2: I don\'t recognise the mark "todo"',
    ),
    "a date of Habitica": (
        "Task Name,Task ID,Task Type,Date,Value\nx,a,daily,2026-11-21,1\n",
        'Line 2: I don\'t recognise the date "2026-11-21"',
    ),
    "a date of Day One": (
        json.dumps({"metadata": {}, "entries": [{"creationDate": "yesterday", "text": "x"}]}),
        'Item 1 of "entries": I don\'t recognise the date "yesterday"',
    ),
    "a date of jrnl": (
        json.dumps({"tags": {}, "entries": [a_jrnl_entry("1.11.2026", "20:00")]}),
        'Item 1 of "entries": I don\'t recognise the date "1.11.2026"',
    ),
}


def test_a_broken_file_is_refused_in_a_sentence(
    unbegun: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for name, (text, message) in BROKEN.items():
        with subtests.test(name):
            with pytest.raises(InputError, match=re.escape(message)):
                import_file(unbegun, written(tmp_path, text))
            assert not unbegun.store.exists()


def test_a_zip_of_several_journals_comes_in_and_other_json_in_it_is_no_matter(
    diary: Diary, tmp_path: Path
) -> None:
    whole = a_day_one_journal()
    files = {
        "Home.json": json.dumps(whole | {"entries": whole["entries"][:1]}).encode(),
        "Work.json": json.dumps(whole | {"entries": whole["entries"][2:]}).encode(),
        "other.json": b"{}",
    }
    import_file(diary, written(tmp_path, zipped(files), "export.zip"))
    assert [e[0] for e in evenings(diary)] == ["2026-11-02", "2026-11-04"]
