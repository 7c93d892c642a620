"""Commands that change days: log, calm, clear, rest, undo, redo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import click

from tracker import clock
from tracker.cli import completers, json_output
from tracker.cli.context import get_diary
from tracker.cli.output import UNDO_HINT, print_json, print_lines
from tracker.cli.params import (
    AllowsLeadingDash,
    day_option,
    json_option,
    parse_day,
    practice_or_calm,
    range_options,
    read_note,
    refuse_option,
)
from tracker.diary.practice_lookup import is_calm, word_for
from tracker.diary.validation import (
    TypedAmount,
    amount_typed,
    day_named,
    day_that_was,
    is_duration,
    rest_range_named,
    whole_number,
)
from tracker.errors import CalmtrackError, InputError
from tracker.i18n.date_format import format_day_of
from tracker.i18n.messages import N_, _, format_number, ngettext
from tracker.i18n.units import format_amount
from tracker.models import (
    CALM_ID,
    RESTORE,
    BroughtBack,
    DayView,
    Entry,
    EntryChange,
    EntryState,
    Evening,
    Practice,
    Rating,
    State,
    Unit,
    counts_in_weeks,
)
from tracker.render.entry_text import (
    COUNTS_AS_NO,
    after_rating,
    counts_as_no,
    late_rating,
    listed_step,
    made_at,
    record_origin,
    record_words,
    rested_lines,
    row_words,
    undo_sentence,
)
from tracker.render.symbols import amount_words, score_meaning, streak_words
from tracker.sanitize import sanitize_beside, sanitize_line

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

MAX_STEPS = 1000
"""Steps undone or redone by one command."""

_AMOUNT_LIKE = r"(?i:(?![0-9]{1,2}\. ?[0-9]{1,2}\.)(?:[+-].*|[0-9](?:[0-9.,: hmx]|min(?:utes)?)*))"
"""What can only be meant as an amount, be it valid or not: 20, +5, 1.5, 2x; no date such as
24.11."""
_MAX_DURATION_WORDS = 4

LISTED = 20
"""Steps, and records, that `undo --list` shows."""

_day = day_option(N_("The day: today, yesterday, -3, mon or 2026-11-24."))
_note = click.option("--note", metavar="T", help=N_("A note, or - to read it from standard input."))


@click.command(
    "log",
    cls=AllowsLeadingDash,
    help=N_(
        "Log each PRACTICE: add one press, set the day's AMOUNT, or add more with +N. You can "
        "write minutes as 25m, 1h30 or 1.5h. An amount counts for each practice.\n\n"
        "If the day is already logged, --note alone only changes the note."
    ),
)
@click.argument(
    "words",
    metavar="PRACTICE... [AMOUNT|+N]",
    nargs=-1,
    shell_complete=completers.practices,
)
@_day
@_note
@click.option("--no", "is_no", is_flag=True, help=N_("Log that you didn't do the practice."))
@json_option
@click.pass_context
def log_command(
    context: click.Context,
    words: tuple[str, ...],
    day: str | None,
    note: str | None,
    is_no: bool,
    json: bool,
) -> None:
    if not words:
        raise InputError(
            _('Which practice? For example "{command}".').format(
                command=f"calmtrack log {_example_practice(get_diary(context))}"
            )
        )
    names, typed = _split_amount(words)
    diary = get_diary(context)
    with _nothing_saved(names, _("Nothing was logged.")):
        if typed is not None and is_no:
            raise InputError(_("Use either an amount or --no, not both."))
        options = [*([typed] if typed else []), *(["--no"] if is_no else [])]
        named = _practices(diary, names, options)
        practices = tuple(dict.fromkeys(named))
        when = parse_day(day, diary.today())
        amount = TypedAmount()
        if is_no or typed is not None:
            amount = amount_typed("0" if is_no else typed or "", *practices)
        if typed is not None and (amount.set_to or amount.more):
            _refuse_two_units(diary, practices, typed, day)
        text = read_note(note)
        noted: set[str] = set()
        if amount == TypedAmount() and text is not None:
            noted = _logged_ids(diary.day(when))
        changes = diary.log_all(
            [one.id for one in named],
            when,
            amount=amount.set_to,
            more=amount.more,
            note=text,
            only_notes=noted,
        )
    if json:
        _print_day(diary, when, practices)
        return
    for one, change in zip(practices, changes, strict=True):
        print_lines(
            _noted_sentence(diary, one, change, when, text or "")
            if one.id in noted
            else _logged_sentences(diary, one, change, when, amount.set_to, text)
        )
    print_lines(*_archived_lines(diary, practices, when or diary.today()))


def _logged_ids(view: DayView) -> set[str]:
    """The practices that have an amount on a day."""
    logged = (row for row in view.practices if row.amount is not None)
    return {row.practice.id for row in logged if row.state is not State.REST}


def _noted_sentence(
    diary: Diary, practice: Practice, change: EntryChange, when: date | None, note: str
) -> str:
    """What the day has now, and what became of its note, where only that was given."""
    if change.before.note == change.now.note:
        message = _("{amount} The note was already there.")
        if not note:
            message = _("{amount} There was no note to remove.")
    else:
        message = _("{amount} Note saved.") if note else _("{amount} Note removed.")
    sentence = message.format(amount=_logged_sentence(diary, practice.id, when, is_new=False))
    return " ".join(filter(None, (sentence, _replaced("", _other_than(change.before.note, note)))))


def _logged_sentences(
    diary: Diary,
    practice: Practice,
    change: EntryChange,
    when: date | None,
    amount: int | None,
    note: str | None,
) -> str:
    """What was logged, and what it replaced; `amount` and `note` are None where none was given."""
    before, now = change
    sentences = [_logged_sentence(diary, practice.id, when, is_new=before != now)]
    if before.state is EntryState.REST:
        sentences.append(_was_rest_day(change.removed_reason))
    old_note = "" if change.removed_reason else _other_than(before.note, note)
    if amount is None:
        sentences.append(_replaced("", old_note))
    else:
        sentences.append(_replaced_by_amount(practice, before, amount, old_note))
    return " ".join(filter(None, sentences))


@contextmanager
def _nothing_saved(names: Sequence[str], sentence: str) -> Iterator[None]:
    """Appends a sentence to an InputError where several practices were named: it may be about one
    of them only, but then the others aren't saved either."""
    try:
        yield
    except InputError as error:
        if len(names) < 2:
            raise
        raise InputError(f"{error} {sentence}") from error


def _archived_lines(diary: Diary, practices: Iterable[Practice], when: date) -> Iterator[str]:
    """How to bring back each practice that is archived on a day, and still is."""
    today = diary.today()
    for one in practices:
        if one.archived_since(when) is not None and one.archived_since(today) is not None:
            word = diary.practices.word_to_restore(one)
            yield _('{name} is archived. To bring it back to your list, run "{command}".').format(
                name=one.name, command=f"calmtrack practices restore {word}"
            )


def _split_amount(words: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """The practices that were typed, and the amount after them, if any."""
    for count in range(min(_MAX_DURATION_WORDS, len(words) - 1), 1, -1):
        duration = " ".join(words[-count:])
        if is_duration(duration):
            return words[:-count], duration
    if len(words) > 1 and _is_amount(words[-1]):
        return words[:-1], words[-1]
    return words, None


def _is_amount(text: str) -> bool:
    return is_duration(text) or re.fullmatch(_AMOUNT_LIKE, text) is not None


def _practices(diary: Diary, names: Sequence[str], options: Sequence[str]) -> tuple[Practice, ...]:
    """The practices that were typed. The error for a day among them has the command with --day;
    `options` are its other words."""
    try:
        return tuple(_practice(diary, name) for name in names)
    except InputError:
        _refuse_day(diary, "log", names, (*options, "--day"))
        if (early := _early_amount(diary, names)) is not None:
            raise early from None
        raise


def _refuse_two_units(
    diary: Diary, practices: Sequence[Practice], amount: str, day: str | None
) -> None:
    """Raises InputError for an amount that would be times of one practice and minutes of another,
    with the command that logs only the minutes with it, and that for the other practices."""
    timed = [one for one in practices if one.unit is Unit.MINUTES]
    counted = [one for one in practices if one.unit is Unit.TIMES]
    if not timed or not counted:
        return
    from tracker.cli.suggestions import command_line

    known, option = diary.practices.all(), [] if day is None else ["--day", day]
    others = [word_for(one, known) for one in practices if one not in timed]
    minutes = [*(word_for(one, known) for one in timed), amount]
    raise InputError(
        _(
            "{amount} would be times for {counted}, but minutes for {timed}. Log them separately, "
            'for example with "{command}" and "{other_command}".'
        ).format(
            amount=sanitize_line(amount, 40),
            counted=counted[0].name,
            timed=timed[0].name,
            command=command_line(["calmtrack", "log", *others, *option]),
            other_command=command_line(["calmtrack", "log", *minutes, *option]),
        )
    )


def _refuse_day(diary: Diary, command: str, names: Sequence[str], options: Sequence[str]) -> None:
    """Raises InputError where the typed words that aren't practices name a day, with what to type:
    `options` follow the practices, and the last one is that for the day."""
    from tracker.cli.suggestions import misplaced_day

    if (found := _find_day(diary, names)) is None:
        return
    start, end, day = found
    today, option = diary.today(), options[-1]
    if option == "--day":
        day_that_was(day_named(day, today), today)
    others = [*names[:start], *names[end:]]
    if not others and "--all" not in options:
        others = [_example_practice(diary)]
    words = ["calmtrack", command, *others, *options, day]
    raise misplaced_day(" ".join(names[start:end]), option, words)


def _early_amount(diary: Diary, names: Sequence[str]) -> InputError | None:
    """The error for an amount that isn't the last word; None if there's none, or if another word
    isn't a practice."""
    amounts = [name for name in names if _is_amount(name) and not _is_practice(diary, name)]
    others = [name for name in names if name not in amounts]
    if not amounts or not others or not all(_is_practice(diary, name) for name in others):
        return None
    from tracker.cli.suggestions import command_line

    amount = amounts[0]
    words = ["calmtrack", "log", *others[: names.index(amount) or 1], amount]
    return InputError(
        _(
            'The amount "{amount}" goes last, and counts for every practice before it. For example '
            '"{command}".'
        ).format(amount=sanitize_line(amount, 40), command=command_line(words))
    )


def _find_day(diary: Diary, names: Sequence[str]) -> tuple[int, int, str] | None:
    """Where the typed words that aren't practices name a day, as a slice, and the day for --day."""
    for start in range(len(names)):
        if _is_practice(diary, names[start]):
            continue
        for end in range(len(names), start, -1):
            text = " ".join(names[start:end])
            if text.strip().casefold() in ("tonight", _("tonight").casefold()):
                return start, end, _("today")
            if not _is_amount(text):
                with suppress(InputError):
                    day_named(text, diary.today())
                    return start, end, text
    return None


def _is_practice(diary: Diary, text: str) -> bool:
    with suppress(InputError):
        diary.practices.find(text)
        return True
    return False


def _example_practice(diary: Diary) -> str:
    """A practice of the list, to be typed in an example. Raises InputError for an empty list."""
    practice = _first_practice(diary)
    if practice is None:
        raise InputError(
            _(
                "Your list has no practices. Add one with {example}, or bring an archived one "
                "back with {restore}."
            ).format(
                example='"calmtrack practices add hug"',
                restore='"calmtrack practices restore hug"',
            )
        )
    return practice


def _first_practice(diary: Diary) -> str | None:
    """What to type for the first practice of the list; None for an empty one."""
    rows = diary.day().practices
    listed = (one.practice for one in rows if one.practice.archived_since(diary.today()) is None)
    first = next(listed, None)
    return None if first is None else word_for(first, diary.practices.all())


def _practice(diary: Diary, text: str) -> Practice:
    try:
        return diary.practices.find(text)
    except InputError as error:
        if is_calm(text):
            raise InputError(
                _('Calm isn\'t a practice. Rate it from 0 to 10 with "calmtrack calm 7".')
            ) from error
        raise


def _replaced_by_amount(practice: Practice, before: Entry, amount: int, note: str) -> str:
    """What an amount has replaced, with how to add to that instead, also where it was the same, and
    the note that went with it; empty for nothing."""
    if before.state is EntryState.REST or not before.amount:
        return _replaced("", note)
    can_add = bool(amount) and practice.unit.spec.is_counted
    if before.amount == amount:
        hint = _("To add as much again, log +{amount}.").format(amount=amount) if can_add else ""
        return f"{hint} {_replaced('', note)}".strip()
    was = format_amount(practice.unit, before.amount)
    if not can_add:
        return _replaced(was, note)
    message = _(
        "It was {was} before, and this replaced it. To add instead, run "
        '"{command}" and log +{amount}.'
    ).format(was=was, command="calmtrack undo", amount=amount)
    return f"{message} {_replaced('', note)}".rstrip()


def _replaced(was: str, note: str) -> str:
    """The amount or score and the note that were replaced, each empty where it wasn't, with how to
    get them back."""
    if was and note:
        message = _(
            'It was {was} before, with the note "{note}". To get both back, run "{command}".'
        )
    elif was:
        message = _('It was {was} before. To get that back, run "{command}".')
    elif note:
        message = _('The note before was "{note}". To get it back, run "{command}".')
    else:
        return ""
    return message.format(was=was, note=note, command="calmtrack undo")


def _was_rest_day(removed_reason: str) -> str:
    """That what was set ended a rest day, and removed its note, if it had one."""
    if not removed_reason:
        return _("It was a rest day before.")
    return _(
        'It was a rest day before, and its note "{note}" was removed with it. To get both back, '
        'run "{command}".'
    ).format(note=sanitize_line(removed_reason, 60), command="calmtrack undo")


def _other_than(before: str, note: str | None) -> str:
    """The note before, if another one has replaced it, in one line that shows where they differ;
    else empty."""
    return "" if note is None or before == note else sanitize_beside(before, note, 60)


def _print_day(diary: Diary, when: date | None, practices: Sequence[Practice]) -> None:
    """Prints the day as `today --json` does, with these practices only; without any, its calm."""
    view = json_output.day(diary.day(when))
    if practices:
        ids = [one.id for one in practices]
        rows = [row for row in view["practices"] if row["id"] in ids]
        print_json({"day": view["day"], "practices": rows})
    else:
        print_json({key: view[key] for key in ("day", "calm", "calm_note")})


def _logged_sentence(diary: Diary, practice_id: str, when: date | None, *, is_new: bool) -> str:
    """The stored amount and the streak as of today: "Logged for Monday 23 November: Hug, 2 times.
    Streak today: 13 days."; not `is_new` is what was logged before."""
    view = diary.day(when)
    row = next(row for row in view.practices if row.practice.id == practice_id)
    name = row.practice.name
    if row.amount == 0:
        message = _("{name}: not this time. That's fine.") if is_new else _("{name}: already no.")
        return message.format(name=_on_day(name, view.day, view.today))
    amount = amount_words(row.practice, row.state, row.amount, row.target)
    what = f"{name}, {amount}" if amount else name
    # Translators: {what} is a practice and its amount, such as "Hug, 2 times".
    today, another_day = _("Logged: {what}."), _("Logged for {day}: {what}.")
    if not is_new:
        today, another_day = _("Already logged: {what}."), _("Already logged for {day}: {what}.")
    sentence = _for_day(today, another_day, what, view.day, view.today)
    # Without a row of today, the practice is archived.
    now = view if view.day == view.today else diary.day()
    row_now = next((one for one in now.practices if one.practice.id == practice_id), None)
    if row_now is None or not (streak := streak_words(row_now)):
        return sentence
    # Translators: {streak} is a number of days or weeks.
    on_goal, in_row = _("On goal: {streak}."), _("Streak: {streak}.")
    if view.day != view.today:
        # Translators: {streak} is a number of days or weeks, up to today and not to a past day.
        on_goal, in_row = _("On goal today: {streak}."), _("Streak today: {streak}.")
    words = on_goal if counts_in_weeks(row_now) else in_row
    return f"{sentence} {words.format(streak=streak)}"


def _for_day(today_message: str, other_message: str, what: str, day: date, today: date) -> str:
    """One of two messages, the second with the day, and its year unless it is this one. That also
    says which evening it is between midnight and the turn of the day."""
    if day == today == clock.now().date():
        return today_message.format(what=what)
    return other_message.format(what=what, day=format_day_of(day, today))


def _on_day(subject: str, day: date, today: date) -> str:
    """The subject, with its day where `_for_day` names it."""
    return _for_day("{what}", _("{what}, {day}"), subject, day, today)


@click.command(
    "calm",
    cls=AllowsLeadingDash,
    help=N_(
        "Rate how calm a day was. SCORE goes from 0 (not at all calm) to 10 (completely calm).\n\n"
        "With --note alone, only the note changes."
    ),
)
@click.argument("score", required=False)
@_day
@_note
@json_option
@click.pass_context
def calm_command(
    context: click.Context, score: str | None, day: str | None, note: str | None, json: bool
) -> None:
    diary = get_diary(context)
    today = diary.today()
    when = parse_day(day, today) or today
    text = read_note(note)
    if score is not None:
        rating = diary.rate(_parse_score(score), when, note=text)
        lines = list(_rated_lines(diary, rating, today))
    elif text is not None:
        lines = [_write_note(diary, None, text, when)]
    else:
        raise InputError(_("How calm was it? Add a score from 0 to 10, or just a --note."))
    if json:
        _print_day(diary, when, ())
    else:
        print_lines(*lines)


def _rated_lines(diary: Diary, rating: Rating, today: date) -> Iterator[str]:
    number, when = rating.now.calm or 0, rating.now.day
    yield _rated_sentence(rating, number, today)
    if thanks := after_rating(number):
        yield thanks
        yield from map(sanitize_line, diary.support.own_lines())
    elif when == today and rating.step is not None:
        yield _("That's it for today. Sleep well.")
    if when == today and (coin := diary.coins()[1]):
        yield coin
    if when < today and (late := late_rating(diary.day(when), rating.before)):
        yield late
    if gentle := diary.support.gentle_message(when):
        yield from ("", gentle)


def _rated_sentence(rating: Rating, number: int, today: date) -> str:
    """The score, and what it replaced."""
    words = score_meaning(number)
    amount = _("{score} of 10").format(score=number) + (f", {words}" if words else "")
    message = _("{name}: {amount}.")
    if rating.step is None:
        message = _("{name}: already {amount}.")
    sentence = message.format(name=_on_day(_("Calm"), rating.now.day, today), amount=amount)
    before, now = rating.before, rating.now
    was = "" if before.calm in (None, now.calm) else str(before.calm)
    return f"{sentence} {_replaced(was, _other_than(before.note, now.note))}".rstrip()


def _write_note(diary: Diary, practice: Practice | None, note: str, when: date) -> str:
    """Writes the note of a practice's day, or without one of the evening; returns what to say."""
    view = diary.day(when)
    before = view.calm_note
    if practice is not None:
        notes = (row.note for row in view.practices if row.practice.id == practice.id)
        before = next(notes, "")
    is_new = diary.write_note(CALM_ID if practice is None else practice.id, note, when)
    if note:
        message = _("{name}: note saved.") if is_new else _("{name}: the note was already there.")
    else:
        message = _("{name}: there was no note to remove.")
        if is_new:
            message = _("{name}: note removed.")
    saved = message.format(name=_on_day(_subject(practice), when, view.today))
    return f"{saved} {_replaced('', _other_than(before, note))}".rstrip()


def _subject(practice: Practice | None) -> str:
    """The name of a practice, or without one, of calm."""
    return _("Calm") if practice is None else practice.name


@click.command(
    "note",
    cls=AllowsLeadingDash,
    help=N_(
        "Write a note for a practice or your calm, and change nothing else. Use - to read it from "
        'standard input, or "" to remove the note.'
    ),
)
@click.argument(
    "what", metavar="PRACTICE|calm", default="", shell_complete=completers.practices_or_calm
)
@click.argument("text", metavar="TEXT|-", required=False)
@_day
@json_option
@click.pass_context
def note_command(
    context: click.Context, what: str, text: str | None, day: str | None, json: bool
) -> None:
    diary = get_diary(context)
    if text is None:
        raise _missing_note(diary, what)
    when = parse_day(day, diary.today()) or diary.today()
    practice = practice_or_calm(diary, what)
    saved = _write_note(diary, practice, read_note(text) or "", when)
    if json:
        _print_day(diary, when, () if practice is None else (practice,))
    else:
        print_lines(saved, *_archived_lines(diary, () if practice is None else (practice,), when))


def _missing_note(diary: Diary, what: str) -> InputError:
    """The error for one word, or none: a practice needs a note, and a note needs a practice."""
    from tracker.cli.suggestions import command_line

    if not what or is_calm(what) or _is_practice(diary, what):
        message = _('Which note? For example "{command}".')
        words = ["calmtrack", "note", what or CALM_ID, _("in the rain")]
    else:
        message = _(
            "What is the note for? Put a practice, or calm, before its text. For example "
            '"{command}".'
        )
        words = ["calmtrack", "note", _first_practice(diary) or CALM_ID, what]
    return InputError(message.format(command=command_line(words)))


def _parse_score(text: str) -> int:
    try:
        return whole_number(text)
    except InputError as error:
        raise InputError(
            _('Calm is a whole number from 0 to 10, not "{score}".').format(
                score=sanitize_line(text, 40)
            )
        ) from error


@click.command(
    "clear",
    help=N_(
        "Clear what you logged for each PRACTICE, or the calm rating. The note stays, but a rest "
        "day's reason goes with the rest day."
    ),
)
@click.argument(
    "names",
    metavar="PRACTICE...|calm",
    nargs=-1,
    required=True,
    shell_complete=completers.practices_or_calm,
)
@_day
@json_option
@click.pass_context
def clear_command(
    context: click.Context, names: tuple[str, ...], day: str | None, json: bool
) -> None:
    diary = get_diary(context)
    today = diary.today()
    when = parse_day(day, today) or today
    with _nothing_saved(names, _("Nothing was changed.")):
        practices = _practices_to_clear(diary, names)
        score = diary.day(when).calm
        if practices:
            changes = diary.clear_all([one.id for one in practices], when)
        else:
            diary.clear(CALM_ID, when)
    if json:
        _print_day(diary, when, practices)
    elif not practices:
        sentence = _cleared(_("Calm"), when, today, is_changed=diary.changed)
        was = "" if score is None else _replaced(str(score), "")
        print_lines(f"{sentence} {was}".rstrip())
    else:
        view = diary.day(when)
        for practice, change in zip(practices, changes, strict=True):
            is_changed = change.before != change.now
            sentences = [_cleared(practice.name, when, today, is_changed=is_changed)]
            if is_changed and counts_as_no(change, view):
                sentences.append(_(COUNTS_AS_NO))
            if change.ends_rest:
                sentences.append(_was_rest_day(change.removed_reason))
            sentences.append(_replaced_by_amount(practice, change.before, 0, ""))
            print_lines(" ".join(filter(None, sentences)))


def _cleared(name: str, when: date, today: date, *, is_changed: bool) -> str:
    here, there = _("Nothing to clear: {what}."), _("Nothing to clear for {day}: {what}.")
    if is_changed:
        here, there = _("Cleared: {what}."), _("Cleared for {day}: {what}.")
    return _for_day(here, there, name, when, today)


def _practices_to_clear(diary: Diary, names: Sequence[str]) -> tuple[Practice, ...]:
    """The practices that were typed, each once; none for calm. Raises InputError, for a day with
    the command to type."""
    try:
        found = tuple(dict.fromkeys(practice_or_calm(diary, name) for name in names))
    except InputError:
        _refuse_day(diary, "clear", names, ("--day",))
        raise
    practices = tuple(one for one in found if one is not None)
    if practices and None in found:
        raise InputError(_('Clear calm on its own, with "calmtrack clear calm".'))
    return practices


@click.command(
    "rest",
    help=N_(
        "Set rest days: today, ahead or in the past. Days you've already logged stay as they are. "
        "A new reason replaces the old one, and notes about the day stay.\n\n"
        "If you remove a rest day, or log something on it, its reason goes with it. A note about "
        "the day stays: one that's older, or not the one that the day's other rest days have. Undo "
        "brings all of it back."
    ),
)
@click.argument("practices", metavar="PRACTICE...", nargs=-1, shell_complete=completers.practices)
@click.option("--all", "all_practices", is_flag=True, help=N_("All practices in your list."))
@range_options(
    N_("The first rest day (default: today). fri is today or the next Friday."),
    N_("The last rest day, such as sun, today or the next one, or +7 (default: one day)."),
    ahead=True,
)
@click.option("--note", metavar="T", help=N_("The reason, or - to read it from standard input."))
@click.option("--off", is_flag=True, help=N_("Remove rest days."))
@json_option
@click.pass_context
def rest_command(
    context: click.Context,
    practices: tuple[str, ...],
    all_practices: bool,
    first: str | None,
    last: str | None,
    note: str | None,
    off: bool,
    json: bool,
) -> None:
    if off and note is not None:
        refuse_option("--note", "--off")
    diary = get_diary(context)
    with _nothing_saved(practices, _("Nothing was changed.")):
        if first is None:
            _refuse_day(diary, "rest", practices, (*(["--all"] if all_practices else []), "--from"))
        if practices and all_practices:
            raise InputError(_("Name practices, or use --all, but not both."))
        if not practices and not all_practices:
            raise InputError(_("Name the practices to rest, or use --all."))
        today = diary.today()
        start, end = rest_range_named(first, last, today)
        ids = None
        if not all_practices:
            ids = tuple(dict.fromkeys(_practice_to_rest(diary, text).id for text in practices))
        text = read_note(note)
        result = diary.rest(ids, start, end, note=text, off=off)
    if not json:
        print_lines(*rested_lines(result, start, end, today, off=off))
        if result.reasons or result.replaced:
            print_lines(_(UNDO_HINT))
        if not off:
            print_lines(
                *_archived_lines(diary, map(diary.practices.find, dict.fromkeys(practices)), end)
            )
        return
    print_json(
        {
            "from": start.isoformat(),
            "to": end.isoformat(),
            "removed" if off else "added": len(result.rest_days),
            "noted": len(result.noted),
            **({"notes_removed": len(result.reasons)} if off else {}),
            "already_logged": [
                {"practice": name, "day": day.isoformat()} for name, day in result.skipped
            ],
        }
    )


def _practice_to_rest(diary: Diary, text: str) -> Practice:
    """The practice that was typed. Raises InputError, for the word that the app's form accepts for
    all of them with the option."""
    try:
        return diary.practices.find(text)
    except InputError as error:
        if text.strip().casefold() not in ("all", _("all")):
            raise
        raise InputError(_('For all your practices, use --all: "calmtrack rest --all".')) from error


@click.command(
    "undo",
    cls=AllowsLeadingDash,
    help=N_(
        "Undo the last change, or the last N, wherever you made them. "
        '"calmtrack redo" brings them back, until you change something else.'
    ),
)
@click.argument("steps", metavar="[N]", required=False)
@click.option(
    "--list",
    "lists",
    is_flag=True,
    help=N_("List your latest changes, and the entries that imports and merges didn't use."),
)
@click.option(
    "--record",
    metavar="N",
    help=N_(
        "Bring back an entry that an import or merge set "
        "aside, because another version of it was used."
    ),
)
@json_option
@click.pass_context
def undo_command(
    context: click.Context, steps: str | None, lists: bool, record: str | None, json: bool
) -> None:
    if sum((steps is not None, lists, record is not None)) > 1:
        raise InputError(_("Use a number of steps, --list or --record, but only one of them."))
    diary = get_diary(context)
    if lists:
        _list_steps(diary, json=json)
    elif record is not None:
        _bring_back(diary, record, json=json)
    else:
        _change_steps(diary, "undone", steps, json=json)


@click.command("redo", cls=AllowsLeadingDash, help=N_("Redo what you last undid, or the last N."))
@click.argument("steps", metavar="[N]", required=False)
@json_option
@click.pass_context
def redo_command(context: click.Context, steps: str | None, json: bool) -> None:
    _change_steps(get_diary(context), "redone", steps, json=json)


def _change_steps(
    diary: Diary, which: Literal["undone", "redone"], steps: str | None, *, json: bool
) -> None:
    count = 1 if steps is None else whole_number(steps)
    if not 1 <= count <= MAX_STEPS:
        raise InputError(
            _("You can undo or redo 1 to {most} steps at once.").format(
                most=format_number(MAX_STEPS)
            )
        )
    changed: list[dict[str, Any]] = []
    sentences: list[str] = []
    refusal: CalmtrackError | None = None
    while len(changed) < count:
        try:
            step = diary.undo() if which == "undone" else diary.redo()
        except CalmtrackError as error:
            refusal = error
            break
        if step is None and changed:
            sentences.append(
                _("Nothing more to undo.") if which == "undone" else _("Nothing more to redo.")
            )
        else:
            sentences.append(undo_sentence(which, step, diary.practices.all(), diary.today()))
        if step is None:
            break
        changed.append(json_output.undo_step(step))
    if which == "undone" and len(changed) > 1:
        # A number can be mistyped.
        again = _('Until you change something, "{command}" brings them back.')
        sentences.append(again.format(command=f"calmtrack redo {len(changed)}"))
    if not json:
        print_lines(*map(sanitize_line, sentences))
    elif changed or refusal is None:
        print_json({which: changed})
    if refusal is not None:
        raise refusal


def _list_steps(diary: Diary, *, json: bool) -> None:
    found, records = diary.undo_steps(LISTED + 1, changed_days_only=True), diary.conflict_records()
    steps = found[:LISTED]
    if json:
        print_json(json_output.undo_list(steps, records))
        return
    today = diary.today()
    # Deleted ones, too, each with its newest name and unit.
    changed = (row for step in reversed(steps) for row in step.change or () if row is not None)
    practices = tuple({one.id: one for one in (*changed, *diary.practices.all())}.values())
    heading = _("You can undo, newest first (in brackets: when you changed it):")
    print_lines(heading if steps else _("Nothing to undo."))
    now = clock.now()
    for number, step in enumerate(steps, start=1):
        when = made_at(step, now)
        words = listed_step(step, practices, today) + (f" ({when})" if when else "")
        print_lines(sanitize_line(f"{number:>4}  {words}"))
        if step.what == RESTORE:
            message = _("Undo can't take this back.")
            print_lines(f"      {message} {diary.before_restore(step.subject)}")
    if len(found) > LISTED:
        print_lines(_('… and older ones. Run "calmtrack undo N" to undo the last N.'))
    if not records:
        return
    print_lines(
        "",
        _(
            'What an import or merge replaced or left out. Run "calmtrack undo '
            '--record N" to bring one of these records back:'
        ),
    )
    # What was logged comes before the rest days of a holiday, which are many.
    by_weight = sorted(records, key=lambda one: not getattr(one.row, "holds_log", True))
    for record in by_weight[:LISTED]:
        words = f"{record.number:>4}  {record_words(record, practices)} ({record_origin(record)})"
        print_lines(sanitize_line(words))
    if (more := len(records) - LISTED) > 0:
        line = ngettext(
            '… and {count} more. Run "calmtrack undo --list --json" to see them all.',
            '… and {count} more. Run "calmtrack undo --list --json" to see them all.',
            more,
        )
        print_lines(line.format(count=format_number(more)))


def _bring_back(diary: Diary, number: str, *, json: bool) -> None:
    brought = diary.bring_back(whole_number(number))
    record = brought.record
    if json:
        print_json({"changed": brought.is_changed, "record": json_output.conflict_record(record)})
        return
    practices = diary.practices.all()
    words = record_words(record._replace(row=brought.now), practices)
    message = _("Already in your diary: {row}.")
    if brought.is_changed:
        message = _("Brought back: {row}.")
    print_lines(sanitize_line(message.format(row=words)))
    replaced = _replaced_by_record(brought, practices)
    if replaced:
        print_lines(replaced)
    key = record.row.key if isinstance(record.row, Practice) else None
    owner = next((one for one in practices if key and one.key == key), None)
    if owner is not None and owner.id != record.key:
        print_lines(
            _("The letter {key} already logs {name}, so it wasn't brought back.").format(
                key=key, name=owner.name
            )
        )
    if brought.is_changed and not replaced:
        print_lines(_(UNDO_HINT))


def _replaced_by_record(brought: BroughtBack, practices: Sequence[Practice]) -> str:
    """The score or amount and the note that an entry or evening has replaced."""
    before, now = brought.before, brought.now
    if not isinstance(now, Entry | Evening) or before is None:
        return ""
    was, words = (row_words(row._replace(note=""), practices) for row in (before, now))
    was = "" if was == words or before._replace(note="").empty else was
    return _replaced(was, _other_than(before.note, now.note))
