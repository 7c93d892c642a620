"""Caring for the diary: backups, bringing one back, looking it over, and really removing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import completing
from tracker.cli.asking import ask
from tracker.cli.printing import put
from tracker.cli.progress import told_on_the_way
from tracker.cli.reach import day_typed, diary_of
from tracker.places import path_typed
from tracker.trouble import WrongInput
from tracker.visible import visible
from tracker.words import for_count, number, say

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


@click.command("backup")
@click.argument("target", metavar="[FILE]", required=False, shell_complete=completing.files)
@click.pass_context
def backup_command(context: click.Context, target: str | None) -> None:
    """Copy the diary, verified, to FILE; without it list the backups there are.

    Of a diary in a database server FILE becomes an export in JSON.
    """
    from tracker.dates import spoken
    from tracker.diary import care

    diary = diary_of(context)
    if target is not None:
        path = path_typed(target)
        if diary.place.path is None:
            _write_out(diary, path)
            return
        care.back_up_to(diary, path)
        put(visible(say("care.copied", path=path)))
        return
    care.back_up_daily(diary)
    found = care.list_backups(diary)
    put(*(visible(f"{spoken(one.day, year=True)}  {one.path}") for one in found))
    if not found:
        put(say("care.no_backups"))


def _write_out(diary: Diary, path: Path) -> None:
    """The backup of a diary in a database server, at a place of the person's choice."""
    from tracker.exchange.json_export import export_json

    if not diary.store.begun():
        raise WrongInput(say("care.not_begun", path=diary.place.label))
    if path.exists():
        raise WrongInput(say("care.exists", path=path))
    with told_on_the_way():
        rows = export_json(diary, path)
    put(visible(say(for_count("care.written_out", rows), path=path, rows=number(rows))))


@click.command("restore")
@click.argument("source", metavar="FILE", shell_complete=completing.files)
@click.option("--yes", is_flag=True, help="Do not ask; only a database server is asked about.")
@click.pass_context
def restore_command(context: click.Context, source: str, yes: bool) -> None:
    """Put the backup FILE in the diary's place; what it replaces is kept.

    In a database server it is joined to the diary: what was changed later stays.
    """
    from tracker.diary import care

    diary, path = diary_of(context), path_typed(source)
    if diary.place.path is None:
        _bring_back(diary, path, yes)
        return
    kept = care.restore(diary, path)
    put(visible(say("care.restored", path=path)))
    if kept is not None:
        put(visible(say("care.kept", path=kept)))


def _bring_back(diary: Diary, path: Path, yes: bool) -> None:
    from tracker.exchange.merging import bring_back

    if not path.is_file():
        raise WrongInput(say("care.not_a_backup", path=path))
    question = say("care.ask_bring_back", path=path, place=diary.place.label)
    ask(visible(question), yes)
    with told_on_the_way():
        report = bring_back(diary, path)
    put(*(visible(sentence, 2_000) for sentence in report.said))
    added, changed, kept = (number(n) for n in (report.added, report.changed, report.kept))
    said = for_count("care.brought_back", report.added)
    put(visible(say(said, path=path, added=added, changed=changed, kept=kept)))
    if report.added or report.changed:
        put(say("merge.undo"))


@click.command("doctor")
@click.option("--repair", is_flag=True, help="Do what can be done; what is replaced is kept.")
@click.pass_context
def doctor_command(context: click.Context, repair: bool) -> int:
    """Look the diary over; nothing is changed without --repair."""
    from tracker.diary import care

    diary = diary_of(context)
    if repair:
        for sentence in care.repair(diary):
            put(visible(sentence))
    findings = care.examine(diary)
    for finding in findings:
        put(visible(finding.sentence))
        if finding.repair is not None:
            put(visible(say("care.would", repair=finding.repair)))
    if not findings:
        put(visible(say("care.well", path=diary.place.label)))
    return 1 if findings else 0


@click.command("forget")
@click.argument("day", metavar="D", shell_complete=completing.days)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def forget_command(context: click.Context, day: str, yes: bool) -> None:
    """Really remove a day, from backups and the undo log too. It can't be undone."""
    from tracker.dates import spoken
    from tracker.diary import removing

    diary = diary_of(context)
    when = day_typed(day, diary.today())
    if when is None:
        raise WrongInput(say("check.not_a_day", text=day))
    name = spoken(when, year=True)
    there = diary.place.path is None
    ask(say("care.ask_forget_there" if there else "care.ask_forget", day=name), yes)
    removed = removing.forget(diary, when)
    if there:
        said = for_count("care.forgot_there", removed)
        put(say(said, day=name, rows=removed), say("care.elsewhere_there"))
    else:
        said = for_count("care.forgot", removed)
        put(say(said, day=name, rows=removed), say("care.elsewhere"))


@click.command("erase")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def erase_command(context: click.Context, yes: bool) -> None:
    """Really remove the whole diary and its backups. It can't be undone."""
    from tracker.diary import removing

    diary = diary_of(context)
    there = diary.place.path is None
    question = "care.ask_erase_there" if there else "care.ask_erase"
    ask(say(question, path=visible(diary.place.label)), yes)
    files = removing.erase(diary)
    if there:
        put(say("care.erased_there"), say("care.elsewhere_there"))
    else:
        put(say(for_count("care.erased", files), files=files), say("care.elsewhere"))
