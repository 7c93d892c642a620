"""Files in the shapes of real people's public exports: nothing lost, nothing invented."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.importers.factories import everything
from tests.importers.small_files import (
    a_daylio_backup,
    a_daylio_entry,
    daylio_zip,
    zipped,
)
from tests.importers.test_other_trackers import amounts, entries_of, import_sample
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.importers.import_file import import_file


def notes(diary: Diary, practice_id: str) -> dict[str, str]:
    """The note of each day."""
    return {str(entry.day): entry.note for entry in entries_of(diary, practice_id)}


def test_an_empty_comment_of_harsh_is_not_a_note(diary: Diary) -> None:
    report = import_sample(diary, "reported/harsh-real")
    assert (report.read, report.added, report.left_out) == (3, 3, 0)
    assert amounts(diary, "walk") == {"2026-03-01": 1, "2026-03-02": 1, "2026-03-03": 0}
    assert notes(diary, "walk") == {"2026-03-01": "", "2026-03-02": "with Ann", "2026-03-03": ""}
    assert everything(diary)[2] == []


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Writes these files, by path, into a folder."""
    for name, text in files.items():
        path = folder / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder / "export"


OLD_HABITS = "Position,Name,Question,Description,NumRepetitions,Interval,Color\n"


def test_files_of_loop_without_a_header_are_imported_completely(diary: Diary) -> None:
    report = import_sample(diary, "reported/loop-2.0-headerless")
    assert (report.read, report.added, report.left_out) == (3, 3, 0)
    assert amounts(diary, "walk") == {"2023-04-02": 1, "2023-04-03": 1, "2023-04-04": 1}


def test_files_of_loop_without_a_header_may_have_notes(diary: Diary, tmp_path: Path) -> None:
    files = {
        "Habits.csv": OLD_HABITS + "001,Walk,,,1,1,#00ACC1\n",
        "001 Walk/Checkmarks.csv": "2023-04-04,2,by the lake\n2023-04-03,0,\n",
    }
    import_file(diary, write_files(tmp_path, files))
    assert amounts(diary, "walk") == {"2023-04-03": 0, "2023-04-04": 1}
    assert notes(diary, "walk") == {"2023-04-03": "", "2023-04-04": "by the lake"}


def test_the_table_of_all_days_of_loop_2_is_imported(diary: Diary) -> None:
    report = import_sample(diary, "reported/loop-2.0-root-entry")
    assert (report.read, report.added, report.left_out) == (3, 3, 0)
    assert amounts(diary, "walk") == {"2023-04-03": 1, "2023-04-04": 1}
    assert amounts(diary, "read") == {"2023-04-03": 1}
    assert not [message for message in report.messages if "Read on" in message]


@pytest.mark.parametrize("name", ["Habits.csv", "Checkmarks.csv", "001 Walk/Checkmarks.csv"])
def test_any_file_of_a_folder_of_loop_selects_the_folder(
    diary: Diary, tmp_path: Path, name: str
) -> None:
    files = {
        "Habits.csv": OLD_HABITS + "001,Walk,,,1,1,#00ACC1\n",
        "Checkmarks.csv": "Date,Walk,\n2023-04-04,2,\n",
        "001 Walk/Checkmarks.csv": "2023-04-04,2\n",
    }
    report = import_file(diary, write_files(tmp_path, files) / name)
    assert report.file_info.source == "loop"
    assert amounts(diary, "walk") == {"2023-04-04": 1}


def test_a_loop_habit_without_a_type_is_numeric_if_a_value_is_no_mark(
    diary: Diary, tmp_path: Path
) -> None:
    files = {
        "Habits.csv": OLD_HABITS + "001,Water,,,1,1,#00ACC1\n002,Sit,,,1,1,#00ACC1\n",
        "001 Water/Checkmarks.csv": "2023-04-03,8000\n2023-04-02,0\n2023-04-01,-1\n",
        "002 Sit/Checkmarks.csv": "\ufeff2023-04-03,2\r\n2023-04-02,3\r\n2023-04-01,0\r\n",
    }
    report = import_file(diary, write_files(tmp_path, files))
    assert (report.read, report.added, report.left_out) == (5, 5, 0)
    assert amounts(diary, "water") == {"2023-04-02": 0, "2023-04-03": 8}
    assert amounts(diary, "sit") == {"2023-04-01": 0, "2023-04-02": "rest", "2023-04-03": 1}


def test_names_with_commas_do_not_shift_columns(diary: Diary, tmp_path: Path) -> None:
    files = {
        "Habits.csv": OLD_HABITS
        + '001,"Walk, far",,,1,1,#00ACC1\n002,Water,,,1,1,#00ACC1\n003,Read,,,1,1,#00ACC1\n',
        "Checkmarks.csv": "Date,Walk, far,Water,Read,\n"
        "2023-04-04,Entry(timestamp=2023-04-04, value=2),"
        "Entry(timestamp=2023-04-04, value=3000),Entry(timestamp=2023-04-04, value=0),\n",
    }
    report = import_file(diary, write_files(tmp_path, files))
    assert (report.read, report.added, report.left_out) == (3, 3, 0)
    assert [amounts(diary, one) for one in ("walk-far", "water", "read")] == [
        {"2023-04-04": 1},
        {"2023-04-04": 3},
        {"2023-04-04": 0},
    ]


def test_a_table_of_all_days_that_was_cut_off_is_rejected_with_its_line(
    missing_diary: Diary, tmp_path: Path
) -> None:
    files = {
        "Habits.csv": OLD_HABITS + "001,Walk,,,1,1,#00ACC1\n002,Read,,,1,1,#00ACC1\n",
        "Checkmarks.csv": "Date,Walk,Read,\n2023-04-04,2,0,\n2023-04-03,2,2",
    }
    with pytest.raises(InputError, match="Line 3: Only 1 of the 2 habits"):
        import_file(missing_diary, write_files(tmp_path, files))
    assert not missing_diary.store.exists()


def test_a_backup_of_habo_before_3_is_imported(diary: Diary) -> None:
    report = import_sample(diary, "reported/habo-old-list.json")
    assert report.file_info.source == "habo"
    assert (report.read, report.added, report.left_out) == (4, 4, 0)
    assert amounts(diary, "walk") == {
        "2021-01-01": 1,
        "2021-01-02": 0,
        "2021-01-03": "rest",
        "2021-01-04": None,
    }
    assert set(notes(diary, "walk").values()) == {"", "tired", "only a word"}


UNKNOWN_JSON = {
    "a journal": '{"tags": {"@x": 1}, "entries": [{"date": "2026-03-01", "time": "20:00"}]}',
    "Nomie": '{"nomie": {"number": "5"}, "trackers": {}, "events": [{"note": "#mood"}]}',
    "a list of events": '{"metadata": {"version": "1.0"}, "events": {}, "categories": []}',
}


def test_json_of_another_app_matches_no_tracker(
    missing_diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for name, text in UNKNOWN_JSON.items():
        with subtests.test(name):
            path = tmp_path / "x.json"
            path.write_text(text, encoding="utf-8")
            with pytest.raises(InputError, match="can't tell which tracker"):
                import_file(missing_diary, path)
            assert not missing_diary.store.exists()


def test_a_slip_of_habitkit_is_not_done_and_a_zero_is_no(diary: Diary) -> None:
    report = import_sample(diary, "reported/habitkit-inverse-zero-twice.json")
    # The last two completions are of one day: Water on 13 May.
    assert (report.read, report.added, report.left_out) == (6, 4, 1)
    assert amounts(diary, "no-sweets") == {}
    assert amounts(diary, "gym") == {"2026-05-12": 1}
    assert amounts(diary, "water") == {"2026-05-10": 2, "2026-05-11": 0, "2026-05-13": 1}
    goals = {one.name: one.goals[0] for one in diary.practices.all()}
    assert (goals["Gym"].days_per_week, goals["Gym"].amount) == (3, 1)
    assert (goals["Water"].days_per_week, goals["Water"].amount) == (7, 2)
    assert (
        "No sweets: in HabitKit, a mark for this habit means it didn't go as hoped, "
        "so 1 mark isn't imported as done. Notes are kept."
    ) in report.messages


def test_habits_of_habitkit_keep_their_order(diary: Diary, tmp_path: Path) -> None:
    habits = [
        {"id": "b", "name": "Second", "orderIndex": 1},
        {"id": "a", "name": "First", "orderIndex": 0},
    ]
    done = [{"habitId": one, "date": "2026-05-15"} for one in "ba"]
    goals = [{"habitId": one, "type": "day", "startDate": "2026-05-01"} for one in "ba"]
    path = tmp_path / "habitkit.json"
    path.write_text(json.dumps({"habits": habits, "completions": done, "intervals": goals}))
    report = import_file(diary, path)
    assert [one.name for one in diary.practices.all()[:2]] == ["First", "Second"]
    assert not [message for message in report.messages if "newest goal" in message]


def test_goals_of_habitkit_are_days_per_week_and_times_a_day(diary: Diary, tmp_path: Path) -> None:
    goals: list[tuple[str, int | None, int | None, tuple[int, int]]] = [
        ("day", 9, 3, (7, 3)),
        ("week", 2, None, (2, 1)),
        ("week", None, 1, (1, 1)),
        ("month", 15, 1, (4, 1)),
        ("year", 130, 1, (2, 1)),
        ("decade", 9, 1, (7, 1)),
    ]
    habits, intervals = [], []
    for place, (period, days, times, _) in enumerate(goals):
        habits.append({"id": f"{place}", "name": f"Habit of a {period} {place}", "orderIndex": 1})
        goal = {"requiredNumberOfCompletions": days, "requiredNumberOfCompletionsPerDay": times}
        intervals.append({"habitId": f"{place}", "type": period, "startDate": "2026"} | goal)
    done = [{"habitId": "1", "date": "2026-05-15"}]
    path = tmp_path / "habitkit.json"
    path.write_text(json.dumps({"habits": habits, "completions": done, "intervals": intervals}))
    report = import_file(diary, path)
    units = [one.unit for one in diary.practices.all()[: len(goals)]]
    assert units == ["times", *["yes/no"] * 5]
    changed = [
        message.split(" becomes ") for message in report.messages if "goals are per week" in message
    ]
    assert changed == [
        [
            "Habit of a month 3: calmtrack's goals are per week, so 15 in 30 days",
            "4 of 7 days.",
        ],
        [
            "Habit of a year 4: calmtrack's goals are per week, so 130 in 365 days",
            "2 of 7 days.",
        ],
    ]
    made = [practice.goals[0] for practice in diary.practices.all()[: len(goals)]]
    assert [(one.days_per_week, one.amount) for one in made] == [one for *_, one in goals]
    assert amounts(diary, "habit-of-a-week-1") == {"2026-05-15": 1}


def test_the_day_of_a_mark_of_habitkit_is_the_local_one(diary: Diary, tmp_path: Path) -> None:
    moments = [
        ("2026-05-12T23:30:00.000Z", 60),
        ("2026-05-11T00:30:00.000Z", -60),
        ("2026-05-15T00:00:00.000Z", -600),
        ("2026-05-16T22:00:00.000Z", 120),
        ("2026-05-18T23:59:30.000Z", None),
    ]
    done = [
        {"habitId": "a", "date": moment, "timezoneOffsetInMinutes": offset}
        for moment, offset in moments
    ]
    habits = [{"id": "a", "name": "Walk", "orderIndex": 0, "description": "Outside?"}]
    path = tmp_path / "habitkit.json"
    path.write_text(json.dumps({"habits": habits, "completions": done}))
    import_file(diary, path)
    assert list(amounts(diary, "walk")) == [
        *("2026-05-10", "2026-05-13", "2026-05-15", "2026-05-17", "2026-05-18")
    ]
    assert diary.practices.all()[0].question == "Outside?"


def test_the_note_of_a_slip_is_imported(diary: Diary, tmp_path: Path) -> None:
    habit = {"id": "a", "name": "No sweets", "isInverse": True, "orderIndex": 0}
    slip = {"habitId": "a", "date": "2026-05-15", "amountOfCompletions": 1, "note": "a party"}
    path = tmp_path / "habitkit.json"
    path.write_text(json.dumps({"habits": [habit], "completions": [slip]}), encoding="utf-8")
    import_file(diary, path)
    assert amounts(diary, "no-sweets") == {"2026-05-15": None}
    assert notes(diary, "no-sweets") == {"2026-05-15": "a party"}


def test_an_archived_habit_is_not_reported_as_new_in_the_list(diary: Diary) -> None:
    report = import_sample(diary, "reported/loop-archived")
    assert "New practices, already archived: Walk." in report.messages
    assert not [one for one in report.messages if "New in your list" in one]


def test_an_archived_habit_is_reported_as_listed_only_if_it_is(diary: Diary) -> None:
    stays = "Walk is archived in the file. It stays in your list."
    import_sample(diary, "reported/loop-archived")
    assert stays not in import_sample(diary, "reported/loop-archived").messages
    diary.practices.restore("walk")
    assert stays in import_sample(diary, "reported/loop-archived").messages


def test_notes_and_quantities_of_streaks_are_imported(diary: Diary) -> None:
    report = import_sample(diary, "reported/streaks-notes-quantity.csv")
    assert (report.read, report.added, report.left_out) == (4, 3, 1)
    assert amounts(diary, "walk-10-00") == {"2026-03-01": 1}
    assert notes(diary, "walk-10-00") == {"2026-03-01": "by the lake"}
    assert amounts(diary, "water") == {"2026-03-01": 8, "2026-03-02": "rest"}
    assert notes(diary, "water") == {"2026-03-01": "", "2026-03-02": "ill"}
    water = next(one for one in diary.practices.all() if one.id == "water")
    assert (water.unit, water.goals[0].amount) == ("times", 8)
    assert (
        "Water: the file doesn't contain the daily goal. It's set to 8, the smallest "
        "amount of a completed day." in report.messages
    )
    for practice in ("hug", "calm"):
        report = import_sample(
            diary, "reported/streaks-notes-quantity.csv", named={"water": practice}
        )
        assert not any("daily goal" in message for message in report.messages)


def test_a_partly_done_day_of_streaks_keeps_its_quantity(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "streaks.csv"
    path.write_text(
        "task_id,title,entry_type,entry_date,quantity,notes\n"
        "1,Water,completed_manually,20260301,8.0,\n"
        "1,Water,missed_auto,20260302,3.0,hot\n"
        "1,Water,skipped_manually,20260303,2.0,ill\n"
        "1,Water,missed_manually,20260304,0.0,\n",
        encoding="utf-8",
    )
    report = import_file(diary, path)
    assert (report.read, report.added, report.left_out) == (4, 4, 0)
    assert amounts(diary, "water") == {
        "2026-03-01": 8,
        "2026-03-02": 3,
        "2026-03-03": "rest",
        "2026-03-04": 0,
    }
    assert [note for note in notes(diary, "water").values() if note] == ["hot", "ill (2)"]


def test_quantities_of_zero_do_not_make_a_habit_of_streaks_numeric(
    diary: Diary, tmp_path: Path
) -> None:
    path = tmp_path / "streaks.csv"
    path.write_text(
        "task_id,title,entry_type,entry_date,quantity,notes\n1,Walk,completed_auto,20260302,0.0,\n",
        encoding="utf-8",
    )
    import_file(diary, path)
    assert diary.practices.all()[0].unit == "yes/no"
    assert amounts(diary, "walk") == {"2026-03-02": 1}


def test_an_unknown_goal_of_streaks_is_not_mentioned(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "streaks.csv"
    path.write_text(
        "task_id,title,entry_type,entry_date,quantity,notes\n"
        "1,Water,missed_auto,20260302,3.0,\n2,Tea,completed_auto,20260302,4,\n"
        "2,Tea,completed_auto,20260301,3,\n2,Tea,completed_auto,20260303,5,\n"
        "3,Nap,completed_auto,20260301,1,\n",
        encoding="utf-8",
    )
    messages = import_file(diary, path).messages
    assert [message for message in messages if "daily goal" in message] == [
        f"{goal}, the smallest amount of a completed day."
        for goal in (
            "Tea: the file doesn't contain the daily goal. It's set to 3",
            "Nap: the file doesn't contain the daily goal. It's set to 1",
        )
    ]
    assert [one.goals[0].amount for one in diary.practices.all()[:3]] == [1, 3, 1]


def test_one_scored_mood_of_five_is_not_a_calm_score(diary: Diary) -> None:
    report = import_sample(diary, "reported/daylio-some-moods.csv")
    (evening,) = everything(diary)[2]
    assert evening.calm is None
    assert evening.note.split("\n") == [
        "07:00 awful",
        "12:00 relaxed",
        "15:00 proud",
        "18:00 happy",
        "21:00 content",
    ]
    assert (
        "On 1 day, only some moods have a calm score. That evening isn't rated, and its "
        "moods are in the note." in report.messages
    )
    assert not [
        message for message in report.messages if message.startswith("Calm scores for moods")
    ]


def test_a_day_whose_moods_all_have_scores_has_calm(diary: Diary) -> None:
    moods = {"content": 7, "happy": 8, "proud": 8, "relaxed": 9}
    report = import_sample(diary, "reported/daylio-some-moods.csv", moods=moods)
    (evening,) = everything(diary)[2]
    assert (evening.calm, evening.note) == (7, "")
    assert not [message for message in report.messages if message.startswith("On 1 day only")]


def test_unknown_columns_of_daylio_are_named(diary: Diary) -> None:
    report = import_sample(diary, "reported/daylio-unknown-columns.csv")
    (evening,) = everything(diary)[2]
    assert (evening.calm, evening.note) == (7, "hello")
    assert [message for message in report.messages if "the column" in message] == [
        'calmtrack doesn\'t know the column "location", so it is left out.',
        'calmtrack doesn\'t know the column "photos", so it is left out.',
    ]


def test_a_later_export_of_daylio_updates_a_day_with_more_entries(diary: Diary) -> None:
    import_sample(diary, "reported/daylio-grown-1.csv")
    before = everything(diary)
    report = import_sample(diary, "reported/daylio-grown-2.csv")
    (evening,) = everything(diary)[2]
    assert (evening.calm, evening.note) == (5, "12:00 noon\n21:00 evening")
    assert (report.added, report.changed, report.lost) == (0, 1, 0)
    assert (
        "Line 2: Calm on Sunday 1 March 2026 has more entries than in your last import, so "
        "it's updated." in report.messages
    )
    # What the earlier export had is part of it.
    assert diary.conflict_records() == []
    again = import_sample(diary, "reported/daylio-grown-2.csv")
    assert (again.added, again.changed, again.unchanged, again.lost) == (0, 0, 1, 0)
    diary.undo()
    assert everything(diary) == before


def test_an_evening_changed_by_the_user_is_not_updated(diary: Diary) -> None:
    import_sample(diary, "reported/daylio-grown-1.csv")
    diary.rate(8, date(2026, 3, 1))
    report = import_sample(diary, "reported/daylio-grown-2.csv")
    (evening,) = everything(diary)[2]
    assert (evening.calm, evening.note) == (8, "noon")
    assert (report.changed, report.lost) == (0, 1)


def test_moods_of_a_daylio_backup_have_scores_whatever_their_names(diary: Diary) -> None:
    report = import_sample(diary, "small.daylio")
    assert [(str(e.day), e.calm, e.note, e.logged_at) for e in everything(diary)[2]] == [
        ("2026-11-01", 4, "21:05 Evening: tired", "2026-11-01T19:05:00Z"),
        ("2026-11-02", 9, "a long walk", "2026-11-02T19:05:00Z"),
        ("2026-11-03", 7, "", "2026-11-03T19:05:00Z"),
    ]
    assert report.file_info.moods == {"gelassen": 7, "rad": 9, "furchtbar": 1, "good": 7}
    assert set(report.messages) == {
        "Item 2: the note had HTML, which was converted to plain text.",
        "On 1 day, several entries were combined into one evening, with the average score and "
        "all notes.",
        "Calm scores for moods (number of entries in brackets): gelassen 7 (1), rad 9 (1), "
        "furchtbar 1 (1), good 7 (1).",
        (
            "Activities left out (number of days in brackets): Spaziergang (2), Lesen "
            "(1). To import them all, add --activities; for some of them, --map or --new."
        ),
        "Left out, because calmtrack has no place for them: photos, goals.",
    }


def test_moods_and_activities_of_a_daylio_backup_can_be_chosen(diary: Diary) -> None:
    named = {"spaziergang": "nature-walk"}
    report = import_sample(
        diary, "small.daylio", moods={"gelassen": 8}, named=named, activities=True
    )
    assert report.read == 4
    assert [e.calm for e in everything(diary)[2]] == [4, 9, 8]
    assert amounts(diary, "nature-walk") == {"2026-11-02": 20, "2026-11-03": 20}
    assert amounts(diary, "lesen") == {"2026-11-02": 1}
    assert report.file_info.activities == ("Spaziergang", "Lesen")


def test_entries_of_a_daylio_backup_without_a_time_come_first(diary: Diary, tmp_path: Path) -> None:
    timeless = a_daylio_entry(1, mood=1, note="sun") | {"hour": None, "datetime": -1}
    entries = [a_daylio_entry(1, mood=1, note="rain"), timeless]
    path = tmp_path / "x.daylio"
    path.write_bytes(a_daylio_backup(dayEntries=entries))
    import_file(diary, path)
    assert [e.note for e in everything(diary)[2]] == ["sun\n20:05 rain"]
    no_moment = [a_daylio_entry(2, mood=1) | {"datetime": None}]
    path.write_bytes(a_daylio_backup(dayEntries=no_moment))
    import_file(diary, path)
    assert everything(diary)[2][-1].logged_at is None


BROKEN_BACKUPS: dict[str, tuple[bytes, str]] = {
    "no base64": (zipped({"backup.daylio": b"abc"}), "damaged"),
    "no JSON": (daylio_zip(b"{"), "Line 1: this isn't valid JSON"),
    "no UTF-8": (daylio_zip(b'{"tags": "\xff"}'), "isn.t UTF-8 text"),
    "a day that is none": (
        a_daylio_backup(dayEntries=[a_daylio_entry(31, mood=1)]),
        'Item 1 of "dayEntries": The date "2026-11-31" doesn\'t exist',
    ),
    "an entry that is none": (a_daylio_backup(dayEntries=[7]), 'Item 1 of "dayEntries"'),
    "a mood that is none": (a_daylio_backup(customMoods=[{"id": "x"}]), 'Item 1 of "customMoods"'),
}


def test_a_broken_backup_of_daylio_is_rejected_in_a_sentence(
    missing_diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    path = tmp_path / "x.daylio"
    for name, (content, message) in BROKEN_BACKUPS.items():
        with subtests.test(name):
            path.write_bytes(content)
            with pytest.raises(InputError, match=message):
                import_file(missing_diary, path)
            assert not missing_diary.store.exists()


def test_entries_of_a_daylio_backup_with_unknown_moods_and_tags_stay(
    diary: Diary, tmp_path: Path
) -> None:
    path = tmp_path / "x.daylio"
    entries = [
        a_daylio_entry(1, mood=77, tags=[88], note="rain"),
        a_daylio_entry(2, note="no mood"),
    ]
    entries.append(a_daylio_entry(3, mood=6))
    path.write_bytes(a_daylio_backup(dayEntries=entries, goals=[], customMoods=[{"id": 6}]))
    report = import_file(diary, path)
    assert [(e.calm, e.note) for e in everything(diary)[2]] == [
        (None, "mood 77 – rain"),
        (None, "no mood"),
        (None, "mood 6"),
    ]
    assert report.file_info.activities == ("activity 88",)
    assert not any(message.startswith("Left out, because") for message in report.messages)


def test_an_invalid_time_is_ignored(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "daylio.csv"
    path.write_text("full_date,time,mood,activities,note\n2026-03-01,25:99,good,,hi\n")
    assert import_file(diary, path).added == 1
    assert everything(diary)[2][0].logged_at is None
