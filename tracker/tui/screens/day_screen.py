"""Base class of the screens on which a day is rated and logged."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from math import inf
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import clamp

from tracker.errors import InputError
from tracker.files import is_missing_or_empty
from tracker.i18n.date_format import format_day_of, format_on_day
from tracker.i18n.messages import _, format_number
from tracker.i18n.units import format_amount, unit_label
from tracker.models import CALM_ID, LOW_SCORE, DayView, EntryState, Evening, Practice, Rating, State
from tracker.render.entry_text import (
    after_amount,
    after_clear,
    after_less,
    after_log,
    after_press,
    after_rating,
    after_rest,
    late_rating,
    message_of_day,
    replaced_score,
    with_replaced_amount,
)
from tracker.render.symbols import mark
from tracker.sanitize import sanitize_line
from tracker.tui.bindings import DAY_BINDINGS
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.styled_text import DRAFT_SIGN, glyph

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

TEN_WITHIN = 1.0
"""Seconds within which a 0 after a 1 makes a 10."""

LATE_TEN_WITHIN = 10.0
"""Seconds within which a later 0 may have been meant to make one: the message says how to."""

AMOUNT_WITHIN = 2.0
"""Seconds within which digits after a refused = are those of an amount, and rate nothing."""

ROUND_TOTAL = 100
"""Days in all on which a practice gets a message of its own, once."""

MOST_NAMED = 4
"""Entries changed by another program that a message names; more are counted."""


class ShownEntry(NamedTuple):
    """What a page has of an entry, or of an evening's rating."""

    practice: Practice | None
    """None for a rating."""
    amount: int | None
    """The score of a rating."""
    is_rest: bool
    note: str

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing on the page."""
        return self.amount is None and not self.is_rest and not self.note

    def is_like(self, other: ShownEntry) -> bool:
        """Whether the same was logged, whatever the practice is called now."""
        return self._replace(practice=None) == other._replace(practice=None)


Entries = dict[tuple[date, str], ShownEntry]
"""Entries by their day and practice id, or that of calm; in the order of the rows."""

NOTHING = ShownEntry(None, None, is_rest=False, note="")

_LEAVES = frozenset({"app.leave", "back", "open_screen('tonight')"})
_NEEDS_NO_PAGE = frozenset({"help", "app.suspend_process"})
_NEEDS_THE_DAY = frozenset(
    {
        "rest",
        "note",
        "press",
        "more",
        "less",
        "amount",
        "clear",
        "undo",
        "redo",
        "explain",
        "export",
    }
)
"""Actions on the day shown: after an arrow, they wait for the day it goes to."""


class DayScreen(DiaryScreen):
    """Digits rate a day's calm, a practice's letter logs it, other keys act on the cursor's row."""

    BINDINGS: ClassVar[list[BindingType]] = [*DAY_BINDINGS]

    _last_keys: tuple[events.Key | None, events.Key | None] = (None, None)
    """The key before the last one, and the last one."""
    _is_late_ten = False
    _refused_amount_at: float | None = None
    """When the last key of an amount was pressed that a practice can't have."""
    """Whether the rating is a 0 that came too late after a 1 to make a 10."""
    _last_rating: Rating | None = None
    """The rating before this one, whose undo step a 10 rewrites."""
    _pressed: Practice | None = None
    """The practice that was logged last, until the page with it is displayed."""
    _clicked: tuple[date | None, Practice | None] | None = None
    """The day and practice clicked last, unless a letter was pressed since: a click there logs."""
    _entries: Entries = {}  # noqa: RUF012  replaced, never changed
    """Those of the page shown now."""
    practices: tuple[Practice, ...] = ()
    """The practices shown, in the order of their rows."""

    # What a screen defines

    @property
    @abstractmethod
    def cursor(self) -> int | None:
        """The index of the practice that the cursor is on; None for calm."""

    @abstractmethod
    def move_to(self, cursor: int | None) -> None:
        """Moves the cursor to a practice by its index, or to calm."""

    @property
    @abstractmethod
    def row_text(self) -> str:
        """What is said of the cursor's row where no message is shown."""

    @abstractmethod
    def entries_of(self, content: Any) -> Entries:
        """What the content of a page has of scores, amounts, rest days and notes."""

    @abstractmethod
    def totals(self) -> dict[str, int]:
        """For each practice, by its id, the days it was ever done; empty on a page of the past."""

    @abstractmethod
    def go_to_day(self, day: date) -> None:
        """Shows another day."""

    @property
    def is_loading(self) -> bool:
        return self.day is None

    @property
    def row(self) -> Practice | None:
        """The practice the cursor is on; None for calm."""
        cursor, practices = self.cursor, self.practices
        return None if cursor is None or cursor >= len(practices) else practices[cursor]

    @property
    def _subject(self) -> str:
        """The id of the row's practice, or that of calm."""
        return CALM_ID if self.row is None else self.row.id

    def entry_on(self, day: date | None, subject: str) -> ShownEntry:
        """What the page shows of a practice, or of calm, on a day."""
        return NOTHING if day is None else self._entries.get((day, subject), NOTHING)

    def day_has_turned(self) -> bool:
        """Whether the day has turned since it was shown: then this key only moves on to it."""
        return False

    def _calm_explanation(self) -> str:
        """The answer to `x` on the row of calm."""
        if self.entry_on(self.day, CALM_ID).amount is None:
            return _("Calm: not rated yet.")
        return _(
            "Calm has no streak to explain: it's the score you gave that evening. Press C to "
            "see your scores over time."
        )

    # Keys

    def intercept_key(self, event: events.Key) -> bool:
        if super().intercept_key(event):
            return True
        self._last_keys = (self._last_keys[1], event)
        if self.day_has_turned():
            self._last_keys = (None, None)
            return True
        return False

    def defer_key(self, event: events.Key) -> bool:
        """Holds a key while the page it is for is being read: `page_loaded` replays all of them in
        their order. Before the welcome a new diary has no page, and keys are dropped."""
        if not self.is_loading:
            return False
        path = self.calmtrack.diary_worker.location.path
        if self.day is None and path is not None and is_missing_or_empty(path):
            return False
        is_held = self._must_wait(event)
        if is_held:
            self._held_keys += (event,)
        return is_held

    def _must_wait(self, event: events.Key) -> bool:
        bound = self.active_bindings.get(event.key)
        action = "" if bound is None else bound.binding.action
        if action in _LEAVES:
            # After the keys before it, unless the server can't be reached.
            return bool(self._held_keys) and self.calmtrack.diary_worker.outage is None
        if action in _NEEDS_NO_PAGE:
            return False
        is_log = action.startswith(("digit", "letter"))
        return self.day is None or bool(self._held_keys) or is_log or action in _NEEDS_THE_DAY

    def change_by_others(self, before: Any, now: Any) -> str:
        old, new = self.entries_of(before), self.entries_of(now)
        # One that is only renamed isn't named; one that is both has its new name. The row of an
        # archived practice comes and goes with its entry.
        days = {day for day, subject in old.keys() & new.keys() if subject == CALM_ID}
        entries = {key: one for key, one in (old | new).items() if key[0] in days}
        nothing = ShownEntry(None, None, is_rest=False, note="")
        changed = [
            key for key in entries if not old.get(key, nothing).is_like(new.get(key, nothing))
        ]
        named = [(key[0], sanitize_line(_row_name(entries[key].practice), 40)) for key in changed]
        return _changed_outside(named, self.calmtrack.today()) if named else ""

    def page_loaded(self, page: Any) -> None:
        before = self.totals() if self._pressed is not None else {}
        from_cursor = () if self.cursor is None else self.practices[self.cursor :]
        super().page_loaded(page)
        self._entries = self.entries_of(self.content_of(page))
        shown = (entry.practice for entry in self._entries.values())
        self.practices = tuple({one.id: one for one in shown if one is not None}.values())
        # On its practice, wherever that is now; on the next one where it has left the page.
        rows = {one.id: index for index, one in enumerate(self.practices)}
        self.move_to(next((rows[one.id] for one in from_cursor if one.id in rows), None))
        if (practice := self._pressed) is not None:
            self._pressed = None
            totals = before.get(practice.id), self.totals().get(practice.id)
            if totals == (ROUND_TOTAL - 1, ROUND_TOTAL):
                self.set_message(
                    _("{name}: {count} days. Nice.").format(name=practice.name, count=ROUND_TOTAL)
                )
        if self._held_keys:
            self.app.call_later(self._replay_held_keys)

    @property
    def is_after_one(self) -> bool:
        """Whether the last key was a 1, which the next one may make a 10."""
        last = self._last_keys[1]
        return last is not None and last.key == "1"

    def action_digit(self, digit: int) -> None:
        """Rates the day; a 0 that is the very next key after a 1 makes a 10, by the times at which
        the keys arrived."""
        before, last = self._last_keys
        if self._is_of_refused_amount(before, last):
            return
        seconds = inf
        if digit == 0 and before is not None and last is not None and before.key == "1":
            seconds = last.time - before.time
        joins = seconds <= TEN_WITHIN
        self._is_late_ten = TEN_WITHIN < seconds <= LATE_TEN_WITHIN
        self.rate(10 if joins else digit, joins=joins)

    def _is_of_refused_amount(self, before: events.Key | None, last: events.Key | None) -> bool:
        """Whether a digit comes right after a refused = or after another digit of that amount, by
        the times at which the keys arrived."""
        if before is None or last is None or self._refused_amount_at != before.time:
            return False
        if last.time - before.time > AMOUNT_WITHIN:
            return False
        self._refused_amount_at = last.time
        return True

    def action_letter(self, letter: str) -> None:
        """Logs the practice that has this letter; where none has, sets a message."""
        self._clicked = None
        practice = next((one for one in self.practices if one.key == letter), None)
        is_archived = practice is not None and self.is_archived(practice)
        if practice is not None and not is_archived:
            self.press(practice)
        elif practice is not None:
            self.set_message(_archived_sentence(practice))
        elif self.day is not None:
            self.set_message(_("No practice here has the letter {letter}.").format(letter=letter))

    def is_archived(self, practice: Practice) -> bool:
        """Whether a practice of a row isn't in the list of the day, as it is archived: its letter
        doesn't log then."""
        day = self.day
        if day is None or practice.archived_since(day) is None:
            return False
        return self.entry_on(day, practice.id).is_empty

    def _hides_rest(self, practice: Practice) -> bool:
        """Whether a rest day of a practice on this day would not be shown, as it is archived."""
        if (day := self.day) is None:
            return False
        return practice.hides(day, EntryState.REST, self.entry_on(day, practice.id).amount)

    def go_to_row(self, practice_id: str) -> None:
        """Moves the cursor to a practice, or to calm."""
        ids = [practice.id for practice in self.practices]
        self.move_to(None if practice_id == CALM_ID else ids.index(practice_id))

    def action_row(self, by: int) -> None:
        """Moves the cursor up or down; calm is above the first practice."""
        row = (-1 if self.cursor is None else self.cursor) + by
        row = clamp(row, -1, len(self.practices) - 1)
        self.move_to(None if row < 0 else row)
        self.set_message("")

    # Clicks

    def action_rate(self, score: int) -> None:
        """A click on a score rates the day."""
        if not self.day_has_turned():
            self.rate(score)

    def action_select_row(self, index: int) -> None:
        """A click on a row moves the cursor there; a second one logs."""
        practice = self.practices[index]
        if not self.day_has_turned():
            self.go_to_row(practice.id)
            self.press_or_explain_click()

    def press_or_explain_click(self) -> None:
        """Logs the practice under the cursor if it was clicked before. The first click only says
        what the next one logs, also where a key had moved the cursor there: who clicks on a row
        that a letter logged may want to select it."""
        day, practice = self.day, self.row
        if practice is not None and self._clicked == (day, practice):
            self.press(practice)
        else:
            self._clicked = day, practice
            self._explain_click()

    def _explain_click(self) -> None:
        self.clear_message()
        practice, day = self.row, self.day
        if practice is None or day is None or day > self.calmtrack.today():
            return
        entry = self.entry_on(day, practice.id)
        if entry.is_empty and not self.is_archived(practice):
            self.set_message(_("{name}: click it again to log it.").format(name=practice.name))
        elif entry.amount and practice.unit.spec.is_counted:
            hint = _("{name}: click it again to add {amount}.").format(
                name=practice.name, amount=format_amount(practice.unit, practice.step)
            )
            self.set_message(f"{hint} {self.row_text}".rstrip())

    # Help

    def marks(self) -> Iterable[tuple[Content | str, str]]:
        meanings = {
            State.DONE: _("done: the daily goal was reached"),
            State.SOME: _("some: less than the daily goal"),
            State.NO: _("no: logged as no, or left blank where you rated by the next day"),
            State.REST: _("rest day: your streak stays; the week's other days still count"),
            State.NOT_LOGGED: _(
                "not logged: no entry yet, or calm not rated by the next day, or changed later"
            ),
        }
        return [
            *((mark(state), meaning) for state, meaning in meanings.items()),
            (glyph("”"), _("note")),
            (DRAFT_SIGN, _("draft: a note that isn't saved yet")),
        ]

    def figures(self) -> str:
        return _(
            "this week: days done, out of your weekly goal, or of the days that your rest "
            "days leave. streak: days done in a row. It allows days off: with a goal of 5 "
            "days a week, two in any seven days. With a goal of one to four days a week, "
            "it counts weeks on goal. total: every day on which you reached the daily "
            "goal; days off never lower it. An evening with connection is a day on which you "
            "reached the daily goal of at least one practice. Press x to see how a streak is "
            "counted."
        )

    def other_keys(self) -> Iterable[tuple[str, str]]:
        return [
            ("0-10", _("Rate your calm (for 10, press 1 then 0 within a second)")),
            ("a-z", _("Log a practice by its letter")),
        ]

    # Actions

    def rate(self, score: int, *, joins: bool = False) -> None:
        """Rates the day; `joins` rewrites the undo step of the rating before."""
        if self.day is None:
            return
        self.go_to_row(CALM_ID)
        hidden = self.scores_hidden
        is_late_ten, self._is_late_ten = self._is_late_ten, False

        def job(diary: Diary, day: date) -> str:
            # For a 10 after a 1: the 1 was never meant, so the 10 replaces what was before it.
            rating = diary.rate(score, day, joins=self._last_rating if joins else None)
            self._last_rating = rating
            if is_late_ten:
                return _("Calm is 0 now. For 10, press 1 and then 0 within a second.")
            return message_after_rating(
                diary,
                score,
                day,
                before=rating.before,
                # A 1 may become a 10.
                is_final=score != 1,
                scores_hidden=hidden,
            )

        self._change_day(job)

    def press(self, practice: Practice) -> None:
        self.go_to_row(practice.id)
        self._pressed = practice
        self._change_day(
            lambda diary, day: after_press(diary.press(practice.id, day, shown=practice), practice)
        )

    def _change_day(self, job: Callable[[Diary, date], str]) -> None:
        """Submits a change of the day; its message begins with the day, unless it is today."""
        if (day := self.day) is not None:
            today = self.calmtrack.today()
            self.change(lambda diary: message_of_day(job(diary, day), day, today))

    def _selected_practice(self) -> Practice | None:
        """The practice of the row; on calm, sets a message that the key is for a practice."""
        if self.row is None and self.day is not None:
            self.set_message(_("Choose a practice with the arrow keys first."))
        return self.row

    def action_press(self) -> None:
        if (practice := self._selected_practice()) is not None:
            self.press(practice)

    def action_more(self) -> None:
        """One step more; for a yes/no practice, a press."""
        if (practice := self._selected_practice()) is None:
            return
        if practice.unit.spec.is_counted:
            self._change_day(
                lambda diary, day: after_log(
                    diary.log(practice.id, day, more=practice.step), practice
                )
            )
        else:
            self.press(practice)

    def action_less(self) -> None:
        """One step less."""
        if (practice := self._selected_practice()) is not None:
            self._change_day(
                lambda diary, day: after_less(
                    diary.less(practice.id, day), practice, diary.day(day)
                )
            )

    def action_rest(self) -> None:
        if self.row is None and self.day is not None:
            self.set_message(
                _(
                    "Rest days are for practices. Choose one with the arrow keys first, or press "
                    "Z for several."
                )
            )
        elif (practice := self.row) is not None:
            if self._hides_rest(practice):
                self.set_message(_archived_sentence(practice))
                return
            self._change_day(
                lambda diary, day: after_rest(diary.toggle_rest_day(practice.id, day), practice)
            )

    async def action_days_off(self) -> None:
        """Asks which practices rest, and from when to when."""
        from tracker.tui.dialogs.forms import RestDaysForm

        if (day := self.day) is not None:
            await self.app.push_screen(RestDaysForm(day), self.dialog_closed)

    def action_clear(self) -> None:
        """Clears the row's entry; its note stays."""
        subject, name = self._subject, _row_name(self.row)

        practice, hidden = self.row, self.scores_hidden

        def job(diary: Diary, day: date) -> str:
            before = diary.day(day)
            if not _holds_anything(before, subject):
                return _("Nothing to clear: {what}.").format(what=name)
            change = diary.clear(subject, day)
            message = after_clear(change, name, diary.day(day))
            if practice is not None and change is not None:
                return with_replaced_amount(message, change, practice)
            if hidden:
                return message
            was = _("It was {was}. Press u to get that back.").format(was=before.calm)
            return f"{message} {was}"

        self._change_day(job)

    async def action_note(self) -> None:
        """Opens the note of the row; on a day that is still ahead, only that of a rest day."""
        from tracker.diary.validation import day_to_change
        from tracker.tui.dialogs.note_dialog import NoteDialog

        if (day := self.day) is None:
            return
        entry = self.entry_on(day, self._subject)
        try:
            day_to_change(day, self.calmtrack.today(), is_logged=not entry.is_empty)
        except InputError as error:
            self.show_error(error)
            return
        # A draft can take its line, and the message would stand before it.
        self.clear_message()
        dialog = NoteDialog(self.row, day, self.calmtrack.today(), entry.note)
        await self.app.push_screen(dialog, self.dialog_closed)

    def offers(self, action: str) -> bool:
        """No amount for a yes/no practice, which has none to enter."""
        return action != "amount" or self.row is None or self.row.unit.spec.is_counted

    async def action_amount(self) -> None:
        """Asks for the day's amount; a yes/no practice has none to type."""
        from tracker.diary.validation import amount_typed, day_that_was
        from tracker.tui.dialogs.prompt_dialog import PromptDialog

        if (practice := self._selected_practice()) is None or (day := self.day) is None:
            return
        try:
            day_that_was(day, self.calmtrack.today())
        except InputError as error:
            self.show_error(error)
            return
        if not practice.unit.spec.is_counted:
            if (last := self._last_keys[1]) is not None:
                self._refused_amount_at = last.time
            self.set_message(
                _("{name} is a yes/no practice, so there's no amount to enter.").format(
                    name=practice.name
                )
            )
            return
        unit, today = unit_label(practice.unit), self.calmtrack.today()
        question = _("{name}, {day}: how much in total ({unit})? To add instead, type +5.").format(
            name=practice.name, unit=unit, day=format_day_of(day, today)
        )

        def job(diary: Diary, text: str) -> str:
            if not text.strip():
                return ""
            typed = amount_typed(text, practice)
            change = diary.log(practice.id, day, amount=typed.set_to, more=typed.more)
            message = (after_log if typed.set_to is None else after_amount)(change, practice)
            return message_of_day(message, day, today)

        await self.app.push_screen(PromptDialog(question, job, is_change=True), self.dialog_closed)

    async def action_explain(self) -> None:
        """Explains how the streak of the row came about, as of the day."""
        if (day := self.day) is None:
            return
        if (practice := self.row) is None:
            self.set_message(self._calm_explanation())
        else:
            self.explain(practice.id, day)


def _changed_outside(changed: Sequence[tuple[date, str]], today: date) -> str:
    """What another window or a command changed, with its day where that is one other than today:
    "Changed outside this window on Monday: Calm, Hug." """
    days = {day for day, _name in changed}
    names = ", ".join(dict.fromkeys(name for _day, name in changed))
    if len(changed) > MOST_NAMED:
        return _("Changed outside this window: {count} entries.").format(
            count=format_number(len(changed))
        )
    if days != {today} and len(days) == 1:
        # Translators: {day} is "on Monday" or "on 12 November".
        return _("Changed outside this window {day}: {what}.").format(
            what=names, day=format_on_day(changed[0][0], today)
        )
    return _("Changed outside this window: {what}.").format(what=names)


def message_after_rating(
    diary: Diary,
    score: int,
    day: date,
    *,
    before: Evening | None = None,
    is_final: bool = True,
    scores_hidden: bool = False,
) -> str:
    """A diary job: the message after a rating, with the score that it replaced: `before` is the
    evening as it was. A low score that `is_final` has thanks and the person's own support messages,
    which would show others that a hidden score is low: where scores are hidden, it only says that
    there is one."""
    is_low = is_final and score <= LOW_SCORE and not scores_hidden
    parts = []
    if before is not None and before.calm is not None:
        parts.append(replaced_score(before.calm, score, scores_hidden=scores_hidden))
    elif scores_hidden:
        parts.append(_("Calm: rated."))
    if day < diary.today():
        parts.append(late_rating(diary.day(day), before))
    if is_low:
        parts.append(after_rating(score))
        # Last, as they may have no full stop.
        parts.append(" / ".join(diary.support.own_lines()))
    return " ".join(filter(None, parts))


def _row_name(practice: Practice | None) -> str:
    """The name of a row's practice; None stands for calm."""
    return _("Calm") if practice is None else practice.name


def _archived_sentence(practice: Practice) -> str:
    return _("{name} is archived. To bring it back, press P for Practices.").format(
        name=practice.name
    )


def _holds_anything(view: DayView, subject: str) -> bool:
    """Whether clearing a row takes anything away: its note stays."""
    if subject == CALM_ID:
        return view.calm is not None
    return any(
        row.amount is not None or row.state is State.REST
        for row in view.practices
        if row.practice.id == subject
    )
