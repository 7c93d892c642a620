"""Logging: a practice, how calm a day was, and clearing either."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli import completers
from tracker.cli.context import get_diary, parse_day, read_note
from tracker.cli.negative_numbers import AllowsNegativeNumbers
from tracker.cli.output import print_lines
from tracker.errors import InputError
from tracker.i18n.messages import say
from tracker.models import CALM_ID

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.models import Practice


@click.command("log", cls=AllowsNegativeNumbers)
@click.argument("practice", shell_complete=completers.practices)
@click.argument("amount", required=False)
@click.option(
    "--day",
    metavar="D",
    shell_complete=completers.days,
    help="today, yesterday, -3, a weekday or YYYY-MM-DD.",
)
@click.option("--note", metavar="T", help="A note; - reads it from standard input.")
@click.option("--no", "is_no", is_flag=True, help="An explicit no.")
@click.pass_context
def log_command(
    context: click.Context,
    practice: str,
    amount: str | None,
    day: str | None,
    note: str | None,
    is_no: bool,
) -> None:
    """Log PRACTICE: one press, or the day's amount becomes AMOUNT, or grows by +N."""
    if amount is not None and is_no:
        raise InputError(say("check.no_and_amount"))
    diary = get_diary(context)
    one = _practice(diary, practice)
    when = parse_day(day, diary.today())
    text = read_note(note)
    if is_no:
        diary.log(one.id, when, amount=0, note=text)
    elif amount is None:
        diary.log(one.id, when, note=text)
    else:
        _log_amount(diary, one.id, amount, when, text)
    print_lines(_told(diary, one.id, when))


def _practice(diary: Diary, text: str) -> Practice:
    try:
        return diary.practices.find(text)
    except InputError as error:
        if text.strip().casefold() == CALM_ID:
            raise InputError(say("cli.calm_is_rated")) from error
        raise


def _log_amount(
    diary: Diary, practice_id: str, amount: str, when: date | None, note: str | None
) -> None:
    from tracker.diary.validation import whole_number

    number = whole_number(amount)
    if amount.strip().startswith("+"):
        if number == 0:
            # Nothing more of nothing would be written down as an explicit no.
            raise InputError(say("cli.nothing_more"))
        diary.log(practice_id, when, more=number, note=note)
    else:
        diary.log(practice_id, when, amount=number, note=note)


def _told(diary: Diary, practice_id: str, when: date | None) -> str:
    """What stands in the diary now: "Hug, Monday 23 November: 2 times. 13 days."."""
    from tracker.render.symbols import amount_words, streak_words
    from tracker.sanitize import sanitize_line

    view = diary.day(when)
    row = next(row for row in view.practices if row.practice.id == practice_id)
    name = sanitize_line(row.practice.name, 60)
    subject = _on_day(name, view.day, view.today)
    amount = amount_words(row.practice, row.state, row.amount, row.target)
    sentence = say("keys.logged", name=subject, amount=amount or say(f"cell.{row.state}"))
    streak = streak_words(row)
    return f"{sentence} {streak}." if streak else sentence


def _on_day(subject: str, day: date, today: date) -> str:
    """What it is about, with its day where that is not today, and its year not this one."""
    from tracker.i18n.dates import format_day

    if day == today:
        return subject
    return say("cli.on_day", subject=subject, day=format_day(day, year=day.year != today.year))


@click.command("calm", cls=AllowsNegativeNumbers)
@click.argument("score")
@click.option(
    "--day",
    metavar="D",
    shell_complete=completers.days,
    help="today, yesterday, -3, a weekday or YYYY-MM-DD.",
)
@click.option("--note", metavar="T", help="A note; - reads it from standard input.")
@click.pass_context
def calm_command(context: click.Context, score: str, day: str | None, note: str | None) -> None:
    """Rate how calm a day was: SCORE is 0 (not at all calm) to 10 (completely calm)."""

    diary = get_diary(context)
    today = diary.today()
    when = parse_day(day, today) or today
    number = _score(score)
    diary.rate(number, when, note=read_note(note))
    words = say(f"calm.at_{number}") if number in (0, 5, 10) else ""
    told = say("calm.of_ten", score=number) + (f", {words}" if words else "")
    print_lines(say("keys.logged", name=_on_day(say("keys.calm"), when, today), amount=told))
    if number <= 3:
        print_lines(say("keys.low_calm"))
    elif when == today:
        print_lines(say("tonight.done"))
    if when == today and (coin := diary.coin_month.tomorrow()):
        print_lines(coin)
    if gentle := diary.support.gentle_message(when):
        print_lines("", gentle)


def _score(text: str) -> int:
    from tracker.diary.validation import whole_number
    from tracker.sanitize import sanitize_line

    try:
        return whole_number(text)
    except InputError as error:
        raise InputError(say("check.score", score=sanitize_line(text, 40))) from error


@click.command("clear")
@click.argument("what", metavar="PRACTICE|calm", shell_complete=completers.practices_or_calm)
@click.option(
    "--day",
    metavar="D",
    shell_complete=completers.days,
    help="today, yesterday, -3, a weekday or YYYY-MM-DD.",
)
@click.pass_context
def clear_command(context: click.Context, what: str, day: str | None) -> None:
    """Clear what was logged for a practice, or the calm rating; the note stays."""
    from tracker.sanitize import sanitize_line

    diary = get_diary(context)
    today = diary.today()
    when = parse_day(day, today) or today
    if what.strip().casefold() == CALM_ID:
        diary.clear(CALM_ID, when)
        subject = say("keys.calm")
    else:
        practice = diary.practices.find(what)
        diary.clear(practice.id, when)
        subject = sanitize_line(practice.name, 60)
    print_lines(say("keys.cleared", name=_on_day(subject, when, today)))
