"""The import screen: choose a file, preview what it would bring, import it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.style import Style
from rich.text import Text
from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Offset, Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import DirectoryTree
from textual.widgets.directory_tree import DirEntry
from textual.widgets.tree import TreeNode
from textual.worker import Worker

from tracker.errors import CalmtrackError, InputError
from tracker.files import parse_path, without_file_url
from tracker.formats.cell_parsing import UnclearDateError
from tracker.i18n.messages import N_, _
from tracker.importers.habit_importer import MAX_SCALE, ImportChoices, UnknownScaleError
from tracker.importers.import_report import Report, summary_lines
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.bindings import edge_bindings, page_bindings, prioritized, row_bindings
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.terminal_cursor import CursorWidget
from tracker.tui.widgets.bars import UP_DOWN, Hint, KeyHints, TopBar
from tracker.tui.widgets.progress_line import CancellableJob, ProgressLine

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.importers.row_conflicts import Prefer

T = TypeVar("T")

KEYS_DURING_IMPORT = frozenset({"escape", "question_mark", "q", "ctrl+c", "ctrl+q", "ctrl+z"})
"""Keys that work while a file is imported; quitting waits for the import."""


MESSAGE_LINES = 10
"""Lines of the message above a report at most: what a file would bring, and the keys for it."""

MAX_SENTENCE = 2_000
"""Characters of a sentence of the report: a list of moods can be long."""


class FileTree(DirectoryTree, CursorWidget):
    """A `DirectoryTree` with sanitized names and no hidden files, whose first line stands for the
    whole folder. It takes no focus: the screen binds the keys, so that they run in order.
    """

    can_focus = False
    ICON_NODE = "+ "
    ICON_NODE_EXPANDED = "- "
    ICON_FILE = "  "
    DEFAULT_CSS = """
    FileTree {
        height: 1fr; padding: 0 1; background: $background; scrollbar-size-vertical: 1;
        overflow-x: hidden;
        & > .tree--cursor { background: $background; color: $text-primary; text-style: bold; }
        & > .tree--highlight-line { background: $background; }
        & > .directory-tree--extension { text-style: none; }
    }
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.auto_expand = False
        self.show_guides = False
        self.guide_depth = 2
        self._came_from: Path | None = None
        """The folder that is left for the one above it; None once that one is shown."""
        self._read_at: dict[Path, int | None] = {}
        """When each folder that is shown had been changed, as it was read."""

    @property
    def folder(self) -> Path:
        return Path(self.path)

    def process_label(self, label: str | Text) -> Text:
        return Text(sanitize_line(label if isinstance(label, str) else label.plain))

    def render_label(self, node: TreeNode[DirEntry], base_style: Style, style: Style) -> Text:
        """The name, with a marker before the cursor's; one that is longer than the line is cut in
        its middle, as its end has the date and the extension."""
        has_cursor = node is self.cursor_node
        if has_cursor and not self.shows_cursor:
            has_cursor, style = False, self.get_component_rich_style("tree--label", partial=True)
        marker = styled_text.glyph("›") if has_cursor else " "
        label = (
            Text(_("this whole folder"), style)
            if node.is_root
            else super().render_label(node, base_style, style)
        )
        line = Text.assemble((f"{marker} ", style), label)
        available = self.scrollable_content_region.width - self.guide_depth * _depth(node)
        return _cut_in_middle(line, available, style) if line.cell_len > available > 0 else line

    def watch_shows_cursor(self) -> None:
        self._clear_line_cache()

    def reload_changed(self) -> None:
        """Reads the folders again if one of them has changed. Only then, as the list is empty until
        they are read, and a key pressed meanwhile would go to another line."""
        if any(_changed_at(folder) != at for folder, at in self._read_at.items()):
            self._read_at.clear()
            self.reload()

    def _directory_content(self, location: Path, worker: Worker[object]) -> Iterator[Path]:
        self._read_at[location] = _changed_at(location)
        return super()._directory_content(location, worker)

    def _populate_node(self, node: TreeNode[DirEntry], content: Iterable[Path]) -> None:
        """Moves the cursor to the first file once the folder was read."""
        super()._populate_node(node, content)
        if self.cursor_line < 0:
            self.cursor_line = 1

    async def watch_path(self) -> None:
        """Shows another folder, with the cursor on the one in it that the person came from."""
        self._read_at.clear()
        await super().watch_path()
        came_from, self._came_from = self._came_from, None
        for child in self.root.children:
            if child.data is not None and child.data.path == came_from:
                self.move_cursor(child)

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Those that are not hidden."""
        return [path for path in paths if not path.name.startswith(".")]

    def cursor_in_content(self) -> Offset | None:
        """The marker of the cursor's line."""
        if self.cursor_node is None:
            return None
        indent = self.guide_depth * _depth(self.cursor_node)
        return Offset(indent, self.cursor_line) - self.scroll_offset

    def move(self, by: int) -> None:
        """Moves the cursor by lines, up to the first or the last one."""
        self.cursor_line += by
        self.scroll_to_line(self.cursor_line)

    def unfold(self) -> None:
        if (node := self.cursor_node) is not None and node.allow_expand:
            node.expand()

    def fold(self) -> None:
        """Collapses the innermost expanded folder around the cursor; from the root, shows the
        folder above it."""
        node = self.cursor_node
        folder = node if node is None or node.is_expanded else node.parent
        if node is None or folder is None or folder.is_root:
            self._came_from = self.folder
            self.path = self.folder.parent
        else:
            folder.collapse()
            self.move_cursor(folder)


class ImportHeader(Widget):
    """The path, clickable to type another one, and below it a message."""

    DEFAULT_CSS = "ImportHeader { height: auto; margin-bottom: 1; }"

    path = reactive("", layout=True)
    """The path, or a phrase that ends in it."""
    message = reactive("", layout=True)

    def render(self) -> Content:
        """The path between blank lines, then the message."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        path = styled_text.clickable(self._path(max(20, width - 6)), "screen.type_path")
        message = styled_text.message_lines(self.message, width, MESSAGE_LINES)
        return [Content(""), Content.assemble("   ", path), Content(""), *message]

    def _path(self, width: int) -> Content:
        """Cut at its start: the end of a path tells more."""
        text, dots = Content(sanitize_line(self.path)), styled_text.glyph("…")
        if text.cell_length > width:
            text = Content(dots) + text[text.cell_length - width + len(dots) :]
        return text.stylize(styled_text.BOLD)


class ImportReport(Widget):
    """Sentences about the rows of a file, as tall as they are at its width."""

    DEFAULT_CSS = "ImportReport { height: auto; }"

    sentences: reactive[tuple[str, ...]] = reactive((), layout=True)

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        """The wrapped sentences; all lines but the first of each are indented further."""
        return [
            Content.assemble("   " if number == 0 else "     ", line)
            for sentence in self.sentences
            for number, line in enumerate(
                Content(sanitize_line(sentence, MAX_SENTENCE)).wrap(max(20, width - 8))
            )
        ]


class ImportScreen(DiaryScreen):
    """Enter on a file previews it, a second enter imports it. The first line of the tree stands
    for the whole folder, for trackers that export one. Escape cancels the job in progress, else
    goes a step back."""

    has_days = reads_on_mount = False
    DEFAULT_CSS = "ImportScreen VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        *row_bindings("line", N_("Previous line"), N_("Next line")),
        *page_bindings(),
        *edge_bindings("line"),
        Binding("right", "unfold", N_("Open the folder"), tooltip=N_("Open the folder")),
        Binding("left,backspace", "fold", N_("Parent folder"),
                tooltip=N_("Close the folder, or go to its parent")),
        Binding("slash", "type_path", N_("Type a path"), tooltip=N_("Type or paste a path")),
        Binding("enter", "go", N_("Preview, then import"),
                tooltip=N_("Preview the file, then import it")),
        Binding("m", "moods", N_("Moods"),
                tooltip=N_("Choose scores for moods, and what to do with activities")),
        Binding("p", "match", N_("Practices"),
                tooltip=N_("Choose what each habit becomes; for a table, also its date "
                           "format and calm scale")),
        Binding("f", "prefer", N_("Entries to keep"),
                tooltip=N_("Where the file and your diary differ: use the file's entries, or "
                           "keep yours")),
        Binding("escape", "back", N_("Back"), tooltip=N_("Cancel, or go back")),
    ])  # fmt: skip

    _files = getters.query_one(FileTree)
    _scroll = getters.query_one(VerticalScroll)
    """The report's."""

    def __init__(self) -> None:
        super().__init__()
        self._path: Path | None = None
        """The chosen file or folder; None while one is being chosen."""
        self._choices = ImportChoices(in_app=True)
        self._source: str | None = None
        """The tracker that the person named; None to detect it."""
        self._prefer: Prefer = "newest"
        """Which entry counts where the file and the diary differ."""
        self._job: CancellableJob | None = None
        """The preview or import in progress."""
        self._report: Report | None = None
        """The report of the preview, then of the import."""
        self._is_done = False
        """Whether the file was imported."""
        self._is_undone = False
        """Whether that was undone."""
        self._is_refused = False
        """Whether the message above the list of files says why a file was refused."""
        self._state_message = ""
        """What the screen says about the file, or about choosing one."""
        self._expected_rows = 0
        """Rows that the preview went through: the import goes through about as many."""

    def compose(self) -> ComposeResult:
        yield TopBar(period=_("Import"), has_periods=False)
        yield ImportHeader()
        chosen = self.calmtrack.import_folder
        yield FileTree(chosen if chosen is not None and chosen.is_dir() else start_folder())
        with VerticalScroll(can_focus=False):
            yield ImportReport()
        yield ProgressLine()
        yield KeyHints(())

    def on_mount(self) -> None:
        self._show_files()
        self.watch(self.app, "app_focus", self.reload_files, init=False)

    @on(events.Unmount)
    @on(ProgressLine.StopRequested)
    def cancel(self) -> None:
        if self._job is not None:
            self._job.stop()

    # What is displayed

    def load(self) -> Callable[[Diary], None]:
        return lambda _: None

    def show_page(self, page: None) -> None:
        pass

    @on(events.ScreenResume)
    def reload_files(self) -> None:
        """Shows a file that was saved: by a dialog, or in another program while the terminal was
        without the focus or a preview was shown."""
        if self._path is None and self.has_widgets:
            self._files.reload_changed()

    def set_message(self, sentence: str) -> None:
        self.query_one(ImportHeader).message = sentence

    def paste_sentence(self) -> str:
        return _("Nothing was pasted. To paste a path, press / first.")

    def unbound_key_sentence(self, event: events.Key) -> str:
        """In the list of files, the key that a name is typed after: many type one right away."""
        if self._path is None and event.is_printable and event.character not in (None, " "):
            return _type_path_sentence(f"{event.character}")
        return super().unbound_key_sentence(event)

    def _preview_for(self, key: str) -> Report | None:
        """The preview that a letter is for. In the list of files, answers the letter."""
        if self._path is None:
            self.calmtrack.notify_user(_type_path_sentence(key), about="key")
        return self._preview

    def clear_message(self) -> None:
        # Not to none: the list below would move up. What was imported may be undone by now.
        self.set_message("" if self._is_done else self._state_message)

    @property
    def _is_importing(self) -> bool:
        return self._job is not None and self._report is not None

    def _show_files(self, message: str = "") -> None:
        """Shows the list, below a message on why a file was refused."""
        self._is_refused = bool(message)
        self._path = self._report = None
        self._is_done = self._is_undone = False
        self._choices = ImportChoices(hide_scores=self.scores_hidden, in_app=True)
        self._source = None
        self._prefer = "newest"
        self._update(
            str(self._files.folder),
            message
            or _(
                "Choose a file or folder from calmtrack or another tracker. You'll see a "
                "preview before anything is imported."
            ),
        )

    def _show_files_again(self, message: str = "") -> None:
        """Goes back from a preview."""
        self._show_files(message)
        self.reload_files()

    def _update(self, path: str, message: str) -> None:
        """Displays the state with a path and a message above."""
        header, report = self.query_one(ImportHeader), self.query_one(ImportReport)
        scroll = self._scroll
        header.path = path
        header.message = self._state_message = message
        self._files.display = self._path is None
        scroll.display = self._path is not None
        report.sentences = ()
        if self._report is not None and self._job is None:
            report.sentences = self._report.sentences(dry_run=not self._is_done) or (
                _("There's nothing more to show for this file."),
            )
        scroll.scroll_home(animate=False)
        self._update_hints()

    async def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Names the keys that scroll where they do. Textual calls the base's handler too."""
        self._update_hints()

    def _update_hints(self) -> None:
        """Shows the keys, now and once the report has its size."""
        self._show_hints()
        self.call_after_refresh(self._show_hints)

    def _show_hints(self) -> None:
        if self.has_widgets:
            self.query_one(KeyHints).hints = tuple(self._hints())

    def _hints(self) -> Iterator[Hint]:
        if self._job is not None:
            yield "esc", _("cancel"), "escape"
        elif self._report is None:
            yield styled_text.glyph("↑↓"), _("choose"), UP_DOWN
            yield styled_text.glyph("↵"), _("open"), "enter"
            yield styled_text.glyph("←"), _("parent folder"), "left"
            yield "/", _("type a path"), "slash"
            yield "T", _("tonight"), "T"
        else:
            if self._is_undone:
                yield styled_text.key_name("ctrl+r"), _("redo"), "ctrl+r"
            elif self._has_imported:
                yield "u", _("undo"), "u"
            elif not self._is_done:
                yield styled_text.glyph("↵"), _("import"), "enter"
                if self._report.file_info.moods:
                    yield "m", _("moods"), "m"
                if self._report.file_info.habits:
                    yield "p", _("match"), "p"
                if self._prefer == "file":
                    yield "f", _("keep yours"), "f"
                elif _has_choice(self._report):
                    yield "f", _("use the file's"), "f"
            if self._scroll.max_scroll_y > 0:
                yield styled_text.glyph("↑↓"), _("scroll"), UP_DOWN
            yield "esc", _("other file"), "escape"
            yield "T", _("tonight"), "T"
        yield "?", _("help"), "question_mark"

    # Keys

    def defer_key(self, event: events.Key) -> bool:
        """While a file is imported, other keys only display that it is."""
        if not self._is_importing or event.key in KEYS_DURING_IMPORT:
            return False
        self.set_message(_("The import is running. Press escape to cancel it."))
        return True

    async def action_undo(self) -> None:
        """Undoes the import whose report is shown, which isn't true any more then. No other change
        can be seen here, and the letter may be one of a file's name."""
        if not self._has_imported or self._is_undone:
            self.set_message(
                _("There's no import to undo here. To undo your last change, press T, then u.")
            )
            return
        self.query_one(ImportReport).sentences = ()
        self._show_undone(is_undone=True)
        await super().action_undo()

    async def action_redo(self) -> None:
        """Redoes the import that was undone here."""
        if not self._is_undone:
            self.set_message(_("There's no import to redo here."))
            return
        self._show_undone(is_undone=False)
        await super().action_redo()

    @property
    def _has_imported(self) -> bool:
        """Whether the report is that of an import that changed something."""
        report = self._report
        return self._is_done and report is not None and bool(report.added or report.changed)

    def _show_undone(self, *, is_undone: bool) -> None:
        self._is_undone = is_undone
        self._update_hints()

    def action_line(self, by: int) -> None:
        """Moves the cursor among the files, or scrolls the report."""
        if self._path is None:
            self._files.move(by)
        else:
            # At once: a key that comes before the next refresh starts from there.
            self._scroll.scroll_relative(y=by, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        if self._path is not None:
            # Pages overlap by a line.
            self.action_line(by * max(1, self._scroll.size.height - 1))
        elif by < 0:
            self._files.action_page_up()
        else:
            self._files.action_page_down()

    def action_unfold(self) -> None:
        if self._path is None:
            self._files.unfold()

    def action_fold(self) -> None:
        """Collapses the folder, or goes to the one above."""
        if self._path is None:
            self._files.fold()
            self.calmtrack.import_folder = self._files.folder
            self.query_one(ImportHeader).path = str(self._files.folder)

    def action_go(self) -> None:
        """Previews the file under the cursor, or imports the one that was previewed."""
        if self._path is not None and self._preview is not None:
            self._start_import(self._path)
        elif self._path is None and self._job is None:
            self._files.action_select_cursor()

    @property
    def _preview(self) -> Report | None:
        """The report of the preview that is shown; None before and after it."""
        return None if self._job is not None or self._is_done else self._report

    def action_moods(self) -> None:
        """Opens the mood mapping, if the file has moods."""
        if (preview := self._preview_for("m")) is None:
            return
        if preview.file_info.moods:
            self._open_moods(preview)
        else:
            self.set_message(_("There are no moods in this file."))

    def action_match(self) -> None:
        """Opens the practices that the file's habits become, if it has habits."""
        from tracker.tui.dialogs.import_dialogs import MatchDialog

        if (preview := self._preview_for("p")) is None:
            return
        if preview.file_info.habits:
            self.app.push_screen(MatchDialog(preview.file_info, self._choices), self._preview_again)
        elif preview.file_info.is_own:
            self.set_message(
                _("This file is calmtrack's own, so its practices are matched already.")
            )
        else:
            self.set_message(_("This file has no habits to match with your practices."))

    def action_prefer(self) -> None:
        """Previews the file with its own entries where the diary has others, or with the diary's
        again."""
        if (preview := self._preview_for("f")) is None or self._path is None:
            return
        if self._prefer == "newest" and not _has_choice(preview):
            message = _(
                "There's nothing to choose: the file has no entry that you could use instead."
            )
            if not preview.can_prefer:
                message = _(
                    "There's nothing to choose: in calmtrack's own JSON, every entry says when "
                    "it was changed, and the newest one wins."
                )
            self.set_message(message)
            return
        self._prefer = "newest" if self._prefer == "file" else "file"
        self._start_preview(self._path, asks_moods=False)

    def action_back(self) -> None:
        """Cancels the job in progress; else goes back to the files, also from a refused one, and
        from there to Tonight."""
        if self._job is not None:
            self._job.stop()
        elif self._path is not None or self._is_refused:
            self._show_files_again()
        else:
            self.calmtrack.show_tonight()

    # Choosing a file

    async def action_type_path(self) -> None:
        from tracker.tui.dialogs.prompt_dialog import PromptDialog

        def typed(answer: str | None) -> None:
            if answer is None:
                return
            path = Path(answer)
            if path.is_dir():
                self._open_folder(path)
            else:
                self._choose(path)

        if self._job is None:
            folder = os.path.join(self._files.folder, "")  # noqa: PTH118  ends in a slash
            await self.app.push_screen(
                PromptDialog(_("Which file or folder?"), _existing_path_in(folder), folder), typed
            )

    @on(DirectoryTree.FileSelected)
    def choose_file(self, message: DirectoryTree.FileSelected) -> None:
        """Previews a file, on enter or a click."""
        message.stop()
        if self._job is None and self._path is None:
            self._choose(message.path)

    @on(DirectoryTree.DirectorySelected)
    def choose_folder(self, message: DirectoryTree.DirectorySelected) -> None:
        """Previews the folder that is shown, or opens another one."""
        message.stop()
        if self._job is not None or self._path is not None:
            return
        if message.node.is_root:
            self._choose(message.path)
        else:
            self._open_folder(message.path)

    def _open_folder(self, folder: Path) -> None:
        self._files.path = self.calmtrack.import_folder = folder
        self._show_files()

    def _choose(self, path: Path) -> None:
        self._show_files()
        self._path = path
        self._start_preview(path, asks_moods=True)

    # Preview, mood mapping, import

    def _start_preview(self, path: Path, *, asks_moods: bool) -> None:
        self._report = None
        job = self._start(path, _("Checking {path} …").format(path=path.name))

        def previewed(report: Report) -> None:
            self._expected_rows = job.rows
            self._end_job()
            self._report = report
            sentences = summary_lines(report, dry_run=True)
            if _has_choice(report):
                sentences.append(_("Press f to use the file's entries instead."))
            if report.added or report.changed:
                sentences.append(_("Press enter to import."))
            self._update(_source(path, report), " ".join(sentences))
            # Not over a dialog that was opened meanwhile.
            is_current = self.app.screen is self
            if asks_moods and is_current and None in report.file_info.moods.values():
                self._open_moods(report)

        self._submit(job, self._import_job(path, dry_run=True), previewed)

    def _preview_again(self, choices: ImportChoices | None) -> None:
        """Previews the file with other choices; None leaves it as it is."""
        if choices is not None and self._path is not None:
            self._choices = choices
            self._start_preview(self._path, asks_moods=False)

    def _open_moods(self, report: Report) -> None:
        from tracker.tui.dialogs.import_dialogs import MoodMappingDialog

        dialog = MoodMappingDialog(report.file_info, self._choices)
        self.app.push_screen(dialog, self._preview_again)

    def _push_question(self, dialog: Dialog[T | None], answer: Callable[[T], None]) -> None:
        """Asks a question about the file, and previews it with the answer; without one, goes back
        to the files."""

        def closed(result: T | None) -> None:
            if result is None:
                self._show_files_again()
            elif self._path is not None:
                answer(result)
                self._start_preview(self._path, asks_moods=True)

        self.app.push_screen(dialog, closed)

    def _ask(self, error: CalmtrackError) -> bool:
        """Asks for what a preview could not tell from the file; False if it is no such thing."""
        from tracker.importers.import_file import UnknownSourceError

        path = self._path
        # Not over a dialog that was opened meanwhile.
        if path is None or self.app.screen is not self:
            return False
        if isinstance(error, UnclearDateError):
            self._ask_date(error.text)
        elif isinstance(error, UnknownScaleError):
            self._ask_scale(error.column)
        elif isinstance(error, UnknownSourceError):
            self._ask_source(path)
        else:
            return False
        self._update(str(path), "")
        return True

    def _ask_date(self, text: str) -> None:
        from tracker.tui.dialogs.import_dialogs import DATE_FORMATS, unclear_days
        from tracker.tui.dialogs.prompt_dialog import ChoiceDialog

        def answer(index: int) -> None:
            self._choices = replace(self._choices, date_format=list(DATE_FORMATS)[index])

        question = _('Which day is "{text}" in this file?').format(text=text[:40])
        self._push_question(ChoiceDialog(question, unclear_days(text)), answer)

    def _ask_scale(self, column: str) -> None:
        from tracker.tui.dialogs.prompt_dialog import PromptDialog

        def answer(scale: str) -> None:
            self._choices = replace(self._choices, scale=int(scale))

        question = _('What\'s the highest possible score in the column "{column}"?')
        dialog = PromptDialog(question.format(column=column[:60]), _parse_scale)
        self._push_question(dialog, answer)

    def _ask_source(self, path: Path) -> None:
        from tracker.importers import trackers
        from tracker.tui.dialogs.prompt_dialog import ChoiceDialog

        sources = sorted(trackers.sources(), key=lambda one: (one != trackers.TABLE, one))

        def answer(index: int) -> None:
            self._source = sources[index]

        question = _("calmtrack can't tell which app made {path}. Where is it from?")
        names = [
            _("A table of days and habits") if one == trackers.TABLE else trackers.load(one).NAME
            for one in sources
        ]
        self._push_question(ChoiceDialog(question.format(path=path.name), names), answer)

    def _start_import(self, path: Path) -> None:
        job = self._start(path, _("Importing {path} …").format(path=path.name), self._expected_rows)

        def imported(report: Report) -> None:
            self._end_job()
            self._report, self._is_done = report, True
            sentences = summary_lines(report, dry_run=False, in_app=True)
            if report.added or report.changed:
                sentences.append(_("Press u to undo the import."))
            self._update(_source(path, report), " ".join(sentences))
            self.calmtrack.after_change()

        self._submit(job, self._import_job(path, dry_run=False), imported)

    def _import_job(self, path: Path, *, dry_run: bool) -> Callable[[Diary], Report]:
        """Imports all or nothing, as one undo step, after a backup: an import can change a lot. A
        dry run writes nothing."""
        choices, source, prefer = self._choices, self._source, self._prefer

        def job(diary: Diary) -> Report:
            from tracker.importers.import_file import ImportOptions, import_file

            if not dry_run:
                diary.maintenance.back_up_daily()
            return import_file(diary, path, ImportOptions(source, choices, prefer, dry_run))

        return job

    def _start(self, path: Path, message: str, expected_rows: int = 0) -> CancellableJob:
        self._job = CancellableJob()
        self.query_one(ProgressLine).follow(self._job, expected_rows)
        self._update(str(path), message)
        return self._job

    def _submit(
        self,
        cancellable: CancellableJob,
        job: Callable[[Diary], Report],
        then: Callable[[Report], None],
    ) -> None:
        """Submits a diary job. An import that ends after this screen was closed was too far to be
        cancelled: the app notifies of it."""
        is_import = self._is_importing

        def succeeded(report: Report) -> None:
            if self.has_widgets:
                then(report)
            elif is_import:
                self.calmtrack.notify_user(
                    " ".join(summary_lines(report, dry_run=False, in_app=True))
                )
                self.calmtrack.after_change()

        def failed(error: CalmtrackError) -> None:
            if self.has_widgets:
                self._end_job()
                if is_import or not self._ask(error):
                    self._show_files_again(error.in_app)
            elif is_import:
                self.calmtrack.notify_error(error)

        self.calmtrack.diary_worker.submit(cancellable.wrap(job), succeeded, failed)

    def _end_job(self) -> None:
        self._job = None
        self.query_one(ProgressLine).reset()


def _cut_in_middle(text: Text, width: int, style: Style) -> Text:
    """A text that is longer than `width` cells with `…` in place of what is after its first two
    thirds and before its last one."""
    dots = Text(styled_text.glyph("…"), style)
    first = len(text) - width // 3
    while (end := text[first:]).cell_len > width // 3:
        # A wide character takes two cells.
        first += 1
    start = text.copy()
    start.truncate(max(0, width - end.cell_len - dots.cell_len))
    return start + dots + end


def _changed_at(folder: Path) -> int | None:
    """When an entry was added to a folder or removed last, in nanoseconds; None if it is gone."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return None


def _depth(node: TreeNode[DirEntry]) -> int:
    """How many nodes are above a node."""
    return 0 if node.parent is None else 1 + _depth(node.parent)


def start_folder() -> Path:
    """The home folder; the current one for a user without a home."""
    try:
        return Path.home()
    except RuntimeError:
        return Path.cwd()


def _type_path_sentence(key: str) -> str:
    return _("{key} does nothing here. Press / to type a path.").format(key=key)


_WHOLE_PATH = re.compile(r""".*/['"]?([/~].*)""")
"""A path after a folder, in group 1: it begins with a slash or a tilde."""


def _existing_path_in(folder: str) -> Callable[[Diary, str], str]:
    """A parser of what is typed in a field that holds `folder` at first. It returns the absolute
    path of something that exists, or raises InputError.

    A whole path that is typed or pasted after the folder counts alone, also if its first slash
    was the key that opened the field. A relative path is one in the folder.
    """

    def parse(diary: Diary, text: str) -> str:
        # A file dropped on a terminal is pasted as a path in quotation marks, or with backslashes.
        plain = without_file_url(text.strip().strip("'\""))
        path = parse_path(plain)
        if plain[:1] not in ("", "/", "~") and (inside := parse_path(f"{folder}{plain}")).exists():
            path = inside
        typed = plain.removeprefix(folder)
        if not path.exists() and (whole := _WHOLE_PATH.fullmatch(plain)):
            path = parse_path(whole[1])
        elif not path.exists() and "/" in typed and (rooted := parse_path(f"/{typed}")).exists():
            path = rooted
        if not path.exists() and "\\" in plain:
            return parse(diary, re.sub(r"\\(.)", r"\1", plain))
        if not path.exists():
            raise InputError(_("Couldn't find {path}. Nothing was imported.").format(path=path))
        return str(path)

    return parse


def _parse_scale(_diary: Diary, text: str) -> str:
    """A highest score as digits. Raises InputError."""
    from tracker.diary.validation import whole_number

    scale = whole_number(text)
    if not 2 <= scale <= MAX_SCALE:
        raise InputError(_("Type a whole number from 2 to {most}.").format(most=MAX_SCALE))
    return str(scale)


def _has_choice(report: Report) -> bool:
    """Whether the file has entries that the person could use instead of the diary's."""
    return report.can_prefer and report.lost > 0


def _source(path: Path, report: Report) -> str:
    return _("{path} ({source})").format(path=path, source=report.file_info.name)
