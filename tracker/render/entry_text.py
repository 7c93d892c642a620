"""Sentences for the message lines: an entry, a rating, a cell, days off, an undone step, a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from tracker import clock
from tracker.i18n.date_format import format_day, format_day_of, sentence_case
from tracker.i18n.messages import N_, _, format_number, ngettext, quoted
from tracker.i18n.units import format_amount
from tracker.location import short_path
from tracker.models import (
    CALM_ID,
    LOW_SCORE,
    ConflictRecord,
    DayView,
    Entry,
    EntryChange,
    EntryState,
    Evening,
    Practice,
    RestResult,
    State,
    StepCounts,
    UndoStep,
)
from tracker.render.symbols import amount_words, day_words
from tracker.rules.day_states import is_late
from tracker.sanitize import sanitize_beside, sanitize_line

if TYPE_CHECKING:
    from tracker.views import DaysView, PracticeDays, PracticeWeek


MOST_REASONS = 3
"""Notes of removed rest days that are quoted at most."""

COUNTS_AS_NO = N_("As you rated that evening, it counts as a no.")
"""What `counts_as_no` says."""

R = TypeVar("R", Entry | None, Evening | None)


def after_press(change: EntryChange | None, practice: Practice) -> str:
    """The message after a press; without a change, it was a yes/no that is already done."""
    if change is None:
        return _("{name} is already logged. Backspace clears it.").format(name=practice.name)
    return after_log(change, practice)


def after_log(change: EntryChange, practice: Practice) -> str:
    """The message after an entry was set: what it is now, or that it was that before; and that a
    rest day ended, if one did."""
    if change.before == change.now:
        return _already(change.now, practice)
    return _with_ended_rest_day(_entry_message(change.now, practice), change)


def after_amount(change: EntryChange, practice: Practice) -> str:
    """The message after an amount was typed, with the other one that it replaced."""
    return with_replaced_amount(after_log(change, practice), change, practice)


def with_replaced_amount(message: str, change: EntryChange, practice: Practice) -> str:
    """The message, followed by the amount that was there before, and how to get it back; a rest
    day that ended is in the message already."""
    before, now = change
    if before.state is EntryState.REST or not before.amount or before.amount == now.amount:
        return message
    target = practice.goal_on(before.day).amount
    was = amount_words(practice, State.SOME, before.amount, target) or _("yes")
    replaced = _("It was {was}. Press u to get that back.").format(was=was)
    return f"{message} {replaced}"


def after_clear(change: EntryChange | None, name: str, view: DayView) -> str:
    """The message after a row was cleared, calm without a change of an entry."""
    message = _("{name}: cleared.").format(name=name)
    if change is None:
        return message
    if counts_as_no(change, view):
        message = f"{message} {_(COUNTS_AS_NO)}"
    return _with_ended_rest_day(message, change)


def counts_as_no(change: EntryChange, view: DayView) -> bool:
    """Whether a changed entry is empty now, on an evening that was rated in time: that makes it a
    no."""
    states = (row.state for row in view.practices if row.practice.id == change.now.practice_id)
    return change.now.amount is None and next(states, None) is State.NO


def _with_ended_rest_day(message: str, change: EntryChange) -> str:
    """The message, followed by what ended with it, if that was a rest day, its note included, and
    how to get it back."""
    if not change.ends_rest:
        return message
    if not change.removed_reason:
        return f"{message} " + _("The rest day is gone. Press u to get it back.")
    removed = _('The rest day is gone, with its note "{note}". Press u to get both back.')
    return f"{message} {removed.format(note=sanitize_line(change.removed_reason, 60))}"


def _already(entry: Entry, practice: Practice) -> str:
    """That an entry with an amount was the same before."""
    if entry.amount == 0:
        return _("{name}: already no.").format(name=practice.name)
    return _("{name}: already {amount}.").format(
        name=practice.name, amount=_amount_words(entry, practice)
    )


def _entry_message(entry: Entry, practice: Practice) -> str:
    """What an entry is now."""
    if entry.state is EntryState.REST:
        return _("{name}: rest day. Press Z to plan more.").format(name=practice.name)
    if entry.amount is None:
        return _("{name}: not logged.").format(name=practice.name)
    if entry.amount == 0:
        return _("{name}: not this time. That's fine.").format(name=practice.name)
    return _("{name}: {amount}.").format(name=practice.name, amount=_amount_words(entry, practice))


def _amount_words(entry: Entry, practice: Practice) -> str:
    """The amount, not 0, of an entry: "10 of 20 minutes", "yes"."""
    amount = entry.amount or 0
    target = practice.goal_on(entry.day).amount
    state = State.DONE if amount >= target else State.SOME
    return amount_words(practice, state, amount, target) or _("yes")


def after_less(change: EntryChange, practice: Practice, view: DayView) -> str:
    """The message after one step less. With nothing left, an evening that was rated in time makes
    it a no, which its mark shows, too."""
    if counts_as_no(change, view):
        message = after_clear(change, practice.name, view)
    else:
        message = after_log(change, practice)
    # Another step less is seen in the amount that is left.
    return message if change.now.amount else with_replaced_amount(message, change, practice)


def after_rest(change: EntryChange, practice: Practice) -> str:
    """The message after a rest day was toggled: what was logged is retained, but not counted."""
    if change.removed_reason:
        return _(
            '{name}: rest day removed, with its note "{note}". Press u to get both back.'
        ).format(name=practice.name, note=sanitize_line(change.removed_reason, 60))
    entry = change.now
    amount = format_amount(practice.unit, entry.amount) if entry.amount else ""
    if entry.state is not EntryState.REST:
        message = _("{name}: rest day removed. What you logged counts again ({amount}).")
        return (message if amount else _("{name}: rest day removed.")).format(
            name=practice.name, amount=amount
        )
    if amount:
        return _(
            "{name}: rest day. What you logged ({amount}) doesn't count now. Press z again to "
            "bring it back."
        ).format(name=practice.name, amount=amount)
    return _("{name}: rest day. Press Z to plan more.").format(name=practice.name)


def after_rating(score: int) -> str:
    """The message after a rating: thanks for a low one, else nothing."""
    return _("Thanks for checking in, even on a hard day.") if score <= LOW_SCORE else ""


def replaced_score(before: int, score: int, *, scores_hidden: bool) -> str:
    """The sentence about a score that replaced another one: both, unless scores are hidden, and how
    to get the other back; or that it was the same, so that there's nothing to undo."""
    if before == score:
        if scores_hidden:
            return _("Calm: that's your score already.")
        return _("Calm is already {score}.").format(score=score)
    if scores_hidden:
        return _("Calm: rated again. Press u to get your earlier score back.")
    return _("Calm {score}. It was {before}. Press u to get that back.").format(
        score=score, before=before
    )


def message_of_day(message: str, day: date, today: date) -> str:
    """A message about a change, "Friday 8 January. Hug: 1 time."; of today without the day."""
    if not message or day == today:
        return message
    return _("{day}. {what}").format(day=sentence_case(format_day_of(day, today)), what=message)


def note_title(practice: Practice | None, day: date, today: date) -> str:
    """What a note is about, "Hug, Tuesday 24 November"; without a practice, the evening."""
    name = _("Evening") if practice is None else practice.name
    return _("{name}, {day}").format(name=name, day=format_day_of(day, today))


def late_rating(view: DayView, before: Evening | None) -> str:
    """The message after a rating that counts as rated later, also where it corrects one that was
    in time, and what that means, unless every practice is logged or resting; empty for others.
    `before` is the evening as it was."""
    if view.calm is None or view.checked_in:
        return ""
    is_correction = (
        before is not None and before.calm is not None and not is_late(before.day, before.logged_at)
    )
    if all(row.state is not State.NOT_LOGGED for row in view.practices):
        if is_correction:
            return _("As you changed it days later, it counts as rated later.")
        return _("It counts as rated later.")
    if is_correction:
        return _(
            "As you changed it days later, it counts as rated later, and what you didn't log that "
            "day isn't a no anymore."
        )
    return _("Rated later, so what you didn't log that day doesn't count as a no.")


def calm_words(score: int, *, scores_hidden: bool) -> str:
    """A score, or where scores are hidden only that there is one."""
    return _("rated") if scores_hidden else _("{score} of 10").format(score=score)


def calm_cell(evening: Evening, today: date, *, scores_hidden: bool) -> str:
    """What a day of the calm row holds."""
    if evening.day > today and evening.calm is None:
        return _day_text(evening.day, _("This day is still ahead."), evening.note)
    score = _("not rated")
    if evening.calm is not None:
        score = calm_words(evening.calm, scores_hidden=scores_hidden)
    return _cell(evening.day, _("Calm"), score, evening.note)


def practice_cell(row: PracticeWeek | PracticeDays, day: date, index: int, today: date) -> str:
    """What a day of a practice's row holds."""
    state, amount = row.states[index], row.amounts[index]
    if day > today and state is State.PENDING:
        return _day_text(day, _("This day is still ahead."), row.notes[index])
    words = day_words(row.practice, state, amount, row.practice.goal_on(day).amount)
    return _cell(day, row.practice.name, words, row.notes[index])


def whole_day(view: DaysView, index: int, *, scores_hidden: bool) -> str:
    """What a day of all practices together holds: calm, what was done, and every note once."""
    evening = view.evenings[index]
    done, some = (
        ", ".join(one.practice.name for one in view.practices if one.states[index] is state)
        for state in (State.DONE, State.SOME)
    )
    notes = dict.fromkeys(one.notes[index] for one in view.practices)
    if done or some:
        what = " ".join(
            (
                *([_("Done: {names}.").format(names=done)] if done else []),
                *([_("Below the goal: {names}.").format(names=some)] if some else []),
            )
        )
    elif evening.day > view.today:
        what = _("This day is still ahead.")
    elif evening.day < view.first_day:
        what = _("Before your diary began.")
    else:
        states = {one.states[index] for one in view.practices}
        is_open = evening.day == view.today and states <= {None, State.PENDING}
        what = _("Nothing logged yet.") if is_open else _("A quiet day.")
    rested = _rested(view, index)
    if rested and not (done or some):
        what = rested
    if evening.calm is not None and not scores_hidden:
        what = _("Calm: {score} of 10.").format(score=evening.calm) + f" {what}"
    return _day_text(evening.day, what, " / ".join(filter(None, (evening.note, *notes))))


def _rested(view: DaysView, index: int) -> str:
    """That a day was a rest day, of all practices in the list or of some; "" for none."""
    listed = [one for one in view.practices if one.states[index] is not None]
    names = [one.practice.name for one in listed if one.states[index] is State.REST]
    if not names:
        return ""
    if len(names) == len(listed):
        return _("Rest day.")
    return _("Rest day: {names}.").format(names=", ".join(names))


def _day_text(day: date, what: str, note: str) -> str:
    text = _("{day}. {what}").format(day=sentence_case(format_day(day, year=True)), what=what)
    return f"{text} " + _("Note: {note}").format(note=note) if note else text


def _cell(day: date, name: str, what: str, note: str) -> str:
    text = _("{day}. {name}: {what}.").format(
        day=sentence_case(format_day(day)), name=name, what=what
    )
    return f"{text} " + _("Note: {note}").format(note=note) if note else text


STEP_MESSAGES = {
    "log": N_("{subject}"),
    "rate": N_("{subject}"),
    "note": N_("note for {subject}"),
    "draft": N_("unfinished note for {subject}"),
    "rest": N_("rest day for {subject}"),
    "clear": N_("clearing {subject}"),
    "import": N_("import from {subject}"),
    "merge": N_("merge with {subject}"),
    "practice": N_("changes to {subject}"),
    "translation": N_("names of practices in another language"),
    "setting": N_('the setting "{subject}"'),
    "support": N_("changes to your support messages"),
    "prompts": N_("changes to your questions for notes"),
    "coin": N_("coin-flip month"),
    "record": N_("restoring {subject}"),
    "restore": N_("restoring a backup"),
}
"""What a step of the undo log changed."""

_APP_STATE_STEPS = {"support": "support", "prompts": "prompts", "coin_months": "coin"}
"""The steps that change what the app remembers under a key."""


def step_words(step: UndoStep, practices: Sequence[Practice], today: date) -> str:
    """A step of the undo log, with its days, their year if one of them isn't in this year."""
    from tracker.i18n.setting_words import SETTING_NAMES

    # One that was added and undone is no longer among them.
    gone = [row for row in step.change or () if isinstance(row, Practice)]
    names = {p.id: p.name for p in (*gone, *practices)} | {CALM_ID: _("Calm")}
    verb = step.what
    if verb == "record" and step.first_day is None and step.subject not in names:
        # What the app remembers under a key is called as in a step that changes it.
        by_default = "setting" if step.subject in SETTING_NAMES else verb
        verb = _APP_STATE_STEPS.get(step.subject, by_default)
    if verb == "rest" and not step.subject:
        what = _("rest days")
    elif verb == "coin" and step.subject in names:
        what = _("coin-flip month for {subject}").format(subject=names[step.subject])
    elif verb == "setting":
        what = _setting(step.subject)
    elif verb in ("log", "note", "clear") and " " in step.subject:
        subject = ", ".join(names.get(one, one) for one in step.subject.split())
        what = _(STEP_MESSAGES[verb]).format(subject=subject)
    elif verb in STEP_MESSAGES:
        what = _(STEP_MESSAGES[verb]).format(subject=names.get(step.subject, step.subject))
    else:
        # A step of a later version, or a damaged one: as it is stored.
        what = f"{step.what} {step.subject}".rstrip()
    if step.first_day is None or step.last_day is None:
        return what
    days = _days_words(step.first_day, step.last_day, today)
    return _("{step}, {day}").format(step=what, day=days)


PRACTICE_CHANGES = {
    "added": N_("adding {subject}"),
    "deleted": N_("deleting {subject}"),
    "archived": N_("archiving {subject}"),
    "restored": N_("restoring {subject}"),
    "moved": N_("moving {subject}"),
    "renamed": N_("renaming {was} to {subject}"),
}
"""What a step did to a practice, by its word in JSON."""


def practice_change(step: UndoStep) -> str | None:
    """What a step of a list of steps did to a practice, as a key of PRACTICE_CHANGES; None for
    anything else, such as another goal."""
    from tracker.i18n.setting_words import is_archived

    was, now = step.change or (None, None)
    if was is None or now is None:
        return None if was is now else "added" if was is None else "deleted"
    if was.position != now.position and was._replace(position=now.position) == now:
        return "moved"
    if step.rows > 1:
        # Of another unit: a new practice can follow this one, which is then archived and renamed.
        return None
    if was.name != now.name:
        return "renamed"
    if is_archived(was) != is_archived(now):
        return "archived" if is_archived(now) else "restored"
    return None


def listed_step(step: UndoStep, practices: Sequence[Practice], today: date) -> str:
    """A step of a list of steps, in words: as `step_words`, with what it did to a practice."""
    if (change := practice_change(step)) is None or step.change is None:
        return step_words(step, practices, today)
    was, now = step.change
    subject = (was if now is None else now).name
    message = _(PRACTICE_CHANGES[change])
    if change == "renamed" and was and now and was._replace(name=now.name) != now:
        message = _("renaming {was} to {subject}, with other changes")
    return message.format(subject=subject, was=was and was.name)


def _days_words(first: date, last: date, today: date) -> str:
    """A day, or the first and the last of several, with their year if one isn't in this year."""
    year = {first.year, last.year} != {today.year}
    day = format_day(first, year=year)
    if first == last:
        return day
    return _("{first} to {last}").format(first=day, last=format_day(last, year=year))


def change_sentence(
    step: UndoStep, practices: Sequence[Practice], today: date, *, scores_hidden: bool
) -> str:
    """What a step of one row was before it was undone or redone, and is now, with its name where
    the step isn't called after it; of a few practices each. Empty for others, and for an evening
    where scores are hidden."""
    from tracker.i18n.setting_words import SETTING_NAMES, setting_words

    rows = step.change or (None, None)
    if step.places is not None:
        message = _("It was at position {was}; now it's at {now}.")
        return message.format(was=step.places[0], now=step.places[1])
    if any(isinstance(row, Practice) for row in rows):
        return _practice_change(*rows)
    if scores_hidden and any(isinstance(row, Evening) for row in rows):
        return ""
    if step.what == "coin":
        return _coin_change(*rows, today=today)
    if step.what == "setting" and step.subject in SETTING_NAMES:
        words = [setting_words(step.subject, value) for value in rows]
    elif step.what in ("support", "prompts"):
        was, now = (setting_words(step.what, *pair) for pair in (rows, rows[::-1]))
        words = [sanitize_beside(was, now, 120), sanitize_beside(now, was, 120)]
    elif any(isinstance(row, Entry | Evening) for row in rows):
        # One of several practices, or of a file's: the step isn't called after it.
        is_unnamed = step.what in ("import", "merge") or " " in step.subject or not step.subject
        return _row_change((rows[0], rows[1]), practices, is_named=is_unnamed)
    else:
        parts = (_row_change(pair, practices, is_named=True) for pair in step.changes)
        return " ".join(filter(None, parts))
    return "" if words[0] == words[1] else _(_WAS_AND_NOW).format(was=words[0], now=words[1])


_WAS_AND_NOW = N_("It was {was}; now it's {now}.")
"""What a change replaced, and by what."""


def _row_change(rows: tuple[Any, Any], practices: Sequence[Practice], *, is_named: bool) -> str:
    """What an entry or evening was and is now, with its name if `is_named`; empty where both read
    the same."""
    pair = _without_same_note(*rows)
    notes = ["" if row is None else row.note for row in pair]
    before, after = (
        row_words(row, practices, other) for row, other in zip(pair, reversed(notes), strict=True)
    )
    if before == after:
        return ""
    if is_named and (name := _row_name(rows, practices)):
        return _("{name} was {was}; now it's {now}.").format(name=name, was=before, now=after)
    return _(_WAS_AND_NOW).format(was=before, now=after)


def _coin_change(was: object, now: object, *, today: date) -> str:
    """Until when the coin-flip month runs that differs between two stored lists of them."""
    before, after = (one if isinstance(one, list) else [] for one in (was, now))
    lasts = (date.fromisoformat(month["last"]) for month in after if month not in before)
    last = max(lasts, default=today)
    if last <= today:
        return _("It's no longer running.")
    return _("It runs until {day}.").format(day=format_day_of(last, today))


def _row_name(rows: tuple[object, object], practices: Sequence[Practice]) -> str:
    """What a row is about, before and after a change: calm or a practice; "" for anything else."""
    row = next((one for one in rows if isinstance(one, Entry | Evening)), None)
    if isinstance(row, Evening):
        return _("Calm")
    names = (one.name for one in practices if row is not None and one.id == row.practice_id)
    return next(names, "")


def _without_same_note(was: R, now: R) -> tuple[R, R]:
    """Both rows without the note that they have in common, unless one holds nothing else."""
    if was is None or now is None or was.note != now.note:
        return was, now
    bare = was._replace(note=""), now._replace(note="")
    return (was, now) if any(row.empty for row in bare) else bare


def _practice_change(was: Practice | None, now: Practice | None) -> str:
    """Whether a practice is in the diary now, else which of its settings differ, and whether it is
    archived; empty where all stay, as of one that was moved."""
    from tracker.i18n.setting_words import is_archived, undo_sentences

    if was is None:
        return _("It's in your diary again.")
    if now is None:
        return _("It's no longer in your diary.")
    sentences = list(undo_sentences(now, was._replace(name=now.name)))
    if was.name != now.name:
        renamed = _("It was {was}; now it's {now}.").format(was=was.name, now=now.name)
        sentences.insert(0, renamed)
    if is_archived(was) != is_archived(now):
        sentences.append(
            _("It's archived now.") if is_archived(now) else _("It's in your list again.")
        )
    return " ".join(sentences)


def made_at(step: UndoStep, now: datetime) -> str:
    """When a step was made, as local time, with its day if that isn't today; "" if unknown."""
    if not step.at:
        return ""
    moment = clock.local(datetime.fromisoformat(step.at))
    at = moment.strftime("%H:%M")
    if moment.date() == now.date():
        return at
    return f"{format_day(moment.date(), year=moment.year != now.year)}, {at}"


def undo_sentence(
    which: Literal["undone", "redone"],
    step: UndoStep | None,
    practices: Sequence[Practice],
    today: date,
    *,
    scores_hidden: bool = False,
) -> str:
    """The step that was undone or redone, and what that changed; or that there was none."""
    if step is None:
        return _("Nothing to undo.") if which == "undone" else _("Nothing to redo.")
    message = _("Undid: {step}.") if which == "undone" else _("Redid: {step}.")
    sentence = message.format(step=step_words(step, practices, today))
    detail = change_sentence(step, practices, today, scores_hidden=scores_hidden)
    detail = detail or _counts_sentence(which, step, practices)
    return f"{sentence} {detail}".rstrip()


def _counts_sentence(
    which: Literal["undone", "redone"], step: UndoStep, practices: Sequence[Practice]
) -> str:
    """What a step of several rows changed: the rest days that are gone or back, or what an import
    or a merge had changed; empty for other steps."""
    counts = step.counts
    if counts.rest_days is not None:
        return _rest_days_sentence(counts, *counts.rest_days, practices)
    if step.what not in ("import", "merge"):
        return ""
    # As an import and an export count them.
    count = counts.entries + counts.evenings
    if which == "undone":
        message = ngettext("It took back {count} entry.", "It took back {count} entries.", count)
        also = _("Also taken back, of your practices: {names}.")
    else:
        message = ngettext(
            "It brought back {count} entry.", "It brought back {count} entries.", count
        )
        also = _("Also brought back, of your practices: {names}.")
    edited = (_("changes to {subject}").format(subject=one) for one in counts.edited_practices)
    names = ", ".join((*counts.added_or_removed, *edited))
    return " ".join(
        (
            *([message.format(count=format_number(count))] if count else []),
            *([also.format(names=names)] if names else []),
        )
    )


def _rest_days_sentence(
    counts: StepCounts, was: int, now: int, practices: Sequence[Practice]
) -> str:
    """How many rest days of which practice are gone or back, and how many have another note."""
    names = [one.name for one in practices if one.id in counts.practice_ids]
    subject = names[0] if len(names) == 1 else _("{count} practices").format(count=len(names))
    count = abs(now - was) or counts.entries
    more = counts.entries - count
    # Translators: {subject} is the name of a practice, or a number of practices.
    if now < was:
        message = ngettext(
            "{subject}: {count} rest day is gone.", "{subject}: {count} rest days are gone.", count
        )
    elif now > was:
        message = ngettext(
            "{subject}: {count} rest day is back.", "{subject}: {count} rest days are back.", count
        )
    else:
        message = ngettext(
            "{subject}: {count} rest day has its other note again.",
            "{subject}: {count} rest days have their other note again.",
            count,
        )
    sentence = message.format(subject=subject, count=format_number(count))
    if more <= 0:
        return sentence
    # Translators: behind a sentence about other rest days.
    kept = ngettext(
        "{count} stays a rest day, with its other note again.",
        "{count} stay rest days, with their other note again.",
        more,
    )
    return f"{sentence} " + kept.format(count=format_number(more))


def record_words(record: ConflictRecord, practices: Sequence[Practice]) -> str:
    """A row that lost a conflict, with its day: "Hug, Tuesday 17 November 2026: 2 times"."""
    names = {p.id: p.name for p in practices}
    if record.day is not None:
        name = _("Calm") if record.kind == "evening" else names.get(record.key, record.key)
        day = format_day(record.day, year=True)
        words = row_words(record.row, practices)
        return _("{subject}, {day}: {words}").format(subject=name, day=day, words=words)
    if isinstance(record.row, Practice):
        return _("changes to {subject}").format(subject=record.row.name)
    if record.key in _APP_STATE_STEPS:
        return _(STEP_MESSAGES[_APP_STATE_STEPS[record.key]])
    return _setting(record.key)


def _setting(key: str) -> str:
    """A setting by its name, 'the setting "A week starts on"'; one of a later version by its
    key."""
    from tracker.i18n.setting_words import SETTING_NAMES

    name = SETTING_NAMES.get(key)
    return _(STEP_MESSAGES["setting"]).format(subject=key if name is None else _(name))


def record_origin(record: ConflictRecord) -> str:
    """The import or merge in which a row lost: "merge with laptop.db"."""
    message = STEP_MESSAGES.get(record.what)
    return record.subject if message is None else _(message).format(subject=record.subject)


def row_words(
    row: Entry | Evening | None, practices: Sequence[Practice], other_note: str = ""
) -> str:
    """An entry or evening in words, with its note: `2 times "with Anna"`. A long one is cut so that
    one sees where it differs from the note of the other version."""
    if row is None or row.empty:
        return _("empty")
    if isinstance(row, Evening):
        words = "" if row.calm is None else _("{score} of 10").format(score=row.calm)
    else:
        words = _amount(row, practices)
    note = quoted(sanitize_beside(row.note, other_note, 60)) if row.note else ""
    if note and not words:
        return _("only the note {note}").format(note=note)
    return " ".join(part for part in (words, note) if part)


def _amount(entry: Entry, practices: Sequence[Practice]) -> str:
    practice = next((one for one in practices if one.id == entry.practice_id), None)
    if entry.state is EntryState.REST:
        return _("a rest day")
    if entry.amount is None or practice is None:
        return "" if entry.amount is None else str(entry.amount)
    target = practice.goal_on(entry.day).amount
    return amount_words(practice, State.SOME, entry.amount, target) or _("yes")


MOST_SKIPPED = 3
"""How many of the days are named that stay as they are because they're logged."""


def rested_lines(
    rested: RestResult,
    first: date,
    last: date,
    today: date,
    *,
    off: bool = False,
    most_skipped: int = MOST_SKIPPED,
) -> Iterator[str]:
    """What was added or removed, then each day that was skipped because it is logged, or how many
    there are.

    `first` and `last` are the days that were asked for; they are named only where none changed.
    """
    changed = [one.now.day for one in rested.rest_days]
    # Where only one day was asked for, the line about it says all.
    is_explained = not changed and not off and len(rested.skipped) == 1
    if changed or not (rested.noted or is_explained):
        yield _rested_message(rested, off=off).format(
            count=len(changed),
            practices=_practice_count(rested.rest_days),
            practice=sanitize_line(rested.practice, 60),
            days=_days_words(min(changed, default=first), max(changed, default=last), today),
        )
    if rested.noted:
        yield _noted_message(rested.noted, today)
    if rested.replaced:
        yield ngettext(
            "It was {notes} before.", "They were {notes} before.", len(rested.replaced)
        ).format(notes=_quoted_notes(rested.replaced, rested.noted[0].now.note))
    if rested.own_notes:
        yield ngettext(
            "The note {notes} stays in place of the reason.",
            "The notes {notes} stay in place of the reason.",
            len(rested.own_notes),
        ).format(notes=_quoted_notes(rested.own_notes))
    if rested.reasons:
        yield ngettext(
            "Its note is gone, too: {notes}.",
            "Their notes are gone, too: {notes}.",
            len(rested.reasons),
        ).format(notes=_quoted_notes(rested.reasons))
    if len(rested.skipped) > most_skipped:
        # Translators: always several entries.
        message = _("{count} entries are there already and stay as they are.")
        yield message.format(count=format_number(len(rested.skipped)))
        return
    for name, day in rested.skipped:
        yield _("{name} is already logged on {day}, so that day stays as it is.").format(
            name=name, day=format_day_of(day, today)
        )


def _quoted_notes(notes: Sequence[str], other: str = "") -> str:
    """The first notes in quotation marks, each text once, and how many more there are. A long one
    that begins as the `other` note, which replaced it, is quoted from where they differ."""
    texts = [quoted(sanitize_beside(note, other, 60)) for note in dict.fromkeys(notes)]
    named, more = ", ".join(texts[:MOST_REASONS]), len(texts) - MOST_REASONS
    if more <= 0:
        return named
    # Translators: {notes} are texts in quotation marks, with commas between them.
    return ngettext("{notes} and {count} more", "{notes} and {count} more", more).format(
        notes=named, count=format_number(more)
    )


def _practice_count(changes: Sequence[EntryChange]) -> int:
    return len({one.now.practice_id for one in changes})


def _noted_message(noted: Sequence[EntryChange], today: date) -> str:
    """That notes of rest days were changed; several practices are counted as by
    `_rested_message`."""
    if (practices := _practice_count(noted)) > 1:
        days = [one.now.day for one in noted]
        # Translators: {practices} is always 2 or more.
        return _("Changed the notes of the rest days of {practices} practices: {days}.").format(
            practices=format_number(practices), days=_days_words(min(days), max(days), today)
        )
    return ngettext(
        "Changed the note of {count} rest day.",
        "Changed the notes of {count} rest days.",
        len(noted),
    ).format(count=format_number(len(noted)))


def rest_days_without_sentence(runs: Sequence[tuple[date, date]], today: date) -> str:
    """That a practice that is in the list from today on lacks the rest days of most others, runs of
    days from a first to a last one; "" without any."""
    if not runs:
        return ""
    return _(
        "Your rest days, {days}, don't include it. Plan them for it, too, if you like."
    ).format(days=", ".join(_days_words(first, last, today) for first, last in runs))


def _rested_message(rested: RestResult, *, off: bool) -> str:
    """The template of the first sentence; for several practices it counts these, as their days
    together are more than the days between the two dates."""
    count = len(rested.rest_days)
    if not count:
        if off:
            return _("None of these was a rest day, so nothing changed: {days}.")
        if rested.skipped:
            return _("No rest days were added for {days}, because something is already logged.")
        return _("Already rest days, so nothing changed: {days}.")
    if _practice_count(rested.rest_days) > 1:
        # Translators: {practices} is always 2 or more.
        return (
            _("Removed the rest days of {practices} practices: {days}.")
            if off
            else _("Added rest days for {practices} practices: {days}.")
        )
    if off:
        return ngettext(
            "Removed {count} rest day of {practice}: {days}.",
            "Removed {count} rest days of {practice}: {days}.",
            count,
        )
    return ngettext(
        "Added {count} rest day for {practice}: {days}.",
        "Added {count} rest days for {practice}: {days}.",
        count,
    )


def missing_in_csv(layout: Literal["entries", "days"]) -> str:
    """What a CSV of the whole diary lacks."""
    if layout == "entries":
        return _("It doesn't contain goals, letters, questions or archive dates.")
    return _("It doesn't contain names, units, goals, letters, questions or archive dates.")


def exported_sentence(rows: int, path: Path, *, by_day: bool) -> str:
    """What an export wrote: days, or entries as an import counts them."""
    message = (
        ngettext("Exported {count} day to {path}.", "Exported {count} days to {path}.", rows)
        if by_day
        else ngettext(
            "Exported {count} entry to {path}.", "Exported {count} entries to {path}.", rows
        )
    )
    exported = message.format(count=format_number(rows), path=short_path(path))
    return f"{exported} " + _("The file isn't encrypted: anyone who can open it can read it.")
