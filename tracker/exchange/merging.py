"""Another diary of the same person joined to this one: of each row, the later version stays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.diary.diary import Diary
from tracker.exchange.sayings import Sayings
from tracker.places import Place
from tracker.rules.days import spoken
from tracker.rules.merging import BEGUN_ON, GaveWay, Joined, Version, Where, join
from tracker.store import backups, soundness
from tracker.store.rows import (
    SHIPPED_AT,
    entry_from_json,
    evening_from_json,
    practice_from_json,
)
from tracker.store.store import Store
from tracker.store.versions import put_versions, says_nothing, versions_in
from tracker.store.writer import Writer
from tracker.trouble import WrongInput
from tracker.values import Practice, Stored
from tracker.words import say


@dataclass(frozen=True, slots=True)
class Report:
    """What joining came to."""

    added: int
    """Rows that only the other diary had."""
    changed: int
    """Rows in which the other diary's version was the later one."""
    stayed: int
    """Rows in which this diary's version was the later one."""
    said: tuple[str, ...]
    """What gave way, sentence by sentence."""


def merge(diary: Diary, other: Place) -> Report:
    """Joins another diary to this one as one step, which can be undone; the other is only read.

    Raises WrongInput for what is no diary, and then has changed nothing.
    """
    if _is_same(diary.place, other):
        raise WrongInput(say("merge.itself", path=other.label))
    theirs = _versions_of(other)
    if diary.begun_on() is None:
        # Without the usual practices: the list is the one that the other diary has.
        diary.begin(())
    done: list[Joined] = []
    before: dict[Where, Version] = {}

    def act(writer: Writer) -> None:
        before.update(versions_in(writer))
        joined = join(before, theirs)
        put_versions(writer, joined.taken, before)
        done.append(joined)

    diary.change("merge", other.path.name if other.path is not None else other.label, act)
    return _report(done[0], before)


def _is_same(one: Place, other: Place) -> bool:
    if one.path is None or other.path is None:
        return one.url is not None and one.url == other.url
    return one.path.resolve() == other.path.resolve()


def _versions_of(other: Place) -> dict[Where, Version]:
    """The other diary's rows. An export in JSON, once there are any, is read here, too."""
    if other.path is None:
        return _versions_at(other)
    if not other.path.is_file() or not soundness.is_diary(other.path):
        raise WrongInput(say("care.not_a_backup", path=other.path))
    if problem := soundness.damage_in(other.path):
        raise WrongInput(say("merge.damaged", path=other.path, problem=problem))
    # A copy, since an older one is brought up to date before it is read.
    with TemporaryDirectory() as folder:
        copy = Place(Path(folder) / "other.db")
        assert copy.path is not None
        backups.copy(other, copy.path)
        return _versions_at(copy)


def _versions_at(place: Place) -> dict[Where, Version]:
    store = Store(place)
    if not store.begun():
        raise WrongInput(say("care.not_begun", path=place.label))
    with store.reading() as reader:
        return versions_in(reader)


def _report(joined: Joined, before: dict[Where, Version]) -> Report:
    practices = _practices(joined)
    names = {practice.id: practice.name for practice in practices}
    sayings = Sayings()
    told = [loser for loser in joined.gave_way if not _is_no_news(loser)]
    for loser in sorted(told, key=lambda one: (one.where[2], one.where)):
        gaps = {
            "what": _called(loser.where, names),
            "winner": _words(loser.where, loser.winner),
            "loser": _words(loser.where, loser.version),
        }
        if loser.ours:
            sayings.add("merge.ours_gave_way", **gaps)
        else:
            sayings.add("merge.theirs_gave_way", **gaps)
    _tell_letters(practices, sayings)
    return Report(
        sum(
            where not in before and not says_nothing(where, version)
            for where, version in joined.taken.items()
        ),
        sum(loser.ours for loser in told),
        sum(not loser.ours for loser in told),
        sayings.all(),
    )


def _practices(joined: Joined) -> list[Practice]:
    return [
        practice_from_json(version.content)
        for (kind, _, _), version in joined.rows.items()
        if kind == "practice"
    ]


def _is_no_news(loser: GaveWay) -> bool:
    """Nobody wrote these: how a shipped practice came into the list, and when it all began."""
    untouched = loser.version.updated_at == loser.winner.updated_at == SHIPPED_AT
    return untouched or loser.where == BEGUN_ON


def _tell_letters(practices: list[Practice], sayings: Sayings) -> None:
    taken: dict[str, str] = {}
    for practice in sorted(practices, key=lambda one: (one.position, one.id)):
        if practice.key is None:
            continue
        if practice.key in taken:
            sayings.add(
                "merge.letter",
                key=practice.key,
                first=taken[practice.key],
                other=practice.name,
                id=practice.id,
            )
        taken.setdefault(practice.key, practice.name)


def _called(where: Where, names: dict[str, str]) -> str:
    kind, key, day = where
    if kind == "kept":
        return say("merge.remembered", key=key)
    name = say("keys.calm") if kind == "evening" else names.get(key, key)
    return f"{name}, {spoken(date.fromisoformat(day), year=True)}" if day else name


def _words(where: Where, version: Version) -> str:
    """What a version says, so that a person knows it again."""
    kind = where[0]
    if says_nothing(where, version):
        return say("merge.nothing")
    if kind == "evening":
        evening = evening_from_json(version.content)
        return _with_note(None if evening.calm is None else str(evening.calm), evening.note)
    if kind == "entry":
        entry = entry_from_json(version.content)
        amount = None if entry.amount is None else str(entry.amount)
        rest = entry.state is Stored.REST
        return _with_note(say("merge.rest") if rest else amount, entry.note)
    if kind == "practice":
        practice = practice_from_json(version.content)
        goal = practice.goals[-1]
        return say(
            "merge.practice",
            name=practice.name,
            question=practice.question,
            amount=goal.amount,
            unit=practice.unit,
            days=goal.days_per_week,
        )
    return str(json.loads(version.content))


def _with_note(what: str | None, note: str) -> str:
    return " ".join(part for part in (what, f"“{note}”" if note else None) if part)
