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
    from tracker.diary.coin_months import active_month, offered, status_lines

    is_going_on = active_month(diary) is not None
    return CoinStatus(status_lines(diary), is_going_on, () if is_going_on else offered(diary))


def _begin(diary: Diary, practice_id: str) -> str:
    from tracker.diary.coin_months import begin_coin, tomorrows_result

    begin_coin(diary, practice_id)
    return tomorrows_result(diary)


def _stop(diary: Diary) -> str:
    from tracker.diary.coin_months import stop_coin

    stop_coin(diary)
    return say("coin.stopped")
