"""Imports the parsed rows of a file into a diary, in one undo step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tracker.diary.diary import Diary
from tracker.i18n.messages import _
from tracker.i18n.units import unit_label
from tracker.importers.import_preview import preview_lines
from tracker.importers.import_report import (
    OTHER_UNIT,
    NumberedRow,
    ParsedFile,
    Report,
    ReportMessages,
)
from tracker.importers.new_practices import append_practices, is_pristine, replace_practices
from tracker.importers.row_conflicts import (
    ImportPolicy,
    IncomingRow,
    Prefer,
    RowConflicts,
    Step,
    apply,
)
from tracker.models import CALM_ID, Entry, EntryState, Evening, Practice
from tracker.store.reader import Reader
from tracker.store.versioned_rows import ENTRIES, EVENINGS
from tracker.store.writer import Writer


def apply_import(
    diary: Diary,
    parsed: ParsedFile,
    subject: str,
    *,
    dry_run: bool = False,
    prefer: Prefer = "newest",
) -> Report:
    """Saves all parsed rows, or none, as one undo step named after `subject`.

    `prefer` decides where the file and the diary differ. A dry run returns the same report,
    writes nothing and creates no diary.
    """
    step = Step("import", subject)
    own, today = diary.practices.all(), diary.today()

    def save_all(reader: Reader | None, writer: Writer | None) -> Report:
        messages = ReportMessages(parsed.numbering)
        practices = own if writer is None else writer.practices()
        if is_pristine(practices, reader):
            new = replace_practices(practices, parsed.practices, today)
        else:
            new = append_practices(practices, parsed.practices, today)
            _report_differences(practices, parsed, messages)
        _report_new(practices, new, today, messages)
        if writer is not None:
            for practice in new:
                writer.save_practice(practice)
        after = {practice.id: practice for practice in (*practices, *new)}
        names = {CALM_ID: _("Calm")} | {one.id: one.name for one in after.values()}
        policy = ImportPolicy(names, prefer, parsed.earlier)
        conflicts = RowConflicts(reader, writer, policy, messages)
        conflicts.save_days(ENTRIES, list(map(_entry_row, parsed.entries)))
        conflicts.save_days(EVENINGS, list(map(_evening_row, parsed.evenings)))
        report = conflicts.finish(step)
        return replace(
            report,
            read=parsed.read,
            messages=(*parsed.messages, *report.messages),
            preview=preview_lines(parsed, after, {practice.id for practice in practices}),
            left_out=parsed.left_out,
            can_prefer=True,
            lacks_settings=parsed.lacks_settings and bool(new and parsed.practices),
        )

    return apply(diary, step, save_all, dry_run=dry_run or not parsed.has_content)


def _entry_row(numbered: NumberedRow) -> IncomingRow:
    line, (day, practice_id, state, amount, note, logged_at) = numbered
    entry = Entry(day, practice_id, _STATES[state], amount, note, logged_at)
    return IncomingRow((practice_id, day), entry, line=line)


def _evening_row(numbered: NumberedRow) -> IncomingRow:
    line, (day, _, _, calm, note, logged_at) = numbered
    return IncomingRow((CALM_ID, day), Evening(day, calm, note, logged_at), line=line)


_STATES = {state.value: state for state in EntryState}


def _report_new(
    own: Sequence[Practice], saved: Iterable[Practice], today: date, messages: ReportMessages
) -> None:
    existing = {practice.id for practice in own}
    new = [practice for practice in saved if practice.id not in existing]
    archived = [one.name for one in new if one.archived_since(today) is not None]
    if listed := [one.name for one in new if one.archived_since(today) is None]:
        messages.add(_("New in your list: {names}."), names=", ".join(listed))
    if archived:
        messages.add(
            _("New practices, archived as in the file: {names}."), names=", ".join(archived)
        )


def _report_differences(
    own: Sequence[Practice], parsed: ParsedFile, messages: ReportMessages
) -> None:
    """Reports names and units that differ: an import never changes an existing practice."""
    by_id = {practice.id: practice for practice in own}
    for other in parsed.practices:
        practice = by_id.get(other.id)
        if practice is None:
            continue
        if other.name not in (None, practice.name):
            messages.add(
                _('{own} is called "{other}" in the file. The name in your diary stays.'),
                own=practice.name,
                other=other.name,
            )
        if other.unit not in (None, practice.unit):
            messages.add(
                _(OTHER_UNIT),
                name=practice.name,
                own=unit_label(practice.unit),
                other=unit_label(other.unit),
            )
