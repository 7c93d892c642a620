"""The top line of a page, with the day or period shown and the screens; and the bottom line, with
hints of the keys that matter most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tracker.i18n.date_format import month_names
from tracker.i18n.messages import _, pgettext
from tracker.tui import styled_text
from tracker.tui.bindings import SCREENS
from tracker.tui.styled_text import glyph

if TYPE_CHECKING:
    from tracker.tui.app_protocol import AppProtocol

_BINDINGS = tuple(entry.binding for entry in SCREENS if entry.in_top_bar)
_KEYS = tuple(binding.key for binding in _BINDINGS)
_TO_SET_UP = ("P", "S")
"""The screens that stand as letters first, where a line has no width for all names."""

WITH_NAMES = 80
"""Columns from which the screens have their names."""


class TopBar(Widget):
    """The arrows beside the period and the names of the screens can be clicked. All screens are
    always there: by their names, or by their letters in less than `WITH_NAMES` columns."""

    DEFAULT_CSS = "TopBar { height: 1; }"

    period = reactive("")
    """The day, week or other period shown."""
    short_period = reactive("")
    """The same in fewer cells, where that makes room for the names; empty where there is none."""
    period_mark = reactive("")
    """That the period isn't the present one, shown behind it in every layout; empty for none."""
    screen_key = reactive("")
    """The key of the screen that is open."""
    has_periods = reactive(True)
    """Whether there is a period before and after, with arrows to click."""

    def __init__(self, screen_key: str = "", period: str = "", *, has_periods: bool = True) -> None:
        super().__init__()
        self.set_reactive(TopBar.screen_key, screen_key)
        self.set_reactive(TopBar.period, period)
        self.set_reactive(TopBar.has_periods, has_periods)

    def set_month(self, day: date) -> None:
        """Sets the period to the month of a day."""
        month = month_names()[day.month - 1]
        self.period = _("{month} {year}").format(month=month, year=day.year)
        self.short_period = _("{month} {year}").format(month=month[:3], year=day.year)

    def render(self) -> Content:
        """One line: the app's name to the left, the period in the middle, screens to the right."""
        width = self.size.width
        name = f" {self.app.title}"
        # Without its name, the demo would look like the person's own diary.
        is_demo = cast("AppProtocol", self.app).diary_worker.location.is_demo
        for title, period, screens in self._layouts(name, name if is_demo else ""):
            spare = width - len(title) - period.cell_length - screens.cell_length - 1
            if spare >= 2:
                break
        # In the middle of the line, or as near to it as the screens allow.
        middle = (width - period.cell_length) // 2 - len(title) if title else 1
        before = max(1, min(middle, spare - 3))
        after = max(1, spare - before)
        return Content.assemble(
            (title, styled_text.ACCENT), " " * before, period, " " * after, screens
        )

    def _layouts(self, name: str, short_name: str) -> Iterator[tuple[str, Content, Content]]:
        """The app's name, the period and the screens, each built as it is tried: the name is
        left out first, then the period is shortened, then the screens are."""
        long, short = self._period(self.period), self._period(self.short_period or self.period)
        names = {binding.key: _(binding.description) for binding in _BINDINGS}
        if self.size.width >= WITH_NAMES:
            # A period that is only the open screen's own name would stand twice in the line.
            is_named = self.period == names.get(self.screen_key)
            blank = Content("")
            long_or_none, short_or_none = (blank, blank) if is_named else (long, short)
            yield name, long_or_none, self._line(names, "  ")
            all_names = self._line({**names, "S": pgettext("in the top line", "Settings")})
            yield name, long_or_none, all_names
            yield short_name, long_or_none, all_names
            yield short_name, short_or_none, all_names
            mixed = {key: key if key in _TO_SET_UP else names[key] for key in _KEYS}
            is_letter = self.screen_key in _TO_SET_UP
            yield short_name, short if is_letter else short_or_none, self._line(mixed)
        letters = self._line({key: key for key in _KEYS})
        yield name, long, letters
        yield short_name, long, letters
        yield short_name, short, letters

    def _period(self, text: str) -> Content:
        period = Content.styled(text, styled_text.BOLD)
        if self.period_mark:
            mark = f" {glyph('·')} {self.period_mark}"
            period = Content.assemble(period, mark).stylize(styled_text.ACCENT)
        if not self.has_periods:
            return period
        return Content.assemble(
            styled_text.clickable_key(f"{glyph('‹')} ", BRACKETS[0]),
            period,
            styled_text.clickable_key(f" {glyph('›')}", BRACKETS[1]),
        )

    def _line(self, labels: dict[str, str], between: str = " ") -> Content:
        *others, last = (
            styled_text.clickable_key(self._screen_name(key, label), key)
            for key, label in labels.items()
        )
        return Content.assemble(*(name.extend_style(len(between)) for name in others), last)

    def _screen_name(self, key: str, label: str) -> Content:
        """A screen's name with its key accented, which precedes a name that begins otherwise."""
        if not label.startswith(key):
            label = f"{key} {label}"
        if key == self.screen_key:
            return Content.styled(label, styled_text.CURSOR)
        return Content.assemble((key, styled_text.ACCENT), (label[1:], styled_text.MUTED))


Hint = tuple[str, str, str | tuple[str, str] | None]
"""The key as it is shown, what it does, and the bound key that a click presses, if any. Where two
keys are shown, such as ←→, a click on each presses its own."""

UP_DOWN = "up", "down"
LEFT_RIGHT = "left", "right"
BRACKETS = "left_square_bracket", "right_square_bracket"


GAP = 3
"""Cells between two hints."""

WITH_MENU = 80
"""Columns from which the key of the command palette is named."""


def page_hints(*hints: Hint) -> tuple[Hint, ...]:
    """The hints of a page of the diary, then those of Tonight and of help."""
    return (*hints, ("T", _("tonight"), "T"), ("?", _("help"), "question_mark"))


class KeyHints(Widget):
    """Hints from the left, as many as fit; the last one, help, is always there. On a page of the
    diary the key of the command palette is at the right."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "KeyHints { height: 1; padding-left: 1; }"

    hints: reactive[tuple[Hint, ...]] = reactive(())
    """The most important first, help last."""

    def __init__(self, hints: Sequence[Hint], least_gap: int = GAP) -> None:
        """Cells between two hints are GAP, but `least_gap` where not all would fit."""
        super().__init__()
        self.set_reactive(KeyHints.hints, tuple(hints))
        self._least_gap = least_gap

    def render(self) -> Content:
        if not self.hints:
            return Content("")
        *others, last = (self._hint(hint) for hint in self.hints)
        gap, menu = GAP, self._menu(GAP)
        right = 1 if menu else 0
        cells = sum(hint.cell_length + GAP for hint in others)
        if cells + last.cell_length + menu.cell_length + right > self.size.width:
            gap, menu = self._least_gap, self._menu(self._least_gap)
        # The last cell stays empty, unless the hints with a small gap need it.
        right = right if gap == GAP else 0
        available = self.size.width - last.cell_length - menu.cell_length - right
        shown = []
        for hint in others:
            if available < hint.cell_length + gap:
                break
            shown.append(hint)
            available -= hint.cell_length + gap
        before = max(0, available + right - 1)
        return Content.assemble(
            *(hint.extend_style(gap) for hint in shown), last, " " * before if menu else "", menu
        )

    def _menu(self, gap: int) -> Content:
        """The hint of the palette; empty in a dialog and where there is little width."""
        if self.hints[-1][2] != "question_mark" or self.app.size.width < WITH_MENU:
            return Content("")
        label = _("menu")
        text = Content.assemble(
            (" " * gap + styled_text.key_name("ctrl+p"), styled_text.ACCENT),
            (f" {label}", styled_text.MUTED),
        )
        return styled_text.clickable(text, "app.command_palette")

    def _hint(self, hint: Hint) -> Content:
        shown, label, key = hint
        name, does = Content.styled(shown, styled_text.ACCENT), (f" {label}", styled_text.MUTED)
        if isinstance(key, tuple):
            return Content.assemble(*_clickable_pair(name, key), does)
        text = Content.assemble(name, does)
        return text if key is None else styled_text.clickable_key(text, key)


def _clickable_pair(shown: Content, keys: tuple[str, str]) -> Iterator[Content]:
    """Two keys that are shown side by side, such as ←→ or [ ], of which each can be clicked."""
    half, middle = divmod(len(shown), 2)
    yield styled_text.clickable_key(shown[:half], keys[0])
    yield shown[half : half + middle]
    yield styled_text.clickable_key(shown[half + middle :], keys[1])
