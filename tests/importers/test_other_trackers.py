"""Every sample file of another tracker is imported, and the report equals a count by hand."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.importers.factories import TODAY, create_diary, everything, open_diary
from tests.importers.small_files import BY_HAND, SMALL_FILES, ExpectedCounts
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.formats.input_file import open_input
from tracker.importers import trackers
from tracker.importers.habit_importer import ImportChoices
from tracker.importers.import_file import ImportOptions, import_file
from tracker.importers.import_report import Report
from tracker.models import Entry, EntryState

SAMPLES = Path(__file__).parent / "samples"
MOVING = Path(__file__).parents[2] / ".github/docs/moving.md"


def sample(name: str) -> Path:
    """The path of a sample; small files are written into the temporary working directory."""
    if name not in SMALL_FILES:
        return SAMPLES / name
    path = Path.cwd() / name
    path.write_bytes(SMALL_FILES[name])
    return path


def import_sample(diary: Diary, name: str, **choices: object) -> Report:
    """Imports a sample into a diary."""
    return import_file(diary, sample(name), ImportOptions(choices=ImportChoices(**choices)))  # type: ignore[arg-type]


def entries_of(diary: Diary, practice_id: str) -> list[Entry]:
    return [entry for entry in everything(diary)[1] if entry.practice_id == practice_id]


def amounts(diary: Diary, practice_id: str) -> dict[str, int | str | None]:
    """The amount of each day, or `rest`."""
    return {
        str(entry.day): "rest" if entry.state is EntryState.REST else entry.amount
        for entry in entries_of(diary, practice_id)
    }


@pytest.mark.parametrize("name", BY_HAND)
def test_the_report_agrees_with_a_count_by_hand(diary: Diary, name: str) -> None:
    counted = BY_HAND[name]
    before = len(diary.practices.all())
    report = import_sample(diary, name)
    practices, entries, evenings = everything(diary)
    states = Counter(
        "rest" if e.state is EntryState.REST else "no" if e.amount == 0 else "done" for e in entries
    )
    assert counted == ExpectedCounts(
        source=counted.source,
        read=report.read,
        done=states["done"],
        no=states["no"],
        rest=states["rest"],
        evenings=len(evenings),
        rated=sum(evening.calm is not None for evening in evenings),
        notes=sum(bool(e.note) for e in entries) + sum(bool(e.note) for e in evenings),
        new=len(practices) - before,
        left_out=report.left_out,
        message=counted.message,
    )
    assert report.added == len(entries) + len(evenings)
    assert (report.changed, report.unchanged, report.lost) == (0, 0, 0)
    if counted.message:
        assert any(one.startswith(counted.message) for one in report.messages)


@pytest.mark.parametrize("name", BY_HAND)
def test_a_file_matches_only_the_tracker_that_wrote_it(name: str) -> None:
    with open_input(sample(name)) as file:
        matching = [source for source in trackers.sources() if trackers.load(source).matches(file)]
    assert matching == [BY_HAND[name].source]


@pytest.mark.parametrize("source", trackers.sources())
def test_every_tracker_has_a_module_a_sample_and_a_guide(source: str) -> None:
    assert source == trackers.load(source).SOURCE
    assert source in {counted.source for counted in BY_HAND.values()}
    guides = re.findall("^## Moving from (.*)$", MOVING.read_text(), re.MULTILINE)
    assert any(trackers.load(source).NAME in one for one in guides)


@pytest.mark.parametrize("name", BY_HAND)
def test_a_dry_run_reports_the_same_and_a_second_import_adds_nothing(
    diary: Diary, name: str
) -> None:
    path = sample(name)
    empty = everything(diary)
    foreseen = import_file(diary, path, ImportOptions(dry_run=True))
    assert everything(diary) == empty
    report = import_file(diary, path)
    assert report == foreseen
    before = everything(diary)
    again = import_file(diary, path)
    assert (again.added, again.changed, again.lost) == (0, 0, 0)
    assert again.unchanged == report.added
    assert everything(diary) == before
    step = diary.undo()
    assert step is not None
    assert (step.what, step.subject) == ("import", path.name)
    assert everything(diary)[1:] == ([], [])


def test_a_loop_habit_keeps_goal_order_and_archiving(
    diary: Diary,
) -> None:
    report = import_sample(diary, "loop/loop_habits_csv_v2.3.1.zip")
    someone, value, yes_no = diary.practices.all()[:3]
    assert [one.name for one in (someone, value, yes_no)] == [
        "someone",
        "value habit",
        "bool habit",
    ]
    assert [one.goals[0].days_per_week for one in (someone, value, yes_no)] == [3, 1, 2]
    assert [one.unit for one in (someone, value, yes_no)] == ["yes/no"] * 3
    assert (value.question, yes_no.question) == ("quest", "titke")
    assert someone.question == "77"
    assert someone.out_of_list
    assert not value.out_of_list
    assert set(report.messages) >= {
        ("value habit: calmtrack's goals are per week, so 1 in 30 days becomes 1 of 7 days."),
        ("bool habit: calmtrack's goals are per week, so 3 in 14 days becomes 2 of 7 days."),
        'Line 2: "12 unit" for value habit is imported as done, as its upper limit is 12. The '
        "original is in the note. … and 1 more like this.",
        'Line 4: "30 unit" for value habit is imported as not done, as its upper limit is 12. '
        "The original is in the note.",
        'value habit: calmtrack has no place for the text "memo", so it is left out.',
        "Left out, because calmtrack has no place for them: colours, scores.",
    }
    assert [e.note for e in entries_of(diary, "value-habit")] == [
        "hi (30 unit)",
        "(3 unit)",
        "(12 unit)",
    ]


def test_days_of_loop_do_not_depend_on_the_time_zone(tmp_path: Path) -> None:
    for number, moment in enumerate(("2026-11-24T21:30:00-10:00", "2026-11-24T21:30:00+14:00")):
        diary = create_diary(tmp_path / f"{number}.db", moment)
        import_sample(diary, "synthetic/synthetic.loop_v25.db")
        assert amounts(diary, "hug") == {
            "2026-11-20": 1,
            "2026-11-21": 0,
            "2026-11-22": "rest",
            "2026-11-23": 1,
        }


def test_a_loop_backup_is_not_modified(diary: Diary, tmp_path: Path) -> None:
    copy = tmp_path / "loop.db"
    shutil.copy(SAMPLES / "synthetic/synthetic.loop_v25.db", copy)
    copy.chmod(0o400)
    before = copy.read_bytes(), copy.stat().st_mtime_ns, sorted(tmp_path.iterdir())
    import_file(diary, copy, ImportOptions(dry_run=True))
    assert (copy.read_bytes(), copy.stat().st_mtime_ns, sorted(tmp_path.iterdir())) == before


def test_a_yes_without_a_number_is_the_daily_goal(diary: Diary) -> None:
    import_sample(diary, "synthetic/synthetic.loop_v25.db")
    assert set(amounts(diary, "nature-walk").values()) == {20}


def test_a_habit_can_become_calm_or_another_practice(diary: Diary) -> None:
    report = import_sample(
        diary,
        "synthetic/synthetic.loop_v25.db",
        named={"calm": "calm", "Screen time": "soft"},
    )
    assert {str(e.day): (e.calm, e.note) for e in everything(diary)[2]} == {
        "2026-11-20": (7, "(6.5 pt)"),
        "2026-11-21": (4, "tense"),
        "2026-11-22": (None, "skip: 3 = SKIP, not 0.003"),
    }
    assert amounts(diary, "softening") == {"2026-11-20": 1}
    assert report.left_out == 0


@pytest.mark.parametrize(
    "choice",
    [
        {"named": {"Unheard": "hug"}},
        {"new_names": {"Unheard": "Sing"}},
        {"left_out": frozenset({"Unheard "})},
    ],
)
def test_a_choice_for_a_habit_that_is_not_in_the_file_is_refused(
    diary: Diary, choice: dict[str, Any]
) -> None:
    with pytest.raises(InputError, match='Nothing in the file is called "Unheard"'):
        import_sample(diary, "synthetic/synthetic.loop_v25.db", **choice)
    assert everything(diary)[1:] == ([], [])


def test_no_message_names_a_calm_score_if_scores_are_hidden(diary: Diary) -> None:
    named = {"calm": "calm"}
    for hidden in (True, False):
        report = import_sample(
            diary, "synthetic/synthetic.loop_v25.db", named=named, hide_scores=hidden
        )
        assert any("6.5" in message for message in report.messages) is not hidden


def test_a_mark_without_a_number_is_not_a_calm_score(diary: Diary) -> None:
    path = SAMPLES / "synthetic/synthetic.habitctl_log"
    report = import_file(diary, path, ImportOptions(choices=ImportChoices({"Felt calm": "calm"})))
    assert (report.read, report.left_out) == (4, 1)
    assert (
        "Line 3: Felt calm has no number that could be a calm score, so it is left out."
        in report.messages
    )


def test_the_moods_of_a_day_are_averaged(diary: Diary) -> None:
    report = import_sample(diary, "daylio/staticf0x/test_data.csv")
    assert {str(e.day): (e.calm, e.note) for e in everything(diary)[2]} == {
        "2020-05-25": (3, "14:58 Could be better"),
        "2020-05-27": (8, "12:20 Just good"),
        "2020-05-28": (8, ""),
        "2020-05-29": (9, ""),
        "2020-05-30": (9, "13:08 Life is beautiful\n18:50 Awesome"),
    }
    assert set(report.messages) >= {
        "Calm scores for moods (number of entries in brackets): rad 9 (19), good 7 (5), meh 5 "
        "(4), bad 3 (2), awful 1 (2).",
        "On 5 days, several entries were combined into one evening, with the average score "
        "and all notes.",
    }
    assert any(
        message.startswith("Activities left out (number of days in brackets): nap (4)")
        for message in report.messages
    )


def test_custom_moods_and_activities_are_imported_on_request(diary: Diary) -> None:
    report = import_sample(
        diary,
        "daylio/MichaelCurrin/sample_multiple_moods.csv",
        moods={"ok": 6, "refreshed": 8},
        named={"work": "good-talk"},
    )
    assert {str(e.day): (e.calm, e.note) for e in everything(diary)[2]} == {
        "2020-07-21": (None, "07:31 Anxious\n10:31 bad"),
        "2020-08-25": (None, "ok but sleepy"),
        "2020-08-28": (7, ""),
        "2020-08-31": (8, ""),
        "2021-05-12": (6, ""),
    }
    assert amounts(diary, "good-talk") == {"2020-08-25": 1, "2021-05-12": 1}
    assert any("Sleeping (2), movies (1), good meal (1)" in message for message in report.messages)


def test_a_score_of_a_mood_that_is_not_in_the_file_is_reported(diary: Diary) -> None:
    report = import_sample(
        diary, "daylio/MichaelCurrin/sample_multiple_moods.csv", moods={"ok": 6, "joyful": 9}
    )
    assert "Moods with a score that aren't in the file: joyful." in report.messages


def test_a_report_names_the_tracker_and_the_available_choices(diary: Diary) -> None:
    about = import_sample(diary, "daylio/MichaelCurrin/sample_multiple_moods.csv").file_info
    assert about.source == "daylio"
    assert about.moods == {
        "OK": None,
        "Refreshed": None,
        "good": 7,
        "ok but sleepy": None,
        "bad": 3,
        "Anxious": None,
    }
    assert about.activities == ("work", "Sleeping", "movies", "good meal")
    assert import_sample(diary, "harsh").file_info.source == "harsh"
    assert import_sample(diary, "loop/loop_habits_csv_v2.3.1.zip").file_info.source == "loop"


def test_a_file_whose_name_is_not_utf_8_is_imported_and_undone(
    diary: Diary, tmp_path: Path
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b.csv"))
    shutil.copy(SAMPLES / "synthetic/synthetic.daylio_7col_old.csv", path)
    assert import_file(diary, path).added == 1
    step = diary.undo()
    assert step is not None
    assert step.subject == "��.csv"


def test_every_activity_can_become_a_practice(diary: Diary) -> None:
    import_sample(diary, "synthetic/synthetic.daylio_7col_old.csv", activities=True)
    assert amounts(diary, "friends") == amounts(diary, "walk") == {"2017-03-03": 1}


def test_an_activity_left_out_by_choice_is_not_offered_again(diary: Diary) -> None:
    for choices in ({"activities": True}, {"named": {"walk": "nature-walk"}}):
        report = import_sample(
            diary,
            "synthetic/synthetic.daylio_7col_old.csv",
            left_out=frozenset({"friends"}),
            **choices,
        )
        assert [one for one in report.messages if one.startswith("Activities left out")] == [
            "Activities left out, as you chose (number of days in brackets): friends (1)."
        ]


def test_times_of_table_habit_are_stored(diary: Diary) -> None:
    import_sample(diary, "synthetic/synthetic.mhabit_export.json")
    assert [(str(e.day), e.logged_at, e.note) for e in entries_of(diary, "laugh")] == [
        ("2026-11-22", "2026-11-22T20:40:00Z", ""),
        ("2026-11-23", None, "ill"),
    ]


def test_a_newer_mood_without_a_note_or_a_score_takes_none_out_of_the_diary(
    diary: Diary, tmp_path: Path
) -> None:
    """Someone who rated some evenings here, and kept the moods in Daylio."""
    open_diary(tmp_path / "diary.db", "2026-11-23T21:30:00+01:00").rate(8)
    diary.rate(5, note="slept badly")
    rows = [
        f"2026-11-{end}," for end in ("24,22:40,good,", "23,22:40,content,", "22,22:40,content,")
    ]
    path = tmp_path / "daylio.csv"
    path.write_text("\n".join(("full_date,time,mood,activities,note", *rows)), encoding="utf-8")
    report = import_file(diary, path, ImportOptions(source="daylio"))
    kept = [(one.day.day, one.calm, one.note) for one in everything(diary)[2]]
    assert kept == [(22, None, "content"), (23, 8, "content"), (24, 7, "slept badly")]
    assert (report.added, report.changed, report.blanks) == (1, 2, 2)


@pytest.mark.parametrize(
    ("prefer", "note"), [("newest", "mine"), ("diary", "mine"), ("file", "Mia")]
)
def test_of_two_entries_of_a_day_the_preferred_one_stays(
    diary: Diary, prefer: str, note: str
) -> None:
    diary.log("hug", TODAY.replace(day=22), amount=3, note="mine")
    path = SAMPLES / "synthetic/synthetic.habitkit.json"
    report = import_file(diary, path, ImportOptions(prefer=prefer))  # type: ignore[arg-type]
    assert [e.note for e in entries_of(diary, "hug")] == [note]
    assert (report.changed, report.lost) == ((1, 0) if note == "Mia" else (0, 1))
    assert any("Hug on Sunday 22 November 2026: " in s for s in report.messages)
