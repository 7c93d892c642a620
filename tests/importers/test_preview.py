"""What an import would bring, practice by practice, before anything is written."""

from __future__ import annotations

import pytest

from tests.importers.test_other_trackers import brought, sample
from tracker.diary.diary import Diary
from tracker.importers.import_file import ImportOptions, import_file

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
        "walk (new): 1 day, 22 November 2026. 1 done.",
    ),
}


@pytest.mark.parametrize("name", PREVIEWS)
def test_each_practice_has_its_days_and_what_their_marks_become(diary: Diary, name: str) -> None:
    report = import_file(diary, sample(name), ImportOptions(dry_run=True))
    assert report.preview == PREVIEWS[name]


def test_a_practice_of_the_diary_is_named_as_such(diary: Diary) -> None:
    report = brought(diary, "small.table.csv", named={"Walk": "nature-walk"})
    assert report.preview[0] == (
        "Nature walk (already in your diary): 3 days, 1 – 4 November 2026. 1 done, 1 "
        "not done, 1 rest day (goal: 20 minutes)."
    )
