"""Files in the shapes that public exports of real people have: nothing lost, nothing invented."""

from __future__ import annotations

from tests.importers.factories import everything
from tests.importers.test_other_trackers import amounts, brought, entries_of
from tracker.diary.diary import Diary


def notes(diary: Diary, practice_id: str) -> dict[str, str]:
    """The note of each day."""
    return {str(entry.day): entry.note for entry in entries_of(diary, practice_id)}


def test_an_empty_comment_of_harsh_is_no_note(diary: Diary) -> None:
    report = brought(diary, "reported/harsh-real")
    assert (report.read, report.added, report.left_out) == (3, 3, 0)
    assert amounts(diary, "walk") == {"2026-03-01": 1, "2026-03-02": 1, "2026-03-03": 0}
    assert notes(diary, "walk") == {"2026-03-01": "", "2026-03-02": "with Ann", "2026-03-03": ""}
    assert everything(diary)[2] == []
