"""Compares texts with golden files, character by character."""

from __future__ import annotations

import os
from pathlib import Path

GOLDENS = Path(__file__).parent / "goldens"


def compare(name: str, text: str) -> None:
    """Compares a text with a stored one; CALMTRACK_WRITE_GOLDENS=1 stores it."""
    path = GOLDENS / name
    if os.environ.get("CALMTRACK_WRITE_GOLDENS") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
