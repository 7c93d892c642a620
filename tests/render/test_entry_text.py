"""The message of undo names what was undone, with its day."""

from datetime import date

import pytest

from tracker.models import Goal, Practice, UndoStep, Unit
from tracker.render.entry_text import undo_sentence

DAY = date(2026, 11, 24)
HUG = Practice("hug", "h", "Hug", "", Unit.TIMES, 1, 1, False, DAY, (Goal(DAY, 1, 5),))


def test_an_undone_step_has_a_readable_name(subtests: pytest.Subtests) -> None:
    cases: list[tuple[UndoStep | None, str]] = [
        (UndoStep("log", "hug", DAY, DAY, 1), "Undid: Hug, Tuesday 24 November."),
        (UndoStep("rate", "calm", DAY, DAY, 1), "Undid: Calm, Tuesday 24 November."),
        (UndoStep("note", "hug", DAY, DAY, 1), "Undid: note for Hug, Tuesday 24 November."),
        (UndoStep("clear", "hug", DAY, DAY, 1), "Undid: clearing Hug, Tuesday 24 November."),
        (UndoStep("log", "gone", DAY, DAY, 1), "Undid: gone, Tuesday 24 November."),
        (UndoStep("practice", "hug", None, None, 1), "Undid: changes to Hug."),
        (
            UndoStep("import", "old.csv", date(2026, 11, 1), DAY, 40),
            "Undid: import from old.csv, Sunday 1 November to Tuesday 24 November.",
        ),
        (
            UndoStep("import", "old.csv", date(2024, 11, 1), DAY, 40),
            "Undid: import from old.csv, Friday 1 November 2024 to Tuesday 24 November 2026.",
        ),
        (
            UndoStep("log", "hug", date(2025, 11, 24), date(2025, 11, 24), 1),
            "Undid: Hug, Monday 24 November 2025.",
        ),
        (None, "Nothing to undo."),
    ]
    for step, message in cases:
        with subtests.test(step=step, message=message):
            assert undo_sentence("undone", step, [HUG], DAY) == message


def test_a_redone_step_has_a_name_too() -> None:
    step = UndoStep("log", "hug", DAY, DAY, 1)
    assert undo_sentence("redone", step, [HUG], DAY) == "Redid: Hug, Tuesday 24 November."
    assert undo_sentence("redone", None, [HUG], DAY) == "Nothing to redo."
