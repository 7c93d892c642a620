"""The parsed content of a file, and the report of an import."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tracker.diary import practice_lookup
from tracker.formats.cell_parsing import line_position
from tracker.formats.json_reader import item_position
from tracker.i18n.messages import N_, _, format_number, ngettext, round_half_up
from tracker.i18n.setting_words import word_sentences
from tracker.models import MAX_AMOUNT, Goal, Practice, Unit

if TYPE_CHECKING:
    from tracker.store.versioned_rows import RowKey

MAX_PER_MESSAGE = 20
"""The number of sentences that are listed of one message; the others are only counted."""
MAX_MINOR = 3
"""The same for minor ones."""

OTHER_UNIT = N_(
    "{name} is counted in {other} in the file and in {own} in your diary. Your unit stays, and the "
    "numbers are imported without converting them."
)

LOST_ROWS_HINT = N_(
    'Run "calmtrack undo --list" to see what wasn\'t used, because your diary kept its own.'
)

PREFER_FILE_HINT_IN_APP = N_(
    "To use the file's entries instead, open it again and press f before you import it."
)

LOST_ROWS_HINT_IN_APP = N_('To see what wasn\'t used, run "calmtrack undo --list" in a terminal.')

SETTINGS_MISSING = N_(
    "A CSV file doesn't contain goals, letters, questions or archive dates. A JSON export "
    "contains them."
)

UNITS_MISSING = N_(
    "A CSV file with a row for each day doesn't contain names, units, goals, letters, questions or "
    "archive dates. A JSON export contains them."
)

NO_DATE = N_('{at}: "{text}" isn\'t a date, so this row is left out.')

UNNAMED_COLUMN = N_("Column {number} has cells but no name in the first row, so it is left out.")

DAY_AHEAD = N_("{at}: {day} is in the future. If the date is wrong, clear that day.")

OWN = "calmtrack"
"""The source of calmtrack's own files."""

Numbering = Literal["line", "item"]
"""What the numbers of a file's rows count: lines of text, or items of a list in JSON or of a table
in a database, where lines mean nothing to a person."""

Content = tuple[int | None, str]
"""The score and the note of an evening."""

HOURS = frozenset({"h", "hr", "hrs", "hour", "hours", "std", "stunden"})
MINUTES = frozenset({"min", "mins", "minute", "minutes", "minuten"})


class IncomingRow(NamedTuple):
    """A row of a file or of another diary."""

    key: RowKey
    value: Any
    """An Entry, an Evening, a Practice, or the JSON value of a `kept` row."""
    updated_at: str | None = None
    """Its time of change, UTC; None in files without such times, from which only entries and
    evenings are imported."""
    line: int = 0
    """Its line or item in the file; 0 without one."""

    @property
    def day(self) -> date:
        """The day of an entry or evening."""
        day: date = self.value.day
        return day


@dataclass(frozen=True, slots=True)
class ForeignHabit:
    """A habit as its tracker describes it."""

    name: str
    question: str = ""
    goal: tuple[int, int] | None = None
    """How many times in how many days; 0 times for a habit without a goal, None in a file without
    goals."""
    is_counted: bool = False
    """Whether its days have numbers; otherwise they are yes or no."""
    unit_word: str = ""
    """The unit of the numbers as the person wrote it: "h", "pages"."""
    target: Decimal = Decimal(0)
    """The number that makes a day done; 0 without a target."""
    at_most: bool = False
    """Whether a day is done at or under the target."""
    archived: bool = False

    @property
    def days_per_week(self) -> int | None:
        """The goal in days per week, 1 to 7, rounded half up; as `goal` 0 or None."""
        if self.goal is None:
            return None
        times, days = self.goal
        return min(max(round_half_up(Decimal(7 * times) / max(days, 1)), 1), 7) if times else 0

    @property
    def unit(self) -> Unit:
        """The unit of a new practice for it."""
        if not self.is_counted or self.at_most:
            return Unit.YES_NO
        word = self.unit_word.strip().casefold()
        return Unit.MINUTES if word in HOURS | MINUTES else Unit.TIMES

    @property
    def factor(self) -> int:
        """What its numbers are multiplied by: hours become minutes."""
        return 60 if self.unit_word.strip().casefold() in HOURS else 1

    @property
    def amount(self) -> int:
        """The daily goal of a new practice for it, 1 to MAX_AMOUNT."""
        if self.unit is Unit.YES_NO:
            return 1
        return min(max(round_half_up(self.target * self.factor), 1), MAX_AMOUNT)

    def goal_instead_of(self, goal: Goal, unit: Unit) -> Goal:
        """The goal that a shipped practice of this unit gets: the file's, where it has one."""
        amount = self.amount if self.target and self.unit is unit else goal.amount
        return goal._replace(amount=amount, days_per_week=self.days_per_week or goal.days_per_week)

    @property
    def has_settings(self) -> bool:
        """Whether the person chose anything but its name and unit in the tracker."""
        has_goal = self.goal is not None or bool(self.target)
        return has_goal or bool(self.question) or self.archived


@dataclass(frozen=True, slots=True)
class PracticeInFile:
    """A practice as a file describes it."""

    id: str
    name: str | None
    """None where the file gives no name."""
    unit: Unit | None
    """None where the file gives no unit."""
    first_day: date
    """The first day on which the file mentions it."""
    largest: int
    """The largest amount of a day; 0 without any."""
    habit: ForeignHabit | None = None
    """Its settings in another tracker; None for practices that the person has, and in calmtrack's
    files."""
    last_day: date | None = None
    """The last day with a mark in another tracker."""


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A whole file, parsed and validated."""

    practices: tuple[PracticeInFile, ...]
    """In the order of the list, with which the order of rows agrees on every day."""
    entries: tuple[IncomingRow, ...]
    """By day; at most one for each day and practice."""
    evenings: tuple[IncomingRow, ...]
    """By day; at most one for each day."""
    read: int
    """Rows with content."""
    messages: tuple[str, ...]
    """Sentences about what was replaced, cut or left out in parsing."""
    numbering: Numbering
    """What the numbers of the rows count."""
    implied_noes: tuple[IncomingRow, ...] = ()
    """By day; entries of the amount 0 that follow from the score of an evening. They are imported
    only where the diary has something else. Elsewhere those with a note are imported without their
    amount, as which they are among the `entries`, too."""
    blanks: frozenset[RowKey] = frozenset()
    """Entries and evenings for which the file has nothing but their day. They take nothing out of
    the diary."""
    left_out: int = 0
    """Rows among those read that could not be imported."""
    earlier: Mapping[date, frozenset[Content]] = field(default_factory=dict)
    """The contents that an evening had in earlier exports, by day. An evening of the diary with one
    of them is replaced."""
    has_whole_days: bool = False
    """Whether a row is a whole day: then a blank beside a score may be meant as anything."""
    is_from_tracker: bool = False
    """Whether another tracker wrote it, or a person. Otherwise it is calmtrack's own CSV, which has
    the entries of practices but not their settings."""
    new_columns: tuple[str, ...] = ()
    """Sentences about the columns that may be no practices."""

    @property
    def has_content(self) -> bool:
        """Whether there is anything to save: habits alone create practices, too."""
        habits = any(practice.habit is not None for practice in self.practices)
        return bool(self.entries or self.evenings or habits)


@dataclass(frozen=True, slots=True)
class DiaryCopy:
    """The content of another copy of a diary, each row with its time of change."""

    practices: Sequence[IncomingRow]
    kept: Sequence[IncomingRow]
    entries: Sequence[IncomingRow]
    evenings: Sequence[IncomingRow]

    @property
    def has_content(self) -> bool:
        """Whether it has any row."""
        return bool(self.practices or self.kept or self.entries or self.evenings)


@dataclass(frozen=True, slots=True)
class HabitInFile:
    """A habit or an activity of a file, and what it becomes."""

    name: str
    """The name in the file."""
    target: str
    """The id of a practice, `calm`, NOTE, or empty if it is left out."""
    new_name: str
    """The name of the practice if the diary doesn't have it; otherwise empty."""
    has_numbers: bool
    """Whether its days have numbers, which could be calm scores."""
    has_text: bool = False
    """Whether its days have text, which could only be notes."""


@dataclass(frozen=True, slots=True)
class FileInfo:
    """The detected kind of a file, and the choices that it offers."""

    source: str = ""
    """The program that wrote it, as `--source` names it."""
    name: str = ""
    """The program's own name."""
    moods: Mapping[str, int | None] = field(default_factory=dict)
    """Mood labels as written in it, with their calm scores; None for unmapped ones."""
    activities: tuple[str, ...] = ()
    """Activities recorded with the moods, which could become practices."""
    habits: tuple[HabitInFile, ...] = ()
    """Its habits and activities, and what they become."""
    practices: tuple[Practice, ...] = ()
    """Those of the diary, which a habit could become."""
    unclear_date: str = ""
    """A date that only the person's choice settled; empty for none."""
    scale: int | None = None
    """The highest score of its calm column; None without one."""

    @property
    def is_own(self) -> bool:
        """Whether calmtrack wrote it: its columns can become new practices, or be left out."""
        return self.source == OWN


class ReportMessages:
    """The sentences of a report, formatted, grouped by message and limited in number."""

    def __init__(self, numbering: Numbering, rows_per_kind: int = MAX_PER_MESSAGE) -> None:
        """`rows_per_kind` limits the sentences of a kind that are about a row."""
        self.numbering = numbering
        self._rows_per_kind = rows_per_kind
        self._sentences: dict[str, list[tuple[int, int, str]]] = {}
        """Of each group, the number of the row or 0, the number of the sentence and the sentence.
        """
        self._counts: Counter[str] = Counter()
        self._minor: set[str] = set()
        """The groups that come last."""

    def add(self, message: str, /, **values: object) -> None:
        """Adds a translated message with the values of its fields; past the limit the sentences of
        the first rows stay, and the others are only counted.

        Four of the values are no fields: `line`, the number of the row that the message is about;
        `part`, the name of the list that the row is in; `kind`, as rows of each kind are counted
        separately; and `is_minor`, for rows that are named after all others, and few of them.
        """
        is_minor = bool(values.pop("is_minor", False))
        group = f"{message} {values.pop('kind', '')}{'minor' if is_minor else ''}"
        if is_minor:
            self._minor.add(group)
        sentences = self._sentences.setdefault(group, [])
        if sentences and sentences[0][2] == message:
            # It has no fields, so it says all once.
            return
        self._counts[group] += 1
        limit = self._rows_per_kind if "line" in values else MAX_PER_MESSAGE
        limit = MAX_MINOR if is_minor else limit
        number, part = values.pop("line", None), values.pop("part", "")
        place = number if isinstance(number, int) and self.numbering == "line" else 0
        if len(sentences) >= limit and place >= sentences[-1][0]:
            return
        if isinstance(number, int):
            values["at"] = self.position(number, str(part))
        insort(sentences, (place, self._counts[group], message.format(**values)))
        del sentences[limit:]

    def position(self, number: int, part: str = "") -> str:
        """Names a row of the file, or of a list in it."""
        if self.numbering == "line":
            return line_position(number)
        return item_position(number, part)

    def position_in_sentence(self, number: int) -> str:
        """Names a row of the file inside a sentence."""
        if self.numbering == "line":
            return line_position(number, in_sentence=True)
        return _("item {number}").format(number=number)

    def all(self) -> tuple[str, ...]:
        """All sentences, grouped by message in the order of first use, minor ones last, and in each
        group in that of the rows, with a count of the rest."""
        lines: list[str] = []
        for group, sentences in sorted(
            self._sentences.items(), key=lambda one: one[0] in self._minor
        ):
            lines += [sentence for _place, _number, sentence in sentences]
            if more := self._counts[group] - len(sentences):
                rest = ngettext(
                    "… and {count} more like this.",
                    "… and {count} more like these.",
                    more,
                ).format(count=format_number(more))
                if len(sentences) == 1:
                    lines[-1] += f" {rest}"
                else:
                    lines.append(rest)
        return tuple(lines)


def report_new(
    before: Sequence[Practice], after: Sequence[Practice], today: date, messages: ReportMessages
) -> Sequence[Practice]:
    """Names the practices that an import or a merge adds to those `before` it, those that are
    archived apart, and the words of commands that find another practice than `before`. Returns the
    added ones."""
    known = {one.id for one in before}
    new = [one for one in after if one.id not in known]
    archived = [one.name for one in new if one.archived_since(today) is not None]
    if listed := [one.name for one in new if one.archived_since(today) is None]:
        messages.add(_("New in your list: {names}."), names=", ".join(listed))
    if archived:
        messages.add(_("New practices, already archived: {names}."), names=", ".join(archived))
    words = {(one.word, one.found.id) for one in practice_lookup.shadowed_words(before)}
    shadowed = practice_lookup.shadowed_words(after)
    now = [one for one in shadowed if (one.word, one.found.id) not in words]
    for sentence in word_sentences(now, new):
        messages.add("{sentence}", sentence=sentence)
    return new


class RowCounts(NamedTuple):
    """How many rows of an import or a merge there are of each outcome."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    """Rows whose content the diary already had."""
    lost: int = 0
    """Rows that lost to a different one of the diary."""

    @property
    def written(self) -> int:
        """How many were added or changed."""
        return self.added + self.changed


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an import or a merge, in rows."""

    read: int
    """Rows with content, and cleared ones of a copy of a diary."""
    entries: RowCounts
    """Entries and evenings, without cleared ones that the diary doesn't have either."""
    settings: RowCounts
    """Practices and settings: a file of calmtrack's has them."""
    messages: tuple[str, ...]
    """Sentences to show to the user."""
    left_out: int = 0
    """Rows that could not be imported; each is reported with its line and the reason."""
    preview: tuple[str, ...] = ()
    """A sentence for each practice of the file, new ones first with the messages about their
    columns, and one for its evenings."""
    file_info: FileInfo = field(default_factory=FileInfo)
    """The detected kind of the file."""
    blanks: int = 0
    """Notes, scores, amounts and rest days of the diary that stay, as the file has none there."""
    set_aside: int = 0
    """Rows that lost, of the file or the diary, and have something that the others lack: they are
    listed among the records."""
    can_prefer: bool = False
    """Whether the person may choose between the rows of the file and those of the diary. In
    calmtrack's JSON the newest row always counts."""
    lacks_settings: bool = False
    """Whether practices were added from a file that has no settings of calmtrack's."""
    lacks_units: bool = False
    """Whether that file has no names and units either."""

    def sentences(self, *, dry_run: bool) -> tuple[str, ...]:
        """What the import reports beside its counts; of a dry run the preview first."""
        shown = (*self.preview, *self.messages) if dry_run else self.messages
        return tuple(dict.fromkeys(shown))

    @property
    def added(self) -> int:
        """How many rows were added."""
        return self.entries.added + self.settings.added

    @property
    def changed(self) -> int:
        """How many rows were changed."""
        return self.entries.changed + self.settings.changed

    @property
    def unchanged(self) -> int:
        """How many rows the diary already had."""
        return self.entries.unchanged + self.settings.unchanged

    @property
    def lost(self) -> int:
        """How many rows lost to a different one of the diary."""
        return self.entries.lost + self.settings.lost


def summary_lines(report: Report, *, dry_run: bool, in_app: bool = False) -> list[str]:
    """The sentences that count what was imported, or what a dry run would import; `in_app` names
    the keys of the Import screen in place of commands."""
    entries, blanks, left_out = report.entries, report.blanks, report.left_out
    settings, lines = _settings_line(report.settings), []
    if dry_run:
        lines.append(_would_change(entries))
    elif entries.written or not report.settings.written:
        lines.append(_changed(entries))
    if settings:
        lines.append(settings)
    counted = (
        (
            entries.unchanged,
            ngettext(
                "{count} entry in the file is the same in your diary.",
                "{count} entries in the file are the same in your diary.",
                entries.unchanged,
            ),
        ),
        (
            blanks,
            ngettext(
                "The file is empty in {count} place where your diary has something: that stays.",
                "The file is empty in {count} places where your diary has something: that stays.",
                blanks,
            ),
        ),
        (
            entries.lost,
            ngettext(
                "{count} entry is different in your diary and stays as it is there.",
                "{count} entries are different in your diary and stay as they are there.",
                entries.lost,
            ),
        ),
    )
    lines += [message.format(count=format_number(count)) for count, message in counted if count]
    is_offered = in_app and report.can_prefer
    if report.lost and (is_offered or report.set_aside) and not dry_run:
        lines.append(_lost_rows_hint(report, in_app=in_app))
    if left_out:
        message = ngettext(
            "{count} item in the file is left out. The messages about this import say why.",
            "{count} items in the file are left out. The messages about this import say why.",
            left_out,
        )
        lines.append(message.format(count=format_number(left_out)))
    if report.lacks_settings:
        lines.append(_(UNITS_MISSING if report.lacks_units else SETTINGS_MISSING))
    if dry_run:
        lines.append(_("Nothing has been changed yet."))
    return lines


def merge_lines(report: Report, message: str, path: object, *, dry_run: bool = False) -> list[str]:
    """The sentences that count what was merged, or what a dry run would merge: `message`, with
    `path` and the numbers of entries, and the numbers of practices and settings if any differ."""
    entries = report.entries
    added, changed, stayed = map(format_number, (entries.added, entries.changed, entries.lost))
    lines = [message.format(path=path, added=added, changed=changed, stayed=stayed)]
    if entries.unchanged and not (entries.added or entries.changed or entries.lost):
        lines.append(
            ngettext(
                "{count} entry is the same in both.",
                "{count} entries are the same in both.",
                entries.unchanged,
            ).format(count=format_number(entries.unchanged))
        )
    if report.settings.written or report.settings.lost:
        lines.append(_settings_line(report.settings))
    if dry_run:
        lines.append(_("Nothing has been changed yet."))
    return lines


def _lost_rows_hint(report: Report, *, in_app: bool) -> str:
    """How to see the file's entries that weren't used, or on the Import screen, where it offers
    them, how to use them."""
    if not in_app:
        return _(LOST_ROWS_HINT)
    return _(PREFER_FILE_HINT_IN_APP if report.can_prefer else LOST_ROWS_HINT_IN_APP)


def _settings_line(counts: RowCounts) -> str:
    """How many practices and settings there are of each outcome; empty for none."""
    added, changed, unchanged, lost = counts
    parts = (
        (added, ngettext("{count} new", "{count} new", added)),
        (changed, ngettext("{count} updated", "{count} updated", changed)),
        (unchanged, ngettext("{count} the same", "{count} the same", unchanged)),
        (lost, _("{count} kept as in your diary")),
    )
    shown = [part.format(count=format_number(count)) for count, part in parts if count]
    return _("Practices and settings: {counts}.").format(counts=", ".join(shown)) if shown else ""


def _changed(counts: RowCounts) -> str:
    added, changed = counts.added, counts.changed
    message = _("There was nothing new to import.")
    if added and changed:
        message = ngettext(
            "Imported {added} new entry, updated {changed}.",
            "Imported {added} new entries, updated {changed}.",
            added,
        )
    elif added:
        message = ngettext("Imported {added} new entry.", "Imported {added} new entries.", added)
    elif changed:
        message = ngettext("Updated {changed} entry.", "Updated {changed} entries.", changed)
    return message.format(added=format_number(added), changed=format_number(changed))


def _would_change(counts: RowCounts) -> str:
    added, changed = counts.added, counts.changed
    if not added and not changed:
        return _("Preview: no new entries.")
    new = ngettext(
        "Preview: this would add {count} new entry.",
        "Preview: this would add {count} new entries.",
        added,
    )
    updated = ngettext(
        "Preview: this would update {count} entry.",
        "Preview: this would update {count} entries.",
        changed,
    )
    if added:
        updated = ngettext(
            "It would update {count} entry.", "It would update {count} entries.", changed
        )
    counted = ((added, new), (changed, updated))
    return " ".join(text.format(count=format_number(count)) for count, text in counted if count)
