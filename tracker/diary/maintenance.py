"""Maintenance of a diary: backups, restore, diagnosis and repair, forget and erase."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker import clock
from tracker.diary import validation
from tracker.diary.diary_base import DiaryBase
from tracker.errors import CalmtrackError, InputError
from tracker.files import (
    file_exists_error,
    is_missing_or_empty,
    not_a_backup_error,
    not_a_diary_error,
    os_reason,
    private_folder,
    refuse_missing,
    refuse_special,
    sync_folder,
)
from tracker.i18n.messages import N_, _, format_number, ngettext
from tracker.location import Location
from tracker.store import backup_folders, backups, integrity, own_files, salvage
from tracker.store.backups import Backup, unfinished_name, unfinished_of
from tracker.store.db_errors import NO_DIARY, error_for
from tracker.store.diary_file import create_private, journal_of, sync_conflict_copies
from tracker.store.salvage import Salvaged
from tracker.store.store import Store, no_diary_error

if TYPE_CHECKING:
    from tracker.diary.server_backups import ServerBackups
    from tracker.store.row_check import BadRow

MAX_NAMED_ROWS = 5
"""Invalid rows that `doctor` names."""


class Problem(NamedTuple):
    """A problem that `diagnose` reports."""

    sentence: str
    repair: str | None
    """What `repair` would do about the problem; None where it can do nothing."""


class Erased(NamedTuple):
    """The result of `erase`."""

    files: int
    """The number of files removed; on a server that of backups."""
    copies: tuple[Path, ...]
    """The copies made by `backup FILE` that still exist."""


class Maintenance:
    """Works on the diary's file, its backups and its streak cache.

    A diary on a database server has no file: its backups are JSON exports, and methods that need
    a file raise InputError.
    """

    def __init__(self, diary: DiaryBase) -> None:
        self._diary = diary
        self._location = diary.location

    @property
    def _server(self) -> ServerBackups:
        from tracker.diary.server_backups import ServerBackups

        return ServerBackups(self._diary)

    def back_up_daily(self) -> Path | None:
        """Makes today's backup and returns its path; None if there is one."""
        self.refuse_backup()
        if not self._diary.store.exists():
            return None
        if self._location.path is None:
            export = self._diary.export_json
            return None if export is None else self._server.back_up_daily(export)
        return backups.back_up_daily(self._location, self._diary.today())

    def backups(self) -> tuple[Backup, ...]:
        """The daily backups, newest first."""
        if self._location.path is None:
            return self._server.all()
        self.file()
        return backups.backups_of(self._location)

    def back_up_to(self, target: Path, *, force: bool = False) -> None:
        """Writes a verified copy of the diary to a path where no file is yet or, with `force`, an
        earlier copy. Raises InputError for such a copy without it, and for another file."""
        path = self.file()
        target = self._begin_copy(target, force=force)
        # A killed copy is cleaned up at the next start, wherever the target is.
        backups.copy(self._location, target, unfinished_name(path))

    def export_to(self, target: Path, *, force: bool = False) -> int:
        """Writes a diary on a server as `back_up_to` does; returns the number of rows."""
        export = self._diary.export_json
        assert export is not None
        return export(self._diary, self._begin_copy(target, force=force), force=force)

    def _begin_copy(self, target: Path, *, force: bool) -> Path:
        """Checks that there is a diary, and at `target` no file, or with `force` one that this made
        before; lists it as a copy. Returns the path, with links to an earlier copy resolved."""
        self._diary.store.check_exists()
        if not target.parent.is_dir():
            missing = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            raise backups.write_error(target, missing)
        if os.path.lexists(target):
            # Any other diary file may be one in use.
            is_copy = target.resolve() in [one.resolve() for one in self.copies()]
            if force and not is_copy:
                raise InputError(
                    _(
                        "{path} isn't a backup that calmtrack made of this diary, so it wasn't "
                        "changed. Choose another name."
                    ).format(path=target)
                )
            if is_copy and not force:
                raise file_exists_error(target)
            if not force:
                message = _("{path} already exists and wasn't changed. Choose another name.")
                raise InputError(message.format(path=target))
            target = target.resolve()
        backups.remember_copy(self._copies_list(), target)
        return target

    def copies(self) -> tuple[Path, ...]:
        """The copies made by `backup FILE` that still exist. Only another `backup FILE --force`
        changes them, so they hold what `forget` and `erase` delete elsewhere."""
        if self._location.path is None and not self._diary.store.exists():
            return ()
        listed = backups.listed_copies(self._copies_list())
        own = self._location.path
        return tuple(one for one in listed if one != own and own_files.is_copy(one))

    def _copies_list(self) -> Path:
        if self._location.path is None:
            return self._server.copies_list()
        return backup_folders.folder_of(self._location) / backups.COPIES

    def restore(self, backup: Path) -> Path | None:
        """Replaces the diary by a backup; returns the path of the copy of what it replaced.

        Raises InputError for a file that is not an intact diary, and then changes nothing.
        """
        self.refuse_backup()
        path = self.file()
        refuse_special(backup)
        refuse_missing(backup)
        _check_restorable(backup)
        own_id = backups.own_id(self._location)
        self._diary.store.forget_schema()
        if is_missing_or_empty(path):
            create_private(path)
            backups.restore_from(self._location, backup, own_id)
            self._upgrade_restored(own_id)
            return None
        if integrity.is_diary(path) and integrity.find_corruption(path) is None:
            replaced = self._copy_aside(path)
            backups.restore_from(self._location, backup, own_id, replaced.name)
        else:
            if own_files.is_of_another_user(path):
                raise CalmtrackError(_owner_message(path))
            replaced = _quarantine_path(path, "before-restore")
            _replace_damaged(path, backup, replaced, own_id)
        self._upgrade_restored(own_id)
        return replaced

    def _upgrade_restored(self, own_id: str | None) -> None:
        """Migrates a restored backup of an older schema, which has no id yet, and sets its id."""
        path = self.file()
        if own_id is not None and integrity.diary_id(path) is None:
            Store(self._location).exists()
            with closing(integrity.open_file(path, "rw")) as connection:
                backups.set_diary_id(connection, own_id)

    @property
    def is_backup(self) -> bool:
        """Whether the diary is a backup of one, which can be read but not changed."""
        return backup_folders.is_backup(self._location)

    def refuse_backup(self) -> None:
        """Raises InputError where the diary is a backup of one."""
        backup_folders.refuse_backup(self._location)

    def refuse_backup_of_backup(self) -> None:
        """Raises InputError where the diary is a backup of one, which has no backups."""
        backup_folders.refuse_backup_of_backup(self._location)

    def clean_up(self) -> list[str]:
        """Removes unfinished files of an interrupted process, at every start; returns warnings of
        permissions that are too open and of copies made by a sync conflict."""
        path = self._location.path
        if path is None or not path.exists():
            return []
        for left in unfinished_of(self._location):
            backups.remove(left)
        return [
            *(
                _(
                    'Other users on this computer can read {path}. Run "calmtrack doctor '
                    '--repair" to make it private.'
                ).format(path=one)
                for one in _too_open(path)
            ),
            *self.conflict_warnings(),
        ]

    def conflict_warnings(self, since: float = 0) -> list[str]:
        """A sentence for each copy that a sync conflict left beside the diary after `since`, in
        seconds since the epoch. The copy may be older: what counts is when it got its name."""
        path = self._location.path
        if path is None:
            return []
        return [
            _(
                "{path} is a second version of this diary, left by a sync tool. Merge it "
                'with "calmtrack merge FILE", then delete it.'
            ).format(path=one)
            for one in sync_conflict_copies(path)
            if _is_newer(one, since)
        ]

    def diagnose(self) -> tuple[Problem, ...]:
        """Checks permissions, unfinished files, integrity and the streak cache. Read-only."""
        return tuple(self._problems())

    def repair(self) -> Iterator[str]:
        """Repairs what `diagnose` reports; yields what was done. Copies replaced files first.

        Unfinished files are always removed, and permissions repaired last, so that a refused
        chmod doesn't prevent the other repairs. The database is left alone where `diagnose`
        reports a problem in it without a repair, as in another program's file: restoring a backup
        over it, or opening it, would only do harm.
        """
        self.refuse_backup()
        problems = self.diagnose()
        path = self._location.path
        if path is None:
            if any(problem.repair is not None for problem in problems):
                yield from self._repair_contents()
                yield from self._replace_damaged_backups()
            return
        for left in unfinished_of(self._location):
            backups.remove(left)
            yield _("Removed {path}.").format(path=left)
        if all(problem.repair is not None for problem in problems):
            yield from self._repair_database(path)
        yield from _close_to_others(path)

    def remarks(self) -> list[str]:
        """What `doctor` mentions but never changes: copies made by a sync conflict, and that others
        can enter a shared folder."""
        path = self._location.path
        if path is None or not own_files.is_diary_file(path):
            return []
        copies = self.conflict_warnings()
        if not _is_open(path.parent) or own_files.is_own_folder(path.parent, path):
            return copies
        return [
            *copies,
            _(
                "Other users on this computer can look into {path}. That folder "
                "is shared or has other files in it, so calmtrack doesn't change "
                "it. To keep others out, change its permissions yourself."
            ).format(path=path.parent),
        ]

    def _repair_database(self, path: Path) -> Iterator[str]:
        if _needs_new_file(path) and own_files.is_of_another_user(path):
            yield _owner_message(path)
            return
        if _needs_backup(path):
            newest = self.newest_good_backup()
            salvaged = list(self._salvage(path, newest))
            yield from salvaged
            if newest is not None and not salvaged:
                replaced = self.restore(newest.path)
                yield _("Restored {path}.").format(path=newest.path)
                if replaced is not None:
                    yield _previous_diary_message(replaced)
        else:
            if foreign := integrity.foreign_objects(path):
                yield _previous_diary_message(self._copy_aside(path))
                backups.drop_objects(self._location, foreign)
                yield _("Removed {names}.").format(names=_object_names(foreign))
            if integrity.structure_difference_in_use(path):
                yield from self._salvage(path, self.newest_good_backup())
            else:
                yield from self._repair_contents()
        yield from self._replace_damaged_backups()

    def _salvage(self, path: Path, backup: Backup | None) -> Iterator[str]:
        """Replaces a damaged file by a new one with every row that can be read, and a backup's rows
        in place of the others. Yields nothing, and changes nothing, where no row can be read."""
        if not salvage.is_readable(path):
            return
        fresh = unfinished_name(path)
        try:
            salvaged = salvage.salvage(path, None if backup is None else backup.path, fresh)
            if salvaged is None:
                return
            replaced = _quarantine_path(path, "before-restore")
            _rename_over(path, fresh, replaced)
        finally:
            fresh.unlink(missing_ok=True)
        yield from _salvage_report(salvaged, backup)
        yield _previous_diary_message(replaced)
        if self._diary.store.exists():
            yield from self._repair_contents()
            self._diary.rebuild_streak_cache()

    def _repair_contents(self) -> Iterator[str]:
        """Repairs the rows and the streak cache, on a server too."""
        path = self._location.path
        if self._diary.bad_rows():
            if path is not None:
                yield _previous_diary_message(self._copy_aside(path))
            count = self._diary.repair_rows()
            yield ngettext(
                "Fixed or removed {count} row.", "Fixed or removed {count} rows.", count
            ).format(count=format_number(count))
        elif self._diary.outdated_streak_caches():
            self._diary.rebuild_streak_cache()
            yield _("Recalculated the streaks and totals.")

    def _replace_damaged_backups(self) -> Iterator[str]:
        """Moves damaged backups aside, as they may hold readable rows, and makes today's anew."""
        damaged = self._damaged_backups()
        for backup, _problem in damaged:
            target = self._move_aside(backup)
            yield _("Moved {path} to {target}.").format(path=backup.path, target=target)
        if damaged and (made := self.back_up_daily()) is not None:
            yield _("Backed up the diary to {path}.").format(path=made)

    def _move_aside(self, backup: Backup) -> Path:
        path = self._location.path
        if path is None:
            return self._server.set_aside(backup)
        target = _quarantine_path(path, f"backup-{backup.day.isoformat()}")
        private_folder(target.parent)
        own_files.copy_owner(path, target.parent)
        backup.path.replace(target)
        return target

    def _copy_aside(self, path: Path) -> Path:
        """Copies the intact diary before it is changed; returns the path of the copy."""
        target = _quarantine_path(path, "before-restore")
        backups.copy(self._location, target)
        for one in (target.parent, target):
            own_files.copy_owner(path, one)
        return target

    def newest_good_backup(self) -> Backup | None:
        """The newest backup that `restore` accepts."""
        for backup in backups.backups_of(self._location):
            # A backup that can't be read is skipped.
            with suppress(CalmtrackError):
                _check_restorable(backup.path)
                return backup
        return None

    def forget(self, day: date) -> int:
        """Erases a day from the diary, its undo log and every backup; returns the number of rows.
        Can't be undone."""
        from tracker.store import row_erasure

        self.refuse_backup()
        self._diary.store.check_exists()
        if self._location.path is None:
            with self._diary.store.writing(clock.utc_micros(clock.now())) as writer:
                removed = row_erasure.erase_day_on_server(writer, day)
            unchanged = self._server.forget(day)
        else:
            path = self._location.path
            removed = row_erasure.erase_day(self._location, path, day)
            for left in backups.wait_for_writers(self._location):
                backups.remove(left)
            unchanged = [copy for copy in self._copies() if not self._rewrite_without(copy, day)]
        if unchanged:
            raise CalmtrackError(
                _(
                    "Some copies couldn't be read and may still contain this day: {path}. To "
                    "delete it there, delete the files yourself."
                ).format(path=", ".join(map(str, unchanged)))
            )
        return removed

    def erase(self) -> Erased:
        """Erases the diary, its backups and quarantined copies; on a server its tables are dropped.

        Can't be undone. The diary is renamed first, so that no other process copies it meanwhile.
        After a crash another call finishes: a half overwritten file under the diary's own name
        would be taken for another program's.
        """
        self.refuse_backup()
        if self._location.path is None:
            return self._erase_on_server()
        path = self.file()
        if path.exists() and not integrity.has_application_id(path):
            raise error_for(NO_DIARY, path)
        try:
            return self._erase_files(path)
        except OSError as error:
            raise CalmtrackError(
                _(
                    "Couldn't delete {path}: {reason}. Not everything is erased yet. Once that "
                    'file can be deleted, run "calmtrack erase" again.'
                ).format(path=error.filename or path, reason=os_reason(error))
            ) from error

    def _erase_files(self, path: Path) -> Erased:
        erased = unfinished_name(path)
        for file, target in ((path, erased), (journal_of(path), journal_of(erased))):
            if file.exists():
                file.replace(target)
        files = [
            *backups.wait_for_writers(self._location),
            *(file for copy in self._copies() for file in (copy, journal_of(copy))),
        ]
        # The list of copies is last: after an interruption, another call can still name them.
        copies_list = self._copies_list()
        existing = [one for one in (*files, copies_list) if one.exists()]
        if not existing:
            raise no_diary_error(self._location)
        copies = self.copies()
        for one in existing:
            backups.remove(one)
        folders = backup_folders.folders_of(self._location)
        for folder in (*folders, folders[0].parent, backups.quarantine_folder(self._location)):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        sync_folder(path.parent)
        return Erased(len([one for one in existing if one != copies_list]), copies)

    def file(self) -> Path:
        """The diary's file. Raises InputError for a diary on a database server, and for a path
        that is a FIFO or a device."""
        path = self._location.path
        if path is None:
            raise InputError(
                _(
                    "This diary is on a database server, so it has no file. To save all of "
                    'it to a file, run "calmtrack backup FILE".'
                )
            )
        refuse_special(path)
        return path

    def _problems(self) -> Iterator[Problem]:
        path = self._location.path
        if path is None:
            yield from self._diagnose_contents()
            # Names of backups have the diary's id: without the diary, the problem above is enough.
            with suppress(CalmtrackError):
                yield from self._diagnose_backups()
            return
        refuse_special(path)
        if path.exists():
            # A text file that has backups of a diary replaced one: damage, not another program.
            is_foreign_text = own_files.is_text(path) and not self.backups()
            if integrity.is_foreign_database(path) or is_foreign_text:
                yield Problem(str(error_for(NO_DIARY, path)), None)
                return
            yield from _open_to_others(path)
        yield from self._diagnose_unfinished()
        if (problem := self._file_problem(path)) is not None:
            yield problem
            return
        yield from self._diagnose_contents()
        yield from self._diagnose_backups()

    def _file_problem(self, path: Path) -> Problem | None:
        """What is wrong with the file as a whole, so that its contents can't be diagnosed; None for
        nothing."""
        if not path.exists():
            return Problem(_missing_sentence(str(path)), self._restore_plan())
        if path.stat().st_size == 0:
            sentence = _(
                "The diary at {path} is empty. Either it was never used, or "
                "another program emptied it."
            )
            return Problem(sentence.format(path=path), self._restore_plan())
        if (corruption := integrity.find_corruption(path)) is not None:
            return self._corrupt(path, corruption)
        if foreign := integrity.foreign_objects(path):
            sentence = _("The diary at {path} contains something calmtrack never creates: {names}.")
            return Problem(
                sentence.format(path=path, names=_object_names(foreign)),
                _("remove what other programs added to the diary file (a copy of it is kept)"),
            )
        if difference := integrity.structure_difference_in_use(path):
            sentence = _("Another program changed the diary at {path}: {problem}.")
            return Problem(
                sentence.format(path=path, problem=difference),
                _(
                    "move everything you wrote in the diary into a new file (a copy of "
                    "the old file is kept)"
                ),
            )
        return None

    def _corrupt(self, path: Path, corruption: str) -> Problem:
        sentence = _("The diary at {path} is damaged: {problem}.").format(
            path=path, problem=corruption
        )
        repair = self._salvage_plan(path)
        if repair is None:
            sentence += " " + _(
                "Nothing in the diary can be read, and there's no intact backup. If you have a "
                'copy of your own, restore it with "calmtrack restore FILE". To start over, '
                'run "calmtrack erase".'
            )
        return Problem(sentence, repair)

    def _diagnose_backups(self) -> Iterator[Problem]:
        for backup, problem in self._damaged_backups():
            sentence = _("The backup at {path} is damaged: {problem}.").format(
                path=backup.path, problem=problem
            )
            yield Problem(sentence, _("move the damaged backup aside and back up the diary again"))

    def _diagnose_unfinished(self) -> Iterator[Problem]:
        for left in unfinished_of(self._location):
            yield Problem(
                _("{path} is incomplete: calmtrack was interrupted while writing it.").format(
                    path=left
                ),
                _("remove the incomplete file"),
            )

    def _damaged_backups(self) -> list[tuple[Backup, str]]:
        """The daily backups that nothing can be restored from, each with what is wrong."""
        if self._location.path is None:
            return self._server.damaged()
        found = ((one, integrity.find_damage(one.path)) for one in self.backups())
        return [(one, problem) for one, problem in found if problem is not None]

    def _diagnose_contents(self) -> Iterator[Problem]:
        """Problems found through the database itself, on a server too."""
        try:
            begun = self._diary.store.exists()
        except CalmtrackError as trouble:
            yield Problem(str(trouble), None)
            return
        if not begun:
            yield Problem(_missing_sentence(self._location.label), None)
            return
        if bad_rows := self._diary.bad_rows():
            yield Problem(
                _bad_rows_sentence(bad_rows),
                _("fix the unreadable rows where possible and remove the others")
                if self._location.path is None
                else _(
                    "fix the unreadable rows where possible and remove the others (a "
                    "copy of the file is kept)"
                ),
            )
        elif wrong := self._diary.outdated_streak_caches():
            yield Problem(
                _("The stored streaks and totals for {names} don't match the entries.").format(
                    names=", ".join(wrong)
                ),
                _("recalculate the stored figures"),
            )

    def _restore_plan(self) -> str | None:
        """`Problem.repair` for a missing or empty diary; None without an intact backup."""
        newest = self.newest_good_backup()
        if newest is None:
            return None
        return _("restore the newest intact backup, {path}").format(path=newest.path)

    def _salvage_plan(self, path: Path) -> str | None:
        """`Problem.repair` for a damaged diary; None if neither it nor a backup can be read."""
        if not salvage.is_readable(path):
            return self._restore_plan()
        newest = self.newest_good_backup()
        if newest is None:
            return _("save every row that can be read")
        return _("save every row that can be read, and restore the others from {path}").format(
            path=newest.path
        )

    def _rewrite_without(self, backup: Path, day: date) -> bool:
        """Rewrites a backup without the day: a copy is changed, verified and renamed over it.
        Returns whether that succeeded."""
        from tracker.store import row_erasure

        changed = unfinished_name(backup)
        try:
            if not integrity.is_diary(backup):
                return False
            backups.copy(Location(backup), changed)
            row_erasure.erase_day(self._location, changed, day)
            changed.replace(backup)
            sync_folder(backup.parent)
        except (CalmtrackError, OSError):
            return False
        finally:
            changed.unlink(missing_ok=True)
        return True

    def _erase_on_server(self) -> Erased:
        from tracker.store import row_erasure

        self._diary.store.check_exists()
        own = self.backups()
        server, copies = self._server, self.copies()
        for path in (*(backup.path for backup in own), *server.aside(), server.copies_list()):
            backups.remove(path)
        with self._diary.store.writing(clock.utc_micros(clock.now())) as writer:
            row_erasure.erase_all_on_server(writer)
        return Erased(len(own), copies)

    def _copies(self) -> list[Path]:
        return [
            *(backup.path for backup in backups.backups_of(self._location)),
            *self.copies_set_aside(),
            *sync_conflict_copies(self.file()),
        ]

    def copies_set_aside(self) -> list[Path]:
        """The copies put aside before a restore, a repair or an upgrade; on a server, damaged
        backups."""
        if self._location.path is None:
            return self._server.aside()
        path = self.file()
        is_own = backups.owner_test(self._location)
        aside = sorted(backups.quarantine_folder(self._location).glob("*.db"))
        return [one for one in aside if backups.is_copy_set_aside(one, path) and is_own(one)]


def _shortened_list(names: Sequence[str]) -> str:
    """The first few names, with an ellipsis where there are more."""
    ellipsis = ["…"] if len(names) > MAX_NAMED_ROWS else []
    return ", ".join([*names[:MAX_NAMED_ROWS], *ellipsis])


def _object_names(objects: Sequence[tuple[str, str]]) -> str:
    return _shortened_list([f"{kind} {name}" for kind, name in objects])


def _bad_rows_sentence(rows: Sequence[BadRow]) -> str:
    return ngettext(
        "{count} row of the diary has a value that calmtrack never writes, so calmtrack may not "
        "show it: {names}.",
        "{count} rows of the diary have values that calmtrack never writes, so calmtrack may not "
        "show them: {names}.",
        len(rows),
    ).format(count=format_number(len(rows)), names=_shortened_list([row.name for row in rows]))


def _check_restorable(backup: Path) -> None:
    """Raises InputError for a file that is not an intact diary, or has a practice's id that
    calmtrack never makes."""
    if own_files.is_export(backup):
        raise not_a_backup_error(backup)
    if not backup.is_file() or not integrity.is_diary(backup):
        raise not_a_diary_error(backup)
    corruption = integrity.find_corruption(backup)
    if corruption is not None:
        raise InputError(
            _("{path} is damaged ({problem}). Nothing was changed. Choose another backup.").format(
                path=backup, problem=corruption
            )
        )
    if difference := integrity.structure_difference(backup):
        raise InputError(
            _(
                "{path} can't be restored: {problem}. Nothing was changed. Choose another backup."
            ).format(path=backup, problem=difference)
        )
    for value in integrity.practice_ids(backup):
        validation.practice_id(value)


def _replace_damaged(path: Path, backup: Path, replaced: Path, own_id: str | None) -> None:
    """Replaces a corrupt file by renaming a copy of the backup over it, since restoring within a
    transaction needs an intact file; the old one is copied away with its journal."""
    fresh = unfinished_name(path)
    backups.copy(Location(backup), fresh)
    with closing(integrity.open_file(fresh, "rw")) as connection:
        backups.set_diary_id(connection, own_id)
    _rename_over(path, fresh, replaced)


def _rename_over(path: Path, fresh: Path, replaced: Path) -> None:
    """Renames a file over a corrupt one, which is copied away with its journal first."""
    import shutil

    private_folder(replaced.parent)
    journal = journal_of(path)
    shutil.copy2(path, replaced)
    if journal.exists():
        journal.replace(journal_of(replaced))
    for one in (replaced.parent, replaced, fresh):
        own_files.copy_owner(path, one)
    fresh.replace(path)
    sync_folder(path.parent)


_PARTS = {
    "entry": N_("entries"),
    "evening": N_("evenings"),
    "practice": N_("practices"),
    "goal": N_("practices"),
    "out_of_list": N_("practices"),
    "kept": N_("settings"),
    "change": N_("undo history"),
    "change_row": N_("undo history"),
    "conflict_record": N_("undo history"),
}
"""The content of each table in a person's words."""


def _salvage_report(salvaged: Salvaged, backup: Backup | None) -> Iterator[str]:
    count = salvaged.read
    yield ngettext(
        "Saved {count} row from the damaged diary.",
        "Saved {count} rows from the damaged diary.",
        count,
    ).format(count=format_number(count))
    if backup is not None and (count := salvaged.filled):
        yield ngettext(
            "Restored {count} more row from {path}.",
            "Restored {count} more rows from {path}.",
            count,
        ).format(count=format_number(count), path=backup.path)
    # The only other table is that of the diary's id, which is generated anew.
    parts = dict.fromkeys(_(_PARTS[table]) for table in _PARTS if table in salvaged.incomplete)
    if not parts:
        yield _("As far as calmtrack can tell, nothing is missing from the diary.")
        return
    yield _("Not everything could be saved. Some of this may be missing: {parts}.").format(
        parts=", ".join(parts)
    )


def _open_to_others(path: Path) -> Iterator[Problem]:
    for one in _too_open(path):
        yield Problem(
            _("Other users on this computer can read {path}.").format(path=one),
            _("make the diary private"),
        )


def _too_open(path: Path) -> list[Path]:
    """Those of the diary's folder and file that are calmtrack's and let other users in."""
    if not own_files.is_diary_file(path):
        return []
    folder = path.parent
    too_open = [path] if _is_open(path) else []
    if _is_open(folder) and own_files.is_own_folder(folder, path):
        return [folder, *too_open]
    return too_open


def _is_newer(path: Path, since: float) -> bool:
    """Whether a file got its name or content after a moment; not for one that is gone."""
    try:
        return path.stat().st_ctime > since
    except OSError:
        return False


def _is_open(path: Path) -> bool:
    """Whether the mode of a file or folder lets other users in."""
    return os.name != "nt" and bool(path.stat().st_mode & 0o077)


def _close_to_others(path: Path) -> Iterator[str]:
    """Makes the diary file and its folder private; yields what was done, or why it wasn't."""
    for one in _too_open(path):
        try:
            one.chmod(0o700 if one.is_dir() else 0o600)
        except OSError as error:
            yield _("Couldn't make {path} private: {reason}. Ask its owner to do it.").format(
                path=one, reason=os_reason(error)
            )
        else:
            yield _("Made {path} private.").format(path=one)


def _previous_diary_message(replaced: Path) -> str:
    return _("The diary as it was is kept at {path}.").format(path=replaced)


def _missing_sentence(label: str) -> str:
    return _("There's no diary at {path}. If there should be one, check the path.").format(
        path=label
    )


def _owner_message(path: Path) -> str:
    return _(
        "{path} belongs to another user, who couldn't open it anymore if you repaired it. "
        'Ask its owner to run "calmtrack doctor --repair".'
    ).format(path=path)


def _needs_new_file(path: Path) -> bool:
    """Whether a repair replaces the diary's file: the new one belongs to the user who repairs."""
    if is_missing_or_empty(path):
        return False
    return _needs_backup(path) or integrity.structure_difference_in_use(path) is not None


def _needs_backup(path: Path) -> bool:
    return is_missing_or_empty(path) or integrity.find_corruption(path) is not None


def _quarantine_path(path: Path, why: str) -> Path:
    moment = clock.now().strftime("%Y-%m-%dT%H%M%S")
    folder = backups.quarantine_folder(Location(path))
    return backups.free_path(folder, f"{backup_folders.name_of(path)}-{why}-{moment}", ".db")
