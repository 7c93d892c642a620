"""Commands that read the diary like a book: journal, search, on-this-day."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import click

from tracker.cli import completers, json_output
from tracker.cli.context import get_diary
from tracker.cli.output import Format, print_exact, print_lines, write
from tracker.cli.params import (
    AllowsLeadingDash,
    ExplainsExtraWords,
    output_options,
    parse_range,
    range_options,
    refuse_option,
    refuse_second_form,
)
from tracker.diary.journal import EVERYTHING, HIGH_CALM, LOW_CALM
from tracker.diary.validation import period_or_day_named, week_named
from tracker.errors import InputError
from tracker.i18n.date_format import format_day, format_range
from tracker.i18n.messages import N_, _
from tracker.render.journal_text import (
    journal_facts,
    journal_lines,
    journal_markdown,
    on_this_day_facts,
    on_this_day_lines,
    search_facts,
    search_lines,
)
from tracker.rules.days import week_of
from tracker.rules.mentions import find_mentions, find_tags
from tracker.rules.search import split_query
from tracker.sanitize import sanitize_line
from tracker.settings import read_settings
from tracker.views import JournalFilter

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

DAYS_WITHOUT_FILTER = 28
"""Days shown without `--from` and without a filter."""


_between = range_options(N_("The first day."), N_("The last day."))


@click.command(
    "journal",
    cls=AllowsLeadingDash,
    help=N_(
        "Show your evenings with their notes, newest first.\n\n"
        "PERIOD is a month, a year or a day, such as november, 2026-11, 2026 or yesterday. "
        "Without one, without --from and without a filter, it shows four weeks."
    ),
)
@click.argument("words", metavar="[PERIOD]", nargs=-1)
@_between
@click.option(
    "--person",
    metavar="NAME",
    shell_complete=completers.people,
    help=N_("Only evenings that mention @NAME."),
)
@click.option(
    "--practice",
    metavar="PRACTICE",
    shell_complete=completers.every_practice,
    help=N_("Only evenings with this practice."),
)
@click.option("--word", metavar="WORD", help=N_("Only evenings with #WORD in a note."))
@click.option("--low", is_flag=True, help=N_("Only low evenings: calm 0 to 3."))
@click.option("--high", is_flag=True, help=N_("Only high evenings: calm 7 to 10."))
@click.option("--notes", is_flag=True, help=N_("Only evenings with a note."))
@output_options()
@click.option("--markdown", is_flag=True, help=N_("Print Markdown."))
@click.pass_context
def journal_command(
    context: click.Context,
    words: tuple[str, ...],
    first: str | None,
    last: str | None,
    person: str | None,
    practice: str | None,
    word: str | None,
    low: bool,
    high: bool,
    notes: bool,
    markdown: bool,
    output: Format,
) -> None:
    if low and high:
        refuse_option("--low", "--high")
    refuse_second_form(output, markdown=markdown)
    diary = get_diary(context)
    wanted = JournalFilter(
        practice_id="" if practice is None else diary.practices.find(practice).id,
        person=_without_sign("--person", person, "@"),
        word=_without_sign("--word", word, "#"),
        calm=LOW_CALM if low else HIGH_CALM if high else None,
        has_note=notes,
    )
    today = diary.today()
    if not words:
        start, typed_end = parse_range(first, last, today)
        end = typed_end or max(today, start or today)
        ahead = "" if start is None or start <= today else format_day(start, year=True)
    elif first is None and last is None:
        start, end, name = _period(diary, " ".join(words))
        ahead = name if start > today else ""
    else:
        raise InputError(_("Give either a month, year or day, or --from and --to, but not both."))
    is_shortened = start is None and wanted == EVERYTHING
    if is_shortened:
        start = end - timedelta(days=DAYS_WITHOUT_FILTER - 1)
    evenings = diary.journal.evenings(wanted, start, end)
    if markdown:
        print_exact(*journal_markdown(evenings))
        return
    if not evenings and output is not Format.JSON:
        days = _days_phrase(start, end if start or last else None)
        is_open = first is None and not words
        print_lines(_nothing_found(days, ahead, has_filter=wanted != EVERYTHING, is_open=is_open))
        return
    write(output, evenings, text=journal_lines, plain=journal_facts, json=json_output.journal)
    if is_shortened and output is not Format.JSON:
        before = end - timedelta(days=DAYS_WITHOUT_FILTER)
        if diary.journal.window(last=before, most=1).evenings:
            print_lines(
                "", _("There are older evenings. To see them, add a month, a year or --from.")
            )


def _nothing_found(days: str, ahead: str, *, has_filter: bool, is_open: bool) -> str:
    """Why no evening is listed: `days` are those searched, and `ahead` names a period that is yet
    to come; `is_open` without a first day that was asked for."""
    if ahead:
        return _("{period} is still ahead.").format(period=ahead)
    if has_filter:
        return _("There are no such evenings {days}.").format(days=days)
    sentence = _("There's nothing in your diary {days}.").format(days=days)
    if not is_open:
        return sentence
    return f"{sentence} " + _("For earlier days, add --from, for example --from 2026-01-01.")


def _period(diary: Diary, text: str) -> tuple[date, date, str]:
    """The first and the last day, up to today, of a typed week, month, year or day, and its name.
    Raises InputError."""
    from tracker.render.recap_text import period_name
    from tracker.views import Period

    today = diary.today()
    if (day := week_named(text, today)) is not None:
        first = week_of(day, diary.settings().week_starts_on)
        last = first + timedelta(days=6)
        return first, max(first, min(last, today)), format_range(first, last, "–")
    period = period_or_day_named(text, today)
    if not isinstance(period, Period):
        return period, period, format_day(period, year=True)
    return period.first, max(period.first, min(period.last, today)), period_name(period)


def _days_phrase(first: date | None, last: date | None) -> str:
    """The days from one to another, each of which can be open, as they end a sentence."""
    if first == last:
        message = _("in your diary") if first is None else _("on {first}")
    elif first is None:
        message = _("up to {last}")
    elif last is None:
        message = _("from {first} on")
    else:
        message = _("from {first} to {last}")
    names = ("" if day is None else format_day(day, year=True) for day in (first, last))
    return message.format(**dict(zip(("first", "last"), names, strict=True)))


def _without_sign(option: str, value: str | None, sign: Literal["@", "#"]) -> str:
    """A name or word without the sign it has in notes. Raises InputError for an empty one, and for
    one that no note can have."""
    if value is None:
        return ""
    text = value.strip().removeprefix(sign)
    if not text:
        raise InputError(_("Write a name or a word after {option}.").format(option=option))
    found = (find_mentions if sign == "@" else find_tags)(f"{sign}{text}")
    if not found:
        raise InputError(
            _(
                'No note can have "{typed}" as a name or a word: both begin with a letter, and end '
                "before the next space or point."
            ).format(typed=f"{sign}{text}")
        )
    if len(found[0]) < len(unicodedata.normalize("NFC", text)):
        raise InputError(
            _(
                'In a note, "{typed}" is {name}: it ends before the next space or point. Use '
                "hyphens to have more in it, such as {sign}Anna-Maria."
            ).format(typed=f"{sign}{text}", name=f"{sign}{found[0]}", sign=sign)
        )
    return text


@click.command(
    "search",
    cls=AllowsLeadingDash,
    help=N_(
        "Find evenings whose notes contain all of these words.\n\n"
        "Case and accents don't matter, and the name of a practice counts as part of its note. "
        "To search for a phrase, or for a whole word, add quotation marks: '\"long walk\"', "
        "'\"spring\"'. "
        "Evenings with all the words in one note come first. A season, month or year, such as "
        "spring (March to May), april or 2026, finds the evenings of that time."
    ),
)
@click.argument("words", metavar="TEXT...", nargs=-1, required=True)
@_between
@output_options()
@click.pass_context
def search_command(
    context: click.Context,
    words: tuple[str, ...],
    first: str | None,
    last: str | None,
    output: Format,
) -> None:
    query = " ".join(words)
    if not split_query(query):
        raise InputError(_("What would you like to find? Write one or more words."))
    diary = get_diary(context)
    days = parse_range(first, last, diary.today())
    found = diary.journal.search(query, *days)
    if not found.evenings and days != (None, None) and output is not Format.JSON:
        nothing = _('Nothing {days} matches "{text}".')
        text = sanitize_line(query, 60)
        print_lines(nothing.format(days=_days_phrase(*days), text=text))
        return
    write(
        output,
        found,
        text=lambda found, width: search_lines(query, found, width),
        plain=lambda found: search_facts(query, found),
        json=lambda found: json_output.search(query, found),
    )


@click.command(
    "on-this-day",
    cls=ExplainsExtraWords,
    help=N_(
        "Show what you wrote a week ago, a month ago, and on this day in earlier "
        "years.\n"
        "\n"
        'Low evenings (calm 0 to 3) stay out. "calmtrack config low_on_this_day true" '
        "shows them, too."
    ),
)
@output_options()
@click.pass_context
def on_this_day_command(context: click.Context, output: Format) -> None:
    diary = get_diary(context)
    with_low = read_settings().settings.low_on_this_day
    past = diary.journal.on_this_day(with_low=with_low)
    if not past and output is not Format.JSON:
        print_lines(
            _("There's nothing from a week, a month or years ago today. Try again another day.")
            if with_low
            else _(
                "There's nothing to show from a week, a month or years ago today. Low evenings "
                "(calm 0 to 3) stay out. Try again another day."
            )
        )
        return
    write(
        output,
        past,
        text=on_this_day_lines,
        plain=on_this_day_facts,
        json=lambda past: json_output.on_this_day(diary.today(), past),
    )
