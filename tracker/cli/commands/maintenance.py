"""Commands that maintain the diary: backup, restore, doctor, forget, erase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker import clock
from tracker.cli import completers, json_output
from tracker.cli.context import get_diary, refuse_standard_stream
from tracker.cli.output import (
    print_done,
    print_exact,
    print_json,
    print_lines,
    print_merged,
    progress_line,
)
from tracker.cli.params import (
    AllowsLeadingDash,
    confirm,
    json_option,
    require_option,
)
from tracker.diary.validation import day_named
from tracker.errors import InputError
from tracker.files import not_a_diary_error, parse_path, refuse_missing, refuse_special
from tracker.i18n.date_format import format_day
from tracker.i18n.messages import N_, _, format_number, ngettext
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.store.backups import Backup


_LIST_WORDS = ("list", "ls", "show")
"""Words with which other commands list something, not names of files."""


_MADE_DAILY = N_(
    "Made with the first change of each day, or before it if that was an import or a merge (what "
    "you logged later that day isn't in it). The newest 7 are kept, then one a week for 4 "
    "weeks and one a month for 12 months:"
)


@click.command(
    "backup",
    help=N_(
        "Back up the diary to FILE and check the copy. Without FILE, list the backups.\n\n"
        "For a diary on a database server, FILE becomes a JSON export."
    ),
)
@click.argument("target", metavar="[FILE]", required=False, shell_complete=completers.files)
@click.option("--force", is_flag=True, help=N_("Replace an earlier backup of this diary at FILE."))
@json_option
@click.pass_context
def backup_command(context: click.Context, target: str | None, force: bool, json: bool) -> None:
    if force and target is None:
        require_option("--force", "FILE")
    if target is not None:
        refuse_standard_stream(target)
    diary = get_diary(context, repairs=True)
    diary.maintenance.refuse_backup_of_backup()
    if target is None:
        _list_backups(diary, json=json)
        return
    if target in _LIST_WORDS:
        raise InputError(
            _(
                '"calmtrack backup" alone lists the backups. To back up the diary to a file called '
                '"{name}", run "calmtrack backup ./{name}".'
            ).format(name=target)
        )
    path = parse_path(target)
    sentence = _back_up(diary, path, force=force)
    print_done(sentence, json={"path": str(path)} if json else None, whole=[path])


def _list_backups(diary: Diary, *, json: bool) -> None:
    backups, aside = diary.maintenance.backups(), diary.maintenance.copies_set_aside()
    if json:
        listed = [{"day": one.day.isoformat(), "path": str(one.path)} for one in backups]
        print_json({"backups": listed, "set_aside": [str(one) for one in aside]})
        return
    if backups:
        print_lines(_(_MADE_DAILY))
        for one in backups:
            print_lines(f"{format_day(one.day, year=True)}  {one.path}", whole=[one.path])
    else:
        print_lines(_("No backups yet. The first one is made when you next log something."))
    if aside:
        print_lines("", _("Put aside before a restore, a repair or an upgrade:"))
        print_exact(*map(str, aside))


def _back_up(diary: Diary, path: Path, *, force: bool) -> str:
    """Backs up the diary to a file, that of a database server as an export; returns what was
    done. Raises InputError for a file that is there already, unless `force`."""
    if diary.location.path is not None:
        diary.maintenance.back_up_to(path, force=force)
        return _("Backed up the diary to {path} and checked the copy.").format(path=path)
    with progress_line():
        rows = diary.maintenance.export_to(path, force=force)
    return ngettext(
        "Backed up the whole diary to {path} ({rows} row). It's plain text. "
        '"calmtrack restore FILE" restores it.',
        "Backed up the whole diary to {path} ({rows} rows). It's plain text. "
        '"calmtrack restore FILE" restores it.',
        rows,
    ).format(path=path, rows=format_number(rows))


@click.command(
    "restore",
    help=N_(
        'Restore the diary from the backup FILE, or from that of the day D: "calmtrack backup" '
        "lists them. A day's backup is made with its first change: to get that whole day, take "
        "the next one. The diary it replaces is kept.\n\n"
        "On a database server, FILE is merged into the diary: later changes stay."
    ),
)
@click.argument("source", metavar="FILE|D", shell_complete=completers.backups)
@click.option(
    "--yes", is_flag=True, help=N_("Don't ask first. Only for a diary on a database server.")
)
@json_option
@click.pass_context
def restore_command(context: click.Context, source: str, yes: bool, json: bool) -> None:
    refuse_standard_stream(source)
    diary = get_diary(context, repairs=True)
    path = _backup_named(diary, source)
    if diary.location.path is None:
        _restore_export(diary, path, yes, json=json)
        return
    replaced = diary.maintenance.restore(path)
    # Only now, as reading the backups could change the file of another program among them.
    made = _made_daily_sentence(diary.maintenance.backups(), path)
    lines = [_("Restored {path}.").format(path=path), *made]
    if replaced is not None:
        lines.append(_("The diary that was replaced is kept at {path}.").format(path=replaced))
    answer = {"path": str(path), "replaced": replaced and str(replaced)}
    print_done(*lines, json=answer if json else None, whole=[path, *filter(None, [replaced])])


def _made_daily_sentence(backups: Sequence[Backup], path: Path) -> Iterator[str]:
    """Yields what a daily backup lacks of its own day, and the next one, which has all of it."""
    day = next((one.day for one in backups if one.path.resolve() == path.resolve()), None)
    if day is None:
        return
    yield _(
        "It was made with the first change of {day}, or before it if that was an import or a "
        "merge: what came later that day isn't in it."
    ).format(day=format_day(day, year=True))
    if later := [one.day for one in backups if one.day > day]:
        yield _('To get that whole day, run "calmtrack restore {next}".').format(next=min(later))


def _backup_named(diary: Diary, text: str) -> Path:
    """The path that was typed, or where nothing is there, that of the daily backup of a typed day.
    Raises InputError for a day without a backup, and for one with several."""
    path = parse_path(text)
    if path.exists():
        return path
    try:
        day = day_named(text, clock.now().date())
    except InputError:
        return path
    found = [one.path for one in diary.maintenance.backups() if one.day == day]
    name = format_day(day, year=True)
    if not found:
        raise InputError(
            _('There\'s no backup of {day}. Run "calmtrack backup" to see which there are.').format(
                day=name
            )
        )
    if len(found) > 1:
        raise InputError(
            _("There are several backups of {day}. Name the file: {paths}.").format(
                day=name, paths=", ".join(map(str, found))
            )
        )
    return found[0]


def _restore_export(diary: Diary, path: Path, yes: bool, *, json: bool) -> None:
    """Merges a JSON export into a diary in a database server."""
    from tracker.importers.merge import restore_export

    refuse_special(path)
    refuse_missing(path)
    if not path.is_file():
        raise not_a_diary_error(path)
    question = _(
        "Restore {path} into the diary at {place}? Changes made there after this "
        "backup are kept. (yes/no)"
    ).format(path=path, place=diary.location.label)
    confirm(question, yes, whole=[path, diary.location.label], on_stderr=json)
    with progress_line():
        report = restore_export(diary, path)
    if json:
        print_json({"path": str(path)} | json_output.imported(report, dry_run=False))
        return
    message = _(
        "Restored {path}. Entries added: {added}; updated: {changed}; left as they are in the "
        "diary: {stayed}."
    )
    print_merged(report, message, path)


@click.command(
    "doctor", help=N_("Check the diary for problems. Nothing is changed without --repair.")
)
@click.option(
    "--repair",
    is_flag=True,
    help=N_(
        "Repair what can be repaired. A diary file is copied before its entries change; for a "
        'diary on a server, run "calmtrack backup FILE" first.'
    ),
)
@json_option
@click.pass_context
def doctor_command(context: click.Context, repair: bool, json: bool) -> int:
    diary = get_diary(context, repairs=True)
    repaired = list(diary.maintenance.repair()) if repair else []
    if repaired and not json:
        print_done(*repaired)
    problems = diary.maintenance.diagnose()
    remarks = list(diary.maintenance.remarks())
    if json:
        answer = {
            "diary": diary.location.label,
            "repaired": repaired,
            "remarks": remarks,
            "problems": [
                {"sentence": problem.sentence, "repair": problem.repair} for problem in problems
            ],
        }
        if repaired:
            print_done(json=answer)
        else:
            print_json(answer)
        return 1 if problems else 0
    print_lines(*remarks, whole=[diary.location.label])
    for problem in problems:
        print_lines(problem.sentence, whole=[diary.location.label])
        if problem.repair is not None:
            print_lines(
                _('  Run "calmtrack doctor --repair" to {repair}.').format(repair=problem.repair)
            )
    if not problems:
        print_lines(
            _("No problems found in the diary at {path}.").format(path=diary.location.label),
            whole=[diary.location.label],
        )
    return 1 if problems else 0


@click.command(
    "forget",
    cls=AllowsLeadingDash,
    help=N_(
        "Permanently delete a day, from backups and the undo history too. This can't be undone."
    ),
)
@click.argument("day", metavar="D", shell_complete=completers.days)
@click.option("--yes", is_flag=True, help=N_("Don't ask first."))
@json_option
@click.pass_context
def forget_command(context: click.Context, day: str, yes: bool, json: bool) -> None:
    diary = get_diary(context, repairs=True)
    # Before it asks.
    diary.maintenance.refuse_backup()
    when = day_named(day, diary.today())
    name = format_day(when, year=True)
    confirm(
        _(
            "Permanently delete {day}, also from the undo history and every backup? This "
            "can't be undone. (yes/no)"
        ).format(day=name),
        yes,
        on_stderr=json,
    )
    removed = diary.maintenance.forget(when)
    deleted = ngettext(
        "Deleted {day} ({rows} row) from the diary, its undo history and its backups.",
        "Deleted {day} ({rows} rows) from the diary, its undo history and its backups.",
        removed,
    )
    if not removed:
        deleted = _(
            "Your diary had nothing on {day}. Its undo history and its backups have nothing of "
            "that day left, either."
        )
    # Afterwards: a copy may have been in the making.
    copies = list(diary.maintenance.copies())
    answer = {"day": when.isoformat(), "rows": removed, "copies": [str(one) for one in copies]}
    print_done(
        deleted.format(day=name, rows=removed),
        *_about_remains(diary, copies),
        json=answer if json else None,
        whole=copies,
    )


def _about_remains(diary: Diary, copies: Iterable[Path]) -> Iterator[str]:
    """Where copies of what was deleted may be; a sentence for each one made by `backup FILE`."""
    if diary.location.path is None:
        yield _(
            "Copies of what you deleted may remain in the server's own backups "
            "and logs, in exports and on other computers."
        )
    else:
        yield _("Copies may remain in exports, on other computers and in unused parts of the disk.")
    for one in copies:
        yield _(
            "A copy you made is still at {path}. calmtrack doesn't change it. Delete the file if "
            "you don't want to keep it."
        ).format(path=one)


@click.command(
    "erase", help=N_("Permanently delete the whole diary and its backups. This can't be undone.")
)
@click.option("--yes", is_flag=True, help=N_("Don't ask first."))
@json_option
@click.pass_context
def erase_command(context: click.Context, yes: bool, json: bool) -> None:
    diary = get_diary(context, repairs=True)
    # Before it asks.
    diary.maintenance.refuse_backup()
    confirm(
        _(
            "Permanently delete the whole diary at {path} and every backup? This "
            "can't be undone. (yes/no)"
        ).format(path=sanitize_line(diary.location.label)),
        yes,
        whole=[diary.location.label],
        on_stderr=json,
    )
    erased = diary.maintenance.erase()
    if diary.location.path is None:
        sentence = _("Deleted the diary and its backups on this computer.")
    else:
        sentence = ngettext(
            "Deleted the diary ({files} file).",
            "Deleted the diary and its backups ({files} files).",
            erased.files,
        ).format(files=erased.files)
    answer = {"files": erased.files, "copies": [str(one) for one in erased.copies]}
    print_done(
        sentence,
        *_about_remains(diary, erased.copies),
        json=answer if json else None,
        whole=erased.copies,
    )
