"""Import: choose a file, see what it would bring, and only then let it in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from tracker.errors import CalmtrackError
from tracker.i18n.messages import say
from tracker.importers.habit_importer import ImportChoices
from tracker.importers.import_report import Report, summary_lines
from tracker.tui.cancellable_job import CancellableJob
from tracker.tui.screens.import_files import ImportFiles, start_folder
from tracker.tui.screens.import_keys import HEARD_AT_WORK, IMPORT_KEYS, hints
from tracker.tui.widgets.file_tree import FileTree
from tracker.tui.widgets.import_header import ImportHeader
from tracker.tui.widgets.key_hints import KeyHints
from tracker.tui.widgets.progress_line import ProgressLine
from tracker.tui.widgets.report_view import ReportView
from tracker.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


class ImportScreen(ImportFiles):
    """Enter first looks at the file under the cursor, a second enter lets it in. Escape goes a
    step back, and stops what is under way."""

    BINDINGS: ClassVar[list[BindingType]] = [*IMPORT_KEYS]

    def __init__(self) -> None:
        super().__init__()
        self._wishes = ImportChoices()
        self._work: CancellableJob | None = None
        """What is under way."""
        self._report: Report | None = None
        """What the file would bring, or has brought."""
        self._is_in = False
        """Whether it has."""
        self._whole = 0
        """How many rows the look went through: letting it in goes through about as many."""

    def compose(self) -> ComposeResult:
        """The path and what is said; the files, or the report; how far it is; the keys."""
        yield TopBar()
        yield ImportHeader()
        yield FileTree(start_folder())
        yield ReportView()
        yield ProgressLine()
        yield KeyHints(())

    def on_mount(self) -> None:
        """Begins with the files."""
        bar = self.query_one(TopBar)
        bar.period, bar.turns = say("import.title"), False
        self.choose_anew()

    def on_unmount(self) -> None:
        """One has left: nobody waits for it any more."""
        if self._work is not None:
            self._work.stop()

    # What is shown

    def read(self) -> Callable[[Diary], None]:
        return lambda _: None

    def show(self, page: None) -> None:
        pass

    def tell(self, sentence: str) -> None:
        self.query_one(ImportHeader).said = sentence

    @property
    def is_busy(self) -> bool:
        return self._work is not None

    def begin_anew(self, sentence: str) -> None:
        self._report = None
        self._is_in = False
        self._wishes = ImportChoices(hushed=self.hushed)
        self._lay_out(str(self.files.folder), sentence)

    @property
    def _importing(self) -> bool:
        """Whether a file goes into the diary now."""
        return self._work is not None and self._report is not None

    def _lay_out(self, where: str, said: str) -> None:
        head, view = self.query_one(ImportHeader), self.query_one(ReportView)
        head.where, head.said = where, said
        self.files.display = self.file is None
        view.display = self.file is not None
        view.sentences = ()
        if self._report is not None and self._work is None:
            view.sentences = self._report.said or (say("import.as_it_is"),)
        view.top = 0
        self.query_one(KeyHints).hints = tuple(
            hints(self._report, at_work=self._work is not None, is_in=self._is_in)
        )

    # Keys

    def holds(self, event: events.Key) -> bool:
        if not self._importing or event.key in HEARD_AT_WORK:
            return False
        self.tell(say("import.at_work"))
        return True

    def action_undo(self) -> None:
        """Takes back the newest step; what was told of the import no longer holds."""
        if self._is_in:
            self.query_one(ReportView).sentences = ()
        super().action_undo()

    def action_line(self, by: int) -> None:
        """Moves among the files, or scrolls the report."""
        if self.file is None:
            self.files.go(by)
        else:
            self.query_one(ReportView).scroll_by(by)

    def action_page(self, by: int) -> None:
        """The same by a page."""
        if self.file is not None:
            view = self.query_one(ReportView)
            view.scroll_by(by * max(1, view.size.height - 1))
        elif by < 0:
            self.files.action_page_up()
        else:
            self.files.action_page_down()

    def action_go(self) -> None:
        """Looks at a file, or lets in the one that was looked at."""
        if self._work is not None:
            return
        if self.file is None:
            self.files.action_select_cursor()
        elif self._report is not None and not self._is_in:
            self._let_in(self.file)

    def action_moods(self) -> None:
        """Asks for the scores of moods, and what becomes of activities."""
        if self._work is not None or self._report is None or self._is_in:
            return
        if self._report.about.moods:
            self._ask_for_moods(self._report)
        else:
            self.tell(say("import.no_moods"))

    def action_back(self) -> None:
        """Stops what is under way; else goes back to the files, and from there to Tonight."""
        if self._work is not None:
            self._work.stop()
        elif self.file is not None:
            self.choose_anew()
        else:
            self.calmtrack.show_tonight()

    # Looking, asking, letting in

    def take(self, path: Path) -> None:
        self._look(path, asks=True)

    def _look(self, path: Path, *, asks: bool) -> None:
        from tracker.tui.screens.import_jobs import preview_job

        self._report = None
        work = self._begin(path, say("import.looking", path=path.name))

        def looked(report: Report) -> None:
            self._whole = work.rows
            self._ended()
            self._report = report
            self._lay_out(_from(path, report), " ".join(summary_lines(report, dry_run=True)))
            # Not over a box that was opened meanwhile.
            is_open = self.app.screen is self
            if asks and is_open and None in report.about.moods.values():
                self._ask_for_moods(report)

        self._ask(work, preview_job(path, self._wishes), looked)

    def _ask_for_moods(self, report: Report) -> None:
        from tracker.tui.dialogs.mood_dialog import MoodMappingDialog

        def answered(wishes: ImportChoices | None) -> None:
            if wishes is not None and self.file is not None:
                self._wishes = wishes
                self._look(self.file, asks=False)

        self.app.push_screen(MoodMappingDialog(report.about, self._wishes), answered)

    def _let_in(self, path: Path) -> None:
        from tracker.tui.screens.import_jobs import import_job

        work = self._begin(path, say("import.reading", path=path.name), self._whole)

        def let_in(report: Report) -> None:
            self._ended()
            self._report, self._is_in = report, True
            said = summary_lines(report, dry_run=False)
            if report.added or report.changed:
                said.append(say("import.undo"))
            self._lay_out(_from(path, report), " ".join(said))
            self.calmtrack.after_change()

        self._ask(work, import_job(path, self._wishes), let_in)

    def _begin(self, path: Path, sentence: str, whole: int = 0) -> CancellableJob:
        self._work = CancellableJob()
        self.query_one(ProgressLine).follow(self._work, whole)
        self._lay_out(str(path), sentence)
        return self._work

    def _ask(
        self, work: CancellableJob, job: Callable[[Diary], Report], then: Callable[[Report], None]
    ) -> None:
        importing = self._importing

        def done(report: Report) -> None:
            if self.is_attached:
                then(report)
            elif importing:
                # Already in as one left: too late to stop it.
                self.calmtrack.tell(" ".join(summary_lines(report, dry_run=False)))
                self.calmtrack.after_change()

        def not_done(trouble: CalmtrackError) -> None:
            if self.is_attached:
                self._ended()
                self.choose_anew(str(trouble))
            elif importing:
                self.calmtrack.tell_trouble(trouble)

        self.calmtrack.desk.ask(work.told_by(job), done, not_done)

    def _ended(self) -> None:
        self._work = None
        self.query_one(ProgressLine).rest()


def _from(path: Path, report: Report) -> str:
    return say("import.from", path=path, source=report.about.name)
