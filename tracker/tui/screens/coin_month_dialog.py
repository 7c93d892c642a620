"""The dialogs of the coin-flip month: start one for a practice, see its status, stop it."""

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
"""Index of that option while a month is active."""


@dataclass(frozen=True, slots=True)
class CoinStatus:
    """The diary's coin-flip month."""

    sentences: tuple[str, ...]
    is_active: bool
    offered: tuple[Practice, ...]
    """The practices a month can start for; none while one is active."""


def open_coin_month(screen: DiaryScreen) -> None:
    """Reads the status, then opens the dialog for it over `screen`, if nothing else is open."""

    def loaded(status: CoinStatus) -> None:
        if screen.app.screen is not screen:
            return
        if status.is_active:
            _open_active(screen, status)
        elif status.offered:
            _open_start(screen, status)
        else:
            screen.set_message(say("coin.nothing"))

    screen.calmtrack.submit(_status, loaded)


def _open_active(screen: DiaryScreen, status: CoinStatus) -> None:
    def chosen(index: int | None) -> None:
        if index == STOP:
            screen.change(_stop)

    options = (say("coin.keep"), say("coin.stop"))
    dialog = ChoiceDialog(say("coin.title"), options, " ".join(status.sentences))
    screen.app.push_screen(dialog, chosen)


def _open_start(screen: DiaryScreen, status: CoinStatus) -> None:
    def chosen(index: int | None) -> None:
        if index is not None:
            practice_id = status.offered[index].id
            screen.change(lambda diary: _start(diary, practice_id))

    # The status speaks of calm, and so is hidden with the scores.
    sentences = () if screen.scores_hidden else status.sentences
    names = tuple(practice.name for practice in status.offered)
    dialog = ChoiceDialog(say("coin.title"), names, " ".join((*sentences, say("coin.what"))))
    screen.app.push_screen(dialog, chosen)


def _status(diary: Diary) -> CoinStatus:

    is_active = diary.coin_month.active() is not None
    return CoinStatus(
        diary.coin_month.status_lines(),
        is_active,
        () if is_active else diary.coin_month.candidates(),
    )


def _start(diary: Diary, practice_id: str) -> str:

    diary.coin_month.begin(practice_id)
    return diary.coin_month.tomorrow()


def _stop(diary: Diary) -> str:
    diary.coin_month.stop()
    return say("coin.stopped")
