"""What the keys of Practices do to the diary, and the sentence for it."""

from __future__ import annotations

from tracker.diary.diary import Diary
from tracker.diary.practice_list import (
    archive_practice,
    delete_practice,
    move_practice,
    restore_practice,
)
from tracker.i18n.messages import say
from tracker.models import Practice


def moved(diary: Diary, practice: Practice, by: int) -> str:
    """Moves it so many places on in the list, as far as that goes."""
    today = diary.today()
    listed = [one.id for one in diary.practices() if one.archived_since(today) is None]
    if practice.id not in listed:
        return say("practice.archived_has_no_place", name=practice.name)
    place = listed.index(practice.id) + 1 + by
    if not 1 <= place <= len(listed):
        return say("practices.at_the_edge", name=practice.name)
    move_practice(diary, practice.id, place)
    return say("practice.moved", name=practice.name, place=place)


def archived_or_back(diary: Diary, practice: Practice) -> str:
    """Takes it out of the list, or brings it back."""
    if diary.practice(practice.id).archived_since(diary.today()) is None:
        archive_practice(diary, practice.id)
        return say("practices.archived", name=practice.name)
    restore_practice(diary, practice.id)
    return say("practice.restored", name=practice.name)


def deleted(diary: Diary, practice: Practice) -> str:
    """Takes it away, if nothing was ever logged for it."""
    return say("practice.deleted", name=delete_practice(diary, practice.id).name)
