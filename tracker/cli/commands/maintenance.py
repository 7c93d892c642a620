"""Commands that maintain the diary: backup, restore, doctor, forget, erase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import completers
from tracker.cli.context import get_diary
from tracker.cli.output import print_lines, progress_line
from tracker.cli.params import confirm, parse_day
from tracker.errors import InputError
from tracker.files import parse_path, refuse_special
from tracker.i18n.messages import N_, _, format_number, ngettext
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


@click.command(
    "backup",
    help=N_(
        "Copy the diary, verified, to FILE; without it list the backups there are.\n\n"
        "Of a diary in a database server FILE becomes an export in JSON."
    ),
)
@click.argument("target", metavar="[FILE]", required=False, shell_complete=completers.files)
@click.pass_context
def backup_command(context: click.Context, target: str | None) -> None:
    from tracker.i18n.dates import format_day

    diary = get_diary(context)
    if target is None:
        diary.maintenance.back_up_daily()
        backups = diary.maintenance.backups()
        print_lines(*(f"{format_day(one.day, year=True)}  {one.path}" for one in backups))
        if not backups:
            print_lines(_("No backups yet; the first is made with the first change of a day."))
    elif diary.location.path is None:
        _export(diary, parse_path(target))
    else:
        path = parse_path(target)
        diary.maintenance.back_up_to(path)
        print_lines(_("Copied the diary to {path}, and checked the copy.").format(path=path))


def _export(diary: Diary, path: Path) -> None:
    """The backup of a diary in a database server."""
    from tracker.exporters.json_export import export_json

    if not diary.store.exists():
        raise InputError(_("There is no diary at {path} yet.").format(path=diary.location.label))
    if path.exists():
        raise InputError(
            _("{path} is there already and was left as it is; choose another name.").format(
                path=path
            )
        )
    with progress_line():
        rows = export_json(diary, path)
    print_lines(
        ngettext(
            "Wrote all of the diary to {path} ({rows} row); it is plain text, and “calmtrack "
            "restore FILE” brings it back.",
            "Wrote all of the diary to {path} ({rows} rows); it is plain text, and “calmtrack "
            "restore FILE” brings it back.",
            rows,
        ).format(path=path, rows=format_number(rows))
    )


@click.command(
    "restore",
    help=N_(
        "Put the backup FILE in the diary's place; what it replaces is kept.\n\n"
        "In a database server it is joined to the diary: what was changed later stays."
    ),
)
@click.argument("source", metavar="FILE", shell_complete=completers.files)
@click.option("--yes", is_flag=True, help=N_("Do not ask; only a database server is asked about."))
@click.pass_context
def restore_command(context: click.Context, source: str, yes: bool) -> None:
    diary, path = get_diary(context), parse_path(source)
    if diary.location.path is None:
        _restore_export(diary, path, yes)
        return
    replaced = diary.maintenance.restore(path)
    print_lines(_("Brought back {path}.").format(path=path))
    if replaced is not None:
        print_lines(_("What it replaced is kept at {path}.").format(path=replaced))


def _restore_export(diary: Diary, path: Path, yes: bool) -> None:
    """Merges a JSON export into a diary in a database server."""
    from tracker.importers.merge_sources import restore_export

    refuse_special(path)
    if not path.is_file():
        raise InputError(
            _(
                "{path} is no calmtrack diary of this version or an older one; nothing was changed."
            ).format(path=path)
        )
    question = _(
        "Bring {path} back into the diary at {place}? What was changed there later stays as it is. "
        "(yes/no)"
    ).format(path=path, place=diary.location.label)
    confirm(sanitize_line(question), yes)
    with progress_line():
        report = restore_export(diary, path)
    print_lines(*(sanitize_line(sentence, 2_000) for sentence in report.messages))
    added, changed, kept = (format_number(n) for n in (report.added, report.changed, report.lost))
    print_lines(
        ngettext(
            "Brought back {path}: {added} row added, {changed} changed, {kept} kept as the diary "
            "has them.",
            "Brought back {path}: {added} rows added, {changed} changed, {kept} kept as the diary "
            "has them.",
            report.added,
        ).format(
            path=path,
            added=added,
            changed=changed,
            kept=kept,
        )
    )
    if report.added or report.changed:
        print_lines(_("“calmtrack undo” takes it back."))


@click.command("doctor", help=N_("Look the diary over; nothing is changed without --repair."))
@click.option("--repair", is_flag=True, help=N_("Do what can be done; what is replaced is kept."))
@click.pass_context
def doctor_command(context: click.Context, repair: bool) -> int:
    diary = get_diary(context)
    if repair:
        print_lines(*diary.maintenance.repair())
    problems = diary.maintenance.diagnose()
    print_lines(*diary.maintenance.remarks())
    for problem in problems:
        print_lines(problem.sentence)
        if problem.repair is not None:
            print_lines(
                _("  “calmtrack doctor --repair” would {repair}.").format(repair=problem.repair)
            )
    if not problems:
        print_lines(_("The diary at {path} is well.").format(path=diary.location.label))
    return 1 if problems else 0


@click.command(
    "forget", help=N_("Really remove a day, from backups and the undo log too. It can't be undone.")
)
@click.argument("day", metavar="D", shell_complete=completers.days)
@click.option("--yes", is_flag=True, help=N_("Do not ask."))
@click.pass_context
def forget_command(context: click.Context, day: str, yes: bool) -> None:
    from tracker.i18n.dates import format_day

    diary = get_diary(context)
    when = parse_day(day, diary.today())
    if when is None:
        raise InputError(
            _(
                "“{text}” is no day I know; write today, yesterday, -3, a weekday, or a date like "
                "2026-11-24."
            ).format(text=day)
        )
    name = format_day(when, year=True)
    on_server = diary.location.path is None
    confirm(
        (
            _(
                "Really remove {day}, also from the undo log and every backup? It can't be undone. "
                "(yes/no)"
            )
        ).format(day=name),
        yes,
    )
    removed = diary.maintenance.forget(when)
    if on_server:
        print_lines(
            ngettext(
                "{day} is removed ({rows} row), from the diary, its undo log and its backups.",
                "{day} is removed ({rows} rows), from the diary, its undo log and its backups.",
                removed,
            ).format(day=name, rows=removed),
            _("The server's own backups and logs, exports and other machines may still hold it."),
        )
    else:
        print_lines(
            ngettext(
                "{day} is removed ({rows} row), from the diary, its undo log and its backups.",
                "{day} is removed ({rows} rows), from the diary, its undo log and its backups.",
                removed,
            ).format(day=name, rows=removed),
            _("Exports, other machines and the disk's spare blocks may still hold it."),
        )


@click.command(
    "erase", help=N_("Really remove the whole diary and its backups. It can't be undone.")
)
@click.option("--yes", is_flag=True, help=N_("Do not ask."))
@click.pass_context
def erase_command(context: click.Context, yes: bool) -> None:
    diary = get_diary(context)
    on_server = diary.location.path is None
    confirm(
        (
            _(
                "Really remove the whole diary at {path} and every backup? It can't be undone. "
                "(yes/no)"
            )
        ).format(
            path=sanitize_line(diary.location.label),
        ),
        yes,
    )
    files = diary.maintenance.erase()
    if on_server:
        print_lines(
            _("The diary and its backups on this computer are removed."),
            _("The server's own backups and logs, exports and other machines may still hold it."),
        )
    else:
        print_lines(
            ngettext(
                "The diary is removed ({files} file).",
                "The diary and its backups are removed ({files} files).",
                files,
            ).format(files=files),
            _("Exports, other machines and the disk's spare blocks may still hold it."),
        )
