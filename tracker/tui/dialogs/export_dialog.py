"""Writing the diary to a file, from the screens: what, and where to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import clamp
from textual.widgets import Input, Static

from tracker.errors import CalmtrackError
from tracker.files import parse_path
from tracker.i18n.messages import format_number, plural_key, say
from tracker.tui.cancellable_job import CancellableJob
from tracker.tui.dialogs.choice_dialog import Options
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.dialogs.prompt_dialog import SafeInput
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.key_hints import KeyHints
from tracker.tui.widgets.pressable import Pressable
from tracker.tui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """What can be written."""

    label: str
    name: str
    """The name that is proposed for the file."""
    write: Callable[[Diary, Path], int]
    """Writes a new file, whole or not at all; says how many rows it has."""


def export_formats(
    day: date, shown: tuple[date, date] | None, period: str
) -> tuple[ExportFormat, ...]:
    """All that can be written; `shown` are the days of a room that shows many, `period` what
    they are called. The names bear the `day` on which it is written."""
    only = () if shown is None else (_only(*shown, period),)
    return (
        ExportFormat(say("export.entries"), f"calmtrack-{day}.csv", _entries),
        *only,
        ExportFormat(say("export.days"), f"calmtrack-days-{day}.csv", _days),
        ExportFormat(say("export.json"), f"calmtrack-{day}.json", _json),
        ExportFormat(say("export.loop"), f"calmtrack-loop-{day}.zip", _loop),
    )


class ExportDialog(Dialog[str | None]):
    """Up and down choose what, the line says where; an existing file is never written over.
    Comes back with the sentence that tells where it went."""

    DEFAULT_CSS = """
    ExportDialog SafeInput, ExportDialog SafeInput:focus { border: none; padding: 0; height: 1; }
    ExportDialog .where { height: auto; margin-top: 1; color: $text-muted; }
    ExportDialog ProgressLine { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the line, which would scroll.
        Binding("up", "kind(-1)", "Up", show=False, priority=True, id="export_up",
                tooltip="The kind above"),
        Binding("down", "kind(1)", "Down", show=False, priority=True, id="export_down",
                tooltip="The kind below"),
        Binding("escape", "leave", "Leave", id="export_leave", tooltip="Stop it, or leave"),
    ]  # fmt: skip

    def __init__(self, kinds: tuple[ExportFormat, ...]) -> None:
        super().__init__()
        self._kinds = kinds
        self._work: CancellableJob | None = None
        """What is being written now."""

    def compose(self) -> ComposeResult:
        """What, where to, what was refused, how far it is, the keys."""
        with Vertical(classes="box"):
            yield Static(say("export.title"), classes="title", markup=False)
            yield Options([kind.label for kind in self._kinds])
            yield Static(say("export.where"), classes="where", markup=False)
            yield SafeInput(f"~/{self._kinds[0].name}", select_on_focus=False)
            yield Static("", classes="wrong", markup=False)
            yield ProgressLine()
            yield KeyHints(
                [
                    (glyph("↑↓"), say("hints.choose"), None),
                    (glyph("↵"), say("export.write"), "enter"),
                    ("esc", say("form.leave"), "escape"),
                ]
            )

    def action_kind(self, by: int) -> None:
        """Goes to another kind."""
        self._choose(clamp(self._options.cursor + by, 0, len(self._kinds) - 1))

    def action_write(self) -> None:
        """Writes the file, and leaves once it is whole and on disk."""
        if self._work is not None:
            return
        kind, text = self._kind, self.query_one(SafeInput).value.strip()
        self._work = CancellableJob()
        self.tell_wrong("")
        self.query_one(ProgressLine).follow(self._work)

        def job(diary: Diary) -> str:
            path = parse_path(text)
            rows = kind.write(diary, path)
            return say(plural_key("export.wrote", rows), rows=format_number(rows), path=path)

        self.calmtrack.desk.ask(self._work.told_by(job), self.dismiss, self._not_written)

    def action_leave(self) -> None:
        """Stops what is being written; without it, leaves."""
        if self._work is None:
            self.dismiss(None)
        else:
            self._work.stop()

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        if self._work is not None:
            self._work.stop()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter in the line writes."""
        message.stop()
        self.action_write()

    def on_pressable_pressed(self, message: Pressable.Pressed) -> None:
        """A click on a kind chooses it; one on a key is seen to where every box does."""
        kind, _, place = message.key.partition(" ")
        if kind == "row":
            self._choose(int(place))

    @property
    def _options(self) -> Options:
        return self.query_one(Options)

    @property
    def _kind(self) -> ExportFormat:
        return self._kinds[self._options.cursor]

    def _choose(self, place: int) -> None:
        if self._work is not None:
            return
        before = self._kind.name
        self._options.cursor = place
        line = self.query_one(SafeInput)
        folder, ending = line.value.removesuffix(before), Path(before).suffix
        if folder != line.value:
            line.value = folder + self._kind.name
        elif ending and line.value.endswith(ending):
            # A name of one's own keeps its name, and gets the ending of what it will be.
            line.value = line.value.removesuffix(ending) + Path(self._kind.name).suffix
        line.cursor_position = len(line.value)
        self.tell_wrong("")

    def _not_written(self, trouble: CalmtrackError) -> None:
        self._work = None
        if self.is_attached:
            self.query_one(ProgressLine).rest()
        self.refuse(trouble)


def _only(first: date, last: date, period: str) -> ExportFormat:
    def write(diary: Diary, path: Path) -> int:
        from tracker.exporters.csv_export import CsvOptions, export_csv

        return export_csv(diary, path, CsvOptions(first=first, last=last))

    return ExportFormat(
        say("export.shown", period=period), f"calmtrack-{first}-to-{last}.csv", write
    )


def _entries(diary: Diary, path: Path) -> int:
    from tracker.exporters.csv_export import CsvOptions, export_csv

    return export_csv(diary, path, CsvOptions())


def _days(diary: Diary, path: Path) -> int:
    from tracker.exporters.csv_export import CsvOptions, export_csv

    return export_csv(diary, path, CsvOptions(layout="days"))


def _json(diary: Diary, path: Path) -> int:
    from tracker.exporters.json_export import export_json

    return export_json(diary, path)


def _loop(diary: Diary, path: Path) -> int:
    from tracker.exporters.loop_export import export_loop

    return export_loop(diary, path)
