"""The preview of an import: what it would add, practice by practice, before anything is written."""

from __future__ import annotations

import pytest

from tests.importers.test_other_trackers import import_sample, sample
from tracker.diary.diary import Diary
from tracker.importers.import_file import ImportOptions, import_file
from tracker.importers.import_report import Report, summary_lines

PREVIEWS = {
    "small.habitbull.csv": (
        "Walk (new): 3 days, 20 – 22 November 2026. 1 done, 1 not done, 1 with only a note.",
        "Pushups (new): 2 days, 21 – 22 November 2026. 1 done, 1 not done (goal: 1 time).",
    ),
    "small.table.csv": (
        "Walk (new): 3 days, 1 – 4 November 2026. 1 done, 1 not done, 1 rest day.",
        "Pages (new): 3 days, 1 – 3 November 2026. 2 done, 1 not done (goal: 1 time).",
        "Calm: 3 evenings, 1 – 3 November 2026. 2 with a score, 2 with a note.",
    ),
    "small.daylio": ("Calm: 3 evenings, 1 – 3 November 2026. 3 with a score, 2 with a note.",),
    "small.dijo.json": (
        "hugs (new): 2 days, 22 – 23 November 2026. 2 partly done (goal: 3 times).",
        "walk (new): 2 days, 22 – 23 November 2026. 1 done, 1 not done.",
    ),
}


@pytest.mark.parametrize("name", PREVIEWS)
def test_each_practice_has_its_days_and_resulting_states(diary: Diary, name: str) -> None:
    report = import_file(diary, sample(name), ImportOptions(dry_run=True))
    assert report.preview == PREVIEWS[name]


def test_a_practice_of_the_diary_is_named_as_such(diary: Diary) -> None:
    report = import_sample(diary, "small.table.csv", named={"Walk": "nature-walk"})
    assert report.preview[0] == (
        "Nature walk (already in your diary): 3 days, 1 – 4 November 2026. 1 done, 1 "
        "not done, 1 rest day (goal: 20 minutes)."
    )


def test_a_report_has_a_summary_with_counts(subtests: pytest.Subtests) -> None:
    cases: list[tuple[dict[str, int], bool, list[str]]] = [
        ({}, False, ["There was nothing new to import."]),
        ({"added": 1}, False, ["Imported 1 new entry."]),
        ({"changed": 2}, False, ["Updated 2 entries."]),
        ({"added": 2, "changed": 1}, False, ["Imported 2 new entries, updated 1."]),
        (
            {"added": 3, "added_without_day": 1, "changed": 2, "changed_without_day": 1},
            False,
            ["Imported 2 new entries, updated 1.", "Imported 2 practices and settings."],
        ),
        ({"added": 1, "added_without_day": 1}, False, ["Imported 1 practice or setting."]),
        (
            {"unchanged": 1},
            False,
            [
                "There was nothing new to import.",
                "1 item in the file was already in your diary.",
            ],
        ),
        (
            {"lost": 1, "left_out": 2},
            False,
            [
                "There was nothing new to import.",
                "1 item is different in your diary and stays as it is there.",
                'Run "calmtrack undo --list" to see the entries that weren\'t used, because your '
                "diary kept its own.",
                "2 items in the file are left out. The messages about this import say why.",
            ],
        ),
        ({}, True, ["Preview: there's nothing new to import."]),
        ({"added": 2}, True, ["Preview: this would add 2 new entries."]),
        ({"changed": 1}, True, ["Preview: this would update 1 entry."]),
        (
            {"added": 3, "added_without_day": 1, "changed": 3, "changed_without_day": 1},
            True,
            [
                "Preview: this would add 2 new entries and update 2.",
                "It would also add 2 practices and settings.",
            ],
        ),
        ({"added": 1, "changed": 2}, True, ["Preview: this would add 1 new entry and update 2."]),
        (
            {"changed": 1, "changed_without_day": 1, "lost": 2},
            True,
            [
                "Preview: this would add 1 practice or setting.",
                "2 items are different in your diary and stay as they are there.",
            ],
        ),
    ]
    for counts, dry_run, lines in cases:
        with subtests.test(counts=counts, dry_run=dry_run):
            report = Report(
                0,
                counts.get("added", 0),
                counts.get("changed", 0),
                counts.get("unchanged", 0),
                counts.get("lost", 0),
                (),
                left_out=counts.get("left_out", 0),
                added_without_day=counts.get("added_without_day", 0),
                changed_without_day=counts.get("changed_without_day", 0),
            )
            closing = ["Nothing has been changed yet."] if dry_run else []
            assert summary_lines(report, dry_run=dry_run) == lines + closing
