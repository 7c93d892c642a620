"""Dialogs of the coin-flip month: starts one, shows where it stands, continues or stops it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tracker.i18n.messages import _
from tracker.tui.dialogs.prompt_dialog import ChoiceDialog

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.models import Practice
    from tracker.tui.screens.base import DiaryScreen

STOP = 1
"""Index of that option in the dialog of an active month."""

GO_ON = 0
"""Index of that option in the dialog of a month whose first four weeks are over."""

START = 0
"""Index of that option in the dialog of one practice."""


@dataclass(frozen=True, slots=True)
class CoinStatus:
    """The diary's coin-flip month."""

    sentences: tuple[str, ...]
    is_active: bool
    can_go_on: bool
    """Whether its first four weeks are over, with nothing clear."""
    offered: tuple[Practice, ...]
    """The practices a month can start for; none while one is active."""


def coin_status(diary: Diary) -> CoinStatus:
    """A diary job that reads the coin-flip month."""
    is_active = diary.coin_month.active() is not None
    month = diary.coin_month.latest()
    return CoinStatus(
        diary.coin_month.status_lines(),
        is_active,
        month is not None and diary.coin_month.can_go_on(month),
        () if is_active else diary.coin_month.candidates(),
    )


def open_coin_month(screen: DiaryScreen, practice_id: str, status: CoinStatus) -> None:
    """Opens the dialog that the month calls for; without a running one it is about a practice, or
    asks for which if that can't be chosen by a coin or is empty."""
    if screen.app.screen is not screen:
        return
    # What is over speaks of calm, and so is hidden with the scores.
    sentences = () if screen.scores_hidden and not status.is_active else status.sentences
    chosen = next((one for one in status.offered if one.id == practice_id), None)
    if status.is_active:
        options = (_("Keep going"), _("Stop today"))
        _open(screen, options, sentences, partial(_stop, screen))
    elif status.can_go_on:
        options = (_("Another four weeks"), _("Leave it at that"))
        _open(screen, options, sentences, partial(_go_on, screen))
    elif chosen is not None:
        options = (_("Start tomorrow"), _("Not now"))
        about = _("{name}: {method}").format(name=chosen.name, method=_method())
        _open(screen, options, (about,), partial(_start, screen, chosen))
    elif status.offered:
        names = tuple(practice.name for practice in status.offered)
        asked = (*sentences, _method(), _("Which practice?"))
        _open(screen, names, asked, partial(_start_one_of, screen, status.offered))
    else:
        screen.set_message(
            _(
                "None of your practices fit a coin-flip month: it leaves out touch, and what's too "
                "close to calm itself. You can add another one in Practices (P)."
            )
        )


def _method() -> str:
    return _(
        "For 28 days, a coin flip each evening decides whether to aim for it tomorrow. Because "
        "only the coin chooses the days, comparing them afterwards can hint at cause. You can stop "
        "any time."
    )


def _open(
    screen: DiaryScreen, options: tuple[str, ...], about: tuple[str, ...], then: partial[None]
) -> None:
    screen.app.push_screen(ChoiceDialog(_("Coin-flip month"), options, " ".join(about)), then)


def _start_one_of(screen: DiaryScreen, offered: tuple[Practice, ...], index: int | None) -> None:
    if index is not None:
        _start(screen, offered[index], START)


def _start(screen: DiaryScreen, practice: Practice, index: int | None) -> None:
    def job(diary: Diary) -> str:
        diary.coin_month.begin(practice.id)
        return diary.coin_month.tomorrow()

    if index == START:
        screen.change(job)


def _stop(screen: DiaryScreen, index: int | None) -> None:
    def job(diary: Diary) -> str:
        diary.coin_month.stop()
        return _("Stopped. Everything you logged stays.")

    if index == STOP:
        screen.change(job)


def _go_on(screen: DiaryScreen, index: int | None) -> None:
    def job(diary: Diary) -> str:
        diary.coin_month.go_on()
        return diary.coin_month.tomorrow()

    if index == GO_ON:
        screen.change(job)
