"""The coin-flip month on Calm: begun for a practice one chooses, told, and stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.i18n.messages import say
from tracker.tui.dialogs.choice_dialog import ChoiceDialog

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.models import Practice
    from tracker.tui.screens.base import DiaryScreen

STOP = 1
"""The place of that among the choices while one is going on."""


@dataclass(frozen=True, slots=True)
class CoinStatus:
    """Where it stands."""

    told: tuple[str, ...]
    is_going_on: bool
    offered: tuple[Practice, ...]
    """The practices that one can begin for; none while one is going on."""


def open_coin_month(room: DiaryScreen) -> None:
    """Tells where it stands, and lets one begin or stop."""

    def found(standing: CoinStatus) -> None:
        if room.app.screen is not room:
            return
        if standing.is_going_on:
            _open_going(room, standing)
        elif standing.offered:
            _open_to_begin(room, standing)
        else:
            room.tell(say("coin.nothing"))

    room.calmtrack.ask(_standing, found)


def _open_going(room: DiaryScreen, standing: CoinStatus) -> None:
    def chosen(place: int | None) -> None:
        if place == STOP:
            room.act(_stop)

    choices = (say("coin.keep"), say("coin.stop"))
    room.app.push_screen(ChoiceDialog(say("coin.title"), choices, " ".join(standing.told)), chosen)


def _open_to_begin(room: DiaryScreen, standing: CoinStatus) -> None:
    def chosen(place: int | None) -> None:
        if place is not None:
            practice_id = standing.offered[place].id
            room.act(lambda diary: _begin(diary, practice_id))

    # What it says of calm stays hidden with the scores.
    told = () if room.hushed else standing.told
    names = tuple(one.name for one in standing.offered)
    box = ChoiceDialog(say("coin.title"), names, " ".join((*told, say("coin.what"))))
    room.app.push_screen(box, chosen)


def _standing(diary: Diary) -> CoinStatus:
    is_going_on = diary.coin_month.active() is not None
    return CoinStatus(
        diary.coin_month.status_lines(),
        is_going_on,
        () if is_going_on else diary.coin_month.candidates(),
    )


def _begin(diary: Diary, practice_id: str) -> str:
    diary.coin_month.begin(practice_id)
    return diary.coin_month.tomorrow()


def _stop(diary: Diary) -> str:
    diary.coin_month.stop()
    return say("coin.stopped")
