"""Files of the smaller trackers and of journals: what each mark becomes, and what is refused."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.importers.factories import ago, everything
from tests.importers.small_files import SMALL_FILES, a_day_one_journal, a_jrnl_entry, zipped
from tests.importers.test_other_trackers import amounts, entries_of, import_sample
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.formats.cell_parsing import UnclearDateError
from tracker.i18n.messages import in_every_language
from tracker.importers.habit_importer import ImportChoices
from tracker.importers.import_file import ImportOptions, import_file
from tracker.models import Span


def evenings(diary: Diary) -> list[tuple[str, int | None, str, str | None]]:
    """Day, score, note and time of each evening."""
    return [(str(e.day), e.calm, e.note, e.logged_at) for e in everything(diary)[2]]


def write_file(folder: Path, content: bytes | str, name: str = "file") -> Path:
    """Writes a file and returns its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_habitbull_has_marks_and_amounts(diary: Diary) -> None:
    report = import_sample(diary, "small.habitbull.csv")
    assert amounts(diary, "walk") == {"2026-11-20": None, "2026-11-21": 0, "2026-11-22": 1}
    assert amounts(diary, "pushups") == {"2026-11-21": 0, "2026-11-22": 30}
    assert [e.note for e in entries_of(diary, "walk")] == ["ill", "", "by the lake"]
    assert diary.practices.all()[0].question == "Outside?"
    assert report.messages[:-1] == (
        "Left out, because calmtrack has no place for them: habit groups.",
    )


HABITBULL = "HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\n"


def test_ambiguous_dates_of_habitbull_need_a_choice(diary: Diary, tmp_path: Path) -> None:
    path = write_file(tmp_path, f"{HABITBULL}Walk,,,3/4/2026,1,\nWalk,,,5/4/2026,1,\n")
    with pytest.raises(InputError, match='"3/4/2026" could be two different days'):
        import_file(diary, path)
    assert everything(diary)[1:] == ([], [])
    american = ImportChoices(date_format="MM/DD/YYYY")
    import_file(diary, path, ImportOptions(choices=american))
    assert list(amounts(diary, "walk")) == ["2026-03-04", "2026-05-04"]
    diary.undo()
    path = write_file(tmp_path, f"{HABITBULL}Walk,,,3/4/2026,1,\nWalk,,,13/4/2026,1,\n")
    import_file(diary, path)
    assert list(amounts(diary, "walk")) == ["2026-04-03", "2026-04-13"]


def test_scores_of_pixels_become_calm(diary: Diary) -> None:
    report = import_sample(diary, "small.pixels.json")
    assert evenings(diary) == [
        ("2026-11-02", 7, "a walk", None),
        ("2026-11-03", 2, "", None),
    ]
    assert report.file_info.activities == ("Sunny", "calm")
    assert (
        "Calm scores for moods (number of entries in brackets): 4/5 7 (1), 1/5 1 (1), 2/5 3 (1)."
        in (report.messages)
    )


def test_two_scores_of_a_day_of_pixels_have_one_note(diary: Diary, tmp_path: Path) -> None:
    days = [{"date": "2026-11-2", "scores": [1, 4], "notes": "rain", "tags": []}]
    import_file(diary, write_file(tmp_path, json.dumps(days)))
    assert evenings(diary) == [("2026-11-02", 4, "rain", None)]
    days = [{"date": f"2026-10-{n}", "scores": [n]} for n in range(1, 7)]
    import_file(diary, write_file(tmp_path, json.dumps(days)))
    assert [e[1] for e in evenings(diary)[:6]] == [1, 3, 5, 7, 9, None]


def test_invalid_scores_of_pixels_are_counted(diary: Diary, tmp_path: Path) -> None:
    kind = "p" * 50
    days = [{"date": "2026-11-2", "type": kind, "scores": scores} for scores in ([1, 2], [])]
    report = import_file(diary, write_file(tmp_path, json.dumps(days)))
    assert (report.read, report.left_out) == (3, 3)
    assert report.messages == (
        f'Item 1: Only mood entries can be imported, and this one is "{kind[:40]}". This entry is '
        "left out. … and 1 more like this.",
    )


def test_scores_of_pixels_can_be_chosen(diary: Diary) -> None:
    import_sample(diary, "small.pixels.json", moods={"4/5": 8}, activities=True)
    assert [e[1] for e in evenings(diary)] == [8, 2]
    assert amounts(diary, "sunny") == {"2026-11-02": 1}


def test_ticks_of_a_tickmate_track_with_many_are_counted(diary: Diary) -> None:
    report = import_sample(diary, "small.tickmate.db")
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


def test_an_older_backup_of_tickmate_has_no_times_and_no_order(
    diary: Diary, tmp_path: Path
) -> None:
    path = write_file(tmp_path, SMALL_FILES["small.tickmate.db"], "tickmate.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        for column in ("'order'", "description", "enabled", "multiple_entries_per_day"):
            connection.execute(f"ALTER TABLE tracks DROP COLUMN {column}")
        for column in ("hour", "minute", "second", "has_time_info"):
            connection.execute(f"ALTER TABLE ticks DROP COLUMN {column}")
        connection.execute("DROP TABLE groups")
    report = import_file(diary, path)
    assert amounts(diary, "water") == {"2026-11-01": 1}
    made = [(one.name, one.question, one.unit, one.out_of_list) for one in diary.practices.all()]
    assert made[:2] == [("Water", "", "yes/no", ()), ("Walk", "", "yes/no", ())]
    assert all(entry.logged_at is None for entry in everything(diary)[1])
    assert "Left out, because calmtrack has no place for them: colours." in report.messages


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
def test_a_backup_of_tickmate_with_other_values_is_rejected(
    missing_diary: Diary, tmp_path: Path, change: str
) -> None:
    path = write_file(tmp_path, SMALL_FILES["small.tickmate.db"], "tickmate.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(change)
    with pytest.raises(InputError, match="is damaged, or isn't a backup from Tickmate"):
        import_file(missing_diary, path)
    assert not missing_diary.store.exists()


def a_table_habit(name: str, **fields: object) -> dict[str, object]:
    """A habit of Table Habit, done on 20 November 2026."""
    plain = {"type": 1, "status": 1, "desc": "", "daily_goal": 1, "daily_goal_unit": ""}
    done = {"record_date": 20777, "record_type": 1, "record_value": 1}
    return {"name": name, **plain, "freq_type": 1, "create_t": 1, "records": [done]} | fields


def test_habits_of_table_habit_keep_their_goals(diary: Diary, tmp_path: Path) -> None:
    habits = [
        a_table_habit("Walk", desc="Outside?", freq_custom="[3]"),
        a_table_habit("Read", freq_type=2, freq_custom="8", status=3),
        a_table_habit("Sing", freq_type=3, freq_custom="[1,2]", status=2),
        a_table_habit("Swim", freq_type=3, freq_custom="[2]"),
        a_table_habit("Rest"),
    ]
    report = import_file(
        diary, write_file(tmp_path, json.dumps({"habits": habits, "groups": [{}]}))
    )
    made = diary.practices.all()[:5]
    assert [one.question for one in made] == ["Outside?", "", "", "", ""]
    assert [one.goals[0].days_per_week for one in made] == [3, 2, 4, 2, 7]
    assert [bool(one.out_of_list) for one in made] == [False, True, True, False, False]
    assert [message for message in report.messages if "goals are per week" in message] == [
        "Read: calmtrack's goals are per week, so 8 in 30 days becomes 2 of 7 days.",
        "Sing: calmtrack's goals are per week, so 1 in 2 days becomes 4 of 7 days.",
    ]
    assert set(report.messages) >= {
        "Sing is deleted in the file. It's archived, and its 1 day is kept.",
        "Left out, because calmtrack has no place for them: colours, reminders, habit groups.",
    }
    for text in ("[0]", "[10000]", "often", '["3"]'):
        habit = a_table_habit("Run", freq_custom=text)
        path = write_file(tmp_path, json.dumps({"habits": [habit], "groups": []}))
        with pytest.raises(InputError, match="how often Run is planned"):
            import_file(diary, path)


def test_amounts_of_table_habit_count_by_its_goals(diary: Diary, tmp_path: Path) -> None:
    def marks(*values: object) -> list[dict[str, object]]:
        return [
            {"record_date": 20770 + number, "record_type": 1, "record_value": value, "create_t": 0}
            for number, value in enumerate(values)
        ]

    unmarked = {"record_date": 20760, "record_type": 0, "record_value": 0, "reason": "ill"}
    habits = [
        a_table_habit("Screen", type=2, daily_goal=2, daily_goal_unit="h", records=marks(2, 3)),
        a_table_habit("Sweets", type=2, records=marks(0, 1)),
        a_table_habit("Water", daily_goal=4, records=[*marks(4, 1), unmarked]),
        a_table_habit("Pages", daily_goal_unit="pages", records=marks(12)),
    ]
    report = import_file(diary, write_file(tmp_path, json.dumps({"habits": habits, "groups": []})))
    assert [one for one in report.messages if "hours" in one] == []
    assert "Left out, because calmtrack has no place for them: colours, reminders." in (
        report.messages
    )
    assert all(entry.logged_at is None for entry in everything(diary)[1])
    made = {one.id: (one.unit, one.goals[0].amount) for one in diary.practices.all()[:4]}
    assert made == {
        "screen": ("yes/no", 1),
        "sweets": ("yes/no", 1),
        "water": ("times", 4),
        "pages": ("times", 1),
    }
    assert amounts(diary, "screen") == {"2026-11-13": 1, "2026-11-14": 0}
    assert amounts(diary, "sweets") == {"2026-11-13": 0, "2026-11-14": 1}
    assert amounts(diary, "water") == {"2026-11-03": None, "2026-11-13": 4, "2026-11-14": 1}
    assert amounts(diary, "pages") == {"2026-11-13": 12}


def test_habits_of_habo_keep_their_goals_and_amounts(diary: Diary, tmp_path: Path) -> None:
    water = {
        "title": "Water",
        "cue": "at lunch",
        "habitType": 1,
        "targetValue": 2.5,
        "unit": "h",
        "events": {
            "2026-11-20 12:00:00.000Z": ["DayType.progress", "", 2.5],
            "2026-11-21 12:00:00.000Z": ["DayType.progress", "a bit"],
        },
    }
    walk = {
        "title": "Walk",
        "habitType": 0,
        "targetValue": 9,
        "unit": "h",
        "archived": 1,
        "routine": "go",
        "reward": "x" * 70,
        "sanction": "none",
        "accountant": "Ann",
        "events": {"2026-11-20 12:00:00.000Z": ["fail"]},
    }
    sing = {"title": "Sing", "deleted_at": "2026-11-21", "events": {}}
    minutes = water | {"title": "Read", "unit": "min", "events": {}}
    minutes["cue"] = f"before\n bed {'z' * 200}"
    report = import_file(diary, write_file(tmp_path, json.dumps([water, walk, sing, minutes])))
    made = diary.practices.all()[:3]
    assert [(one.question, one.unit, one.goals[0].amount) for one in made[:2]] == [
        ("at lunch", "minutes", 150),
        ("", "yes/no", 1),
    ]
    # From the day after the last mark; Sing has none.
    left = [one.out_of_list[0] if one.out_of_list else None for one in made]
    assert left == [None, Span(date(2026, 11, 21), None), Span(ago(0), None)]
    assert amounts(diary, "water") == {"2026-11-20": 150, "2026-11-21": 0}
    assert [entry.note for entry in entries_of(diary, "water")] == ["", "a bit"]
    assert amounts(diary, "walk") == {"2026-11-20": 0}
    assert [entry.note for entry in entries_of(diary, "walk")] == [""]
    assert [one for one in report.messages if "hours" in one] == [
        "Water: hours were converted to minutes."
    ]
    assert [one for one in report.messages if "question" in one] == [
        "The question for Read was changed to fit on one line."
    ]
    read = next(one for one in diary.practices.all() if one.id == "read")
    assert read.question == f"before bed {'z' * 189}"
    assert [message for message in report.messages if "has no place for the text" in message] == [
        f'Walk: calmtrack has no place for the text "{text}", so it is left out.'
        for text in ("go", "x" * 60, "none", "Ann")
    ]
    assert "Left out, because calmtrack has no place for them: reminders." in report.messages
    broken = walk | {"events": {"2026-11-20 12:00:00.000Z": ["DayType.dance", ""]}}
    with pytest.raises(InputError, match=r'recognise the mark "DayType\.dance"'):
        import_file(diary, write_file(tmp_path, json.dumps([broken])))
    broken = walk | {"events": {"2026-11-20 12:00:00.000Z": [True, ""]}}
    with pytest.raises(InputError, match=r'"2026-11-20 12:00:00\.000Z" must be text'):
        import_file(diary, write_file(tmp_path, json.dumps([broken])))
    broken = walk | {"events": {f"2026-11-20{'0' * 31}": ["DayType.check", 1]}}
    with pytest.raises(InputError, match=f'"2026-11-20{"0" * 30}" must be text'):
        import_file(diary, write_file(tmp_path, json.dumps([broken])))


def test_more_than_a_day_of_minutes_is_left_out_with_its_line(diary: Diary, tmp_path: Path) -> None:
    text = (
        "date,Nature walk,Reading (h),Pages\n"
        "2026-11-20,1441,24,2000\n2026-11-21,1440,24.1,100001\n2026-11-22,1500,9,\n"
    )
    report = import_file(diary, write_file(tmp_path, text))
    assert amounts(diary, "nature-walk") == {"2026-11-21": 1440}
    assert amounts(diary, "reading-h") == {"2026-11-20": 1440, "2026-11-22": 540}
    assert amounts(diary, "pages") == {"2026-11-20": 2000}
    too_long = "{} minutes is more than the 24 hours of a day. This entry is left out."
    assert set(report.messages) >= {
        f"Line 2: Nature walk: {too_long.format('1,441')} … and 1 more like this.",
        f"Line 3: Reading (h): {too_long.format('1,446')}",
        "Line 3: The amount for one day can be at most 100,000. This entry is left out.",
    }
    assert (report.left_out, report.read) == (4, 8)
    assert not any("is imported as" in one for one in report.messages)


def test_a_number_of_a_yes_no_practice_is_a_yes_from_its_goal_on(
    diary: Diary, tmp_path: Path
) -> None:
    for target, first, done in ((2, 10, [0, 0, 1, 1]), (0, 20, [0, 1, 1, 1])):
        events = {f"2026-11-{first + n} 12:00Z": ["DayType.progress", "", n] for n in range(4)}
        hugs = {"title": "Hugs", "habitType": 1, "targetValue": target, "events": events}
        path = write_file(tmp_path, json.dumps([hugs]))
        import_file(diary, path, ImportOptions(choices=ImportChoices(named={"hugs": "laughter"})))
        assert list(amounts(diary, "laughter").values())[-4:] == done


def test_habits_of_beaver_keep_their_goals(diary: Diary, tmp_path: Path) -> None:
    def a_habit(name: str, *period: object, **fields: object) -> dict[str, object]:
        names = ("target_count", "period_count", "period_type")
        record = {"day": "20-11-2026", "done": False}
        goal = {"period": dict(zip(names, period, strict=True))} if period else {}
        return {"name": name, "records": [record], **goal, **fields}

    habits = [
        a_habit("Walk", 3, 1, "W", star=True),
        a_habit("Read", 15, 1, "M", status="archive"),
        a_habit("Sing", 1, 2, "D", status="soft_delete"),
        a_habit("Swim", 200, 1, "Y", tags=["sport"]),
        a_habit("Cook", 1, None, "X", star=False),
        a_habit("Sleep", status="active"),
        a_habit("Knit", None, 1, "W"),
    ]
    report = import_file(diary, write_file(tmp_path, json.dumps(habits)))
    made = diary.practices.all()[:7]
    assert [one.goals[0].days_per_week for one in made] == [3, 4, 4, 4, 7, 7, 1]
    assert [bool(one.out_of_list) for one in made] == [False, True, True, *[False] * 4]
    assert not any(one.overlap for one in made)
    assert amounts(diary, "walk") == {"2026-11-20": 0}
    assert set(report.messages) >= {
        "Sing is deleted in the file. It's archived, and its 1 day is kept.",
        "New in your list: Walk, Swim, Cook, Sleep, Knit.",
        "New practices, already archived: Read, Sing.",
        "Left out, because calmtrack has no place for them: stars of entries, tags.",
    }


def test_a_habit_of_beaver_without_a_star_is_imported_completely(
    diary: Diary, tmp_path: Path
) -> None:
    record = {"day": "2026-11-20", "done": True}
    habits = [{"name": "Walk", "records": [record], "star": False, "tags": []}]
    report = import_file(diary, write_file(tmp_path, json.dumps(habits)))
    assert report.messages == ("New in your list: Walk.",)


def test_the_habits_of_harsh_have_ends_and_headings(diary: Diary, tmp_path: Path) -> None:
    write_file(
        tmp_path,
        "! Outside\nWalk: 3w: 2026-12-24\nRead: 2\nSing: 2/3\nSleep: 0\nNap: 0/0\n",
        "habits",
    )
    write_file(tmp_path, "2026-11-20 : Walk : y\n", "log")
    report = import_file(diary, tmp_path)
    made = diary.practices.all()[:4]
    assert [one.goals[0].days_per_week for one in made] == [1, 4, 5, 1]
    assert not any(one.out_of_list for one in made)
    assert [entry.note for entry in entries_of(diary, "walk")] == [""]
    assert set(report.messages) >= {
        "Walk: calmtrack's goals are per week, so 1 in 21 days becomes 1 of 7 days.",
        "Walk ends on 2026-12-24 in the file. It stays in your list.",
        "Left out, because calmtrack has no place for them: headings in the habit list.",
    }
    # Sleep and Nap have no goal that could change.
    assert not [one for one in report.messages if one.startswith(("Sleep:", "Nap:"))]
    write_file(tmp_path, "Walk: 1\n", "habits")
    messages = import_file(diary, tmp_path).messages
    assert not [one for one in messages if "ends on" in one or "headings" in one]


def test_rising_values_of_habitica_are_done_days(diary: Diary) -> None:
    report = import_sample(diary, "small.habitica.csv")
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
    report = import_sample(diary, "small.dayone.zip")
    assert evenings(diary) == [
        ("2026-11-02", None, "08:00 Up early\n20:00 A walk. Cold!", "2026-11-02T19:00:00Z"),
        ("2026-11-04", None, "Late", "2026-11-03T23:30:00Z"),
    ]
    assert set(report.messages) == {
        "On 1 day, several entries were combined into one note.",
        "Left out, because calmtrack has no place for them: photos, tags.",
    }


def test_content_of_day_one_besides_text_is_reported(diary: Diary, tmp_path: Path) -> None:
    journal = a_day_one_journal()
    entry = journal["entries"][2]
    for field, thing in {
        "tags": "tags",
        "starred": "stars of entries",
        "photos": "photos",
        "audios": "photos",
        "videos": "photos",
        "location": "locations",
        "weather": "the weather",
    }.items():
        whole = journal | {"entries": [entry | {field: ["x"]}]}
        report = import_file(diary, write_file(tmp_path, json.dumps(whole)))
        assert report.messages == (
            f"Left out, because calmtrack has no place for them: {thing}.",
        ), field


def test_an_export_of_day_one_is_imported(diary: Diary) -> None:
    import_sample(diary, "reported/dayone.json")
    assert evenings(diary) == [("2026-03-01", None, "A quiet evening", "2026-03-01T20:00:00Z")]


def test_entries_of_jrnl_become_notes(diary: Diary) -> None:
    report = import_sample(diary, "small.jrnl.json")
    assert [e[:3] for e in evenings(diary)] == [
        ("2026-11-02", None, "08:30 Slept well.\nEarly.\n20:00 A walk with @ann."),
        ("2026-11-03", None, "Quiet."),
    ]
    assert (
        "Left out, because calmtrack has no place for them: stars of entries, tags."
        in report.messages
    )


def test_a_table_has_marks_numbers_scores_and_notes(diary: Diary) -> None:
    report = import_sample(diary, "small.table.csv")
    assert amounts(diary, "walk") == {"2026-11-01": 1, "2026-11-03": 0, "2026-11-04": "rest"}
    assert amounts(diary, "pages") == {"2026-11-01": 12, "2026-11-02": 0, "2026-11-03": 4}
    assert [e[:3] for e in evenings(diary)] == [
        ("2026-11-01", 7, "by the lake"),
        ("2026-11-02", 4, ""),
        ("2026-11-03", None, "only a note"),
    ]
    assert (
        'Line 4: "3.5" for Pages is imported as 4. The original is in the note.'
    ) in report.messages


def test_the_words_of_calmtrack_are_marks_in_every_language(
    diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    marks = {
        1: [*in_every_language("done"), *in_every_language("yes")],
        0: [
            *(one.format(count="").strip() for one in in_every_language("{count} not done")),
            *in_every_language("no"),
        ],
        "rest": [*in_every_language("rest day"), *in_every_language("Rest day")],
        None: in_every_language("not logged"),
    }
    for mark, words in marks.items():
        for word in words:
            with subtests.test(word=word):
                path = write_file(tmp_path, f"Date,Tea\n2026-11-01,{word}\n2026-11-02,x\n")
                import_file(diary, path)
                assert amounts(diary, "tea").get("2026-11-01") == mark
                diary.undo()


def test_a_score_that_is_rounded_is_reported(diary: Diary, tmp_path: Path) -> None:
    table = "Date;Calm;Note\n2026-11-01;7,5;rain\n2026-11-02;4;\n"
    report = import_file(diary, write_file(tmp_path, table))
    message = 'Line 2: "7,5" for Calm is imported as 8. The original is in the note.'
    assert message in report.messages
    assert [e[:3] for e in evenings(diary)] == [
        ("2026-11-01", 8, "rain (7,5)"), ("2026-11-02", 4, ""),
    ]  # fmt: skip
    again = import_file(diary, write_file(tmp_path, table))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)


def test_a_number_that_is_rounded_stays_in_the_note_as_it_was_written(
    diary: Diary, tmp_path: Path
) -> None:
    report = import_file(diary, write_file(tmp_path, "Date;Sleep\n2026-11-01;7,5\n"))
    message = 'Line 2: "7,5" for Sleep is imported as 8. The original is in the note.'
    assert message in report.messages
    assert [e.note for e in entries_of(diary, "sleep")] == ["(7,5)"]
    habitbull = f"{HABITBULL}Pages,,,2026-11-01,2.50,\nPages,,,2026-11-02,30,\n"
    import_file(diary, write_file(tmp_path, habitbull))
    assert [e.note for e in entries_of(diary, "pages")] == ["(2.50)", ""]


def test_a_table_of_markdown_with_links_as_dates(diary: Diary) -> None:
    import_sample(diary, "small.table.md")
    assert amounts(diary, "spazieren") == {"2026-11-01": 1, "2026-11-02": 0}
    assert amounts(diary, "lesen") == {"2026-11-02": 1}


def test_several_columns_of_notes_become_one_note(diary: Diary, tmp_path: Path) -> None:
    table = "| Date | Note | Walk | Journal |\n| - | - | - | - |\n"
    table += "| 2026-11-01 | rain | x | at home |\n| 2026-11-02 | sun |\n"
    import_file(diary, write_file(tmp_path, table))
    assert [e[2] for e in evenings(diary)] == ["rain\nat home", "sun"]
    assert amounts(diary, "walk") == {"2026-11-01": 1}


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
    import_sample(diary, "small.table.csv", named={"Pages": "hug", "walk": "nature-walk"})
    assert amounts(diary, "hug") == {"2026-11-01": 12, "2026-11-02": 0, "2026-11-03": 4}
    assert amounts(diary, "nature-walk") == {
        "2026-11-01": 20,
        "2026-11-03": 0,
        "2026-11-04": "rest",
    }


MARKS: dict[int | str, str] = {
    1: "1,x,X,✓,✔,☑,✅,[x],yes,y,true,done,Ja,wahr,Sí,si,verdadero,hecho",
    0: "0,✗,✘,☐,❌,[ ],no,n,false,nein,FALSCH,falso",
    "rest": "rest,skip,skipped,pause,descanso",
    "": "-,–,—,null",
}


def test_every_notation_of_a_mark_is_accepted(diary: Diary, tmp_path: Path) -> None:
    meant = {mark: kind for kind, marks in MARKS.items() for mark in marks.split(",")}
    days = {str(ago(number)): mark for number, mark in enumerate(meant)}
    rows = "".join(f"{day},{mark}\n" for day, mark in days.items())
    import_file(diary, write_file(tmp_path, f"date,Walk\n{rows}"))
    assert amounts(diary, "walk") == {
        day: meant[mark] for day, mark in days.items() if meant[mark] != ""
    }


def test_columns_for_calm_and_notes_are_recognised_by_name(diary: Diary, tmp_path: Path) -> None:
    for name in ["calm", "Mood", "score", "Ruhe", "stimmung", "calma", "Ánimo"]:
        path = write_file(tmp_path, f"date,{name}\n2026-10-01,7\n")
        (line,) = import_file(diary, path, ImportOptions(dry_run=True)).preview
        assert line == "Calm: 1 evening, 1 October 2026. 1 with a score, 0 with a note.", name
    notes = ["Note", "notes", "comment", "comments", "journal", "Notiz", "notizen"]
    notes += ["nota", "Notas", "comentario", "comentarios", "diario"]
    for name in notes:
        path = write_file(tmp_path, f"date,{name}\n2026-10-01,7\n")
        (line,) = import_file(diary, path, ImportOptions(dry_run=True)).preview
        assert line == "Calm: 1 evening, 1 October 2026. 0 with a score, 1 with a note.", name


@pytest.mark.parametrize(
    ("scale", "scores"), [(5, [1, 3, 5, 7, 9]), (10, [1, 2, 3, 4, 5]), (50, [0, 0, 1, 1, 1])]
)
def test_the_scale_of_a_tables_scores_can_be_chosen(
    diary: Diary, tmp_path: Path, scale: int, scores: list[int]
) -> None:
    rows = "".join(f"2026-11-0{score},{score}\n" for score in range(1, 6))
    path = write_file(tmp_path, f"day,How I felt\n{rows}", "x.csv")
    options = ImportOptions(choices=ImportChoices({"How I felt": "calm"}))
    with pytest.raises(
        InputError, match='What\'s the highest possible score in the column "How I felt"'
    ):
        import_file(diary, path, options)
    choices = ImportChoices({"How I felt": "calm"}, scale=scale)
    import_file(diary, path, ImportOptions(choices=choices))
    assert [e[1] for e in evenings(diary)] == scores


@pytest.mark.parametrize(
    ("scale", "scores"),
    [
        (5, "1 = 1 (1), 2.5 = 4 (1), 5 = 9 (2)"),
        (100, "1 = 0 (1), 2.5 = 0 (1), 5 = 1 (2)"),
        (10, None),
    ],
)
def test_the_preview_says_what_scores_of_another_scale_become(
    diary: Diary, tmp_path: Path, scale: int, scores: str | None
) -> None:
    cells = enumerate(("1", "2,5", "5", "5"), 1)
    rows = "".join(f"2026-11-0{day};{text}\n" for day, text in cells)
    path = write_file(tmp_path, f"date;Mood\n{rows}")
    options = ImportOptions(choices=ImportChoices(scale=scale), dry_run=True)
    messages = [one for one in import_file(diary, path, options).messages if "of evenings" in one]
    assert messages == [
        f'Calm scores for the numbers in "Mood", where {scale} is the highest (number of '
        f"evenings in brackets): {scores}."
    ] * (scores is not None)


def test_the_preview_of_a_fine_scale_lists_some_of_its_scores(diary: Diary, tmp_path: Path) -> None:
    rows = "".join(f"2026-10-{day:02},{3 * day}\n" for day in range(1, 31))
    path = write_file(tmp_path, f"date,mood\n{rows}")
    options = ImportOptions(choices=ImportChoices(scale=100), dry_run=True)
    (message,) = [m for m in import_file(diary, path, options).messages if "of evenings" in m]
    assert message.startswith("Calm scores for some of the numbers")
    assert message.endswith(
        ": 3 = 0 (1), 12 = 1 (1), 21 = 2 (1), 30 = 3 (1), 39 = 4 (1), 48 = 5 "
        "(1), 57 = 6 (1), 66 = 7 (1), 75 = 8 (1), 84 = 8 (1)."
    )


def test_the_scale_has_to_be_chosen_unless_it_must_be_ten(
    missing_diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    felt = 70 * "f"
    choices = ImportChoices({felt: "calm"})
    for largest, is_asked in ((5, True), (6, False), (10, False), (11, True)):
        path = write_file(tmp_path, f"date,{felt}\n2026-11-01,1\n2026-11-02,{largest}\n")
        with subtests.test(largest=largest):
            if is_asked:
                with pytest.raises(InputError, match=f'score in the column "{felt[:60]}"'):
                    import_file(missing_diary, path, ImportOptions(choices=choices))
                assert not missing_diary.store.exists()
            else:
                options = ImportOptions(choices=choices, dry_run=True)
                assert import_file(missing_diary, path, options).added == 2


def test_a_column_without_a_day_that_can_be_imported_becomes_no_practice(
    diary: Diary, tmp_path: Path
) -> None:
    before = diary.practices.all()
    path = write_file(tmp_path, "date,calm,chess\n2027-01-01,7,1\n")
    for dry_run in (True, False):
        report = import_file(diary, path, ImportOptions(dry_run=dry_run))
        assert (report.added, report.left_out, report.preview) == (0, 2, ())
        assert "New in your list: chess." not in report.messages
    assert diary.practices.all() == before


def test_future_days_are_reported_once_for_practices_and_calm(diary: Diary, tmp_path: Path) -> None:
    path = write_file(tmp_path, "date,Walk,mood\n2026-11-24,x,7\n2027-01-01,x,7\n")
    messages = import_file(diary, path).messages
    assert [message for message in messages if "in the future" in message] == [
        "Line 3: Friday 1 January 2027 is in the future. You can only plan rest days ahead. This "
        "entry is left out. … and 1 more like this."
    ]


def test_a_score_above_the_scale_is_left_out_and_its_note_stays(
    diary: Diary, tmp_path: Path
) -> None:
    path = write_file(tmp_path, "date,mood\n2026-10-01,6.5\n2026-10-02,7\n2026-10-03,7.4\n")
    import_file(diary, path)
    assert [e[1] for e in evenings(diary)] == [7, 7, 7]
    path = write_file(tmp_path, "date,mood\n2026-10-01,0\n2026-10-02,2.5\n")
    import_file(diary, path, ImportOptions(choices=ImportChoices(scale=5), prefer="file"))
    assert [e[1] for e in evenings(diary)] == [0, 4, 7]
    diary.undo()
    diary.undo()
    path = write_file(tmp_path, "date,mood,note\n2026-11-01,7,a\n2026-11-02,4,b\n")
    report = import_file(diary, path, ImportOptions(choices=ImportChoices(scale=5)))
    assert [e[:3] for e in evenings(diary)] == [("2026-11-01", None, "a"), ("2026-11-02", 7, "b")]
    assert report.left_out == 1
    assert 'Line 2: "7" isn\'t a calm score from 0 to 5. This entry is left out.' in report.messages


def test_a_column_of_text_can_become_the_note(diary: Diary, tmp_path: Path) -> None:
    text = "date,Calm,Remarks,Note\n2026-11-01,7,by the lake,rain\n2026-11-02,4,,sun\n"
    path = write_file(tmp_path, text)
    report = import_file(diary, path, ImportOptions(source="table", dry_run=True))
    assert (
        'To import a column of text as your note, use --map, like --map "Remarks=note".'
        in report.messages
    )
    choices = ImportChoices(named={"remarks": "Note"})
    # The choice says that it's a table, which the text alone doesn't.
    report = import_file(diary, path, ImportOptions(choices=choices))
    assert report.messages == ()
    assert [e[1:3] for e in evenings(diary)] == [(7, "by the lake\nrain"), (4, "sun")]
    moods = write_file(tmp_path, "full_date,mood,activities\n2026-11-03,rad,run\n")
    with pytest.raises(InputError, match="Only a column of a table can become your note"):
        import_file(diary, moods, ImportOptions(choices=ImportChoices(named={"run": "note"})))


def test_two_rows_of_a_day_complete_each_other(diary: Diary, tmp_path: Path) -> None:
    rows = "2026-11-03,20,8,by the lake\n2026-11-03,,,rain\n2026-11-04,10,,\n2026-11-04,15,4,\n"
    path = write_file(tmp_path, f"date,Pages,Calm,Note\n{rows}")
    report = import_file(diary, path)
    assert [e[1:3] for e in evenings(diary)] == [(8, "by the lake\nrain"), (4, "")]
    assert [entry.amount for entry in entries_of(diary, "pages")] == [20, 15]
    assert [one for one in report.messages if "both have" in one] == [
        "Line 4 and line 5 both have Pages on Wednesday 4 November 2026. The later one counts."
    ]


def test_a_column_of_text_is_skipped_and_counted(diary: Diary, tmp_path: Path) -> None:
    where, lake = 70 * "w", f"L{49 * 'l'}"
    text = f"date,Walk,{where}\n2026-11-01,x,\n2026-11-02,,{lake}\n2026-11-03,,2\n"
    path = write_file(tmp_path, text)
    with pytest.raises(InputError, match="can't tell which tracker"):
        import_file(diary, path)
    report = import_file(diary, path, ImportOptions(source="table"))
    assert (report.read, report.added, report.left_out) == (3, 1, 2)
    assert (
        f'The column "{where[:60]}" is left out, because it has text that isn\'t a mark or a '
        f'number, like "{lake[:40]}" in line 3.' in report.messages
    )


def test_times_like_1_05_in_a_column_of_minutes_are_durations(diary: Diary, tmp_path: Path) -> None:
    path = write_file(tmp_path, "date,Minutes,Up at\n2026-11-01,40,7:30\n2026-11-02,1:05,6:45\n")
    report = import_file(diary, path, ImportOptions(source="table"))
    assert list(amounts(diary, "minutes").values()) == [40, 65]
    chosen = ImportOptions(choices=ImportChoices(named={"Up at": "nature-walk"}))
    report = import_file(diary, path, chosen)
    assert "For a practice, write a number in each of its cells." in report.messages
    assert not [one for one in report.messages if "--map" in one]


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        (
            "1,7,\n2026-11-02,/,4,rain\n",
            'column "Walk" has text that isn\'t a mark or a number ("/"',
        ),
        (
            "1,7,\n2026-11-02,x,4,Rain\n",
            'column "Sky" has text that isn\'t a mark or a number ("Rain"',
        ),
    ],
)
def test_a_table_that_is_not_recognised_names_the_first_text_in_it(
    diary: Diary, tmp_path: Path, rows: str, cell: str
) -> None:
    path = write_file(tmp_path, f"date,Walk,Calm,Sky\n2026-11-01,{rows}")
    with pytest.raises(InputError) as raised:
        import_file(diary, path)
    assert f"{cell} in line 3). To import it without such columns, use --source table; to" in str(
        raised.value
    )
    assert import_file(diary, path, ImportOptions(source="table")).added > 0


BROKEN_TABLES = {
    "a date that is none": (
        "date,Walk\n2026-11-01,x\n2026-11-31,x\n",
        'Line 3: The date "2026-11-31" doesn\'t exist',
    ),
    "mixed dates": (
        "date,Walk\n2026-11-01,x\n2.11.2026,x\n",
        'Line 3: I don\'t recognise the date "2.11.2026"',
    ),
    "two readings": ("date,Walk\n3/4/2026,x\n", '"3/4/2026" could be two different days'),
    "one column": ("date\n2026-11-01\n", "at least one other column"),
    "a short row": ("date,Walk,Read\n2026-11-01,x\n", "Line 2 has 2 cells"),
    "two columns of a name": ("date,Walk,Walk\n2026-11-01,x,x\n", "Two columns are called "),
    "no table": ("{}", "isn't a table of days and habits"),
    "a long row": ("| date | Walk |\n| - | - |\n| 2026-11-01 | x | y |\n", "Line 3 has 3 cells"),
    "text behind": (
        "| date | Walk |\n| - | - |\n| 2026-11-01 | x |\nbye\n",
        "Line 4: The text after the table",
    ),
}


def test_a_broken_table_is_rejected_in_a_sentence(
    missing_diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for name, (text, message) in BROKEN_TABLES.items():
        with subtests.test(name):
            with pytest.raises(InputError, match=re.escape(message)) as error:
                import_file(
                    missing_diary, write_file(tmp_path, text), ImportOptions(source="table")
                )
            assert "Nothing was imported." in str(error.value)
            assert not missing_diary.store.exists()


@pytest.mark.parametrize(
    ("dates", "date_format", "days"),
    [
        (["3/4/2026", "5/4/2026"], "DD/MM/YYYY", ["2026-04-03", "2026-04-05"]),
        (["3/4/2026", "5/4/2026"], "MM/DD/YYYY", ["2026-03-04", "2026-05-04"]),
        (["3/4/2026", "5/4/2026"], "d/m/yyyy", ["2026-04-03", "2026-04-05"]),
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
    path = write_file(tmp_path, b"\xef\xbb\xbf" + f"When,Walk\r\n{rows}".encode())
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
def test_a_choice_that_has_no_effect_is_rejected(
    diary: Diary, name: str, choices: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        import_sample(diary, name, **choices)


NAMELESS = {
    "Streaks": "task_id,entry_type,entry_date\n7,completed_manually,20261120\n",
    "Habitica": "Task ID,Task Type,Date,Value\na,daily,2026-11-20 10:00:00,1\n",
    "HabitBull": "HabitName,CalendarDate,Value,CommentText\n,2026-11-20,1,\n",
    "Beaver": '[{"records": [{"day": "2026-11-20", "done": true}]}]',
}


@pytest.mark.parametrize("tracker", NAMELESS)
def test_a_habit_without_a_name_is_numbered(diary: Diary, tmp_path: Path, tracker: str) -> None:
    import_file(diary, write_file(tmp_path, NAMELESS[tracker]))
    made = diary.practices.all()[0]
    assert (made.name, made.question) == ("Habit 1", "")
    assert amounts(diary, "habit-1") == {"2026-11-20": 1}


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
        'Item 1: The date "2026-13-1" doesn\'t exist',
    ),
    "scores of Pixels": ('[{"date": "2026-1-1", "scores": 3}]', "Item 1: "),
    "a day of Table Habit": (
        json.dumps({"habits": [a_table_habit("x", records=[{"record_date": 90_000}])]}),
        "The number 90000 is too large or too small to be a date.",
    ),
    "an early day of Table Habit": (
        json.dumps({"habits": [a_table_habit("x", records=[{"record_date": -30_000}])]}),
        "The number -30000 is too large or too small to be a date.",
    ),
    "a task of Habitica": (
        "Task Name,Task ID,Task Type,Date,Value\nx,a,todo,2026-11-21 10:00:00,1\n",
        'Line 2: I don\'t recognise the mark "todo"',
    ),
    "a date of Habitica": (
        "Task Name,Task ID,Task Type,Date,Value\nx,a,daily,2026-11-21,1\n",
        'Line 2: I don\'t recognise the date "2026-11-21"',
    ),
    "a date of Daylio": (
        "full_date,date,weekday,time,mood,activities,note_title,note\n,1 May,,,good,,,\n",
        'Line 2: I don\'t recognise the date ""',
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


def test_a_broken_file_is_rejected_in_a_sentence(
    missing_diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for name, (text, message) in BROKEN.items():
        with subtests.test(name):
            with pytest.raises(InputError, match=re.escape(message)):
                import_file(missing_diary, write_file(tmp_path, text))
            assert not missing_diary.store.exists()


def test_a_zip_of_several_journals_is_imported_and_other_json_ignored(
    diary: Diary, tmp_path: Path
) -> None:
    whole = a_day_one_journal()
    files = {
        "Home.json": json.dumps(whole | {"entries": whole["entries"][:1]}).encode(),
        "Work.json": json.dumps(whole | {"entries": whole["entries"][2:]}).encode(),
        "other.json": b"{}",
        "photos/Trip.json": json.dumps(whole).encode(),
    }
    import_file(diary, write_file(tmp_path, zipped(files), "export.zip"))
    assert [e[0] for e in evenings(diary)] == ["2026-11-02", "2026-11-04"]


def test_a_new_practice_without_a_free_letter_is_named(diary: Diary, tmp_path: Path) -> None:
    report = import_file(diary, write_file(tmp_path, "Date,Hug them,gh\n2026-11-01,x,x\n"))
    letters = {one.name: one.key for one in diary.practices.all()}
    assert (letters["Hug them"], letters["gh"]) == ("m", None)
    assert "Without a letter for now: gh. Choose one in Practices." in report.messages


@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        ("2026-11-02 21:30", "2026-11-02 08:00:05"),
        ("11/13/2026, 9:30 PM", "11/13/2026, 10:00 am"),
        ("2026-11-02T21:30:00Z", "2026-11-02T09:00:00Z"),
    ],
)
def test_of_two_rows_of_a_day_the_later_time_counts(
    diary: Diary, tmp_path: Path, evening: str, morning: str
) -> None:
    """Many programs export the newest row first."""
    table = f'Date,Calm,Walk,Note\n"{evening}",6,,fine\n"{morning}",4,3,\n'
    path = tmp_path / "table.csv"
    path.write_text(table, encoding="utf-8")
    report = import_file(diary, path)
    _practices, (walk,), (rated,) = everything(diary)
    assert (rated.calm, rated.note, walk.amount) == (6, "fine", 3)
    (message,) = (one for one in report.messages if "both have" in one)
    assert message.startswith("Line 2 and line 3 both have Calm on ")


@pytest.mark.parametrize("header", ["date,Walk", "date,Walk,note"])
def test_rows_of_totals_below_a_table_are_left_out(
    diary: Diary, tmp_path: Path, header: str
) -> None:
    blank = "," * header.count("note")
    rows = ("2026-11-01,x", "2026-11-02,x", "Summe 2026,1", ",2")
    path = write_file(tmp_path, "\n".join((header, *(row + blank for row in rows), "")))
    report = import_file(diary, path)
    assert amounts(diary, "walk") == {"2026-11-01": 1, "2026-11-02": 1}
    assert report.left_out == 2
    (said,) = (one for one in report.messages if one.startswith("Line"))
    assert said == (
        'Line 4: "Summe 2026" isn\'t a date, so this row is left out. … and 1 more like this.'
    )


def test_columns_of_a_markdown_table_without_a_name_are_left_out(
    diary: Diary, tmp_path: Path
) -> None:
    rows = (
        "| Date | | Walk | | |",
        "| --- | --- | --- | --- | --- |",
        "| 2026-11-01 | | x | hm | |",
    )
    report = import_file(diary, write_file(tmp_path, "\n".join(rows)))
    assert amounts(diary, "walk") == {"2026-11-01": 1}
    assert report.messages == (
        "Column 4 has cells but no name in the first row, so it is left out.",
        "New in your list: Walk.",
    )


def test_the_dates_of_a_markdown_table_need_no_name(diary: Diary, tmp_path: Path) -> None:
    rows = (
        "| | Walk | |",
        "| --- | --- | --- |",
        "| 2026-11-01 | x | hm |",
        "| 2026-11-02 | x | |",
    )
    report = import_file(
        diary, write_file(tmp_path, "\n".join(rows)), ImportOptions(source="table")
    )
    assert amounts(diary, "walk") == {"2026-11-01": 1, "2026-11-02": 1}
    assert report.messages[0] == (
        "Column 3 has cells but no name in the first row, so it is left out."
    )


def test_a_markdown_table_of_dashes_alone_is_rejected_in_a_sentence(
    diary: Diary, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"^A table needs a column of dates"):
        import_file(diary, write_file(tmp_path, "| --- | --- |\n"), ImportOptions(source="table"))


def test_years_may_have_two_digits_at_the_end_of_a_date(diary: Diary, tmp_path: Path) -> None:
    for dates in (("28/10/26", "03/11/26"), ("28.10.26", "03.11.26"), ("10/28/26", "11/03/26")):
        path = write_file(tmp_path, "date,Walk\n" + "".join(f"{day},x\n" for day in dates))
        import_file(diary, path)
        assert amounts(diary, "walk") == {"2026-10-28": 1, "2026-11-03": 1}
        diary.undo()
    with pytest.raises(UnclearDateError, match='"03/11/26" could be two different days'):
        import_file(diary, write_file(tmp_path, "date,Walk\n03/11/26,x\n"))
