"""The dialog that exports the diary to a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from tracker.errors import CalmtrackError, InputError
from tracker.files import parse_path
from tracker.i18n.messages import N_, _
from tracker.location import NoHomeFolder, expand
from tracker.render.entry_text import exported_sentence, missing_in_csv
from tracker.tui.dialogs.dialog import ErrorLine, ListDialog
from tracker.tui.styled_text import glyph
from tracker.tui.widgets.bars import UP_DOWN, Hint
from tracker.tui.widgets.choice_list import ChoiceList, text_rows
from tracker.tui.widgets.progress_line import CancellableJob, ProgressLine
from tracker.tui.widgets.safe_input import SafeInput

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format of the list."""

    label: str
    file_name: str
    """The proposed file name."""
    write: Callable[[Diary, Path], str]
    """Writes a new file, all or nothing; returns a sentence about it."""


def export_formats(
    day: date, shown: tuple[date, date] | None, period: str
) -> tuple[ExportFormat, ...]:
    """The formats, with `day` in the proposed file names. `shown` are the first and last day of a
    screen that shows several, `period` their name: they can be exported alone."""
    formats = [
        ExportFormat(
            _("Every entry as CSV (can be imported back)"), f"calmtrack-{day}.csv", _csv()
        ),
        ExportFormat(
            _("One row per day as CSV (for spreadsheets, and back)"),
            f"calmtrack-days-{day}.csv",
            _csv(layout="days"),
        ),
        ExportFormat(
            _("The whole diary as JSON (to move to another computer)"),
            f"calmtrack-{day}.json",
            _write_json,
        ),
        ExportFormat(_("For Loop Habit Tracker (ZIP)"), f"calmtrack-loop-{day}.zip", _write_loop),
    ]
    if shown is not None:
        first, last = shown
        name = f"calmtrack-{first}-to-{last}.csv"
        only = ExportFormat(
            _("Only entries from {period} as CSV").format(period=period),
            name,
            _csv(first=first, last=last),
        )
        formats.insert(1, only)
    return tuple(formats)


class ExportDialog(ListDialog[str | None]):
    """Up and down choose a format, the field holds the path. An existing file is never
    overwritten. Returns a sentence about the file that was written."""

    DEFAULT_CSS = """
    ExportDialog .label { height: auto; margin-top: 1; color: $text-muted; }
    ExportDialog.-crowded .label { display: none; }
    ExportDialog ProgressLine { margin-top: 1; display: none; }
    ExportDialog ProgressLine.-shown { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("Cancel"), tooltip=N_("Cancel")),
    ]  # fmt: skip

    def __init__(self, formats: tuple[ExportFormat, ...], title: str = "") -> None:
        """`title` is by default that of an export of the diary."""
        super().__init__(title or _("Export your diary"))
        self._formats = formats
        self._format = formats[0]
        self._job: CancellableJob | None = None
        """The export in progress."""

    def compose_body(self) -> ComposeResult:
        yield ChoiceList(text_rows(one.label for one in self._formats))
        yield Static(
            _("Save to (not encrypted: anyone who can open it can read it):"),
            classes="label",
            markup=False,
        )
        proposed = f"{_proposed_folder()}/{self._format.file_name}"
        yield SafeInput(_free_path(proposed), select_on_focus=False)
        yield ErrorLine()
        yield ProgressLine()

    def hints(self) -> Sequence[Hint]:
        return [
            (glyph("↑↓"), _("choose"), UP_DOWN),
            (glyph("↵"), _("export"), "enter"),
            ("esc", _("cancel"), "escape"),
        ]

    def action_row(self, by: int) -> None:
        super().action_row(by)
        self.action_select()

    def action_select(self) -> None:
        """Selects a format, and renames the file: a proposed name is replaced, one that was typed
        gets the other format's suffix. While a file is written, the format stays."""
        if self._job is None:
            before, self._format = self._format.file_name, self._formats[self.cursor]
            field, suffix = self.query_one(SafeInput), Path(before).suffix
            folder, _slash, name = field.value.rpartition("/")
            if re.fullmatch(_numbered(before), name):
                field.value = _free_path(f"{folder}/{self._format.file_name}")
            elif suffix and field.value.endswith(suffix):
                field.value = field.value.removesuffix(suffix) + Path(self._format.file_name).suffix
            field.cursor_position = len(field.value)
            self.clear_error()
        self.query_one(ChoiceList).highlighted = self._formats.index(self._format)

    @on(Input.Submitted)
    def write(self, message: Input.Submitted) -> None:
        """Writes the file, and closes once it is complete and on disk."""
        message.stop()
        if self._job is not None:
            return
        export_format, text = self._format, message.value.strip()
        self._job = CancellableJob()
        self.clear_error()
        self.query_one(ProgressLine).follow(self._job)

        def job(diary: Diary) -> str:
            from tracker.exporters.export_file import ENDINGS, check_ending

            path, kinds = parse_path(text), {ending: kind for kind, ending in ENDINGS.items()}
            ending = Path(export_format.file_name).suffix
            # A recap is written in other formats than the diary.
            if (kind := kinds.get(ending)) is not None:
                check_ending(path, kind)
            # `e` within a sentence or a path that is typed on a screen opens this dialog, and the
            # rest lands here.
            if ending in path.stem.lower():
                raise InputError(
                    _("Nothing was written yet. Choose a name that has {ending} only once.").format(
                        ending=ending
                    )
                )
            if path.suffix.lower() != ending:
                raise InputError(
                    _("Nothing was written yet. Choose a name that ends in {ending}.").format(
                        ending=ending
                    )
                )
            return export_format.write(diary, path)

        self.calmtrack.diary_worker.submit(self._job.wrap(job), self.dismiss, self.show_error)

    @on(ProgressLine.StopRequested)
    def action_leave(self) -> None:
        """Cancels the export in progress; without one, closes."""
        if self._job is None:
            self.dismiss(None)
        else:
            self._job.stop()

    def on_unmount(self) -> None:
        if self._job is not None:
            self._job.stop()

    def show_error(self, error: CalmtrackError) -> None:
        self._job = None
        if self.has_widgets:
            self.query_one(ProgressLine).reset()
        super().show_error(error)


def _csv(**options: Any) -> Callable[[Diary, Path], str]:
    """A CSV export with `CsvOptions`."""

    def write(diary: Diary, path: Path) -> str:
        from tracker.exporters.csv_export import CsvOptions, export_csv

        chosen = CsvOptions(**options)
        rows = export_csv(diary, path, chosen)
        exported = exported_sentence(rows, path, by_day=chosen.layout == "days")
        if chosen.first is not None:
            return exported
        complete = _("For a complete copy, choose JSON.")
        return f"{exported} {missing_in_csv(chosen.layout)} {complete}"

    return write


def _write_json(diary: Diary, path: Path) -> str:
    from tracker.exporters.json_export import export_json

    return exported_sentence(export_json(diary, path).entries, path, by_day=False)


def _write_loop(diary: Diary, path: Path) -> str:
    from tracker.exporters.loop_export import export_loop

    return exported_sentence(export_loop(diary, path), path, by_day=False)


def _free_path(text: str) -> str:
    """The path, its name followed by -2, -3, … where a file has it."""
    path = Path(text)
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return str(next(one for one in chain([path], numbered) if not _exists(one)))


def _exists(path: Path) -> bool:
    try:
        return expand(str(path)).exists()
    except (NoHomeFolder, OSError):
        # Writing to it says what is wrong.
        return False


def _proposed_folder() -> str:
    """The home folder, as it is typed; the current one for a user without a home."""
    try:
        expand("~")
    except NoHomeFolder:
        return str(Path.cwd())
    return "~"


def _numbered(file_name: str) -> str:
    """A pattern of the name that is proposed, with or without a number."""
    path = Path(file_name)
    return rf"{re.escape(path.stem)}(-\d+)?{re.escape(path.suffix)}"
