"""What the person chooses for the habits of a file: a practice, a new one, calm, or nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.importers.factories import everything
from tests.importers.test_other_trackers import amounts, import_sample, sample
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.i18n.messages import set_language
from tracker.importers.habit_importer import ImportChoices
from tracker.importers.import_file import ImportOptions, import_file
from tracker.importers.import_report import ForeignHabit
from tracker.models import CALM_ID


def test_columns_are_imported_as_chosen_and_again_without_change(diary: Diary) -> None:
    choices: dict[str, object] = {
        "left_out": frozenset({"walk"}),
        "new_names": {"Pages": "Reading"},
        "named": {"mood": "hug"},
    }
    report = import_sample(diary, "small.table.csv", **choices)
    assert amounts(diary, "reading") == {"2026-11-01": 12, "2026-11-02": 0, "2026-11-03": 4}
    assert amounts(diary, "hug") == {"2026-11-01": 7, "2026-11-02": 4}
    assert [(e.calm, e.note) for e in everything(diary)[2]] == [
        (None, "by the lake"),
        (None, "only a note"),
    ]
    assert "Walk: 3 rows left out, as you chose." in report.messages
    assert (report.added, report.left_out, report.read) == (7, 3, 10)
    assert not report.lacks_settings
    habits = report.file_info.habits
    assert [(h.name, h.target, h.new_name, h.has_numbers) for h in habits] == [
        ("Walk", "", "", False),
        ("Pages", "reading", "Reading", True),
        ("Mood", "hug", "", True),
    ]
    left_out = import_sample(
        diary, "small.table.csv", left_out=frozenset({"pages"})
    ).file_info.habits
    assert [h.has_numbers for h in left_out if h.name == "Pages"] == [True]
    again = import_sample(diary, "small.table.csv", **choices)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 7)


def test_a_column_named_after_the_id_of_a_renamed_practice_is_that_practice(
    diary: Diary, tmp_path: Path
) -> None:
    diary.practices.edit("hug", name="Cuddles")
    path = tmp_path / "table.csv"
    path.write_text("date,hug,tea\n2026-11-01,2,1\n", encoding="utf-8")
    habits = import_file(diary, path).file_info.habits
    assert [(h.name, h.target, h.new_name) for h in habits] == [
        ("hug", "hug", ""),
        ("tea", "tea", "tea"),
    ]
    assert amounts(diary, "hug") == {"2026-11-01": 2}
    diary.undo()
    options = ImportOptions(choices=ImportChoices(new_names={"hug": "Holding hands"}))
    assert import_file(diary, path, options).file_info.habits[0].new_name


@pytest.mark.parametrize("name", ["Hug", "HUG"])
@pytest.mark.parametrize(
    "lines",
    [
        "date,{name}\n2026-11-01,2\n2026-11-02,3\n",
        "day,calm,{name},rest_days\n2026-11-01,,2,\n2026-11-02,,3,\n2026-11-03,,,hug\n",
        "day,kind,practice,amount\n2026-11-01,practice,{name},2\n2026-11-02,practice,{name},3\n",
    ],
)
def test_an_id_in_capitals_is_that_of_the_renamed_practice(
    diary: Diary, tmp_path: Path, name: str, lines: str
) -> None:
    """Spreadsheets capitalise what is typed, and names ignore case, too."""
    diary.practices.edit("hug", name="Cuddles")
    practices = diary.practices.all()
    path = tmp_path / "table.csv"
    path.write_text(lines.format(name=name), encoding="utf-8")
    report = import_file(diary, path)
    assert report.messages == ()
    assert diary.practices.all() == practices
    logged = amounts(diary, "hug")
    assert (logged.pop("2026-11-03", "rest"), logged) == (
        "rest",
        {"2026-11-01": 2, "2026-11-02": 3},
    )


@pytest.mark.parametrize("column", ["Good.talk", "good_talk", "GOOD-TALK"])
def test_a_column_is_the_practice_that_could_not_be_added_by_its_name(
    diary: Diary, tmp_path: Path, column: str
) -> None:
    with pytest.raises(InputError):
        diary.practices.add(column)
    path = tmp_path / "table.csv"
    path.write_text(f"date,{column},Tea\n2026-11-01,yes,yes\n", encoding="utf-8")
    habits = import_file(diary, path).file_info.habits
    assert [(h.target, h.new_name) for h in habits] == [("good-talk", ""), ("tea", "Tea")]
    assert amounts(diary, "good-talk") == {"2026-11-01": 1}


def test_a_second_column_of_nearly_the_same_name_gets_a_name_of_its_own(
    diary: Diary, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("date,Good talk,Good.talk\n2026-11-01,yes,no\n", encoding="utf-8")
    report = import_file(diary, path)
    assert 'The habit "Good.talk" becomes the practice "Good.talk 2" in your diary.' in (
        report.messages
    )
    assert amounts(diary, "good-talk") == {"2026-11-01": 1}
    assert amounts(diary, "good-talk-2") == {"2026-11-01": 0}


def test_a_name_comes_before_an_id_in_another_case(diary: Diary, tmp_path: Path) -> None:
    diary.practices.edit("hug", name="Cuddles")
    other = diary.practices.add("Hug", unit="times").id
    for number, header in enumerate(("date,HUG", "day,calm,HUG"), 1):
        path = tmp_path / f"{number}.csv"
        cells = "2" if number == 1 else ",2"
        path.write_text(f"{header}\n2026-11-0{number},{cells}\n", encoding="utf-8")
        import_file(diary, path)
    assert amounts(diary, other) == {"2026-11-01": 2, "2026-11-02": 2}


def test_the_practices_of_an_empty_diary_keep_their_names_in_another_language(
    diary: Diary, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("date,gratitude,hug\n2026-11-01,2,1\n2026-11-02,0,1\n", encoding="utf-8")
    names = [one.name for one in diary.practices.all()]
    set_language("de")
    assert import_file(diary, path).added == 4
    assert {one.name for one in diary.practices.all()} == set(names)
    again = import_file(diary, path)
    assert (again.added, again.unchanged) == (0, 4)


RECORDS = {
    "loop/loop_habits_csv_v2.3.1.zip": 7,
    "small.tickmate.db": 4,
    "synthetic/synthetic.habitkit.json": 1,
    "synthetic/synthetic.habo_backup.json": 2,
}
"""The number of records of habits in each file, counted by hand."""


@pytest.mark.parametrize("name", RECORDS)
def test_a_file_with_every_habit_excluded_changes_nothing(diary: Diary, name: str) -> None:
    before = everything(diary)
    info = import_file(diary, sample(name), ImportOptions(dry_run=True)).file_info
    names = (habit.name for habit in info.habits)
    report = import_sample(diary, name, left_out=frozenset(names))
    assert everything(diary) == before
    assert report.added == report.changed == 0
    assert report.left_out == report.read
    counted = [int(one.split(": ")[1].split()[0]) for one in report.messages if "chose" in one]
    assert sum(counted) == RECORDS[name]


def test_one_activity_or_all_but_one_become_practices(diary: Diary) -> None:
    report = import_sample(diary, "small.daylio", new_names={"Lesen": "Books"})
    assert amounts(diary, "books") == {"2026-11-02": 1}
    assert [h.target for h in report.file_info.habits] == ["", "books"]
    report = import_sample(diary, "small.daylio", activities=True, left_out=frozenset({"lesen"}))
    assert "spaziergang" in {practice.id for practice in diary.practices.all()}
    assert [h.target for h in report.file_info.habits] == ["spaziergang", ""]


def test_choices_complete_what_a_table_does_not_define(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Day,mood,Hug\n3/4/2026,4,1\n5/4/2026,2,0\n")
    chosen = ImportChoices(date_format="DD/MM/YYYY", scale=5)
    info = import_file(diary, path, ImportOptions(choices=chosen)).file_info
    assert (info.unclear_date, info.scale) == ("3/4/2026", 5)
    assert [(h.name, h.target, h.has_numbers) for h in info.habits] == [
        ("mood", CALM_ID, True),
        ("Hug", "hug", False),
    ]
    assert [(str(e.day), e.calm) for e in everything(diary)[2]] == [
        ("2026-04-03", 7),
        ("2026-04-05", 3),
    ]


def test_a_goal_is_mentioned_only_if_the_file_has_one(diary: Diary, tmp_path: Path) -> None:
    diary.practices.edit("hug", days_per_week=3)
    path = tmp_path / "table.csv"
    path.write_text("Day,Hug\n2026-11-01,1\n")
    assert not [one for one in import_file(diary, path).messages if "goal" in one]
    (tmp_path / "habits").write_text("Hug: 0\n")
    (tmp_path / "log").write_text("2026-11-02 : Hug : y\n")
    messages = import_file(diary, tmp_path, ImportOptions(source="harsh")).messages
    assert not [one for one in messages if "goal" in one]
    (tmp_path / "habits").write_text("0 Hug\n")
    (tmp_path / "log").write_text("2026-11-02\tHug\ty\n")
    messages = import_file(diary, tmp_path, ImportOptions(source="habitctl")).messages
    assert not [one for one in messages if "goal" in one]
    (tmp_path / "habits").write_text("Hug: 1/2\n")
    (tmp_path / "log").write_text("2026-11-02 : Hug : y\n")
    messages = import_file(diary, tmp_path, ImportOptions(source="harsh")).messages
    assert [one for one in messages if "goal" in one] == [
        "Hug: the goal is 4 of 7 days in the file and 3 in your diary. Yours stays."
    ]


def test_a_scale_without_a_column_of_scores_is_refused(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Day,Felt\n2026-11-01,4\n2026-11-02,2\n")
    with pytest.raises(InputError, match="--scale is for a column of calm scores"):
        import_file(diary, path, ImportOptions(choices=ImportChoices(scale=5)))
    assert not diary.has_entries()
    path.with_name("empty.csv").write_text("Day,Calm,Tea\n2026-11-01,,1\n")
    import_file(diary, path.with_name("empty.csv"), ImportOptions(choices=ImportChoices(scale=5)))
    in_app = ImportOptions(choices=ImportChoices(scale=5, in_app=True))
    assert import_file(diary, path, in_app).added == 2, "a column can be chosen again there"


def test_a_column_of_scores_with_text_in_some_cells_is_read_without_these(
    diary: Diary, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Day,Felt\n2026-11-01,4\n2026-11-02,fine\n2026-11-03,2\n")
    choices = ImportChoices({"Felt": CALM_ID}, scale=5)
    report = import_file(diary, path, ImportOptions("table", choices))
    assert [(str(e.day), e.calm) for e in everything(diary)[2]] == [
        ("2026-11-01", 7),
        ("2026-11-03", 3),
    ]
    assert (report.read, report.added, report.left_out) == (3, 2, 1)
    assert report.messages[0] == (
        'Line 3: "fine" isn\'t a calm score from 0 to 5. This entry is left out.'
    )


def test_a_number_above_zero_is_a_yes_where_the_practice_is_yes_or_no(
    diary: Diary, tmp_path: Path
) -> None:
    diary.practices.add("Reading")
    path = tmp_path / "table.csv"
    path.write_text("Day,Pages\n2026-11-01,0.5\n2026-11-02,0\n2026-11-03,12\n")
    import_file(diary, path, ImportOptions(choices=ImportChoices({"Pages": "reading"})))
    assert amounts(diary, "reading") == {"2026-11-01": 1, "2026-11-02": 0, "2026-11-03": 1}


def test_another_unit_of_a_practice_is_reported_and_no_number_converted(
    diary: Diary,
) -> None:
    def reported(column: str, practice: str) -> list[str]:
        messages = import_sample(diary, "small.table.csv", named={column: practice}).messages
        return [one for one in messages if "is counted in" in one]

    assert reported("pages", "nature-walk") == [
        "Nature walk: the file doesn't say what Pages is counted in. Its numbers are imported as "
        "minutes."
    ]
    assert reported("pages", "hug") == reported("walk", "nature-walk") == []


def test_a_column_called_like_a_practice_has_its_unit(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "walks.csv"
    for name in ("nature-walk", "Nature walk", "Walk minutes"):
        path.write_text(f"Date,{name}\n2026-11-01,20.5\n2026-11-02,3\n", encoding="utf-8")
        choices = ImportChoices({"Walk minutes": "nature-walk"} if name == "Walk minutes" else {})
        messages = import_file(diary, path, ImportOptions(choices=choices)).messages
        assert not [one for one in messages if "counted in" in one]
        assert amounts(diary, "nature-walk") == {"2026-11-01": 21, "2026-11-02": 3}


def test_a_column_that_names_its_unit_of_time_is_imported_in_minutes(
    diary: Diary, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Day,Reading (min),Sleep [Std.],Tea (cups)\n2026-11-01,45,7.5,2\n")
    import_file(
        diary, path, ImportOptions(choices=ImportChoices(new_names={"Sleep [Std.]": "Sleep"}))
    )
    made = {one.name: one for one in diary.practices.all()}
    assert [made[name].unit for name in ("Reading (min)", "Sleep", "Tea (cups)")] == [
        *("minutes", "minutes", "times")
    ]
    assert amounts(diary, made["Reading (min)"].id) == {"2026-11-01": 45}
    assert amounts(diary, made["Sleep"].id) == {"2026-11-01": 450}
    named = ImportOptions(choices=ImportChoices({"Reading (min)": "nature-walk"}))
    assert not [one for one in import_file(diary, path, named).messages if "counted in" in one]


def test_a_column_with_durations_is_imported_in_minutes(diary: Diary, tmp_path: Path) -> None:
    rows = (
        "Day,Reading,Nature walk,Woke up,Swim,Sleep (h)",
        "2026-11-01,1h15,1.5 h,7:30,100 m,7h30",
        "2026-11-02,40,90min,6:45,x,8",
    )
    path = tmp_path / "table.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    report = import_file(diary, path, ImportOptions(source="table"))
    reading = next(one for one in diary.practices.all() if one.name == "Reading")
    assert reading.unit == "minutes"
    assert amounts(diary, reading.id) == {"2026-11-01": 75, "2026-11-02": 40}
    assert amounts(diary, "nature-walk") == {"2026-11-01": 90, "2026-11-02": 90}
    # A time of day, metres, and a mixture of units in a column of hours stay text.
    for column in ("Woke up", "Swim", "Sleep (h)"):
        assert any(one.startswith(f'The column "{column}" is left out') for one in report.messages)
    path.write_text("Day,Reading\n2026-11-01,1h15\n2026-11-02,x\n", encoding="utf-8")
    assert import_file(diary, path).file_info.source == "table"


def test_numbers_in_hours_or_minutes_become_minutes() -> None:
    def in_unit(word: str) -> tuple[str, int]:
        habit = ForeignHabit("Walk", is_counted=True, unit_word=word, target=Decimal("1.5"))
        return habit.unit, habit.amount

    for hours in ("h", "hr", "Hrs", " hour ", "HOURS", "Std", "Stunden"):
        assert in_unit(hours) == ("minutes", 90)
    for minutes in ("min", "mins", "Minute", "minutes ", "Minuten"):
        assert in_unit(minutes) == ("minutes", 2)
    assert in_unit("pages") == ("times", 2)
    assert ForeignHabit("Walk", unit_word="h", target=Decimal(2)).amount == 1
