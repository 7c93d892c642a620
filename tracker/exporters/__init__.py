"""Writes a diary as CSV, as JSON or as a Loop archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.diary.diary_base import DiaryBase


def back_up_json(diary: DiaryBase, path: Path) -> int:
    """Writes the backup of a diary on a server; returns the number of rows. Imports the exporter
    only then."""
    from tracker.exporters.json_export import export_json

    return export_json(diary, path).rows
