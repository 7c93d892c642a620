"""The coin-flip month on Calm: begun for a practice one chooses, told, and stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.tui.screens.choice import ChoiceBox
from tracker.words import say

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.tui.screens.room import Room
    from tracker.values import Practice

STOP = 1
"""The place of that among the choices while one is going on."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where it stands."""

    told: tuple[str, ...]
    is_going_on: bool
    offered: tuple[Practice, ...]
    """The practices that one can begin for; none while one is going on."""


def open_coin(room: Room) -> None:
    """Tells where it stands, and lets one begin or stop."""

    def found(standing: Standing) -> None:
        if room.app.screen is not room:
            return
        if standing.is_going_on:
            _open_going(room, standing)
        elif standing.offered:
            _open_to_begin(room, standing)
        else:
            room.tell(say("coin.nothing"))

    room.calmtrack.ask(_standing, found)


def _open_going(room: Room, standing: Standing) -> None:
    def chosen(place: int | None) -> None:
        if place == STOP:
            room.act(_stop)

    choices = (say("coin.keep"), say("coin.stop"))
    room.app.push_screen(ChoiceBox(say("coin.title"), choices, " ".join(standing.told)), chosen)


def _open_to_begin(room: Room, standing: Standing) -> None:
    def chosen(place: int | None) -> None:
        if place is not None:
            practice_id = standing.offered[place].id
            room.act(lambda diary: _begin(diary, practice_id))

    # What it says of calm stays hidden with the scores.
    told = () if room.hushed else standing.told
    names = tuple(one.name for one in standing.offered)
    box = ChoiceBox(say("coin.title"), names, " ".join((*told, say("coin.what"))))
    room.app.push_screen(box, chosen)


def _standing(diary: Diary) -> Standing:
    from tracker.diary.coin import going_on, offered, told

    is_going_on = going_on(diary) is not None
    return Standing(told(diary), is_going_on, () if is_going_on else offered(diary))


def _begin(diary: Diary, practice_id: str) -> str:
    from tracker.diary.coin import begin_coin, tomorrows_coin

    begin_coin(diary, practice_id)
    return tomorrows_coin(diary)


def _stop(diary: Diary) -> str:
    from tracker.diary.coin import stop_coin

    stop_coin(diary)
    return say("coin.stopped")
