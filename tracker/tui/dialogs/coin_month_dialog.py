"""Dialogs of the coin-flip month: starts one, shows where it stands, continues or stops it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tracker.i18n.date_format import format_day_of
from tracker.i18n.messages import N_, _
from tracker.sanitize import sanitize_line
from tracker.tui.dialogs.prompt_dialog import ChoiceDialog

if TYPE_CHECKING:
    from tracker.diary.coin_months import CoinMonth
    from tracker.diary.diary import Diary
    from tracker.models import Practice

RESULTS_HIDDEN = N_(
    "Results are hidden, like your calm scores. You can show them again in Settings (S)."
)

Job: TypeAlias = "Callable[[Diary], str]"
"""Changes the diary and returns a message."""


@dataclass(frozen=True, slots=True)
class CoinStatus:
    """The diary's coin-flip months."""

    sentences: tuple[str, ...]
    earlier: tuple[str, ...]
    """The results of those before it, newest first, a sentence each."""
    has_result: bool
    """Whether the sentences are a result, which speaks of calm."""
    is_active: bool
    can_go_on: bool
    """Whether its first four weeks are over, with nothing clear."""
    offered: tuple[Practice, ...]
    """The practices a month can start for; none while one is active."""
    left_out: tuple[Practice, ...]
    """The others in the list."""


def coin_status(diary: Diary) -> CoinStatus:
    """A diary job that reads the coin-flip month."""
    is_active = diary.coin_month.active() is not None
    month = diary.coin_month.latest()
    return CoinStatus(
        () if month is None else diary.coin_month.status_lines(),
        tuple(sentence for _month, sentence in diary.coin_month.earlier_results()),
        diary.coin_month.has_result(),
        is_active,
        month is not None and diary.coin_month.can_go_on(month),
        () if is_active else diary.coin_month.candidates(),
        diary.coin_month.left_out(),
    )


class CoinMonthDialog(ChoiceDialog):
    """What can be done about the coin-flip month: options with their jobs."""

    asks_again = True

    def __init__(
        self, about: Sequence[str], options: Sequence[tuple[str, Job | None]], title: str = ""
    ) -> None:
        """`about` is in paragraphs. An option without a job leaves everything as it is."""
        names = [name for name, _job in options]
        super().__init__(title or _("Coin-flip month"), names, about)
        self.jobs = [job for _name, job in options]


def coin_month_dialog(
    status: CoinStatus, practice_id: str, *, scores_hidden: bool
) -> CoinMonthDialog | None:
    """The dialog that the month calls for: to go on or to stop, or to start one for a practice, or
    for one of several where `practice_id` is empty or can't be chosen by a coin. None where no
    practice can. Below a result, the first option changes nothing: enter may only mean that it has
    been read."""
    sentences = (*status.sentences, *status.earlier)
    if scores_hidden:
        # Results speak of calm, and so are hidden with the scores.
        sentences = () if status.has_result else status.sentences
        if status.has_result or status.earlier:
            sentences += (_(RESULTS_HIDDEN),)
    if status.is_active:
        return CoinMonthDialog(sentences, ((_("Keep going"), None), (_("Stop today"), _stop)))
    if status.can_go_on:
        leave = None if scores_hidden else _leave
        options = ((_("Leave it at that"), leave), (_("Another four weeks"), _go_on))
        return CoinMonthDialog(sentences, options)
    not_now = (_("Not now"), None)
    for one in status.offered:
        if one.id == practice_id:
            text = _("{name}: {method}").format(name=one.name, method=_method())
            start = (_("Start tomorrow"), _start(one))
            return CoinMonthDialog(
                (*sentences, text), (not_now, start) if sentences else (start, not_now)
            )
    if not status.offered:
        return None
    if sentences:
        # How a month works was read before the first one. Here it would leave the list three lines.
        start_for = _("Start one for {name}")
        starts = ((start_for.format(name=one.name), _start(one)) for one in status.offered)
        return CoinMonthDialog(sentences, (not_now, *starts))
    return CoinMonthDialog(
        (_method(), *_left_out(status)),
        tuple((one.name, _start(one)) for one in status.offered),
        _("Coin-flip month: which practice?"),
    )


def no_practice_fits(status: CoinStatus) -> str:
    """The message where there is nothing to choose."""
    none = _("None of your practices fit a coin-flip month.")
    add = _("You can add another practice in Practices (P).")
    return " ".join([none, *_reasons(status.left_out), add])


def _method() -> str:
    return _(
        "For 28 days, a coin flip each evening decides whether to aim for the "
        "practice the next day. Because only the coin chooses the days, comparing "
        "them afterwards can tell you more than a pattern in your diary. You can stop "
        "any time."
    )


def _left_out(status: CoinStatus) -> Iterator[str]:
    if status.left_out:
        names = ", ".join(sanitize_line(one.name, 60) for one in status.left_out)
        left_out = _("Not offered: {names}.").format(names=names)
        yield " ".join([left_out, *_reasons(status.left_out)])


def _reasons(left_out: Sequence[Practice]) -> Iterator[str]:
    """Why these practices aren't offered, only with reasons that apply to one of them."""
    from tracker.diary.coin_months import is_touch

    if any(map(is_touch, left_out)):
        yield _("Touch should be something you both want.")
    if any(one.overlap for one in left_out):
        yield _("What's much like calm can't be compared with calm.")


def _start(practice: Practice) -> Job:
    def job(diary: Diary) -> str:
        month = diary.coin_month.begin(practice.id)
        return _month_message(diary, month, _("The month starts tomorrow and runs until {last}."))

    return job


def _month_message(diary: Diary, month: CoinMonth, sentence: str) -> str:
    """Tomorrow's coin, then a sentence about the month, then how to undo what was chosen."""
    last = format_day_of(month.last, diary.today())
    parts = (
        diary.coin_month.tomorrow(),
        sentence.format(last=last),
        _("Changed your mind? Press u."),
    )
    return " ".join(parts)


def _stop(diary: Diary) -> str:
    diary.coin_month.stop()
    return _("The coin-flip month is stopped. Everything you logged stays.")


def _leave(_diary: Diary) -> str:
    return _("All right. Press F to read the result again.")


def _go_on(diary: Diary) -> str:
    month = diary.coin_month.go_on()
    return _month_message(diary, month, _("The month now runs until {last}."))
