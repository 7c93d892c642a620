"""What the keys of Practices do to the diary, and the sentence for it."""

from __future__ import annotations

from tracker.diary.diary import Diary
from tracker.i18n.messages import say
from tracker.models import Practice


def moved(diary: Diary, practice: Practice, by: int) -> str:
    """Moves it so many places on in the list, as far as that goes."""
    today = diary.today()
    listed = [one.id for one in diary.practices.all() if one.archived_since(today) is None]
    if practice.id not in listed:
        return say("practice.archived_has_no_place", name=practice.name)
    place = listed.index(practice.id) + 1 + by
    if not 1 <= place <= len(listed):
        return say("practices.at_the_edge", name=practice.name)
    diary.practices.move(practice.id, place)
    return say("practice.moved", name=practice.name, place=place)


def archived_or_back(diary: Diary, practice: Practice) -> str:
    """Takes it out of the list, or brings it back."""
    if diary.practices.find(practice.id).archived_since(diary.today()) is None:
        diary.practices.archive(practice.id)
        return say("practices.archived", name=practice.name)
    diary.practices.restore(practice.id)
    return say("practice.restored", name=practice.name)


def deleted(diary: Diary, practice: Practice) -> str:
    """Takes it away, if nothing was ever logged for it."""
    return say("practice.deleted", name=diary.practices.delete(practice.id).name)
