"""Which practices are in the list, and in what order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tracker.diary import practice_lookup
from tracker.diary.diary import Diary
from tracker.diary.practice_save import save
from tracker.errors import InputError
from tracker.i18n.messages import say
from tracker.models import Practice, Span
from tracker.store.writer import Writer


def archive_practice(diary: Diary, practice_id: str) -> Practice:
    """Takes a practice out of the list from today on; its days stay. Raises WrongInput."""
    today = diary.today()

    def shape(practices: Sequence[Practice]) -> tuple[Practice]:
        one = practice_lookup.find_practice(practices, practice_id)
        if one.archived_since(today) is not None:
            raise InputError(say("practice.archived_already", name=one.name))
        return (archive_from(one, today),)

    return save(diary, shape)


def restore_practice(diary: Diary, practice_id: str) -> Practice:
    """Brings an archived practice back from today on; the days between stay blank.

    Raises WrongInput.
    """
    today = diary.today()

    def shape(practices: Sequence[Practice]) -> tuple[Practice]:
        one = practice_lookup.find_practice(practices, practice_id)
        if one.archived_since(today) is None:
            raise InputError(say("practice.in_the_list", name=one.name))
        return (replace(one, out_of_list=_ended(one.out_of_list, today)),)

    return save(diary, shape)


def move_practice(diary: Diary, practice_id: str, position: int) -> Practice:
    """Moves a practice to a place in the list, counted from 1; the others make room.

    Archived ones keep their neighbours. Raises WrongInput.
    """
    today = diary.today()

    def shape(practices: Sequence[Practice]) -> Sequence[Practice]:
        one = practice_lookup.find_practice(practices, practice_id)
        if one.archived_since(today) is not None:
            raise InputError(say("practice.archived_has_no_place", name=one.name))
        others = [p for p in practices if p.id != one.id]
        listed = [p for p in others if p.archived_since(today) is None]
        if not 1 <= position <= len(listed) + 1:
            raise InputError(say("practice.no_such_place", last=len(listed) + 1))
        if position <= len(listed):
            place = others.index(listed[position - 1])
        else:
            place = others.index(listed[-1]) + 1 if listed else 0
        ordered = numbered([*others[:place], one, *others[place:]])
        return sorted(ordered, key=lambda p: p.id != one.id)

    return save(diary, shape)


def delete_practice(diary: Diary, practice_id: str) -> Practice:
    """Takes away a practice that nothing was ever logged for; returns what it was.

    Raises WrongInput for one with entries: that can be archived.
    """
    rows = diary.rows()
    one = practice_lookup.find_practice(rows.practices, practice_id)
    if one.id in rows.first_entry:
        raise _has_days(one)

    def act(writer: Writer) -> None:
        if one.id in writer.first_entries():
            raise _has_days(one)
        writer.remove_practice(one.id)

    diary.change("practice", one.id, act)
    return one


def archive_from(practice: Practice, day: date) -> Practice:
    """The practice out of the list from a day on."""
    return replace(practice, out_of_list=(*_ended(practice.out_of_list, day), Span(day, None)))


def numbered(practices: Sequence[Practice]) -> list[Practice]:
    """The practices with the places, from 1, that their order gives them."""
    return [replace(one, position=place) for place, one in enumerate(practices, start=1)]


def _ended(spans: Sequence[Span], today: date) -> tuple[Span, ...]:
    """The times out of the list as far as they lie before today."""
    yesterday = today - timedelta(days=1)
    return tuple(
        span if span.to_day is not None and span.to_day < today else Span(span.from_day, yesterday)
        for span in spans
        if span.from_day < today
    )


def _has_days(practice: Practice) -> InputError:
    return InputError(say("practice.has_days", name=practice.name))
