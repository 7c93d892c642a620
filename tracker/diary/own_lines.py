"""The lists of lines that the person writes: support messages, and questions for notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.diary.diary_base import DiaryBase
from tracker.store.writer import Writer

Lines = tuple[str, ...]


def own_lines(diary: DiaryBase, key: str) -> Lines:
    """The lines stored under an app_state key; empty by default."""
    return tuple(diary.rows().kept.get(key, ()))


def change_own_lines(diary: DiaryBase, key: str, edited: Callable[[Lines], Sequence[str]]) -> bool:
    """Replaces the lines under a key, which is also the kind of the undo step, by the result of
    `edited` on those that are stored. Returns False, without a step, where they stay the same;
    compared in the transaction, as another process may have changed them."""

    def save(writer: Writer) -> None:
        stored = tuple(writer.app_state().get(key, ()))
        lines = edited(stored)
        # No list and an empty one are the same.
        if lines or stored:
            writer.save_app_state(key, list(lines))

    if not diary.store.exists() and not edited(()):
        # No diary is begun for no lines.
        return False
    return diary.change(key, "", save) is not None
