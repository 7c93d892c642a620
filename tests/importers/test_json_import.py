"""The JSON import checks every row, imports all or nothing, and keeps the row changed last."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.importers.factories import EVENING, ago, as_json, create_diary, everything, open_diary
from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError, InputError
from tracker.exporters.json_export import export_json
from tracker.formats import json_reader
from tracker.importers import calmtrack_json
from tracker.importers.habit_importer import ImportChoices
from tracker.importers.import_file import ImportOptions, import_file
from tracker.importers.import_report import FileInfo, Report, RowCounts, summary_lines
from tracker.models import CALM_ID, Evening

LATER = "2026-11-24T22:30:00+01:00"
SOON_AFTER = "2026-11-24T23:30:00+01:00"


def write_export(diary: Diary, folder: Path, name: str = "diary.json") -> Path:
    """Writes the diary's JSON export to a file."""
    export_json(diary, folder / name, force=True)
    return folder / name


def edit_file(path: Path, **parts: Any) -> Path:
    """Replaces top-level parts of the file."""
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | parts), "utf-8")
    return path


def notes(diary: Diary) -> dict[str, str]:
    """The notes of its entries, by practice."""
    return {entry.practice_id: entry.note for entry in everything(diary)[1]}


@pytest.fixture
def two_machines(tmp_path: Path) -> tuple[Diary, Diary]:
    """A diary, and its copy on another machine an hour later."""
    first = create_diary(tmp_path / "first.db")
    first.log("hug", note="as it was")
    first.rate(5)
    second = create_diary(tmp_path / "second.db", LATER)
    import_file(second, write_export(first, tmp_path))
    return first, second


def test_it_has_one_row_per_line_and_all_data(diary: Diary) -> None:
    diary.log("hug", amount=2, note="Anna")
    diary.rate(7)
    diary.rate(8, ago(1))
    diary.clear(CALM_ID, ago(1))
    text = as_json(diary)
    assert (
        '{"day": "2026-11-24", "practice": "hug", "state": "logged", "amount": 2, "note": "Anna",'
        ' "logged_at": "2026-11-24T20:30:00Z", "updated_at": "2026-11-24T20:30:00.000000Z"}\n'
    ) in text
    found = json.loads(text)
    assert list(found) == ["calmtrack", "practices", "kept", "entries", "evenings"]
    assert [evening["calm"] for evening in found["evenings"]] == [None, 7]
    assert text.count("\n") == 11 + sum(len(rows) for rows in list(found.values())[1:])


def test_without_a_diary_the_json_is_empty_and_none_is_created(
    missing_diary: Diary, tmp_path: Path
) -> None:
    path = write_export(missing_diary, tmp_path)
    assert json.loads(path.read_text())["practices"] == []
    assert import_file(missing_diary, path) == Report(
        0, RowCounts(), RowCounts(), (), file_info=FileInfo("calmtrack", "calmtrack")
    )
    assert not missing_diary.store.exists()


def test_a_newer_row_replaces_another_and_undo_restores_it(
    two_machines: tuple[Diary, Diary], tmp_path: Path
) -> None:
    first, second = two_machines
    second.write_note("hug", "with Anna")
    second.press("laughter")
    before = everything(first)
    report = import_file(first, write_export(second, tmp_path))
    assert (report.added, report.changed, report.lost, report.left_out) == (1, 1, 0, 0)
    assert report.messages == (
        'Hug, Tuesday 24 November 2026: 1 time "with Anna" from diary.json is newer. It '
        'replaces 1 time "as it was", which stays in the undo history.',
    )
    assert notes(first) == {"hug": "with Anna", "laughter": ""}
    first.undo()
    assert everything(first) == before


@pytest.fixture
def conflict(two_machines: tuple[Diary, Diary], tmp_path: Path) -> tuple[Diary, Path]:
    """The second machine's diary with a changed note, and an export of the first one with an
    earlier change of the same note."""
    first, second = two_machines
    first.write_note("hug", "on the first")
    second.write_note("hug", "on the second")
    return second, write_export(first, tmp_path)


def test_the_older_row_is_listed_and_becomes_a_record(conflict: tuple[Diary, Path]) -> None:
    second, path = conflict
    before = as_json(second)
    report = import_file(second, path)
    assert (report.changed, report.lost) == (0, 1)
    assert report.messages == (
        (
            'Hug, Tuesday 24 November 2026: 1 time "on the second" in your diary is newer and '
            'stays, and 1 time "on the first" from diary.json isn\'t used.'
        ),
    )
    assert as_json(second) == before
    (record,) = second.conflict_records()
    assert (record.what, record.subject) == ("import", "diary.json")
    assert record.row.note == "on the first"
    second.undo()
    assert notes(second) == {"hug": "as it was"}


def test_an_item_is_named_with_its_list_of_the_file(missing_diary: Diary, tmp_path: Path) -> None:
    at, day = "2026-11-24T20:30:00.000000Z", "2026-12-24"
    evening = {"day": day, "calm": 5, "note": "", "logged_at": None, "updated_at": at}
    missing_diary.log("hug")
    content = json.loads(write_export(missing_diary, tmp_path).read_text())
    content["entries"][0] |= {"day": day, "updated_at": at}
    path = tmp_path / "ahead.json"
    path.write_text(json.dumps(content | {"evenings": [evening]}))
    messages = import_file(missing_diary, path).messages
    assert [message.partition(" is in the future")[0] for message in messages] == [
        'Item 1 of "entries": Thursday 24 December 2026',
        'Item 1 of "evenings": Thursday 24 December 2026',
    ]
    # In the time zone of the other copy it may be tomorrow already.
    for days, reported in ((-1, 0), (-2, 1)):
        evening |= {"day": str(ago(days)), "updated_at": at.replace("24T", "25T")}
        path.write_text(json.dumps(content | {"entries": [], "evenings": [evening]}))
        output = " ".join(import_file(missing_diary, path).messages)
        assert output.count("is in the future") == reported


def test_a_skipped_row_is_recorded_once_however_often_it_is_imported(
    conflict: tuple[Diary, Path],
) -> None:
    second, path = conflict
    for _ in range(3):
        assert import_file(second, path).lost == 1
    assert [record.row.note for record in second.conflict_records()] == ["on the first"]


def test_an_entry_cleared_elsewhere_is_cleared_here_too(
    two_machines: tuple[Diary, Diary], tmp_path: Path
) -> None:
    first, second = two_machines
    second.write_note("hug", "")
    second.clear("hug")
    import_file(first, write_export(second, tmp_path))
    assert notes(first) == {}
    assert as_json(first) == as_json(second)


def test_of_simultaneous_changes_both_sides_choose_the_same(
    two_machines: tuple[Diary, Diary], tmp_path: Path
) -> None:
    first, _ = two_machines
    third = create_diary(tmp_path / "third.db", LATER)
    fourth = create_diary(tmp_path / "fourth.db", LATER)
    for diary, note in ((third, "a"), (fourth, "b")):
        import_file(diary, write_export(first, tmp_path))
        diary.write_note("hug", note)
    to_fourth, to_third = (
        write_export(third, tmp_path, "3.json"),
        write_export(fourth, tmp_path, "4.json"),
    )
    reports = [import_file(fourth, to_fourth), import_file(third, to_third)]
    assert notes(third) == notes(fourth) == {"hug": "b"}
    assert as_json(third) == as_json(fourth)
    assert [(one.changed, one.lost) for one in reports] == [(0, 1), (1, 0)]
    assert "at the same moment" in reports[0].messages[0]


def test_practices_and_settings_are_imported_with_their_times(
    two_machines: tuple[Diary, Diary], tmp_path: Path
) -> None:
    first, second = two_machines
    second.practices.add("Evening tea", unit="minutes", amount=15)
    second.practices.edit("hug", name="A long hug", days_per_week=3)
    second.change("practice", "x", lambda writer: writer.save_app_state("day_turns_at", "02:00"))
    report = import_file(first, write_export(second, tmp_path))
    assert any("New in your list: Evening tea" in message for message in report.messages)
    assert (
        "Hug was changed later in diary.json, so that version is used. "
        'Name: "A long hug" instead of "Hug". '
        "Goal: 1 time, 3 days a week from 24 November 2026 instead of 1 time, 5 days a week."
    ) in report.messages
    assert as_json(first) == as_json(second)
    assert first.rows().kept["day_turns_at"] == "02:00"
    assert report.settings[:2] == (2, 1)


def test_a_copy_keeps_the_line_ends_of_its_notes(diary: Diary, tmp_path: Path) -> None:
    evening = Evening(ago(1), 6, "one\r\ntwo", None)
    diary.change("import", "old", lambda writer: writer.save_evenings([evening]))
    export_json(diary, tmp_path / "copy.json")
    new = create_diary(tmp_path / "new.db")
    import_file(new, tmp_path / "copy.json")
    assert everything(new)[2] == everything(diary)[2] == [evening]


def test_an_archived_practice_is_not_called_new_in_the_list(
    two_machines: tuple[Diary, Diary], tmp_path: Path
) -> None:
    first, second = two_machines
    second.practices.add("Evening tea")
    second.practices.add("No sugar")
    second.practices.archive("no-sugar")
    path = write_export(second, tmp_path)
    for dry_run in (True, False):
        messages = import_file(first, path, ImportOptions(dry_run=dry_run)).messages
        assert "New in your list: Evening tea." in messages
        assert "New practices, already archived: No sugar." in messages


def test_two_practices_never_share_a_letter(
    two_machines: tuple[Diary, Diary], tmp_path: Path
) -> None:
    first, second = two_machines
    first.practices.add("Tea", key="y")
    second.practices.add("Yoga", key="y")
    import_file(second, write_export(first, tmp_path))
    keys = [practice.key for practice in second.practices.all() if practice.key]
    assert sorted(keys) == sorted(set(keys))
    assert len(second.practices.all()) == len(first.practices.all()) + 1


def test_the_order_of_rows_in_the_file_does_not_matter(
    two_machines: tuple[Diary, Diary], tmp_path: Path
) -> None:
    first, _ = two_machines
    path = write_export(first, tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text()), indent=4, sort_keys=True))
    other = create_diary(tmp_path / "other.db")
    import_file(other, path)
    assert as_json(other) == as_json(first)


def test_a_dry_run_reports_the_same_and_writes_nothing(diary: Diary, tmp_path: Path) -> None:
    diary.press("hug")
    other = open_diary(tmp_path / "other.db")
    path = write_export(diary, tmp_path)
    foreseen = import_file(other, path, ImportOptions(dry_run=True))
    assert not other.store.exists()
    assert import_file(other, path) == foreseen


def test_unknown_data_is_skipped_and_reported(diary: Diary, tmp_path: Path) -> None:
    diary.press("hug")
    path = write_export(diary, tmp_path)
    entries = [json.loads(path.read_text())["entries"][0] | {"mood": 3}]
    report = import_file(
        create_diary(tmp_path / "other.db"),
        edit_file(path, entries=entries, weather=["rain", "sun"]),
    )
    for message in (
        'calmtrack doesn\'t know the field "mood", so it is left out.',
        'calmtrack doesn\'t know the part "weather" of the file, so it is left out.',
    ):
        assert report.messages.count(message) == 1
    strangers = [entries[0] | {"practice": f"p{number}"} for number in range(6)]
    with pytest.raises(InputError, match=r"doesn't describe: p0, p1, p2, p3, p4\. Nothing"):
        import_file(diary, edit_file(path, entries=strangers))


WRONG: list[tuple[str, str, Any, str]] = [
    ("entries", "day", "24.11.2026", "recognise the date"),
    ("entries", "day", 7, "must be text"),
    ("entries", "state", "gone", "isn't a state"),
    ("entries", "state", "cleared", "can't have an amount or a note"),
    ("entries", "amount", -1, "must be 0 or more"),
    ("entries", "amount", 1.5, "must be a whole number"),
    ("entries", "amount", True, "must be a whole number"),
    ("entries", "note", ["x"], "must be text"),
    ("entries", "practice", "Hug!", "practice's id"),
    ("entries", "practice", "tea", "doesn't describe: tea"),
    ("entries", "logged_at", "yesterday", "recognise the time"),
    ("entries", "updated_at", "9999-12-31T23:59:59.999999Z", "I don't recognise the time"),
    ("entries", "updated_at", None, "I don't recognise the time"),
    ("evenings", "calm", 11, "0 to 10"),
    ("evenings", "day", "2026-13-01", 'The date "2026-13-01" doesn\'t exist'),
    ("practices", "unit", "hours", "isn't a unit"),
    ("practices", "goals", [], "needs a unit and at least one goal"),
    ("practices", "goals", {}, "must be a list"),
    ("practices", "key", "q", "can't be a practice's letter"),
    ("practices", "name", "", "1 to 60 characters"),
    ("practices", "step", 0, "whole number from 1"),
    ("practices", "overlap", 1, "must be true or false"),
    ("kept", "value", "noon", "can't use the value of"),
]


def test_invalid_values_are_reported_in_one_sentence(
    diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    diary.press("hug")
    diary.rate(7)
    path = write_export(diary, tmp_path)
    text = path.read_text()
    other = open_diary(tmp_path / "other.db")
    for part, field, value, message in WRONG:
        with subtests.test(part=part, field=field, value=value):
            found = json.loads(text)
            found[part][0][field] = value
            path.write_text(json.dumps(found))
            with pytest.raises(InputError) as refused:
                import_file(other, path)
            assert message in str(refused.value)
            assert "Nothing was imported." in str(refused.value)
            assert "\n" not in str(refused.value)
            assert not other.store.exists()


def test_an_error_names_the_item(diary: Diary, tmp_path: Path) -> None:
    diary.press("hug")
    path = write_export(diary, tmp_path)
    text = path.read_text()
    path.write_text(text.replace('"amount": 1, "note"', '"amount": -1, "note"'))
    with pytest.raises(InputError, match=r"^Item 1 of \"entries\": The amount"):
        import_file(diary, path)


def test_a_file_that_ends_too_early_changes_nothing(
    diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    diary.press("hug")
    path = write_export(diary, tmp_path)
    whole = path.read_text().rstrip()
    other = open_diary(tmp_path / "other.db")
    for share in (0.2, 0.5, 0.9, 0.999):
        with subtests.test(share=share):
            path.write_text(whole[: int(len(whole) * share)])
            message = r"^Line [0-9]+: this isn't valid JSON, or the file ends too early"
            with pytest.raises(InputError, match=message):
                import_file(other, path)
            assert not other.store.exists()


def test_json_that_is_not_an_export_is_reported_in_one_sentence(
    missing_diary: Diary, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    cases: list[str] = [
        "[" * 100_000,
        '{"calmtrack": ' + "9" * 5000 + "}",
        '{"calmtrack": NaN}',
        '{"entries": [1 2]}',
        "{'a': 1}",
        '{"a": 1} x',
        '{"calmtrack": 1, "kept": [{"key": "x", "value": ' + "[" * 5000,
        '{"calmtrack": 2}',
        '{"practices": [7]}',
        '{"practices": "all"}',
        "{",
        '{"a"}',
    ]
    for text in cases:
        with subtests.test(text=text):
            path = tmp_path / "x.json"
            path.write_text(text)
            with pytest.raises(InputError) as refused:
                import_file(missing_diary, path)
            assert "\n" not in str(refused.value)
            assert not missing_diary.store.exists()


def test_a_json_file_above_the_limit_is_rejected_before_it_is_parsed(
    missing_diary: Diary, tmp_path: Path
) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.write(b"{")
        file.truncate(json_reader.MAX_BYTES + 1)
    with pytest.raises(InputError, match=r"is larger than 256 MB.*Nothing was imported\."):
        import_file(missing_diary, path)
    assert not missing_diary.store.exists()


def test_a_file_with_too_many_practices_and_settings_is_rejected(
    diary: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary.press("hug")
    path = write_export(diary, tmp_path)
    whole = json.loads(path.read_text())
    most = len(whole["practices"]) + len(whole["kept"]) + 1
    monkeypatch.setattr(calmtrack_json, "MAX_PRACTICES", most)
    other = open_diary(tmp_path / "other.db")
    import_file(other, path, ImportOptions(dry_run=True))
    monkeypatch.setattr(calmtrack_json, "MAX_PRACTICES", most - 1)
    with pytest.raises(InputError, match=f"more than {most - 1} practices and settings"):
        import_file(other, path)


def test_the_line_of_a_syntax_error_is_named(diary: Diary, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"calmtrack": 1,\n"entries": [\n{"day": "2026-11-24" "state": 1}\n]}')
    with pytest.raises(InputError, match=r"^Line 3: this isn't valid JSON"):
        import_file(diary, path)


def test_duplicate_members_are_all_imported(diary: Diary, tmp_path: Path) -> None:
    diary.press("hug")
    diary.press("laughter")
    path = write_export(diary, tmp_path)
    parts = json.loads(path.read_text())
    first, second = parts.pop("entries")
    text = json.dumps(parts)[:-1]
    path.write_text(
        f'{text}, "entries": [{json.dumps(first)}], "entries": [{json.dumps(second)}]}}'
    )
    other = create_diary(tmp_path / "other.db")
    import_file(other, path)
    assert set(notes(other)) == {"hug", "laughter"}


def test_a_duplicate_practice_is_rejected(diary: Diary, tmp_path: Path) -> None:
    diary.press("hug")
    path = write_export(diary, tmp_path)
    practices = json.loads(path.read_text())["practices"]
    with pytest.raises(InputError, match="twice"):
        import_file(diary, edit_file(path, practices=[*practices, practices[0]]))


def test_of_two_rows_of_one_day_the_one_changed_last_counts(diary: Diary, tmp_path: Path) -> None:
    diary.log("hug", note="old")
    path = write_export(diary, tmp_path)
    entry = json.loads(path.read_text())["entries"][0]
    newer = entry | {"note": "new", "updated_at": "2026-11-24T20:31:00.000000Z"}
    for number, rows in enumerate(([entry, newer], [newer, entry])):
        other = create_diary(tmp_path / f"{number}.db", EVENING)
        import_file(other, edit_file(path, entries=rows))
        assert notes(other) == {"hug": "new"}


def test_an_export_never_overwrites_a_file(diary: Diary, tmp_path: Path) -> None:
    path = write_export(diary, tmp_path)
    with pytest.raises(CalmtrackError, match="already exists"):
        export_json(diary, path)


def test_practices_and_settings_are_not_counted_as_entries(diary: Diary, tmp_path: Path) -> None:
    missing_diary = open_diary(tmp_path / "other.db")
    diary.log("hug")
    diary.log("joy")
    diary.clear("joy")
    # No one has written the day of creation.
    path = edit_file(
        write_export(diary, tmp_path),
        kept=[
            {"key": key, "value": value, "updated_at": "2026-11-24T20:30:00.000000Z"}
            for key, value in (("begun_on", "2026-11-24"), ("day_turns_at", "05:00"))
        ],
    )
    preview = import_file(missing_diary, path, ImportOptions(dry_run=True))
    settings = "Practices and settings: 9 new, 1 the same."
    assert summary_lines(preview, dry_run=True)[:2] == [
        "Preview: this would add 1 new entry.",
        settings,
    ]
    assert summary_lines(import_file(missing_diary, path), dry_run=False)[:2] == [
        "Imported 1 new entry.",
        settings,
    ]


def test_the_preview_has_a_line_for_each_practice_and_one_for_calm(
    diary: Diary, tmp_path: Path
) -> None:
    for days, amount in ((3, 2), (2, 1), (1, 0)):
        diary.log("hug", ago(days), amount=amount)
    diary.practices.edit("hug", amount=2, all_days=True)
    diary.rest(("laughter",), ago(0), ago(-1))
    diary.log("joy")
    diary.clear("joy")
    diary.practices.add("Evening tea")
    diary.rate(7, note="calm")
    diary.rate(8, ago(1))
    path = write_export(diary, tmp_path)
    other = create_diary(tmp_path / "other.db")
    other.log("gratitude")
    lines = (
        "Evening tea (new): no days in the file.",
        "Hug (already in your diary): 3 days, 21 – 23 November 2026. 1 done, 1 partly done, 1 not "
        "done (goal: 2 times).",
        "Laughter (already in your diary): 2 days, 24 – 25 November 2026. 2 rest days.",
        "Calm: 2 evenings, 23 – 24 November 2026. 2 with a score, 1 with a note.",
    )
    report = import_file(other, path, ImportOptions(dry_run=True))
    assert report.preview == lines
    assert import_file(other, path).preview == lines


def test_entries_are_counted_as_in_the_export(diary: Diary, tmp_path: Path) -> None:
    diary.log("hug")
    diary.rate(7)
    diary.log("joy")
    diary.clear("joy")
    written = export_json(diary, tmp_path / "diary.json").entries
    assert written == 2
    assert summary_lines(import_file(diary, tmp_path / "diary.json"), dry_run=False) == [
        "There was nothing new to import.",
        "Practices and settings: 9 the same.",
        "2 entries in the file are the same in your diary.",
    ]


def test_a_practice_that_is_newer_in_the_file_is_said_to_be_updated(
    two_machines: tuple[Diary, Diary], tmp_path: Path
) -> None:
    first, second = two_machines
    first.practices.edit("joy", name="Delight")
    second.practices.edit("hug", key="c")
    report = import_file(first, write_export(second, tmp_path), ImportOptions(dry_run=True))
    assert report.messages == (
        "Hug was changed later in diary.json, so that version is used. Letter: c instead of h.",
        "Delight was changed later in your diary, so it stays as it is. "
        'Name: "Delight" instead of "Moment of joy".',
    )
    assert summary_lines(report, dry_run=True)[:2] == [
        "Preview: no new entries.",
        "Practices and settings: 1 updated, 7 the same, 1 kept as in your diary.",
    ]


def test_a_machine_used_before_it_got_the_diary_names_no_practice_as_changed(
    tmp_path: Path,
) -> None:
    first = create_diary(tmp_path / "first.db", "2026-11-20T21:30:00+01:00")
    first.log("hug")
    first.practices.edit("hug", name="Cuddle")
    first.undo()
    second = create_diary(tmp_path / "second.db")
    second.rate(5)
    report = import_file(second, write_export(first, tmp_path))
    assert report.messages == ()
    assert summary_lines(report, dry_run=False)[0] == "Imported 1 new entry."
    assert report.settings.written == 0


def test_a_diary_without_entries_is_said_to_get_what_differs_from_the_shipped_practices(
    tmp_path: Path,
) -> None:
    first = create_diary(tmp_path / "first.db", "2026-11-20T21:30:00+01:00")
    first.log("hug")
    first.practices.edit("joy", name="Delight")
    path = write_export(first, tmp_path)
    other = create_diary(tmp_path / "begun.db")
    report = import_file(other, path, ImportOptions(dry_run=True))
    assert summary_lines(report, dry_run=True)[:2] == [
        "Preview: this would add 1 new entry.",
        "Practices and settings: 1 updated, 8 the same.",
    ]
    assert import_file(other, path) == report
    assert everything(other) == everything(first)


def test_where_there_was_no_diary_all_of_its_practices_are_new(tmp_path: Path) -> None:
    first = create_diary(tmp_path / "first.db", "2026-11-20T21:30:00+01:00")
    first.log("hug")
    first.practices.edit("joy", name="Delight")
    path = write_export(first, tmp_path)
    anew = open_diary(tmp_path / "new.db")
    report = import_file(anew, path, ImportOptions(dry_run=True))
    assert summary_lines(report, dry_run=True)[:2] == [
        "Preview: this would add 1 new entry.",
        "Practices and settings: 8 new, 1 the same.",
    ]
    assert sum("(new): " in line for line in report.preview) == 8
    assert report.messages == (
        "New in your list: Hug, Laughter, Nature walk, Gratitude, Good talk, Safe moment, "
        "Delight, Softening.",
    )
    assert import_file(anew, path) == report
    assert everything(anew) == everything(first)


def test_scores_that_are_hidden_are_not_in_the_report(
    two_machines: tuple[Diary, Diary], tmp_path: Path
) -> None:
    first, second = two_machines
    second.rate(8)
    path = write_export(second, tmp_path)
    choices = ImportChoices(hide_scores=True)
    (message,) = import_file(first, path, ImportOptions(None, choices, dry_run=True)).messages
    assert message == (
        "Calm, Tuesday 24 November 2026: a score from diary.json is newer. It replaces a score, "
        "which stays in the undo history."
    )
