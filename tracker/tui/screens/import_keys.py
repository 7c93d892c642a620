"""The keys of Import, and which of them the bottom line names when."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding, BindingType

from tracker.i18n.messages import say
from tracker.importers.import_report import Report
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.key_hints import Hint

HEARD_AT_WORK = frozenset({"escape", "question_mark", "q", "ctrl+c", "ctrl+q", "ctrl+z"})
"""Keys that are heard while a file goes into the diary; `q` takes its turn behind it."""

IMPORT_KEYS: tuple[BindingType, ...] = (
    Binding("up", "line(-1)", "Up", show=False, id="import_up", tooltip="A line up"),
    Binding("down", "line(1)", "Down", show=False, id="import_down", tooltip="A line down"),
    Binding("pageup", "page(-1)", "Page up", show=False, id="import_page_up",
            tooltip="A page up"),
    Binding("pagedown", "page(1)", "Page down", show=False, id="import_page_down",
            tooltip="A page down"),
    Binding("right", "unfold", "Open the folder", show=False, id="import_unfold",
            tooltip="Open the folder"),
    Binding("left,backspace", "fold", "Folder above", show=False, id="import_fold",
            tooltip="Close the folder; from the outermost, the one above"),
    Binding("slash", "type", "Type a path", id="import_type", tooltip="Type or paste a path"),
    Binding("enter", "go", "Look, then import", id="import_go",
            tooltip="Look at the file; once seen, import it"),
    Binding("m", "moods", "Moods", id="import_moods",
            tooltip="Which score each mood of Daylio stands for, and its activities"),
    Binding("escape", "back", "Back", show=False, id="import_back",
            tooltip="Stop, or a step back"),
)  # fmt: skip


def hints(report: Report | None, *, at_work: bool, is_in: bool) -> Iterator[Hint]:
    """While a file is read, among the files (no `report` yet), and below a report of a file that
    `is_in` or could be."""
    if at_work:
        yield "esc", say("hints.stop"), "escape"
    elif report is None:
        yield glyph("↑↓"), say("hints.choose"), None
        yield glyph("↵"), say("hints.open"), "enter"
        yield glyph("←"), say("hints.folder"), "left"
        yield "/", say("hints.path"), "slash"
        yield "T", say("hints.tonight"), "T"
    else:
        if is_in:
            yield "u", say("hints.undo"), "u"
        else:
            yield glyph("↵"), say("hints.import"), "enter"
            if report.about.moods:
                yield "m", say("hints.moods"), "m"
        yield glyph("↑↓"), say("hints.scroll"), None
        yield "esc", say("hints.files"), "escape"
        yield "T", say("hints.tonight"), "T"
    yield "?", say("hints.help"), "question_mark"
