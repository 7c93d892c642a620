"""The location and the diary that a command works on."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from tracker.cli.output import OutputError, discard_output, flush, print_error, print_lines
from tracker.errors import CalmtrackError, InputError
from tracker.files import is_missing_or_empty, no_home_error, os_reason
from tracker.i18n.messages import _
from tracker.location import Location, NoHomeFolder, home, resolve_location, settings_path
from tracker.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    import click

    from tracker.diary.diary import Diary
    from tracker.models import DayView


def get_location(context: click.Context) -> Location:
    return location_named(context.find_root().obj)


def location_named(chosen: str | None, *, check_folder: bool = True) -> Location:
    """The location that `--diary`, the environment or the settings name.

    Raises InputError for an empty path: a mistake in a script must not change the person's own
    diary, nor take the current folder for one. (An empty variable counts as none.) Raises it for
    `-` too, and with `check_folder` for a file in a folder that doesn't exist, unless the settings
    name it.
    """
    is_named = is_location_named(chosen)
    if is_named:
        chosen = os.environ["CALMTRACK_DATABASE_URL"] if chosen is None else chosen
        if chosen.strip() in ("", "sqlite:///"):
            raise InputError(_("The path is empty. Choose a file or a database URL."))
        refuse_standard_stream(chosen.removeprefix("sqlite:///"))
    else:
        loaded = read_settings()
        if loaded.hides_diary:
            raise InputError(
                _(
                    "Couldn't read where your diary is in {path}, so nothing was opened or "
                    "changed. Fix that file, or name the diary with --diary."
                ).format(path=settings_path())
            )
        chosen = loaded.settings.diary or None
    try:
        location = resolve_location(chosen)
    except NoHomeFolder as error:
        raise no_home_error(error) from error
    if is_named and check_folder:
        _refuse_missing_folder(location)
    return location


def is_location_named(chosen: str | None) -> bool:
    """Whether `--diary` or the environment names the diary, not the settings."""
    return chosen is not None or bool(os.environ.get("CALMTRACK_DATABASE_URL"))


def _refuse_missing_folder(location: Location) -> None:
    """Raises InputError for a named diary whose folder doesn't exist: its path is mistyped, or its
    disk isn't mounted. Only the folder of the default location is created with the diary."""
    path = location.path
    if path is None or os.path.lexists(path.parent):
        return
    with suppress(NoHomeFolder):
        if path.parent == home():
            return
    raise InputError(
        _(
            "There's no diary at {path}, and its folder doesn't exist. Check the path, or create "
            "the folder first."
        ).format(path=path)
    )


def refuse_standard_stream(text: str) -> None:
    """Raises InputError for `-` where a diary or a backup is named: a database can't be piped."""
    if text == "-":
        raise InputError(
            _(
                "A diary can't be piped, so \"-\" doesn't work here. Choose a file, or pipe an "
                'export with "calmtrack export" and "calmtrack import -".'
            )
        )


def get_diary(context: click.Context, *, repairs: bool = False) -> Diary:
    """This command's diary; when the command ends, a change is followed by the day's backup.

    A command that reads warns where the file is missing; one that `repairs` handles that itself.
    """
    from tracker.diary.diary import Diary
    from tracker.exporters import back_up_json

    for complaint in read_settings().problems:
        print_error(complaint)
    location = get_location(context)
    if location.path is not None and not location.path.exists():
        from tracker.store.backup_folders import refuse_missing_backup

        refuse_missing_backup(location)
    diary = Diary(location, export_json=back_up_json)
    changed_at = _changed_at(location.path)
    is_named = is_location_named(context.find_root().obj)
    context.find_root().call_on_close(lambda: _back_up(diary, changed_at))
    if is_named and not changed_at and not context.params.get("json"):
        context.find_root().call_on_close(lambda: _report_start(diary))
    if not repairs:
        context.find_root().call_on_close(lambda: warn_if_missing(location, is_named=is_named))
    return diary


def warn_if_missing(location: Location, *, is_named: bool = False) -> None:
    """Prints a warning where the diary's file is missing although there are backups of it, or it
    `is_named`: it reads as one not yet begun. After an error nothing more is said."""
    path = location.path
    if path is None or sys.exc_info()[1] is not None:
        return
    if path.is_file() and not is_missing_or_empty(path):
        return
    message = None
    # Without a folder of backups nothing is imported: `status` has to be quick.
    if (path.parent / "backups").is_dir():
        from tracker.store.backups import missing_diary_message

        message = missing_diary_message(location)
    if message is None and is_named and not path.exists():
        message = _("There's no diary at {path} yet. Check the path.").format(path=path)
    if message:
        print_error(message)


def _report_start(diary: Diary) -> None:
    """Prints that a command has started the diary in a file that was named: it may have been meant
    for another one."""
    path = diary.location.path
    if path is not None and diary.changed:
        print_lines(_("Started a new diary at {path}.").format(path=path), whole=[path])


def _changed_at(path: Path | None) -> float:
    """When the diary's file was changed last, in seconds since the epoch; 0 without a file."""
    try:
        return 0 if path is None else path.stat().st_mtime
    except OSError:
        return 0


def _back_up(diary: Diary, changed_at: float) -> None:
    """Makes the daily backup after the change was reported, and prints warnings about the
    diary's files with the first change of a day. A second version of the diary that a sync tool
    left since the change before, which was at `changed_at`, is reported at once. An error in it
    undoes nothing."""
    if not diary.changed:
        return
    failure = _output_error()
    try:
        warnings = diary.maintenance.clean_up()
        # The same warnings after every command of a day say no more.
        if diary.maintenance.back_up_daily() is None:
            warnings = diary.maintenance.conflict_warnings(changed_at)
        for sentence in warnings:
            print_error(sentence)
    except CalmtrackError as error:
        print_error(str(error))
    if failure is not None:
        raise CalmtrackError(
            _("Your change is saved, but the result couldn't be printed: {reason}.").format(
                reason=os_reason(failure)
            )
        )


def _output_error() -> OutputError | None:
    """The error of standard output that ended the command, or of flushing it now, if any.

    What couldn't be printed is discarded. A reader that is gone (`| head`) is no error.
    """
    error = sys.exc_info()[1]
    if not isinstance(error, OutputError):
        error = None
        try:
            flush()
        except BrokenPipeError:
            discard_output()
        except OutputError as failure:
            error = failure
    if error is not None:
        discard_output()
    return error


def get_today_view(location: Location) -> DayView:
    """Today, by the fast reader where that is enough."""
    from tracker.diary.fast_today import today_view

    view = today_view(location)
    if view is None:
        from tracker.diary.diary import Diary

        view = Diary(location).day()
        warn_if_missing(location)
    return view


def coin_of(location: Location, view: DayView) -> str:
    """The coin of a coin-flip month beside today's entries, as `Diary.coin_of`, which is imported
    only for a diary that had such a month."""
    from tracker.diary.fast_today import may_have_coin

    if not may_have_coin(location):
        return ""
    from tracker.diary.diary import Diary

    return Diary(location).coin_of(view)
