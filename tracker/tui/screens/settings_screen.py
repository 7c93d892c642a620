"""The settings screen: the diary's settings, those of the app, and where the diary is stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.i18n.date_format import weekday_name
from tracker.i18n.messages import N_, _, ngettext
from tracker.i18n.setting_words import language_words, theme_words
from tracker.settings import (
    THEMES,
    RecordChange,
    SettingChange,
    StoredChange,
    language_choices,
    move_change,
)
from tracker.tui import styled_text
from tracker.tui.bindings import BACK, MORE, edge_bindings, prioritized, row_bindings
from tracker.tui.screens.base import DiaryScreen, Opening, redo_only, undo_only
from tracker.tui.styled_text import glyph
from tracker.tui.widgets.bars import LEFT_RIGHT, UP_DOWN, Hint, KeyHints, TopBar, page_hints
from tracker.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.errors import CalmtrackError
    from tracker.location import Location
    from tracker.models import DiarySettings, Practice, UndoStep
    from tracker.tui.dialogs.prompt_dialog import ChoiceDialog

MESSAGE_LINES = 4
"""Lines for a message below the list, or for the meaning of the cursor's row."""
MAX_TEXT_WIDTH = 116
NAME_WIDTH = 22
VALUE_WIDTH = 21
WITH_COLUMNS = 110
"""Columns from which the meanings are in a column of their own, to the right of the values."""

STORED_KINDS = ("setting", "support", "prompts", "translation")
"""The kinds of undo steps that change what is shown here."""

DAY_TURN = "day_turns_at"
LANGUAGE = "language"
REMINDER = "reminder"

MOST_STEPS = 1000
"""Steps of the diary's undo log that are compared with the history of the settings."""

LAST_OF_GROUP = frozenset(
    {"week_starts_on", "quiet", "own_prompts", LANGUAGE, "low_on_this_day", "about"}
)
"""The rows with a gap below them where there are too few lines for one below each."""


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A row of the list."""

    id: str
    name: str
    value: str
    meaning: str
    values: tuple[str, ...] = ()
    """What can be chosen; empty where nothing can, and where a value is typed."""
    choose: Callable[[int], Awaitable[None] | None] | None = None
    """Takes a value by its index; None where nothing can be chosen."""
    preview: Callable[[int], None] | None = None
    """Shows what a value would look like."""
    step: Callable[[int], None] | None = None
    """Of a setting whose value is typed: takes the next one (1) or the one before (-1)."""
    parse: Callable[[Diary, str], str] | None = None
    """Stores a typed value; None for a setting that has only a few values."""
    open: Callable[[], object] | None = None
    """What enter and a click do in place of a change."""

    @property
    def can_change(self) -> bool:
        """Whether left and right change it."""
        return self.step is not None or self.choose is not None


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """What is stored outside of the app's own settings."""

    stored: DiarySettings
    support_lines: int
    """How many of the person's own; 0 for calmtrack's."""
    questions: int
    """How many for notes are the person's own; 0 for calmtrack's."""


class SettingsList(RowList):
    """A line for each setting, with its meaning beside it where there is width, or below it where
    all fit, and a blank line between two where those fit, too; else the meaning of the cursor's is
    below the list. Rows give way to a message, or a meaning, of several lines."""

    rows: reactive[tuple[SettingRow, ...]] = reactive(())
    cursor: reactive[int] = reactive(0)
    """The index of the row it is on."""

    def render(self) -> Content:
        has_columns = self.size.width >= WITH_COLUMNS
        build = self._in_columns if has_columns else self._with_meaning
        blocks = [build(index, row) for index, row in enumerate(self.rows)]
        for with_gap in ({row.id for row in self.rows}, LAST_OF_GROUP, frozenset[str]()):
            lines = [Content("")]
            for row, block in zip(self.rows, blocks, strict=True):
                lines += [*block, *[Content("")] * (row.id in with_gap)]
            spare = self.size.height - len(lines)
            if spare >= MESSAGE_LINES - bool(with_gap) - 2 * has_columns:
                message = styled_text.message_lines(self.message, self._text_width, spare)
                return styled_text.page(self, [*lines, *message])
        message = self._message_or_meaning()
        fits = max(1, self.size.height - len(message))
        rows = self.visible_rows(self._row_at, len(self.rows), self.cursor, fits)
        gap = [Content("")]
        # In a small window, a long message takes the lines of the gaps.
        spare = self.size.height - len(rows) - len(message)
        lines = [*gap * (spare > 1), *rows, *gap * (spare > 0), *message]
        return styled_text.page(self, lines)

    @property
    def _text_width(self) -> int:
        return min(self.size.width, MAX_TEXT_WIDTH)

    def _with_meaning(self, index: int, row: SettingRow) -> list[Content]:
        meaning = styled_text.message_lines(row.meaning, self._text_width, 3)
        return [
            self._row(index, row),
            *(line.stylize(styled_text.MUTED) for line in meaning),
        ]

    def _in_columns(self, index: int, row: SettingRow) -> list[Content]:
        """Name, value and meaning side by side."""
        line = self._row(index, row, VALUE_WIDTH)
        left = 3 + NAME_WIDTH + 4 + VALUE_WIDTH + 2
        width = min(self.size.width - 2, left + 76) - left
        first, *others = Content(row.meaning).stylize(styled_text.MUTED).wrap(width)
        line = Content.assemble(line, " " * (left - line.cell_length), first)
        return [line, *(Content.assemble(" " * left, other) for other in others)]

    def _row_at(self, index: int) -> Content:
        return self._row(index, self.rows[index])

    def _row(self, index: int, row: SettingRow, width: int | None = None) -> Content:
        """Name and value, which has so many cells; None for as many as there are."""
        is_current = self.shows_cursor and index == self.cursor
        arrows = row.can_change and is_current
        select = f"screen.select({index})"
        name = styled_text.fit(row.name, NAME_WIDTH, styled_text.BOLD if is_current else "")
        width = max(8, self.size.width - 35) if width is None else width
        if arrows:
            # As wide for each value, so that the second arrow stays under the mouse.
            width = min(width, max(map(cell_len, (row.value, *row.values))))
        value = styled_text.user_text(row.value, width, styled_text.CURSOR if is_current else "")
        marker = styled_text.cursor_marker(is_current=is_current)
        return Content.assemble(
            styled_text.clickable(Content.assemble(marker, name, "  "), select),
            styled_text.clickable(f"{glyph('‹')} ", "screen.turn(-1)") if arrows else "  ",
            styled_text.clickable(value, f"screen.edit_row({index})"),
            styled_text.clickable(f" {glyph('›')}", "screen.turn(1)") if arrows else "",
        )

    def _message_or_meaning(self) -> list[Content]:
        if not self.rows:
            return []
        text = self.message or self.rows[self.cursor].meaning
        most = max(styled_text.MOST_MESSAGE_LINES, self.size.height - len(self.rows))
        return styled_text.message_lines(text, self._text_width, most)


class SettingsScreen(DiaryScreen):
    """Left and right change the value of the cursor's row at once; enter opens the values as a
    list, or a field to type one."""

    has_days = False
    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        *row_bindings(above=N_("Previous setting"), below=N_("Next setting")),
        *edge_bindings(),
        Binding("left", "turn(-1)", N_("Previous"),
                tooltip=N_("Previous value, or the list of languages")),
        Binding("right,space", "turn(1)", N_("Next"),
                tooltip=N_("Next value, or the list of languages")),
        Binding("enter", "edit", N_("Edit"), tooltip=N_("Choose or enter a value")),
        Binding("u", "undo", N_("Undo"),
                tooltip=N_("Undo the last change of a setting"), group=MORE),
        BACK,
    ])  # fmt: skip

    _list = getters.query_one(SettingsList)

    def __init__(self, row: str = DAY_TURN) -> None:
        """`row` is the id of the row the cursor starts on."""
        super().__init__()
        self._first_row = row
        self._page: SettingsPage | None = None
        self._reminder: str | None = None
        """The time of the reminder, "" without one; None until it is read."""

    def compose(self) -> ComposeResult:
        yield TopBar("S", _("Settings"), has_periods=False)
        yield SettingsList()
        yield KeyHints(())

    def on_mount(self) -> None:
        self.select(self._first_row)
        self._read_reminder()

    @property
    def _row(self) -> SettingRow:
        return self.rows()[self._list.cursor]

    def rows(self) -> tuple[SettingRow, ...]:
        """All settings. Values that are stored in the diary are empty until they are read."""
        settings, page = self.calmtrack.settings, self._page
        stored = None if page is None else page.stored
        weekday = "" if stored is None else weekday_name(stored.week_starts_on)
        location = self.calmtrack.diary_worker.location.short_label
        return (
            self._day_turn_row(stored),
            SettingRow(
                "week_starts_on",
                _("A week starts on"),
                weekday,
                _("The first day of the week also applies to past weeks. Saved in your diary."),
                values=tuple(weekday_name(number) for number in range(7)),
                choose=lambda index: self._store(lambda diary: diary.set_week_starts_on(index)),
            ),
            SettingRow(
                "theme",
                _("Colours"),
                theme_words(settings.theme),
                _('"night" and "day" are colours made for calmtrack.'),
                values=tuple(map(theme_words, THEMES)),
                choose=lambda index: self.calmtrack.change_setting("theme", THEMES[index]),
                preview=lambda index: self.calmtrack.preview_theme(THEMES[index]),
            ),
            self._flag_row(
                "quiet",
                _("Calm scores"),
                {False: _("shown"), True: _("hidden")},
                _(
                    "Hides scores in the app, status and recap, for when someone else can see your "
                    "screen. Other commands print them, and they stay in your diary and exports."
                ),
            ),
            self._flag_row(
                "animations",
                _("Animations"),
                {True: _("on"), False: _("off")},
                _("When off, nothing moves, and the breathing exercise shows words and a count."),
            ),
            self._flag_row(
                "prompts",
                _("Question for notes"),
                {True: _("on"), False: _("off")},
                _("A question stands above a note you write, unless you turn it off."),
            ),
            SettingRow(
                "own_prompts",
                _("Your own questions"),
                _questions_words(0 if page is None else page.questions),
                _(
                    "What you'd like to be asked above a note, one question a day. Without any, "
                    "calmtrack asks its own. Saved in your diary."
                ),
                open=self._edit_prompts,
            ),
            SettingRow(
                LANGUAGE,
                _("Language"),
                language_words(settings.language),
                _(
                    "When you choose a language, calmtrack asks whether to translate its "
                    "built-in practices, too."
                ),
                values=tuple(map(language_words, language_choices())),
                choose=lambda index: self.calmtrack.change_language(language_choices()[index]),
            ),
            *self._reminder_row(),
            SettingRow(
                "support",
                _("Support messages"),
                _support_words(0 if page is None else page.support_lines),
                _(
                    "What you'd like to read on a hard day, such as whom you can call. Your own "
                    "messages appear when you rate your calm 0 to 3, unless scores are hidden."
                ),
                open=self._edit_support,
            ),
            self._flag_row(
                "low_on_this_day",
                _("On this day"),
                {False: _("without low evenings"), True: _("all evenings")},
                _(
                    "What you wrote a week, a month and years ago. Low evenings (calm 0 to 3) "
                    "come up only if you want them to."
                ),
            ),
            SettingRow(
                "location",
                _("Your diary"),
                location,
                _(
                    'Your diary is at {path}. To open another one next time, run "calmtrack '
                    'config diary PATH".'
                ).format(path=location),
            ),
            SettingRow(
                "about",
                _("About calmtrack"),
                "",
                _("What calmtrack is and isn't, and what research says. Press enter to read it."),
                open=self.calmtrack.show_about,
            ),
        )

    def _day_turn_row(self, stored: DiarySettings | None) -> SettingRow:
        turn = until = ""
        if stored is not None:
            turn = stored.day_turns_at.isoformat("minutes")
            until = _("Until {turn} it still counts as the evening before.").format(turn=turn)
            if stored.day_turns_at == time():
                until = _("The day ends at midnight.")
        stays = _("Days you've already logged keep their dates. Saved in your diary.")
        return SettingRow(
            DAY_TURN,
            _("A new day starts at"),
            turn,
            f"{until} {stays}".lstrip(),
            step=lambda by: self._store(lambda diary: _step_day_turn(diary, by)),
            parse=_parse_day_turn,
        )

    def _flag_row(self, key: str, name: str, words: Mapping[bool, str], meaning: str) -> SettingRow:
        """A setting that is true or false, with the words for both in the order of the list."""
        values = tuple(words)
        return SettingRow(
            key,
            name,
            words[getattr(self.calmtrack.settings, key)],
            meaning,
            values=tuple(words.values()),
            choose=lambda index: self.calmtrack.change_setting(key, values[index]),
        )

    def _reminder_row(self) -> tuple[SettingRow, ...]:
        """The evening reminder; none in the demo, whose diary is thrown away."""
        if self.calmtrack.diary_worker.location.is_demo:
            return ()
        value = "" if self._reminder is None else self._reminder or _("off")
        return (
            SettingRow(
                REMINDER,
                _("Evening reminder"),
                value,
                _("A notification each evening, unless you've rated it."),
                open=self._edit_reminder,
            ),
        )

    def load(self) -> Callable[[Diary], SettingsPage]:
        return lambda diary: SettingsPage(
            diary.settings(), len(diary.support.own_lines()), len(diary.prompts.own())
        )

    def show_page(self, page: SettingsPage) -> None:
        self._page = page
        self._list.rows = self.rows()

    def content_of(self, page: SettingsPage) -> object:
        return page, self.calmtrack.settings

    def figures(self) -> str:
        return _(
            "Your diary holds when a day and a week start, your own questions and your support "
            "messages. Your computer's scheduler holds the reminder. All other settings are saved "
            'in a small text file on this computer; run "calmtrack config" to see where.'
        )

    def marks(self) -> Iterable[tuple[Content | str, str]]:
        return [(row.name, row.meaning) for row in self._list.rows]

    # Keys and clicks

    def action_row(self, by: int) -> None:
        self._set_cursor(clamp(self._list.cursor + by, 0, len(self.rows()) - 1))
        self.set_message("")

    def action_select(self, index: int) -> None:
        """A click moves the cursor, and opens what can be opened."""
        self._set_cursor(index)
        self.set_message("")
        if self._row.open is not None:
            self._row.open()

    def select(self, row: str) -> None:
        """Moves the cursor to a row, by its id."""
        self._set_cursor([one.id for one in self.rows()].index(row))

    def _set_cursor(self, index: int) -> None:
        self._list.cursor = index
        self.query_one(KeyHints).hints = _hints(self._row)

    async def action_turn(self, by: int) -> None:
        row = self._row
        if row.id == LANGUAGE:
            # Steps would lead through languages that can't be read.
            await self.action_edit()
        elif row.step is not None:
            row.step(by)
        elif row.value in row.values:
            await self._choose(row, (row.values.index(row.value) + by) % len(row.values))

    async def action_edit_row(self, index: int) -> None:
        """A click on a value moves the cursor, and does what enter does."""
        self._set_cursor(index)
        self.set_message("")
        await self.action_edit()

    async def action_edit(self) -> None:
        """Opens the values as a list, with a preview of each, or asks for a value."""
        from tracker.tui.dialogs.prompt_dialog import ChoiceDialog, PromptDialog

        row = self._row
        if row.open is not None:
            row.open()
        elif row.parse is not None:
            dialog = PromptDialog(row.name, row.parse, row.value, is_change=True)
            await self.app.push_screen(dialog, self._typed)
        elif row.value in row.values:
            current = row.values.index(row.value)

            async def chosen(index: int | None) -> None:
                if row.preview is not None:
                    row.preview(current)
                if index not in (None, current):
                    await self._choose(row, index)

            await self.app.push_screen(
                ChoiceDialog(row.name, row.values, selected=current, preview=row.preview), chosen
            )

    def _read_reminder(self) -> None:
        """Reads when the reminder comes. Asks this computer's schedulers, which takes a moment."""

        def show(at: str) -> None:
            self._reminder = at
            if self.has_widgets:
                self._list.rows = self.rows()

        self.calmtrack.diary_worker.submit(_reminder_at, show, self.calmtrack.notify_error_once)

    def _edit_reminder(self) -> None:
        from tracker.tui.dialogs.prompt_dialog import PromptDialog

        def saved(sentence: str | None) -> None:
            if sentence:
                change = SettingChange(REMINDER, before)
                self.calmtrack.setting_history.record(change)
                self.calmtrack.read_step_for(change)
                self.set_message(sentence)
                self._read_reminder()

        before = self._reminder or ""
        settings, location = self.calmtrack.settings, self.calmtrack.diary_worker.location
        dialog = PromptDialog(
            _("When should the reminder come? Example: 21:30. Leave empty for none."),
            lambda _diary, text: _set_reminder(text, location, settings.diary),
            before,
            is_change=True,
        )
        self.app.push_screen(dialog, saved)

    def _edit_support(self) -> None:
        from tracker.tui.dialogs.forms import LinesForm

        def save(diary: Diary, lines: Sequence[str]) -> str:
            if not diary.support.set_lines(lines):
                return ""
            if not lines:
                return _("calmtrack shows its own messages again.")
            return _("Saved. Your messages are shown instead of calmtrack's own.")

        def dialog(lines: tuple[tuple[str, ...], tuple[str, ...]]) -> Opening:
            own, shown = lines
            hint = _("While all fields are empty, the menu (ctrl+p) shows: {messages}")
            hint = hint.format(messages=" ".join(shown))
            form = LinesForm(_("Support messages"), own, hint, _own_support, save)
            return Opening(form, self._form_closed)

        self.read_then_open(lambda diary: (_own_support(diary), diary.support.lines()), dialog)

    def _edit_prompts(self) -> None:
        from tracker.tui.dialogs.forms import LinesForm

        def save(diary: Diary, lines: Sequence[str]) -> str:
            if not diary.prompts.replace(lines):
                return ""
            if not lines:
                return _("calmtrack asks its own questions again.")
            return _("Your questions are saved.")

        def dialog(own: tuple[str, ...]) -> Opening:
            hint = _(
                "While all fields are empty, calmtrack asks questions that fit what you logged."
            )
            form = LinesForm(_("Your own questions"), own, hint, _own_prompts, save)
            return Opening(form, self._form_closed)

        self.read_then_open(_own_prompts, dialog)

    def _form_closed(self, sentence: str | None) -> None:
        """Displays what a form has saved."""
        if sentence:
            self._record_stored()
        self.dialog_closed(sentence)

    def offer_translation(self, way_back: str) -> None:
        """Asks whether shipped practices get the names and questions of the language that was just
        chosen; without an answer, the choice is undone, as `way_back` says."""

        def ask(pairs: tuple[tuple[Practice, Practice], ...]) -> None:
            if pairs and self.app.screen is self:
                self.app.push_screen(_translation_dialog(pairs, way_back), answered)

        def answered(index: int | None) -> None:
            if index == 0:
                self.change(_translate)
                self._record_stored()
            elif index is None:
                newest = self.calmtrack.setting_history.done[-1:]
                if any(isinstance(one, SettingChange) and one.key == LANGUAGE for one in newest):
                    self.call_later(self.action_undo)

        self.calmtrack.submit(lambda diary: diary.practices.in_another_language(), ask)

    async def _choose(self, row: SettingRow, index: int) -> None:
        # The message about an undo names the value that is now replaced.
        self.clear_message()
        if row.choose is not None and (change := row.choose(index)) is not None:
            await change

    async def action_undo(self) -> None:
        """Undoes the newest change, if it was one of a setting: no other can be seen here."""
        if any(isinstance(one, StoredChange) for one in self.calmtrack.setting_history.done):
            self.calmtrack.submit(
                lambda diary: diary.undo_steps(MOST_STEPS),
                lambda steps: self.call_later(self._undo_newest, steps),
            )
        else:
            await self._undo_newest(())

    async def _undo_newest(self, steps: Sequence[UndoStep]) -> None:
        """Undoes the newest change, given the steps that the diary could undo, newest first: the
        changes that aren't among them were undone somewhere else."""
        history = self.calmtrack.setting_history
        numbers = [step.number for step in steps if step.what in STORED_KINDS]
        history.done[:] = [
            one
            for one in history.done
            if not isinstance(one, StoredChange) or one.number in numbers
        ]
        newest = history.done[-1] if history.done else None
        is_buried = isinstance(newest, StoredChange) and newest.number != steps[0].number
        if is_buried or not await self._restore(history.done, history.undone, N_("Undid: {step}.")):
            self.change(
                lambda diary: undo_only(
                    diary,
                    STORED_KINDS,
                    _(
                        "The last change in your diary wasn't in Settings: {step}. To undo it, "
                        "press T, then u. Colours and the like can be undone until you quit."
                    ),
                )
            )

    async def action_redo(self) -> None:
        """Redoes what was undone last, if it was a setting."""
        history = self.calmtrack.setting_history
        if not await self._restore(history.undone, history.done, N_("Redid: {step}.")):
            self.change(
                lambda diary: redo_only(diary, STORED_KINDS, _("Nothing to redo in Settings."))
            )

    async def _restore(
        self,
        source: list[SettingChange | StoredChange],
        target: list[SettingChange | StoredChange],
        message: str,
    ) -> bool:
        """Restores the value that the newest change in `source` replaced, and moves the change to
        `target`. Returns False where the diary's undo log has that change, or `source` is empty.

        `message` is translated when the value is restored, as that may be another language.
        """
        if not source:
            return False
        if isinstance(change := source[-1], StoredChange):
            target.append(source.pop())
            return False
        app, record = self.calmtrack, partial(move_change, source, target)
        row = self._row_of(change.key)
        if change.key == REMINDER:
            self._restore_reminder(str(change.before), _(message), record)
            return True
        if change.key == LANGUAGE:
            await app.change_language(str(change.before), record)
        else:
            app.change_setting(change.key, change.before, record)
        restored = self._row_of(change.key)
        step = _('the setting "{subject}"').format(subject=restored.name)
        was = row.value
        if was in row.values:
            was = restored.values[row.values.index(was)]
        values = _("It was {was}; now it's {now}.").format(was=was, now=restored.value)
        sentence = f"{_(message).format(step=step)} {values}"
        if self.is_current:
            self.set_message(sentence)
        else:
            # Another language has opened the screen anew.
            app.notify_user(sentence)
        return True

    def _restore_reminder(self, at: str, message: str, record: RecordChange) -> None:
        """Sets the reminder as it was before a change, and then displays the message about it."""
        row, before = self._row_of(REMINDER), self._reminder or ""
        change = SettingChange(REMINDER, before)
        take_back = record(change)
        self._reminder = at
        location = self.calmtrack.diary_worker.location
        settings_diary = self.calmtrack.settings.diary
        values = _("It was {was}; now it's {now}.").format(was=row.value, now=at or _("off"))
        step = _('the setting "{subject}"').format(subject=row.name)

        def show(_sentence: str) -> None:
            if self.has_widgets:
                self.set_message(f"{message.format(step=step)} {values}")
                self._read_reminder()

        def revert(error: CalmtrackError) -> None:
            take_back()
            self._reminder = before
            self.calmtrack.notify_error(error)

        self.calmtrack.diary_worker.submit(
            lambda _: _set_reminder(at, location, settings_diary), show, revert
        )
        self.calmtrack.read_step_for(change)

    def _row_of(self, key: str) -> SettingRow:
        return next(row for row in self.rows() if row.id == key)

    def _typed(self, answer: str | None) -> None:
        if answer is not None:
            self.clear_message()
            self._record_stored()
            self.calmtrack.after_change()
            self.reload()

    def _store(self, job: Callable[[Diary], None]) -> None:
        def store(diary: Diary) -> str:
            job(diary)
            return ""

        self.change(store)
        self._record_stored()

    def _record_stored(self) -> None:
        """Adds a change in the diary, whose job was just submitted, to the history."""
        change = StoredChange()

        def read(diary: Diary) -> None:
            _at, change.number = diary.newest_step()

        self.calmtrack.setting_history.record(change)
        self.calmtrack.submit(read, lambda _: None)


def _hints(row: SettingRow) -> tuple[Hint, ...]:
    """The keys, with those that do something on this row."""
    arrows = (glyph("←→"), _("change"), LEFT_RIGHT)
    opens = _("open") if row.id == "about" else _("edit")
    return page_hints(
        (glyph("↑↓"), _("choose"), UP_DOWN),
        *([arrows] if row.can_change else []),
        *([(glyph("↵"), opens, "enter")] if row.can_change or row.open is not None else []),
        ("u", _("undo"), "u"),
    )


def _own_support(diary: Diary) -> tuple[str, ...]:
    return diary.support.own_lines()


def _own_prompts(diary: Diary) -> tuple[str, ...]:
    return diary.prompts.own()


def _translation_dialog(pairs: Sequence[tuple[Practice, Practice]], way_back: str) -> ChoiceDialog:
    """Asks whether practices become their translation; of those that the person has renamed, only
    the question would change."""
    from tracker.tui.dialogs.prompt_dialog import ChoiceDialog

    renamed = ", ".join(new.name for old, new in pairs if new.name != old.name)
    others = ", ".join(new.name for old, new in pairs if new.name == old.name)
    if not renamed:
        return ChoiceDialog(
            _("Translate the questions of your practices?"),
            [_("New questions: {names}").format(names=others), _("Keep old questions")],
            way_back,
        )
    own = _("Your own names stay, and only the questions change: {names}").format(names=others)
    return ChoiceDialog(
        _("Rename your practices for the new language?"),
        [_("New names: {names}").format(names=renamed), _("Keep old names")],
        [own, way_back] if others else way_back,
    )


def _translate(diary: Diary) -> str:
    pairs = diary.practices.translate()
    names = sum(new.name != old.name for old, new in pairs)
    questions = sum(new.question != old.question for old, new in pairs)
    sentences = []
    if names:
        sentences.append(
            ngettext("Renamed {count} practice.", "Renamed {count} practices.", names).format(
                count=names
            )
        )
    if questions:
        sentences.append(
            ngettext(
                "Translated {count} question.", "Translated {count} questions.", questions
            ).format(count=questions)
        )
    return " ".join(sentences)


def _reminder_at(_: Diary) -> str:
    """A job for the diary's thread: the time of the reminder, "" without one."""
    from tracker.reminders import SCHEDULERS

    times = (scheduler.installed_at() for scheduler in SCHEDULERS.values())
    return next((at for at in times if at is not None), "")


def _set_reminder(text: str, location: Location, settings_diary: str) -> str:
    """Sets the reminder, or removes it for an empty text. Raises CalmtrackError."""
    from tracker.diary.validation import time_of_day
    from tracker.location import resolve_location
    from tracker.reminders import (
        default_scheduler,
        installed,
        program_words,
        set_reminder,
        set_sentence,
    )
    from tracker.reminders.schedulers import Command

    if not text.strip():
        schedulers = installed()
        for scheduler in schedulers:
            scheduler.remove()
        return _("Removed the reminder.") if schedulers else ""
    when = time_of_day(text)
    is_named = resolve_location(settings_diary or None) != location
    scheduler = default_scheduler(None)
    set_reminder(scheduler, Command(program_words(location, is_named=is_named), when))
    return set_sentence(scheduler)


def _questions_words(count: int) -> str:
    """How many of the questions for notes are the person's own."""
    if not count:
        return _("none yet")
    return ngettext("{count} question", "{count} questions", count).format(count=count)


def _support_words(count: int) -> str:
    """How many support messages are the person's own; calmtrack's without any."""
    if not count:
        return _("calmtrack's own")
    return ngettext("{count} of your own", "{count} of your own", count).format(count=count)


def _step_day_turn(diary: Diary, by: int) -> None:
    """Full hours from 00:00 to 12:00."""
    hour = (diary.settings().day_turns_at.hour + by) % 13
    diary.set_day_turns_at(time(hour))


def _parse_day_turn(diary: Diary, text: str) -> str:
    """Raises InputError."""
    from tracker.diary import validation

    diary.set_day_turns_at(validation.day_turn(text))
    return ""
