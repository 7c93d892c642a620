"""Files out and in."""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO, cast

import click

from tracker.cli import completers
from tracker.cli.context import get_diary, parse_day
from tracker.cli.output import print_lines
from tracker.cli.progress import progress_line
from tracker.errors import InputError
from tracker.i18n.messages import format_number, plural_key, say
from tracker.importers import trackers
from tracker.location import parse_path
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

TO_STANDARD = "-"


@click.command("export")
@click.option(
    "-o",
    "target",
    metavar="FILE",
    shell_complete=completers.files,
    default=TO_STANDARD,
    help="Where to; - is standard output.",
)
@click.option("--force", is_flag=True, help="Write over an existing file.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["csv", "json", "loop"]),
    default="csv",
    help="csv: what was logged. json: all of the diary. loop: a zip as Loop Habit Tracker's.",
)
@click.option(
    "--layout",
    type=click.Choice(["entries", "days"]),
    default="entries",
    help="A row per entry (lossless), or per day (for spreadsheets).",
)
@click.option("--from", "first", metavar="D", shell_complete=completers.days, help="The first day.")
@click.option("--to", "last", metavar="D", shell_complete=completers.days, help="The last day.")
@click.option("--excel", is_flag=True, help="With a byte order mark, everything quoted.")
@click.option("--raw", is_flag=True, help="Text as typed, not guarded against formulas.")
@click.option("--delimiter", default=",", metavar="C", help="Between the cells.")
@click.pass_context
def export_command(
    context: click.Context,
    target: str,
    force: bool,
    kind: Literal["csv", "json", "loop"],
    layout: Literal["entries", "days"],
    first: str | None,
    last: str | None,
    excel: bool,
    raw: bool,
    delimiter: str,
) -> None:
    """Write the diary as CSV, as JSON with everything in it, or for Loop Habit Tracker. It is
    plain text: whoever can open it can read it."""
    from tracker.exporters.csv_export import CsvOptions, export_csv, write_csv

    diary = get_diary(context)
    if kind != "csv":
        _refuse_of_csv(context, kind)
        (_export_json if kind == "json" else _export_loop)(diary, target, force=force)
        return
    today = diary.today()
    options = CsvOptions(
        layout=layout,
        first=parse_day(first, today),
        last=parse_day(last, today),
        excel=excel,
        raw=raw,
        delimiter=delimiter,
    )
    if target == TO_STANDARD:
        _to_standard_output(lambda out: write_csv(diary, out, options), "\r\n")
        return
    path = parse_path(target)
    with progress_line():
        rows = export_csv(diary, path, options, force=force)
    _tell_written(rows, path)


def _tell_written(rows: int, path: Path) -> None:
    print_lines(say(plural_key("export.wrote", rows), rows=format_number(rows), path=path))


def _refuse_of_csv(context: click.Context, kind: str) -> None:
    """The other formats hold the whole diary, and nothing that parts a CSV can part them."""
    for name in ("layout", "first", "last", "excel", "raw", "delimiter"):
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            option = next(one.opts[0] for one in context.command.params if one.name == name)
            raise InputError(say("export.csv_only", option=option, format=kind))


def _export_json(diary: Diary, target: str, *, force: bool) -> None:
    from tracker.exporters.json_export import export_json, write_json

    if target == TO_STANDARD:
        _to_standard_output(lambda out: write_json(diary, out), "\n")
        return
    path = parse_path(target)
    with progress_line():
        rows = export_json(diary, path, force=force)
    _tell_written(rows, path)


def _export_loop(diary: Diary, target: str, *, force: bool) -> None:
    from tracker.exporters.loop_export import export_loop, write_loop

    if target != TO_STANDARD:
        path = parse_path(target)
        with progress_line():
            rows = export_loop(diary, path, force=force)
        _tell_written(rows, path)
    elif sys.stdout is not None:
        if sys.stdout.isatty():
            raise InputError(say("export.no_zip_here"))
        write_loop(diary, sys.stdout.buffer)


def _to_standard_output(write: Callable[[TextIO], object], line_end: str) -> None:
    """Exact bytes to a file or pipe; to a terminal only what it can't be steered by."""
    if sys.stdout is None:
        return
    if sys.stdout.isatty():
        text = io.StringIO(newline="")
        write(text)
        print_lines(*text.getvalue().split(line_end)[:-1])
        return
    # A text file around the bytes would close them when a broken pipe unwinds it.
    out = codecs.getwriter("utf-8")(sys.stdout.buffer)
    write(cast("TextIO", out))


SOURCES = ("auto", "calmtrack", *trackers.sources())


@click.command("import", epilog=f"TRACKER: {', '.join(SOURCES)}")
@click.argument("path", metavar="FILE|FOLDER", shell_complete=completers.files)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.option(
    "--source",
    metavar="TRACKER",
    type=click.Choice(SOURCES),
    default="auto",
    help="What wrote it, where that can't be told.",
)
@click.option(
    "--map",
    "named",
    multiple=True,
    metavar="HABIT=PRACTICE",
    help="Which of your practices, or calm, a habit of the file is.",
)
@click.option(
    "--moods",
    metavar="FILE",
    shell_complete=completers.files,
    help="Calm scores of moods, a line each: sad = 3.",
)
@click.option("--activities", is_flag=True, help="Make a practice of each activity.")
@click.option(
    "--prefer",
    type=click.Choice(["newest", "file", "diary"]),
    default="newest",
    help="Whose day stays where both have one.",
)
@click.pass_context
def import_command(
    context: click.Context,
    path: str,
    dry_run: bool,
    source: str,
    named: tuple[str, ...],
    moods: str | None,
    activities: bool,
    prefer: Literal["newest", "file", "diary"],
) -> None:
    """Read a file of calmtrack or of another tracker into the diary: all of it, or nothing."""
    from tracker.importers.habit_importer import ImportChoices
    from tracker.importers.import_file import ImportOptions, import_file
    from tracker.importers.import_report import summary_lines
    from tracker.importers.trackers.daylio import read_moods

    wishes = ImportChoices(
        dict(map(_mapped, named)), read_moods(parse_path(moods)) if moods else {}, activities
    )
    options = ImportOptions(None if source == "auto" else source, wishes, prefer, dry_run)
    chosen = Path(path) if path == TO_STANDARD else parse_path(path)
    diary = get_diary(context)
    if not dry_run:
        # Of the diary as it is: what an import brings can be a lot.
        diary.maintenance.back_up_daily()
    with progress_line():
        report = import_file(diary, chosen, options)
    print_lines(*(sanitize_line(sentence, 2_000) for sentence in report.said))
    print_lines(*summary_lines(report, dry_run=dry_run))


def _mapped(text: str) -> tuple[str, str]:
    habit, equals, practice = text.rpartition("=")
    if not equals or not habit.strip() or not practice.strip():
        raise InputError(say("other.map_form"))
    return habit.strip(), practice.strip()
