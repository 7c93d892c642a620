"""The zip in Loop's format, and its import."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from tests.effort import by_effort
from tests.importers.factories import TODAY, ago, create_diary, everything, open_diary
from tests.importers.random_diary import diary_contents, diary_with
from tracker.diary.diary import Diary
from tracker.diary.validation import MINUTES_OF_A_DAY
from tracker.exporters.loop_export import export_loop, write_loop
from tracker.importers.import_file import ImportOptions, import_file
from tracker.models import MAX_AMOUNT, Entry, EntryState, Evening, Practice, Span, Unit


def files_of(diary: Diary) -> dict[str, str]:
    """The contents of the zip's files by name."""
    out = io.BytesIO()
    write_loop(diary, out)
    with zipfile.ZipFile(out) as made:
        assert made.testzip() is None
        return {one.filename: made.read(one).decode("utf-8") for one in made.infolist()}


def test_habits_are_written_in_loops_format(missing_diary: Diary) -> None:
    missing_diary.create(("hug", "nature-walk"))
    tea = missing_diary.practices.add("Чай, im Garten", question='Did you "sit"?', days_per_week=7)
    away = tea._replace(out_of_list=(Span(ago(3), None),))
    missing_diary.change("practice", "x", lambda writer: writer.save_practices([away]))
    hug = missing_diary.practices.edit("hug", days_per_week=5)
    walk = missing_diary.practices.find("nature-walk")
    assert files_of(missing_diary)["Habits.csv"].split("\n") == [
        "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,"
        "Unit,Target Type,Target Value,Archived?",
        "001,Calm,NUMERICAL,,,1,1,#1976D2,,AT_LEAST,0.0,false",
        f'002,Hug,NUMERICAL,"{hug.question}",,5,7,#1976D2,times,AT_LEAST,1.0,false',
        f"003,Nature walk,NUMERICAL,{walk.question},,3,7,#1976D2,minutes,AT_LEAST,20.0,false",
        '004,"Чай, im Garten",YES_NO,"Did you ""sit""?",,1,1,#1976D2,,,,true',
        "",
    ]


def test_logged_days_are_written_newest_first(missing_diary: Diary) -> None:
    missing_diary.create(("hug",))
    tea = missing_diary.practices.add("Чай")
    missing_diary.log("hug", ago(2), amount=2, note="Anna, twice")
    missing_diary.log("hug", ago(1), amount=0)
    missing_diary.press(tea.id, ago(1))
    missing_diary.toggle_rest_day(tea.id)
    missing_diary.write_note("hug", "a letter")
    missing_diary.rate(7, ago(2), note="soft")
    missing_diary.rate(0)
    files = files_of(missing_diary)
    assert list(files) == [
        "Habits.csv",
        "001 Calm/Checkmarks.csv",
        "002 Hug/Checkmarks.csv",
        "003/Checkmarks.csv",
        "Checkmarks.csv",
    ]
    assert files["001 Calm/Checkmarks.csv"] == (
        "Date,Value,Notes\n2026-11-24,NO,\n2026-11-22,7000,soft\n"
    )
    assert files["002 Hug/Checkmarks.csv"] == (
        "Date,Value,Notes\n2026-11-24,UNKNOWN,a letter\n2026-11-23,NO,\n"
        '2026-11-22,2000,"Anna, twice"\n'
    )
    assert files["003/Checkmarks.csv"] == (
        "Date,Value,Notes\n2026-11-24,SKIP,\n2026-11-23,YES_MANUAL,\n"
    )
    assert files["Checkmarks.csv"] == (
        "Date,Calm,Hug,Чай,\n2026-11-24,NO,UNKNOWN,SKIP,\n2026-11-23,UNKNOWN,NO,YES_MANUAL,\n"
        "2026-11-22,7000,2000,UNKNOWN,\n"
    )


def test_without_a_diary_there_is_a_table_of_habits(missing_diary: Diary) -> None:
    files = files_of(missing_diary)
    assert files["Habits.csv"].count("\n") == 2 + len(missing_diary.practices.all())
    assert not missing_diary.store.exists()


def test_every_day_of_many_years_is_in_the_table_of_all_habits(diary: Diary) -> None:
    diary.create(("hug",))
    first = TODAY - timedelta(days=1500)
    diary.press("hug", first)
    diary.press("hug")
    days = [line[:10] for line in files_of(diary)["Checkmarks.csv"].split("\n")[1:-1]]
    assert days == [str(TODAY - timedelta(days=n)) for n in range(1501)]


@given(contents=diary_contents())
@settings(max_examples=by_effort(4, 40), deadline=None)
def test_an_export_can_be_imported_again(
    contents: tuple[tuple[Practice, ...], list[Entry], list[Evening]],
) -> None:
    practices, entries, evenings = contents
    # An import takes no more than can be logged.
    largest = {Unit.YES_NO: 1, Unit.MINUTES: MINUTES_OF_A_DAY}
    most = {one.id: largest.get(one.unit, MAX_AMOUNT) for one in practices}
    entries = [
        e._replace(amount=min(e.amount, most[e.practice_id])) if e.amount else e for e in entries
    ]
    with TemporaryDirectory() as folder:
        old = diary_with(Path(folder) / "old.db", (practices, entries, evenings))
        anew = create_diary(Path(folder) / "new.db")
        export_loop(old, Path(folder) / "loop.zip")
        report = import_file(anew, Path(folder) / "loop.zip")
        assert report.left_out == 0
        assert _as_in_loop(anew) == _as_in_loop(old)
        assert everything(anew)[2] == [e._replace(logged_at=None) for e in everything(old)[2]]


def test_the_spaces_in_a_name_come_back(diary: Diary, tmp_path: Path) -> None:
    names = ("Tea  time", "0\u16800")
    for name in names:
        diary.press(diary.practices.add(name).id)
    export_loop(diary, tmp_path / "loop.zip")
    anew = create_diary(tmp_path / "new.db")
    import_file(anew, tmp_path / "loop.zip")
    assert {one.name for one in anew.practices.all()} >= set(names)


def test_an_empty_diary_gets_the_goals_of_a_loop_file_and_names_its_other_practices(
    missing_diary: Diary, tmp_path: Path
) -> None:
    missing_diary.create(("hug", "laughter", "nature-walk"))
    missing_diary.press("hug", ago(30))
    missing_diary.practices.edit("hug", days_per_week=3)
    missing_diary.practices.edit("nature-walk", amount=45)
    missing_diary.practices.archive("laughter")
    missing_diary.press("nature-walk")
    export_loop(missing_diary, tmp_path / "loop.zip")
    anew = open_diary(tmp_path / "new.db")
    for dry_run in (True, False):
        messages = import_file(anew, tmp_path / "loop.zip", ImportOptions(dry_run=dry_run)).messages
        assert messages[1:4] == (
            "New in your list: Hug, Nature walk.",
            "New practices, already archived: Laughter.",
            "Also in your list: Gratitude, Good talk, Safe moment, Moment of joy, Softening.",
        )
        assert not [one for one in messages if "diary" in one]
    hug, laughter, walk = anew.practices.all()[:3]
    assert (hug.goal_on(TODAY).days_per_week, walk.goal_on(TODAY).amount) == (3, 45)
    assert laughter.archived_since(TODAY)


def test_a_welcomed_diary_without_entries_gets_the_goals_of_a_loop_file(
    missing_diary: Diary, tmp_path: Path
) -> None:
    missing_diary.create(("hug",))
    missing_diary.press("hug", ago(30))
    missing_diary.practices.edit("hug", days_per_week=3)
    export_loop(missing_diary, tmp_path / "loop.zip")
    anew = create_diary(tmp_path / "new.db")
    assert len(import_file(anew, tmp_path / "loop.zip").messages) == 1, "colours are left out"
    assert anew.practices.all()[0].goals[0].days_per_week == 3
    anew.undo()
    assert anew.practices.all()[0].goals[0].days_per_week == 5
    anew.rate(7)
    assert import_file(anew, tmp_path / "loop.zip").messages[0] == (
        "Hug: the goal is 3 of 7 days in the file and 5 in your diary. Yours stays."
    )


def test_calm_is_imported_as_calm_beside_a_practice_of_that_name(
    missing_diary: Diary, tmp_path: Path
) -> None:
    missing_diary.create(("hug",))
    missing_diary.press(missing_diary.practices.add("Calm").id)
    missing_diary.rate(7, note="soft")
    export_loop(missing_diary, tmp_path / "loop.zip")
    anew = create_diary(tmp_path / "new.db")
    for _ in range(2):
        import_file(anew, tmp_path / "loop.zip")
        assert [one.name for one in anew.practices.all()[:2]] == ["Hug", "Calm"]
        assert [(e.calm, e.note) for e in everything(anew)[2]] == [(7, "soft")]
        assert _as_in_loop(anew) == _as_in_loop(missing_diary)


def _as_in_loop(diary: Diary) -> set[tuple[object, ...]]:
    """The entries reduced to what Loop's format holds, by name of practice, as ids are calmtrack's
    own."""
    names = {practice.id: practice.name for practice in diary.practices.all()}
    return {
        (
            e.day,
            names[e.practice_id],
            e.state,
            None if e.state is EntryState.REST else e.amount,
            e.note,
        )
        for e in everything(diary)[1]
    }


def test_it_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    diary = create_diary(tmp_path / "diary.db")
    diary.press("hug")
    first, second = io.BytesIO(), io.BytesIO()
    write_loop(diary, first)
    write_loop(diary, second)
    assert first.getvalue() == second.getvalue()
