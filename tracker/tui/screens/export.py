"""Writing the diary to a CSV file, from the screens."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.tui.screens.ask import AskBox
from tracker.words import say

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


def export_box(day: date) -> AskBox:
    """Asks where to; every entry goes there, and an existing file is never written over."""
    return AskBox(say("ask.export"), _export, f"~/calmtrack-{day.isoformat()}.csv")


def _export(diary: Diary, text: str) -> str:
    from tracker.exchange.csv_export import CsvOptions, export_csv

    path = Path(text.strip()).expanduser().absolute()
    rows = export_csv(diary, path, CsvOptions(), force=False)
    return say("export.wrote", rows=f"{rows:,}", path=path)
