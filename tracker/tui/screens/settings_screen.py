"""Settings: what a day and a week are, how it looks, and where the diary lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import clamp

from tracker.i18n.dates import weekday_name
from tracker.i18n.messages import say
from tracker.settings import LANGUAGE_CHOICES, THEMES
from tracker.tui.key_glyphs import glyph
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.widgets.key_hints import KeyHints
from tracker.tui.widgets.settings_list import Line, SettingsList
from tracker.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

TURN, WEEK, THEME, QUIET, MOTION, LANGUAGE, PLACE, ABOUT = range(8)
"""The lines, from the top."""


@dataclass(frozen=True, slots=True)
class InDiary:
    """The settings that the diary keeps."""

    day_turns_at: time
    week_starts_on: int


class SettingsScreen(DiaryScreen):
    """Left and right change what the line says; it holds from then on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "line(-1)", "Line up", show=False, id="settings_up",
                tooltip="The line above"),
        Binding("down", "line(1)", "Line down", show=False, id="settings_down",
                tooltip="The line below"),
        Binding("left", "turn(-1)", "Before", id="settings_left", tooltip="The value before"),
        Binding("right,space", "turn(1)", "Next", id="settings_right", tooltip="The next value"),
        Binding("enter", "type", "Type it", id="settings_type", tooltip="Type the value"),
        Binding("escape", "tonight", "Back", show=False, id="settings_back",
                tooltip="Back to Tonight"),
    ]  # fmt: skip

    _kept: InDiary | None = None

    def __init__(self, line: int = TURN) -> None:
        super().__init__()
        self._begins_at = line

    def compose(self) -> ComposeResult:
        """The list, the keys."""
        yield TopBar()
        yield SettingsList()
        yield KeyHints(
            [
                (glyph("↑↓"), say("hints.choose"), None),
                (glyph("←→"), say("hints.change"), None),
                (glyph("↵"), say("hints.type"), "enter"),
                ("u", say("hints.undo"), "u"),
                ("T", say("hints.tonight"), "T"),
                ("?", say("hints.help"), "question_mark"),
            ]
        )

    def on_mount(self) -> None:
        """Reads what the diary keeps."""
        bar = self.query_one(TopBar)
        bar.room, bar.period, bar.turns = "S", say("settings.title"), False
        self._list.cursor = self._begins_at
        self.reread()

    @property
    def _list(self) -> SettingsList:
        return self.query_one(SettingsList)

    def read(self) -> Callable[[Diary], InDiary]:
        return _in_diary

    def show(self, page: InDiary) -> None:
        self._kept = kept = page
        settings = self.calmtrack.settings
        quiet = say("settings.hidden") if settings.quiet else say("settings.shown")
        motion = say("settings.soft") if settings.animations else say("settings.still")
        turn = kept.day_turns_at.isoformat("minutes")
        self._list.lines = (
            Line(say("settings.name_turn"), turn, say("settings.means_turn", turn=turn)),
            Line(say("settings.name_week"), weekday_name(kept.week_starts_on),
                 say("settings.means_week")),
            Line(say("settings.name_theme"), settings.theme, say("settings.means_theme")),
            Line(say("settings.name_quiet"), quiet, say("settings.means_quiet")),
            Line(say("settings.name_motion"), motion, say("settings.means_motion")),
            Line(say("settings.name_language"), say(f"settings.language_{settings.language}"),
                 say("settings.means_language")),
            Line(say("settings.name_place"), self.calmtrack.desk.place.label,
                 say("settings.means_place", path=self.calmtrack.desk.place.label),
                 changes=False),
            Line(say("about.title"), "", say("settings.means_about"), changes=False),
        )  # fmt: skip

    def tell(self, sentence: str) -> None:
        self._list.said = sentence

    def figures(self) -> str:
        return say("help.settings")

    def marks(self) -> Iterable[tuple[str, str]]:
        return [(line.name, line.meaning) for line in self._list.lines]

    # Keys

    def action_line(self, by: int) -> None:
        """Moves to another line."""
        self._list.cursor = clamp(self._list.cursor + by, 0, ABOUT)
        self.tell("")

    async def action_turn(self, by: int) -> None:
        """Takes the value before or after."""
        line = self._list.cursor
        if line == TURN:
            self._keep(lambda diary: _turn_later(diary, by))
        elif line == WEEK:
            self._keep(lambda diary: _week_later(diary, by))
        elif line == THEME:
            place = THEMES.index(self.calmtrack.settings.theme) + by
            self._set("theme", THEMES[place % len(THEMES)])
        elif line == QUIET:
            self._set("quiet", not self.calmtrack.settings.quiet)
        elif line == MOTION:
            self._set("animations", not self.calmtrack.settings.animations)
        elif line == LANGUAGE:
            place = LANGUAGE_CHOICES.index(self.calmtrack.settings.language) + by
            await self.calmtrack.change_language(LANGUAGE_CHOICES[place % len(LANGUAGE_CHOICES)])

    async def action_type(self) -> None:
        """Asks for the value; what is but this or that changes at once."""
        if self._list.cursor == ABOUT:
            self.calmtrack.show_about()
            return
        from tracker.tui.dialogs.prompt_dialog import PromptDialog

        jobs = {TURN: _type_turn, WEEK: _type_week}
        job = jobs.get(self._list.cursor)
        if job is None:
            await self.action_turn(1)
        else:
            line = self._list.lines[self._list.cursor]
            box = PromptDialog(line.name, job, line.value, keeps=True)
            await self.app.push_screen(box, self._typed)

    def clicked(self, kind: str, rest: str) -> None:
        if kind == "line":
            self._list.cursor = int(rest)
            self.tell("")
            if self._list.cursor == ABOUT:
                self.calmtrack.show_about()

    def _keep(self, job: Callable[[Diary], None]) -> None:
        def kept(diary: Diary) -> str:
            job(diary)
            return ""

        self.act(kept)

    def _set(self, key: str, value: str | bool) -> None:
        self.calmtrack.change_setting(key, value)

    def _typed(self, answer: str | None) -> None:
        if answer is not None:
            self.calmtrack.after_change()
            self.reread()


def _in_diary(diary: Diary) -> InDiary:
    return InDiary(diary.settings().day_turns_at, diary.settings().week_starts_on)


def _turn_later(diary: Diary, by: int) -> None:
    diary.set_day_turns_at(time((diary.settings().day_turns_at.hour + by) % 13))


def _week_later(diary: Diary, by: int) -> None:
    diary.set_week_starts_on((diary.settings().week_starts_on + by) % 7)


def _type_turn(diary: Diary, text: str) -> str:
    from tracker.diary import validation

    diary.set_day_turns_at(validation.day_turn(text))
    return ""


def _type_week(diary: Diary, text: str) -> str:
    from tracker.diary import validation

    diary.set_week_starts_on(validation.weekday_named(text))
    return ""
