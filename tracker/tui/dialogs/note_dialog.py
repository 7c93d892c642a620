"""The dialog that edits a note, of a practice's day or of an evening."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static, TextArea

from tracker.errors import CalmtrackError, NoteChanged
from tracker.i18n.date_format import format_day_of
from tracker.i18n.messages import N_, _
from tracker.models import CALM_ID, Practice
from tracker.render.entry_text import note_title
from tracker.rules.mentions import complete_name, mention_prefix_at
from tracker.sanitize import sanitize_line, sanitize_text
from tracker.tui import styled_text
from tracker.tui.app_protocol import NoteDraft
from tracker.tui.dialogs.dialog import Dialog, ErrorLine
from tracker.tui.widgets.bars import Hint
from tracker.tui.widgets.safe_input import SafeTextArea

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

MAX_SUGGESTIONS = 5


class NameSuggestions(Widget):
    """One line with the names that complete a mention; blank without any."""

    DEFAULT_CSS = "NameSuggestions { height: 1; }"

    names: reactive[tuple[str, ...]] = reactive(())

    def render(self) -> Content:
        """The key that takes the first name, then the names, each clickable."""
        if not self.names:
            return Content("")
        names = (
            styled_text.clickable(sanitize_line(name, 40), f"screen.take_name({index})")
            for index, name in enumerate(self.names[:MAX_SUGGESTIONS])
        )
        line = Content.assemble((_("tab:") + " ", styled_text.MUTED), Content("  ").join(names))
        return styled_text.truncate(line, max(1, self.size.width))


class PromptLine(Widget):
    """A question for the note, on one line; blank until it is read."""

    DEFAULT_CSS = "PromptLine { height: 1; margin-bottom: 1; }"

    prompt = reactive("")

    def render(self) -> Content:
        """The question, cut with `…` where it is longer."""
        question = Content.styled(sanitize_line(self.prompt), styled_text.MUTED)
        return styled_text.truncate(question, max(1, self.size.width))


class NoteDialog(Dialog[str | None]):
    """Enter saves the note; the dialog closes once it is on disk. Completes `@name` mentions. A
    question stands above the text, unless that is turned off."""

    DEFAULT_CSS = """
    NoteDialog TextArea, NoteDialog TextArea:focus {
        height: 6; border: none; padding: 0; scrollbar-size-vertical: 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", N_("Save"), tooltip=N_("Save the note")),
        Binding("ctrl+j,alt+enter,shift+enter", "new_line", N_("New line"),
                tooltip=N_("Start a new line")),
        Binding("tab", "tab", N_("Fill in name"),
                tooltip=N_("Complete the name with the first suggestion")),
        Binding("escape", "leave", N_("Cancel"),
                tooltip=N_("Close without saving (changes are kept as a draft until you "
                           "quit)")),
        Binding("ctrl+q", "quit", N_("Quit"), tooltip=N_("Quit calmtrack")),
    ]  # fmt: skip

    def __init__(self, practice: Practice | None, day: date, today: date, note: str) -> None:
        """`practice` is None for the note of the evening."""
        super().__init__(note_title(practice, day, today))
        self._note = note
        """The note that this one replaces."""
        self._practice = practice
        self._subject = CALM_ID if practice is None else practice.id
        self._day = day
        self._names: tuple[str, ...] | None = None
        """Names mentioned so far in the diary; None until a mention is begun."""
        self._opened_on = day
        """The day it was when the dialog opened."""
        self._taken = ""
        """The suggestion that was taken last."""
        self._other_names: tuple[str, ...] = ()
        """What can replace it: the other suggestions, in their order after it."""

    def compose_body(self) -> ComposeResult:
        if self.calmtrack.settings.prompts:
            yield PromptLine()
        text = sanitize_text(self._note)
        if (draft := self.calmtrack.note_drafts.get((self._subject, self._day))) is not None:
            # The note may have changed since: then saving the draft must not replace it.
            text, self._note = draft.text, draft.over
        yield SafeTextArea(
            text,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
        )
        yield NameSuggestions()
        yield ErrorLine()

    def hints(self) -> Sequence[Hint]:
        return [
            (styled_text.glyph("↵"), _("save"), "enter"),
            (styled_text.key_name("ctrl+j"), _("new line"), "ctrl+j"),
            ("esc", _("cancel"), "escape"),
        ]

    def on_mount(self) -> None:
        """Moves the cursor to the end, names a draft, and has the question read."""
        self._opened_on = self.calmtrack.today()
        is_draft = (self._subject, self._day) in self.calmtrack.note_drafts
        if is_draft:
            title = _("{title} (draft, not saved)").format(title=sanitize_line(self._title))
            self.query_one(".title", Static).update(title)
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        if self.query(PromptLine):
            subject, day, hidden = self._subject, self._day, self.calmtrack.settings.quiet
            self.calmtrack.submit(
                lambda diary: diary.prompts.for_note(subject, day, scores_hidden=hidden),
                self._show_prompt,
            )

    def _show_prompt(self, prompt: str) -> None:
        if self.has_widgets:
            self.query_one(PromptLine).prompt = prompt

    def action_new_line(self) -> None:
        self.query_one(TextArea).insert("\n")

    @on(TextArea.SelectionChanged)
    def suggest_names(self) -> None:
        """Updates the suggestions; each key and click in the text moves the cursor."""
        prefix = self._mention_prefix()
        if prefix is not None and self._names is None:
            self._names = ()
            self.calmtrack.submit(lambda diary: diary.notes.names(), self._names_loaded)
        names = () if prefix is None else complete_name(self._names or (), prefix)
        if not names and prefix == self._taken:
            names = self._other_names
        self.query_one(NameSuggestions).names = names

    @on(SafeTextArea.Undone)
    def say_how_to_redo(self) -> None:
        """Elsewhere, and in terminals, ctrl+z suspends: some press it for that."""
        self.calmtrack.notify_user(
            _("Took back what you typed last. Press {key} to redo it.").format(
                key=styled_text.key_name("ctrl+y")
            ),
            about="key",
        )

    def _names_loaded(self, names: tuple[str, ...]) -> None:
        self._names = names
        if self.has_widgets:
            self.suggest_names()

    def _mention_prefix(self) -> str | None:
        """The beginning of a name before the cursor; None where no mention is being typed."""
        area = self.query_one(TextArea)
        if not area.selection.is_empty:
            return None
        row, column = area.cursor_location
        return mention_prefix_at(area.document.get_line(row)[:column])

    def action_tab(self) -> None:
        """Completes a name, and replaces it by the next suggestion, if any, with each further tab;
        else inserts a tab, as one among pasted text does."""
        if self.query_one(NameSuggestions).names:
            self.action_take_name(0)
        elif not self._taken or self._mention_prefix() != self._taken:
            self.query_one(TextArea).insert("\t")

    def action_take_name(self, index: int) -> None:
        """Replaces the beginning of a name with a suggestion."""
        names, prefix = self.query_one(NameSuggestions).names, self._mention_prefix()
        if prefix is None or index >= len(names):
            return
        before = (self._taken,) if prefix == self._taken else ()
        self._taken = names[index]
        self._other_names = (*names[index + 1 :], *names[:index], *before)
        area = self.query_one(TextArea)
        row, column = area.cursor_location
        start = column - len(prefix)
        area.replace(names[index], (row, start), (row, column))
        area.move_cursor((row, start + len(names[index])))

    def _is_unchanged(self, text: str) -> bool:
        """Whether a text is the note that is stored. Blanks are, where there is none."""
        return text == sanitize_text(self._note) or not (text.strip() or self._note)

    def action_keep(self) -> None:
        """Saves the note, and closes once it is on disk."""
        text = self.query_one(TextArea).text
        if self._is_unchanged(text):
            self.calmtrack.note_drafts.pop((self._subject, self._day), None)
            # Not edited: what the sanitizer replaced for display stays as it is stored.
            self.dismiss(None)
            return
        self.hold_keys()
        # Text that is pasted from elsewhere often ends with a line break.
        note = text.rstrip("\n")
        self.calmtrack.submit_change(
            lambda diary: diary.write_note(self._subject, note, self._day, over=self._note),
            lambda _: self._saved(note),
            self._refused,
        )

    def _refused(self, error: CalmtrackError) -> None:
        """Adds what the note has become since below the text, so that neither replaces the
        other."""
        if isinstance(error, NoteChanged) and self.has_widgets:
            self._note = error.note
            if error.note:
                area = self.query_one(TextArea)
                # By that, the person hasn't changed the text: the error stays.
                with area.prevent(TextArea.Changed):
                    area.insert(f"\n{error.note}", area.document.end)
                error = CalmtrackError(
                    _(
                        "This note has changed since. What it is now is below your text: "
                        "delete what you don't need, then press enter."
                    )
                )
            else:
                error = CalmtrackError(
                    _("This note has been removed since. Press enter to save yours all the same.")
                )
        self.show_error(error)
        if self.has_widgets:
            area = self.query_one(SafeTextArea)
            # In a small window, the error takes some of the text's lines.
            area.styles.height = clamp(self.app.size.height - 17, 3, 6)

    def _saved(self, note: str) -> None:
        self.calmtrack.note_drafts.pop((self._subject, self._day), None)
        is_removed = not note.strip()
        sentence = _("Note removed.") if is_removed else _("Note saved.")
        today = self.calmtrack.today()
        if today != self._opened_on and not is_removed:
            # The screen below moves on to the new day.
            sentence = _("Note saved for {day}.").format(day=format_day_of(self._day, today))
        if self._note.strip() not in note:
            sentence = f"{sentence} " + _("Press u to get the earlier text back.")
        self.finish(sentence, sentence)

    def action_leave(self) -> None:
        """Closes without saving; a changed note is kept as a draft until the app is closed."""
        if self.store_draft():
            self.calmtrack.notify_user(
                _(
                    "Not saved. Your text is kept as a draft until you quit: open the note again "
                    "to continue."
                ),
                about="draft",
            )
        self.dismiss(None)

    async def action_quit(self) -> None:
        """Closes without saving, and quits: calmtrack first warns of the draft."""
        self.store_draft()
        self.dismiss(None)
        await self.app.run_action("app.leave")

    def save_unfinished(self) -> Callable[[Diary], None]:
        """A job that saves the text as it is, if it was changed; an empty one isn't saved, as it
        would remove the note that is stored."""
        text = self.query_one(TextArea).text
        if text == sanitize_text(self._note) or not text.strip():
            return lambda _diary: None
        return _save_over(self._subject, self._day, text.rstrip("\n"), self._note)

    def store_draft(self) -> bool:
        """Stores a changed note as a draft; returns whether the draft is a new one."""
        text, place = self.query_one(TextArea).text, (self._subject, self._day)
        drafts = self.calmtrack.note_drafts
        # Stored again, it becomes the last one.
        before = drafts.pop(place, None)
        if self._is_unchanged(text):
            return False
        drafts[place] = NoteDraft(self._practice, text, self._note)
        return drafts[place] != before


def _save_over(subject: str, day: date, text: str, over: str) -> Callable[[Diary], None]:
    """A job that saves a note that replaces the note `over`; above what it has become since. Of a
    text that is too long it saves the beginning: nobody is there to shorten it."""

    def job(diary: Diary) -> None:
        from tracker.diary.validation import shortened_note

        note = shortened_note(text)
        try:
            diary.write_note(subject, note, day, over=over, is_draft=True)
        except NoteChanged as error:
            if error.note != note:
                both = shortened_note(f"{note}\n{error.note}".rstrip())
                diary.write_note(subject, both, day, over=error.note, is_draft=True)

    return job
