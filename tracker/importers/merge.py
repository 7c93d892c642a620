"""Merges another copy of a diary, a file, a database or a JSON export, in one undo step: of two
versions of a row the last write wins.

A row's versions are ordered by their time of change and then by their canonical JSON: a
last-writer-wins register (Shapiro and others, "A comprehensive study of Convergent and
Commutative Replicated Data Types", 2011, 3.2.1). Taking the greater of two is commutative,
associative and idempotent, so that machines end equal in whatever order they are merged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path

from tracker import clock
from tracker.diary.day_view import checked_in
from tracker.diary.diary import Diary
from tracker.diary.practice_lookup import command_word
from tracker.errors import InputError
from tracker.files import not_a_backup_error, not_a_diary_error
from tracker.formats.input_file import open_input
from tracker.i18n.date_format import format_day
from tracker.i18n.messages import N_, _
from tracker.i18n.setting_words import is_archived, practice_changes
from tracker.i18n.units import unit_label
from tracker.importers import calmtrack_json
from tracker.importers.import_report import (
    DiaryCopy,
    IncomingRow,
    Report,
    ReportMessages,
    report_new,
)
from tracker.importers.row_conflicts import (
    BEGUN_ON,
    Decision,
    Outcome,
    RowConflicts,
    Step,
    Where,
    apply,
    is_pristine,
    is_silent,
)
from tracker.importers.row_descriptions import (
    RowDescription,
    copy_preview_lines,
    setting_changes,
    setting_name,
)
from tracker.location import Location
from tracker.models import CALM_ID, DAY_TURNS_AT, Entry, Evening, Practice
from tracker.store import integrity, own_files, versioned_rows
from tracker.store.backup_folders import command_about
from tracker.store.reader import Reader
from tracker.store.row_mapping import SHIPPED_AT
from tracker.store.store import Store
from tracker.store.versioned_rows import (
    APP_STATE,
    ENTRIES,
    EVENINGS,
    PRACTICES,
    RowChange,
    RowKey,
    RowKind,
    VersionedRow,
)
from tracker.store.writer import Writer


def merge(diary: Diary, other: Location, *, dry_run: bool = False) -> Report:
    """Merges another diary into this one as one undo step; the other is only read.

    A dry run returns the same report and writes nothing. Raises InputError for what is not a
    diary, and then has changed nothing.
    """
    name = other.path.name if other.path is not None else other.label
    return _merge(diary, other, Step("merge", name), dry_run=dry_run)


def restore_export(diary: Diary, backup: Path) -> Report:
    """Merges a backup, a JSON export or a diary file, into a diary in a database server as one
    undo step: deleted rows come back, rows that were changed later stay.

    Raises InputError for what is not a diary, and then has changed nothing.
    """
    return _merge(diary, Location(backup), Step("import", backup.name), may_replace=True)


def _merge(
    diary: Diary,
    other: Location,
    step: Step,
    *,
    may_replace: bool = False,
    dry_run: bool = False,
) -> Report:
    if _is_same(diary.location, other):
        raise InputError(
            _("{path} is the diary you're already using. There's nothing to merge.").format(
                path=other.label
            )
        )
    messages = ReportMessages("item")
    copy = _read_copy(diary, other, messages)
    return merge_copy(diary, copy, step, messages, may_replace=may_replace, dry_run=dry_run)


def _is_same(one: Location, other: Location) -> bool:
    if one.path is None or other.path is None:
        return one.url == other.url
    return one.path.resolve() == other.path.resolve()


def _read_copy(diary: Diary, other: Location, messages: ReportMessages) -> DiaryCopy:
    path = other.path
    if path is None:
        return _read_database(other)
    with open_input(path) as file:
        if file.is_folder:
            raise not_a_diary_error(path)
        if file.is_json:
            if not calmtrack_json.matches(file):
                raise not_a_diary_error(path)
            return calmtrack_json.read(file, diary.today(), messages)
    return _read_diary_file(path)


def _read_diary_file(path: Path) -> DiaryCopy:
    if own_files.is_export(path):
        raise not_a_backup_error(path)
    if not integrity.is_diary(path):
        raise not_a_diary_error(path)
    if problem := integrity.find_corruption(path):
        raise InputError(
            _(
                "{path} is damaged ({problem}). Nothing was changed. Repair that diary "
                'first: run "{command}".'
            ).format(path=path, problem=problem, command=command_about(path, "doctor", "--repair"))
        )
    if problem := integrity.structure_difference(path):
        raise InputError(
            _(
                "{path} can't be merged: {problem}. Nothing was changed. Repair that diary first: "
                'run "{command}".'
            ).format(path=path, problem=problem, command=command_about(path, "doctor", "--repair"))
        )
    # Opening migrates an older schema. So a copy in memory is opened, of which a killed merge
    # leaves nothing behind.
    return _read_database(Location(path), in_memory=True)


def _read_database(location: Location, *, in_memory: bool = False) -> DiaryCopy:
    store = Store(location, in_memory=in_memory)
    store.check_exists()
    with store.reading() as reader:
        copy = DiaryCopy(
            [IncomingRow(key, *row) for key, row in PRACTICES.load_all(reader).items()],
            [IncomingRow(key, *row) for key, row in APP_STATE.load_all(reader).items()],
            # Not by days: an entry or evening on no day would be left out without a word.
            [
                IncomingRow((one.practice_id, one.day), one, at)
                for one, at in versioned_rows.iter_entries(reader)
            ],
            [
                IncomingRow((CALM_ID, one.day), one, at)
                for one, at in versioned_rows.iter_evenings(reader)
            ],
        )
        if reader.set_apart:
            names = sorted({str(key) for _, key, _ in reader.set_apart})
            raise InputError(
                _(
                    "{path} has entries that can't be read ({names}). Nothing was "
                    'changed. Repair that diary first: run "{command}".'
                ).format(
                    path=location.label,
                    names=", ".join(names[:5]),
                    command=command_about(location.label, "doctor", "--repair"),
                )
            )
        return copy


def merge_copy(
    diary: Diary,
    copy: DiaryCopy,
    step: Step,
    messages: ReportMessages,
    *,
    may_replace: bool,
    dry_run: bool,
    hides_scores: bool = False,
) -> Report:
    """Merges all rows of a copy, or none, as one undo step; of two rows the later one wins.

    The copy replaces a diary that does not exist yet and, with `may_replace`, one that has only
    what it was created with. A dry run returns the same report and writes nothing. `messages` are
    those from reading the copy. The report names no calm scores if `hides_scores`.
    """
    is_new = diary.begun_on() is None
    initial = diary.practices.all() if is_new else ()

    is_begun = diary.store.exists()

    def save_all(reader: Reader | None, writer: Writer | None) -> Report:
        own = _own_practices(reader, initial)
        replaces = (
            (is_new or may_replace)
            and bool(copy.practices)
            and is_pristine([row.value for row in own.values()], reader)
        )
        if replaces:
            if writer is not None:
                _delete_missing(writer, copy)
            ids = {row.value.id for row in copy.practices}
            own = {key: row for key, row in own.items() if row.value.id in ids}
        policy = LastWriteWins(
            {row.value.id: row.value for row in own.values()},
            {row.value.id: row.value for row in copy.practices},
            step.subject,
            replaces,
            hides_scores,
            is_first=replaces and not is_begun,
        )
        conflicts = RowConflicts(reader, writer, policy, messages)
        before = () if policy.is_first else tuple(row.value for row in own.values())
        _merge_practices(conflicts, copy, own, step.subject, replaces=replaces)
        report_new(before, [row.value for row in own.values()], diary.today(), messages)
        _merge_app_state(
            conflicts, copy, is_new=is_new, reported_as=None if replaces else step.subject
        )
        conflicts.save_days(ENTRIES, sorted(copy.entries, key=attrgetter("day")))
        conflicts.save_days(EVENINGS, sorted(copy.evenings, key=attrgetter("day")))
        merged = {row.value.id: row.value for row in own.values()}
        preview = copy_preview_lines(copy, merged, {one.id for one in before})
        return replace(conflicts.finish(step), preview=preview)

    return apply(diary, step, save_all, dry_run=dry_run or not copy.has_content)


def _own_practices(
    reader: Reader | None, initial: Sequence[Practice]
) -> dict[RowKey, VersionedRow]:
    """The diary's practices; `initial` are those that a new diary starts with."""
    if reader is None:
        return {(one.id, None): VersionedRow(one, SHIPPED_AT) for one in initial}
    return PRACTICES.load_all(reader)


def _delete_missing(writer: Writer, copy: DiaryCopy) -> None:
    """Deletes what the diary was created with and the copy lacks."""
    ids = {row.value.id for row in copy.practices}
    # Without `begun_on` the diary would be initialised again.
    keys = {row.key[0] for row in copy.kept} | {"begun_on"}
    writer.remove_practices([one.id for one in writer.practices() if one.id not in ids])
    kept = APP_STATE.load_all(writer)
    gone = [key for key in kept if key[0] not in keys]
    for key in gone:
        writer.record_before(APP_STATE, key, kept[key])
    writer.delete(APP_STATE, gone)


def _merge_practices(
    conflicts: RowConflicts,
    copy: DiaryCopy,
    own: dict[RowKey, VersionedRow],
    source: str,
    *,
    replaces: bool,
) -> None:
    """Merges the practices. `source` names the copy; where it `replaces` a diary in which nothing
    was logged, no unit of that matters."""
    before = dict(own)
    rows = copy.practices if replaces else _with_earlier_starts(conflicts, copy.practices, own)
    conflicts.save(PRACTICES, rows, own)
    if not replaces:
        _report_units(conflicts, copy, before, own, source)
    _make_keys_unique(conflicts, own)


def _with_earlier_starts(
    conflicts: RowConflicts, rows: Sequence[IncomingRow], own: dict[RowKey, VersionedRow]
) -> list[IncomingRow]:
    """The rows with the earlier of the days on which each practice was added here and in the copy;
    those of the diary, `own`, get it too. With the later one, the rated evenings between the two
    would no longer count as done or not.

    Copies end equal, as of two rows that then differ, the rest decides.
    """
    changes: list[RowChange] = []
    moved: list[IncomingRow] = []
    for row in rows:
        previous = own.get(row.key)
        if previous is None:
            moved.append(row)
            continue
        first = min(row.value.added_on, previous.value.added_on)
        moved.append(row._replace(value=row.value._replace(added_on=first)))
        if first < previous.value.added_on:
            value = previous.value._replace(added_on=first)
            own[row.key] = VersionedRow(value, previous.updated_at)
            changes.append(RowChange(row.key, own[row.key], previous))
    if conflicts.writer is not None:
        conflicts.writer.save(PRACTICES, changes)
    return moved


def _report_units(
    conflicts: RowConflicts,
    copy: DiaryCopy,
    before: Mapping[RowKey, VersionedRow],
    merged: Mapping[RowKey, VersionedRow],
    source: str,
) -> None:
    """Reports practices with days that the diary and the copy count in different units."""
    with_days = {row.key[0] for row in copy.entries if row.value.amount is not None}
    if conflicts.reader is not None:
        with_days |= conflicts.reader.first_entries().keys()
    for row in copy.practices:
        practice, own = row.value, before.get(row.key)
        if own is None or own.value.unit is practice.unit or practice.id not in with_days:
            continue
        now = merged[row.key].value
        conflicts.messages.add(
            _(_UNITS_MESSAGES[now.unit.spec.is_counted]),
            name=now.name,
            own=unit_label(own.value.unit),
            other=unit_label(practice.unit),
            source=source,
            unit=unit_label(now.unit),
        )


def _make_keys_unique(conflicts: RowConflicts, merged: dict[RowKey, VersionedRow]) -> None:
    """Removes the letter of a practice that one before it in the list has too.

    The changed practice gets a time just after its own, so that all copies end equal.
    """
    owners: dict[str, str] = {}
    practices = [row.value for row in merged.values()]
    for row in sorted(merged.values(), key=lambda row: (row.value.position, row.value.id)):
        practice, at = row
        if practice.key is None:
            continue
        if practice.key not in owners:
            owners[practice.key] = practice.name
            continue
        conflicts.messages.add(
            _(_KEYS_MESSAGE),
            key=practice.key,
            first=owners[practice.key],
            other=practice.name,
            id=command_word(practice, practices),
        )
        without = VersionedRow(practice._replace(key=None), clock.just_after(at))
        merged[practice.id, None] = without
        if conflicts.writer is not None:
            change = RowChange((practice.id, None), without, row)
            conflicts.writer.save(PRACTICES, [change])


def _merge_app_state(
    conflicts: RowConflicts, copy: DiaryCopy, *, is_new: bool, reported_as: str | None
) -> None:
    """Merges settings and what the app remembers. `reported_as` names the copy in the messages
    about settings that the diary has by default; None for no such messages."""
    own = {} if conflicts.reader is None else APP_STATE.load_all(conflicts.reader)
    if is_new:
        # This step wrote it when it created the diary.
        own.pop(("begun_on", None), None)
    if reported_as is not None:
        for row in copy.kept:
            key, default = row.key[0], _DEFAULTS.get(row.key[0], row.value)
            if row.key not in own and row.value != default:
                conflicts.messages.add(
                    _(_SETTINGS_MESSAGES[True, False]),
                    what=setting_name(key),
                    source=reported_as,
                    changes=setting_changes(key, row.value, default, {}),
                )
    conflicts.save(APP_STATE, copy.kept, own)


# Which of two versions of a row is kept

_DEFAULTS = {
    "day_turns_at": DAY_TURNS_AT.isoformat("minutes"),
    "week_starts_on": 0,
    "gentle_muted": False,
}
"""Settings that change what is shown, as they are in a diary without them."""


@dataclass(frozen=True, slots=True)
class Version:
    """A row's content and its time of change."""

    updated_at: str
    """UTC text of fixed width, so that its order is the order of time."""
    content: str
    """Canonical JSON."""


def winner(where: Where, one: Version, other: Version) -> Version:
    """The version of a row that a merge keeps."""
    if where == BEGUN_ON and one.content != other.content:
        return min(one, other, key=lambda version: version.content)
    return max(one, other, key=lambda version: (version.updated_at, version.content))


@dataclass(frozen=True, slots=True)
class LastWriteWins:
    """The policy for rows with a time of change: the later one wins, so that copies of a diary end
    equal in whatever order they are merged."""

    own: Mapping[str, Practice]
    """The diary's practices by id, for the report."""
    theirs: Mapping[str, Practice]
    """Those of the copy."""
    source: str
    """The name of the file or diary that the rows come from, for the report."""
    replaces: bool = False
    """Whether the diary has only what it was created with: then every row may replace one of the
    diary's."""
    hides_scores: bool = False
    """Whether the report names no calm scores."""
    is_first: bool = False
    """Whether the copy creates the diary: then all of its practices are new to the person."""

    def decide(self, kind: RowKind, row: IncomingRow, own: VersionedRow) -> Decision:
        """The row with the greater (time of change, canonical JSON) wins."""
        key, day = row.key
        theirs = Version(row.updated_at or "", kind.to_json(row.value))
        ours = Version(own.updated_at, kind.to_json(own.value))
        is_free = day is None or own.value.empty
        is_unseen = is_silent((kind.name, key))
        if self.is_first and kind.name == "practice":
            return Decision("added", saves=True)
        if self.replaces and is_free and theirs != ours:
            if day is not None:
                return Decision("added", saves=True)
            is_same = is_unseen or (
                kind.name == "practice" and _practices_look_same(row.value, own.value)
            )
            return Decision("unchanged" if is_same else "changed", saves=True, is_conflict=False)
        wins = winner((kind.name, key), ours, theirs) is theirs
        # Only rows without a day: an entry or evening with this time was imported without one.
        untouched = day is None and theirs.updated_at == ours.updated_at == SHIPPED_AT
        # Of an empty entry that is left out, nothing is recorded, and no one misses anything.
        adds_nothing = kind.is_blank(row.value) and (not wins or kind.is_blank(own.value))
        if theirs.content == ours.content or untouched or is_unseen or adds_nothing:
            return Decision("unchanged", wins)
        is_tie = theirs.updated_at == ours.updated_at
        if kind.name == "practice":
            return self._decide_practice(row.value, own.value, wins=wins, is_tie=is_tie)
        if kind.name == "kept":
            now, before = (row.value, own.value) if wins else (own.value, row.value)
            names = {one.id: one.name for one in (*self.theirs.values(), *self.own.values())}
            values = {
                "what": setting_name(key),
                "source": self.source,
                "changes": setting_changes(key, now, before, names),
            }
            return Decision(_won(wins), wins, _(_SETTINGS_MESSAGES[wins, is_tie]), values)
        if _days_look_same(row.value, own.value):
            return Decision("unchanged", wins)
        message = _(_MERGE_MESSAGES[wins, is_tie])
        if wins and ours.updated_at == SHIPPED_AT:
            message = _(_OVER_UNTIMED)
        if wins and kind.is_blank(own.value):
            message = _(_OVER_EMPTY)
        return Decision(_won(wins), wins, message, self._day_values(row, own, wins=wins))

    def _decide_practice(
        self, theirs: Practice, ours: Practice, *, wins: bool, is_tie: bool
    ) -> Decision:
        """The decision about a practice whose two versions differ: nothing is reported where that
        can't be seen."""
        now, before = (theirs, ours) if wins else (ours, theirs)
        messages = []
        if is_archived(theirs) != is_archived(ours):
            messages.append(_(_LIST_MESSAGES[wins, is_archived(theirs)]))
        if changes := " ".join(practice_changes(now, before)):
            messages.append(_(_SETTINGS_MESSAGES[wins, is_tie]))
        if messages:
            values = {"what": ours.name, "source": self.source, "changes": changes}
            return Decision(_won(wins), wins, " ".join(messages), values)
        if _practices_look_same(theirs, ours):
            return Decision("unchanged", wins)
        return Decision(_won(wins), wins, _(_ORDER_MESSAGES[wins]), is_conflict=False)

    def _day_values(
        self, row: IncomingRow, own: VersionedRow, *, wins: bool
    ) -> Mapping[str, object]:
        """The values of a message about an entry or an evening."""
        (key, day), hides = row.key, self.hides_scores
        theirs = RowDescription(row.value, own.value, self.theirs.get(key), hides)
        ours = RowDescription(own.value, row.value, self.own.get(key), hides)
        practice = self.own.get(key) or self.theirs.get(key)
        name = _("Calm") if isinstance(row.value, Evening) else practice.name if practice else key
        return {
            "what": f"{name}, {format_day(day, year=True)}" if day else name,
            "source": self.source,
            # Many at once, of a holiday, would hide a score or an amount among them.
            "is_minor": not (own if wins else row).value.holds_log,
            "winner": theirs if wins else ours,
            "loser": ours if wins else theirs,
        }


def _days_look_same(one: Entry | Evening, other: Entry | Evening) -> bool:
    """Whether two versions of an entry or of an evening differ in nothing that is shown: at most in
    when they were logged, if that doesn't make a rating a late one."""
    if isinstance(one, Evening) and isinstance(other, Evening):
        same = (one.calm, one.note) == (other.calm, other.note)
        return same and checked_in(one) == checked_in(other)
    return one._replace(logged_at=None) == other._replace(logged_at=None)


def _practices_look_same(one: Practice, other: Practice) -> bool:
    """Whether two versions of a practice differ in nothing but their first days."""
    return (
        one.position == other.position
        and is_archived(one) == is_archived(other)
        and not any(practice_changes(one, other))
    )


def _won(wins: bool) -> Outcome:
    return "changed" if wins else "lost"


_MERGE_MESSAGES = {
    (True, False): N_(
        "{what}: {winner} from {source} is newer. It replaces {loser}, which stays in the "
        "undo history."
    ),
    (False, False): N_(
        "{what}: {winner} in your diary is newer and stays, and {loser} from {source} isn't used."
    ),
    (True, True): N_(
        "{what}: changed in both copies of the diary at the same moment: {winner} "
        "from {source} is used, and {loser} stays in the undo history."
    ),
    (False, True): N_(
        "{what}: changed in both copies of the diary at the same moment: {winner} "
        "from your diary stays, and {loser} from {source} isn't used."
    ),
}
"""Messages about an entry or an evening, by whether the incoming row wins, and whether both changed
at the same time."""

_OVER_UNTIMED = N_(
    "{what}: {winner} from {source} replaces {loser}, which came from a file that doesn't say when "
    "it was logged. It stays in the undo history."
)
"""The message about an entry or an evening that was imported without a time."""

_OVER_EMPTY = N_("{what}: {winner} from {source} is used.")
"""The message about an entry that the diary had cleared."""

_ORDER_MESSAGES = {
    True: N_("The other copy's order of practices is newer, so it's used here, too."),
    False: N_("The order of practices in your diary is newer and stays."),
}
"""Messages by whether the incoming row of a practice wins, where only its place differs. It's one
sentence for all of them: to move one practice changes the places of others."""

_SETTINGS_MESSAGES = {
    (True, False): N_("{what} was changed later in {source}, so that version is used. {changes}"),
    (False, False): N_("{what} was changed later in your diary, so it stays as it is. {changes}"),
    (True, True): N_(
        "{what} was changed in both copies of the diary at the same moment. The version from "
        "{source} is used. {changes}"
    ),
    (False, True): N_(
        "{what} was changed in both copies of the diary at the same moment. Your diary's version "
        "stays. {changes}"
    ),
}
"""The same about a practice or a setting."""

_LIST_MESSAGES = {
    (True, True): N_("{what} was archived in {source}, so it's archived here, too."),
    (True, False): N_("{what} was restored in {source}, so it's in your list again."),
    (False, True): N_(
        "{what} is archived in {source}. Your diary's change is newer, so it stays in your list."
    ),
    (False, False): N_(
        "{what} is in the list of {source}. Your diary's change is newer, so it stays archived."
    ),
}
"""The same for a practice that is archived in one of the two, by whether the incoming row wins, and
whether it is the archived one."""

_UNITS_MESSAGES = {
    True: N_(
        "{name} is counted in {own} in your diary and in {other} in {source}. The newer of the two "
        "is used: {unit}. Days logged in the other unit keep their numbers, so days that were done "
        "may not reach the goal anymore."
    ),
    False: N_(
        "{name} is counted in {own} in your diary and in {other} in {source}. The newer of the two "
        "is used: {unit}. Days logged in the other unit keep their numbers, so days that were only "
        "partly done now count as done."
    ),
}
"""Messages about a practice with two units, by whether amounts beyond 1 exist in the one used."""

_KEYS_MESSAGE = N_(
    "{first} and {other} both have the letter {key}. {first} keeps it. You can then choose another "
    'one for {other} in Practices, or with "calmtrack practices edit {id} --key".'
)
