"""The files that could come in: one of them, or a whole folder, is chosen here."""

from __future__ import annotations

import os
from abc import abstractmethod
from pathlib import Path

from textual.widgets import DirectoryTree

from tracker.i18n.messages import say
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.widgets.file_tree import FileTree
from tracker.tui.widgets.import_header import ImportHeader


class ImportFiles(DiaryScreen):
    """Enter or a click takes a file, goes into a folder, and on the first line takes the folder
    whose files are shown: some trackers write a folder. What becomes of it, Import itself says.
    """

    file: Path | None = None
    """The file or folder that was chosen; None while one is still choosing."""

    @property
    @abstractmethod
    def is_busy(self) -> bool:
        """Whether a file is being read."""

    @abstractmethod
    def begin_anew(self, sentence: str) -> None:
        """Shows the files, with a sentence above them."""

    @abstractmethod
    def take(self, path: Path) -> None:
        """Goes on with the file or folder that was chosen."""

    @property
    def files(self) -> FileTree:
        """The files."""
        return self.query_one(FileTree)

    def choose_anew(self, sentence: str = "") -> None:
        """Goes back to the files."""
        self.file = None
        self.begin_anew(sentence or say("import.choose"))

    def _chosen(self, path: Path) -> None:
        self.choose_anew()
        self.file = path
        self.take(path)

    def _go_into(self, folder: Path) -> None:
        self.files.path = folder
        self.choose_anew()

    # Keys and clicks

    def action_unfold(self) -> None:
        """Opens the folder under the cursor."""
        if self.file is None:
            self.files.unfold()

    def action_fold(self) -> None:
        """Closes the folder, or goes to the one above."""
        if self.file is None:
            self.files.fold()
            self.query_one(ImportHeader).where = str(self.files.folder)

    async def action_type(self) -> None:
        """Asks for the path of a file or folder."""
        from tracker.tui.dialogs.prompt_dialog import PromptDialog
        from tracker.tui.screens.import_jobs import path_there

        def typed(answer: str | None) -> None:
            if answer is None:
                return
            path = Path(answer)
            if path.is_dir():
                self._go_into(path)
            else:
                self._chosen(path)

        if not self.is_busy:
            folder = os.path.join(self.files.folder, "")  # noqa: PTH118  ends in a slash
            await self.app.push_screen(PromptDialog(say("import.ask"), path_there, folder), typed)

    def on_directory_tree_file_selected(self, message: DirectoryTree.FileSelected) -> None:
        """A file was chosen, by enter or a click."""
        message.stop()
        if not self.is_busy and self.file is None:
            self._chosen(message.path)

    def on_directory_tree_directory_selected(
        self, message: DirectoryTree.DirectorySelected
    ) -> None:
        """A folder: the one whose files are shown is taken, another one entered."""
        message.stop()
        if self.is_busy or self.file is not None:
            return
        if message.node.is_root:
            self._chosen(message.path)
        else:
            self._go_into(message.path)


def start_folder() -> Path:
    """The folder whose files are shown first."""
    try:
        return Path.home()
    except RuntimeError:
        return Path.cwd()
