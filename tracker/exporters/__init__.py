"""Writes a diary as CSV, as JSON or as a Loop archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.diary.diary_base import DiaryBase


def back_up_json(diary: DiaryBase, path: Path, *, force: bool = False) -> int:
    """The JsonExport of a diary: imports the exporter only when called."""
    from tracker.exporters.json_export import export_json

    return export_json(diary, path, force=force).rows
