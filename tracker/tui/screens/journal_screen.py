"""Journal: the diary as something to read, evenings with their notes, newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypeVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import OptionList

from tracker.diary.journal import EVERYTHING, HIGH_CALM, LOW_CALM
from tracker.errors import CalmtrackError
from tracker.i18n.date_format import format_day_of
from tracker.i18n.messages import N_, _
from tracker.models import CALM_ID, Practice, State
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.bindings import DAYS, page_bindings, prioritized, row_bindings
from tracker.tui.screens.base import DiaryScreen, Opening
from tracker.tui.widgets.bars import BRACKETS, UP_DOWN, Hint, KeyHints, TopBar, page_hints
from tracker.tui.widgets.evening_list import EveningList
from tracker.views import JournalEvening, JournalFilter, JournalPage, PastEvening

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.tui.app_protocol import NoteDraft

T = TypeVar("T")

Page: TypeAlias = "tuple[JournalFilter, JournalPage, tuple[PastEvening, ...]]"

MOST_HEADER_LINES = 3
"""Lines of the filter."""

MOST_PAST = 4
"""Earlier evenings of this day above the others."""

Choice = tuple[str, JournalFilter]
"""A filter with its label."""


class JournalHeader(Widget):
    """The message of the last key, or the filter with blank lines around it; one blank line without
    both."""

    DEFAULT_CSS = """
    JournalHeader { height: auto; min-height: 1; }
    JournalHeader.-filter { padding: 1 0; }
    """

    text = reactive("", layout=True)
    message = reactive("", layout=True)

    def watch_text(self, text: str) -> None:
        """Makes room around a filter."""
        self.set_class(bool(text), "-filter")

    def render(self) -> Content:
        """The lines, indented as the list is."""
        style = styled_text.ACCENT if self.message else styled_text.MUTED
        lines = self._lines(self.size.width)
        return Content("\n").join(line.stylize_before(style) for line in lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        # With a filter, a message doesn't move the list unless it is longer.
        least = len(styled_text.message_lines(self.text, width, MOST_HEADER_LINES))
        return max(least, len(self._lines(width)))

    def _lines(self, width: int) -> list[Content]:
        most = styled_text.MOST_MESSAGE_LINES if self.message else MOST_HEADER_LINES
        return styled_text.message_lines(self.message or self.text, width, most)


class JournalScreen(DiaryScreen):
    """The cursor is on an evening. Older ones are read by window as it comes near the last."""

    DEFAULT_CSS = "JournalScreen.-roomy EveningList { margin-bottom: 1; }"
    VERTICAL_BREAKPOINTS = [(0, "-high"), (30, "-roomy")]  # noqa: RUF012
    ends_today = True

    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        *row_bindings(above=N_("Newer evening, then On this day"), below=N_("Older evening")),
        *page_bindings(),
        Binding("home", "newest", N_("Newest"), tooltip=N_("Newest evening")),
        Binding("end", "oldest", N_("Oldest"), tooltip=N_("Oldest evening")),
        Binding("left_square_bracket", "month(-1)", N_("Previous month"),
                tooltip=N_("Previous month"), group=DAYS),
        Binding("right_square_bracket", "month(1)", N_("Next month"),
                tooltip=N_("Next month"), group=DAYS),
        Binding("f", "filter", N_("Choose evenings"),
                tooltip=N_("Only evenings with a person, a practice or a #word")),
        Binding("tab", "kind", N_("Next kind of evening"),
                tooltip=N_("All evenings, only those with a note, only high or only low "
                           "ones")),
        Binding("enter", "open", N_("Open the day"), tooltip=N_("Open this day on Tonight")),
        Binding("n", "note", N_("Note"), tooltip=N_("Edit a note of this day")),
        Binding("escape", "back", N_("Back"),
                tooltip=N_("Show all evenings, or go back to Tonight")),
    ])  # fmt: skip

    _list = getters.query_one(EveningList)

    def __init__(self, day: date | None = None) -> None:
        """`day` is the day to start on; None for the newest."""
        super().__init__()
        self._opened_on = day
        """The day that another screen goes on with while the cursor hasn't moved; None for today.
        The evening that the cursor starts on can be an older one."""
        self._wanted_day = day
        """The day to move the cursor to once it is read."""
        self._typed_day: date | None = None
        """The day that was typed, until the cursor has moved."""
        self._filter = EVERYTHING
        self._label = ""
        """What the filter is for, in words; without the kind of evenings."""
        self._today: date | None = None
        self._oldest: date | None = None
        """The day of the oldest evening that is loaded."""
        self._older: date | None = None
        """Where the next window begins; None where there is none."""
        self._reading: set[str] = set()
        """What is being read: it isn't read again meanwhile."""

    def compose(self) -> ComposeResult:
        yield TopBar("J")
        yield JournalHeader()
        yield EveningList()
        yield KeyHints(_hints(has_evenings=True))

    # What is shown

    @property
    def day(self) -> date | None:
        return self._list.day if self.is_mounted else None

    def load(self) -> Callable[[Diary], Page]:
        wanted = self._filter
        known = [day for day in (self._oldest, self._wanted_day) if day is not None]
        with_low = self.calmtrack.settings.low_on_this_day

        def job(diary: Diary) -> Page:
            page = diary.journal.window(wanted, until=min(known, default=None))
            if wanted != EVERYTHING:
                return wanted, page, ()
            return wanted, page, diary.journal.on_this_day(with_low=with_low)[:MOST_PAST]

        return job

    def show_page(self, page: Page) -> None:
        wanted, window, past = page
        if wanted != self._filter:
            # Read before another filter was chosen.
            return
        self._today, self._older = window.today, window.older
        self._oldest = window.evenings[-1].day if window.evenings else None
        evenings = self._list
        evenings.scores_hidden = self.scores_hidden
        evenings.draft_days = frozenset(day for _subject, day in self.calmtrack.note_drafts)
        evenings.show(window.evenings, window.today, past)
        if (day := self._wanted_day) is not None and self._is_loaded(day):
            self._wanted_day = None
            evenings.go_to(day)
        self._report_place()
        self.query_one(JournalHeader).text = self._header(window.evenings)
        self.query_one(KeyHints).hints = _hints(has_evenings=bool(window.evenings))
        self._update_period()

    def _header(self, evenings: tuple[JournalEvening, ...]) -> str:
        if self._filter != EVERYTHING:
            kind = _kind_words(self._filter)
            what = ", ".join(part for part in (self._label, kind) if part)
            if not evenings:
                return _("No evenings match: {filter}. Press esc to see all evenings.").format(
                    filter=what
                )
            return _("Shown: {filter}. Press esc to see all.").format(filter=what)
        if evenings:
            return ""
        return _("Your evenings will be here to read. Press T to start with tonight.")

    @on(OptionList.OptionHighlighted)
    def _update_period(self) -> None:
        """Shows the month of the cursor's evening at the top."""
        self._report_place()
        bar = self.query_one(TopBar)
        if (day := self.day) is None or self._filter != EVERYTHING:
            # Chosen evenings can be months apart.
            bar.period, bar.has_periods = _("Journal"), False
            return
        bar.has_periods = True
        bar.set_month(day)

    def set_message(self, sentence: str) -> None:
        self.query_one(JournalHeader).message = sentence

    async def show_search_result(self, day: date) -> None:
        """Moves the cursor to an evening; a filter could leave it out, and goes."""
        if self._filter == EVERYTHING:
            self.go_to_day(day)
        else:
            self._show_all(day)

    def go_to_day(self, day: date) -> None:
        self.set_message("")
        self._wanted_day, self._typed_day = day, None
        if self._is_loaded(day) and self._list.option_count:
            self._wanted_day = None
            self._list.go_to(day)
        else:
            self._read_to_wanted_day()

    def go_to_typed_day(self, day: date) -> None:
        """Says so where there's no evening of the day: a note would be another one's."""
        self.go_to_day(day)
        self._typed_day = day
        self._report_place()

    def _report_place(self) -> None:
        """Once the cursor has moved to a typed day, says if it's on another one."""
        day, shown, today = self._typed_day, self._list.day, self._today
        is_moving = self._wanted_day is not None or self._list.target is not None
        if day is None or shown is None or today is None or is_moving:
            return
        self._typed_day = None
        if day != shown:
            self.set_message(
                _("There's nothing here on {day}. The cursor is on another evening.").format(
                    day=format_day_of(day, today)
                )
            )

    def _read_to_wanted_day(self) -> None:
        """Reads back to the day to move to; while it is being read, a later choice waits."""

        def show(page: Page) -> None:
            self.page_loaded(page)
            if self._wanted_day is not None and self._list.option_count:
                self._read_to_wanted_day()

        self._read_once("back", partial(self._read, read=self.load()), show)

    def _read_once(self, what: str, job: Callable[[Diary], T], show: Callable[[T], None]) -> None:
        """Submits a job, unless the same is being read already."""
        if what in self._reading:
            return
        self._reading.add(what)

        def succeeded(result: T) -> None:
            self._reading.remove(what)
            if self.has_widgets:
                show(result)

        def failed(error: CalmtrackError) -> None:
            self._reading.remove(what)
            self.calmtrack.notify_error_once(error)

        self.calmtrack.diary_worker.submit(job, succeeded, failed)

    def _is_loaded(self, day: date) -> bool:
        """Whether the evening of a day, or the next older one, is among those that are loaded."""
        return self._oldest is not None and (self._older is None or day >= self._oldest)

    def _set_filter(self, wanted: JournalFilter, day: date | None = None) -> None:
        """Shows other evenings, with the cursor on a day; None for the newest."""
        self._filter, self._oldest, self._wanted_day = wanted, None, day
        self.set_message("")
        self._list.clear()
        self.reload()

    @on(EveningList.NearEnd)
    def read_older(self) -> None:
        """Reads the next window, unless it is being read."""
        last, wanted = self._older, self._filter
        if last is None:
            return

        def show(page: JournalPage) -> None:
            if self._filter == wanted and self._older == last:
                self._older = page.older
                if page.evenings:
                    self._oldest = page.evenings[-1].day
                self._list.append(page.evenings, page.today)

        self._read_once("older", lambda diary: diary.journal.window(wanted, last), show)

    def figures(self) -> str:
        return _(
            "High evenings are those with calm 7 to 10, low ones those with calm 0 to 3. Write "
            "@ before a name or # before a word in a note, and you can choose evenings by it."
        )

    # Keys

    def action_row(self, by: int) -> None:
        self.set_message("")
        self._list.move(by)

    def action_page(self, by: int) -> None:
        self.set_message("")
        self._list.move_page(by)

    def action_newest(self) -> None:
        self._list.go_to(date.max)

    def action_oldest(self) -> None:
        """Reads all evenings, and moves the cursor to the oldest."""
        self.go_to_day(date.min) if self._older is not None else self._list.action_last()

    def action_month(self, by: int) -> None:
        """Moves the cursor to the newest evening of the month before or after."""
        # Keys that come faster than evenings are read start from where the last one leads.
        day, today = self._wanted_day or self._list.target or self.day, self._today
        if day is None or today is None:
            return
        first = day.replace(day=1)
        if by < 0:
            self.go_to_day(first - timedelta(days=1))
        else:
            next_month = (first + timedelta(days=31)).replace(day=1)
            self.go_to_day(
                min(today, (next_month + timedelta(days=31)).replace(day=1) - timedelta(days=1))
            )

    def action_kind(self) -> None:
        """Goes on to evenings with a note, high ones, low ones, and back to all. Where scores are
        hidden, those that depend on them are left out."""
        kinds: list[tuple[bool, tuple[int, int] | None]] = [(False, None), (True, None)]
        if not self.scores_hidden:
            kinds += [(False, HIGH_CALM), (False, LOW_CALM)]
        now = (self._filter.has_note, self._filter.calm)
        has_note, calm = kinds[(kinds.index(now) + 1) % len(kinds) if now in kinds else 0]
        self._set_filter(self._filter._replace(has_note=has_note, calm=calm))

    def action_filter(self) -> None:
        """Opens the people, practices and #words to choose from."""
        from tracker.tui.dialogs.prompt_dialog import ChoiceDialog

        def dialog(choices: list[Choice]) -> Opening:
            def choose(index: int | None) -> None:
                if index is not None:
                    label, wanted = choices[index]
                    self._label = label if wanted != EVERYTHING else ""
                    if wanted != EVERYTHING:
                        wanted = wanted._replace(
                            has_note=self._filter.has_note, calm=self._filter.calm
                        )
                    # The one that is shown now stays where it is.
                    if wanted != self._filter:
                        self._set_filter(wanted)

            labels = [label for label, _wanted in choices]
            filters = [wanted for _label, wanted in choices]
            # A kind of evening is chosen by another key.
            now = self._filter._replace(has_note=False, calm=None)
            selected = 0
            # With a kind alone, not all evenings are shown.
            if now in filters and (now != EVERYTHING or self._filter == EVERYTHING):
                selected = filters.index(now)
                labels[selected] = _("{choice} (shown now)").format(choice=labels[selected])
            return Opening(ChoiceDialog(_("Which evenings?"), labels, selected=selected), choose)

        self.read_then_open(_filter_choices, dialog)

    @on(OptionList.OptionSelected)
    def open_clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        if (day := self.day) is not None:
            self.calmtrack.show_day(day)

    async def action_open_screen(self, name: str) -> None:
        """Opens a screen for the cursor's day; before the cursor has moved, for the day from which
        Journal was opened."""
        day = self._opened_on or self._today
        is_unmoved = day is not None and self._list.is_at(day)
        await self.calmtrack.open_screen(name, day if is_unmoved else self.day)

    async def action_note(self) -> None:
        """Opens the note of the cursor's evening; where practices have notes, too, asks which."""
        from tracker.tui.dialogs.prompt_dialog import ChoiceDialog

        if (evening := self._list.evening) is None:
            return
        drafts = self._drafts_on(evening.day)
        shared = _reasons_of_several(evening, drafts)
        notes = [(None, evening.note), *(one for one in evening.notes if one[0] is not None)]
        noted = {_subject(practice) for practice, _note in notes}
        notes += [(one.practice, "") for subject, one in drafts.items() if subject not in noted]
        notes = [
            (one, note)
            for one, note in notes
            if one is None or note not in shared or _subject(one) in drafts
        ]
        if len(notes) == 1 and not shared:
            await self._open_note(evening.day, *notes[0])
            return

        async def chosen(index: int | None) -> None:
            if index is None:
                return
            if index < len(notes):
                await self._open_note(evening.day, *notes[index])
            else:
                reason, names = list(shared.items())[index - len(notes)]
                await self._open_reason(evening, reason, names)

        labels = [_note_label(one, note, drafts.get(_subject(one))) for one, note in notes]
        labels += [_reason_label(note, names) for note, names in shared.items()]
        # Only a note of a practice can have been read, or found, where the evening has none.
        selected = 0 if evening.note or CALM_ID in drafts else 1
        await self.app.push_screen(
            ChoiceDialog(_("Which note?"), labels, selected=selected), chosen
        )

    def _drafts_on(self, day: date) -> dict[str, NoteDraft]:
        """The drafts of a day, by practice id or that of calm."""
        drafts = self.calmtrack.note_drafts.items()
        return {subject: one for (subject, its_day), one in drafts if its_day == day}

    async def _open_note(self, day: date, practice: Practice | None, note: str) -> None:
        from tracker.tui.dialogs.note_dialog import NoteDialog

        dialog = NoteDialog(practice, day, self.calmtrack.today(), note)
        await self.app.push_screen(dialog, self.dialog_closed)

    async def _open_reason(
        self, evening: JournalEvening, reason: str, names: Sequence[str]
    ) -> None:
        """Opens the form that changes the reason of all these practices' rest days at once."""
        from tracker.tui.dialogs.forms import RestDaysForm

        named = () if evening.all_rest and len(names) == len(evening.practices) else names
        dialog = RestDaysForm(evening.day, practices=named, reason=reason)
        await self.app.push_screen(dialog, self.dialog_closed)

    def action_back(self) -> None:
        """Shows all evenings again; without a filter, goes back to Tonight."""
        if self._filter == EVERYTHING:
            super().action_back()
            return
        self._show_all(self.day)

    def _show_all(self, day: date | None) -> None:
        """Shows all evenings again, with the cursor on a day."""
        self._label = ""
        self._set_filter(EVERYTHING, day)


def _hints(*, has_evenings: bool) -> tuple[Hint, ...]:
    """The keys, those for an evening only where there is one."""
    hints = page_hints(
        (styled_text.glyph("↑↓"), _("read"), UP_DOWN),
        ("/", _("find"), "slash"),
        ("f", _("filter"), "f"),
        (styled_text.glyph("↵"), _("open"), "enter"),
        ("n", _("note"), "n"),
        ("[ ]", _("month"), BRACKETS),
        ("tab", _("kind"), "tab"),
    )
    of_evening = (styled_text.glyph("↑↓"), styled_text.glyph("↵"), "n", "[ ]")
    return tuple(hint for hint in hints if has_evenings or hint[0] not in of_evening)


def _note_name(practice: Practice | None) -> str:
    """What a note is about; None stands for the evening."""
    return _("Evening") if practice is None else sanitize_line(practice.name, 60)


def _subject(practice: Practice | None) -> str:
    """The id of what a note is about; None stands for the evening."""
    return CALM_ID if practice is None else practice.id


def _reasons_of_several(
    evening: JournalEvening, drafts: Mapping[str, NoteDraft]
) -> dict[str, list[str]]:
    """The reasons of one line that several rest days of the evening share, with the names of their
    practices; without practices that have a draft."""
    names: dict[str, list[str]] = {}
    for one in evening.practices:
        is_line = bool(one.note) and "\n" not in one.note
        if one.state is State.REST and is_line and one.practice.id not in drafts:
            names.setdefault(one.note, []).append(one.practice.name)
    of_others = {note for practice, note in evening.notes if practice is None}
    of_others |= {one.note for one in evening.practices if one.state is not State.REST}
    return {note: of for note, of in names.items() if len(of) > 1 and note not in of_others}


def _reason_label(reason: str, names: Sequence[str]) -> str:
    """Of how many practices' rest days it is, and its beginning."""
    # Translators: {count} is always 2 or more.
    of_practices = _("Rest days of {count} practices").format(count=len(names))
    return f"{of_practices}: {sanitize_line(reason, 50)}"


def _note_label(practice: Practice | None, note: str, draft: NoteDraft | None) -> str:
    """What a note is about, and its beginning; of one with a draft, that of the draft."""
    name = _note_name(practice)
    if draft is not None:
        name, note = _("{title} (draft, not saved)").format(title=name), draft.text
    return ": ".join(filter(None, (name, sanitize_line(note, 50))))


def _kind_words(wanted: JournalFilter) -> str:
    if wanted.has_note:
        return _("with a note")
    if wanted.calm == HIGH_CALM:
        return _("calm 7 to 10")
    return _("calm 0 to 3") if wanted.calm == LOW_CALM else ""


def _filter_choices(diary: Diary) -> list[Choice]:
    """All evenings, then people, #words and practices."""
    return [
        (_("All evenings"), EVERYTHING),
        *((f"@{name}", JournalFilter(person=name)) for name in diary.notes.names()),
        *((f"#{tag}", JournalFilter(word=tag)) for tag, _ in diary.journal.tags()),
        *(
            (sanitize_line(one.name, 60), JournalFilter(practice_id=one.id))
            for one in diary.practices.all()
        ),
    ]
