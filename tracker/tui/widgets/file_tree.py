"""A tree of folders and files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.style import Style
from rich.text import Text
from textual.widgets import DirectoryTree
from textual.widgets.directory_tree import DirEntry
from textual.widgets.tree import TreeNode

from tracker.i18n.messages import _
from tracker.sanitize import sanitize_line
from tracker.tui.styled_text import glyph


class FileTree(DirectoryTree):
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
        return Path(self.path)

    def process_label(self, label: str | Text) -> Text:
        return Text(sanitize_line(label if isinstance(label, str) else label.plain))

    def render_label(self, node: TreeNode[DirEntry], base_style: Style, style: Style) -> Text:
        """The name, with a marker before the cursor's."""
        marker = glyph("›") if node is self.cursor_node else " "
        label = (
            Text(_("this whole folder"), style)
            if node.is_root
            else super().render_label(node, base_style, style)
        )
        return Text.assemble((f"{marker} ", style), label)

    def _populate_node(self, node: TreeNode[DirEntry], content: Iterable[Path]) -> None:
        """Moves the cursor to the first file once the folder was read."""
        super()._populate_node(node, content)
        if self.cursor_line < 0:
            self.cursor_line = 1

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Those that are not hidden."""
        return [path for path in paths if not path.name.startswith(".")]

    def move(self, by: int) -> None:
        """Moves the cursor a line up (-1) or down (1)."""
        if by < 0:
            self.action_cursor_up()
        else:
            self.action_cursor_down()

    def unfold(self) -> None:
        if (node := self.cursor_node) is not None and node.allow_expand:
            node.expand()

    def fold(self) -> None:
        """Collapses the innermost expanded folder around the cursor; from the root, shows the
        folder above it."""
        node = self.cursor_node
        folder = node if node is None or node.is_expanded else node.parent
        if node is None or folder is None or folder.is_root:
            self.path = self.folder.parent
        else:
            folder.collapse()
            self.move_cursor(folder)
