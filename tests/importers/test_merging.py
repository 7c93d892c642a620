"""A diary changed on two machines and merged is the same on both."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diary.factories import add_practices, make_practice
from tests.effort import by_effort
from tests.importers.factories import EVENING, ago, as_json, everything
from tests.importers.test_json_round_trip import Contents, full_contents, full_diary
from tests.postgres import Server
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.exporters.json_export import export_json
from tracker.importers.merge import (
    merge,
    restore_export,
)
from tracker.location import Location
from tracker.models import CALM_ID, Practice, State
from tracker.store.writer import Writer

LONG_AGO = "2020-01-01T00:00:00.000000Z"

FullContents = tuple[Contents, list[Practice], list[int], dict[str, object]]


def at(hours: float, location: Location) -> Diary:
    """The diary at a location, opened so many hours after 21:30."""
    moment = datetime.fromisoformat(EVENING) + timedelta(hours=hours)
    return Diary(location, now=lambda: moment)


@pytest.fixture
def here(tmp_path: Path) -> Location:
    """The location of the first machine's diary, with a hug and a score."""
    location = Location(tmp_path / "here" / "diary.db")
    diary = at(-48, location)
    diary.log("hug", ago(2), note="Oma")
    diary.rate(4, ago(2), note="long")
    return location


@pytest.fixture
def there(here: Location, tmp_path: Path) -> Location:
    """The location of its copy on the second machine."""
    assert here.path is not None
    location = Location(tmp_path / "there" / "diary.db")
    assert location.path is not None
    location.path.parent.mkdir()
    shutil.copy(here.path, location.path)
    return location


def everything_in(location: Location) -> str:
    """The JSON export of a diary, times of change included."""
    return as_json(at(0, location))


def merge_both_ways(here: Location, there: Location) -> None:
    """Each machine merges the other's diary into its own."""
    merge(at(5, here), there)
    merge(at(6, there), here)


def change_on_both(here: Location, there: Location) -> None:
    """Logs an evening on each machine, with some days changed on both."""
    at(0, here).log("hug", ago(1), amount=2, note="here")
    at(0, here).rate(3, ago(2))
    at(0, here).log("laughter", note="only here")
    at(1, there).log("hug", ago(1), amount=5, note="there")
    at(1, there).clear("hug", ago(2))
    at(1, there).write_note("hug", "", ago(2))
    at(1, there).rate(9, note="only there")
    at(2, here).write_note(CALM_ID, "and later", ago(2))
    at(2, there).change("practice", "hug", _renamed("Cuddle"))
    at(2, here).change(
        "practice", "week", lambda writer: writer.save_app_state("week_starts_on", 6)
    )


def _renamed(name: str) -> Callable[[Writer], None]:
    def save(writer: Writer) -> None:
        (hug,) = [p for p in writer.practices() if p.id == "hug"]
        writer.save_practices([hug._replace(name=name)])

    return save


def test_a_diary_changed_on_two_machines_ends_equal_on_both(
    here: Location, there: Location
) -> None:
    change_on_both(here, there)
    merge_both_ways(here, there)
    assert everything_in(here) == everything_in(there)
    ours, theirs = at(7, here), at(7, there)
    for day in (None, ago(1), ago(2)):
        assert ours.day(day) == theirs.day(day)
    assert (ours.week(), ours.streaks()) == (theirs.week(), theirs.streaks())
    page = ours.day(ago(2))
    assert (page.calm, page.calm_note) == (3, "and later")
    assert page.practices[0].amount is None
    assert page.practices[0].practice.name == "Cuddle"
    assert ours.day(ago(1)).practices[0].note == "there"
    assert ours.outdated_streak_caches() == theirs.outdated_streak_caches() == []


@pytest.mark.thorough
def test_it_does_not_matter_which_machine_merges_first(
    here: Location, there: Location, tmp_path: Path
) -> None:
    change_on_both(here, there)
    copies = []
    for location in (here, there):
        assert location.path is not None
        copies.append(
            Location(Path(shutil.copy(location.path, tmp_path / location.path.parent.name[:1])))
        )
    merge_both_ways(here, there)
    merge_both_ways(copies[1], copies[0])
    assert everything_in(here) == everything_in(copies[0]) == everything_in(copies[1])


def test_merging_twice_changes_nothing_and_is_one_step(here: Location, there: Location) -> None:
    change_on_both(here, there)
    merge(at(5, here), there)
    before = everything_in(here)
    again = merge(at(6, here), there)
    assert everything_in(here) == before
    assert (again.added, again.changed) == (0, 0)
    step = at(7, here).undo()
    assert step is not None
    assert (step.what, step.subject) == ("merge", "diary.db")
    assert at(7, here).day(ago(1)).practices[0].note == "here"


def test_replaced_rows_are_reported_and_restored_by_undo(here: Location, there: Location) -> None:
    change_on_both(here, there)
    report = merge(at(5, here), there)
    output = " ".join(report.messages)
    for text in ('"here"', '"there"', '"Oma"', "Cuddle"):
        assert text in output
    assert '"only' not in output
    at(6, here).undo()
    page = at(6, here).day(ago(2))
    assert (page.practices[0].note, page.practices[0].practice.name) == ("Oma", "Hug")
    assert at(6, here).day().calm is None
    at(6, here).redo()
    assert at(6, here).day(ago(1)).practices[0].note == "there"
    assert at(6, here).day().calm_note == "only there"


def test_a_restored_backup_adds_deleted_rows_and_keeps_later_changes(
    here: Location, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.json"
    export_json(at(-47, here), backup)
    diary = at(-46, here)
    diary.maintenance.forget(ago(2))
    diary.log("laughter", ago(2), note="later")
    report = restore_export(diary, backup)
    assert (report.added, report.lost) == (2, 0)
    assert {entry.note for entry in everything(diary)[1]} == {"Oma", "later"}
    step = diary.undo()
    assert step is not None
    assert (step.what, step.subject) == ("import", "backup.json")
    assert [entry.note for entry in everything(diary)[1]] == ["later"]


def test_a_backup_replaces_the_list_of_a_diary_with_nothing_in_it(
    here: Location, tmp_path: Path
) -> None:
    diary = at(-40, here)
    diary.practices.delete("laughter")
    diary.practices.edit("hug", name="Cuddle")
    export_json(diary, tmp_path / "backup.json")
    fresh = at(1, Location(tmp_path / "fresh.db"))
    fresh.create(("hug", "laughter"))
    report = restore_export(fresh, tmp_path / "backup.json")
    assert report.settings == (6, 1, 1, 0)
    assert fresh.practices.all() == diary.practices.all()
    merged = at(1, Location(tmp_path / "merged.db"))
    merged.create(("hug", "laughter"))
    merge(merged, Location(tmp_path / "backup.json"))
    assert "laughter" in {practice.id for practice in merged.practices.all()}


def test_the_other_diary_is_only_read(here: Location, there: Location) -> None:
    change_on_both(here, there)
    assert there.path is not None
    before = there.path.read_bytes()
    there.path.chmod(0o400)
    merge(at(5, here), there)
    assert there.path.read_bytes() == before
    assert [p.name for p in there.path.parent.iterdir()] == ["diary.db"]


def test_a_machine_without_a_diary_gets_an_equal_one(here: Location, tmp_path: Path) -> None:
    at(-40, here).create(("hug",))
    new = Location(tmp_path / "new" / "diary.db")
    report = merge(at(1, new), here)
    assert everything_in(new) == everything_in(here)
    assert [one.partition(":")[0] for one in report.messages] == ["New in your list"]
    assert at(1, new).begun_on() == ago(2)


def test_another_order_of_the_practices_is_reported_once(here: Location, there: Location) -> None:
    at(0, here).log("hug")
    at(1, there).practices.move("joy", 1)
    assert merge(at(2, here), there).messages == (
        "The other copy's order of practices is newer, so it's used here, too.",
    )
    assert merge(at(3, there), here).messages == ()
    at(4, here).practices.move("joy", 3)
    assert merge(at(5, here), there).messages == (
        "The order of practices in your diary is newer and stays.",
    )


@pytest.mark.parametrize("by_export", [False, True])
def test_a_machine_used_before_it_got_the_diary_takes_no_evening_from_its_past(
    here: Location, tmp_path: Path, by_export: bool
) -> None:
    past = _states(here)
    assert set(past.values()) == {State.DONE, State.NO}
    there = Location(tmp_path / "late" / "diary.db")
    at(0, there).rate(5)
    at(1, there).practices.edit("joy", name="Delight")
    source = here
    if by_export:
        source = Location(tmp_path / "here.json")
        export_json(at(0, here), tmp_path / "here.json")
    merge(at(5, there), source)
    assert _states(there) == past
    merge(at(6, here), there)
    assert _states(here) == past
    assert everything_in(here) == everything_in(there)


def _states(location: Location) -> dict[str, State]:
    """The state of each practice two days ago."""
    return {row.practice.id: row.state for row in at(7, location).day(ago(2)).practices}


def walks(location: Location, days: int, amount: int | None) -> Diary:
    """A diary begun so many days ago, with a walk of 20 minutes each evening since, whose goal was
    set to `amount` on its first day."""
    for day in range(days, 0, -1):
        diary = at(-24 * day, location)
        diary.log("nature-walk", amount=20)
        if day == days and amount is not None:
            diary.practices.edit("nature-walk", amount=amount)
    return diary


@pytest.mark.parametrize("by_export", [False, True])
def test_the_goal_of_a_diary_that_was_begun_later_leaves_the_days_before_it(
    tmp_path: Path, by_export: bool
) -> None:
    here, there = (Location(tmp_path / f"{name}.db") for name in ("here", "there"))
    walks(here, 8, None)
    other = walks(there, 2, 45)
    if by_export:
        there = Location(tmp_path / "there.json")
        export_json(other, tmp_path / "there.json")
    before = everything(at(1, here))
    assert (
        merge(at(1, here), there)
        .messages[0]
        .endswith(
            "Goal: 45 minutes, 3 days a week from 22 November 2026 instead of 20 minutes, 3 days a "
            "week."
        )
    )
    assert at(1, here).practices.figures("nature-walk").figures.days_total == 6
    at(2, here).undo()
    assert everything(at(2, here)) == before


@settings(max_examples=by_effort(5, 25), deadline=None)
@given(
    st.permutations([8, 5, 2]),
    st.permutations([None, 10, 45]),
)
def test_goals_set_in_diaries_begun_apart_are_the_same_after_merging_in_any_order(
    days: list[int], amounts: list[int | None]
) -> None:
    with TemporaryDirectory() as folder:
        locations, exports = [], []
        for number, (begun, amount) in enumerate(zip(days, amounts, strict=True)):
            locations.append(Location(Path(folder) / f"{number}.db"))
            exports.append(Location(Path(folder) / f"{number}.json"))
            export_json(walks(locations[-1], begun, amount), Path(folder) / f"{number}.json")
        for number, location in enumerate(locations):
            others = [exports[(number + turn) % 3] for turn in (1, 2)]
            for other in others:
                merge(at(1, location), other)
            merged = everything_in(location)
            for other in (*others, exports[number]):
                again = merge(at(2, location), other)
                assert (again.added, again.changed) == (0, 0)
            assert everything_in(location) == merged
        assert len(set(map(everything_in, locations))) == 1


def test_a_merge_that_moved_the_start_of_practices_is_undone_exactly(
    here: Location, tmp_path: Path
) -> None:
    late = at(0, Location(tmp_path / "late" / "diary.db"))
    late.rate(5)
    before = everything(late)
    merge(late, here)
    late.undo()
    assert everything(late) == before


def test_a_setting_that_only_the_other_copy_has_is_reported(
    here: Location, there: Location
) -> None:
    at(1, there).change(
        "setting", "week_starts_on", lambda writer: writer.save_app_state("week_starts_on", 6)
    )
    sentence = (
        'The setting "A week starts on" was changed later in diary.db, so that version is used. '
        "Sunday instead of Monday."
    )
    assert merge(at(2, here), there).messages == (sentence,)
    assert merge(at(3, here), there).messages == ()


def test_a_practice_that_was_archived_in_a_diary_is_not_said_to_be_so_in_a_file(
    here: Location, there: Location
) -> None:
    other = at(1, there).practices
    other.add("Evening tea")
    other.archive("evening-tea")
    assert merge(at(2, here), there).messages == ("New practices, already archived: Evening tea.",)


def test_amounts_are_reported_in_the_unit_of_the_practice(here: Location, there: Location) -> None:
    at(0, here).log("nature-walk", amount=20)
    at(1, there).log("nature-walk", amount=5)
    at(0, here).log("laughter", amount=0, note="tired")
    at(1, there).log("laughter", note="tired")
    assert merge(at(2, here), there).messages == (
        "Laughter, Tuesday 24 November 2026: yes from diary.db is newer. It replaces no, which "
        "stays in the undo history.",
        "Nature walk, Tuesday 24 November 2026: 5 minutes from diary.db is newer. It replaces 20 "
        "minutes, which stays in the undo history.",
    )


def test_of_two_practices_with_one_letter_the_same_has_it_everywhere(
    here: Location, there: Location
) -> None:
    add_practices(at(0, here), make_practice("xylophone")._replace(key="y"))
    add_practices(at(1, there), make_practice("yoga")._replace(key="y"))
    tried = merge(at(5, here), there, dry_run=True)
    report = merge(at(5, here), there)
    assert tried == report
    assert report.messages[0] == (
        "Xylophone and Yoga both have the letter y. Xylophone keeps it. You can then choose "
        'another one for Yoga in Practices, or with "calmtrack practices edit yoga --key".'
    )
    merge(at(6, there), here)
    assert everything_in(here) == everything_in(there)
    keys = {practice.id: practice.key for practice in at(7, there).practices.all()}
    assert (keys["xylophone"], keys["yoga"]) == ("y", None)


def test_a_practice_that_loses_its_letter_is_named_where_its_id_finds_another_one(
    here: Location, there: Location
) -> None:
    add_practices(at(0, here), make_practice("xylophone")._replace(key="y"))
    renamed = make_practice("yoga")._replace(name="Stretching", key="y")
    add_practices(at(1, there), renamed, make_practice("yoga-2")._replace(name="Yoga", key="o"))
    report = merge(at(5, here), there)
    assert '"calmtrack practices edit stretching --key"' in " ".join(report.messages)
    practices = at(6, here).practices
    assert (practices.find("y").id, practices.find("Stretching").id) == ("xylophone", "yoga")


@pytest.mark.parametrize("from_export", [False, True])
def test_a_word_that_finds_a_new_practice_is_named_with_what_to_type_instead(
    here: Location, there: Location, tmp_path: Path, from_export: bool
) -> None:
    add_practices(at(0, here), make_practice("hike")._replace(name="Walk", key="k"))
    calm = make_practice("calm-2")._replace(name="Calm", key=None)
    add_practices(at(1, there), make_practice("walk")._replace(name="Stroll", key=None), calm)
    export_json(at(2, there), tmp_path / "there.json")
    said = (
        "New in your list: Calm, Stroll.",
        'In commands, "walk" means Walk. For Stroll, type "stroll".',
        'In commands, type "calm-2" for Calm, and "calm" for how calm you were.',
    )
    other = Location(tmp_path / "there.json") if from_export else there
    for dry_run in (True, False):
        assert merge(at(5, here), other, dry_run=dry_run).messages == said


@pytest.mark.thorough
def test_merged_by_exports_they_are_equal_too(
    here: Location, there: Location, tmp_path: Path
) -> None:
    change_on_both(here, there)
    for location, name in ((here, "here.json"), (there, "there.json")):
        export_json(at(3, location), tmp_path / name)
    of_the_file = merge(at(5, here), there, dry_run=True)
    of_the_export = merge(at(5, here), Location(tmp_path / "there.json"), dry_run=True)
    messages = tuple(text.replace("there.json", "diary.db") for text in of_the_export.messages)
    assert replace(of_the_export, messages=messages) == of_the_file
    merge(at(5, here), Location(tmp_path / "there.json"))
    merge(at(5, there), Location(tmp_path / "here.json"))
    assert everything_in(here) == everything_in(there)


@pytest.mark.thorough
def test_an_export_whose_rows_are_in_no_order_is_merged_the_same(
    here: Location, there: Location, tmp_path: Path
) -> None:
    change_on_both(here, there)
    export_json(at(3, there), tmp_path / "there.json")
    of_the_file = merge(at(5, here), Location(tmp_path / "there.json"), dry_run=True)
    export = json.loads((tmp_path / "there.json").read_text("utf-8"))
    oldest = export["entries"][0]
    for rows in (export["entries"], export["evenings"]):
        rows.reverse()
    # Of two rows of one day the later one wins, wherever it is in the file.
    export["entries"].append(oldest | {"state": "logged", "amount": 99, "updated_at": LONG_AGO})
    (tmp_path / "there.json").write_text(json.dumps(export), "utf-8")
    report = merge(at(5, here), Location(tmp_path / "there.json"))
    assert (report.added, report.changed) == (of_the_file.added, of_the_file.changed)
    assert report.lost == of_the_file.lost + 1
    merge(at(6, there), here)
    assert everything_in(here) == everything_in(there)


def test_a_dry_run_reports_what_would_happen_and_writes_nothing(
    here: Location, there: Location
) -> None:
    change_on_both(here, there)
    before = everything_in(here)
    foreseen = merge(at(5, here), there, dry_run=True)
    assert everything_in(here) == before
    report = merge(at(5, here), there)
    assert foreseen == report
    assert len(report.messages) >= 4


def test_a_dry_run_creates_no_diary(here: Location, tmp_path: Path) -> None:
    new = Location(tmp_path / "new" / "diary.db")
    foreseen = merge(at(1, new), here, dry_run=True)
    assert new.path is not None
    assert not new.path.exists()
    assert merge(at(1, new), here) == foreseen


def test_a_dry_run_into_no_diary_names_only_the_practices_of_the_copy(
    here: Location, tmp_path: Path
) -> None:
    at(1, here).practices.delete("laughter")
    new = Location(tmp_path / "new.db")
    foreseen = merge(at(2, new), here, dry_run=True)
    merged = merge(at(2, new), here)
    assert foreseen.messages == merged.messages
    assert not any("Laughter" in message for message in merged.messages)


def test_practices_left_out_on_one_computer_move_none_on_the_other(tmp_path: Path) -> None:
    """Nobody moved one; Good talk was changed last."""
    here, there = (Location(tmp_path / f"{name}.db") for name in ("here", "there"))
    at(0, there).create(("hug", "nature-walk", "gratitude", "good-talk"))
    at(1, there).practices.edit("good-talk", name="Chat")
    at(2, here).log("hug")
    for diary, other in ((here, there), (there, here)):
        assert not any("order" in one for one in merge(at(3, diary), other).messages)
        order = [one.id for one in at(4, diary).practices.all()]
        assert order.index("nature-walk") < order.index("gratitude") < order.index("good-talk")


def test_replaced_rows_are_in_the_undo_log_and_skipped_ones_are_records(
    here: Location, there: Location, tmp_path: Path
) -> None:
    change_on_both(here, there)
    export_json(at(4, here), tmp_path / "here.json")
    merge(at(5, here), there)
    merge(at(5, there), Location(tmp_path / "here.json"))
    for location in (here, there):
        assert "there" in notes_in(at(6, location))
        assert {"here", "Oma", "long"} <= recorded_notes(at(6, location))


@pytest.mark.thorough
def test_many_replaced_rows_are_summarised_and_all_recorded(
    here: Location, there: Location
) -> None:
    for number in range(30):
        at(0, there).log("joy", ago(number), note=f"there {number}")
        at(1, here).log("joy", ago(number), note=f"here {number}")
    report = merge(at(5, here), there)
    assert report.lost == 30
    assert len(report.messages) == 21
    assert report.messages[-1] == "… and 10 more like these."
    assert {f"there {number}" for number in range(30)} <= recorded_notes(at(6, here))
    step = at(6, here).undo()
    assert step is not None
    assert (step.what, step.rows) == ("log", 1)
    assert "here 28" in notes_in(at(7, here))


def test_what_was_logged_is_named_before_the_rest_days_of_a_holiday(
    here: Location, there: Location
) -> None:
    """A score and an amount were among 39 rest days that a holiday cut short had removed."""
    at(0, here).rest(None, ago(9), ago(5), note="cabin")
    merge(at(1, there), here)
    at(2, there).rate(8, ago(6), note="a long talk")
    at(2, there).log("nature-walk", ago(6), amount=40)
    at(3, here).rate(5, ago(6))
    at(3, here).rest(None, ago(9), ago(5), off=True)
    report = merge(at(4, there), here)
    assert [one.partition(",")[0] for one in report.messages[:2]] == ["Nature walk", "Calm"]
    assert "40 minutes" in report.messages[0]
    assert 'replaces 8 "a long talk"' in report.messages[1]
    assert [one.count("a rest day") for one in report.messages[2:]] == [1, 1, 1, 0]
    assert report.messages[-1].endswith("more like these.")


def test_a_row_that_was_cleared_elsewhere_becomes_a_record(here: Location, there: Location) -> None:
    at(1, there).clear("hug", ago(2))
    at(1, there).write_note("hug", "", ago(2))
    merge(at(5, here), there)
    (record,) = at(6, here).conflict_records()
    assert (record.row.amount, record.row.note) == (1, "Oma")
    merge(at(7, here), there)
    assert len(at(8, here).conflict_records()) == 1
    at(9, here).bring_back(record.number)
    merge(at(10, there), here)
    assert "Oma" in notes_in(at(11, there))
    # The row that this replaced was empty.
    assert at(11, there).conflict_records() == []


def test_an_entry_that_was_cleared_here_later_is_said_to_stay_empty(
    here: Location, there: Location
) -> None:
    at(0, there).write_note("hug", "with Mia", ago(2))
    at(1, here).clear("hug", ago(2))
    at(1, here).write_note("hug", "", ago(2))
    (sentence,) = [one for one in merge(at(5, here), there).messages if one.startswith("Hug")]
    assert "an empty entry in your diary is newer and stays" in sentence
    assert "is used" not in sentence
    (sentence,) = [one for one in merge(at(5, there), here).messages if one.startswith("Hug")]
    assert sentence.endswith("which stays in the undo history.")


def test_another_order_of_practices_becomes_no_record(here: Location, there: Location) -> None:
    at(1, there).practices.move("hug", 4)
    merge(at(5, here), there)
    merge(at(6, here), there)
    assert at(7, here).conflict_records() == []


def test_what_a_merge_replaces_can_be_brought_back_by_itself(
    here: Location, there: Location
) -> None:
    at(0, here).rate(5, note="home note")
    at(0, here).log("hug", amount=2)
    at(0, here).log("joy")
    at(1, there).rate(7, note="laptop note")
    at(1, there).log("hug", amount=3)
    at(1, there).log("joy")
    report = merge(at(5, here), there)
    # Of joy, only the time differs, which no one can see.
    assert (report.changed, report.lost) == (2, 0)
    evening, hug = at(6, here).conflict_records()
    if evening.kind != "evening":
        evening, hug = hug, evening
    assert (evening.row.note, hug.row.amount) == ("home note", 2)
    at(6, here).log("laughter")
    at(7, here).bring_back(evening.number)
    day = at(8, here).day(evening.day)
    assert (day.calm, day.calm_note) == (5, "home note")
    assert next(row.amount for row in day.practices) == 3


def test_a_merge_says_which_practices_it_archives_or_brings_back(
    here: Location, there: Location
) -> None:
    at(0, there).practices.archive("gratitude")
    at(0, here).log("joy")
    archived = "Gratitude was archived in diary.db, so it's archived here, too."
    assert archived in merge(at(1, here), there).messages
    at(2, here).practices.restore("gratitude")
    stays = (
        "Gratitude is archived in diary.db. Your diary's change is newer, so it stays in your list."
    )
    assert stays in merge(at(3, here), there).messages
    back = "Gratitude was restored in diary.db, so it's in your list again."
    assert back in merge(at(3, there), here).messages
    assert at(4, there).practices.find("gratitude").archived_since(ago(0)) is None


@pytest.mark.parametrize(
    ("is_newer", "result"),
    [
        (False, "minutes. {numbers}, so days that were done may not reach the goal anymore."),
        (True, "yes/no. {numbers}, so days that were only partly done now count as done."),
    ],
)
def test_a_merge_says_what_becomes_of_days_in_another_unit(
    here: Location, there: Location, *, is_newer: bool, result: str
) -> None:
    at(1, here).practices.edit("laughter", unit="minutes", amount=10)
    at(2 if is_newer else 0, there).practices.edit("laughter", question="Did you laugh?")
    at(3, there).press("laughter")
    report = merge(at(4, here), there)
    assert (
        "Laughter is counted in minutes in your diary and in yes/no in diary.db. The newer of the "
        f"two is used: {result}"
    ).format(numbers="Days logged in the other unit keep their numbers") in report.messages


def test_a_merge_says_nothing_of_the_unit_of_a_practice_without_days(
    here: Location, there: Location
) -> None:
    at(1, here).practices.edit("laughter", unit="minutes", amount=10)
    assert not any("keep their numbers" in one for one in merge(at(2, here), there).messages)


def test_a_record_stays_whatever_is_undone(here: Location, there: Location) -> None:
    at(0, there).log("hug", note="there")
    at(1, here).log("hug", note="here")
    merge(at(5, here), there)
    for _ in range(2):
        at(6, here).undo()
    at(7, here).log("joy", note="new")
    assert [record.row.note for record in at(8, here).conflict_records()] == ["there"]


def test_a_server_diary_and_a_file_are_merged(
    here: Location, there: Location, server: Server
) -> None:
    far = server.new_location()
    merge(at(-1, far), there)
    change_on_both(here, far)
    merge_both_ways(here, far)
    assert everything_in(far) == everything_in(here)
    assert at(7, here).week() == at(7, far).week()


def test_a_server_diary_and_an_export_of_a_file_end_equal(
    here: Location, there: Location, server: Server, tmp_path: Path
) -> None:
    far = server.new_location()
    merge(at(-1, far), there)
    change_on_both(here, far)
    export_json(at(3, far), tmp_path / "far.json")
    export_json(at(3, here), tmp_path / "here.json")
    merge(at(5, here), Location(tmp_path / "far.json"))
    merge(at(5, far), Location(tmp_path / "here.json"))
    assert everything_in(far) == everything_in(here)


@pytest.mark.thorough
@settings(max_examples=6, deadline=None)
@given(full_contents(), full_contents(), full_contents())
def test_three_machines_are_equal_after_merging_in_any_order(
    one: FullContents, other: FullContents, third: FullContents
) -> None:
    with TemporaryDirectory() as folder:
        locations, exports = [], []
        for number, contents in enumerate((one, other, third)):
            diary = full_diary(Path(folder) / f"{number}.db", contents)
            locations.append(diary.location)
            exports.append(Path(folder) / f"{number}.json")
            export_json(diary, exports[-1])
        for number, location in enumerate(locations):
            for turn in (1, 2):
                merge(at(turn, location), Location(exports[(number + turn) % 3]))
        assert len(set(map(everything_in, locations))) == 1


@settings(max_examples=by_effort(5, 15), deadline=None)
@given(full_contents(), full_contents())
def test_any_two_diaries_are_equal_after_merging_and_no_note_is_lost(
    one: FullContents, other: FullContents
) -> None:
    with TemporaryDirectory() as folder:
        ours = full_diary(Path(folder) / "one.db", one)
        theirs = full_diary(Path(folder) / "other.db", other)
        notes = [notes_in(ours), notes_in(theirs)]
        merge(ours, theirs.location)
        merge(theirs, ours.location)
        assert everything_in(ours.location) == everything_in(theirs.location)
        for diary, before in zip((ours, theirs), notes, strict=True):
            assert before <= notes_in(diary) | recorded_notes(diary)
            assert diary.outdated_streak_caches() == []
        # Cleared rows are deleted with an undone practice, and so is what they cleared.
        was = everything(ours), ours.rows().kept
        ours.undo()
        ours.redo()
        assert (everything(ours), ours.rows().kept) == was
        assert ours.outdated_streak_caches() == []


def notes_in(diary: Diary) -> set[str]:
    """Every note in the diary's views."""
    with diary.stream() as (_, entries, evenings):
        return {entry.note for entry in entries} | {evening.note for evening in evenings}


def recorded_notes(diary: Diary) -> set[str]:
    """Every note in the undo log and in the records of skipped rows."""
    with diary.store.reading() as reader:
        found = reader.connection.core.exec_driver_sql(
            "SELECT before FROM change_row WHERE kind IN ('entry', 'evening')"
            " UNION SELECT content FROM conflict_record WHERE kind IN ('entry', 'evening')"
        ).scalars()
        return {json.loads(before)["note"] for before in found if before is not None}


class TestRejectedSources:
    def test_the_diary_itself(self, here: Location) -> None:
        server = Location(None, "postgresql://example.org/diary")
        for location in (here, server):
            with pytest.raises(InputError, match="already using"):
                merge(at(1, location), location)

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            *((one, "run .calmtrack import ") for one in (b"{}", b'{"habits": []}', b"day,calm\n")),
            *((one, "this version of calmtrack") for one in (b"", b"SQLite format 3\0nonsense")),
        ],
    )
    def test_another_file(
        self, here: Location, tmp_path: Path, content: bytes, sentence: str
    ) -> None:
        path = tmp_path / "other.db"
        path.write_bytes(content)
        before = everything_in(here)
        with pytest.raises(InputError, match=f"isn't a diary.*{sentence}"):
            merge(at(1, here), Location(path))
        assert everything_in(here) == before

    def test_an_export_that_ends_too_early(self, here: Location, tmp_path: Path) -> None:
        path = tmp_path / "other.json"
        export_json(at(0, here), path)
        path.write_text(path.read_text("utf-8")[:-20], "utf-8")
        before = everything_in(here)
        with pytest.raises(InputError, match="ends too early"):
            merge(at(1, here), Location(path))
        assert everything_in(here) == before

    def test_a_missing_file(self, tmp_path: Path) -> None:
        new = Location(tmp_path / "new" / "diary.db")
        with pytest.raises(InputError):
            merge(at(1, new), Location(tmp_path / "nowhere.db"))
        assert new.path is not None
        assert not new.path.exists()

    def test_a_schema_with_nothing_in_it(self, here: Location, server: Server) -> None:
        with pytest.raises(InputError, match="no diary at"):
            merge(at(1, here), server.new_location())
