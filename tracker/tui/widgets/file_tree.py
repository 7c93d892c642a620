"""The files on this machine, to choose one of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.style import Style
from rich.text import Text
from textual.widgets import DirectoryTree
from textual.widgets.directory_tree import DirEntry
from textual.widgets.tree import TreeNode

from tracker.i18n.messages import say
from tracker.sanitize import sanitize_line
from tracker.tui.key_glyphs import glyph


class FileTree(DirectoryTree):
    """Textual's own, with some differences: names can't steer a terminal, hidden files are left
    out, the first line stands for the whole folder, and it takes no keys itself, so that none
    overtakes another on its way through the room.
    """

    can_focus = False
    ICON_NODE = "+ "
    ICON_NODE_EXPANDED = "- "
    ICON_FILE = "  "
    DEFAULT_CSS = """
    FileTree {
        height: 1fr; padding: 0 1; background: $background; scrollbar-size-vertical: 1;
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

    @property
    def folder(self) -> Path:
        """The folder whose files are shown."""
        return Path(self.path)

    def process_label(self, label: str | Text) -> Text:
        """A name as it can be shown."""
        return Text(sanitize_line(label if isinstance(label, str) else label.plain))

    def render_label(self, node: TreeNode[DirEntry], base_style: Style, style: Style) -> Text:
        """A name, with a sign before the one the cursor is on."""
        sign = glyph("›") if node is self.cursor_node else " "
        label = (
            Text(say("import.whole_folder"), style)
            if node.is_root
            else super().render_label(node, base_style, style)
        )
        return Text.assemble((f"{sign} ", style), label)

    def _populate_node(self, node: TreeNode[DirEntry], content: Iterable[Path]) -> None:
        """Puts the cursor on the first file of what was read first."""
        super()._populate_node(node, content)
        if self.cursor_line < 0:
            self.cursor_line = 1

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Those that are not hidden."""
        return [path for path in paths if not path.name.startswith(".")]

    def go(self, by: int) -> None:
        """The cursor moves a line."""
        if by < 0:
            self.action_cursor_up()
        else:
            self.action_cursor_down()

    def unfold(self) -> None:
        """Opens the folder under the cursor."""
        if (node := self.cursor_node) is not None and node.allow_expand:
            node.expand()

    def fold(self) -> None:
        """Closes the folder one is in; from the outermost, goes to the one above it."""
        node = self.cursor_node
        inner = node if node is not None and node.is_expanded else _around(node)
        if node is None or inner is None or inner.is_root:
            self.path = self.folder.parent
        else:
            inner.collapse()
            self.move_cursor(inner)


def _around(node: TreeNode[DirEntry] | None) -> TreeNode[DirEntry] | None:
    return None if node is None else node.parent
