"""Caring for the diary: backups, bringing one back, looking it over, and really removing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import completers
from tracker.cli.confirm import confirm
from tracker.cli.context import get_diary, parse_day
from tracker.cli.output import print_lines
from tracker.cli.progress import progress_line
from tracker.errors import InputError
from tracker.i18n.messages import format_number, plural_key, say
from tracker.location import parse_path
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
    if target is not None:
        path = parse_path(target)
        if diary.place.path is None:
            _write_out(diary, path)
            return
        diary.maintenance.back_up_to(path)
        print_lines(sanitize_line(say("care.copied", path=path)))
        return
    diary.maintenance.back_up_daily()
    found = diary.maintenance.backups()
    print_lines(*(sanitize_line(f"{format_day(one.day, year=True)}  {one.path}") for one in found))
    if not found:
        print_lines(say("care.no_backups"))


def _write_out(diary: Diary, path: Path) -> None:
    """The backup of a diary in a database server, at a place of the person's choice."""
    from tracker.exporters.json_export import export_json

    if not diary.store.begun():
        raise InputError(say("care.not_begun", path=diary.place.label))
    if path.exists():
        raise InputError(say("care.exists", path=path))
    with progress_line():
        rows = export_json(diary, path)
    print_lines(
        sanitize_line(
            say(plural_key("care.written_out", rows), path=path, rows=format_number(rows))
        )
    )


@click.command("restore")
@click.argument("source", metavar="FILE", shell_complete=completers.files)
@click.option("--yes", is_flag=True, help="Do not ask; only a database server is asked about.")
@click.pass_context
def restore_command(context: click.Context, source: str, yes: bool) -> None:
    """Put the backup FILE in the diary's place; what it replaces is kept.

    In a database server it is joined to the diary: what was changed later stays.
    """

    diary, path = get_diary(context), parse_path(source)
    if diary.place.path is None:
        _bring_back(diary, path, yes)
        return
    kept = diary.maintenance.restore(path)
    print_lines(sanitize_line(say("care.restored", path=path)))
    if kept is not None:
        print_lines(sanitize_line(say("care.kept", path=kept)))


def _bring_back(diary: Diary, path: Path, yes: bool) -> None:
    from tracker.importers.merge_sources import restore_export

    if not path.is_file():
        raise InputError(say("care.not_a_backup", path=path))
    question = say("care.ask_bring_back", path=path, place=diary.place.label)
    confirm(sanitize_line(question), yes)
    with progress_line():
        report = restore_export(diary, path)
    print_lines(*(sanitize_line(sentence, 2_000) for sentence in report.said))
    added, changed, kept = (format_number(n) for n in (report.added, report.changed, report.kept))
    said = plural_key("care.brought_back", report.added)
    print_lines(sanitize_line(say(said, path=path, added=added, changed=changed, kept=kept)))
    if report.added or report.changed:
        print_lines(say("merge.undo"))


@click.command("doctor")
@click.option("--repair", is_flag=True, help="Do what can be done; what is replaced is kept.")
@click.pass_context
def doctor_command(context: click.Context, repair: bool) -> int:
    """Look the diary over; nothing is changed without --repair."""

    diary = get_diary(context)
    if repair:
        for sentence in diary.maintenance.repair():
            print_lines(sanitize_line(sentence))
    findings = diary.maintenance.diagnose()
    for finding in findings:
        print_lines(sanitize_line(finding.sentence))
        if finding.repair is not None:
            print_lines(sanitize_line(say("care.would", repair=finding.repair)))
    if not findings:
        print_lines(sanitize_line(say("care.well", path=diary.place.label)))
    return 1 if findings else 0


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
    there = diary.place.path is None
    confirm(say("care.ask_forget_there" if there else "care.ask_forget", day=name), yes)
    removed = diary.maintenance.forget(when)
    if there:
        said = plural_key("care.forgot_there", removed)
        print_lines(say(said, day=name, rows=removed), say("care.elsewhere_there"))
    else:
        said = plural_key("care.forgot", removed)
        print_lines(say(said, day=name, rows=removed), say("care.elsewhere"))


@click.command("erase")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def erase_command(context: click.Context, yes: bool) -> None:
    """Really remove the whole diary and its backups. It can't be undone."""

    diary = get_diary(context)
    there = diary.place.path is None
    question = "care.ask_erase_there" if there else "care.ask_erase"
    confirm(say(question, path=sanitize_line(diary.place.label)), yes)
    files = diary.maintenance.erase()
    if there:
        print_lines(say("care.erased_there"), say("care.elsewhere_there"))
    else:
        print_lines(say(plural_key("care.erased", files), files=files), say("care.elsewhere"))
