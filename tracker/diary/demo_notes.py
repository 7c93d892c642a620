"""The notes of the invented year, dealt so that none comes again before all were there."""

from __future__ import annotations

from random import Random
from typing import Any


class Notes:
    """Packs of notes, one for each practice and three for the evenings."""

    def __init__(self, demo: dict[str, Any]) -> None:
        self._packs: dict[str, list[str]] = demo["notes"]
        self._names: list[str] = demo["people"]["names"]
        self._chance = Random(f"{demo['seed']} notes")  # noqa: S311  no secret hangs on it
        self._left: dict[str, list[str]] = {}

    def of(self, practice_id: str) -> str:
        """A note for a practice."""
        return self._deal(practice_id)

    def of_evening(self, score: int) -> str:
        """A note for an evening of that calm."""
        return self._deal("low" if score <= 3 else "middle" if score <= 6 else "high")

    def _deal(self, pack: str) -> str:
        left = self._left.get(pack) or list(self._packs[pack])
        note = left.pop(int(self._chance.random() * len(left)))
        self._left[pack] = left
        name = self._names[int(self._chance.random() * len(self._names))]
        return note.replace("{who}", f"@{name}")
