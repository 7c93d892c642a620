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
from tracker.i18n.messages import format_number, plural_key, say
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


@click.command("backup")
@click.argument("target", metavar="[FILE]", required=False, shell_complete=completers.files)
@click.pass_context
def backup_command(context: click.Context, target: str | None) -> None:
    """Copy the diary, verified, to FILE; without it list the backups there are.

    Of a diary in a database server FILE becomes an export in JSON.
    """
    from tracker.i18n.dates import format_day

    diary = get_diary(context)
    if target is None:
        diary.maintenance.back_up_daily()
        backups = diary.maintenance.backups()
        print_lines(*(f"{format_day(one.day, year=True)}  {one.path}" for one in backups))
        if not backups:
            print_lines(say("care.no_backups"))
    elif diary.location.path is None:
        _export(diary, parse_path(target))
    else:
        path = parse_path(target)
        diary.maintenance.back_up_to(path)
        print_lines(say("care.copied", path=path))


def _export(diary: Diary, path: Path) -> None:
    """The backup of a diary in a database server."""
    from tracker.exporters.json_export import export_json

    if not diary.store.exists():
        raise InputError(say("care.not_begun", path=diary.location.label))
    if path.exists():
        raise InputError(say("care.exists", path=path))
    with progress_line():
        rows = export_json(diary, path)
    key = plural_key("care.written_out", rows)
    print_lines(say(key, path=path, rows=format_number(rows)))


@click.command("restore")
@click.argument("source", metavar="FILE", shell_complete=completers.files)
@click.option("--yes", is_flag=True, help="Do not ask; only a database server is asked about.")
@click.pass_context
def restore_command(context: click.Context, source: str, yes: bool) -> None:
    """Put the backup FILE in the diary's place; what it replaces is kept.

    In a database server it is joined to the diary: what was changed later stays.
    """
    diary, path = get_diary(context), parse_path(source)
    if diary.location.path is None:
        _restore_export(diary, path, yes)
        return
    replaced = diary.maintenance.restore(path)
    print_lines(say("care.restored", path=path))
    if replaced is not None:
        print_lines(say("care.kept", path=replaced))


def _restore_export(diary: Diary, path: Path, yes: bool) -> None:
    """Merges a JSON export into a diary in a database server."""
    from tracker.importers.merge_sources import restore_export

    refuse_special(path)
    if not path.is_file():
        raise InputError(say("care.not_a_backup", path=path))
    question = say("care.ask_bring_back", path=path, place=diary.location.label)
    confirm(sanitize_line(question), yes)
    with progress_line():
        report = restore_export(diary, path)
    print_lines(*(sanitize_line(sentence, 2_000) for sentence in report.messages))
    added, changed, kept = (format_number(n) for n in (report.added, report.changed, report.lost))
    key = plural_key("care.brought_back", report.added)
    print_lines(say(key, path=path, added=added, changed=changed, kept=kept))
    if report.added or report.changed:
        print_lines(say("merge.undo"))


@click.command("doctor")
@click.option("--repair", is_flag=True, help="Do what can be done; what is replaced is kept.")
@click.pass_context
def doctor_command(context: click.Context, repair: bool) -> int:
    """Look the diary over; nothing is changed without --repair."""
    diary = get_diary(context)
    if repair:
        print_lines(*diary.maintenance.repair())
    problems = diary.maintenance.diagnose()
    print_lines(*diary.maintenance.remarks())
    for problem in problems:
        print_lines(problem.sentence)
        if problem.repair is not None:
            print_lines(say("care.would", repair=problem.repair))
    if not problems:
        print_lines(say("care.well", path=diary.location.label))
    return 1 if problems else 0


@click.command("forget")
@click.argument("day", metavar="D", shell_complete=completers.days)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def forget_command(context: click.Context, day: str, yes: bool) -> None:
    """Really remove a day, from backups and the undo log too. It can't be undone."""
    from tracker.i18n.dates import format_day

    diary = get_diary(context)
    when = parse_day(day, diary.today())
    if when is None:
        raise InputError(say("check.not_a_day", text=day))
    name = format_day(when, year=True)
    on_server = diary.location.path is None
    confirm(say("care.ask_forget_there" if on_server else "care.ask_forget", day=name), yes)
    removed = diary.maintenance.forget(when)
    if on_server:
        key = plural_key("care.forgot_there", removed)
        print_lines(say(key, day=name, rows=removed), say("care.elsewhere_there"))
    else:
        key = plural_key("care.forgot", removed)
        print_lines(say(key, day=name, rows=removed), say("care.elsewhere"))


@click.command("erase")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def erase_command(context: click.Context, yes: bool) -> None:
    """Really remove the whole diary and its backups. It can't be undone."""
    diary = get_diary(context)
    on_server = diary.location.path is None
    question = "care.ask_erase_there" if on_server else "care.ask_erase"
    confirm(say(question, path=sanitize_line(diary.location.label)), yes)
    files = diary.maintenance.erase()
    if on_server:
        print_lines(say("care.erased_there"), say("care.elsewhere_there"))
    else:
        print_lines(say(plural_key("care.erased", files), files=files), say("care.elsewhere"))
