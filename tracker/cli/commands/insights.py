"""What goes with calmer evenings: insights, and the coin-flip month."""

from __future__ import annotations

import click

from tracker.cli import completers, json_output
from tracker.cli.context import get_diary
from tracker.cli.output import Format, print_exact, print_json, print_lines, text_width, write
from tracker.cli.params import (
    AllowsLeadingDash,
    day_argument,
    json_option,
    output_options,
    parse_day,
    refuse_option,
)
from tracker.diary.practice_lookup import command_word
from tracker.errors import InputError
from tracker.i18n.messages import N_, _
from tracker.render.insight_text import insights_facts, insights_lines, method, method_lines


@click.command(
    "insights",
    cls=AllowsLeadingDash,
    help=N_(
        "Show what goes with your calmer evenings, and how soon you find your way back "
        "after a low one.\n\n"
        "The figures are updated every four weeks. Two things going together doesn't "
        "mean that one causes the other."
    ),
)
@day_argument(N_("Show the figures up to this day (default: today)."))
@output_options(json_help=N_("Print JSON with all numbers behind the patterns."))
@click.option("--how", is_flag=True, help=N_("Explain the method in ten sentences."))
@click.pass_context
def insights_command(context: click.Context, day: str | None, how: bool, output: Format) -> None:
    if how:
        if day is not None or output is Format.JSON:
            refuse_option("--day" if day is not None else "--json", "--how")
        print_exact(*(method() if output is Format.PLAIN else method_lines(text_width())))
        return
    diary = get_diary(context)
    view = diary.insights.view(parse_day(day, diary.today()))
    coin: tuple[str, ...] = ()
    if view.day == view.today and diary.coin_month.latest() is not None:
        coin = diary.coin_month.status_lines()
    write(
        output,
        view,
        text=lambda view, width: insights_lines(view, coin, width),
        plain=lambda view: insights_facts(view, coin),
        json=json_output.insights,
    )


@click.command(
    "coin",
    help=N_(
        "Start a coin-flip month for PRACTICE, or show how it's going.\n\n"
        "For 28 days, a coin flip each evening decides whether to aim for it the next day. "
        "Because only the coin chooses the days, comparing them afterwards can tell you more "
        "than a pattern in your diary."
    ),
)
@click.argument("practice", required=False, shell_complete=completers.practices)
@click.option("--stop", "is_stop", is_flag=True, help=N_("Stop the coin-flip month today."))
@click.option(
    "--go-on",
    "is_go_on",
    is_flag=True,
    help=N_(
        "Continue the coin-flip month for another four weeks, if its result isn't clear. Works "
        "until the day after it ends."
    ),
)
@json_option
@click.pass_context
def coin_command(
    context: click.Context, practice: str | None, is_stop: bool, is_go_on: bool, json: bool
) -> None:
    diary = get_diary(context)
    if (practice is not None) + is_stop + is_go_on > 1:
        raise InputError(_("Use a practice, --stop or --go-on, but only one of them."))
    if practice is not None:
        diary.coin_month.begin(diary.practices.find(practice).id)
    elif is_stop:
        diary.coin_month.stop()
        if not json:
            print_lines(_("The coin-flip month is stopped. Everything you logged stays."))
    elif is_go_on:
        diary.coin_month.go_on()
    lines, month = diary.coin_month.status_lines(), diary.coin_month.latest()
    earlier = diary.coin_month.earlier_results()
    if json:
        # On its last day, it can't be stopped any more, but still has a coin.
        is_active = diary.coin_month.active() is not None or bool(diary.coin_month.today())
        print_json(json_output.coin(lines, month, earlier, is_active=is_active))
        return
    print_lines(*lines, *(sentence for _month, sentence in earlier))
    diary.coin_month.set_result_read()
    example = next(iter(diary.coin_month.candidates()), None)
    if month is None and example is not None:
        print_lines(
            _('To start a coin-flip month tomorrow, run "calmtrack coin {practice}".').format(
                practice=command_word(example, diary.practices.all())
            )
        )
