"""Commands that show the diary: today, week, year, recap, trend, streaks, explain, status."""

from __future__ import annotations

from contextlib import suppress
from shlex import quote
from typing import TYPE_CHECKING

import click

from tracker.cli import completers, json_output
from tracker.cli.context import get_diary, get_location, get_today_view
from tracker.cli.output import (
    Format,
    print_done,
    print_exact,
    print_json,
    print_lines,
    print_text,
    write,
)
from tracker.cli.params import (
    STANDARD_STREAM,
    AllowsLeadingDash,
    ExplainsExtraWords,
    day_argument,
    json_option,
    output_options,
    parse_day,
    practice_or_calm,
    refuse_option,
    refuse_second_form,
    require_option,
)
from tracker.cli.quick_commands import print_status
from tracker.diary.validation import (
    period_named,
    period_or_day_named,
    week_named,
    whole_number,
)
from tracker.errors import InputError, UnrecognizedText
from tracker.files import parse_path
from tracker.i18n.date_format import format_date_to_type, format_day_of
from tracker.i18n.messages import N_, _
from tracker.models import CALM_ID
from tracker.sanitize import sanitize_line
from tracker.settings import read_settings

if TYPE_CHECKING:
    from datetime import date

    from tracker.diary.diary import Diary
    from tracker.views import DaysView, Period, RecapView


_of_option = click.option(
    "--of",
    metavar="PRACTICE",
    shell_complete=completers.practices_or_calm,
    help=N_("Show only this practice, or calm."),
)


@click.command(
    "today", cls=AllowsLeadingDash, help=N_("Show a day: your calm, and what you logged.")
)
@day_argument(N_("The day to show (default: today)."))
@output_options()
@click.pass_context
def today_command(context: click.Context, day: str | None, output: Format) -> None:
    from tracker.render.day_text import day_facts, day_table

    diary = get_diary(context)
    view = diary.day(parse_day(day, diary.today()))
    coin = diary.coin_of(view)
    write(
        output,
        view,
        text=lambda view, width: day_table(view, coin, width),
        plain=lambda view: day_facts(view, coin),
        json=lambda view: json_output.day(view) | {"coin": {"sentence": coin} if coin else None},
    )


@click.command(
    "week",
    cls=AllowsLeadingDash,
    help=N_(
        "Show this week, or the week that includes D. An evening with connection is a day on which "
        "you reached the daily goal of at least one practice."
    ),
)
@day_argument(N_("The same as D."))
@output_options()
@click.option("--markdown", is_flag=True, help=N_("Print Markdown with notes, for a journal."))
@click.pass_context
def week_command(context: click.Context, day: str | None, markdown: bool, output: Format) -> None:
    from tracker.render.week_text import week_facts, week_markdown, week_table

    refuse_second_form(output, markdown=markdown)
    diary = get_diary(context)
    today = diary.today()
    if day is not None and day.strip().isdecimal():
        message = _(
            '"{text}" can be a day of the month or the number of a week. Type a date like {date}.'
        )
        raise InputError(message.format(text=day.strip()[:40], date=format_date_to_type(today)))
    named = None if day is None else week_named(day, today)
    view = diary.week(named or parse_day(day, today))
    if markdown:
        print_exact(*week_markdown(view))
    else:
        write(output, view, text=week_table, plain=week_facts, json=json_output.week)


@click.command(
    "year",
    cls=AllowsLeadingDash,
    help=N_("Show this year, or the year YYYY: all practices together, one of them, or calm."),
)
@click.argument("words", metavar="[YYYY]", nargs=-1)
@_of_option
@output_options()
@click.pass_context
def year_command(
    context: click.Context, words: tuple[str, ...], of: str | None, output: Format
) -> None:
    from tracker.render.year_text import year_facts, year_table

    if of is not None and output is Format.JSON:
        refuse_option("--of", "--json")
    diary = get_diary(context)
    number = _parse_year(diary, " ".join(words)) if words else None
    view = diary.year(number)
    subject = _subject(diary, of, view)
    write(
        output,
        view,
        text=lambda view, width: year_table(view, subject, width),
        plain=lambda view: year_facts(view, subject),
        json=json_output.year,
    )


def _subject(diary: Diary, of: str | None, view: DaysView) -> str:
    """What a view shows: `all`, `calm` or the id of a practice. Raises InputError, for a practice
    that is in the list on none of its days."""
    from tracker.render.recap_text import period_name
    from tracker.render.year_text import ALL
    from tracker.views import MonthView

    if of is None:
        return ALL
    practice = practice_or_calm(diary, of)
    if practice is None:
        return CALM_ID
    if practice.id in (one.practice.id for one in view.practices):
        return practice.id
    if isinstance(view, MonthView):
        message, period = _("{name} isn't in your list in {month}."), period_name(view.period)
        raise InputError(message.format(name=practice.name, month=period))
    message = _("{name} isn't in your list in {year}.")
    raise InputError(message.format(name=practice.name, year=view.year))


def _parse_year(diary: Diary, text: str) -> int:
    """The year that was typed, such as 2026 or last year. Raises InputError, for a practice with
    the option that takes it."""
    with suppress(InputError):
        period = period_named(text, diary.today())
        if period.month is None:
            return period.year
    try:
        return whole_number(text)
    except InputError as error:
        typed = sanitize_line(text, 40)
        sentence = _('I don\'t recognise the year "{text}". Use one like 2026.').format(text=typed)
        with suppress(InputError):
            practice_or_calm(diary, text)
            sentence += " " + _('For one practice, or calm, run "{command}".').format(
                command=f"calmtrack year --of {quote(typed)}"
            )
        raise InputError(sentence) from error


@click.command(
    "month",
    cls=AllowsLeadingDash,
    help=N_("Show this month, or the month YYYY-MM, as a calendar: calm, or one practice."),
)
@click.argument("words", metavar="[YYYY-MM]", nargs=-1)
@_of_option
@output_options()
@click.pass_context
def month_command(
    context: click.Context, words: tuple[str, ...], of: str | None, output: Format
) -> None:
    from tracker.render.month_text import month_facts, month_table

    if of is not None and output is Format.JSON:
        refuse_option("--of", "--json")
    diary = get_diary(context)
    year, month = _parse_month(" ".join(words) if words else None, diary.today())
    view = diary.year(year).month(month)
    subject = _subject(diary, of, view)
    write(
        output,
        view,
        text=lambda view, width: month_table(view, subject, width),
        plain=lambda view: month_facts(view, subject),
        json=json_output.month,
    )


def _parse_month(text: str | None, today: date) -> tuple[int, int]:
    """The year and month that were typed, this month without a word. Raises InputError, for a year
    with the command that shows it."""
    if text is None:
        return today.year, today.month
    try:
        period = _parse_period(text, today)
    except UnrecognizedText as error:
        message = _('I don\'t recognise the month "{text}". Use one like 2026-11 or november.')
        raise InputError(message.format(text=sanitize_line(text, 40))) from error
    if period.month is None:
        raise InputError(
            _('{year} is a whole year. Use a month like 2026-11, or run "{command}".').format(
                year=period, command=f"calmtrack year {period}"
            )
        )
    return period.year, period.month


@click.command(
    "recap",
    cls=AllowsLeadingDash,
    help=N_(
        "Show this month on one page, or the month YYYY-MM, or the year YYYY.\n"
        "\n"
        "A day of rest is one on which most of your practices rest and none is done. The page "
        "includes notes that start with *. --html and --svg write a file to "
        "keep or to share; --no-notes and --quiet leave out what's private."
    ),
)
@click.argument("words", metavar="[YYYY-MM|YYYY]", nargs=-1)
@output_options()
@click.option("--markdown", is_flag=True, help=N_("Print Markdown."))
@click.option(
    *("--html", "html"),
    metavar="FILE",
    shell_complete=completers.files,
    help=N_("Write the recap to FILE as a web page (- for standard output)."),
)
@click.option(
    *("--svg", "svg"),
    metavar="FILE",
    shell_complete=completers.files,
    help=N_("Write the recap to FILE as an image (- for standard output)."),
)
@click.option("--force", is_flag=True, help=N_("Overwrite an existing file."))
@click.option(
    "--no-notes", is_flag=True, help=N_("Leave out notes, and the people named in notes.")
)
@click.option("--quiet", is_flag=True, help=N_("Leave out calm scores, and patterns."))
@click.pass_context
def recap_command(
    context: click.Context,
    words: tuple[str, ...],
    output: Format,
    markdown: bool,
    html: str | None,
    svg: str | None,
    force: bool,
    no_notes: bool,
    quiet: bool,
) -> None:
    refuse_second_form(output, markdown=markdown, html=html is not None, svg=svg is not None)
    target = svg if html is None else html
    if force and target == STANDARD_STREAM:
        refuse_option("--force", f"{'--html' if svg is None else '--svg'} {STANDARD_STREAM}")
    if force and target is None:
        require_option("--force", "--html FILE")
    diary = get_diary(context)
    quiet = quiet or read_settings().settings.quiet
    chosen = _parse_period(" ".join(words), diary.today()) if words else None
    # Patterns are scores, too, and take the longest.
    view = diary.recap(chosen, with_findings=not quiet)
    if quiet:
        view = view.without_scores()
    if no_notes:
        view = view.without_notes()
    if target is not None:
        _write_recap(diary, view, target, as_html=html is not None, force=force)
        return
    from tracker.render.recap_text import recap_facts, recap_markdown, recap_text

    if markdown:
        print_exact(*recap_markdown(view))
    else:
        write(output, view, text=recap_text, plain=recap_facts, json=json_output.recap)


def _parse_period(text: str, today: date) -> Period:
    """The month or year that was typed, 3 for March, or the month of a day such as yesterday.
    Raises InputError."""
    from tracker.views import Period

    named = period_or_day_named(text, today, month_numbers=True)
    return named if isinstance(named, Period) else Period(named.year, named.month)


def _write_recap(diary: Diary, view: RecapView, target: str, *, as_html: bool, force: bool) -> None:
    from tracker.exporters.export_file import write_text
    from tracker.render.recap_page import recap_html, recap_svg
    from tracker.render.recap_text import written_sentence

    text = recap_html(view) if as_html else recap_svg(view)
    if target == STANDARD_STREAM:
        print_text(lambda out: out.write(text), "\n")
        return
    path = parse_path(target)
    write_text(diary, path, text, force=force)
    print_done(written_sentence(view, path), whole=[path])


@click.command(
    "trend",
    cls=ExplainsExtraWords,
    help=N_("Show your calm over recent days: each evening, the trend and your usual range."),
)
@click.option("--days", metavar="N", type=int, default=28, help=N_("How many days (default: 28)."))
@output_options()
@click.pass_context
def trend_command(context: click.Context, days: int, output: Format) -> None:
    from tracker.render.calm_text import calm_facts, calm_table

    view = get_diary(context).calm(days)
    write(output, view, text=calm_table, plain=calm_facts, json=json_output.trend)


@click.command(
    "streaks",
    cls=AllowsLeadingDash,
    help=N_(
        "Show the streaks and totals of the practices in your list.\n\n"
        "Strength says how regularly you've done one lately: a day without it lowers it only a "
        "little."
    ),
)
@day_argument(N_("Show the figures up to this day (default: today)."))
@output_options()
@click.pass_context
def streaks_command(context: click.Context, day: str | None, output: Format) -> None:
    from tracker.render.practice_text import streak_facts, streaks_table

    diary = get_diary(context)
    today = diary.today()
    as_of = parse_day(day, today) or today
    views = diary.streaks(as_of)
    if not views and output is not Format.JSON:
        print_lines(_no_practices(as_of, today))
        return
    write(
        output,
        views,
        text=streaks_table,
        plain=streak_facts,
        json=lambda views: json_output.streaks(as_of, views),
    )


def _no_practices(day: date, today: date) -> str:
    """The sentence for a day on which the list has no practices."""
    from tracker.render.day_text import no_practices

    if day == today:
        return no_practices()
    message = _("Your list had no practices on {day}.")
    return message.format(day=format_day_of(day, today))


@click.command(
    "explain", cls=AllowsLeadingDash, help=N_("Explain the streak of PRACTICE, day by day.")
)
@click.argument("practice", shell_complete=completers.practices)
@day_argument(N_("Show the figures up to this day (default: today)."))
@output_options()
@click.pass_context
def explain_command(context: click.Context, practice: str, day: str | None, output: Format) -> None:
    from tracker.render.practice_text import explain_facts, explain_lines

    diary = get_diary(context)
    as_of = parse_day(day, diary.today())
    view = diary.explain(diary.practices.find(practice).id, as_of)
    write(
        output,
        view,
        text=explain_lines,
        plain=explain_facts,
        json=json_output.explanation,
    )


@click.command(
    "status",
    cls=ExplainsExtraWords,
    help=N_(
        "Print one line: calm, practices done, longest current streak in days. Streaks in weeks "
        'are left out. Until you rate tonight, it\'s "tonight is open", or "rest day" if all your '
        "practices rest."
    ),
)
@click.option("--quiet", is_flag=True, help=N_("Leave out the calm score."))
@json_option
@click.pass_context
def status_command(context: click.Context, quiet: bool, json: bool) -> None:
    location = get_location(context)
    if json:
        quiet = quiet or read_settings().settings.quiet
        print_json(json_output.status(get_today_view(location), quiet=quiet))
    else:
        print_status(location, quiet=quiet)
