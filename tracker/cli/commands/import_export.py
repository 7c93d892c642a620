"""Commands that write the diary to a file and read files into it: export, import, merge."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import click

from tracker.cli import completers, json_output
from tracker.cli.context import get_diary, location_named
from tracker.cli.output import (
    UNDO_HINT,
    output_bytes,
    print_done,
    print_json,
    print_lines,
    print_merged,
    print_text,
    progress_line,
)
from tracker.cli.params import (
    STANDARD_STREAM,
    ExplainsExtraWords,
    json_option,
    parse_range,
    range_options,
    refuse_option,
    require_option,
)
from tracker.errors import InputError
from tracker.files import parse_path, without_file_url
from tracker.i18n.messages import N_, _
from tracker.importers import trackers
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.exporters.csv_export import CsvOptions


@click.command(
    "export",
    cls=ExplainsExtraWords,
    help=N_(
        "Export the diary as CSV, as JSON with everything in it, or for Loop Habit "
        "Tracker. The file isn't encrypted: anyone who can open it can read it."
    ),
)
@click.option(
    "-o",
    "target",
    metavar="FILE",
    shell_complete=completers.files,
    default=STANDARD_STREAM,
    help=N_("The file to write, or - for standard output."),
)
@click.option("--force", is_flag=True, help=N_("Overwrite an existing file."))
@click.option(
    "--format",
    "kind",
    type=click.Choice(["csv", "json", "loop"]),
    help=N_(
        "csv: what you logged. json: the whole diary. loop: a zip for Loop Habit Tracker. "
        "Without it: json for a FILE that ends in .json, else csv."
    ),
)
@click.option(
    "--layout",
    type=click.Choice(["entries", "days"]),
    default="entries",
    help=N_(
        "One row per entry or, for spreadsheets, per day. Its headings are English words and ids "
        "of practices in every language. Both can be imported again."
    ),
)
@range_options(N_("The first day to export."), N_("The last day to export."))
@click.option(
    "--excel", is_flag=True, help=N_("For Excel: keeps accents intact and quotes every cell.")
)
@click.option(
    "--raw",
    is_flag=True,
    help=N_(
        'Write text exactly as typed. Its columns are then named "note (raw)" and the like, by '
        "which an import recognises it. A spreadsheet may run such text as a formula."
    ),
)
@click.option(
    "--delimiter",
    metavar="C",
    help=N_(
        "The character between cells: a comma, in a file whose name ends in .tsv a tab, or with "
        "--excel a semicolon if your language needs it."
    ),
)
@click.option("--no-notes", is_flag=True, help=N_("Leave out notes."))
@click.pass_context
def export_command(
    context: click.Context,
    target: str,
    force: bool,
    kind: Literal["csv", "json", "loop"] | None,
    layout: Literal["entries", "days"],
    first: str | None,
    last: str | None,
    excel: bool,
    raw: bool,
    delimiter: str | None,
    no_notes: bool,
) -> None:
    from tracker.exporters.csv_export import CsvOptions, write_csv
    from tracker.exporters.export_file import check_ending
    from tracker.exporters.json_export import write_json
    from tracker.render.entry_text import exported_sentence, missing_in_csv

    diary = get_diary(context)
    if kind is None:
        kind = "json" if target.lower().endswith(".json") else "csv"
    if kind != "csv":
        _refuse_csv_options(context, kind)
    start, end = parse_range(first, last, diary.today())
    options = CsvOptions(
        layout=layout,
        first=start,
        last=end,
        excel=excel,
        raw=raw,
        delimiter=delimiter,
        no_notes=no_notes,
    )
    if target == STANDARD_STREAM:
        if force:
            _refuse_force(context)
        if kind == "csv":
            print_text(lambda out: write_csv(diary, out, options), "\r\n")
        elif kind == "json":
            print_text(lambda out: write_json(diary, out), "\n")
        else:
            _write_zip(diary)
        return
    path = parse_path(target)
    check_ending(path, kind)
    with progress_line():
        rows = _write_file(diary, kind, path, options, force=force)
    lines = [exported_sentence(rows, path, by_day=kind == "csv" and layout == "days")]
    if kind == "csv" and first is last is None:
        lines.append(f"{missing_in_csv(layout)} " + _("For a complete copy, use --format json."))
    print_done(*lines, whole=[path])


def _refuse_force(context: click.Context) -> NoReturn:
    """Raises InputError for --force where nothing is overwritten: on standard output, which is the
    default."""
    if context.get_parameter_source("target") is click.core.ParameterSource.COMMANDLINE:
        refuse_option("--force", f"-o {STANDARD_STREAM}")
    require_option("--force", "-o")


def _write_file(diary: Diary, kind: str, path: Path, options: CsvOptions, *, force: bool) -> int:
    """Writes the diary in a format; returns the number of entries, or of days."""
    from tracker.exporters.csv_export import export_csv
    from tracker.exporters.json_export import export_json
    from tracker.exporters.loop_export import export_loop

    if kind == "csv":
        return export_csv(diary, path, options, force=force)
    if kind == "json":
        return export_json(diary, path, force=force).entries
    return export_loop(diary, path, force=force)


def _refuse_csv_options(context: click.Context, kind: str) -> None:
    """Raises InputError for an option that has no effect on the other formats."""
    for name in ("layout", "first", "last", "excel", "raw", "delimiter", "no_notes"):
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            option = next(one.opts[0] for one in context.command.params if one.name == name)
            raise InputError(
                _(
                    "{option} only works with --format csv. --format {format} always "
                    "exports the whole diary."
                ).format(option=option, format=kind)
            )


def _write_zip(diary: Diary) -> None:
    from tracker.exporters.loop_export import write_loop

    if sys.stdout is None:
        return
    if sys.stdout.isatty():
        raise InputError(_("A zip can't be shown in a terminal. Choose a file with -o."))
    write_loop(diary, output_bytes())


SOURCES = ("auto", "calmtrack", *trackers.sources())


@click.command(
    "import",
    epilog=f"TRACKER: {', '.join(SOURCES)}",
    help=N_(
        "Import from calmtrack or from another tracker.\n\n"
        'If something goes wrong, nothing is imported. "calmtrack undo" undoes an import.'
    ),
)
@click.argument("path", metavar="FILE|FOLDER", shell_complete=completers.files)
@click.option("--dry-run", is_flag=True, help=N_("Show what would happen, but change nothing."))
@click.option(
    "--source",
    metavar="TRACKER",
    type=click.Choice(SOURCES),
    default="auto",
    help=N_("The tracker it's from, if calmtrack can't tell."),
)
@click.option(
    "--map",
    "named",
    multiple=True,
    metavar="HABIT=PRACTICE",
    help=N_("Import a habit as one of your practices, or a table's column as calm or note."),
)
@click.option(
    "--new",
    "new_names",
    multiple=True,
    metavar="HABIT=NAME",
    help=N_("Import a habit as a new practice with this name."),
)
@click.option(
    "--skip",
    "left_out",
    multiple=True,
    metavar="HABIT",
    help=N_("Leave out a habit, activity or column."),
)
@click.option(
    "--moods",
    metavar="FILE",
    shell_complete=completers.files,
    help=N_("A file with the calm score of each mood, one per line: sad = 3."),
)
@click.option(
    "--date-format",
    metavar="FORMAT",
    help=N_("The date format of a table, like DD/MM/YYYY, if calmtrack can't tell."),
)
@click.option(
    "--scale",
    type=click.IntRange(2, 1000),
    metavar="N",
    help=N_(
        "The highest score in a table's calm column. Below 10, each score becomes the middle of "
        "its part of 0 to 10: of 1 to 5, 5 becomes 9."
    ),
)
@click.option("--activities", is_flag=True, help=N_("Import each activity as a practice."))
@click.option(
    "--prefer",
    type=click.Choice(["newest", "file", "diary"]),
    default="newest",
    help=N_("Which entry to keep when the file and the diary both have one for a day."),
)
@json_option
@click.pass_context
def import_command(
    context: click.Context,
    path: str,
    dry_run: bool,
    source: str,
    named: tuple[str, ...],
    new_names: tuple[str, ...],
    left_out: tuple[str, ...],
    moods: str | None,
    date_format: str | None,
    scale: int | None,
    activities: bool,
    prefer: Literal["newest", "file", "diary"],
    json: bool,
) -> None:
    from tracker.importers.habit_importer import ImportChoices
    from tracker.importers.import_file import ImportOptions, import_file
    from tracker.importers.import_report import summary_lines
    from tracker.importers.trackers.daylio import read_moods

    choices = ImportChoices(
        named=dict(
            _parse_mapping(text, "--map", "HABIT=PRACTICE", "Meditate=softening") for text in named
        ),
        new_names=dict(
            _parse_mapping(text, "--new", "HABIT=NAME", "Sport=Running") for text in new_names
        ),
        left_out=frozenset(left_out),
        moods={} if moods is None else read_moods(parse_path(moods)),
        activities=activities,
        date_format=date_format,
        scale=scale,
    )
    _refuse_second_choice({"--skip": left_out, "--map": named, "--new": new_names})
    options = ImportOptions(None if source == "auto" else source, choices, prefer, dry_run)
    chosen = Path(path) if path == STANDARD_STREAM else parse_path(without_file_url(path))
    diary = get_diary(context)
    if not dry_run:
        # Before the import, which may change many days.
        diary.maintenance.back_up_daily()
    with progress_line():
        report = import_file(diary, chosen, options)
    if json:
        source_found = {"source": report.file_info.source}
        print_json(source_found | json_output.imported(report, dry_run=dry_run))
        return
    sentences = report.sentences(dry_run=dry_run)
    print_lines(*(sanitize_line(sentence, 2_000) for sentence in sentences))
    if None in report.file_info.moods.values():
        print_lines(_("To give these moods a calm score, use --moods FILE."))
    print_lines(" ".join(summary_lines(report, dry_run=dry_run)))
    if not dry_run and (report.added or report.changed):
        print_lines(_(UNDO_HINT))
    if report.lost and report.can_prefer and prefer == "newest":
        print_lines(_("To use the file's entries instead, add --prefer file."))


def _parse_mapping(text: str, option: str, form: str, example: str) -> tuple[str, str]:
    habit, equals, practice = text.rpartition("=")
    if not equals or not habit.strip() or not practice.strip():
        raise InputError(
            _('{option} takes {form}, like "{example}".').format(
                option=option, form=form, example=example
            )
        )
    return habit.strip(), practice.strip()


def _refuse_second_choice(texts_by_option: Mapping[str, Iterable[str]]) -> None:
    """Raises InputError for a habit that is named twice, in one of the options or in two."""
    given: dict[str, str] = {}
    for option, texts in texts_by_option.items():
        for text in texts:
            habit = text if option == "--skip" else text.rpartition("=")[0]
            key, words = habit.strip().casefold(), f'{option} "{text}"'
            if key in given:
                refuse_option(words, given[key])
            given[key] = words


@click.command(
    "merge",
    help=N_(
        "Merge OTHER into this diary. OTHER is a diary file, a database URL or a JSON export."
        "\n\n"
        "Where both have an entry for a day, which is its score or amount with its note, the later "
        "change wins: also a rest day that was set or removed later. OTHER isn't changed. To make "
        "both diaries the same, merge both ways."
    ),
)
@click.argument("other", metavar="OTHER", shell_complete=completers.files)
@click.option("--dry-run", is_flag=True, help=N_("Show what would happen, but change nothing."))
@json_option
@click.pass_context
def merge_command(context: click.Context, other: str, dry_run: bool, json: bool) -> None:
    from tracker.importers.merge import merge

    diary = get_diary(context)
    location = location_named(other, check_folder=False)
    if not dry_run:
        diary.maintenance.back_up_daily()
    with progress_line():
        report = merge(diary, location, dry_run=dry_run)
    if json:
        print_json(json_output.imported(report, dry_run=dry_run))
        return
    message = _(
        "Merged {path}. Entries added: {added}; updated: {changed}; left as they are in your "
        "diary: {stayed}."
    )
    if dry_run:
        message = _(
            "Dry run of merging {path}. Entries to add: {added}; to update: {changed}; to leave as "
            "they are in your diary: {stayed}."
        )
    print_merged(report, message, sanitize_line(location.label), dry_run=dry_run)
